"""What should I do? One line beside a status and a signal, by the logic of NHS England's Making Data Count.

A signal has a cause that can be found; figures that only chance moves have none, and change when the process does.
"""

from __future__ import annotations

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.signals import HARDLY_VARIED, NOT_VARIED
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.narrative.phrases import level
from scorecard.narrative.signal import signals

STEADY = "Leave it: it does what it should."
MEND_THE_DATA = "Mend the data first: nothing is worth deciding on a figure that is in doubt."


def action(row: Row, *, in_doubt: bool = False) -> str:
    """What to do about a measure, in a sentence; empty where there is no figure, or nothing to do.

    in_doubt: something speaks against its data (data_quality.completeness); so does a figure that is overdue.
    """
    if row["overdue"]:
        return "Get the figure that is owed first: what is shown is no longer the present."
    if missing(row["value"]):
        return ""
    if in_doubt:
        return MEND_THE_DATA
    if row["provisional"]:
        return "Wait for the settled figure: this one may still change, and makes no signal alone."
    if missing(row["variation"]):
        return _without_limits(row)
    if not signals(row):
        return _by_chance(row)
    since = month_words(row["run_since"])
    if not row["unlikely"]:
        return f"Watch the next figures: this is perhaps chance. If it lasts, ask what changed in {since}."
    if row["variation"] == "improvement":
        return f"Keep what was done: find out what has changed since {since}, and hold on to it."
    if row["variation"] == "concern":
        return f"Ask what changed in {since}, and act on that."
    return f"Ask what changed in {since}: whether it is good or bad, the figures can't say."


def _by_chance(row: Row) -> str:
    if row["as_every_year"] and row["status"] in ("missed", "close"):
        month = month_words(row["last_settled"]).split()[0]
        return f"Plan for {month}: it comes every year. To do better, change what is done each {month}."
    if row["status"] in ("missed", "close"):
        return "Change the process itself: this month's figure explains nothing, and asking about it will not help."
    if row["status"] != "met":
        return "Leave it: it moves no more than chance would."
    if row["assurance"] == "inconsistent" and row["chance_of_missing"] >= MATERIAL_CHANCE:
        return f"Leave single months alone: chance can miss the {level(row)}; to be sure of it, change the process."
    return STEADY


def _without_limits(row: Row) -> str:
    if row["no_limits_code"] in (NOT_VARIED, HARDLY_VARIED) and row["status"] == "met":
        return STEADY
    if row["small_numbers"]:
        return "Look at each child's case: so few can't be judged by a percentage."
    if row["status"] in ("missed", "close"):
        return f"Ask why the {level(row)} is missed; whether it is change or chance can't be told here."
    return ""


def question(row: Row, *, in_doubt: bool = False) -> str:
    """What a board asks of a measure that misses its target, by the same logic; empty of one that doesn't.

    in_doubt: as of `action`.
    """
    if row["status"] not in ("missed", "close"):
        return ""
    if row["overdue"]:
        return "When will the figure that is owed come, and why is it late?"
    if in_doubt:
        return "What is wrong with the data, and when will it be mended?"
    if missing(row["variation"]):
        return _question_without_limits(row)
    name = level(row)
    if row["variation"] == "common_cause":
        if row["failing"]:
            return f"What in the process will be different, and when would the figures show that it reaches the {name}?"
        return f"What makes it vary so much, and what would keep it at the {name} in every month?"
    since = month_words(row["run_since"])
    if row["variation"] == "improvement":
        return f"What has made it better since {since}, and is that enough to reach the {name}?"
    return f"What changed in {since}, what is being done about it, and when will that show?"


def _question_without_limits(row: Row) -> str:
    if row["small_numbers"]:
        return "What happened for each of these few children?"
    return f"Why is the {level(row)} missed, and by what will the board know that it is getting better?"
