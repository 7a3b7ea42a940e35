"""The charts of published figures: what breaks a line, and that every drawing is well-formed at both widths."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import fromstring

import pytest

from scorecard.charts.model.comparison import (
    FunnelChart,
    FunnelLimits,
    FunnelPoint,
    GapBars,
    ListChange,
    Place,
    PlaceChart,
    YearChart,
    YearLine,
    YearPoint,
    axis_of,
    runs,
)
from scorecard.charts.svg.comparison import draw_funnel, draw_places, draw_years, gap_bars

SVG = "{http://www.w3.org/2000/svg}"
ENDS = [date(2016, 3, 31), date(2017, 3, 31), date(2019, 3, 31), date(2020, 3, 31)]


RUNS = [
    (["a"] * 4, [0, 0, 1, 1]),
    (["a", "a", "a", "b"], [0, 0, 1, 2]),
    (["a", "b", "b", "b"], [0, 1, 2, 2]),
]


@pytest.mark.parametrize(("sets", "joined"), RUNS)
def test_no_line_crosses_a_missing_year_or_a_change_of_list(sets, joined) -> None:
    assert runs(ENDS, sets) == joined


def years(hollow: bool = False) -> YearChart:
    points = tuple(
        YearPoint(end=end, value=value, words=str(value), hollow=hollow, run=run)
        for end, value, run in zip(ENDS, (9.0, 8.0, 7.0, 6.0), runs(ENDS, ["a"] * 4), strict=True)
    )
    lines = (YearLine(whose="ours", name="<ours>", points=points), YearLine(whose="england", name="E", points=points))
    change = ListChange(end=ENDS[2], words="list of May 2025 from here")
    return YearChart(title="T", subtitle="S", lines=lines, changes=(change,), axis=axis_of([6, 9], "percent"), alt="A")


def test_a_name_in_the_key_goes_on_below_where_one_line_has_no_room_for_it() -> None:
    """On a telephone; the names after it begin on a line of their own."""
    long_name, chart = "Statistical neighbours, mean of 10 of 10, list of May 2025", years()
    named = (chart.lines[0].model_copy(update={"name": long_name}), chart.lines[1])
    drawn = fromstring(draw_years(chart.model_copy(update={"lines": named}), 340))
    key = {text.text: float(text.get("y", 0)) for text in drawn.iter(f"{SVG}text") if text.text}
    first, second = (part for part in key if part in long_name and len(part) > 4)
    assert f"{first} {second}" == long_name
    assert key[first] < key[second] < key["E"]


@pytest.mark.parametrize("width", [340.0, 860.0])
def test_years_are_points_joined_within_their_runs(width: float) -> None:
    drawn = fromstring(draw_years(years(), width))
    ours = [line for line in drawn.iter(f"{SVG}polyline") if line.get("class") == "ours"]
    assert [len(str(line.get("points")).split()) for line in ours] == [2, 2]
    texts = [str(text.text) for text in drawn.iter(f"{SVG}text")]
    assert "<ours>" in texts
    assert drawn.find(f"{SVG}desc").text == "A"


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("width", [340.0, 860.0])
def test_places_are_in_order_and_ours_is_told_by_name_and_shape(named: bool, width: float) -> None:
    places = tuple(
        Place(name=f"A{at}", value=float(at), words=str(at), whose="ours" if at == 3 else "neighbours")
        for at in range(9)
    )
    chart = PlaceChart(title="T", subtitle="S", places=places, quarters=(2.0, 4.0, 6.0), axis=axis_of([0, 8], "number"),
                       named=named, alt="A")  # fmt: skip
    texts = [str(text.text) for text in fromstring(draw_places(chart, width)).iter(f"{SVG}text")]
    assert texts.count("A3") == (1 if named else 2)  # with its white edge
    assert ("A5" in texts) is named


def test_a_funnel_and_a_gap_are_drawn_within_their_frames() -> None:
    limits = tuple(
        FunnelLimits(denominator=size, lower_95=40.0, upper_95=60.0, lower_998=30.0, upper_998=70.0)
        for size in (10.0, 90.0)
    )
    points = (FunnelPoint(name="Ours", denominator=50.0, value=80.0, whose="ours", outside=True),
              FunnelPoint(name="B", denominator=20.0, value=75.0, whose="other", outside=True))  # fmt: skip
    chart = FunnelChart(title="T", subtitle="S", points=points, limits=limits, target=50.0,
                        axis=axis_of([30, 80], "percent"), size_title="Children", alt="A")  # fmt: skip
    assert "beyond the outer limits" in draw_funnel(chart, 340.0)
    bars = list(fromstring(gap_bars(GapBars(gaps=(1.0, None, -2.0), alt="words"))).iter(f"{SVG}rect"))
    assert len(bars) == 2
    assert len({bar.get("fill") for bar in bars}) == 2
