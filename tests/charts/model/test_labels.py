"""What a chart's lines and marks are called, and which names yield: of three charts known by heart."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.charts.model.labels import EndLabel, end_labels, fitting, rows_for, spread
from scorecard.charts.model.legend import key_of
from scorecard.charts.model.models import DatedValue, FanPoint, Trajectory, TrendChart
from scorecard.charts.text_metrics import character_width, cut, cut_before_figure, text_width, wrap
from tests.pack import invented

VISITS, CASELOAD, LOST = (measure.chart for measure in invented.three_measures().measures)


def labels_and_words(chart: TrendChart) -> list[tuple[str, str]]:
    return [(label.text, label.short) for label in end_labels(chart)]


def test_lines_are_named_the_most_important_first() -> None:
    assert labels_and_words(VISITS) == [
        ("Target: at least 70%", "Target 70%"),
        ("Baseline (undated): 75%", "Baseline 75%"),
        ("England (2018/19): 85%", "England 85%"),
        ("Mean: 89%", "Mean 89%"),
        ("Upper limit: 94%", "Upper 94%"),
        ("Lower limit: 84%", "Lower 84%"),
    ]
    assert [label.value for label in end_labels(VISITS)][:3] == [70, 75, 85]


def test_a_level_that_ends_before_the_edge_has_no_name_there() -> None:
    assert labels_and_words(CASELOAD) == [("Target: less than 16", "Target 16")]
    between = CASELOAD.model_copy(update={"targets": CASELOAD.targets[:1]})
    (label,) = end_labels(between)
    assert (label.text, label.short, label.value) == ("Target: between 12 and 18", "Target 12–18", 15)


def test_a_limit_beyond_the_axis_has_no_name() -> None:
    high = VISITS.y_axis.model_copy(update={"high": 90.0})
    assert [short for _, short in labels_and_words(VISITS.model_copy(update={"y_axis": high}))][3:] == [
        "Mean 89%",
        "Lower 84%",
    ]


@pytest.mark.parametrize(("ends", "named"), [(date(2020, 12, 31), True), (date(2021, 1, 31), False)])
def test_a_line_to_a_date_beyond_the_chart_has_no_name_at_its_edge(ends: date, named: bool) -> None:
    path = Trajectory(
        start=DatedValue(month=date(2020, 6, 30), value=8.0),
        end=DatedValue(month=ends, value=5.0),
        label="To 5 by then",
        short_label="To 5",
    )
    assert (("To 5 by then", "To 5") in labels_and_words(LOST.model_copy(update={"trajectory": path}))) == named


def test_a_projection_is_named_by_its_last_month_and_told_in_the_key() -> None:
    ahead = [FanPoint(month=date(2020, at, 30), projected=at, lower_80=1, upper_80=9, lower_95=0, upper_95=10)
             for at in (9, 11)]  # fmt: skip
    chart = LOST.model_copy(update={"projection": tuple(ahead)})
    assert labels_and_words(chart) == [("Target: at most 8", "Target 8"), ("Projection: 11", "Projected 11")]
    assert [item.words for item in key_of(chart)] == ["Projection, with 80% and 95% intervals"]


def test_the_key_tells_the_marks_that_are_there() -> None:
    assert [(item.kind, item.words) for item in key_of(VISITS)] == [
        ("mark", "Signal: improving"), ("mark", "Signal: worsening"), ("band", "Range expected by chance, provisional")
    ]  # fmt: skip
    final = VISITS.segments[-1].model_copy(update={"provisional": False})
    firm = VISITS.model_copy(update={"segments": (VISITS.segments[0], final)})
    assert key_of(firm)[-1].words == "Range expected by chance (limits)"
    assert [(item.kind, item.words) for item in key_of(CASELOAD)] == [("missing", "No figure: not available")]
    early, printed = (
        LOST.points[0].model_copy(update=changed) for changed in ({"provisional": True}, {"origin": "plan"})
    )
    mixed = LOST.model_copy(update={"points": (early, printed)})
    assert [item.words for item in key_of(mixed)] == ["Provisional", "The plan's own figure"]
    assert key_of(LOST.model_copy(update={"points": (printed,)})) == []


def label(rank: int) -> EndLabel:
    return EndLabel("target", 0, str(rank), "", "", "", rank)


@pytest.mark.parametrize(("room", "expected"), [(30, [0, 1, 2]), (29.9, [0, 1]), (9.9, []), (100, [0, 1, 2])])
def test_where_there_is_no_room_the_least_important_yields(room: float, expected: list[int]) -> None:
    assert [fitted.rank for fitted in fitting([label(2), label(0), label(1)], room, 10)] == expected


@pytest.mark.parametrize(
    ("wanted", "centres"),
    [
        ([20, 50], [20, 50]),
        ([50, 20], [50, 20]),
        ([50, 50], [45, 55]),
        ([50, 55], [47.5, 57.5]),
        ([50, 50, 50], [40, 50, 60]),
        ([0, 95], [5, 95]),
        ([100, 90], [95, 85]),
        ([2, 3], [5, 15]),
    ],
)
def test_labels_stand_as_near_as_may_be_to_where_they_belong(wanted: list[float], centres: list[float]) -> None:
    """Each ten high, between 0 and 100."""
    assert spread(wanted, 10, 0, 100) == pytest.approx(centres)


@pytest.mark.parametrize(
    ("spans", "rows"),
    [
        ([(0, 10), (10, 20)], [0, 0]),
        ([(0, 10), (9, 20)], [0, 1]),
        ([(0, 10), (5, 8), (8, 12), (10, 11)], [0, 1, 1, 0]),
        ([(0, 10), (1, 10), (2, 10)], [0, 1, 1]),
    ],
)
def test_spans_stand_in_the_lowest_free_row_of_two(spans: list[tuple[float, float]], rows: list[int]) -> None:
    assert rows_for(spans, 2) == rows


@pytest.mark.parametrize(
    ("character", "wide"),
    [
        ("i", 0.31),
        (" ", 0.31),
        ("m", 0.87),
        ("%", 0.87),
        ("a", 0.53),
        ("A", 0.62),
        ("7", 0.53),
        ("漢", 1),
        ("\u0301", 0),
    ],
)
def test_characters_are_narrow_usual_large_or_wide(character: str, wide: float) -> None:
    assert character_width(character) == wide


@pytest.mark.parametrize(
    ("text", "fits", "made"),
    [("aaaa", "aaaa", "aaaa"), ("aaaa", "aaa", "a…"), ("aa aa", "aa …", "aa…"), ("aaaa", "", "…"), ("", "", "")],
)
def test_a_text_is_cut_to_the_room_that_another_takes(text: str, fits: str, made: str) -> None:
    assert cut(text, text_width(fits, 10) + 1e-6, 10) == made


@pytest.mark.parametrize(
    ("text", "fits", "made"),
    [
        ("South East 124.6", "South East 124.6", "South East 124.6"),
        ("South East 124.6", "South… 124.6", "South… 124.6"),
        ("South East −3", "Sout… −3", "Sout… −3"),
        ("South East £5", "£5", "£5"),
        ("124.6", "1", "124.6"),
        ("South East", "South…", "South…"),
    ],
)
def test_a_name_is_cut_before_its_figure_which_never_is(text: str, fits: str, made: str) -> None:
    assert cut_before_figure(text, text_width(fits, 10) + 1e-6, 10) == made


@pytest.mark.parametrize(
    ("fits", "lines", "made"),
    [
        ("one two three", 2, ["one two three"]),
        ("one two", 2, ["one two", "three"]),
        ("three", 3, ["one", "two", "three"]),
        ("three", 2, ["one", "tw…"]),
    ],
)
def test_a_text_is_wrapped_at_words_and_what_is_over_is_cut(fits: str, lines: int, made: list[str]) -> None:
    assert wrap("one two three", text_width(fits, 10) + 1e-6, 10, lines) == made
    assert wrap("", 100, 10, 2) == []
