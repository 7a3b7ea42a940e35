"""Change or chance, from observations to points and series."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis import spc
from tests.analysis.spc.spc_cases import analyse, causes, series, settings, short

POINT_COLUMNS = ["measure_id", "area", "period_end", "value", "segment", "mean", "lower_limit", "upper_limit"]
POINT_COLUMNS += ["special_cause", "point_type"]
SERIES_COLUMNS = ["measure_id", "area", "points", "variation", "assurance", "standing"]
SERIES_COLUMNS += ["segment_points", "autocorrelation"]
STEADY = [10, 12] * 12  # mean 11, ranges of 2, limits 5.68 and 16.32


def only(analysed: spc.Spc) -> pd.Series:
    assert len(analysed.series) == 1
    return analysed.series.iloc[0]


def test_columns_and_types():
    points, series_rows = analyse(STEADY)
    assert list(points.columns) == POINT_COLUMNS
    assert list(series_rows.columns) == SERIES_COLUMNS
    for column in (points["special_cause"], points["point_type"], series_rows["variation"], series_rows["assurance"]):
        assert isinstance(column.dtype, pd.StringDtype)
        assert column.dtype.na_value is pd.NA
    assert points.index.equals(pd.RangeIndex(24))
    assert series_rows["points"].dtype == np.int64


def test_no_observations_give_no_points_and_no_series():
    points, series_rows = spc.analyse(series([]), settings())
    assert (len(points), len(series_rows)) == (0, 0)
    assert list(points.columns) == POINT_COLUMNS
    assert list(series_rows.columns) == SERIES_COLUMNS


def test_rows_are_sorted_and_series_stand_apart():
    frames = [series(STEADY, m, a) for m in ("b", "a") for a in ("E2", "E1")]
    given = pd.concat(frames).sample(frac=1, random_state=3)
    points, series_rows = spc.analyse(given, pd.concat([settings("a"), settings("b", "monitor")]))
    expected = given.sort_values(["measure_id", "area", "period_end"], ignore_index=True)
    pd.testing.assert_frame_equal(points[expected.columns], expected)
    assert list(zip(series_rows["measure_id"], series_rows["area"], strict=True)) == [
        ("a", "E1"),
        ("a", "E2"),
        ("b", "E1"),
        ("b", "E2"),
    ]
    assert points["mean"].eq(11).all()


def test_a_run_does_not_reach_from_one_series_into_the_next():
    ends_high, starts_high = [*STEADY[:13], 13, 13, 13, 13], [13, 13, 13, 13, *STEADY[:13]]
    points, _ = spc.analyse(pd.concat([series(ends_high, area="E1"), series(starts_high, area="E2")]), settings())
    assert short(points["special_cause"]) == "." * 34


def test_categories_and_other_columns_are_taken_as_they_come():
    given = series(STEADY).assign(note="x", origin="plan").astype({"measure_id": "category", "area": "category"})
    points, _ = spc.analyse(given, settings())
    assert list(points.columns) == POINT_COLUMNS
    assert short(points["special_cause"]) == "." * 24


def test_the_arguments_are_left_as_they_were():
    given, known = series(STEADY).iloc[::-1], settings(rebase=["2016-06"])
    before = given.copy(deep=True), known.copy(deep=True)
    for rows in (given, given.iloc[::-1]):
        points, _ = spc.analyse(rows, known)
        points.loc[3, ["value", "mean", "segment"]] = 99
        points.loc[3, ["measure_id", "special_cause"]] = "x"
    pd.testing.assert_frame_equal(given, before[0])
    pd.testing.assert_frame_equal(known, before[1])


class TestVariation:
    @pytest.mark.parametrize(
        ("polarity", "high", "low"),
        [
            ("higher_is_better", "improvement", "concern"),
            ("lower_is_better", "concern", "improvement"),
            ("monitor", "neutral_high", "neutral_low"),
        ],
    )
    def test_the_last_point_names_it(self, polarity, high, low):
        assert only(analyse([*STEADY, 30], polarity))["variation"] == high
        assert only(analyse([*STEADY, -30], polarity))["variation"] == low
        assert only(analyse([*STEADY, 30, 11], polarity))["variation"] == "common_cause"

    @pytest.mark.parametrize(("step", "word"), [(1, "improvement"), (-1, "concern")])
    def test_a_trend_goes_by_its_direction_whichever_side_of_the_mean_it_is(self, step, word):
        values = [11 + step * i for i in range(-3, 4)]
        analysed = analyse([*STEADY, *values])
        assert analysed.points["point_type"].iloc[-7:].eq(word).all()

    def test_a_last_row_without_a_value_leaves_it_to_the_last_point(self):
        analysed = analyse([*STEADY, 30, None, None])
        assert only(analysed)["variation"] == "improvement"
        assert analysed.points["special_cause"].iloc[-1] is pd.NA
        assert analysed.points["point_type"].iloc[-1] is pd.NA
        assert analysed.points["mean"].notna().all()

    def test_a_series_without_values_has_none(self):
        analysed = analyse([None, None], target_lower=3.0)
        assert short(analysed.points["special_cause"]) == "__"
        row = only(analysed)
        assert (row["points"], row["segment_points"], row["standing"]) == (0, 0, "run_chart")
        assert row["variation"] is pd.NA
        assert row["assurance"] is pd.NA


class TestAssurance:
    """STEADY's limits are 5.68 and 16.32."""

    @pytest.mark.parametrize(
        ("lower", "upper", "word"),
        [
            (5.67, None, "consistently_passing"),
            (5.68, None, "inconsistent"),
            (16.32, None, "inconsistent"),
            (16.33, None, "consistently_failing"),
            (None, 16.33, "consistently_passing"),
            (None, 16.32, "inconsistent"),
            (None, 5.68, "inconsistent"),
            (None, 5.67, "consistently_failing"),
            (5, 17, "consistently_passing"),
            (5, 16, "inconsistent"),
            (6, 17, "inconsistent"),
            (10, 12, "inconsistent"),
            (17, 20, "consistently_failing"),
            (1, 5, "consistently_failing"),
            (None, None, None),
        ],
    )
    def test_a_target_is_judged_by_the_limits_strictly(self, lower, upper, word):
        targets = {
            "target_lower": np.nan if lower is None else lower,
            "target_upper": np.nan if upper is None else upper,
        }
        for polarity in ("higher_is_better", "lower_is_better"):
            assurance = only(analyse(STEADY, polarity, **targets))["assurance"]
            assert assurance is pd.NA if word is None else assurance == word
        assert only(analyse(STEADY, "monitor", **targets))["assurance"] is pd.NA

    def test_without_limits_it_is_inconsistent(self):
        assert only(analyse([5] * 20, target_lower=3.0))["assurance"] == "inconsistent"
        assert only(analyse([5], target_lower=3.0))["assurance"] == "inconsistent"

    def test_the_last_segment_judges(self):
        analysed = analyse([*STEADY, *[20, 22] * 8], target_lower=12.0, rebase=["2018-01"])
        assert only(analysed)["assurance"] == "consistently_passing"


class TestStanding:
    @pytest.mark.parametrize(
        ("points", "word"),
        [
            (1, "run_chart"),
            (11, "run_chart"),
            (12, "provisional"),
            (19, "provisional"),
            (20, "settled"),
            (99, "settled"),
        ],
    )
    def test_it_goes_by_the_number_of_values(self, points, word):
        row = only(analyse([10.0, 12.0, 11.0] * 33 if points == 99 else ([10.0, 12.0] * 10)[:points]))
        assert (row["points"], row["standing"]) == (points, word)
        with_gaps = [v for i in range(points) for v in (float(i % 3), None)]
        assert only(analyse(with_gaps))["standing"] == word

    @pytest.mark.parametrize("since", [11, 12, 19, 20])
    def test_after_a_rebase_only_the_points_since_then_count(self, since):
        row = only(analyse([*STEADY, *([20, 22] * 10)[:since]], rebase=["2018-01"]))
        assert row["points"] == 24 + since
        assert row["segment_points"] == since
        assert row["standing"] == ("run_chart" if since < 12 else "provisional" if since < 20 else "settled")

    @pytest.mark.parametrize("accumulation", ["rolling_12_months", "year_to_date"])
    def test_points_that_share_their_data_have_none(self, accumulation):
        assert only(analyse(STEADY, accumulation=accumulation))["standing"] == "not_applicable"

    @pytest.mark.parametrize("accumulation", ["in_month", "at_month_end", "unknown", None])
    def test_the_others_do(self, accumulation):
        assert only(analyse(STEADY, accumulation=accumulation))["standing"] == "settled"


class TestRebase:
    values = (*[10, 12] * 6, *[20, 22] * 6, *[30, 32] * 6)

    @pytest.mark.parametrize(
        "date",
        [
            "2017-01",
            "2017-01-31",
            "2017-01-01",
            pd.Timestamp("2017-01-31"),
            dt.date(2017, 1, 15),
            np.datetime64("2017-01"),
        ],
    )
    def test_the_month_of_the_date_is_the_first_of_the_new_segment(self, date):
        points = analyse(self.values[:24], rebase=[date]).points
        assert list(points["segment"]) == [1] * 12 + [2] * 12
        assert list(points["mean"]) == [11] * 12 + [21] * 12
        assert short(points["special_cause"]) == "." * 24

    def test_several(self):
        points = analyse(self.values, rebase=[pd.Timestamp("2018-01-31"), "2017-01", "2017-01-31"]).points
        assert list(points["mean"].unique()) == [11, 21, 31]
        assert list(points["segment"].unique()) == [1, 2, 3]

    @pytest.mark.parametrize("rebase", [[], None, ["2016-01"], ["2015-06"], ["2030-01"], ["2016-01", "2030-01"]])
    def test_one_that_cuts_nothing_changes_nothing(self, rebase):
        assert analyse(self.values, rebase=rebase).points["segment"].eq(1).all()

    def test_where_the_month_is_missing_the_next_period_begins(self):
        given = series(self.values[:24]).drop(index=12)
        points = spc.analyse(given, settings(rebase=["2017-01"])).points
        assert list(points["segment"]) == [1] * 12 + [2] * 11

    def test_a_run_across_a_rebase_is_broken(self):
        values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        assert causes(values)[4:8] == "uuuu"
        assert causes(values, rebase=["2016-07"]) == "." * 12
        assert causes([*values, 13], rebase=["2016-07"]) == "......BuuuuuA"

    def test_a_range_across_a_rebase_is_not_counted(self):
        points = analyse([10, 12, 10, 52, 50, 52], rebase=["2016-04"], screen_outliers=False).points
        np.testing.assert_allclose(points["upper_limit"] - points["mean"], 2.66 * 2)

    def test_it_is_for_its_own_measure_in_every_area(self):
        given = pd.concat(series(self.values[:24], m, a) for m in ("x", "y") for a in ("E1", "E2"))
        points = spc.analyse(given, pd.concat([settings("x", rebase=["2017-01"]), settings("y", rebase=[])])).points
        assert points.groupby(["measure_id", "area"])["segment"].max().tolist() == [2, 2, 1, 1]


class TestGaps:
    rise = (1, 2, 3, 4, 5, 6, 7)

    @pytest.mark.parametrize("how", ["no row", "no value"])
    def test_nothing_reaches_across_one(self, how):
        given = series([1, 2, 3, None, 5, 6, 7, 9, 5, 9, 5])
        given = given.dropna() if how == "no row" else given
        points = spc.analyse(given, settings(screen_outliers=False)).points.dropna(subset="value")
        assert short(points["special_cause"]) == "." * 10
        np.testing.assert_allclose(points["upper_limit"] - points["mean"], 2.66 * (1 + 1 + 1 + 1 + 2 + 4 * 3) / 8)

    def test_without_it_there_is_a_trend(self):
        assert causes(self.rise) == "BuuuuuA"
        assert causes([1, 2, 3, None, 4, 5, 6, 7]) == "B.._...A"

    def test_a_row_without_a_value_breaks_a_shift_and_two_of_three(self):
        assert causes([*[10, 12] * 6, 13, 13, 13, 13, 13, 13, 13], fix_after=12)[-7:] == "hhhhhhh"
        broken = causes([*[10, 12] * 6, 10, 13, 13, 13, None, 13, 13, 13, 13], fix_after=12)
        assert broken[-8:] == "..._...."
        assert causes([*[10, 12] * 6, 10, 15, 15, 12, 10], fix_after=12)[-4:] == "HH.."
        assert causes([*[10, 12] * 6, 10, 15, None, 15, 12, 10], fix_after=12)[-5:] == "._..."

    @pytest.mark.parametrize("every", [1, 3, 4, 12])
    def test_the_usual_step_is_the_shortest(self, every):
        given = series([None] * (every * 8))
        given["value"] = np.arange(len(given), dtype=float)
        assert short(spc.analyse(given.iloc[::every], settings()).points["special_cause"])[2:6] == "uuuu"

    def test_terms_of_uneven_length_are_neighbours(self):
        ends = ["2017-12", "2018-03", "2018-08", "2018-12", "2019-04", "2019-07", "2019-12", "2020-03"]
        given = series(range(8)).assign(period_end=[pd.Period(e, "M").end_time.normalize() for e in ends])
        assert short(spc.analyse(given, settings()).points["special_cause"])[2:6] == "uuuu"


class TestAutocorrelation:
    def test_by_hand(self):
        # Deviations −3 −1 1 3: products 3 − 1 + 3 over squares 20.
        assert only(analyse([1, 3, 5, 7]))["autocorrelation"] == pytest.approx(5 / 20)

    def test_of_the_last_segment_alone(self):
        assert only(analyse([50, 1, 9, 1, 3, 5, 7], rebase=["2016-04"]))["autocorrelation"] == pytest.approx(0.25)

    @pytest.mark.parametrize("values", [[5], [0.1] * 30, [0.1 + 0.2, 0.3] * 10])
    def test_where_nothing_varies_there_is_none(self, values):
        assert np.isnan(only(analyse(values))["autocorrelation"])

    def test_a_drifting_stock_is_above_the_bound_and_an_alternating_one_below(self):
        drift = np.cumsum(np.random.default_rng(4).normal(size=60)).round(2)
        assert only(analyse(drift))["autocorrelation"] > spc.AUTOCORRELATION_BOUND
        assert only(analyse(STEADY))["autocorrelation"] < -0.9
