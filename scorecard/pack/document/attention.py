"""Alert, advise, assure: which measures the first page tells a board of, by rule; and how exceptions are ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from scorecard.core.periods import month_words
from scorecard.core.vocabulary import EXCEPTION_REASONS, lower_first, variation_words
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

ALERT_RULE = (
    "Missed, and worsening beyond chance, newly missed beyond chance, or with its date come; and every other exception."
)
ADVISE_RULE = "Missed, and improving, or within a usual range that reaches the target."
ASSURE_RULE = "Met, and will go on being met; where limits can't say so, met in each of the last 12 or more."
RELIABLY = 12  # figures met on end
NEVER = date.max
EVERY_MET = "every figure met it"
IN_A_SHORT_PACK = 5  # exceptions with their charts: two pages


class Line(NamedTuple):
    """A measure of one of the three lists, and why it is there."""

    measure: SnapshotMeasure
    why: str

    @property
    def words(self) -> str:
        """'94.0%, target at least 100%; missed since June 2019; worsening'."""
        row = self.measure.judgement
        called = lower_first(self.measure.trend.target_name)
        figure = f"{row.value_words}, {called} {row.target_words}"
        why = "" if self.why == EVERY_MET and row.record_words else self.why  # for that is what the record says
        return "; ".join(filter(None, (figure, row.record_words, why)))


class AttentionLists(NamedTuple):
    """The three lists of the first page; no measure is in two. Each is in the order of `by_weight`."""

    alert: tuple[Line, ...]
    advise: tuple[Line, ...]
    assure: tuple[Line, ...]


def lists(snapshot: Snapshot) -> AttentionLists:
    """Which measures to alert the board to, to advise it of and to assure it of (ALERT_RULE, ADVISE_RULE, …)."""
    ordered = by_weight(snapshot, snapshot.measures)
    alert = _lines(ordered, lambda measure: why_alert(snapshot, measure))
    alerted_ids = {line.measure.id for line in alert}
    advise = _lines([measure for measure in ordered if measure.id not in alerted_ids], _advise)
    return AttentionLists(alert, advise, _lines(ordered, _assure))


def _lines(measures: list[SnapshotMeasure], why: Callable[[SnapshotMeasure], str]) -> tuple[Line, ...]:
    return tuple(Line(measure, reason) for measure in measures if (reason := why(measure)))


def why_alert(snapshot: Snapshot, measure: SnapshotMeasure) -> str:
    """Why a board is alerted to a measure: 'worsening, due by May 2020'; empty where it isn't."""
    if measure.stands != "missed" and not measure.judgement.exception:
        return ""
    return ", ".join(_reasons_for_alert(snapshot, measure))


def _reasons_for_alert(snapshot: Snapshot, measure: SnapshotMeasure) -> Iterator[str]:
    row = measure.judgement
    worsening = row.variation == "concern"
    if worsening:
        yield variation_words(row.variation, measure.level).lower()
    if newly_missed(snapshot, measure):
        yield "newly missed"
    if date_has_come(snapshot, measure) and row.target_by is not None:
        yield f"due by {month_words(row.target_by)}"
    if row.exception:
        said_elsewhere = {"concern", "behind_trajectory"} if date_has_come(snapshot, measure) else {"concern"}
        yield from (EXCEPTION_REASONS[code] for code in row.exception_reasons if code not in said_elsewhere)


def newly_missed(snapshot: Snapshot, measure: SnapshotMeasure) -> bool:
    """Whether a target is missed that was not at the last board; at a board's first pack, by the figure before."""
    if snapshot.changes is not None:
        return measure.id in snapshot.changes.newly_missed
    row = measure.judgement
    return measure.stands == "missed" and row.missed_for == 1 and not row.missed_always and not row.says_too_little


def date_has_come(snapshot: Snapshot, measure: SnapshotMeasure) -> bool:
    """Whether the month by which the target was to be met is the reporting month or an earlier one."""
    due = measure.judgement.target_by
    return due is not None and due <= snapshot.reporting_month


def _advise(measure: SnapshotMeasure) -> str:
    row = measure.judgement
    if measure.stands not in ("missed", "close"):
        return ""
    if row.variation == "improvement":
        return variation_words(row.variation, measure.level).lower()
    if row.assurance != "inconsistent":
        return ""
    return lower_first((row.variation_words or variation_words(row.variation, measure.level)).split(";")[0])


def _assure(measure: SnapshotMeasure) -> str:
    row = measure.judgement
    if measure.stands != "met" or row.variation == "concern":
        return ""
    if row.assurance == "consistently_passing":
        return "will go on being met"
    every = row.met_of is not None and row.met_of >= RELIABLY and row.met_months == row.met_of
    return EVERY_MET if every and row.assurance is None else ""


def by_weight(snapshot: Snapshot, measures: tuple[SnapshotMeasure, ...]) -> list[SnapshotMeasure]:
    """Measures as a board weighs them: new since its last meeting, then longest missed, furthest off, soonest due.

    How far off: as a share of the target. What is equal in all of these stands in the plan's order.
    """
    new = snapshot.changes.new_exceptions if snapshot.changes else ()
    return sorted(measures, key=lambda measure: _weight(measure, measure.id in new))


def _weight(measure: SnapshotMeasure, new: bool) -> tuple[bool, date, float, date]:
    row = measure.judgement
    return not new, row.missed_since or NEVER, -(row.shortfall or 0.0), row.target_by or NEVER


def exceptions_by_weight(snapshot: Snapshot) -> list[SnapshotMeasure]:
    """What the board must hear of, the weightiest first."""
    return by_weight(snapshot, tuple(measure for measure in snapshot.measures if measure.judgement.exception))


def exceptions_drawn(snapshot: Snapshot) -> list[SnapshotMeasure]:
    """The exceptions that have a chart and words of their own: all of them, or of a short pack the weightiest."""
    exceptions = exceptions_by_weight(snapshot)
    return exceptions[:IN_A_SHORT_PACK] if snapshot.length == "short" else exceptions


def is_new(snapshot: Snapshot, measure: SnapshotMeasure) -> bool:
    """Whether a measure has become an exception since the board's last approved pack."""
    return snapshot.changes is not None and measure.id in snapshot.changes.new_exceptions
