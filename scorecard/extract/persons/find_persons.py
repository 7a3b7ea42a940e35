"""Finds in a table's cells what tells of single persons: each different text is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.extract.persons.personal_data import may_tell, personal_words
from scorecard.extract.text.records import Records
from scorecard.extract.text.text_columns import different

_MOST_LOOKED_FOR = 1_000  # different texts about persons: the file is refused, and its column is known
_SHORTEST = 9  # signs of what tells of a person: a National Insurance number


def columns_of(records: Records) -> Iterator[pa.Array]:
    """The columns of a table, each with a text for every record."""
    for column in range(records.width):
        texts = records.column(column).cast(pa.large_string()).combine_chunks()
        yield texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def persons_in_column(texts: pa.Array) -> Iterator[tuple[int, str]]:
    """The records whose text tells of a person, and what it tells."""
    long = pc.greater_equal(pc.utf8_length(texts), _SHORTEST)
    rows = np.flatnonzero(long.to_numpy(zero_copy_only=False))
    rows = rows[may_tell(texts if len(rows) == len(texts) else texts.filter(long))]
    codes, texts_read = different(texts.take(pa.array(rows)))
    kinds: dict[int, str] = {}
    for code, text in enumerate(texts_read.to_pylist()):
        if kind := personal_words(text):
            kinds[code] = kind
            if len(kinds) > _MOST_LOOKED_FOR:
                break
    for row, code in zip(rows, codes, strict=True):
        if code in kinds:
            yield int(row), kinds[code]


def passing(texts: pa.Array, test: Callable[[str], bool]) -> np.ndarray[Any, Any]:
    """Which records' texts pass a test, each different one tested once."""
    codes, texts_read = different(texts)
    passed = np.asarray([bool(text) and test(text) for text in texts_read.to_pylist()], dtype=bool)
    return passed[codes] if len(passed) else np.zeros(len(codes), dtype=bool)


def kinds_in(records: Records) -> tuple[str, ...]:
    """What a table tells of single persons, by its kinds."""
    kinds = {kind for texts in columns_of(records) for _, kind in persons_in_column(texts)}
    return tuple(sorted(kinds))
