"""The chance of meeting a target, in words, or why there is none."""

from __future__ import annotations

from typing import Any

import pandas as pd

from scorecard.analysis.projection import outlook as chances
from scorecard.analysis.projection.project import silence
from scorecard.core.periods import month_words
from scorecard.narrative.phrases import Row, goal_figure, level, missing

TENTHS = 10
HARDLY, NEARLY_SURE = 0.05, 0.95  # beyond these a tenth would claim what no projection knows

SHARED_DATA = "No projection: each figure shares most of its data with the one before."
NONE_WORDS = {
    chances.NO_TARGET: "No outlook: there is no target.",
    chances.MONITORED: "No outlook: the measure is only monitored.",
    chances.UNJUDGED: "No outlook: the count's start is not known.",
    chances.DATE_COME: "No outlook: the date, {month}, has come.",
    chances.DATE_PASSED: "No outlook: the date, {month}, has passed.",
    chances.SHARED_DATA: SHARED_DATA,
    chances.TOO_FAR: "No outlook: the date, {month}, is further ahead than the projection reaches.",
}


def outlook_words(measures: pd.DataFrame, outlook: pd.DataFrame) -> dict[str, str]:
    """Each measure's outlook, by its id: 'About 3 in 10 to meet 90% by October 2020', or why there is none to give.

    measures: the assessment's. outlook: analysis.projection.outlook.outlook of the same.
    """
    rows = measures.merge(outlook, on="measure_id", how="left").to_dict("records")
    return {str(row["measure_id"]): _words({str(name): value for name, value in row.items()}) for row in rows}


def _words(row: Row) -> str:
    month = "" if missing(row["chance_month"]) else month_words(row["chance_month"])
    if row["chance_none"] == chances.TOO_FEW:
        return silence(int(row["chance_points"]))
    if not missing(row["chance_none"]):
        return NONE_WORDS[row["chance_none"]].format(month=month)
    undated = "" if row["chance_dated"] else ", twelve months on; the plan gives no date"
    return f"{chance_words(row['chance_of_meeting'])} to {_goal(row)} by {month}{undated}"


def chance_words(chance: float) -> str:
    """'About 3 in 10'; near nothing 'Less than 1 in 20', near certainty 'More than 19 in 20'."""
    if chance < HARDLY:
        return "Less than 1 in 20"
    if chance > NEARLY_SURE:
        return "More than 19 in 20"
    return f"About {min(max(int(chance * TENTHS + 0.5), 1), TENTHS - 1)} in {TENTHS}"


def _goal(row: dict[str, Any]) -> str:
    """'meet 90%', 'reach the plan's level of 420', 'meet less than 365 days', 'lie between 10 and 20'."""
    if row["target_kind"] == "between":
        return f"lie {row['target_words']}"
    if row["target_strict"]:
        return f"meet {row['target_words']}"
    edge: float = row["target_lower"] if not pd.isna(row["target_lower"]) else row["target_upper"]
    words = goal_figure(row, edge)
    return f"meet {words}" if level(row) == "target" else f"reach the plan's level of {words}"
