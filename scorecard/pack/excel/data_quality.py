"""The sheets Data quality and Owed: each mark of each measure with its words, and every figure that is missing."""

from __future__ import annotations

from scorecard.analysis.data_quality.completeness import HOLDS, MARK_RULES, MARKS, NOTHING_OVERDUE, WINDOW
from scorecard.core.periods import month_words
from scorecard.pack.document.data_quality import meeting_words
from scorecard.pack.excel.sheet import (
    MEASURE_ID,
    MEASURE_WRAPPED,
    SERVICE_AREA,
    SUPPLIED_BY,
    Row,
    Sheet,
    SheetColumn,
    Value,
)
from scorecard.pack.snapshot.measure import DataQuality, QualityMark, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot, SnapshotArea

WIDTHS = dict(zip(MARKS, (62, 50, 72, 40), strict=True))  # of each mark's why, so that it is on one line
NOT_KEPT = "This snapshot was taken before packs kept each measure's data quality."


def data_quality(snapshot: Snapshot) -> Sheet:
    """A row a measure: how many figures came of those due, and the four marks, each with why."""
    columns = (
        MEASURE_WRAPPED,
        SERVICE_AREA,
        MEASURE_ID,
        SUPPLIED_BY,
        SheetColumn("Figures due", "count", 13),
        SheetColumn("Figures that came", "count", 13),
        SheetColumn("In words", "long", 40),
        *(
            column
            for mark, width in WIDTHS.items()
            for column in (
                SheetColumn(mark.capitalize(), width=17),
                SheetColumn(f"{mark.capitalize()}: why", "long", width),
            )
        ),
    )
    rows = tuple(
        _quality_row(area, measure, measure.quality)
        for area in snapshot.service_areas
        for measure in area.measures
        if measure.quality is not None
    )
    title = f"Data quality over the {WINDOW} months to {month_words(snapshot.reporting_month)}"
    rules = tuple(f"{mark.capitalize()}: {rule}." for mark, rule in MARK_RULES.items()) if rows else ()
    return Sheet("Data quality", title, rules, columns, rows, NOT_KEPT)


def _quality_row(area: SnapshotArea, measure: SnapshotMeasure, quality: DataQuality) -> Row:
    counts = (measure.expected_figures, measure.figures_received)
    marks = [cell for mark in quality.marks.values() for cell in _mark_cells(mark)]
    return Row((measure.name, area.name, measure.id, measure.supplied_by, *counts, quality.words, *marks))


def _mark_cells(mark: QualityMark) -> tuple[Value, Value]:
    return HOLDS[mark.holds], mark.words


def overdue_sheet(snapshot: Snapshot) -> Sheet:
    """A row a missing figure, by who supplies it, a measure's latest first."""
    columns = (
        SUPPLIED_BY,
        MEASURE_WRAPPED,
        MEASURE_ID,
        SERVICE_AREA,
        SheetColumn("Missing for", "date", 20),
        SheetColumn("Due on", "date", 20),
        SheetColumn("Owner", width=30),
    )
    measures = [(measure, area.name) for area in snapshot.service_areas for measure in area.measures if measure.owed]
    rows = tuple(
        Row(
            (
                measure.supplied_by,
                measure.name,
                measure.id,
                area,
                figure.period_end,
                figure.due_on,
                measure.owner,
            )
        )
        for measure, area in sorted(measures, key=lambda pair: pair[0].supplied_by)
        for figure in measure.owed
    )
    rule = f"Figures that were due in the last {WINDOW} months and are missing."
    notes = tuple(filter(None, (rule, meeting_words(snapshot.board))))
    has_quality = any(measure.quality for measure in snapshot.measures)
    return Sheet(
        "Owed",
        "Who needs to send what",
        notes if has_quality else (),
        columns,
        rows,
        NOTHING_OVERDUE if has_quality else NOT_KEPT,
    )
