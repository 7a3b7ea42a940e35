"""A text as somebody wrote or pasted it, made fit to be kept: what a word processor leaves in it goes, words stay."""

from __future__ import annotations

import re

from scorecard.core.bounds import LONGEST_COMMENT
from scorecard.core.safe_text import unseen_words

# A word processor's line ends and page ends, and its spaces of many widths.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# What it puts into words to break or join them, which nobody sees or typed: soft hyphens, joiners, variants.
_JOINERS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f]")
_BULLETS = re.compile("^[ \t]*[\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7\uf0a7\uf0d8\u2043][ \t]*", re.MULTILINE)
_QUOTES = str.maketrans({"\u0091": "‘", "\u0092": "’", "\u0093": "“", "\u0094": "”", "\u0096": "–", "\u0097": "—"})
_MANY_BLANK_LINES = re.compile("\n{3,}")


def cleaned(text: str, what: str = "text") -> str:
    """A text without what a word processor leaves in it: line ends, spaces, bullets and quotes are the usual ones.

    Smart quotes and dashes stay: they are right. HTML stays as the text that it is. Raises ValueError for signs that
    can't be seen and may turn a line round or hide something in it; what: how the message calls the text.
    """
    tidy = _LINE_ENDS.sub("\n", text.translate(_QUOTES))
    tidy = _BULLETS.sub("- ", _JOINERS.sub("", _SPACES.sub(" ", tidy)).replace("\t", " "))
    tidy = _MANY_BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in tidy.split("\n"))).strip()
    if unseen := unseen_words(tidy.replace("\n", " ")):
        raise ValueError(
            f"{what} has characters that can't be seen ({unseen[:200]}). Nothing was saved, and your words are still "
            "here: take those characters out, or type the line again."
        )
    return tidy


def require_short_enough(texts: dict[str, str]) -> None:
    """Refuses texts, by their labels, that together have more than LONGEST_COMMENT characters, with ValueError."""
    length = sum(map(len, texts.values()))
    if length > LONGEST_COMMENT:
        longest = max(texts, key=lambda label: len(texts[label]))
        raise ValueError(
            f"The comment has {length:,} characters, and {LONGEST_COMMENT:,} can be kept: take out "
            f"{length - LONGEST_COMMENT:,}. ‘{longest}’ is the longest. Nothing was saved, and your words are still "
            "here."
        )
