"""A part of a workbook as the stream of XML that it is, element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from scorecard.extract.files.zip_limits import Package, damaged, tags

_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^<>]*?\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_BLANK = re.compile(rb"<(?:\w+:)?c\s(?=[^<>]*?\br=)[^<>]*(?:/>|></(?:\w+:)?c>)")
_BLANKS = re.compile(rb"(?:<(?:\w+:)?c(?:\s[^<>]*)?(?:/>|></(?:\w+:)?c>)\s*)+")  # one after the other, in one row
_MOST_IN_A_ROW = 16_384  # columns of a spreadsheet
_UNPARSED = b"<![CDATA["
_STRICT = (  # the same names, as the strict form of the standard writes them
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
)


class Part:
    """A part's XML, to be read piece by piece. Raises Refused for what no spreadsheet writes."""

    def __init__(self, package: Package, name: str) -> None:
        self._pieces = tags(package, name)
        self._begun = False

    def read(self, _size: int = -1) -> bytes:
        """The next piece; nothing at the end."""
        piece = next(self._pieces, b"")
        if not self._begun:
            _refuse_other_encodings(piece)
            self._begun = True
        for strict, usual in _STRICT:
            piece = piece.replace(strict, usual)
        return piece


class Cells(Part):
    """A sheet's XML without the cells that have only a style, of which there may be millions; they are counted.

    blank: how many were left out. Only cells that say where they stand are. Raises Refused for a row of more cells
    than any spreadsheet has columns.
    """

    def __init__(self, package: Package, name: str) -> None:
        super().__init__(package, name)
        self.blank = 0

    def read(self, size: int = -1) -> bytes:
        """The next piece; nothing at the end."""
        while piece := super().read(size):
            _refuse_long_rows(piece)
            if _UNPARSED not in piece:
                piece, left_out = _BLANK.subn(b"", piece)
                self.blank += left_out
            if piece:
                break
        return piece


def _refuse_long_rows(piece: bytes) -> None:
    for row in piece.split(b"row"):  # nothing is counted in rows of a usual length
        if len(row) > _MOST_IN_A_ROW * len("<c/>") and any(
            len(_CELL.findall(run[0])) > _MOST_IN_A_ROW for run in _BLANKS.finditer(row)
        ):
            raise damaged("a row of more cells than a spreadsheet has columns")


def _refuse_other_encodings(start: bytes) -> None:
    """What looks for declarations in the bytes sees them in UTF-8 alone; spreadsheets write nothing else."""
    encoding = _ENCODING.match(start)
    if b"\0" in start[:200] or (encoding is not None and encoding[1].lower() not in _UTF_8):
        raise damaged("a part that isn't UTF-8")


def elements(part: Part, *wanted: str) -> Iterator[Element]:
    """A part's elements of these tags, each forgotten when the next is asked for; those within another are its own."""
    inside = 0
    for event, element in iterparse(part, events=("start", "end")):
        if element.tag in wanted:
            inside += 1 if event == "start" else -1
            if event == "end" and not inside:
                yield element
        if event == "end" and not inside:
            element.clear()
