"""Where is the mean, and where are the limits? One answer a segment, for all segments at once.

A segment is a stretch of a series between rebases. The vectors are flat: `value` holds the points (no missing
values) of all segments end to end, `starts` the place of each segment's first point.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc.rules import Evidence, Signs

# Three standard deviations in average moving ranges: 3 / d2, d2 = 1.128 for ranges of two (Shewhart; Nelson,
# 'Control Charts for Individual Measurements', Journal of Quality Technology 14(3), 1982).
MEAN_TO_LIMIT = 2.66
# The upper limit of a moving range in average moving ranges: D4 for ranges of two (Nelson, 1982). A range at
# or beyond it is itself special and is left out before the average is taken again.
SCREEN = 3.267
# Two of the three standard deviations (Making Data Count's 'close to the limit').
NEAR_LIMIT = 2 / 3
# Limits may be fixed on a segment's first points only where there are this many (NHSRplotthedots' least).
FIX_AFTER_LEAST = 12
# Two figures no further apart than this share of the segment's largest figure are the same: it is 16 times
# the relative precision of a double, more than adding up a segment costs and far less than any digit printed.
TIE = 2.0**-48


@dataclass(frozen=True)
class Segments:
    """The points of all segments, end to end, and what stands for each segment (one entry a segment)."""

    value: Floats
    starts: Ints
    counts: Ints
    joined: Flags  # a point: is it the next period after the point before it, in the same segment?
    screen_outliers: Flags  # a segment
    fix_after: Ints  # a segment; len(value) or more where nothing is fixed

    def spread(self, of_segment: Floats) -> Floats:
        """One figure a segment → the same figure at each of its points."""
        return np.repeat(of_segment, self.counts)

    def total(self, of_point: npt.NDArray[np.generic]) -> Floats:
        """The sum of a figure over each segment's points."""
        return np.add.reduceat(of_point, self.starts, dtype=np.float64)


@dataclass(frozen=True)
class Limits:
    """One entry a segment, in the measure's unit. Limits are NaN where no moving range is left to average."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    tie: Floats  # figures this close together are the same


def limits_of(segments: Segments) -> Limits:
    """Mean ± 2.66 average moving ranges, screened and fixed as each segment asks (XmR, Shewhart; Wheeler)."""
    base = baseline(segments)
    mean = mean_of(segments, base)
    tie = tie_of(segments)
    average = average_moving_range(segments, base, tie)
    to_limit = MEAN_TO_LIMIT * average
    return Limits(
        mean=mean,
        lower=mean - to_limit,
        upper=mean + to_limit,
        near_lower=mean - NEAR_LIMIT * to_limit,
        near_upper=mean + NEAR_LIMIT * to_limit,
        tie=tie,
    )


def baseline(segments: Segments) -> Flags | None:
    """The points that mean and ranges rest on: each segment's first `fix_after`; None: all of them."""
    if bool(np.all(segments.fix_after >= segments.counts)):
        return None
    position = np.arange(len(segments.value)) - np.repeat(segments.starts, segments.counts)
    return np.asarray(position < np.repeat(segments.fix_after, segments.counts), dtype=np.bool_)


def mean_of(segments: Segments, base: Flags | None) -> Floats:
    """The mean of each segment's baseline, added up twice so that it is exact to the last bit or so.

    The second pass adds the mean of what the first one left over: the running sum's rounding goes.
    """
    value = segments.value
    count = segments.counts if base is None else segments.total(base)
    first = segments.total(value if base is None else np.where(base, value, 0.0)) / count
    left_over = value - segments.spread(first)
    second = segments.total(left_over if base is None else np.where(base, left_over, 0.0)) / count
    return np.asarray(first + second)


def average_moving_range(segments: Segments, base: Flags | None, tie: Floats) -> Floats:
    """The average |difference of joined points| of each segment's baseline, screened; NaN: none left."""
    spread_tie = segments.spread(tie)
    ranges = np.abs(np.diff(segments.value, prepend=0.0))
    ranges[ranges <= spread_tie] = 0.0
    counted = segments.joined if base is None else segments.joined & base
    average = _average(segments, ranges, counted)
    highest = np.where(segments.screen_outliers, SCREEN * average, np.inf)
    within = counted & (segments.spread(highest) - ranges > spread_tie)
    return _average(segments, ranges, within)


def _average(segments: Segments, figure: Floats, counted: Flags) -> Floats:
    total, count = segments.total(np.where(counted, figure, 0.0)), segments.total(counted)
    return _ratio(total, count, count > 0)


def _ratio(part: Floats, whole: Floats, where: Flags) -> Floats:
    """Part ÷ whole, NaN elsewhere."""
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=where))


def evidence_of(segments: Segments, limits: Limits) -> Evidence:
    """Where each point stands: against the point before it, the mean and the limits. Ties are level, or inside."""
    value, tie = segments.value, segments.spread(limits.tie)
    from_mean = value - segments.spread(limits.mean)
    step = np.where(segments.joined, np.diff(value, prepend=0.0), 0.0)
    return Evidence(
        joined=segments.joined,
        step=_sign(step, tie),
        side=_sign(from_mean, tie),
        above_limit=value - segments.spread(limits.upper) > tie,
        below_limit=segments.spread(limits.lower) - value > tie,
        above_near_limit=value - segments.spread(limits.near_upper) > tie,
        below_near_limit=segments.spread(limits.near_lower) - value > tie,
    )


def _sign(figure: Floats, tie: Floats) -> Signs:
    return (figure > tie).view(np.int8) - (figure < -tie).view(np.int8)


def lag_one_autocorrelation(segments: Segments) -> Floats:
    """How far each segment's points lean on the point before: r1, from −1 to 1; NaN where nothing varies.

    r1 = Σ (x[i] − mean)(x[i−1] − mean) over joined points ÷ Σ (x[i] − mean)² (Box, Jenkins & Reinsel, Time
    Series Analysis, 'estimation of the autocorrelation function'). It takes the mean of all the segment's
    points, whatever the limits rest on.
    """
    deviation = segments.value - segments.spread(mean_of(segments, None))
    largest = np.maximum.reduceat(np.abs(deviation), segments.starts)
    varies = largest > tie_of(segments)
    deviation /= segments.spread(np.where(varies, largest, 1.0))  # r1 has no unit: this only keeps squares small
    with_previous = np.zeros_like(deviation)
    with_previous[1:] = deviation[1:] * deviation[:-1]
    together = segments.total(np.where(segments.joined, with_previous, 0.0))
    return _ratio(together, segments.total(deviation**2), varies)


def tie_of(segments: Segments) -> Floats:
    """How close together two figures of a segment are the same."""
    return np.asarray(TIE * np.maximum.reduceat(np.abs(segments.value), segments.starts))
