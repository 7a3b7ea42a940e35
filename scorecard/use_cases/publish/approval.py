"""Approve a pack, and supersede it by its correction: one approved pack of a board, a month and its service areas."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.models import PackState, Snapshot
from scorecard.store import Approval
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.state import approved_packs, deck_template, state_of

SUCCESSION_COLUMNS = ["snapshot_id", "superseded_by", "reason", "who", "at"]


@needs(Permission.APPROVE_SNAPSHOT)
def approve_pack(
    scorecard: Scorecard,
    snapshot_id: str,
    *,
    role: str,
    when: datetime,
    corrects: str | None = None,
    reason: str = "",
) -> str:
    """Approves a draft: every format is drawn once, and its bytes are kept and handed out from then on.

    Where the board has an approved pack of the same month and areas already, this is its correction: corrects names
    that pack and reason says why, and it is superseded in the same step. The template that the deck is drawn by is
    named in the act, with its sha256, so that a later reader can tell. Raises ValueError without a role, or where the
    pack to correct is not named, or is another, or without a reason; UnknownSnapshot, SnapshotState.
    """
    if not role.strip():
        raise ValueError("Say which role approves the pack, such as 'Executive Director'.")
    content = scorecard.store.snapshot(snapshot_id)
    snapshot = read_snapshot(content)
    known, whole_id = state_of(scorecard, snapshot_id)
    if known.state != "draft":
        raise ValueError(f"{whole_id[:12]} is {known.state} already. Only a draft can be approved.")
    corrected = _corrected(scorecard, snapshot, corrects)
    role, who, reason = bounded("role", role), bounded("name", scorecard.who), bounded("reason", reason)
    if corrected and not reason:
        raise ValueError("Say why the approved pack is corrected: the reason is kept with both, and printed.")
    state = PackState(
        state="approved",
        role=role,
        who=who,
        when=when,
        edition=_editions(scorecard, snapshot) + 1,
        corrects=corrected,
        reason=reason or None if corrected else None,
    )
    template, file = deck_template(scorecard), scorecard.settings.deck_template
    named = None if template is None or file is None else {"file": file.name, "sha256": sha256(template).hexdigest()}
    exports = {chosen: export(content, chosen, state, template) for chosen in FORMATS}
    approval = Approval(role, who, when, exports, template=named, corrects=corrected, reason=reason)
    return scorecard.store.approve(snapshot_id, approval)


def _corrected(scorecard: Scorecard, snapshot: Snapshot, corrects: str | None) -> str | None:
    """The whole id of the approved pack that another is to correct: the one of its board, month and areas."""
    approved = [whole_id for whole_id, _ in approved_packs(scorecard, snapshot)]
    if corrects is None:
        if approved:
            raise ValueError(
                f"{snapshot.board.name} has an approved pack of this month already: snapshot {approved[-1][:12]}. "
                "Approve this one as its correction, and say why."
            )
        return None
    named = [whole_id for whole_id in approved if whole_id.startswith(corrects.strip().lower())]
    if len(named) != 1:
        known = f"It has {approved[-1][:12]}." if approved else "It has none."
        raise ValueError(
            f"{corrects[:12]} is no approved pack of the same board, month and service areas, so this can't be its "
            f"correction. {known}"
        )
    return named[0]


def _editions(scorecard: Scorecard, snapshot: Snapshot) -> int:
    """How many packs of the same board and month were approved before."""
    known = scorecard.store.snapshots()
    same = (known["board"] == snapshot.board.id) & (known["period"] == f"{snapshot.reporting_month:%Y-%m}")
    return int((same & known["state"].isin(["approved", "superseded"])).sum())


@needs(Permission.APPROVE_SNAPSHOT)
def supersede_pack(scorecard: Scorecard, snapshot_id: str, *, by: str, when: datetime, reason: str) -> str:
    """Says that an approved pack takes another's place, and why: both of the same board, month and service areas.

    A correction that is still a draft is approved with `corrects`, which supersedes in the same step. Raises ValueError
    without a reason, or for packs of two kinds; UnknownSnapshot, SnapshotState.
    """
    if not reason.strip():
        raise ValueError("Say why the pack is superseded: the reason is kept with it.")
    who, reason = bounded("name", scorecard.who), bounded("reason", reason)
    snapshot = read_snapshot(scorecard.store.snapshot(snapshot_id))
    approved = [whole_id for whole_id, _ in approved_packs(scorecard, snapshot)]
    if not any(whole_id.startswith(by.strip().lower()) for whole_id in approved):
        raise ValueError(
            f"{by[:12]} is no approved pack of the same board, month and service areas. Only such a one supersedes: "
            "approve it as the correction first."
        )
    return scorecard.store.supersede(snapshot_id, by, who, when, reason)


@needs(Permission.READ)
def approvals(scorecard: Scorecard) -> pd.DataFrame:
    """Every approval, latest first, and the PowerPoint template its deck was drawn by (store.APPROVAL_COLUMNS)."""
    return scorecard.store.approvals().iloc[::-1].reset_index(drop=True)


@needs(Permission.READ)
def successions(scorecard: Scorecard) -> pd.DataFrame:
    """Every superseded pack, latest first: its id, its successor's, why, by whom and when (SUCCESSION_COLUMNS)."""
    known = scorecard.store.snapshots()
    ids = known.loc[known["state"] == "superseded", "snapshot_id"]
    last = [scorecard.store.snapshot_states(str(snapshot_id)).iloc[-1] for snapshot_id in ids]
    frame = pd.DataFrame([{name: row[name] for name in SUCCESSION_COLUMNS} for row in last], columns=SUCCESSION_COLUMNS)
    return frame.sort_values("at", ascending=False).reset_index(drop=True)


@needs(Permission.READ)
def approved_files(scorecard: Scorecard) -> pd.DataFrame:
    """The files kept at each approval, latest first: snapshot_id, format, sha256, size."""
    known = approvals(scorecard)["snapshot_id"]
    frames = [scorecard.store.exports(str(snapshot_id)).assign(snapshot_id=str(snapshot_id)) for snapshot_id in known]
    empty = pd.DataFrame(columns=["snapshot_id", "format", "sha256", "size"])
    return pd.concat(frames, ignore_index=True)[list(empty.columns)] if frames else empty
