"""The words of every status, variation, assurance, rule and count: named once, for page, chart, pack and terminal."""

from __future__ import annotations

from typing import NamedTuple

SMALL_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PERIOD_NOUNS = {1: "month", 3: "quarter", 4: "term", 12: "year"}
FREQUENCY_WORDS = {1: "monthly", 3: "quarterly", 4: "termly", 12: "annual"}
UNLIKELY, PERHAPS = "unlikely to be chance", "perhaps chance"
LEANING_CAUTION = "each {noun} leans on the one before, so the rules' odds don't hold"

STATUS_WORDS = {
    "met": "Met",
    "close": "Close",
    "missed": "Missed",
    "no_target": "No target",
    "no_data": "No figure",
}
MONITORED, NOT_JUDGED = "Monitored", "Not judged"  # in place of a status: not to be judged, and not possible to
STATUS_RULE = (
    f"{STATUS_WORDS['met']}: the latest figure reaches the target in force for its month. {STATUS_WORDS['close']}: it "
    f"misses by no more than the tolerance agreed for the measure. {STATUS_WORDS['missed']}: it misses by more. "
    f"{MONITORED} measures have no status."
)
EXCEPTION_RULE = (
    "A missed target becomes an exception where the measure is worsening beyond chance, or will go on missing the "
    "target as things stand, or is behind the line to its dated target; or, where no limits may be shown, where it is "
    "further from its target than at the baseline (without one, and without a line, than at the figure before): these "
    "two by more than chance would make. Figures on fewer than ten people make no exception of their own, and neither "
    "does a provisional figure alone."
)
EXCEPTION_REASONS = {  # by the codes of analysis.assessment.exceptions
    "concern": "worsening",
    "consistently_failing": "will go on missing",
    "behind_trajectory": "behind the line to its date",
    "no_nearer": "no nearer than before",
}
PLANS_LEVEL = "plan's level"
COMPARATOR_WORDS = {"statistical_neighbour": "Statistical neighbours", "regional": "Region", "national": "England"}
VARIATION_WORDS = {
    "improvement": "Improving",
    "common_cause": "No change beyond chance",
    "concern": "Worsening",
    "neutral_high": "Higher than usual",
    "neutral_low": "Lower than usual",
}
# Of a volume, or where the target is a range: never better or worse.
LEVEL_VARIATION_WORDS = {"improvement": "Towards the {level}", "concern": "Away from the {level}"}
# In a list's row, where a word must do.
VARIATION_SHORT = {
    "improvement": "Improving",
    "common_cause": "No real change",
    "concern": "Getting worse",
    "neutral_high": "Higher than usual",
    "neutral_low": "Lower than usual",
}
# Of both kinds together, as the rows of a table.
VARIATION_HEADINGS = {
    "improvement": f"Improving, or towards the {PLANS_LEVEL}",
    "common_cause": "No change beyond chance",
    "concern": f"Worsening, or away from the {PLANS_LEVEL}",
    "neutral_high": "Higher than usual, neither good nor bad",
    "neutral_low": "Lower than usual, neither good nor bad",
}
NOT_SHOWN = "Not shown"
ASSURANCE_SHORT = {
    "consistently_passing": "Reliably met",
    "consistently_failing": "Not reliably met",
    "inconsistent": "Hit and miss",
}
LEVEL_MOVES = "Level moves"  # in assurance's place
ASSURANCE_WORDS = {
    "consistently_passing": "Reliably met at its usual level",
    "consistently_failing": "Not reliably met at its usual level",
    "inconsistent": "Hit and miss",
}
MAY_BY_SEASON = "Hit and miss, by the season too"
MOSTLY_MET, MOSTLY_MISSED = "Mostly met; chance may miss it", "Mostly missed; chance may meet it"
MAY_BE_MOVING = "Not told from limits: the level may be changing, and they would speak of one that it is leaving"
NO_ASSURANCE_WORDS = {
    "last_point_signals": "Not told from limits: the level is changing, and they speak of one that it is leaving",
    "rebase_proposed": "Not told from limits: the level has changed, and they still include the one before",
    "slope": "Not told from limits: taken together its figures go one way, and limits speak of one level",
    "leaning": "Not told from limits: its figures lean on the ones before, and limits are too narrow for that",
}
# As the columns of a table, with what is in assurance's place.
ASSURANCE_HEADINGS = ASSURANCE_WORDS | {
    "moving": "Level on the move: see its line and projection",
    "met_months": "Target is 100% or 0%: months met",
    "none": "No target, or only monitored",
}


class RuleWords(NamedTuple):
    """What a rule of change or chance is called, upwards and downwards.

    fact: what the last figure shows, after the verb in a sentence and alone in a title or a mark. lasting: the same
    where several figures on end show it, after 'has been'. still: the same as a second fact beside a first. point: one
    point of a chart. episode: several points of a history. alone: an episode of one point, where that is told
    otherwise. by_chance: what to count when asking how often chance shows it.

    In braces: run ('eight months'), steps ('seven months': from each figure to the next), noun ('months'), month ('July
    2020'), mean and value (figures of the measure).
    """

    verb: str
    fact: tuple[str, str]
    still: tuple[str, str]
    point: tuple[str, str]
    episode: tuple[str, str]
    by_chance: str
    alone: tuple[str, str] | None = None
    lasting: tuple[str, str] | None = None


# An entry for each rule of analysis.spc.rules.RULES.
RULE_WORDS = {
    "limit": RuleWords(
        verb="was",
        fact=("far higher than usual in {month}", "far lower than usual in {month}"),
        still=("still far above its usual level", "still far below its usual level"),
        point=("above the upper limit", "below the lower limit"),
        episode=("{run} in a row beyond the upper limit", "{run} in a row beyond the lower limit"),
        by_chance="A figure outside a limit comes up",
        alone=("{value}, beyond the upper limit", "{value}, beyond the lower limit"),
        lasting=("far higher than usual for {run}", "far lower than usual for {run}"),
    ),
    "trend": RuleWords(
        verb="has",
        fact=("risen {steps} in a row", "fallen {steps} in a row"),
        still=("though risen {steps} in a row", "though fallen {steps} in a row"),
        point=("part of a long rise", "part of a long fall"),
        episode=("risen {steps} in a row", "fallen {steps} in a row"),
        by_chance="Seven or more figures in a row going one way come up",
    ),
    "two_of_three": RuleWords(
        verb="was",
        fact=("unusually high in two of the last three {noun}", "unusually low in two of the last three {noun}"),
        still=("still unusually high", "still unusually low"),
        point=("two of three near the upper limit", "two of three near the lower limit"),
        episode=(
            "at least two of three {noun} close to the upper limit",
            "at least two of three {noun} close to the lower limit",
        ),
        by_chance="Two of three near a limit come up",
    ),
    "shift": RuleWords(
        verb="has been",
        fact=("higher than usual for {run}", "lower than usual for {run}"),
        still=("still above its usual level", "still below its usual level"),
        point=("part of a run above the mean", "part of a run below the mean"),
        episode=("{run} in a row above the mean of {mean}", "{run} in a row below the mean of {mean}"),
        by_chance="Seven or more figures in a row on one side of the mean come up",
    ),
}
NO_LIMITS_WORDS = {
    "few_points": "fewer than 12 figures: no limits are drawn yet",
    "shared_data": "each figure shares most of its data with the one before, so we don't mark chance on it",
    "leaning": "each {noun} leans on the {noun} before, so we test the {adjective} change instead",
    "small_numbers": "fewer than 10 in the denominator: one child moves the figure too far",
    "not_varied": "the figures have not varied, so there are no limits",
    "hardly_varied": "nearly all figures are the same, so limits would have no width",
    "not_settled": "every figure so far is provisional",
}
NO_TRAJECTORY_WORDS = {  # start: the month of the plan's actuals, 'July 2020'
    "no_target": "there is no target",
    "monitored": "the measure is monitored, and its distance says all",
    "no_year_start": "the count's start is not known",
    "restarts": "the count starts anew each year",
    "no_date": "the plan gives the target no date",
    "no_start": "the plan gives no {start} figure to start from",
    "met_at_start": "the target was met in {start}",
    "due_at_start": "the target's date was {start}, where a line would start",
    "date_passed_at_start": "the target's date had passed by {start}",
}
NO_FIGURES = "no figures yet"
ORIGIN_WORDS = {
    "plan": "from the plan",
    "extract": "extract",
    "published": "published figure",
    "demonstration": "demonstration data",
}


def count_words(count: int) -> str:
    """'seven', '13': numbers to twelve as words."""
    return SMALL_COUNTS[count] if count < len(SMALL_COUNTS) else str(count)


def period_noun(months_between: int, count: int = 2) -> str:
    """What so many periods of a measure are called: 'months', 'quarter', 'terms', 'years'."""
    noun = PERIOD_NOUNS.get(months_between, "month")
    return noun if count == 1 else f"{noun}s"


def status_word(status: str | None, polarity: str) -> str:
    """A status in a word or two: 'Missed'; of a measure that has none 'Monitored', or 'Not judged'."""
    if status is None:
        return MONITORED if polarity == "monitor" else NOT_JUDGED
    return STATUS_WORDS[status]


def variation_words(variation: str | None, level: str = "") -> str:
    """What a variation is called: 'Worsening'; 'Away from the plan's level' where a level tells which way is good."""
    if variation is None:
        return NOT_SHOWN
    if level and variation in LEVEL_VARIATION_WORDS:
        return LEVEL_VARIATION_WORDS[variation].format(level=level)
    return VARIATION_WORDS[variation]


def variation_short(variation: str, level: str = "") -> str:
    """A variation in a list's row: 'Getting worse', 'Away from the plan's level'."""
    if level and variation in LEVEL_VARIATION_WORDS:
        return LEVEL_VARIATION_WORDS[variation].format(level=level)
    return VARIATION_SHORT[variation]


def level_of(kind: str, polarity: str, is_range: bool) -> str:
    """What a measure moves towards or away from, where no figure of it is better than another; empty where one is."""
    if polarity == "monitor" or not (is_range or kind == "volume"):
        return ""
    return PLANS_LEVEL if kind == "volume" else "target"


def lower_first(text: str) -> str:
    """A text with its first letter small."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """A text with its first letter large."""
    return text[:1].upper() + text[1:]
