"""Columns of texts between pandas and Arrow, which compares and counts half a million of them in little time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_BYTES_TOGETHER = 1_000_000
_ARROW = pd.StringDtype("pyarrow", na_value=np.nan)
_MANY = 5_000  # texts: from here Arrow's are quicker than Python's, and smaller (docs/decisions/0022)


def as_texts(texts: pa.ChunkedArray | pa.Array) -> pd.Series[Any]:
    """Arrow's texts as a column of pandas texts: Arrow's own where there are many."""
    if len(texts) < _MANY:
        return pd.Series(texts.to_pylist(), dtype="str")
    large = texts.cast(pa.large_string())
    array = large.combine_chunks() if isinstance(large, pa.ChunkedArray) else large
    return pd.Series(pd.arrays.ArrowStringArray(array, dtype=_ARROW))  # type: ignore[call-arg]


def with_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as texts: one that is texts stays as it is, for to make Arrow's Python's takes long."""
    return column if isinstance(column.dtype, pd.StringDtype) else column.astype("str")


def repeated_text(text: str, times: int) -> pd.Series[Any]:
    """One text for all rows."""
    return as_texts(pa.repeat(pa.scalar(text, pa.large_string()), times))


def places_among(texts: pd.Series[Any], known: list[str]) -> np.ndarray[Any, Any]:
    """For each text its place among those known; -1 for those that aren't."""
    at = pc.index_in(as_arrow(texts), value_set=pa.array(known, pa.large_string()))
    places: np.ndarray[Any, Any] = pc.fill_null(at, -1).to_numpy(zero_copy_only=False)
    return places


def as_arrow(texts: pd.Series[Any]) -> pa.Array:
    """A column of pandas texts as Arrow's."""
    array = pa.array(texts, pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def any_byte(texts: pd.Series[Any] | pa.Array, wanted: bytes) -> bool:
    """Whether one of these bytes may stand in a column; where it says no, none does."""
    buffer = (as_arrow(texts) if isinstance(texts, pd.Series) else texts).buffers()[2]
    if buffer is None:
        return False
    signs, is_wanted = np.frombuffer(buffer, dtype="uint8"), np.zeros(256, dtype=bool)
    is_wanted[list(wanted)] = True
    return any(is_wanted[signs[at : at + _BYTES_TOGETHER]].any() for at in range(0, len(signs), _BYTES_TOGETHER))


def different(texts: pd.Series[Any] | pa.Array) -> tuple[np.ndarray[Any, Any], pa.Array]:
    """Each text's place among the different ones, and those in the order of the first of each."""
    encoded = pc.dictionary_encode(as_arrow(texts) if isinstance(texts, pd.Series) else texts)
    return encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary
