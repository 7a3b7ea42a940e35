"""One step in the level that nobody has rebased: found, and told from a trend and from a season."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorecard.analysis.arrays import Flags
from scorecard.analysis.projection.matrix import MOST_LEANING, Matrix, last_of_running_sum

SHORTEST_SIDE = 4
"""Figures that either level must have where the series is best parted: fewer may be an accident, and are no step."""

DOUBT = 2.0
"""What a step must outdo a straight line by, in logarithms of likelihood: so many times the logarithm of the number of
figures, as Schwarz (1978) counts a parameter (a half each), for a step may stand anywhere and be searched for."""

MOST_SLOPE = 2.0
"""Standard errors of its slope up to which the level after a step has settled: what rises or falls since is on its way,
and no level. (`spc.rebase` asks the same of a shift before limits are drawn anew.)"""


class Levelled(NamedTuple):
    """Series as if each had always been at its last level."""

    values: Matrix
    """Series × months: the figures before the step moved by it."""
    step: Matrix
    """By how much, a series; 0 where no step was found."""
    start: NDArray[np.intp]
    """The column of the first figure after the step."""


def levelled(series: Matrix) -> Levelled:
    """Each series with its one step taken out, as far as the evidence goes that it is a step and no straight line.

    Two levels, the best of all months to part them at, are set against the least-squares line: both by their sums of
    squares, S₂ and S₁, the logarithm of the likelihood ratio being n/2·log(S₁/S₂). What the two levels leave over may
    lean from month to month (r, taken as 0 to 0.95): n then counts for n·(1 − r)/(1 + r), a wander being full of steps.
    Less DOUBT·log n it is the evidence e, and the share 1/(1 + exp(−e)) of the step is taken out: a series doesn't flip
    from one reading to the other. Where the figures since rise or fall as a line does nothing is taken out.
    """
    seen = np.isfinite(series)
    points = seen.sum(axis=1).astype(np.float64)
    centre = np.where(seen, series, 0.0).cumsum(axis=1)[:, [-1]] / points[:, None]
    value = np.where(seen, series - centre, 0.0)
    time = np.where(seen, np.arange(series.shape[1]) - series.shape[1], 0.0)
    n, v, t = seen.cumsum(axis=1), value.cumsum(axis=1), time.cumsum(axis=1)
    total = (value * value).cumsum(axis=1)[:, -1]
    spread = (time * time).cumsum(axis=1)[:, -1] - t[:, -1] ** 2 / points
    both = (time * value).cumsum(axis=1)[:, -1] - t[:, -1] * v[:, -1] / points
    line = np.maximum(total - both**2 / np.where(spread > 0, spread, 1.0), 0.0)
    after = points[:, None] - n
    parted = (n >= 1) & (after >= 1)
    explained = np.where(parted, v * v / np.maximum(n, 1) + (v[:, [-1]] - v) ** 2 / np.maximum(after, 1), -1.0)
    best = explained.argmax(axis=1)
    rows = np.arange(len(series))
    long_enough = np.minimum(n[rows, best], after[rows, best]) >= SHORTEST_SIDE
    split = np.maximum(total - explained[rows, best], 0.0)
    before, since = n[rows, best], after[rows, best]
    level_before, level_since = v[rows, best] / np.maximum(before, 1), (v[:, -1] - v[rows, best]) / np.maximum(since, 1)
    step = level_since - level_before
    early = np.arange(series.shape[1]) <= best[:, None]
    left = np.where(seen, value - np.where(early, level_before[:, None], level_since[:, None]), 0.0)
    has_settled = _settled(np.where(seen & ~early, left, 0.0), time, seen & ~early)
    leaning = (left[:, 1:] * left[:, :-1]).cumsum(axis=1)[:, -1]
    lean = np.clip(leaning / np.where(split > 0, split, 1.0), 0.0, MOST_LEANING)
    tiny = np.finfo(np.float64).tiny + NO_NOISE * total
    alone = points * (1 - lean) / (1 + lean)
    evidence = alone / 2 * np.log((line + tiny) / (split + tiny)) - DOUBT * np.log(points)
    share = np.where(long_enough & has_settled, 1 / (1 + np.exp(-np.clip(evidence, -500, 500))), 0.0)
    step = np.where(share > HARDLY, share * step, 0.0)
    return Levelled(series + np.where(early, step[:, None], 0.0), step, best + 1)


def _settled(left: Matrix, time: Matrix, since: Flags) -> Flags:
    """Whether the figures since a step lie on no slope, a series. left: what they differ from their mean by."""
    points = since.cumsum(axis=1)[:, -1]
    middle = last_of_running_sum(np.where(since, time, 0.0)) / np.maximum(points, 1)
    away = np.where(since, time - middle[:, None], 0.0)
    spread = last_of_running_sum(away * away)
    spread = np.where(spread > 0, spread, 1.0)
    slope = last_of_running_sum(away * left) / spread
    over = np.where(since, left - slope[:, None] * away, 0.0)
    variance = last_of_running_sum(over * over) / np.maximum(points - 2, 1) / spread
    settled: Flags = slope * slope <= MOST_SLOPE**2 * variance
    return settled


NO_NOISE = 1e-12
"""Share of all its squares under which a series' left-over squares count as nought."""

HARDLY = 0.01
"""A share of evidence under this takes nothing out: most series have no step, and keep their own digits."""
