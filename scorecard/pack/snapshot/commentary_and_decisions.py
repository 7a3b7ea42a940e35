"""What people said beside the figures, as a snapshot keeps it: approved commentary, what the board asked and decided.

Texts are lines of plain prose, so that what is printed needs no reading of Markdown years later.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from scorecard.core.periods import day_words
from scorecard.pack.snapshot.changes import SnapshotModel

Lines = tuple[str, ...]


class Commentary(SnapshotModel):
    """What the service says of a measure: the lines of three texts, by whom (a role) and by when; who approved it."""

    what_happened: Lines
    why: Lines
    being_done: Lines
    by_whom: str
    by_when: date
    approved_by: str
    approved_on: date

    @property
    def parts(self) -> tuple[tuple[str, Lines], ...]:
        """The three texts, each with its label."""
        return (
            ("What happened", self.what_happened),
            ("Why", self.why),
            ("What is being done", self.being_done),
        )

    @property
    def approved_words(self) -> str:
        """'Approved by Executive Director on 10 September 2020'."""
        return f"Approved by {self.approved_by} on {day_words(self.approved_on)}"


class SnapshotDecision(SnapshotModel):
    """A question or decision of the board: on which measure or area, who answers by when, and what was answered.

    month: that the board's pack was for. measure_id: None for a whole service area.
    """

    number: int
    kind: Literal["question", "decision"]
    month: date
    service_area_id: str
    measure_id: str | None = None
    about: str
    text: str
    owner: str
    due: date
    open: bool
    answers: Lines
