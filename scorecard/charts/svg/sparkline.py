"""Sparklines: a measure's last months in the space of a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from scorecard.analysis.assessment.signals import limits_may_be_shown
from scorecard.catalogue.models import Measure
from scorecard.charts.model import trend_parts as parts
from scorecard.charts.model.models import Point, Sparkline, TargetStep, TrendChart
from scorecard.charts.model.titles import alt_text, month_of, trend_title
from scorecard.charts.palette import AXIS, LINE, MARKS, SIGNALS, TARGET
from scorecard.charts.svg.canvas import Canvas, draw_point_mark
from scorecard.charts.svg.demonstration_label import description
from scorecard.charts.svg.plot import Plot, runs
from scorecard.core.periods import add_months, month_words
from scorecard.core.rows import Row, row_of

MONTHS = 24
PADDING = 0.12
FEWEST_MONTHS = 6
SIGNAL_SIZE = 1.7  # pixels, about a mark's radius: two months in a row stay two marks


def sparkline(
    measure: Measure,
    row: Mapping[str, Any] | pd.Series,
    series: pd.DataFrame | list[Row],
    points: pd.DataFrame | list[Row],
    *,
    months: int = MONTHS,
    demonstration: bool | None = None,
) -> Sparkline:
    """The sparkline of a measure's last months; arguments as trend_chart's."""
    facts = row_of(row)
    show = limits_may_be_shown(facts)
    own = parts.points_of(measure, parts.of_measure(series, measure.id), parts.of_measure(points, measure.id), show)
    title = trend_title(facts, measure, own)
    last = month_of(facts["reporting_month"])
    own = tuple(point for point in own if point.month > add_months(last, -months))
    first = min([own[0].month] if own else [last])
    x_range = (min(first, add_months(last, -FEWEST_MONTHS)), last)
    targets = parts.target_steps(measure, facts, x_range)
    invented = any(point.origin == "demonstration" for point in own) if demonstration is None else demonstration
    return _spark(measure.id, measure.name, title, own, targets, x_range, invented)


def sparkline_of(chart: TrendChart, *, months: int = MONTHS, last: date | None = None) -> Sparkline:
    """The sparkline of a trend chart that is there already, with its title: so many months up to last.

    last: the month it ends in; None is that of the last figure.
    """
    known = [point.month for point in chart.points if point.value is not None]
    last = last or (known[-1] if known else chart.last)
    own = tuple(point for point in chart.points if add_months(last, -months) < point.month <= last)
    first = min(own[0].month if own else last, add_months(last, -FEWEST_MONTHS))
    targets = tuple(
        step.model_copy(update={"start": max(step.start, first), "end": min(step.end, last)})
        for step in chart.targets
        if step.end >= first and step.start <= last
    )
    return _spark(chart.measure_id, chart.name, chart.title, own, targets, (first, last), chart.demonstration)


def _spark(
    measure_id: str,
    name: str,
    title: str,
    own: tuple[Point, ...],
    targets: tuple[TargetStep, ...],
    x_range: tuple[date, date],
    invented: bool,
) -> Sparkline:
    values = [point.value for point in own if point.value is not None]
    values += [edge for step in targets for edge in (step.lower, step.upper) if edge is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    pad = (high - low or abs(high) or 1.0) * PADDING
    known = [point for point in own if point.value is not None]
    when = f" {month_words(known[0].month)} to {month_words(known[-1].month)}." if len(known) > 1 else ""
    return Sparkline(
        title=title,
        alt=alt_text(name, title, ()).replace("Chart of", "Small line of") + when,
        measure_id=measure_id,
        first=x_range[0],
        last=x_range[1],
        low=low - pad,
        high=high + pad,
        points=own,
        targets=targets,
        demonstration=invented,
    )


def draw_sparkline(chart: Sparkline, width: float, height: float, font: str) -> str:
    """The sparkline as an SVG document: the line, the target, the signals, and the last point by its type."""
    canvas = Canvas(width, height, font)
    plot = Plot(1, 5, width - 5, height - 5, (chart.first, chart.last), chart.low, chart.high)
    for step in chart.targets:
        for edge in (step.lower, step.upper):
            if edge is not None:
                y = plot.y(edge)
                canvas.line((plot.edge(step.start, -1), y), (plot.edge(step.end, 1), y), TARGET, 1.2, "3 2")
    known = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    for run in runs(chart.points, plot):
        way = [(plot.x(point.month), plot.y(point.value or 0.0)) for point in run]
        if len(way) == 1:
            canvas.mark(way[0], "circle", 1.4, LINE, LINE)
        canvas.path(way, LINE, 1.5, name="line")
    _signals(canvas, plot, known[:-1])
    if known:
        colour, shape = MARKS[known[-1].mark]
        at = (plot.x(known[-1].month), plot.y(known[-1].value or 0.0))
        draw_point_mark(canvas, at, shape, colour, 2.8, hollow=known[-1].provisional, name=f"point {known[-1].mark}")
    else:
        canvas.line((1, height / 2), (width - 1, height / 2), AXIS, 1, "2 3")
    return canvas.svg(chart.title, description(chart))


def _signals(canvas: Canvas, plot: Plot, points: Sequence[Point]) -> None:
    """The months that are unlikely to be chance, by their colours and shapes."""
    for kind in SIGNALS:
        colour, shape = MARKS[kind]
        places = [(plot.x(point.month), plot.y(point.value or 0.0)) for point in points if point.mark == kind]
        canvas.marks(places, shape, SIGNAL_SIZE, colour, f"signal {kind}")
