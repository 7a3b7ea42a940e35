"""The plot of a trend chart and what is around it: header, axes, key and source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.charts.model.axes import month_ticks, share_along
from scorecard.charts.model.legend import KeyItem, key_of
from scorecard.charts.model.models import Axis, Point, Tick, TrendChart, XRange
from scorecard.charts.palette import (
    AXIS,
    DASHES,
    FAN_80,
    FAN_95,
    GRID,
    INK,
    LIMIT_BAND,
    LIMITS,
    MUTED,
    PROJECTION,
)
from scorecard.charts.svg.canvas import XY, Canvas, draw_point_mark
from scorecard.charts.svg.demonstration_label import draw_demonstration
from scorecard.charts.text_metrics import cut, text_width, wrap
from scorecard.core.periods import months_from

TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 15.0, 12.0, 11.0
LABEL_HEIGHT = 14.5
TICK_ROOM = 12.0  # pixels from one tick's words to the next
BELOW_PLOT = 22.0  # the months along the bottom


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


def draw_header(canvas: Canvas, chart: TrendChart, titled: bool) -> float:
    """Name, finding and subtitle; returns where the space below begins."""
    y = draw_demonstration(canvas, chart, TEXT_SIZE)
    if not titled:
        return y
    for text, size, lines, bold, colour in (
        (chart.name, TEXT_SIZE, 2, False, MUTED),
        (chart.title, TITLE_SIZE, 4, True, INK),
        (chart.subtitle, TEXT_SIZE, 3, False, MUTED),
    ):
        for line in wrap(text, canvas.width - 4, size * (1.06 if bold else 1.0), lines):
            y += size * 1.28
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def draw_footer(canvas: Canvas, chart: TrendChart) -> float:
    """Source, axis note and key, from the bottom up; returns where the space above them ends."""
    notes = [part for part in (chart.y_axis.note, chart.source) if part]
    if text_width(" ".join(notes), SMALL_SIZE) <= canvas.width - 4:
        notes = [" ".join(notes)]
    lines = [line for part in notes for line in wrap(part, canvas.width - 4, SMALL_SIZE, 3)]
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


def draw_grid(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The axes: lines across and their figures, months along the bottom."""
    for tick in shown_ticks(chart.y_axis, plot.bottom - plot.top):
        y = plot.y(tick.value)
        zero = tick.value == 0
        canvas.line((plot.left, y), (plot.right, y), AXIS if zero else GRID)
        canvas.text((plot.left - 5, y + 4), tick.words, SMALL_SIZE, "end", MUTED)
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), AXIS)
    count = max(int((plot.right - plot.left) // 74), 1)
    previous = -1e9
    for month, label in month_ticks(plot.x_range, count):
        half = text_width(label, SMALL_SIZE) / 2
        x = plot.x(month)
        canvas.line((x, plot.bottom), (x, plot.bottom + 4), AXIS)
        middle = min(max(x, half), canvas.width - half)
        if middle - half > previous + 4:
            canvas.text((middle, plot.bottom + 16), label, SMALL_SIZE, "middle", MUTED)
            previous = middle + half


def shown_ticks(axis: Axis, height: float) -> list[Tick]:
    """The ticks whose words have room in a plot of a height: all, or every second or third, zero among them."""
    room = height / max(len(axis.ticks) - 1, 1)
    every = max(math.ceil(TICK_ROOM / max(room, 0.1)), 1)
    zero = next((index for index, tick in enumerate(axis.ticks) if tick.value == 0), 0)
    return [tick for index, tick in enumerate(axis.ticks) if (index - zero) % every == 0]


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


def point_radius(count: int, plot: Plot) -> float:
    """Points as large as the months leave room for."""
    span = max(months_from(*plot.x_range), 1)
    return min(max((plot.right - plot.left) / span * 0.32, 1.6), 5.5 if count == 1 else 3.8)


def trajectory_way(chart: TrendChart, plot: Plot) -> list[XY]:
    """The line to the target's date, or to the chart's edge where the date lies beyond it."""
    path = chart.trajectory
    if path is None or not plot.holds(path.start.month):
        return []
    whole = max(months_from(path.start.month, path.end.month), 1)
    share = min(1.0, months_from(path.start.month, plot.x_range[1]) / whole)
    value = path.start.value + share * (path.end.value - path.start.value)
    end = min(path.end.month, plot.x_range[1])
    return [(plot.x(path.start.month), plot.y(path.start.value)), (plot.x(end), plot.y(value))]
