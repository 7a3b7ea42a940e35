"""Rows of a frame as plain dicts, and what counts as a missing cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

Row = dict[str, Any]


def missing(value: object) -> bool:
    """Whether a cell of a frame holds nothing: None, NaN, NaT or <NA>."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """A frame's rows in order, by column name; cells as they are, so that a missing one is asked for by `missing`."""
    names = [str(name) for name in frame.columns]
    columns = (frame[name].tolist() for name in frame.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def rows_by_measure(frame: pd.DataFrame) -> dict[str, list[Row]]:
    """A frame's rows as `rows_of`, by their measure_id."""
    rows: dict[str, list[Row]] = {}
    for row in rows_of(frame):
        rows.setdefault(row["measure_id"], []).append(row)
    return rows


def row_of(row: Mapping[str, Any] | pd.Series) -> Row:
    """One row of a frame as a plain dict by column name."""
    return {str(name): value for name, value in row.items()}


def rows_with_none(frame: pd.DataFrame) -> list[Row]:
    """A frame's rows in order, by column name, with None where a cell is missing."""
    return with_none(rows_of(frame))


def with_none(rows: Iterable[Row]) -> list[Row]:
    """Rows in order, with None where a cell is missing."""
    return [{name: None if missing(value) else value for name, value in row.items()} for row in rows]
