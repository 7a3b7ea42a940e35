"""Intervals round a published share or rate: Wilson's for shares, Byar's or the exact ones for rates.

As public health uses them (Public Health England 2018, Technical Guide: Confidence Intervals): Wilson (1927) for a
proportion; Byar's approximation (Breslow and Day 1987) for a rate of ten or more, exact Poisson limits under that.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from scorecard.analysis.arrays import Floats
from scorecard.analysis.comparison.poisson import exact_limits

FEW = 10  # a count under which Byar's approximation is too rough


def wilson(count: ArrayLike, out_of: ArrayLike, outside: float = 0.05) -> tuple[Floats, Floats]:
    """Limits of a share: count of so many; as shares of 1."""
    k, n = np.asarray(count, np.float64), np.asarray(out_of, np.float64)
    z = NormalDist().inv_cdf(1 - outside / 2)
    middle, half = 2 * k + z**2, z * np.sqrt(z**2 + 4 * k * (1 - k / n))
    return (middle - half) / (2 * (n + z**2)), (middle + half) / (2 * (n + z**2))


def intervals(count: ArrayLike, out_of: ArrayLike, per: ArrayLike, share: ArrayLike) -> tuple[Floats, Floats]:
    """95 % limits of values that are a count of so many, times `per`: Wilson's for a share, else Byar's.

    NaN where count or denominator is missing or zero of nothing.
    """
    k, n = np.asarray(count, np.float64), np.asarray(out_of, np.float64)
    known = ~np.isnan(k) & (n > 0)
    k, n = np.where(known, k, 1.0), np.where(known, n, 1.0)
    shares, rates = wilson(np.minimum(k, n), n), byar(k)
    low, high = (np.where(share, of_share, of_rate / n) * per for of_share, of_rate in zip(shares, rates, strict=True))
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def byar(count: ArrayLike, outside: float = 0.05) -> tuple[Floats, Floats]:
    """Limits of the mean of a Poisson count, by Byar's approximation; zero and under ten by the exact limits."""
    k = np.asarray(count, np.float64)
    z = NormalDist().inv_cdf(1 - outside / 2)
    safe = np.maximum(k, 1)
    lower = safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    more = safe + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    low, high, few = np.array(lower), np.array(upper), k < FEW
    if few.any():
        low[few], high[few] = exact_limits(k[few], outside)
    return low, high
