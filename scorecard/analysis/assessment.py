"""The assessment: one row a measure with all that is said of it. Pages, pack and terminal read this one frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis import exceptions, movement, sentences, spc, target
from scorecard.analysis.comparison import compare
from scorecard.analysis.series import latest_figures, own_series, reporting_month, targets_in_force
from scorecard.analysis.signals import signals
from scorecard.analysis.trajectory import months_between, trajectory
from scorecard.catalogue.figures import PER_UNIT
from scorecard.catalogue.frames import measures_frame, targets_frame
from scorecard.catalogue.models import Catalogue

# Units that add up over a year; a share or an average does not, so its target is the same all year.
UNITS_THAT_ADD_UP = ("number", "rate_per_10000", "rate_per_1000", "days")
OUTGROWN_AFTER = 6  # reporting months met, one after the other: design, 'outgrown'
MET_MONTHS_WINDOW = 24


class Assessment(NamedTuple):
    """What the figures mean in a reporting month.

    measures: a row a measure in the plan's order (columns: docs/assessment.md). month: the reporting month.
    series: the authority's own rows up to it. spc: limits and signals of those rows. The same frames feed the charts,
    so that nothing is computed twice.
    """

    measures: pd.DataFrame
    month: pd.Timestamp
    series: pd.DataFrame
    spc: spc.Spc


def assess(catalogue: Catalogue, observations: pd.DataFrame, month: pd.Timestamp | None = None) -> Assessment:
    """Assesses all measures of a catalogue at once.

    observations: the agreed frame (catalogue.observations), any areas and months. month: the reporting month (its last
    day); None is the latest that any figure of the authority has, or the plan's own where there is none.
    """
    area = catalogue.authority.code
    plan_month = pd.Timestamp(catalogue.plan.actuals)
    month = month or reporting_month(observations, area) or plan_month
    measures = measures_frame(catalogue)
    measures = measures[~(measures["retired"] < month)].reset_index(drop=True)
    targets = targets_frame(catalogue)
    series = own_series(measures, observations, area, month)
    signal = signals(measures, targets, series, month)
    frame = measures.assign(reporting_month=month).join(latest_figures(measures["measure_id"], series))
    frame = frame.join(targets_in_force(targets, frame["measure_id"], frame["period_end"].fillna(month)))
    steps: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = (
        judged_target,
        distance_and_status,
        age,
        movement.movement,
        lambda frame: frame.join(trajectory(frame, plan_month)),
        lambda frame: frame.join(compare(frame)),
        lambda frame: frame.join(met_months(frame, series, targets)),
        lambda frame: frame.join(signal.by_measure.reindex(frame["measure_id"]).set_index(frame.index)),
        exceptions.exceptions,
        sentences.sentences,
    )
    for step in steps:
        frame = step(frame)
    return Assessment(frame, month, series, signal.spc)


def judged_target(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds judged_lower and judged_upper: the target's edges as they apply to the figure's period.

    A year to date that adds up is judged by the year's target times the share of the year due; a count from an unknown
    start can't be judged (`unjudged`).
    """
    to_date = (frame["accumulation"] == "year_to_date") & frame["unit"].isin(UNITS_THAT_ADD_UP)
    unjudged = to_date & (frame["year_starts"] == "unknown")
    share = target.share_of_year(frame["months"].astype("float64"), frame["target_profile"])
    factor = pd.Series(share, index=frame.index).where(to_date & ~unjudged, 1.0)
    return frame.assign(
        judged_lower=frame["target_lower"] * factor,
        judged_upper=frame["target_upper"] * factor,
        restarts=frame["accumulation"] == "year_to_date",
        unjudged=unjudged,
    )


def distance_and_status(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds distance, baseline_distance, settled_distance, status, gap_closed, goal and people_needed."""
    low, high = frame["judged_lower"], frame["judged_upper"]
    gap = target.distance(frame["value"].mask(frame["unjudged"]), low, high)
    has_target = (frame["target_lower"].notna() | frame["target_upper"].notna()).to_numpy()
    monitored = (frame["polarity"] == "monitor").to_numpy()
    status = target.status(gap, frame["target_strict"], frame["tolerance"], has_target, monitored)
    status = status.mask((frame["unjudged"] & frame["value"].notna()).reset_index(drop=True))
    baseline = frame["baseline"].mask(frame["broken"])
    per = frame["unit"].map(PER_UNIT)
    people = target.people_needed(frame["numerator"], frame["denominator"], low, high, frame["target_strict"], per)
    return frame.assign(
        distance=gap,
        baseline_distance=target.distance(baseline, frame["target_lower"], frame["target_upper"]),
        settled_distance=target.distance(frame["settled_value"].mask(frame["unjudged"]), low, high),
        status=status.to_numpy(),
        goal=target.edge(frame["value"].fillna(frame["baseline"]), low, high),
        gap_closed=target.gap_closed(
            frame["value"].mask(frame["restarts"]), baseline, frame["target_lower"], frame["target_upper"]
        ),
        people_needed=np.where(frame["unit"] == "percent", people, np.nan),
        small_numbers=(frame["denominator"] < 10).fillna(False).to_numpy(dtype=bool),
    )


def age(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds months_old (of the latest figure with a value) and overdue.

    Overdue: nothing, not even a symbol, has come for a month by which the measure's frequency had a figure due. A
    measure that starts later owes nothing yet.
    """
    months_old = months_between(frame["period_end"], frame["reporting_month"])
    since_received = months_between(frame["received_end"], frame["reporting_month"])
    started = frame["starts"].isna() | (frame["starts"] <= frame["reporting_month"])
    overdue = started & (since_received.isna() | (since_received >= frame["months_between"]))
    return frame.assign(months_old=months_old.astype("Int64"), overdue=overdue.to_numpy(dtype=bool))


def met_months(frame: pd.DataFrame, series: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """How often a measure met the target in force at the time, over the last 24 months.

    Returns on the frame's index: met_months and met_of (months with a figure), target_at_bound (100% or 0: a target
    that no limits can lie beyond, so that met_months speaks for assurance), outgrown (met now, and at the baseline or
    in each of the last six figures).
    """
    rows = series[series["value"].notna()].copy()
    known = frame.set_index("measure_id")
    in_force = targets_in_force(targets, rows["measure_id"], rows["period_end"])
    gap = target.distance(rows["value"], in_force["target_lower"], in_force["target_upper"])
    rows["met"] = target.meets(gap, in_force["target_strict"])
    rows = rows[~np.isnan(gap) & (rows["measure_id"].map(known["accumulation"]) != "year_to_date").to_numpy()]
    first = frame["reporting_month"].iloc[0] - pd.DateOffset(months=MET_MONTHS_WINDOW) if len(frame) else pd.NaT
    recent = rows[rows["period_end"] > first].groupby("measure_id")["met"].agg(["sum", "count"])
    last = rows.groupby("measure_id").tail(OUTGROWN_AFTER).groupby("measure_id")["met"].agg(["sum", "count"])
    recent, last = recent.reindex(frame["measure_id"]), last.reindex(frame["measure_id"])
    always = (last["sum"] == OUTGROWN_AFTER).to_numpy()
    at_baseline = target.meets(frame["baseline_distance"].to_numpy(), frame["target_strict"])
    bound = (frame["unit"] == "percent") & (frame["target_lower"] >= 100) | (frame["target_upper"] <= 0)
    return pd.DataFrame(
        {
            "met_months": recent["sum"].to_numpy(),
            "met_of": recent["count"].to_numpy(),
            "target_at_bound": bound.to_numpy(dtype=bool),
            "outgrown": (frame["status"] == "met").to_numpy(dtype=bool) & (at_baseline | always),
        },
        index=frame.index,
    ).astype({"met_months": "Int64", "met_of": "Int64"})
