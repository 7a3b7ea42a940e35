"""Axes, worked out by hand: where they start, end and step, and what they say of it."""

from __future__ import annotations

from datetime import date
from math import nan
from typing import Any

import pytest

from scorecard.charts.model.axes import (
    month_number,
    month_short,
    month_ticks,
    nice_step,
    share_along,
    y_axis,
)
from scorecard.core.periods import month_end


@pytest.mark.parametrize(
    ("span", "count", "step"),
    [
        (10, 5, 2), (11, 5, 5), (100, 5, 20), (110, 5, 25), (126, 5, 50), (1, 5, 0.2), (1, 0, 1), (0.03, 3, 0.01),
        (12.5, 5, 5), (500, 5, 100), (501, 5, 200), (1250, 5, 250),
    ],
)  # fmt: skip
def test_a_step_is_round_and_cuts_a_span_into_at_most_so_many(span: float, count: int, step: float) -> None:
    """25 is round, and 250; 2.5 is not."""
    assert nice_step(span, count) == pytest.approx(step)


FROM_20 = "The vertical axis starts at 20%, not at zero."


@pytest.mark.parametrize(
    ("values", "unit", "ticks", "note"),
    [
        # a percentage: ten points at least, within 0 and 100
        ([26], "percent", "20% 25% 30% 35%", FROM_20),
        ([26, nan], "percent", "20% 25% 30% 35%", FROM_20),
        ([98, 100], "percent", "92% 94% 96% 98% 100%", "The vertical axis starts at 92%, not at zero."),
        ([0, 60], "percent", "0% 20% 40% 60% 80%", None),
        ([90, 120], "percent", "80% 90% 100% 110% 120% 130%", "The vertical axis starts at 80%, not at zero."),
        # from zero where the lowest is under two fifths of the highest
        ([40, 100], "percent", "20% 40% 60% 80% 100%", FROM_20),
        ([39, 100], "percent", "0% 20% 40% 60% 80% 100%", None),
        # there is no half of a child; other units have decimals, and at least a fifth of the largest
        ([3, 4], "number", "2 3 4 5", "The vertical axis starts at 2, not at zero."),
        ([1.2, 1.4], "days", "1.1 1.2 1.3 1.4 1.5", "The vertical axis starts at 1.1, not at zero."),
        ([], "number", "0 1 2 3", None),
        ([-3, 5], "average", "−4 −2 0 2 4 6", None),
    ],
)
def test_an_axis_holds_what_is_drawn_and_says_where_it_starts(
    values: list[float], unit: Any, ticks: str, note: str | None
) -> None:
    axis = y_axis(values, unit)
    assert " ".join(tick.words for tick in axis.ticks) == ticks
    assert (axis.low, axis.high) == (axis.ticks[0].value, axis.ticks[-1].value)
    assert axis.note == note


def test_an_axis_of_changes_holds_zero_and_signs_its_ticks() -> None:
    axis = y_axis([-3, 5], "number", change=True)
    assert [tick.words for tick in axis.ticks] == ["−4", "−2", "0", "+2", "+4", "+6"]
    assert (axis.title, axis.note) == ("Change on the month before (number)", None)
    rising = y_axis([3, 5], "number", change=True)
    assert (rising.ticks[0].value, rising.note) == (-2, None)


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        ("percent", "Percentage"), ("number", "Number"), ("days", "Days"), ("average", "Average"),
        ("rate_per_10000", "Rate per 10,000"), ("rate_per_1000", "Rate per 1,000"),
    ],
)  # fmt: skip
def test_an_axis_names_its_unit(unit: Any, title: str) -> None:
    assert y_axis([1, 2], unit).title == title


RANGE = (date(2019, 12, 31), date(2021, 1, 31))


@pytest.mark.parametrize(
    ("count", "ticks"),
    [
        (13, "Jan 2020, Mar 2020, May 2020, Jul 2020, Sep 2020, Nov 2020, Jan 2021"),
        (6, "Jan 2020, Apr 2020, Jul 2020, Oct 2020, Jan 2021"),
        (4, "Jan 2020, Jul 2020, Jan 2021"),
        (2, "Jul 2020"),
        (1, "Jul 2020"),
        (0, "Jul 2020"),
    ],
)
def test_months_stand_on_julys_at_most_so_many(count: int, ticks: str) -> None:
    made = month_ticks(RANGE, count)
    assert ", ".join(label for _, label in made) == ticks
    assert all(month == month_end(month) for month, _ in made)
    assert [month_short(month) for month, _ in made] == [label for _, label in made]


def test_where_there_is_room_every_month_is_named() -> None:
    made = month_ticks(RANGE, 14)
    assert (len(made), made[0], made[-1]) == (14, (RANGE[0], "Dec 2019"), (RANGE[1], "Jan 2021"))


def test_months_are_counted_and_stand_along_an_axis() -> None:
    assert month_number(date(2020, 1, 31)) - month_number(date(2019, 12, 31)) == 1
    year = (date(2020, 1, 31), date(2021, 1, 31))
    assert [share_along(day, year) for day in (year[0], date(2020, 7, 31), year[1])] == [0, 0.5, 1]
    assert share_along(year[0], year, 0.5) == pytest.approx(0.5 / 12)
    assert share_along(year[0], (year[0], year[0]), 0.5) == 0.5
