"""The first cell of each row of a table named as that row's header, for Typst can name headings of columns alone.

PDF/UA-1 (ISO 14289-1, 7.5) asks that header cells be TH, with their scope. Typst writes every object uncompressed, in
its order, with a plain table of their places at the end; that is all this relies on, and it refuses any other file.
"""

from __future__ import annotations

import re

from scorecard.pack.errors import PackError

_ROW = re.compile(rb"^\d+ 0 obj\n<</Type/StructElem/S/TR/P \d+ 0 R/K\[(\d+) 0 R")
_CELL = b"/Type/StructElem/S/TD/"
_TABLE = b"<</O/Table/"
_PLACES = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf]\r\n)+)trailer\n")


def with_row_headers(file: bytes) -> bytes:
    """A PDF by Typst in which the first cell of each row is a header of its row. Raises PackError for another file."""
    start = int(file[file.rindex(b"startxref") :].split()[1])
    places = _PLACES.match(file, start)
    if places is None:
        raise PackError("The PDF could not be made: its table of objects is not as Typst writes it. Report it.")
    offsets = [int(line[:10]) for line in places[2].split(b"\r\n")[:-1]]
    ordered = sorted(offsets[1:])
    ends = dict(zip(ordered, [*ordered[1:], start], strict=True))
    objects = {number: file[at : ends[at]] for number, at in enumerate(offsets) if number}
    for first in [int(match[1]) for content in objects.values() if (match := _ROW.match(content))]:
        objects[first] = _as_header(objects[first])
    return _written(file, objects, offsets, places)


def _as_header(cell: bytes) -> bytes:
    """A cell as a header of its row; a column's heading, which is one already, as it is."""
    if _CELL not in cell:
        return cell
    return cell.replace(_CELL, b"/Type/StructElem/S/TH/", 1).replace(_TABLE, _TABLE + b"Scope/Row/", 1)


def _written(file: bytes, objects: dict[int, bytes], offsets: list[int], places: re.Match[bytes]) -> bytes:
    """The file again, each object at its new place, and the table of places with it."""
    at = min(offsets[1:])
    parts, moved = [file[:at]], dict[int, int]()
    for number in sorted(objects, key=offsets.__getitem__):
        moved[number] = at
        parts.append(objects[number])
        at += len(objects[number])
    table = b"".join(b"%010d %05d n\r\n" % (moved[number], 0) for number in range(1, len(offsets)))
    nothing = places[2][:20]  # the entry of object 0
    trailer = file[places.end() : file.rindex(b"startxref")]
    end = b"startxref\n%d\n%%%%EOF" % at
    return b"".join([*parts, b"xref\n0 %s\n" % places[1], nothing, table, b"trailer\n", trailer, end])
