"""What changed, and the register of rebases, word by word: each line and each table as a reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from scorecard.catalogue.models import Event, Rebase
from scorecard.pack.document.blocks import Block, Columns, Heading, Screen, Table, Text
from scorecard.pack.document.changes import (
    changes_in_short,
    changes_since,
    difference_words,
    ended_table,
    figures_table,
    rules_table,
    words_table,
)
from scorecard.pack.document.methods import methods_section, registers_section
from scorecard.pack.snapshot.changes import Comparison
from tests.pack import invented
from tests.pack.differences import AUDITS, ENDED, METHODS, NEITHER, NOTE, OLD, STATUS, UNALTERED, figure


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({"status": STATUS}, ["Better: Audits (missed → met).", "Worse: Plans (met → close)."]),
        ({"variation": (NEITHER,)}, ["Better: none.", "Worse: none."]),
        (
            {"rules": (AUDITS,)},
            [
                "Better: none.",
                "Worse: none.",
                "Changed rules: Audits: target at least 90% → at least 70%, tolerance none → 5% "
                "(status missed → met; assurance not capable → capable).",
            ],
        ),
        (
            {"rules": (METHODS, UNALTERED)},
            [
                "Better: none.",
                "Worse: none.",
                "Changed rules: All measures: points of a trend 7 → 6 (Visits, variation steady → worsening; "
                "Plans, variation steady → improving); Visits: decimal places 0 → 1 (no status or signal altered).",
            ],
        ),
        (
            {"ended": (ENDED,), "added": ("A", "B"), "retired": ("C",), "removed": ("D",)},
            [
                "Better: none.",
                "Worse: none.",
                "No longer warned of: Plans (worsening): retired in June 2020.",
                "Added: A; B.",
                "Retired: C.",
                "Left out: D.",
            ],
        ),
        (
            {
                "new_figures": (figure("Plans", "–", "7"),),
                "revised": (figure("Visits", "1", "2"),) * 2,
                "wording": (NOTE,),
            },
            ["Better: none.", "Worse: none.", "1 new figure; 2 revised figures; 1 changed wording."],
        ),
    ],
)  # fmt: skip
def test_what_changed_is_said_in_a_line_of_each_kind(differs: dict[str, Any], expected: list[str]) -> None:
    assert changes_in_short(Comparison(old=OLD, **differs), None) == expected


def test_a_line_with_more_than_it_has_room_for_says_where_the_others_stand() -> None:
    added = tuple("ABCDEFGH")
    assert changes_in_short(Comparison(old=OLD, added=added), "below")[2] == "Added: A; B; C; D; E; and 3 more, below."
    assert changes_in_short(Comparison(old=OLD, added=added), None)[2] == "Added: A; B; C; D; E; F; G; H."


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({}, "nothing in its figures"),
        ({"status": STATUS}, "what is said of them"),
        ({"taken_back": (figure("Plans", "7", "–"),)}, "1 figure taken back"),
        ({"wording": (NOTE, NOTE), "new_figures": (figure("Plans", "–", "7"),)}, "1 new figure; 2 changed wordings"),
    ],
)
def test_how_much_differs_is_said_in_a_phrase(differs: dict[str, Any], expected: str) -> None:
    assert difference_words(Comparison(old=OLD, **differs)) == expected


def text_of(table: Table) -> list[list[str]]:
    """A table's caption, headings and cells, as a reader sees them."""
    rows = [[cell.text for cell in row] for row in table.rows]
    return [[table.caption], [column.label for column in table.columns], *rows]


def test_each_table_of_changes_is_printed_word_by_word() -> None:
    changes = Comparison(
        old=OLD, rules=(AUDITS, METHODS), ended=(ENDED,), status=STATUS, variation=(NEITHER,), wording=(NOTE,)
    )
    altered = "status missed → met; assurance not capable → capable"
    assert text_of(rules_table(changes)) == [
        ["Changed rules"],
        ["Measure", "Rule", "Was", "Is", "Why, and agreed by", "What it altered"],
        ["Audits", "Target", "at least 90%", "at least 70%", "It grew; agreed by The board", altered],
        ["Audits", "Tolerance", "none", "5%", "no reason is given", altered],
        [
            "All measures", "Points of a trend", "7", "6", "no reason is given; agreed by The board",
            "Visits, variation steady → worsening; Plans, variation steady → improving",
        ],
    ]  # fmt: skip
    assert text_of(ended_table(changes)) == [
        ["Warnings that are no longer given"],
        ["Measure", "Service area", "Warning", "Why it ended"],
        ["Plans", "Care", "Worsening", "retired in June 2020"],
    ]
    assert text_of(words_table(changes)) == [
        ["What is said otherwise than at the last board"],
        ["Measure", "What", "Was", "Is", "For"],
        ["Audits", "Status", "Missed", "Met", "the better"],
        ["Plans", "Status", "Met", "Close", "the worse"],
        ["Visits", "Variation", "Not shown", "Steady", "–"],
        ["Visits", "Note", "One", "Two", "–"],
    ]
    figures = figures_table([figure("Plans", "7", "–"), figure("Visits", "1", "2", 12)])
    assert text_of(figures) == [
        ["Revised figures"],
        ["Measure", "Service area", "Period", "Was", "Is"],
        ["Plans", "Care", "June 2020", "7", "–"],
        ["Visits", "Care", "year to June 2020", "1", "2"],
    ]
    assert figures.on_paper == 12


def test_the_register_of_rebases_tells_why_each_was_and_who_agreed_it() -> None:
    known = invented.plan_snapshot()
    area = known.service_areas[0]
    rebases = (
        Rebase(
            **{"from": "2020-01"},
            why="New programme",
            proposed_by="An analyst",
            agreed_by="The board",
            agreed="2020-02",
        ),
        Rebase(**{"from": "2019-04"}, why="New system"),
    )
    first = area.measures[0].model_copy(update={"rebase": rebases})
    areas = (area.model_copy(update={"measures": (first, *area.measures[1:])}), *known.service_areas[1:])
    (screen,) = registers_section(known.model_copy(update={"service_areas": areas})).blocks
    assert isinstance(screen, Screen)
    table = screen.blocks[-1]
    assert isinstance(table, Table)
    assert [column.width for column in table.columns] == [2.6, 1.1, 3, 1.4, 1.4, 1.1]
    assert text_of(table) == [
        ["Register of rebases"],
        ["Measure", "From", "Why", "Proposed by", "Agreed by", "Agreed"],
        [first.name, "January 2020", "New programme", "An analyst", "The board", "February 2020"],
        [first.name, "April 2019", "New system", "–", "–", "–"],
    ]


def anchors(blocks: Sequence[Block]) -> list[str]:
    return [block.anchor for block in blocks if isinstance(block, Heading)]


@pytest.mark.parametrize(
    ("length", "printed", "on_screen"),
    [
        ("whole", ["revisions", "changed-rules", "ended-warnings", "changed-words"], []),
        ("short", ["changed-rules", "ended-warnings"], ["revisions", "changed-words"]),
    ],
)
def test_a_short_pack_prints_rules_and_ended_warnings_and_shows_the_rest_on_the_screen(
    length: str, printed: list[str], on_screen: list[str]
) -> None:
    changes = Comparison(old=OLD, revised=(figure("Visits", "1", "2"),), status=STATUS, rules=(AUDITS,), ended=(ENDED,))
    snapshot = invented.plan_snapshot().model_copy(update={"changes": changes, "length": length})
    blocks = changes_since(snapshot)
    assert anchors(blocks) == printed
    assert [anchors(block.blocks) for block in blocks if isinstance(block, Screen)] == [on_screen][: len(on_screen)]


@pytest.mark.parametrize("letters", [1, 40, 400, 900, 2_000])
def test_the_two_columns_of_methods_are_about_as_long_as_any_split_makes_them(letters: int) -> None:
    events = (Event(date="2020-01", what="A new team", why="x" * letters),)
    section = methods_section(invented.plan_snapshot().model_copy(update={"events": events}))
    (columns,) = (block for block in section.blocks if isinstance(block, Columns))
    # A text stands with its heading, which takes the room of 230 letters with the rest of its last line.
    texts: list[int] = []
    for block in (*columns.left, *columns.right):
        if isinstance(block, Heading):
            texts.append(230)
        elif isinstance(block, Text):
            texts[-1] += len(block.text)
    apart = [abs(sum(texts[:split]) - sum(texts[split:])) for split in range(len(texts) + 1)]
    left = sum(isinstance(block, Heading) for block in columns.left)
    assert apart[left] == min(apart)
    assert sum(texts) > 2 * 230
