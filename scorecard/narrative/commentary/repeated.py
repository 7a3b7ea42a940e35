"""Words that were said last month already: found by comparing sentences, whatever their case, signs and figures."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from scorecard.narrative.commentary.sentences import sentences

ALIKE = 0.9  # of SequenceMatcher: two sentences that differ in a word or two
FEWEST_WORDS = 5  # shorter sentences are alike by chance
REPEATED_RULE = (
    "A sentence of five words or more is marked as last month's where it is nine tenths the same, whatever its "
    "capitals, punctuation, months and figures."
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_VARIES = re.compile(rf"\b(?:{_MONTHS})\b|\d[\d.,]*%?")
_SIGNS = re.compile(r"[^\w\s#]|_")


def repeated(now: str, before: str) -> tuple[str, ...]:
    """The sentences of a text that a text of the month before says too (REPEATED_RULE), as they are in the text."""
    known = [_normal(sentence) for sentence in sentences(before)]
    return tuple(sentence for sentence in sentences(now) if _alike(_normal(sentence), known))


def _normal(sentence: str) -> list[str]:
    return _SIGNS.sub(" ", _VARIES.sub(" # ", sentence.lower())).split()


def _alike(sentence: list[str], known: list[list[str]]) -> bool:
    return len(sentence) >= FEWEST_WORDS and any(
        SequenceMatcher(None, sentence, earlier).ratio() >= ALIKE for earlier in known
    )
