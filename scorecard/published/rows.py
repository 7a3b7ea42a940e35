"""The rows that a file gives for the figures of the mapping, as columns of texts; then periods, areas and values."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

COLUMNS = ("row", "figure", "area", "time", "text")


class Coded(NamedTuple):
    """A column of texts by number: codes[i] is the place of row i's text in texts."""

    codes: np.ndarray[Any, Any]
    texts: list[str]

    def mapped(self, values: list[Any], kind: Any = object) -> np.ndarray[Any, Any]:
        """A value for each row, given one for each different text."""
        return np.asarray(values, dtype=kind)[self.codes] if values else np.empty(0, dtype=kind)


class GatheredRows:
    """Rows taken from a file's batches. time: what says the period, time_period and time_identifier in one for EES."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []

    def add(self, figure: int, rows: np.ndarray[Any, Any], area: pa.Array, time: pa.Array, text: pa.Array) -> None:
        """Adds rows of a figure (its place in the mapping), each by its number in the spreadsheet."""
        if len(rows):
            columns = [pa.array(rows, pa.int64()), pa.array(np.full(len(rows), figure, np.int32)), area, time, text]
            self._parts.append(pa.table(dict(zip(COLUMNS, columns, strict=True))))

    @property
    def found(self) -> bool:
        """Whether any row was taken."""
        return bool(self._parts)

    def whole(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], dict[str, Coded]]:
        """Row numbers, figures, and the coded texts of area, time and text."""
        table = pa.concat_tables(self._parts)
        coded = {name: coded_texts(table.column(name)) for name in ("area", "time", "text")}
        return table.column("row").to_numpy(), table.column("figure").to_numpy(), coded


def coded_texts(column: pa.ChunkedArray) -> Coded:
    """A column's different texts, and which one each row has."""
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks) if encoded.num_chunks else pa.array([], pa.string())
    return Coded(encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist())


def no_figures() -> pd.DataFrame:
    """A frame of published figures without a row."""
    types = {
        "measure_id": "str", "area": "str", "period_end": "datetime64[us]", "months": "int64", "value": "float64",
        "symbol": "str", "row": "int64",
    }  # fmt: skip
    return pd.DataFrame(columns=[*types]).astype(types)
