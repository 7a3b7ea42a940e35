"""The table that was read, as it is kept: the file's own rows and columns, and only the cells that were read."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.extract.header.read_header import Header
from scorecard.extract.parse.rows import TEXT_COLUMNS
from scorecard.extract.text.records import Mask, Records
from scorecard.extract.text.text_columns import any_byte

_ROWS_TOGETHER = 65_536
_NOTHING = pa.scalar("", pa.string())
_TO_BE_QUOTED = b',"\r\n'


def columns_read(header: Header) -> frozenset[int]:
    """The places of an extract's columns that are read: those of its figures, and the months of a wide table."""
    return frozenset(column for name, column in header.columns.items() if name in TEXT_COLUMNS) | set(header.periods)


def table_read(
    records: Records,
    header: int,
    columns: Collection[int],
    *,
    rows: Collection[int] | None = None,
    labels: Collection[int] = (),
    cell: tuple[int, int] | None = None,
) -> bytes:
    """What was read of a table, as CSV (UTF-8, commas, a line feed after each row).

    Every cell is in the row and the column in which it stood, without spaces around it, so that the table can be
    read again as the file was, and a finding's row is found in it; what was not read is blank.
    header: the place of the header among the records. columns: the places of the columns that were read. rows: the
    places of the records that were read; None: of all below the header. labels: columns that were read in every record
    below the header. cell: the record and column of the cell that says the month.
    """
    number = np.arange(len(records))
    below = number > header
    figures = (number == header) | (below if rows is None else below & np.isin(number, list(rows)))
    read = {column: below & ~figures for column in labels if column not in columns}
    read |= {column: figures | (below if column in labels else False) for column in columns}
    if cell is not None:
        read[cell[1]] = read.get(cell[1], np.zeros(len(records), dtype=bool)) | (number == cell[0])
    parts = range(0, len(records), _ROWS_TOGETHER)
    text = b"\n".join(_lines(records, {at: mask[start:] for at, mask in read.items()}, start) for start in parts)
    return text.rstrip(b"\n") + b"\n"


def _lines(records: Records, read: dict[int, Mask], start: int) -> bytes:
    """Some thousands of records from one on, a line each: the cells that were read of each column, blanks between."""
    some = Records(records.columns.slice(start, _ROWS_TOGETHER))
    cells: list[pa.ChunkedArray | pa.Scalar] = [_NOTHING] * min(some.width, max(read, default=-1) + 1)
    for column in range(len(cells)):
        if column in read:
            wanted = read[column][: len(some)]
            cells[column] = pc.if_else(pa.array(wanted), _quoted(some.column(column)), _NOTHING)
    if not any(isinstance(column, pa.ChunkedArray) for column in cells):
        return b"\n" * max(len(some) - 1, 0)
    lines = pc.ascii_rtrim(pc.binary_join_element_wise(*cells, ","), ",")
    return "\n".join(lines.to_pylist()).encode()


def _quoted(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells as they are in CSV: between quotation marks where a sign of the format is in them."""
    if not any(any_byte(part, _TO_BE_QUOTED) for part in texts.chunks):
        return texts
    special = pc.match_substring_regex(texts, f"[{_TO_BE_QUOTED.decode()}]")
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), texts)
