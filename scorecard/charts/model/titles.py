"""Titles that state the finding, written by rule from the analysis; a test reads them as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scorecard.catalogue.models import Measure
from scorecard.charts.model.models import Point
from scorecard.core.numbers import amount_words, figure_words, rounded
from scorecard.core.periods import month_words, period_words
from scorecard.core.rows import missing
from scorecard.core.vocabulary import upper_first
from scorecard.narrative.phrases import level
from scorecard.narrative.signal import NO_CHANGE, level_name, signal, way_words

Row = Mapping[str, Any]

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
    latest = known[-1]
    late = row["last_settled"] != row["period_end"]
    finding = signal_finding(row, known)
    where = place_words(row)
    if late:
        shown = f"{month_words(latest.month)} (provisional): {figure(measure, latest.value)}"
        return f"{finding}. {shown}, {where}" if where else f"{finding}. {shown}"
    return f"{finding}. {upper_first(where)}" if where else finding


def finding_alone(row: Row, measure: Measure, points: Sequence[Point]) -> str:
    """The signal, or the change on the figure before, for where figure and distance stand beside the chart already."""
    known = [point for point in points if point.value is not None]
    if not known or missing(row["value"]):
        return _text(row, "status_words", "No figure")
    return upper_first(movement(row, measure)) if missing(row["variation"]) else signal_finding(row, known)


def signal_finding(row: Row, points: Sequence[Point]) -> str:
    """What the last figure says of change and chance (narrative.signal), and when there was a signal last."""
    last_signal = signal(dict(row))
    title = last_signal.title if last_signal else ""
    return title + _since(points) if title == NO_CHANGE else title


def _since(points: Sequence[Point]) -> str:
    """' since March 2020', where that was the last point beyond chance of these limits and a year; or empty."""
    recent = [point for point in points[-SINCE_POINTS:] if point.mean == points[-1].mean and point.signal is not None]
    return f" since {month_words(recent[-1].month)}" if recent else ""


def _figure_title(row: Row, measure: Measure, known: Sequence[Point]) -> str:
    """'July 2020: 26%, 5 percentage points above target; 9 lower than the baseline'."""
    latest = known[-1]
    provisional = " (provisional)" if latest.provisional else ""
    figure_part = _text(row, "value_words", figure(measure, latest.value))
    text = f"{upper_first(period_words(latest.month, latest.months))}{provisional}: {figure_part}"
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


def trend_subtitle(row: Row) -> str:
    """The measure, its target and status, and what limits what can be said of it."""
    parts = []
    if not missing(row["target_words"]):
        status = "" if missing(row["value"]) else f" ({_text(row, 'status_words', '').lower()})"
        parts.append(f"{upper_first(level(dict(row)))} {row['target_words']}{status}")
    if not missing(row["variation"]):
        parts += [] if level_name(dict(row)) else [way_words(dict(row))]
    elif not missing(row["no_limits"]) and not missing(row["previous_value"]):
        parts.append(upper_first(str(row["no_limits"])))
    if not missing(row["age_words"]):
        parts.append(upper_first(str(row["age_words"])))
    return ". ".join(part for part in parts if part)


def figure(measure: Measure, value: float | None) -> str:
    """A figure with its unit: '82%', '14.14 days', '24'."""
    if value is not None and measure.unit == "days":
        return amount_words(value, measure.unit, measure.decimals)
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
        sentences.append(f"{len(special)} signal change: {', '.join(listed)}")
    return ". ".join(upper_first(sentence) for sentence in [*sentences, *extra]) + "."


def _dated(point: Point) -> str:
    return f"{point.figure} in {month_words(point.month)}"


def month_of(value: Any) -> date:
    """A Timestamp or date as a date."""
    day: date = value.date() if hasattr(value, "date") else value
    return day


def _text(row: Row, column: str, default: str) -> str:
    return default if missing(row[column]) else str(row[column])
