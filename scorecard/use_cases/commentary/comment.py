"""A comment on a measure in a month: its words, its state, and which versions there were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from html import escape
from typing import Any, Literal

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.catalogue.models import Frozen
from scorecard.core.bounds import bounded
from scorecard.core.periods import add_months, day_words, month_end
from scorecard.core.rows import rows_of
from scorecard.narrative.claims.check import Flag
from scorecard.narrative.commentary.markdown import as_html
from scorecard.narrative.commentary.written_text import cleaned, require_short_enough
from scorecard.store import Version
from scorecard.use_cases.needs import area_of_measure, needs
from scorecard.use_cases.open_scorecard import Scorecard

MONTHS_BACK = 12  # within which the words of before are looked for
LABELS = {
    "what_happened": "What happened",
    "why": "Why",
    "being_done": "What is being done",
    "by_whom": "By whom",
    "by_when": "By when",
}
State = Literal["draft", "submitted", "approved", "returned"]
STATES: dict[State, str] = {
    "draft": "Draft",
    "submitted": "Submitted",
    "approved": "Approved",
    "returned": "Returned",
}


class Words(Frozen):
    """What somebody says of a measure in a month. by_whom: a role. The first three may have Markdown."""

    what_happened: str = ""
    why: str = ""
    being_done: str = ""
    by_whom: str = ""
    by_when: date | None = None

    @property
    def filled_in(self) -> dict[str, str]:
        """The three texts by their names."""
        return {name: getattr(self, name) for name in ("what_happened", "why", "being_done")}

    @property
    def shown(self) -> dict[str, str]:
        """Each field that says something, by its label, as HTML that is safe as it stands."""
        html = {name: as_html(text) for name, text in self.filled_in.items()}
        html |= {"by_whom": escape(self.by_whom), "by_when": day_words(self.by_when) if self.by_when else ""}
        return {LABELS[name]: shown_text for name, shown_text in html.items() if shown_text}

    def texts(self) -> dict[str, str]:
        """Every field as a text, by its name; by_when as YYYY-MM-DD."""
        return {**self.filled_in, "by_whom": self.by_whom, "by_when": self.by_when.isoformat() if self.by_when else ""}


@dataclass(frozen=True)
class Comment:
    """A version of a comment. flags: the claims that were flagged when it was approved. role: of who approved it."""

    measure_id: str
    month: date
    version: int
    state: State
    words: Words
    who: str
    at: datetime
    reason: str | None
    role: str | None
    flags: tuple[Flag, ...]


def tidy(comment_words: Words) -> Words:
    """Words as they can be kept: cleaned, and no longer than a comment may be. Raises ValueError, which says why."""
    require_short_enough({LABELS[name]: text for name, text in comment_words.texts().items()})
    clean = {name: cleaned(text, f"‘{LABELS[name]}’") for name, text in comment_words.filled_in.items()}
    role = cleaned(comment_words.by_whom, f"‘{LABELS['by_whom']}’").replace("\n", " ")
    return Words(**clean, by_whom=bounded("role", role), by_when=comment_words.by_when)


@needs(Permission.READ)
def comment_of(scorecard: Scorecard, measure_id: str, month: date) -> Comment | None:
    """The newest version of what is said of a measure in a month; None where nothing is."""
    all_versions = versions(scorecard, measure_id, month)
    return all_versions[-1] if all_versions else None


@needs(Permission.READ)
def versions(scorecard: Scorecard, measure_id: str, month: date) -> list[Comment]:
    """Every version of a comment, oldest first."""
    return _comments(scorecard, scorecard.store.commentary.versions(measure_id, month))


@needs(Permission.READ)
def newest(scorecard: Scorecard, month: date, as_known_at: datetime | None = None) -> dict[str, Comment]:
    """The newest version of every comment of a month, as known at a moment, by the measure's id."""
    return {
        comment.measure_id: comment
        for comment in _comments(scorecard, scorecard.store.commentary.newest([month], as_known_at))
    }


@needs(Permission.READ)
def comment_before(scorecard: Scorecard, measure_id: str, month: date) -> Comment | None:
    """What was said last of a measure in an earlier month, of the last MONTHS_BACK."""
    months = [add_months(month, -back) for back in range(1, MONTHS_BACK + 1)]
    known = [
        comment
        for comment in _comments(scorecard, scorecard.store.commentary.newest(months))
        if comment.measure_id == measure_id
    ]
    return max(known, key=lambda comment: comment.month, default=None)


def next_version(
    measure_id: str, month: date, comment_words: Words, state: State, based_on: int, **more: Any
) -> Version:
    """A version as the store takes it."""
    texts = comment_words.texts()
    return Version(measure_id=measure_id, month=month_end(month), based_on=based_on, state=state, **texts, **more)


def _comments(scorecard: Scorecard, frame: pd.DataFrame) -> list[Comment]:
    """Comments as whoever asks may read them: words that aren't approved are for who writes or approves them."""
    return [_for(scorecard, _comment(row)) for row in rows_of(frame)]


def _for(scorecard: Scorecard, comment: Comment) -> Comment:
    person, area = scorecard.person, area_of_measure(scorecard, comment.measure_id)
    concerned = person.may(Permission.COMMENT, area) or person.may(Permission.APPROVE_COMMENT)
    return comment if concerned or comment.state == "approved" else replace(comment, words=Words(), reason=None)


def _comment(row: dict[str, Any]) -> Comment:
    texts = {name: row[name] for name in ("what_happened", "why", "being_done", "by_whom")}
    return Comment(
        measure_id=row["measure_id"],
        month=row["month"].date(),
        version=int(row["version"]),
        state=row["state"],
        words=Words(**texts, by_when=date.fromisoformat(row["by_when"]) if row["by_when"] else None),
        who=row["who"],
        at=row["at"].to_pydatetime(),
        reason=row["reason"],
        role=row["role"],
        flags=tuple(Flag(**flag) for flag in row["flags"]),
    )
