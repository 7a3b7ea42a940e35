"""Whether a comment may still be written: not of a retired measure, and not of a month whose pack is approved."""

from __future__ import annotations

from datetime import date, datetime

from scorecard.access.permissions import Permission
from scorecard.core.periods import day_words, month_code, month_words
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.use_cases.boards import board_names
from scorecard.use_cases.commentary.comment import versions
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

OR_RETURN = (
    "; or ask who approves commentary to return this one, so that it can be changed and a corrected pack be taken"
)

_measures_of: dict[str, frozenset[str]] = {}  # of approved snapshots, by their ids: what such an id names never changes


@needs(Permission.READ)
def why_closed(scorecard: Scorecard, measure_id: str, month: date, when: datetime) -> str | None:
    """Why nothing more can be said of a measure in a month, and what to do; None where it can.

    A comment that was returned after the pack's approval is open again.
    """
    try:
        measure = scorecard.catalogue.measure(measure_id)
    except KeyError:
        return f"There is no measure '{measure_id[:80]}' in the catalogue. Nothing was saved: choose one of the list."
    if measure.retired is not None and measure.retired < month:
        return (
            f"{measure.name} ended in {month_words(measure.retired)}, so nothing is asked of it in "
            f"{month_words(month)}. What was said of earlier months is kept."
        )
    if month.replace(day=1) > when.date():
        return f"{month_words(month)} has not begun. Choose a month that has figures."
    approved = _approved(scorecard, measure_id, month)
    if approved is None:
        return None
    board, at = approved
    known = versions(scorecard, measure_id, month)
    if any(comment.state == "returned" and comment.at > at for comment in known):
        return None
    returnable = known and known[-1].state in ("submitted", "approved")
    return (
        f"The pack of {month_words(month)} for {board} was approved on {day_words(at.astimezone().date())}, and what "
        f"it says stays. Say it of the next month{OR_RETURN if returnable else ''}."
    )


@needs(Permission.READ)
def closed_measures(scorecard: Scorecard, month: date) -> frozenset[str]:
    """The ids of the measures that an approved pack of a month shows: nothing more is asked of them for it."""
    known = scorecard.store.snapshots()
    ids = known.loc[(known["period"] == month_code(month)) & (known["state"] == "approved"), "snapshot_id"]
    return frozenset().union(*(_shown(scorecard, str(snapshot_id)) for snapshot_id in ids))


def _approved(scorecard: Scorecard, measure_id: str, month: date) -> tuple[str, datetime] | None:
    """The board and the moment of the latest approval of a pack of the month that shows the measure; None: none did."""
    known = scorecard.store.snapshots()
    ids = known.loc[(known["period"] == month_code(month)) & (known["state"] == "approved"), "snapshot_id"]
    if ids.empty:
        return None
    approvals = scorecard.store.approvals()
    for row in approvals[approvals["snapshot_id"].isin(ids)].iloc[::-1].to_dict("records"):
        if measure_id in _shown(scorecard, str(row["snapshot_id"])):
            board = known.loc[known["snapshot_id"] == row["snapshot_id"], "board"].iloc[0]
            return board_names(scorecard).get(str(board), str(board)), row["at"].to_pydatetime()
    return None


def _shown(scorecard: Scorecard, snapshot_id: str) -> frozenset[str]:
    if snapshot_id not in _measures_of:
        snapshot = read_snapshot(scorecard.store.snapshot(snapshot_id))
        _measures_of[snapshot_id] = frozenset(measure.id for measure in snapshot.measures)
    return _measures_of[snapshot_id]
