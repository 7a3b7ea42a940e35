"""How we compare, in words: with neighbours, region and England; how a gap moved; where we stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from scorecard.catalogue.models import Measure
from scorecard.core.numbers import amount_words, figure_words, number_words
from scorecard.core.periods import day_words, period_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import level_of

FEWEST_DECIMALS = 1  # of a mean: published rates are whole numbers, and their mean is none
FUNNEL_WORDS = {
    "inside": "within what authorities of this size differ by",
    "high_95": "higher than most authorities of this size",
    "low_95": "lower than most authorities of this size",
    "high": "higher than authorities of this size differ by",
    "low": "lower than authorities of this size differ by",
}
NOTHING_KNOWN = "No published figures are known for the measures of this catalogue."
NOT_BESIDE_INVENTED = (
    "Published figures are real, and every figure of this demonstration is invented: the two are never shown together. "
    "Open the scorecard without the demonstration to see how the authority compares."
)


def decimals_of(measure: Measure) -> int:
    """Decimals of a mean or a gap."""
    return max(FEWEST_DECIMALS, measure.decimals) if measure.unit != "number" else measure.decimals


def period_of(row: Row) -> str:
    """A published figure's period: '31 March 2025' for a day, 'year to March 2025' for the 12 months to it."""
    end: date = row["period_end"].date()
    return day_words(end) if row["months"] == 1 else period_words(end, int(row["months"]))


def value_of(value: Any, measure: Measure) -> str:
    """A published value with its unit; an en dash where there is none."""
    return figure_words(None if missing(value) else float(value), measure.unit, decimals_of(measure))


def mean_words(row: Row, editions: Mapping[str, str], middle: str = "mean") -> str:
    """What the neighbours' figure is: 'mean of 8 of 10, list of April 2021'; why there is none. middle: or median."""
    if missing(row["sn_n"]):
        return f"no neighbours' {middle}"
    name = editions.get(str(row["neighbours_edition"]), str(row["neighbours_edition"]))
    counted = f"{int(row['sn_n'])} of {int(row['sn_of'])}, list of {name}"
    if missing(row["sn_mean"]):
        return f"no {middle}: only {counted} have a figure"
    return f"{middle} of {counted}"


def good_way(measure: Measure) -> int:
    """Which way a gap is good: 1 above others, −1 below them, 0 where neither is better."""
    is_range = bool(measure.targets) and measure.targets[-1].between is not None
    if measure.polarity == "monitor" or level_of(measure.kind, measure.polarity, is_range):
        return 0
    return 1 if measure.polarity == "higher_is_better" else -1


def place_words(gap: float, measure: Measure) -> str:
    """'better than', 'worse than'; 'above' or 'below' where neither way is better; 'level with'."""
    if gap == 0:
        return "level with"
    way = good_way(measure)
    if not way:
        return "above" if gap > 0 else "below"
    return "better than" if gap * way > 0 else "worse than"


def gap_words(gap: Any, measure: Measure, other: str) -> str:
    """How far we lie from others: '4.8 percentage points better than the neighbours', '9 per 10,000 above them'."""
    if missing(gap):
        return f"not compared with {other}"
    decimals = decimals_of(measure)
    size = amount_words(float(gap), measure.unit, decimals)
    if number_words(abs(float(gap)), decimals) == number_words(0.0, decimals):
        return f"level with {other}"
    return f"{size} {place_words(float(gap), measure)} {other}"


def interval_words(row: Row, measure: Measure, others: Any) -> str:
    """'95% interval of ours 81.9 to 98.6: the neighbours' 94.8 lies inside it'; empty where no counts are published."""
    if missing(row["value_lower_95"]):
        return ""
    low, high = float(row["value_lower_95"]), float(row["value_upper_95"])
    interval = f"95% interval of ours {value_of(low, measure)} to {value_of(high, measure)}"
    if missing(others):
        return interval
    inside = low <= float(others) <= high
    what = "lies inside it: level, as far as chance can tell" if inside else "lies outside it: more than chance"
    return f"{interval}; the neighbours' {value_of(others, measure)} {what}"


def people_words(more: Any) -> str:
    """What a gap is in people: 'about 89 more than at the neighbours' rate'; empty where it can't be known."""
    if missing(more):
        return ""
    count = number_words(abs(float(more)))
    return f"about {count} {'more' if more > 0 else 'fewer'} than at the neighbours' rate"


def rank_words(rank: Any, ranked: Any) -> str:
    """A place from the lowest: '7th lowest of 11', 'the lowest of 11'."""
    if missing(rank):
        return "not ranked"
    if int(rank) in (1, int(ranked)):
        return f"the {'lowest' if int(rank) == 1 else 'highest'} of {int(ranked)}"
    return f"{ordinal(int(rank))} lowest of {int(ranked)}"


def ordinal(number: int) -> str:
    """'1st', '2nd', '13th'."""
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def movement_words(row: Row, measure: Measure) -> str:
    """How the gap moved: 'closing: we moved −30.0, they moved +11.1 since March 2016'."""
    decimals = decimals_of(measure)
    moved = [number_words(float(row[name]), decimals, signed=True) for name in ("we_moved", "they_moved")]
    since = period_words(row["first_end"].date())
    return f"{row['way']}: we moved {moved[0]}, they moved {moved[1]} since {since}"


def list_words(by_list: list[Row], editions: Mapping[str, str], measure: Measure) -> str:
    """Where the verdict turns with the list of neighbours, what each gives; empty where it doesn't turn."""
    known = [row for row in by_list if not missing(row["gap"])]
    places = [place_words(row["gap"], measure) for row in known]
    if len(set(places)) < 2:
        return ""
    verdicts = []
    for row, place in zip(known, places, strict=True):
        name = editions.get(str(row["edition"]), str(row["edition"]))
        people = people_words(row["more_than_at_sn"])
        verb = "are" if good_way(measure) else "lie"
        verdicts.append(f"by the list of {name} we {verb} {place} the neighbours{f' ({people})' if people else ''}")
    return f"The verdict turns with the list of neighbours: {'; '.join(verdicts)}."
