"""The table beside a chart: what the pointer reads there, the keyboard reads here."""

from __future__ import annotations

import pandas as pd

from scorecard.charts.model.models import DistanceChart, Point, Segment, Sparkline, TargetStep, TrendChart
from scorecard.charts.model.trend_parts import MARK_WORDS, ORIGIN_WORDS, SIGNAL_WORDS
from scorecard.charts.text_metrics import clean
from scorecard.core.numbers import figure_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.types import Unit

TREND_COLUMNS = ["Period", "Figure", "Target", "Mean", "Lower limit", "Upper limit", "What it shows", "Notes"]
DISTANCE_COLUMNS = ["Measure", "Status", "Latest", "Target", "Distance to target", "Share of target"]


def table(chart: TrendChart | DistanceChart | Sparkline) -> pd.DataFrame:
    """A chart as a table of words, ready to be read: one row a period (or a measure), the projection's last."""
    if isinstance(chart, DistanceChart):
        return _distance_table(chart)
    unit, decimals = (chart.unit, chart.decimals) if isinstance(chart, TrendChart) else (None, 0)
    segments = chart.segments if isinstance(chart, TrendChart) else ()
    rows = [_row(point, unit, decimals, segments, chart.targets, chart) for point in chart.points]
    frame = pd.DataFrame(rows, columns=TREND_COLUMNS)
    if isinstance(chart, TrendChart):
        frame = pd.concat([frame, _projection_table(chart)], ignore_index=True)
        empty = [name for name in ("Mean", "Lower limit", "Upper limit") if not chart.segments]
        return frame.drop(columns=empty)
    return frame.drop(columns=["Mean", "Lower limit", "Upper limit"])


def _row(
    point: Point, unit: Unit | None, decimals: int, segments: tuple[Segment, ...], targets: tuple[TargetStep, ...],
    chart: TrendChart | Sparkline,
) -> list[str]:  # fmt: skip
    segment = next((part for part in segments if part.start <= point.month <= part.end), None)
    step = next((part for part in targets if part.start <= point.month <= part.end), None)

    def words(value: float | None) -> str:
        return "" if value is None or unit is None else figure_words(value, unit, decimals)

    notes = ["provisional"] if point.provisional else []
    notes += [ORIGIN_WORDS[point.origin]] if point.origin in ORIGIN_WORDS and point.value is not None else []
    shows = "" if point.signal is None else f"{_mark(point.mark, chart)}: {SIGNAL_WORDS[point.signal]}"
    lines = (segment.mean, segment.lower, segment.upper) if segment else (None, None, None)
    period = period_words(point.month, point.months)
    return [
        period[:1].upper() + period[1:],
        clean(point.figure),
        step.words if step else "",
        *map(words, lines),
        shows[:1].upper() + shows[1:],
        ", ".join(notes),
    ]


def _mark(mark: str, chart: TrendChart | Sparkline) -> str:
    if isinstance(chart, TrendChart) and chart.volume and mark in ("improvement", "concern"):
        return f"moving {'towards' if mark == 'improvement' else 'away from'} the plan's level"
    return MARK_WORDS.get(mark, "")


def _projection_table(chart: TrendChart) -> pd.DataFrame:
    rows = []
    for ahead in chart.projection:
        middle, low, high = (
            figure_words(value, chart.unit, chart.decimals)
            for value in (ahead.projected, ahead.lower_80, ahead.upper_80)
        )
        step = next((part for part in chart.targets if part.start <= ahead.month <= part.end), None)
        shows = f"Projected, not yet known: 80% interval {low} to {high}"
        rows.append([month_words(ahead.month), middle, step.words if step else "", "", "", "", shows, "projection"])
    return pd.DataFrame(rows, columns=TREND_COLUMNS)


def _distance_table(chart: DistanceChart) -> pd.DataFrame:
    rows = [
        [
            clean(bar.name),
            *map(clean, (bar.status_words, bar.value_words, bar.target_words, bar.distance_words)),
            "" if bar.share is None else figure_words(100 * bar.share, "percent", 0, signed=True),
        ]
        for bar in chart.bars
    ]
    return pd.DataFrame(rows, columns=DISTANCE_COLUMNS)
