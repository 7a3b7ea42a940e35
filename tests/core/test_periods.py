"""Periods as people write them, and the arithmetic of months."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.core.periods import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    MONTH_NAMES,
    Period,
    UnreadablePeriod,
    add_months,
    month_code,
    month_end,
    month_words,
    months_from,
    parse_month,
    parse_month_or_year,
    parse_period,
    period_words,
    read_period,
    settle_readings,
    year_to_date_months,
)

JULY = date(2020, 7, 31)

ONE_MONTH = [
    "2020-07", " 2020-07 ", "\u00a02020-07", "2020‑07", "2020–07", "2020−07",
    "Jul-20", "Jul 20", "Jul20", "Jul'20", "Jul '20", "jul-20", "JUL-20", "Jul. 2020", "Jul-2020", "July-20",
    "July 2020", "july 2020", "JULY 2020", "July  2020", "July, 2020", "2020 July", "2020-Jul", "2020Jul",
    "07/2020", "7/2020", "07.2020",
    "31/07/2020", "1/7/2020", "01/07/2020", "31/7/20", "31-07-2020", "31.07.2020", "31/07/2020 00:00",
    "31/07/2020 00:00:00", "2020-07-31", "2020-07-01", "2020/07/31", "2020-07-31T00:00:00", "2020-07-31 00:00:00",
    "2020-07-31 00:00:00.000",
    "31 July 2020", "31st July 2020", "1st Jul 20", "31-Jul-20", "31-Jul-2020", "31JUL2020", "31.Jul.2020",
    "July 19, 2020", "Jul 19 2020", "Jul-19-2020", "Wednesday, July 15, 2020 9:30:00 AM", "Jul 19 2020 12:00AM",
    "Friday 31 July 2020", "15/07/2020 10:45", "2020-07-15T23:59:59Z", "2020-07-01T00:00:00.000Z",
    "202007", "20200719", "2020-M07", "2020M07", "JUL2020", "2020.07.31",
]  # fmt: skip

OTHER_PERIODS = [
    # text, last day, months (None: the measure says)
    ("2020-12", date(2020, 12, 31), None),
    ("2020-02", date(2020, 2, 29), None),
    ("Sept 2020", date(2020, 9, 30), None),
    ("Sep-20", date(2020, 9, 30), None),
    ("Sept-20", date(2020, 9, 30), None),
    ("29/02/2020", date(2020, 2, 29), None),
    ("05/04/2020", date(2020, 4, 30), None),  # day first
    ("2011-12", date(2011, 12, 31), None),  # a month whenever it can be one
    ("2001-02", date(2001, 2, 28), None),
    ("2011/12", date(2012, 3, 31), 12),
    ("2001/02", date(2002, 3, 31), 12),
    ("2012-13", date(2013, 3, 31), 12),
    ("2019/20", date(2020, 3, 31), 12),
    ("2019-20", date(2020, 3, 31), 12),
    ("2019–20", date(2020, 3, 31), 12),
    ("2019 - 20", date(2020, 3, 31), 12),
    ("2019-2020", date(2020, 3, 31), 12),
    ("2019/2020", date(2020, 3, 31), 12),
    ("FY2019-20", date(2020, 3, 31), 12),
    ("1999-00", date(2000, 3, 31), 12),
    ("1999/00", date(2000, 3, 31), 12),
    ("1999-2000", date(2000, 3, 31), 12),
    ("2019-20 Q1", date(2019, 6, 30), 3),
    ("2019-20 Q2", date(2019, 9, 30), 3),
    ("2019-20 Q3", date(2019, 12, 31), 3),
    ("2019/20 Q4", date(2020, 3, 31), 3),
    ("2019-20Q1", date(2019, 6, 30), 3),
    ("2019-20 q1", date(2019, 6, 30), 3),
    ("Q1 2019/20", date(2019, 6, 30), 3),
    ("Q4 2019-20", date(2020, 3, 31), 3),
    ("q1-2019/2020", date(2019, 6, 30), 3),
    ("2014-16", date(2016, 12, 31), 36),
    ("2014-2016", date(2016, 12, 31), 36),
    ("2014/16", date(2016, 12, 31), 36),
    ("2013-15", date(2015, 12, 31), 36),
    ("1998-00", date(2000, 12, 31), 36),
]

UNREADABLE = [
    # text, part of what is said
    ("", "is not a period"),
    ("   ", "is not a period"),
    ("n/a", "write a month as 2020-07"),
    ("July", "write a month as 2020-07"),
    ("2020", "write a month as 2020-07"),
    ("20-Jul", "write a month as 2020-07"),
    ("2020-7", "write a month as 2020-07"),
    ("Juli 2020", "write a month as 2020-07"),
    ("44043", "write a month as 2020-07"),  # a date as a spreadsheet counts it
    ("2020-07-31 12:30:00", "write a month as 2020-07"),
    ("2020-06/07", "write a month as 2020-07"),
    ("1/6-2020", "write a month as 2020-07"),
    ("2019-20 Q5", "write a month as 2020-07"),
    ("2019-20 Q0", "write a month as 2020-07"),
    ("Q5 2019-20", "write a month as 2020-07"),
    ("Q1 2019", "write a month as 2020-07"),  # of a financial year, or of the calendar's
    ("Q1 2014-16", "quarter of more than one year"),
    ("Q1 2020/19", "runs backwards"),
    ("2020-07 p", "write a month as 2020-07"),
    ("2020-13", "runs backwards"),
    ("2020-19", "runs backwards"),
    ("2020/07", "runs backwards"),
    ("2020-20", "runs backwards"),
    ("2020-2019", "runs backwards"),
    ("2020-00", "runs backwards"),
    ("2020/00", "runs backwards"),
    ("2000-90", "more than 10 years"),
    ("2014-16 Q1", "quarter of more than one year"),
    ("13/2020", "no month 13"),
    ("0/2020", "no month 0"),
    ("07/31/2020", "no month 31"),  # month first
    ("2019-20-21", "no month 20"),
    ("32/07/2020", "no day of the calendar"),
    ("0/07/2020", "no day of the calendar"),
    ("31/06/2020", "no day of the calendar"),
    ("29/02/2019", "no day of the calendar"),
    ("2020-02-30", "no day of the calendar"),
    ("30 Feb 2020", "no day of the calendar"),
    ("1989-12", "outside 1990 to 2100"),
    ("2101-01", "outside 1990 to 2100"),
    ("July 1920", "outside 1990 to 2100"),
    ("0001-01", "outside 1990 to 2100"),
    ("x" * 500, "…"),
]  # fmt: skip


@pytest.mark.parametrize("text", ONE_MONTH)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    assert read_period(text).period == Period(JULY, None)


@pytest.mark.parametrize(("text", "end", "months"), OTHER_PERIODS)
def test_a_period_is_the_month_it_ends_in_and_its_length(text: str, end: date, months: int | None) -> None:
    assert read_period(text).period == Period(end, months)


TWO_READINGS = [
    # text, the month read, the other period, why
    ("8/1/2020", "2020-01", Period(date(2020, 8, 31), None), "month first"),
    ("08-01-20", "2020-01", Period(date(2020, 8, 31), None), "month first"),
    ("7/8/2020", "2020-08", Period(date(2020, 7, 31), None), "month first"),
    ("1/8/2020", "2020-08", Period(date(2020, 1, 31), None), "month first"),
    ("01/08/2020 00:00:00", "2020-08", Period(date(2020, 1, 31), None), "month first"),
    ("2010-11", "2010-11", Period(date(2011, 3, 31), 12), "financial year"),
    ("201112", "2011-12", Period(date(2012, 3, 31), 12), "financial year"),
    ("2008-09", "2008-09", Period(date(2009, 3, 31), 12), "financial year"),
    ("Aug 19", "2019-08", None, "day"),
]
ONE_READING = [
    "1/1/2020",
    "01.08.2020",
    "08/08/2020",
    "31/07/2020",
    "2020-08-01",
    "2012-11",
    "2010/11",
    "2010-2011",
    "Aug-19",
    "Aug '19",
]


@pytest.mark.parametrize(("text", "month", "other", "doubt"), TWO_READINGS)
def test_a_text_with_two_readings_says_the_other(text: str, month: str, other: Period | None, doubt: str) -> None:
    reading = read_period(text)
    assert (month_code(reading.period.end), reading.other, reading.doubt) == (month, other, doubt)


@pytest.mark.parametrize("text", ["8/1/2020", "01/08/2020", "Aug 19"])
def test_where_nobody_can_be_asked_two_readings_are_none(text: str) -> None:
    with pytest.raises(UnreadablePeriod, match="two readings; write a month as 2020-07"):
        parse_period(text)


@pytest.mark.parametrize("text", ONE_READING)
def test_a_text_with_one_reading_has_no_doubt(text: str) -> None:
    assert read_period(text).doubt == ""


@pytest.mark.parametrize(
    ("texts", "periods"),
    [
        (["2008-09", "2011-12", "2012-13"], ["2009-03/12", "2012-03/12", "2013-03/12"]),
        (["2010-10", "2010-11"], ["2010-10/0", "2010-11/0"]),
        (["2010-11"], ["2010-11/0?"]),
        (["2010-11", "Nov-10"], ["2010-11/0?", "2010-11/0"]),
        (["2010-11", "2011-12"], ["2010-11/0?", "2011-12/0?"]),
        (["2010-11", "2020-08"], ["2010-11/0?", "2020-08/0"]),
        (["2010-11", "2020-08", "2012-13"], ["2010-11/0?", "2020-08/0", "2013-03/12"]),
        (["Jul 19", "Aug 19"], ["2019-07/0", "2019-08/0"]),
        (["Aug 19", "Aug 20"], ["2019-08/0?", "2020-08/0?"]),
        (["01/08/2020", "01/09/2020"], ["2020-08/0", "2020-09/0"]),
        (["01/12/2020", "01/01/2021"], ["2020-12/0", "2021-01/0"]),
        (["01/08/2020", "01/08/2019"], ["2020-08/0?", "2019-08/0?"]),
        (["01/08/2020", "31/07/2020"], ["2020-08/0", "2020-07/0"]),
        (["7/8/2020", "31/07/2020"], ["2020-08/0", "2020-07/0"]),
        (["01/08/2020", "Jul-20"], ["2020-08/0", "2020-07/0"]),
        (["01/08/2020", "2020-02"], ["2020-08/0?", "2020-02/0"]),
        (["01/08/2020", "Aug-20", "Jan-20"], ["2020-08/0?", "2020-08/0", "2020-01/0"]),
        (["1/1/2020", "2/1/2020", "8/1/2020"], ["2020-01/0", "2020-01/0?", "2020-01/0?"]),
    ],
)
def test_texts_that_stand_beside_one_another_settle_what_each_means(texts: list[str], periods: list[str]) -> None:
    readings = settle_readings([read_period(text) for text in texts])
    settled = [
        f"{month_code(reading.period.end)}/{reading.period.months or 0}{'?' if reading.doubt else ''}"
        for reading in readings
    ]
    assert settled == periods


@pytest.mark.parametrize(("text", "message"), UNREADABLE)
def test_what_is_backwards_or_unclear_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(UnreadablePeriod, match=message):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "end", "months"),
    [
        ("2019/20", date(2020, 8, 31), 12),
        ("2019-20", date(2020, 8, 31), 12),
        ("2019-20 Q1", date(2019, 11, 30), 3),
        ("2019-20 Q4", date(2020, 8, 31), 3),
        ("2020-07", JULY, None),
        ("2014-16", date(2016, 12, 31), 36),
    ],
)
def test_an_academic_year_ends_in_august(text: str, end: date, months: int | None) -> None:
    assert parse_period(text, academic=True) == Period(end, months)


MONTHS = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)).map(month_end)
THIS_CENTURY = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(month_end)


@given(MONTHS)
def test_a_month_written_any_way_is_read_back(end: date) -> None:
    for text in (
        month_code(end),
        month_words(end),
        end.isoformat(),
        end.strftime("%d/%m/%Y"),
        f"{end.month}/{end.year}",
    ):
        assert parse_period(text) == Period(end, None)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SPELLINGS = (
    "%Y-%m", "%Y%m", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-M%m", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y",
    "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m/%Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d%b%Y", "%B %d, %Y", "%b %d %Y",
    "%b %d, %Y", "%A, %B %d, %Y", "%A, %d %B %Y", "%a %d %b %Y", "%B %Y", "%b-%y", "%b %y", "%b %d", "%b%Y", "%Y %B",
    "%d %b", "%d-%b", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%b %d %Y %I:%M%p", "%A, %B %d, %Y %I:%M:%S %p",
    "%d/%m/%Y %H:%M:%S",
)  # fmt: skip


@given(DAYS, st.sampled_from(SPELLINGS))
def test_a_day_in_any_spelling_is_its_month_or_is_asked_about_or_refused(day: date, spelling: str) -> None:
    text = datetime(day.year, day.month, day.day, 9, 30).strftime(spelling)  # noqa: DTZ001
    try:
        reading = read_period(text)
    except UnreadablePeriod:
        return
    assert reading.period == Period(month_end(day), None) or reading.doubt, f"{text} was read as {reading}"


@given(THIS_CENTURY)
def test_a_month_with_two_digits_of_its_year_is_of_this_century(end: date) -> None:
    assert parse_period(f"{MONTH_NAMES[end.month - 1][:3]}-{end.year % 100:02d}") == Period(end, None)


@given(st.integers(EARLIEST_YEAR, LATEST_YEAR - 1))
def test_a_financial_year_has_twelve_months_and_four_quarters(year: int) -> None:
    whole = parse_period(f"{year}/{(year + 1) % 100:02d}")
    assert whole == Period(date(year + 1, 3, 31), 12)
    quarters = [parse_period(f"{year}/{(year + 1) % 100:02d} Q{number}") for number in (1, 2, 3, 4)]
    assert [months_from(quarter.end, whole.end) for quarter in quarters] == [9, 6, 3, 0]
    assert {quarter.months for quarter in quarters} == {3}


@given(st.text(alphabet="0123456789-/. QqJulySept'–T:stFY", max_size=24) | st.text(max_size=24))
def test_any_text_is_a_whole_month_or_is_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except UnreadablePeriod:
        return
    assert period.end == month_end(period.end)
    assert EARLIEST_YEAR <= period.end.year <= LATEST_YEAR
    assert period.months is None or period.months == 3 or period.months % 12 == 0


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2020, 7, 1), date(2020, 7, 31)),
        (date(2020, 7, 31), date(2020, 7, 31)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2021, 2, 28), date(2021, 2, 28)),
        (date(2020, 12, 15), date(2020, 12, 31)),
    ],
)
def test_a_months_end_is_its_last_day(day: date, end: date) -> None:
    assert month_end(day) == end


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2020, 7, 31), 0, date(2020, 7, 31)),
        (date(2020, 7, 31), 1, date(2020, 8, 31)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 12, 31), 1, date(2021, 1, 31)),
        (date(2020, 1, 31), -1, date(2019, 12, 31)),
        (date(2020, 7, 15), -12, date(2019, 7, 31)),
        (date(2020, 3, 31), 24, date(2022, 3, 31)),
    ],
)
def test_months_are_added_to_a_months_end(day: date, months: int, end: date) -> None:
    assert add_months(day, months) == end


@given(THIS_CENTURY, st.integers(-120, 120))
def test_adding_months_and_counting_them_agree(end: date, months: int) -> None:
    assert months_from(end, add_months(end, months)) == months
    assert add_months(add_months(end, months), -months) == end


@pytest.mark.parametrize(("month", "over"), [(4, 1), (5, 2), (7, 4), (12, 9), (1, 10), (2, 11), (3, 12)])
def test_the_year_to_date_starts_in_april(month: int, over: int) -> None:
    assert year_to_date_months(date(2020, month, 1)) == over


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (None, "July 2020"),
        (1, "July 2020"),
        (3, "quarter to July 2020"),
        (4, "4 months to July 2020"),
        (6, "six months to July 2020"),
        (12, "year to July 2020"),
        (36, "three years to July 2020"),
    ],
)
def test_a_period_is_put_in_words(months: int | None, expected: str) -> None:
    assert period_words(JULY, months) == expected


@pytest.mark.parametrize("value", ["2020-07", " 2020-07 ", date(2020, 7, 1), date(2020, 7, 31)])
def test_a_month_of_the_catalogue_is_its_last_day(value: object) -> None:
    assert parse_month(value) == JULY


NOT_MONTHS: list[object] = [
    "2020-13", "2020-7", "July 2020", "2020", "2020-07-01", "1989-12", 2020, 202007, None, True, [],
    datetime.fromisoformat("2020-07-01T12:00"), date(9999, 12, 31), date(1, 1, 1),
]  # fmt: skip


@pytest.mark.parametrize("value", NOT_MONTHS)
def test_anything_else_is_no_month_of_the_catalogue(value: object) -> None:
    with pytest.raises(ValueError, match=r"Write a month as 2020-07|outside 1990 to 2100"):
        parse_month(value)


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (2023, date(2023, 12, 31)),
        ("2023", date(2023, 12, 31)),
        ("2020-10", date(2020, 10, 31)),
        (date(2020, 10, 1), date(2020, 10, 31)),
    ],
)
def test_a_year_is_read_as_its_december(value: object, end: date) -> None:
    assert parse_month_or_year(value) == end


@pytest.mark.parametrize("value", [True, 1989, 2101, "1989", 20.5, "soon", "Dec 2020", None])
def test_anything_else_is_no_month_and_no_year(value: object) -> None:
    with pytest.raises(ValueError, match="Write a month as 2020-10 or a year as 2023"):
        parse_month_or_year(value)
