"""What a sheet holds besides the values that are seen: formulas without a value, hidden rows, columns and sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.extract.files.test_hostile import HEAD, MAIN, cell, package

TWO = [("visits-on-time", "2020-08", "82"), ("plans-number", "2020-08", "426")]


def row(number: int, *values: str, more: str = "") -> str:
    """A row of texts, or of whole cells."""
    cells = [
        value if value.startswith("<") else cell(f"{'ABCDE'[at]}{number}", value, "n" if value.isdigit() else "str")
        for at, value in enumerate(values)
    ]
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def sheet(*rows: str, columns: str = "") -> bytes:
    return package(raw=f"<worksheet {MAIN}>{columns}<sheetData>{''.join(rows)}</sheetData></worksheet>")


def formula(reference: str, text: str = "1+1", value: str = "<v/>", kind: str = "") -> str:
    return f'<c r="{reference}"{kind}><f>{text}</f>{value}</c>'


MAYBE = 'IF(A9="","",1)'
WIDE = row(1, "measure_id", "2020-07", "2020-08")
FORMULAS: dict[str, tuple[bytes, str]] = {  # where no value stands beside a formula; '' where there is no such fault
    "a long table": (sheet(HEAD, row(2, "visits-on-time", "2020-08", formula("C2")), row(3, *TWO[1])), "C2"),
    "no v at all": (sheet(HEAD, row(2, "visits-on-time", "2020-08", formula("C2", value=""))), "C2"),
    "a whole wide column": (
        sheet(WIDE, row(2, "visits-on-time", "82", formula("C2")), row(3, "plans-number", "7", formula("C3"))),
        "C2, C3"),
    "a header": (sheet(row(1, "measure_id", "2020-07", formula("C1")), row(2, "visits-on-time", "82", "83")), "C1"),
    "beside the table": (sheet(HEAD, row(2, *TWO[0], "", formula("E2"))), "E2"),
    "whole rows": (sheet(HEAD, row(2, *TWO[0]), row(3, *(formula(f"{at}3") for at in "ABC"))), "A3, B3, C3"),
    "one that may give nothing, in a row with something": (
        sheet(HEAD, row(2, "visits-on-time", "2020-08", formula("C2", MAYBE))), "C2"),
    "rows of nothing else": (sheet(HEAD, row(2, *TWO[0]), row(3, *(formula(f"{at}3", MAYBE) for at in "ABC"))), ""),
    "rows that share the formula": (
        sheet(HEAD, row(2, *TWO[0]), row(3, f'<c r="A3"><f t="shared" si="0" ref="A3:A4">{MAYBE}</f></c>'),
              row(4, '<c r="A4"><f t="shared" si="0"/></c>')), ""),
    "a text that is empty": (sheet(HEAD, row(2, *TWO[0], formula("D2", value="<v></v>", kind=' t="str"'))), ""),
    "a value": (sheet(HEAD, row(2, "visits-on-time", "2020-08", formula("C2", value="<v>82</v>"))), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_that_was_never_calculated_is_an_error_wherever_it_stands(
    name: str, check: Callable[..., Any]
) -> None:
    content, places = FORMULAS[name]
    checked = check(content, "figures.xlsx")
    waiting = [finding for finding in checked.errors if finding.code == "formulas-not-calculated"]
    assert [finding.found.partition(": ")[2] for finding in waiting] == ([places] if places else [])
    assert bool(places) == checked.refused
    assert [finding.code for finding in checked.errors if finding.found.startswith(("=", "1+1", "IF("))] == [], (
        "nothing else of it"
    )
    assert "empty-column" not in checked.findings.counts
    assert "missing-value" not in checked.findings.counts


HIDDEN = ' hidden="1"'
COLUMNS = '<cols><col min="{0}" max="{0}" hidden="1"/></cols>'
NOTES = row(1, "measure_id", "period", "value", "note")
UNSEEN: dict[str, tuple[bytes, dict[str, str]]] = {
    "a row that a filter hides": (
        sheet(HEAD, row(2, *TWO[0]), row(3, *TWO[1], more=HIDDEN)), {"hidden-figures": "1 hidden row (3)"}),
    "all rows": (
        sheet(HEAD, *(row(at, *cells, more=HIDDEN) for at, cells in enumerate(TWO, 2))),
        {"hidden-figures": "2 hidden rows (2, 3)"}),
    "a row of no height": (
        sheet(HEAD, row(2, *TWO[0], more=' ht="0" customHeight="1"')), {"hidden-figures": "1 hidden row (2)"}),
    "the column of the values": (
        sheet(HEAD, row(2, *TWO[0]), columns=COLUMNS.format(3)), {"hidden-figures": "1 hidden column (C)"}),
    "a month's column": (
        sheet(WIDE, row(2, "visits-on-time", "82", "83"), columns=COLUMNS.format(2)),
        {"hidden-figures": "1 hidden column (B)"}),
    "a column of notes": (
        sheet(NOTES, row(2, *TWO[0], "a"), columns=COLUMNS.format(4)), {"hidden-parts": "1 hidden column (D)"}),
    "both": (
        sheet(NOTES, row(2, *TWO[0], "a", more=HIDDEN), columns=COLUMNS.format(4)),
        {"hidden-figures": "1 hidden row (2)", "hidden-parts": "1 hidden column (D)"}),
    "nothing in it": (
        sheet(HEAD, row(2, *TWO[0]), '<row r="3" hidden="1"/>', columns=COLUMNS.format(9)), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_hidden_is_read_and_said_and_figures_there_ask_for_a_yes(name: str, check: Callable[..., Any]) -> None:
    content, expected = UNSEEN[name]
    checked = check(content, "figures.xlsx")
    hidden = {finding.code: finding.found for finding in checked.findings if finding.code.startswith("hidden")}
    assert hidden == expected
    assert ["hidden-figures" for code in expected if code == "hidden-figures"] == [
        finding.code for finding in checked.warnings if finding.code.startswith("hidden")
    ]
    assert not checked.refused


TABLE = [["measure_id", "period", "value"], ["visits-on-time", "2020-08", 82]]


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        (("Old", "Lists"), {"hidden-parts": "2 hidden sheets: 'Old', 'Lists'"}),
        (("F", "Lists"), {"hidden-parts": "2 hidden sheets: 'F', 'Lists'"}),
        (("F", "Old"), {"hidden-figures": "the hidden sheet 'F'", "hidden-parts": "1 hidden sheet: 'Old'"}),
    ],
)
def test_hidden_sheets_are_named_and_read_where_no_other_has_a_table(hidden, expected, check, workbook) -> None:
    old = TABLE if hidden == ("F", "Lists") else [["old"]]
    checked = check(
        workbook({"Cover": [["a"]], "F": TABLE, "Old": old, "Lists": [["a"]]}, hidden=hidden), "figures.xlsx"
    )
    assert {finding.code: finding.found for finding in checked.findings} == expected


def test_a_blank_that_is_not_due_is_no_figure(check: Callable[..., Any]) -> None:
    wide = check("measure_id,2020-06,2020-07,2020-08\ncaseload,14,,\nvisits-on-time,81,82,83\nnew-measure,,,\n")
    assert not wide.findings
    assert wide.counts == {"caseload": 1, "visits-on-time": 3}
    assert wide.observations["value"].notna().all()
    due = check("measure_id,2020-06,2020-07\ncaseload,,14\nvisits-on-time,81,82\n")
    assert [(finding.code, finding.column) for finding in due.errors] == [("missing-value", "2020-06")]


def test_a_blank_that_is_not_due_closes_nothing_that_is_known(check: Callable[..., Any]) -> None:
    known = check("measure_id,period,value\ncaseload,2020-07,14\n").observations
    closed = known.assign(symbol=None)
    checked = check("measure_id,2020-06,2020-07\ncaseload,15,\nvisits-on-time,81,82\n", known=known, closed=closed)
    assert list(checked.observations.loc[checked.observations["measure_id"] == "caseload", "value"]) == [15]
    assert "closed-month-changed" not in checked.findings.counts
