"""Where everything stands: no words out of the drawing, over one another or over a missing figure's mark, none cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from scorecard.charts import svg
from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import (
    ComparatorLine,
    DatedValue,
    Level,
    Point,
    Segment,
    TargetStep,
    Trajectory,
    TrendChart,
    VerticalMark,
)
from scorecard.charts.svg.trend import roomy_height
from scorecard.charts.text_metrics import ELLIPSIS, text_width
from scorecard.core.numbers import figure_words
from scorecard.core.periods import add_months
from tests.charts.svg.placing import LAST, SVG, boxes, charts, faults

FONTS = Path(__file__).parents[3] / "scorecard" / "pack" / "fonts"
SIZES = ((310, 150), (380, 165), (560, 250), (900, 400))  # the pack's small charts, a half page, a download
OTHERS: tuple[tuple[Any, float, str, str], ...] = (
    ("statistical_neighbour", 78.0, "Statistical neighbours (average of ten councils, 2018/19): 78%", "SN 78%"),
    ("regional", 77.0, "South East (2018/19): 77%", "South East 77%"),
    ("national", 79.0, "England: 79%", "England 79%"),
)


def trend(
    values: Sequence[float | None], target: float | None = 80.0, baseline: float | None = 75.0, *,
    unit: Any = "percent", decimals: int = 0, marks: Sequence[str] = ("First national lockdown",), label: str = "",
    broken: bool = False, others: Sequence[tuple[Any, float, str, str]] = (), ahead: bool = False,
    limits: bool = False, origin: Any = "extract",
) -> TrendChart:  # fmt: skip
    """A chart of some months up to July 2020, and six months of room after them."""
    months = [add_months(LAST, index - len(values) + 1) for index in range(len(values))]
    points = tuple(
        Point(month=month, value=None, figure="no figure received", words="", missing="no figure received")
        if value is None
        else Point(
            month=month, value=value, figure=figure_words(value, unit, decimals), words="", origin=origin,
            joined=index > 0 and values[index - 1] is not None,
        )
        for index, (month, value) in enumerate(zip(months, values, strict=True))
    )  # fmt: skip
    first, end = add_months(LAST, -max(len(values) - 1, 6)), add_months(LAST, 6)
    known = [value for value in values if value is not None]
    levels = [level for level in (target, baseline, *(other[1] for other in others)) if level is not None]
    mean = sum(known) / len(known) if known else 0.0
    edges = [mean - 8, mean + 8] if limits else []
    named = figure_words(baseline, unit, decimals)
    return TrendChart(
        title="What was found", alt="Words for it", measure_id="m", name="A measure", unit=unit, decimals=decimals,
        first=first, last=end, y_axis=y_axis([*known, *levels, *edges], unit), points=points,
        targets=() if target is None else (
            TargetStep(start=first, end=end, lower=target, words=f"at least {figure_words(target, unit, decimals)}"),
        ),
        baseline=None if baseline is None else Level(
            value=baseline, label=label or f"Baseline (undated): {named}", short_label=f"Baseline {named}",
            end=add_months(LAST, -1) if broken else None,
        ),
        segments=(Segment(start=months[0], end=LAST, mean=mean, lower=mean - 8, upper=mean + 8),) if limits else (),
        comparators=tuple(
            ComparatorLine(role=role, value=value, label=full, short_label=short) for role, value, full, short in others
        ),
        trajectory=Trajectory(
            start=DatedValue(month=LAST, value=known[-1]), end=DatedValue(month=end, value=target),
            label="Trajectory to the target by January 2021", short_label="Trajectory",
        ) if ahead and target is not None and known else None,
        marks=tuple(
            VerticalMark(month=add_months(LAST, index - 4), kind="event", label=label, why="")
            for index, label in enumerate(marks)
        ),
        source="Source: the improvement plan, and what the data team sent since",
    )  # fmt: skip


SAW = tuple(70.0 + (index * 7) % 13 for index in range(120))
LONG_LABEL = "Baseline (undated, counted in established posts and across the whole service): 75%"
CASES: dict[str, TrendChart] = {
    "one point": trend([82.0]),
    "one point of the plan, at the top": trend([100.0], 100.0, None, origin="plan"),
    "one point of the plan, at the bottom": trend([0.0], 0.0, 10.0, origin="plan"),
    "no figure at all": trend([None]),
    "target, baseline and value alike": trend([80.0] * 12, 80.0, 80.0),
    "target, baseline, value and others alike": trend(
        [80.0] * 12, 80.0, 80.0, others=[(role, 80.0, full, short) for role, _, full, short in OTHERS]
    ),
    "a long baseline": trend([82.0, 83.0, 81.0], label=LONG_LABEL),
    "a long baseline that ends": trend([82.0, 83.0, 74.0], label=LONG_LABEL, broken=True),
    "the last months missing": trend([50.0, 52, 51, 40, 41, 42, None, None, None], 60.0, 55.0),
    "down to nothing, then missing": trend([5.0, 4, 3, 2, 1, 0, None], 60.0, 55.0),
    "missing, then nothing": trend([5.0, 4, 3, 2, 1, None, 0.0], 60.0, 55.0),
    "missing on both sides": trend([5.0, 4, None, 0.0, None, None], 60.0, 55.0),
    "nothing between two gaps": trend([None, 0.0, None], None, None, decimals=1, others=OTHERS),
    "far above all others": trend([1.0, 2, 3, 1_234_567.0], 10.0, 3.0, unit="number"),
    "long figures": trend([1_234_567.0] * 3, 1_300_000.0, 1_200_000.0, unit="number"),
    "very small": trend([0.001, 0.002, 0.001], 0.002, 0.001, unit="rate_per_1000", decimals=3),
    "below nothing": trend([-5.0, 3, -12, 4], 0.0, -3.0, unit="number"),
    "at a hundred": trend([99.0, 100, 100], 100.0, 100.0),
    "falling to nothing": trend([9.0, 4, 0], 0.0, 10.0),
    "120 points and every line": trend(SAW, limits=True, others=OTHERS, ahead=True),
    "36 points, every line and four events": trend(
        SAW[:36], limits=True, others=OTHERS, ahead=True,
        marks=("First national lockdown", "July 2020 (plan)", "Limits start anew", "A fourth with a long name of its"),
    ),
}  # fmt: skip


def drawing_and_height(chart: TrendChart, width: float, height: float, titled: bool = False) -> tuple[str, float]:
    """The drawing, at least as high as it needs to be, and its height."""
    tall = roomy_height(chart, width, height, titled=titled)
    return svg(chart, width, tall, titled=titled), tall


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", CASES)
def test_words_keep_within_the_drawing_and_clear_of_one_another(case: str, size: tuple[int, int]) -> None:
    for titled in (False, True):
        drawing, height = drawing_and_height(CASES[case], *size, titled=titled)
        assert not faults(drawing, size[0], height)


@pytest.mark.parametrize("size", SIZES[1:])
@pytest.mark.parametrize("case", [case for case in CASES if "four events" not in case])
def test_no_lines_name_is_cut(case: str, size: tuple[int, int]) -> None:
    assert not [label for label, _ in boxes(drawing_and_height(CASES[case], *size)[0]) if ELLIPSIS in label]


def test_a_name_too_long_for_its_margin_is_written_short() -> None:
    labels = [label for label, _ in boxes(drawing_and_height(CASES["a long baseline"], 560, 250)[0])]
    assert "Baseline 75%" in labels
    assert "Target: at least 80%" in labels  # what has room is still said in full
    labels = [label for label, _ in boxes(drawing_and_height(CASES["a long baseline"], 1600, 400)[0])]
    assert LONG_LABEL in labels


@pytest.mark.parametrize(
    ("values", "clear_at"),
    [
        ([76.0] * 12 + [60.0] * 12, "left"),  # above the baseline's start runs the line: the words stand below it
        ([74.0] * 12 + [60.0] * 12, "left"),  # and here above it
        ([76.0, 74.0] * 6 + [60.0] * 12, "right"),  # the line crosses it to and fro: further along
    ],
)
def test_a_lines_name_in_the_plot_lies_over_no_figure_where_it_can_stand_elsewhere(
    values: list[float], clear_at: str
) -> None:
    drawing, _ = drawing_and_height(trend(values, broken=True), 560, 250)
    ((_, box),) = [placed for placed in boxes(drawing) if placed[0].startswith("Baseline")]
    assert not [at for at in way_of(drawing) if box[0] < at[0] < box[2] and box[1] < at[1] < box[3]]
    assert (box[0] < 100) == (clear_at == "left")


def way_of(drawing: str) -> list[tuple[float, float]]:
    """The points that the line of figures joins."""
    (line,) = [
        polyline for polyline in ET.fromstring(drawing).iter(f"{SVG}polyline") if polyline.get("class") == "line"
    ]
    return [(float(x), float(y)) for x, y in (at.split(",") for at in (line.get("points") or "").split())]


@pytest.mark.parametrize("bold", [False, True])
def test_the_shipped_font_is_as_wide_as_words_are_taken_to_be_or_less(bold: bool) -> None:
    font = ImageFont.truetype(str(FONTS / f"SourceSans3-{'Semibold' if bold else 'Regular'}.otf"), 100)
    labels = {label for chart in CASES.values() for label, _ in boxes(drawing_and_height(chart, 900, 400)[0])}
    latest = {point.figure for chart in CASES.values() for point in chart.points}
    for label in latest if bold else labels:
        assert font.getlength(label) <= text_width(label, 100) * (1.05 if bold else 1.02), label


@pytest.mark.parametrize("case", CASES)
def test_the_latest_figure_is_always_said(case: str) -> None:
    known = [point for point in CASES[case].points if point.value is not None]
    bold = [
        text.text
        for text in ET.fromstring(drawing_and_height(CASES[case], 380, 165)[0]).iter(f"{SVG}text")
        if text.get("font-weight") == "600" and text.get("aria-hidden") != "true"
    ]
    assert bold == ([known[-1].figure] if known else [])


def test_a_chart_grows_only_where_its_plot_would_be_too_low() -> None:
    assert roomy_height(CASES["one point"], 560, 250, titled=False) == 250
    assert roomy_height(CASES["36 points, every line and four events"], 380, 165, titled=False) > 165


@settings(max_examples=40, deadline=None)
@given(charts(), st.sampled_from(SIZES), st.sampled_from((None, 12, 36)))
def test_whatever_the_figures_words_keep_clear(chart: TrendChart, size: tuple[int, int], window: int | None) -> None:
    times = None if window is None else (max(chart.first, add_months(LAST, 1 - window)), chart.last)
    tall = roomy_height(chart, *size, x_range=times, titled=False)
    assert not faults(svg(chart, size[0], tall, x_range=times, titled=False), size[0], tall)
