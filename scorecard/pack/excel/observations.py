"""The sheet Observations: every figure behind every chart, tidy."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.core.numbers import SYMBOL_WORDS, UNIT_WORDS
from scorecard.core.periods import month_words, period_words
from scorecard.pack.document.charts import signal_words
from scorecard.pack.excel.sheet import (
    FIRST_PAGE_ALONE,
    MEASURE,
    MEASURE_ID,
    ROWS_ON_PAPER,
    SERVICE_AREA,
    Row,
    Sheet,
    SheetColumn,
    yes,
)
from scorecard.pack.snapshot.measure import Observation, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot, SnapshotArea

OBSERVATION_COLUMNS = (
    MEASURE_ID,
    MEASURE,
    SERVICE_AREA,
    SheetColumn("Area code", width=12),
    SheetColumn("Period end", "date", 20),
    SheetColumn("Period", width=24),
    SheetColumn("Months covered", "count", 11),
    SheetColumn("Value", "number", 11),
    SheetColumn("Unit", width=12),
    SheetColumn("Numerator", "count", 11),
    SheetColumn("Denominator", "count", 12),
    SheetColumn("Symbol", width=9),
    SheetColumn("Symbol means", width=16),
    SheetColumn("Provisional", width=12),
    SheetColumn("Target lower", "number", 11),
    SheetColumn("Target upper", "number", 11),
    SheetColumn("Mean", "number", 11),
    SheetColumn("Lower limit", "number", 11),
    SheetColumn("Upper limit", "number", 11),
    SheetColumn("Signal", width=28),
    SheetColumn("Note", width=30),
    SheetColumn("Origin", width=14),
    SheetColumn("Extract", "count", 9),
    SheetColumn("Recorded (UTC)", "moment", 20),
)


def observations(snapshot: Snapshot) -> Sheet:
    """Every figure behind every chart, tidy: one a row, a measure's own together in time order."""
    return Sheet(
        "Observations",
        f"Observations to {month_words(snapshot.reporting_month)}",
        (
            "A blank value has its reason in the column Symbol. Limits stand only where they may be shown.",
            FIRST_PAGE_ALONE,
        ),
        OBSERVATION_COLUMNS,
        tuple(_observations(snapshot)),
        "There are no figures yet.",
        on_paper=ROWS_ON_PAPER,
    )


def _observations(snapshot: Snapshot) -> Iterator[Row]:
    for area in snapshot.service_areas:
        for measure in area.measures:
            for figure in measure.observations:
                yield _observation_row(area, measure, figure)


def _observation_row(area: SnapshotArea, measure: SnapshotMeasure, figure: Observation) -> Row:
    target = None if measure.accumulation == "year_to_date" else measure.target_at(figure.period_end)
    return Row(
        (
            measure.id,
            measure.name,
            area.name,
            figure.area,
            figure.period_end,
            period_words(figure.period_end, figure.months),
            figure.months,
            figure.value,
            UNIT_WORDS[measure.unit],
            figure.numerator,
            figure.denominator,
            figure.symbol,
            SYMBOL_WORDS.get(figure.symbol or ""),
            yes(figure.provisional),
            target.lower if target else None,
            target.upper if target else None,
            figure.mean,
            figure.lower_limit,
            figure.upper_limit,
            signal_words(figure) or None,
            figure.note,
            figure.origin,
            figure.extract_id,
            figure.recorded_from,
        ),
        measure.decimals,
        measure.unit == "percent",
    )
