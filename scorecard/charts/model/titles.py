"""Titles that state the finding, written by rule from the analysis; a test reads them as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scorecard.analysis.spc.rules import SHIFT_POINTS, TREND_POINTS
from scorecard.catalogue.models import Measure
from scorecard.charts.model.models import Point
from scorecard.core.numbers import amount_words, figure_words, rounded
from scorecard.core.periods import month_words, period_words
from scorecard.core.rows import missing

Row = Mapping[str, Any]

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PERIOD_NOUNS = {"monthly": "months", "quarterly": "quarters", "termly": "terms", "annual": "years"}
UNLIKELY = "unlikely to be chance"
NO_CHANGE = "No change beyond chance"
DIRECTION = {"up": 1, "high": 1, "down": -1, "low": -1, "above_limit": 1, "below_limit": -1}
SINCE_POINTS = 12  # an older signal is history, not news


def trend_title(row: Row, measure: Measure, points: Sequence[Point]) -> str:
    """The finding in a line: 'Falling for seven months: unlikely to be chance. 5 percentage points above target'.

    row: the measure's row of the assessment. points: the chart's, in order. Without limits, or with one figure, the
    latest figure, its distance to target and its movement take the place of the signal.
    """
    known = [point for point in points if point.value is not None]
    if not known or missing(row["value"]):
        return _text(row, "status_words", "No figure")
    if missing(row["variation"]):
        return _figure_title(row, measure, known)
    latest, settled = known[-1], [point for point in known if not _late(point, known)]
    late = bool(settled) and settled[-1].month != latest.month
    finding = signal_finding(row, measure, settled or known, until=late)
    place = place_words(row)
    if late:
        shown = f"{month_words(latest.month)} (provisional): {figure(measure, latest.value)}"
        return f"{finding}. {shown}, {place}" if place else f"{finding}. {shown}"
    return f"{finding}. {capital(place)}" if place else finding


def signal_finding(row: Row, measure: Measure, points: Sequence[Point], *, until: bool = False) -> str:
    """What the last point says of change and chance; for a volume, which way it goes from the plan's level.

    until: later, provisional figures follow, so that the month must be said.
    """
    cause = points[-1].signal
    to = f" to {month_words(points[-1].month)}" if until else ""
    if cause is None or row["variation"] == "common_cause":
        return f"{NO_CHANGE}{to}" if until else NO_CHANGE + _since(points)
    cause = _telling(cause, points)
    to = "" if cause in ("above_limit", "below_limit") else to
    return f"{cause_words(cause, measure, points)}{to}{_towards(row, measure, cause)}: {UNLIKELY}"


def _telling(cause: str, points: Sequence[Point]) -> str:
    """The signal that tells most: a run that has lasted says more than that its last point is far out."""
    up = _way(cause) > 0
    trend, shift = ("trend_up", "shift_high") if up else ("trend_down", "shift_low")
    if _run(points, trend) >= TREND_POINTS:
        return trend
    return shift if _run(points, shift) >= SHIFT_POINTS else cause


def _since(points: Sequence[Point]) -> str:
    """' since March 2020', where that was the last point beyond chance of these limits and a year; or empty."""
    recent = [point for point in points[-SINCE_POINTS:] if point.mean == points[-1].mean and point.signal is not None]
    return f" since {month_words(recent[-1].month)}" if recent else ""


def cause_words(cause: str, measure: Measure, points: Sequence[Point]) -> str:
    """A special cause as what can be seen: 'Falling for seven months', 'Higher than usual for eight months'."""
    noun = PERIOD_NOUNS[measure.frequency]
    way = _way(cause)
    comparative = "higher" if way > 0 else "lower"
    if cause.startswith("trend"):
        return f"{'Rising' if way > 0 else 'Falling'} for {count_words(_run(points, cause))} {noun}"
    if cause.startswith("shift"):
        return f"{comparative.capitalize()} than usual for {count_words(_run(points, cause))} {noun}"
    if cause.startswith("two_of_three"):
        return f"At least two of the last three {noun} unusually {'high' if way > 0 else 'low'}"
    return f"{month_words(points[-1].month)} far {comparative} than usual"


def _way(cause: str) -> int:
    """Which way a special cause points: 1 up, −1 down."""
    return DIRECTION[cause] if cause in DIRECTION else DIRECTION[cause.rsplit("_", 1)[-1]]


def _towards(row: Row, measure: Measure, cause: str) -> str:
    """', away from the plan's level' for a volume off its level: never better or worse."""
    if measure.kind != "volume" or missing(row["distance"]) or row["distance"] >= 0 or missing(row["goal"]):
        return ""
    way = _way(cause)
    towards = (row["goal"] - row["value"]) * way > 0
    return f", {'towards' if towards else 'away from'} the plan's level"


def _run(points: Sequence[Point], cause: str) -> int:
    """How many of the last points carry on the run that the signal names, each the next period after the other."""
    up = DIRECTION[cause.rsplit("_", 1)[-1]] > 0
    length = 1
    for before, after in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        if not after.joined or before.mean != after.mean or before.mean is None:
            break
        start = after.value if cause.startswith("trend") else before.value
        level = before.value if cause.startswith("trend") else before.mean
        if start is None or level is None or start == level or (start > level) != up:
            break
        length += 1
    return length


def _late(point: Point, points: Sequence[Point]) -> bool:
    """Whether a point is provisional with nothing settled after it."""
    return all(later.provisional for later in points if later.month >= point.month)


def _figure_title(row: Row, measure: Measure, known: Sequence[Point]) -> str:
    """'July 2020: 26%, 5 percentage points above target; 9 lower than the baseline'."""
    latest = known[-1]
    provisional = " (provisional)" if latest.provisional else ""
    figure_part = _text(row, "value_words", figure(measure, latest.value))
    text = f"{capital(period_words(latest.month, latest.months))}{provisional}: {figure_part}"
    parts = [part for part in (place_words(row), movement(row, measure)) if part]
    return text + (f", {'; '.join(parts)}" if parts else "")


def place_words(row: Row) -> str:
    """'5 percentage points above target'; 'no target' where there is none; empty where no distance can be told."""
    if missing(row["target_kind"]):
        return "no target"
    return _text(row, "distance_words", "")


def movement(row: Row, measure: Measure) -> str:
    """'9 lower than the baseline', 'the same as in June 2020': the unit has been said already. Or empty."""
    if missing(row["change"]):
        return ""
    before = "the baseline" if row["change_from"] == "baseline" else f"in {month_words(row['previous_end'])}"
    if row["change"] == 0:
        return f"the same as {before}"
    comparative = "higher" if row["change"] > 0 else "lower"
    size = amount_words(row["change"], "number", measure.decimals)
    if rounded(abs(row["change"]), measure.decimals) == 0:
        size = f"less than {amount_words(10.0**-measure.decimals, 'number', measure.decimals)}"
    return f"{size} {comparative} than {before}"


def trend_subtitle(row: Row, measure: Measure) -> str:
    """The measure, its target and status, and what limits what can be said of it."""
    parts = []
    if not missing(row["target_words"]):
        level = "Plan's level" if measure.kind == "volume" or measure.polarity == "monitor" else "Target"
        status = "" if missing(row["value"]) else f" ({_text(row, 'status_words', '').lower()})"
        parts.append(f"{level} {row['target_words']}{status}")
    if not missing(row["variation"]):
        parts += _direction_words(row, measure)
    elif not missing(row["no_limits"]) and not missing(row["previous_value"]):
        parts.append(capital(str(row["no_limits"])))
    if not missing(row["age_words"]):
        parts.append(capital(str(row["age_words"])))
    return ". ".join(parts)


def _direction_words(row: Row, measure: Measure) -> list[str]:
    """'Improving', 'Worsening'; for a volume towards or away from the plan's level. The title has said the rest."""
    words = {"improvement": "Improving", "concern": "Worsening"}
    if measure.kind == "volume":
        words = {"improvement": "Moving towards the plan's level", "concern": "Moving away from the plan's level"}
    return [words[row["variation"]]] if row["variation"] in words else []


def figure(measure: Measure, value: float | None) -> str:
    """A figure with its unit: '82%', '14.14 days', '24'."""
    if value is not None and measure.unit == "days":
        return amount_words(value, "days", measure.decimals)
    return figure_words(value, measure.unit, measure.decimals)


def alt_text(name: str, title: str, points: Sequence[Point], extra: Sequence[str] = ()) -> str:
    """The chart in words for those who can't see it: what it is, what it finds, its range, its last figure."""
    known = [point for point in points if point.value is not None]
    sentences = [f"Line chart of {name}" if len(known) > 1 else f"Chart of {name}", title]
    if len(known) > 1:
        low, high = min(known, key=lambda point: point.value or 0), max(known, key=lambda point: point.value or 0)
        sentences += [
            f"{len(known)} figures from {month_words(known[0].month)} to {month_words(known[-1].month)}",
            f"lowest {_dated(low)}, highest {_dated(high)}, latest {_dated(known[-1])}",
        ]
    special = [month_words(point.month) for point in known if point.signal is not None]
    if special:
        listed = special if len(special) <= 3 else [special[0], "…", special[-1]]
        sentences.append(f"{len(special)} beyond chance: {', '.join(listed)}")
    return ". ".join(capital(sentence) for sentence in [*sentences, *extra]) + "."


def _dated(point: Point) -> str:
    return f"{point.figure} in {month_words(point.month)}"


def count_words(count: int) -> str:
    """'seven', '13': numbers to twelve as words."""
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)


def capital(text: str) -> str:
    """A text with its first letter large."""
    return text[:1].upper() + text[1:]


def month_of(value: Any) -> date:
    """A Timestamp or date as a date."""
    found: date = value.date() if hasattr(value, "date") else value
    return found


def _text(row: Row, column: str, default: str) -> str:
    return default if missing(row[column]) else str(row[column])
