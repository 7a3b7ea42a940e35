"""Data quality: completeness, late or missing and provisional figures, revisions since the last board, extracts."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.catalogue.figures import NO_FIGURE, SYMBOL_WORDS
from scorecard.catalogue.periods import month_words, period_words
from scorecard.pack.blocks import Block, Cell, Column, Heading, Section, Table, Text, figure_cells
from scorecard.pack.models import FigureChange, KeptMeasure, Snapshot, WordChange
from scorecard.pack.words import count_of, moment_words, plan_words


def quality_section(snapshot: Snapshot) -> Section:
    """How far the figures can be relied on."""
    return Section(
        "quality",
        "Data quality and revisions",
        (
            *extracts(snapshot),
            Heading("Completeness", "completeness"),
            Text(summary(snapshot)),
            completeness_table(snapshot),
            *revisions(snapshot),
            *word_changes(snapshot),
        ),
    )


def summary(snapshot: Snapshot) -> str:
    """How many figures came of those due, and how many are late, missing or provisional."""
    measures = snapshot.measures
    due = sum(measure.expected_figures for measure in measures)
    came = sum(measure.figures_received for measure in measures)
    overdue = sum(measure.judgement.overdue for measure in measures)
    provisional = sum(measure.judgement.provisional for measure in measures)
    late = count_of(overdue, "measure is", "measures are")
    early = count_of(provisional, "latest figure is", "latest figures are")
    return (
        f"Over the last 12 months {came:,} of {count_of(due, 'figure')} came. "
        f"In {month_words(snapshot.reporting_month)}, {late} overdue and {early} provisional."
    )


def completeness_table(snapshot: Snapshot) -> Table:
    """A row a measure: its latest figure, how many came of those due, and what to know of it."""
    columns = (
        Column("Measure", 3.2),
        Column("Service area", 2),
        Column("Latest figure for", 1.3),
        Column("Came, of due in 12 months", 1.1, "number"),
        Column("What to know", 1.8),
        Column("Supplied by", 1.8),
    )
    rows = tuple(
        (
            Cell(measure.name, strong=True),
            Cell(area.name),
            Cell(month_words(measure.judgement.received_end) if measure.judgement.received_end else "none yet"),
            Cell(f"{measure.figures_received} of {measure.expected_figures}"),
            Cell(what_to_know(measure)),
            Cell(measure.supplied_by),
        )
        for area in snapshot.service_areas
        for measure in area.measures
    )
    return Table("Completeness of each measure", columns, rows, show_caption=False)


def what_to_know(measure: KeptMeasure) -> str:
    """Late, missing, provisional, or a symbol instead of a value."""
    judgement = measure.judgement
    said = []
    if judgement.received_end is None:
        said.append("no figure yet" if not judgement.overdue else "no figure yet: overdue")
    elif judgement.overdue:
        said.append("overdue")
    if judgement.provisional:
        said.append("provisional")
    missing = [row for row in measure.observations if row.value is None]
    said += [f"{month_words(row.period_end)}: {SYMBOL_WORDS.get(row.symbol or ':', 'missing')}" for row in missing[-2:]]
    return ", ".join(said) or NO_FIGURE


def revisions(snapshot: Snapshot) -> list[Block]:
    """Figures that read otherwise than in the board's last approved snapshot."""
    heading = Heading("Revisions since the last board", "revisions")
    changes = snapshot.changes
    if changes is None:
        return [heading, Text("This board has no earlier approved snapshot, so nothing can have been revised since.")]
    revised = [*changes.revised, *changes.taken_back]
    if not revised:
        return [heading, Text(f"None since {month_words(changes.old.reporting_month)}.")]
    return [heading, changes_table(revised)]


def changes_table(changes: Sequence[FigureChange]) -> Table:
    """Old → new, figure by figure."""
    columns = (
        Column("Measure", 3.2),
        Column("Service area", 2),
        Column("Period", 1.6),
        Column("Was", 1, "number"),
        Column("Is", 1, "number"),
    )
    old, new = figure_cells([c.old_words for c in changes]), figure_cells([c.new_words for c in changes])
    rows = tuple(
        (
            Cell(change.measure, strong=True),
            Cell(change.service_area),
            Cell(period_words(change.period_end, change.months)),
            was,
            now,
        )
        for change, was, now in zip(changes, old, new, strict=True)
    )
    return Table("Revised figures", columns, rows, show_caption=False)


def word_changes(snapshot: Snapshot) -> list[Block]:
    """Statuses, signals, targets and wording that changed since the last board."""
    changes = snapshot.changes
    if changes is None:
        return []
    said: tuple[WordChange, ...] = (
        *changes.status,
        *changes.variation,
        *changes.assurance,
        *changes.targets,
        *changes.wording,
    )
    if not said:
        return []
    columns = (Column("Measure", 3), Column("What", 1.2), Column("Was", 2.4), Column("Is", 2.4), Column("For", 0.8))
    rows = tuple(
        (
            Cell(change.measure, strong=True),
            Cell(change.what),
            Cell(change.old),
            Cell(change.new),
            Cell({"better": "better", "worse": "worse"}.get(change.direction, NO_FIGURE)),
        )
        for change in said
    )
    return [
        Heading("Status, signals, targets and wording since the last board", "changed-words"),
        Table("What is said otherwise than at the last board", columns, rows, show_caption=False),
    ]


def extracts(snapshot: Snapshot) -> list[Block]:
    """The extracts that the figures came from."""
    heading = Heading("Where the figures come from", "extracts")
    if not snapshot.extracts:
        invented = "invented demonstration data and " if snapshot.demonstration else ""
        return [heading, Text(f"All figures are {invented}those that the plan prints: {plan_words(snapshot.plan)}.")]
    columns = (
        Column("Extract", 0.7),
        Column("File", 2.6),
        Column("Source", 1.6),
        Column("Sent by", 1.3),
        Column("Sent", 1.7),
        Column("Rows", 0.7, "number"),
        Column("SHA-256 begins", 1.5),
    )
    rows = tuple(
        (
            Cell(str(extract.extract_id), strong=True),
            Cell(extract.file_name),
            Cell(extract.source or NO_FIGURE),
            Cell(extract.who),
            Cell(moment_words(extract.submitted_at)),
            Cell(f"{extract.rows:,}"),
            Cell(extract.sha256[:16]),
        )
        for extract in snapshot.extracts
    )
    return [heading, Table("Extracts that the figures came from", columns, rows, show_caption=False)]
