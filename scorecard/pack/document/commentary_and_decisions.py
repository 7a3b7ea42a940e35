"""What people said: the commentary on a measure, and what the board asked. Nothing stands here where nobody did."""

from __future__ import annotations

from scorecard.core.numbers import NO_FIGURE
from scorecard.core.periods import day_words, month_words
from scorecard.core.vocabulary import lower_first
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Section, Table, Text, table_of
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot, SnapshotArea

TITLE = "What the board asked"
NOTE = "Questions and decisions that are open, and those answered since the board's last pack."
KINDS = {"question": "Question", "decision": "Decision"}


def commentary_blocks(measure: SnapshotMeasure) -> tuple[Block, ...]:
    """The commentary on a measure: who approved it, and its parts, a line each; none where there is none."""
    commentary = measure.commentary
    if commentary is None:
        return ()
    lines = commentary_lines(commentary)
    leads = tuple(f"{label}:" if label else "" for label, _ in lines)
    return (Text(approved_words(commentary), "label"), Bullets(tuple(text for _, text in lines), leads, small=True))


def commentary_lines(commentary: Commentary) -> tuple[tuple[str, str], ...]:
    """Each line of a commentary with its part's label, which only the first line of a part has; then who and when."""
    lines = [
        (label if index == 0 else "", text)
        for label, part in commentary.parts
        for index, text in enumerate(line.removeprefix("• ") for line in part)
    ]
    return (*lines, ("By whom and when", f"{commentary.by_whom}, by {day_words(commentary.by_when)}"))


def approved_words(commentary: Commentary) -> str:
    """'Commentary, approved by Executive Director on 10 September 2020'."""
    return f"Commentary, {lower_first(commentary.approved_words)}"


def commentary_in_short(area: SnapshotArea) -> tuple[Block, ...]:
    """The commentary on an area's measures that are no exceptions, an item each; exceptions have theirs in place."""
    measures = [
        measure for measure in area.measures if measure.commentary is not None and not measure.judgement.exception
    ]
    if not measures:
        return ()
    items = tuple(_in_one_line(measure.commentary) for measure in measures if measure.commentary is not None)
    return (Text("Commentary", "label"), Bullets(items, tuple(f"{measure.name}:" for measure in measures), small=True))


def _in_one_line(commentary: Commentary) -> str:
    lines = " ".join(f"{label}: {text}" if label else text for label, text in commentary_lines(commentary))
    return f"{lines}. {approved_words(commentary)}."


def decision_sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """The part of what the board asked; none where nothing is open."""
    if not snapshot.asked:
        return ()
    return (Section("asked", TITLE, (Text(NOTE, "note"), decisions_table(snapshot))),)


def decisions_table(snapshot: Snapshot) -> Table:
    """A row a question or decision: what, on what, who answers by when, and what was answered."""
    return table_of(
        TITLE,
        snapshot.asked or (),
        (
            Column("What the board asked or decided", 4),
            lambda asked: Cell(asked.text, note=decision_words(asked), strong=True),
        ),
        (Column("About", 2.4), lambda asked: asked.about),
        (Column("Who answers", 1.6), lambda asked: asked.owner),
        (Column("By", 1.2), lambda asked: day_words(asked.due)),
        (Column("Answer", 3.4, kept=True), lambda asked: Cell("" if asked.answers else NO_FIGURE, items=asked.answers)),
    )


def decision_words(asked: SnapshotDecision) -> str:
    """'Question 3, July 2020, open'."""
    return f"{KINDS[asked.kind]} {asked.number}, {month_words(asked.month)}, {'open' if asked.open else 'closed'}"
