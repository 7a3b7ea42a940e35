"""Why the board must hear of a measure: what, how far, since when, change or chance, and when it should be met."""

from __future__ import annotations

from scorecard.analysis.assessment.exceptions import BEHIND, FAILING, NO_NEARER
from scorecard.core.numbers import rounded
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import count_words
from scorecard.narrative.phrases import (
    FINER_AT_MOST,
    a_period,
    bare_amount,
    best_pace,
    decimals_that_tell,
    each_period,
    figure,
    goal_figure,
    level,
    pace_needed,
    points,
    rate_figure,
    shown_value,
    target_changed,
    when,
)
from scorecard.narrative.record import NEVER_FROM
from scorecard.narrative.signal import signal

FINER = 1  # a pace has one decimal more than the measure: half a point a month matters over a year
A_LITTLE = 0.1  # of the way to the target: less than this lost is 'a little'
FEW_MONTHS = 3  # so few months left are said as they are; a pace would promise a line that nobody draws


def exception_words(row: Row) -> str:
    """The measure's name and why the board must hear of it; empty where it need not."""
    return f"{row['name']}: {row['exception_detail']}" if row["exception_detail"] else ""


def exception_detail(row: Row) -> str:
    """Why the board must hear of it, in a few sentences, without the name; empty where it need not."""
    if not row["exception"]:
        return ""
    parts = (_how_far(row), _chance_or_change(row), _no_nearer(row), _due(row), _late(row))
    return " ".join(part for part in parts if part)


def _how_far(row: Row) -> str:
    """'72% in July 2020, 18 percentage points below the target of 90%. Missed since May 2019.'"""
    finer_row = {**row, "decimals": decimals_that_tell(row)}
    value = rate_figure(finer_row, shown_value(finer_row, row))
    row = finer_row
    provisional = " (provisional)" if row["provisional"] else ""
    people = f" ({row['people_words'].split(' would')[0]} would have met it)" if row["people_words"] else ""
    return f"{value} {when(row)}{provisional}{_place(row)}{people}.{_since(row)}"


def _place(row: Row) -> str:
    difference, goal = row["exact_value"] - row["goal"], goal_figure(row, row["goal"])
    way = "above" if difference > 0 else "below"
    if row["restarts"]:
        return f", {bare_amount(row, difference)} {way} the {figure(row, row['goal'])} due by then"
    if row["target_kind"] == "between":
        low, high = (goal_figure(row, row[name]) for name in ("judged_lower", "judged_upper"))
        return f", {bare_amount(row, difference)} {way} the {level(row)} of {low} to {high}"
    if row["target_strict"]:
        asked = f"{row['target_kind'].replace('_', ' ')} {goal}"
        return f"; the {level(row)} is {asked}"
    return f", {bare_amount(row, difference)} {way} the {level(row)} of {goal}"


def _since(row: Row) -> str:
    """' Missed since May 2019.', where more than one figure on end has missed it."""
    if missing(row["missed_for"]) or row["missed_for"] < 2:
        return ""
    if not row["missed_always"]:
        since = month_words(row["missed_since"])
        changed = target_changed(row)
        earlier_target = changed.removesuffix(f" in {since}")
        because = f", when the {level(row)} was {earlier_target}" if changed.endswith(f" in {since}") else ""
        return f" Missed since {since}{because}."
    said_by_limits = FAILING in row["exception_reasons"]
    if row["missed_for"] < NEVER_FROM or said_by_limits:
        return ""
    return f" None of its {count_words(row['missed_for'])} figures has met it."


def _chance_or_change(row: Row) -> str:
    if missing(row["variation"]):
        return ""
    failing = FAILING in row["exception_reasons"]
    last_signal = signal(row)
    if row["variation"] == "common_cause":
        if failing and not row["own_denominator"]:
            return _usual_range(row)
        return last_signal.sentence if last_signal else ""
    signal_text = last_signal.sentence.removesuffix(".") if last_signal else ""
    return f"{signal_text}{', but not yet enough' if row['variation'] == 'improvement' else ''}."


def _usual_range(row: Row) -> str:
    """'It usually runs between 61% and 79%, so it will not reach 90% as things are.', kept to what figures can be."""
    most = row["maximum"] if not missing(row["maximum"]) else 100.0
    low = max(row["lower_limit"], 0.0)
    high = min(row["upper_limit"], most) if row["unit"] == "percent" else row["upper_limit"]
    below, goal = row["mean"] < row["goal"], goal_figure(row, row["goal"])
    if level(row) == "target":
        so = f"not {'reach' if below else 'come down to'} {goal}"
    else:
        so = f"stay {'below' if below else 'above'} the {level(row)}"
    finer_row = {**row, "decimals": _decimals_apart(row, high if below else low)}
    span = f"between {_first(finer_row, low)} and {figure(finer_row, high)}"
    return f"It usually runs {span}, so it will {so} as things are."


def _decimals_apart(row: Row, edge: float) -> int:
    """The measure's decimals, or a few more where a limit off its target would look as if it stood at it."""
    fewest = int(row["decimals"])
    enough = (places for places in range(fewest, fewest + FINER_AT_MOST) if float(rounded(edge, places)) != row["goal"])
    return next(enough, fewest)


def _first(row: Row, value: float) -> str:
    return figure(row, value).removesuffix(" days").removesuffix(" day")


def _no_nearer(row: Row) -> str:
    """What it is no nearer than: the baseline, or where none compares the figure before."""
    if NO_NEARER not in row["exception_reasons"]:
        return ""
    if missing(row["baseline_distance"]) or row["restarts"]:
        return _no_nearer_than_before(row)
    before = figure(row, row["baseline"])
    if row["baseline_distance"] > 0 or (row["baseline_distance"] == 0 and not row["target_strict"]):
        stood = "on target" if level(row) == "target" else f"within the {level(row)}"
        return f"It was {stood} at the baseline ({before})."
    if row["settled_distance_today"] == row["baseline_distance"]:
        return f"No change from the baseline ({before})."
    way = "risen" if row["settled_value"] > row["baseline"] else "fallen"
    lost = row["baseline_distance"] - row["settled_distance_today"]
    little = "slightly " if lost < A_LITTLE * abs(row["baseline_distance"]) else ""
    return f"It has {way} {little}from {before} at the baseline."


def _no_nearer_than_before(row: Row) -> str:
    month = month_words(row["settled_previous_end"])
    if row["restarts"]:
        if row["settled_previous_distance"] >= 0:
            return f"It was not behind in {month}."
        further = row["settled_previous_distance"] > row["settled_distance"]
        return f"It is further behind than in {month}." if further else f"It was as far behind in {month}."
    before, now = figure(row, row["settled_previous"]), figure(row, row["settled_value"])
    if before == now:
        return f"It stood there in {month} too."
    return f"It has {'risen' if row['settled_value'] > row['settled_previous'] else 'fallen'} from {before} in {month}."


def _due(row: Row) -> str:
    """What the date asks for: the pace where there is one, or that the date has passed."""
    if missing(row["target_by"]):
        return ""
    by = month_words(row["target_by"])
    if row["target_by"] <= row["reporting_month"]:
        return f"It was due by {by}: missed."
    if missing(row["pace_needed"]):
        return f"It is due by {by}."
    if row["unit"] in ("number", "days") and a_period(row, row["pace_needed"]) < 1:
        return f"It is behind the line to {by}." if BEHIND in row["exception_reasons"] else f"It is due by {by}."
    if row["months_left"] <= FEW_MONTHS and BEHIND not in row["exception_reasons"]:
        left = "month is" if row["months_left"] == 1 else f"{count_words(int(row['months_left']))} months are"
        return f"Only {left.replace('month is', 'one month is')} left: it is due by {by}."
    finer = int(row["decimals"]) + FINER
    asked = f"To get there by {by} takes {pace_needed(row, finer)}"
    if BEHIND not in row["exception_reasons"] or missing(row["pace_made"]):
        return f"{asked}."
    pace, since = a_period(row, row["pace_made"]), f"since {month_words(row['plan_month'])}"
    if pace == 0:
        return f"{asked}; {since} it has not moved."
    number = {**row, "unit": "number"}
    change = points(number, abs(pace), finer)
    return (
        f"{asked}; {since} it has {'made' if pace > 0 else 'lost'} {change} {each_period(row)}{best_pace(row, finer)}."
    )


def _late(row: Row) -> str:
    if not row["overdue"] or missing(row["months_old"]):
        return ""
    months = int(row["months_old"])
    return f"No newer figure has come: this one is {count_words(months)} month{'s' if months != 1 else ''} old."
