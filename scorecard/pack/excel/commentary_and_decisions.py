"""The sheets Commentary and Asked; neither is in a workbook where nobody said anything."""

from __future__ import annotations

from scorecard.pack.document.commentary_and_decisions import KINDS, NOTE, TITLE
from scorecard.pack.excel.sheet import MEASURE_ID, MEASURE_WRAPPED, SERVICE_AREA, Row, Sheet, SheetColumn, yes
from scorecard.pack.snapshot.models import Snapshot

COMMENTARY_NOTE = "What the service says of a measure, as it was approved."


def commentary_and_decision_sheets(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """The sheets of commentary and of what the board asked; one without a row is left out."""
    return tuple(sheet for sheet in (commentary(snapshot), decisions(snapshot)) if sheet.rows)


def read_me_rows(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What 'Read me' says of those that are there."""
    notes_of_sheets = {"Commentary": COMMENTARY_NOTE, "Asked": NOTE}
    return [(f"Sheet {sheet.name}", notes_of_sheets[sheet.name]) for sheet in commentary_and_decision_sheets(snapshot)]


def commentary(snapshot: Snapshot) -> Sheet:
    """A row a measure that has commentary."""
    columns = (
        MEASURE_WRAPPED,
        SERVICE_AREA,
        MEASURE_ID,
        SheetColumn("Exception", width=12),
        SheetColumn("What happened", "long", 60),
        SheetColumn("Why", "long", 60),
        SheetColumn("What is being done", "long", 60),
        SheetColumn("By whom", "long", 26),
        SheetColumn("By when", "date", 20),
        SheetColumn("Approved by", "long", 26),
        SheetColumn("Approved on", "date", 20),
    )
    rows = tuple(
        Row(
            (
                measure.name, area.name, measure.id, yes(measure.judgement.exception),
                *("\n".join(lines) for _, lines in approved.parts),
                approved.by_whom, approved.by_when, approved.approved_by, approved.approved_on,
            )
        )
        for area in snapshot.service_areas
        for measure in area.measures
        if (approved := measure.commentary) is not None
    )  # fmt: skip
    return Sheet("Commentary", "Commentary", (COMMENTARY_NOTE,), columns, rows)


def decisions(snapshot: Snapshot) -> Sheet:
    """A row a question or decision of the board."""
    columns = (
        SheetColumn("Number", "count", 10),
        SheetColumn("Kind", width=12),
        SheetColumn("Board's month", "date", 20),
        SheetColumn("About", "long", 44),
        MEASURE_ID,
        SheetColumn("What the board asked or decided", "long", 60),
        SheetColumn("Who answers", "long", 26),
        SheetColumn("By", "date", 20),
        SheetColumn("Open", width=8),
        SheetColumn("Answers", "long", 60),
    )
    rows = tuple(
        Row(
            (
                asked.number, KINDS[asked.kind], asked.month, asked.about, asked.measure_id, asked.text, asked.owner,
                asked.due, yes(asked.open), "\n".join(asked.answers) or None,
            )
        )
        for asked in snapshot.asked or ()
    )  # fmt: skip
    return Sheet("Asked", TITLE, (NOTE,), columns, rows)
