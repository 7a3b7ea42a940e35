"""How a sheet is arranged for paper: which of its columns are printed, and in what order."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.pack.excel.sheet import Row, Sheet, SheetColumn, printed_columns_first

THREE = (SheetColumn("One", printed=False), SheetColumn("Two"), SheetColumn("Three"))


def sheet_of(*rows: tuple[Any, ...], on_paper: int | None = None) -> Sheet:
    return Sheet("S", "T", (), THREE, tuple(Row(row, 2, True) for row in rows), on_paper=on_paper)


def test_what_paper_leaves_out_stands_at_the_end() -> None:
    there = printed_columns_first(sheet_of(("1", "2", "3")))
    assert [column.label for column in there.columns] == ["Two", "Three", "One"]
    assert there.rows == (Row(("2", "3", "1"), 2, True),)
    assert printed_columns_first(sheet_of(("1", "2", "3"), on_paper=45)).columns == THREE


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([("1", "2", "3")], 2),
        ([("1", "2", None)], 1),
        ([("1", "2", None), ("1", None, 0)], 2),
        ([("1", None, None)], 3),  # nothing in it to print: all its columns
        ([], 3),
    ],
)
def test_columns_with_nothing_in_them_at_the_end_are_not_printed(rows: list[tuple[Any, ...]], shown: int) -> None:
    assert printed_columns_first(sheet_of(*rows)).shown == shown
