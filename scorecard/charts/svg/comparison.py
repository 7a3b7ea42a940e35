"""The charts of published figures as SVG: years, places, the funnel, and the small bars of a gap over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from scorecard.charts.model.axes import month_number, nice_step
from scorecard.charts.model.comparison import FunnelChart, GapBars, PlaceChart, Whose, YearChart, YearLine
from scorecard.charts.model.models import Axis
from scorecard.charts.palette import AXIS, FONT, GREY, GRID, INK, LILAC, LIMIT_BAND, MUTED, NAVY, ORANGE, PLUM, TEAL
from scorecard.charts.svg.canvas import XY, Canvas, draw_point_mark
from scorecard.charts.svg.placing import Box, PlacedWords, Room, placed
from scorecard.charts.text_metrics import cut, text_width, wrap

TITLE_SIZE, TEXT_SIZE = 16.0, 14.0  # pixels: no text on a page's chart is smaller
LOOKS: dict[Whose, tuple[str, str, str]] = {  # colour, shape, dash
    "ours": (NAVY, "circle", ""),
    "neighbours": (TEAL, "square", ""),
    "other_list": (PLUM, "triangle_down", "5 2"),
    "in_every": (ORANGE, "square", "1 3"),
    "region": (LILAC, "diamond", "7 3"),
    "england": (GREY, "triangle_up", "2 3"),
    "other": (AXIS, "circle", ""),
}
WHOSE_WORDS: dict[Whose, str] = {"ours": "ours", "neighbours": "statistical neighbours", "other": "others"}
OUTSIDE = (ORANGE, "triangle_up", "beyond the outer limits")
RADIUS = {"ours": 4.5, "other": 2.4}
SMALLER = 3.5
ROOM_LEFT, ROOM_RIGHT = 52.0, 12.0
LEAST_PLOT = 110.0  # pixels that a plot is high: below a long heading and key the drawing grows
TICK_BELOW, SIZES_BELOW = 27.0, 44.0  # room below a plot: for its years, for sizes and what they are of
ROW, KEY_ROW = 24.0, 20.0
SIZES_NAMED = 4  # at most, below a funnel
APART = 4.0  # pixels between two words below a plot
SHORTEST = 60.0  # pixels for which words are cut; for fewer they are left out
BOLDER = 1.07  # how much wider bold letters are


def years_top(chart: YearChart, width: float, font: str = FONT) -> float:
    """Where a chart of years begins below its heading and key."""
    canvas = Canvas(width, 0.0, font)
    return _key(canvas, chart.lines, _heading(canvas, chart.title, chart.subtitle)) + 10


def draw_years(
    chart: YearChart,
    width: float,
    height: float = 330.0,
    font: str = FONT,
    top: float | None = None,
    *,
    short_names: bool = False,
) -> str:
    """Figures as points, joined where nothing lies between; the key above, the years below.

    top: where the plot begins, so that two charts side by side are level; None: below its own heading and key.
    short_names: a key without how each line is made, where that is beside the chart.
    """
    canvas = Canvas(width, height, font)
    own_top = _key(canvas, chart.lines, _heading(canvas, chart.title, chart.subtitle), short_names) + 10
    top = own_top if top is None else top
    bottom, left = _bottom(canvas, top, TICK_BELOW), _left(chart.axis)
    ends = sorted({point.end for line in chart.lines for point in line.points})
    if not ends:
        return canvas.svg(chart.title, chart.alt)
    first, last = month_number(ends[0]) - 4, month_number(ends[-1]) + 4

    def x(number: float) -> float:
        return left + (number - first) / max(last - first, 1) * (width - left - ROOM_RIGHT)

    y = _up(chart.axis, top, bottom)
    _grid(canvas, chart.axis, y, (left, width))
    years = {end.year: x(month_number(end)) for end in ends}
    _below(canvas, bottom, [(str(year), across) for year, across in years.items()])
    room = Room((left, top, width, bottom))
    for change in chart.changes:
        across = x(month_number(change.end))
        canvas.line((across, top), (across, bottom), AXIS, 1, "2 2")
        _write(canvas, room.first_free(_beside(change.words, across, (left, top, width, bottom))), MUTED)
    for line in reversed(chart.lines):
        colour, shape, dash = LOOKS[line.whose]
        for _, group in groupby(line.points, key=lambda point: point.run):
            way = [(x(month_number(point.end)), y(point.value)) for point in group]
            canvas.path(way, colour, 2.2 if line.whose == "ours" else 1.4, dash, line.whose)
        for point in line.points:
            at = (x(month_number(point.end)), y(point.value))
            draw_point_mark(canvas, at, shape, colour, RADIUS.get(line.whose, SMALLER), hollow=point.hollow)
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def draw_places(chart: PlaceChart, width: float, font: str = FONT) -> str:
    """Authorities in order: a row each with its name where they are few, else a column each."""
    return _named_places(chart, width, font) if chart.named else _all_places(chart, width, font)


def _named_places(chart: PlaceChart, width: float, font: str) -> str:
    widest = max((text_width(place.name, TEXT_SIZE) * BOLDER for place in chart.places), default=0.0)
    names = min(width * 0.42, widest + 12)
    figures = max((text_width(place.words, TEXT_SIZE) * BOLDER for place in chart.places), default=0.0)
    canvas = Canvas(width, 0.0, font)
    top = _heading(canvas, chart.title, chart.subtitle) + 8
    canvas.height = top + ROW * len(chart.places) + 4
    room = width - names - max(figures + 12, 72)

    def x(value: float) -> float:
        return names + (value - chart.axis.low) / (chart.axis.high - chart.axis.low) * room

    for row, place in enumerate(chart.places):
        middle = top + ROW * row + ROW / 2
        ours = place.whose == "ours"
        colour, shape, _ = LOOKS[place.whose]
        canvas.text((0, middle + 5), cut(place.name, names - 8, TEXT_SIZE * BOLDER), TEXT_SIZE, bold=ours)
        canvas.line((names, middle), (names + room, middle), GRID, 1)
        draw_point_mark(canvas, (x(place.value), middle), shape, colour, 5.0 if ours else 4.0)
        canvas.text((width, middle + 5), place.words, TEXT_SIZE, "end", bold=ours)
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def _all_places(chart: PlaceChart, width: float, font: str) -> str:
    canvas = Canvas(width, 270.0, font)
    top = _whose(canvas, _heading(canvas, chart.title, chart.subtitle)) + 26
    bottom, left = _bottom(canvas, top, TICK_BELOW), _left(chart.axis)
    y = _up(chart.axis, top, bottom)
    _grid(canvas, chart.axis, y, (left, width))
    step = (width - left - ROOM_RIGHT) / max(len(chart.places), 1)
    for quarter in (1, 2, 3):
        across = left + step * len(chart.places) * quarter / 4
        canvas.line((across, top - 6), (across, bottom), AXIS, 1, "2 3")
    canvas.text((left, bottom + 19), "lowest quarter", TEXT_SIZE, colour=MUTED)
    canvas.text((width - ROOM_RIGHT, bottom + 19), "highest quarter", TEXT_SIZE, "end", MUTED)
    order = sorted(enumerate(chart.places), key=lambda placed: ("other", "neighbours", "ours").index(placed[1].whose))
    for row, place in order:
        at = (left + step * (row + 0.5), y(place.value))
        colour, shape, _ = LOOKS[place.whose]
        draw_point_mark(canvas, at, shape, colour, RADIUS.get(place.whose, SMALLER))
        if place.whose == "ours":
            _name(canvas, place.name, at, (left, top - 22, width, bottom))
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def draw_funnel(chart: FunnelChart, width: float, height: float = 360.0, font: str = FONT) -> str:
    """Every authority by size; the limits with over-dispersion as a band and a line, the whole as a line."""
    canvas = Canvas(width, height, font)
    top = _whose(canvas, _heading(canvas, chart.title, chart.subtitle), outside=True) + 14
    bottom, left = _bottom(canvas, top, SIZES_BELOW), _left(chart.axis)
    most = max(limit.denominator for limit in chart.limits)
    y = _up(chart.axis, top, bottom)

    def x(size: float) -> float:
        return left + size / most * (width - left - ROOM_RIGHT)

    def clipped(value: float) -> float:
        return y(min(max(value, chart.axis.low), chart.axis.high))

    def way(name: str) -> list[XY]:
        return [(x(limit.denominator), clipped(getattr(limit, name))) for limit in chart.limits]

    canvas.area([*way("upper_998"), *reversed(way("lower_998"))], LIMIT_BAND, "limits-998")
    _grid(canvas, chart.axis, y, (left, width))
    for name in ("upper_95", "lower_95"):
        canvas.path(way(name), AXIS, 1.2, "4 3", "limits-95")
    for name in ("upper_998", "lower_998"):
        canvas.path(way(name), AXIS, 1.4, "", "limits-998")
    canvas.line((left, y(chart.target)), (width - ROOM_RIGHT, y(chart.target)), INK, 1.2)
    for authority in sorted(chart.points, key=lambda point: ("other", "neighbours", "ours").index(point.whose)):
        colour, shape, _ = LOOKS[authority.whose]
        at = (x(authority.denominator), y(authority.value))
        if authority.outside and authority.whose == "other":
            colour, shape, _ = OUTSIDE
        draw_point_mark(canvas, at, shape, colour, RADIUS.get(authority.whose, SMALLER))
        if authority.whose == "ours":
            _name(canvas, authority.name, at, (left, top - 12, width, bottom))
    size_title = cut(chart.size_title, width - ROOM_RIGHT, TEXT_SIZE)
    canvas.text((width - ROOM_RIGHT, canvas.height - 6), size_title, TEXT_SIZE, "end", MUTED)
    step = nice_step(most, SIZES_NAMED)
    _below(
        canvas,
        bottom,
        [(f"{step_number * step:,.0f}", x(step_number * step)) for step_number in range(1, int(most / step) + 1)],
    )
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def gap_bars(chart: GapBars, width: float = 130.0, height: float = 34.0) -> str:
    """A gap over the years as small bars: above the line where it is positive. None leaves a space."""
    canvas, gaps = Canvas(width, height), chart.gaps
    known = [abs(gap) for gap in gaps if gap is not None]
    reach, middle = max(known, default=1.0) or 1.0, height / 2
    step = width / max(len(gaps), 1)
    for row, gap in enumerate(gaps):
        if gap is not None:
            size = abs(gap) / reach * (middle - 2)
            top = middle - size if gap > 0 else middle
            canvas.rect((row * step + 1, top), (step - 2, max(size, 1.0)), NAVY if gap > 0 else TEAL)
    canvas.line((0, middle), (width, middle), INK, 1)
    return canvas.svg(chart.alt, chart.alt)


def _bottom(canvas: Canvas, top: float, below: float) -> float:
    """Where a plot ends that begins at `top`: the drawing grows where that would be too low."""
    canvas.height = max(canvas.height, top + LEAST_PLOT + below)
    return canvas.height - below


def _left(axis: Axis) -> float:
    """Where a plot begins, right of the words of its axis."""
    return max(ROOM_LEFT, max((text_width(label, TEXT_SIZE) for _, label in _ticks(axis)), default=0.0) + 12)


def _below(canvas: Canvas, bottom: float, named: Iterable[tuple[str, float]]) -> None:
    """Words below a plot, each in the middle of its place: the last of them first, and of the rest those with room."""
    room = Room((0.0, bottom, canvas.width, canvas.height))
    for label, across in reversed(list(named)):
        at = bottom + 19
        choices = (
            placed(label, (across, at), TEXT_SIZE, "middle"),
            placed(label, (canvas.width, at), TEXT_SIZE, "end"),
        )
        position = room.first_free(choices[: 1 + (across + text_width(label, TEXT_SIZE) / 2 > canvas.width)])
        if position is not None:
            room.take((position.box[0] - APART, position.box[1], position.box[2] + APART, position.box[3]))
            _write(canvas, position, MUTED, halo=False)


def _beside(label: str, across: float, plot: Box) -> Iterator[PlacedWords]:
    """Where the words of an upright line may stand: left or right of it, in one of three rows, whole or cut."""
    left, top, right, _ = plot
    for end, room in (("end", across - 4 - left), ("start", right - across - 4)):
        for row in range(3):
            at = (across - 4 if end == "end" else across + 4, top + 13 + KEY_ROW * row)
            yield placed(label, at, TEXT_SIZE, end)
            if room > SHORTEST:
                yield placed(cut(label, room, TEXT_SIZE), at, TEXT_SIZE, end)


def _name(canvas: Canvas, name: str, at: XY, edges: Box) -> None:
    """The name of our own mark: above it or below, within a plot's edges."""
    size = TEXT_SIZE * BOLDER
    label_text = cut(name, edges[2] - edges[0] - 2, size)
    sides = (("middle", at[0]), ("start", max(at[0] - 4, edges[0] + 1)), ("end", min(at[0] + 4, edges[2] - 1)))
    rows = (at[1] - 10, at[1] + 20)
    choices = [placed(label_text, (x, y), size, anchor) for y in rows for anchor, x in sides]
    choices += [placed(label_text, (edges[0] + 1, y), size) for y in rows]
    _write(canvas, Room(edges).first_free(choices), INK, bold=True)


def _write(canvas: Canvas, placed: PlacedWords | None, colour: str, *, bold: bool = False, halo: bool = True) -> None:
    if placed is not None:
        canvas.text(placed.at, placed.words, TEXT_SIZE, placed.anchor, colour, bold=bold, halo=halo)


def _heading(canvas: Canvas, title: str, subtitle: str) -> float:
    y = 0.0
    for text, size, bold, colour in ((subtitle, TEXT_SIZE, False, MUTED), (title, TITLE_SIZE, True, INK)):
        for line in wrap(text, canvas.width - 4, size * 1.06, 3):
            y += size * 1.3
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def _whose(canvas: Canvas, top: float, *, outside: bool = False) -> float:
    """What the marks are, in as many rows as it needs."""
    x, y = 0.0, top + 14
    kinds = [(*LOOKS[whose][:2], label) for whose, label in WHOSE_WORDS.items()]
    for colour, shape, label in [*kinds, *[OUTSIDE] * outside]:
        size = 18 + text_width(label, TEXT_SIZE) + 14
        if x and x + size > canvas.width:
            x, y = 0.0, y + KEY_ROW
        draw_point_mark(canvas, (x + 7, y - 4), shape, colour, 3.6)
        canvas.text((x + 18, y), label, TEXT_SIZE)
        x += size
    return y


def _key(canvas: Canvas, lines: tuple[YearLine, ...], top: float, short_names: bool = False) -> float:
    """What each line is, in as many rows as it needs."""
    x, y = 0.0, top + 14
    for line in lines:
        colour, shape, dash = LOOKS[line.whose]
        named = wrap((short_names and line.short_name) or line.name, canvas.width - 40, TEXT_SIZE, 2)
        size = 34 + text_width(named[0], TEXT_SIZE) + 14
        if x and (x + size > canvas.width or len(named) > 1):
            x, y = 0.0, y + KEY_ROW
        canvas.line((x, y - 4), (x + 26, y - 4), colour, 2, dash)
        draw_point_mark(canvas, (x + 13, y - 4), shape, colour, 3.6)
        for row, part in enumerate(named):
            canvas.text((x + 32, y + row * KEY_ROW), part, TEXT_SIZE)
        y += (len(named) - 1) * KEY_ROW
        x = canvas.width if len(named) > 1 else x + size
    return y


def _up(axis: Axis, top: float, bottom: float) -> Callable[[float], float]:
    def y(value: float) -> float:
        return bottom - (value - axis.low) / ((axis.high - axis.low) or 1.0) * (bottom - top)

    return y


def _grid(canvas: Canvas, axis: Axis, y: Callable[[float], float], across: tuple[float, float]) -> None:
    """across: where the plot begins, and how wide the drawing is."""
    left, width = across
    for value, label in _ticks(axis):
        canvas.line((left, y(value)), (width - ROOM_RIGHT, y(value)), GRID, 1)
        canvas.text((left - 6, y(value) + 4), label, TEXT_SIZE, "end", MUTED)


def _ticks(axis: Axis) -> Iterator[tuple[float, str]]:
    for tick in axis.ticks:
        yield tick.value, tick.words


__all__ = ["draw_funnel", "draw_places", "draw_years", "gap_bars"]
