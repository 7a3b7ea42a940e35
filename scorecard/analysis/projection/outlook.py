"""Outlook: the chance that each dated target is met, from the projection, in words; or why nothing can be said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.projection.project import chance_of_meeting, why_silent
from scorecard.core.periods import month_words
from scorecard.narrative.phrases import Row, goal_figure, level

OUTLOOK_COLUMNS = ["measure_id", "chance_of_meeting", "outlook_words"]
TENTHS = 10
HARDLY, NEARLY_SURE = 0.05, 0.95  # beyond these a tenth would claim what no projection knows

NO_TARGET = "No outlook: there is no target."
NO_DATE = "No outlook: the plan gives the target no date."
MONITORED = "No outlook: the measure is only monitored."
UNJUDGED = "No outlook: the count's start is not known."
SHARED_DATA = "No projection: each figure shares most of its data with the one before."
NO_FIGURES = "No projection: there are no figures yet; it takes 12."
TOO_FAR = "No outlook: the date, {by}, is further ahead than the projection reaches."


def outlook(assessment: Assessment, projection: pd.DataFrame) -> pd.DataFrame:
    """The chance that each measure meets its target by the target's date.

    projection: as projection.project returns it, of the authority's own series (other areas' rows are left out).
    Returns a row a measure, in the assessment's order: measure_id, chance_of_meeting (0 to 1; NaN where there is none)
    and outlook_words ('About 3 in 10 to meet 90% by October 2020', or why there is no chance to give).
    """
    frame = assessment.measures
    own = projection[projection["area"].isin(assessment.series["area"].unique())]
    asked = frame[["measure_id", "target_lower", "target_upper"]].assign(by=frame["target_by"])
    chances = chance_of_meeting(own, asked).drop_duplicates("measure_id").set_index("measure_id")
    chance = chances["chance"].reindex(frame["measure_id"]).to_numpy(dtype=np.float64)
    silent = dict.fromkeys(frame.loc[frame["period_end"].isna(), "measure_id"], NO_FIGURES)
    silent |= why_silent(assessment.series).set_index("measure_id")["why"].to_dict()
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    why = [_why_none(row, silent.get(row["measure_id"], "")) for row in rows]
    chance = np.where([words != "" for words in why], np.nan, chance)
    words = [reason or _words(row, given) for row, given, reason in zip(rows, chance, why, strict=True)]
    columns = [frame["measure_id"], chance, pd.Series(words, index=frame.index, dtype="str")]
    return pd.DataFrame(dict(zip(OUTLOOK_COLUMNS, columns, strict=True)))


def _why_none(row: Row, silence: str) -> str:
    """Why no chance can be given for this measure; empty where one can, if its date is among the months projected."""
    if pd.isna(row["target_lower"]) and pd.isna(row["target_upper"]):
        return NO_TARGET
    if row["polarity"] == "monitor":
        return MONITORED
    if pd.isna(row["target_by"]):
        return NO_DATE
    if row["unjudged"]:
        return UNJUDGED
    if not pd.isna(row["period_end"]) and row["target_by"] <= row["period_end"]:
        gone = "come" if row["target_by"] == row["period_end"] else "passed"
        return f"No outlook: the date, {month_words(row['target_by'])}, has {gone}."
    if row["standing"] == "not_applicable":
        return SHARED_DATA
    return silence


def _words(row: Row, chance: float) -> str:
    by = month_words(row["target_by"])
    if np.isnan(chance):
        return TOO_FAR.format(by=by)
    return f"{chance_words(chance)} to {_goal(row)} by {by}"


def chance_words(chance: float) -> str:
    """'About 3 in 10'; near nothing 'Less than 1 in 20', near certainty 'More than 19 in 20'."""
    if chance < HARDLY:
        return "Less than 1 in 20"
    if chance > NEARLY_SURE:
        return "More than 19 in 20"
    return f"About {min(max(int(chance * TENTHS + 0.5), 1), TENTHS - 1)} in {TENTHS}"


def _goal(row: Row) -> str:
    """'meet 90%', 'reach the plan's level of 420', 'meet less than 365 days', 'lie between 10 and 20'."""
    if row["target_kind"] == "between":
        return f"lie {row['target_words']}"
    if row["target_strict"]:
        return f"meet {row['target_words']}"
    edge: float = row["target_lower"] if not pd.isna(row["target_lower"]) else row["target_upper"]
    words = goal_figure(row, edge)
    return f"meet {words}" if level(row) == "target" else f"reach the plan's level of {words}"
