"""A figure's label in a native chart stands where the lines don't cross it."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.pack.powerpoint.charts import Line, LineStyle, NativeChart
from scorecard.pack.powerpoint.label_side import label_side

YEAR = tuple(date(2020, month, 28) for month in range(1, 13))


def chart(*lines: Line) -> NativeChart:
    return NativeChart(YEAR, lines, 0.0, 100.0, 20.0, "0", "0", "Percentage", span=11)


def line(*values: float | None, labelled: int | None = None) -> Line:
    padded = (*values, *([None] * (12 - len(values))))
    return Line("Figures", padded, LineStyle("accent1"), labelled=labelled, label="50%" if labelled is not None else "")


@pytest.mark.parametrize(
    ("figures", "others", "side"),
    [
        (line(*[50.0] * 6, labelled=5), (), "t"),  # level: above
        (line(90, 90, 90, 90, 90, 50, labelled=5), (), "b"),  # it fell: the line comes from above
        (line(10, 10, 10, 10, 10, 50, labelled=5), (), "t"),  # it rose: the line comes from below
        (line(*[50.0] * 6, labelled=5), (line(*[60.0] * 12),), "b"),  # a target just above
        (line(*[50.0] * 6, labelled=5), (line(*[60.0] * 12), line(*[40.0] * 12)), "r"),  # between two limits
        (line(*[50.0] * 12, labelled=11), (), "t"),  # at the edge there is no room beside it
    ],
)  # fmt: skip
def test_a_label_stands_where_least_of_the_lines_crosses_it(figures: Line, others: tuple[Line, ...], side: str) -> None:
    assert label_side(chart(figures, *others), figures, 300.0, 120.0) == side


def test_a_label_of_the_last_month_may_stand_right_of_the_plot() -> None:
    last = line(*[90.0] * 11, 50.0, labelled=11)
    crossed = chart(last, line(*[60.0] * 12), line(*[40.0] * 12))
    assert label_side(crossed, last, 300.0, 120.0, beyond=40.0) == "r"


def test_a_line_without_a_label_asks_for_no_side() -> None:
    plain = line(1.0, 2.0)
    assert label_side(chart(plain), plain, 300.0, 120.0) == "t"
