"""Distance to target: a bar a measure, so that good is always to the right.

Measures have different units, so a bar is the distance as a share of the target itself: 84% against 90% is 7% short,
25 children against 20 is 25% over. A target of zero has no share: such a measure has its distance in words alone. A bar
beyond REACH_MOST is drawn to the edge with an arrow; its words give the true size.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.charts.model.models import DistanceBar
from scorecard.core.rows import missing

REACH_MOST = 1.0  # a bar is cut at as much again as the target


def bar_of(row: Mapping[str, Any]) -> DistanceBar:
    """One measure's distance; row: of assessment.measures, with its words."""
    return DistanceBar(
        status=None if missing(row["status"]) else row["status"],
        status_words=_text(row, "status_words"),
        neutral=row["kind"] == "volume" or row["polarity"] == "monitor",
        share=share_of_target(row),
        distance_words=_text(row, "distance_words"),
    )


def share_of_target(row: Mapping[str, Any]) -> float | None:
    """Distance ÷ |target|, positive good; None without a distance, or where the target is zero."""
    if missing(row["distance"]) or missing(row["goal"]) or row["goal"] == 0:
        return None
    return float(row["distance"]) / abs(float(row["goal"]))


def _text(row: Mapping[str, Any], column: str) -> str:
    return "" if missing(row[column]) else str(row[column])
