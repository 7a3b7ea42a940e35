# ruff: noqa: E501  a case a line
"""What a changed catalogue would make of stored figures, and what says that the change is meant."""

from __future__ import annotations

import pytest

from scorecard.catalogue.compare import differences
from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from tests.catalogue.small_catalogue import SMALL, small_catalogue

FIRST = ("id: first-measure", "id: first-measure-anew")
PAIR = ("pair: first-measure", "pair: first-measure-anew")
DAYS = ("unit: percent", "unit: days")
BREAK = ("supplied_by: A system", "supplied_by: A system\n        break: {from: 2020-09, why: Counted in days}")

CASES = [  # edits of the small catalogue, and what would be read otherwise: measure, what, before, now, renamed to
    ([], []),
    ([("name: First", "name: Another name"), ("decimals: 0", "decimals: 1")], []),
    ([DAYS], [("first-measure", "unit", "percent", "days", None)]),
    ([("accumulation: in_month", "accumulation: rolling_12_months")], [("first-measure", "accumulation", "in_month", "rolling_12_months", None)]),
    ([("polarity: higher_is_better", "polarity: monitor")], [("first-measure", "polarity", "higher_is_better", "monitor", None)]),
    ([DAYS, ("polarity: higher_is_better", "polarity: monitor")], [("first-measure", "unit", "percent", "days", None), ("first-measure", "polarity", "higher_is_better", "monitor", None)]),
    ([FIRST, PAIR], [("first-measure", "removed", "", "", "first-measure-anew")]),
    ([FIRST, PAIR, ("name: First", "name: Else"), ("plan_wording: First", "plan_wording: Else")], [("first-measure", "removed", "", "", None)]),
    ([FIRST, PAIR, ("name: First", "formerly: first-measure\n        name: First")], []),
    ([FIRST, PAIR, ("name: First", "formerly: first-measure\n        name: First"), DAYS], [("first-measure", "unit", "percent", "days", None)]),
    ([DAYS, BREAK], []),
    ([("frequency: monthly", "retired: 2020-12\n        frequency: monthly")], []),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_what_would_be_read_otherwise_is_named(
    edits: list[tuple[str, str]], expected: list[tuple[str, str, str, str, str | None]]
) -> None:
    changes = differences(small_catalogue(), small_catalogue(*edits))
    assert [
        (change.measure_id, change.what, change.before, change.now, change.renamed_to) for change in changes
    ] == expected


def test_a_break_that_stood_already_excuses_no_later_change() -> None:
    broken = small_catalogue(BREAK)
    changes = differences(broken, small_catalogue(BREAK, DAYS))
    assert [change.what for change in changes] == ["unit"]


@pytest.mark.parametrize(
    ("edits", "remedy"),
    [
        ([("name: Second", "formerly: first-measure\n        name: Second")], "A measure has this id now, in line 15"),
        ([("name: First", "formerly: old\n        name: First"), ("name: Second", "formerly: old\n        name: Second")], "Line 16 has it already"),
        ([("name: First", "formerly: Old One\n        name: First")], "small letters, digits and single hyphens"),
        ([("supplied_by: A system", "supplied_by: A system\n        break: {why: both}")], "or 'from' a month"),
    ],
)  # fmt: skip
def test_a_former_id_that_cant_be_and_a_break_without_a_place_are_faults(
    edits: list[tuple[str, str]], remedy: str
) -> None:
    text = SMALL
    for old, new in edits:
        text = text.replace(old, new, 1)
    with pytest.raises(CatalogueError, match=remedy):
        read_catalogue(text.encode())
