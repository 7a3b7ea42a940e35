"""The trend chart: one measure over time, change or chance, how far, how fast, when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from scorecard.analysis.assessment.signals import limits_may_be_shown
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.charts.model import trend_parts as parts
from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import (
    DEMONSTRATION,
    Axis,
    ComparatorLine,
    FanPoint,
    Level,
    Point,
    Segment,
    TargetStep,
    Trajectory,
    TrendChart,
    VerticalMark,
    XRange,
)
from scorecard.charts.model.titles import alt_text, month_of, trend_subtitle, trend_title
from scorecard.core.periods import add_months, month_words, months_from
from scorecard.core.rows import Row, row_of
from scorecard.core.vocabulary import upper_first
from scorecard.narrative.phrases import level

FEWEST_MONTHS = 12  # a chart of one figure still shows a year, the figure in its middle
TRAJECTORY_MONTHS = 18  # how far beyond the last figure a chart reaches for the end of a trajectory
DEMONSTRATION_SOURCE = f"{DEMONSTRATION}: invented figures, not the authority's own"


def trend_chart(
    measure: Measure,
    row: Mapping[str, Any] | pd.Series,
    series: pd.DataFrame | list[Row],
    points: pd.DataFrame | list[Row],
    projection: pd.DataFrame | None = None,
    *,
    catalogue: Catalogue,
    comparators_over_time: pd.DataFrame | None = None,
    demonstration: bool | None = None,
) -> TrendChart:
    """What the chart of a measure says.

    measure: of the catalogue. row: the measure's row of assessment.measures. series: assessment.series. points:
    assessment.spc.points. projection: as projection.project returns it, or None. These may hold other measures' rows
    too; plain rows are the measure's own. comparators_over_time: observations of other areas, by the region's and the
    country's code. demonstration: whether the figures are invented; None says so where any of them is of that origin.
    """
    facts = row_of(row)
    spc_rows = parts.of_measure(points, measure.id)
    show = limits_may_be_shown(facts)
    own = parts.points_of(measure, parts.of_measure(series, measure.id), spc_rows, show)
    fan = parts.fan_of(measure, parts.of_measure(projection, measure.id), own)
    trajectory = parts.trajectory_of(measure, facts, catalogue)
    x_range = time_range(own, fan, trajectory, month_of(facts["reporting_month"]), catalogue.plan.actuals)
    segments = parts.segments_of(spc_rows, measure) if show else ()
    targets = parts.target_steps(measure, facts, x_range)
    baseline = parts.baseline_of(measure, facts, catalogue, x_range)
    comparators = parts.comparators_of(measure, catalogue, comparators_over_time, x_range)
    marks = parts.marks_of(measure, catalogue, x_range, own)
    axis = y_axis(
        drawn_values(
            own, segments, targets, baseline, comparators, fan, trajectory, x_range, share=measure.unit == "percent"
        ),
        measure.unit,
    )
    title = trend_title(facts, measure, own)
    invented = any(point.origin == "demonstration" for point in own) if demonstration is None else demonstration
    return TrendChart(
        measure_id=measure.id,
        name=measure.name,
        unit=measure.unit,
        decimals=measure.decimals,
        volume=measure.kind == "volume",
        level=parts.level_of_measure(measure),
        target_name=upper_first(level(facts)),
        first=x_range[0],
        last=x_range[1],
        y_axis=axis,
        points=own,
        segments=segments,
        targets=targets,
        baseline=baseline,
        trajectory=trajectory,
        comparators=comparators,
        projection=fan,
        marks=marks,
        title=title,
        subtitle=trend_subtitle(facts),
        alt=alt_text(measure.name, title, own, _alt_extra(_target_told(facts, targets), baseline, comparators, fan)),
        notes=tuple(_notes(measure, catalogue, own, segments, baseline, fan, marks, axis)),
        source=source_of(measure, own, invented),
        demonstration=invented,
    )


def time_range(
    points: Sequence[Point], fan: Sequence[FanPoint], trajectory: Trajectory | None, month: date, plan_month: date
) -> XRange:
    """From the first figure to the last, the reporting month, the projection's end and, if near, the target's date.

    A chart of few figures still has a year of months, so that its axis looks sensible.
    """
    months = [point.month for point in points] or [min(month, plan_month)]
    first, last = months[0], max(months[-1], month)
    if fan:
        last = max(last, fan[-1].month)
    if trajectory is not None:
        last = max(last, min(trajectory.end.month, add_months(last, TRAJECTORY_MONTHS)))
    short = FEWEST_MONTHS - months_from(first, last)
    if short > 0:
        first, last = add_months(first, -(short + 1) // 2), add_months(last, short // 2)
    return first, last


def drawn_values(
    points: Sequence[Point],
    segments: Sequence[Segment],
    targets: Sequence[TargetStep],
    baseline: Level | None,
    comparators: Sequence[ComparatorLine],
    fan: Sequence[FanPoint],
    trajectory: Trajectory | None,
    x_range: XRange,
    *,
    share: bool = False,
) -> Iterator[float]:
    """Every value that must lie on the vertical axis. Limits may run off it where no figure could lie."""
    figures = list(_known(point.value for point in points))
    yield from figures
    least = 0.0 if min(figures, default=0.0) >= 0 else -math.inf  # a count can't fall below nothing, whatever its limit
    most = 100.0 if share and max(figures, default=0.0) <= 100 else math.inf  # nor a share rise above the whole
    for segment in segments:
        yield segment.mean
        yield from (min(max(limit, least), most) for limit in _known((segment.lower, segment.upper)))
    for step in targets:
        yield from _known((step.lower, step.upper))
    if baseline is not None:
        yield baseline.value
    for line in comparators:
        yield from (dated.value for dated in line.points) if line.points else (line.value,)
    for ahead in fan:
        yield from (max(ahead.lower_95, least), min(ahead.upper_95, most))
    if trajectory is not None:
        yield trajectory.start.value
        if trajectory.end.month <= x_range[1]:
            yield trajectory.end.value


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)


def _target_told(row: Row, targets: Sequence[TargetStep]) -> str:
    """'Target at least 80%, from January 2022 at least 90%': the one in force and the next that the chart shows."""
    month = month_of(row["reporting_month"])
    now = [step for step in targets if step.start <= month] or targets[:1]
    if not now:
        return ""
    later = [step for step in targets if step.start > month and step.words != now[-1].words]
    then = f", from {month_words(later[0].start)} {later[0].words}" if later else ""
    return f"{upper_first(level(row))} {now[-1].words}{then}"


def _alt_extra(
    target: str,
    baseline: Level | None,
    comparators: Sequence[ComparatorLine],
    fan: Sequence[FanPoint],
) -> list[str]:
    extra = [target] if target else []
    extra += [baseline.label] if baseline else []
    extra += [line.label for line in comparators]
    if fan:
        extra.append(f"A projection runs to {month_words(fan[-1].month)}")
    return extra


def _notes(
    measure: Measure,
    catalogue: Catalogue,
    points: Sequence[Point],
    segments: Sequence[Segment],
    baseline: Level | None,
    fan: Sequence[FanPoint],
    marks: Sequence[VerticalMark],
    axis: Axis,
) -> list[str]:
    """What must be read beside the chart, in plain sentences."""
    notes = [axis.note] if axis.note else []
    if baseline is not None:
        notes.append("The plan gives the baseline no date, so it is a level across the chart and not a point in time.")
    if measure.definition_break is not None:
        begun = measure.definition_break.from_month
        apart = (
            f"Months before {month_words(begun)}" if begun else f"Baseline and {month_words(catalogue.plan.actuals)}"
        )
        notes.append(f"{apart} can't be compared: {measure.definition_break.why}")
    if segments and segments[-1].provisional:
        notes.append("The limits rest on fewer than 20 figures, so they are provisional and drawn dashed.")
    gaps = [point for point in points if point.missing]
    if gaps:
        listed = "; ".join(point.words for point in gaps[:GAPS_LISTED])
        more = f"; and {len(gaps) - GAPS_LISTED} more" if len(gaps) > GAPS_LISTED else ""
        notes.append(f"The line is broken where a figure is missing: {listed}{more}.")
    if any(point.provisional for point in points):
        notes.append("Hollow points are provisional: they may change, and make no signal alone.")
    if fan:
        notes.append(
            "The projection is worked out from the series alone; the darker fan holds 80 in 100 outcomes, the lighter "
            f"95.{_starts_at(fan, points)}"
        )
    notes += [f"{month_words(mark.month)}, {mark.label}: {mark.why}" for mark in marks if mark.kind != "plan"]
    return notes + parts.comparator_notes(measure, catalogue)


GAPS_LISTED = 6


def _starts_at(fan: Sequence[FanPoint], points: Sequence[Point]) -> str:
    """' It starts from May 2021, the last settled figure.', where the latest figure is provisional; or empty."""
    known = [point for point in points if point.value is not None]
    if not known or not known[-1].provisional:
        return ""
    before = [point.month for point in known if point.month < fan[0].month and not point.provisional]
    return f" It starts from {month_words(before[-1])}, the last settled figure." if before else ""


def source_of(measure: Measure, points: Sequence[Point], invented: bool) -> str:
    """Where the figures come from, in a line."""
    if invented:
        return DEMONSTRATION_SOURCE
    origins = {point.origin for point in points if point.value is not None}
    names = {
        "plan": "the improvement plan",
        "extract": f"{measure.supplied_by} (extracts)",
        "published": "published statistics",
    }
    listed = [name for origin, name in names.items() if origin in origins] or ["the improvement plan"]
    return f"Source: {', '.join(listed)}"
