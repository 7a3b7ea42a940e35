"""Trajectory: the straight line from the plan's July 2020 actual to a target that has a date."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.target import SAME_FIGURE, distance, edge

NO_TARGET = "there is no target"
NO_DATE = "the plan gives the target no date"
NO_START = "the plan gives no July 2020 figure to start from"
MET_AT_START = "the target was met in July 2020"
DATE_PASSED_AT_START = "the target's date had passed by July 2020"
RESTARTS = "the count starts anew each year"


def months_between(earlier: pd.Series, later: pd.Series) -> pd.Series:
    """Whole months from one column of month ends to another; NaN where either is missing."""
    months: pd.Series = (later.dt.year - earlier.dt.year) * 12 + (later.dt.month - earlier.dt.month)
    return months.astype("float64")


def path_value(
    month: pd.Series, start: pd.Timestamp, start_value: pd.Series, target_by: pd.Series, goal: pd.Series
) -> pd.Series:
    """Where the straight line stands in a month: from start_value at `start` to goal at target_by, level after it."""
    done = months_between(pd.Series(start, index=month.index), month)
    whole = months_between(pd.Series(start, index=month.index), target_by)
    share = (done / whole.where(whole > 0)).clip(0, 1)
    return start_value + (goal - start_value) * share


def trajectory(figures: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Where each measure should be on its way to a dated target, and the pace still needed.

    figures: a row a measure: value, period_end, july_2020 (the value to start from), target_lower, target_upper,
    target_by, restarts (bool: the count starts anew each year). start: the month of the start, July 2020.
    Returns, on the same index: trajectory_value (where the line stands in the figure's month), trajectory_distance
    (signed, positive good: ahead), behind (bool), pace_needed and pace_made (units a month towards the target),
    months_left, and no_trajectory (why there is none, <NA> where there is one).
    """
    has_target = figures["target_lower"].notna() | figures["target_upper"].notna()
    from_start = figures["july_2020"]
    goal = pd.Series(edge(from_start, figures["target_lower"], figures["target_upper"]), index=figures.index)
    at_start = pd.Series(distance(from_start, figures["target_lower"], figures["target_upper"]), index=figures.index)
    why = pd.Series(
        np.select(
            [
                ~has_target,
                figures["restarts"].to_numpy(dtype=bool),
                figures["target_by"].isna(),
                from_start.isna(),
                figures["target_by"] <= start,
                at_start >= 0,
            ],
            [NO_TARGET, RESTARTS, NO_DATE, NO_START, DATE_PASSED_AT_START, MET_AT_START],
            default="",
        ),
        index=figures.index,
        dtype="str",
    )
    there = why == ""
    line = path_value(figures["period_end"], start, from_start, figures["target_by"], goal).where(there)
    direction = pd.Series(np.sign(goal - from_start), index=figures.index).where(there)
    ahead = (figures["value"] - line) * direction
    ahead = ahead.mask(ahead.abs() < SAME_FIGURE, 0.0)
    start_month = pd.Series(start, index=figures.index)
    gone = months_between(start_month, figures["period_end"])
    left = months_between(figures["period_end"], figures["target_by"]).where(there)
    towards = (goal - figures["value"]) * direction
    return pd.DataFrame(
        {
            "trajectory_value": line,
            "trajectory_distance": ahead,
            "behind": (ahead < 0).to_numpy(dtype=bool),
            "pace_needed": (towards.clip(lower=0) / left.where(left > 0)).where(there),
            "pace_made": ((figures["value"] - from_start) * direction / gone.where(gone > 0)).where(there),
            "months_left": left,
            "no_trajectory": why.mask(there),
        },
        index=figures.index,
    )
