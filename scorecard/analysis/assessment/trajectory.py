"""Trajectory: the straight line from the plan's July 2020 actual to a target that has a date."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import NO_MONTH, Flags, Floats, floats, month_numbers, same
from scorecard.analysis.assessment.target import distance, edge

SHORTEST_STRETCH, LONGEST_STRETCH = 3, 12  # months over which a best pace is taken

# Why a measure has no trajectory (core.vocabulary.NO_TRAJECTORY_WORDS says each in words).
NO_TARGET, NO_DATE, NO_START, MONITORED = "no_target", "no_date", "no_start", "monitored"
MET_AT_START, DUE_AT_START, DATE_PASSED_AT_START = "met_at_start", "due_at_start", "date_passed_at_start"
RESTARTS, NO_YEAR_START = "restarts", "no_year_start"


def months_of(dates: pd.Series) -> Floats:
    """Months since January 1970 of each date; NaN where there is none."""
    numbers = month_numbers(dates)
    return np.where(numbers == NO_MONTH, np.nan, numbers)


def months_between(earlier: pd.Series, later: pd.Series) -> pd.Series:
    """Whole months from one column of month ends to another; NaN where either is missing."""
    return pd.Series(months_of(later) - months_of(earlier), index=later.index)


class Line(NamedTuple):
    """Each measure's straight line: from start (value) at its month to goal at due, level after it."""

    start_month: float
    due: Floats
    start: Floats
    goal: Floats

    def share(self, month: Floats) -> Floats:
        """The share of the way that the line has made by a month: 0 at its start, 1 when it is due."""
        whole = self.due - self.start_month
        return np.clip((month - self.start_month) / np.where(whole > 0, whole, np.nan), 0, 1)

    def at(self, month: Floats) -> Floats:
        """Where the line is in a month."""
        share = self.share(month)
        return np.where(share == 1, self.goal, self.start + (self.goal - self.start) * share)

    def ahead(self, value: Floats, month: Floats) -> Floats:
        """How far a figure is ahead of the line in its month, signed, positive good."""
        line = self.at(month)
        gap = (value - line) * np.sign(self.goal - self.start)
        return np.where(same(value, line), 0.0, gap)


def trajectory(figures: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Where each measure should be on its way to a dated target, and the pace still needed.

    figures: a row a measure: value, period_end, settled_value, settled_end, july_2020 (the value to start from),
    polarity, target_lower, target_upper, target_strict, target_by,
    reporting_month, restarts (bool: a count that starts again each year),
    year_starts. start: the month of the start, July 2020.
    A date that has come or gone by in the reporting month is judged by the target itself, and asks for no pace.
    Returns, on the same index: trajectory_value (where the line is in the figure's month), trajectory_distance
    (signed, positive good: ahead), trajectory_to_go (the share of the line's way that is left then: so much of where it
    stands is its start), settled_trajectory_distance (of the latest figure that is not provisional),
    behind and settled_behind (bool: below zero), pace_needed and pace_made (units a month towards the target),
    months_left, and no_trajectory_code (why there is none, <NA> where there is one).
    """
    low, high, from_start = (floats(figures[name]) for name in ("target_lower", "target_upper", "july_2020"))
    due, first = months_of(figures["target_by"]), float(months_of(pd.Series([start]))[0])
    line = Line(first, due, from_start, edge(from_start, low, high))
    why = _why_none(figures, low, high, from_start, due - first)
    there = why == ""
    month, settled_month = months_of(figures["period_end"]), months_of(figures["settled_end"])
    value, now = floats(figures["value"]), months_of(figures["reporting_month"])
    month, settled_month = (np.where(due <= now, due, figure_month) for figure_month in (month, settled_month))
    ahead = line.ahead(value, month)
    way = np.sign(line.goal - line.start)
    gone, left = months_of(figures["period_end"]) - first, due - now
    towards = np.clip((line.goal - value) * way, 0, None)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = towards / np.where(left > 0, left, np.nan)
        pace_made = (value - from_start) * way / np.where(gone > 0, gone, np.nan)
    columns = {"trajectory_value": line.at(month), "trajectory_distance": ahead, "pace_needed": needed}
    settled = line.ahead(floats(figures["settled_value"]), settled_month)
    columns |= {
        "trajectory_to_go": 1 - line.share(month),
        "pace_made": pace_made,
        "months_left": left,
        "settled_trajectory_distance": settled,
    }
    table = pd.DataFrame({name: np.where(there, numbers, np.nan) for name, numbers in columns.items()})
    return table.assign(
        behind=there & (ahead < 0),
        settled_behind=there & (settled < 0),
        no_trajectory_code=pd.Series(why, dtype="str").mask(there),
    ).set_axis(figures.index)


def best_pace(figures: pd.DataFrame, series: pd.DataFrame) -> Floats:
    """The best pace towards the target that a measure ever made over as long a time as is left, in its unit a month.

    figures: measure_id, months_left, months_between, july_2020, target_lower, target_upper. series: series.own_series.
    The time is of SHORTEST_STRETCH to LONGEST_STRETCH months, in whole periods of the measure, one at least; NaN where
    no two figures lie so far apart.
    """
    low, high, start = (floats(figures[name]) for name in ("target_lower", "target_upper", "july_2020"))
    way = np.sign(edge(start, low, high) - start)
    left = floats(figures["months_left"])
    stretch = np.nan_to_num(np.clip(left, SHORTEST_STRETCH, LONGEST_STRETCH), nan=SHORTEST_STRETCH).astype(np.int64)
    step = figures["months_between"].to_numpy(dtype=np.int64)
    stretch = np.maximum(stretch // step, 1) * step
    rows = series[series["value"].notna()]
    figure_row = pd.Index(figures["measure_id"]).get_indexer(rows["measure_id"])
    value = rows["value"].to_numpy(dtype=np.float64)
    known_months = pd.MultiIndex.from_arrays([figure_row, month_numbers(rows["period_end"])])
    later = known_months.get_indexer(
        pd.MultiIndex.from_arrays([figure_row, month_numbers(rows["period_end"]) + stretch[figure_row]])
    )
    pace = (np.append(value, np.nan)[later] - value) * way[figure_row] / stretch[figure_row]
    best = np.full(len(figures), -np.inf)
    known = ~np.isnan(pace)
    np.maximum.at(best, figure_row[known], pace[known])
    return np.where(np.isinf(best) | ~(left > 0), np.nan, best)


def _why_none(figures: pd.DataFrame, low: Floats, high: Floats, start: Floats, months: Floats) -> np.ndarray:
    """Why a measure has no trajectory, '' where it has one; months: from the start to the target's date."""
    gap = distance(start, low, high)
    met: Flags = np.where(figures["target_strict"].to_numpy(dtype=bool), gap > 0, gap >= 0)
    restarts = figures["restarts"].to_numpy(dtype=bool)
    unknown = (figures["year_starts"] == "unknown").to_numpy(dtype=bool)
    reasons = {
        NO_TARGET: np.isnan(low) & np.isnan(high),
        MONITORED: (figures["polarity"] == "monitor").to_numpy(dtype=bool),
        NO_YEAR_START: restarts & unknown,
        RESTARTS: restarts,
        NO_DATE: np.isnan(months),
        NO_START: np.isnan(start),
        MET_AT_START: met,
        DUE_AT_START: months == 0,
        DATE_PASSED_AT_START: months < 0,
    }
    return np.select(list(reasons.values()), list(reasons), default="")
