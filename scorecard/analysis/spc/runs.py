"""Since when: how long the run that a signal names has lasted, up to each series' last figure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.series import Flags, Floats, Ints, month_numbers
from scorecard.analysis.assessment.target import same
from scorecard.analysis.spc.series import follows

COLUMNS = ("special_cause", "run_points", "run_since", "mean", "lower_limit", "upper_limit")
KEPT = ("special_cause", "mean", "lower_limit", "upper_limit", "period_end")
TWO_OF_THREE = 3  # the window of that rule


def last_points(points: pd.DataFrame) -> pd.DataFrame:
    """The last point with a value of each series, and how long what it signals has lasted.

    points: spc.Spc.points, sorted by measure and month, one area. Returns, indexed by measure_id: special_cause, mean,
    lower_limit, upper_limit, period_end (of that point); run_points (how many points, one period after
    the other, the rise, the fall or the time on one side of the mean has lasted; 1 for a point outside a limit or no
    signal, 3 for two of three); run_since (the month of the first of them).
    """
    value = points["value"].to_numpy(dtype=np.float64)
    measure, names = pd.factorize(points["measure_id"])
    rows = np.flatnonzero(~np.isnan(value))
    last = rows[np.append(measure[rows][1:] != measure[rows][:-1], True)[: len(rows)]]
    cause = points["special_cause"].array.take(last).astype(object).astype(str)
    lengths = _lengths(points, value, measure)
    ways = {"trend_up": 0, "trend_down": 1, "shift_high": 2, "shift_low": 3}
    run = np.ones(len(last), dtype=np.int64)
    for name, which in ways.items():
        run = np.where(cause == name, lengths[which][last], run)
    run = np.where(np.char.startswith(cause, "two_of_three"), TWO_OF_THREE, run) if len(last) else run
    columns = {name: points[name].array.take(last) for name in KEPT}
    columns |= {"run_points": run, "run_since": points["period_end"].array.take(np.maximum(last - run + 1, 0))}
    return pd.DataFrame(columns, index=names.take(measure[last]))


def _lengths(points: pd.DataFrame, value: Floats, measure: Ints) -> tuple[Ints, ...]:
    """At each row, how many points in a row rise, fall, lie above the mean, lie below it."""
    segment = points["segment"].to_numpy()
    starts = np.append(True, (measure[1:] != measure[:-1]) | (segment[1:] != segment[:-1]))[: len(value)]
    before = np.append(np.nan, value[:-1])[: len(value)]
    joined = follows(month_numbers(points["period_end"]), np.flatnonzero(starts)) & ~np.isnan(value - before)
    step = np.where(same(value, before), 0.0, value - before)
    mean = points["mean"].to_numpy(dtype=np.float64)
    side = np.where(same(value, mean), 0.0, value - mean)
    side_before = np.append(np.nan, side[:-1])[: len(side)]
    going_on: tuple[Flags, ...] = (
        joined & (step > 0),
        joined & (step < 0),
        joined & (side > 0) & (side_before > 0),
        joined & (side < 0) & (side_before < 0),
    )
    return tuple(_run_length(flags) for flags in going_on)


def _run_length(goes_on: Flags) -> Ints:
    """At each row, how many rows since the last at which nothing went on, that one counted."""
    here = np.arange(len(goes_on))
    return np.asarray(here - np.maximum.accumulate(np.where(goes_on, 0, here)) + 1, dtype=np.int64)
