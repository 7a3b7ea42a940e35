"""SVG as strings: the few shapes that our charts are drawn with, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scorecard.charts.palette import FONT, INK, NAVY, WHITE
from scorecard.charts.text_metrics import xml

XY = tuple[float, float]


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """A coordinate: at most two decimals, no '-0', no trailing zeros, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Canvas:
    """Shapes in drawing order; `svg` closes them into a document with a title and a description."""

    def __init__(self, width: float, height: float, font: str = FONT) -> None:
        self.width, self.height, self.font = width, height, font
        self._parts: list[str] = []

    def line(self, start: XY, end: XY, colour: str, width: float = 1.0, dash: str = "") -> None:
        self._parts.append(
            f'<line x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}" '
            f'stroke="{colour}" stroke-width="{number(width)}"{_dash(dash)}/>'
        )

    def path(self, points: Sequence[XY], colour: str, width: float = 1.0, dash: str = "", name: str = "") -> None:
        """An open line through points."""
        if len(points) > 1:
            way = " ".join(f"{number(x)},{number(y)}" for x, y in points)
            self._parts.append(
                f'<polyline{_class(name)} points="{way}" fill="none" stroke="{colour}" '
                f'stroke-width="{number(width)}" stroke-linejoin="round"{_dash(dash)}/>'
            )

    def area(self, points: Sequence[XY], fill: str, name: str = "") -> None:
        """A filled shape through points."""
        way = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(f'<polygon{_class(name)} points="{way}" fill="{fill}"/>')

    def rect(self, corner: XY, size: XY, fill: str, stroke: str = "", name: str = "") -> None:
        edge = f' stroke="{stroke}"' if stroke else ""
        self._parts.append(
            f'<rect{_class(name)} x="{number(corner[0])}" y="{number(corner[1])}" width="{number(max(size[0], 0))}" '
            f'height="{number(max(size[1], 0))}" fill="{fill}"{edge}/>'
        )

    def text(
        self, at: XY, text_line: str, size: float, anchor: str = "start", colour: str = INK, *, bold: bool = False,
        halo: bool = False,
    ) -> None:  # fmt: skip
        """A line of text; with `halo`, on a white edge so that lines beneath don't cross it."""
        weight = ' font-weight="600"' if bold else ""
        if halo:
            self._parts.append(
                f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}" text-anchor="{anchor}" '
                f'fill="{WHITE}" stroke="{WHITE}" stroke-width="4" stroke-linejoin="round" aria-hidden="true"'
                f"{weight}>{xml(text_line)}</text>"
            )
        self._parts.append(
            f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight}>{xml(text_line)}</text>'
        )

    def mark(self, at: XY, shape: str, size: float, fill: str, stroke: str, width: float = 1.0, name: str = "") -> None:
        """A point's mark about its centre; size is about its radius."""
        x, y = at
        edge = f' fill="{fill}" stroke="{stroke}" stroke-width="{number(width)}"'
        if shape == "circle":
            self._parts.append(f'<circle{_class(name)} cx="{number(x)}" cy="{number(y)}" r="{number(size)}"{edge}/>')
            return
        corners = " ".join(f"{number(x + dx * size)},{number(y + dy * size)}" for dx, dy in CORNERS[shape])
        self._parts.append(f'<polygon{_class(name)} points="{corners}"{edge}/>')

    def marks(self, places: Sequence[XY], shape: str, size: float, fill: str, name: str = "") -> None:
        """Small marks of one kind, which has corners, as one path: a line of many figures stays a short text."""
        if places:
            way = "".join(
                "M" + "L".join(f"{number(x + dx * size)} {number(y + dy * size)}" for dx, dy in CORNERS[shape]) + "Z"
                for x, y in places
            )
            self._parts.append(f'<path{_class(name)} d="{way}" fill="{fill}"/>')

    def cross(self, at: XY, size: float, colour: str, width: float = 1.5, name: str = "") -> None:
        x, y = at
        self._parts.append(
            f'<path{_class(name)} d="M{number(x - size)} {number(y - size)}L{number(x + size)} {number(y + size)}'
            f'M{number(x + size)} {number(y - size)}L{number(x - size)} {number(y + size)}" '
            f'stroke="{colour}" stroke-width="{number(width)}" fill="none"/>'
        )

    def raw(self, part: str) -> None:
        """A part drawn elsewhere in this room: never text from outside."""
        self._parts.append(part)

    def svg(self, title: str, description: str) -> str:
        """The document. Its first children are the title and the description that assistive technology reads."""
        size = f'width="{number(self.width)}" height="{number(self.height)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} '
            f'viewBox="0 0 {number(self.width)} {number(self.height)}" font-family="{xml(self.font)}" '
            f'direction="ltr" xml:lang="en-GB" lang="en-GB"><title>{xml(title)}</title><desc>{xml(description)}</desc>'
            + "".join(self._parts)
            + "</svg>"
        )


CORNERS: dict[str, tuple[XY, ...]] = {
    "square": ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    "diamond": ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
    "triangle_up": ((0, -1.3), (1.25, 0.95), (-1.25, 0.95)),
    "triangle_down": ((0, 1.3), (1.25, -0.95), (-1.25, -0.95)),
}


def draw_point_mark(
    canvas: Canvas, at: XY, shape: str, colour: str, radius: float, *, hollow: bool = False, ring: bool = False,
    dot: bool = False, name: str = "",
) -> None:  # fmt: skip
    """A point: filled; hollow where provisional, ringed where the plan's own, with a white dot where published."""
    if ring:
        canvas.mark(at, "circle", radius + 3.2, "none", NAVY, 1.2, "plan-ring")
    size = radius * (1.15 if shape != "circle" else 1.0)
    canvas.mark(at, shape, size, WHITE if hollow else colour, colour if hollow else WHITE, 1.8 if hollow else 0.8, name)
    if dot:
        canvas.mark(at, "circle", radius * 0.4, WHITE, WHITE, 0.5)


def _dash(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
