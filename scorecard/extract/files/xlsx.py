"""The sheets of an .xlsx workbook, cell by cell as openpyxl reads them: values, never formulas; within limits."""

from __future__ import annotations

import csv
import io
import re
from array import array
from datetime import datetime
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from defusedxml import DefusedXmlException
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from scorecard.extract import limits
from scorecard.extract.files.carried import carried_by
from scorecard.extract.files.cell_text import cell_text, percent_text
from scorecard.extract.files.contents import CarriedKind, Contents, Refused, Sheet
from scorecard.extract.files.workbook import Book, NamedSheet, open_book
from scorecard.extract.files.xml_part import Cells, Part, elements
from scorecard.extract.files.zip_limits import Package, damaged, open_package, tags
from scorecard.extract.findings import fault
from scorecard.extract.persons.find_persons import kinds_in
from scorecard.extract.persons.personal_data import may_tell, personal_words
from scorecard.extract.text.records import Records, RecordsBuilder

_TEXT_ITEM, _TEXT, _PHONETIC = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "rPh"))
_EMPTY_TEXT = '""'  # in a formula: it may give nothing
_LONGEST_FORMULA = 80  # signs of one that are shown
_TRUE, _NO_SIZE = ("1", "true"), ("0", "0.0")
_SHORTEST_CELL = len("<c><v>1</v></c>")  # bytes
_VALUE = re.compile(rb"[^>]</(?:\w+:)?v>")
_TIMES_SPREAD = 5  # how many times as many places there may be from A1 to the last cell as cells


def read_xlsx(content: bytes) -> Contents:
    """What is in a workbook's bytes. Raises Refused where it is none, is damaged, or breaks a limit."""
    package = open_package(content)
    try:
        book = open_book(package)
        _check_filled(package, book)
        texts = _shared_texts(package, book)
        sheets, room = [], limits.MOST_CELLS
        for named_sheet in book.sheets:
            sheet = _SheetReader(named_sheet, book, texts, room).read(package)
            room -= len(sheet.records) * sheet.records.width
            sheets.append(sheet)
    except DefusedXmlException:
        raise Refused(fault("xml-entities")) from None
    except (ParseError, ValueError, KeyError, IndexError, TypeError, OverflowError):  # openpyxl's ways to give up
        raise damaged() from None
    if not sheets:
        raise Refused(fault("empty-file"))
    if len(sheets) > 1:  # what of the others isn't read is searched as well, and said
        sheets = [sheet._replace(holds=kinds_in(sheet.records)) for sheet in sheets]
    unused = _unused_texts(texts, sheets)
    return Contents("xlsx", tuple(sheets), carried=unused + carried_by(package, {sheet.part for sheet in book.sheets}))


def _check_filled(package: Package, book: Book) -> None:
    """Refuses sheets with more values than any extract before they are taken apart, which takes a minute or two."""
    parts = {sheet.part for sheet in book.sheets}
    if sum(package.parts[name].file_size for name in parts) < limits.MOST_CELLS * _SHORTEST_CELL:
        return
    filled = sum(len(_VALUE.findall(piece)) for name in parts for piece in tags(package, name))
    if filled > limits.MOST_CELLS:
        raise Refused(fault("too-many-cells", f"{filled:,} cells with something in them"))


def _shared_texts(package: Package, book: Book) -> list[str]:
    if book.shared_texts is None:
        return []
    return [_text(item) for item in elements(Part(package, book.shared_texts), _TEXT_ITEM)]


def _unused_texts(texts: list[str], sheets: list[Sheet]) -> tuple[CarriedKind, ...]:
    """What texts that no cell shows any more, but the workbook still has, say of persons."""
    telling = set(np.asarray(texts, dtype=object)[may_tell(pa.array(texts, pa.large_string()))])
    kinds = {text: kind for text in telling if (kind := personal_words(text))}
    for column in (
        sheet.records.column(column_index)
        for sheet in sheets
        for column_index in range(sheet.records.width * bool(kinds))
    ):
        shown = column.filter(pc.is_in(column, pa.array([*kinds], column.type)))
        kinds = {text: kind for text, kind in kinds.items() if text not in {*shown.unique().to_pylist()}}
    return (CarriedKind("texts that no cell shows", tuple(sorted(set(kinds.values())))),) if kinds else ()


def _text(item: Element) -> str:
    """A text's runs in one, without how they are to be pronounced; '_x000D_' as the sign that it stands for."""
    text = "".join(run.text or "" for part in item if part.tag != _PHONETIC for run in part.iter(_TEXT))
    if "_x" in text:  # half of a sign that needs two is no text, and would be in the way of all that follows
        text = str(unescape(text)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class _Parser(WorkSheetParser):
    """openpyxl's reader of one sheet's cells, that also says where a formula stands, and forgives a bad number."""

    def __init__(self, book: Book, texts: list[str]) -> None:
        super().__init__(
            io.BytesIO(), texts, data_only=True, epoch=book.epoch,
            date_formats=book.dates, timedelta_formats=book.durations,
        )  # fmt: skip
        self.placed = self.unplaced = 0  # cells that say where they stand, and that don't
        self._may_give_nothing: dict[str, bool] = {}  # shared formulas, by their number

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """The cell's row, column, value, data_type and style_id; and formula: None, or its text."""
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, OverflowError):
            shown = Element(element.tag, {**element.attrib, "t": "str"})  # no such number: read as the text it is
            shown.extend(element)
            cell = super().parse_cell(shown)
        is_placed = element.get("r") is not None
        self.placed, self.unplaced = self.placed + is_placed, self.unplaced + (not is_placed)
        if element.get("t") == "inlineStr":
            inline = element.find(INLINE_STRING)
            cell["value"] = None if inline is None else _text(inline) or None
        formula = element.find(FORMULA_TAG)
        cell["formula"] = None if formula is None else self._formula_text(formula)
        cell["calculated"] = formula is None or element.get("t") == "str"
        return cell

    def _formula_text(self, formula: Element) -> str:
        """The formula; of one that shares another's, what tells whether it may give nothing."""
        text, shared = formula.text or "", formula.get("si")
        if shared is not None and text:
            self._may_give_nothing[shared] = _EMPTY_TEXT in text
        elif shared is not None and self._may_give_nothing.get(shared):
            text = _EMPTY_TEXT
        return "=" + text


class _SheetReader:
    """Reads one sheet: gathers its rows as they come, and what a table of texts can't show."""

    def __init__(self, one: NamedSheet, book: Book, texts: list[str], room: int) -> None:
        self.one, self.book, self.room = one, book, room
        self.parser = _Parser(book, texts)
        self.gathered = RecordsBuilder()
        self.rows = array("q")  # the number of each that was gathered, from 0
        self.first, self.last, self.left, self.right = 1 << 62, -1, 1 << 62, -1
        self.formulas = self.numbers = self.length = 0
        self.uncalculated: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[range] = []
        self.without_year: list[tuple[int, int]] = []

    def read(self, package: Package) -> Sheet:
        """The sheet. Raises Refused where it reaches further, or has more text, than any extract."""
        part = Cells(package, self.one.part)
        for element in elements(part, ROW_TAG, COL_TAG):
            if element.tag == ROW_TAG:
                self._take(element)
            elif _is_hidden(element, "width"):
                self.hidden_columns.append(range(int(element.get("min", 1)) - 1, int(element.get("max", 1))))
        self.parser.placed += part.blank
        records = self._records()
        hidden = {at for columns in self.hidden_columns for at in columns if at < records.width}
        return Sheet(
            name=self.one.name,
            records=records,
            hidden=self.one.hidden,
            numbers_at_top=self.numbers,
            formulas=self.formulas,
            uncalculated=tuple(self.uncalculated),
            hidden_rows=tuple(sorted(self.hidden_rows)),
            hidden_columns=tuple(at for at in sorted(hidden) if not records.is_blank(at)),
            without_year=tuple(self.without_year),
        )

    def _take(self, element: Element) -> None:
        """Takes a row's cells that have something in them."""
        _, cells = self.parser.parse_row(cast(Any, element))
        self.formulas += sum(cell["formula"] is not None for cell in cells)
        filled = [cell for cell in cells if cell["value"] is not None]
        waiting = [cell for cell in cells if cell["value"] is None and not cell["calculated"]]
        for cell in waiting:  # alone in its row, one that may give nothing is a blank: they are often filled far down
            if filled or _EMPTY_TEXT not in cell["formula"]:
                self.uncalculated.append(f"{get_column_letter(cell['column'])}{cell['row']}")
                filled.append(cell | {"value": cell["formula"][:_LONGEST_FORMULA]})
        if filled:
            row = self._number(filled)
            self.gathered.add(self._record(row, filled))
            if _is_hidden(element, "ht"):
                self.hidden_rows.append(row)

    def _number(self, filled: list[dict[str, Any]]) -> int:
        """The number of a row, from 0, by its cells; the sheet's reach grows with it."""
        rows = {cell["row"] for cell in filled}
        if len(rows) > 1 or min(rows) < 1:
            raise damaged("a cell that stands in another row than it says")
        self.parser.row_counter = min(rows)
        row, columns = self.parser.row_counter - 1, [cell["column"] - 1 for cell in filled]
        self.first, self.last = min(self.first, row), max(self.last, row)
        self.left, self.right = min(self.left, *columns), max(self.right, *columns)
        _check_reach(self.last - self.first + 1, self.right - self.left + 1, self.room)
        if (self.last + 1) * (self.right + 1) > _TIMES_SPREAD * limits.MOST_CELLS:
            raise Refused(fault("too-many-cells", f"{self.last + 1:,} rows × {self.right + 1:,} columns"))
        self.rows.append(row)
        return row

    def _record(self, row: int, filled: list[dict[str, Any]]) -> list[str]:
        """The row's cells as texts, each in its place."""
        record = [""] * max(cell["column"] for cell in filled)
        for cell in filled:
            column, value, style = cell["column"] - 1, cell["value"], cell["style_id"]
            if record[column]:
                raise damaged("a cell that is there twice")
            number = isinstance(value, int | float) and not isinstance(value, bool)
            self.numbers += number and row < limits.NUMBERS_WITHIN
            text = percent_text(value) if number and style in self.book.percentages else cell_text(value)
            if isinstance(value, datetime) and style in self.book.without_year:
                self.without_year.append((row, column))
            self._measure(text, row)
            record[column] = text
        return record

    def _measure(self, text: str, row: int) -> None:
        """A text that many cells share is unpacked once for each of them: that much must be bearable too."""
        self.length += len(text)
        if len(text) > csv.field_size_limit():
            raise Refused(fault("cell-too-long", f"a text of {len(text):,} characters", row=row + 1))
        if self.length > limits.MOST_TEXT:
            raise Refused(fault("zip-bomb", f"more than {limits.MOST_TEXT / 1_000_000:,.0f} MB of repeated text"))

    def _records(self) -> Records:
        """The rows in their order, with blank ones where there are none. Raises Refused where one stands twice."""
        if self.parser.placed and self.parser.unplaced:
            raise damaged("cells of which only some say where they stand")
        numbers = np.asarray(self.rows)
        if len(np.unique(numbers)) < len(numbers):
            raise damaged("a row that is there twice")
        if (numbers == np.arange(len(numbers))).all():
            return self.gathered.records()
        self.gathered.add([""])
        order = np.full(self.last + 1, len(numbers))
        order[numbers] = np.arange(len(numbers))
        return Records(self.gathered.records().columns.take(pa.array(order)))


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column can't be seen: said to be hidden (by a filter too), or of no height or width."""
    return element.get("hidden") in _TRUE or element.get(size) in _NO_SIZE


def _check_reach(rows: int, columns: int, room: int) -> None:
    if rows > limits.MOST_ROWS + limits.HEADER_WITHIN:
        raise Refused(fault("too-many-rows", f"{rows:,} rows from the first cell to the last"))
    if columns > limits.MOST_COLUMNS:
        raise Refused(fault("too-many-columns", f"{columns:,} columns from the first cell to the last"))
    if rows * columns > room:
        shown = f"{rows:,} rows × {columns:,} columns"
        both = f"more than {limits.MOST_CELLS:,} cells in all sheets together"
        raise Refused(fault("too-many-cells", shown if room == limits.MOST_CELLS else both))
