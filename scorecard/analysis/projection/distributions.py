"""Shares and quantiles of the few distributions that chances and intervals are drawn from, all by one function.

Student's t, the beta, the binomial and the negative binomial distribution are each the regularised incomplete beta
function of a fitting argument (Abramowitz and Stegun 1964, Handbook of Mathematical Functions, §26.5). It is summed
here, for a whole library would come along for it.
"""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from scorecard.analysis.arrays import Floats

TERMS = 300
"""Steps of the continued fraction at most; it has converged in O(√max(a, b)) of them."""

ENOUGH = 1e-13
"""Relative change of a step at which the fraction counts as converged."""

SMALLEST = 1e-300
"""What a denominator of the fraction is kept from nought by (Lentz's method)."""

_log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])


def beta_share(share: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """The share of a beta distribution with shapes a, b > 0 that lies under `share` (0 to 1): I_x(a, b), elementwise.

    By the continued fraction of Abramowitz and Stegun 26.5.8, from whichever tail it converges on. Abscissae outside 0
    to 1 count as 0 or 1.
    """
    x, a, b = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (share, a, b)))
    x = np.clip(x, 0.0, 1.0)
    turned = x > (a + 1) / (a + b + 2)
    x, a, b = np.where(turned, 1 - x, x), np.where(turned, b, a), np.where(turned, a, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_front = _log_gamma(a + b) - _log_gamma(a) - _log_gamma(b) + a * np.log(x) + b * np.log1p(-x)
    out: Floats = np.where(x > 0, np.exp(log_front) / a * _fraction(x, a, b), 0.0)
    return np.clip(np.where(turned, 1 - out, out), 0.0, 1.0)


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The continued fraction of the incomplete beta function, by the modified method of Lentz (1976)."""
    c = np.ones_like(x)
    d = 1 / _away(1 - (a + b) * x / (a + 1))
    value = d.copy()
    for m in range(1, TERMS + 1):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away(1 + step * d)
            c = _away(1 + step / c)
            value = value * c * d
        if (np.abs(c * d - 1) < ENOUGH).all():
            break
    return value


def _away(value: Floats) -> Floats:
    """The value, kept from zero."""
    return np.where(np.abs(value) < SMALLEST, SMALLEST, value)


def student_quantile(share: float, freedom: ArrayLike) -> Floats:
    """The value that `share` of Student's t distribution lies under, for each number of degrees of freedom.

    Fisher and Cornish's expansion round the normal quantile, to its fourth term (Abramowitz and Stegun 26.7.5): within
    0.13 % of the tables from three degrees of freedom on.
    """
    x, freedom = NormalDist().inv_cdf(share), np.asarray(freedom, dtype=np.float64)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    quantile = np.full_like(freedom, x)
    for power, term in enumerate(terms, start=1):
        quantile += term / freedom**power
    return quantile


def count_share(count: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Floats:
    """The share of counts at or under `count`: negative binomial of this mean and variance, elementwise.

    P(X ≤ k) = I_p(r, ⌊k⌋ + 1) with p = mean/variance and r = mean·p/(1 − p) (A&S 26.5.26). A variance under a hair over
    the mean counts as that: the distribution is then Poisson's to four digits.
    """
    count, mean = np.floor(np.asarray(count, dtype=np.float64)), np.asarray(mean, dtype=np.float64)
    p = mean / np.maximum(np.asarray(variance, dtype=np.float64), mean * NEARLY_POISSON)
    share = beta_share(p, mean * p / (1 - p), np.maximum(count, 0.0) + 1)
    return np.where(count < 0, 0.0, share)


NEARLY_POISSON = 1.0001
"""Variance over mean from which a negative binomial is told from Poisson's distribution."""
