"""Change or chance of each own series: spc.analyse, fair to a month's own denominator and to the season."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.arrays import Flags, Floats, Ints, floats, month_numbers
from scorecard.analysis.spc.denominators import times_as_wide
from scorecard.analysis.spc.rules import (
    COMMON_CAUSE,
    OUTSIDE,
    POINT_TYPES,
    RULES,
    TYPE_BY_POLARITY,
    directions,
    special_causes,
)
from scorecard.analysis.spc.runs import part_of_a_trend
from scorecard.analysis.spc.season import MONTHS, season
from scorecard.analysis.spc.slope import SLOPE_OF_A_SEGMENT, about_best_step, straight_line

# What a season can be told of: a figure for a month or a quarter, or at its end.
SEASONAL_ACCUMULATIONS = ("in_month", "at_month_end", "unknown")
SEASONAL_STEPS = (1, 3)
TREND = next(rule for rule in RULES if rule.run == "steps")
OUTSIDE_CAUSES = tuple(special_causes().index(word) for word in (OUTSIDE.high, OUTSIDE.low))
LINES = ("mean", "lower_limit", "upper_limit", "special_cause", "point_type")


class Judged(NamedTuple):
    """spc: points and series. proposals: spc.suggest_rebase of these points. A flag a measure: seasonal (a same-month
    pattern is established), as_every_year (its last figure would signal, were it not so in the same month of every
    year) and own_denominator (its last figure is judged by limits for its own denominator, which is far from usual).
    of_the_season: what the same months of other years lead one to expect of the last figure, in the measure's unit; NaN
    without a season. by_season: by how much that differs from the mean, of each row of points; zero without one.
    """

    spc: spc.Spc
    proposals: pd.DataFrame
    seasonal: Flags
    as_every_year: Flags
    own_denominator: Flags
    of_the_season: Floats
    by_season: Floats


def judge(measures: pd.DataFrame, series: pd.DataFrame, settings: pd.DataFrame) -> Judged:
    """What the rules say of each series.

    measures: measure_id, unit, accumulation, months_between. series: series.own_series, what is settled of it.
    settings: as spc.analyse takes them.
    """
    measure_row = pd.Index(measures["measure_id"]).get_indexer(series["measure_id"])
    analysed, far = _by_own_denominators(spc.analyse(series, settings), measures, series, settings, measure_row)
    rows = np.flatnonzero(series["value"].notna().to_numpy())
    last = np.full(len(measures), -1)
    last[measure_row[rows]] = rows  # sorted by month: of several, the last one stays
    analysed, by_one = _by_single_figures(analysed, series, settings)
    seasonal, expected = _pattern(analysed, measures, series, measure_row)
    analysed, explained = _by_season(analysed, series, settings, seasonal[measure_row], expected)
    analysed = _by_line(analysed, series, settings)
    proposals = spc.suggest_rebase(analysed.points)
    analysed = _by_step(analysed, series, settings, proposals)
    analysed = _by_newest_trend(analysed, settings)
    every_year, taken_back = (np.append(flags, False)[last] for flags in (explained, explained | by_one))
    of_series = pd.Index(measures["measure_id"]).get_indexer(analysed.series["measure_id"])
    variation = analysed.series["variation"].mask(taken_back[of_series], COMMON_CAUSE)
    analysed = analysed._replace(series=analysed.series.assign(variation=variation))
    expected = np.where(seasonal[measure_row], expected, 0.0)
    of_last = np.append(np.where(seasonal[measure_row], floats(analysed.points["mean"]) + expected, np.nan), np.nan)[
        last
    ]
    return Judged(analysed, proposals, seasonal, every_year, np.append(far, False)[last], of_last, expected)


def _analysed(series: pd.DataFrame, value: Floats, asked: Flags, settings: pd.DataFrame) -> spc.Spc:
    """What the rules say of some rows with other values. asked: the rows, of whole measures."""
    rows = series.assign(value=value)[asked]
    return spc.analyse(rows, settings[settings["measure_id"].isin(rows["measure_id"].unique())])


def _by_own_denominators(
    analysed: spc.Spc, measures: pd.DataFrame, series: pd.DataFrame, settings: pd.DataFrame, measure_row: np.ndarray
) -> tuple[spc.Spc, Flags]:
    """Judges a share whose denominator is far from its usual one by limits for that denominator; and which rows are.

    Its distance from the mean is brought to the usual scale before the rules look at it; its limits are as wide as its
    own denominator asks.
    """
    wide = _times_as_wide(measures, series, analysed.points["segment"].to_numpy(), measure_row)
    asked = np.isin(measure_row, np.unique(measure_row[wide != 1.0]))
    if not asked.any():
        return analysed, asked
    mean, value = floats(analysed.points["mean"]), floats(series["value"])
    again = _analysed(series, mean + (value - mean) / wide, asked, settings)
    points = analysed.points.copy()
    lines = again.points[[*LINES]].set_axis(points.index[asked])
    for name in ("lower_limit", "upper_limit"):
        lines[name] = lines["mean"] + (lines[name] - lines["mean"]) * wide[asked]
    points.loc[asked, [*LINES]] = lines
    unchanged_series = analysed.series[~analysed.series["measure_id"].isin(again.series["measure_id"])]
    joined_series = pd.concat([unchanged_series, again.series]).sort_values(
        "measure_id", kind="stable", ignore_index=True
    )
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


def _times_as_wide(measures: pd.DataFrame, series: pd.DataFrame, segment: Ints, measure_row: Ints) -> Floats:
    """How many times as wide as usual each row's limits are (denominators.times_as_wide); 1 of all but shares."""
    share = (measures["unit"] == "percent").to_numpy(dtype=bool)[measure_row]
    known = np.flatnonzero(
        share & series["value"].notna().to_numpy() & (series["denominator"] > 0).to_numpy(dtype=bool)
    )
    wide = np.ones(len(series))
    if len(known):
        measure_index = measure_row[known]
        joined = np.append(False, (np.diff(measure_index) == 0) & (np.diff(segment[known]) == 0))
        rows = series.iloc[known]
        wide[known] = times_as_wide(
            floats(rows["value"]), floats(rows["denominator"]), measure_index, len(measures), joined
        )
    return wide


def _by_single_figures(analysed: spc.Spc, series: pd.DataFrame, settings: pd.DataFrame) -> tuple[spc.Spc, Flags]:
    """Takes back what a single figure outside the limits makes of the others: it draws the mean away from them.

    Such a figure (neither neighbour is outside with it, and it is not the last) stays special itself; but one that
    signals the other way must signal without it too. Where there are such on both sides, those that draw more. Returns
    besides of which rows a signal was taken back.
    """
    points, way = analysed.points, _ways(analysed.points)
    away = np.where(_alone_outside(points), floats(points["value"]) - floats(points["mean"]), 0.0)
    measure, _ = pd.factorize(points["measure_id"])
    drawn = np.sign(np.bincount(measure, away))[measure]
    alone, asked = away * drawn > 0, drawn != 0
    if not alone.any():
        return analysed, alone
    without = _analysed(series, np.where(alone, np.nan, floats(series["value"])), asked, settings)
    return _explained_by(analysed, without, way * drawn < 0, asked)


def _alone_outside(points: pd.DataFrame) -> Flags:
    """Which points lie outside a limit where neither neighbour does on the same side; never a series' last value."""
    known = points["value"].notna().to_numpy()
    cause, measure = _cause(points)[known], pd.factorize(points["measure_id"])[0][known]
    same = np.append(False, (cause[1:] == cause[:-1]) & (measure[1:] == measure[:-1]))[: len(cause)]
    last = np.append(measure[1:] != measure[:-1], True)[: len(cause)]
    alone = np.zeros(len(points), dtype=np.bool_)
    alone[known] = np.isin(cause, OUTSIDE_CAUSES) & ~same & ~np.append(same[1:], False)[: len(cause)] & ~last
    return alone


def _ways(points: pd.DataFrame) -> Floats:
    """Which way each point signals: 1, −1, or 0 where it doesn't."""
    return np.append(directions(), 0).astype(np.float64)[_cause(points)]


def _cause(points: pd.DataFrame) -> Ints:
    """Each point's special cause by its place among special_causes(); −1 where it has no value."""
    seen, cause_words = pd.factorize(points["special_cause"])
    places = pd.Index(special_causes()).get_indexer(pd.Index(cause_words.astype(object)))
    return np.append(places, -1)[seen]


def _taken_back(analysed: spc.Spc, rows: Flags) -> spc.Spc:
    points = analysed.points.copy()
    points.loc[rows, ["special_cause", "point_type"]] = COMMON_CAUSE
    return spc.Spc(points, analysed.series)


def _explained_by(analysed: spc.Spc, without: spc.Spc, maybe: Flags, asked: Flags) -> tuple[spc.Spc, Flags]:
    """Takes back the signals among some that don't signal so without what may explain them; and which these are.

    without: of the rows that were asked, analysed without it.
    """
    explained = maybe.copy()
    explained[asked] &= _ways(without.points) != _ways(analysed.points)[asked]
    return _taken_back(analysed, explained), explained


def _by_season(
    analysed: spc.Spc, series: pd.DataFrame, settings: pd.DataFrame, seasonal: Flags, expected: Floats
) -> tuple[spc.Spc, Flags]:
    """Takes back signals that the same month of other years explains: special only if special for its month too.

    Before a series' last figure one that signals the other way for its month is explained besides: a later one of its
    month was further out. seasonal, expected: of each row, whether its measure has a season, and what it differs by
    from its level. Returns besides of which rows a signal was taken back.
    """
    way = _ways(analysed.points)
    asked = seasonal & series["measure_id"].isin(series["measure_id"][way != 0].unique()).to_numpy(dtype=bool)
    explained = np.zeros(len(series), dtype=np.bool_)
    if not asked.any():
        return analysed, explained
    again = _analysed(series, floats(series["value"]) - expected, asked, settings)
    still = _ways(again.points)
    explained[asked] = (way[asked] != 0) & ((still == 0) | ((still * way[asked] < 0) & _before_the_last(again.points)))
    return _taken_back(analysed, explained), explained


def _by_line(analysed: spc.Spc, series: pd.DataFrame, settings: pd.DataFrame) -> spc.Spc:
    """Takes back signals against a straight line that it explains: the low start of a rise was never a fall.

    Where a segment is told best by a straight line, what lies on the other side than it leads to is special only if it
    is outside a limit, or moves the other way, once the line is taken away; and where it is part of the line's own rise
    or fall, it is named by that. The last figure of a series stays as it was judged.
    """
    points = analysed.points
    line, slope = _lines(points)
    explained = _against(points, slope)
    if not explained.any():
        return analysed
    asked = points["measure_id"].isin(points["measure_id"][explained].unique()).to_numpy(dtype=bool)
    bent = np.where(slope == 0, 0.0, line - floats(points["mean"]))
    again = _analysed(series, floats(series["value"]) - bent, asked, settings)
    still = again.points["special_cause"].isin((OUTSIDE.high, OUTSIDE.low, TREND.high, TREND.low)).to_numpy(dtype=bool)
    explained[asked] &= ~(still & (_ways(again.points) * slope[asked] < 0))
    trends = part_of_a_trend(points)
    part = np.where(slope > 0, trends[1], trends[-1])
    return analysed._replace(points=_named_by_trend(points, explained, part, slope > 0, settings))


def _by_step(analysed: spc.Spc, series: pd.DataFrame, settings: pd.DataFrame, proposals: pd.DataFrame) -> spc.Spc:
    """Takes back what a level that has settled since (a rebase is proposed) makes of the one before it.

    That level was no fall before it rose: it lies apart from a mean of both. Special is only what is so with the step
    taken away.
    """
    points, way = analysed.points, _ways(analysed.points)
    proposal_row = pd.Index(proposals["measure_id"]).get_indexer(points["measure_id"])
    since = np.append(proposals["rebase_from"].to_numpy(), np.datetime64("NaT"))[proposal_row]
    step = np.append(floats(proposals["mean_since"]) - floats(proposals["mean_before"]), 0.0)[proposal_row]
    measure, segment = pd.factorize(points["measure_id"])[0], points["segment"].to_numpy()
    newest = np.zeros(measure.max(initial=-1) + 1, dtype=np.int64)
    newest[measure] = segment  # of several, the last one stays
    before = (points["period_end"].to_numpy() < since) & (segment == newest[measure])
    explained, asked = before & (way * step < 0), proposal_row >= 0
    if not explained.any():
        return analysed
    without = _analysed(series, floats(series["value"]) + np.where(before, step, 0.0), asked, settings)
    return _explained_by(analysed, without, explained, asked)[0]


def _by_newest_trend(analysed: spc.Spc, settings: pd.DataFrame) -> spc.Spc:
    """Names a series' last figure by its trend where it lies outside a limit on the side that it moves away from.

    A step lifted it there; since then it has fallen seven figures on end (or the other way round). Where it goes says
    more than where it was, though the rules' order names the limit first. The figures before stay as they were judged.
    """
    points, way = analysed.points, _ways(analysed.points)
    trends = part_of_a_trend(points)
    last = points["value"].notna() & ~points["measure_id"].where(points["value"].notna()).duplicated(keep="last")
    opposite = last.to_numpy(dtype=bool) & np.where(way > 0, trends[-1], trends[1]) & (way != 0)
    if not opposite.any():
        return analysed
    points = _named_by_trend(points, opposite, opposite, way < 0, settings)
    named = points[opposite].set_index("measure_id")["point_type"]
    variation = analysed.series["measure_id"].map(named).astype("str")
    return spc.Spc(points, analysed.series.assign(variation=variation.fillna(analysed.series["variation"])))


def _against(points: pd.DataFrame, slope: Floats) -> Flags:
    """Which points signal the other way than their segment's line leads; never a series' last row."""
    return np.asarray((_ways(points) * slope < 0) & _before_the_last(points), dtype=np.bool_)


def _before_the_last(points: pd.DataFrame) -> Flags:
    """Which rows are not their measure's last."""
    measure, _ = pd.factorize(points["measure_id"])
    return np.append(measure[1:] == measure[:-1], False)[: len(points)]


def _named_by_trend(points: pd.DataFrame, rows: Flags, part: Flags, up: Flags, settings: pd.DataFrame) -> pd.DataFrame:
    """The points with some rows named by the rise (up) or fall that they are part of, or common cause."""
    polarity = settings.set_index("measure_id")["polarity"].reindex(points["measure_id"][rows])
    way = np.where(up[rows], 1, 2)
    types = [
        POINT_TYPES[TYPE_BY_POLARITY[better_way][direction]]
        for better_way, direction in zip(polarity, way, strict=True)
    ]
    named = points[["special_cause", "point_type"]].copy()
    named.loc[rows, "special_cause"] = np.where(part[rows], np.where(up[rows], TREND.high, TREND.low), COMMON_CAUSE)
    named.loc[rows, "point_type"] = np.where(part[rows], types, COMMON_CAUSE)
    return points.assign(**named)


def _lines(points: pd.DataFrame) -> tuple[Floats, Floats]:
    """At each row the straight line through its segment, and its slope; zero where a step tells as much."""
    rows = np.flatnonzero(points["value"].notna().to_numpy())
    line, slope = np.zeros(len(points)), np.zeros(len(points))
    if not len(rows):
        return line, slope
    measure, segment = pd.factorize(points["measure_id"])[0][rows], points["segment"].to_numpy()[rows]
    starts = np.flatnonzero(np.append(True, (np.diff(measure) != 0) | (np.diff(segment) != 0)))
    counts = np.diff(np.append(starts, len(rows)))
    value = floats(points["value"])[rows]
    fitted = straight_line(value, starts, counts)
    sloping = np.abs(np.nan_to_num(fitted.t)) > SLOPE_OF_A_SEGMENT
    is_sloping = sloping & (fitted.about_line < about_best_step(value, starts, counts))
    position = np.arange(len(rows)) - np.repeat(starts + (counts - 1) / 2, counts)
    of_segment = np.where(is_sloping, fitted.slope, 0.0)
    middle = np.add.reduceat(value, starts) / counts
    slope[rows] = np.repeat(of_segment, counts)
    line[rows] = np.repeat(middle, counts) + slope[rows] * position
    return line, slope


def _pattern(
    analysed: spc.Spc, measures: pd.DataFrame, series: pd.DataFrame, measure_row: np.ndarray
) -> tuple[Flags, Floats]:
    """Which measures have a season, and what it leads one to expect of each row, from the mean (the measure's unit)."""
    may = measures["accumulation"].isin(SEASONAL_ACCUMULATIONS) & measures["months_between"].isin(SEASONAL_STEPS)
    rows = np.flatnonzero(may.to_numpy(dtype=bool)[measure_row] & series["value"].notna().to_numpy())
    expected = np.zeros(len(series))
    if not len(rows):
        return np.zeros(len(measures), dtype=np.bool_), expected
    month, measure_index = month_numbers(series["period_end"])[rows], measure_row[rows]
    first = month.min()
    values = np.full((len(measures), int(month.max() - first) + 1), np.nan)
    values[measure_index, month - first] = floats(series["value"])[rows] - floats(analysed.points["mean"])[rows]
    pattern = season(values, (first + np.arange(values.shape[1])) % MONTHS)
    expected[rows] = pattern.expected[measure_index, month - first]
    return pattern.established, expected
