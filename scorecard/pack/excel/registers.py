"""The sheets Revisions, Definitions and Targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scorecard.core.numbers import UNIT_WORDS
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import upper_first
from scorecard.pack.document.changes import altered_words, reason_words
from scorecard.pack.document.methods import BASIS, COVERS, POLARITY
from scorecard.pack.document.neighbours import NOTE, OVER_THE_YEARS, TITLE
from scorecard.pack.excel.sheet import (
    BLANKS,
    FIRST_PAGE_ALONE,
    MEASURE_ID,
    MEASURE_WRAPPED,
    ROWS_ON_PAPER,
    SERVICE_AREA,
    SUPPLIED_BY,
    Row,
    Sheet,
    SheetColumn,
)
from scorecard.pack.snapshot.changes import Comparison, WordChange
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot


def revisions(changes: Comparison | None) -> Sheet:
    """All that reads otherwise than in the board's last approved snapshot: figures, statuses, rules, wording."""
    columns = (
        MEASURE_WRAPPED,
        SheetColumn("Kind", width=24),
        MEASURE_ID,
        SERVICE_AREA,
        SheetColumn("What", width=26),
        SheetColumn("Was", "long", 34),
        SheetColumn("Is", "long", 34),
        SheetColumn("For the better or the worse", width=16),
        SheetColumn("Why, and what it altered", "long", 60),
    )
    title = "What changed since the last board"
    if changes is None:
        no_revisions = "This board has no earlier approved snapshot, so nothing can have been revised since."
        return Sheet("Revisions", title, (), columns, (), no_revisions)
    since = f"Since {month_words(changes.old.reporting_month)}, snapshot {changes.old.id}."
    return Sheet("Revisions", title, (since,), columns, tuple(map(Row, _changes(changes))), "Nothing changed.")


def neighbours(snapshot: Snapshot) -> Sheet:
    """A row a measure that can be compared with the statistical neighbours: figures, gap, ranks."""
    columns = (
        MEASURE_WRAPPED,
        MEASURE_ID,
        SheetColumn("Published for", width=22),
        SheetColumn("Ours", "number", 12),
        SheetColumn("Neighbours", "number", 12),
        SheetColumn("How made", width=36, printed=False),
        SheetColumn("Gap", "long", 32),
        SheetColumn("How it moved", "long", 32),
        SheetColumn("Rank among neighbours", "count", 10),
        SheetColumn("Of neighbours and us", "count", 10),
        SheetColumn("Rank in England", "count", 10),
        SheetColumn("Of authorities", "count", 10),
        SheetColumn("Among authorities of our size", "long", 40, printed=False),
        SheetColumn("Source", "long", 60, printed=False),
    )
    rows = tuple(
        Row(
            (
                comparison.measure, comparison.measure_id, comparison.period_words, comparison.value,
                comparison.sn_mean, comparison.made_words, comparison.gap_words, comparison.moved_words or None,
                comparison.sn_rank, comparison.sn_ranked, comparison.england_rank, comparison.england_ranked,
                comparison.funnel_words or None, comparison.source_words,
            ),
            comparison.decimals,
            comparison.percent,
        )
        for comparison in snapshot.published or ()
    )  # fmt: skip
    return Sheet("Neighbours", TITLE, (NOTE,), columns, rows)


def neighbours_years(snapshot: Snapshot) -> Sheet:
    """A row a line and period of the charts of published years."""
    columns = (
        MEASURE_WRAPPED,
        SheetColumn("Whose", "long", 60),
        SheetColumn("Period to", "date", 20),
        SheetColumn("Figure", "number", 12),
        MEASURE_ID,
    )
    rows = tuple(
        Row(
            (comparison.measure, line.name, point.end, point.value, comparison.measure_id),
            comparison.decimals,
            comparison.percent,
        )
        for comparison in snapshot.published or ()
        for line in (comparison.years.lines if comparison.years else ())
        for point in line.points
    )
    return Sheet(
        "Neighbours by year",
        OVER_THE_YEARS,
        (FIRST_PAGE_ALONE,),
        columns,
        rows,
        "This pack was taken without them.",
        on_paper=ROWS_ON_PAPER,
    )


def _changes(changes: Comparison) -> Iterator[tuple[str | None, ...]]:
    """Each change: its measure, kind, id, service area, what, old, new, direction, why."""
    where: tuple[str | None, ...]
    for kind, figures in (("Revised figure", changes.revised), ("Figure taken back", changes.taken_back)):
        for figure in figures:
            where = (figure.measure, kind, figure.measure_id, figure.service_area)
            period = period_words(figure.period_end, figure.months)
            yield *where, period, figure.old_words, figure.new_words, None, None
    for changed in changes.rules:
        where = (changed.measure, "Changed rule", changed.measure_id or None, changed.service_area or None)
        for rule in changed.rules:
            why = f"{upper_first(reason_words(rule))}. {upper_first(altered_words(changed))}."
            yield *where, rule.what, rule.old, rule.new, None, why
    for ended in changes.ended:
        where = (ended.measure, "Warning not given now", ended.measure_id, ended.service_area)
        yield *where, "Warning", ended.warning, None, None, ended.reason
    for kind, changes_of_kind in (("Said otherwise", _judged(changes)), ("Wording", changes.wording)):
        for change in changes_of_kind:
            where = (change.measure, kind, change.measure_id or None, change.service_area)
            direction = None if change.direction == "neither" else change.direction.capitalize()
            yield *where, change.what, change.old, change.new, direction, None
    for kind, names in (("Added", changes.added), ("Retired", changes.retired), ("Left out", changes.removed)):
        for name in names:
            yield name, kind, None, None, None, None, None, None, None


def _judged(changes: Comparison) -> tuple[WordChange, ...]:
    return (*changes.status, *changes.variation, *changes.assurance)


def definitions(snapshot: Snapshot) -> Sheet:
    """What each measure counts."""
    columns = (
        replace(MEASURE_WRAPPED, width=40),
        SERVICE_AREA,
        MEASURE_ID,
        SheetColumn("The plan's wording", "long", 50),
        SheetColumn("Definition (ours)", "long", 50),
        SheetColumn("Which way is good (ours)", width=26),
        SheetColumn("Unit", width=12),
        SheetColumn("A figure covers (ours)", width=30),
        SheetColumn("Frequency", width=12),
        replace(SUPPLIED_BY, width=24),
        SheetColumn("Comparators as printed", "long", 60),
        SheetColumn("Note (ours)", "long", 120),
        SheetColumn("Rebases", "long", 34),
    )
    rows = tuple(
        Row(
            (
                measure.name,
                area.name,
                measure.id,
                measure.plan_wording,
                measure.definition,
                POLARITY[measure.polarity],
                UNIT_WORDS[measure.unit],
                COVERS.get(measure.accumulation, measure.accumulation),
                measure.frequency,
                measure.supplied_by,
                _printed_comparators(measure),
                measure.notes or None,
                "; ".join(f"from {month_words(rebase.from_month)}: {rebase.why}" for rebase in measure.rebase) or None,
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
        MEASURE_WRAPPED,
        MEASURE_ID,
        SheetColumn("Target", width=24),
        SheetColumn("As printed", "long", 34),
        SheetColumn("In force from", "date", 20),
        SheetColumn("Due by", "date", 20),
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
                BASIS.get(target.basis or "", target.basis),
                target.agreed_by,
                target.why,
            )
        )
        for measure in snapshot.measures
        for target in measure.targets
    )
    return Sheet("Targets", "Register of targets", (BLANKS,), columns, rows, "There are no targets.")
