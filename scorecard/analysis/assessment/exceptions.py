"""Exceptions: which measures the board must hear of, by one rule (design §7)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, floats, same
from scorecard.analysis.assessment.chance import kinds_of
from scorecard.analysis.assessment.evidence import ONE_IN_20
from scorecard.analysis.assessment.signals import HARDLY_VARIED, NOT_VARIED, limits_shown
from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.analysis.spc.stable import chance_of_rare_signal_like

CONCERN, FAILING, BEHIND, NO_NEARER = "concern", "consistently_failing", "behind_trajectory", "no_nearer"


def exceptions(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds exception, exception_reasons (list of codes), behind_beyond_chance (bool), missed_by_chance (bool) and
    movement_unknown.

    A measure is an exception where its target is missed, by the latest figure and by the latest that is not
    provisional, and: it shows concern that is unlikely to be chance, or is consistently failing, or is behind its
    trajectory by more than chance would make, or, where no limits may be shown, is further from its target than at the
    baseline (without one that compares, and without a line, than the figure before) by more than chance would make
    (evidence.chance_margin; a line starts from one month's figure, which has its chance too). The latest figure and the
    latest that is not provisional must both be. Where nothing says how much chance makes, or nothing has varied, to be
    no nearer than at the baseline is enough.
    Figures on fewer than ten make no exception of their own. movement_unknown: missed, with no earlier figure to
    compare to: listed beside the exceptions, never among them. missed_by_chance: missed, no exception, and chance
    makes as much: by its limits nothing has changed, or without limits it misses by no more than chance_margin.
    """
    missed = _missed_by_both(frame)
    with_limits = limits_shown(frame).to_numpy(dtype=bool)
    now, before = _nearness(frame)
    held_to = _held_to(frame, before)
    margin = floats(frame["chance_margin"]) * np.sqrt(1 + floats(frame["trajectory_to_go"]) ** 2)
    with np.errstate(invalid="ignore"):
        behind = floats(frame["trajectory_distance"]) < -margin
        settled_behind = floats(frame["settled_trajectory_distance"]) < -margin
    reasons = {
        CONCERN: (frame["variation"] == "concern").to_numpy(dtype=bool, na_value=False) & frame["unlikely"].to_numpy(),
        FAILING: frame["failing"].to_numpy(dtype=bool),
        BEHIND: behind & settled_behind,
        NO_NEARER: ~with_limits
        & _no_nearer(frame, now, held_to)
        & _no_nearer(frame, floats(frame["distance"]), held_to),
    }
    table = np.column_stack(list(reasons.values())) & missed[:, None]
    codes = np.array(list(reasons))
    any_ground: Flags = np.asarray(table.any(axis=1))
    return frame.assign(
        behind_beyond_chance=behind & settled_behind,
        exception=any_ground,
        missed_by_chance=_by_chance(frame, with_limits) & ~any_ground,
        exception_reasons=pd.Series([codes[row].tolist() for row in table], index=frame.index, dtype="object"),
        movement_unknown=missed & ~any_ground & ~with_limits & np.isnan(before),
    )


def _by_chance(frame: pd.DataFrame, with_limits: Flags) -> Flags:
    """Whether a target is missed by no more than chance would make, without limits by that of the latest figure."""
    missed = (frame["status"] == "missed").to_numpy(dtype=bool, na_value=False)
    unchanged = (frame["variation"] == COMMON_CAUSE).to_numpy(dtype=bool, na_value=False)
    by_limits = unchanged & ~frame["failing"].to_numpy(dtype=bool)
    with np.errstate(invalid="ignore"):
        within = floats(frame["distance"]) >= -floats(frame["chance_margin"])
    return np.asarray(missed & np.where(with_limits, by_limits, within), dtype=np.bool_)


def expected_exceptions(frame: pd.DataFrame, series: pd.DataFrame, points: pd.DataFrame) -> float:
    """How many of the measures that miss their target would be exceptions if nothing had happened to them.

    frame, series, points: of the assessment. Each by its own stable series a signal away from its target that is called
    unlikely to be chance; and 1 in 20 each where it is held to a line, or, without limits, to an earlier figure.
    """
    missed, shown = _missed_by_both(frame), limits_shown(frame).to_numpy(dtype=bool)
    kinds = kinds_of(frame, series, points, np.flatnonzero(missed & shown))
    above = floats(frame["exact_value"]) > floats(frame["goal"])
    worse = sum(chance_of_rare_signal_like(kind, bool(above[measure_row])) for measure_row, kind in kinds.items())
    margin = missed & ~np.isnan(floats(frame["chance_margin"]))
    to_a_line = margin & ~np.isnan(floats(frame["trajectory_distance"]))
    to_a_figure = margin & ~shown & ~np.isnan(_held_to(frame, _nearness(frame)[1]))
    return float(worse + ONE_IN_20 * (to_a_line.sum() + to_a_figure.sum()))


def _missed_by_both(frame: pd.DataFrame) -> Flags:
    """Which targets are missed by the latest figure and by the latest that is not provisional, on ten or more."""
    by_both = (frame["status"] == "missed") & (frame["settled_status"] == "missed")
    missed = by_both.to_numpy(dtype=bool, na_value=False) & ~frame["small_numbers"].to_numpy(dtype=bool)
    return np.asarray(missed, dtype=np.bool_)


def _no_nearer(frame: pd.DataFrame, now: Floats, before: Floats) -> Flags:
    """Whether a distance is worse than one before by more than chance would make.

    Both figures have their chance, so the margin is √2 times that of one; but a count since April is the same count
    with a month added. Where nothing varies, or no margin is known and the baseline is all there is, no nearer is
    enough; where hardly anything does, to stay where it was is, but one child of a share's denominator more is not.
    """
    margin = floats(frame["chance_margin"]) * np.where(frame["restarts"].to_numpy(dtype=bool), 1.0, np.sqrt(2.0))
    still = frame["no_limits_code"].isin((NOT_VARIED, HARDLY_VARIED)).to_numpy(dtype=bool) | np.isnan(margin)
    counted = (frame["unit"] == "percent").to_numpy(dtype=bool) & (floats(frame["denominator"]) > 0)
    by_margin = (frame["no_limits_code"] == HARDLY_VARIED).to_numpy(dtype=bool) & counted
    worse = now < np.where(still & ~by_margin, before, before - margin)
    return np.asarray(worse | (still & same(now, before)), dtype=np.bool_)


def _nearness(frame: pd.DataFrame) -> tuple[Floats, Floats]:
    """How near the target the latest settled figure is, and how near the baseline was, or the figure before it.

    A count since April is compared to the figure before it, each by the share of the year due then, for a baseline's
    share of a year isn't known.
    """
    counted = frame["restarts"].to_numpy(dtype=bool)
    now = np.where(counted, floats(frame["settled_distance"]), floats(frame["settled_distance_today"]))
    baseline = np.where(counted, np.nan, floats(frame["baseline_distance"]))
    return now, np.where(np.isnan(baseline), floats(frame["settled_previous_distance"]), baseline)


def _held_to(frame: pd.DataFrame, before: Floats) -> Floats:
    """What a measure is held to: not the figure before where it has a line, for two looks find chance twice."""
    by_line = (frame["baseline_distance"].isna() & frame["trajectory_distance"].notna()).to_numpy(dtype=bool)
    return np.where(by_line, np.nan, before)
