"""Publish a pack: freeze what a board is to see of a month, and hand out the documents drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256

from scorecard import __version__
from scorecard.access.permissions import Permission
from scorecard.catalogue.read_boards import Board
from scorecard.core.periods import add_months, month_code, month_end, month_words
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS, archive_name, archived, cover_sheet, export, file_name, media_type
from scorecard.pack.pdf.render import page_pictures
from scorecard.pack.snapshot.models import Length, PackState, Snapshot, TrailHead
from scorecard.pack.snapshot.take import build_snapshot, canonical_json, compare_snapshots, read_snapshot
from scorecard.use_cases.boards import boards
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard, today
from scorecard.use_cases.publish.approval import approvals, approve_pack, approved_files, successions, supersede_pack
from scorecard.use_cases.publish.asks import ask_sentences, reword_asks
from scorecard.use_cases.publish.commentary_and_decisions import with_words
from scorecard.use_cases.publish.compare import HEADINGS, compare_packs, differences, snapshots
from scorecard.use_cases.publish.neighbours import compare_with_neighbours
from scorecard.use_cases.publish.state import approved_packs, deck_template, state_of
from scorecard.use_cases.view.completeness import view_completeness
from scorecard.use_cases.view.measures import view_measures

__all__ = [
    "FORMATS",
    "HEADINGS",
    "Documents",
    "Length",
    "PackError",
    "approvals",
    "approve_pack",
    "approved_files",
    "ask_sentences",
    "compare_packs",
    "differences",
    "export_pack",
    "media_type",
    "preview_pages",
    "reword_asks",
    "snapshots",
    "successions",
    "supersede_pack",
    "take_snapshot",
    "usual_length",
    "working_copy",
]


PICTURE_DOTS = 144  # to the inch: sharp on a slide, small enough for an e-mail


@dataclass(frozen=True)
class Documents:
    """The files of a pack by their names, and the whole id of the snapshot they were drawn from."""

    snapshot_id: str
    files: dict[str, bytes]


@needs(Permission.TAKE_SNAPSHOT)
def take_snapshot(
    scorecard: Scorecard,
    month: date,
    *,
    board: str | None = None,
    areas: Collection[str] | None = None,
    with_charts: bool = True,
    when: datetime,
    as_known_at: datetime | None = None,
    length: Length | None = None,
) -> str:
    """Freezes what a board is to see of a month, and returns the snapshot's id; taking it again finds the one there.

    board: its id; None is the first of the list. areas: some service areas, else all that the board sees.
    as_known_at: a moment; None is that of the store's last change, so that the same store gives the same snapshot.
    length: a whole pack or a short one; None is as the board's last.
    Where the board has an approved pack of the month that says otherwise, this is its correction, and is compared with
    it. Raises KeyError for no such board, PackError (also for a month that is not over), StoreError.
    """
    seen = _board(scorecard, board)
    length = length or usual_length(scorecard, seen.id)
    snapshot = _frozen(scorecard, month, seen, areas, with_charts, as_known_at, when.date(), length=length)
    approved = approved_packs(scorecard, snapshot)
    if approved:
        whole_id, approved_content = approved[-1]
        if (
            read_snapshot(approved_content).model_copy(update={"corrects": None, "asks": None, "trail": None})
            == snapshot
        ):
            return whole_id
        snapshot = snapshot.model_copy(update={"corrects": compare_snapshots(approved_content, snapshot)})
    content = canonical_json(_with_trail(scorecard, snapshot))
    return scorecard.store.save_snapshot(content, seen.id, month_code(month), snapshot.as_known_at, scorecard.who, when)


@needs(Permission.READ)
def usual_length(scorecard: Scorecard, board: str) -> Length:
    """Whether a board's packs are whole or short: as the last that was taken for it."""
    known = scorecard.store.snapshots()
    own = known[known["board"] == board].sort_values("taken_at", kind="stable")
    return "whole" if own.empty else read_snapshot(scorecard.store.snapshot(str(own["snapshot_id"].iloc[-1]))).length


@needs(Permission.READ)
def working_copy(
    scorecard: Scorecard,
    month: date,
    area: str | None,
    as_known_at: datetime | None = None,
    on: date | None = None,
    *,
    as_picture: bool = False,
) -> tuple[str, bytes]:
    """What is on a page, to take along as a PDF: its file's name and bytes. Nothing is kept.

    It is marked as a working copy, for no board in particular. area: one service area's part of the pack; None: how the
    whole service stands. as_picture: the first page, as a PNG. on: the day it is made; None is today. Raises PackError.
    """
    nobody = _board(scorecard, None).model_copy(update={"service_areas": None, "meetings": ()})
    areas = None if area is None else [area]
    frozen = _frozen(scorecard, month, nobody, areas, True, as_known_at, on or today(), since=False)
    content, state = canonical_json(frozen), PackState(state="working_copy")
    if as_picture:
        return file_name(frozen, "", state, "png"), page_pictures(content, state, PICTURE_DOTS)[0]
    return file_name(frozen, "", state, "pdf"), export(content, "pdf", state)


@needs(Permission.READ)
def preview_pages(
    scorecard: Scorecard,
    month: date,
    *,
    board: str | None = None,
    areas: Collection[str] | None = None,
    with_charts: bool = True,
    as_known_at: datetime | None = None,
    length: Length | None = None,
    on: date | None = None,
) -> list[bytes]:
    """The pages that the PDF would have, as PNGs, before a snapshot is taken. Nothing is kept.

    on: the day they are looked at; None is today. Raises PackError.
    """
    seen = _board(scorecard, board)
    length = length or usual_length(scorecard, seen.id)
    frozen = _frozen(scorecard, month, seen, areas, with_charts, as_known_at, on or today(), length=length)
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
    on: date,
    since: bool = True,
    length: Length = "whole",
) -> Snapshot:
    """What a board is to see of a month, frozen as known at the store's last change, or at an earlier moment.

    on: the day it is taken: a pack is for a month that is over. since: whether it says what changed since the last.
    """
    if month_end(month) >= on:
        raise PackError(
            f"{month_words(month)} is not over, and a pack is for a month that is over. Ask for "
            f"{month_words(add_months(on, -1))} or an earlier month."
        )
    changed = scorecard.store.last_change()
    earlier = as_known_at if as_known_at is not None and changed is not None and as_known_at < changed else None
    view = view_measures(scorecard, month, earlier)
    catalogue = scorecard.store.catalogue_at(earlier) if earlier is not None else None
    seen = view_completeness(scorecard, view.month.date(), earlier, known=view.known)
    frozen = build_snapshot(
        view.looking_ahead,
        view.catalogue,
        received=seen.completeness,
        board=board,
        as_known_at=earlier or changed or _plan_moment(scorecard),
        catalogue_sha256=sha256(catalogue or scorecard.catalogue_content).hexdigest(),
        software_version=__version__,
        extracts=scorecard.store.extracts(earlier),
        demonstration=scorecard.demonstration,
        areas=areas,
        with_charts=with_charts,
        length=length,
        published=compare_with_neighbours(scorecard, view.month.date(), earlier),
    )
    frozen = with_words(scorecard, frozen, board.id if since else None, earlier)
    previous = _last_approved(scorecard, frozen) if since else None
    return frozen if previous is None else frozen.model_copy(update={"changes": compare_snapshots(previous, frozen)})


def _with_trail(scorecard: Scorecard, snapshot: Snapshot) -> Snapshot:
    """A snapshot with the head of the trail at its moment, so that the same store still gives the same snapshot."""
    head = scorecard.store.trail.head(snapshot.as_known_at)
    trail = None if head is None else TrailHead(act_id=head.act_id, sha256=head.sha256)
    return snapshot.model_copy(update={"trail": trail})


def _plan_moment(scorecard: Scorecard) -> datetime:
    """What stands for the last change of a store that never changed: the end of the plan's own month."""
    return datetime.combine(scorecard.catalogue.plan.actuals, time(), tzinfo=UTC)


def _last_approved(scorecard: Scorecard, snapshot: Snapshot) -> bytes | None:
    """The last approved pack of the board's earlier months, of the same service areas: what 'since last' means."""
    known = scorecard.store.snapshots()
    earlier = (known["state"] == "approved") & (known["period"] < month_code(snapshot.reporting_month))
    approved = known[earlier & (known["board"] == snapshot.board.id)].sort_values(
        ["period", "taken_at"], ascending=False
    )
    contents = (scorecard.store.snapshot(str(snapshot_id)) for snapshot_id in approved["snapshot_id"])
    return next((content for content in contents if read_snapshot(content).areas_asked == snapshot.areas_asked), None)


@needs(Permission.READ)
def export_pack(
    scorecard: Scorecard,
    snapshot_id: str,
    formats: Sequence[str],
    progress: Callable[[str], None] | None = None,
) -> Documents:
    """The documents of a snapshot, by file name. Approved ones are handed out as the bytes kept at approval.

    snapshot_id: the whole id or its first 8 or more characters. progress: told the format about to be made. The kept
    bytes of a superseded pack are handed out in one archive with a cover sheet that says so, by which pack and why, so
    that none of them goes about alone.
    Before, its content is held to its id, its states and files to the acts. Raises UnknownSnapshot, PackError,
    StoreDamaged.
    """
    content = scorecard.store.snapshot(snapshot_id)
    scorecard.store.prove_snapshot(snapshot_id)
    snapshot = read_snapshot(content)
    state, whole_id = state_of(scorecard, snapshot_id)
    template = deck_template(scorecard)
    files, kept_files = {}, {}
    for chosen in formats:
        if progress is not None:
            progress(chosen)
        name = file_name(snapshot, whole_id, state, chosen)
        stored = scorecard.store.export(whole_id, chosen)
        if stored is not None:
            kept_files[name] = stored
        files[name] = export(content, chosen, state, template) if stored is None else stored
    if state.state == "superseded" and kept_files:
        cover = file_name(snapshot, whole_id, state, "pdf").replace(" superseded", " superseded, read first")
        return Documents(
            whole_id, {archive_name(cover): archived({cover: cover_sheet(content, state, kept_files), **files})}
        )
    return Documents(whole_id, files)
