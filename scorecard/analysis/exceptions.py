"""Exceptions: which measures the board must hear of, by one rule (design §7)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.target import distance

CONCERN, FAILING, BEHIND, NO_NEARER = "concern", "consistently_failing", "behind_trajectory", "no_nearer"
DISAGREEMENTS = {
    ("met", "concern"): "met, but worsening",
    ("close", "concern"): "close, and worsening",
    ("missed", "improvement"): "missed, but improving",
    ("close", "improvement"): "close, and improving",
}


def exceptions(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds exception (bool), exception_reasons (list of codes), movement_unknown and disagreement (words or <NA>).

    A measure is an exception where its target is missed, by the latest figure and by the latest that is not
    provisional, and: it shows concern, or is consistently failing, or is behind its trajectory, or, where no limits may
    be shown, it is no nearer its target than at the baseline (without one that compares, than the figure before).
    Figures on fewer than ten make no exception of their own. movement_unknown: missed, with no earlier figure to
    compare to: listed beside the exceptions, never among them.
    """
    by_both = (frame["status"] == "missed") & (frame["settled_distance"] < 0)
    missed = (by_both & ~frame["small_numbers"]).to_numpy(dtype=bool)
    limits_shown = frame["no_limits"].isna() & frame["standing"].notna()
    before = frame["baseline_distance"].fillna(_distance_of_previous(frame))
    no_nearer = (~limits_shown & (frame["settled_distance"] <= before)).to_numpy(dtype=bool)
    reasons = {
        CONCERN: (frame["variation"] == "concern").to_numpy(dtype=bool, na_value=False),
        FAILING: (frame["assurance"] == "consistently_failing").to_numpy(dtype=bool, na_value=False),
        BEHIND: frame["behind"].to_numpy(dtype=bool),
        NO_NEARER: no_nearer,
    }
    table = np.column_stack(list(reasons.values())) & missed[:, None]
    codes = np.array(list(reasons))
    found = np.asarray(table.any(axis=1))
    unknown = missed & ~found & (~limits_shown & before.isna()).to_numpy(dtype=bool)
    pairs = list(zip(frame["status"], frame["variation"], strict=True))
    disagreement = pd.Series([DISAGREEMENTS.get(pair) for pair in pairs], index=frame.index, dtype="str")
    return frame.assign(
        exception=found,
        exception_reasons=pd.Series([list(codes[row]) for row in table], index=frame.index, dtype="object"),
        movement_unknown=unknown,
        disagreement=disagreement,
    )


def _distance_of_previous(frame: pd.DataFrame) -> pd.Series:
    gap = distance(frame["settled_previous"], frame["judged_lower"], frame["judged_upper"])
    return pd.Series(gap, index=frame.index)
