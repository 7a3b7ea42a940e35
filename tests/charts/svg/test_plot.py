"""Places in a drawing, worked out by hand: months and values, the edges of steps, ticks, keys, names and crosses."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.charts.model.labels import EndLabel
from scorecard.charts.model.legend import KeyItem
from scorecard.charts.model.models import Axis, Point, Tick, TrendChart
from scorecard.charts.plotly.base import marker_size
from scorecard.charts.svg.annotations import crosses, label_width, missing_boxes
from scorecard.charts.svg.canvas import XY
from scorecard.charts.svg.plot import Plot, key_rows, point_radius, shown_ticks
from scorecard.charts.text_metrics import plotly_text

DECEMBER, JANUARY, FEBRUARY, APRIL, JUNE, JULY, AUGUST = (
    date(2019, 12, 31), date(2020, 1, 31), date(2020, 2, 29), date(2020, 4, 30), date(2020, 6, 30),
    date(2020, 7, 31), date(2020, 8, 31),
)  # fmt: skip
PLOT = Plot(20, 30, 620, 130, (JANUARY, JULY), 0, 10)


def test_months_and_values_have_their_places() -> None:
    """10 pixels are left free at either side, or 3 in 100 of a narrow plot."""
    assert [PLOT.x(month) for month in (JANUARY, APRIL, JULY)] == [30, 320, 610]
    assert PLOT.x(APRIL, 0.5) == pytest.approx(320 + 580 / 12)
    narrow = Plot(20, 30, 220, 130, (JANUARY, JULY), 0, 10)
    assert [narrow.x(month) for month in (JANUARY, APRIL, JULY)] == [26, 120, 214]
    assert [PLOT.y(value) for value in (0, 5, 10, -1, 12)] == [130, 80, 30, 130, 30]
    assert [PLOT.holds(month) for month in (DECEMBER, JANUARY, JULY, AUGUST)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("month", "side", "expected"),
    [
        (JANUARY, -1, 20), (DECEMBER, -1, 20), (FEBRUARY, -1, 30 + 580 / 12), (JULY, -1, 610 - 580 / 12),
        (AUGUST, -1, 620), (JULY, 1, 620), (AUGUST, 1, 620), (JUNE, 1, 610 - 580 / 12), (JANUARY, 1, 30 + 580 / 12),
        (DECEMBER, 1, 20),
    ],
)  # fmt: skip
def test_a_step_begins_half_a_month_before_and_ends_half_a_month_after(month: date, side: int, expected: float) -> None:
    assert PLOT.edge(month, side) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "height", "shown"),
    [
        ((-20, -10, 0, 10, 20, 30), 60, (-20, -10, 0, 10, 20, 30)),
        ((-20, -10, 0, 10, 20, 30), 59, (-20, 0, 20)),
        ((-20, -10, 0, 10, 20, 30), 25, (0, 30)),
        ((-10, 0, 1, 2, 3), 30, (0, 2)),
        ((15, 20, 25, 30), 18, (15, 25)),
        ((15, 20), 12, (15, 20)),
        ((15,), 5, (15,)),
        ((-10, 0, 10), 0, (0,)),
    ],
)
def test_ticks_have_twelve_pixels_and_zero_is_among_them(
    values: tuple[float, ...], height: float, shown: tuple[float, ...]
) -> None:
    axis = Axis(low=0, high=1, ticks=tuple(Tick(value=value, words="") for value in values), title="")
    assert tuple(tick.value for tick in shown_ticks(axis, height)) == shown


@pytest.mark.parametrize(
    ("right", "count", "radius"), [(620, 1, 5.5), (620, 2, 3.8), (80, 2, 3.2), (80, 1, 3.2), (26, 2, 1.6)]
)
def test_points_are_as_large_as_the_months_leave_room(right: float, count: int, radius: float) -> None:
    plot = Plot(20, 30, right, 130, (JANUARY, JULY), 0, 10)
    assert point_radius(count, plot) == pytest.approx(radius)


def test_a_cross_takes_its_box_where_a_figure_is_missing_within_the_plot() -> None:
    figures = ((DECEMBER, None), (FEBRUARY, 5.0), (APRIL, None), (AUGUST, None))
    points = tuple(Point(month=month, value=value, figure="", words="") for month, value in figures)
    chart = TrendChart(
        title="", alt="", measure_id="", name="", unit="number", decimals=0, first=JANUARY, last=JULY, points=points,
        y_axis=Axis(low=0, high=10, ticks=(), title=""),
    )  # fmt: skip
    assert missing_boxes(chart, PLOT) == [(315.5, 118.5, 324.5, 127.5)]


@pytest.mark.parametrize(
    ("start", "end", "crossed"),
    [
        ((0, 15), (30, 15), True), ((0, 9.5), (30, 9.5), False), ((0, 20.5), (30, 20.5), False),
        ((0, 20), (30, 20), True), ((0, 10), (30, 10), True), ((15, 0), (15, 30), True), ((9.5, 0), (9.5, 30), False),
        ((20.5, 0), (20.5, 30), False), ((0, 0), (30, 30), True), ((30, 30), (0, 0), True), ((0, 0), (9, 9), False),
        ((21, 21), (30, 30), False), ((0, 19), (19, 0), False), ((0, 20), (20, 0), True), ((12, 12), (13, 13), True),
    ],
)  # fmt: skip
def test_a_line_runs_through_a_box_or_past_it(start: XY, end: XY, crossed: bool) -> None:
    assert crosses((10, 10, 20, 20), start, end) is crossed


X = 0.53 * 11  # pixels that an x is wide in small letters


@pytest.mark.parametrize(
    ("width", "text", "short", "room"),
    [
        (600, 10, 5, 10 * X + 18),  # in full
        (559, 10, 5, 5 * X + 18),  # too narrow for words in full
        (600, 40, 30, 30 * X + 18),  # no room in full
        (600, 50, 40, 40 * X + 18),  # more than usual, for long words
        (600, 60, 50, 0.42 * 600),  # never more than that
        (400, 40, 18, 18 * X + 18),
        (400, 50, 40, 0.42 * 400),
    ],
)
def test_names_at_the_lines_ends_take_the_room_they_need(width: float, text: int, short: int, room: float) -> None:
    label = EndLabel("target", 1.0, "x" * text, "x" * short, "", "", 0)
    assert label_width([label, EndLabel("baseline", 1.0, "x", "x", "", "", 1)], width) == pytest.approx(room)
    assert label_width([], width) == 0


def test_a_key_is_set_in_rows() -> None:
    items = [KeyItem("mark", "x" * 10) for _ in range(3)]
    rows = key_rows(items, 200)
    assert [[round(x, 2) for x, _ in row] for row in rows] == [[0, round(10 * X + 34, 2)], [0]]
    assert len(key_rows(items, 20 * X + 55)) == 2
    assert len(key_rows(items, 20 * X + 53)) == 3


@pytest.mark.parametrize(
    ("count", "special", "size"), [(40, False, 8), (40, True, 11), (41, False, 5), (41, True, 8), (1, False, 8)]
)
def test_many_points_are_smaller(count: int, special: bool, size: float) -> None:
    assert marker_size(count, special) == size


def test_quotation_marks_are_what_they_were_where_one_points() -> None:
    assert plotly_text("""the plan's "July" <$>""") == "the plan&#39;s &#34;July&#34; &lt;&#36;&gt;"
