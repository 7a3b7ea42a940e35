"""Exceptions: which measures the board must hear of, by one rule (design §7)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.signals import HARDLY_VARIED, NOT_VARIED, limits_shown
from scorecard.analysis.assessment.target import Flags, Floats, floats, same

CONCERN, FAILING, BEHIND, NO_NEARER = "concern", "consistently_failing", "behind_trajectory", "no_nearer"


def exceptions(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds exception, exception_reasons (list of codes), behind_beyond_chance (bool) and movement_unknown.

    A measure is an exception where its target is missed, by the latest figure and by the latest that is not
    provisional, and: it shows concern that is unlikely to be chance, or is consistently failing, or is behind its
    trajectory by more than chance would make, or, where no limits may be shown, is further from its target than at the
    baseline (without one that compares, than the figure before) by more than chance would make
    (evidence.chance_margin). The latest figure and the latest that is not provisional must both be. Where nothing says
    how much chance makes, or nothing has varied, to be no nearer than at the baseline is enough.
    Figures on fewer than ten make no exception of their own. movement_unknown: missed, with no earlier figure to
    compare to: listed beside the exceptions, never among them.
    """
    by_both = (frame["status"] == "missed") & (frame["settled_status"] == "missed")
    missed = by_both.to_numpy(dtype=bool, na_value=False) & ~frame["small_numbers"].to_numpy(dtype=bool)
    with_limits = limits_shown(frame).to_numpy(dtype=bool)
    now, before = _nearness(frame)
    margin = floats(frame["chance_margin"])
    with np.errstate(invalid="ignore"):
        behind = floats(frame["trajectory_distance"]) < -margin
        settled_behind = floats(frame["settled_trajectory_distance"]) < -margin
    reasons = {
        CONCERN: (frame["variation"] == "concern").to_numpy(dtype=bool, na_value=False) & frame["unlikely"].to_numpy(),
        FAILING: frame["failing"].to_numpy(dtype=bool),
        BEHIND: behind & settled_behind,
        NO_NEARER: ~with_limits & _no_nearer(frame, now, before) & _no_nearer(frame, floats(frame["distance"]), before),
    }
    table = np.column_stack(list(reasons.values())) & missed[:, None]
    codes = np.array(list(reasons))
    found: Flags = np.asarray(table.any(axis=1))
    return frame.assign(
        behind_beyond_chance=behind & settled_behind,
        exception=found,
        exception_reasons=pd.Series([codes[row].tolist() for row in table], index=frame.index, dtype="object"),
        movement_unknown=missed & ~found & ~with_limits & np.isnan(before),
    )


def _no_nearer(frame: pd.DataFrame, now: Floats, before: Floats) -> Flags:
    """Whether a distance is worse than one before by more than chance would make.

    Both figures have their chance, so the margin is √2 times that of one; but a count since April is the same count
    with a month added. Where nothing varies, or no margin is known and the baseline is all there is, no nearer is
    enough.
    """
    margin = floats(frame["chance_margin"]) * np.where(frame["restarts"].to_numpy(dtype=bool), 1.0, np.sqrt(2.0))
    still = frame["no_limits_code"].isin((NOT_VARIED, HARDLY_VARIED)).to_numpy(dtype=bool) | np.isnan(margin)
    return np.asarray(np.where(still, (now < before) | same(now, before), now < before - margin), dtype=np.bool_)


def _nearness(frame: pd.DataFrame) -> tuple[Floats, Floats]:
    """How near the target the latest settled figure is, and how near the baseline was, or the figure before it.

    A count since April is compared to the figure before it, each by the share of the year due then, for a baseline's
    share of a year isn't known.
    """
    counted = frame["restarts"].to_numpy(dtype=bool)
    now = np.where(counted, floats(frame["settled_distance"]), floats(frame["settled_distance_today"]))
    baseline = np.where(counted, np.nan, floats(frame["baseline_distance"]))
    return now, np.where(np.isnan(baseline), floats(frame["settled_previous_distance"]), baseline)
