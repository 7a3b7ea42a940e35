"""Poisson's distribution and exact limits from it, without a library that is larger than all else.

P(X ≤ k) for mean m is the regularised incomplete gamma function Q(k + 1, m): NIST Digital Library of Mathematical
Functions (DLMF) 8.2.4; its series 8.7.1 under m = k + 2, its continued fraction 8.9.2 above, by Lentz's method.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from scorecard.analysis.arrays import Floats

TERMS = 20_000
ENOUGH = 1e-14
SMALLEST = 1e-300
HALVINGS = 80  # of an interval: more than a float has digits for

_log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])


def poisson_share(count: ArrayLike, mean: ArrayLike) -> Floats:
    """How often a count of Poisson's distribution is at or under `count`, for each mean; elementwise."""
    k, m = np.broadcast_arrays(np.floor(np.asarray(count, np.float64)), np.asarray(mean, np.float64))
    a = np.maximum(k, 0) + 1
    low = m < a + 1
    share = np.empty_like(a)
    with np.errstate(divide="ignore"):
        factor = np.exp(a * np.log(np.maximum(m, SMALLEST)) - m - _log_gamma(a))
    share[low] = 1 - _series(a[low], m[low]) * factor[low]
    share[~low] = _fraction(a[~low], m[~low]) * factor[~low]
    return np.where(k < 0, 0.0, np.clip(share, 0.0, 1.0))


def _series(a: Floats, x: Floats) -> Floats:
    term = 1 / a
    total = term.copy()
    for n in range(1, TERMS):
        term = term * x / (a + n)
        total += term
        if (term <= total * ENOUGH).all():
            break
    return total


def _fraction(a: Floats, x: Floats) -> Floats:
    b = x + 1 - a
    c = np.full_like(x, 1 / SMALLEST)
    d = 1 / np.where(np.abs(b) < SMALLEST, SMALLEST, b)
    value = d.copy()
    for n in range(1, TERMS):
        step = -n * (n - a)
        b = b + 2
        d = step * d + b
        d = 1 / np.where(np.abs(d) < SMALLEST, SMALLEST, d)
        c = b + step / np.where(np.abs(c) < SMALLEST, SMALLEST, c)
        value = value * c * d
        if (np.abs(c * d - 1) < ENOUGH).all():
            break
    return value


def exact_limits(count: ArrayLike, outside: float = 0.05) -> tuple[Floats, Floats]:
    """The means that a count is compatible with: exact limits of Garwood (1936), by halving on the distribution.

    outside: how often, on both sides together, the limits miss. Under a count of zero the lower limit is zero.
    """
    k = np.asarray(count, np.float64)
    top = k + 10 * np.sqrt(k + 1) + 20
    upper = _where(lambda mean: poisson_share(k, mean) > outside / 2, np.zeros_like(k), top)
    lower = _where(lambda mean: 1 - poisson_share(k - 1, mean) < outside / 2, np.zeros_like(k), top)
    return np.where(k > 0, lower, 0.0), upper


def _where(below: object, low: Floats, high: Floats) -> Floats:
    """Where a condition that holds of small values, and of no large ones, ends."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        holds = below(middle)  # type: ignore[operator]
        low, high = np.where(holds, middle, low), np.where(holds, high, middle)
    return (low + high) / 2
