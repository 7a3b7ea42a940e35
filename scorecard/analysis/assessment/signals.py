"""Signals: the SPC of every own series, and what of it may be shown and acted on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.arrays import NO_MONTH, Flags, Floats, floats, month_numbers, same
from scorecard.analysis.assessment.chance import signals_by_chance
from scorecard.analysis.assessment.directions import typed_by_level
from scorecard.analysis.assessment.judging import Judged, judge
from scorecard.analysis.assessment.level import DRIFTS, SLOPE, slopes, why_on_the_move
from scorecard.analysis.assessment.series import take_rows
from scorecard.analysis.spc import runs
from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.analysis.spc.season import MONTHS
from scorecard.core.rows import missing

SHOWN = ("provisional", "settled")  # the standings with figures enough for limits
FEWER_THAN_TEN = 10  # a share of fewer says little: one child is more than 10 points
EVENLY_SPACED = (3, 12)  # months between figures, of quarters and years; terms are not
INCONSISTENT = "inconsistent"  # of spc.analyse.ASSURANCES
MOSTLY = 0.5  # a series with this share of figures on fewer than ten, or more, has no limits either

# Why no limits may be shown (core.vocabulary.NO_LIMITS_WORDS says each in words).
FEW_POINTS, SHARED_DATA, LEANING, SMALL_NUMBERS = "few_points", "shared_data", "leaning", "small_numbers"
NOT_VARIED, HARDLY_VARIED, NOT_SETTLED = "not_varied", "hardly_varied", "not_settled"


class Signals(NamedTuple):
    """What the statistics say of each measure.

    spc: every point and series. by_measure: what may be shown, a row a measure, indexed by its id. rebases: where
    limits may be shown and a shift has come to stay (spc.suggest_rebase).
    """

    spc: spc.Spc
    by_measure: pd.DataFrame
    rebases: pd.DataFrame


def spc_settings(measures: pd.DataFrame, target_lower: pd.Series, target_upper: pd.Series) -> pd.DataFrame:
    """The settings that spc.analyse takes, a row a measure; target_lower, target_upper: the target it is judged by."""
    settings = measures[["measure_id", "polarity", "screen_outliers", "fix_after", "rebase", "accumulation"]]
    return settings.assign(target_lower=target_lower, target_upper=target_upper)


def signals(measures: pd.DataFrame, series: pd.DataFrame, targets: pd.DataFrame) -> Signals:
    """Limits and signals of each series, and for each measure whether they may be shown.

    measures: catalogue.frames.measures_frame with target_lower and target_upper. Provisional figures at a series' end
    are left out of the analysis: alone they make no signal. targets: catalogue.frames.targets_frame.
    by_measure columns: standing; variation (common cause where a signal is perhaps chance) and assurance (<NA> where
    withheld); no_limits_code (why none may be shown, <NA> where they may, and where there is no figure at all);
    no_assurance (why limits tell nothing of the way ahead, by level.why_on_the_move, or leaning where months lean
    on each other and limits are too narrow; <NA> where they do, or nothing asks for it); drift (rising or falling,
    where that is slope); last_settled (of the last figure analysed); signal (bool: that figure is special); of that
    figure spc.runs.COLUMNS, missing where withheld; seasonal (bool: a same-month pattern is established) and
    as_every_year (bool: that figure would signal, were it not so in the same month of every year, or the season
    alone would make it miss the target that its level meets); own_denominator (bool: its limits are those of its
    own denominator); and the columns of chance.signals_by_chance.
    """
    settled = series[~_provisional_at_the_end(series) & ~_between_due_figures(measures, series)]
    settings = spc_settings(measures, measures["target_lower"], measures["target_upper"])
    judged = judge(measures, settled, settings)
    analysed = typed_by_level(judged.spc, measures, targets)
    last = runs.last_points(analysed.points)
    ids = pd.Index(measures["measure_id"])
    of_series = pd.Index(analysed.series["measure_id"]).get_indexer(ids)
    of_last = last.index.get_indexer(ids)  # −1 where a series has no figure
    standing = pd.Series(take_rows(analysed.series["standing"], of_series), index=ids).astype("str")
    leaning = np.append(analysed.series["autocorrelation"].to_numpy(), np.nan)[of_series] > spc.AUTOCORRELATION_BOUND
    has_value = series["value"].notna().to_numpy(dtype=bool)
    has_figures = np.bincount(ids.get_indexer(pd.Index(series["measure_id"])), has_value, len(ids)) > 0
    no_figure = of_last < 0
    mean, lower, upper = (
        np.append(last[name].to_numpy(), np.nan)[of_last] for name in ("mean", "lower_limit", "upper_limit")
    )
    why = np.select(
        [
            no_figure & has_figures,
            no_figure,
            (standing == "not_applicable").to_numpy(dtype=bool),
            small_numbers(ids, settled),
            (standing == "run_chart").to_numpy(dtype=bool),
            np.isnan(lower),
            same(lower, upper),
            leaning & (measures["accumulation"] == "at_month_end").to_numpy(dtype=bool),
        ],
        [NOT_SETTLED, "", SHARED_DATA, SMALL_NUMBERS, FEW_POINTS, NOT_VARIED, HARDLY_VARIED, LEANING],
        default="",
    )
    shown = (why == "") & ~no_figure
    shown_series = np.where(shown, of_series, -1)
    variation = pd.Series(take_rows(analysed.series["variation"], shown_series), index=ids).astype("str")
    signal = (variation.notna() & (variation != COMMON_CAUSE)).to_numpy(dtype=bool)
    proposals = judged.proposals[judged.proposals["measure_id"].isin(ids[signal])].reset_index(drop=True)
    assurance = pd.Series(take_rows(analysed.series["assurance"], shown_series), index=ids).astype("str")
    slope = slopes(ids, analysed.points)
    moving = why_on_the_move(ids, slope, signal, proposals).mask(assurance.isna())
    columns = {
        "standing": standing,
        "variation": variation,
        "assurance": assurance.mask(moving.notna()),
        "no_assurance": moving,
        "drift": pd.Series(np.array(DRIFTS)[slope], index=ids, dtype="str").where(moving == SLOPE),
        "no_limits_code": pd.Series(why, index=ids, dtype="str").mask(why == ""),
        "last_settled": take_rows(last["period_end"], of_last),
        "signal": signal,
        "seasonal": shown & judged.seasonal,
        "as_every_year": shown & (judged.as_every_year | (~signal & _missed_by_season(measures, judged, mean))),
        "own_denominator": shown & judged.own_denominator,
    }
    columns |= {name: take_rows(last[name], np.where(shown, of_last, -1)) for name in runs.COLUMNS}
    by_measure = pd.DataFrame(columns, index=ids)
    by_chance = signals_by_chance(measures, series, analysed, by_measure, signal, judged.by_season)
    by_chance["leaning"] &= shown
    either = by_measure["assurance"].notna()
    by_season = either & _met_in_some_months_of_a_year(measures, judged)
    leans = either & by_chance["leaning"].to_numpy()
    by_measure["assurance"] = by_measure["assurance"].mask(by_season, INCONSISTENT).mask(leans)
    by_measure["no_assurance"] = by_measure["no_assurance"].mask(leans, LEANING)
    perhaps_chance = signal & ~by_chance["unlikely"].to_numpy()
    by_measure["variation"] = variation.mask(perhaps_chance, COMMON_CAUSE)
    return Signals(analysed, by_measure.join(by_chance.set_axis(ids)), proposals)


def _missed_by_season(measures: pd.DataFrame, judged: Judged, mean: Floats) -> Flags:
    """Of which measures the level meets the target, and what the season leads one to expect of the last figure not."""
    least, most = (floats(measures[name]) for name in ("target_lower", "target_upper"))
    met, expected = (~((value < least) | (value > most)) for value in (mean, judged.of_the_season))
    return np.asarray(met & ~expected, dtype=np.bool_)


def _met_in_some_months_of_a_year(measures: pd.DataFrame, judged: Judged) -> Flags:
    """Which measures their season makes meet their target in some months of a year and miss it in others.

    By what the last twelve months are expected to be: the mean, and what the same months of other years differ by.
    """
    points = judged.spc.points
    measure_row = pd.Index(measures["measure_id"]).get_indexer(points["measure_id"])
    month, known = month_numbers(points["period_end"]), points["value"].notna().to_numpy(dtype=bool)
    newest = np.full(len(measures), NO_MONTH)
    np.maximum.at(newest, measure_row[known], month[known])
    asked = np.flatnonzero(known & judged.seasonal[measure_row] & (month > newest[measure_row] - MONTHS))
    least, most = (floats(measures[name])[measure_row[asked]] for name in ("target_lower", "target_upper"))
    expected = floats(points["mean"])[asked] + judged.by_season[asked]
    missed = (expected < least) | (expected > most)
    met, not_met = (np.bincount(measure_row[asked], flags, len(measures)) > 0 for flags in (~missed, missed))
    return np.asarray(met & not_met, dtype=np.bool_)


def limits_shown(measures: pd.DataFrame) -> pd.Series:
    """Of which measures of an assessment mean, limits and signals may be shown (bool)."""
    return measures["no_limits_code"].isna() & measures["standing"].isin(SHOWN)


def limits_may_be_shown(row: Mapping[str, Any]) -> bool:
    """Whether limits may be shown of one measure (limits_shown, of its row alone)."""
    return missing(row["no_limits_code"]) and str(row["standing"]) in SHOWN


def small_numbers(measure_ids: pd.Index, series: pd.DataFrame) -> Flags:
    """Which measures rest on fewer than ten: in the latest figure, or in half of the figures or more."""
    rows = series[series["value"].notna()]
    measure_row = measure_ids.get_indexer(pd.Index(rows["measure_id"]))
    few = (rows["denominator"] < FEWER_THAN_TEN).to_numpy(dtype=bool)
    latest = np.zeros(len(measure_ids), dtype=np.bool_)
    latest[measure_row] = few  # sorted by month: of several, the last one stays
    many = np.bincount(measure_row, few, len(measure_ids)) >= MOSTLY * np.bincount(
        measure_row, minlength=len(measure_ids)
    )
    return latest | (many & (np.bincount(measure_row, few, len(measure_ids)) > 0))


def _between_due_figures(measures: pd.DataFrame, series: pd.DataFrame) -> Flags:
    """Which rows are the plan's own figure of a month that is none of its quarterly or annual measure's months.

    By the measure's latest other figure. Left in, the step to it would be taken for the usual one, and each of the
    others for a gap.
    """
    step = measures.set_index("measure_id")["months_between"].reindex(series["measure_id"]).to_numpy(dtype=np.int64)
    month, plan = month_numbers(series["period_end"]), (series["origin"] == "plan").to_numpy(dtype=bool)
    others = pd.Series(month[~plan]).groupby(series["measure_id"].to_numpy()[~plan]).max()
    latest = series["measure_id"].map(others).to_numpy(dtype=np.float64)
    with np.errstate(invalid="ignore"):
        off = (latest - month) % step != 0
    return np.asarray(plan & np.isin(step, EVENLY_SPACED) & ~np.isnan(latest) & off, dtype=np.bool_)


def _provisional_at_the_end(series: pd.DataFrame) -> Flags:
    """Which rows are provisional with nothing settled after them."""
    measure_number, _ = pd.factorize(series["measure_id"])
    provisional, here = series["provisional"].to_numpy(dtype=bool), np.arange(len(series))
    settled = np.flatnonzero(~provisional & series["value"].notna().to_numpy(dtype=bool))
    last_settled = np.full(len(series), -1)
    last_settled[measure_number[settled]] = settled  # of several, the last one stays
    return np.asarray(provisional & (here > last_settled[measure_number]), dtype=np.bool_)
