"""Change or chance of each own series: spc.analyse, fair to a month's own denominator and to the season."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.assessment.series import Flags, Floats, Ints, month_numbers
from scorecard.analysis.assessment.target import floats
from scorecard.analysis.spc.denominators import times_as_wide
from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.analysis.spc.season import MONTHS, season

# What a season can be told of: a figure for a month or a quarter, or at its end.
SEASONAL_ACCUMULATIONS = ("in_month", "at_month_end", "unknown")
SEASONAL_STEPS = (1, 3)
LINES = ("mean", "lower_limit", "upper_limit", "special_cause", "point_type")


class Judged(NamedTuple):
    """spc: points and series. A flag a measure: seasonal (a same-month pattern is established), as_every_year (its last
    figure would signal, were it not so in the same month of every year) and own_denominator (its last figure is judged
    by limits for its own denominator, which is far from usual).
    """

    spc: spc.Spc
    seasonal: Flags
    as_every_year: Flags
    own_denominator: Flags


def judge(measures: pd.DataFrame, series: pd.DataFrame, settings: pd.DataFrame) -> Judged:
    """What the rules say of each series.

    measures: measure_id, unit, accumulation, months_between. series: series.own_series, what is settled of it.
    settings: as spc.analyse takes them.
    """
    place = pd.Index(measures["measure_id"]).get_indexer(series["measure_id"])
    found, far = _by_own_denominators(spc.analyse(series, settings), measures, series, settings, place)
    rows = np.flatnonzero(series["value"].notna().to_numpy())
    last = np.full(len(measures), -1)
    last[place[rows]] = rows  # sorted by month: of several, the last one stays
    found, seasonal, explained = _by_season(found, measures, series, settings, place)
    every_year = np.append(explained, False)[last]
    of_series = pd.Index(measures["measure_id"]).get_indexer(found.series["measure_id"])
    variation = found.series["variation"].mask(every_year[of_series], COMMON_CAUSE)
    found = found._replace(series=found.series.assign(variation=variation))
    return Judged(found, seasonal, every_year, np.append(far, False)[last])


def _by_own_denominators(
    found: spc.Spc, measures: pd.DataFrame, series: pd.DataFrame, settings: pd.DataFrame, place: np.ndarray
) -> tuple[spc.Spc, Flags]:
    """Judges a share whose denominator is far from its usual one by limits for that denominator; and which rows are.

    Its distance from the mean is brought to the usual scale before the rules look at it; its limits are as wide as its
    own denominator asks.
    """
    wide = _times_as_wide(measures, series, found.points["segment"].to_numpy(), place)
    asked = np.isin(place, np.unique(place[wide != 1.0]))
    if not asked.any():
        return found, asked
    mean, value = floats(found.points["mean"]), floats(series["value"])
    again = spc.analyse(series.assign(value=mean + (value - mean) / wide)[asked], settings)
    points = found.points.copy()
    lines = again.points[[*LINES]].set_axis(points.index[asked])
    for name in ("lower_limit", "upper_limit"):
        lines[name] = lines["mean"] + (lines[name] - lines["mean"]) * wide[asked]
    points.loc[asked, [*LINES]] = lines
    kept = found.series[~found.series["measure_id"].isin(again.series["measure_id"])]
    joined_series = pd.concat([kept, again.series]).sort_values("measure_id", kind="stable", ignore_index=True)
    return spc.Spc(points, joined_series), np.asarray(wide != 1.0)


def at_usual_denominators(measures: pd.DataFrame, series: pd.DataFrame, points: pd.DataFrame) -> Floats:
    """The figures of series as if each stood on its measure's usual denominator: one on far fewer tells less.

    Its distance from the mean is what so many would stray where it strays so far. points: spc.Spc.points; figures that
    they have not (provisional ones) stay as they are.
    """
    keys = [pd.MultiIndex.from_arrays([frame["measure_id"], frame["period_end"]]) for frame in (series, points)]
    row = keys[1].get_indexer(keys[0])
    mean, segment = np.append(floats(points["mean"]), np.nan)[row], np.append(points["segment"].to_numpy(), -1)[row]
    wide = _times_as_wide(measures, series, segment, pd.Index(measures["measure_id"]).get_indexer(series["measure_id"]))
    value = floats(series["value"])
    return np.where((wide > 1) & ~np.isnan(mean), mean + (value - mean) / wide, value)


def _times_as_wide(measures: pd.DataFrame, series: pd.DataFrame, segment: Ints, place: Ints) -> Floats:
    """How many times as wide as usual each row's limits are (denominators.times_as_wide); 1 of all but shares."""
    share = (measures["unit"] == "percent").to_numpy(dtype=bool)[place]
    known = np.flatnonzero(
        share & series["value"].notna().to_numpy() & (series["denominator"] > 0).to_numpy(dtype=bool)
    )
    wide = np.ones(len(series))
    if len(known):
        of = place[known]
        joined = np.append(False, (np.diff(of) == 0) & (np.diff(segment[known]) == 0))
        rows = series.iloc[known]
        wide[known] = times_as_wide(floats(rows["value"]), floats(rows["denominator"]), of, len(measures), joined)
    return wide


def _by_season(
    found: spc.Spc, measures: pd.DataFrame, series: pd.DataFrame, settings: pd.DataFrame, place: np.ndarray
) -> tuple[spc.Spc, Flags, Flags]:
    """Takes back signals that the same month of other years explains: special only if special for its month too.

    Returns besides which measures have a season, and of which rows a signal was taken back.
    """
    established, expected = _pattern(found, measures, series, place)
    special = (found.points["special_cause"].fillna(COMMON_CAUSE) != COMMON_CAUSE).to_numpy(dtype=bool)
    asked = established[place] & np.isin(place, np.unique(place[special]))
    if not asked.any():
        return found, established, np.zeros(len(series), dtype=np.bool_)
    again = spc.analyse(series.assign(value=floats(series["value"]) - expected)[asked], settings)
    explained = np.zeros(len(series), dtype=np.bool_)
    explained[asked] = (again.points["special_cause"] == COMMON_CAUSE).to_numpy(dtype=bool, na_value=False)
    explained &= special
    points = found.points.copy()
    points.loc[explained, ["special_cause", "point_type"]] = COMMON_CAUSE
    return spc.Spc(points, found.series), established, explained


def _pattern(found: spc.Spc, measures: pd.DataFrame, series: pd.DataFrame, place: np.ndarray) -> tuple[Flags, Floats]:
    """Which measures have a season, and what it leads one to expect of each row, from the mean (the measure's unit)."""
    may = measures["accumulation"].isin(SEASONAL_ACCUMULATIONS) & measures["months_between"].isin(SEASONAL_STEPS)
    rows = np.flatnonzero(may.to_numpy(dtype=bool)[place] & series["value"].notna().to_numpy())
    expected = np.zeros(len(series))
    if not len(rows):
        return np.zeros(len(measures), dtype=np.bool_), expected
    month, of = month_numbers(series["period_end"])[rows], place[rows]
    first = month.min()
    values = np.full((len(measures), int(month.max() - first) + 1), np.nan)
    values[of, month - first] = floats(series["value"])[rows] - floats(found.points["mean"])[rows]
    pattern = season(values, (first + np.arange(values.shape[1])) % MONTHS)
    expected[rows] = pattern.expected[of, month - first]
    return pattern.established, expected
