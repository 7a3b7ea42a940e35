"""Order measures: what needs attention first, by the order that a reader asks for. Never by the share of gap closed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from scorecard.analysis.assessment import summary
from scorecard.use_cases.view.measures import View

ORDERS = {
    "attention": "Most pressing",
    "worsening": "Getting worse first",
    "furthest": "Furthest from target",
    "moved": "Moved most",
    "oldest": "Oldest figure",
    "plan": "The plan's order",
}
Sort = Callable[[pd.DataFrame], pd.DataFrame]
CHANGES_FIRST = {"concern": 0, "neutral_high": 1, "neutral_low": 1, "common_cause": 2, "improvement": 3}
UNKNOWN_LAST = 4
ORDERED_BY = [  # what the orders look at: a frame of all columns takes ten times as long to sort
    "measure_id", "status", "exception", "overdue", "target_by", "reporting_month", "variation", "small_numbers",
    "goal", "distance", "mover_size", "months_old",
]  # fmt: skip


def ordered(view: View, order: str) -> list[str]:
    """The ids of all measures in an order of ORDERS (an unknown one is the first)."""
    return view.memoised(("order", order), lambda: _sorted(view, SORTS.get(order, _attention)))


def _sorted(view: View, sort: Sort) -> list[str]:
    ordered = sort(view.measures[ORDERED_BY].assign(_plan=np.arange(len(view.measures))))
    return [str(measure_id) for measure_id in ordered["measure_id"]]


def _attention(measures: pd.DataFrame) -> pd.DataFrame:
    """Targets missed at their date, exceptions, other misses; in each the worsening first, then the furthest off."""
    return summary.needs_attention(_worsening(measures))


def _worsening(measures: pd.DataFrame) -> pd.DataFrame:
    change = measures["variation"].map(CHANGES_FIRST).fillna(UNKNOWN_LAST).astype("int64")
    return _furthest(measures.assign(_change=change)).sort_values("_change", kind="stable")


def _furthest(measures: pd.DataFrame) -> pd.DataFrame:
    """By distance below target as a share of the target, as assessment.summary.furthest_from_target ranks it."""
    ranked = summary.furthest_from_target(measures.assign(counted=True), most=len(measures))
    short = measures["measure_id"].map(ranked.set_index("measure_id")["shortfall"])
    return measures.assign(_short=short).sort_values(["_short", "_plan"], ascending=[False, True], na_position="last")


def _moved(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.sort_values(["mover_size", "_plan"], ascending=[False, True], na_position="last")


def _oldest(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.sort_values(["overdue", "months_old", "_plan"], ascending=[False, False, True], na_position="last")


SORTS: dict[str, Sort] = {
    "attention": _attention,
    "worsening": _worsening,
    "furthest": _furthest,
    "moved": _moved,
    "oldest": _oldest,
    "plan": lambda measures: measures,
}
