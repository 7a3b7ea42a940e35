"""What the figures say, in words: written by rule from the assessment's columns, one text a measure."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.catalogue.target_words import words_of_edges
from scorecard.core.numbers import MINUS, SYMBOL_WORDS, amount_words, count_of, figure_words, number_words
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing, rows_of
from scorecard.core.vocabulary import (
    FREQUENCY_WORDS,
    MONITORED,
    NO_FIGURES,
    NO_LIMITS_WORDS,
    NO_TRAJECTORY_WORDS,
    NOT_JUDGED,
    NOT_SHOWN,
    STATUS_WORDS,
    lower_first,
    period_noun,
    upper_first,
)
from scorecard.narrative import exception as why_exception
from scorecard.narrative.action import action, question
from scorecard.narrative.assurance import assurance_words
from scorecard.narrative.phrases import (
    a_period,
    amount,
    best_pace,
    decimals_that_tell,
    each_period,
    figure,
    goal_figure,
    level,
    meets,
    neutral,
    only_rounded,
    pace_needed,
    places,
    points,
    shown_value,
    target_changed,
    when,
)
from scorecard.narrative.record import record_words
from scorecard.narrative.signal import level_name, signal

MONTHS_OF_A_YEAR = 12


def with_words(assessment: Assessment) -> Assessment:
    """The assessment with the words beside its figures: `words_of` its measures."""
    return assessment._replace(measures=words_of(assessment.measures, assessment.plan_month))


def words_of(measures: pd.DataFrame, plan_month: pd.Timestamp) -> pd.DataFrame:
    """A frame of assessed measures with all that is said of each, as columns of text; <NA> where there is nothing.

    level (what it moves towards or away from, where no figure is better than another), no_limits (why no limits may be
    shown), no_trajectory (why there is no line to the target), value_words, target_words, distance_words,
    gap_closed_words, status_words (with the reason where there is none), trajectory_words, movement_words,
    last_year_words, people_words, age_words, variation_words, assurance_words, disagreement (where status and signal
    point different ways), sentence (all that matters, in one or two sentences), exception_detail (why the board must
    hear of it), exception_words (the same after the measure's name), record_words (for how long it has met its target
    or missed it), action (what to do, by rule) and question (what a board asks). plan_month: that of the plan's
    actuals.
    """
    rows = [{**row, "plan_month": plan_month} for row in rows_of(measures)]
    for name, writer in WRITERS.items():
        for row in rows:
            row[name] = writer(row)
    texts = {name: [row[name] or None for row in rows] for name in WRITERS}
    text_columns = pd.DataFrame(texts, index=measures.index, dtype="str")
    return pd.concat([measures.drop(columns=list(WRITERS), errors="ignore"), text_columns], axis=1)


def no_limits(row: Row) -> str:
    """Why no limits may be shown; empty where they may, and where there is no figure at all."""
    if missing(row["no_limits_code"]):
        return ""
    return NO_LIMITS_WORDS[row["no_limits_code"]].format(
        noun=period_noun(int(row["months_between"]), 1),
        adjective=FREQUENCY_WORDS.get(int(row["months_between"]), "monthly"),
    )


def no_trajectory(row: Row) -> str:
    """Why there is no line to the target; empty where there is one."""
    if missing(row["no_trajectory_code"]):
        return ""
    return NO_TRAJECTORY_WORDS[row["no_trajectory_code"]].format(start=month_words(row["plan_month"]))


def value_words(row: Row) -> str:
    """'82%', '14.14 days'; on fewer than ten, '2 of 3 (one child = 33 points)'; empty without a figure.

    A figure that only rounded reaches its target is told with the decimals that show it: '79.9%', not '80%'.
    """
    if missing(row["value"]):
        return ""
    if row["small_numbers"] and row["unit"] == "percent" and row["denominator"] > 0:
        denominator = row["denominator"]
        top = row["value"] * denominator / 100 if missing(row["numerator"]) else row["numerator"]
        return (
            f"{number_words(top)} of {number_words(denominator)} (one child = {number_words(100 / denominator)} points)"
        )
    shown_row = {**row, "decimals": decimals_that_tell(row)} if only_rounded(row) else row
    value, decimals = shown_value(shown_row, row), int(shown_row["decimals"])
    return (
        amount_words(value, "days", decimals) if row["unit"] == "days" else figure_words(value, row["unit"], decimals)
    )


def target_words(row: Row) -> str:
    """'at least 90%', 'less than 365 days', 'between 10 and 20'; empty where there is no target."""
    if missing(row["target_kind"]):
        return ""
    edges = [edge for edge in (row["target_lower"], row["target_upper"]) if not missing(edge)]
    return words_of_edges(row["target_kind"], edges, row["unit"], int(row["decimals"]))


def distance_words(row: Row) -> str:
    """'5 percentage points above target', 'met with 21 percentage points to spare', 'at target'. Or empty.

    A volume is told from the plan's level, neither good nor bad.
    """
    if missing(row["distance"]):
        return ""
    name = "the plan's level" if neutral(row) else "target"
    difference = row["exact_value"] - row["goal"]
    if row["restarts"]:
        name = f"the {figure(row, row['goal'])} due by then"
    if row["restarts"] and row["distance"] > 0 and not neutral(row):
        return f"met {name} with {amount(row, difference)} to spare"
    if row["distance"] == 0:
        over = "over" if row["target_kind"] == "more_than" else "under"
        return f"exactly at {goal_figure(row, row['goal'])}, not {over} it" if row["target_strict"] else f"at {name}"
    if row["target_kind"] == "between" and row["distance"] > 0:
        return f"within {name}"
    if row["distance"] > 0 and not neutral(row):
        return f"met with {amount(row, difference)} to spare"
    return f"{amount(row, difference)} {'above' if difference > 0 else 'below'} {name}"


def gap_closed_words(row: Row) -> str:
    """The share of the way from baseline to target, or in words where a share misleads or is not defined, and why."""
    why = _why_no_gap(row)
    if why:
        return f"Not defined: {why}"
    if row["baseline_distance"] >= 0:
        return _gap_from_a_met_baseline(row)
    share = row["gap_closed"]
    if share > 1:
        passed = "Passed the target" if not neutral(row) else "Went past the plan's level"
        return passed if row["distance"] >= 0 else "Went past the target's range"
    if share < 0:
        return "Lost ground" if not neutral(row) else "Moved away from the plan's level"
    if share == 0:
        return "No ground gained"
    percent = min(100 * share, 99.0) if row["distance"] < 0 else 100.0
    return "Under 1% of the way" if percent < 1 else f"{number_words(percent)}% of the way"


def _why_no_gap(row: Row) -> str:
    if missing(row["target_kind"]):
        return "there is no target"
    if missing(row["value"]):
        return "there is no figure"
    if row["polarity"] == "monitor":
        return "the measure is monitored, and its distance says all"
    if row["broken"]:
        return "baseline and latest figure count different things"
    if missing(row["baseline"]):
        return "the plan gives no baseline"
    return "the count is added up over a period" if row["restarts"] else ""


def _gap_from_a_met_baseline(row: Row) -> str:
    at = row["baseline_distance"] == 0
    was = "Was at target" if at else "Had met the target"
    if row["distance"] > 0 or (row["distance"] == 0 and not row["target_strict"]):
        if at:
            return f"{was}, and {'now beyond it' if row['distance'] else 'still is'}"
        return f"{was}, and still does"
    worse = "away from it" if neutral(row) else "worse" if at else "short of it"
    return f"{was}, now {amount(row, row['distance'])} {worse}" if row["distance"] else f"{was}, now exactly at it"


def status_words(row: Row) -> str:
    """'Met', 'Missed' …; with the reason where there is no status or no figure."""
    nothing = missing(row["value"])
    if not missing(row["status"]):
        no_figure = row["status"] == "no_data" or (row["status"] == "no_target" and nothing)
        return STATUS_WORDS[row["status"]] + (_why_no_figure(row) if no_figure else "")
    if row["unjudged"] and row["polarity"] != "monitor":
        return f"{NOT_JUDGED}: the count's start is not known"
    return MONITORED + (_why_no_figure(row) if nothing else "")


def _why_no_figure(row: Row) -> str:
    if not missing(row["received_symbol"]):
        return f": {SYMBOL_WORDS.get(row['received_symbol'], row['received_symbol'])}"
    if not missing(row["starts"]) and row["starts"] > row["reporting_month"]:
        return f": starts in {month_words(row['starts'])}"
    if not missing(row["july_2020_printed"]) and missing(row["july_2020"]):
        return ": the plan gives no number"
    return f": {'none' if row['status'] == 'no_data' else 'no figure'} has come yet"


def trajectory_words(row: Row) -> str:
    """'Behind by 2 points: needs 1.4 points a month; has made 0.6', 'Needs 6 points a quarter to reach 90% by October
    2020', or why there is no trajectory. A pace is told in the measure's own period.
    """
    if row["no_trajectory"]:
        return f"No trajectory: {row['no_trajectory']}"
    if missing(row["trajectory_distance"]):
        return "No trajectory: there is no figure"
    gap, by = row["trajectory_distance"], month_words(row["target_by"])
    met = meets(row)
    if row["months_left"] <= 0:
        old = "" if row["months_old"] == 0 else f" by the latest figure, of {month_words(row['period_end'])}"
        return f"Was due by {by}: {'met' if met else 'missed'}{old}"
    decimals = int(row["decimals"])
    finer = decimals + why_exception.FINER
    ahead = f"{'Behind' if gap < 0 else 'Ahead'} by {points(row, gap, finer if abs(gap) < 1 else decimals)}"
    start = f"On course for {by}" if gap == 0 else ahead
    if met:
        return f"{start}: the {level(row)} is met"
    pace = f"needs {pace_needed(row, finer)}"
    within = f" by {by}" if row["months_left"] < row["months_between"] else ""
    to_goal = f"{upper_first(pace)} to reach {goal_figure(row, row['goal'])} by {by}"
    way_to_go = f"{ahead}: {pace}{within}" if gap else to_goal
    if missing(row["pace_made"]):
        return way_to_go
    pace_made = a_period(row, row["pace_made"])
    each = f" {each_period(row)}" if within else ""
    made_words = f"{MINUS if pace_made < 0 else ''}{number_words(abs(pace_made), places(abs(pace_made), finer))}"
    return f"{way_to_go}; has made {made_words}{each}{best_pace(row, finer)}"


def movement_words(row: Row) -> str:
    """'2 percentage points lower than in June 2020 (better)'; empty where nothing can be compared."""
    if missing(row["change"]):
        return ""
    before = "the baseline" if row["change_from"] == "baseline" else f"in {month_words(row['previous_end'])}"
    if row["change"] == 0:
        return f"the same as {before}"
    level_told = level_name(row) or level(row)
    directions = {"better": " (better)", "worse": " (worse)"}
    directions |= {"towards": f" (towards the {level_told})", "away": f" (away from the {level_told})"}
    direction = "" if missing(row["mover_direction"]) else directions[row["mover_direction"]]
    return f"{amount(row, row['change'])} {'higher' if row['change'] > 0 else 'lower'} than {before}{direction}"


def last_year_words(row: Row) -> str:
    """'Same time last year: 74%'; empty where there is no such figure, or the figure before is that one."""
    if missing(row["last_year_value"]) or row["months_between"] >= MONTHS_OF_A_YEAR:
        return ""
    return f"Same time last year: {figure(row, row['last_year_value'])}"


def people_words(row: Row) -> str:
    """'9 more would meet 90%', from numerator and denominator; empty where they are not given or it is met."""
    needed = row["people_needed"]
    if missing(needed) or needed == 0:
        return ""
    goal = goal_figure(row, row["goal"])
    asked = target_words(row) if row["target_strict"] or row["target_kind"] == "between" else goal
    return f"{number_words(abs(needed))} {'more' if needed > 0 else 'fewer'} would meet {asked}"


def age_words(row: Row) -> str:
    """'provisional', '2 months old, overdue': what to know of the figure's age; empty where it is this month's."""
    parts = ["provisional"] if row["provisional"] else []
    if not missing(row["months_old"]) and row["months_old"] > 0:
        parts.append(f"{count_of(int(row['months_old']), 'month')} old")
        if not missing(row["received_symbol"]) and row["received_end"] > row["period_end"]:
            why = SYMBOL_WORDS.get(row["received_symbol"], row["received_symbol"])
            parts.append(f"{month_words(row['received_end'])} {why}")
    if row["overdue"]:
        parts.append("overdue")
    return ", ".join(parts)


def variation_words(row: Row) -> str:
    """'Worsening (fallen six months in a row): unlikely to be chance', or why nothing may be shown."""
    shown = signal(row)
    return shown.mark if shown else f"{NOT_SHOWN}: {row['no_limits'] or NO_FIGURES}"


def sentence(row: Row) -> str:
    """The measure in one or two sentences: the figure, the target, the distance, the movement."""
    if missing(row["value"]):
        return f"{row['status_words']}."
    shown_row = {**row, "decimals": decimals_that_tell(row)}
    value = row["value_words"] if row["small_numbers"] else figure(shown_row, shown_value(shown_row, row))
    text = f"{value} {when(row)}"
    if row["target_words"]:
        distance = distance_words(shown_row) or lower_first(row["status_words"])
        text += f": {distance} ({row['target_words']})"
    text += f".{only_rounded(row)}"
    if target_changed(row):
        text += f" The {level(row)} was {target_changed(row)}."
    if row["restarts"] and not missing(row["in_month_value"]) and row["months"] != 1:
        text += f" {figure(row, row['in_month_value'])} of it in {month_words(row['period_end'])} alone."
    if row["last_year_words"]:
        text += f" {row['last_year_words']}."
    if row["movement_words"]:
        text += f" {upper_first(row['movement_words'])}."
    return text


DISAGREEMENTS = {
    ("met", "concern"): "met, but getting worse",
    ("close", "concern"): "close, but getting worse",
    ("missed", "improvement"): "missed, but improving",
}
# The same where a level tells which way is good: within it nothing goes towards or away.
LEVEL_DISAGREEMENTS = {
    ("close", "concern"): "close to the {level}, but moving away from it",
    ("missed", "improvement"): "off the {level}, but moving towards it",
}


def disagreement(row: Row) -> str:
    """Where status and signal point different ways; or empty."""
    level_told = level_name(row)
    sentences = LEVEL_DISAGREEMENTS if level_told else DISAGREEMENTS
    return sentences.get((row["status"], row["variation"]), "").format(level=level_told)


WRITERS: dict[str, Callable[[Row], str]] = {
    "level": level_name,
    "no_limits": no_limits,
    "no_trajectory": no_trajectory,
    "value_words": value_words,
    "target_words": target_words,
    "distance_words": distance_words,
    "gap_closed_words": gap_closed_words,
    "status_words": status_words,
    "trajectory_words": trajectory_words,
    "movement_words": movement_words,
    "last_year_words": last_year_words,
    "people_words": people_words,
    "age_words": age_words,
    "variation_words": variation_words,
    "assurance_words": assurance_words,
    "disagreement": disagreement,
    "sentence": sentence,
    "exception_detail": why_exception.exception_detail,
    "exception_words": why_exception.exception_words,
    "record_words": record_words,
    "action": action,
    "question": question,
}
