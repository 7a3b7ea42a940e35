"""The table beside a chart: what the pointer reads there, the keyboard reads here."""

from __future__ import annotations

import pandas as pd

from scorecard.charts.model.legend import level_words
from scorecard.charts.model.models import Point, TrendChart
from scorecard.charts.text_metrics import clean
from scorecard.core.numbers import figure_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import ORIGIN_WORDS, upper_first, variation_words
from scorecard.narrative.signal import point_words

TREND_COLUMNS = ["Period", "Figure", "Target", "Mean", "Lower limit", "Upper limit", "What it shows", "Notes"]


def table(chart: TrendChart) -> pd.DataFrame:
    """A chart as a table of words, ready to be read: one row a period, the projection's last."""
    rows = [*(_row(chart, point) for point in chart.points), *_projection_rows(chart)]
    frame = pd.DataFrame(rows, columns=TREND_COLUMNS)
    return frame if chart.segments else frame.drop(columns=["Mean", "Lower limit", "Upper limit"])


def _row(chart: TrendChart, point: Point) -> list[str]:
    segment = next((part for part in chart.segments if part.start <= point.month <= part.end), None)
    step = next((part for part in chart.targets if part.start <= point.month <= part.end), None)

    def figure_text(value: float | None) -> str:
        return "" if value is None else figure_words(value, chart.unit, chart.decimals)

    notes = ["provisional"] if point.provisional else []
    notes += [ORIGIN_WORDS[point.origin]] if point.origin != "extract" and point.value is not None else []
    shows = (
        ""
        if point.signal is None
        else f"{variation_words(point.mark, level_words(chart))}: {point_words(point.signal)}"
    )
    lines = (segment.mean, segment.lower, segment.upper) if segment else (None, None, None)
    period = period_words(point.month, point.months)
    return [
        upper_first(period),
        clean(point.figure),
        step.words if step else "",
        *map(figure_text, lines),
        shows,
        ", ".join(notes),
    ]


def _projection_rows(chart: TrendChart) -> list[list[str]]:
    rows = []
    for ahead in chart.projection:
        middle, low, high = (
            figure_words(value, chart.unit, chart.decimals)
            for value in (ahead.projected, ahead.lower_80, ahead.upper_80)
        )
        step = next((part for part in chart.targets if part.start <= ahead.month <= part.end), None)
        shows = f"Projected, not yet known: 80% interval {low} to {high}"
        rows.append([month_words(ahead.month), middle, step.words if step else "", "", "", "", shows, "projection"])
    return rows
