"""How we compare with the statistical neighbours: a table of gaps and ranks, then a chart a measure over the years.

A funnel is drawn where we lie beyond its outer limits; elsewhere a few words in the table say where we lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from scorecard.charts.model.comparison import FunnelChart, YearChart
from scorecard.core.numbers import NO_FIGURE
from scorecard.core.periods import day_words
from scorecard.pack.document.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Gallery,
    Heading,
    Section,
    Size,
    Table,
    Text,
    figure_cells,
    table_of,
)
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.published import PublishedComparison

TITLE = "How we compare with our statistical neighbours"
NOTE = (
    "From published statistics alone, never from our monthly figures: the newest published period that was over by the "
    "reporting month. Counts are compared by their rate. Bars are the gap over the years, up where we are better, or "
    "above where neither way is better. Ranks are from the lowest; equal figures share one."
)
OVER_THE_YEARS = "Our published figures over the years"
FUNNELS = "Beyond what authorities of our size differ by"
YEARS, FUNNEL = Size(350, 280), Size(560, 340)
IN_A_ROW = 4


def neighbours_sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """The part of the neighbours; none where nothing published can be compared. A short pack has the table alone."""
    if not snapshot.published:
        return ()
    drawn = tuple(_charts(snapshot)) if snapshot.with_charts and snapshot.length == "whole" else ()
    return (Section("neighbours", TITLE, (Text(NOTE, "note"), neighbours_table(snapshot), _sources(snapshot), *drawn)),)


def neighbours_table(snapshot: Snapshot) -> Table:
    """A row a measure: our published figure, the neighbours' mean, the gap, how it moved, and the ranks."""
    return table_of(
        "Our published figures beside the neighbours'",
        snapshot.published or (),
        (Column("Measure", 3), lambda comparison: comparison.measure),
        (Column("Published for", 1.5), lambda comparison: comparison.period_words),
        (Column("Ours", 0.9, "number", kept=True), lambda comparison: comparison.value_words),
        (Column("Neighbours", 0.95, "number"), lambda comparison: comparison.mean_words),
        (Column("How made", 1.8), lambda comparison: comparison.made_words),
        (Column("Gap", 2.3), lambda comparison: comparison.gap_words),
        (
            Column("Over the years", 1.5),
            lambda comparison: Cell("" if comparison.gap_bars else NO_FIGURE, chart=comparison.gap_bars),
        ),
        (Column("How it moved", 2.6), lambda comparison: comparison.moved_words or NO_FIGURE),
        (Column("With the neighbours", 1.4), lambda comparison: comparison.sn_rank_words),
        (
            Column("In England", 1.8),
            lambda comparison: Cell(comparison.england_rank_words, note=comparison.funnel_words),
        ),
    )


def _charts(snapshot: Snapshot) -> Iterator[Block]:
    """The years of each measure, and the funnels that we lie outside of."""
    published = snapshot.published or ()
    years = tuple((_years(comparison, comparison.years),) for comparison in published if comparison.years is not None)
    if years:
        yield Heading(OVER_THE_YEARS, "neighbours-years")
        yield Gallery(IN_A_ROW, years)
    funnels = tuple(
        (_funnel(comparison, comparison.funnel),) for comparison in published if comparison.funnel is not None
    )
    if funnels:
        yield Heading(FUNNELS, "neighbours-funnels")
        yield Gallery(2, funnels)


def _years(comparison: PublishedComparison, chart: YearChart) -> Figure:
    return Figure(chart, YEARS, table=cache(lambda: _years_table(comparison, chart)))


def _years_table(comparison: PublishedComparison, chart: YearChart) -> Table:
    """A row a period, a column a line."""
    ends = sorted({point.end for line in chart.lines for point in line.points})
    lines_by_period = [{point.end: point.words for point in line.points} for line in chart.lines]
    columns = (Column("Period to", 1.5), *(Column(line.name, 1, "number") for line in chart.lines))
    cells = [figure_cells([value_by_period.get(end, NO_FIGURE) for end in ends]) for value_by_period in lines_by_period]
    names = [Cell(day_words(end), strong=True) for end in ends]
    return Table(f"{comparison.measure}: the published figures", columns, tuple(zip(names, *cells, strict=True)))


def _funnel(comparison: PublishedComparison, chart: FunnelChart) -> Figure:
    return Figure(chart, FUNNEL, table=cache(lambda: _funnel_table(comparison, chart)))


def _funnel_table(comparison: PublishedComparison, chart: FunnelChart) -> Table:
    """A row an authority, the highest first."""
    points = sorted(chart.points, key=lambda point: (-point.value, point.name))
    return table_of(
        f"{comparison.measure}: every authority by size",
        points,
        (Column("Authority", 2), lambda point: point.name),
        (Column("Figure", 1, "number", kept=True), lambda point: f"{point.value:,.{comparison.decimals}f}"),
        (Column(chart.size_title or "Size", 1, "number"), lambda point: f"{point.denominator:,.0f}"),
        (Column("In the funnel", 1.5), lambda point: "beyond the outer limits" if point.outside else "within"),
    )


def _sources(snapshot: Snapshot) -> Text:
    named = dict.fromkeys(comparison.source_words for comparison in snapshot.published or ())
    return Text(f"Sources: {'; '.join(named)}.", "note")
