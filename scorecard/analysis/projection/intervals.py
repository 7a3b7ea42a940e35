"""How far a projection may miss: the width of its intervals, from the series' own misses and two measured multiples.

The width h months ahead is a *scale* of the series' own times a *multiple* that is the same for every series, length
and horizon. The scale is how far the same method, looking back, missed the series h months on; where there were few
such misses (long horizons, short series) it leans on the one-month misses and on how errors grow in simple smoothing.
The multiples and the lean are not assumed: `python -m benchmarks.projection --m1 PATH` measures them.
"""

from typing import NamedTuple

import numpy as np

from scorecard.analysis.projection.methods import Forecast, Matrix, last_of_running_sum

MULTIPLE_80 = 1.58
MULTIPLE_95 = 2.94
"""Multiples of the scale that 80 % and 95 % of misses stay within. (A perfectly known bell curve would have 1.28 and
1.96; real series change their ways.)"""

LEAN = 10.0
"""How many misses the expected growth of errors counts for against a series' own misses at a horizon."""

FIRST_ORIGIN = 2
"""A forecast counts among the misses once this many values were there to make it from."""

NEVER_MISSED = 1e-12
"""A series whose one-month misses all stay under this share of its largest value has never surprised: most often it is
constant."""

SMALLEST_SURPRISE = 0.01
"""What a series that has never surprised is granted: one miss of this share of its size, or of one last digit if that
is more, among its n + 1 months. It is a convention, for no data can say."""

MOST_DECIMALS = 6
"""Digits after the point that are looked for to find a figure's last digit."""


class Interval(NamedTuple):
    """Half-widths of the intervals, series × horizon, in the series' unit."""

    half_80: Matrix
    half_95: Matrix


def interval_half_widths(series: Matrix, forecast: Forecast) -> Interval:
    """Half-widths of the 80 % and 95 % intervals. They are symmetric: which way the next surprise goes isn't known."""
    scale = miss_scale(series, forecast)
    return Interval(MULTIPLE_80 * scale, MULTIPLE_95 * scale)


def miss_scale(series: Matrix, forecast: Forecast, lean: float = LEAN) -> Matrix:
    """How far forecasts of each series miss, h months ahead (series × horizon): the root of a weighted mean square.

    scale_h² = (lean · growth_h · m₁ + n_h · m_h) / (lean + n_h), where m_h is the mean of the n_h squared misses h
    months on, and growth_h = 1 + (h − 1)·α² is how the error variance of simple smoothing grows (Hyndman, Koehler, Ord
    and Snyder 2008, Forecasting with Exponential Smoothing, table 6.2, ETS(A,N,N)).
    """
    origins = np.isfinite(series).cumsum(axis=1) >= FIRST_ORIGIN
    known = np.isfinite(forecast.misses) & origins[:, :, None]
    squares = np.where(known, forecast.misses, 0.0) ** 2
    count = known.sum(axis=1).astype(np.float64)
    total = last_of_running_sum(squares.transpose(0, 2, 1))
    ahead = np.arange(count.shape[1])
    growth = 1 + ahead * forecast.renewal[:, None] ** 2
    one_month = (total[:, 0] / np.maximum(count[:, 0], 1))[:, None]
    scale: Matrix = np.sqrt((lean * growth * one_month + total) / (lean + count))
    size = np.nanmax(np.abs(series), axis=1)
    still = np.sqrt(squares[:, :, 0].max(axis=1)) <= NEVER_MISSED * size
    granted = surprise_granted(series)[:, None] * np.sqrt(ahead + 1)
    return np.where(still[:, None], granted, scale)


def surprise_granted(series: Matrix) -> Matrix:
    """One-month scale of a series that has never surprised: one miss of its smallest step among n + 1, a series."""
    size = np.nanmax(np.abs(series), axis=1)
    points = np.isfinite(series).sum(axis=1)
    granted: Matrix = np.maximum(last_digit(series), SMALLEST_SURPRISE * size) / np.sqrt(points + 1)
    return granted


def last_digit(series: Matrix) -> Matrix:
    """What one of the last digit is worth in each series: 1 for whole numbers, 0.1 with one decimal, and so on."""
    digit = np.full(len(series), 10.0**-MOST_DECIMALS)
    for decimals in range(MOST_DECIMALS - 1, -1, -1):
        whole = (np.isnan(series) | (np.round(series, decimals) == series)).all(axis=1)
        digit = np.where(whole, 10.0**-decimals, digit)
    return digit
