"""The observation frame: its columns, how a frame comes in, and how rows go out as one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scorecard.core.observations import OBSERVATION_COLUMNS
from scorecard.core.observations import OBSERVATION_KEY as KEY
from scorecard.store.values.timestamps import OPEN

__all__ = ["FIGURE", "KEY", "OBSERVATION_COLUMNS"]

FIGURE = ["value", "numerator", "denominator", "symbol"]  # what makes a figure another one; a note doesn't
REQUIRED = [*KEY, "value"]
NUMBERS = ["value", "numerator", "denominator"]

_WORDS = {"measure_id", "area", "symbol", "note", "origin"}
_MOMENTS = {"recorded_from", "recorded_to"}


def typed_frame(columns: dict[str, Any]) -> pd.DataFrame:
    """A frame of these columns with the types they have everywhere; it may be empty."""
    return pd.DataFrame({name: _column(name, values) for name, values in columns.items()})


def _column(name: str, values: Any) -> Any:
    if name in _WORDS:
        return pd.array(np.asarray(values, dtype=object), dtype="str")
    if name in _MOMENTS:
        return timestamps(values)
    if name == "period_end":
        return month_ends(np.asarray(values, dtype="int64"))
    if name == "extract_id":
        return pd.array(np.asarray(values, dtype="int64"), dtype="Int64")
    return np.asarray(values, dtype="float64" if name in NUMBERS else "int64")


def from_rows(rows: Sequence[Any], names: list[str]) -> pd.DataFrame:
    """Rows of the database, one value a name in this order, as a typed frame."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return typed_frame(dict(zip(names, columns, strict=True)))


def month_ends(months: "np.ndarray[Any, np.dtype[np.int64]]") -> "np.ndarray[Any, Any]":
    """YYYYMM as the last day of that month."""
    since_1970 = (months // 100 - 1970) * 12 + months % 100 - 1
    after = (since_1970 + 1).astype("datetime64[M]").astype("datetime64[D]")
    return (after - np.timedelta64(1, "D")).astype("datetime64[us]")


def timestamps(micros: Any) -> "pd.Series[Any]":
    """Whole microseconds as aware moments; a row still in force has none."""
    numbers = np.asarray(micros, dtype="int64")
    naive = numbers.astype("datetime64[us]")
    naive[numbers == OPEN] = np.datetime64("NaT")
    return pd.Series(naive).dt.tz_localize("UTC")


def month_number(period_end: date) -> int:
    """A day's month as YYYYMM."""
    return period_end.year * 100 + period_end.month


def month_numbers(period_ends: "pd.Series[Any]") -> "pd.Series[Any]":
    """The last day of a month as YYYYMM."""
    numbers: pd.Series[Any] = period_ends.dt.year.astype("int64") * 100 + period_ends.dt.month.astype("int64")
    return numbers


def incoming(frame: pd.DataFrame) -> pd.DataFrame:
    """What a caller hands in, checked and with the observation columns up to `origin`.

    Columns that may be absent: numerator, denominator, symbol, note (missing then), origin ('extract' then).
    Raises ValueError for what a room above should have refused: a column or key value missing, a period that
    doesn't end a month, a figure without bounds, the same key twice.
    """
    absent = [name for name in REQUIRED if name not in frame.columns]
    if absent:
        raise ValueError(f"observations lack the columns {', '.join(absent)}")
    result = pd.DataFrame({name: _given(frame, name) for name in OBSERVATION_COLUMNS[:-2]}, index=range(len(frame)))
    _check(result)
    return result


def _given(frame: pd.DataFrame, name: str) -> Any:
    if name not in frame.columns:
        absent = "extract" if name == "origin" else None
        return _column(name, np.full(len(frame), absent, dtype=object))
    if name in _WORDS:
        return frame[name].astype("str").array
    if name in NUMBERS:
        return frame[name].astype("float64").to_numpy(na_value=np.nan)
    return frame[name].astype("datetime64[us]" if name == "period_end" else "int64").array


def _check(frame: pd.DataFrame) -> None:
    ends = frame["period_end"]
    whole = ends.notna().all()
    faults = {
        "a part of the key, or the origin, is missing": frame[[*KEY, "origin"]].isna().any(axis=None),
        "a period doesn't end on the last day of a month": whole
        and not (ends == month_ends(month_numbers(ends).to_numpy())).all(),
        "a figure is infinite": np.isinf(frame[NUMBERS].to_numpy()).any(),
        "the same measure, area, period and months come twice": frame.duplicated(KEY).any(),
        "a period has less than one month": (frame["months"] < 1).any(),
    }
    faulty = [name for name, is_there in faults.items() if is_there]
    if faulty:
        raise ValueError(f"observations can't be stored: {'; '.join(faulty)}")
