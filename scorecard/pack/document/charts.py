"""Charts of the pack as blocks: the chart's model, the finding above it, the table beside it. Renderers draw them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.charts.model.axes import shared_range
from scorecard.charts.model.models import TrendChart, XRange
from scorecard.charts.svg.sparkline import sparkline_of
from scorecard.core.numbers import NO_FIGURE, figure_words
from scorecard.core.periods import add_months, period_words
from scorecard.core.vocabulary import ORIGIN_WORDS
from scorecard.narrative.signal import point_words
from scorecard.pack.document.blocks import Block, Cell, Column, Figure, Heading, Size, Table, Text, figure_cells
from scorecard.pack.snapshot.measure import Observation, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

SMALL = Size(400, 160)
NARROW = Size(310, 150)
BROAD = Size(490, 140)
WINDOW = 36  # months that a chart of the pack shows; its table and the workbook have all of them


def chart_blocks(
    measure: SnapshotMeasure, chart: TrendChart, size: Size, x_range: XRange | None = None
) -> tuple[Block, ...]:
    """A measure's chart with its name and finding above it."""
    heading = Heading(measure.name, f"measure-{measure.id}", 3)
    return (heading, Text(measure.trend.title, "note"), figure_of(measure, chart, size, x_range))


def figure_of(measure: SnapshotMeasure, chart: TrendChart, size: Size, x_range: XRange | None = None) -> Figure:
    """A measure's chart, with the table of its figures, which is made where a format shows it."""
    return Figure(chart, size, x_range, table=cache(lambda: figures_table(measure)))


def months_drawn(snapshot: Snapshot, measures: Sequence[SnapshotMeasure]) -> XRange | None:
    """The months that charts of some measures share: the last 36 up to the reporting month, and to their targets."""
    whole = shared_range((measure.trend.first, measure.trend.last) for measure in measures)
    return None if whole is None else (max(whole[0], add_months(snapshot.reporting_month, 1 - WINDOW)), whole[1])


def has_figure(measure: SnapshotMeasure) -> bool:
    """Whether a measure has anything to draw: symbols alone have no axis to stand on."""
    return any(row.value is not None for row in measure.observations)


def sparkline_cell(chart: TrendChart, month: date) -> Cell:
    """A measure's months up to the reporting month in the space of a word."""
    return Cell("", chart=sparkline_of(chart, last=month))


def figures_table(measure: SnapshotMeasure) -> Table:
    """All the figures behind a measure's chart."""
    rows = measure.observations
    limits = any(row.mean is not None for row in rows)
    columns = [Column("Period", 2), Column("Figure", 1, "number")]
    cells = [
        [Cell(period_words(row.period_end, row.months), strong=True) for row in rows],
        figure_cells([measure.words_of(row) for row in rows]),
    ]
    if limits:
        for label, name in (("Mean", "mean"), ("Lower limit", "lower_limit"), ("Upper limit", "upper_limit")):
            columns.append(Column(label, 1, "number"))
            cells.append(figure_cells([limit_words(measure, getattr(row, name)) for row in rows]))
        columns.append(Column("Signal", 2))
        cells.append([Cell(signal_words(row) or NO_FIGURE) for row in rows])
    columns.append(Column("What to know", 2))
    cells.append([Cell(figure_note(row)) for row in rows])
    return Table(f"{measure.name}: the figures behind the chart", tuple(columns), tuple(zip(*cells, strict=True)))


def limit_words(measure: SnapshotMeasure, value: float | None) -> str:
    """A mean or limit, with one digit more than the figures have."""
    return figure_words(value, measure.unit, measure.decimals + 1)


def signal_words(row: Observation) -> str:
    """What a figure's signal is: 'above the upper limit'; empty where it has none."""
    return point_words(row.special_cause) if row.special_cause not in (None, COMMON_CAUSE) else ""


def figure_note(row: Observation) -> str:
    """Where a figure comes from, and what its symbol and note say."""
    parts = [ORIGIN_WORDS[row.origin]]
    if row.extract_id is not None:
        parts[0] += f" {row.extract_id}"
    if row.numerator is not None and row.denominator is not None:
        parts.append(f"{row.numerator:,g} of {row.denominator:,g}")
    if row.provisional:
        parts.append("provisional")
    if row.value is not None and row.symbol and row.symbol != "p":
        parts.append(f"[{row.symbol}]")
    if row.note:
        parts.append(row.note)
    return ", ".join(parts)
