"""A straight line or a step: which tells a stretch of figures better? Least squares, for all stretches at once."""

from typing import NamedTuple

import numpy as np

from scorecard.analysis.arrays import Floats, Ints
from scorecard.analysis.spc.limits import TIE

# A stretch's slope over its standard error: beyond this fewer than 1 stable series in 200 is said to be on the move.
SLOPE_OF_A_SEGMENT = 3.0


class StraightLine(NamedTuple):
    """The best straight line through each stretch, one entry a stretch.

    slope: units a figure. t: the slope ÷ its standard error (0 where nothing varies; ±∞ where the line is exact).
    about_mean, about_line: the squared distances from the mean and from the line, added up. NaN slope and t: under
    three figures.
    """

    slope: Floats
    t: Floats
    about_mean: Floats
    about_line: Floats


def straight_line(value: Floats, starts: Ints, counts: Ints) -> StraightLine:
    """The least-squares line through so many figures from each start; the figures are taken as evenly spaced.

    In: value (no gaps), starts (places in it), counts (1 or more). Stretches may overlap.
    """
    figure, own = _end_to_end(value, starts, counts)
    position = np.arange(len(figure)) - np.repeat(own, counts)
    tie = TIE * _total(figure**2, own)
    figure = figure - np.repeat(_total(figure, own) / np.maximum(counts, 1), counts)
    time = np.asarray(position - np.repeat((counts - 1) / 2, counts), dtype=np.float64)
    about_mean, along, squares = _total(figure**2, own), _total(figure * time, own), _total(time**2, own)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(counts > 2, along / squares, np.nan)
        about_line = np.where(counts > 2, np.maximum(about_mean - along**2 / squares, 0.0), about_mean)
        about_line = np.where(about_line <= tie, 0.0, about_line)
        t = slope / np.sqrt(about_line / (counts - 2) / squares)
    level = about_mean <= tie
    return StraightLine(slope, np.where(level & (counts > 2), 0.0, t), about_mean, about_line)


def about_best_step(value: Floats, starts: Ints, counts: Ints) -> Floats:
    """Of each stretch the squared distances from the two levels of its best single step, added up. In: as above."""
    figure, own = _end_to_end(value, starts, counts)
    position = np.arange(len(figure)) - np.repeat(own, counts)
    figure = figure - np.repeat(_total(figure, own) / np.maximum(counts, 1), counts)
    so_far = np.cumsum(figure)
    before = so_far - figure  # of this stretch, for those before it add up to nothing
    length = np.repeat(counts, counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        gained = np.where(position > 0, before**2 * length / (position * (length - position)), 0.0)
    best = np.maximum.reduceat(gained, own) if len(own) else np.zeros(0)
    return np.asarray(np.maximum(_total(figure**2, own) - best, 0.0))


def _end_to_end(value: Floats, starts: Ints, counts: Ints) -> tuple[Floats, Ints]:
    """The figures of all stretches one after the other, and where each stretch starts among them."""
    own = np.cumsum(counts) - counts
    return value[np.repeat(starts - own, counts) + np.arange(int(counts.sum()))], own


def _total(of_point: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(of_point, starts) if len(starts) else np.zeros(0)
