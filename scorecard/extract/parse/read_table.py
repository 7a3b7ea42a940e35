"""The table that was read, as it is kept: the file's own rows and columns, and only the cells that were read."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Container, Sequence

from scorecard.extract.parse.header import Header
from scorecard.extract.parse.rows import TEXT_COLUMNS


def columns_read(header: Header) -> frozenset[int]:
    """The places of an extract's columns that are read: those of its figures, and the months of a wide table."""
    return frozenset(place for name, place in header.columns.items() if name in TEXT_COLUMNS) | set(header.periods)


def table_read(
    records: Sequence[list[str]],
    header: int,
    columns: Collection[int],
    *,
    rows: Container[int] | None = None,
    labels: Collection[int] = (),
    cell: tuple[int, int] | None = None,
) -> bytes:
    """What was read of a table, as CSV (UTF-8, commas, a line feed after each row).

    Every cell stands in the row and the column in which it stood, without spaces around it, so that the table can be
    read again as the file was, and a finding's row is found in it; what was not read is blank.
    header: the place of the header among the records. columns: the places of the columns that were read. rows: the
    places of the records that were read; None: of all below the header. labels: columns that were read in every record
    below the header. cell: the record and column of the cell that says the month.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for place, record in enumerate(records):
        wanted: Collection[int] = ()
        if place >= header:
            wanted = columns if place == header or rows is None or place in rows else labels
        if cell is not None and place == cell[0]:
            wanted = {*wanted, cell[1]}
        writer.writerow(_cells(record, wanted))
    lines = out.getvalue().rstrip("\n")
    return f"{lines}\n".encode("utf-8", "replace")


def _cells(record: list[str], wanted: Collection[int]) -> list[str]:
    cells = [text.strip() if at in wanted else "" for at, text in enumerate(record)] if wanted else []
    while cells and not cells[-1]:
        cells.pop()
    return cells
