"""Commentary, and the board's questions and decisions, as each reader sees them: lines, labels and the table."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.pack.document.blocks import Bullets, Text
from scorecard.pack.document.commentary_and_decisions import (
    commentary_blocks,
    commentary_in_short,
    decision_sections,
    decisions_table,
)
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from tests.pack import invented

COMMENTARY = Commentary(
    what_happened=("Sickness rose.", "• two teams"), why=("Two absences.",), being_done=("Talks.",),
    by_whom="Service Manager", by_when=date(2020, 10, 1), approved_by="Executive Director",
    approved_on=date(2020, 9, 10),
)  # fmt: skip
QUESTION = SnapshotDecision(
    number=7, kind="question", month=date(2020, 6, 30), service_area_id="x", about="The whole area",
    text="Why so many?", owner="Head of Service", due=date(2020, 9, 20), open=True, answers=(),
)  # fmt: skip
DECISION = QUESTION.model_copy(update={"number": 8, "kind": "decision", "open": False, "answers": ("Done.", "Twice.")})
APPROVED = "Commentary, approved by Executive Director on 10 September 2020"


def test_commentary_stands_under_who_approved_it_each_part_with_its_label_once() -> None:
    measure = invented.small_snapshot().measures[0].model_copy(update={"commentary": COMMENTARY})
    heading, lines = commentary_blocks(measure)
    assert isinstance(heading, Text)
    assert isinstance(lines, Bullets)
    assert heading.text == APPROVED
    assert list(zip(lines.leads, lines.items, strict=True)) == [
        ("What happened:", "Sickness rose."),
        ("", "two teams"),
        ("Why:", "Two absences."),
        ("What is being done:", "Talks."),
        ("By whom and when:", "Service Manager, by 1 October 2020"),
    ]
    assert commentary_blocks(measure.model_copy(update={"commentary": None})) == ()


@pytest.mark.parametrize("exception", [True, False])
def test_an_area_has_the_commentary_of_its_other_measures_in_a_line_each(exception: bool) -> None:
    area = invented.small_snapshot().service_areas[0]
    first = area.measures[0]
    judged = first.judgement.model_copy(update={"exception": exception})
    commented = first.model_copy(update={"commentary": COMMENTARY, "judgement": judged})
    blocks = commentary_in_short(area.model_copy(update={"measures": (commented, *area.measures[1:])}))
    if exception:
        assert blocks == ()
        return
    heading, line = blocks
    assert isinstance(heading, Text)
    assert isinstance(line, Bullets)
    assert (heading.text, line.leads) == ("Commentary", (f"{first.name}:",))
    assert line.items == (
        "What happened: Sickness rose. two teams Why: Two absences. What is being done: Talks. "
        f"By whom and when: Service Manager, by 1 October 2020. {APPROVED}.",
    )


def test_what_the_board_asked_is_a_table_whose_answers_stay_in_sight_on_a_narrow_screen() -> None:
    snapshot = invented.small_snapshot().model_copy(update={"asked": (QUESTION, DECISION)})
    table = decisions_table(snapshot)
    assert [(column.label, column.width, column.kept) for column in table.columns] == [
        ("What the board asked or decided", 4, False),
        ("About", 2.4, False),
        ("Who answers", 1.6, False),
        ("By", 1.2, False),
        ("Answer", 3.4, True),
    ]
    assert [[(cell.text, cell.note, cell.items) for cell in row] for row in table.rows] == [
        [
            ("Why so many?", "Question 7, June 2020, open", ()),
            ("The whole area", "", ()),
            ("Head of Service", "", ()),
            ("20 September 2020", "", ()),
            ("–", "", ()),
        ],
        [
            ("Why so many?", "Decision 8, June 2020, closed", ()),
            ("The whole area", "", ()),
            ("Head of Service", "", ()),
            ("20 September 2020", "", ()),
            ("", "", ("Done.", "Twice.")),
        ],
    ]
    assert [section.title for section in decision_sections(snapshot)] == ["What the board asked"]
    assert decision_sections(snapshot.model_copy(update={"asked": ()})) == ()
