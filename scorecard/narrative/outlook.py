"""The chance of meeting a target, in words, or why there is none."""

from __future__ import annotations

import pandas as pd

from scorecard.analysis.assessment.signals import NOT_SETTLED
from scorecard.analysis.projection import outlook as chances
from scorecard.analysis.projection.project import FEWEST_POINTS
from scorecard.core.numbers import count_of
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing, rows_of
from scorecard.core.vocabulary import FREQUENCY_WORDS
from scorecard.narrative.phrases import figure, goal_figure, level, periods

TENTHS = 10
HARDLY, NEARLY_SURE = 0.05, 0.95  # beyond these a tenth would claim what no projection knows

NONE_WORDS = {
    chances.NO_TARGET: "No outlook: there is no target.",
    chances.MONITORED: "No outlook: the measure is only monitored.",
    chances.UNJUDGED: "No outlook: the count's start is not known.",
    chances.DATE_COME: "No outlook: the date, {month}, has come.",
    chances.DATE_PASSED: "No outlook: the date, {month}, has passed.",
    chances.SHARED_DATA: "No projection: each figure shares most of its data with the one before.",
    chances.SMALL_NUMBERS: "No projection: fewer than 10 in the denominator, so one child moves the figure too far.",
    chances.TOO_FAR: "No outlook: the date, {month}, is further ahead than the projection reaches.",
}


def outlook_words(measures: pd.DataFrame, outlook: pd.DataFrame) -> dict[str, str]:
    """Each measure's outlook, by its id: 'About 3 in 10 to meet 90% by October 2020', or why there is none to give.

    measures: the assessment's. outlook: analysis.projection.outlook.outlook of the same.
    """
    rows = rows_of(measures.merge(outlook, on="measure_id", how="left"))
    return {row["measure_id"]: _words(row) for row in rows}


def _words(row: Row) -> str:
    if not missing(row["chance_none"]):
        return _none_words(row)
    month = month_words(row["chance_month"])
    undated = "" if row["chance_dated"] else ", twelve months on; the plan gives no date"
    return f"{chance_words(row['chance_of_meeting'])} to {_goal(row)} by {month}{undated}"


def few_words(row: Row, points: int) -> str:
    """Why a series of so many figures is not projected, and how many more it takes.

    'No projection: 5 quarterly figures so far; it takes 12, seven quarters more.'
    """
    if points == 0 and row.get("no_limits_code") == NOT_SETTLED:
        return "No projection: every figure so far is provisional."
    if points == 0:
        return f"No projection: there are no figures yet; it takes {FEWEST_POINTS}."
    figures = count_of(points, f"{FREQUENCY_WORDS[int(row['months_between'])]} figure")
    more = periods(row, FEWEST_POINTS - points)
    return f"No projection: {figures} so far; it takes {FEWEST_POINTS}, {more} more."


def no_projection_words(measures: pd.DataFrame, unprojected: pd.DataFrame) -> dict[str, str]:
    """Why measures are not projected, by id; those that are, are not in it.

    measures: the assessment's. unprojected: analysis.projection.outlook.unprojected of the same.
    """
    rows = rows_of(measures.merge(unprojected, on="measure_id"))
    return {row["measure_id"]: _none_words(row) for row in rows if not missing(row["chance_none"])}


def _none_words(row: Row) -> str:
    if row["chance_none"] == chances.TOO_FEW:
        return few_words(row, int(row["chance_points"]))
    dated = not missing(row.get("chance_month"))
    return NONE_WORDS[row["chance_none"]].format(month=month_words(row["chance_month"]) if dated else "")


def projection_words(measures: pd.DataFrame, projection: pd.DataFrame) -> dict[str, str]:
    """What is projected for each measure in the last month ahead, by id; those that are not projected are not in it.

    projection: projection.project's, kept to what figures can be. 'Projected for June 2022: 71%; 8 times in 10 from 65%
    to 78%.'
    """
    rows = {row["measure_id"]: row for row in rows_of(measures)}
    last = rows_of(projection.drop_duplicates("measure_id", keep="last"))
    return {ahead["measure_id"]: _projected(rows[ahead["measure_id"]], ahead) for ahead in last}


def _projected(row: Row, ahead: Row) -> str:
    middle, low, high = (figure(row, ahead[name]) for name in ("projected", "lower_80", "upper_80"))
    return f"Projected for {month_words(ahead['period_end'])}: {middle}; 8 times in 10 from {low} to {high}."


def chance_words(chance: float) -> str:
    """'About 3 in 10'; near nothing 'Less than 1 in 20', near certainty 'More than 19 in 20'."""
    if chance < HARDLY:
        return "Less than 1 in 20"
    if chance > NEARLY_SURE:
        return "More than 19 in 20"
    return f"About {min(max(int(chance * TENTHS + 0.5), 1), TENTHS - 1)} in {TENTHS}"


def _goal(row: Row) -> str:
    """'meet 90%', 'reach the plan's level of 420', 'be less than 365 days', 'lie between 10 and 20'."""
    if row["target_kind"] == "between":
        return f"lie {row['target_words']}"
    if row["target_strict"]:
        return f"be {row['target_words']}"
    edge: float = row["target_lower"] if not missing(row["target_lower"]) else row["target_upper"]
    goal = goal_figure(row, edge)
    return f"meet {goal}" if level(row) == "target" else f"reach the plan's level of {goal}"
