"""Cells that a workbook shows as percentages: 82% typed into a cell is kept as 0.82, and is read as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from scorecard.extract import limits
from scorecard.extract.files.cell_places import attributes, place_of, read_places
from scorecard.extract.files.table import Refused
from scorecard.extract.files.zip_limits import damaged
from scorecard.extract.findings import fault

_FEW_STYLES = 30  # styles that are looked for by name
_COLUMNS = 1 << 14  # a sheet has so many
_ODD_STYLE = re.compile(rb"s(?:\s+=\s*|=\s+)[\"']|s='")  # a style written as no spreadsheet writes it

_Numbers = np.ndarray[Any, Any]


class PercentCells:
    """Gathers where a sheet's numbers are shown as percentages, while its pieces go by."""

    def __init__(self, styles: frozenset[bytes]) -> None:
        self._styles = styles
        one_of = b"|".join(sorted(styles)) if len(styles) <= _FEW_STYLES else b"[0-9]{1,6}"
        self._cell = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7}" s="(?:' + one_of + rb'))"(?: t="n")?>')
        self._any_cell = re.compile(rb"<(?:\w+:)?c(\s[^<>]*?\bs\s*=\s*[\"'](?:" + one_of + rb")[\"'][^<>]*)(?<!/)>")
        self._named = [b's="' + style + b'"' for style in styles] if len(styles) <= _FEW_STYLES else [b's="']
        self._empty = [name + b"/>" for name in self._named]
        self._found: list[_Numbers] = []
        self._count = 0

    def look(self, piece: bytes) -> None:
        """Takes the next piece. Raises Refused where there are more than any extract has."""
        if not self._styles:
            return
        found = self._cell.findall(piece)
        named = sum(map(piece.count, self._named)) - sum(map(piece.count, self._empty))
        if len(found) != named or _ODD_STYLE.search(piece):
            self._take(self._written_in_any_way(piece))
        else:
            self._take(read_places(np.asarray(found, dtype="S11").view("uint8").reshape(-1, 11)) if found else None)
        if self._count > 2 * limits.MOST_ROWS:
            raise Refused(fault("too-many-cells", f"more than {2 * limits.MOST_ROWS:,} percentages"))

    def _take(self, places: tuple[_Numbers, _Numbers] | None) -> None:
        if places is not None:
            rows, columns = places
            self._found.append((rows - 1) * _COLUMNS + columns - 1)
            self._count += len(rows)

    def _written_in_any_way(self, piece: bytes) -> tuple[_Numbers, _Numbers]:
        """The same, where other cells have such a style too, or cells are written as spreadsheets don't."""
        places = []
        for cell in self._any_cell.findall(piece):
            said = attributes(cell)
            if said.get(b"s") in self._styles and said.get(b"t", b"n") == b"n":
                place = place_of(said)
                if place is None:
                    raise damaged("a percentage that doesn't say where it stands")
                places.append(place)
        found = np.asarray(places, dtype="int64").reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def places(self) -> _Numbers:
        """Row and column of each, counted from 0, as one number, in order."""
        return np.sort(np.concatenate([np.zeros(0, dtype="int64"), *self._found]))


def as_percentages(records: Iterable[list[str]], places: _Numbers) -> Iterator[list[str]]:
    """The records, from row 1 on, with '82%' where 0.82 stands in a cell that is shown as a percentage."""
    waiting = iter(places.tolist())
    place = next(waiting, None)
    for row, record in enumerate(records):
        while place is not None and place < (row + 1) * _COLUMNS:
            column = place % _COLUMNS
            if column < len(record):
                record[column] = percent_text(record[column])
            place = next(waiting, None)
        yield record


def percent_text(text: str) -> str:
    """A share as the percentage that it is shown as: '0.82' as '82%'; any other text as it is."""
    try:
        shown = f"{float(text) * 100:.15g}"  # a spreadsheet keeps fifteen digits
    except ValueError:
        return text
    return (format(Decimal(shown), "f") if "e" in shown else shown) + "%"
