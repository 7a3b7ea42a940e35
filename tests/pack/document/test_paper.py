"""What paper leaves out and says it does, and how high blocks are held to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorecard.pack.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Gallery,
    Heading,
    Screen,
    Section,
    Table,
    Text,
)
from scorecard.pack.document.build import build_document
from scorecard.pack.document.paper import height_of, on_paper, printed_blocks, table_height
from scorecard.pack.snapshot.models import PackState
from tests.pack import invented

ONE = Table("Rows", (Column("Words"),), ((Cell("a"),), (Cell("b"),), (Cell("c"),)))
HIDDEN, SHOWN = Screen((Text("On a screen"),)), Text("On paper")


@pytest.mark.parametrize(
    ("most", "rows", "notes"),
    [
        (None, 3, []),
        (3, 3, []),
        (2, 2, ["and 1 more, on the web page and in the workbook."]),
        (1, 1, ["and 2 more, on the web page and in the workbook."]),
    ],
)
def test_a_table_with_more_rows_than_paper_has_room_for_says_where_the_others_stand(
    most: int | None, rows: int, notes: list[str]
) -> None:
    table, *others = printed_blocks([replace(ONE, on_paper=most)])
    assert isinstance(table, Table)
    assert table.rows == ONE.rows[:rows]
    assert others == [Text(text, "note") for text in notes]


def test_what_is_for_the_screen_stands_nowhere_on_paper() -> None:
    blocks = (HIDDEN, SHOWN, Gallery(2, ((HIDDEN, SHOWN), (SHOWN,))), Columns((HIDDEN, SHOWN), (HIDDEN,)))
    shown, gallery, columns = printed_blocks(blocks)
    assert shown == SHOWN
    assert isinstance(gallery, Gallery)
    assert gallery.items == ((SHOWN,), (SHOWN,))
    assert isinstance(columns, Columns)
    assert (columns.left, columns.right) == ((SHOWN,), ())


def test_a_section_with_nothing_for_paper_goes_but_one_that_never_had_anything_stays() -> None:
    whole = build_document(invented.three_measures(), "ab" * 32, PackState())
    sections = (
        Section("screen", "Screen", (HIDDEN,)), Section("both", "Both", (HIDDEN, SHOWN), shorter=(HIDDEN, SHOWN)),
        Section("title", "Title", ()),
    )  # fmt: skip
    paper = on_paper(replace(whole, cover=(HIDDEN, SHOWN), sections=sections))
    assert [section.anchor for section in paper.sections] == ["both", "title"]
    assert (paper.sections[0].blocks, paper.sections[0].shorter, paper.cover) == ((SHOWN,), (SHOWN,), (SHOWN,))


@pytest.mark.parametrize(
    ("block", "height"),
    [
        (Heading("A title", "title"), 24),
        (Text("word"), 4 + 11),
        (Text("i" * 100), 4 + 11),
        (Bullets(("one", "two")), 2 * (2 + 11)),
        (ONE, 16 + 3 * (3 + 8)),
        (HIDDEN, 0),
        (Gallery(2, ((SHOWN,),)), 0),
    ],
)
def test_blocks_are_as_high_as_their_lines(block: Block, height: float) -> None:
    assert height_of([block]) == height
    assert height_of([block, block]) == 2 * height


def test_a_rows_height_is_that_of_its_fullest_cell_and_of_all_that_the_cell_holds() -> None:
    columns = (Column("Words", 3), Column("Figure", 1))
    full = Cell("a", note="b", items=("c", "d"))
    listed = Cell("", items=("c", "d", "e"))
    for cell, lines in ((Cell("a"), 1), (Cell(""), 1), (Cell("a", note="b"), 2), (full, 4), (listed, 3)):
        assert table_height(Table("t", columns, ((cell, Cell("1")),))) == 16 + 3 + 8 * lines
        assert table_height(Table("t", columns, ((Cell("1"), cell),))) == 16 + 3 + 8 * lines
    assert table_height(ONE, 2) == 16 + 2 * 11
    assert table_height(ONE, 0) == 16
