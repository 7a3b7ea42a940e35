"""A table's records, kept by column in little memory: half a million rows as lists of texts would fill the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, cast, overload

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

ROWS_TOGETHER = 8_192
CELLS_TOGETHER = 400_000
_BYTES_TOGETHER = 1_000_000
_TIMES_RAGGED = 4  # how many times its cells a part may have places, to be kept by column
_NO_TEXT = pa.scalar("", pa.string())


class _Part(NamedTuple):
    """Some records after one another: by column, or as they are where a few are far longer than the others."""

    rows: int
    columns: list[pa.Array]
    ragged: list[list[str]] | None = None

    def records(self) -> list[list[str]]:
        if self.ragged is not None:
            return self.ragged
        if not self.columns:
            return [[] for _ in range(self.rows)]
        records = [list(cells) for cells in zip(*(column.to_pylist() for column in self.columns), strict=True)]
        for record in records:
            _trim(record)
        return records

    def column(self, place: int) -> pa.Array:
        if self.ragged is not None:
            return pa.array([record[place] if len(record) > place else "" for record in self.ragged], pa.string())
        return self.columns[place] if place < len(self.columns) else pa.repeat(_NO_TEXT, self.rows)

    def width(self) -> int:
        return max(map(len, self.ragged), default=0) if self.ragged is not None else len(self.columns)


def _trim(record: list[str]) -> None:
    while record and not record[-1]:
        record.pop()


class Records(Sequence[list[str]]):
    """A table's records, read as a list of lists is; blank cells at a record's end are left out."""

    def __init__(self, records: Iterable[list[str]] = ()) -> None:
        self._parts: list[_Part] = []
        self._starts: list[int] = []  # of the parts
        self._whole = 0  # records in parts
        self._waiting: list[list[str]] = []  # records that aren't yet in a part
        self._opened: tuple[int, list[list[str]]] = (-1, [])  # the part that was last read, and its records
        cells = 0
        for record in records:
            self._waiting.append(record)
            cells += len(record)
            if len(self._waiting) >= ROWS_TOGETHER or cells >= CELLS_TOGETHER:
                self.put_away()
                cells = 0

    @classmethod
    def of_columns(cls, table: pa.Table) -> Records:
        """The records of a table of texts."""
        records = cls()
        for batch in table.to_batches():
            records._add(_Part(batch.num_rows, batch.columns))
        return records

    @property
    def waiting(self) -> list[list[str]]:
        """The records that aren't put away, to be added to: without blanks at their end, and not too many at once."""
        return self._waiting

    def put_away(self) -> None:
        """Packs the records that are waiting."""
        records, rows, width = self._waiting, len(self._waiting), max(map(len, self._waiting), default=0)
        if not rows:
            return
        if width and rows * width > _TIMES_RAGGED * sum(map(len, records)) + ROWS_TOGETHER:
            part = _Part(rows, [], records.copy())
        else:
            columns = zip_longest(*records, fillvalue="") if width else ()
            part = _Part(rows, [pa.array(cells, pa.string()) for cells in columns])
        self._add(part)
        records.clear()

    def put_columns(self, rows: int, columns: Sequence[Sequence[str]]) -> None:
        """Adds records that are given by column, each of as many texts as there are rows."""
        self.put_away()
        self._add(_Part(rows, [pa.array(cells, pa.string()) for cells in columns]))

    def _add(self, part: _Part) -> None:
        self._starts.append(self._whole)
        self._parts.append(part)
        self._whole += part.rows

    def pop(self) -> list[str]:
        """Takes off the last record, which is waiting."""
        return self._waiting.pop()

    def clear(self) -> None:
        """Frees all records."""
        self._parts, self._starts, self._whole, self._opened = [], [], 0, (-1, [])
        self._waiting.clear()

    def as_list(self) -> list[list[str]]:
        """These records, to whoever only reads them: indexing, slicing, iterating and clearing are a list's."""
        return cast(list[list[str]], self)

    def __len__(self) -> int:
        return self._whole + len(self._waiting)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        if place >= self._whole:
            return self._waiting[place - self._whole]
        which, records = self._opened
        if which < 0 or not self._starts[which] <= place < self._starts[which] + len(records):
            which = int(np.searchsorted(self._starts, place, side="right")) - 1
            records = self._parts[which].records()
            self._opened = which, records
        return records[place - self._starts[which]]

    def __iter__(self) -> Iterator[list[str]]:
        for place in range(len(self)):
            yield self[place]

    def parts(self) -> list[_Part]:
        """All records as parts."""
        self.put_away()
        return self._parts

    def filled(self, start: int, width: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Where records have something in them, and where beyond the first `width` cells; from a record on."""
        anywhere, beyond = [], []
        for part in self.parts():
            any_here, far = np.zeros(part.rows, dtype=bool), np.zeros(part.rows, dtype=bool)
            for place in range(part.width()):
                something = _something(part.column(place))
                any_here |= something
                if place >= width:
                    far |= something
            anywhere.append(any_here)
            beyond.append(far)
        nothing = np.zeros(0, dtype=bool)
        return np.concatenate([*anywhere, nothing])[start:], np.concatenate([*beyond, nothing])[start:]

    def says(self, place: int, name: str, start: int) -> np.ndarray[Any, Any]:
        """Where a column's cell is a name, as names are compared; from a record on."""
        found = [np.zeros(0, dtype=bool)]
        for part in self.parts():
            tidy = pc.utf8_lower(pc.replace_substring_regex(part.column(place), r"[\s_\p{Cf}\p{Cc}]", ""))
            found.append(pc.equal(tidy, name).to_numpy(zero_copy_only=False))
        return np.concatenate(found)[start:]

    def take_column(self, place: int, start: int, wanted: np.ndarray[Any, Any]) -> pd.Series[Any]:
        """As `column`, and the records have it no more: for whoever needs the columns alone, each once."""
        texts = self.column(place, start, wanted)
        for part in self.parts():
            if place < len(part.columns):
                part.columns[place] = pa.repeat(_NO_TEXT, 0)
        return texts

    def column(self, place: int, start: int = 0, wanted: np.ndarray[Any, Any] | None = None) -> pd.Series[Any]:
        """A column's texts, trimmed, from a record on; of the records that are wanted."""
        chunks = [pc.utf8_trim_whitespace(part.column(place)).cast(pa.large_string()) for part in self.parts()]
        texts = pa.chunked_array(chunks, pa.large_string()).slice(start)
        if wanted is not None and not wanted.all():
            texts = texts.filter(pa.array(wanted))
        return as_texts(texts)


def _something(cells: pa.Array) -> np.ndarray[Any, Any]:
    """Which cells hold more than white space."""
    found: np.ndarray[Any, Any] = pc.not_equal(pc.utf8_trim_whitespace(cells), "").to_numpy(zero_copy_only=False)
    return found


def as_texts(texts: pa.ChunkedArray | pa.Array) -> pd.Series[Any]:
    """Arrow's texts as a column of pandas texts."""
    one = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts.cast(pa.large_string())
    return pd.Series(pd.arrays.ArrowStringArray(one, dtype=pd.StringDtype(na_value=np.nan)))  # type: ignore[call-arg]


def repeated_text(text: str, times: int) -> pd.Series[Any]:
    """One text for all rows."""
    return as_texts(pa.repeat(pa.scalar(text, pa.large_string()), times))


def places_among(texts: pd.Series[Any], known: list[str]) -> np.ndarray[Any, Any]:
    """For each text its place among those known; -1 for those that aren't."""
    found = pc.index_in(as_arrow(texts), value_set=pa.array(known, pa.large_string()))
    places: np.ndarray[Any, Any] = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
    return places


def as_arrow(texts: pd.Series[Any]) -> pa.Array:
    """A column of pandas texts as Arrow's."""
    array = pa.array(texts, pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def any_byte(texts: pd.Series[Any], wanted: bytes) -> bool:
    """Whether one of these bytes may stand in a column; where it says no, none does."""
    held = as_arrow(texts).buffers()[2]
    if held is None:
        return False
    signs, is_wanted = np.frombuffer(held, dtype="uint8"), np.zeros(256, dtype=bool)
    is_wanted[list(wanted)] = True
    return any(is_wanted[signs[at : at + _BYTES_TOGETHER]].any() for at in range(0, len(signs), _BYTES_TOGETHER))


def different(texts: pd.Series[Any]) -> tuple[np.ndarray[Any, Any], pa.Array]:
    """Each text's place among the different ones, and those in the order of the first of each."""
    encoded = pc.dictionary_encode(as_arrow(texts))
    return encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary


def release_memory() -> None:
    """Hands back what was freed, which Arrow would keep for later."""
    pa.default_memory_pool().release_unused()
