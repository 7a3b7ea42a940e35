"""The trend chart as SVG: header, plot, labels at the lines' ends, key and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.catalogue.periods import months_from
from scorecard.charts.axes import month_ticks, share_along
from scorecard.charts.canvas import XY, Canvas, draw_point_mark
from scorecard.charts.key import KeyItem, key_of
from scorecard.charts.labels import EndLabel, end_labels, fitting, rows_for, spread
from scorecard.charts.models import ComparatorLine, Point, TrendChart, VerticalMark, XRange
from scorecard.charts.palette import (
    AXIS,
    BASELINE,
    COMPARATOR_COLOUR,
    DASHES,
    FAN_80,
    FAN_95,
    GRID,
    INK,
    LIMIT_BAND,
    LIMITS,
    LINE,
    MARKS,
    MUTED,
    PROJECTION,
    TARGET,
    TARGET_BAND,
    WHITE,
)
from scorecard.charts.text import cut, text_width, wrap

WIDE = 560  # from this width on, labels are written in full
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 15.0, 12.0, 11.0
LABEL_HEIGHT = 14.5
MARK_ROWS = 3
LABEL_SHARE_WIDE, LABEL_SHARE_NARROW = 0.34, 0.3
DEMONSTRATION = "Demonstration data"


@dataclass(frozen=True)
class Plot:
    """The rectangle that the data are drawn in, and how months and values become places in it."""

    left: float
    top: float
    right: float
    bottom: float
    x_range: XRange
    low: float
    high: float

    def x(self, month: date, offset: float = 0.0) -> float:
        inset = min(10.0, (self.right - self.left) * 0.03)
        return self.left + inset + share_along(month, self.x_range, offset) * (self.right - self.left - 2 * inset)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return self.bottom - (inside - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def edge(self, month: date, side: int) -> float:
        """Half a month before (side −1) or after (1) a month, within the plot: where a step begins or ends."""
        at_end = month <= self.x_range[0] if side < 0 else month >= self.x_range[1]
        if at_end:
            return self.left if side < 0 else self.right
        return min(max(self.x(month, 0.5 * side), self.left), self.right)

    def holds(self, month: date) -> bool:
        return self.x_range[0] <= month <= self.x_range[1]


def draw_trend(
    chart: TrendChart, width: float, height: float, font: str, x_range: XRange | None = None, *, titled: bool = True
) -> str:
    """The chart as an SVG document of a size; x_range widens or narrows the time axis to others' range."""
    canvas = Canvas(width, height, font)
    times = x_range or (chart.first, chart.last)
    top = _header(canvas, chart, titled)
    bottom = _footer(canvas, chart)
    labels = end_labels(chart)
    label_width = _label_width(labels, width)
    left = 8 + max(text_width(tick.words, SMALL_SIZE) for tick in chart.y_axis.ticks)
    marks = [mark for mark in chart.marks if times[0] <= mark.month <= times[1]]
    frame = (left, width - label_width - (14 if label_width else 8))
    spans = _mark_spans(marks, Plot(frame[0], 0, frame[1], 1, times, 0, 1))
    rows = rows_for(spans, MARK_ROWS)
    canvas.text((0, top + SMALL_SIZE), cut(chart.y_axis.title, width, SMALL_SIZE), SMALL_SIZE, colour=MUTED)
    top += SMALL_SIZE + 8 + (max(rows) + 1 if rows else 0) * LABEL_HEIGHT
    plot = Plot(frame[0], top, frame[1], max(bottom - 22, top + 20), times, chart.y_axis.low, chart.y_axis.high)
    _bands(canvas, chart, plot)
    _grid(canvas, chart, plot)
    _vertical_marks(canvas, marks, list(zip(spans, rows, strict=True)), plot)
    _lines(canvas, chart, plot)
    _series(canvas, chart, plot)
    _labels(canvas, labels, plot, label_width)
    return canvas.svg(f"{chart.name}: {chart.title}", _description(chart))


def _description(chart: TrendChart) -> str:
    return f"{DEMONSTRATION}. {chart.alt}" if chart.demonstration else chart.alt


def _header(canvas: Canvas, chart: TrendChart, titled: bool) -> float:
    """Name, finding and subtitle; returns where the space below begins."""
    y = 0.0
    if chart.demonstration:
        canvas.rect((0.5, y + 0.5), (text_width(DEMONSTRATION, TEXT_SIZE) + 22, 19), WHITE, INK, "demonstration")
        canvas.text((7, y + 14), DEMONSTRATION, TEXT_SIZE, bold=True)
        y += 24
    if not titled:
        return y
    for words, size, lines, bold, colour in (
        (chart.name, TEXT_SIZE, 2, False, MUTED),
        (chart.title, TITLE_SIZE, 4, True, INK),
        (chart.subtitle, TEXT_SIZE, 3, False, MUTED),
    ):
        for line in wrap(words, canvas.width - 4, size * (1.06 if bold else 1.0), lines):
            y += size * 1.28
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def _footer(canvas: Canvas, chart: TrendChart) -> float:
    """Source, axis note and key, from the bottom up; returns where the space above them ends."""
    words = [part for part in (chart.y_axis.note, chart.source) if part]
    lines = [line for part in words for line in wrap(part, canvas.width - 4, SMALL_SIZE, 3)]
    y = canvas.height - 4
    for line in reversed(lines):
        canvas.text((0, y), line, SMALL_SIZE, colour=MUTED)
        y -= SMALL_SIZE * 1.3
    rows = key_rows(key_of(chart), canvas.width)
    y -= 4 if rows else 0
    for row in reversed(rows):
        for x, item in row:
            _key_item(canvas, (x, y), item, canvas.width - x)
        y -= LABEL_HEIGHT + 2
    return y - 2


def key_rows(items: Sequence[KeyItem], width: float) -> list[list[tuple[float, KeyItem]]]:
    """Key items set in rows of a width, each with its place in the row."""
    rows: list[list[tuple[float, KeyItem]]] = []
    x = width
    for item in items:
        needed = 20 + text_width(item.words, SMALL_SIZE) + 14
        if x + needed - 14 > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, item))
        x += needed
    return rows


def _key_item(canvas: Canvas, at: XY, item: KeyItem, room: float) -> None:
    x, y = at[0] + 7, at[1] - 4
    match item.kind:
        case "missing":
            canvas.cross((x, y), 3.5, INK, name="key")
        case "fan":
            canvas.rect((x - 7, y - 6), (14, 12), FAN_95, name="key")
            canvas.rect((x - 7, y - 3), (14, 6), FAN_80)
            canvas.line((x - 7, y), (x + 7, y), PROJECTION, 1.5, DASHES["projection"])
        case "band":
            canvas.rect((x - 7, y - 5), (14, 10), LIMIT_BAND, LIMITS, "key")
        case kind:
            draw_point_mark(
                canvas, (x, y), item.shape, item.colour, 4, hollow=kind == "hollow", ring=kind == "ring",
                dot=kind == "dot", name="key",
            )  # fmt: skip
    canvas.text((at[0] + 18, at[1]), cut(item.words, room - 20, SMALL_SIZE), SMALL_SIZE)


def _label_width(labels: Sequence[EndLabel], width: float) -> float:
    """How much room the labels at the lines' ends are given on the right."""
    if not labels:
        return 0.0
    widest = max(text_width(_label_text(label, width), SMALL_SIZE) for label in labels) + 18
    return min(widest, width * (LABEL_SHARE_WIDE if width >= WIDE else LABEL_SHARE_NARROW))


def _label_text(label: EndLabel, width: float) -> str:
    return label.text if width >= WIDE else label.short


def _mark_spans(marks: Sequence[VerticalMark], plot: Plot) -> list[tuple[float, float]]:
    """Where the marks' labels stand: beside their line, on the side where they cross the fewest other lines."""
    lines = [plot.x(mark.month) for mark in marks]
    spans = []
    for mark, x in zip(marks, lines, strict=True):
        size = min(text_width(mark.label, SMALL_SIZE) + 8, max(plot.right - x, x - plot.left))
        sides = [(x, x + size), (x - size, x)]
        inside = [side for side in sides if side[0] >= plot.left - 1 and side[1] <= plot.right + 1]
        crossed = [sum(side[0] < line < side[1] for line in lines) for side in inside]
        spans.append(inside[crossed.index(min(crossed))])
    return spans


def _bands(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
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


def _grid(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    for tick in chart.y_axis.ticks:
        y = plot.y(tick.value)
        zero = tick.value == 0
        canvas.line((plot.left, y), (plot.right, y), AXIS if zero else GRID, 1.0)
        canvas.text((plot.left - 5, y + 4), tick.words, SMALL_SIZE, "end", MUTED)
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), AXIS)
    count = max(int((plot.right - plot.left) // 74), 1)
    previous = -1e9
    for month, words in month_ticks(plot.x_range, count):
        half = text_width(words, SMALL_SIZE) / 2
        x = plot.x(month)
        canvas.line((x, plot.bottom), (x, plot.bottom + 4), AXIS)
        middle = min(max(x, half), canvas.width - half)
        if middle - half > previous + 4:
            canvas.text((middle, plot.bottom + 16), words, SMALL_SIZE, "middle", MUTED)
            previous = middle + half


def _vertical_marks(
    canvas: Canvas, marks: Sequence[VerticalMark], places: Sequence[tuple[tuple[float, float], int]], plot: Plot
) -> None:
    for mark, ((start, end), row) in zip(marks, places, strict=True):
        # a rebase begins before its first month's point; an event stands in its month
        x = plot.edge(mark.month, -1) if mark.kind == "rebase" else plot.x(mark.month)
        y = plot.top - 4 - row * LABEL_HEIGHT
        canvas.line((x, y - 9), (x, plot.bottom), AXIS, 1.0, "" if mark.kind == "rebase" else DASHES["event"])
        words = cut(mark.label, end - start - 4, SMALL_SIZE)
        at, anchor = (end - 4, "end") if end <= plot.x(mark.month) else (start + 4, "start")
        canvas.text((at, y), words, SMALL_SIZE, anchor, halo=True)


def _lines(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    for segment in chart.segments:
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
        if chart.baseline.end is not None:
            words = cut(chart.baseline.label, plot.right - plot.left, SMALL_SIZE)
            canvas.text((plot.left + 4, y - 5), words, SMALL_SIZE, halo=True)
    _targets(canvas, chart, plot)
    for line in chart.comparators:  # over the target, so that one at the same level can still be seen
        _comparator(canvas, line, plot)
    _trajectory(canvas, chart, plot)


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
    last = chart.targets[-1].words if chart.targets else ""
    for step in chart.targets[:-1]:
        value = step.lower if step.lower is not None else step.upper
        room = plot.edge(step.end, 1) - plot.edge(step.start, -1) - 6
        words = f"Target {step.words}"
        if step.words != last and value is not None and text_width(words, SMALL_SIZE) <= room:
            canvas.text((plot.edge(step.start, -1) + 4, plot.y(value) - 5), words, SMALL_SIZE, halo=True)


def _trajectory(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The line to the target's date, or to the chart's edge where the date lies beyond it."""
    path = chart.trajectory
    if path is None or not plot.holds(path.start.month):
        return
    whole = max(months_from(path.start.month, path.end.month), 1)
    share = min(1.0, months_from(path.start.month, plot.x_range[1]) / whole)
    value = path.start.value + share * (path.end.value - path.start.value)
    end = min(path.end.month, plot.x_range[1])
    way = [(plot.x(path.start.month), plot.y(path.start.value)), (plot.x(end), plot.y(value))]
    canvas.path(way, TARGET, 1.6, DASHES["trajectory"], "trajectory")


def _series(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The line, broken where no line may lead, and its points; crosses on the axis where a figure is missing."""
    if chart.projection:
        ahead = [
            (plot.x(point.month), plot.y(point.projected)) for point in chart.projection if plot.holds(point.month)
        ]
        canvas.path(ahead, PROJECTION, 1.4, DASHES["projection"], "projection")
    for run in runs(chart.points, plot):
        canvas.path([(plot.x(point.month), plot.y(point.value or 0.0)) for point in run], LINE, 1.8, name="line")
    shown = [point for point in chart.points if plot.holds(point.month)]
    radius = point_radius(len(shown), plot)
    for point in shown:
        x = plot.x(point.month)
        if point.value is None:
            canvas.cross((x, plot.bottom - 7), 3.5, INK, name="missing")
            continue
        colour, shape = MARKS[point.mark]
        special = point.mark not in ("figure", "common_cause")
        draw_point_mark(
            canvas, (x, plot.y(point.value)), shape, colour, radius + 1 if special else radius,
            hollow=point.provisional, ring=point.origin == "plan", dot=point.origin == "published",
            name=f"point {point.mark}",
        )  # fmt: skip
    _latest(canvas, shown, plot)


def point_radius(count: int, plot: Plot) -> float:
    """Points as large as the months leave room for."""
    span = max(months_from(*plot.x_range), 1)
    return min(max((plot.right - plot.left) / span * 0.32, 1.6), 5.5 if count == 1 else 3.8)


def runs(points: Sequence[Point], plot: Plot) -> Iterator[list[Point]]:
    """The stretches of points that one line joins."""
    run: list[Point] = []
    for point in points:
        if not plot.holds(point.month) or point.value is None or not point.joined:
            if run:
                yield run
            run = []
        if point.value is not None and plot.holds(point.month):
            run.append(point)
    if run:
        yield run


def _latest(canvas: Canvas, shown: Sequence[Point], plot: Plot) -> None:
    """The latest figure in words beside its point."""
    known = [point for point in shown if point.value is not None]
    if not known or known[-1].value is None:
        return
    latest = known[-1]
    words = latest.figure
    x, y = plot.x(latest.month), plot.y(known[-1].value or 0.0)
    falling = len(known) > 1 and (known[-2].value or 0.0) > (latest.value or 0.0)
    place = y + 20 if (falling and y + 26 < plot.bottom) or y - 16 < plot.top else y - 11
    half = text_width(words, TEXT_SIZE) / 2 + 2
    canvas.text(
        (min(max(x, plot.left + half), plot.right - half), place), words, TEXT_SIZE, "middle", bold=True, halo=True
    )


def _labels(canvas: Canvas, labels: Sequence[EndLabel], plot: Plot, room: float) -> None:
    """The lines' names at their ends: a key of the line's own colour and dash, and dark text."""
    shown = fitting(labels, plot.bottom - plot.top + LABEL_HEIGHT, LABEL_HEIGHT)
    wanted = [plot.y(label.value) for label in shown]
    edges = (plot.top - LABEL_HEIGHT / 2, plot.bottom + LABEL_HEIGHT / 2)
    for label, at, y in zip(shown, wanted, spread(wanted, LABEL_HEIGHT, *edges), strict=True):
        x = plot.right + 4
        canvas.path([(plot.right, at), (x + 1, at), (x + 3, y), (x + 12, y)], label.colour, 1.6, label.dash)
        words = cut(_label_text(label, canvas.width), room - 14, SMALL_SIZE)
        canvas.text((x + 15, y + 4), words, SMALL_SIZE)
