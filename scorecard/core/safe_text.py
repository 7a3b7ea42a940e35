"""Text made safe to show and to hand to a spreadsheet: no live formula, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

LONGEST_FOUND = 80  # characters of a cell shown in a finding


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+\-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?%?")
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def spreadsheet_safe(text: str) -> str:
    """A text that no spreadsheet reads as a formula: one that could be is led by an apostrophe; numbers stay."""
    if text.lstrip().startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS):
        return text if re.search("[0-9]", text) and _NUMBER.fullmatch(text) else "'" + text
    return text


def visible(text: str, longest: int = LONGEST_FOUND) -> str:
    """A text with what can't be seen written out, as ‹U+200B›, and cut at `longest` characters with '…'."""
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text
    shown = _UNSEEN.sub(lambda match: f"‹U+{ord(match[0]):04X}›", text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def visible_all(texts: pd.Series[Any]) -> pd.Series[Any]:
    """`visible` for a column of texts, each different one once."""
    texts = texts.fillna("")
    if not isinstance(texts.dtype, pd.StringDtype):  # to make Python's texts of Arrow's takes long
        texts = texts.astype("str")
    changed = {text: shown for text in texts.unique() if (shown := visible(text)) != text}
    return texts.map(changed).fillna(texts).astype("str") if changed else texts


def unseen_words(text: str) -> str:
    """The characters of a text that can't be seen, named: 'U+200B zero width space'; '' where there are none."""
    characters = dict.fromkeys(_UNSEEN.findall(text))
    return ", ".join(
        f"U+{ord(character):04X} {unicodedata.name(character, 'control character').lower()}" for character in characters
    )


def without_unseen(text: str) -> str:
    """A text without the characters that can't be seen."""
    return _UNSEEN.sub("", text)


def _named(characters: Iterable[str]) -> str:
    return ", ".join(
        f"U+{ord(character):04X} {unicodedata.name(character, 'character').lower()}"
        for character in dict.fromkeys(characters)
    )


def odd_digits(text: str) -> str:
    """Digits of other scripts, and wide forms of usual signs, in a text, named; '' where there are none."""
    return _named(
        character
        for character in text
        if not character.isascii() and (character.isdigit() or "!" <= _usual(character) <= "~")
    )


def _usual(character: str) -> str:
    """The usual form of a wide or small character, or the character itself."""
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else character


def odd_letters(text: str) -> str:
    """Letters of other alphabets, which can look like ours, beside our own: named; '' where there are none."""
    if text.isascii() or not re.search("[A-Za-z]", text):
        return ""
    return _named(
        character
        for character in text
        if character.isalpha() and not unicodedata.name(character, "").startswith("LATIN ")
    )


def odd_words(text: str) -> str:
    """What is odd about a name that looks right, as sentences: signs that can't be seen, letters that look alike."""
    unseen, letters = unseen_words(text), odd_letters(text)
    warning = f"It has characters that can't be seen ({unseen}): type it again. " if unseen else ""
    return warning + (f"It has letters of another alphabet ({letters}): type it again. " if letters else "")
