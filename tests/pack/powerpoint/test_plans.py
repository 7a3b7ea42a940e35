"""Which slides a pack has, what each says and what its notes say, before any is laid out: of three measures known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.pack.document.blocks import Bullets, Cell, Column, Columns, Heading, Icon, Table, Text
from scorecard.pack.powerpoint.from_blocks import deck_cell, parts_of, status_shape, table_part
from scorecard.pack.powerpoint.parts import DeckCell, Para, Plan, Run, TablePart, TextPart, labelled, para
from scorecard.pack.powerpoint.slides import ABOUT, SHOWN, _columns_told, plans, source_notes
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotExtract
from tests.pack import invented
from tests.pack.differences import OLD

SAID = Commentary(
    what_happened=("Fewer visits.",), why=("Sickness.",), being_done=("Talks.",), by_whom="Service Manager",
    by_when=date(2020, 10, 1), approved_by="Executive Director", approved_on=date(2020, 9, 10),
)  # fmt: skip
ASKED = SnapshotDecision(
    number=7, kind="question", month=date(2020, 6, 30), service_area_id="visits", about="Visits", text="Why so few?",
    owner="Head of Service", due=date(2020, 9, 20), open=True, answers=(),
)  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Snapshot:
    return invented.three_measures()


def titles(snapshot: Snapshot) -> list[str]:
    return [plan.title for plan in plans(snapshot, "0" * 64, PackState())]


def plan_titled(snapshot: Snapshot, title: str) -> Plan:
    (plan,) = [plan for plan in plans(snapshot, "0" * 64, PackState()) if plan.title == title]
    return plan


def texts(plan: Plan) -> list[str]:
    return [paragraph.text for part in plan.parts if isinstance(part, TextPart) for paragraph in part.paras]


FIRST = [
    "Measures that matter: July 2020",
    "What the board is asked, advised and assured",
    "Alert: 1, by weight; 1 exception",
]
STAND = [
    "The whole service in July 2020: change or chance", "Where each service area stands",
    "What changed since the last board",
]  # fmt: skip
RULES, EXCEPTION = "Changed rules", "Exception 1 of 1: Visits in time"
LAST = ["Other measures, by service area", "Data quality", "About this pack"]


def test_a_pack_has_these_slides_in_this_order(pack: Snapshot) -> None:
    assert titles(pack) == [*FIRST, *STAND, RULES, EXCEPTION, *LAST]
    assert [plan.opening for plan in plans(pack, "0" * 64, PackState())] == [True] + [False] * 10


def test_a_slide_is_added_for_what_there_is_to_say(pack: Snapshot) -> None:
    corrected = pack.model_copy(update={"corrects": Comparison(old=OLD), "asked": (ASKED,)})
    commented = invented.with_first(corrected, commentary=SAID)
    with_published = commented.model_copy(update={"published": (invented.BESIDE,)})
    assert titles(with_published) == [
        *FIRST, *STAND, RULES, "What this pack corrects", "What the board asked", EXCEPTION,
        "Exception 1 of 1: commentary on Visits in time", "How we compare with our statistical neighbours", *LAST,
    ]  # fmt: skip


def test_a_slide_is_left_out_where_there_is_nothing_to_say(pack: Snapshot) -> None:
    assert titles(pack.model_copy(update={"length": "short"})) == [*FIRST, *STAND, RULES, EXCEPTION, *LAST[1:]]
    assert RULES not in titles(pack.model_copy(update={"changes": None}))
    judgement = pack.measures[0].judgement
    met = {"status": "met", "exception": False, "variation": None, "exception_reasons": (), "signal": False}
    quiet = titles(invented.with_first(pack, judgement=judgement.model_copy(update=met)))
    assert "Exceptions" in quiet
    assert "Alert: 0, by weight; 0 exceptions" in quiet
    none = plan_titled(invented.with_first(pack, judgement=judgement.model_copy(update=met)), "Exceptions")
    assert texts(none)[0] == "There are none this month."


def extract(number: int, source: str | None) -> SnapshotExtract:
    known = invented.three_measures().extracts[0]
    return known.model_copy(update={"extract_id": number, "file_name": f"{number}.csv", "source": source})


@pytest.mark.parametrize(
    ("changes", "source"),
    [
        ({"demonstration": True}, "Source: demonstration data; the history is invented."),
        ({"demonstration": False, "extracts": ()}, "Source: A plan, first."),
        (
            {"demonstration": False, "extracts": (extract(3, None), extract(4, "Mosaic"))},
            "Source: A plan, first; extract 3 (3.csv, no source named); extract 4 (4.csv, Mosaic).",
        ),
        (
            {"demonstration": False, "extracts": tuple(extract(number, "M") for number in range(1, 7))},
            "Source: A plan, first; "
            + "; ".join(f"extract {number} ({number}.csv, M)" for number in range(1, 7))
            + ".",
        ),
        (
            {"demonstration": False, "extracts": tuple(extract(number, "M") for number in range(1, 9))},
            "Source: A plan, first; "
            + "; ".join(f"extract {number} ({number}.csv, M)" for number in range(3, 9))
            + " and 2 more.",
        ),
    ],
)
def test_every_slides_notes_say_where_the_figures_come_from(
    pack: Snapshot, changes: dict[str, Any], source: str
) -> None:
    notes = (
        source,
        f"Snapshot {'0' * 64}, as known at 5 August 2020, 09:30 UTC; pack version 1.1, scorecard 0.1.0.",
    )
    assert source_notes(pack.model_copy(update=changes), "0" * 64) == notes
    assert {plan.notes[-2:] for plan in plans(pack.model_copy(update=changes), "0" * 64, PackState())} == {notes}


def test_the_first_slide_names_board_state_moment_snapshot_and_plan(pack: Snapshot) -> None:
    assert texts(plans(pack, "0" * 64, PackState())[0]) == [
        "The Improvement Board",
        "DRAFT: not approved",
        "As known at 5 August 2020, 09:30 UTC",
        "Demonstration data: the history in this pack is invented. Do not use it to judge the service.",
        "Snapshot 000000000000, in full on the last slide",
        "Southampton: A plan, first",
    ]


def test_an_exceptions_slide_has_its_sentence_its_chart_and_its_facts(pack: Snapshot) -> None:
    plan = plan_titled(pack, EXCEPTION)
    lead, columns = plan.parts
    assert isinstance(lead, TextPart)
    assert lead.paras[0].text == (
        "60% in July 2020, 10 percentage points below the target of 70%. That is far lower than usual, "
        "and unlikely to be chance. It is due by June 2021."
    )
    assert columns.columns[0][0].chart == pack.measures[0].chart  # type: ignore[union-attr]
    facts = columns.columns[1][0].paras  # type: ignore[union-attr]
    assert [fact.text for fact in facts[:4]] == [
        "Service area: Visits", "Latest: 60%", "Target: at least 70%", "Status: ◆ Missed"
    ]  # fmt: skip
    assert facts[3].runs[1] == Run("◆ ", bold=True, colour=status_shape("Missed")[1])
    assert plan.notes[:7] == (
        "Visits in time. Service area: Visits.",
        "Responsible: Head of Service.",
        "Distance: 10 percentage points below target.",
        "Variation: Worsening (far lower than usual in July 2020): unlikely to be chance.",
        "Assurance: Will meet the target unless something changes.",
        "The plan's wording: Increase visits in time",
        "What it counts: Visits made in time, of those due.",
    )
    bare = plan_titled(pack.model_copy(update={"with_charts": False}), EXCEPTION)
    assert [type(part) for part in bare.parts] == [TextPart, TextPart]


def test_measures_that_are_no_alert_stand_below_their_area_and_its_notes_have_every_column(pack: Snapshot) -> None:
    plan = plan_titled(pack, LAST[0])
    (table,) = plan.parts
    assert isinstance(table, TablePart)
    assert [column.label for column in table.columns] == ["Measure", "Latest", ABOUT, "Target", "Status"]
    assert [column.right for column in table.columns] == [False, True, False, False, False]
    assert [[f"{cell.symbol}{cell.text}" for cell in row] for row in table.rows] == [
        ["Visits", "", "", "", ""],
        ["Caseload", "17.5", "June 2020, overdue", "between 12 and 18", "●Met"],
        ["Days lost", "8", "June 2020, overdue", "at most 8 days", "●Met"],
    ]
    notes = plan.group_notes["Visits"]
    assert notes[:2] == ("Responsible: Head of Service.", "What the plan wants: Children are seen.")
    assert notes[3] == (
        "Caseload. Baseline: 20.0; July 2020 in the plan: 17.5; May 2020: –; June 2020: 17.5; Latest: 17.5 (June 2020, "
        "overdue); Target: between 12 and 18; Distance to target: +0.5; Status: Met; Variation: –; Assurance: –; "
        "Region: –; England: –."
    )
    assert plan.notes[0].replace("\u00a0", " ").endswith("Status: ● met, ◐ close, ◆ missed, ○ no figure.")


GROUP = (DeckCell("Visits", strong=True), *[DeckCell("")] * (len(SHOWN) - 1))


def row(note: str) -> tuple[DeckCell, ...]:
    """A row in the columns of SHOWN, something in each."""
    cells = [DeckCell("x")] * len(SHOWN)
    cells[1], cells[2] = DeckCell("7", note), DeckCell(note or "–")
    return tuple(cells)


@pytest.mark.parametrize(("noted", "apart"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_what_must_be_said_of_the_latest_has_a_column_where_most_have_something(noted: int, apart: bool) -> None:
    columns, rows = _columns_told([GROUP, *[row("overdue")] * noted, *[row("")] * (4 - noted)])
    assert (ABOUT in [column.label for column in columns]) == apart
    assert [cells[1].note for cells in rows[1:]] == [""] * 4 if apart else ["overdue"] * noted + [""] * (4 - noted)


TABLE = Table(
    "Rows", (Column("Measure"), Column("Chart"), Column("Status", 2, "right")), ((Cell("A"), Cell("b"), Cell("c")),)
)


def test_blocks_become_parts_paragraphs_together_and_a_heading_on_its_tables_slide() -> None:
    above = Text("Above"), Bullets(("item", "other"), ("Lead:", ""))
    made = parts_of((*above, Heading("Its heading", "h"), Text("Its note.", "note"), TABLE, Text("Below", "label")))
    bullet = Para((Run("Lead: ", bold=True), Run("item")), "bullet")
    assert made == (
        TextPart((para("Above"), bullet, para("other", "bullet"))),
        TextPart((para("Its heading", "strong"), para("Its note.", "note")), leads=True),
        table_part(TABLE),
        TextPart((para("Below", "strong"),)),
    )
    assert parts_of((Text("Alone"), TABLE))[0] == TextPart((para("Alone"),))
    assert parts_of((Heading("Only", "h"), TABLE))[0] == TextPart((para("Only", "strong"),), leads=True)
    parts = parts_of((Text("Above"), Columns((Text("Left"),), (Text("Right"),))))
    assert parts == (TextPart((para("Above"),)), TextPart((para("Left"), para("Right"))))


def test_a_tables_columns_of_drawings_are_left_out_but_never_the_first() -> None:
    drawing: Any = object()
    drawn = Table(
        "Rows", TABLE.columns, ((Cell("A", chart=drawing), Cell("", chart=drawing), Cell("Met")),), total=True
    )
    made = table_part(drawn, {"Status": 3}, 1)
    assert [(column.label, column.width, column.right, column.yields) for column in made.columns] == [
        ("Measure", 1, False, 1), ("Status", 2, True, 3)
    ]  # fmt: skip
    assert (made.rows, made.total, made.caption) == (((DeckCell("A"), DeckCell("Met")),), True, "Rows")


@pytest.mark.parametrize(
    ("word", "symbol"),
    [("Met", "●"), ("Close", "◐"), ("Missed", "◆"), ("No target", "–"), ("No figure", "○"), ("Overdue", "")],
)
def test_a_statuss_shape_repeats_its_word(word: str, symbol: str) -> None:
    assert status_shape(word)[0] == symbol


WORDS = Para((Run("One ", bold=True), Run("two"), Run(" three", colour="accent2")))


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [
        (0, None, WORDS.runs),
        (0, 4, (Run("One ", bold=True),)),
        (4, 7, (Run("two"),)),
        (2, 6, (Run("e ", bold=True), Run("tw"))),
        (5, None, (Run("wo"), Run(" three", colour="accent2"))),
        (13, None, ()),
    ],
)
def test_a_stretch_of_a_paragraph_keeps_each_runs_look(start: int, end: int | None, runs: tuple[Run, ...]) -> None:
    assert WORDS.part(start, end) == Para(runs)


def test_a_label_is_bold_and_so_is_a_strong_paragraph() -> None:
    assert labelled("Target", "at least 90%", "note") == Para((Run("Target: ", bold=True), Run("at least 90%")), "note")
    assert (para("a", "strong").runs, para("a", "lead").runs) == ((Run("a", bold=True),), (Run("a"),))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell("82%", note="provisional"), DeckCell("82%", "provisional")),
        (Cell("", items=("Sickness", "Two vacancies")), DeckCell("Sickness; Two vacancies")),
        (Cell("Missed", icon=Icon("status", "missed"), strong=True), DeckCell("Missed", strong=True, symbol="◆")),
    ],
)
def test_a_cell_says_its_words_its_items_one_after_the_other_and_its_note(cell: Cell, shown: DeckCell) -> None:
    made = deck_cell(cell)
    assert (made.text, made.note, made.strong, made.symbol) == (shown.text, shown.note, shown.strong, shown.symbol)
