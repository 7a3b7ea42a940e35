"""Many series as one matrix: their months in columns, and the sums that give each the same digits as alone.

Series lie in the rows of a matrix (series × months, float64), aligned at their newest month, which is the last column;
NaN stands before a series begins and wherever a month is missing. Sums run month by month or value by value, never
through library reductions whose order depends on the matrix's shape.
"""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

MOST_LEANING = 0.95
"""The autocorrelation that a doubt is widened by goes no higher: beyond, a line, a step and a wander look the same."""


def first_months(series: Matrix) -> NDArray[np.intp]:
    """Column of each row's first value; rows hold at least one."""
    first: NDArray[np.intp] = np.isfinite(series).argmax(axis=1)
    return first


def last_of_running_sum(values: Matrix) -> Matrix:
    """Sum along the last axis, strictly in order, so that leading zeros change no digit."""
    total: Matrix = np.cumsum(values, axis=-1)[..., -1]
    return total


def filled(series: Matrix) -> Matrix:
    """The series with missing months on the straight line between their neighbours; NaN stays before the first."""
    months = np.arange(series.shape[1])
    out = series.copy()
    for row in np.flatnonzero(~np.isfinite(series).all(axis=1)):
        seen = np.flatnonzero(np.isfinite(series[row]))
        out[row] = np.interp(months, seen, series[row, seen])
        out[row, : seen[0]] = np.nan
    return out


def last_seen(series: Matrix) -> NDArray[np.intp]:
    """Column of the latest value up to each month (series × months); −1 before a series begins."""
    column = np.where(np.isfinite(series), np.arange(series.shape[1]), -1)
    latest: NDArray[np.intp] = np.maximum.accumulate(column, axis=1)
    return latest
