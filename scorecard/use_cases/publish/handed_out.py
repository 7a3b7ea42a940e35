"""Whether a filed PDF, deck, workbook or page is one that was handed out: which, in what state, and when."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from scorecard.access.permissions import Permission
from scorecard.core.periods import month_words
from scorecard.pack.document.words import ended, moment_words, state_words
from scorecard.pack.formats import ARCHIVE, DRAFT, FORMATS, export
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.approval import approved_files
from scorecard.use_cases.publish.pack import export_pack
from scorecard.use_cases.publish.state import deck_template, state_of

BEGINS = {known.mark: name for name, known in FORMATS.items() if isinstance(known.mark, bytes)}
HOLDS = {known.mark: name for name, known in FORMATS.items() if isinstance(known.mark, str)}


@dataclass(frozen=True)
class HandedOut:
    """A file that was recognised: the snapshot that it was drawn from, and what it is, in words."""

    snapshot_id: str
    words: str


@needs(Permission.READ)
def handed_out(scorecard: Scorecard, content: bytes, name: str = "") -> HandedOut | None:
    """The pack that a file is of, byte for byte; None where it is none that this store handed out, or was altered.

    An approved file is known by its SHA-256, which was kept at its approval. A draft is drawn again, as this version of
    the software draws it, and compared; name: the file's, for it names the snapshot, which is then tried first.
    """
    digest = hashlib.sha256(content).hexdigest()
    exports = approved_files(scorecard)
    for row in exports[exports["sha256"] == digest].to_dict("records"):
        return _recognised(scorecard, str(row["snapshot_id"]), str(row["format"]), digest)
    kind = format_of(content)
    if kind is None:
        return None
    if (superseded := _superseded(scorecard, content, kind, name)) is not None:
        return superseded
    if kind == ARCHIVE:
        return None
    template = deck_template(scorecard)
    for snapshot_id in _likely_first(scorecard, name):
        if export(scorecard.store.snapshot(snapshot_id), kind, DRAFT, template) == content:
            return _recognised(scorecard, snapshot_id, kind, digest, draft=True)
    return None


def format_of(content: bytes) -> str | None:
    """Which of the formats a file is, or an archive, by what is in it; None for none."""
    for start, kind in BEGINS.items():
        if content.startswith(start):
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    return next((kind for part, kind in HOLDS.items() if part in names), ARCHIVE)


def _likely_first(scorecard: Scorecard, name: str) -> Iterator[str]:
    """Every snapshot, those first whose short id stands in a file's name, then the latest."""
    ids = [str(snapshot_id) for snapshot_id in scorecard.store.snapshots()["snapshot_id"]][::-1]
    yield from sorted(ids, key=lambda snapshot_id: snapshot_id[:12] not in name)


def _superseded(scorecard: Scorecard, content: bytes, kind: str, name: str) -> HandedOut | None:
    """The superseded pack whose archive a file is, or the cover sheet in it, of whichever formats it was asked for."""
    if kind not in (ARCHIVE, "pdf"):
        return None
    asked = [formats for count in range(len(FORMATS), 0, -1) for formats in combinations(FORMATS, count)]
    known = scorecard.store.snapshots()
    superseded = set(known.loc[known["state"] == "superseded", "snapshot_id"])
    for snapshot_id in (likely for likely in _likely_first(scorecard, name) if likely in superseded):
        for formats in asked:
            (archive,) = export_pack(scorecard, snapshot_id, formats).files.values()
            what = "archive" if archive == content else "cover sheet" if _begins_with(archive, content) else None
            if what is not None:
                state, whole_id = state_of(scorecard, snapshot_id)
                description = f"The {what} of a superseded pack, snapshot {whole_id}. {ended(state_words(state))}"
                return HandedOut(whole_id, description)
    return None


def _begins_with(archive: bytes, content: bytes) -> bool:
    """Whether the first file of an archive is this one."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return files.read(files.namelist()[0]) == content


def _recognised(scorecard: Scorecard, snapshot_id: str, kind: str, digest: str, draft: bool = False) -> HandedOut:
    snapshot = read_snapshot(scorecard.store.snapshot(snapshot_id))
    state, whole_id = state_of(scorecard, snapshot_id)
    edition = f", edition {state.edition}" if state.edition and not draft else ""
    what = f"{FORMATS[kind].words} of {snapshot.board.name}, {month_words(snapshot.reporting_month)}{edition}"
    known = f"snapshot {whole_id}, as known at {moment_words(snapshot.as_known_at)}"
    if draft:
        now = "" if state.state == "draft" else f" That snapshot is {state.state} by now: ask for its approved file."
        return HandedOut(whole_id, f"A draft: the {what}, drawn from {known}.{now}")
    description = f"The {what}, drawn from {known}. {ended(state_words(state))} SHA-256 {digest}."
    return HandedOut(whole_id, description)
