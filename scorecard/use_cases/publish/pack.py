"""Publish a pack: take a snapshot for a board, approve it, and hand out the documents drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256

import pandas as pd

from scorecard import __version__
from scorecard.catalogue.read_boards import Board
from scorecard.core.periods import month_code
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS, export, file_name
from scorecard.pack.pdf.render import page_pictures
from scorecard.pack.snapshot.models import Comparison, PackState, Snapshot
from scorecard.pack.snapshot.take import build_snapshot, canonical_json, compare_snapshots, read_snapshot
from scorecard.use_cases.open_scorecard import Scorecard, UnusableScorecard
from scorecard.use_cases.publish.boards import boards
from scorecard.use_cases.view.completeness import view_completeness
from scorecard.use_cases.view.measures import view_measures

__all__ = [
    "FORMATS",
    "Documents",
    "PackError",
    "approvals",
    "approve_pack",
    "compare_packs",
    "export_pack",
    "preview_pages",
    "snapshots",
    "supersede_pack",
    "take_snapshot",
    "working_copy",
]


@dataclass(frozen=True)
class Documents:
    """The files of a pack by their names, and the whole id of the snapshot they were drawn from."""

    snapshot_id: str
    files: dict[str, bytes]


def take_snapshot(
    scorecard: Scorecard,
    month: date,
    *,
    board: str | None = None,
    areas: Collection[str] | None = None,
    with_charts: bool = True,
    who: str,
    when: datetime,
    as_known_at: datetime | None = None,
) -> str:
    """Freezes what a board is to see of a month, and returns the snapshot's id; taking it again finds the one there.

    board: its id; None is the first of the list. areas: some service areas, else all that the board sees.
    as_known_at: a moment; None is that of the store's last change, so that the same store gives the same snapshot.
    Raises KeyError for no such board, PackError, StoreError.
    """
    seen = _board(scorecard, board)
    snapshot = _frozen(scorecard, month, seen, areas, with_charts, as_known_at)
    content = canonical_json(snapshot)
    return scorecard.store.save_snapshot(content, seen.id, month_code(month), snapshot.as_known_at, who, when)


def working_copy(
    scorecard: Scorecard, month: date, area: str, as_known_at: datetime | None = None
) -> tuple[str, bytes]:
    """One service area's part of the pack as a PDF to take along: its file's name and bytes. Nothing is kept.

    It is marked as a working copy, for no board in particular. Raises PackError.
    """
    content = canonical_json(_frozen(scorecard, month, _board(scorecard, None), [area], True, as_known_at))
    state = PackState(state="working_copy")
    return file_name(read_snapshot(content), state, "pdf"), export(content, "pdf", state)


def preview_pages(
    scorecard: Scorecard,
    month: date,
    *,
    board: str | None = None,
    areas: Collection[str] | None = None,
    with_charts: bool = True,
    as_known_at: datetime | None = None,
) -> list[bytes]:
    """The pages that the PDF would have, as PNGs, before a snapshot is taken. Nothing is kept. Raises PackError."""
    frozen = _frozen(scorecard, month, _board(scorecard, board), areas, with_charts, as_known_at)
    return page_pictures(canonical_json(frozen))


def _board(scorecard: Scorecard, board: str | None) -> Board:
    known = boards(scorecard)
    return known.boards[0] if board is None else known.board(board)


def _frozen(
    scorecard: Scorecard,
    month: date,
    board: Board,
    areas: Collection[str] | None,
    with_charts: bool,
    as_known_at: datetime | None,
) -> Snapshot:
    """What a board is to see of a month, frozen as known at the store's last change, or at an earlier moment."""
    changed = scorecard.store.last_change()
    earlier = as_known_at if as_known_at is not None and changed is not None and as_known_at < changed else None
    view = view_measures(scorecard, month, earlier)
    catalogue = scorecard.store.catalogue_at(earlier) if earlier is not None else None
    seen = view_completeness(scorecard, view.month.date(), earlier, catalogue=view.catalogue)
    return build_snapshot(
        view.assessment,
        view.catalogue,
        came=seen.found,
        board=board,
        as_known_at=earlier or changed or _plan_moment(scorecard),
        catalogue_sha256=sha256(catalogue or scorecard.catalogue_content).hexdigest(),
        software_version=__version__,
        extracts=scorecard.store.extracts(earlier),
        previous=_last_approved(scorecard, board, month),
        demonstration=scorecard.demonstration,
        areas=areas,
        with_charts=with_charts,
    )


def _plan_moment(scorecard: Scorecard) -> datetime:
    """What stands for the last change of a store that never changed: the end of the plan's own month."""
    return datetime.combine(scorecard.catalogue.plan.actuals, time(), tzinfo=UTC)


def _last_approved(scorecard: Scorecard, board: Board, month: date) -> bytes | None:
    """The board's last approved snapshot of an earlier month: what 'since last' means."""
    known = scorecard.store.snapshots()
    earlier = known[
        (known["board"] == board.id) & (known["state"] == "approved") & (known["period"] < month_code(month))
    ]
    if earlier.empty:
        return None
    last = earlier.sort_values(["period", "taken_at"]).iloc[-1]
    return scorecard.store.snapshot(str(last["snapshot_id"]))


def export_pack(
    scorecard: Scorecard,
    snapshot_id: str,
    formats: Sequence[str],
    progress: Callable[[str], None] | None = None,
) -> Documents:
    """The documents of a snapshot, by file name. Approved ones are handed out as the bytes kept at approval.

    snapshot_id: the whole id or its first 8 or more characters. progress: told the format about to be made.
    Raises UnknownSnapshot, PackError.
    """
    content = scorecard.store.snapshot(snapshot_id)
    snapshot = read_snapshot(content)
    state, whole_id = _state(scorecard, snapshot_id)
    template = deck_template(scorecard)
    files = {}
    for chosen in formats:
        if progress is not None:
            progress(chosen)
        kept = scorecard.store.export(whole_id, chosen)
        files[file_name(snapshot, state, chosen)] = (
            kept if kept is not None else export(content, chosen, state, template)
        )
    return Documents(whole_id, files)


def _state(scorecard: Scorecard, snapshot_id: str) -> tuple[PackState, str]:
    """The state a snapshot is in, with who brought it there, and its whole id."""
    states = scorecard.store.snapshot_states(snapshot_id)
    last = states.iloc[-1]
    approvals = states[states["state"] == "approved"]
    approval = None if approvals.empty else approvals.iloc[-1]
    state = PackState(
        state=last["state"],
        role=None if approval is None else str(approval["role"]),
        who=None if approval is None else str(approval["who"]),
        when=None if approval is None else approval["at"].to_pydatetime(),
        superseded_by=_text(last["superseded_by"]),
        reason=_text(last["reason"]),
    )
    return state, str(last["snapshot_id"])


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def approve_pack(scorecard: Scorecard, snapshot_id: str, *, role: str, who: str, when: datetime) -> str:
    """Approves a draft: every format is drawn once, and its bytes are kept and handed out from then on.

    The template that the deck is drawn by is named in the act, with its sha256, so that a later reader can tell.
    Raises ValueError without a role; UnknownSnapshot, SnapshotState.
    """
    if not role.strip():
        raise ValueError("Say which role approves the pack, such as 'Executive Director'.")
    content = scorecard.store.snapshot(snapshot_id)
    state = PackState(state="approved", role=role.strip(), who=who, when=when)
    template, file = deck_template(scorecard), scorecard.settings.deck_template
    named = None if template is None or file is None else {"file": file.name, "sha256": sha256(template).hexdigest()}
    exports = {chosen: export(content, chosen, state, template) for chosen in FORMATS}
    return scorecard.store.approve(snapshot_id, role.strip(), who, when, exports, named)


def approvals(scorecard: Scorecard) -> pd.DataFrame:
    """Every approval, latest first, and the PowerPoint template its deck was drawn by (store.APPROVAL_COLUMNS)."""
    return scorecard.store.approvals().iloc[::-1].reset_index(drop=True)


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


def supersede_pack(scorecard: Scorecard, snapshot_id: str, *, by: str, who: str, when: datetime, reason: str) -> str:
    """Says that a correction takes an approved pack's place, and why.

    Raises ValueError without a reason; UnknownSnapshot, SnapshotState.
    """
    if not reason.strip():
        raise ValueError("Say why the pack is superseded: the reason is kept with it.")
    return scorecard.store.supersede(snapshot_id, by, who, when, reason.strip())


def snapshots(scorecard: Scorecard) -> pd.DataFrame:
    """Every snapshot with its state, latest first (store.SNAPSHOT_COLUMNS)."""
    return scorecard.store.snapshots().iloc[::-1].reset_index(drop=True)


def compare_packs(scorecard: Scorecard, old: str, new: str) -> Comparison:
    """What one snapshot has otherwise than another. Raises UnknownSnapshot."""
    return compare_snapshots(scorecard.store.snapshot(old), scorecard.store.snapshot(new))
