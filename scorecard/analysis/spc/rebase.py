"""Has a shift come to stay? Where it has, a date to rebase from is proposed: people decide.

Making Data Count gives no formula for recalculating limits: it is a judgement, made when the chart no longer
tells the present story, and best when the reason for the change is known. So this only finds the candidates,
with their evidence; a rebase itself is an entry that a role agrees to.
"""

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc.limits import TIE, Segments, evidence_of, limits_of
from scorecard.analysis.spc.rules import Signs, shift, trend
from scorecard.analysis.spc.series import Calendar, follows
from scorecard.analysis.spc.slope import about_best_step, straight_line

# Fewer points would give limits that may not be shown (spc.PROVISIONAL_FROM). NHSRplotthedots' vignette 'Number
# of points required' says the same: limits revised from the start of a run stay trial limits until 12 points.
SUSTAINED_POINTS = 12
# A run that still rises or falls, or a segment that a straight line tells better than one step, has no settled level.
# The slope's t over its standard error: beyond this about 1 settled run in 20 is taken for one on the move.
SLOPE_OF_A_RUN = 2.0


def suggest_rebase(points: pd.DataFrame) -> pd.DataFrame:
    """Propose a rebase where the last SUSTAINED_POINTS or more points stand, unbroken, on one side of the mean.

    In: `points` of spc.analyse, in its order. Only each series' last segment is looked at, and only a run that
    still goes on at its last value. A run that, judged as a segment of its own, still has a trend, a shift or a
    slope in it is on the move, and new limits would soon be as wrong as the old: it isn't proposed. Nor is one
    whose segment a straight line tells better than the step: on a line every later half lies above the mean.

    Out, a row a proposal: measure_id, area, rebase_from (the period_end of the run's first point), direction
    (shift_high | shift_low), points_since (points in the run), mean_before (of the segment's points before the
    run), mean_since (of the run's), both in the measure's unit. Empty where nothing is proposed.
    """
    has_value = points["value"].notna().to_numpy()
    rows = points[has_value].reset_index(drop=True)
    value = rows["value"].to_numpy(dtype=np.float64)
    new_series = _changes(rows, "measure_id", "area")
    segment_starts = np.flatnonzero(new_series | _changes(rows, "segment"))
    side = _sides(value, rows["mean"].to_numpy(dtype=np.float64), segment_starts)
    run_starts = np.flatnonzero(~_joined(points, has_value) | (np.diff(side, prepend=0) != 0))
    run_ends = np.append(run_starts[1:], len(rows))

    last_points = np.append(np.flatnonzero(new_series)[1:], len(rows))[: new_series.sum()] - 1
    last_runs = np.searchsorted(run_starts, last_points, side="right") - 1
    sustained = run_ends[last_runs] - run_starts[last_runs] >= SUSTAINED_POINTS
    runs = last_runs[sustained & (side[last_points] != 0)]
    starts, counts = run_starts[runs], run_ends[runs] - run_starts[runs]
    segment = segment_starts[np.searchsorted(segment_starts, starts, side="right") - 1]
    keep = _has_settled(value, starts, counts) & _stands_level(value, segment, starts, counts)
    starts, counts, segment = starts[keep], counts[keep], segment[keep]
    return pd.DataFrame(
        {
            "measure_id": rows["measure_id"].take(starts).array,
            "area": rows["area"].take(starts).array,
            "rebase_from": rows["period_end"].take(starts).array,
            "direction": pd.array(np.where(side[starts] > 0, "shift_high", "shift_low"), dtype="string"),
            "points_since": counts,
            "mean_before": _mean(value, segment, starts - segment),
            "mean_since": _mean(value, starts, counts),
        }
    )


def _changes(rows: pd.DataFrame, *names: str) -> Flags:
    """Where one of these columns differs from the row before; the first row does."""
    changes = np.zeros(len(rows), dtype=np.bool_)
    changes[:1] = True
    for name in names:
        values = rows[name].array
        changes[1:] |= np.asarray(values[1:] != values[:-1], dtype=np.bool_)
    return changes


def _sides(value: Floats, mean: Floats, segment_starts: Ints) -> Signs:
    largest = np.maximum.reduceat(np.abs(value), segment_starts)
    tie = TIE * np.repeat(largest, np.diff(np.append(segment_starts, len(value))))
    return np.asarray(np.where(np.abs(value - mean) > tie, np.sign(value - mean), 0), dtype=np.int8)


def _joined(points: pd.DataFrame, has_value: Flags) -> Flags:
    """Of the points with a value: is each the next period after the one before it, in the same segment?"""
    day = points["period_end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    calendar = Calendar(int(day.min(initial=2**31)), int(day.max(initial=-(2**31))))
    joined = follows(calendar.months(day), np.flatnonzero(_changes(points, "measure_id", "area", "segment")))
    joined[1:] &= has_value[:-1]
    return joined[has_value]


def _has_settled(value: Floats, starts: Ints, counts: Ints) -> Flags:
    """Judged as a segment of its own, has each run neither a trend nor a shift?"""
    ends = np.cumsum(counts)
    own_starts = ends - counts
    joined = np.ones(int(counts.sum()), dtype=np.bool_)
    joined[own_starts] = False
    runs = Segments(
        value=value[np.repeat(starts - own_starts, counts) + np.arange(len(joined))],
        starts=own_starts,
        counts=counts,
        joined=joined,
        screen_outliers=np.ones(len(counts), dtype=np.bool_),
        fix_after=counts,
    )
    evidence = evidence_of(runs, limits_of(runs))
    moving = np.logical_or.reduce([*trend(evidence), *shift(evidence)])
    return np.asarray(runs.total(moving) == 0, dtype=np.bool_)


def _stands_level(value: Floats, segment: Ints, starts: Ints, counts: Ints) -> Flags:
    """Has each run no slope of its own, and does a step tell its segment better than a straight line does?

    segment: where the segment of each run starts; the run is the rest of it.
    """
    lengths = starts - segment + counts
    run, whole = straight_line(value, starts, counts), straight_line(value, segment, lengths)
    stepped = about_best_step(value, segment, lengths)
    return np.asarray((np.abs(run.t) <= SLOPE_OF_A_RUN) & (stepped <= whole.about_line), dtype=np.bool_)


def _mean(value: Floats, starts: Ints, counts: Ints) -> Floats:
    """The mean of so many values from each start."""
    bounds = np.column_stack([starts, starts + counts]).ravel()
    return np.asarray(np.add.reduceat(np.append(value, 0.0), bounds)[::2] / counts)
