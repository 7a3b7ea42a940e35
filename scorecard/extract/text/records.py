"""A table's records, kept by column and never changed: half a million rows as lists of texts would fill the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ROWS_TOGETHER, _FEW_ROWS = 8_192, 64
_CELLS_TOGETHER = 400_000
_NO_TEXT = pa.scalar("", pa.string())

Mask = np.ndarray[Any, Any]


class Records(Sequence[list[str]]):
    """A table's records, read as a list of lists is; blank cells at a record's end are left out.

    columns: a table of texts, a column for each of the records' places, with '' where there is nothing.
    """

    def __init__(self, columns: pa.Table) -> None:
        self.columns = columns

    @classmethod
    def of_rows(cls, rows: Iterable[Sequence[str]]) -> Records:
        """The records with these cells, taken one after the other."""
        gathered = RecordsBuilder()
        for row in rows:
            gathered.add(row)
        return gathered.records()

    @property
    def width(self) -> int:
        """How many cells the longest record may have."""
        return int(self.columns.num_columns)

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return list(self._between(start, stop)) if step == 1 else [self[at] for at in range(start, stop, step)]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return next(self._between(at, at + 1))

    def __iter__(self) -> Iterator[list[str]]:
        return self._between(0, len(self))

    def _between(self, start: int, stop: int) -> Iterator[list[str]]:
        at, size = start, _FEW_ROWS  # few at first: who looks for a header needs no more
        while at < stop:
            part = self.columns.slice(at, min(size, stop - at))
            for cells in zip(*(column.to_pylist() for column in part.columns), strict=True):
                yield _trimmed(list(cells))
            at, size = at + size, _ROWS_TOGETHER

    def column(self, column: int, start: int = 0, wanted: Mask | None = None) -> pa.ChunkedArray:
        """A column's texts, trimmed, from a record on; of the records that are wanted."""
        texts = pc.utf8_trim_whitespace(self._from(column, start))
        return texts if wanted is None or wanted.all() else texts.filter(pa.array(wanted))

    def is_blank(self, column: int, start: int = 0) -> bool:
        """Whether a column has nothing in it, from a record on."""
        return not pc.any(pc.not_equal(self.column(column, start), "")).as_py()

    def filled(self, start: int, width: int) -> tuple[Mask, Mask]:
        """Where records have something in them, and where beyond the first `width` cells; from a record on."""
        size = max(len(self) - start, 0)
        anywhere, beyond = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        for column in range(self.width):
            something = pc.not_equal(self.column(column, start), "").to_numpy()
            anywhere |= something
            if column >= width:
                beyond |= something
        return anywhere, beyond

    def says(self, column: int, name: str, start: int) -> Mask:
        """Where a column's cell is a name, as names are compared; from a record on."""
        tidy = pc.utf8_lower(pc.replace_substring_regex(self._from(column, start), r"[\s_\p{Cf}\p{Cc}]", ""))
        equal: Mask = pc.equal(tidy, name).to_numpy()
        return equal

    def _from(self, column: int, start: int) -> pa.ChunkedArray:
        if column < self.width:
            return self.columns.column(column).slice(start)
        return pa.chunked_array([pa.repeat(_NO_TEXT, max(len(self) - start, 0))])


class RecordsBuilder:
    """Gathers records, some thousands at a time packed by column."""

    def __init__(self) -> None:
        self._waiting: list[Sequence[str]] = []
        self._cells = 0
        self._parts: list[list[pa.Array]] = []

    def add(self, row: Sequence[str]) -> None:
        """Adds a record's cells."""
        self._waiting.append(row)
        self._cells += len(row)
        if len(self._waiting) >= _ROWS_TOGETHER or self._cells >= _CELLS_TOGETHER:
            self._pack()

    def records(self) -> Records:
        """All that was added."""
        self._pack()
        width = max(map(len, self._parts), default=0)
        chunks: list[list[pa.Array]] = [[] for _ in range(width)]
        for part in self._parts:
            blank = pa.repeat(_NO_TEXT, len(part[0]) if part else 0)
            for index, column in enumerate(chunks):
                column.append(part[index] if index < len(part) else blank)
        return Records(pa.table({str(at): pa.chunked_array(column, pa.string()) for at, column in enumerate(chunks)}))

    def _pack(self) -> None:
        if self._waiting:
            columns = [pa.array(cells, pa.string()) for cells in zip_longest(*self._waiting, fillvalue="")]
            self._parts.append(columns or [pa.repeat(_NO_TEXT, len(self._waiting))])
            self._waiting, self._cells = [], 0


def _trimmed(record: list[str]) -> list[str]:
    while record and not record[-1]:
        record.pop()
    return record
