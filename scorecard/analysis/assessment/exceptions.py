"""Exceptions: which measures the board must hear of, by one rule (design §7)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.signals import limits_shown
from scorecard.analysis.assessment.target import Flags, Floats, floats, same

CONCERN, FAILING, BEHIND, NO_NEARER = "concern", "consistently_failing", "behind_trajectory", "no_nearer"


def exceptions(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds exception (bool), exception_reasons (list of codes) and movement_unknown.

    A measure is an exception where its target is missed, by the latest figure and by the latest that is not
    provisional, and: it shows concern, or is consistently failing, or is behind its trajectory, or, where no limits may
    be shown, it is no nearer its target than at the baseline (without one that compares, than the figure before). The
    latest figure and the latest that is not provisional must both be behind, or both no nearer.
    Figures on fewer than ten make no exception of their own. movement_unknown: missed, with no earlier figure to
    compare to: listed beside the exceptions, never among them.
    """
    by_both = (frame["status"] == "missed") & (frame["settled_status"] == "missed")
    missed = by_both.to_numpy(dtype=bool, na_value=False) & ~frame["small_numbers"].to_numpy(dtype=bool)
    with_limits = limits_shown(frame).to_numpy(dtype=bool)
    now, before = _nearness(frame)
    reasons = {
        CONCERN: (frame["variation"] == "concern").to_numpy(dtype=bool, na_value=False),
        FAILING: frame["failing"].to_numpy(dtype=bool),
        BEHIND: frame["settled_behind"].to_numpy(dtype=bool) & frame["behind"].to_numpy(dtype=bool),
        NO_NEARER: ~with_limits & _no_nearer(now, before) & _no_nearer(floats(frame["distance"]), before),
    }
    table = np.column_stack(list(reasons.values())) & missed[:, None]
    codes = np.array(list(reasons))
    found: Flags = np.asarray(table.any(axis=1))
    return frame.assign(
        exception=found,
        exception_reasons=pd.Series([codes[row].tolist() for row in table], index=frame.index, dtype="object"),
        movement_unknown=missed & ~found & ~with_limits & np.isnan(before),
    )


def _no_nearer(now: Floats, before: Floats) -> Flags:
    return np.asarray((now < before) | same(now, before), dtype=np.bool_)


def _nearness(frame: pd.DataFrame) -> tuple[Floats, Floats]:
    """How near the target the latest settled figure is, and how near the baseline was, or the figure before it.

    A count since April is compared to the figure before it, each by the share of the year due then, for a baseline's
    share of a year isn't known.
    """
    counted = frame["restarts"].to_numpy(dtype=bool)
    now = np.where(counted, floats(frame["settled_distance"]), floats(frame["settled_distance_today"]))
    baseline = np.where(counted, np.nan, floats(frame["baseline_distance"]))
    return now, np.where(np.isnan(baseline), floats(frame["settled_previous_distance"]), baseline)
