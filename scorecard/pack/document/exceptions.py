"""Exceptions: what the board must hear of, the weightiest first, each with its chart and with what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.core.vocabulary import EXCEPTION_RULE, upper_first
from scorecard.pack.document.attention import exceptions_by_weight, exceptions_drawn, is_new
from scorecard.pack.document.blocks import Block, Bullets, Columns, Gallery, Heading, Section, Text
from scorecard.pack.document.charts import BROAD, figure_of, has_figure, months_drawn
from scorecard.pack.document.commentary_and_decisions import commentary_blocks
from scorecard.pack.document.data_quality import care_words
from scorecard.pack.document.where_we_stand import NEW
from scorecard.pack.snapshot.assessment_row import AssessmentRow
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

SHARE = 0.6  # of the width, for the words: four exceptions have room on a page


def exceptions_sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """Each exception with its sentence, its chart and what to ask; of a short pack the weightiest. Nothing where there
    is none: that stands where the exceptions are listed.
    """
    exceptions = exceptions_by_weight(snapshot)
    if not exceptions:
        return ()
    drawn = exceptions_drawn(snapshot)
    blocks: list[Block] = [Text(EXCEPTION_RULE, "note")]
    if len(drawn) < len(exceptions):
        blocks.append(
            Text(f"The {len(drawn)} weightiest of {len(exceptions)}; the others are on the second page.", "note")
        )
    blocks += _drawn(snapshot, drawn)
    return (Section("exceptions", "Exceptions", tuple(blocks), starts="running on"),)


def _drawn(snapshot: Snapshot, measures: Sequence[SnapshotMeasure]) -> Iterator[Block]:
    """The exceptions one below another; commentary stands below its own, and may run on over a page's end."""
    together: list[tuple[Block, ...]] = []
    for measure in measures:
        together.append(_exception(snapshot, measure))
        if measure.commentary is not None:
            yield Gallery(1, tuple(together))
            yield from commentary_blocks(measure)
            together = []
    if together:
        yield Gallery(1, tuple(together))


def _exception(snapshot: Snapshot, measure: SnapshotMeasure) -> tuple[Block, ...]:
    """An exception: its words at the left, its chart at the right."""
    area = snapshot.area_of(measure.id)
    new = f"{upper_first(NEW)}. " if is_new(snapshot, measure) else ""
    heading = Heading(measure.name, f"exception-{measure.id}", 2)
    text_blocks: tuple[Block, ...] = (
        Text(f"{new}{area.name}. {'; '.join(area.responsible)}", "note"),
        Text(sentence_of(measure)),
        *(Text(line, "note") for line in projected_sentence(measure.judgement)),
        Bullets(
            tuple(text for _, text in advice(measure)),
            tuple(f"{label}:" for label, _ in advice(measure)),
            small=True,
        ),
    )
    if not snapshot.with_charts or not has_figure(measure):
        return (heading, *text_blocks)
    months = months_drawn(snapshot, (measure,))
    return (heading, Columns(text_blocks, (figure_of(measure, measure.chart, BROAD, months),), SHARE))


def sentence_of(measure: SnapshotMeasure) -> str:
    """Why the board must hear of a measure, without its name; and what speaks against its data."""
    exception_text = (measure.judgement.exception_words or "").removeprefix(f"{measure.name}: ")
    return " ".join(filter(None, (upper_first(exception_text), care_words(measure))))


def projected_sentence(judged: AssessmentRow) -> tuple[str, ...]:
    """What it was a year ago, what is projected, and the chance of meeting the target, as far as they are known."""
    before = f"{judged.last_year_words}." if judged.last_year_words else None
    chance = f"{judged.outlook_words.removesuffix('.')}." if judged.outlook_words else None
    sentence = " ".join(filter(None, (before, judged.projection_words, chance)))
    return (sentence,) if sentence else ()


def advice(measure: SnapshotMeasure) -> tuple[tuple[str, str], ...]:
    """What to do about a measure, and what to ask: each with its label, where known."""
    row = measure.judgement
    known = (("What to do", row.action), ("To ask", row.question))
    return tuple((label, text) for label, text in known if text)
