"""Exceptions: what the board must hear of; and, apart from them, figures that are owed."""

from __future__ import annotations

from scorecard.core.numbers import NO_FIGURE
from scorecard.core.vocabulary import EXCEPTION_RULE
from scorecard.pack.document.blocks import Block, Cell, Column, Figure, Gallery, Heading, Section, Size, Table, Text
from scorecard.pack.document.charts import MIDDLE, has_figure
from scorecard.pack.document.data_quality import care_words, owed_in_short
from scorecard.pack.snapshot.models import AssessmentRow, Snapshot, SnapshotMeasure

IN_A_ROW = 2
CHART = Size(MIDDLE.width, 180)  # so that two rows fit a page, whatever is to be said of the figures


def exceptions_section(snapshot: Snapshot) -> Section:
    """Each exception with its sentence and its chart; then how many figures are owed."""
    found = [measure for measure in snapshot.measures if measure.judgement.exception]
    blocks: list[Block] = [Text(EXCEPTION_RULE, "note")]
    if not found:
        blocks.append(Text("There are none this month."))
    else:
        blocks.append(Gallery(IN_A_ROW, tuple(_exception(snapshot, measure) for measure in found)))
    blocks += _movement_unknown(snapshot)
    blocks += owed_in_short(snapshot)
    return Section("exceptions", "Exceptions", tuple(blocks))


def _exception(snapshot: Snapshot, measure: SnapshotMeasure) -> tuple[Block, ...]:
    sentence = (measure.judgement.exception_words or "").removeprefix(f"{measure.name}: ")
    area = snapshot.area_of(measure.id)
    blocks: list[Block] = [
        Heading(measure.name, f"exception-{measure.id}", 2),
        Text(f"{area.name}. {'; '.join(area.responsible)}", "note"),
        Text(sentence[:1].upper() + sentence[1:]),
        *ahead(measure.judgement),
    ]
    if care := care_words(measure):
        blocks.append(Text(care))
    if snapshot.with_charts and has_figure(measure):
        blocks.append(Figure(measure.chart, CHART, table_at=f"measure-{measure.id}"))
    return tuple(blocks)


def ahead(judged: AssessmentRow) -> tuple[Text, ...]:
    """What is projected, the chance of meeting the target, and what to do, as far as they are known."""
    chance = f"{judged.outlook_words.removesuffix('.')}." if judged.outlook_words else None
    words = " ".join(filter(None, (judged.projection_words, chance)))
    told = [words, f"What to do: {judged.action}" if judged.action else ""]
    return tuple(Text(part, "note") for part in told if part)


def _movement_unknown(snapshot: Snapshot) -> list[Block]:
    found = [measure for measure in snapshot.measures if measure.judgement.movement_unknown]
    if not found:
        return []
    rows = tuple(
        (
            Cell(measure.name, strong=True),
            Cell(snapshot.area_of(measure.id).name),
            Cell(measure.judgement.value_words or NO_FIGURE),
            Cell(measure.judgement.distance_words or NO_FIGURE),
        )
        for measure in found
    )
    columns = (Column("Measure", 3), Column("Service area", 2), Column("Latest", 1), Column("Distance", 2))
    return [
        Heading("Missed, with nothing to compare", "movement-unknown"),
        Text("These miss their target; whether they are getting nearer can't be told from one figure.", "note"),
        Table("Missed, with no earlier figure to compare", columns, rows, show_caption=False),
    ]
