"""The tables of an .xlsx workbook: values, never formulas, from the sheet that has an extract's header."""

from __future__ import annotations

import difflib
import html
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import pandas as pd
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from scorecard.core.safe_text import visible
from scorecard.extract import limits
from scorecard.extract.files.percent_cells import as_percentages
from scorecard.extract.files.table import Refused, Table
from scorecard.extract.files.text_columns import CELLS_TOGETHER, ROWS_TOGETHER, Records
from scorecard.extract.files.xlsx_reach import SheetPart, look_through
from scorecard.extract.files.zip_limits import Package, damaged, open_package, whole
from scorecard.extract.findings import fault
from scorecard.extract.parse.header import find_header, is_of_one_child, top_rows

_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"
_SHEET = re.compile(rf"<(?:\w+:)?sheet\s{_ATTRIBUTES}>")
_RELATION = re.compile(rf"<(?:\w+:)?Relationship\s{_ATTRIBUTES}>")
_ATTRIBUTE = re.compile(r"([A-Za-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


_FEWEST_OF_A_LIST = 3  # columns of a list of children; a sheet that explains names has fewer


class _Book(NamedTuple):
    names: tuple[str, ...]  # of the sheets that hold cells
    visible: tuple[str, ...]
    sheets: dict[str, CalamineSheet]
    parts: dict[str, str]  # the part that holds each


class Workbook:
    """An opened workbook, looked through within limits. Raises Refused where it is none, or breaks one."""

    def __init__(self, content: bytes) -> None:
        self._package = open_package(content)
        self._parts = look_through(self._package)
        self._book: _Book | None = None

    def table(self, sheet: str | None = None) -> Table:
        """The table of a sheet; None takes the first, visible ones before hidden, that has an extract's header.

        Where none has, the workbook may be a source's own report: its visible sheet with the most numbers is taken.
        Raises Refused where there is no table to check.
        """
        try:
            self._book = self._book or _open(self._package)
            return _read(self._parts, self._book, sheet)
        except (Refused, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # the reader's own panics are no Exception; a file that causes one is damaged
            raise damaged() from None


def _read(parts: dict[str, SheetPart], book: _Book, wanted: str | None) -> Table:
    if wanted is not None and wanted not in book.names:
        raise Refused(fault("no-such-sheet", wanted, _sheets_remedy(wanted, book.names)), sheets=book.names)
    candidates = _with_header(book)
    taken = wanted or next(iter(candidates), None) or _with_most_numbers(book)
    if taken is None:
        raise Refused(fault("empty-file"))
    part = parts.get(book.parts.get(taken, ""))
    if part is None and book.sheets[taken].start is not None:
        raise damaged("a sheet whose part can't be found")
    if part is None or not (part.errors or len(part.percentages)):
        records = _by_columns(book.sheets[taken])
    else:
        read = _with_errors(_records(book.sheets[taken]), part.errors) if part.errors else _records(book.sheets[taken])
        records = Records(as_percentages(read, part.percentages) if len(part.percentages) else read)
    others = [name for name in candidates if name != taken]
    return Table(records.as_list(), "xlsx", ",", taken, book.names, tuple(_notes(book, taken, wanted, others, part)))


def _open(package: Package) -> _Book:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(package.content))
    about = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if len(about) > limits.MOST_SHEETS:
        raise Refused(fault("too-many-sheets", f"{len(about):,} sheets"))
    parts = _parts_of(package)
    if len({parts.get(one.name, "") for one in about}) < len(about):
        raise damaged("two sheets in one part")  # each would be unpacked for itself
    sheets: dict[str, CalamineSheet] = {}
    cells = 0
    for one in about:
        sheets[one.name] = workbook.get_sheet_by_name(one.name)
        cells += sheets[one.name].height * sheets[one.name].width
        if cells > limits.MOST_CELLS:
            raise Refused(fault("too-many-cells", f"more than {limits.MOST_CELLS:,} cells in all sheets together"))
    shown = tuple(one.name for one in about if one.visible == SheetVisibleEnum.Visible)
    return _Book(tuple(sheets), shown, sheets, parts)


def _with_header(book: _Book) -> list[str]:
    """The sheets that have an extract's header; hidden ones, and lists of its columns, only where no others have."""
    for surely in (True, False):
        found = [name for name, sheet in book.sheets.items() if find_header(_records(sheet), surely=surely) is not None]
        if found:
            return [name for name in found if name in book.visible] or found
    return []


def _with_most_numbers(book: _Book) -> str | None:
    """The sheet, a visible one if there is any, with the most numbers at its top: a cover or notes have few."""
    return max(book.visible or book.names, key=lambda name: _numbers_at_top(book.sheets[name]), default=None)


def _numbers_at_top(sheet: CalamineSheet) -> int:
    if sheet.start is None:
        return 0
    top = islice(sheet.iter_rows(), limits.NUMBERS_WITHIN)
    return sum(isinstance(cell, float | int) and not isinstance(cell, bool) for row in top for cell in row)


def _records(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The sheet's rows as texts, from row 1 on; blank cells at a row's end left out.

    The reader gives the rows above the first cell too, as blank ones, but not the columns to the left of it.
    """
    if sheet.start is None:
        return
    _, left = sheet.start
    for row in sheet.iter_rows():
        record = [""] * left + [cell if type(cell) is str else cell_text(cell) for cell in row]
        while record and not record[-1]:
            record.pop()
        yield record


def _by_columns(sheet: CalamineSheet) -> Records:
    """The same rows, gathered a column at a time: much quicker, where no cell needs a second look."""
    records = Records()
    if sheet.start is None:
        return records
    _, left = sheet.start
    together = min(ROWS_TOGETHER, CELLS_TOGETHER // (left + sheet.width) + 1)
    rows = sheet.iter_rows()
    while some := list(islice(rows, together)):
        blank = [("",) * len(some)] * left
        records.put_columns(len(some), [*blank, *map(_texts, zip(*some, strict=True))])
    return records


def _texts(cells: tuple[Any, ...]) -> Sequence[str]:
    if set(map(type, cells)) == {str}:
        return cells
    return [cell if type(cell) is str else cell_text(cell) for cell in cells]


def cell_text(value: Any) -> str:
    """A cell's value as the text that a person would have typed."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number_text(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return str(value)
    return "" if value is None else str(value)


@lru_cache(maxsize=10_000)
def _number_text(value: float) -> str:
    shown = f"{value:.15g}"
    return format(Decimal(shown), "f") if "e" in shown else shown


def _with_errors(records: Iterator[list[str]], errors: Sequence[tuple[int, int, str]]) -> Iterator[list[str]]:
    """The records, with '#N/A' and its like where the reader leaves a blank."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in errors:
        if column < limits.MOST_COLUMNS:
            by_row.setdefault(row, []).append((column, text))
    for row, record in enumerate(records):
        for column, text in by_row.get(row, ()) if by_row else ():
            record.extend([""] * (column + 1 - len(record)))
            record[column] = record[column] or text
        yield record


def _parts_of(package: Package) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name; '' where it can't be told."""
    book = whole(package, "xl/workbook.xml").decode("utf-8", "replace")
    relations = whole(package, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    there = {name.lower(): name for name in package.parts}
    targets = {said.get("Id", ""): said.get("Target", "") for said in map(_attributes, _RELATION.findall(relations))}
    found = {}
    for said in map(_attributes, _SHEET.findall(book)):
        target = targets.get(said.get("id", ""), "")
        path = posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/")
        found[said.get("name", "")] = there.get(path.lower(), "")
    return found


def _attributes(tag: str) -> dict[str, str]:
    """A tag's attributes, by their names without a prefix."""
    found = _ATTRIBUTE.findall(tag)
    return {name: html.unescape(double or single) for name, double, single in found}


def _sheets_remedy(wanted: str, names: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    hint = f"Did you mean '{visible(near[0])}'? " if near else ""
    return f"{hint}The workbook has {_quoted(names)}."


def _quoted(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(f"'{visible(name, 40)}'" for name in names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _about_children(book: _Book, taken: str) -> Iterator[pd.DataFrame]:
    """Other sheets, hidden ones too, whose header is that of a list of children: the whole file would be kept."""
    for name in (one for one in book.names if one != taken):
        for at, row in top_rows(_records(book.sheets[name])):
            found = [cell.strip() for cell in row if is_of_one_child(cell)]
            if found and sum(1 for cell in row if cell.strip()) >= _FEWEST_OF_A_LIST:
                words = f"The sheet '{visible(name, 40)}' seems to list children. Delete it and send the file again."
                yield fault("personal-column", ", ".join(found[:5]), words, row=at + 1, column=found[0])
                break


def _notes(
    book: _Book, taken: str, wanted: str | None, others: list[str], part: SheetPart | None
) -> Iterator[pd.DataFrame]:
    if others and wanted is None:
        remedy = f"'{visible(taken, 40)}' was read, not {_quoted(others)}. If that isn't the one you meant, choose it."
        yield fault("several-sheets", ", ".join(others), remedy)
    yield from _about_children(book, taken)
    if part is not None and part.formulas:
        yield fault("formulas-read-as-values", f"{part.formulas:,} formulas")
