"""How far a projection may miss: the width of its intervals, from the series' own misses and Student's t.

The width h months ahead is a *scale* of the series' own times a quantile of Student's t. The scale is how far the same
method, looking back, missed the series h months on, late misses counting more than early ones; where there were few
such misses (long horizons, short series) it leans on the one-month misses and on how errors grow in simple smoothing.
How many misses the scale rests on says how wide the t is. `python -m benchmarks.chance.projection --m1 PATH` tries
the constants.
"""

from typing import NamedTuple

import numpy as np

from scorecard.analysis.projection.distributions import student_quantile
from scorecard.analysis.projection.matrix import Matrix, last_of_running_sum
from scorecard.analysis.projection.methods import Forecast

HALF_LIFE = 24.0
"""Months in which a miss loses half of its weight: series change their ways."""

LEAN = 10.0
"""How many misses the expected growth of errors counts for against a series' own misses at a horizon."""


class Trust(NamedTuple):
    """How far a series' own misses are trusted to tell the next, by what the measure is."""

    freedom: float
    """Degrees of freedom of the t that a scale without any miss of its own has: a t of two has no variance."""
    each: float
    """Degrees of freedom for each (weighted) miss: under the one of textbooks, for misses overlap and series change."""
    lean: float = LEAN
    """How many misses the expected growth of errors counts for."""
    one_month: bool = False
    """Whether the one-month misses alone say how many there are, whatever the horizon."""


ANY_SERIES = Trust(freedom=3.0, each=0.15)
"""Series of every kind change their ways: measured on M1."""

STEADY_SERIES = Trust(freedom=4.0, each=0.2)
"""A month's share or count changes its ways less: measured on simulated ones."""

STOCK_SERIES = Trust(freedom=3.0, each=0.5, lean=30.0, one_month=True)
"""A stock's one-month misses are its monthly changes, which don't overlap, and those h months on hardly more than sums
of them."""

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


class Scale(NamedTuple):
    """How far forecasts miss, series × horizon: a scale in the series' unit and the misses it rests on, weighted."""

    scale: Matrix
    misses: Matrix


def interval_half_widths(series: Matrix, forecast: Forecast, trust: Trust = ANY_SERIES) -> Interval:
    """Half-widths of the 80 % and 95 % intervals. They are symmetric: which way the next surprise goes isn't known."""
    scale = miss_scale(series, forecast, trust.lean)
    resting_on = scale.misses[:, [0]] if trust.one_month else scale.misses
    freedom = trust.freedom + trust.each * resting_on
    return Interval(student_quantile(0.90, freedom) * scale.scale, student_quantile(0.975, freedom) * scale.scale)


def miss_scale(series: Matrix, forecast: Forecast, lean: float = LEAN, half_life: float = HALF_LIFE) -> Scale:
    """How far forecasts of each series miss, h months ahead: the root of a weighted mean square.

    scale_h² = (lean · growth_h · m₁ + n_h · m_h) / (lean + n_h), where m_h is the weighted mean of the squared misses h
    months on, n_h the sum of their weights (a half for each HALF_LIFE since what was forecast came), and
    growth_h = 1 + (h − 1)·α² is how the error variance of simple smoothing grows (Hyndman, Koehler, Ord and Snyder
    2008, Forecasting with Exponential Smoothing, table 6.2, ETS(A,N,N)).
    """
    origins = np.isfinite(series).cumsum(axis=1) >= FIRST_ORIGIN
    known = np.isfinite(forecast.misses) & origins[:, :, None]
    squares = np.where(known, forecast.misses, 0.0) ** 2
    weight = late_weights(series.shape[1], squares.shape[2], half_life)
    count = last_of_running_sum((known * weight).transpose(0, 2, 1))
    total = last_of_running_sum((squares * weight).transpose(0, 2, 1))
    ahead = np.arange(count.shape[1])
    growth = 1 + ahead * forecast.renewal[:, None] ** 2
    one_month = (total[:, 0] / np.where(count[:, 0] > 0, count[:, 0], 1.0))[:, None]
    scale: Matrix = np.sqrt((lean * growth * one_month + total) / (lean + count))
    size = np.nanmax(np.abs(series), axis=1)
    still = np.sqrt(squares[:, :, 0].max(axis=1)) <= NEVER_MISSED * size
    granted = surprise_granted(series)[:, None] * np.sqrt(ahead + 1)
    return Scale(np.where(still[:, None], granted, scale), count)


def late_weights(months: int, horizon: int, half_life: float) -> Matrix:
    """What the miss of each month's forecast counts (months × horizon): 1 where it came true in the newest month."""
    age = months - 1 - np.arange(months)[:, None] - np.arange(1, horizon + 1)
    weights: Matrix = 0.5 ** (np.maximum(age, 0) / half_life)
    return weights


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
