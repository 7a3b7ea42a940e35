"""A trend chart for a page: the same margins for every chart, so that months line up, and names at the lines' ends."""

from __future__ import annotations

from itertools import pairwise

from scorecard.charts.model.axes import half_years
from scorecard.charts.model.labels import EndLabel, figure_alone, fitting, page_labels, range_name, spread
from scorecard.charts.model.models import Point, Tick, TrendChart, XRange, on_shared_axis
from scorecard.charts.palette import AXIS, DASHES, GRID, INK, LINE, MARKS, MUTED, SIGNALS, TARGET
from scorecard.charts.svg.annotations import ABOVE_AXIS, BOLDER, CROSS_SIZE, missing_boxes
from scorecard.charts.svg.canvas import Canvas, draw_point_mark
from scorecard.charts.svg.demonstration_label import description
from scorecard.charts.svg.placing import Box, PlacedWords, Room, overlap, placed, text_box
from scorecard.charts.svg.plot import Plot, point_radius, runs, shown_ticks
from scorecard.charts.svg.trend import draw_bands, draw_lines, draw_projection
from scorecard.charts.text_metrics import cut_before_figure, text_width
from scorecard.core.numbers import MINUS

SIZE = 14.0  # pixels: no text on a page's chart is smaller
LEFT, RIGHT, TOP, BOTTOM = 58.0, 136.0, 22.0, 26.0
LABEL_HEIGHT = 17.0
NARROW = 480.0  # from here down the names at the lines' ends are short of room
RIGHT_NARROW = 118.0
HALO = 3.0  # pixels about words that stand on a band
CLEAR = 10.0  # pixels from one place that is tried for words to the next


def draw_screen(chart: TrendChart, width: float, height: float, font: str, x_range: XRange | None = None) -> str:
    """The chart as an SVG document; its title, its subtitle and the key of its marks are beside it on the page."""
    chart = on_shared_axis(chart, x_range)
    canvas = Canvas(width, height, font)
    right = width - (RIGHT if width > NARROW else RIGHT_NARROW)
    axis = chart.y_axis
    plot = Plot(LEFT, TOP, right, height - BOTTOM, x_range or (chart.first, chart.last), axis.low, axis.high)
    room = Room((0.0, 0.0, width, height), missing_boxes(chart, plot))
    draw_bands(canvas, chart, plot)
    _axes(canvas, chart, plot, room)
    names = _names(chart, plot, width - right, room)
    latest = _latest(chart, plot, room)
    _events(canvas, chart, plot, room)
    draw_lines(canvas, chart, plot, limits=False)
    _name_range(canvas, chart, plot, room)
    draw_projection(canvas, chart, plot)
    _figures(canvas, chart, plot)
    for label, placed_name, at_y in names:
        _name(canvas, label, placed_name, plot.right, at_y)
    if latest is not None:
        canvas.text(latest.at, latest.words, SIZE + 1, latest.anchor, bold=True, halo=True)
    return canvas.svg(f"{chart.name}: {chart.title}", description(chart))


def _axes(canvas: Canvas, chart: TrendChart, plot: Plot, room: Room) -> None:
    for tick in shown_ticks(chart.y_axis, (plot.bottom - plot.top) * 12 / 22):
        y = plot.y(tick.value)
        canvas.line((plot.left, y), (plot.right, y), AXIS if tick.value == 0 else GRID)
        tick_text = placed(_tick_words(tick, plot.left - 6), (plot.left - 6, y + 5), SIZE, "end")
        canvas.text(tick_text.at, tick_text.words, SIZE, "end", MUTED)
        room.take(tick_text.box)
    for month, label in half_years(plot.x_range, plot.x, SIZE):
        x = plot.x(month)
        canvas.line((x, plot.bottom), (x, plot.bottom + 5), AXIS)
        if label:
            canvas.text((x, plot.bottom + 20), label, SIZE, "middle", MUTED)
            room.take(text_box((x, plot.bottom + 20), label, SIZE, "middle"))


def _tick_words(tick: Tick, room: float) -> str:
    """A tick's words; in thousands or millions where they have no room as they are: '1.5m'."""
    sign = "+" if tick.words.startswith("+") else ""
    short = [f"{sign}{tick.value / by:,g}{unit}".replace("-", MINUS) for by, unit in ((1e3, "k"), (1e6, "m"))]
    return next((shorter for shorter in (tick.words, *short) if text_width(shorter, SIZE) <= room), short[-1])


def _events(canvas: Canvas, chart: TrendChart, plot: Plot, room: Room) -> None:
    """A dotted line where something happened, its words above the plot; words without room are left to the notes."""
    for mark in chart.marks:
        if mark.kind == "plan" or not plot.holds(mark.month):
            continue
        x, y = plot.x(mark.month), plot.top - 8
        canvas.line((x, plot.top - 4), (x, plot.bottom), AXIS, 1.0, DASHES["event"])
        sides = [placed(mark.label, (x - 6, y), SIZE, "end"), placed(mark.label, (x + 6, y), SIZE)]
        position = room.first_free(side for side in sides if side.box[0] >= plot.left)
        if position is not None:
            canvas.text(position.at, position.words, SIZE, position.anchor, MUTED)


def _name_range(canvas: Canvas, chart: TrendChart, plot: Plot, room: Room) -> None:
    """What the grey band is, along its upper or lower edge, where no line crosses the words; else nothing is said."""
    named = range_name(chart)
    if named is None:
        return
    part, band_name = named
    left, right = max(plot.edge(part.start, -1), plot.left), plot.edge(part.end, 1)
    top, bottom = plot.y(part.upper or 0.0), plot.y(part.lower or 0.0)
    if text_width(band_name, SIZE) + 12 > right - left or bottom - top < LABEL_HEIGHT:
        return
    steps = int((right - left - text_width(band_name, SIZE) - 12) // CLEAR)
    along = [
        placed(band_name, (left + 6 + CLEAR * step, y), SIZE)
        for step in range(steps + 1)
        for y in (top + SIZE, bottom - 5)
    ]
    lines = [*_along_the_line(chart, plot), *_across(chart, plot)]
    clear = (candidate for candidate in along if not any(overlap(_with_halo(candidate.box), line) for line in lines))
    position = room.first_free(clear)
    if position is not None:
        canvas.text(position.at, band_name, SIZE, position.anchor, MUTED, halo=True)


def _along_the_line(chart: TrendChart, plot: Plot) -> list[Box]:
    """A box about each stretch of the line."""
    ways = [(plot.x(point.month), plot.y(point.value or 0.0)) for run in runs(chart.points, plot) for point in run]
    return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(ways)]


def _with_halo(box: Box) -> Box:
    """A box of words with the light edge about them, which would hide a line."""
    return (box[0] - HALO, box[1] - HALO, box[2] + HALO, box[3] + HALO)


def _across(chart: TrendChart, plot: Plot) -> list[Box]:
    """A box about each target's line, and each that stands where something happened."""
    edges = [
        (plot.edge(step.start, -1), plot.y(edge), plot.edge(step.end, 1), plot.y(edge))
        for step in chart.targets
        for edge in (step.lower, step.upper)
        if edge is not None
    ]
    events = [plot.x(mark.month) for mark in chart.marks if mark.kind != "plan" and plot.holds(mark.month)]
    return [*edges, *((x, plot.top, x, plot.bottom) for x in events)]


def _figures(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """The line, and points only where something is to be said of one: special, provisional, missing, the latest."""
    for run in runs(chart.points, plot):
        canvas.path([(plot.x(point.month), plot.y(point.value or 0.0)) for point in run], LINE, 2.0, name="line")
        if len(run) == 1:
            canvas.mark((plot.x(run[0].month), plot.y(run[0].value or 0.0)), "circle", 2.5, LINE, LINE)
    shown = [point for point in chart.points if plot.holds(point.month)]
    known = [point for point in shown if point.value is not None]
    radius = point_radius(len(known), plot) + 0.7
    for point in shown:
        x = plot.x(point.month)
        if point.value is None:
            canvas.cross((x, plot.bottom - ABOVE_AXIS), CROSS_SIZE, INK, name="missing")
        elif _told(point) or point is known[-1]:
            colour, shape = MARKS[point.mark]
            at = (x, plot.y(point.value))
            draw_point_mark(canvas, at, shape, colour, radius, hollow=point.provisional, name=f"point {point.mark}")


def _told(point: Point) -> bool:
    return point.provisional or point.mark in SIGNALS


def _known(chart: TrendChart, plot: Plot) -> list[Point]:
    return [point for point in chart.points if point.value is not None and plot.holds(point.month)]


def _at_end(point: Point, plot: Plot) -> bool:
    """Whether a point stands so near to the right edge that its figure is named with the lines that end there."""
    return plot.x(point.month) > plot.right - 24


def _latest(chart: TrendChart, plot: Plot, room: Room) -> PlacedWords | None:
    """The latest figure about its point, where that is not at the lines' ends."""
    known = _known(chart, plot)
    if not known or _at_end(known[-1], plot):
        return None
    figure_text, x, y = figure_alone(known[-1]), plot.x(known[-1].month), plot.y(known[-1].value or 0.0)
    sides = (((x, y - 10), "middle"), ((x, y + 20), "middle"), ((x + 9, y + 5), "start"), ((x - 9, y + 5), "end"))
    return room.first_free(
        [placed(figure_text, at, (SIZE + 1) * BOLDER, anchor) for at, anchor in sides], _along_the_line(chart, plot)
    )


def _names(chart: TrendChart, plot: Plot, room_right: float, room: Room) -> list[tuple[EndLabel, PlacedWords, float]]:
    """The lines' names and the latest figure at their ends, none over another; and how high each line ends."""
    known = _known(chart, plot)
    labels = page_labels(chart, known[-1] if known and _at_end(known[-1], plot) else None)
    shown = fitting(labels, plot.bottom - plot.top + LABEL_HEIGHT, LABEL_HEIGHT)
    wanted = [plot.y(label.value) for label in shown]
    heights = spread(wanted, LABEL_HEIGHT, plot.top - LABEL_HEIGHT / 2, plot.bottom + LABEL_HEIGHT / 2)
    named = []
    for label, at_y, y in zip(shown, wanted, heights, strict=True):
        size = SIZE + (label.role == "latest")
        label_text = (
            label.text if not _bold(label) and text_width(label.text, SIZE * BOLDER) < room_right - 12 else label.short
        )
        placed_name = placed(
            cut_before_figure(label_text, room_right - 10, size * BOLDER), (plot.right + 9, y + 5), size
        )
        room.take(placed_name.box)
        named.append((label, placed_name, at_y))
    return named


def _bold(label: EndLabel) -> bool:
    return label.role in ("latest", "target")


def _name(canvas: Canvas, label: EndLabel, placed_name: PlacedWords, right: float, from_y: float) -> None:
    latest = label.role == "latest"
    if not latest:
        canvas.path([(right, from_y), (right + 6, placed_name.at[1] - 5)], label.colour, 1.6, label.dash)
    colour = TARGET if label.role == "target" else INK
    canvas.text(placed_name.at, placed_name.words, SIZE + latest, colour=colour, bold=_bold(label))
