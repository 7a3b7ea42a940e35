"""How far may a share of so many stray? Limits for a month whose denominator is far from the usual one.

A binomial share with over-dispersion: the variance of a month's share is what its denominator gives, p(1 − p) ÷ n, and
what months differ by beyond that, whatever n is. The second part is what the moving ranges of usual months leave over
(as Laney's p′ chart asks of them: 'Improved control charts for attributes', Quality Engineering 14(4), 2002; added here
and not multiplied, for the ups and downs of a large month say little of a small one's).
"""

from __future__ import annotations

import numpy as np

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc.limits import MEAN_TO_LIMIT

# A denominator under half of the usual one (the median), or over twice it, is far from it.
FAR = 2.0
STANDARD_DEVIATIONS = 3.0
PERCENT = 100.0


def far_from_usual(denominator: Floats, series: Ints, count: int) -> Flags:
    """Which figures have a denominator under half, or over twice, their series' median.

    denominator: NaN where none is given. series: each figure's place, 0 … count − 1, in order.
    """
    usual = usual_denominator(denominator, series, count)[series]
    with np.errstate(invalid="ignore"):
        return np.asarray((denominator > 0) & ((denominator * FAR < usual) | (denominator > FAR * usual)))


def usual_denominator(denominator: Floats, series: Ints, count: int) -> Floats:
    """The median of each series' denominators; NaN where it has none."""
    known = np.flatnonzero(denominator > 0)
    order = known[np.lexsort((denominator[known], series[known]))]
    counts = np.bincount(series[order], minlength=count)
    first = np.cumsum(counts) - counts
    middle = [first + (counts - 1) // 2, first + counts // 2]
    values = [np.append(denominator[order], np.nan)[np.where(counts > 0, index, -1)] for index in middle]
    return np.asarray((values[0] + values[1]) / 2)


def times_as_wide(value: Floats, denominator: Floats, series: Ints, count: int, joined: Flags) -> Floats:
    """How many times as wide as usual the limits of each figure are: 1 where its denominator is not far from usual.

    value: percentages. joined: is a figure the next period after the one before it, in the same segment?
    """
    far = far_from_usual(denominator, series, count)
    denominators = np.where(denominator > 0, denominator, 0.0)
    of_all = np.bincount(series, denominators, count)
    share = (np.bincount(series, value / PERCENT * denominators, count) + 1) / (of_all + 2)
    by_chance = PERCENT**2 * share * (1 - share)
    usual = by_chance / usual_denominator(denominator, series, count)
    seen = _variance_of_ranges(value, series, count, joined, far)
    beyond = np.maximum(seen - usual, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = beyond[series] + by_chance[series] / denominator
        return np.where(far, np.sqrt(own / np.where(seen > 0, seen, usual)[series]), 1.0)


def _variance_of_ranges(value: Floats, series: Ints, count: int, joined: Flags, far: Flags) -> Floats:
    """The variance that the moving ranges between figures on usual denominators speak of; 0 where there are none."""
    both = joined & ~far & ~np.append(False, far[:-1])[: len(far)]
    ranges = np.abs(np.diff(value, prepend=np.nan))
    number = np.bincount(series[both], minlength=count)
    average = np.bincount(series[both], ranges[both], count) / np.maximum(number, 1)
    return np.asarray((average * MEAN_TO_LIMIT / STANDARD_DEVIATIONS) ** 2)
