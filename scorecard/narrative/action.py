"""What should I do? One line beside a status and a signal, by the logic of NHS England's Making Data Count.

A signal has a cause that can be found; figures that only chance moves have none, and change when the process does.
"""

from __future__ import annotations

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.level import SLOPE
from scorecard.analysis.assessment.signals import HARDLY_VARIED, LEANING, NOT_VARIED
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import FREQUENCY_WORDS, period_noun
from scorecard.narrative.phrases import level, target_changed
from scorecard.narrative.signal import DRIFT_WORDS, changed_when, level_name, signals, single

HALF = 0.5
STEADY = "Leave it: it does what it should."
MEND_THE_DATA = "Mend the data first: nothing is worth deciding on a figure that is in doubt."


def action(row: Row, *, in_doubt: bool = False) -> str:
    """What to do about a measure, in a sentence; empty where there is no figure, or nothing to do.

    in_doubt: something speaks against its data (data_quality.completeness); so does a figure that is overdue.
    """
    if row["overdue"] and missing(row["value"]):
        return "Get the first figure: without it nothing can be told."
    if row["overdue"]:
        return "Get the missing figure first: what is shown is no longer the present."
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
    if not row["unlikely"]:
        return f"Watch the next figures: this is perhaps chance. If it lasts, ask what changed {changed_when(row)}."
    if row["variation"] == "improvement":
        since = month_words(row["run_since"])
        asked = f"what changed in {since}" if single(row) else f"what has changed since {since}"
        return f"Keep what was done: find out {asked}, and hold on to it."
    if row["variation"] == "concern":
        return f"Ask what changed {changed_when(row)}, and act on that."
    return f"Ask what changed {changed_when(row)}: whether it is good or bad, the figures can't say."


def _by_chance(row: Row) -> str:
    if row["as_every_year"] and row["status"] in ("missed", "close"):
        month = month_words(row["last_settled"]).split()[0]
        return f"Plan for {month}: it comes every year. To do better, change what is done each {month}."
    if row["no_assurance"] == SLOPE:
        return f"Watch where it goes: {DRIFT_WORDS[row['drift']]}, though none signals alone."
    if row["no_assurance"] == LEANING and row["status"] in ("missed", "close"):
        return (
            f"Watch where it goes: its figures lean on the ones before. To reach the {level(row)}, change the process."
        )
    if row["status"] in ("missed", "close"):
        if mostly_met(row):
            return (
                f"Leave this figure alone: it explains nothing, and most meet the {level(row)}. To miss it less often, "
                "change the process."
            )
        this = f"this {_period(row)}'s figure"
        return f"Change the process itself: {this} explains nothing, and asking about it will not help."
    if row["status"] != "met":
        return "Leave it: it moves no more than chance would."
    if row["seasonal"] and _by_level(row) and row["met_months"] < row["met_of"]:
        return f"Leave this {_period(row)} alone; plan for those of each year that miss the {level(row)}."
    if _by_level(row) and row["chance_of_missing"] > HALF:
        miss = f"lie short of the new {level(row)}" if target_changed(row) else f"miss the {level(row)}"
        return f"Don't rely on it: most figures {miss}, and chance met it. To meet it, change the process."
    if _by_level(row) and row["chance_of_missing"] >= MATERIAL_CHANCE:
        single = f"Leave single {_period(row)}s alone"
        return f"{single}: chance can miss the {level(row)}; to be sure of it, change the process."
    return STEADY


def _by_level(row: Row) -> bool:
    """Whether how often the present level missed the target says something of the next figure."""
    return bool(row["assurance"] == "inconsistent" or row["target_at_bound"]) and not missing(row["chance_of_missing"])


def mostly_met(row: Row) -> bool:
    """Whether the present level misses its target in so few figures that one more says nothing."""
    return _by_level(row) and bool(row["chance_of_missing"] < MATERIAL_CHANCE)


def _mostly_missed(row: Row) -> bool:
    """Whether the present level meets its target in so few figures that meeting it would be chance."""
    return _by_level(row) and bool(row["chance_of_missing"] > 1 - MATERIAL_CHANCE)


def _without_limits(row: Row) -> str:
    if row["no_limits_code"] in (NOT_VARIED, HARDLY_VARIED) and row["status"] == "met":
        return STEADY
    if row["small_numbers"]:
        do = "Leave it" if row["status"] == "met" else "Look at each child's case"
        return f"{do}: so few can't be judged by a percentage."
    leans = f"its {FREQUENCY_WORDS[int(row['months_between'])]} change shows what is more than chance"
    if row["status"] in ("missed", "close"):
        chance_words = (
            leans if row["no_limits_code"] == LEANING else "whether it is change or chance can't be told here"
        )
        return f"Ask why the {level(row)} is missed; {chance_words}."
    if row["status"] == "met":
        chance_words = leans if row["no_limits_code"] == LEANING else "whether by change or chance can't be told here"
        return f"Leave it: the {level(row)} is met; {chance_words}."
    return ""


def question(row: Row, *, in_doubt: bool = False) -> str:
    """What a board asks of a measure that misses its target, by the same logic; empty of one that doesn't.

    in_doubt: as of `action`.
    """
    if row["status"] not in ("missed", "close"):
        return ""
    if row["overdue"]:
        return "When will the missing figure come, and why is it late?"
    if in_doubt:
        return "What is wrong with the data, and when will it be mended?"
    if row["provisional"]:
        return "What does the settled figure say, and when will it come?"
    if missing(row["variation"]):
        return _question_without_limits(row)
    name = level(row)
    if row["variation"] == "common_cause":
        return _question_of_chance(row, name)
    if row["variation"] == "improvement":
        since = month_words(row["run_since"])
        way = f"moved it towards the {level_name(row)}" if level_name(row) else "made it better"
        asked = f"What {way} in {since}" if single(row) else f"What has {way} since {since}"
        return f"{asked}, and is that enough to reach the {name}?"
    return f"What changed {changed_when(row)}, what is being done about it, and when will that show?"


def _question_of_chance(row: Row, name: str) -> str:
    if signals(row):
        return f"Do the next figures show the same, and if they do, what changed {changed_when(row)}?"
    if row["as_every_year"]:
        month = month_words(row["last_settled"]).split()[0]
        return f"It comes every {month}: what will be different in the next?"
    if row["failing"] or _mostly_missed(row) or row["no_assurance"] == SLOPE:
        return f"What in the process will be different, and when would the figures show that it reaches the {name}?"
    if mostly_met(row):
        return f"Do the next figures meet the {name} again, as most have?"
    return f"What makes it vary so much, and what would keep it at the {name} in every {_period(row)}?"


def _period(row: Row) -> str:
    return period_noun(int(row["months_between"]), 1)


def _question_without_limits(row: Row) -> str:
    if row["small_numbers"]:
        return "What happened for each of these few children?"
    return f"Why is the {level(row)} missed, and by what will the board know that it is getting better?"
