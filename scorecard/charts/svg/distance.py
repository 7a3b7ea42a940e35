"""The distance chart as SVG: a row a measure, its words above its bar, the target as one line down the middle."""

from __future__ import annotations

from scorecard.charts.model.distance import REACH_MOST
from scorecard.charts.model.models import DistanceBar, DistanceChart
from scorecard.charts.palette import FONT, GREY, INK, MUTED, ORANGE, TEAL
from scorecard.charts.svg.canvas import Canvas
from scorecard.charts.svg.demonstration_label import description, draw_demonstration
from scorecard.charts.svg.icons import draw_status
from scorecard.charts.text_metrics import cut, wrap

WIDE = 560
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 15.0, 12.5, 11.0
NAME_SHARE = 0.36
WORDS_ROOM = 150.0  # pixels, beside the bars
LEFT_WORDS, RIGHT_WORDS = "Short of target", "Meets target"


def distance_height(chart: DistanceChart, width: float) -> float:
    """The height that a distance chart needs at a width so that nothing is crowded."""
    return (
        (120 if width >= WIDE else 200)
        + len(chart.bars) * (34 if width >= WIDE else 56)
        + (24 if chart.demonstration else 0)
    )


def draw_distance(chart: DistanceChart, width: float, height: float, font: str = FONT, *, titled: bool = True) -> str:
    """The chart as an SVG document of a size."""
    canvas = Canvas(width, height, font)
    top = _header(canvas, chart, titled)
    bottom = height - 6
    note = wrap(" ".join(chart.notes), width - 4, SMALL_SIZE, 7)
    for line in reversed(note):
        canvas.text((0, bottom), line, SMALL_SIZE, colour=MUTED)
        bottom -= SMALL_SIZE * 1.3
    wide = width >= WIDE
    left = width * NAME_SHARE if wide else 0.0
    words_room = WORDS_ROOM + 6 if wide else 0.0
    zero = (left + width - words_room) / 2
    half = (width - words_room - left) / 2 - 8
    canvas.text((zero - 8, top + 12), LEFT_WORDS, SMALL_SIZE, "end", MUTED)
    canvas.text((zero + 8, top + 12), RIGHT_WORDS, SMALL_SIZE, colour=MUTED)
    top += 20
    step = (bottom - top) / max(len(chart.bars), 1)
    for place, bar in enumerate(chart.bars):
        _row(canvas, bar, (top + place * step, step), (left, zero, half), chart.reach, wide)
    if wide:
        canvas.line((zero, top - 2), (zero, top + step * len(chart.bars)), INK, 1.6)
    return canvas.svg(f"{chart.subtitle}: {chart.title}" if chart.subtitle else chart.title, description(chart))


def _header(canvas: Canvas, chart: DistanceChart, titled: bool) -> float:
    y = draw_demonstration(canvas, chart, TEXT_SIZE)
    if not titled:
        return y
    for words, size, bold, colour in ((chart.subtitle, TEXT_SIZE, False, MUTED), (chart.title, TITLE_SIZE, True, INK)):
        for line in wrap(words, canvas.width - 4, size * 1.06, 3):
            y += size * 1.28
            canvas.text((0, y - size * 0.25), line, size, colour=colour, bold=bold)
    return y + 4


def _row(
    canvas: Canvas,
    bar: DistanceBar,
    across: tuple[float, float],
    along: tuple[float, float, float],
    reach: float,
    wide: bool,
) -> None:
    """One measure: beside its bar where there is room, else its name and words above the bar."""
    top, step = across
    left, zero, half = along
    middle = top + step / 2 if wide else top + step - 11
    bar_height = min(16.0, step * 0.5) if wide else 12.0
    name_y = middle + 4 if wide else top + min(14.0, step * 0.3)
    draw_status(canvas, bar.status, (8, name_y - 4))
    names = (
        wrap(bar.name, left - 24, TEXT_SIZE, 2)
        if wide and step >= 30
        else [cut(bar.name, (left or canvas.width) - 26, TEXT_SIZE)]
    )
    for line, text in enumerate(names):
        canvas.text((22, name_y + (line - (len(names) - 1) / 2) * 14), text, TEXT_SIZE)
    words = wrap(row_words(bar), WORDS_ROOM if wide else canvas.width - 26, SMALL_SIZE, 2 if wide else 1)
    for line, text in enumerate(words):
        at = (canvas.width - WORDS_ROOM, name_y + (line - (len(words) - 1) / 2) * 13) if wide else (22, name_y + 14)
        canvas.text(at, text, SMALL_SIZE)
    if not wide:
        canvas.line((zero, middle - 8), (zero, middle + 8), INK, 1.6)
    if bar.share is not None:
        _bar(canvas, bar, (zero, middle), (half, bar_height), reach)


def row_words(bar: DistanceBar) -> str:
    """'84%: 6 percentage points below target', or why no distance can be told."""
    if bar.distance_words:
        return f"{bar.value_words}: {bar.distance_words}"
    if bar.status == "no_data":
        return bar.status_words
    return f"{bar.value_words}: {bar.status_words[:1].lower()}{bar.status_words[1:]}"


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


ZERO_SHARE = 0.62  # of a small bar's width lies short of the target: how far short is what is asked


def distance_bar(bar: DistanceBar, width: float, height: float) -> str:
    """One measure's distance as a small SVG on a scale that all rows of a list share: full at as much as the target."""
    canvas = Canvas(width, height)
    zero = width * ZERO_SHARE
    share = bar.share or 0.0
    half = zero - 8 if share < 0 else width - zero - 8
    if share:
        _bar(canvas, bar, (zero, height / 2), (half, height - 4), REACH_MOST)
    canvas.line((zero, 0), (zero, height), INK, 1.6)
    words = bar.distance_words or bar.status_words
    return canvas.svg(words, words)
