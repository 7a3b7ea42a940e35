"""How we compare with the statistical neighbours, in one table: the gap, the rank, and how the gap moved."""

from __future__ import annotations

from scorecard.core.numbers import NO_FIGURE
from scorecard.pack.document.blocks import Cell, Column, Section, Table, Text, figure_cells
from scorecard.pack.snapshot.models import Snapshot

TITLE = "How we compare with our statistical neighbours"
NOTE = (
    "From published statistics alone, never from our monthly figures: the newest published period that was over by the "
    "reporting month. Counts are compared by their rate. Bars are the gap over the years, up where we are better, or "
    "above where neither way is better. Ranks are from the lowest; equal figures share one."
)


def neighbours_sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """The part of the neighbours; none where nothing published can be compared."""
    if not snapshot.published:
        return ()
    return (Section("neighbours", TITLE, (Text(NOTE, "note"), neighbours_table(snapshot), _sources(snapshot))),)


def neighbours_table(snapshot: Snapshot) -> Table:
    """A row a measure: our published figure, the neighbours' mean, the gap, how it moved, and the ranks."""
    known = snapshot.published or ()
    columns = (
        Column("Measure", 3),
        Column("Published for", 1.5),
        Column("Ours", 0.9, "number", kept=True),
        Column("Neighbours", 0.95, "number"),
        Column("How made", 1.8),
        Column("Gap", 2.3),
        Column("Over the years", 1.5),
        Column("How it moved", 2.6),
        Column("With the neighbours", 1.4),
        Column("In England", 1.4),
    )
    ours = figure_cells([one.value_words for one in known], [""] * len(known))
    theirs = figure_cells([one.mean_words for one in known], [""] * len(known))
    rows = tuple(
        (
            Cell(one.measure, strong=True),
            Cell(one.period_words),
            ours[place],
            theirs[place],
            Cell(one.made_words),
            Cell(one.gap_words),
            Cell("" if one.gap_bars else NO_FIGURE, chart=one.gap_bars),
            Cell(one.moved_words or NO_FIGURE),
            Cell(one.sn_rank_words),
            Cell(one.england_rank_words),
        )
        for place, one in enumerate(known)
    )
    return Table("Our published figures beside the neighbours'", columns, rows, show_caption=False)


def _sources(snapshot: Snapshot) -> Text:
    named = dict.fromkeys(one.source_words for one in snapshot.published or ())
    return Text(f"Sources: {'; '.join(named)}.", "note")
