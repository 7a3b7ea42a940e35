"""The distance to target as a small SVG: the target as a line, good to the right of it."""

from __future__ import annotations

from scorecard.charts.model.distance import REACH_MOST
from scorecard.charts.model.models import DistanceBar
from scorecard.charts.palette import GREY, INK, ORANGE, TEAL
from scorecard.charts.svg.canvas import Canvas

ZERO_SHARE = 0.62  # of the width lies short of the target: how far short is what is asked
ARROW = 8  # pixels beyond a bar that is cut
THINNEST = 1.5  # pixels


def distance_bar(bar: DistanceBar, width: float, height: float) -> str:
    """One measure's distance on a scale that all rows of a list share: full at as much again as the target."""
    canvas = Canvas(width, height)
    zero = width * ZERO_SHARE
    if bar.share:
        half = zero - ARROW if bar.share < 0 else width - zero - ARROW
        _bar(canvas, bar, bar.share, (zero, height / 2), (half, height - 4))
    canvas.line((zero, 0), (zero, height), INK, 1.6)
    alternative_text = bar.distance_words or bar.status_words
    return canvas.svg(alternative_text, alternative_text)


def _bar(canvas: Canvas, bar: DistanceBar, share: float, at: tuple[float, float], size: tuple[float, float]) -> None:
    zero, middle = at
    half, height = size
    length = min(abs(share) / REACH_MOST, 1.0) * half
    colour = GREY if bar.neutral else TEAL if bar.status == "met" else ORANGE
    x = zero - length if share < 0 else zero
    canvas.rect((x, middle - height / 2), (max(length, THINNEST), height), colour, name=f"bar {bar.status or 'none'}")
    if abs(share) > REACH_MOST:
        tip = zero - half - 7 if share < 0 else zero + half + 7
        base = zero - half if share < 0 else zero + half
        canvas.area([(tip, middle), (base, middle - height / 2 - 2), (base, middle + height / 2 + 2)], colour, "beyond")
