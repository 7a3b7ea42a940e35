"""What `project` promises for any series: columns, dates, order, bounds, silence, and the same figures every time."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scorecard.analysis.projection.distributions import student_quantile
from scorecard.analysis.projection.intervals import ANY_SERIES, HALF_LIFE
from scorecard.analysis.projection.project import FIGURES, PROJECTION_COLUMNS, project, too_few

SOUTHAMPTON = "E06000045"
NOISY = [71, 74, 69, 80, 77, 75, 82, 79, 73, 84, 81, 78, 85, 80, 88, 83]


def observations(values, measure="seen-in-time", area=SOUTHAMPTON, end="2020-07-31"):
    ends = pd.date_range(end=end, periods=len(values), freq="ME")
    return pd.DataFrame(
        {"measure_id": measure, "area": area, "period_end": ends, "value": np.array(values, dtype=float)}
    )


def waves(number, months=48, seed=20200731):
    """Invented measures of every kind: trend, season, noise, level; some with gaps, some with noughts."""
    random = np.random.default_rng(seed)
    time_ = np.arange(months)
    frames = []
    for k in range(number):
        values = 50 + 10 * random.normal() + random.normal() * time_ / 5 + 8 * np.sin(time_ / 6 * np.pi) * (k % 2)
        values = values + random.normal(size=months).cumsum() * (k % 3) + random.normal(size=months) * 3
        if k % 4 == 3:
            values = np.maximum(np.round(values / 20 - 2), 0)
        if k % 5 == 4:
            values[random.random(months) < 0.2] = np.nan
        frames.append(observations(values[random.integers(0, 36) :], measure=f"measure-{k:02d}"))
    return pd.concat(frames, ignore_index=True)


series_of_numbers = st.lists(
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda x: round(x, 3)), min_size=12, max_size=60
)


def test_columns_dates_and_kinds_are_as_agreed():
    projection = project(observations(NOISY))
    assert list(projection.columns) == PROJECTION_COLUMNS
    assert projection["period_end"].tolist() == pd.date_range("2020-08-31", periods=12, freq="ME").tolist()
    assert projection["period_end"].dtype == observations(NOISY)["period_end"].dtype
    assert (projection[FIGURES].dtypes == np.float64).all()
    assert projection["measure_id"].unique().tolist() == ["seen-in-time"]
    assert projection["area"].unique().tolist() == [SOUTHAMPTON]


def test_months_run_across_a_leap_year():
    projection = project(observations(NOISY, end="2019-12-31"), horizon=3)
    assert projection["period_end"].dt.strftime("%Y-%m-%d").tolist() == ["2020-01-31", "2020-02-29", "2020-03-31"]


@pytest.mark.parametrize("horizon", [1, 6, 12, 24])
def test_any_horizon_gives_the_same_first_months(horizon):
    figures = waves(10)
    projection, year = project(figures, horizon=horizon), project(figures)
    assert (projection.groupby(["measure_id", "area"]).size() == horizon).all()
    both = projection.merge(year, on=["measure_id", "area", "period_end"], suffixes=("", "_year"))
    for name in FIGURES:
        assert both[name].tolist() == both[f"{name}_year"].tolist()


@pytest.mark.parametrize(("points", "rows"), [(0, 0), (1, 0), (11, 0), (12, 12), (13, 12)])
def test_a_series_is_projected_from_twelve_points_on(points, rows):
    assert len(project(observations(NOISY[:points]))) == rows


@pytest.mark.parametrize("values", [[np.nan] * 3, [5], [*NOISY[:11], np.nan]])
def test_a_series_of_too_few_figures_is_named_with_how_many(values):
    short_series = too_few(pd.concat([observations(values), observations(NOISY, measure="spoken")]))
    assert short_series.to_dict("records") == [
        {"measure_id": "seen-in-time", "area": SOUTHAMPTON, "points": int(np.isfinite(values).sum())}
    ]


def test_no_observations_give_no_rows_and_no_reasons():
    none = observations([])
    assert project(none).empty
    assert list(project(none).columns) == PROJECTION_COLUMNS
    assert list(too_few(none).columns) == ["measure_id", "area", "points"]


def test_a_missing_month_is_the_same_as_a_month_without_a_row():
    figures = observations([*NOISY, 90, 91, 85, 92])
    figures.loc[[3, 9, 10, 19], "value"] = np.nan
    without = figures.dropna(subset="value")
    pd.testing.assert_frame_equal(project(figures), project(without), check_exact=True)
    assert project(figures)["period_end"].iloc[0] == pd.Timestamp("2020-07-31"), "follows the last month with a value"


def test_figures_of_one_month_in_three_can_be_projected():
    values = np.full(36, np.nan)
    values[2::3] = NOISY[:12]
    projection = project(observations(values))
    assert np.isfinite(projection[FIGURES].to_numpy()).all()


def test_the_order_of_rows_and_further_columns_change_nothing():
    figures = waves(20)
    mixed = figures.sample(frac=1, random_state=1).assign(note="x", months=1)
    pd.testing.assert_frame_equal(project(figures), project(mixed), check_exact=True)


def test_a_series_gets_the_same_digits_alone_or_among_others():
    figures = waves(40)
    alone = [project(rows) for _, rows in figures.groupby(["measure_id", "area"])]
    pd.testing.assert_frame_equal(project(figures), pd.concat(alone, ignore_index=True), check_exact=True)


def test_areas_of_one_measure_are_series_of_their_own():
    figures = pd.concat([observations(NOISY), observations(NOISY[::-1], area="E92000001")])
    projection = project(figures)
    assert projection.groupby("area").size().to_dict() == {SOUTHAMPTON: 12, "E92000001": 12}
    assert projection.set_index("area")["projected"].groupby("area").first().nunique() == 2


@given(series_of_numbers)
@settings(max_examples=30, deadline=None)
def test_intervals_nest_around_the_projection(values):
    projection = project(observations(values))
    assert np.isfinite(projection[FIGURES].to_numpy()).all()
    for left, right in zip(
        ["lower_95", "lower_80", "projected", "upper_80"],
        ["lower_80", "projected", "upper_80", "upper_95"],
        strict=True,
    ):
        assert (projection[left] <= projection[right]).all()
    assert (projection["upper_80"] > projection["lower_80"]).all() or max(map(abs, values)) < 1e-3


@given(series_of_numbers, st.floats(-1e3, 1e3), st.floats(0, 1e3))
@settings(max_examples=30, deadline=None)
def test_every_figure_keeps_inside_bounds_and_in_order(values, lower, width):
    bounds = pd.DataFrame({"measure_id": ["seen-in-time"], "lower": [lower], "upper": [lower + width]})
    projection = project(observations(values), bounds=bounds)
    figures = projection[["lower_95", "lower_80", "projected", "upper_80", "upper_95"]].to_numpy()
    assert (figures >= lower).all()
    assert (figures <= lower + width).all()
    assert (np.diff(figures, axis=1) >= 0).all()


def surprising(values):
    """Series that vary on a scale of their own, so that nothing is granted by convention (see SMALLEST_SURPRISE)."""
    return np.ptp(values) > 1e-3 * max(map(abs, values)) and np.ptp(np.diff(values)) > 1


@given(series_of_numbers, st.sampled_from([0.01, 3.0, 1000.0]))
@settings(max_examples=30, deadline=None)
def test_another_unit_scales_the_projection(values, factor):
    assume(surprising(values))
    one, other = project(observations(values)), project(observations(np.array(values) * factor))
    biggest = max(map(abs, values))
    np.testing.assert_allclose(other[FIGURES] / factor, one[FIGURES], atol=1e-7 * biggest, rtol=1e-7)


@given(st.lists(st.integers(-500, 500), min_size=12, max_size=23), st.integers(-500, 500), st.sampled_from([1, -1]))
@settings(max_examples=30, deadline=None)
def test_without_a_season_a_shift_or_a_mirror_image_carries_over(values, shift, sign):
    assume(surprising(values))
    projection = project(observations(values))
    other = project(observations(sign * np.array(values) + shift))
    width = projection["upper_80"] - projection["projected"]
    np.testing.assert_allclose(other["projected"], sign * projection["projected"] + shift, atol=1e-6)
    np.testing.assert_allclose(other["upper_80"] - other["projected"], width, atol=1e-6)


@pytest.mark.parametrize(("value", "one_step"), [(100, 1), (82.5, 0.825), (0, 1), (0.25, 0.01), (-40, 1)])
def test_a_constant_series_is_granted_one_smallest_step_among_its_months(value, one_step):
    projection = project(observations([value] * 24))
    np.testing.assert_allclose(projection["projected"], value)
    half = (projection["upper_80"] - value).to_numpy()
    misses = [sum(0.5 ** (age / HALF_LIFE) for age in range(23 - h)) for h in range(1, 13)]  # the first has no forecast
    quantile = student_quantile(0.90, ANY_SERIES.freedom + ANY_SERIES.each * np.array(misses))
    np.testing.assert_allclose(half, quantile * one_step / 5 * np.sqrt(np.arange(1, 13)))


def test_a_percentage_that_has_always_been_100_stays_there_with_room_below_only():
    bounds = pd.DataFrame({"measure_id": ["seen-in-time"], "lower": [0.0], "upper": [100.0]})
    projection = project(observations([100] * 24), bounds=bounds)
    assert (projection[["projected", "upper_80", "upper_95"]] == 100).all(axis=None)
    assert projection["lower_95"].between(95, 99.99).all()


def test_open_bounds_and_measures_without_bounds_are_not_clipped():
    figures = pd.concat([observations([2, 0] * 8), observations([2, 0] * 8, measure="other")])
    bounds = pd.DataFrame({"measure_id": ["seen-in-time"], "lower": [0.0], "upper": [np.nan]})
    free, clipped = project(figures).set_index("measure_id"), project(figures, bounds=bounds).set_index("measure_id")
    pd.testing.assert_frame_equal(clipped.loc["other"], free.loc["other"])
    assert (free.loc["seen-in-time", "lower_95"] < 0).all()
    assert (clipped.loc["seen-in-time", "lower_95"] == 0).all()
    assert (clipped["upper_95"] == free["upper_95"]).all()


def test_a_clear_season_is_carried_on_and_an_accident_is_not():
    random = np.random.default_rng(1)
    season = np.tile([0, 5, 10, 12, 10, 5, 0, -5, -10, -12, -10, -5], 3)
    noise = random.normal(size=36)
    seasonal = project(observations(100 + season + noise))["projected"]
    np.testing.assert_allclose(seasonal, 100 + season[:12], atol=4)
    assert np.ptp(project(observations(100 + noise))["projected"]) < 1.5


def bad(**changes):
    return observations(NOISY).assign(**changes)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: project(observations(NOISY), horizon=0), "at least 1 month"),
        (lambda: project(observations(NOISY).drop(columns="value")), "lack the column value"),
        (lambda: too_few(observations(NOISY).drop(columns="area")), "lack the column area"),
        (lambda: project(pd.concat([observations(NOISY)] * 2)), "seen-in-time, area E06000045: a month has more than"),
        (lambda: project(bad(value=np.inf)), "infinite"),
        (lambda: project(bad(period_end=pd.NaT)), "no period_end"),
        (
            lambda: project(
                observations(NOISY), bounds=pd.DataFrame({"measure_id": ["a"], "lower": [1.0], "upper": [0.0]})
            ),
            "above its upper",
        ),
        (
            lambda: project(
                observations(NOISY), bounds=pd.DataFrame({"measure_id": ["a", "a"], "lower": 0.0, "upper": 1.0})
            ),
            "more than once",
        ),
    ],
)
def test_a_fault_in_the_frames_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
