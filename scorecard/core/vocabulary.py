"""The words of every status, variation, assurance, rule and count: named once, for page, chart, pack and terminal."""

from __future__ import annotations

SMALL_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PERIOD_NOUNS = {1: "month", 3: "quarter", 4: "term", 12: "year"}
FREQUENCY_WORDS = {1: "monthly", 3: "quarterly", 4: "termly", 12: "annual"}
UNLIKELY = "unlikely to be chance"

STATUS_WORDS = {
    "met": "Met",
    "close": "Close",
    "missed": "Missed",
    "no_target": "No target",
    "no_data": "No figure",
}
MONITORED = "Monitored"
STATUS_RULE = (
    "Met: the latest figure reaches the target in force for its month. Close: it misses by no more than the tolerance "
    "agreed for the measure. Missed: it misses by more. Monitored measures have no status."
)
EXCEPTION_RULE = (
    "A missed target becomes an exception where the measure is worsening beyond chance, or will go on missing the "
    "target as things stand, or is behind the line to its dated target; or, where no limits may be shown, where it is "
    "further from its target than at the baseline (without one, than at the figure before): these two by more than "
    "chance would make. Figures on fewer than ten people make no exception of their own, and neither does a "
    "provisional figure alone."
)
VARIATION_WORDS = {
    "improvement": "Improving: unlikely to be chance",
    "concern": "Worsening: unlikely to be chance",
    "common_cause": "No change beyond chance",
    "neutral_high": "Higher than before: unlikely to be chance",
    "neutral_low": "Lower than before: unlikely to be chance",
}
ASSURANCE_WORDS = {
    "consistently_passing": "Will meet the target unless something changes",
    "consistently_failing": "Will miss the target unless something changes",
    "inconsistent": "May meet or miss the target by chance",
}
NO_ASSURANCE_WORDS = {
    "last_point_signals": "Not told from limits: the level is changing, and they speak of one that it is leaving",
    "rebase_proposed": "Not told from limits: the level has changed, and they still include the one before",
    "slope": "Not told from limits: the figures rise or fall steadily, and they speak of one level",
}
NO_LIMITS_WORDS = {
    "few_points": "fewer than 12 figures: no limits are drawn yet",
    "shared_data": "each figure shares most of its data with the one before, so limits would mislead",
    "leaning": "each month leans on the month before, so limits would mislead",
    "small_numbers": "fewer than 10 in the denominator: one child moves the figure too far",
    "not_varied": "the figures have not varied, so there are no limits",
    "hardly_varied": "nearly all figures are the same, so limits would have no width",
    "not_settled": "every figure so far is provisional",
}
NO_FIGURES = "no figures yet"


def count_words(count: int) -> str:
    """'seven', '13': numbers to twelve as words."""
    return SMALL_COUNTS[count] if count < len(SMALL_COUNTS) else str(count)


def period_noun(months_between: int, count: int = 2) -> str:
    """What so many periods of a measure are called: 'months', 'quarter', 'terms', 'years'."""
    noun = PERIOD_NOUNS.get(months_between, "month")
    return noun if count == 1 else f"{noun}s"
