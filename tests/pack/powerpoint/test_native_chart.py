"""Each line of a native chart: its name, its values month by month and its look, of three charts known by heart."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from scorecard.charts.model.models import DatedValue, FanPoint, Trajectory
from scorecard.pack.powerpoint.chart_xml import workbook
from scorecard.pack.powerpoint.charts import (
    Line,
    LineStyle,
    NativeChart,
    legend_height,
    month_step,
    native_chart,
    number_format,
    plot_height,
)
from scorecard.pack.powerpoint.text_metrics import ARIAL, text_width
from tests.pack import invented

VISITS = [70, 72, 71, 69, 70, 73, 71, 70, 72, 69, 71, 70, 91, 93, 92, 90, 91, 94, 92, 91, 93, 90, 92, 91, 60]
REBASED = 12  # the place of July 2019, from which limits are drawn anew


def native(index: int) -> NativeChart:
    return native_chart(invented.three_measures().measures[index].chart)


def by_name(chart: NativeChart) -> dict[str, Line]:
    assert len({line.name for line in chart.lines}) == len(chart.lines), "each line has a name of its own"
    return {line.name: line for line in chart.lines}


def only(chart: NativeChart, *places: int, value: float) -> tuple[float | None, ...]:
    return tuple(value if index in places else None for index in range(len(chart.months)))


def test_a_chart_with_limits_drawn_anew_has_these_lines_in_this_order() -> None:
    chart = native(0)
    assert [line.name for line in chart.lines] == [
        "Visits in time", "Target: at least 70%", "Mean, provisional", "Upper limit, provisional",
        "Lower limit, provisional", "Baseline 75%", "England 85%", "Improving", "Worsening",
        "July 2019: Limits start anew", "March 2020: First lockdown",
    ]  # fmt: skip
    assert (chart.months[0], chart.months[-1], len(chart.months)) == (date(2018, 7, 31), date(2020, 7, 31), 25)
    assert (chart.low, chart.high, chart.step, chart.span, chart.value_title) == (50, 100, 10, 24, "Percentage")
    lines = by_name(chart)
    figures = lines["Visits in time"]
    assert (figures.values, figures.apart, figures.hollow) == (tuple(VISITS), {0}, set())
    assert (figures.labelled, figures.label) == (24, "60%")
    assert lines["Target: at least 70%"].values == (70,) * 25
    for name, old, new in (("Mean", 70.67, 89.23), ("Upper limit", 75.50, 94.07), ("Lower limit", 65.83, 84.39)):
        limits = lines[f"{name}, provisional"]
        assert limits.values == pytest.approx((old,) * REBASED + (new,) * (25 - REBASED), abs=0.005)
        assert limits.apart == {0, REBASED}
    assert lines["Baseline 75%"].values == (75,) * 25
    assert lines["England 85%"].values == (85,) * 25
    assert lines["Improving"].values == (None,) * REBASED + tuple(VISITS[REBASED:24]) + (None,)
    assert lines["Worsening"].values == only(chart, 24, value=60)
    for name, index in (("July 2019: Limits start anew", 12), ("March 2020: First lockdown", 20)):
        assert (lines[name].values, lines[name].drop) == (only(chart, index, value=100), 50)


def test_a_range_that_an_edge_follows_names_each_edge_by_the_target_that_has_it() -> None:
    chart = native(1)
    assert chart.months == (
        date(2019, 12, 31), date(2020, 3, 31), date(2020, 6, 30), date(2020, 7, 31), date(2020, 12, 31)
    )  # fmt: skip
    lines = by_name(chart)
    assert list(lines) == [
        "Caseload", "Target: between 12 and 18, lower edge", "Target: less than 16, upper edge", "Baseline 20.0",
        "No figure (× on the axis)", "March 2020: First lockdown",
    ]  # fmt: skip
    assert lines["Caseload"].values == (None, None, 17.5, None, None)
    assert (lines["Caseload"].labelled, lines["Caseload"].label) == (2, "17.5")
    assert lines["Target: between 12 and 18, lower edge"].values == (12, 12, 12, 12, None)
    assert lines["Target: less than 16, upper edge"].values == (18, 18, 18, 18, 16)
    assert lines["Baseline 20.0"].values == (20, 20, 20, None, None)
    assert lines["No figure (× on the axis)"].values == (None, None, None, 10, None)


def test_a_target_not_to_pass_is_one_line_and_an_axis_tells_its_ticks_exactly() -> None:
    chart = native(2)
    assert list(by_name(chart)) == ["Days lost", "Target: at most 8", "March 2020: First lockdown"]
    assert by_name(chart)["Days lost"].label == "8"
    assert chart.axis_format == '#,##0.0;"−"#,##0.0'
    assert chart.number_format == '#,##0;"−"#,##0'


def test_what_lies_ahead_has_lines_for_the_path_and_the_intervals() -> None:
    chart = invented.three_measures().measures[2].chart
    june, september, december = date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31)
    path = Trajectory(
        start=DatedValue(month=june, value=8.0),
        end=DatedValue(month=december, value=5.0),
        label="To 5 by December 2020",
        short_label="To 5",
    )
    ahead = FanPoint(month=september, projected=7, lower_80=6, upper_80=8, lower_95=5, upper_95=9)
    lines = by_name(native_chart(chart.model_copy(update={"trajectory": path, "projection": (ahead,)})))
    last_values = {name: line.values[-3:] for name, line in lines.items()}  # June, September, December
    assert last_values["To 5"] == (8.0, 6.5, 5.0)
    assert list(last_values)[2:8] == [
        "To 5", "Projection", "80% interval, upper", "80% interval, lower", "95% interval, upper",
        "95% interval, lower",
    ]  # fmt: skip
    assert list(last_values.values())[3:8] == [(None, value, None) for value in (7, 8, 6, 9, 5)]
    assert [line.look for line in list(lines.values())[2:8]] == [
        LineStyle("accent3", 1.5, "sysDash"), LineStyle("accent1", 1.75, "dash"),
        *[LineStyle("accent1", 1.0, "sysDot")] * 2, *[LineStyle("accent1", 0.75, "sysDot")] * 2,
    ]  # fmt: skip


def test_a_chart_without_any_figure_writes_none_out() -> None:
    chart = invented.three_measures().measures[2].chart
    for points in ((), (chart.points[0].model_copy(update={"value": None}),)):
        figures = native_chart(chart.model_copy(update={"points": points})).lines[0]
        assert (figures.labelled, figures.label) == (None, "")
        assert set(figures.values) == {None}


def test_provisional_figures_are_hollow_and_named() -> None:
    chart = invented.three_measures().measures[2].chart
    early = chart.points[0].model_copy(update={"provisional": True})
    lines = by_name(native_chart(chart.model_copy(update={"points": (early,)})))
    assert lines["Days lost"].hollow == {2}
    assert lines["Provisional"].values == (None, None, 8, None)
    gone = early.model_copy(update={"value": None})
    assert by_name(native_chart(chart.model_copy(update={"points": (gone,)})))["Days lost"].hollow == set()


@pytest.mark.parametrize(("letters", "shown"), [(40, "a" * 40), (41, "a" * 39 + "…")])
def test_a_name_longer_than_the_legend_has_room_for_is_cut(letters: int, shown: str) -> None:
    chart = invented.three_measures().measures[2].chart.model_copy(update={"name": "a" * letters})
    assert native_chart(chart).lines[0].name == shown


@pytest.mark.parametrize(
    ("unit", "decimals", "written"),
    [
        ("percent", 0, '#,##0"%";"−"#,##0"%"'),
        ("percent", 1, '#,##0.0"%";"−"#,##0.0"%"'),
        ("days", 2, '#,##0.00;"−"#,##0.00'),
        ("number", 0, '#,##0;"−"#,##0'),
    ],
)
def test_a_format_has_the_decimals_the_unit_and_a_true_minus_sign(unit: str, decimals: int, written: str) -> None:
    assert number_format(unit, decimals) == written


@pytest.mark.parametrize(
    ("width", "step"),
    [
        (1550, 1), (1549, 2), (806, 2), (805, 3), (558, 3), (557, 6),
        (310, 6), (309, 12), (186, 12), (185, 24), (124, 24), (123, 60),
    ],
)  # fmt: skip
def test_as_many_months_are_named_as_have_62_points_each(width: float, step: int) -> None:
    """Of a chart of 24 months: from the first to the last, 25, 13, 9, 5, 3 or 2 of them."""
    assert month_step(24, width) == step


def test_the_legend_has_as_many_columns_as_its_widest_name_lets_it() -> None:
    chart = native(1)
    column = text_width("Target: between 12 and 18, lower edge", 12, ARIAL) + 44
    row = 12 * 1.35
    for width, rows in ((column * 0.5, 6), (2 * column - 1, 6), (2 * column + 1, 3), (3 * column + 1, 2)):
        assert legend_height(chart, width, ARIAL) == pytest.approx(rows * row + 4), width
    assert plot_height(chart, 3 * column + 1, 300, ARIAL) == pytest.approx(300 - (2 * row + 4) - 48 - 14)


def test_each_kind_of_line_has_its_look() -> None:
    lines = by_name(native(0))
    assert {name: line.look for name, line in lines.items()} == {
        "Visits in time": LineStyle("accent1", 2.25, marker="circle", size=6),
        "Target: at least 70%": LineStyle("accent3", 2.25),
        "Mean, provisional": LineStyle("accent5", 1.25),
        "Upper limit, provisional": LineStyle("accent5", 1.25, "dash"),
        "Lower limit, provisional": LineStyle("accent5", 1.25, "dash"),
        "Baseline 75%": LineStyle("accent5", 1.25, "lgDash"),
        "England 85%": LineStyle("accent6", 2.0, "sysDot"),
        "Improving": LineStyle("accent2", 0, marker="square", size=9),
        "Worsening": LineStyle("accent4", 0, marker="diamond", size=9),
        "July 2019: Limits start anew": LineStyle("accent5", 1.0, "sysDash"),
        "March 2020: First lockdown": LineStyle("accent5", 1.0, "sysDash"),
    }


def test_a_provisional_figure_has_a_hollow_marker_over_its_own() -> None:
    chart = invented.three_measures().measures[0].chart
    last = chart.points[-1].model_copy(update={"provisional": True})
    line = by_name(native_chart(chart.model_copy(update={"points": (*chart.points[:-1], last)})))["Provisional"]
    assert line.look == LineStyle("accent1", 0, marker="circle", size=9, hollow=True)
    assert line.look.hollow is True
    assert line.values == (None,) * 24 + (60,)


def test_the_workbook_of_a_chart_has_a_row_a_month_and_headings_that_wrap() -> None:
    chart = native(0)
    book = openpyxl.load_workbook(io.BytesIO(workbook(chart, datetime(2022, 8, 1, 9, 30, tzinfo=UTC))))
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["Month", *(line.name for line in chart.lines)]
    assert {(cell.font.b, cell.alignment.wrap_text) for cell in rows[0]} == {(True, True)}
    assert [row[0].value.date() for row in rows[1:]] == list(chart.months)
    assert [row[1].value for row in rows[1:]] == VISITS
    assert (sheet.freeze_panes, sheet.title) == ("B2", "Sheet1")
