"""What changed since the last board, and where each service area stands."""

from __future__ import annotations

from scorecard.core.numbers import number_words
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Columns, Heading, Section, Table, Text
from scorecard.pack.document.changes import changed, changes_since, corrections
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.models import Snapshot


def since_section(snapshot: Snapshot) -> Section:
    """The third page: changes beside a table of the service areas; below them each change in full."""
    left = (Heading("Where each service area stands", "board-areas"), areas_table(snapshot), *_older(snapshot.totals))
    right = (*changed(snapshot), *disagreements(snapshot))
    blocks = (Columns(left, right, 0.5), *corrections(snapshot), *changes_since(snapshot))
    return Section("since", "What changed, and where each service area stands", blocks)


def areas_table(snapshot: Snapshot) -> Table:
    """What is met, close and missed by the latest figures, area by area."""
    columns = (
        Column("Service area", 3.4),
        Column("Met", 0.8, "number"),
        Column("Close", 0.8, "number"),
        Column("Missed", 0.95, "number"),
        Column("Not judged", 1, "number"),
        Column("Exceptions", 1.3, "number"),
        Column("Figures owed", 1, "number"),
    )
    in_full = snapshot.length == "whole"
    rows = [
        _counts_row(area.name, area.counts, f"area-{area.id}" if in_full else "") for area in snapshot.service_areas
    ]
    total = _counts_row("All", snapshot.totals)
    return Table("What is met, close and missed", columns, (*rows, total), total=True, show_caption=False)


def _older(counts: Counts) -> tuple[Block, ...]:
    """How many of the table's judgements rest on figures of earlier months."""
    by_older = counts.judged_by_older
    if not by_older:
        return ()
    judged = counts.judged + by_older
    return (
        Text(f"By the latest figure of each measure: for {by_older} of {judged} that of an earlier month.", "note"),
    )


def _counts_row(name: str, counts: Counts, link: str = "") -> tuple[Cell, ...]:
    numbers = (counts.met, counts.close, counts.missed, counts.not_judged, counts.exceptions, counts.owed)
    return (Cell(name, strong=True, link=link), *(Cell(number_words(number)) for number in numbers))


def disagreements(snapshot: Snapshot) -> tuple[Block, ...]:
    """Where the status and the signal say different things."""
    heading = Heading("Where status and signal disagree", "board-disagreements")
    found = tuple(f"{m.name}: {m.judgement.disagreement}" for m in snapshot.measures if m.judgement.disagreement)
    if not found:
        none = "Nowhere." if snapshot.signals.with_limits else "Nothing can be said yet: no limits may be shown."
        return (heading, Text(none))
    return (heading, Bullets(found))
