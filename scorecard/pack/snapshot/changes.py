"""What one snapshot has otherwise than another, as frozen models: figures, what is said of them, rules, wording."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[float, Field(allow_inf_nan=False)]


class SnapshotModel(BaseModel):
    """A value of a snapshot: replaced, never edited; no NaN; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PackRef(SnapshotModel):
    """Another snapshot, named: which, for which month and board, as known when."""

    id: str
    board: str
    reporting_month: date
    as_known_at: datetime


class FigureChange(SnapshotModel):
    """A figure that one snapshot has otherwise than another: new, revised (old → new) or taken back."""

    measure_id: str
    measure: str
    service_area: str
    area: str
    period_end: date
    months: int
    old: Number | None = None
    new: Number | None = None
    old_words: str
    new_words: str


class WordChange(SnapshotModel):
    """Something said of a measure that changed: its status, variation, assurance, target or wording."""

    measure_id: str
    measure: str
    service_area: str
    what: str
    old: str
    new: str
    direction: Literal["better", "worse", "neither"] = "neither"


class RuleChange(SnapshotModel):
    """A rule that changed: which, old → new, and why and agreed by whom, where the catalogue says so."""

    what: str
    old: str
    new: str
    why: str | None = None
    agreed_by: str | None = None


class ChangedRules(SnapshotModel):
    """The rules of one measure that changed, and what is said otherwise of the same figures because of it.

    measure_id and service_area are empty for the methods that all measures are judged by.
    """

    measure_id: str
    measure: str
    service_area: str
    rules: tuple[RuleChange, ...]
    altered: tuple[WordChange, ...] = ()


class EndedWarning(SnapshotModel):
    """What a board was warned of and is not any more, though no figure says that it is better; and why."""

    measure_id: str
    measure: str
    service_area: str
    warning: str
    reason: str


class Comparison(SnapshotModel):
    """All that differs between two snapshots.

    status, variation, assurance: what the figures changed, judged by the rules of the older snapshot. rules: what the
    rules changed. ended: warnings that went without anything having become better. newly_missed, new_exceptions: ids of
    the measures that the older one had not as missed, or not as exceptions. added, removed: measures that only one has.
    """

    old: PackRef
    new_figures: tuple[FigureChange, ...] = ()
    revised: tuple[FigureChange, ...] = ()
    taken_back: tuple[FigureChange, ...] = ()
    status: tuple[WordChange, ...] = ()
    variation: tuple[WordChange, ...] = ()
    assurance: tuple[WordChange, ...] = ()
    rules: tuple[ChangedRules, ...] = ()
    ended: tuple[EndedWarning, ...] = ()
    newly_missed: tuple[str, ...] = ()
    new_exceptions: tuple[str, ...] = ()
    wording: tuple[WordChange, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing at all differs."""
        return self == Comparison(old=self.old)
