from __future__ import annotations

import math

import pytest

from scorecard.published.symbols import LOW, read_cell


@pytest.mark.parametrize("text", ["c", "x", "z", "u", ":", "..", ".", "NULL", "-", "[c]", " z ", ""])
def test_a_symbol_is_kept_and_never_a_number(text: str) -> None:
    cell = read_cell(text)
    assert math.isnan(cell.value)
    assert cell.symbol == (text.strip().strip("[]").lower() or "null")
    assert not cell.fault


@pytest.mark.parametrize("text", ["low", "k", "~", "[low]", "K"])
def test_what_rounds_to_nought_is_nought_and_says_so(text: str) -> None:
    assert read_cell(text)[:2] == (0.0, LOW)


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0.0), ("12.4", 12.4), ("65.900000000000006", 65.9), ("-3", -3.0), ("1e3", 1000.0)]
)
def test_a_number_is_the_one_that_was_printed(text: str, value: float) -> None:
    assert read_cell(text) == (value, None, "")


FAULTS = {
    "01:07": "years and months", "31/03/2020": "a date", "n/a": "an unknown symbol", "nan": "an unknown symbol",
    "inf": "an unknown symbol", "1e999": "no number", "=1+1": "an unknown symbol", "12%": "an unknown symbol",
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_whatever_else_stands_there_is_named(text: str) -> None:
    assert read_cell(text).fault == FAULTS[text]
