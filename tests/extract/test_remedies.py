"""Remedies obeyed to the letter: the file that is mended as its findings say loads, and loses no figure."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable

import pytest

from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.findings import Finding

Records = list[list[str]]
HEAD = "measure_id,period,value\n"


def csv_of(records: Records) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(records)
    return buffer.getvalue()


def named(pattern: str, finding: Finding) -> str:
    match = re.search(pattern, finding.remedy)
    assert match is not None, finding.remedy
    return match[1]


def write(records: Records, finding: Finding, column: str, pattern: str) -> None:
    """Writes into the finding's cell what its remedy names."""
    assert finding.row is not None
    records[finding.row - 1][records[0].index(column)] = named(pattern, finding)


def in_period(records: Records, finding: Finding) -> None:
    write(records, finding, "period", r"(?:[Ww]rite (?:it as |the [a-z ]+?,? as )?|its year: )([0-9/-]+(?: Q[1-4])?)")


def month_first(records: Records, finding: Finding) -> None:
    write(records, finding, "period", r"month first, .*?: write ([0-9-]+)")


def a_year(records: Records, finding: Finding) -> None:
    write(records, finding, "period", r"is meant, write ([0-9/]+)")


def in_value(records: Records, finding: Finding) -> None:
    write(records, finding, "value", r"(?:Write|point, as) (?:the number alone, as )?([0-9.,]*[0-9])")


def in_symbol(records: Records, finding: Finding) -> None:
    write(records, finding, "value", r"is suppressed, write (\[c\])")


def fill_down(records: Records, finding: Finding) -> None:
    write(records, finding, "measure_id", r"unmerge and fill down: ([a-z-]+)\.")


def delete_row(records: Records, finding: Finding) -> None:
    assert "delete it" in finding.remedy
    records[(finding.row or 0) - 1] = []


def rename(records: Records, finding: Finding) -> None:
    """Renames the column that the finding asks about to what it asks whether it is."""
    match = re.search(r"Is '(.+?)' the (?:one|measure_id)\?", finding.remedy)
    wanted = re.search(r"Add a column (\w+)|rename it (\w+)\.|Did you mean (\w+)\?", finding.remedy)
    assert wanted is not None, finding.remedy
    old = match[1] if match else finding.column
    names = [" ".join(name.split()) for name in records[0]]
    if " ".join(str(old).split()) in names:
        records[0][names.index(" ".join(str(old).split()))] = next(group for group in wanted.groups() if group)


CASES: list[tuple[str, str, str, Callable[[Records, Finding], None], list[tuple[str, float]]]] = [
    # what it shows, the file, the finding's code, how its remedy is obeyed, the periods and values that then load
    ("month-first dates, twice the same month", HEAD + "visits-on-time,1/1/2020,81\nvisits-on-time,2/1/2020,82\n"
     "visits-on-time,3/1/2020,83\n", "duplicate-cell", month_first,
     [("2020-01", 81), ("2020-02", 82), ("2020-03", 83)]),
    ("a month-first date", HEAD + "visits-on-time,8/1/2020,82\n", "ambiguous-date", month_first, [("2020-08", 82)]),
    ("a month-first day", HEAD + "visits-on-time,8/31/2020,82\n", "unreadable-period", in_period, [("2020-08", 82)]),
    ("a financial year", HEAD + "visits-on-time,2010-11,82\n", "ambiguous-date", a_year, [("2011-03", 82)]),
    ("merged labels", HEAD + "visits-on-time,2020-07,81\n,2020-08,82\n", "missing-measure", fill_down,
     [("2020-07", 81), ("2020-08", 82)]),
    ("a note below", HEAD + "visits-on-time,2020-08,82\n,,* provisional\n", "missing-measure", delete_row,
     [("2020-08", 82)]),
    ("a footnote", HEAD + "visits-on-time,2020-08,82\nSource: Mosaic,,\n", "unknown-measure", delete_row,
     [("2020-08", 82)]),
    ("quarters in words", HEAD + "visits-on-time,Apr-Jun 2020,82\nbudget-spent,Qtr 1 2020/21,50\n"
     "plans-rate,2020/21 Quarter 1,81\n", "unreadable-period", in_period, [("2020-06", 82), ("2020-06", 50),
                                                                          ("2020-06", 81)]),
    ("a month in numbers and in a sentence", HEAD + "visits-on-time,2020/08,82\nbudget-spent,8-2020,50\n"
     "plans-rate,P05 2020/21,81\nplans-number,01/08/2020 - 31/08/2020,4\nvisits-on-time,July 2020 (provisional),81\n"
     'budget-spent,"Actual\nJul-20",49\n', "unreadable-period", in_period,
     [("2020-08", 82), ("2020-08", 50), ("2020-08", 81), ("2020-08", 4), ("2020-07", 81), ("2020-07", 49)]),
    ("a quarter of a short year", HEAD + "visits-on-time,Q1 20/21,82\n", "unreadable-period", in_period,
     [("2020-06", 82)]),
    ("years of six digits", HEAD + "visits-on-time,201213,82\n", "unreadable-period", in_period, [("2013-03", 82)]),
    ("few, withheld", HEAD + "plans-number,2020-08,5 or fewer\nbudget-spent,2020-08,S\n", "unreadable-value",
     in_symbol, [("2020-08", math.nan), ("2020-08", math.nan)]),
    ("nil", HEAD + "plans-number,2020-08,Nil\n", "unreadable-value", in_value, [("2020-08", 0)]),
    ("a day that was a month", HEAD + "visits-on-time,20-Jul,82\n", "unreadable-period", in_period, [("2020-07", 82)]),
    ("a date's number", HEAD + "visits-on-time,44074,82\n", "unreadable-period", in_period, [("2020-08", 82)]),
    ("forced text", HEAD + 'visits-on-time,2020-08,"=""82"""\n', "formula", in_value, [("2020-08", 82)]),
    ("a dash for zero", HEAD + "visits-on-time,2020-08, - \n", "unreadable-value", in_value, [("2020-08", 0)]),
    ("a note's mark", HEAD + "visits-on-time,2020-08,82 [note 1]\nbudget-spent,2020-08,50*\nplans-rate,2020-08,81.5¹\n",
     "unreadable-value", in_value, [("2020-08", 82), ("2020-08", 50), ("2020-08", 81.5)]),
    ("an exponent", HEAD + "plans-number,2020-08,5.14E+02\n", "unreadable-value", in_value, [("2020-08", 514)]),
    ("a unit", HEAD + "sickness-days,2020-08,14.1 days\n", "unreadable-value", in_value, [("2020-08", 14.1)]),
    ("a decimal comma", HEAD + 'plans-rate,2020-08,"81,5"\n', "decimal-comma", in_value, [("2020-08", 81.5)]),
    ("a note in the header", "measure_id,period,value [note 1]\nvisits-on-time,2020-08,82\n", "missing-column", rename,
     [("2020-08", 82)]),
    ("a header of two lines", 'measure_id,"period\n(month)",value\nvisits-on-time,2020-08,82\n', "missing-column",
     rename, [("2020-08", 82)]),
    ("comments", "measure_id,period,value,Comments\nvisits-on-time,2020-08,82,late\n", "unknown-column", rename,
     [("2020-08", 82)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "obey", "figures"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_remedy_that_is_obeyed_loads_every_figure(
    text: str,
    code: str,
    obey: Callable[[Records, Finding], None],
    figures: list[tuple[str, float]],
    check: Callable[..., CheckedExtract],
) -> None:
    records = list(csv.reader(io.StringIO(text)))
    to_obey = [finding for finding in check(text).findings if finding.code == code]
    assert to_obey, list(map(str, check(text).findings))
    for finding in to_obey:
        obey(records, finding)
    mended = check(csv_of(records))
    assert not mended.refused, list(map(str, mended.findings))
    assert code not in mended.findings.counts
    ends = mended.observations["period_end"].dt.strftime("%Y-%m")
    assert list(zip(ends, mended.observations["value"], strict=True)) == [
        (end, pytest.approx(value, nan_ok=True)) for end, value in figures
    ]


def test_a_column_of_comments_that_is_renamed_is_kept(check: Callable[..., CheckedExtract]) -> None:
    mended = check("measure_id,period,value,note\nvisits-on-time,2020-08,82,late\n")
    assert mended.observations["note"].tolist() == ["late"]
