"""The trend chart as SVG: bands, lines and points in the plot; svg_plot has what is around, svg_words the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.charts.model.labels import EndLabel, end_labels, rows_for
from scorecard.charts.model.models import ComparatorLine, TrendChart, VerticalMark, XRange
from scorecard.charts.palette import (
    BASELINE,
    COMPARATOR_COLOUR,
    DASHES,
    FAN_80,
    FAN_95,
    INK,
    LIMIT_BAND,
    LIMITS,
    LINE,
    MARKS,
    MUTED,
    PROJECTION,
    TARGET,
    TARGET_BAND,
)
from scorecard.charts.svg.annotations import (
    ABOVE_AXIS,
    CROSS_SIZE,
    Underneath,
    draw_labels,
    draw_latest,
    draw_vertical_marks,
    label_width,
    latest_label,
    lies_under,
    mark_spans,
    missing_boxes,
    words_along_line,
)
from scorecard.charts.svg.canvas import XY, Canvas, draw_point_mark
from scorecard.charts.svg.demonstration_label import description
from scorecard.charts.svg.placing import Box
from scorecard.charts.svg.plot import (
    BELOW_PLOT,
    LABEL_HEIGHT,
    SMALL_SIZE,
    Plot,
    draw_footer,
    draw_grid,
    draw_header,
    point_radius,
    runs,
    trajectory_way,
)
from scorecard.charts.text_metrics import cut, text_width

MARK_ROWS = 3
LEAST_PLOT = 64.0  # pixels: a plot in which a line can be read
RING = 9.0  # pixels from the centre of the plan's own point to the edge of its ring


def draw_trend(
    chart: TrendChart, width: float, height: float, font: str, x_range: XRange | None = None, *, titled: bool = True
) -> str:
    """The chart as an SVG document of a size; x_range widens or narrows the time axis to others' range."""
    canvas = Canvas(width, height, font)
    top = draw_header(canvas, chart, titled)
    bottom = draw_footer(canvas, chart)
    canvas.text((0, top + SMALL_SIZE), cut(chart.y_axis.title, width, SMALL_SIZE), SMALL_SIZE, colour=MUTED)
    set_out = _set_out(chart, width, top, bottom, x_range or (chart.first, chart.last))
    plot = set_out.plot
    draw_bands(canvas, chart, plot)
    draw_grid(canvas, chart, plot)
    places = list(zip(set_out.spans, set_out.rows, strict=True))
    draw_vertical_marks(canvas, set_out.marks, places, plot, set_out.lift)
    draw_lines(canvas, chart, plot)
    radius = point_radius(sum(plot.holds(point.month) for point in chart.points), plot)
    under = lies_under(chart, plot, radius, _levels(chart, plot))
    latest = latest_label(chart, plot, radius, under)
    _words_on_lines(canvas, chart, plot, [] if latest is None else [latest.box], under)
    _series(canvas, chart, plot, radius)
    draw_latest(canvas, latest)
    draw_labels(canvas, set_out.labels, plot, set_out.label_width)
    return canvas.svg(f"{chart.name}: {chart.title}", description(chart))


def roomy_height(
    chart: TrendChart, width: float, height: float, *, x_range: XRange | None = None, titled: bool = True
) -> float:
    """The height wanted, or more where key, events and notes would leave the plot too little of it."""
    canvas = Canvas(width, height)
    top, bottom = draw_header(canvas, chart, titled), draw_footer(canvas, chart)
    plot = _set_out(chart, width, top, bottom, x_range or (chart.first, chart.last)).plot
    return max(height, height + LEAST_PLOT - (bottom - BELOW_PLOT - plot.top))


@dataclass(frozen=True)
class SetOut:
    """Where everything of a chart stands: its plot, and the words around it."""

    plot: Plot
    labels: list[EndLabel]
    label_width: float
    marks: list[VerticalMark]
    spans: list[tuple[float, float]]
    rows: list[int]
    lift: float


def _set_out(chart: TrendChart, width: float, top: float, bottom: float, times: XRange) -> SetOut:
    labels = end_labels(chart)
    room = label_width(labels, width)
    left = 8 + max(text_width(tick.words, SMALL_SIZE) for tick in chart.y_axis.ticks)
    right = width - room - (14 if room else 8)
    marks = [mark for mark in chart.marks if times[0] <= mark.month <= times[1]]
    spans = mark_spans(marks, Plot(left, 0, right, 1, times, 0, 1))
    rows = rows_for(spans, MARK_ROWS)
    axis = chart.y_axis
    lift = RING if marks and any(_at_top(point.value, axis.high, axis.low) for point in chart.points) else 0.0
    top += SMALL_SIZE + 8 + (max(rows) + 1 if rows else 0) * LABEL_HEIGHT + lift
    plot = Plot(left, top, right, max(bottom - BELOW_PLOT, top + 20), times, axis.low, axis.high)
    return SetOut(plot, labels, room, marks, spans, rows, lift)


def _at_top(value: float | None, high: float, low: float) -> bool:
    """Whether a point's mark may reach over the plot's top, where the events' words stand."""
    return value is not None and value > high - (high - low) * RING / LEAST_PLOT


def draw_bands(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The range that chance gives, a target's range, and the fan of the projection."""
    for segment in chart.segments:
        if segment.lower is not None and segment.upper is not None:
            left, right = plot.edge(segment.start, -1), plot.edge(segment.end, 1)
            top, bottom = plot.y(segment.upper), plot.y(segment.lower)
            canvas.rect((left, top), (right - left, bottom - top), LIMIT_BAND, name="limits")
    for step in chart.targets:
        if step.lower is not None and step.upper is not None:
            left, right = plot.edge(step.start, -1), plot.edge(step.end, 1)
            top, bottom = plot.y(step.upper), plot.y(step.lower)
            canvas.rect((left, top), (right - left, bottom - top), TARGET_BAND, name="target-band")
    _fan(canvas, chart, plot)


def _fan(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    ahead = [point for point in chart.projection if plot.holds(point.month)]
    known = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    if not ahead or not known or known[-1].value is None:
        return
    start = (plot.x(known[-1].month), plot.y(known[-1].value))
    for low, high, fill, name in (
        ("lower_95", "upper_95", FAN_95, "fan-95"),
        ("lower_80", "upper_80", FAN_80, "fan-80"),
    ):
        above = [(plot.x(point.month), plot.y(getattr(point, high))) for point in ahead]
        below = [(plot.x(point.month), plot.y(getattr(point, low))) for point in ahead]
        canvas.area([start, *above, *reversed(below)], fill, name)


def draw_lines(canvas: Canvas, chart: TrendChart, plot: Plot, *, limits: bool = True) -> None:
    """Targets, baseline, other areas, the way to the target's date; with mean and limits, or without."""
    for segment in chart.segments if limits else ():
        left, right = plot.edge(segment.start, -1), plot.edge(segment.end, 1)
        dash = DASHES["provisional"] if segment.provisional else ""
        canvas.line((left, plot.y(segment.mean)), (right, plot.y(segment.mean)), LIMITS, 1.3, dash)
        for limit in (segment.lower, segment.upper):
            if limit is not None and plot.low <= limit <= plot.high:
                canvas.line((left, plot.y(limit)), (right, plot.y(limit)), LIMITS, 0.8, dash)
    if chart.baseline is not None:
        end = plot.edge(chart.baseline.end, 1) if chart.baseline.end else plot.right
        y = plot.y(chart.baseline.value)
        canvas.line((plot.left, y), (end, y), BASELINE, 1.4, DASHES["baseline"])
    _targets(canvas, chart, plot)
    for line in chart.comparators:  # over the target, so that one at the same level can still be seen
        _comparator(canvas, line, plot)
    canvas.path(trajectory_way(chart, plot), TARGET, 1.6, DASHES["trajectory"], "trajectory")


def _comparator(canvas: Canvas, line: ComparatorLine, plot: Plot) -> None:
    way = [(plot.x(dated.month), plot.y(dated.value)) for dated in line.points if plot.holds(dated.month)]
    if not line.points:
        way = [(plot.left, plot.y(line.value)), (plot.right, plot.y(line.value))]
    canvas.path(way, COMPARATOR_COLOUR, 1.6, DASHES[line.role], f"comparator {line.role}")
    if len(way) == 1:
        canvas.mark(way[0], "circle", 3, COMPARATOR_COLOUR, COMPARATOR_COLOUR)


def _targets(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    for edge in ("lower", "upper"):
        way: list[XY] = []
        for step in chart.targets:
            value = getattr(step, edge)
            if value is None:
                canvas.path(way, TARGET, 2.0, name="target")
                way = []
                continue
            way += [(plot.edge(step.start, -1), plot.y(value)), (plot.edge(step.end, 1), plot.y(value))]
        canvas.path(way, TARGET, 2.0, name="target")


def _words_on_lines(canvas: Canvas, chart: TrendChart, plot: Plot, taken: Sequence[Box], under: Underneath) -> None:
    """What lines that end within the plot are: a baseline up to a break, earlier targets; clear of what is taken."""
    taken = [*taken, *missing_boxes(chart, plot)]
    if chart.baseline is not None and chart.baseline.end is not None:
        choices = (chart.baseline.label, chart.baseline.short_label)
        at = (plot.left, plot.y(chart.baseline.value))
        taken += words_along_line(canvas, plot, at, choices, plot.right - plot.left, taken, under)
    last = chart.targets[-1].words if chart.targets else ""
    for step in chart.targets[:-1]:
        value = step.lower if step.lower is not None else step.upper
        if step.words != last and value is not None:
            start, end = plot.edge(step.start, -1), plot.edge(step.end, 1)
            names = (f"{chart.target_name} {step.words}",)
            taken += words_along_line(canvas, plot, (start, plot.y(value)), names, end - start, taken, under)


def _levels(chart: TrendChart, plot: Plot) -> list[float]:
    """The heights of the lines across the plot."""
    values = [edge for step in chart.targets[-1:] for edge in (step.lower, step.upper)]
    values += [line.value for line in chart.comparators if not line.points]
    values += [edge for segment in chart.segments[-1:] for edge in (segment.mean, segment.lower, segment.upper)]
    values += [chart.baseline.value] if chart.baseline is not None and chart.baseline.end is None else []
    return [plot.y(value) for value in values if value is not None]


def _series(canvas: Canvas, chart: TrendChart, plot: Plot, radius: float) -> None:
    """The line, broken where no line may lead, and its points; crosses on the axis where a figure is missing."""
    draw_projection(canvas, chart, plot)
    for run in runs(chart.points, plot):
        canvas.path([(plot.x(point.month), plot.y(point.value or 0.0)) for point in run], LINE, 1.8, name="line")
    shown = [point for point in chart.points if plot.holds(point.month)]
    for point in shown:
        x = plot.x(point.month)
        if point.value is None:
            canvas.cross((x, plot.bottom - ABOVE_AXIS), CROSS_SIZE, INK, name="missing")
            continue
        colour, shape = MARKS[point.mark]
        special = point.mark not in ("figure", "common_cause")
        draw_point_mark(
            canvas, (x, plot.y(point.value)), shape, colour, radius + 1 if special else radius,
            hollow=point.provisional, ring=point.origin == "plan", dot=point.origin == "published",
            name=f"point {point.mark}",
        )  # fmt: skip


def draw_projection(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The projection's own line."""
    ahead = [(plot.x(point.month), plot.y(point.projected)) for point in chart.projection if plot.holds(point.month)]
    canvas.path(ahead, PROJECTION, 1.4, DASHES["projection"], "projection")
