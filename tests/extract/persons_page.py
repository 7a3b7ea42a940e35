"""The table that decides what tells of persons: columns, cells and files, half of them harmless. And its page.

Renew the page: python -m tests.extract.persons_page
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from scorecard.catalogue.models import Catalogue
from scorecard.core.safe_text import visible
from scorecard.extract.check_extract import CheckedExtract, check_extract
from scorecard.extract.checks.personal_data import persons_in
from scorecard.extract.files.sent_file import read_table
from scorecard.extract.header.read_header import plain, read_header
from scorecard.extract.persons import personal_columns as columns
from tests.extract.conftest import small_catalogue

CASES = Path(__file__).parents[1] / "fixtures" / "persons.csv"
PAGE = Path(__file__).parents[2] / "docs" / "persons.md"
CODES = ("personal-column", "personal-note", "carries-persons")
FIGURE = ("plans-number", "2020-08", "514")
KINDS = {"column": "a column's name", "cell": "a cell", "file": "a part of a file"}


class Case(NamedTuple):
    """kind: column, cell or file. text: the header, the cell, or the file's part; beside: what stands there."""

    kind: str
    text: str
    beside: str
    persons: bool

    def __str__(self) -> str:
        return f"{self.kind}: {self.text} {self.beside}"


def cases() -> list[Case]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [Case(**{**row, "persons": row["persons"] == "yes"}) for row in csv.DictReader(file)]  # type: ignore[arg-type]


@cache
def verdicts() -> dict[Case, bool]:
    """Whether each case is said to tell of persons: cells are tried as rows of one file, columns side by side."""
    catalogue = small_catalogue()
    flags: dict[Case, bool] = {}
    of_kind = {kind: [case for case in cases() if case.kind == kind] for kind in KINDS}
    rows = checked_cells(catalogue).findings.frame
    flagged = set(rows.loc[rows["code"] == "personal-note", "row"])
    flags |= {case: at in flagged for at, case in enumerate(of_kind["cell"], 2)}
    waiting = of_kind["column"]
    while waiting:
        names: dict[str, Case] = {}
        for case in waiting:
            names.setdefault(plain(case.text), case)
        flags |= _said_columns([*names.values()], catalogue)
        waiting = [case for case in waiting if case not in flags]
    return flags | {case: tells(*_workbook(case)) for case in of_kind["file"]}


def tells(content: bytes, name: str) -> bool:
    """Whether what looks for persons in a whole file finds any; no figure of it is checked."""
    return not carries(content, name).keys().isdisjoint(CODES)


def carries(content: bytes, name: str) -> dict[str, str]:
    """What is found of a whole file's sheets, parts and header: the code, and what was found."""
    table = read_table(content, name)
    header, faults = read_header(table.records)
    parts = [*table.faults, *faults, *persons_in(name, table, header)]
    return {
        code: finding_text for part in parts for code, finding_text in zip(part["code"], part["found"], strict=True)
    }


def checked_cells(catalogue: Catalogue) -> CheckedExtract:
    """A file with every case of a cell as a note, from row 2 on."""
    rows = [(FIGURE[0], f"{2019 - at // 12}-{at % 12 + 1:02}", "514", case.text) for at, case in enumerate(_cells())]
    return _check(_csv([("measure_id", "period", "value", "note"), *rows]), "extract.csv", catalogue)


def _cells() -> list[Case]:
    return [case for case in cases() if case.kind == "cell"]


def _said_columns(of_columns: list[Case], catalogue: Catalogue) -> dict[Case, bool]:
    header = ("measure_id", "period", "value", *[case.text for case in of_columns])
    answer = _check(_csv([header, (*FIGURE, *[case.beside for case in of_columns])]), "extract.csv", catalogue)
    frame = answer.findings.frame
    flagged = set(frame.loc[frame["code"] == "personal-column", "column"])
    return {case: visible(case.text) in flagged for case in of_columns}


def checked(case: Case, catalogue: Catalogue) -> CheckedExtract:
    """A workbook with a case in one of its parts."""
    return _check(*_workbook(case), catalogue)


def _check(content: bytes, name: str, catalogue: Catalogue) -> CheckedExtract:
    return check_extract(content, name, catalogue, today=date(2020, 9, 10))


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _workbook(case: Case) -> tuple[bytes, str]:
    """A workbook with a figure, and in one part of it the text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(case.beside if case.text == "sheet name" else "Figures")
    top = 2 if case.text == "title row" else 0
    for row, cells in enumerate([("measure_id", "period", "value"), FIGURE], top):
        sheet.write_row(row, 0, cells)
    put: dict[str, Callable[[], object]] = {
        "title row": lambda: sheet.write(0, 0, case.beside),
        "unread column": lambda: sheet.write_column(0, 3, ["Further", case.beside]),
        "hidden column": lambda: [
            sheet.write_column(0, 3, ["Further", case.beside]),
            sheet.set_column(3, 3, None, None, {"hidden": 1}),
        ],
        "comment": lambda: sheet.write_comment(0, 0, case.beside),
        "property": lambda: book.set_properties({"comments": case.beside}),
        "page header": lambda: sheet.set_header(f"&C{case.beside}"),
        "text box": lambda: sheet.insert_textbox(5, 1, case.beside),
        "other sheet": lambda: book.add_worksheet("Other").write(1, 1, case.beside),
        "hidden sheet": lambda: _hidden(book, ["Team", "x"], ["MASH", case.beside]),
        "hidden sheet header": lambda: _hidden(book, [case.beside, "Team", "Seen"], ["a", "MASH", "yes"]),
    }  # fmt: skip
    put.get(case.text, lambda: None)()
    book.close()
    content = buffer.getvalue()
    if case.text.startswith("pivot cache"):
        content = _with_pivot_cache(content, case)
    return content, case.beside if case.text == "file name" else "figures.xlsx"


def _hidden(book: xlsxwriter.Workbook, *rows: list[str]) -> None:
    sheet = book.add_worksheet("Raw")
    sheet.hide()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)


def _with_pivot_cache(content: bytes, case: Case) -> bytes:
    """The workbook with a pivot table's cache, which xlsxwriter doesn't write."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    field, item = (case.beside, "a") if case.text == "pivot cache header" else ("Further", case.beside)
    fields = (
        f'<pivotCacheDefinition {space}><cacheFields><cacheField name="{field}"/></cacheFields></pivotCacheDefinition>'
    )
    records = f'<pivotCacheRecords {space}><r><s v="{item}"/></r></pivotCacheRecords>'
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("xl/pivotCache/pivotCacheDefinition1.xml", fields)
        package.writestr("xl/pivotCache/pivotCacheRecords1.xml", records)
    return buffer.getvalue()


def page() -> str:
    """The page: what is searched, the list of columns, and how many cases are missed or taken for persons wrongly."""
    counted = Counter((case.kind, case.persons, flagged) for case, flagged in verdicts().items())
    table = ["| | about persons | missed | harmless | false alarms |", "|---|---|---|---|---|"]
    for kind, title in KINDS.items():
        numbers = [counted[kind, True, True] + counted[kind, True, False], counted[kind, True, False]]
        numbers += [counted[kind, False, True] + counted[kind, False, False], counted[kind, False, True]]
        table.append(f"| {title} | {' | '.join(map(str, numbers))} |")
    lists = [
        ("a person", (*columns.CHILDREN, *columns.FAMILY, *columns.WORKERS)),
        (
            f"a person, or one of {_quoted((*columns.STAFF, *columns.GROUPS))}, followed by one of these",
            columns.DETAILS,
        ),
        ("any of these names with a word before it that says which, or a system", (*columns.WHICH, *columns.SYSTEMS)),
        ("a case", columns.CASES),
        ("a number", columns.IDENTIFIERS),
        ("a birth", columns.BIRTHS),
        ("a name", columns.NAMES),
        ("where to find somebody", columns.CONTACTS),
        ("a longer name that contains one of these", columns.TELLING),
    ]
    listed = "\n".join(f"- {title}: {_quoted(names)}" for title, names in lists)
    return INTRODUCTION.format(table="\n".join(table), lists=listed, counted=_quoted(columns.COUNTED))


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


INTRODUCTION = """# Persons are kept out

The scorecard holds figures about groups. Of a file that is sent, only what was read of it is kept, with the file's
SHA-256: never the file itself, and nothing of a workbook's other sheets, comments, properties, headers, text boxes or
pivot tables.

The sheet that is read is searched whole, and so are its name and the file's. Anything about a person there refuses the
file. So does a list of children in another sheet. Anything else about a person that a workbook carries is a warning,
and is not kept. What was found is named by its kind, and never shown again.

Any text is searched for these, whatever the spelling of spaces, points, dashes and digits, in any script:

- an NHS number and a unique pupil number, by their check digits; a National Insurance number, by its shape. Decimals,
  telephone numbers and staff numbers don't count
- a date of birth: a day beside 'born', 'DOB' or the like, but not 'born before', 'born between' and other rules for
  many
- a whole post code beside one age, in a cell or in a row

A column is about persons if it has one of these names, whatever its case, spaces and signs, and whatever number follows
it ('Carer 1'):

{lists}

It is harmless if its name says that it counts ({counted}, '%', '(no.)'). 'Child No.', 'Carer(s)' and 'SW' may either
count or identify: the cells below decide.

A workbook's hidden sheets, comments, properties, page headers, text boxes, pictures' descriptions, charts, pivot
tables' data, lists to choose from, prompts, links, names, formulas, cells of other workbooks, tracked changes,
connections, other programs' data, and sheets and texts that nothing shows any more are searched too. Embedded files,
macros, pictures, data models and controls can't be searched; the check says where there are any.

## How often that is wrong

Of the cases in `tests/fixtures/persons.csv`:

{table}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
