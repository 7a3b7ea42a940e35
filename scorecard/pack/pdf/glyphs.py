"""Which characters the shipped fonts can print; others are replaced where the reader sees it, never dropped."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from importlib.resources.abc import Traversable
from itertools import groupby
from textwrap import wrap

from scorecard.pack.fonts import FONTS

_LONG, _HASH = re.compile(r"[^\s\[]{36,}"), re.compile(r"[0-9a-f]{64}")
SCRIPTS = {"CJK": "Chinese"}  # by the first word of its characters' names, where that is no plain word
_NO_BREAK = 0xA0
_ZERO, _PIECE = "\u200b", 12  # a place to break at that is not seen, and after how many letters


@cache
def printable() -> frozenset[int]:
    """The code points that every shipped font has a glyph for."""
    files = sorted((file for file in FONTS.iterdir() if file.name.endswith(".otf")), key=lambda file: file.name)
    return frozenset.intersection(*[_covered(file) for file in files])


def _covered(file: Traversable) -> frozenset[int]:
    """The code points of a font's cmap (format 12: groups of consecutive characters)."""
    data = file.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == b"cmap":
            return _groups(data, start)
    return frozenset()


def _groups(data: bytes, start: int) -> frozenset[int]:
    (encodings,) = struct.unpack_from(">H", data, start + 2)
    for number in range(encodings):
        _, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 12:
            (groups,) = struct.unpack_from(">I", data, start + offset + 12)
            ranges = [struct.unpack_from(">III", data, start + offset + 16 + 12 * group) for group in range(groups)]
            return frozenset(code for first, last, _ in ranges for code in range(first, last + 1))
    return frozenset()


def breakable(text: str) -> str:
    """A text whose words that no line would hold may be broken; hashes, which are copied, stay as they are."""
    return _LONG.sub(lambda word: word[0] if _HASH.fullmatch(word[0]) else _ZERO.join(wrap(word[0], _PIECE)), text)


def in_print(text: str) -> str:
    """A text as the fonts can print it: composed, on one line, and what they lack said in words and codes.

    Letters by their script and codes, '[Chinese U+4E2D 6587]'; a sign by its name, '[grinning face]'; what has no look
    by its code, '[U+202E]'.
    """
    if text.isascii() and text.isprintable():
        return text
    return _lacking().sub(_said, unicodedata.normalize("NFC", text))


@cache
def _lacking() -> re.Pattern[str]:
    """Stretches of characters that can't be printed on one line."""
    known = sorted(code for code in printable() if chr(code).isprintable() or code == _NO_BREAK)
    return re.compile(f"[^{re.escape(''.join(map(chr, known)))}]+")


def _said(lacking: re.Match[str]) -> str:
    return "".join(_in_words(kind, "".join(run)) for kind, run in groupby(lacking[0], key=_kind))


def _kind(character: str) -> str:
    """What a character is: its script, 'sign', 'space', or nothing that can be seen."""
    if character.isspace():
        return "space"
    category, name = unicodedata.category(character), unicodedata.name(character, "")
    if category == "So" and name:
        return "sign"
    return SCRIPTS.get(name.split(" ")[0], name.split(" ")[0].capitalize()) if category[0] in "LMN" else ""


def _in_words(kind: str, characters: str) -> str:
    if kind == "space":
        return " "
    if kind == "sign":
        return "".join(f"[{unicodedata.name(character).lower()}]" for character in characters)
    codes = " ".join(f"{ord(character):04X}" for character in characters)
    return f"[{kind} U+{codes}]" if kind else "".join(f"[U+{code}]" for code in codes.split())
