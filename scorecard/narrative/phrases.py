"""Phrases that the sentences are made of: figures, amounts, months and changes, as plain prose has them."""

from __future__ import annotations

from scorecard.catalogue.target_words import words_of_edges
from scorecard.core.numbers import PER_UNIT, RATES, amount_words, decimals_of, figure_words, number_words, rounded
from scorecard.core.periods import month_words, months_from, period_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import PLANS_LEVEL, count_words, period_noun

CHANGE_TOLD = 24  # months for which a change of target is told
FINER_AT_MOST = 3  # two decimals more than the measure's tell any two figures apart that a reader would


def places(value: float, decimals: int) -> int:
    """The fewest decimals that show a difference as its measure's decimals would: 6.0 needs none, 6.10 one."""
    exact = rounded(value, decimals).normalize().as_tuple().exponent
    return max(0, -int(exact))


def figure(row: Row, value: float, decimals: int | None = None) -> str:
    """A value with its unit, to its measure's decimals, as tables and charts write it: '94.0%', '14.14 days', '101'."""
    written = int(row["decimals"]) if decimals is None else decimals
    if row["unit"] == "days":
        return amount_words(value, "days", written)
    return figure_words(value, row["unit"], written)


def rate_figure(row: Row, value: float) -> str:
    """A figure in words, a rate with what it is counted by: '101 per 10,000'."""
    figure_text = figure(row, value)
    return f"{figure_text} per {number_words(PER_UNIT[row['unit']])}" if row["unit"] in RATES else figure_text


def goal_figure(row: Row, edge: float) -> str:
    """A target's number, never rounded: '90%', '82.4', '0.3'."""
    return figure(row, edge, decimals_of(edge, int(row["decimals"])))


def amount(row: Row, value: float, decimals: int | None = None) -> str:
    """A difference in words: '6 percentage points'; one that would round to nothing says 'less than 1 day'."""
    most = int(row["decimals"]) if decimals is None else decimals
    if value and rounded(abs(value), most) == 0:
        return f"less than {amount_words(10.0**-most, row['unit'], most)}"
    return amount_words(value, row["unit"], places(value, most))


def decimals_that_tell(row: Row) -> int:
    """The measure's decimals, or a few more where a figure off its target would look as if it stood at it."""
    decimals = int(row["decimals"])
    if missing(row["distance"]) or row["distance"] == 0:
        return decimals
    difference = abs(row["exact_value"] - row["goal"])

    def tells(more: int) -> bool:
        return bool(rounded(difference, more)) and float(rounded(row["exact_value"], more)) != row["goal"]

    return next(filter(tells, range(decimals, decimals + FINER_AT_MOST)), decimals)


def bare_amount(row: Row, value: float) -> str:
    """A difference without its unit where the figure beside it has said it; points keep theirs, for they are not %."""
    return amount(row if row["unit"] == "percent" else {**row, "unit": "number"}, value)


def points(row: Row, value: float, decimals: int) -> str:
    """A pace or a gap, short: '1.4 points', '32.7', '7.9 per 10,000'."""
    return amount(row, value, decimals).replace("percentage point", "point")


def level(row: Row) -> str:
    """What the target is called: a volume or a monitored measure has the plan's level, which is no good or bad."""
    return PLANS_LEVEL if neutral(row) else "target"


def neutral(row: Row) -> bool:
    """Whether no figure of the measure is better or worse than another: a volume, or one that is only monitored."""
    return bool(row["kind"] == "volume" or row["polarity"] == "monitor")


def when(row: Row) -> str:
    """The latest figure's period in prose: 'in July 2020', 'in the year to July 2020', 'from April to July 2020'."""
    month = month_words(row["period_end"])
    if row["accumulation"] == "year_to_date":
        if row["year_starts"] == "unknown":
            return f"by {month}"
        return f"from April to {month}" if row["months"] > 1 else f"in {month}"
    if row["accumulation"] == "at_month_end":
        return f"at the end of {month}"
    period = period_words(row["period_end"], row["months"])
    return f"in {period}" if row["months"] <= 1 else f"in the {period}"


def pace_needed(row: Row, decimals: int) -> str:
    """'1.4 points a month', '4.2 points a quarter'; where less than a period is left, all that is to go."""
    if row["months_left"] < row["months_between"]:
        return points(row, row["pace_needed"] * row["months_left"], decimals)
    return f"{points(row, a_period(row, row['pace_needed']), decimals)} {each_period(row)}"


def best_pace(row: Row, decimals: int) -> str:
    """What is behind the pace made where the pace needed was never reached; or empty.

    ', and at best 0.9 over so long a time', in the measure's own period; where it never
    gained ', and at best stood still over so long a time'; ', its best so far'.
    """
    best = row["best_pace"]
    if missing(best) or best >= row["pace_needed"]:
        return ""
    best_made = max(a_period(row, best), 0.0)
    if best_made <= a_period(row, row["pace_made"]):
        return ", its best so far"
    if best_made == 0:
        return ", and at best stood still over so long a time"
    return f", and at best {number_words(best_made, places(best_made, decimals))} over so long a time"


def a_period(row: Row, a_month: float) -> float:
    """A pace in the measure's own period, of one in months: a quarterly figure moves from quarter to quarter."""
    return a_month * int(row["months_between"])


def each_period(row: Row) -> str:
    """'a month', 'a quarter': what a pace is told by."""
    return f"a {period_noun(int(row['months_between']), 1)}"


def periods(row: Row, count: int) -> str:
    """'seven months', 'one quarter': so many of the measure's periods."""
    return f"{count_words(count)} {period_noun(int(row['months_between']), count)}"


def meets(row: Row) -> bool:
    """Whether the latest figure meets its target."""
    return bool(row["distance"] > 0 or (row["distance"] == 0 and not row["target_strict"]))


def shown_value(shown_row: Row, row: Row) -> float:
    """The figure as it was sent; where it needs more decimals to be told from its target, the exact one."""
    value: float = row["exact_value"] if shown_row["decimals"] > row["decimals"] else row["value"]
    return value


def only_rounded(row: Row) -> str:
    """' Only rounded does it reach 80%.': where the figure as sent meets its target and the exact one does not."""
    if row["status"] not in ("missed", "close") or row["value"] == row["exact_value"] or row["target_strict"]:
        return ""
    low, high = row["judged_lower"], row["judged_upper"]
    within = (missing(low) or row["value"] >= low) and (missing(high) or row["value"] <= high)
    return f" Only rounded does it reach {goal_figure(row, row['goal'])}." if within else ""


def target_changed(row: Row) -> str:
    """'raised from at least 80% in January 2021', where the target in force is new; or empty."""
    old = (row["target_before_lower"], row["target_before_upper"])
    if missing(row["target_from"]) or all(missing(edge) for edge in old):
        return ""
    if months_from(row["target_from"], row["reporting_month"]) >= CHANGE_TOLD:
        return ""
    edges = [edge for edge in old if not missing(edge)]
    edges_before = words_of_edges(row["target_before_kind"], edges, row["unit"], int(row["decimals"]))
    new = (row["target_lower"], row["target_upper"])
    pairs = [(before, now) for before, now in zip(old, new, strict=True) if not missing(before) and not missing(now)]
    ways = {(now > before) - (now < before) for before, now in pairs} - {0}
    same_kind = [missing(edge) for edge in old] == [missing(edge) for edge in new]
    way = {1: "raised", -1: "lowered"}[ways.pop()] if len(ways) == 1 and same_kind else "changed"
    return f"{way} from {edges_before} in {month_words(row['target_from'])}"
