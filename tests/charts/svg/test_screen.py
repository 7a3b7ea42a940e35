"""Charts of a page: months line up, nothing is clipped or small, and only what is asked for is drawn."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue.models import Figure, Measure
from scorecard.charts.model.axes import half_years
from scorecard.charts.model.focus import focused
from scorecard.charts.model.levels import Levels, levels_of
from scorecard.charts.model.models import Axis, FanPoint, Point, Segment, TargetStep, Tick, TrendChart, VerticalMark
from scorecard.charts.svg.levels import draw_levels
from scorecard.charts.svg.plot import Plot
from scorecard.charts.svg.screen import SIZE, _along_the_line, _at_end, _tick_words, draw_screen
from scorecard.charts.text_metrics import cut_before_figure, text_width
from scorecard.core.numbers import MINUS
from scorecard.core.periods import add_months
from tests.charts.svg.placing import charts, faults

FIRST, LAST = date(2017, 8, 31), date(2020, 7, 31)


def chart(values: list[float | None], **given: object) -> TrendChart:
    """A chart of percentages that end in July 2020."""
    months = [add_months(LAST, index + 1 - len(values)) for index in range(len(values))]
    points = tuple(
        Point(month=month, value=value, figure="none" if value is None else f"{value:g}%", words="", joined=True)
        for month, value in zip(months, values, strict=True)
    )
    whole = TrendChart(
        measure_id="m", name="Audits <done>", title="A finding", alt="In words", unit="percent", decimals=0,
        first=months[0], last=LAST, points=points,
        y_axis=Axis(low=0, high=100, ticks=(Tick(value=0, words="0%"),), title="Percentage"),
        segments=(Segment(start=months[0], end=LAST, mean=90, lower=80, upper=99),),
        targets=(TargetStep(start=months[0], end=LAST, lower=100, words="at least 100%"),),
        marks=(VerticalMark(month=date(2020, 3, 31), kind="event", label="First national lockdown", why=""),),
    )  # fmt: skip
    return whole.model_copy(update=given)


WAVE: list[float | None] = [88 + index % 9 for index in range(36)]


def texts(svg: str) -> list[tuple[float, float, str, float, str]]:
    """Every text of a picture: x, y, how it is anchored, its size and its words."""
    drawn_texts = re.findall(
        r'<text x="([-0-9.]+)" y="([-0-9.]+)" font-size="([0-9.]+)" text-anchor="(\w+)"[^>]*>([^<]*)<', svg
    )
    return [(float(x), float(y), anchor, float(size), label) for x, y, size, anchor, label in drawn_texts]


@pytest.mark.parametrize("size", [(564, 216), (296, 232), (358, 232), (576, 330), (1320, 400)])
@pytest.mark.parametrize("values", [WAVE, [None, 50.0, 60.0], [99.0, 100.0, 100.0, None]])
def test_no_words_are_small_or_outside_the_picture(size: tuple[int, int], values: list[float | None]) -> None:
    for x, y, anchor, font, label in texts(draw_screen(focused(chart(values)), *size, font="Arial")):
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * text_width(label, font)
        assert font >= SIZE
        assert left >= -1
        assert left + text_width(label, font) <= size[0] + 1, label
        assert 0 < y < size[1]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Target 100%", "Target 100%"),
        ("South East and East 124.6", "South E… 124.6"),
        ("Baseline −1,250.25 points", "\N{MINUS SIGN}1,250.25 points"),
        ("£1,250", "£1,250"),
        ("Neighbours without a figure", "Neighbours w…"),
    ],
)
def test_a_name_is_cut_before_its_figure_is(label: str, shown: str) -> None:
    assert cut_before_figure(label, 100, SIZE) == shown


def test_months_line_up_over_charts_of_any_figures() -> None:
    """The same months on the same pixels, whatever stands on the vertical axis and at the lines' ends."""
    places = set()
    for values in (WAVE, [1.0 + index for index in range(36)], [None] * 12 + WAVE[12:]):
        drawn = draw_screen(focused(chart(values)), 660, 232, "Arial", (FIRST, LAST))
        places.add(tuple(x for x, _, _, _, label in texts(drawn) if re.match(r"[A-Z][a-z]{2}( \d\d)?$", label)))
    assert len(places) == 1


def test_half_years_are_marked_and_the_ends_named() -> None:
    plot = Plot(58, 0, 1234, 10, (FIRST, LAST), 0, 1)
    labels = [label for _, label in half_years(plot.x_range, plot.x, SIZE)]
    assert labels == ["Aug 17", "Jan 18", "Jul", "Jan 19", "Jul", "Jan 20", "Jul 20"]


@pytest.mark.parametrize(
    ("wide", "labels"),
    [
        (340, ["Aug 17", "", "Jul", "Jan 19", "Jul", "Jan 20", "Jul 20"]),
        (400, ["Aug 17", "Jan 18", "Jul", "Jan 19", "Jul", "Jan 20", "Jul 20"]),
        (150, ["Aug 17", "", "", "Jan 19", "", "", "Jul 20"]),
        (40, ["", "", "", "", "", "", "Jul 20"]),
    ],
)
def test_every_half_year_has_its_tick_and_is_named_where_there_is_room(wide: float, labels: list[str]) -> None:
    plot = Plot(58, 0, 58 + wide, 10, (FIRST, LAST), 0, 1)
    assert [label for _, label in half_years(plot.x_range, plot.x, SIZE)] == labels


def test_an_axis_of_shares_ends_at_the_whole() -> None:
    for values in (WAVE, [95.0] * 12, [100.0] * 12, [3.0] * 12):
        assert focused(chart(values)).y_axis.high <= 100
        assert focused(chart(values)).y_axis.low >= 0


def test_only_what_is_asked_for_is_drawn() -> None:
    ahead = FanPoint(month=date(2020, 12, 31), projected=90, lower_80=85, upper_80=95, lower_95=80, upper_95=99)
    whole = chart(WAVE, projection=(ahead,), last=date(2020, 12, 31))
    assert focused(whole).last == LAST
    assert focused(whole, projection=True).last == date(2020, 12, 31)
    assert (focused(whole).projection, focused(whole, usual_range=False).segments) == ((), ())
    year = focused(whole, months=12)
    assert (year.first, len(year.points)) == (date(2019, 8, 31), 12)
    assert year.segments[0].start == date(2019, 8, 31)
    assert "fan-95" in draw_screen(focused(whole, projection=True), 660, 232, "Arial")
    assert "fan-95" not in draw_screen(focused(whole), 660, 232, "Arial")


def test_what_is_named_in_a_chart_is_text() -> None:
    assert "<done>" not in draw_screen(chart(WAVE), 660, 232, "Arial")


def test_a_figure_that_the_plan_only_bounds_is_a_bound_and_no_figure() -> None:
    printed = Figure(printed="Caseloads are above 25 children in PACT and 20 in LAC", above=25)
    row = {
        "name": "Caseload", "kind": "performance", "polarity": "lower", "value": None,
        "baseline": None, "july_2020_printed": printed.printed, "target_lower": None,
        "target_upper": 20.0, "goal": None, "target_words": "at most 20", "unit": "average", "decimals": 0,
        "broken": False,
    }  # fmt: skip
    levels = levels_of(row, cast(Measure, SimpleNamespace(july_2020=printed)))
    assert (levels.latest, levels.bound, levels.target, levels.latest_words) == (None, 25.0, 20.0, "above 25")


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ({"baseline": 8.0, "latest": 14.14, "target": 8.0}, ("baseline", "latest")),
        ({"bound": 25.0, "target": 20.0}, ("bound",)),
        ({"latest": 18.0}, ("latest",)),
        ({"target": 5.0}, ()),
        ({}, ()),
    ],
)
def test_levels_are_drawn_as_far_as_they_are_known(given: dict[str, float], marks: tuple[str, ...]) -> None:
    nothing = dict.fromkeys(("baseline", "latest", "bound", "target"))
    wordings = {"latest_words": "", "target_words": "target 8" if "target" in given else "", "alt": "In words"}
    levels = Levels.model_validate({"name": "A", "broken": False, **wordings, **nothing, **given})
    drawn = draw_levels(levels, 520, 42)
    assert tuple(name for name in ("baseline", "latest", "bound") if f'class="{name}"' in drawn) == marks
    assert ("target 8" in drawn) == ("target" in given)


@settings(max_examples=40, deadline=None)
@given(charts(), st.sampled_from(((660, 232), (366, 232), (1370, 400))), st.sampled_from((None, 12)))
def test_whatever_the_figures_words_keep_clear(chart: TrendChart, size: tuple[int, int], window: int | None) -> None:
    for shown in (chart, focused(chart, months=window, projection=True, others=True)):
        assert not faults(draw_screen(shown, *size, font="Arial"), *size)


@pytest.mark.parametrize("width", [296, 358, 576])
@pytest.mark.parametrize("values", [WAVE, [90.0 + 9 * (-1) ** index for index in range(36)], [85.0] * 18 + [95.0] * 18])
def test_no_line_crosses_the_name_of_the_usual_range(width: int, values: list[float | None]) -> None:
    drawn = draw_screen(focused(chart(values)), width, 240, font="Arial")
    line = re.search(r'<polyline class="line" points="([^"]+)"', drawn)
    assert line is not None
    ways = [tuple(map(float, pair.split(","))) for pair in line[1].split()]
    for x, y, _, font, label in texts(drawn):
        if label == "usual range":
            under = [at for at in ways if x <= at[0] <= x + text_width(label, font) and y - font * 0.75 <= at[1] <= y]
            assert not under


def test_a_stretch_of_the_line_has_its_box_whichever_way_it_goes() -> None:
    plot = Plot(left=0, top=0, right=320, bottom=100, x_range=(add_months(LAST, -2), LAST), low=0, high=100)
    left, right = plot.x(add_months(LAST, -2)), plot.x(LAST)
    middle = plot.x(add_months(LAST, -1))
    assert _along_the_line(chart([20.0, 70.0, 50.0]), plot) == [(left, 30.0, middle, 80.0), (middle, 30.0, right, 50.0)]


@pytest.mark.parametrize(("from_the_edge", "named_with_the_lines"), [(23.9, True), (24.0, False), (30.0, False)])
def test_the_latest_figure_is_named_with_the_lines_where_it_stands_near_their_ends(
    from_the_edge: float, named_with_the_lines: bool
) -> None:
    plot = Plot(left=0, top=0, right=320, bottom=100, x_range=(FIRST, LAST), low=0, high=100)
    (point,) = chart([20.0]).points
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plot, "x", lambda self, month, offset=0.0: self.right - from_the_edge)
        assert _at_end(point, plot) is named_with_the_lines


@pytest.mark.parametrize(
    ("value", "words", "shown"),
    [
        (1500, "1,500", "1,500"),
        (1.5e6, "1,500,000", "1,500k"),
        (1.5e6, "+1,500,000", "+1,500k"),
        (-1.5e6, f"{MINUS}1,500,000", f"{MINUS}1,500k"),
        (1.5e9, "1,500,000,000", "1,500m"),
        (1.5e10, "15,000,000,000", "15,000m"),  # longer than its room, and no shorter way
    ],
)
def test_a_tick_is_in_thousands_or_millions_where_it_has_no_room(value: float, words: str, shown: str) -> None:
    tick = Tick(value=value, words=words)
    assert _tick_words(tick, 52) == shown
    assert _tick_words(tick, text_width(words, SIZE)) == words
