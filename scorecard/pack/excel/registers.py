"""The sheets Revisions, Definitions and Targets."""

from __future__ import annotations

from dataclasses import replace

from scorecard.core.numbers import UNIT_WORDS
from scorecard.core.periods import month_words
from scorecard.pack.document.methods import COVERS, POLARITY
from scorecard.pack.excel.sheet import (
    BLANKS,
    MEASURE,
    MEASURE_ID,
    MEASURE_WRAPPED,
    SERVICE_AREA,
    SUPPLIED_BY,
    Row,
    Sheet,
    SheetColumn,
)
from scorecard.pack.snapshot.models import Comparison, Snapshot, SnapshotMeasure


def revisions(changes: Comparison | None) -> Sheet:
    """Figures that read otherwise than in the board's last approved snapshot."""
    columns = (
        MEASURE,
        MEASURE_ID,
        SERVICE_AREA,
        SheetColumn("Area code", width=12),
        SheetColumn("Period end", "date", 13),
        SheetColumn("Months covered", "count", 11),
        SheetColumn("Was", width=16),
        SheetColumn("Is", width=16),
    )
    if changes is None:
        words = "This board has no earlier approved snapshot, so nothing can have been revised since."
        return Sheet("Revisions", "Revisions since the last board", (), columns, (), words)
    rows = tuple(
        Row(
            (
                change.measure,
                change.measure_id,
                change.service_area,
                change.area,
                change.period_end,
                change.months,
                change.old_words,
                change.new_words,
            )
        )
        for change in (*changes.revised, *changes.taken_back)
    )
    since = f"Since {month_words(changes.old.reporting_month)}, snapshot {changes.old.id}."
    return Sheet("Revisions", "Revisions since the last board", (since,), columns, rows, "No figure was revised.")


def definitions(snapshot: Snapshot) -> Sheet:
    """What each measure counts."""
    columns = (
        SERVICE_AREA,
        replace(MEASURE_WRAPPED, width=40),
        MEASURE_ID,
        SheetColumn("The plan's wording", "long", 50),
        SheetColumn("Definition (ours)", "long", 50),
        SheetColumn("Which way is good (ours)", width=26),
        SheetColumn("Unit", width=12),
        SheetColumn("A figure covers (ours)", width=30),
        SheetColumn("Frequency", width=12),
        replace(SUPPLIED_BY, width=24),
        SheetColumn("Comparators as printed", "long", 34),
        SheetColumn("Rebases", "long", 34),
        SheetColumn("Note (ours)", "long", 70),
    )
    rows = tuple(
        Row(
            (
                area.name,
                measure.name,
                measure.id,
                measure.plan_wording,
                measure.definition,
                POLARITY[measure.polarity],
                UNIT_WORDS[measure.unit],
                COVERS.get(measure.accumulation, measure.accumulation),
                measure.frequency,
                measure.supplied_by,
                _printed_comparators(measure),
                "; ".join(f"from {month_words(rebase.from_month)}: {rebase.why}" for rebase in measure.rebase) or None,
                measure.notes or None,
            )
        )
        for area in snapshot.service_areas
        for measure in area.measures
    )
    return Sheet("Definitions", "Definitions", (BLANKS,), columns, rows)


def _printed_comparators(measure: SnapshotMeasure) -> str | None:
    printed = [
        f"{known.printed}{f' (not comparable: {known.why})' if known.why else ''}"
        for _, known in measure.comparators_in_order
    ]
    return "; ".join(printed) or measure.comparators_printed


def targets(snapshot: Snapshot) -> Sheet:
    """Every target of every measure, the plan's own first."""
    columns = (
        MEASURE,
        MEASURE_ID,
        SheetColumn("Target", width=24),
        SheetColumn("As printed", "long", 34),
        SheetColumn("In force from", "date", 14),
        SheetColumn("Due by", "date", 13),
        SheetColumn("The date is from", width=16),
        SheetColumn("Basis", width=22),
        SheetColumn("Agreed by", width=26),
        SheetColumn("Why", "long", 50),
    )
    rows = tuple(
        Row(
            (
                measure.name,
                measure.id,
                measure.target_words(target),
                target.printed,
                target.from_month,
                target.by,
                target.by_basis,
                target.basis,
                target.agreed_by,
                target.why,
            )
        )
        for measure in snapshot.measures
        for target in measure.targets
    )
    return Sheet("Targets", "Register of targets", (BLANKS,), columns, rows, "There are no targets.")
