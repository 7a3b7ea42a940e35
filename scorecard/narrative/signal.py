"""What the last figure signals, told once: as a title, as a mark and as a sentence."""

from __future__ import annotations

from typing import NamedTuple

from scorecard.analysis.assessment.level import SLOPE
from scorecard.analysis.spc.rules import COMMON_CAUSE, rule_of
from scorecard.core.numbers import number_words
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import (
    LEANING_CAUTION,
    PERHAPS,
    RULE_WORDS,
    UNLIKELY,
    VARIATION_WORDS,
    count_words,
    level_of,
    lower_first,
    period_noun,
    upper_first,
    variation_words,
)

NO_CHANGE = VARIATION_WORDS["common_cause"]
DRIFT_WORDS = {"rising": "taken together, its figures rise", "falling": "taken together, its figures fall"}
PROVISIONAL_LIMITS = "by limits that are still provisional"


class Signal(NamedTuple):
    """The same signal as a chart's title, as a mark beside a measure, and as a sentence of prose."""

    title: str
    mark: str
    sentence: str


def signal(row: Row) -> Signal | None:
    """What the last figure that is not provisional signals; None where nothing may be shown.

    row: of the assessment: variation, signal_cause, run_points, run_since, also_cause, also_points, last_settled,
    period_end, months_between, standing, unlikely, leaning, as_every_year, own_denominator, denominator, kind,
    polarity, target_lower and target_upper. Nothing but chance is told too.
    """
    if missing(row["variation"]):
        return None
    until = "" if row["last_settled"] == row["period_end"] else f" to {month_words(row['last_settled'])}"
    if not signals(row):
        noun = period_noun(int(row["months_between"]), 1)
        moves = f"From {noun} to {noun} it moves no more than chance would"
        drift = f"; {DRIFT_WORDS[row['drift']]}" if row["no_assurance"] == SLOPE else ""
        caution = f"; {leaning_caution(row)}" if row["leaning"] else ""
        every = f"As every {month_words(row['last_settled']).split()[0]}: " if row["as_every_year"] else ""
        caution = "".join(f", {limits_note}" for limits_note in _own_denominator(row)) + drift + caution
        title = f"{every}{lower_first(NO_CHANGE) if every else NO_CHANGE}{until}{caution}"
        return Signal(
            title, title, f"{every}{lower_first(moves) if every else moves}{until and f', up{until}'}{caution}."
        )
    chance = likelihood(row)
    fact = f"{signal_fact(row, until)}{also_fact(row)}"
    way = way_words(row)
    aside = f", {lower_first(way)}" if level_name(row) and way else ""
    mark = f"{way} ({fact})" if way else upper_first(fact)
    since = f", since {month_words(row['run_since'])}" if _goes_on(row) else ""
    also = also_fact(row).removeprefix(", ").removeprefix("though ")
    second = "" if not also else f"; it is {also}" if also.startswith("still") else f"; it has {also}"
    sentence = f"It {_verb(row)} {signal_fact(row, until)}{since}, which is {chance}{second}."
    return Signal(f"{upper_first(fact)}{aside}: {chance}", f"{mark}: {chance}", sentence)


def _own_denominator(row: Row) -> list[str]:
    """'by limits for 12', where the figure's own denominator is far from its usual one."""
    shown = row["own_denominator"] and row["last_settled"] == row["period_end"]
    return [f"by limits for {number_words(row['denominator'])}"] if shown else []


def likelihood(row: Row) -> str:
    """'unlikely to be chance' or 'perhaps chance' (docs/methods.md has the bound), and what to be careful of."""
    chance = UNLIKELY if row["unlikely"] else PERHAPS
    cautions = _own_denominator(row)
    cautions += [PROVISIONAL_LIMITS] if row["standing"] == "provisional" else []
    cautions += [f"for {leaning_caution(row)}"] if row["leaning"] and not row["unlikely"] else []
    return ", ".join([chance, *cautions])


def leaning_caution(row: Row) -> str:
    """What to be careful of where figures lean on each other."""
    return LEANING_CAUTION.format(noun=period_noun(int(row["months_between"]), 1))


def signal_fact(row: Row, until: str = "") -> str:
    """'fallen six months in a row', 'far higher than usual in July 2020'. until: ' to June 2020' after a run."""
    rule, up = rule_of(row["signal_cause"])
    rule_words, points = RULE_WORDS[rule.name], int(row["run_points"])
    fact = rule_words.lasting if rule_words.lasting and points > 1 else rule_words.fact
    return fill_words(fact[not up], row, points, month_words(row["last_settled"])) + (until if _goes_on(row) else "")


def _verb(row: Row) -> str:
    rule_words = RULE_WORDS[rule_of(row["signal_cause"])[0].name]
    return "has been" if rule_words.lasting and row["run_points"] > 1 else rule_words.verb


def _goes_on(row: Row) -> bool:
    """Whether the signal is told by how long it has lasted."""
    rule, _ = rule_of(row["signal_cause"])
    return bool(rule.run) or bool(RULE_WORDS[rule.name].lasting and row["run_points"] > 1)


def also_fact(row: Row) -> str:
    """', still above its usual level': a second fact that points the other way; or empty."""
    if missing(row["also_cause"]):
        return ""
    rule, up = rule_of(row["also_cause"])
    return ", " + fill_words(RULE_WORDS[rule.name].still[not up], row, int(row["also_points"]))


def fill_words(template: str, row: Row, points: int, month: str = "", mean: str = "", value: str = "") -> str:
    """A rule's words with the count, the month and the figures that they ask for."""
    months = int(row["months_between"])
    run, steps = (f"{count_words(count)} {period_noun(months, count)}" for count in (points, points - 1))
    return template.format(run=run, steps=steps, noun=period_noun(months), month=month, mean=mean, value=value)


def single(row: Row) -> bool:
    """Whether the signal is that of one figure alone: nothing has lasted yet."""
    return not _goes_on(row) and not row["run_points"] > 1


def changed_when(row: Row) -> str:
    """When to look for what changed: 'in June 2021'; after the month in which a rise or a fall began."""
    rule, _ = rule_of(row["signal_cause"])
    return f"{'after' if rule.run == 'steps' else 'in'} {month_words(row['run_since'])}"


def signals(row: Row) -> bool:
    """Whether the last figure that is not provisional signals, be it perhaps chance."""
    return not missing(row["signal_cause"]) and row["signal_cause"] != COMMON_CAUSE


def way_words(row: Row) -> str:
    """'Improving', 'Away from the plan's level'; empty where it goes neither way."""
    either = row["variation"] in ("improvement", "concern")
    return variation_words(row["variation"], level_name(row)) if either else ""


def level_name(row: Row) -> str:
    """What the measure moves towards or away from; empty where one way is better (core.vocabulary.level_of)."""
    is_range = not missing(row["target_lower"]) and not missing(row["target_upper"])
    return level_of(row["kind"], row["polarity"], is_range)


def point_words(cause: str) -> str:
    """What a special point of a chart is: 'above the upper limit', 'part of a long fall'."""
    rule, up = rule_of(cause)
    return RULE_WORDS[rule.name].point[not up]
