"""A trend chart for a page: the same margins for every chart, so that months line up, and names at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scorecard.charts.model.labels import EndLabel, end_labels, fitting, spread
from scorecard.charts.model.models import Point, TrendChart, XRange, on_shared_axis
from scorecard.charts.palette import AXIS, DASHES, GRID, INK, LINE, MARKS, MUTED, SIGNALS, TARGET
from scorecard.charts.svg.annotations import ABOVE_AXIS, CROSS_SIZE
from scorecard.charts.svg.canvas import Canvas, draw_point_mark
from scorecard.charts.svg.demonstration_label import description
from scorecard.charts.svg.plot import Plot, point_radius, runs, shown_ticks
from scorecard.charts.svg.trend import draw_bands, draw_lines, draw_projection
from scorecard.charts.text_metrics import cut, text_width
from scorecard.core.periods import MONTH_NAMES, add_months, months_from

SIZE = 14.0  # pixels: no text on a page's chart is smaller
LEFT, RIGHT, TOP, BOTTOM = 58.0, 136.0, 22.0, 26.0
LABEL_HEIGHT = 17.0
NARROW = 480.0  # from here down the names at the lines' ends are short of room
RIGHT_NARROW = 92.0
JANUARY, JULY = 1, 7
CLEAR = 10.0  # pixels from one month's words to the next
USUAL_RANGE = "usual range"


def draw_screen(chart: TrendChart, width: float, height: float, font: str, x_range: XRange | None = None) -> str:
    """The chart as an SVG document; its title, its subtitle and the key of its marks stand beside it on the page."""
    chart = on_shared_axis(chart, x_range)
    canvas = Canvas(width, height, font)
    right = width - (RIGHT if width > NARROW else RIGHT_NARROW)
    axis = chart.y_axis
    plot = Plot(LEFT, TOP, right, height - BOTTOM, x_range or (chart.first, chart.last), axis.low, axis.high)
    draw_bands(canvas, chart, plot)
    _axes(canvas, chart, plot)
    _events(canvas, chart, plot)
    draw_lines(canvas, chart, plot, limits=False)
    _name_range(canvas, chart, plot)
    draw_projection(canvas, chart, plot)
    _figures(canvas, chart, plot)
    _names(canvas, chart, plot, width - right)
    return canvas.svg(f"{chart.name}: {chart.title}", description(chart))


def _axes(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    for tick in shown_ticks(chart.y_axis, (plot.bottom - plot.top) * 12 / 22):
        y = plot.y(tick.value)
        canvas.line((plot.left, y), (plot.right, y), AXIS if tick.value == 0 else GRID)
        canvas.text((plot.left - 6, y + 5), tick.words, SIZE, "end", MUTED)
    taken = -1e9
    for month, words in half_years(plot):
        x, half = plot.x(month), text_width(words, SIZE) / 2
        canvas.line((x, plot.bottom), (x, plot.bottom + 5), AXIS)
        if x - half > taken + CLEAR:
            canvas.text((x, plot.bottom + 20), words, SIZE, "middle", MUTED)
            taken = x + half


def half_years(plot: Plot) -> list[tuple[date, str]]:
    """'Jan 18', 'Jul', 'Jan 19': Januaries and Julys, with the first and the last month where they have room."""
    first, last = plot.x_range
    months = [add_months(first, step) for step in range(months_from(first, last) + 1)]
    room = text_width("Mmm 20", SIZE) + 2 * CLEAR
    wanted = [month for month in months if month.month in (JANUARY, JULY)]
    if len(wanted) * room > plot.right - plot.left:
        wanted = [month for month in wanted if month.month == JANUARY]
    far = [month for month in wanted if all(abs(plot.x(month) - plot.x(end)) > room for end in (first, last))]
    ends = [first, last] if plot.x(last) - plot.x(first) > room else [last]
    return [(month, _month(month, month in ends)) for month in sorted({*far, *ends})]


def _month(month: date, with_year: bool) -> str:
    name = MONTH_NAMES[month.month - 1][:3]
    return f"{name} {month.year % 100:02d}" if with_year or month.month == JANUARY else name


def _events(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """A dotted line where something happened, its words above the plot; words without room are left to the notes."""
    taken: list[tuple[float, float]] = []
    for mark in chart.marks:
        if mark.kind == "plan":
            continue
        x = plot.x(mark.month)
        canvas.line((x, plot.top - 4), (x, plot.bottom), AXIS, 1.0, DASHES["event"])
        wide = text_width(mark.label, SIZE)
        start = x - wide - 6 if x - wide - 6 >= plot.left else x + 6
        end = start + wide
        if end <= plot.right + 40 and not any(left < end and start < right for left, right in taken):
            canvas.text((start, plot.top - 8), mark.label, SIZE, colour=MUTED)
            taken.append((start, end))


def _name_range(canvas: Canvas, chart: TrendChart, plot: Plot) -> None:
    """What the grey band is, in its corner where the line leaves most room."""
    banded = [part for part in chart.segments if part.lower is not None and part.upper is not None]
    if not banded:
        return
    part = banded[-1]
    words = USUAL_RANGE + (", provisional" if part.provisional else "")
    left, right = max(plot.edge(part.start, -1), plot.left), plot.edge(part.end, 1)
    top, bottom = plot.y(part.upper or 0.0), plot.y(part.lower or 0.0)
    if text_width(words, SIZE) + 12 > right - left or bottom - top < LABEL_HEIGHT:
        return
    under = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    near = [plot.y(point.value or 0.0) for point in under if plot.x(point.month) < left + text_width(words, SIZE) + 20]
    at_top = sum(y < top + 2 * LABEL_HEIGHT for y in near) <= sum(y > bottom - 2 * LABEL_HEIGHT for y in near)
    canvas.text((left + 6, top + SIZE if at_top else bottom - 5), words, SIZE, colour=MUTED, halo=True)


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


def _names(canvas: Canvas, chart: TrendChart, plot: Plot, room: float) -> None:
    """The lines' names and the latest figure at their ends, none over another."""
    known = [point for point in chart.points if point.value is not None and plot.holds(point.month)]
    at_end = bool(known) and plot.x(known[-1].month) > plot.right - 24
    labels: list[EndLabel] = [label for label in end_labels(chart) if label.role != "limits"]
    if at_end:
        latest = known[-1]
        words = latest.figure.split(",")[0]
        labels.append(EndLabel("latest", latest.value or 0.0, words, words, INK, "", -1))
    elif known:
        at = (plot.x(known[-1].month), plot.y(known[-1].value or 0.0) - 10)
        canvas.text(at, known[-1].figure.split(",")[0], SIZE + 1, "middle", bold=True, halo=True)
    shown = fitting(labels, plot.bottom - plot.top + LABEL_HEIGHT, LABEL_HEIGHT)
    wanted = [plot.y(label.value) for label in shown]
    places = spread(wanted, LABEL_HEIGHT, plot.top - LABEL_HEIGHT / 2, plot.bottom + LABEL_HEIGHT / 2)
    for label, at_y, y in zip(shown, wanted, places, strict=True):
        _name(canvas, label, (plot.right, at_y, y), room)


def _name(canvas: Canvas, label: EndLabel, at: Sequence[float], room: float) -> None:
    right, from_y, y = at
    latest = label.role == "latest"
    if not latest:
        canvas.path([(right, from_y), (right + 6, y)], label.colour, 1.6, label.dash)
    bold = latest or label.role == "target"
    words = label.text if not bold and text_width(label.text, SIZE) < room - 12 else label.short
    colour = TARGET if label.role == "target" else INK
    canvas.text((right + 9, y + 5), cut(words, room - 10, SIZE), SIZE + latest, colour=colour, bold=bold)
