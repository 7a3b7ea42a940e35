"""How we compare with the statistical neighbours, in one table: the gap, the rank, and how the gap moved."""

from __future__ import annotations

from scorecard.core.numbers import NO_FIGURE
from scorecard.pack.document.blocks import Cell, Column, Section, Table, Text, table_of
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
    return table_of(
        "Our published figures beside the neighbours'",
        snapshot.published or (),
        (Column("Measure", 3), lambda one: one.measure),
        (Column("Published for", 1.5), lambda one: one.period_words),
        (Column("Ours", 0.9, "number", kept=True), lambda one: one.value_words),
        (Column("Neighbours", 0.95, "number"), lambda one: one.mean_words),
        (Column("How made", 1.8), lambda one: one.made_words),
        (Column("Gap", 2.3), lambda one: one.gap_words),
        (Column("Over the years", 1.5), lambda one: Cell("" if one.gap_bars else NO_FIGURE, chart=one.gap_bars)),
        (Column("How it moved", 2.6), lambda one: one.moved_words or NO_FIGURE),
        (Column("With the neighbours", 1.4), lambda one: one.sn_rank_words),
        (Column("In England", 1.4), lambda one: one.england_rank_words),
    )


def _sources(snapshot: Snapshot) -> Text:
    named = dict.fromkeys(one.source_words for one in snapshot.published or ())
    return Text(f"Sources: {'; '.join(named)}.", "note")
