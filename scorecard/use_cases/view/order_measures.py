"""Order measures: what needs attention first, by the order that a reader asks for. Never by the share of gap closed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from scorecard.analysis.assessment import summary
from scorecard.use_cases.view.measures import View

ORDERS = {
    "attention": "What needs attention first",
    "worsening": "Worsening, or away from the plan's level, first",
    "furthest": "Furthest from target first",
    "moved": "Moved most first",
    "oldest": "Oldest figure first",
    "plan": "In the plan's order",
}
CHANGES_FIRST = {"concern": 0, "neutral_high": 1, "neutral_low": 1, "common_cause": 2, "improvement": 3}
UNKNOWN_LAST = 4


def ordered(view: View, order: str, *, exceptions_only: bool) -> list[str]:
    """The ids of all measures, or of the exceptions alone, in an order of ORDERS (an unknown one is the first)."""
    order = order if order in SORTS else "attention"
    return view.once(("order", order, exceptions_only), lambda: _sorted(view, order, exceptions_only))


def _sorted(view: View, order: str, exceptions_only: bool) -> list[str]:
    found = SORTS[order](view.measures.assign(_plan=np.arange(len(view.measures))))
    return found.loc[found["exception"] | (not exceptions_only), "measure_id"].tolist()


def _attention(measures: pd.DataFrame) -> pd.DataFrame:
    """Exceptions, other misses, owed figures, then the rest; in each the worsening first, then the furthest off."""
    return summary.needs_attention(_worsening(measures))


def _worsening(measures: pd.DataFrame) -> pd.DataFrame:
    change = measures["variation"].map(CHANGES_FIRST).fillna(UNKNOWN_LAST).astype("int64")
    return _furthest(measures.assign(_change=change)).sort_values("_change", kind="stable")


def _furthest(measures: pd.DataFrame) -> pd.DataFrame:
    """By distance below target as a share of the target, as analysis.summary.furthest_from_target ranks it."""
    ranked = summary.furthest_from_target(measures.assign(counted=True), most=len(measures))
    short = measures["measure_id"].map(ranked.set_index("measure_id")["shortfall"])
    return measures.assign(_short=short).sort_values(["_short", "_plan"], ascending=[False, True], na_position="last")


def _moved(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.sort_values(["mover_size", "_plan"], ascending=[False, True], na_position="last")


def _oldest(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.sort_values(["overdue", "months_old", "_plan"], ascending=[False, False, True], na_position="last")


SORTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "attention": _attention,
    "worsening": _worsening,
    "furthest": _furthest,
    "moved": _moved,
    "oldest": _oldest,
    "plan": lambda measures: measures,
}
