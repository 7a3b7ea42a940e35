"""Every code, shown by a file that has it; and files that have none."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from scorecard.core.observations import observations_frame
from scorecard.extract.check_extract import with_missing_measures
from scorecard.extract.codes.registry import CODES

LONG = "measure_id,period,value,numerator,denominator,area,note,measure_name\n"
OWN = "E06000045"


def known_of(
    measure: str, values: list[float], *, months: int = 1, area: str = OWN, end: str = "2020-07"
) -> pd.DataFrame:
    ends = pd.period_range(end=end, periods=len(values), freq="M").to_timestamp(how="end").normalize()
    return observations_frame(
        pd.DataFrame({"measure_id": measure, "area": area, "period_end": ends, "months": months, "value": values})
    )


def closed(value: float) -> pd.DataFrame:
    return known_of("visits-on-time", [value])


STEADY = {"known": known_of("visits-on-time", [80, 81, 80, 82, 81, 80, 82, 81, 80, 81, 82, 80, 81, 82])}
MOVED = {"known": known_of("visits-on-time", [80, 81, 80, 82, 81, 80, 82, 81, 80, 81, 82, 80, 81, 70])}
LIMITS = pd.DataFrame({"measure_id": ["visits-on-time"], "area": [OWN], "lower": [75.0], "upper": [85.0]})
SO_FAR = {"known": known_of("referrals-so-far", [500], months=4)}
PAIR = {"known": pd.concat([known_of("plans-number", [516]), known_of("plans-rate", [100])])}
ONLY_THE_RATE = {"known": known_of("plans-rate", [100])}

CASES: list[tuple[str, str, dict[str, Any], list[tuple[str, int | None]]]] = [
    # what it shows, rows below the header of LONG, what is known, the findings: code and row
    ("nothing", "visits-on-time,2020-08,82", {}, []),
    ("worked out", "visits-on-time,2020-08,,41,50", {}, []),
    ("rounded to the digits given", "visits-on-time,2020-08,67,2,3", {}, []),
    ("rounded half a digit up", "visits-on-time,2020-08,13,1,8", {}, []),
    ("rounded half a digit down", "visits-on-time,2020-08,12,1,8", {}, []),
    ("a rate", "plans-rate,2020-08,82.0,426,51951", {}, []),
    ("no share of nothing", "visits-on-time,2020-08,,0,0", {}, []),
    ("a symbol", "visits-on-time,2020-08,[c]", {}, []),
    ("symbols in all three", "visits-on-time,2020-08,[c],[c],[c]", {}, []),
    ("over 100 where it may be", "budget-spent,2020-08,120,12,10", {}, []),
    ("another area", "visits-on-time,2020-08,82,,,E12000008", {}, []),
    ("a year of a monthly measure", "visits-on-time,2019-20,82", {}, []),
    ("provisional before its end", "visits-on-time,2020-09,82 [p]", {}, []),
    ("a row with nothing in it", "visits-on-time,2020-08,82\n,,,\n", {}, []),
    ("no measure", ",2020-08,82", {}, [("missing-measure", 2)]),
    ("near miss", "visit-on-time,2020-08,82", {}, [("unknown-measure", 2)]),
    ("no period", "visits-on-time,,82", {}, [("missing-period", 2)]),
    ("bad period", "visits-on-time,2020-13,82", {}, [("unreadable-period", 2)]),
    ("bad value", "visits-on-time,2020-08,NaN", {}, [("unreadable-value", 2)]),
    ("bad numerator", "visits-on-time,2020-08,82,x1,50", {}, [("unreadable-value", 2)]),
    ("decimal comma", 'visits-on-time,2020-08,"82,5"', {}, [("decimal-comma", 2)]),
    ("formula", "visits-on-time,2020-08,=1+1", {}, [("formula", 2)]),
    ("blank", "visits-on-time,2020-08,", {}, [("missing-value", 2)]),
    ("half of a ratio", "visits-on-time,2020-08,,41,", {}, [("missing-value", 2)]),
    ("area by name", "visits-on-time,2020-08,82,,,Southampton", {}, [("unknown-area", 2)]),
    ("negative", "plans-number,2020-08,-3", {}, [("negative-value", 2)]),
    ("over 100", "visits-on-time,2020-08,120", {}, [("over-maximum", 2)]),
    ("over its maximum", "budget-spent,2020-08,151", {}, [("over-maximum", 2)]),
    ("percent of a count", "plans-number,2020-08,82%", {}, [("percent-sign", 2)]),
    ("part over whole", "visits-on-time,2020-08,,12,10", {}, [("numerator-over-denominator", 2)]),
    ("value of 0 of 0", "visits-on-time,2020-08,100,0,0", {}, [("zero-denominator", 2)]),
    ("3 of 0", "visits-on-time,2020-08,,3,0", {}, [("zero-denominator", 2)]),
    ("ratio", "visits-on-time,2020-08,82,40,50", {}, [("ratio-disagrees", 2)]),
    ("ratio beyond the digits given", "visits-on-time,2020-08,66.6,2,3", {}, [("ratio-disagrees", 2)]),
    ("share beside its parts", "visits-on-time,2020-08,0.82,41,50", {}, [("ratio-disagrees", 2)]),
    ("hidden but given", "visits-on-time,2020-08,[c],3,12", {}, [("symbol-beside-figures", 2)]),
    ("not over", "visits-on-time,2020-09,82", {}, [("month-not-over", 2)]),
    ("not begun", "visits-on-time,2020-10,82 [p]", {}, [("month-not-begun", 2)]),
    ("retired", "old-measure,2020-04,82", {}, [("retired-measure", 2)]),
    ("last month before retirement", "old-measure,2020-03,82", {}, []),
    ("before its start", "new-measure,2020-08,82", {}, [("before-start", 2)]),
    ("twice", "visits-on-time,2020-08,82\nvisits-on-time,Aug-20,82", {}, [("duplicate-cell", 3)]),
    ("long note", f"visits-on-time,2020-08,82,,,,{'n' * 2001}", {}, [("note-too-long", 2)]),
    ("long row", "visits-on-time,2020-08,82,,,,,,more", {}, [("row-too-long", 2)]),
    ("header again", "visits-on-time,2020-08,82\n" + LONG, {}, [("repeated-header", 3)]),
    ("a share", "visits-on-time,2020-08,0.82", {}, [("unit-looks-wrong", 2)]),
    ("a share of all", "visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [82])},
     [("unit-looks-wrong", 2)]),
    ("a share with a sign", "visits-on-time,2020-08,0.82%", {"known": known_of("visits-on-time", [82])},
     [("unit-looks-wrong", 2)]),
    ("1% of a measure that may be so", "budget-spent,2020-08,1", {}, []),
    ("a share of all, beside another share", "budget-spent,2020-07,0.9\nbudget-spent,2020-08,1", {},
     [("unit-looks-wrong", 2), ("unit-looks-wrong", 3)]),
    ("1%, as usual", "visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [1, 2, 1])}, []),
    ("all of them, counted", "visits-on-time,2020-08,1,1,100", {}, []),
    ("ten times the rate", "plans-rate,2020-08,820", {"known": known_of("plans-rate", [82, 82])},
     [("unit-looks-wrong", 2)]),
    ("as ever", "visits-on-time,2020-08,81", STEADY, []),
    ("a jump", "visits-on-time,2020-08,70", STEADY, [("unusual-change", 2)]),
    ("outside the limits", "visits-on-time,2020-08,70", {"limits": LIMITS}, [("unusual-change", 2)]),
    ("within the limits", "visits-on-time,2020-08,76", STEADY | {"limits": LIMITS}, []),
    ("a moved level goes on", "visits-on-time,2020-08,72", MOVED | {"limits": LIMITS}, []),
    ("a moved level, and a jump", "visits-on-time,2020-08,5", MOVED | {"limits": LIMITS}, [("unusual-change", 2)]),
    ("beyond the other limit", "visits-on-time,2020-08,93", MOVED | {"limits": LIMITS}, [("unusual-change", 2)]),
    ("both months in one file", "visits-on-time,2020-06,70\nvisits-on-time,2020-07,71", STEADY | {"limits": LIMITS},
     [("unusual-change", 2)]),
    ("too little history", "visits-on-time,2020-08,70", {"known": known_of("visits-on-time", [80, 81, 80])}, []),
    ("a total that falls", "referrals-so-far,2020-08,480", SO_FAR, [("total-falls", 2)]),
    ("a total that doesn't rise", "referrals-so-far,2020-08,500", SO_FAR, []),
    ("a total of a new year", "referrals-so-far,2020-04,40", {"known": known_of("referrals-so-far", [500], months=12,
                                                                            end="2020-03")}, []),
    ("a total from an unknown start that falls", "contacts-so-far,2020-08,480",
     {"known": known_of("contacts-so-far", [500])}, [("total-falls", 2)]),
    ("a total from an unknown start that rises", "contacts-so-far,2020-08,520",
     {"known": known_of("contacts-so-far", [500])}, []),
    ("a total from an unknown start, a year later", "contacts-so-far,2020-08,480",
     {"known": known_of("contacts-so-far", [500], end="2019-08")}, []),
    ("numerators of a share that fall", "share-so-far,2020-07,80,80,100\nshare-so-far,2020-08,81,51,63", {},
     [("total-falls", 3)]),
    ("a share that falls, and its numerator rises", "share-so-far,2020-07,80,80,100\nshare-so-far,2020-08,75,90,120",
     {}, []),
    ("a rate so far that falls", "rate-so-far,2020-07,80\nrate-so-far,2020-08,79", {}, [("total-falls", 3)]),
    ("an earlier total, now higher", "referrals-so-far,2020-06,510", SO_FAR, [("total-falls", 2)]),
    ("an NHS number", "visits-on-time,2020-08,82,,,,see 943 476 5919", {}, [("personal-note", 2)]),
    ("ten digits of no person", "visits-on-time,2020-08,82,,,,see 9434765918", {}, []),
    ("closed, changed", "visits-on-time,2020-07,79", {"closed": closed(82)}, [("closed-month-changed", 2)]),
    ("closed, the same", "visits-on-time,2020-07,82", {"closed": closed(82)}, []),
    ("closed, same digits", "visits-on-time,2020-07,82.01", {"closed": closed(81.98)},
     [("closed-month-same-digits", 2)]),
    ("closed, now hidden", "visits-on-time,2020-07,[c]", {"closed": closed(82)}, [("closed-month-changed", 2)]),
    ("pair moves apart", "plans-number,2020-08,512\nplans-rate,2020-08,101", PAIR, [("pair-disagrees", 3)]),
    ("pair of which only the other is sent", "plans-number,2020-08,512", ONLY_THE_RATE, []),
    ("pair moves together", "plans-number,2020-08,512\nplans-rate,2020-08,99.2", PAIR, []),
    ("a quarter for a rolling year", "sickness-days,2020-21 Q1,14.1", {}, [("wrong-months", 2)]),
    ("the first of August, month first", "visits-on-time,08/01/2020,82\nplans-number,08/01/2020,4", {},
     [("ambiguous-date", 2)]),
    ("the first of August or the eighth of January", "visits-on-time,01/08/2020,82", {}, [("ambiguous-date", 2)]),
    ("firsts of months", "visits-on-time,01/08/2020,82\nvisits-on-time,01/07/2020,82", {}, []),
    ("the first of August beside July", "visits-on-time,01/08/2020,82\nvisits-on-time,Jul-20,82", {}, []),
    ("the first of January", "visits-on-time,1/1/2020,82\nvisits-on-time,31/01/2019,80", {}, []),
    ("the 8th of January or the first of August, twice", "visits-on-time,2/1/2020,82\nvisits-on-time,3/1/2020,84", {},
     [("duplicate-cell", 3), ("ambiguous-date", 2), ("ambiguous-date", 3)]),
    ("a month or a year", "visits-on-time,2010-11,82", {}, [("ambiguous-date", 2)]),
    ("years", "visits-on-time,2011-12,82\nvisits-on-time,2012-13,82", {}, []),
    ("a day or a year", "visits-on-time,Aug 19,82", {}, [("ambiguous-date", 2)]),
    ("this year's month", "visits-on-time,Aug 20,82", {}, []),
    ("a slip of the year", "visits-on-time,2002-08,82\nplans-number,2020-08,5\nbudget-spent,2020-08,50", {},
     [("far-period", 2)]),
    ("a whole file of another year", "visits-on-time,2019-06,82", {"known": known_of("visits-on-time", [82, 81])},
     [("far-period", 2)]),
    ("a year after the last", "visits-on-time,2019-08,82",
     {"known": known_of("visits-on-time", [82], end="2018-08")}, []),
    ("years of years", "visits-on-time,2012-13,82\nvisits-on-time,2013-14,82\nvisits-on-time,2014-15,82", {}, []),
    ("half a child", "plans-number,2020-08,426.5", {}, [("not-a-whole-number", 2)]),
    ("sorted in part", "plans-rate,2020-08,82,,,,,Visits on time", {}, [("name-disagrees", 2)]),
    ("new area", "visits-on-time,2020-08,82,,,E06000054", {}, [("new-area", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "context", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_fault_is_found_once_and_where_it_is(rows, context, expected, check) -> None:
    checked = check(LONG + rows + "\n", **context)
    assert [(finding.code, finding.row) for finding in checked.findings] == expected


@pytest.mark.parametrize(
    ("rows", "context", "expected"), [case[1:] for case in CASES[::3]], ids=[case[0] for case in CASES[::3]]
)
def test_each_fault_is_found_beside_a_row_of_no_known_measure_too(rows, context, expected, check) -> None:
    """Such a row leaves holes in what is known of its measure, and every check must bear them."""
    period = "2013-14" if "2011-12" in rows else "2020-08"  # a month beside years makes another question of them
    checked = check(f"{LONG}{rows}\nnonsense,{period},1\n", **context)
    at = 3 + rows.count("\n")
    findings = [
        (finding.code, finding.row)
        for finding in checked.findings
        if (finding.code, finding.row) != ("unknown-measure", at)
    ]
    assert sorted(findings, key=str) == sorted(expected, key=str)
    assert checked.findings.count("unknown-measure") == 1 + [code for code, _ in expected].count("unknown-measure")


HEADERS: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("no header", "a,b\n1,2\n", [("no-measure-id", None)]),
    ("no period", "measure_id,when,value\nvisits-on-time,2020-08,82\n",
     [("missing-column", None), ("unknown-column", "when")]),
    ("no value", "measure_id,period,figure\nvisits-on-time,2020-08,82\n",
     [("missing-column", None), ("unknown-column", "figure")]),
    ("twice", "measure_id,period,value,Value\nvisits-on-time,2020-08,82,82\n", [("duplicate-header", "Value")]),
    ("unknown", "measure_id,period,value,Comments\nvisits-on-time,2020-08,82,\n", [("unknown-column", "Comments")]),
    ("explaining", "measure_id,period,value,unit,definition,last_value\nvisits-on-time,2020-08,82,%,d,81\n", []),
    ("no rows", "measure_id,period,value\n", [("no-rows", None)]),
    ("title", "My report\n\nmeasure_id,period,value\nvisits-on-time,2020-08,82\n", [("title-rows", None)]),
    ("wide", "measure_id,2020-07,Aug-20\nvisits-on-time,81,82\n", []),
    ("wide, blank cell", "measure_id,2020-07,2020-08\nvisits-on-time,81,\nplans-number,4,5\n",
     [("missing-value", "2020-08")]),
    ("wide, blank where not due", "measure_id,2020-06,2020-07\ncaseload,18,\nvisits-on-time,81,82\n", []),
    ("wide, blank in a month that isn't over",
     "measure_id,2020-08,2020-09\nplans-number,4,\nvisits-on-time,81,82 [p]\n", []),
    ("wide, the same month twice, and one may be a year", "measure_id,2008-09,Sep-08\nvisits-on-time,81,82\n",
     [("duplicate-header", "Sep-08"), ("ambiguous-date", "2008-09")]),
    ("wide, blank column", "measure_id,2020-07,2020-08\nvisits-on-time,81,\n", [("empty-column", "2020-08")]),
    ("wide, same month", "measure_id,2020-07,Jul-20\nvisits-on-time,81,82\n", [("duplicate-header", "Jul-20")]),
    ("wide, bad month", "measure_id,2020-07,2020-13\nvisits-on-time,81,82\n", [("unreadable-period", "2020-13")]),
    ("a column without a name", "measure_id,period,,value\nvisits-on-time,2020-08,late,82\n",
     [("unknown-column", None)]),
    ("an empty one", "measure_id,period,,value\nvisits-on-time,2020-08, ,82\n", []),
    ("wide, a month's name is lost", "measure_id,2020-06,,2020-08\nvisits-on-time,80,81,82\n",
     [("unknown-column", None)]),
    ("wide, a month without its year", "measure_id,2020-06,July\nvisits-on-time,80,81\n",
     [("unreadable-period", "July")]),
    ("wide, a total", "measure_id,2020-06,2020-07,Total\nvisits-on-time,80,81,161\n", [("unknown-column", "Total")]),
    ("semicolons", "measure_id;period;value\nplans-number;2020-08;1,234\n", [("ambiguous-comma", "value")]),
    ("semicolons and a point", "measure_id;period;value\nplans-rate;2020-08;1.234\n", [("ambiguous-comma", "value")]),
    ("a point below one", "measure_id;period;value\nplans-rate;2020-08;0.234\n", []),
    ("commas and a point", "measure_id,period,value\nplans-rate,2020-08,1.234\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in HEADERS], ids=[case[0] for case in HEADERS])
def test_each_fault_of_the_header_is_found(text, expected, check) -> None:
    assert [(finding.code, finding.column) for finding in check(text).findings] == expected


PERSONAL = ["Forename", "surname", "First Name", "last_name", "Child name", "Child's name", "Name", "Date of Birth",
            "DOB", "UPN", "NHS number", "NHS No", "child_id", "Post code", "Social worker name"]  # fmt: skip
NOT_PERSONAL = ["measure_name", "area", "note", "Area name", "Service area", "Numbers", "Comments", "Team"]


@pytest.mark.parametrize("name", PERSONAL)
def test_a_column_about_persons_refuses_the_file_and_is_not_echoed(name, check) -> None:
    checked = check(f"measure_id,period,value,{name}\nvisits-on-time,2020-08,82,Ann Example\n")
    assert "personal-column" in checked.findings.counts
    assert checked.refused
    assert b"Ann Example" not in checked.findings.to_csv()


@pytest.mark.parametrize("name", NOT_PERSONAL)
def test_a_column_about_groups_does_not_refuse_the_file(name, check) -> None:
    assert (
        "personal-column" not in check(f"measure_id,period,value,{name}\nvisits-on-time,2020-08,82,a\n").findings.counts
    )


def test_a_wide_file_and_a_long_one_say_the_same(check) -> None:
    wide = check("measure_id,2020-07,2020-08\nvisits-on-time,81,82 [p]\nplans-number,[c],5\n")
    long = check("measure_id,period,value\nvisits-on-time,2020-07,81\nvisits-on-time,2020-08,82p\n"
                 "plans-number,2020-07,c\nplans-number,2020-08,5\n")  # fmt: skip
    pd.testing.assert_frame_equal(wide.observations, long.observations)
    assert (wide.layout, long.layout) == ("wide", "long")


def test_what_was_read_is_what_the_file_says(check) -> None:
    rows = (
        "sickness-days,2020-08,14.14,,,,late\nreferrals-so-far,2020-08,,545,1\n"
        "visits-on-time,2019-20 Q1,,0,0,E12000008\n"
    )
    frame = check(LONG + rows).observations
    assert frame["months"].tolist() == [12, 5, 3]
    assert frame["area"].tolist() == [OWN, OWN, "E12000008"]
    assert frame["period_end"].dt.strftime("%Y-%m-%d").tolist() == ["2020-08-31", "2020-08-31", "2019-06-30"]
    assert frame["value"].tolist()[:2] == [14.14, 545]
    assert frame["symbol"].tolist()[2] == "z"
    assert frame["note"].tolist()[0] == "late"
    assert (frame["origin"] == "extract").all()
    assert frame.dtypes.equals(observations_frame().dtypes)


def test_a_refused_file_gives_no_observations(check) -> None:
    checked = check(LONG + "visits-on-time,2020-08,82\nno-such,2020-08,1\n")
    assert checked.refused
    assert checked.observations.empty


@pytest.mark.parametrize(
    ("row", "phrase"),
    [
        ("visit-on-time,2020-08,82", "Did you mean visits-on-time?"),
        ("Visits on time,2020-08,82", "Did you mean visits-on-time?"),
        ("visits-on-time\u200b,2020-08,82", "U+200B zero width space"),
        ("visits-on-time,2020-08,82,,,Southampton", "Did you mean E06000045?"),
        ("visits-on-time,2020-08,82,,,852", "local authority's number"),
        ("visits-\u043en-time,2020-08,82", "U+043E cyrillic small letter o"),
        ("visits-on-time,2020-08,82,40,50", "give 80"),
        ("visits-on-time,2020-08,0.82,41,50", "write 82"),
    ],
)
def test_the_remedy_names_what_was_probably_meant(row, phrase, check) -> None:
    assert phrase in check(LONG + row + "\n").findings[0].remedy


NO_HEADER = [
    ("m\u0435asure_id,period,value\nvisits-on-time,2020-08,82\n", "U+0435 cyrillic small letter ie"),
    ("measure_id,period,v\u0430lue\nvisits-on-time,2020-08,82\n", "U+0430 cyrillic small letter a"),
    ('"measure_id,period,value"\n"visits-on-time,2020-08,82"\n', "in one cell"),
    ("measure_id^period^value\n", "start from the template"),
    ("a line\n" * 25 + "measure_id,period,value\nvisits-on-time,2020-08,82\n", "Row 26 has it"),
    ("Indicator,period,value\nvisits-on-time,2020-08,82\n", "Is 'Indicator' the measure_id? Then rename it."),
]


@pytest.mark.parametrize(("text", "phrase"), NO_HEADER)
def test_the_remedy_says_why_no_header_is_found(text, phrase, check) -> None:
    assert phrase in check(text).errors[0].remedy


def test_a_single_slip_in_a_long_backfill_is_noticed(check) -> None:
    months = pd.period_range("2018-01", periods=24, freq="M")
    values = [80 + index % 3 for index in range(24)]
    values[11] = 8
    rows = "".join(f"visits-on-time,{month},{value}\n" for month, value in zip(months, values, strict=True))
    findings = [(finding.code, finding.row) for finding in check(LONG + rows).findings]
    assert findings == [("unusual-change", 13), ("unusual-change", 14)]


def test_a_copy_of_the_month_before_is_noticed(check) -> None:
    names = ["visits-on-time", "plans-number", "plans-rate", "sickness-days", "budget-spent"]
    before = pd.concat([known_of(name, [50], months=12 if name == "sickness-days" else 1) for name in names])
    rows = "".join(f"{name},2020-08,50\n" for name in names)
    assert "copied-month" in check(LONG + rows, known=before).findings.counts
    assert "copied-month" not in check(LONG + rows.replace("50", "51", 1), known=before).findings.counts


@pytest.mark.parametrize(
    ("value", "missing", "expected"),
    [
        ("82", {"visits-on-time"}, []),
        ("82", {"visits-on-time", "plans-rate"}, [("measure-missing", "plans-rate")]),
        ("0.82", {"plans-rate"}, [("measure-missing", "plans-rate"), ("unit-looks-wrong", "visits-on-time")]),
        ("82", {"old-measure", "caseload", "gone"}, []),  # retired, not due, and none of the catalogue's
        ("none", {"plans-rate"}, [("unreadable-value", "visits-on-time")]),  # to be sent again in any case
    ],
)
def test_measures_that_are_due_and_that_the_file_lacks_are_named(value, missing, expected, check, catalogue) -> None:
    checked = with_missing_measures(check(LONG + f"visits-on-time,2020-08,{value}\n"), catalogue, missing)
    assert [(finding.code, finding.measure_id) for finding in checked.findings] == expected


def test_many_revisions_of_closed_months_are_one_warning(check) -> None:
    rows = "".join(f"visits-on-time,{month},70\n" for month in pd.period_range("2019-01", periods=12, freq="M"))
    before = known_of("visits-on-time", [82.0] * 12, end="2019-12")
    (warning,) = check(LONG + rows, closed=before).warnings
    assert (warning.code, warning.found) == ("closed-month-changed", "12 figures of 1 measure, 2019-01 to 2019-12")


def test_twenty_thousand_faults_are_all_listed(check) -> None:
    checked = check(LONG + "visits-on-time,2020-13,abc\n" * 10_000)
    assert checked.findings.counts == {"unreadable-period": 10_000, "unreadable-value": 10_000}
    assert checked.findings.to_csv().count(b"\r\n") == 20_001


def test_every_code_is_shown_by_a_case() -> None:
    """So that no code stands in the register, and in docs/findings.md, that no file can have."""
    from pathlib import Path

    shown = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert [code for code in CODES if f'"{code}"' not in shown] == []


@pytest.mark.parametrize(
    ("number_format", "asked"), [("d-mmm", True), ("mmm", True), ("mmm-yy", False), ("dd/mm/yyyy", False)]
)
@pytest.mark.parametrize("wide", [False, True])
def test_a_date_that_a_workbook_shows_without_its_year_is_asked_about(number_format, asked, wide, check) -> None:
    """Of a typed Jul-20 Excel makes 20 July of the present year, shown '20-Jul'."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": number_format})
    for index, name in enumerate(["measure_id", "" if wide else "period", *([] if wide else ["value"])]):
        sheet.write(0, index, name)
    sheet.write_row(1, 0, ["visits-on-time", 82] if wide else ["visits-on-time", "", 82])
    sheet.write_datetime(0 if wide else 1, 1, datetime(2020, 7, 20), day)  # noqa: DTZ001
    book.close()
    checked = check(buffer.getvalue(), "typed.xlsx")
    findings = [(finding.code, finding.row, finding.found) for finding in checked.findings]
    assert findings == ([("ambiguous-date", 1 if wide else 2, "20 July")] if asked else [])
    assert not asked or all(phrase in checked.findings[0].remedy for phrase in ("Jul-20 was typed", "2020-07"))
    assert checked.observations["period_end"].tolist() == [pd.Timestamp("2020-07-31")]
