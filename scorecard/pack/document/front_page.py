"""The front page: what this is, for whom, of which month, as known when, and whether it is approved."""

from __future__ import annotations

from scorecard.core.periods import month_words
from scorecard.pack.document.blocks import Fact
from scorecard.pack.document.changes import difference_words
from scorecard.pack.document.words import listed, moment_words, scope_words, short_id, state_words
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.models import PackState, Snapshot

DEMONSTRATION = "Demonstration data: the history in this pack is invented. Do not use it to judge the service."


def facts(snapshot: Snapshot, state: PackState, snapshot_id: str) -> tuple[Fact, ...]:
    """The front page's facts, in the order they are read."""
    known = [
        Fact("Reporting month", month_words(snapshot.reporting_month)),
        *([] if state.state == "working_copy" else [Fact("Board", snapshot.board.title)]),
        Fact("State", state_words(state)),
        Fact("As known at", moment_words(snapshot.as_known_at)),
        Fact("Service areas", _areas(snapshot, state)),
        *([] if state.state == "working_copy" else [Fact("Compared with", _compared(snapshot))]),
        *([Fact("Corrects", corrects_words(snapshot.corrects))] if snapshot.corrects else []),
        Fact("Snapshot (SHA-256)", snapshot_id),
        Fact("Catalogue (SHA-256)", snapshot.catalogue_sha256),
        Fact("Figures sent by", listed(snapshot.loaded_by) or "no extract: the plan's own figures alone"),
        Fact("Made by", f"scorecard {snapshot.software_version}, pack version {snapshot.pack_version}"),
    ]
    return tuple(known)


def warnings(snapshot: Snapshot, state: PackState) -> tuple[str, ...]:
    """What must be read before anything else."""
    said = []
    if snapshot.demonstration:
        said.append(DEMONSTRATION)
    if state.state == "approved" and state.who is not None and state.who in snapshot.loaded_by:
        said.append("The person who approved this pack also sent figures that it rests on.")
    if state.state == "superseded":
        said.append("This pack has been superseded: ask for the one that corrects it.")
    return tuple(said)


def watermark(state: PackState) -> str:
    """What stands across every page of a pack that is not approved."""
    return {"draft": "DRAFT", "superseded": "SUPERSEDED", "working_copy": "WORKING COPY"}.get(state.state, "")


def subject(snapshot: Snapshot, state: PackState) -> str:
    """Whom and what a pack is for: the board, and of how many of its areas; a working copy is for no board."""
    if state.state == "working_copy":
        return listed([area.name for area in snapshot.service_areas])
    if snapshot.areas_asked is None:
        return snapshot.board.title
    return f"{snapshot.board.title}: {scope_words(snapshot)}"


def corrects_words(changes: Comparison) -> str:
    """Which approved pack a correction is of, and how much differs."""
    known = moment_words(changes.old.as_known_at)
    return f"Snapshot {short_id(changes.old.id)}, as known at {known}: {difference_words(changes)}"


def _areas(snapshot: Snapshot, state: PackState) -> str:
    names = [area.name for area in snapshot.service_areas]
    if snapshot.areas_asked is None and snapshot.board.service_areas is None:
        return f"All {len(names)} of the plan"
    if state.state == "working_copy":
        return listed(names)
    return f"{scope_words(snapshot)}: {listed(names)}"


def _compared(snapshot: Snapshot) -> str:
    if snapshot.changes is None:
        return "No earlier approved snapshot of this board"
    old = snapshot.changes.old
    month, known = month_words(old.reporting_month), moment_words(old.as_known_at)
    return f"{old.board}, {month}: snapshot {short_id(old.id)}, as known at {known}"
