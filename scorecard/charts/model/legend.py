"""The key: what the marks of a chart mean, for those that are there. Lines are labelled where they end instead."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.charts.model.models import Point, TrendChart
from scorecard.charts.palette import MARKS, NAVY, SIGNALS, Shape
from scorecard.core.vocabulary import PLANS_LEVEL, lower_first, variation_words

ORIGIN_KEY = {"plan": "The plan's own figure", "published": "Published figure"}


@dataclass(frozen=True)
class KeyItem:
    """A mark and its words. kind: mark | hollow | ring | dot | missing | fan | band."""

    kind: str
    words: str
    colour: str = NAVY
    shape: Shape = "circle"


def key_of(chart: TrendChart) -> list[KeyItem]:
    """The key of a chart, in a fixed order, only of what is drawn."""
    known = [point for point in chart.points if point.value is not None]
    items = []
    for mark in SIGNALS:
        if any(point.mark == mark for point in known):
            colour, shape = MARKS[mark]
            items.append(
                KeyItem("mark", f"Signal: {lower_first(variation_words(mark, level_words(chart)))}", colour, shape)
            )
    if any(point.provisional for point in known):
        items.append(KeyItem("hollow", "Provisional"))
    items += [
        KeyItem("ring" if origin == "plan" else "dot", label)
        for origin, label in ORIGIN_KEY.items()
        if _mixed(known, origin)
    ]
    missing = sorted({point.missing for point in chart.points if point.missing is not None})
    if missing:
        items.append(
            KeyItem("missing", f"No figure: {', '.join(missing)}".replace("No figure: no figure", "No figure"))
        )
    if any(segment.lower is not None for segment in chart.segments):
        provisional = chart.segments[-1].provisional
        items.append(
            KeyItem(
                "band", "Range expected by chance, provisional" if provisional else "Range expected by chance (limits)"
            )
        )
    if chart.projection:
        items.append(KeyItem("fan", "Projection, with 80% and 95% intervals"))
    return items


def level_words(chart: TrendChart) -> str:
    """What the measure of a chart moves towards or away from; empty where one way is better."""
    return chart.level or (PLANS_LEVEL if chart.volume else "")


def _mixed(known: list[Point], origin: str) -> bool:
    """Whether some, but not all, figures are of an origin: only then it needs telling apart."""
    return any(point.origin == origin for point in known) and any(point.origin != origin for point in known)
