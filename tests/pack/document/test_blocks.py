"""Figures of a column stand with their points in line, and a column in which nothing stands is left out."""

from __future__ import annotations

import pytest

from scorecard.pack.document.blocks import Cell, Column, Table, aligned, figure_cells, table_of, without_empty_columns


@pytest.mark.parametrize(
    ("texts", "pads"),
    [
        (["7", "14.14"], [(2, 1, 0), (0, 0, 0)]),
        (["7%", "7"], [(0, 0, 0), (0, 0, 1)]),
        (["−1,234.5", "+2.25%", "3"], [(1, 0, 1), (0, 0, 0), (2, 1, 1)]),
        (["–", "1.5", "not known"], [(0, 0, 0), (0, 0, 0), (0, 0, 0)]),
        (["From Sept 2020", "1"], [(0, 0, 0), (0, 0, 0)]),
        (["1.5.2", "1.25", "1.x"], [(0, 0, 0), (0, 0, 0), (0, 0, 0)]),
        (["", "1.5"], [(0, 0, 0), (0, 0, 0)]),
        (["–", "–"], [(0, 0, 0), (0, 0, 0)]),
    ],
)
def test_figures_leave_what_the_longest_has_right_of_its_units(
    texts: list[str], pads: list[tuple[int, int, int]]
) -> None:
    assert aligned(texts) == pads
    assert figure_cells(texts, ["note"] * len(texts)) == [
        Cell(text, pad=pad, note="note") for text, pad in zip(texts, pads, strict=True)
    ]
    assert [cell.note for cell in figure_cells(texts)] == [""] * len(texts)


def test_a_row_is_an_item_named_by_its_first_cell_and_figures_stand_in_line() -> None:
    made = table_of(
        "Rows",
        [1.5, 22.0],
        (Column("Name"), lambda value: f"n{value}"),
        (Column("Figure", align="number"), lambda value: f"{value:g}"),
        (Column("Right", align="right"), lambda value: f"{value:g}"),
        (Column("Cell"), lambda value: Cell(f"{value}", note="said")),
        on_paper=3,
    )
    assert made == Table(
        "Rows",
        (Column("Name"), Column("Figure", align="number"), Column("Right", align="right"), Column("Cell")),
        (
            (Cell("n1.5", strong=True), Cell("1.5"), Cell("1.5"), Cell("1.5", note="said")),
            (Cell("n22.0", strong=True), Cell("22", pad=(1, 1, 0)), Cell("22"), Cell("22.0", note="said")),
        ),
        show_caption=False,
        on_paper=3,
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(""), False), (Cell("–"), False), (Cell("0"), True), (Cell("", note="a"), True),
        (Cell("–", items=("a",)), True),
    ],
)  # fmt: skip
def test_a_column_in_which_nothing_stands_is_left_out_but_never_the_first(cell: Cell, expected: bool) -> None:
    columns = (Column("First"), Column("Second"), Column("Third"))
    table = Table("t", columns, ((Cell(""), Cell("–"), Cell("a")), (Cell(""), cell, Cell("–"))))
    narrowed = without_empty_columns(table)
    assert [column.label for column in narrowed.columns] == ["First", *(["Second"] if expected else []), "Third"]
    assert [row[-1].text for row in narrowed.rows] == ["a", "–"]
