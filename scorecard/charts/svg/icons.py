"""Variation and assurance icons, and status symbols: our own drawings, each with its words.

The icons follow the meaning of NHS England's Making Data Count, and have its letters: variation says what the last
point shows (H high, L low), assurance whether the target will be met (P passing, F failing, ? either). Each is told by
its shape; colour only repeats it.
"""

from __future__ import annotations

from scorecard.charts.palette import FONT, GREY, LILAC, NAVY, ORANGE, PLUM, TEAL, WHITE
from scorecard.charts.svg.canvas import Canvas, number
from scorecard.charts.text_metrics import xml
from scorecard.core.vocabulary import (
    ASSURANCE_WORDS,
    MONITORED,
    NOT_SHOWN,
    STATUS_WORDS,
    VARIATION_WORDS,
    variation_words,
)

_COLOURS = {
    "improvement": TEAL, "concern": ORANGE, "common_cause": GREY, "neutral_high": LILAC, "neutral_low": LILAC,
    "consistently_passing": NAVY, "consistently_failing": PLUM, "inconsistent": GREY,
}  # fmt: skip


def variation_icon(
    variation: str | None, size: float = 32, *, up: bool = True, title_text: str | None = None, font: str = FONT
) -> str:
    """The icon of a variation as SVG: a rising or falling line with its last points marked by type.

    up: which way the signal points. None, or a word that is no variation: an empty, dashed ring ('not shown'). words:
    its title, where the usual ones don't serve. font: of its letter.
    """
    title = title_text or variation_words(variation if variation in VARIATION_WORDS else None)
    return _icon(title, size, variation, _variation_drawing(variation, up), font)


def assurance_icon(assurance: str | None, size: float = 32, *, title_text: str | None = None, font: str = FONT) -> str:
    """The icon of an assurance as SVG: figures on the target's good side (P), on its bad side (F), or across it (?)."""
    title = title_text or ASSURANCE_WORDS.get(assurance or "", NOT_SHOWN)
    return _icon(title, size, assurance, _assurance_drawing(assurance), font)


def status_icon(status: str | None, size: float = 18, *, title_text: str | None = None) -> str:
    """The symbol of a status as SVG: ✓ in a disc, half a disc, a diamond with ✕, a dash, an empty ring."""
    title = title_text or STATUS_WORDS.get(status or "", MONITORED)
    canvas = Canvas(20, 20)
    draw_status(canvas, status, (10, 10), 7.5)
    return _sized(canvas.svg(title, title), 20, size)


def draw_status(canvas: Canvas, status: str | None, at: tuple[float, float], radius: float = 6.0) -> None:
    """A status's symbol about a centre: its shape says it, colour repeats it."""
    x, y = at
    match status:
        case "met":
            canvas.mark(at, "circle", radius, TEAL, TEAL, 1, "status met")
            canvas.path(
                [(x - radius * 0.5, y), (x - radius * 0.1, y + radius * 0.42), (x + radius * 0.55, y - radius * 0.42)],
                WHITE, radius * 0.3,
            )  # fmt: skip
        case "close":
            canvas.mark(at, "circle", radius, WHITE, NAVY, 1.6, "status close")
            canvas.raw(
                f'<path d="M{number(x)} {number(y - radius)}A{number(radius)} {number(radius)} 0 0 0 '
                f'{number(x)} {number(y + radius)}Z" fill="{NAVY}"/>'
            )
        case "missed":
            canvas.mark(at, "diamond", radius * 0.9, ORANGE, ORANGE, 1, "status missed")
            canvas.cross(at, radius * 0.42, WHITE, radius * 0.3)
        case "no_data":
            canvas.mark(at, "circle", radius * 0.85, WHITE, GREY, 1.6, "status no-data")
        case _:
            canvas.line((x - radius * 0.7, y), (x + radius * 0.7, y), GREY, 2)


def _icon(title: str, size: float, kind: str | None, drawing: str, font: str) -> str:
    canvas = Canvas(32, 32, font)
    colour = _COLOURS.get(kind or "")
    ring = f'stroke="{colour or GREY}" stroke-width="2.4"' + ("" if colour else ' stroke-dasharray="3 3"')
    canvas.raw(f'<circle cx="16" cy="16" r="14.6" fill="{WHITE}" {ring}/>{drawing}')
    return _sized(canvas.svg(title, title), 32, size)


def _sized(svg: str, drawn: float, size: float) -> str:
    return svg.replace(
        f'width="{number(drawn)}" height="{number(drawn)}"', f'width="{number(size)}" height="{number(size)}"', 1
    )


def _variation_drawing(variation: str | None, up: bool) -> str:
    colour = _COLOURS.get(variation or "", GREY)
    if variation == "common_cause":
        return _polyline(((6, 17), (11, 12), (16, 19), (21, 12), (26, 16)), GREY) + _dots(
            ((6, 17), (11, 12), (16, 19), (21, 12), (26, 16)), GREY
        )
    if variation not in ("improvement", "concern", "neutral_high", "neutral_low"):
        return ""
    rising = variation == "neutral_high" or (up and variation != "neutral_low")
    ends = ((8, 25.5), (14, 23), (19.5, 17), (24, 9)) if rising else ((8, 6.5), (14, 9), (19.5, 15), (24, 23))
    shape = {"improvement": _square, "concern": _diamond}.get(variation, _triangle_up if rising else _triangle_down)
    marks = shape(*ends[-1], colour) + shape(*ends[-2], colour)
    letter = _letter("H", 12, 17.5, GREY) if rising else _letter("L", 12, 25.5, GREY)
    return _polyline(ends, GREY) + _dots(ends[:2], GREY) + marks + letter


def _assurance_drawing(assurance: str | None) -> str:
    drawn = {  # the line of figures, how high the target is, the letter and where it stands
        "consistently_passing": (((6, 10), (11, 12), (16, 7), (21, 11), (26, 9)), 14.5, "P", 27.5),
        "consistently_failing": (((6, 23), (11, 21), (16, 25), (21, 21), (26, 23)), 17.5, "F", 15),
        "inconsistent": (((5, 23), (10.5, 18), (16, 26), (21.5, 18), (27, 23)), 21.5, "?", 15),
    }.get(assurance or "")
    if drawn is None:
        return ""
    wave, high, letter, at = drawn
    colour, level = _COLOURS[assurance or ""], number(high)
    target = (
        f'<line x1="4" y1="{level}" x2="28" y2="{level}" stroke="{PLUM}" stroke-width="1.6" stroke-dasharray="3 2"/>'
    )
    return target + _polyline(wave, colour) + _letter(letter, 16, at, colour)


def _letter(letter: str, x: float, y: float, colour: str) -> str:
    """The letter by which Making Data Count calls what the icon shows: H, L, P, F or ?, to be read at 24 px."""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="15" font-weight="700" text-anchor="middle" '
        f'fill="{colour}">{letter}</text>'
    )


def _polyline(points: tuple[tuple[float, float], ...], colour: str, width: float = 1.8) -> str:
    way = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{number(width)}"/>'


def _dots(points: tuple[tuple[float, float], ...], colour: str) -> str:
    return "".join(f'<circle cx="{number(x)}" cy="{number(y)}" r="2" fill="{colour}"/>' for x, y in points)


def _square(x: float, y: float, colour: str) -> str:
    return f'<rect x="{number(x - 3)}" y="{number(y - 3)}" width="6" height="6" fill="{colour}"/>'


def _polygon(points: str, colour: str) -> str:
    return f'<polygon points="{points}" fill="{colour}"/>'


def _diamond(x: float, y: float, colour: str) -> str:
    corners = ((x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y))
    return _polygon(" ".join(f"{number(across)},{number(down)}" for across, down in corners), colour)


def _triangle_up(x: float, y: float, colour: str) -> str:
    return _polygon(
        f"{number(x)},{number(y - 4)} {number(x + 4)},{number(y + 3)} {number(x - 4)},{number(y + 3)}", colour
    )


def _triangle_down(x: float, y: float, colour: str) -> str:
    return _polygon(
        f"{number(x)},{number(y + 4)} {number(x + 4)},{number(y - 3)} {number(x - 4)},{number(y - 3)}", colour
    )


def with_words(icon: str, label: str) -> str:
    """An icon and its words side by side, as HTML; the words are escaped."""
    return f'<span class="icon-and-words">{icon} <span>{xml(label)}</span></span>'
