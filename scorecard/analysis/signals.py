"""Signals: the SPC of every own series, and what of it may be shown and acted on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.series import targets_in_force

SHOWN = ("provisional", "settled")
FEWER_THAN_TEN = 10  # a share of fewer says little: one child is more than 10 points

FEW_POINTS = "fewer than 12 figures: no limits are drawn yet"
SHARED_DATA = "each figure shares most of its data with the one before, so limits would mislead"
LEANING = "each month leans on the month before, so limits would mislead; the monthly change is charted instead"
SMALL_NUMBERS = "fewer than 10 in the denominator: one child moves the figure too far"
NOT_SETTLED = "the latest figure is provisional, so it makes no signal alone"


class Signals(NamedTuple):
    """spc: every point and series, as computed. by_measure: what may be shown, indexed by measure_id."""

    spc: spc.Spc
    by_measure: pd.DataFrame


def spc_settings(measures: pd.DataFrame, targets: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """The settings of spc.analyse for each measure, with the target in force in the reporting month."""
    in_force = targets_in_force(targets, measures["measure_id"], pd.Series(month, index=measures.index))
    settings = measures[["measure_id", "polarity", "screen_outliers", "fix_after", "rebase", "accumulation"]]
    return settings.assign(target_lower=in_force["target_lower"], target_upper=in_force["target_upper"])


def signals(measures: pd.DataFrame, targets: pd.DataFrame, series: pd.DataFrame, month: pd.Timestamp) -> Signals:
    """Limits and signals of each series, and for each measure whether they may be shown.

    Provisional figures at a series' end are left out of the analysis: alone they make no signal.
    by_measure columns: standing; variation and assurance (<NA> where withheld); no_limits (why none may be shown, <NA>
    where they may); last_settled (the month of the last point analysed); signal (bool: the last point is special).
    """
    settled = series[~_provisional_at_the_end(series)]
    found = spc.analyse(settled, spc_settings(measures, targets, month))
    by_measure = found.series.set_index("measure_id")
    small = settled.assign(small=settled["denominator"] < FEWER_THAN_TEN).groupby("measure_id")["small"].any()
    last = settled.groupby("measure_id")["period_end"].max()
    leaning = by_measure["autocorrelation"] > spc.AUTOCORRELATION_BOUND
    why = np.select(
        [
            by_measure["standing"] == "not_applicable",
            small.reindex(by_measure.index).fillna(False).to_numpy(dtype=bool),
            by_measure["standing"] == "run_chart",
            leaning.fillna(False).to_numpy(dtype=bool),
        ],
        [SHARED_DATA, SMALL_NUMBERS, FEW_POINTS, LEANING],
        default="",
    )
    no_limits = pd.Series(why, index=by_measure.index, dtype="str")
    may_show = no_limits == ""
    variation = by_measure["variation"].where(may_show)
    return Signals(
        found,
        pd.DataFrame(
            {
                "standing": by_measure["standing"],
                "variation": variation,
                "assurance": by_measure["assurance"].where(may_show),
                "no_limits": no_limits.mask(may_show),
                "last_settled": last.reindex(by_measure.index),
                "signal": (variation.notna() & (variation != "common_cause")).to_numpy(dtype=bool),
            },
            index=by_measure.index,
        ),
    )


def _provisional_at_the_end(series: pd.DataFrame) -> pd.Series:
    """Which rows are provisional with nothing settled after them."""
    backwards = series.iloc[::-1]
    still = backwards.groupby("measure_id", sort=False)["provisional"].cummin()
    return still.iloc[::-1].astype(bool)
