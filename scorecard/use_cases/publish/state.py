"""The state a snapshot is in, which edition it is, and the template that its deck is drawn by."""

from __future__ import annotations

from scorecard.access.permissions import Permission
from scorecard.core.periods import month_code
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.models import PackState, Snapshot
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard, UnusableScorecard


@needs(Permission.READ)
def state_of(scorecard: Scorecard, snapshot_id: str) -> tuple[PackState, str]:
    """The state a snapshot is in, with who brought it there, and its whole id. Raises UnknownSnapshot."""
    states = scorecard.store.snapshot_states(snapshot_id)
    last = states.iloc[-1]
    approvals = states[states["state"] == "approved"]
    approval = None if approvals.empty else approvals.iloc[-1]
    whole_id = str(last["snapshot_id"])
    if approval is None:
        return PackState(state=last["state"]), whole_id
    corrects = _corrected_by(scorecard, whole_id)
    return PackState(
        state=last["state"],
        role=str(approval["role"]),
        who=str(approval["who"]),
        when=approval["at"].to_pydatetime(),
        edition=_edition(scorecard, whole_id),
        corrects=corrects if last["state"] == "approved" else None,
        superseded_by=_text(last["superseded_by"]),
        superseded_at=last["at"].to_pydatetime() if last["state"] == "superseded" else None,
        reason=_text(last["reason"]),
    ), whole_id


@needs(Permission.READ)
def approved_packs(scorecard: Scorecard, snapshot: Snapshot) -> list[tuple[str, bytes]]:
    """The approved packs, superseded ones aside, of a pack's board, month and service areas: ids and contents."""
    known = scorecard.store.snapshots()
    same = (known["board"] == snapshot.board.id) & (known["period"] == month_code(snapshot.reporting_month))
    approved = known[same & (known["state"] == "approved")]
    contents = [
        (str(approved_id), scorecard.store.snapshot(str(approved_id))) for approved_id in approved["snapshot_id"]
    ]
    return [
        (approved_id, content)
        for approved_id, content in contents
        if read_snapshot(content).areas_asked == snapshot.areas_asked
    ]


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _corrected_by(scorecard: Scorecard, snapshot_id: str) -> str | None:
    """The pack that a snapshot superseded, if any."""
    known = scorecard.store.snapshots()
    for earlier in known.loc[known["state"] == "superseded", "snapshot_id"]:
        last = scorecard.store.snapshot_states(str(earlier)).iloc[-1]
        if last["superseded_by"] == snapshot_id:
            return str(earlier)
    return None


def _edition(scorecard: Scorecard, snapshot_id: str) -> int:
    """Which approved pack of its board and month a snapshot is, in the order of their approvals."""
    known = scorecard.store.snapshots().set_index("snapshot_id")
    own = known.loc[snapshot_id]
    approvals = scorecard.store.approvals()["snapshot_id"]
    same = [
        approved_id
        for approved_id in approvals
        if tuple(known.loc[approved_id, ["board", "period"]]) == (own["board"], own["period"])
    ]
    return same.index(snapshot_id) + 1


@needs(Permission.READ)
def deck_template(scorecard: Scorecard) -> bytes | None:
    """A council's own PowerPoint template, where the settings name one. Raises UnusableScorecard."""
    file = scorecard.settings.deck_template
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnusableScorecard(
            f"The PowerPoint template {file} can't be read: {error.strerror or error}. "
            "Put the file back, or leave SCORECARD_DECK_TEMPLATE unset for the scorecard's own."
        ) from None
