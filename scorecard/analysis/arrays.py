"""Columns as arrays, for all of the analysis: their types, months as numbers, when two figures are the same."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NO_MONTH = np.iinfo(np.int64).min  # what numpy makes of a missing date
# Binary fractions: 0.1 + 0.2 is not 0.3. Two figures this near, relative to their size, are the same figure.
SAME_FIGURE = 1e-9


def floats(column: pd.Series | Floats) -> Floats:
    """A column as an array of floats, NaN where something is missing."""
    if isinstance(column, pd.Series):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(column, dtype=np.float64)


def same(left: Floats, right: Floats) -> Flags:
    """Where two figures are the same but for the last bits of binary fractions."""
    with np.errstate(invalid="ignore"):
        return np.abs(left - right) <= SAME_FIGURE * (1 + np.abs(right))


def month_numbers(dates: pd.Series) -> Ints:
    """Months since January 1970 of each date; NO_MONTH where there is none."""
    return cast(Ints, dates.to_numpy(dtype="datetime64[M]").astype(np.int64))


def month_ends(months: Ints) -> npt.NDArray[np.datetime64]:
    """The last day of each month, counted as `month_numbers` does."""
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(following - np.timedelta64(1, "D"), dtype="datetime64[D]").astype("datetime64[s]")
