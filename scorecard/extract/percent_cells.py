"""Cells that a workbook shows as percentages: 82% typed into a cell is kept as 0.82, and is read as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from scorecard.extract import limits
from scorecard.extract.cell_places import read_places
from scorecard.extract.findings import fault
from scorecard.extract.packages import Package, whole
from scorecard.extract.tables import Refused

_PERCENT_FORMATS = {"9", "10"}  # 0% and 0.00%, which every workbook has
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^<>]*>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf[\s/>][^<>]*")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_ONLY_TEXT = re.compile(r"&quot;.*?&quot;|\\.|_.|\*.")  # of a format: what is printed as it stands
_FEW_STYLES = 30  # styles that are looked for by name
_COLUMNS = 1 << 14  # a sheet has so many

_Numbers = np.ndarray[Any, Any]


def percent_styles(package: Package) -> frozenset[bytes]:
    """The numbers of the styles in which a workbook shows percentages, as its cells write them."""
    name = next((name for name in package.parts if name.lower() == "xl/styles.xml"), None)
    text = whole(package, name).decode("utf-8", "replace") if name else ""
    if "%" not in text and "numFmtId" not in text:
        return frozenset()
    formats = set(_PERCENT_FORMATS)
    for tag in _FORMAT.findall(text):
        said = dict(_ATTRIBUTE.findall(tag.replace('""', "")))
        if "%" in _ONLY_TEXT.sub("", said.get("formatCode", "")):
            formats.add(said.get("numFmtId", ""))
    block = _STYLES.search(text)
    styles = [dict(_ATTRIBUTE.findall(tag)) for tag in _STYLE.findall(block[0])] if block else []
    return frozenset(str(place).encode() for place, style in enumerate(styles) if style.get("numFmtId") in formats)


class PercentCells:
    """Gathers where a sheet's numbers are shown as percentages, while its pieces go by."""

    def __init__(self, styles: frozenset[bytes]) -> None:
        self._styles = styles
        one_of = b"|".join(sorted(styles)) if len(styles) <= _FEW_STYLES else b"[0-9]{1,6}"
        self._cell = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7}" s="(?:' + one_of + rb'))"(?: t="n")?>')
        self._found: list[_Numbers] = []
        self._count = 0

    def look(self, piece: bytes) -> None:
        """Takes the next piece. Raises Refused where there are more than any extract has."""
        if not self._styles:
            return
        found = self._cell.findall(piece)
        if len(self._styles) > _FEW_STYLES:
            found = [cell for cell in found if cell.rpartition(b'"')[2] in self._styles]
        if found:
            signs = np.asarray(found, dtype="S11").view("uint8").reshape(-1, 11)  # the letters, digits and '"'
            rows, columns = read_places(signs) or (np.zeros(0, dtype="int64"),) * 2
            self._found.append((rows - 1) * _COLUMNS + columns - 1)
            self._count += len(rows)
        if self._count > 2 * limits.MOST_ROWS:
            raise Refused(fault("too-many-cells", f"more than {2 * limits.MOST_ROWS:,} percentages"))

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
