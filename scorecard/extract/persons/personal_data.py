"""Texts that tell of a single person: what they hold is named by its kind, and never shown again."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.core.periods import MONTH_NAMES
from scorecard.extract.persons.personal_numbers import (
    is_nhs_number,
    is_pupil_number,
    number_words,
    plain_text,
)
from scorecard.extract.text.text_columns import as_arrow, different

__all__ = ["is_age", "is_nhs_number", "is_post_code", "is_pupil_number", "may_tell", "personal_words", "withheld"]

# Cheap: only texts that have this are looked at more closely. Digits of any script, and whatever stands between them.
_RUN = r"(?:\d\D{0,6}){10}|(?:\d\D{0,6}){6}[A-D]\b|\d\.\d{9}e"
_SIGN = (
    r"birth|born|\bd\W{0,3}o\W{0,3}b|\bb\.|\d\s*[A-Z]{2}\b"
    r"|[\uff01-\uff5e\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff]"
)
_MAYBE = re.compile(f"(?i){_RUN}|{_SIGN}")
# The same for Arrow, which reads many texts at once: first as many digits, however far apart, then as near.
# Beyond ASCII the nearness takes it long: a text with a sign from the first digit of another script on is let through.
_SIGN_OF_MANY = _SIGN.replace(r"\d\s", r"\p{Nd}[\s\p{Z}]").replace(
    r"\uff01-\uff5e\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff",
    r"\x{ff01}-\x{ff5e}\x{b2}\x{b3}\x{b9}\x{2070}-\x{209c}\x{2460}-\x{24ff}",  # wide, raised, in circles
)
_FAR = rf"(?is)(?:\p{{Nd}}.*){{10}}|(?:\p{{Nd}}.*){{5}}\p{{Nd}}\P{{Nd}}{{0,6}}[A-D]|{_SIGN_OF_MANY}"
_NEAR = r"(?i)(?:[0-9][^0-9]{0,6}){10}|(?:[0-9][^0-9]{0,6}){6}[A-D]|[\x{660}-\x{10ffff}]|" + _SIGN_OF_MANY
_FEW = 5_000  # texts
_MONTH = "(?:" + "|".join(name[:3] for name in MONTH_NAMES) + ")[a-z]{0,6}"
_DAY = (
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?[ /.\-]{{1,3}}(?:of )?(?:[0-9]{{1,2}}|{_MONTH})[ /.,\-]{{1,3}}"
    rf"'?(?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{1,2}}{_MONTH}(?:19|20)?[0-9]{{2}}"
    rf"|{_MONTH}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|[0-9]{{4}}[\-/.][0-9]{{1,2}}[\-/.][0-9]{{1,2}}"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})(?![0-9])"
)
_BIRTH_WORD = (
    r"(?:\bd\W{0,3}o\W{0,3}b(?![a-z])\.?|\bborn(?![a-z])|\bbirth(?:[ \-]?da(?:y|te))?(?![a-z])|\bb\.(?=\s*[0-9]))"
)
_RANGE = (
    rf"\s*(?:to|till?|until|and|up to|through|[\-–])\s*{_DAY}"
    r"|\s*,?\s*(?:onwards?|(?:or|and)\s+(?:after|before|later|earlier|since))\b"
)
_ABOUT_BIRTH = re.compile(r"(?i)d\W{0,3}o\W{0,3}b|b(?:irth|orn|\.)")  # every birth has it, and few texts do
_BIRTH = re.compile(rf"{_BIRTH_WORD}(?P<between>[^0-9]{{0,30}}?){_DAY}(?!{_RANGE})", re.IGNORECASE)
_BIRTH_AFTER = re.compile(
    rf"{_DAY}[\s(\[:=,\-]{{0,4}}(?:\bd\W{{0,3}}o\W{{0,3}}b\b|\bdate of birth\b|\bbirthda|born\))", re.IGNORECASE
)
_OF_A_GROUP = re.compile(
    r"\b(?:before|after|since|until|till|between|from|by|earlier|later|prior|up|than|onwards?|or|at|missing|recorded"
    r"|as|during|in(?![a-z ]{1,30} on\b)|to|where|with|without|unknown|not)\b",
    re.IGNORECASE,
)  # between the word and the day: a rule for many, not one person's day
_POST_CODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNP-Y]?[\s.\-]{0,2}[0-9][ABD-HJLNP-UW-Z]{2})"
    r"(?![A-Z0-9])"
)
_NOT_A_RANGE = r"(?!\s*(?:[\-–+]|to\b|and\b|or\b|plus\b)\s*)"
_IN_WORDS = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
_AGE = re.compile(
    rf"\bage[d:]?\s*(?:is\s*|of\s*|=\s*)?(?:[0-9]{{1,2}}|{_IN_WORDS})\b{_NOT_A_RANGE}"
    rf"|(?<![0-9\-–])\b[0-9]{{1,2}}\s*-?\s*(?:years?|yrs?|months?|mths?|weeks?)[\s\-]*old\b|(?<![0-9\-–])\b[0-9]{{1,2}}\s*y/?o\b"
    rf"|(?<![0-9\-–])\b[0-9]{{1,2}}\s?(?:yrs|years|yr)\b(?!\s*(?:[\-–+]|to\b|and over|and under|or ))",
    re.IGNORECASE,
)
_AGE_ALONE = re.compile(
    r"[0-9]{1,2}(?:\.[0-9]{1,2})?(?:\s*(?:years?|yrs?|months?|mths?|weeks?))?(?: old)?", re.IGNORECASE
)


def personal_words(text: str) -> str:
    """What a text seems to say of a single person, by its kind; '' where it says nothing that is recognised."""
    usual = plain_text(text)
    if kind := number_words(usual):
        return kind
    if _is_birth(usual):
        return "a date of birth"
    if _POST_CODE.search(usual.upper()) and is_age(usual):
        return "a post code beside an age"
    return ""


def _is_birth(text: str) -> bool:
    if _ABOUT_BIRTH.search(text) is None:
        return False
    of_one_person = any(not _OF_A_GROUP.search(match["between"]) for match in _BIRTH.finditer(text))
    return of_one_person or _BIRTH_AFTER.search(text) is not None


def is_post_code(text: str) -> bool:
    """Whether a text is one whole post code, and nothing else."""
    return _POST_CODE.fullmatch(plain_text(text).strip().upper()) is not None


def is_age(text: str, *, alone: bool = False) -> bool:
    """Whether a text says one person's age, no range of ages; `alone`: whether it is nothing but a number of years."""
    if alone:
        return _AGE_ALONE.fullmatch(text.strip()) is not None
    return _AGE.search(text) is not None


def may_tell(texts: pa.Array) -> np.ndarray[Any, Any]:
    """Which texts are to be looked at more closely: every one of which personal_words says something, and others."""
    if len(texts) <= _FEW:
        return np.asarray([_MAYBE.search(text or "") is not None for text in texts.to_pylist()], dtype=bool)
    may = _matches(texts, _FAR)
    maybe = np.flatnonzero(may)
    may[maybe] = _matches(texts.take(pa.array(maybe)), _NEAR)
    return may


def _matches(texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    return np.array(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), dtype=bool)


def withheld(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Texts as they may be shown: one that tells of a single person is replaced by the kind of what it holds."""
    filled_texts = as_arrow(texts.fillna(""))
    maybe = np.flatnonzero(may_tell(filled_texts))
    codes, texts_read = different(filled_texts.take(pa.array(maybe)))
    kinds = [personal_words(text) for text in texts_read.to_pylist()]
    if not any(kinds):
        return texts
    shown = np.asarray([f"({kind}, not shown)" if kind else "" for kind in kinds], dtype=object)[codes]
    tells = shown != ""
    return _replaced(texts, maybe[tells], shown[tells])


def _replaced(texts: pd.Series[Any], places: np.ndarray[Any, Any], others: np.ndarray[Any, Any]) -> pd.Series[Any]:
    replaced = texts.astype("object")
    replaced.iloc[places] = others
    return replaced.astype("str")
