"""Since when: how long the run that a signal names has lasted, up to each series' last figure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints, month_numbers, same
from scorecard.analysis.spc import rules
from scorecard.analysis.spc.rules import FEWEST_OF_A_RUN, directions, special_causes
from scorecard.analysis.spc.series import follows

COLUMNS = (
    "special_cause", "signal_cause", "signal_up", "run_points", "run_since", "also_cause", "also_points", "mean",
    "lower_limit", "upper_limit",
)  # fmt: skip
KEPT = ("special_cause", "mean", "lower_limit", "upper_limit", "period_end")


def last_points(points: pd.DataFrame) -> pd.DataFrame:
    """The last point with a value of each series, what it signals, and how long that has lasted.

    points: spc.Spc.points, sorted by measure and month, one area. Returns, indexed by measure_id: special_cause, mean,
    lower_limit, upper_limit, period_end (of that point); signal_cause (the rule that tells most: a run that has lasted
    says more than that its last point is far out; common_cause where nothing signals) and signal_up (it points up);
    run_points (how many points, one period after the other, the rise, the fall or the time on one side of the mean has
    lasted, or the time outside the limit; else the rule's window, 1 for no signal); run_since (the month of the first
    of them); also_cause and also_points (a run the other way that the point is in too: a fall, still above the mean;
    <NA> where there is none).
    """
    value = points["value"].to_numpy(dtype=np.float64)
    measure, names = pd.factorize(points["measure_id"])
    rows = np.flatnonzero(~np.isnan(value))
    last = rows[np.append(measure[rows][1:] != measure[rows][:-1], True)[: len(rows)]]
    cause = points["special_cause"].array.take(last).astype(object).astype(str)
    lengths = {key: run[last] for key, run in _lengths(points, value, measure).items()}
    signal_causes, run = cause.astype(object), np.ones(len(last), dtype=np.int64)
    also, also_run = np.full(len(last), None, dtype=object), np.zeros(len(last), dtype=np.int64)
    way = dict(zip(special_causes(), directions(), strict=True))
    direction = np.array([way[word] for word in cause], dtype=np.int8)
    for rule in rules.RULES:
        run = np.where(np.isin(cause, (rule.high, rule.low)), rule.window, run)
    run = np.where(cause == rules.OUTSIDE.high, lengths["outside", 1], run)
    run = np.where(cause == rules.OUTSIDE.low, lengths["outside", -1], run)
    for rule in (rule for rule in reversed(rules.RULES) if rule.run):
        for word, side in ((rule.high, 1), (rule.low, -1)):
            length = lengths[str(rule.run), side]
            lasted = length >= FEWEST_OF_A_RUN[str(rule.run)]
            signal_causes = np.where(lasted & (direction == side), word, signal_causes)
            run = np.where(lasted & (direction == side), length, run)
            also = np.where(lasted & (direction == -side), word, also)
            also_run = np.where(lasted & (direction == -side), length, also_run)
    columns = {name: points[name].array.take(last) for name in KEPT}
    columns |= {
        "signal_cause": pd.array(signal_causes, dtype="str"),
        "signal_up": direction > 0,
        "run_points": run,
        "run_since": points["period_end"].array.take(np.maximum(last - run + 1, 0)),
        "also_cause": pd.array(also, dtype="str"),
        "also_points": pd.array(also_run, dtype="Int64"),
    }
    return pd.DataFrame(columns, index=names.take(measure[last]))


def part_of_a_trend(points: pd.DataFrame) -> dict[int, Flags]:
    """Which points are part of a rise (1) or a fall (−1) long enough for the rule, whatever rule names them.

    points: as of last_points.
    """
    value, (measure, _) = points["value"].to_numpy(dtype=np.float64), pd.factorize(points["measure_id"])
    going_on = _going_on(points, value, measure)
    return {way: rules.in_a_run(going_on["steps", way], rules.TREND_POINTS) for way in (1, -1)}


def _lengths(points: pd.DataFrame, value: Floats, measure: Ints) -> dict[tuple[str, int], Ints]:
    """At each row, how many points in a row rise (steps, 1), fall (steps, −1), lie above or below the mean (side) or
    outside the upper or the lower limit (outside).
    """
    return {key: _run_length(flags) for key, flags in _going_on(points, value, measure).items()}


def _going_on(points: pd.DataFrame, value: Floats, measure: Ints) -> dict[tuple[str, int], Flags]:
    """At each row, whether it carries on what went on at the row before; by what goes on, as in _lengths."""
    segment = points["segment"].to_numpy()
    starts = np.append(True, (measure[1:] != measure[:-1]) | (segment[1:] != segment[:-1]))[: len(value)]
    before = np.append(np.nan, value[:-1])[: len(value)]
    joined = follows(month_numbers(points["period_end"]), np.flatnonzero(starts)) & ~np.isnan(value - before)
    step = np.where(same(value, before), 0.0, value - before)
    mean = points["mean"].to_numpy(dtype=np.float64)
    side = np.where(same(value, mean), 0.0, value - mean)
    side_before = np.append(np.nan, side[:-1])[: len(side)]
    special = (points["special_cause"] == word for word in (rules.OUTSIDE.high, rules.OUTSIDE.low))
    above, below = (flags.to_numpy(dtype=bool, na_value=False) for flags in special)
    above_before, below_before = (np.append(False, flags[:-1])[: len(flags)] for flags in (above, below))
    return {
        ("steps", 1): joined & (step > 0),
        ("steps", -1): joined & (step < 0),
        ("side", 1): joined & (side > 0) & (side_before > 0),
        ("side", -1): joined & (side < 0) & (side_before < 0),
        ("outside", 1): joined & above & above_before,
        ("outside", -1): joined & below & below_before,
    }


def _run_length(goes_on: Flags) -> Ints:
    """At each row, how many rows since the last at which nothing went on, that one counted."""
    here = np.arange(len(goes_on))
    return np.asarray(here - np.maximum.accumulate(np.where(goes_on, 0, here)) + 1, dtype=np.int64)
