"""What the figures say, in words: written by rule from the assessment's columns, one text a measure."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from scorecard.analysis.exceptions import BEHIND, CONCERN, FAILING, NO_NEARER
from scorecard.catalogue.figures import MINUS, SYMBOL_WORDS, amount_words, figure_words, number_words
from scorecard.catalogue.periods import month_words, period_words

Row = dict[str, Any]

STATUS_WORDS = {
    "met": "Met",
    "close": "Close",
    "missed": "Missed",
    "no_target": "No target",
    "no_data": "No figure",
}
STATUS_RULE = (
    "Met: the latest figure reaches the target in force for its month. Close: it misses by no more than the tolerance "
    "agreed for the measure. Missed: it misses by more. Monitored measures have no status."
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
PEOPLE_AT_MOST = 1000


def missing(value: object) -> bool:
    """Whether a cell of the frame holds nothing: None, NaN, NaT or <NA>."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def sentences(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds the words beside the figures, as columns of text.

    value_words, target_words, distance_words, gap_closed_words, status_words (with the reason where there is none),
    trajectory_words, movement_words, people_words, age_words, variation_words, assurance_words, sentence (all that
    matters, in one or two sentences) and exception_words (why the board must hear of it, <NA> where it need not).
    """
    writers: dict[str, Callable[[Row], str]] = {
        "value_words": value_words,
        "target_words": target_words,
        "distance_words": distance_words,
        "gap_closed_words": gap_closed_words,
        "status_words": status_words,
        "trajectory_words": trajectory_words,
        "movement_words": movement_words,
        "people_words": people_words,
        "age_words": age_words,
        "variation_words": variation_words,
        "assurance_words": assurance_words,
        "sentence": sentence,
        "exception_words": exception_words,
    }
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    for name, writer in writers.items():
        for row in rows:
            row[name] = writer(row)
    written = pd.DataFrame([[row[name] for name in writers] for row in rows], columns=list(writers), index=frame.index)
    return frame.join(written.astype("str").mask(written == ""))


def _figure(row: Row, value: float) -> str:
    decimals = int(row["decimals"])
    if row["unit"] == "days":
        return amount_words(value, "days", decimals)
    return figure_words(value, row["unit"], decimals)


def _amount(row: Row, value: float) -> str:
    """A difference in words; one that would round to nothing says so instead of '0'."""
    decimals = int(row["decimals"])
    if value and round(abs(value), decimals) == 0:
        return f"less than {amount_words(10.0**-decimals, row['unit'], decimals)}"
    return amount_words(value, row["unit"], decimals)


def value_words(row: Row) -> str:
    """'82%', '14.14 days'; on fewer than ten, '2 of 3 (one child = 33 points)'; empty without a figure."""
    if missing(row["value"]):
        return ""
    if row["small_numbers"] and not missing(row["numerator"]) and row["unit"] == "percent" and row["denominator"] > 0:
        points = number_words(100 / row["denominator"])
        return f"{number_words(row['numerator'])} of {number_words(row['denominator'])} (one child = {points} points)"
    return _figure(row, row["value"])


def target_words(row: Row) -> str:
    """'at least 90%', 'less than 365 days', 'between 10 and 20'; empty where there is no target."""
    if missing(row["target_kind"]):
        return ""
    low, high = row["target_lower"], row["target_upper"]
    edges = [_target_figure(row, edge) for edge in (low, high) if not missing(edge)]
    return f"{row['target_kind'].replace('_', ' ')} {' and '.join(edges)}"


def _target_figure(row: Row, edge: float) -> str:
    decimals = 0 if float(edge).is_integer() else max(int(row["decimals"]), 1)
    return _figure({**row, "decimals": decimals}, edge)


def distance_words(row: Row) -> str:
    """'5 percentage points above target'; for a volume, from the plan's level; 'at target'. Or empty."""
    if missing(row["distance"]):
        return ""
    level = "the plan's level" if row["kind"] == "volume" or row["polarity"] == "monitor" else "target"
    difference = row["value"] - row["goal"]
    if abs(difference) < 1e-9:
        return (
            f"at {level}"
            if row["status"] != "missed"
            else f"exactly at {_target_figure(row, row['goal'])}, not beyond it"
        )
    if row["target_kind"] == "between" and row["distance"] >= 0:
        return f"within {level}"
    return f"{_amount(row, difference)} {'above' if difference > 0 else 'below'} {level}"


def gap_closed_words(row: Row) -> str:
    """The share of the way from baseline to target, or in words where a share misleads or is not defined, and why."""
    if missing(row["target_kind"]):
        return "Not defined: there is no target"
    if missing(row["value"]):
        return "Not defined: there is no figure"
    if row["broken"]:
        return "Not defined: baseline and latest figure count different things"
    if missing(row["baseline"]):
        return "Not defined: the plan gives no baseline"
    if row["restarts"]:
        return "Not defined: the count is added up over a period"
    neutral = row["kind"] == "volume" or row["polarity"] == "monitor"
    if row["baseline_distance"] >= 0:
        return _gap_from_a_met_baseline(row, neutral)
    share = row["gap_closed"]
    if row["distance"] < 0 and share > 1:
        return "Went past the target's range"
    if share > 1:
        return "Passed the target" if not neutral else "Went past the plan's level"
    if share < 0:
        return "Lost ground" if not neutral else "Moved away from the plan's level"
    if share == 0:
        return "No ground gained"
    return f"{number_words(100 * share)}% of the way"


def _gap_from_a_met_baseline(row: Row, neutral: bool) -> str:
    was = "Was at target" if row["baseline_distance"] == 0 else "Had met the target"
    if row["status"] == "met" or (missing(row["status"]) and row["distance"] >= 0):
        return f"{was}, and still is" if row["baseline_distance"] == 0 else f"{was}, and still does"
    worse = "away from it" if neutral else "worse" if row["baseline_distance"] == 0 else "short of it"
    return f"{was}, now {_amount(row, row['distance'])} {worse}"


def status_words(row: Row) -> str:
    """'Met', 'Missed' …; with the reason where there is no status or no figure."""
    if not missing(row["status"]):
        reason = _why_no_figure(row) if row["status"] == "no_data" else ""
        return STATUS_WORDS[row["status"]] + reason
    if row["unjudged"]:
        return "Not judged: the count's start is not known"
    return "Monitored" + (_why_no_figure(row) if missing(row["value"]) else "")


def _why_no_figure(row: Row) -> str:
    if not missing(row["received_symbol"]):
        return f": {SYMBOL_WORDS.get(row['received_symbol'], row['received_symbol'])}"
    if not missing(row["starts"]) and row["starts"] > row["reporting_month"]:
        return f": starts in {month_words(row['starts'])}"
    if not missing(row["july_2020_printed"]):
        return ": the plan gives no number"
    return ""


def trajectory_words(row: Row) -> str:
    """'Behind by 2 points: needs 1.4 points a month; has made 0.6', or why there is no trajectory."""
    if not missing(row["no_trajectory"]):
        return f"No trajectory: {row['no_trajectory']}"
    if missing(row["trajectory_distance"]):
        return "No trajectory: there is no figure"
    gap = row["trajectory_distance"]
    if gap == 0:
        start = f"On the line to {month_words(row['target_by'])}"
    else:
        start = f"{'Behind' if gap < 0 else 'Ahead'} by {_amount(row, gap)}"
    if row["distance"] >= 0 and row["status"] == "met":
        return f"{start}: the target is met"
    if missing(row["pace_needed"]):
        return f"{start}: the date, {month_words(row['target_by'])}, has passed"
    finer = {**row, "decimals": int(row["decimals"]) + 1}
    words = f"{start}: needs {_amount(finer, row['pace_needed'])} a month"
    if missing(row["pace_made"]):
        return words
    made = row["pace_made"]
    sign = MINUS if made < 0 else ""
    return f"{words}; has made {sign}{number_words(abs(made), int(finer['decimals']))}"


def movement_words(row: Row) -> str:
    """'2 percentage points lower than in June 2020 (better)'; empty where nothing can be compared."""
    if missing(row["change"]):
        return ""
    before = "the baseline" if row["change_from"] == "baseline" else f"in {month_words(row['previous_end'])}"
    if row["change"] == 0:
        return f"the same as {before}"
    way = "higher" if row["change"] > 0 else "lower"
    direction = {"better": " (better)", "worse": " (worse)"}.get(row["mover_direction"], "")
    if row["mover_direction"] in ("towards", "away"):
        direction = (
            " (towards the plan's level)" if row["mover_direction"] == "towards" else " (away from the plan's level)"
        )
    return f"{_amount(row, row['change'])} {way} than {before}{direction}"


def people_words(row: Row) -> str:
    """'9 more would meet 90%', from numerator and denominator; empty where they are not given or it is met."""
    needed = row["people_needed"]
    if missing(needed) or needed == 0 or abs(needed) > PEOPLE_AT_MOST:
        return ""
    word = "more" if needed > 0 else "fewer"
    return f"{number_words(abs(needed))} {word} would meet {target_words(row)}"


def age_words(row: Row) -> str:
    """'provisional', '2 months old, overdue': what to know of the figure's age; empty where it is this month's."""
    parts = []
    if row["provisional"]:
        parts.append("provisional")
    if not missing(row["months_old"]) and row["months_old"] > 0:
        parts.append(f"{row['months_old']} month{'s' if row['months_old'] != 1 else ''} old")
    if row["overdue"]:
        parts.append("overdue")
    return ", ".join(parts)


def variation_words(row: Row) -> str:
    """The variation in words, or why none may be shown."""
    if not missing(row["variation"]):
        return _neutral(row, VARIATION_WORDS[row["variation"]])
    why = row["no_limits"]
    return f"Not shown: {why}" if not missing(why) else "Not shown: no figures yet"


def _neutral(row: Row, words: str) -> str:
    """A volume is never called better or worse: it moves towards or away from the plan's level."""
    if row["kind"] != "volume":
        return words
    return words.replace("Improving", "Moving towards the plan's level").replace(
        "Worsening", "Moving away from the plan's level"
    )


def assurance_words(row: Row) -> str:
    """The assurance in words; for a target at a bound, in how many months it was met."""
    if row["target_at_bound"] and not missing(row["met_of"]) and row["met_of"] > 1:
        met, of = int(row["met_months"]), int(row["met_of"])
        return f"Met in all of the last {of}" if met == of else f"Met in {met} of the last {of}"
    return "" if missing(row["assurance"]) else ASSURANCE_WORDS[row["assurance"]]


def sentence(row: Row) -> str:
    """The measure in one or two sentences: the figure, the target, the distance, the movement."""
    if missing(row["value"]):
        return f"{row['status_words']}."
    text = f"{row['value_words']} in {period_words(row['period_end'], row['months'])}"
    if row["target_words"]:
        place = row["distance_words"] or row["status_words"]
        text += f": {place} ({row['target_words']})" if place else f" (target {row['target_words']})"
    text += "."
    if row["movement_words"]:
        text += f" {row['movement_words'][0].upper()}{row['movement_words'][1:]}."
    return text


def exception_words(row: Row) -> str:
    """Why the board must hear of this measure: what, how far, since when, chance or change, when due."""
    if not row["exception"]:
        return ""
    text = f"{row['name']}: {row['value_words']} in {period_words(row['period_end'], row['months'])}, "
    text += f"{row['distance_words']} of {_target_figure(row, row['goal'])}."
    reasons = row["exception_reasons"]
    if CONCERN in reasons:
        text += f" {row['variation_words']}."
    if FAILING in reasons:
        text += " As things stand it will go on missing the target."
    if NO_NEARER in reasons:
        text += f" {_no_nearer(row)}"
    if BEHIND in reasons:
        text += f" {row['trajectory_words']}."
    if not missing(row["target_by"]) and BEHIND not in reasons:
        text += _due(row)
    return text


def _no_nearer(row: Row) -> str:
    neutral = row["kind"] == "volume"
    before = row["baseline"] if not missing(row["baseline_distance"]) else row["settled_previous"]
    label = "the baseline" if not missing(row["baseline_distance"]) else "the figure before"
    if not missing(row["baseline_distance"]) and row["baseline_distance"] >= 0:
        had = "was at target" if row["baseline_distance"] == 0 else "had met it"
        return f"The baseline, {_figure(row, before)}, {had}."
    if row["settled_value"] == before:
        return f"It stands where {label} stood."
    return f"That is {'further from the plan than' if neutral else 'worse than'} {label} of {_figure(row, before)}."


def _due(row: Row) -> str:
    by = month_words(row["target_by"])
    passed = row["target_by"] < row["reporting_month"]
    return f" It was due by {by}." if passed else f" It is due by {by}."
