"""Write commentary: a draft that is kept as it grows, and its submission."""

from __future__ import annotations

from datetime import date, datetime

from scorecard.access.permissions import Permission
from scorecard.core.periods import month_words
from scorecard.use_cases.commentary.closed import why_closed
from scorecard.use_cases.commentary.comment import LABELS, Words, comment_of, next_version, tidy
from scorecard.use_cases.needs import area_of_measure, needs
from scorecard.use_cases.open_scorecard import Scorecard

ASKED_FOR = {
    "what_happened": "Say what happened.",
    "why": "Say why. If the reason is not known yet, say so, and when it will be.",
    "being_done": "Say what is being done about it.",
    "by_whom": "Say by whom: a role, not a person's name.",
    "by_when": "Say by when: a day.",
}


class Incomplete(ValueError):
    """A comment can't be submitted as it is. faults: what each field wants, by its name."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__("The comment is not complete, and is kept as a draft. " + " ".join(faults.values()))


@needs(Permission.COMMENT, area=area_of_measure)
def save_draft(
    scorecard: Scorecard, measure_id: str, month: date, comment_words: Words, *, based_on: int, when: datetime
) -> int:
    """Keeps words as a draft and returns its version; the same words again write nothing.

    based_on: the version that they were written on; 0 where nothing was there. A submitted comment becomes a draft
    again. Raises ValueError (too long, signs that can't be seen, a measure or month that takes no comment, an approved
    one), CommentaryChanged where somebody else has written since.
    """
    clean = _writable(scorecard, measure_id, month, comment_words, when)
    now = comment_of(scorecard, measure_id, month)
    if now is not None and now.version == based_on and now.words == clean and now.state in ("draft", "returned"):
        return based_on
    if now is None and based_on == 0 and clean == Words():
        return 0
    return scorecard.store.commentary.keep(
        next_version(measure_id, month, clean, "draft", based_on), scorecard.who, when
    )


@needs(Permission.COMMENT, area=area_of_measure)
def submit_comment(
    scorecard: Scorecard, measure_id: str, month: date, comment_words: Words, *, based_on: int, when: datetime
) -> int:
    """Hands a comment in to be approved, and returns its version. Raises Incomplete, and what save_draft raises."""
    clean = _writable(scorecard, measure_id, month, comment_words, when)
    faults = {name: ASKED_FOR[name] for name, text in clean.texts().items() if not text}
    if clean.by_when is not None and clean.by_when < month.replace(day=1):
        faults["by_when"] = (
            f"‘{LABELS['by_when']}’ is a day before {month_words(month)} began. Give the day it will be done."
        )
    if faults:
        raise Incomplete(faults)
    return scorecard.store.commentary.keep(
        next_version(measure_id, month, clean, "submitted", based_on), scorecard.who, when
    )


def _writable(scorecard: Scorecard, measure_id: str, month: date, comment_words: Words, when: datetime) -> Words:
    closed = why_closed(scorecard, measure_id, month, when)
    if closed is not None:
        raise ValueError(closed)
    now = comment_of(scorecard, measure_id, month)
    if now is not None and now.state == "approved":
        raise ValueError(
            "This comment is approved. Ask who approved it to return it, with the reason, before you change it. "
            "Nothing was saved, and your words are still here."
        )
    return tidy(comment_words)
