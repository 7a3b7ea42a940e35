"""What is read of a sheet's XML all at once is what a regular expression reads of it cell by cell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.extract.files.cell_places import shared_texts, usual_places

_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_SHARED = re.compile(rb't="s"><v>([0-9]+)</v>')

CELLS = st.lists(
    st.tuples(
        st.text("ABCXYZ", min_size=1, max_size=3),
        st.integers(1, 1_048_576),
        st.sampled_from(
            [b' t="s"><v>%d</v></c>', b"><v>%d</v></c>", b' s="3"><v>%d</v></c>', b' s="1" t="s"><v>%d</v></c>']
        ),
        st.integers(0, 99_999_999),
    ),
    max_size=30,
)


def number(letters: bytes) -> int:
    return sum((letter - 64) * 26**place for place, letter in enumerate(reversed(letters)))


@given(CELLS)
def test_places_and_shared_texts_are_those_of_each_cell(cells: list[tuple[str, int, bytes, int]]) -> None:
    piece = b"".join(b'<c r="%s%d"' % (column.encode(), row) + form % value for column, row, form, value in cells)
    rows, columns = usual_places(piece) or ([], [])
    assert list(zip(columns, rows, strict=True)) == [(number(c), int(r)) for c, r in _CELL.findall(piece)]
    assert list(shared_texts(piece)) == [int(value) for value in _SHARED.findall(piece)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        (b"", []),
        (b'<c r="A1" t="s"><v>7</v></c><c r="B1" t="s">', [7]),  # cut off in a cell, before its text
        (b'<c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>8', [7, 8]),
        (b'<v>3</v><c r="A1" t="s"><v></v>', [0]),
        (b"<c r='A1' t='s'><v>7</v></c>", None),
        (b'<c t="s" r="A1"><v>7</v></c>', None),
        (b'<c r="A1" t="s"><f>A2</f><v>7</v></c>', None),
        (b'<x:c r="A1" t="s"><v>7</v></x:c>', None),
        (b'<c r="A1" t="s"><v>12345678901</v></c>', None),  # no such text: more digits than any number has
    ],
)
def test_cells_written_in_another_way_are_left_to_a_closer_look(piece: bytes, found: list[int] | None) -> None:
    numbers = shared_texts(piece)
    assert (None if numbers is None else list(numbers)) == found


@pytest.mark.parametrize(
    "cell", [b'<c r ="A1">', b'<c r= "A1">', b'<c\nr="A1">', b'<c r="a1">', b'<c r="A1B">', b'<c r="1A">']
)
def test_places_written_in_another_way_are_left_to_a_closer_look(cell: bytes) -> None:
    assert usual_places(b'<row r="1">' + cell + b"<v>1</v></c>") is None
