"""Finds in a table's cells what tells of single persons: each different text is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.extract.files.records import Records
from scorecard.extract.parse.personal_data import may_tell, personal_words

_MOST_LOOKED_FOR = 1_000  # different texts about persons: the file is refused, and its column is known
_SHORTEST = 9  # signs of what tells of a person: a National Insurance number


def columns_of(records: Records) -> Iterator[pa.DictionaryArray]:
    """The columns of a table, each with a text for every record."""
    for column in range(records.width):
        texts = records.column(column).cast(pa.large_string()).combine_chunks()
        yield pc.dictionary_encode(texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts)


def persons_in_column(texts: pa.DictionaryArray) -> Iterator[tuple[int, str]]:
    """The records whose text tells of a person, and what it tells."""
    different = texts.dictionary
    long = np.flatnonzero(pc.greater_equal(pc.utf8_length(different), _SHORTEST).to_numpy(zero_copy_only=False))
    kinds: dict[int, str] = {}
    for code in long[may_tell(different.take(pa.array(long)))]:
        if words := personal_words(different[int(code)].as_py()):
            kinds[int(code)] = words
            if len(kinds) > _MOST_LOOKED_FOR:
                break
    if kinds:
        codes = texts.indices.to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(np.isin(codes, list(kinds))):
            yield int(row), kinds[int(codes[row])]


def which(texts: pa.DictionaryArray, test: Callable[[str], bool]) -> np.ndarray[Any, Any]:
    """Which records' texts pass a test, each different one tested once."""
    passed = np.asarray([bool(text) and test(text) for text in texts.dictionary.to_pylist()], dtype=bool)
    codes: np.ndarray[Any, Any] = texts.indices.to_numpy(zero_copy_only=False)
    return passed[codes] if len(passed) else np.zeros(len(codes), dtype=bool)


def kinds_in(records: Records) -> tuple[str, ...]:
    """What a table tells of single persons, by its kinds."""
    kinds = {words for texts in columns_of(records) for _, words in persons_in_column(texts)}
    return tuple(sorted(kinds))
