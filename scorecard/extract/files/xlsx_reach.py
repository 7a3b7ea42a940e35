"""What a workbook's parts hold, seen without opening it: how far its sheets reach, how much text, errors, formulas."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np

from scorecard.extract import limits
from scorecard.extract.files.cell_places import attributes, column_number, place_of, shared_texts, usual_places
from scorecard.extract.files.number_formats import percent_styles
from scorecard.extract.files.percent_cells import PercentCells
from scorecard.extract.files.table import Refused
from scorecard.extract.files.zip_limits import Package, damaged, tags
from scorecard.extract.findings import fault

_EMPTY_CELL = re.compile(rb'<(?:\w+:)?c r="[A-Z]+[0-9]+"(?: [a-z]+="[A-Za-z0-9]*")*/>')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_PLACED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"']([0-9]{1,9})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*?\bt\s*=\s*[\"']e[\"'][^<>]*)>\s*"
    rb"(?:<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v[^<>]*>([^<]{1,20})<"
)
_SHARED = re.compile(rb'\bt="s"[^<>]*>\s*<v>([0-9]{1,9})</v>')
_SHARES = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_MOST_ERRORS = 100_000
_COLUMNS = 1 << 15  # more than a sheet has: a cell's place as one number

_Numbers = np.ndarray[Any, Any]


class SheetPart(NamedTuple):
    """What is to be known of a sheet's part. `errors` are (row, column, text), counted from 0; see PercentCells."""

    formulas: int
    errors: tuple[tuple[int, int, str], ...]
    percentages: _Numbers


class _Seen:
    """What was seen of one part while its pieces went by."""

    def __init__(self) -> None:
        self.cells = self.placed = self.formulas = 0
        self.sharing = 0  # cells that may hold a shared text: at most so many
        self.rows: set[int] = set()  # only the least and the greatest are kept, of columns too
        self.columns: set[int] = set()
        self.unplaced_but_named = False
        self.errors: list[tuple[int, int, str]] = []
        self.last, self.in_order = 0, True  # whether each cell stands after the one before, as in every usual sheet

    def look(self, piece: bytes) -> None:
        if b"c" not in piece:
            return
        if b"/>" in piece:
            piece = _EMPTY_CELL.sub(b"", piece)
        if not self._look_at_usual_cells(piece):
            self._look_at_any_cells(piece)
        if b"<f" in piece or b":f" in piece:
            self.formulas += len(_FORMULA.findall(piece))
        if (b'"e"' in piece or b"'e'" in piece) and len(self.errors) < _MOST_ERRORS:
            found = [(place_of(attributes(tag)), text) for tag, text in _ERROR.findall(piece)]
            self.errors += [(at[0] - 1, at[1] - 1, text.decode("ascii", "replace")) for at, text in found if at]

    def _look_at_usual_cells(self, piece: bytes) -> bool:
        """Looks at cells that are all written as spreadsheets do, and nothing else is; whether they are."""
        found = usual_places(piece)
        if found is None:
            return False
        rows, columns = found
        self.cells += len(rows)
        self.placed += len(rows)
        self.sharing += piece.count(b't="s"')
        if len(rows):
            self.rows = {min(self.rows | {int(rows.min())}), max(self.rows | {int(rows.max())})}
            self.columns |= {int(columns.min()), int(columns.max())}
            self._follow(rows * _COLUMNS + columns)
        return True

    def _follow(self, places: _Numbers) -> None:
        self.in_order &= self.last < int(places[0]) and bool((places[1:] > places[:-1]).all())
        self.last = int(places[-1])

    def _look_at_any_cells(self, piece: bytes) -> None:
        cells = len(_CELL.findall(piece))
        places = _PLACE.findall(piece)
        self.cells += cells
        self.placed += len(places)
        self.sharing += len(_SHARES.findall(piece))
        self.unplaced_but_named |= cells != len(places) and _PLACED_CELL.search(piece) is not None
        if places:
            numbers = {int(row) for row in {row for _, row in places}} | self.rows
            self.rows = {min(numbers), max(numbers)}
            self.columns |= {column_number(column) for column in {column for column, _ in places}}
            self._follow(_as_numbers(places))


def _as_numbers(places: list[tuple[bytes, bytes]]) -> _Numbers:
    return np.asarray([int(row) * _COLUMNS + column_number(column) for column, row in places], dtype="int64")


def look_through(package: Package) -> dict[str, SheetPart]:
    """Looks at every XML part. Raises Refused where a sheet reaches too far or the text is too much."""
    longest, lengths = _shared_texts(package)
    styles = percent_styles(package)
    seen_parts = {}
    for name in package.parts:
        if not name.lower().endswith((".xml", ".rels")):
            continue
        if name.lower() == "xl/sharedstrings.xml":
            continue
        seen, percentages = _Seen(), PercentCells(styles)
        for piece in tags(package, name):
            seen.look(piece)
            percentages.look(piece)
        if seen.cells or name.lower().startswith("xl/worksheets/"):
            seen_parts[name] = SheetPart(seen.formulas, tuple(seen.errors), percentages.places())
        if seen.cells and b"calcChain" not in name.encode():
            _check_reach(package, name, seen)
            _check_text(package, name, seen.sharing, longest, lengths)
            if not seen.in_order:
                _check_twice(package, name)
    return seen_parts


def _check_twice(package: Package, name: str) -> None:
    """No cell stands twice: of two figures in one cell, each reader takes another."""
    found = [_as_numbers(_PLACE.findall(_EMPTY_CELL.sub(b"", piece))) for piece in tags(package, name)]
    places = np.concatenate(found)
    if len(np.unique(places)) < len(places):
        raise damaged("a cell that is there twice")


def _check_reach(package: Package, name: str, seen: _Seen) -> None:
    if seen.placed and seen.placed >= seen.cells and not (seen.cells != seen.placed and seen.unplaced_but_named):
        rows, columns = max(seen.rows) - min(seen.rows) + 1, max(seen.columns) - min(seen.columns) + 1
    elif seen.placed or seen.unplaced_but_named:
        raise damaged("cells whose place can't be read")
    else:
        rows, columns = _unplaced_reach(package, name)
    if rows > limits.MOST_ROWS + limits.HEADER_WITHIN:
        raise Refused(fault("too-many-rows", f"{rows:,} rows from the first cell to the last"))
    if columns > limits.MOST_COLUMNS:
        raise Refused(fault("too-many-columns", f"{columns:,} columns from the first cell to the last"))
    if rows * columns > limits.MOST_CELLS:
        raise Refused(fault("too-many-cells", f"{rows:,} rows × {columns:,} columns"))


def _unplaced_reach(package: Package, name: str) -> tuple[int, int]:
    """Rows and columns of a sheet whose cells don't say where they stand: at most so many."""
    rows = columns = waiting = greatest = 0
    for piece in tags(package, name):
        segments = _ROW.split(piece)
        rows += len(segments) - 1
        for place, segment in enumerate(segments):
            waiting = len(_CELL.findall(segment)) + (waiting if place == 0 else 0)
            columns = max(columns, waiting)
        greatest = max([greatest, *(int(number) for number in _ROW_NUMBER.findall(piece))])
    return max(rows, greatest), columns


def _shared_texts(package: Package) -> tuple[int, list[int]]:
    """The length of the longest shared text, and of each, in bytes with its markup."""
    name = next((name for name in package.parts if name.lower() == "xl/sharedstrings.xml"), None)
    lengths: list[int] = []
    open_text = 0
    for piece in tags(package, name) if name else ():
        segments = piece.split(b"</si>")
        for segment in segments[:-1]:
            lengths.append(open_text + len(segment))
            open_text = 0
        open_text += len(segments[-1])
    longest = max([open_text, *lengths])
    if longest > 20 * limits.LONGEST_CELL:  # markup, escapes and many-byte characters leave room
        raise Refused(fault("cell-too-long", f"a text of {longest:,} bytes"))
    return longest, lengths


def _check_text(package: Package, name: str, sharing: int, longest: int, lengths: list[int]) -> None:
    """A text that many cells share is unpacked once for each of them: that much must be bearable too."""
    if sharing * longest <= limits.MOST_TEXT:
        return
    sizes = np.asarray(lengths, dtype="int64")
    total = matched = 0
    for piece in tags(package, name):
        usual = shared_texts(piece)
        places = np.asarray(_SHARED.findall(piece)).astype("int64") if usual is None else usual
        matched += len(places)
        total += int(sizes[places[places < len(sizes)]].sum())
    others = sharing - matched
    if total + others * longest > limits.MOST_TEXT:
        raise Refused(fault("zip-bomb", f"{(total + others * longest) / 1_000_000:,.0f} MB of repeated text"))
