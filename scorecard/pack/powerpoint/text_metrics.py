"""How much room a text takes, guessed on the safe side, so that nothing on a slide runs over its box.

A deck is shown in the reader's fonts, not in ours, and no font is embedded. Widths are Arial's (Helvetica's, to the
thousandth of the size), for most fonts of councils' templates are no wider; those that are have a factor of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

SAFETY = 1.03
BOLD = 1.1
UNKNOWN = 1000  # a character of no known width counts as one em
CUT = "…"

_BY_WIDTH = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft·\u00a0", 333: "()-`r“”", 334: "{}", 355: '"', 389: "*",
    469: "^", 500: "Jckvxyzs", 556: "#$0123456789?L_abdeghnopqu–ßŁ£€§þð", 584: "+<=>~−×±≤≥", 611: "FTZøđ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQØ", 833: "Mm", 889: "%æ", 944: "Wœ", 1015: "@",
}  # fmt: skip
WIDTHS = {sign: width for width, signs in _BY_WIDTH.items() for sign in signs} | {"ł": 222, "•": 350, "°": 400}


@dataclass(frozen=True)
class Typeface:
    """How a font stands to Arial: its width, and the height of its lines, to its size."""

    width: float = 1.0
    line: float = 1.2


ARIAL = Typeface()
NO_WIDER = frozenset(
    {"Arial", "Helvetica", "Liberation Sans", "Calibri", "Carlito", "Aptos", "Source Sans 3", "Source Sans Pro",
     "Times New Roman", "Georgia Pro", "Gill Sans MT", "Arial Narrow", "Cambria", "Franklin Gothic Book"}
)  # fmt: skip
WIDER = {"Verdana": Typeface(1.22, 1.25), "Tahoma": Typeface(1.06, 1.25), "Segoe UI": Typeface(1.06, 1.36)}
OTHER = Typeface(1.2, 1.4)


def typeface(names: Sequence[str]) -> Typeface:
    """The widest and highest of the fonts that a template names."""
    known = [ARIAL if name in NO_WIDER else WIDER.get(name, OTHER) for name in names] or [ARIAL]
    return Typeface(max(face.width for face in known), max(face.line for face in known))


@lru_cache(maxsize=50_000)
def _units(text: str) -> int:
    return sum(WIDTHS.get(sign) or _composed(sign) for sign in text)


@lru_cache(maxsize=5_000)
def _composed(sign: str) -> int:
    """A letter with an accent is as wide as without; a mark that combines takes no room of its own."""
    if unicodedata.combining(sign):
        return 0
    return WIDTHS.get(unicodedata.normalize("NFD", sign)[0], UNKNOWN)


def text_width(text: str, size: float, face: Typeface = ARIAL, bold: bool = False) -> float:
    """The width of a text on one line, in points."""
    return _units(text) * size / 1000 * SAFETY * face.width * (BOLD if bold else 1.0)


def longest_word(text: str, size: float, face: Typeface = ARIAL, bold: bool = False) -> float:
    """The width of a text's longest word, in points."""
    return max((text_width(word, size, face, bold) for word in text.split()), default=0.0)


def line_ends(text: str, room: float, size: float, face: Typeface = ARIAL, bold: bool = False) -> list[int]:
    """Where each line of a text ends, as places in it. A word wider than the room is broken."""
    ends: list[int] = []
    space = text_width(" ", size, face, bold)
    used, position = 0.0, 0
    for word in text.split(" "):
        width = text_width(word, size, face, bold)
        if position and used + space + width > room:
            ends.append(position)
            used = 0.0
        elif position:
            used += space
        start = position + 1 if position else 0
        if width > room:
            broken = _broken(word, room, size, face, bold)
            ends += [start + cut for cut in broken]
            used = text_width(word[broken[-1] if broken else 0 :], size, face, bold)
        else:
            used += width
        position = start + len(word)
    return [*ends, len(text)]


def _broken(word: str, room: float, size: float, face: Typeface, bold: bool) -> list[int]:
    """Where a word wider than the room is broken: as late as may be, at least one letter a line."""
    unit = text_width("n", size, face, bold) / _units("n")
    cuts, start, used = [], 0, 0.0
    for position, sign in enumerate(word):
        width = _units(sign) * unit
        if position > start and used + width > room:
            cuts.append(position)
            start, used = position, 0.0
        used += width
    return cuts


def lines_of(text: str, room: float, size: float, face: Typeface = ARIAL, bold: bool = False) -> int:
    """How many lines a text takes."""
    if text_width(text, size, face, bold) <= room:
        return 1
    return len(line_ends(text, room, size, face, bold))


def cut_to(text: str, lines: int, room: float, size: float, face: Typeface = ARIAL, bold: bool = False) -> str:
    """A text in so many lines at most; what is over becomes '…'."""
    ends = line_ends(text, room, size, face, bold)
    if len(ends) <= lines:
        return text
    start = ends[lines - 2] if lines > 1 else 0
    last_line = text[start : ends[max(lines, 1) - 1]].rstrip()
    while last_line and text_width(last_line.lstrip() + CUT, size, face, bold) > room:
        last_line = last_line[:-1].rstrip()
    return text[:start] + last_line + CUT
