"""The charts of published figures as SVG: years, places, the funnel, and the small bars of a gap over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from scorecard.charts.model.axes import month_number, nice_step
from scorecard.charts.model.comparison import FunnelChart, GapBars, PlaceChart, Whose, YearChart, YearLine
from scorecard.charts.model.models import Axis
from scorecard.charts.palette import AXIS, FONT, GREY, GRID, INK, LILAC, LIMIT_BAND, MUTED, NAVY, ORANGE, PLUM, TEAL
from scorecard.charts.svg.canvas import XY, Canvas, draw_point_mark
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
ROW, KEY_ROW = 24.0, 20.0
SIZES_NAMED = 4  # at most, below a funnel
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
    short_names: a key without how each line is made, where that stands beside the chart.
    """
    canvas = Canvas(width, height, font)
    own_top = _key(canvas, chart.lines, _heading(canvas, chart.title, chart.subtitle), short_names) + 10
    top = own_top if top is None else top
    bottom = height - 26
    ends = sorted({point.end for line in chart.lines for point in line.points})
    if not ends:
        return canvas.svg(chart.title, chart.alt)
    first, last = month_number(ends[0]) - 4, month_number(ends[-1]) + 4

    def x(number: float) -> float:
        return ROOM_LEFT + (number - first) / max(last - first, 1) * (width - ROOM_LEFT - ROOM_RIGHT)

    y = _up(chart.axis, top, bottom)
    _grid(canvas, chart.axis, y, width)
    years = list({end.year: end for end in ends}.values())
    every = 1 if width / max(len(years), 1) > 52 else 2
    for place, end in enumerate(years):
        if place % every == (len(years) - 1) % every:
            canvas.text((x(month_number(end)), bottom + 18), str(end.year), TEXT_SIZE, "middle", MUTED)
    for change in chart.changes:
        across = x(month_number(change.end))
        canvas.line((across, top), (across, bottom), AXIS, 1, "2 2")
        words = cut(change.words, across - ROOM_LEFT, TEXT_SIZE)
        canvas.text((across - 4, top + 13), words, TEXT_SIZE, "end", MUTED, halo=True)
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
    widest = max((text_width(one.name, TEXT_SIZE) * BOLDER for one in chart.places), default=0.0)
    names = min(width * 0.42, widest + 12)
    canvas = Canvas(width, 70 + ROW * len(chart.places), font)
    top = _heading(canvas, chart.title, chart.subtitle) + 8
    room = width - names - 72

    def x(value: float) -> float:
        return names + (value - chart.axis.low) / (chart.axis.high - chart.axis.low) * room

    for place, one in enumerate(chart.places):
        middle = top + ROW * place + ROW / 2
        ours = one.whose == "ours"
        colour, shape, _ = LOOKS[one.whose]
        canvas.text((0, middle + 5), cut(one.name, names - 8, TEXT_SIZE * BOLDER), TEXT_SIZE, bold=ours)
        canvas.line((names, middle), (names + room, middle), GRID, 1)
        draw_point_mark(canvas, (x(one.value), middle), shape, colour, 5.0 if ours else 4.0)
        canvas.text((width, middle + 5), one.words, TEXT_SIZE, "end", bold=ours)
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def _all_places(chart: PlaceChart, width: float, font: str) -> str:
    height = 270.0
    canvas = Canvas(width, height, font)
    top = _whose(canvas, _heading(canvas, chart.title, chart.subtitle)) + 26
    bottom = height - 26
    y = _up(chart.axis, top, bottom)
    _grid(canvas, chart.axis, y, width)
    step = (width - ROOM_LEFT - ROOM_RIGHT) / max(len(chart.places), 1)
    for quarter in (1, 2, 3):
        across = ROOM_LEFT + step * len(chart.places) * quarter / 4
        canvas.line((across, top - 6), (across, bottom), AXIS, 1, "2 3")
    for quarter, words in enumerate(("lowest quarter", "", "", "highest quarter")):
        across = ROOM_LEFT + step * len(chart.places) * (quarter + 0.5) / 4
        canvas.text((across, bottom + 18), words, TEXT_SIZE, "middle", MUTED)
    order = sorted(enumerate(chart.places), key=lambda one: ("other", "neighbours", "ours").index(one[1].whose))
    for place, one in order:
        at = (ROOM_LEFT + step * (place + 0.5), y(one.value))
        colour, shape, _ = LOOKS[one.whose]
        draw_point_mark(canvas, at, shape, colour, RADIUS.get(one.whose, SMALLER))
        if one.whose == "ours":
            canvas.text(
                (at[0], max(at[1] - 10, top - 8)), one.name, TEXT_SIZE, _anchor(at[0], width), bold=True, halo=True
            )
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def draw_funnel(chart: FunnelChart, width: float, height: float = 360.0, font: str = FONT) -> str:
    """Every authority by size; the limits with over-dispersion as a band and a line, the whole as a line."""
    canvas = Canvas(width, height, font)
    top = _whose(canvas, _heading(canvas, chart.title, chart.subtitle), outside=True) + 14
    bottom = height - 42
    most = max(one.denominator for one in chart.limits)
    y = _up(chart.axis, top, bottom)

    def x(size: float) -> float:
        return ROOM_LEFT + size / most * (width - ROOM_LEFT - ROOM_RIGHT)

    def clipped(value: float) -> float:
        return y(min(max(value, chart.axis.low), chart.axis.high))

    def way(name: str) -> list[XY]:
        return [(x(one.denominator), clipped(getattr(one, name))) for one in chart.limits]

    canvas.area([*way("upper_998"), *reversed(way("lower_998"))], LIMIT_BAND, "limits-998")
    _grid(canvas, chart.axis, y, width)
    for name in ("upper_95", "lower_95"):
        canvas.path(way(name), AXIS, 1.2, "4 3", "limits-95")
    for name in ("upper_998", "lower_998"):
        canvas.path(way(name), AXIS, 1.4, "", "limits-998")
    canvas.line((ROOM_LEFT, y(chart.target)), (width - ROOM_RIGHT, y(chart.target)), INK, 1.2)
    for one in sorted(chart.points, key=lambda point: ("other", "neighbours", "ours").index(point.whose)):
        colour, shape, _ = LOOKS[one.whose]
        at = (x(one.denominator), y(one.value))
        if one.outside and one.whose == "other":
            colour, shape, _ = OUTSIDE
        draw_point_mark(canvas, at, shape, colour, RADIUS.get(one.whose, SMALLER))
        if one.whose == "ours":
            canvas.text((at[0], at[1] - 10), one.name, TEXT_SIZE, _anchor(at[0], width), bold=True, halo=True)
    canvas.text((width - ROOM_RIGHT, height - 6), chart.size_title, TEXT_SIZE, "end", MUTED)
    step = nice_step(most, SIZES_NAMED)
    for place in range(1, int(most / step) + 1):
        words, across = f"{place * step:,.0f}", x(place * step)
        ends = across + text_width(words, TEXT_SIZE) / 2 > width
        canvas.text((min(across, width), bottom + 17), words, TEXT_SIZE, "end" if ends else "middle", MUTED)
    return canvas.svg(f"{chart.subtitle}: {chart.title}", chart.alt)


def gap_bars(chart: GapBars, width: float = 130.0, height: float = 34.0) -> str:
    """A gap over the years as small bars: above the line where it is positive. None leaves a space."""
    canvas, gaps = Canvas(width, height), chart.gaps
    known = [abs(one) for one in gaps if one is not None]
    reach, middle = max(known, default=1.0) or 1.0, height / 2
    step = width / max(len(gaps), 1)
    for place, gap in enumerate(gaps):
        if gap is not None:
            size = abs(gap) / reach * (middle - 2)
            top = middle - size if gap > 0 else middle
            canvas.rect((place * step + 1, top), (step - 2, max(size, 1.0)), NAVY if gap > 0 else TEAL)
    canvas.line((0, middle), (width, middle), INK, 1)
    return canvas.svg(chart.alt, chart.alt)


def _anchor(at: float, width: float) -> str:
    return "start" if at < width * 0.2 else "end" if at > width * 0.8 else "middle"


def _heading(canvas: Canvas, title: str, subtitle: str) -> float:
    y = 0.0
    for words, size, bold, colour in ((subtitle, TEXT_SIZE, False, MUTED), (title, TITLE_SIZE, True, INK)):
        for line in wrap(words, canvas.width - 4, size * 1.06, 3):
            y += size * 1.3
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def _whose(canvas: Canvas, top: float, *, outside: bool = False) -> float:
    """What the marks are, in as many rows as it needs."""
    x, y = 0.0, top + 14
    kinds = [(*LOOKS[one][:2], words) for one, words in WHOSE_WORDS.items()]
    for colour, shape, words in [*kinds, *[OUTSIDE] * outside]:
        size = 18 + text_width(words, TEXT_SIZE) + 14
        if x and x + size > canvas.width:
            x, y = 0.0, y + KEY_ROW
        draw_point_mark(canvas, (x + 7, y - 4), shape, colour, 3.6)
        canvas.text((x + 18, y), words, TEXT_SIZE)
        x += size
    return y


def _key(canvas: Canvas, lines: tuple[YearLine, ...], top: float, short_names: bool = False) -> float:
    """What each line is, in as many rows as it needs."""
    x, y = 0.0, top + 14
    for line in lines:
        colour, shape, dash = LOOKS[line.whose]
        words = cut((short_names and line.short_name) or line.name, canvas.width - 40, TEXT_SIZE)
        size = 34 + text_width(words, TEXT_SIZE) + 14
        if x and x + size > canvas.width:
            x, y = 0.0, y + KEY_ROW
        canvas.line((x, y - 4), (x + 26, y - 4), colour, 2, dash)
        draw_point_mark(canvas, (x + 13, y - 4), shape, colour, 3.6)
        canvas.text((x + 32, y), words, TEXT_SIZE)
        x += size
    return y


def _up(axis: Axis, top: float, bottom: float) -> Callable[[float], float]:
    def y(value: float) -> float:
        return bottom - (value - axis.low) / ((axis.high - axis.low) or 1.0) * (bottom - top)

    return y


def _grid(canvas: Canvas, axis: Axis, y: Callable[[float], float], width: float) -> None:
    for value, words in _ticks(axis):
        canvas.line((ROOM_LEFT, y(value)), (width - ROOM_RIGHT, y(value)), GRID, 1)
        canvas.text((ROOM_LEFT - 6, y(value) + 5), words, TEXT_SIZE, "end", MUTED)


def _ticks(axis: Axis) -> Iterator[tuple[float, str]]:
    for tick in axis.ticks:
        yield tick.value, tick.words


__all__ = ["draw_funnel", "draw_places", "draw_years", "gap_bars"]
