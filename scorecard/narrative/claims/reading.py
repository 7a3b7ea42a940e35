"""Reading a sentence: its parts, what is said with 'not', what is only hoped for, and the months and spans it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scorecard.core.periods import MONTH_NAMES, month_end
from scorecard.core.vocabulary import SMALL_COUNTS

_CLAUSES = re.compile(
    r"\s*(?:;|:|\(|\)|\s[–—-]\s|,?\s\b(?:but|although|though|whereas|while|however|because|so that)\b"
    r"|,\syet\b|,\s(?:and|or|with|which)\b|\sand\s(?=(?:is|are|was|has|have|it|we|this)\b))\s*"
)
_NEGATED = re.compile(
    r"(?:\b(?:not|no|never|nor|neither|without|cannot|hardly|barely|no longer|stopped|ceased|yet to|far from"
    r"|fail(?:s|ed)? to|unable to|unlikely to|more than|too (?:early|soon) to)\b|n[’']t\b)"
    r"(?!\s+(?:only|just|least|doubt|\d))(?:\W+[\w’']+){0,4}\W*$"
)
_NEGATED_AFTER = re.compile(
    r"^(?:\W+[\w’']+){0,3}?\W+(?:(?:has|have|had|is|was)\s+)?"
    r"(?:stalled|stopped|ended|faltered|tailed off|yet to|not\b|unlikely\b(?! to be))"
)
# What is meant to come, or only asked, is no claim of what the figures say; 'continues to improve' is.
_GOES_ON = (
    "begun", "began", "continues", "continued", "continue", "continuing", "started", "seems", "appears", "failed",
)  # fmt: skip
_INTENDED = re.compile(
    r"\b(?:will|would|should|could|may|might|must|shall|expect\w*|hop(?:e|es|ed|ing)|aim\w*|plan(?:s|ned|ning)?"
    r"|intend\w*|if|whether|until|once|need\w*|want\w*|help\w*|support\w*|ensur\w*|ambition|goal|had|asked|agreed"
    rf"|driv\w+|required?|seek\w*|working on|{''.join(f'(?<!{word} )' for word in _GOES_ON)}to(?! (?:a|an|the)\b))\b"
)
_MONTH = re.compile(rf"\b({'|'.join(f'{name}|{name[:3]}' for name in MONTH_NAMES)})\b\.?(?: (20\d\d))?", re.IGNORECASE)
_YEAR = re.compile(r"\bsince (20\d\d)\b")
_NUMBER = rf"(\d+|{'|'.join(SMALL_COUNTS[1:])}|a)"
_SPAN = re.compile(
    rf"\b(?:last|past|previous|over|in|for) (?:the )?(?:last |past )?(?:{_NUMBER} )?(month|quarter|year)s?\b"
)
_RUN = re.compile(
    rf"\b{_NUMBER} (?:consecutive |successive )?(?:month|quarter)s? (?:in a row|running|on end|in succession)"
    rf"|\b{_NUMBER} (?:consecutive|successive) (?:month|quarter)s?"
)
_LENGTH = {"month": 1, "quarter": 3, "year": 12}


def clauses(sentence: str) -> Iterator[str]:
    """The parts of a sentence that say something each, in small letters."""
    yield from (part for part in _CLAUSES.split(sentence.lower()) if part.strip())


def negated(clause: str, start: int, end: int) -> bool:
    """Whether what is at a place of a clause is said with 'not'."""
    return bool(_NEGATED.search(clause[:start]) or _NEGATED_AFTER.search(clause[end:]))


def intended(clause: str, start: int) -> bool:
    """Whether what is at a place of a clause is only planned, hoped for, asked or past."""
    return bool(_INTENDED.search(clause[:start]))


def since_month(clause: str, latest: date) -> date | None:
    """The month that 'since …' names, by its last day; without a year the last of that name before the latest."""
    position = clause.find("since")
    match = _MONTH.search(clause, position) if position >= 0 else None
    if match is None:
        alone = _YEAR.search(clause)
        return date(int(alone[1]), 1, 31) if alone else None
    number = next(at for at, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(match[1].lower()[:3]))
    if match[2]:
        return month_end(date(int(match[2]), number, 1))
    year = latest.year if number < latest.month else latest.year - 1
    return month_end(date(year, number, 1))


def months_spanned(clause: str) -> int | None:
    """Over how many months something is said to have happened: 'over the last six months' is 6, 'on last year' 12."""
    if re.search(r"\b(?:last year|a year ago|this time last year|year on year|same month last year)\b", clause):
        return 12
    match = _SPAN.search(clause)
    if match is None:
        return None
    return _count(match[1] or "a") * _LENGTH[match[2]]


def in_a_row(clause: str) -> int | None:
    """Of how many periods in a row something is said: 'six months in a row', 'four consecutive quarters'."""
    match = _RUN.search(clause)
    return _count(match[1] or match[2]) if match else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1 if word == "a" else SMALL_COUNTS.index(word)
