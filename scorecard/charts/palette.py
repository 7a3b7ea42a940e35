"""The colours and shapes of every chart: the Analysis Function's palette, and which part has which.

Colour is never alone: each part also has its own shape, dash or label. Text is always INK, beside a coloured key, for
three of the palette's colours fail as text on white.
"""

from __future__ import annotations

from typing import Literal

FONT = "Source Sans 3"

NAVY, TEAL, PLUM, ORANGE, GREY, LILAC = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"

INK = "#0B0C0C"
MUTED = "#505A5F"
WHITE = "#FFFFFF"
GRID = "#E1E4E6"
AXIS = "#6F777B"
LIMIT_BAND = "#F0F1F3"
FAN_95, FAN_80 = "#E3EBF2", "#C3D3E2"
TARGET_BAND = "#F3E6EC"

LINE, TARGET, LIMITS, BASELINE, PROJECTION = NAVY, PLUM, AXIS, GREY, NAVY

Shape = Literal["circle", "square", "diamond", "triangle_up", "triangle_down"]

# What a point's mark looks like: colour and shape together.
MARKS: dict[str, tuple[str, Shape]] = {
    "figure": (NAVY, "circle"),
    "common_cause": (NAVY, "circle"),
    "improvement": (TEAL, "square"),
    "concern": (ORANGE, "diamond"),
    "neutral_high": (GREY, "triangle_up"),
    "neutral_low": (GREY, "triangle_down"),
}
SIGNALS = ("improvement", "concern", "neutral_high", "neutral_low")  # the marks of what is unlikely to be chance

# One colour for all other areas, a dash for each: they stand back from the authority's own line.
COMPARATOR_COLOUR = LILAC
DASHES: dict[str, str] = {
    "statistical_neighbour": "",
    "regional": "7 3",
    "national": "2 3",
    "other": "9 3 2 3",
    "baseline": "12 4",
    "trajectory": "3 4",
    "projection": "5 4",
    "provisional": "4 4",
    "event": "2 2",
}
STATUS_COLOURS: dict[str, str] = {
    "met": TEAL,
    "close": LILAC,
    "missed": ORANGE,
    "no_target": GREY,
    "no_data": GREY,
}
