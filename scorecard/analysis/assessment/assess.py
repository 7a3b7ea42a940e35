"""The assessment: one row a measure with all its figures and findings; narrative.measure says them in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.arrays import Flags, Floats, floats
from scorecard.analysis.assessment import exceptions, movement, overdue, target
from scorecard.analysis.assessment.comparators import compare
from scorecard.analysis.assessment.evidence import chance_margin, chance_of_missing
from scorecard.analysis.assessment.series import (
    UNITS_THAT_ADD_UP,
    adds_up,
    latest_figures,
    own_series,
    reporting_month,
    rows_in_force,
    take_rows,
    targets_in_force,
)
from scorecard.analysis.assessment.signals import FEWER_THAN_TEN, Signals, signals
from scorecard.analysis.assessment.track_record import judged_share, record
from scorecard.analysis.assessment.trajectory import best_pace, months_between, trajectory
from scorecard.catalogue.frames import measures_frame, targets_frame
from scorecard.catalogue.models import Catalogue
from scorecard.core.numbers import PER_UNIT

__all__ = ["UNITS_THAT_ADD_UP", "Assessment", "assess"]


class Assessment(NamedTuple):
    """What the figures mean in a reporting month.

    measures: a row a measure in the plan's order (columns: docs/assessment.md). month: the reporting month.
    series: the authority's own rows up to it. spc: limits and signals of those rows. The same frames feed the charts,
    so that nothing is computed twice. rebases: where limits might be drawn again (spc.suggest_rebase), of those shown.
    plan_month: that of the plan's actuals.
    """

    measures: pd.DataFrame
    month: pd.Timestamp
    series: pd.DataFrame
    spc: spc.Spc
    rebases: pd.DataFrame
    plan_month: pd.Timestamp


def assess(
    catalogue: Catalogue,
    observations: pd.DataFrame,
    month: pd.Timestamp | None = None,
    known_at: pd.Timestamp | None = None,
) -> Assessment:
    """Assesses all measures of a catalogue at once.

    observations: the agreed frame (core.observations), any areas and months. month: the reporting month (any day
    of it); None is the latest that any figure of the authority has, or the plan's own where there is none. known_at:
    the moment of knowledge, by which a figure whose due day is later isn't owed; None: every due day has come.
    """
    area = catalogue.authority.code
    plan_month = pd.Timestamp(catalogue.plan.actuals).as_unit("us")
    month = latest_month(catalogue, observations) if month is None else _last_day(month)
    measures = measures_frame(catalogue)
    measures = measures[~(measures["retired"] < month)].reset_index(drop=True)
    targets = targets_frame(catalogue)
    series = own_series(measures, observations, area, month)
    frame = with_columns(
        measures.assign(reporting_month=month, plan_month=plan_month), latest_figures(measures["measure_id"], series)
    )
    judged_month = frame["period_end"].fillna(month)
    in_force = targets_in_force(targets, frame["measure_id"], judged_month)
    frame = with_columns(frame, in_force.assign(target_row=rows_in_force(targets, frame["measure_id"], judged_month)))
    frame = with_columns(frame, target_before(frame, targets))
    own = observations[(observations["area"] == area).to_numpy(dtype=bool)]
    overdue_measures = overdue.overdue(measures, own, month, plan_month, known_at)
    signal = signals(frame, series, targets)
    steps: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = (
        judged_target,
        distance_and_status,
        lambda frame: add_settled(frame, targets),
        lambda frame: add_age(frame, overdue_measures),
        movement.movement,
        lambda frame: with_columns(frame, trajectory(frame, plan_month)),
        lambda frame: frame.assign(best_pace=best_pace(frame, series)),
        lambda frame: with_columns(frame, compare(frame)),
        lambda frame: with_columns(frame, record(frame, series, targets)),
        lambda frame: add_shown_signals(frame, signal),
        lambda frame: with_columns(frame, chance_margin(frame, series)),
        lambda frame: frame.assign(chance_of_missing=chance_of_missing(frame, signal.spc.points)),
        exceptions.exceptions,
    )
    for step in steps:
        frame = step(frame)
    return Assessment(frame, month, series, signal.spc, signal.rebases, plan_month)


def latest_month(catalogue: Catalogue, observations: pd.DataFrame) -> pd.Timestamp:
    """The latest month that any figure of the authority has, or the plan's own where there is none: its last day."""
    latest = reporting_month(observations, catalogue.authority.code)
    return _last_day(pd.Timestamp(catalogue.plan.actuals) if latest is None else latest)


def _last_day(month: pd.Timestamp) -> pd.Timestamp:
    return (month.normalize() + pd.offsets.MonthEnd(0)).as_unit("us")


def with_columns(frame: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """A frame with more columns of the same rows; as join does it, in a third of the time."""
    return pd.concat([frame, columns], axis=1)


def target_before(frame: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The target that was in force before the present one: target_before_kind, target_before_lower and …_upper."""
    row = np.maximum(frame["target_row"].to_numpy() - 1, -1)
    of_row = np.append(targets["measure_id"].to_numpy(dtype=object), [""])[row]
    known = np.asarray(of_row == frame["measure_id"].to_numpy(dtype=object), dtype=bool)
    rows = np.where(known & (row >= 0), row, -1)
    names = ("kind", "lower", "upper")
    columns = {f"target_before_{name}": take_rows(targets[f"target_{name}"], rows) for name in names}
    return pd.DataFrame(columns, index=frame.index)


def judged_target(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds judged_lower and judged_upper: the target's edges as they apply to the figure's period.

    A year to date that adds up is judged by the year's target times the share of the year due; a count from an unknown
    start can't be judged (`unjudged`). adds_up and restarts: a count since the year's start, whose line starts again.
    """
    counted = adds_up(frame)
    unjudged = counted & (frame["year_starts"] == "unknown").to_numpy(dtype=bool)
    frame = frame.assign(adds_up=counted & ~unjudged, restarts=counted, unjudged=unjudged)
    share = judged_share(frame, floats(frame["months"]))
    return frame.assign(judged_lower=frame["target_lower"] * share, judged_upper=frame["target_upper"] * share)


def distance_and_status(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds exact_value, distance, baseline_distance, status, gap_closed, goal, people_needed and small_numbers."""
    low, high = frame["judged_lower"], frame["judged_upper"]
    unjudged = frame["unjudged"].to_numpy(dtype=bool)
    exact = target.exact_values(frame["value"], frame["numerator"], frame["denominator"], frame["unit"])
    gap = target.distance(np.where(unjudged, np.nan, exact), low, high)
    monitored = (frame["polarity"] == "monitor").to_numpy(dtype=bool)
    status = target.status(gap, frame["target_strict"], frame["tolerance"], _has_target(frame), monitored)
    cannot_say = unjudged & frame["value"].notna().to_numpy(dtype=bool)
    baseline = frame["baseline"].mask(frame["broken"])
    per = frame["unit"].map(PER_UNIT)
    people = target.people_needed(frame["numerator"], frame["denominator"], low, high, frame["target_strict"], per)
    return frame.assign(
        exact_value=exact,
        distance=gap,
        baseline_distance=target.distance(baseline, frame["target_lower"], frame["target_upper"]),
        status=status.mask(cannot_say).set_axis(frame.index),
        goal=target.edge(np.where(np.isnan(exact), floats(frame["baseline"]), exact), low, high),
        gap_closed=target.gap_closed(
            frame["value"].mask(frame["restarts"] | monitored), baseline, frame["target_lower"], frame["target_upper"]
        ),
        people_needed=np.where(frame["unit"] == "percent", people, np.nan),
        small_numbers=(frame["denominator"] < FEWER_THAN_TEN).to_numpy(dtype=bool),
    )


def add_settled(frame: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Adds what the latest figure that is not provisional says, for a provisional one makes no exception alone.

    settled_distance and settled_status: by the target in force in its month. settled_distance_today and
    settled_previous_distance: its own and the figure before's, by the target of the latest figure, to be compared.
    """
    rows = targets_of_figures(frame, targets)
    share = judged_share(frame.assign(target_profile=rows["target_profile"]), floats(frame["settled_months"]))
    latest = frame["settled_end"] == frame["period_end"]
    value = frame["settled_value"].mask(latest, frame["exact_value"]).mask(frame["unjudged"])
    gap = target.distance(value, rows["target_lower"] * share, rows["target_upper"] * share)
    has_target = (rows["target_lower"].notna() | rows["target_upper"].notna()).to_numpy(dtype=bool)
    monitored = (frame["polarity"] == "monitor").to_numpy(dtype=bool)
    status = target.status(gap, rows["target_strict"], frame["tolerance"], has_target, monitored)
    months = floats(frame["settled_previous_months"])
    same_year = months < floats(frame["settled_months"])
    before = frame["settled_previous"].where(~frame["restarts"] | same_year).mask(frame["unjudged"])
    return frame.assign(
        settled_distance=gap,
        settled_status=status.set_axis(frame.index),
        settled_distance_today=target.distance(value, frame["target_lower"], frame["target_upper"]),
        settled_previous_distance=_by_share(before, frame, judged_share(frame, months)),
    )


def targets_of_figures(frame: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The target in force in the month of each measure's latest figure that is not provisional.

    frame: a row a measure. targets: as targets_in_force takes them. On frame's index: target_lower, target_upper,
    target_strict, target_profile; missing where there is no target.
    """
    rows = rows_in_force(targets, frame["measure_id"], frame["settled_end"].fillna(frame["reporting_month"]))
    names = ("target_lower", "target_upper", "target_strict", "target_profile")
    return pd.DataFrame({name: take_rows(targets[name], rows) for name in names}, index=frame.index)


def _by_share(value: pd.Series, frame: pd.DataFrame, share: Floats) -> Floats:
    return target.distance(value, frame["target_lower"] * share, frame["target_upper"] * share)


def _has_target(frame: pd.DataFrame) -> Flags:
    return (frame["target_lower"].notna() | frame["target_upper"].notna()).to_numpy(dtype=bool)


def add_age(frame: pd.DataFrame, overdue: Flags) -> pd.DataFrame:
    """Adds months_old (of the latest figure with a value) and overdue (overdue.overdue)."""
    months_old = months_between(frame["period_end"], frame["reporting_month"])
    return frame.assign(months_old=months_old.astype("Int64"), overdue=overdue)


def add_shown_signals(frame: pd.DataFrame, signal: Signals) -> pd.DataFrame:
    """Adds the signals that may be shown, and failing: as things stand the target will go on being missed.

    Where a target is at a bound, met_months speaks instead of assurance; whether it lies beyond the limits still
    counts for an exception. Where the level is on the move its limits say nothing of the way ahead: neither is given.
    A measure that moves away from its target has not outgrown it.
    """
    shown = signal.by_measure.set_axis(frame.index)
    failing = (shown["assurance"] == "consistently_failing").to_numpy(dtype=bool, na_value=False)
    shown["assurance"] = shown["assurance"].mask(frame["target_at_bound"])
    worsening = (shown["variation"] == "concern").to_numpy(dtype=bool, na_value=False)
    frame = frame.assign(outgrown=frame["outgrown"] & ~worsening)
    return with_columns(frame, shown.assign(failing=failing))
