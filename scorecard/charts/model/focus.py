"""A trend chart as a page shows it: only the months and the lines that are asked for, on an axis of their own."""

from __future__ import annotations

from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import TrendChart
from scorecard.charts.model.trend import FEWEST_MONTHS, drawn_values
from scorecard.core.periods import add_months, months_from


def focused(
    chart: TrendChart, *, months: int | None = None, usual_range: bool = True, projection: bool = False,
    others: bool = False,
) -> TrendChart:  # fmt: skip
    """The chart with its last so many months (None: all), with or without limits, projection and line to the target's
    date, other areas and baseline.
    """
    known = [point.month for point in chart.points]
    end = max(known, default=chart.last)
    ahead = chart.projection if projection else ()
    trajectory = chart.trajectory if projection else None
    last = chart.last if ahead or trajectory else end
    first = max(chart.first, add_months(end, 1 - months)) if months else min(known, default=chart.first)
    if months_from(first, last) < FEWEST_MONTHS - 1:
        first = add_months(last, 1 - FEWEST_MONTHS)
    points = tuple(point for point in chart.points if first <= point.month <= last)
    segments = tuple(
        part.model_copy(update={"start": max(part.start, first)})
        for part in (chart.segments if usual_range else ())
        if part.end >= first
    )
    targets = tuple(
        step.model_copy(update={"start": first if index == 0 else max(step.start, first), "end": min(step.end, last)})
        for index, step in enumerate(chart.targets)
        if step.end >= first and step.start <= last
    )
    comparators, baseline = (chart.comparators, chart.baseline) if others else ((), None)
    share = chart.unit == "percent"
    values = drawn_values(
        points, segments, targets, baseline, comparators, ahead, trajectory, (first, last), share=share
    )
    return chart.model_copy(
        update={
            "first": first, "last": last, "points": points, "segments": segments, "targets": targets,
            "comparators": comparators, "baseline": baseline, "projection": ahead, "trajectory": trajectory,
            "y_axis": y_axis(values, chart.unit, change=chart.charted != "figure"),
            "marks": tuple(mark for mark in chart.marks if first <= mark.month <= last),
        }
    )  # fmt: skip
