"""The record: how often a measure met the target of the time, since when it has missed it, whether it outgrew it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints, floats, month_numbers
from scorecard.analysis.assessment import target
from scorecard.analysis.assessment.series import adds_up, rows_in_force, take_rows

OUTGROWN_AFTER = 6  # reporting months met, one after the other: design, 'outgrown'
MET_MONTHS_WINDOW = 24  # months: design, 'met in all of the last 24'


def judged_share(frame: pd.DataFrame, months: Floats) -> Floats:
    """What share of the target is due by figures that cover so many months: 1 but for a count since April.

    frame: a row a figure: adds_up (bool), target_profile.
    """
    counted = frame["adds_up"].to_numpy(dtype=bool) & ~np.isnan(months)
    if not counted.any():
        return np.ones(len(frame))
    return np.where(counted, target.share_of_year(months, frame["target_profile"]), 1.0)


def record(frame: pd.DataFrame, series: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """How each measure's figures stood to the target in force at the time.

    frame: a row a measure: measure_id, status, reporting_month, unjudged, baseline_distance, target_row (its place in
    targets, −1 for none), target_strict, unit, kind, maximum, target_lower, target_upper, polarity, and what adds_up
    asks for. series: series.own_series. targets: catalogue.frames.targets_frame.
    Returns on the frame's index: met_months and met_of (of the months with a figure, in the last 24), target_at_bound
    (100%, or 0: a target that no limits can lie beyond, so that met_months speaks instead of assurance), outgrown (met
    now, and by the baseline or by each of the last six figures since this target is in force; of targets at a
    bound and of volumes no more can be asked), missed_for (how many
    figures on end have not met it), missed_since (the month of the first of them) and missed_always (no
    figure ever met it).
    """
    measure_row = pd.Index(frame["measure_id"]).get_indexer(series["measure_id"])
    judged, met, in_force = _judged(frame, series, targets, measure_row)
    rows = np.flatnonzero(judged)
    measure_index, met, in_force = measure_row[rows], met[rows], in_force[rows]
    from_end = _from_end(measure_index)
    counts = len(frame)
    now = month_numbers(frame["reporting_month"])
    recent = month_numbers(series["period_end"])[rows] > now[measure_index] - MET_MONTHS_WINDOW
    met_of = np.bincount(measure_index[recent], minlength=counts)
    met_months = np.bincount(measure_index[recent], met[recent], counts).astype(np.int64)
    this_target = in_force == frame["target_row"].to_numpy()[measure_index]
    last_met = np.bincount(measure_index, met & this_target & (from_end < OUTGROWN_AFTER), counts)
    missed_for, first = _missed_at_the_end(measure_index, met, from_end, counts)
    none = met_of == 0
    by_baseline = target.meets(floats(frame["baseline_distance"]), frame["target_strict"])
    is_met = (frame["status"] == "met").to_numpy(dtype=bool, na_value=False)
    more_to_ask = ~at_bound(frame) & (frame["kind"] != "volume").to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "met_months": pd.Series(met_months, index=frame.index, dtype="Int64").mask(none),
            "met_of": pd.Series(met_of, index=frame.index, dtype="Int64").mask(none),
            "target_at_bound": at_bound(frame),
            "outgrown": is_met & more_to_ask & (by_baseline | (last_met == OUTGROWN_AFTER)),
            "missed_for": pd.Series(missed_for, index=frame.index, dtype="Int64").mask(missed_for == 0),
            "missed_always": (missed_for > 0) & (missed_for == np.bincount(measure_index, minlength=counts)),
            "missed_since": take_rows(series["period_end"], np.where(first >= 0, np.append(rows, -1)[first], -1)),
        },
        index=frame.index,
    )


def at_bound(frame: pd.DataFrame) -> Flags:
    """Whether the target stands where a figure can go no further: the most a share can be, or nothing."""
    most = frame["maximum"].fillna(100).where(frame["unit"] == "percent")
    return np.asarray((frame["target_lower"] >= most) | (frame["target_upper"] <= 0), dtype=bool)


def _judged(
    frame: pd.DataFrame, series: pd.DataFrame, targets: pd.DataFrame, measure_row: npt.NDArray[np.intp]
) -> tuple[Flags, Flags, Ints]:
    """Of each row of series: whether it can be judged by a target; whether it met it; which target that was."""
    in_force = rows_in_force(targets, series["measure_id"], series["period_end"])
    at = np.where(in_force >= 0, in_force, len(targets))
    low, high = (np.append(targets[name].to_numpy(np.float64), np.nan)[at] for name in ("target_lower", "target_upper"))
    if adds_up(frame).any():
        profiles = take_rows(targets["target_profile"], in_force)
        figures = pd.DataFrame({"adds_up": adds_up(frame)[measure_row], "target_profile": profiles})
        share = judged_share(figures, series["months"].to_numpy(np.float64))
        low, high = low * share, high * share
    unit = frame["unit"].iloc[measure_row].set_axis(series.index)
    exact = target.exact_values(series["value"], series["numerator"], series["denominator"], unit)
    gap = target.distance(exact, low, high)
    never = frame["unjudged"].to_numpy(dtype=bool) | (frame["polarity"] == "monitor").to_numpy(dtype=bool)
    strict = np.append(targets["target_strict"].to_numpy(dtype=bool), False)[at]
    return ~np.isnan(gap) & ~never[measure_row], target.meets(gap, strict), in_force


def _from_end(measure_index: npt.NDArray[np.intp]) -> Ints:
    """How many rows of the same measure follow each row; rows of one measure lie together."""
    ends = np.flatnonzero(np.append(measure_index[1:] != measure_index[:-1], True)[: len(measure_index)])
    lengths = np.diff(np.append(-1, ends))
    return np.asarray(np.repeat(ends, lengths) - np.arange(len(measure_index)), dtype=np.int64)


def _missed_at_the_end(
    measure_index: npt.NDArray[np.intp], met: Flags, from_end: Ints, measures: int
) -> tuple[Ints, Ints]:
    """For each measure how many of its last rows on end did not meet the target, and the place of the first of them."""
    last_met = np.full(measures, -1)
    last_met[measure_index[met]] = from_end[met]  # of several, the last one stays
    rows_of = np.bincount(measure_index, minlength=measures)
    missed = np.where(last_met >= 0, last_met, rows_of)
    last_row = np.full(measures, -1)
    last_row[measure_index] = np.arange(len(measure_index))
    return missed, np.where(missed > 0, last_row - missed + 1, -1)
