"""The words in and beside a trend chart's plot: events above it, lines' names at their ends, the latest figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from scorecard.charts.model.labels import EndLabel, fitting, spread
from scorecard.charts.model.models import TrendChart, VerticalMark
from scorecard.charts.palette import AXIS, DASHES
from scorecard.charts.svg.canvas import XY, Canvas
from scorecard.charts.svg.placing import Box, PlacedWords, overlap, placed
from scorecard.charts.svg.plot import LABEL_HEIGHT, SMALL_SIZE, TEXT_SIZE, Plot, runs, trajectory_way
from scorecard.charts.text_metrics import cut, text_width

WIDE = 560  # from this width on, labels are written in full where they have room
SHARE_WIDE, SHARE_NARROW, SHARE_MOST = 0.34, 0.3, 0.42  # of the width, for labels: usual, and where words are long
LEAST_WORDS = 30.0  # pixels: an event's label with less room is left out; its line stays
CROSS_SIZE, ABOVE_AXIS = 3.5, 7.0  # the cross of a missing figure, and how far its middle lies above the axis
BOLDER = 1.05  # times as wide are bold letters
HALO = 2.0  # pixels that a label's white edge covers around it


def crosses(box: Box, start: XY, end: XY) -> bool:
    """Whether a straight line from start to end runs through a box."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = end[axis] - start[axis]
        low, high = box[axis] - start[axis], box[axis + 2] - start[axis]
        if step == 0:
            if low > 0 or high < 0:
                return False
            continue
        near, far = sorted((low / step, high / step))
        first, last = max(first, near), min(last, far)
    return first <= last


def label_text(label: EndLabel, width: float) -> str:
    """A line's name in full where the chart is wide enough for it, else in short; never a cut name for a whole one."""
    full = width >= WIDE and text_width(label.text, SMALL_SIZE) + 18 <= width * SHARE_WIDE
    return label.text if full else label.short


def label_width(labels: Sequence[EndLabel], width: float) -> float:
    """How much room the labels at the lines' ends are given on the right."""
    if not labels:
        return 0.0
    widest = max(text_width(label_text(label, width), SMALL_SIZE) for label in labels) + 18
    usual = width * (SHARE_WIDE if width >= WIDE else SHARE_NARROW)
    return min(widest, max(usual, min(widest, width * SHARE_MOST)))


def draw_labels(canvas: Canvas, labels: Sequence[EndLabel], plot: Plot, room: float) -> None:
    """The lines' names at their ends: a key of the line's own colour and dash, and dark text."""
    shown = fitting(labels, plot.bottom - plot.top + LABEL_HEIGHT, LABEL_HEIGHT)
    wanted = [plot.y(label.value) for label in shown]
    edges = (plot.top - LABEL_HEIGHT / 2, plot.bottom + LABEL_HEIGHT / 2)
    for label, at, y in zip(shown, wanted, spread(wanted, LABEL_HEIGHT, *edges), strict=True):
        x = plot.right + 4
        canvas.path([(plot.right, at), (x + 1, at), (x + 3, y), (x + 12, y)], label.colour, 1.6, label.dash)
        name = cut(label_text(label, canvas.width), room - 14, SMALL_SIZE)
        canvas.text((x + 15, y + 4), name, SMALL_SIZE)


def mark_spans(marks: Sequence[VerticalMark], plot: Plot) -> list[tuple[float, float]]:
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


def draw_vertical_marks(
    canvas: Canvas,
    marks: Sequence[VerticalMark],
    places: Sequence[tuple[tuple[float, float], int]],
    plot: Plot,
    lift: float,
) -> None:
    """What happened: a line down the plot and its words above it, lift pixels clear of a point at the plot's top.

    All lines come first, so that none runs over another's words.
    """
    heights = [plot.top - 4 - lift - row * LABEL_HEIGHT for _, row in places]
    for mark, y in zip(marks, heights, strict=True):
        # a rebase begins before its first month's point; an event stands in its month
        x = plot.edge(mark.month, -1) if mark.kind == "rebase" else plot.x(mark.month)
        canvas.line((x, y - 9), (x, plot.bottom), AXIS, 1.0, "" if mark.kind == "rebase" else DASHES["event"])
    taken: dict[int, list[tuple[float, float]]] = {}
    for mark, y, ((start, end), row) in zip(marks, heights, places, strict=True):
        to_the_left = end <= plot.x(mark.month)
        for left, right in taken.get(row, []):  # more marks than rows: what is left of the room, or its line alone
            if left < end and start < right:
                start, end = (max(start, right), end) if to_the_left else (start, min(end, left))
        event = cut(mark.label, end - start - 4, SMALL_SIZE)
        if end - start < min(LEAST_WORDS, text_width(mark.label, SMALL_SIZE)):
            continue
        taken.setdefault(row, []).append((start, end))
        at, anchor = (end - 4, "end") if to_the_left else (start + 4, "start")
        canvas.text((at, y), event, SMALL_SIZE, anchor, halo=True)


def words_along_line(
    canvas: Canvas, plot: Plot, at: XY, choices: Sequence[str], room: float, taken: Sequence[Box], under: Underneath
) -> list[Box]:
    """Words along a line in the plot: above it or below, at its start or further along, where they lie over the least.

    at: the line's start. choices: the same in ever fewer words. taken: where none may stand. Returns the box they take,
    or nothing without room.
    """
    places = []
    for text in choices:
        spare = room - 8 - text_width(text, SMALL_SIZE)
        for along, y in product((0.0, 0.5, 1.0), (at[1] - 5, at[1] + 12)):
            candidate = placed(text, (at[0] + 4 + along * spare, y), SMALL_SIZE)
            inside = spare >= 0 and plot.top - 2 <= candidate.box[1] and candidate.box[3] <= plot.bottom + 2
            if inside and not any(overlap(candidate.box, other) for other in taken):
                places.append(candidate)
    if not places:
        return []
    best = min(places, key=lambda candidate: _cost(candidate.box, plot, under))
    canvas.text(best.at, best.words, SMALL_SIZE, halo=True)
    return [best.box]


def missing_boxes(chart: TrendChart, plot: Plot) -> list[Box]:
    """Where the crosses of missing figures stand."""
    size, y = CROSS_SIZE + 1, plot.bottom - ABOVE_AXIS
    places = [plot.x(point.month) for point in chart.points if point.value is None and plot.holds(point.month)]
    return [(x - size, y - size, x + size, y + size) for x in places]


def latest_label(chart: TrendChart, plot: Plot, radius: float, under: Underneath) -> PlacedWords | None:
    """The latest figure in words, on the side of its point where it lies over the least; None where no figure is.

    radius: of a point.
    """
    known = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    if not known:
        return None
    latest = known[-1]
    x, y = plot.x(latest.month), plot.y(latest.value or 0.0)
    figure_text = cut(latest.figure, plot.right - plot.left, TEXT_SIZE)
    clear = radius + (3.2 if latest.origin == "plan" else 1.0) + 4
    level_y = min(y + 4, plot.bottom - 2)
    over_crosses = min(y - clear, plot.bottom - ABOVE_AXIS - CROSS_SIZE - 5)
    above, higher, below, right, left = (
        ((_within(x, figure_text, plot), y - clear), "middle"),
        ((_within(x, figure_text, plot), over_crosses), "middle"),
        ((_within(x, figure_text, plot), y + clear + 0.75 * TEXT_SIZE), "middle"),
        ((x + clear, level_y), "start"),
        ((x - clear, level_y), "end"),
    )
    falling = len(known) > 1 and (known[-2].value or 0.0) > (latest.value or 0.0)
    sides = [below, above, right, left, higher] if falling else [above, below, right, left, higher]
    places = [placed(figure_text, at, TEXT_SIZE * BOLDER, anchor) for at, anchor in sides]
    return min(places, key=lambda candidate: _cost(candidate.box, plot, under))


def draw_latest(canvas: Canvas, label: PlacedWords | None) -> None:
    """The latest figure, over everything else."""
    if label is not None:
        canvas.text(label.at, label.words, TEXT_SIZE, label.anchor, bold=True, halo=True)


def _within(x: float, text: str, plot: Plot) -> float:
    half = text_width(text, TEXT_SIZE) / 2 + 2
    return min(max(x, plot.left + half), plot.right - half)


OVER_EDGE, OVER_CROSS, OVER_POINT, OVER_LINE, OVER_LEVEL = 200.0, 50.0, 10.0, 4.0, 1.0


class Underneath(NamedTuple):
    """What a label could lie over: crosses, points, stretches of lines, and the heights of lines across the plot."""

    crosses: Sequence[Box]
    points: Sequence[Box]
    ways: Sequence[tuple[XY, XY]]
    levels: Sequence[float]


def lies_under(chart: TrendChart, plot: Plot, radius: float, levels: Sequence[float]) -> Underneath:
    """What labels in a chart's plot could lie over. radius: of a point. levels: the heights of the lines across it."""
    known = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    dots = [_dot(plot.x(point.month), plot.y(point.value or 0.0), radius) for point in known]
    return Underneath(missing_boxes(chart, plot), dots, [*_ways(chart, plot)], levels)


def _dot(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)


def _cost(box: Box, plot: Plot, under: Underneath) -> float:
    """How much a label would hide or be hidden by: the plot's edge and crosses weigh most, lines across it least."""
    outside = box[0] < plot.left or box[2] > plot.right or box[1] < plot.top - 2 or box[3] > plot.bottom + 4
    cost = OVER_EDGE if outside else 0.0
    cost += OVER_CROSS * sum(overlap(box, cross) for cross in under.crosses)
    cost += OVER_POINT * sum(overlap(box, point) for point in under.points)
    near = [way for way in under.ways if way[0][0] <= box[2] and way[1][0] >= box[0]]  # lines lead to the right
    cost += OVER_LINE * sum(crosses(box, start, end) for start, end in near)
    return cost + OVER_LEVEL * sum(box[1] - HALO <= level <= box[3] + HALO for level in under.levels)


def _ways(chart: TrendChart, plot: Plot) -> Iterator[tuple[XY, XY]]:
    """The stretches of the series' line, and of the trajectory."""
    for run in runs(chart.points, plot):
        yield from pairwise((plot.x(point.month), plot.y(point.value or 0.0)) for point in run)
    yield from pairwise(trajectory_way(chart, plot))
