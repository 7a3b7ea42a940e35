"""Periods: a month in which something ends, and how many months it covers. Reading them and writing them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FINANCIAL_YEAR_ENDS = 3
ACADEMIC_YEAR_ENDS = 8
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_LONGEST_MONTH = 31  # days: a number up to it may be a day or a year
LONGEST_SPAN = 10  # years; '2020-00' is a slip of the pen, not eighty years

_ANY_DASH = re.compile("[\u2010-\u2015\u2212]")  # what word processors make of a hyphen
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
_MONTH_NUMBERS |= {name.lower()[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}


class Period(NamedTuple):
    """A period: the last day of the month it ends in, and how many months it covers (None: not said)."""

    end: date
    months: int | None


Doubt = Literal["", "month first", "financial year", "day"]
DOUBTS: tuple[Doubt, ...] = ("month first", "financial year", "day")


class Reading(NamedTuple):
    """What a text is read as; where it may mean something else, what (a period, where it names one) and why.

    day: the day of a date in numbers that may stand day first or month first, as 31/07/2020; 0 of any other text.
    """

    period: Period
    other: Period | None = None
    doubt: Doubt = ""
    day: int = 0


class UnreadablePeriod(ValueError):
    """A text that names no period, or not one clearly. Its message says what to write instead."""


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The last day of the month that lies so many months after the day's own."""
    index = day.year * 12 + day.month - 1 + months
    return month_end(date(index // 12, index % 12 + 1, 1))


def months_from(earlier: date, later: date) -> int:
    """How many months lie between two days' months; negative where later is the earlier one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_code(day: date) -> str:
    """A month as files and URLs write it: '2020-07'."""
    return f"{day.year:04d}-{day.month:02d}"


def period_code(period: Period) -> str:
    """A period as an extract writes it: '2020-07', '2020-21 Q1', '2019/20', '2014/2016' for three calendar years."""
    end, months = period
    if months == 3 and end.month % 3 == 0:
        year = end.year if end.month > FINANCIAL_YEAR_ENDS else end.year - 1
        return f"{year}-{(year + 1) % 100:02d} Q{(end.month - FINANCIAL_YEAR_ENDS - 1) % 12 // 3 + 1}"
    if months == 12 and end.month == FINANCIAL_YEAR_ENDS:
        return f"{end.year - 1}/{end.year % 100:02d}"  # 2009-10 would be a month
    if months is not None and months > 24 and months % 12 == 0 and end.month == 12:
        return f"{end.year - months // 12 + 1}/{end.year}"
    return month_code(end)


def month_words(day: date) -> str:
    """A month as people read it: 'July 2020'."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def month_number(name: str) -> int | None:
    """The number of a month by its English name or its first letters ('May', 'sept'); None for any other text."""
    return _MONTH_NUMBERS.get(name.lower())


def day_words(day: date) -> str:
    """A day as people read it: '1 July 2020'."""
    return f"{day.day} {month_words(day)}"


def year_to_date_months(day: date) -> int:
    """How many months of the financial year, which starts in April, are over at a month's end: April 1, March 12."""
    return (day.month - FINANCIAL_YEAR_ENDS - 1) % 12 + 1


def period_words(end: date, months: int | None = 1) -> str:
    """A period as people read it: 'July 2020', or 'year to July 2020' and 'quarter to July 2020' where longer."""
    names = {3: "quarter to ", 6: "six months to ", 12: "year to ", 36: "three years to "}
    if months is None or months <= 1:
        return month_words(end)
    return names.get(months, f"{months} months to ") + month_words(end)


def _end(year: int, month: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadablePeriod(f"the year {year} of '{text}' is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    if not 1 <= month <= 12:
        raise UnreadablePeriod(f"'{text}' has no month {month}; write it as 2020-07")
    return month_end(date(year, month, 1))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(parts: dict[str, str | None], text: str) -> Reading:
    """The month of a date or month whose parts were found: y, m or mon, perhaps d and time."""
    year, digits = _full_year(parts["y"] or ""), parts.get("m")
    month = int(digits) if digits else _MONTH_NUMBERS[(parts.get("mon") or "").lower()]
    period = Period(_end(year, month, text), None)
    day = int(parts.get("d") or 0)
    if parts.get("d") is not None and not 1 <= day <= period.end.day:
        raise UnreadablePeriod(f"'{text}' is no day of the calendar; days are read day first, as 31/07/2020")
    if (time := parts.get("time")) and not _MIDNIGHT.fullmatch(time) and day in (1, period.end.day):
        raise UnreadablePeriod(f"'{text}' has a time of day, which may be shifted; write a month as 2020-07")
    if not parts.get("order"):
        return Reading(period)
    if day <= 12 and day != month:
        return Reading(period, Period(_end(year, day, text), None), "month first", day)
    return Reading(period, day=day)


def _month(parts: dict[str, str | None], text: str) -> Reading:
    """A month written as YYYY-MM or YYYYMM; where MM is the year after YYYY, it may be a financial year too."""
    reading = _date(parts, text)
    year, month = reading.period.end.year, reading.period.end.month
    if month != (year + 1) % 100 or year == LATEST_YEAR:
        return reading
    return Reading(reading.period, Period(_end(year + 1, FINANCIAL_YEAR_ENDS, text), 12), "financial year")


def _named_month(parts: dict[str, str | None], text: str) -> Reading:
    """A month by its name and year; 'Aug 19', where nothing but a space tells them apart, may be a day too."""
    reading, digits = _date(parts, text), parts["y"] or ""
    if len(digits) == 2 and 1 <= int(digits) <= _LONGEST_MONTH and parts["between"] in (" ", ". ", ", "):
        return Reading(reading.period, None, "day")
    return reading


_MON = "(?P<mon>" + "|".join([*MONTH_NAMES, "Sept", *(name[:3] for name in MONTH_NAMES)]) + ")(?![A-Za-z])"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:s|nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?[,.]? )?"
_TH = "(?:st|nd|rd|th)?"
_ZONE = "(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_TIME = rf"(?:(?:T|,? )(?P<time>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)? ?(?:[AP]M)?{_ZONE}))?"
_MIDNIGHT = re.compile(rf"(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00(?:\.0+)?)? ?AM){_ZONE}", re.IGNORECASE)
_Reader = Callable[[dict[str, str | None], str], Reading]
_Y, _YY, _NEAR = "(?P<y>[0-9]{4})", "(?P<y>[0-9]{4}|[0-9]{2})", "(?P<y>(?:19|20)[0-9]{2})"
_M, _MM, _D, _DD = "(?P<m>[0-9]{1,2})", "(?P<m>0[1-9]|1[0-2])", "(?P<d>[0-9]{1,2})", "(?P<d>0[1-9]|[12][0-9]|3[01])"


def _patterns(*patterns: tuple[str, _Reader]) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), reader) for pattern, reader in patterns)


DATES = _patterns(
    (rf"{_Y}(?P<s>[-/.]){_M}(?P=s){_D}{_TIME}", _date),
    (rf"{_NEAR}{_MM}{_DD}{_TIME}", _date),
    (rf"{_D}(?P<order>[/-]){_M}(?P=order){_YY}{_TIME}", _date),
    (rf"{_D}\.{_M}\.{_Y}{_TIME}", _date),
    (rf"{_WEEKDAY}{_D}{_TH}[ \-/.]?(?:of )?{_MON}\.?[ \-/,.']*{_YY}{_TIME}", _date),
    (rf"{_WEEKDAY}{_MON}\.?[ \-/]?{_D}{_TH}(?:, ?| |[-/]){_Y}{_TIME}", _date),
    (rf"{_MON}(?P<between>\.?[ \-/,']*){_YY}", _named_month),
    (rf"{_Y}[ \-]?{_MON}", _date),
    (rf"{_Y}-?M{_MM}", _date),
    (rf"{_Y}-{_MM}", _month),
    (rf"{_NEAR}{_MM}", _month),
    (rf"(?P<m>0[1-9]|1[0-2])[/.]{_Y}", _date),
)  # how a date or a month is written, alone and among other words, and what reads its parts
_ALONE = _patterns(
    (rf"{_D}\.{_M}\.(?P<y>[0-9]{{2}}){_TIME}", _date),
    (rf"{_M}[/.]{_Y}", _date),
)  # what is a date or a month only where nothing else stands beside it


def _year_period(text: str, academic: bool) -> Period | None:
    ends = ACADEMIC_YEAR_ENDS if academic else FINANCIAL_YEAR_ENDS
    if quarter := re.fullmatch(r"(Q[1-4])[ \-]?((?:FY ?)?\d{4} ?[-/] ?\d{2,4})", text, flags=re.IGNORECASE):
        text = f"{quarter[2]} {quarter[1]}"
    if match := re.fullmatch(r"(?:FY ?)?(\d{4}) ?[-/] ?(\d{4}|\d{2})(?: ?Q([1-4]))?", text, flags=re.IGNORECASE):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if len(match[2]) == 2 and int(match[2]) == 0 and 0 < last + 100 - first <= LONGEST_SPAN:
            last += 100
        if last - first > LONGEST_SPAN:
            raise UnreadablePeriod(f"'{text}' spans more than {LONGEST_SPAN} years; write a month as 2020-07")
        if last <= first:
            raise UnreadablePeriod(f"'{text}' runs backwards; write a month as 2020-07 or a year as 2019-20")
        if match[3]:
            if last != first + 1:
                raise UnreadablePeriod(f"'{text}' is a quarter of more than one year; write it as 2019-20 Q1")
            return Period(add_months(_end(first, ends, text), 3 * int(match[3])), 3)
        if last == first + 1:
            return Period(_end(last, ends, text), 12)
        return Period(_end(last, 12, text), 12 * (last - first + 1))
    return None


def read_period(text: str, *, academic: bool = False) -> Reading:
    """Reads a text that is a period and nothing else, as people and programs write it.

    text: 'YYYY-MM' (a month when MM is 01 to 12), '202007', '2020-M07', 'Jul-20', 'July 2020', '31/07/2020' (day
    first), '2020-07-31', '31JUL2020', 'July 31, 2020', 'Friday 31 July 2020'; '2019/20' and '2019-20' (a financial year
    ending in March, or with `academic` a school year ending in August); '2019-20 Q1', 'Q1 2019/20'; wider, '2014-16',
    calendar years. A time of day is left aside, but not on a month's first or last day: a shift would change it.
    Returns the reading, with what else the text may mean where it has two. Its period has months None for a month: the
    measure's accumulation then says how many it covers.
    Raises UnreadablePeriod, whose message says what to write instead.
    """
    tidy = tidied(text)
    for pattern, reader in (*DATES, *_ALONE):
        if match := pattern.fullmatch(tidy):
            reading = reader(match.groupdict(), tidy)
            if academic and reading.other is not None and reading.other.months:
                return reading._replace(other=Period(_end(reading.other.end.year, ACADEMIC_YEAR_ENDS, tidy), 12))
            return reading
    period = _year_period(tidy, academic)
    if period is None:
        shown = tidy if len(tidy) <= 40 else tidy[:40] + "…"
        raise UnreadablePeriod(f"'{shown}' is not a period we can read; write a month as 2020-07")
    return Reading(period)


def parse_period(text: str, *, academic: bool = False) -> Period:
    """The period that a text is read as (read_period), for whoever can't ask.

    'YYYY-MM' is a month. Raises UnreadablePeriod, also where a date may stand month first, or a day be a year.
    """
    reading = read_period(text, academic=academic)
    if reading.doubt in ("month first", "day"):
        raise UnreadablePeriod(f"'{text.strip()}' has two readings; write a month as 2020-07")
    return reading.period


def tidied(text: str) -> str:
    """A text as its periods are looked for: one kind of dash and apostrophe, single spaces."""
    return _ANY_DASH.sub("-", " ".join(text.split())).replace("’", "'")


def settle_readings(readings: Sequence[Reading]) -> list[Reading]:
    """Readings of texts that stand beside one another, where the others settle what one of them means.

    '2010-11' is a year among years; among months it is one where the month before or after it is there too.
    'Aug 19' is of a year where another month has the same: days would differ. '01/08/2020' stands day first beside
    31/07/2020, beside the first of another month, and where a month beside it is near August and none near January.
    """
    clear = [reading.period for reading in readings if not reading.doubt]
    years = any((period.months or 0) % 12 == 0 and period.months for period in clear)
    months = {reading.period.end for reading in readings if not (reading.doubt or reading.day or reading.period.months)}
    day_first = _day_first(readings)
    of_a_day = {(reading.period.end.year, reading.period.end.month) for reading in readings if reading.doubt == "day"}
    months_of = Counter(year for year, _ in of_a_day)

    def as_read(reading: Reading) -> bool:
        if reading.doubt == "financial year":
            return not years and _near(reading.period, months, steps=(-1, 1))  # the month itself beside it is another
        if reading.doubt == "day":
            return months_of[reading.period.end.year] > 1
        return day_first or (_near(reading.period, months) and not (reading.other and _near(reading.other, months)))

    answers = []
    for reading in readings:
        if reading.doubt == "financial year" and reading.other is not None and years and not months:
            reading = Reading(reading.other)
        elif reading.doubt and as_read(reading):
            reading = Reading(reading.period)
        answers.append(reading)
    return answers


def _day_first(readings: Sequence[Reading]) -> bool:
    """Whether dates that stand together stand day first: one has no month of that number, or all are firsts of months.

    Read month first, the firsts of different months would be different days of January.
    """
    days = {reading.day for reading in readings if reading.day}
    months = {reading.period.end.month for reading in readings if reading.day}
    return max(days, default=0) > 12 or (days == {1} and len(months) > 1)


def _near(period: Period, months: set[date], steps: tuple[int, ...] = (-1, 0, 1)) -> bool:
    """Whether one of the months is the period's own, or the one before or after it: so many months from it."""
    return any(add_months(period.end, step) in months for step in steps)


def parse_month(value: object) -> date:
    """A month of the catalogue ('2020-07', or a date) as its last day. Raises ValueError with what to write."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _end(value.year, value.month, str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value.strip()):
        return parse_period(value.strip()).end
    raise ValueError("Write a month as 2020-07")


def parse_month_or_year(value: object) -> date:
    """A month ('2020-10') or a year (2023, read as its December) as its last day. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool) and EARLIEST_YEAR <= value <= LATEST_YEAR:
        return date(value, 12, 31)
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip()):
        return parse_month_or_year(int(value))
    try:
        return parse_month(value)
    except UnreadablePeriod:
        raise
    except ValueError:
        raise ValueError("Write a month as 2020-10 or a year as 2023") from None
