"""The chance of a target, from a projection's intervals and from what the figures are: shares, counts, rounded numbers.

A target can be met exactly: by a figure that rounds to it, by all of a denominator, by none. A bell curve gives that no
weight, so each figure is read as what it is. Everything here is an array, one entry an asked chance.
"""

import math
import warnings
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from scorecard.analysis.arrays import Flags, Floats
from scorecard.analysis.projection.distributions import count_share
from scorecard.analysis.projection.intervals import last_digit
from scorecard.analysis.projection.matrix import Matrix

NORMAL_80, NORMAL_95 = NormalDist().inv_cdf(0.90), NormalDist().inv_cdf(0.975)
"""How far a standard bell curve's 80 % and 95 % intervals reach (1.28 and 1.96)."""

SHARE_HALF_LIFE = 24.0
"""Months in which a past month loses half of its weight in the share of months that met a target."""

SMALL_COUNT = 20.0
"""A count projected under this is read from a distribution of whole numbers; over it a bell curve does as well."""

PAST_OF_COUNTS = 0.3
"""How much of a small count's chance is the share of past months."""

LEAST_SPREAD = 0.3
"""A count whose variance is under this share of its mean is no count of chance events: it is read as other figures."""

HARDLY_MOVES = 1.0
"""A series whose one-month spread is under so many of its smallest steps sits on a few figures: its past tells more."""

EXACT_FROM = 5
"""A figure with more decimals than this is not rounded, but exact."""

HAIR = 1e-9
"""Under this two figures are the same."""


class Projected(NamedTuple):
    """What is projected for the month asked about: the middle and the ends of its intervals."""

    middle: Floats
    low_80: Floats
    high_80: Floats
    low_95: Floats
    high_95: Floats


class Targets(NamedTuple):
    """The targets: lower and upper, NaN where open; strict: the number itself doesn't meet it."""

    lower: Floats
    upper: Floats
    strict: Flags


class Figures(NamedTuple):
    """What is known of the figures."""

    past: Matrix
    """Asked chance × months, aligned at the newest; NaN where there is none."""
    least: Floats
    most: Floats
    """What the figures can be at least and at most; infinite where open."""
    counted: Flags
    """Whether they count what happened in a month."""
    one: Floats
    """What one in the usual denominator is worth; NaN where there is none."""
    month_spread: Floats
    """How far the figure one month ahead may reach: half of its 80 % interval over NORMAL_80."""


def bell_chance(ahead: Projected, asked: Targets) -> Floats:
    """The chance where nothing is known but the projection; a value met exactly has no weight."""
    upper = np.where(np.isnan(asked.upper), np.inf, asked.upper)
    lower = np.where(np.isnan(asked.lower), -np.inf, asked.lower)
    return np.clip(_share_under(ahead, upper) - _share_under(ahead, lower), 0.0, 1.0)


def chance(ahead: Projected, asked: Targets, figures: Figures) -> Floats:
    """The chance of each target, the figures being read as what they are.

    1. Where the target is a bound of the figures (all in time; none at all), and where a series hardly moves and its
       past has been where it is projected (on a straight line it has not, and tells nothing of it): the share
       of its past months that met it, late ones counting more, as one of n: (n·share + 1)/(n + 2), Laplace's rule of
       succession, whose doubt shrinks as months are seen.
    2. A small count: the negative binomial distribution with the projection's mean and spread, the latter Poisson's at
       least; and, while that mean is one that past months have seen on either side, a part of their share as in 1, for
       the mean of few small counts is itself doubtful.
    3. Any other: the bell curve through the projection's intervals; each figure stands for half a step to either side
       of it, a step being one of its last digit, or one in its usual denominator where that is more.
    """
    step = smallest_step(figures)
    lower, upper = _edges(asked, step)
    at_most = lower + step / 2 >= figures.most - HAIR
    at_least = upper - step / 2 <= figures.least + HAIR
    lower = np.where(lower - step / 2 < figures.least, -np.inf, lower)
    upper = np.where(upper + step / 2 > figures.most, np.inf, upper)
    chances = np.clip(_share_under(ahead, upper) - _share_under(ahead, lower), 0.0, 1.0)
    variance = _spread(ahead) ** 2
    mean = np.maximum(ahead.middle, 1 / (_points(figures.past) + 1))
    small = figures.counted & (step == 1) & (mean < SMALL_COUNT) & (variance >= LEAST_SPREAD * mean)
    chances[small] = _counts_between(lower[small], upper[small], mean[small], variance[small])
    met = share_of_past(asked, figures.past)
    with np.errstate(invalid="ignore"):
        seen = (figures.past <= mean[:, None]).any(axis=1) & (figures.past >= mean[:, None]).any(axis=1)
    chances += np.where(small & seen, PAST_OF_COUNTS, 0.0) * (met - chances)
    certain = np.isinf(lower) & np.isinf(upper)
    from_past = at_most | at_least | ((figures.month_spread < HARDLY_MOVES * step) & _been_there(ahead, figures, step))
    return np.where(from_past & ~certain & (_points(figures.past) > 0), met, chances)


def _been_there(ahead: Projected, figures: Figures, step: Floats) -> Flags:
    """Whether past months lie on either side of the projection's middle, within half a step."""
    middle, half = ahead.middle[:, None], np.nan_to_num(step)[:, None] / 2 + HAIR
    with np.errstate(invalid="ignore"):
        under, over = figures.past <= middle + half, figures.past >= middle - half
    return np.asarray(under.any(axis=1) & over.any(axis=1), dtype=np.bool_)


def smallest_step(figures: Figures) -> Floats:
    """What the figures move by at least: one of the last digit, or one in the denominator; 0 where they are exact."""
    digit = last_digit(figures.past)
    return np.fmax(np.where(digit > 10.0**-EXACT_FROM, digit, 0.0), figures.one)


def usual(denominators: Matrix) -> Floats:
    """The median of each row's denominators; NaN where there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a row without any
        median: Floats = np.nanmedian(denominators, axis=1)
    return median


def share_of_past(asked: Targets, past: Matrix) -> Floats:
    """(n·share + 1)/(n + 2), the share being that of the n past months that met the target, late ones weighing more."""
    hair = np.where(asked.strict, -HAIR, HAIR)[:, None]
    with np.errstate(invalid="ignore"):
        met = ~(past < asked.lower[:, None] - hair) & ~(past > asked.upper[:, None] + hair)
    seen = np.isfinite(past)
    weight = seen * 0.5 ** (np.arange(past.shape[1])[::-1] / SHARE_HALF_LIFE)
    share = (weight * met).sum(axis=1) / np.maximum(weight.sum(axis=1), HAIR)
    points = _points(past)
    share_met: Floats = (points * share + 1) / (points + 2)
    return share_met


def _edges(asked: Targets, step: Floats) -> tuple[Floats, Floats]:
    """Half a step outside the outermost figures that meet each target; infinite where it is open."""
    width = np.where(step > 0, step, 1.0)
    up, down = np.ceil(asked.lower / width - HAIR) * width, np.floor(asked.lower / width + HAIR) * width
    lower = np.where(asked.strict, down + step / 2, up - step / 2)
    up, down = np.ceil(asked.upper / width - HAIR) * width, np.floor(asked.upper / width + HAIR) * width
    upper = np.where(asked.strict, up - step / 2, down + step / 2)
    lower, upper = np.where(step > 0, lower, asked.lower), np.where(step > 0, upper, asked.upper)
    return np.where(np.isnan(asked.lower), -np.inf, lower), np.where(np.isnan(asked.upper), np.inf, upper)


def _counts_between(lower: Floats, upper: Floats, mean: Floats, variance: Floats) -> Floats:
    """The chance of a count between two edges that lie half way between whole numbers."""
    most = np.where(np.isinf(upper), 1.0, count_share(np.where(np.isinf(upper), 0.0, upper), mean, variance))
    least = np.where(np.isinf(lower), 0.0, count_share(np.where(np.isinf(lower), 0.0, lower), mean, variance))
    between: Floats = np.clip(most - least, 0.0, 1.0)
    return between


def _spread(ahead: Projected) -> Floats:
    """The standard deviation of a bell curve with the projection's 80 % interval."""
    spread: Floats = np.maximum(ahead.middle - ahead.low_80, ahead.high_80 - ahead.middle) / NORMAL_80
    return spread


def _points(past: Matrix) -> Floats:
    points: Floats = np.isfinite(past).sum(axis=1).astype(np.float64)
    return points


def _share_under(ahead: Projected, value: Floats) -> Floats:
    """The share of the predictive distribution under a value.

    Between the middle, the 80 % and the 95 % interval, the distance is turned into a standard bell curve's by straight
    lines through 0, 1.28 and 1.96, and beyond by the last of them: a bell curve in the middle with wider tails. Where
    the two sides differ, as after clipping, the wider speaks for both.
    """
    inner = np.maximum(ahead.middle - ahead.low_80, ahead.high_80 - ahead.middle)
    outer = np.maximum(ahead.middle - ahead.low_95, ahead.high_95 - ahead.middle) - inner
    away = value - ahead.middle
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.nan_to_num(NORMAL_80 * np.abs(away) / inner, nan=0.0, posinf=np.inf)
        far = NORMAL_80 + (NORMAL_95 - NORMAL_80) * (np.abs(away) - inner) / outer
    bell = np.sign(away) * np.where(np.abs(away) <= inner, near, np.nan_to_num(far, nan=np.inf, posinf=np.inf))
    return np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in bell], dtype=np.float64)
