"""What a trend chart holds, without pixels: marks, gaps, limits, targets, levels, the fan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.catalogue.models import Catalogue
from scorecard.charts import change_chart, read_chart, sparkline, sparkline_of, svg, table, trend_chart
from scorecard.charts.model.axes import month_ticks, shared_range, y_axis
from scorecard.charts.model.models import on_shared_axis
from tests.charts.conftest import FALL, LOOKED_AFTER, REFERRALS, STEADY, Story, StoryOf


@pytest.mark.parametrize(
    ("values", "last_mark"),
    [(STEADY, "common_cause"), (FALL, "improvement"), ((*STEADY, 40), "concern"), ((26, 27), "figure")],
)
def test_points_are_marked_by_type(values: tuple[float, ...], last_mark: str, story_of: StoryOf) -> None:
    assert story_of(values).chart().points[-1].mark == last_mark


def test_monitored_points_are_neutral(story_of: StoryOf) -> None:
    story = story_of((*STEADY, 40), changes={"polarity": "monitor"})
    assert story.chart().points[-1].mark == "neutral_high"


def test_a_missing_figure_breaks_the_line_and_says_why(story_of: StoryOf) -> None:
    chart = story_of((30, 29, nan, 28, 27, 26), symbols={2: "c"}, drop=(4,)).chart()
    assert [point.joined for point in chart.points] == [False, True, False, False, False, False]
    assert [point.missing for point in chart.points] == [
        None, None, "suppressed", None, "no figure received", None,
    ]  # fmt: skip
    assert any("April 2020: suppressed" in note for note in chart.notes)


def test_a_year_to_date_restarts_in_april(story_of: StoryOf) -> None:
    story = story_of((20, 25, 3, 6), "edge-of-care-referrals", end="2020-05-31", changes={"year_starts": "unknown"})
    chart = story.chart()
    assert [point.joined for point in chart.points] == [False, True, False, True]


@pytest.mark.parametrize(
    ("count", "limits", "provisional"), [(11, 0, None), (12, 1, True), (19, 1, True), (20, 1, False)]
)
def test_limits_obey_standing(count: int, limits: int, provisional: bool | None, story_of: StoryOf) -> None:
    segments = story_of(STEADY[:count]).chart().segments
    assert len(segments) == limits
    assert [part.provisional for part in segments] == ([] if provisional is None else [provisional])


def test_rolling_figures_have_no_limits_and_say_why(story_of: StoryOf) -> None:
    chart = story_of(STEADY, "staff-turnover-overall").chart()
    assert chart.segments == ()
    assert "shares most of its data" in chart.subtitle


def test_limits_step_at_a_rebase_with_its_reason(story_of: StoryOf) -> None:
    changes = {"rebase": [{"from": "2019-08", "why": "One front door"}]}
    chart = story_of((*STEADY[:20], *[value - 5 for value in STEADY[:12]]), changes=changes).chart()
    assert [(part.start, part.provisional) for part in chart.segments] == [
        (date(2017, 12, 31), False),
        (date(2019, 8, 31), True),
    ]
    assert any("One front door" in mark.why for mark in chart.marks if mark.kind == "rebase")
    assert any("One front door" in note for note in chart.notes)


def test_the_target_path_steps(story_of: StoryOf) -> None:
    targets = [{"at_most": 30, "printed": "30%"}, {"at_most": 21, "printed": "21%", "from": "2020-01"}]
    steps = story_of(STEADY, changes={"targets": targets}).chart().targets
    assert [(step.upper, step.start, step.end) for step in steps] == [
        (30, date(2018, 8, 31), date(2019, 12, 31)),
        (21, date(2020, 1, 31), date(2020, 7, 31)),
    ]


def test_a_target_between_has_two_edges(story_of: StoryOf) -> None:
    changes = {"targets": [{"between": [20, 25], "printed": "20 to 25"}], "polarity": "monitor"}
    step = story_of(STEADY, changes=changes).chart().targets[0]
    assert (step.lower, step.upper, step.words) == (20, 25, "between 20% and 25%")


def test_the_baseline_is_a_level_and_never_a_point(plan: Callable[[str], Story]) -> None:
    chart = plan(REFERRALS).chart()
    assert chart.baseline is not None
    assert chart.baseline.label == "Baseline (undated): 35%"
    assert [point.month for point in chart.points] == [date(2020, 7, 31)]


def test_no_baseline_runs_across_a_break(plan: Callable[[str], Story]) -> None:
    chart = plan("agency-workers").chart()
    assert chart.baseline is not None
    assert chart.baseline.end == date(2020, 6, 30)
    assert any("can't be compared" in note for note in chart.notes)


def test_a_trajectory_runs_from_july_2020_to_the_targets_date(plan: Callable[[str], Story]) -> None:
    path = plan(REFERRALS).chart().trajectory
    assert path is not None
    assert (path.start.value, path.end.value, path.end.month) == (26, 21, date(2020, 10, 31))
    assert plan("sickness-absence-days").chart().trajectory is None


def test_only_comparable_areas_are_drawn_the_others_are_noted(plan: Callable[[str], Story]) -> None:
    chart = plan("child-protection-plans-number").chart()
    measure = plan("child-protection-plans-number").measure
    hidden = [kind for kind, other in measure.comparators.items() if not other.comparable]
    assert hidden
    assert not {line.role for line in chart.comparators} & set(hidden)
    assert sum(note.startswith("Not drawn") for note in chart.notes) >= len(hidden)


def test_published_figures_of_other_areas_are_lines(story_of: StoryOf, catalogue: Catalogue) -> None:
    ends = pd.to_datetime(["2019-03-31", "2020-03-31"])
    over_time = pd.DataFrame(
        {"measure_id": REFERRALS, "area": catalogue.authority.country.code, "period_end": ends, "value": [24.0, 23.0]}
    )
    lines = story_of(STEADY).chart(comparators_over_time=over_time).comparators
    national = next(line for line in lines if line.role == "national")
    assert [dated.value for dated in national.points] == [24, 23]
    assert national.label == "England: 23% (March 2020)"


def test_the_fan_begins_after_the_last_figure(story_of: StoryOf) -> None:
    chart = story_of(STEADY, projected=True).chart()
    assert len(chart.projection) == 12
    assert chart.projection[0].month == date(2020, 8, 31)
    assert chart.last == date(2021, 7, 31)


@pytest.mark.parametrize(
    ("origin", "given", "expected"),
    [("demonstration", None, True), ("extract", None, False), ("extract", True, True)],
)
def test_demonstration_data_says_so(origin: str, given: bool | None, expected: bool, story_of: StoryOf) -> None:
    chart = story_of(STEADY, origin=origin).chart(demonstration=given)
    assert chart.demonstration is expected
    assert ("Demonstration data" in svg(chart, 600, 300)) is expected


def test_a_share_of_few_says_of_how_many(story_of: StoryOf) -> None:
    chart = story_of((50.0, 60.0), denominators=(4, 5)).chart()
    assert chart.points[-1].words == "July 2020: 60%, 3 of 5"


def test_one_figure_still_has_a_sensible_axis(plan: Callable[[str], Story]) -> None:
    chart = plan(REFERRALS).chart()
    assert chart.first <= date(2020, 2, 29)
    assert chart.last >= date(2020, 12, 31)
    assert chart.y_axis.low <= 21
    assert chart.y_axis.high >= 35


def test_a_measure_without_a_figure_has_no_points_and_says_so(plan: Callable[[str], Story]) -> None:
    chart = plan("home-education-initial-engagement").chart()
    assert chart.points == ()
    assert chart.title.startswith("No figure")


def test_every_chart_goes_to_json_and_back(story_of: StoryOf, plan: Callable[[str], Story]) -> None:
    charts = [
        story_of(FALL, projected=True).chart(),
        plan(REFERRALS).chart(),
        story_of((nan,), symbols={0: "x"}).chart(),
    ]
    story = story_of(STEADY)
    charts.append(change_chart(story.measure, story.row, story.series, catalogue=story.catalogue))
    small = sparkline(story.measure, story.row, story.series, story.points)
    for chart in [*charts, small, sparkline_of(charts[0])]:
        assert read_chart(chart.model_dump_json()) == chart


def test_the_table_says_what_the_pointer_reads(story_of: StoryOf) -> None:
    chart = story_of((*STEADY, 40), projected=True).chart()
    frame = table(chart)
    assert len(frame) == 25 + 12
    row = frame.iloc[24]
    assert (row["Period"], row["Figure"], row["Target"]) == ("July 2020", "40%", "at most 21%")
    assert row["What it shows"] == "Worsening: above the upper limit"
    assert frame.iloc[-1]["Notes"] == "projection"


def test_the_change_chart_takes_differences_of_neighbours_only(story_of: StoryOf) -> None:
    story = story_of((510, 512, nan, 516, 515), LOOKED_AFTER, symbols={2: "x"})
    chart = change_chart(story.measure, story.row, story.series, catalogue=story.catalogue)
    assert [(point.value, point.figure) for point in chart.points] == [(2, "+2"), (-1, "−1")]
    assert chart.points[-1].words == "July 2020: 1 lower than in June 2020"
    assert chart.charted == "monthly change"


def test_a_leap_shows_in_the_change_chart(story_of: StoryOf) -> None:
    values = [500 + step % 3 for step in range(20)] + [540]
    story = story_of(values, LOOKED_AFTER)
    chart = change_chart(story.measure, story.row, story.series, catalogue=story.catalogue)
    assert chart.title.startswith("Latest change +39, far higher than usual in July 2020: unlikely to be chance")


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.sampled_from(["percent", "number", "days", "average"])
)
def test_an_axis_holds_every_value_and_has_few_ticks(values: list[float], unit: str) -> None:
    axis = y_axis(values, unit)  # type: ignore[arg-type]
    slack = 1e-9 * max(map(abs, values), default=1) + 1e-9
    assert axis.low <= min(values) + slack
    assert axis.high >= max(values) - slack
    assert 2 <= len(axis.ticks) <= 9
    assert len({tick.words for tick in axis.ticks}) == len(axis.ticks)


@pytest.mark.parametrize("values", [(2, 3), (0, 1), (1, 1, 2), (2.0, 2.66, 1.4), (516, 512, 420)])
def test_a_number_of_things_has_no_half_between_two_ticks(values: tuple[float, ...]) -> None:
    ticks = y_axis(values, "number").ticks
    assert all(tick.value == int(tick.value) for tick in ticks)
    assert len(ticks) > 1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_a_percentage_axis_stays_within_0_and_100_and_says_where_it_starts(values: list[float]) -> None:
    axis = y_axis(values, "percent")
    assert axis.low >= 0
    assert axis.high <= 100
    assert (axis.note is None) == (axis.low == 0)


@given(st.integers(0, 400), st.integers(1, 20))
def test_month_ticks_fit_their_count(months: int, count: int) -> None:
    first = date(2000, 1, 31)
    last = (pd.Timestamp(first) + pd.offsets.MonthEnd(months)).date()
    ticks = month_ticks((first, last), count)
    assert len(ticks) <= count
    assert all(first <= month <= last for month, _ in ticks)


def test_small_multiples_share_one_range() -> None:
    ranges = [(date(2019, 1, 31), date(2020, 1, 31)), (date(2018, 1, 31), date(2019, 6, 30))]
    assert shared_range(ranges) == (date(2018, 1, 31), date(2020, 1, 31))
    assert shared_range([]) is None


def test_the_models_room_takes_a_series_or_a_dict(story_of: StoryOf) -> None:
    story = story_of(STEADY)
    as_series = trend_chart(story.measure, pd.Series(story.row), story.series, story.points, catalogue=story.catalogue)
    assert as_series == story.chart()


def test_on_a_shared_axis_a_target_runs_to_the_shared_edges(story_of: StoryOf) -> None:
    chart = story_of([30, 28, 26]).chart()
    first, last = date(2015, 1, 31), date(2030, 12, 31)
    steps = on_shared_axis(chart, (first, last)).targets
    assert [(step.start, step.end) for step in steps] == [(first, last)]
    assert on_shared_axis(chart, None) is chart
    inside = on_shared_axis(chart, (chart.first, chart.first)).targets
    assert [(step.start, step.end) for step in inside] == [(chart.first, chart.last)]


def test_limits_and_axis_end_where_no_figure_can_be(story_of: StoryOf) -> None:
    """Their formula gives a lower limit of -7.2."""
    chart = story_of((3, 0, 4, 1, 5, 0, 3, 1, 4, 0, 5, 1, 3, 0)).chart()
    assert [segment.lower for segment in chart.segments] == [0]
    assert chart.y_axis.low == 0
