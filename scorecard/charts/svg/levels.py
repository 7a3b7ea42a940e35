"""Levels as SVG: an open ring for the baseline, a disc for the latest figure, a bar for the target, on one line."""

from __future__ import annotations

from scorecard.charts.model.levels import Levels
from scorecard.charts.palette import FONT, GREY, GRID, LINE, TARGET, WHITE
from scorecard.charts.svg.canvas import Canvas
from scorecard.charts.svg.placing import Room, placed

SIZE = 14.0
EDGE = 70.0  # pixels at either side, for the words of a target that lies there


def draw_levels(levels: Levels, width: float, height: float, font: str = FONT) -> str:
    """One measure's levels on a scale of its own, from the least of them to the most."""
    canvas = Canvas(width, height, font)
    y = height - 13
    canvas.line((0, y), (width, y), GRID, 2)
    latest = levels.latest if levels.latest is not None else levels.bound
    known = [value for value in (levels.baseline, latest, levels.target) if value is not None]
    low, span = (min(known), max(known) - min(known)) if known else (0.0, 0.0)

    def across(value: float) -> float:
        return EDGE + (0.5 if not span else (value - low) / span) * (width - 2 * EDGE)

    if levels.baseline is not None and latest is not None:
        canvas.line((across(levels.baseline), y), (across(latest), y), LINE, 3, "4 4" if levels.broken else "")
    if levels.target is not None:
        x = across(levels.target)
        canvas.line((x, y - 12), (x, y + 12), TARGET, 3)
        target_text = levels.target_words
        choices = (placed(target_text, (x + 6, y - 11), SIZE), placed(target_text, (x - 6, y - 11), SIZE, "end"))
        at = Room((0.0, 0.0, width, height)).first_free((*choices, placed(target_text, (0.0, y - 11), SIZE)))
        if at is not None:
            canvas.text(at.at, at.words, SIZE, at.anchor, TARGET)
    if levels.baseline is not None:
        canvas.mark((across(levels.baseline), y), "circle", 6, WHITE, GREY, 2, "baseline")
    if levels.latest is not None:
        canvas.mark((across(levels.latest), y), "circle", 8, LINE, LINE, 1, "latest")
    elif levels.bound is not None:
        x = across(levels.bound)
        canvas.raw(
            f'<circle class="bound" cx="{x:.1f}" cy="{y:.1f}" r="8" fill="none" stroke="{LINE}" stroke-width="2" '
            'stroke-dasharray="3 2"/>'
        )
    return canvas.svg(levels.name, levels.alt)
