"""Texts that tell of a single person: what they hold is named by its kind, and never shown again."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # a unique pupil number's check letters, in the order of their values
MAYBE = (
    r"(?i)[0-9]{3}[ \-]?[0-9]{3}[ \-]?[0-9]{4}|[A-Z][0-9]{11}[0-9A-Z]|[A-Z]{2} ?(?:[0-9]{2} ?){3}[A-D]"
    r"|\b(?:d\.?o\.?b|born|birth|birthday)\b"
)  # cheap: only texts that have this are looked at more closely
_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{3}[ \-]?[0-9]{3}[ \-]?[0-9]{4}(?![0-9])")
_DECIMALS = re.compile(r"(?<![0-9.,])[0-9]{1,6}[.,][0-9]{10}(?![0-9])")  # a figure's, which ten digits may be too
_PUPIL = re.compile(r"(?<![A-Z0-9])[A-Z][0-9]{11}[0-9A-Z](?![A-Z0-9])")
_INSURANCE = re.compile(r"(?<![A-Z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:[0-9]{2} ?){3}[A-D](?![A-Z0-9])")
_BIRTH = re.compile(
    r"\b(?:d\.?o\.?b\.?|born(?: on)?|(?:date of )?birth(?:day)?)\b[^0-9]{0,20}"
    r"(?:[0-9]{1,2}[ /.\-](?:[0-9]{1,2}|[a-z]{3,9})[ /.\-](?:[0-9]{2}){1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.IGNORECASE,
)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits have an NHS number's check digit (the NHS Data Dictionary's modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return len(set(digits)) > 1 and (11 - total % 11) % 11 == int(digits[9])


def is_pupil_number(text: str) -> bool:
    """Whether a letter and twelve signs have a unique pupil number's check letter (the DfE's modulus 23)."""
    signs = [_LETTERS.find(sign) if sign.isalpha() else int(sign) for sign in text[1:]]
    total = sum(sign * weight for sign, weight in zip(signs, range(2, 14), strict=True))
    return min(signs) >= 0 and _LETTERS[total % len(_LETTERS)] == text[0]


def personal_words(text: str) -> str:
    """What a text seems to say of a single person, by its kind; '' where it says nothing that is recognised."""
    numbers = _TEN_DIGITS.findall(_DECIMALS.sub("", text))
    if any(is_nhs_number(re.sub("[^0-9]", "", found)) for found in numbers):
        return "an NHS number"
    upper = text.upper()
    if any(is_pupil_number(found) for found in _PUPIL.findall(upper)):
        return "a unique pupil number"
    if _INSURANCE.search(upper):
        return "a National Insurance number"
    return "a date of birth" if _BIRTH.search(text) else ""


def withheld(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Texts as they may be shown: one that tells of a single person is replaced by the kind of what it holds."""
    maybe = texts.astype("str").str.contains(MAYBE, regex=True)
    if not maybe.any():
        return texts
    said = {place: personal_words(str(text)) for place, text in texts[maybe].items()}
    kinds = pd.Series({place: f"({kind}, not shown)" for place, kind in said.items() if kind}, dtype="str")
    return texts.astype("str").mask(texts.index.isin(kinds.index), kinds)
