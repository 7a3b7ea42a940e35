"""Distance to target: how far each measure of an area is from its target, so that good is always to the right.

Measures have different units, so a bar is the distance as a share of the target itself: 84% against 90% is 7% short,
25 children against 20 is 25% over. The chart says so. A target of zero has no share: such a measure is listed with its
distance in words. A bar beyond REACH is drawn to the edge with an arrow; its words give the true size.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scorecard.charts.model.models import DistanceBar, DistanceChart
from scorecard.core.rows import missing
from scorecard.core.vocabulary import count_words

REACH_MOST = 1.0  # a bar is cut at as much again as the target
REACH_LEAST = 0.1
SCALE_NOTE = (
    "Bars show the distance to target as a share of the target, so that measures in different units share one scale. "
    "Good is always to the right: a bar to the right of the line meets its target, a bar to the left falls short."
)
NEUTRAL_NOTE = (
    "Grey bars are volumes and monitored measures, measured from the plan's level: neither good nor bad in themselves."
)
CUT_NOTE = "A bar with an arrow runs on beyond the chart; its words give the distance."


def distance_chart(rows: pd.DataFrame, *, name: str = "", demonstration: bool | None = None) -> DistanceChart:
    """The distance chart of one service area, worst first.

    rows: the area's rows of assessment.measures. name: the area's name; by default that of the rows.
    demonstration: whether the figures are invented; None says so where any of them is of that origin.
    """
    facts = [{str(column): value for column, value in row.items()} for row in rows.to_dict("records")]
    bars = sorted((bar_of(row) for row in facts), key=_worst_first)
    shares = [abs(bar.share) for bar in bars if bar.share is not None]
    reach = min(max([*shares, REACH_LEAST]) * 1.05, REACH_MOST)
    area = name or (str(facts[0]["service_area"]) if facts else "")
    invented = any(row["origin"] == "demonstration" for row in facts) if demonstration is None else demonstration
    title = distance_title(bars)
    notes = [SCALE_NOTE]
    notes += [NEUTRAL_NOTE] if any(bar.neutral and bar.share is not None for bar in bars) else []
    notes += [CUT_NOTE] if any(share > reach for share in shares) else []
    return DistanceChart(
        title=title,
        subtitle=area,
        bars=tuple(bars),
        reach=reach,
        alt=_alt(area, title, bars),
        notes=tuple(notes),
        demonstration=invented,
    )


def bar_of(row: Mapping[str, Any]) -> DistanceBar:
    """One measure's distance; row: of assessment.measures, with its words."""
    return DistanceBar(
        measure_id=str(row["measure_id"]),
        name=str(row["name"]),
        status=None if missing(row["status"]) else row["status"],
        status_words=_text(row, "status_words"),
        neutral=row["kind"] == "volume" or row["polarity"] == "monitor",
        share=share_of_target(row),
        value_words=_text(row, "value_words") or "no figure",
        target_words=_text(row, "target_words") or "no target",
        distance_words=_text(row, "distance_words"),
    )


def share_of_target(row: Mapping[str, Any]) -> float | None:
    """Distance ÷ |target|, positive good; None without a distance, or where the target is zero."""
    if missing(row["distance"]) or missing(row["goal"]) or row["goal"] == 0:
        return None
    return float(row["distance"]) / abs(float(row["goal"]))


def _worst_first(bar: DistanceBar) -> tuple[int, float, str]:
    """Bars by share, then those without a bar but with a distance, then those with none."""
    if bar.share is not None:
        return (0, bar.share, bar.name)
    return (1 if bar.distance_words else 2, 0.0, bar.name)


def distance_title(bars: list[DistanceBar]) -> str:
    """'Four of seven targets missed; Sickness absence days per employee is furthest from its target'."""
    judged = [bar for bar in bars if bar.status in ("met", "close", "missed")]
    if not judged:
        return "No figure can be held against a target yet"
    missed = [bar for bar in judged if bar.status != "met"]
    if not missed:
        return "The one target is met" if len(judged) == 1 else f"{_all_words(len(judged))} targets met"
    count = f"{count_words(len(missed))} of {count_words(len(judged))} targets missed"
    if len(judged) == 1:
        count = "The one target is missed"
    worst = next((bar for bar in bars if bar.share is not None and bar.share < 0 and bar.status == "missed"), None)
    text = f"{count}; furthest: {worst.name}" if worst else count
    return text[0].upper() + text[1:]


def _all_words(count: int) -> str:
    return "Both" if count == 2 else f"All {count_words(count)}"


def _alt(area: str, title: str, bars: list[DistanceBar]) -> str:
    listed = "; ".join(
        f"{bar.name}: {bar.value_words}, {bar.distance_words or bar.status_words.lower()}" for bar in bars
    )
    return f"Bar chart of the distance to target{f' in {area}' if area else ''}. {title}. {listed}."


def _text(row: Mapping[str, Any], column: str) -> str:
    return "" if missing(row[column]) else str(row[column])
