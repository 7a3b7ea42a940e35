"""Text on charts: made safe, measured by estimate, wrapped and cut."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape as _html_escape

from scorecard.core.numbers import MINUS

ELLIPSIS = "…"
FIRST_SIGNS = f"-{MINUS}+£"  # that a figure may begin with
# Characters that XML forbids, and those that turn the direction of the text around them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()[]- "), frozenset("mwMW@%—…")


def clean(text: str) -> str:
    """Text on one line without characters that XML forbids or that turn the direction of what follows."""
    return " ".join(_UNSAFE.sub("", text).split())


def xml(text: str) -> str:
    """Text as it may stand in XML, in an element or an attribute."""
    return _html_escape(clean(text), quote=True)


def plotly_text(text: str) -> str:
    """Text as plotly draws it unchanged: its labels read a few HTML tags, entities and, between dollars, TeX."""
    return xml(text).replace("$", "&#36;").replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


@lru_cache(maxsize=4096)
def character_width(character: str) -> float:
    """About how wide a character is, in ems of Source Sans 3; on the safe side."""
    if character in _NARROW:
        return 0.31
    if character in _WIDE:
        return 0.87
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.62 if character.isupper() else 0.53


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in pixels at a font size."""
    return size * sum(map(character_width, text))


def cut(text: str, width: float, size: float) -> str:
    """A text that fits a width, cut with an ellipsis where it doesn't."""
    text = clean(text)
    if text_width(text, size) <= width:
        return text
    room = width - text_width(ELLIPSIS, size)
    used, length = 0.0, 0
    for character in text:
        used += size * character_width(character)
        if used > room:
            break
        length += 1
    return text[:length].rstrip() + ELLIPSIS


def cut_before_figure(text: str, width: float, size: float) -> str:
    """A name and its figure that fit a width: the name is cut where they don't, the figure never: 'South… 124.6'."""
    text = clean(text)
    begins = next((at for at, sign in enumerate(text) if sign.isdigit() or sign in FIRST_SIGNS), len(text))
    name, figure = text[:begins].rstrip(), text[begins:]
    if not name or not figure or text_width(text, size) <= width:
        return text if figure and not name else cut(text, width, size)
    shortened = cut(name, width - text_width(f" {figure}", size), size)
    return figure if shortened == ELLIPSIS else f"{shortened} {figure}"


def wrap(text: str, width: float, size: float, lines: int) -> list[str]:
    """A text in at most so many lines of a width; what doesn't fit is cut with an ellipsis."""
    all_words = clean(text).split(" ")
    wrapped: list[str] = []
    line = ""
    for index, word in enumerate(all_words):
        longer = f"{line} {word}" if line else word
        if not line or text_width(longer, size) <= width:
            line = longer
            continue
        if len(wrapped) == lines - 1:
            line = " ".join([line, *all_words[index:]])
            break
        wrapped.append(cut(line, width, size))
        line = word
    return [*wrapped, cut(line, width, size)] if line else wrapped
