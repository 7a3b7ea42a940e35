"""The distance chart as SVG: a row a measure, its words above its bar, the target as one line down the middle."""

from __future__ import annotations

from scorecard.charts.canvas import Canvas
from scorecard.charts.icons import draw_status
from scorecard.charts.models import DistanceBar, DistanceChart
from scorecard.charts.palette import FONT, GREY, INK, MUTED, ORANGE, TEAL, WHITE
from scorecard.charts.text import cut, text_width, wrap

WIDE = 560
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 15.0, 12.5, 11.0
NAME_SHARE = 0.36
LEFT_WORDS, RIGHT_WORDS = "Short of target", "Meets target"
DEMONSTRATION = "Demonstration data"


def distance_height(chart: DistanceChart, width: float) -> float:
    """The height that a distance chart needs at a width so that nothing is crowded."""
    return 110 + len(chart.bars) * (32 if width >= WIDE else 46) + (24 if chart.demonstration else 0)


def draw_distance(chart: DistanceChart, width: float, height: float, font: str = FONT, *, titled: bool = True) -> str:
    """The chart as an SVG document of a size."""
    canvas = Canvas(width, height, font)
    top = _header(canvas, chart, titled)
    bottom = height - 6
    note = wrap(chart.notes[0] if chart.notes else "", width - 4, SMALL_SIZE, 4)
    for line in reversed(note):
        canvas.text((0, bottom), line, SMALL_SIZE, colour=MUTED)
        bottom -= SMALL_SIZE * 1.3
    wide = width >= WIDE
    left = width * NAME_SHARE if wide else 0.0
    words_room = 150.0 if wide else 0.0
    zero = (left + width - words_room) / 2
    half = (width - words_room - left) / 2 - 8
    canvas.text((zero - 8, top + 12), LEFT_WORDS, SMALL_SIZE, "end", MUTED)
    canvas.text((zero + 8, top + 12), RIGHT_WORDS, SMALL_SIZE, colour=MUTED)
    top += 20
    step = (bottom - top) / max(len(chart.bars), 1)
    for place, bar in enumerate(chart.bars):
        _row(canvas, bar, (top + place * step, step), (left, zero, half), chart.reach, wide)
    canvas.line((zero, top - 2), (zero, top + step * len(chart.bars)), INK, 1.6)
    description = f"{DEMONSTRATION}. {chart.alt}" if chart.demonstration else chart.alt
    return canvas.svg(f"{chart.subtitle}: {chart.title}" if chart.subtitle else chart.title, description)


def _header(canvas: Canvas, chart: DistanceChart, titled: bool) -> float:
    y = 0.0
    if chart.demonstration:
        canvas.rect((0.5, y + 0.5), (text_width(DEMONSTRATION, TEXT_SIZE) + 22, 19), WHITE, INK, "demonstration")
        canvas.text((7, y + 14), DEMONSTRATION, TEXT_SIZE, bold=True)
        y += 24
    if not titled:
        return y
    for words, size, bold, colour in ((chart.subtitle, TEXT_SIZE, False, MUTED), (chart.title, TITLE_SIZE, True, INK)):
        for line in wrap(words, canvas.width - 4, size * 1.06, 3):
            y += size * 1.28
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def _row(
    canvas: Canvas, bar: DistanceBar, across: tuple[float, float], along: tuple[float, float, float], reach: float,
    wide: bool,
) -> None:  # fmt: skip
    top, step = across
    left, zero, half = along
    bar_height = min(16.0, step * (0.5 if wide else 0.32))
    middle = top + step / 2 if wide else top + step - bar_height / 2 - 5
    words = _row_words(bar)
    name_room = (left if wide else canvas.width - text_width(words, SMALL_SIZE) - 12) - 24
    name_y = middle + 4 if wide else middle - bar_height / 2 - 7
    draw_status(canvas, bar.status, (8, name_y - 4))
    names = wrap(bar.name, name_room, TEXT_SIZE, 2) if wide and step >= 30 else [cut(bar.name, name_room, TEXT_SIZE)]
    for line, text in enumerate(names):
        canvas.text((22, name_y + (line - (len(names) - 1) / 2) * 14), text, TEXT_SIZE)
    if bar.share is not None:
        _bar(canvas, bar, (zero, middle), (half, bar_height), reach)
    if wide:
        for line, text in enumerate(wrap(words, 146, SMALL_SIZE, 2)):
            canvas.text(
                (canvas.width - 148, middle + 4 + (line - 0.5) * 13 + (0 if len(words) > 24 else 6)), text, SMALL_SIZE
            )
    else:
        canvas.text((canvas.width, name_y), words, SMALL_SIZE, "end", MUTED)


def _row_words(bar: DistanceBar) -> str:
    return f"{bar.value_words}: {bar.distance_words or bar.status_words}"


def _bar(canvas: Canvas, bar: DistanceBar, at: tuple[float, float], size: tuple[float, float], reach: float) -> None:
    zero, middle = at
    half, height = size
    share = bar.share or 0.0
    length = min(abs(share) / reach, 1.0) * half
    colour = GREY if bar.neutral else TEAL if bar.status == "met" else ORANGE
    x = zero - length if share < 0 else zero
    canvas.rect((x, middle - height / 2), (max(length, 1.5), height), colour, name=f"bar {bar.status or 'none'}")
    if abs(share) > reach:
        tip = zero - half - 7 if share < 0 else zero + half + 7
        base = zero - half if share < 0 else zero + half
        canvas.area([(tip, middle), (base, middle - height / 2 - 2), (base, middle + height / 2 + 2)], colour, "beyond")
