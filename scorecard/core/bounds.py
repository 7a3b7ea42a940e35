"""What a text that is kept may be: how long, by what it says, and without signs that can't be seen."""

from __future__ import annotations

from typing import Literal

from scorecard.core.safe_text import unseen_words

Kept = Literal["source", "name", "role", "reason"]

LONGEST: dict[Kept, int] = {"source": 100, "name": 100, "role": 100, "reason": 400}  # characters
LONGEST_WORDS = 300  # characters that a page asks for in a person's own words: with the kind of reason, a reason
LONGEST_NOTE = 2_000  # characters
LONGEST_COMMENT = 4_000  # characters, of all that is said of a measure in a month


def bounded(what: Kept, text: str) -> str:
    """A text that is to be kept, without spaces around it.

    Raises ValueError where it is longer than LONGEST says, or has control or direction marks or the like.
    """
    tidy = text.strip()
    if len(tidy) > LONGEST[what]:
        refusal = f"The {what} has {len(tidy):,} characters, and {LONGEST[what]} can be kept. Shorten it; "
        raise ValueError(refusal + "nothing was changed.")
    if unseen := unseen_words(tidy):
        refusal = f"The {what} has characters that can't be seen ({unseen[:200]}). Type it again; "
        raise ValueError(refusal + "nothing was changed.")
    return tidy
