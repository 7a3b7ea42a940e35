"""Texts as a slide can hold them, and the theme's colours by name."""

from __future__ import annotations

import re
from typing import Literal

from scorecard.charts.palette import GREY, LILAC, NAVY, ORANGE, PLUM, TEAL

Colour = Literal["tx1", "tx2", "bg1", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"]
THEME_BY_COLOUR: dict[str, Colour] = {  # as templates/deck.pptx has them; a council's own theme has others
    NAVY: "accent1", TEAL: "accent2", PLUM: "accent3", ORANGE: "accent4", GREY: "accent5", LILAC: "accent6",
}  # fmt: skip
# What means something is drawn in our own colours: a council's theme may have its red where 'met' is our green.
MEANING: dict[str, str] = {THEME_BY_COLOUR[colour]: colour[1:] for colour in (TEAL, PLUM, ORANGE, LILAC)}

# No XML holds these; and marks that turn the reading direction could make a text read otherwise than it is.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_SPACE = re.compile("[^\\S\u00a0\u202f]+")


def safe(text: str) -> str:
    """A text as a slide can hold it: on one line, nothing in it that XML forbids."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text)).strip(" ")
