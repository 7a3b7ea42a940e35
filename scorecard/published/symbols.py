"""What is in a published cell: a number, or one of the symbols that official statistics put in its place.

Symbols of the Government Statistical Service and of Explore Education Statistics. `k` is the Department for
Education's older sign for what is now `low`: rounds to zero, and is not zero.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

LOW = "low"
LOW_SIGNS = frozenset({"low", "k", "~"})
NO_VALUE_SIGNS = frozenset({"c", "x", "z", "u", ":", "..", ".", "null", "-"})
SYMBOL_MEANINGS = {
    "x": "not available", "c": "suppressed", "z": "not applicable", "u": "unreliable, so not given", ":": "missing",
    "..": "not available", ".": "not applicable", "null": "missing", "-": "not given; the publication doesn't say why",
    "low": "rounds to nought", "p": "provisional", "r": "revised", "ot": "of the terms that are over",
}  # fmt: skip
_BRACKETED = re.compile(r"\[(.+)\]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_YEARS_AND_MONTHS = re.compile(r"\d{1,3}:\d{1,2}(:\d{2})?")
_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}.*|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}")
FORMATTED = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%)")  # as a spreadsheet shows a number
SAVED_AGAIN = "A spreadsheet program saved the file again: download it, and send it as it comes."
_DIGITS = 12  # significant digits kept: what a spreadsheet adds after them was never printed


class Cell(NamedTuple):
    """A published cell: a value or none, a symbol or none, or why it is neither."""

    value: float
    symbol: str | None = None
    fault: str = ""


def read_cell(text: str) -> Cell:
    """What a cell's text says. An empty one is missing."""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        value = float(stripped)
        return Cell(float(f"{value:.{_DIGITS}g}")) if math.isfinite(value) else Cell(math.nan, None, "no number")
    sign = stripped.lower()
    if bracketed := _BRACKETED.fullmatch(sign):
        sign = bracketed[1].strip()
    if sign in LOW_SIGNS:
        return Cell(0.0, LOW)
    if sign in NO_VALUE_SIGNS:
        return Cell(math.nan, sign)
    if not stripped:
        return Cell(math.nan, "null")
    return Cell(math.nan, None, _what_it_is(stripped))


def _what_it_is(text: str) -> str:
    if _YEARS_AND_MONTHS.fullmatch(text):
        return "years and months"
    if _DATE.fullmatch(text):
        return "a date"
    return "an unknown symbol"
