"""Findings about more than one row, in full: what the file's name, its sheets, hidden parts and other columns tell."""

# ruff: noqa: E501  a case a line

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from scorecard.catalogue.models import Catalogue
from scorecard.extract.check_extract import with_missing_measures
from scorecard.extract.codes.registry import CODES
from tests.extract.test_check_extract import known_of

HEAD = ("measure_id", "period", "value")
ROW = ("visits-on-time", "2020-08", 82)
NHS = "943 476 5919"
Found = tuple[str, int | None, str | None, str, str | None]


def sheet(
    rows: list[tuple[Any, ...]],
    hidden_rows: tuple[int, ...] = (),
    hidden_columns: tuple[int, ...] = (),
    name: str = "F",
    shown: str = "d-mmm",
) -> bytes:
    """A workbook of one sheet with rows and columns hidden (counted from 0); days are shown as asked."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": shown})
    page = book.add_worksheet(name)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write(row, column, cell, *([day] if isinstance(cell, date) else []))
    for row in hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def long(*rows: str, header: str = "measure_id,period,value") -> str:
    return "\n".join([header, *rows, ""])


ONE = "visits-on-time,2020-08,82"
MONTHS = [f"{month:%Y-%m}" for month in pd.period_range("2019-01", periods=11, freq="M")]
CASES: list[tuple[str, str | bytes, str, dict[str, Any], list[Found]]] = [
    ("the file's name", long(ONE), f"child {NHS}.csv", {}, [('personal-note', None, None, "the file's name: an NHS number", 'Rename the file and send it again.')]),
    ("the sheet's name", sheet([HEAD, ROW], name=NHS), "f.xlsx", {}, [('personal-note', None, None, "the sheet's name: an NHS number", 'Rename the sheet and send it again.'), ('carries-persons', None, None, 'names of cells (an NHS number)', None)]),
    ("both names", sheet([HEAD, ROW], name=NHS), f"child {NHS}.xlsx", {}, [('personal-note', None, None, "the file's name: an NHS number", 'Rename the file and send it again.'), ('personal-note', None, None, "the sheet's name: an NHS number", 'Rename the sheet and send it again.'), ('carries-persons', None, None, 'names of cells (an NHS number)', None)]),
    ("a cell of a column that is known", long(ONE + f",NHS number {NHS}", header="measure_id,period,value,note"), "f.csv", {}, [('personal-note', 2, 'note', 'an NHS number', None)]),
    ("cells above the header, in the order of rows", f"{NHS},,,\n" + long(ONE + ",x", ONE.replace("08", "07") + f",{NHS}", header="measure_id,period,value,note"), "f.csv", {}, [('personal-note', 1, None, 'an NHS number', None), ('personal-note', 4, 'note', 'an NHS number', None), ('title-rows', 2, None, 'rows 1 to 1', None)]),
    ("one finding a row", long(ONE + f",{NHS},born 3 May 2014", header="measure_id,period,value,note,more"), "f.csv", {}, [('personal-note', 2, 'note', 'an NHS number', None), ('unknown-column', 1, 'more', 'more', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("a column without a name", long(ONE + f",,{NHS}", header="measure_id,period,value,note"), "f.csv", {}, [('personal-note', 2, None, 'an NHS number', None), ('row-too-long', 2, None, '5 cells, and the header has 4', None)]),
    ("a post code beside an age", long(ONE + ",SO14 7LY,14", ONE.replace("08", "07") + ",SO14 7LY,", header="measure_id,period,value,place,age"), "f.csv", {}, [('personal-note', 2, None, 'a post code beside an age', None), ('unknown-column', 1, 'place', 'place', 'What stands in it was not read. Rename it, or check that nothing in it is needed.'), ('unknown-column', 1, 'age', 'age', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("an age of years beside a post code", long(ONE + ",14 years,SO14 7LY", header="measure_id,period,value,Age at start,place"), "f.csv", {}, [('personal-note', 2, None, 'a post code beside an age', None), ('unknown-column', 1, 'Age at start', 'Age at start', 'What stands in it was not read. Rename it, or check that nothing in it is needed.'), ('unknown-column', 1, 'place', 'place', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("a post code alone", long(ONE + ",SO14 7LY,", header="measure_id,period,value,place,age"), "f.csv", {}, [('unknown-column', 1, 'place', 'place', 'What stands in it was not read. Rename it, or check that nothing in it is needed.'), ('unknown-column', 1, 'age', 'age', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("children numbered", long(ONE + ",A1", header="measure_id,period,value,Child No."), "f.csv", {}, [('personal-column', 1, 'Child No.', 'Child No.', None), ('unknown-column', 1, 'Child No.', 'Child No.', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("children counted", long(ONE + ",14", header="measure_id,period,value,Child No."), "f.csv", {}, [('unknown-column', 1, 'Child No.', 'Child No.', 'What stands in it was not read. Rename it, or check that nothing in it is needed.')]),
    ("a day that the file's name settles", long("visits-on-time,01/08/2020,82"), "scorecard August 2020.csv", {}, []),
    ("a day that the file's name does not settle", long("visits-on-time,01/08/2020,82", "plans-number,01/08/2020,5", "budget-spent,2010-11,50"), "scorecard January 2020.csv", {}, [('ambiguous-date', 2, 'period', '01/08/2020', 'It was read as August 2020, day first. If it stands month first, it is January 2020: write 2020-01. Else write 2020-08.'), ('ambiguous-date', 4, 'period', '2010-11', 'It was read as November 2010. If the year to March 2011 is meant, write 2010/11.'), ('far-period', 4, 'period', 'November 2010', "The file's other figures are of August 2020. If the year is a slip, mend it; if it is right, say so.")]),
    ("a school year", long("visits-on-time,2018-19,82,Academic year", header="measure_id,period,value,source"), "f.csv", {}, []),
    ("both rows of a period with two readings", long("visits-on-time,01/08/2020,82", "visits-on-time,1/8/2020,81"), "f.csv", {}, [('duplicate-cell', 3, 'value', '81', "Row 2 has this measure, area and period already, for '1/8/2020' has two readings. It was read as August 2020, day first. If it stands month first, it is January 2020: write 2020-01. Else write 2020-08. Keep one only where both are one."), ('ambiguous-date', 2, 'period', '01/08/2020', 'It was read as August 2020, day first. If it stands month first, it is January 2020: write 2020-01. Else write 2020-08.'), ('ambiguous-date', 3, 'period', '1/8/2020', 'It was read as August 2020, day first. If it stands month first, it is January 2020: write 2020-01. Else write 2020-08.')]),
    ("a day without its year", sheet([HEAD, ("visits-on-time", date(2020, 7, 19), 82), ("plans-number", date(2020, 7, 19), 5), ("budget-spent", date(2020, 7, 3), 50)]), "f.xlsx", {}, [('ambiguous-date', 2, 'period', '19 July', 'The cell shows 19 July and no year. It was read as July 2020: the spreadsheet keeps the year. If Jul-19 was typed, a spreadsheet made this day of it: write 2019-07. If the year is right, write 2020-07.'), ('ambiguous-date', 4, 'period', '3 July', 'The cell shows 3 July and no year. It was read as July 2020: the spreadsheet keeps the year. If the year is right, write 2020-07.')]),
    ("a day with its year", sheet([HEAD, ("visits-on-time", date(2020, 7, 19), 82)], shown="d mmm yyyy"), "f.xlsx", {}, []),
    ("a month's column without its year", sheet([("measure_id", date(2020, 7, 20), date(2020, 8, 20)), ("visits-on-time", 82, 81)]), "f.xlsx", {}, [('ambiguous-date', 1, '2020-07-20', '20 July', 'The cell shows 20 July and no year. It was read as July 2020: the spreadsheet keeps the year. If Jul-20 was typed, a spreadsheet made this day of it: write 2020-07. If the year is right, write 2020-07.'), ('ambiguous-date', 1, '2020-08-20', '20 August', 'The cell shows 20 August and no year. It was read as August 2020: the spreadsheet keeps the year. If Aug-20 was typed, a spreadsheet made this day of it: write 2020-08. If the year is right, write 2020-08.')]),
    ("a hidden row with a figure", sheet([HEAD, ROW], hidden_rows=(1,)), "f.xlsx", {}, [('hidden-figures', None, None, '1 hidden row (2)', None)]),
    ("a hidden column of figures", sheet([HEAD, ROW], hidden_columns=(2,)), "f.xlsx", {}, [('hidden-figures', None, None, '1 hidden column (C)', None)]),
    ("hidden rows, of which one holds nothing", sheet([HEAD, ROW, (), ("plans-number", "2020-08", 5)], hidden_rows=(2, 3)), "f.xlsx", {}, [('hidden-figures', None, None, '1 hidden row (4)', None)]),
    ("a hidden column that holds no figure", sheet([HEAD, ROW], hidden_columns=(0,)), "f.xlsx", {}, [('hidden-parts', None, None, '1 hidden column (A)', 'They hold no figure. Nothing is needed, unless something else in them should have been seen.')]),
    ("hidden rows by the dozen", sheet([HEAD, ROW, *[("plans-number", f"{month}", 5) for month in MONTHS]], hidden_rows=tuple(range(2, 13))), "f.xlsx", {}, [('hidden-figures', None, None, '11 hidden rows (3, 4, 5, 6, 7, 8, 9, 10 and 3 more)', None)]),
    ("a hidden row above, and a column", sheet([("Figures",), HEAD, ROW], hidden_rows=(0,), hidden_columns=(2, 3)), "f.xlsx", {}, [('hidden-figures', None, None, '1 hidden column (C)', None), ('hidden-parts', None, None, '1 hidden row (1)', 'They hold no figure. Nothing is needed, unless something else in them should have been seen.'), ('title-rows', 2, None, 'rows 1 to 1', None)]),
    ("closed months of one measure and another", long(*(f"visits-on-time,{m},70" for m in MONTHS[:6]), *(f"plans-number,{m},70" for m in MONTHS[:5])), "f.csv", {"closed": pd.concat([known_of(measure_id, [82.0] * 12, end="2019-12") for measure_id in ("visits-on-time", "plans-number")])}, [('closed-month-changed', None, None, '11 figures of 2 measures, 2019-01 to 2019-06', None)]),
    ("ten of them", long(*(f"visits-on-time,{m},70" for m in MONTHS[:5]), *(f"plans-number,{m},70" for m in MONTHS[:5])), "f.csv", {"closed": pd.concat([known_of(measure_id, [82.0] * 12, end="2019-12") for measure_id in ("visits-on-time", "plans-number")])}, [('closed-month-changed', 2, 'value', '82 → 70', None), ('closed-month-changed', 3, 'value', '82 → 70', None), ('closed-month-changed', 4, 'value', '82 → 70', None), ('closed-month-changed', 5, 'value', '82 → 70', None), ('closed-month-changed', 6, 'value', '82 → 70', None), ('closed-month-changed', 7, 'value', '82 → 70', None), ('closed-month-changed', 8, 'value', '82 → 70', None), ('closed-month-changed', 9, 'value', '82 → 70', None), ('closed-month-changed', 10, 'value', '82 → 70', None), ('closed-month-changed', 11, 'value', '82 → 70', None)]),
    ("months far from the others, and all far from what is known", long("visits-on-time,2002-08,82", "plans-number,2020-08,5", "visits-on-time,2020-07,82", "budget-spent,2030-08,50"), "f.csv", {"known": known_of("visits-on-time", [82, 81], end="2016-08"), "today": date(2031, 1, 1)}, [('far-period', 2, 'period', 'August 2002', "The file's other figures are of July 2020 to August 2020. If the year is a slip, mend it; if it is right, say so."), ('far-period', 3, 'period', 'August 2020', 'The last figure known of these measures is of August 2016. If the year is a slip, mend it; if it is right, say so.'), ('far-period', 5, 'period', 'August 2030', "The file's other figures are of July 2020 to August 2020. If the year is a slip, mend it; if it is right, say so.")]),
    ("the plan's figure is known last, and another was sent", long("visits-on-time,2021-08,82"), "f.csv", {"known": pd.concat([known_of("visits-on-time", [82], end="2020-07").assign(origin="plan"), known_of("visits-on-time", [80], end="2019-07").assign(origin="extract")]), "today": date(2021, 9, 10)}, [('far-period', 2, 'period', 'August 2021', 'The last figure known of these measures is of July 2019. If the year is a slip, mend it; if it is right, say so.')]),
    ("a file of equal figures", long(*(f"visits-on-time,{m},82" for m in MONTHS[:9]), "visits-on-time,2019-10,85"), "f.csv", {}, []),
    ("a usual figure of another measure", long("visits-on-time,2020-08,0.9", "budget-spent,2020-08,0.9"), "f.csv", {"known": pd.concat([known_of("visits-on-time", [1.5]), known_of("budget-spent", [50, 60])])}, [('unit-looks-wrong', 3, 'value', '0.9', 'If this is a share, write it as a percentage: 90.')]),
    ("a formula that was not worked out", sheet([HEAD, ("visits-on-time", "2020-08", "=1+1")]), "f.xlsx", {}, [('formulas-read-as-values', None, None, '1 formula', None)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "context", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_finding_of_a_file_in_full(
    content: str | bytes, name: str, context: dict[str, Any], expected: list[Found], check: Callable[..., Any]
) -> None:
    checked = check(content, name, **context)
    assert [
        (finding.code, finding.row, finding.column, finding.found, finding.remedy) for finding in checked.findings
    ] == [
        (code, row, column, found, CODES[code].remedy if remedy is None else remedy)
        for code, row, column, found, remedy in expected
    ]


@pytest.mark.parametrize(
    ("sent", "missing", "expected"),
    [
        (ONE, {"visits-on-time"}, []),
        (ONE, {"plans-number"}, ["plans-number"]),
        (ONE, {"sickness-days", "plans-number"}, ["plans-number", "sickness-days"]),  # in the catalogue's order
        (ONE, {"caseload"}, []),  # none is due in August
        (ONE.replace("08", "06"), {"caseload"}, ["caseload"]),
        ("visits-on-time,2020-08,abc", {"plans-number"}, []),  # refused: it is to be sent again in any case
    ],
)
def test_a_measure_that_its_source_did_not_send_is_named(
    sent: str, missing: set[str], expected: list[str], check: Callable[..., Any], catalogue: Catalogue
) -> None:
    checked = with_missing_measures(check(long(sent)), catalogue, missing)
    findings = [finding for finding in checked.findings if finding.code == "measure-missing"]
    assert [(finding.measure_id, finding.found, finding.row, finding.remedy) for finding in findings] == [
        (name, name.replace("-", " ").capitalize(), None, CODES["measure-missing"].remedy) for name in expected
    ]
