"""Mean and limits, worked by hand."""

import math

import numpy as np
import pytest

from tests.analysis.spc.spc_cases import analyse, causes


def lines(values, segment=1, **others):
    points = analyse(values, **others).points
    row = points[points["segment"] == segment].iloc[-1]
    return row["mean"], row["lower_limit"], row["upper_limit"]


@pytest.mark.parametrize(
    ("values", "others", "expected"),
    [
        # Ranges 2, 1, 1: average 4/3.
        ([10, 12, 11, 12], {}, (11.25, 11.25 - 2.66 * 4 / 3, 11.25 + 2.66 * 4 / 3)),
        # Ranges 1 × 8, 9, 9: average 2.6; 9 is over 8.4942, so both go and the average is 1.
        ([1, 2, 1, 2, 1, 10, 1, 2, 1, 2, 1], {}, (24 / 11, 24 / 11 - 2.66, 24 / 11 + 2.66)),
        (
            [1, 2, 1, 2, 1, 10, 1, 2, 1, 2, 1],
            {"screen_outliers": False},
            (24 / 11, 24 / 11 - 2.66 * 2.6, 24 / 11 + 2.66 * 2.6),
        ),
        # One point: its value, and no limits. Two: a range.
        ([7.5], {}, (7.5, math.nan, math.nan)),
        ([1, 2], {}, (1.5, 1.5 - 2.66, 1.5 + 2.66)),
        # Nothing varies: every range is screened away; unscreened, the limits lie on the mean.
        ([5, 5, 5], {}, (5, math.nan, math.nan)),
        ([5, 5, 5], {"screen_outliers": False}, (5, 5, 5)),
    ],
)
def test_mean_and_limits(values, others, expected):
    np.testing.assert_allclose(lines(values, **others), expected, rtol=1e-13)


def test_ranges_are_screened_once():
    # 24 ranges of 1, two of 5 and two of 20: 74/28 × 3.267 = 8.6, so the 20s go. The average of the rest, 34/26,
    # has a screen of its own, 4.3, that would take the 5s too; they stay.
    values = [0.0, 1.0] * 14 + [0.0]  # 29 values, 28 ranges of 1
    values[10] = -4.0  # ranges of 5 and 5 in place of 1 and 1
    values[20] = -19.0  # 20 and 20
    average = (24 + 10) / 26
    mean, lower, upper = lines(values)
    assert upper - mean == pytest.approx(2.66 * average)
    assert mean - lower == pytest.approx(2.66 * average)


def test_a_range_exactly_on_the_screen_is_left_out():
    # 27 ranges that add up to 1000, one of them 121 = 3.267 × 1000 / 27 on paper.
    ranges = [34] * 21 + [121] + [33] * 5
    assert sum(ranges) == 1000
    assert len(ranges) == 27
    values = np.cumsum([0.0] + [r if i % 2 else -r for i, r in enumerate(ranges)])
    for scale in (1, 0.1, 0.01, 3.0):
        mean, _, upper = lines([float(v) for v in np.round(values * scale, 2)])
        assert upper - mean == pytest.approx(2.66 * scale * (1000 - 121) / 26)


class TestFixAfter:
    values = (*[10, 12] * 6, *[30, 40] * 6)

    def test_mean_and_ranges_are_the_first_points_alone(self):
        np.testing.assert_allclose(lines(self.values, fix_after=12), (11, 11 - 5.32, 11 + 5.32))

    def test_the_range_into_the_first_point_after_is_left_out(self):
        # With 13 the mean takes the 13th value, and its range, 18, which screening takes out again.
        mean, _, upper = lines(self.values, fix_after=13)
        assert mean == pytest.approx((132 + 30) / 13)
        assert upper - mean == pytest.approx(2.66 * 2)
        mean, _, upper = lines(self.values, fix_after=13, screen_outliers=False)
        assert upper - mean == pytest.approx(2.66 * (11 * 2 + 18) / 12)

    @pytest.mark.parametrize("fix_after", [24, 25, 100])
    def test_no_more_points_than_that_changes_nothing(self, fix_after):
        assert lines(self.values, fix_after=fix_after) == lines(self.values)

    def test_points_after_are_judged_by_the_fixed_limits(self):
        assert causes(self.values, fix_after=12) == "." * 11 + "h" + "A" * 12

    def test_each_segment_fixes_its_own(self):
        values = [10, 12] * 7 + [90] + [20, 24] * 7 + [90]
        segment_lines = [lines(values, segment, fix_after=12, rebase=["2017-04"]) for segment in (1, 2)]
        np.testing.assert_allclose(segment_lines, [(11, 11 - 5.32, 11 + 5.32), (22, 22 - 10.64, 22 + 10.64)])

    def test_only_values_are_counted(self):
        np.testing.assert_allclose(lines([None, *self.values], fix_after=12), (11, 11 - 5.32, 11 + 5.32))


class TestTies:
    @pytest.mark.parametrize("value", [0.1, 0.3, 33.3, 1e-9, 1234567.89, 0.0, -0.7])
    @pytest.mark.parametrize("count", [3, 7, 10, 49, 120])
    @pytest.mark.parametrize("screen", [True, False])
    def test_a_constant_series_is_on_its_mean_and_has_no_signal(self, value, count, screen):
        assert causes([value] * count, screen_outliers=screen) == "." * count

    @pytest.mark.parametrize("scale", [1, 0.1, 0.01, 1.1, 33.3])
    def test_a_point_on_the_mean_breaks_a_shift(self, scale):
        # The mean is 3 on paper; the fifth of the seven points lies on it.
        values = [4, 5, 4, 5, 3, 4, 5, 2, 1, 2, 1, 2, 1]
        assert causes([scale * value for value in values]) == "." * 13
        values[4], values[-1] = 4, 0
        assert causes([scale * value for value in values]).startswith("hhhhhhh")

    @pytest.mark.parametrize("scale", [1, 0.1, 0.01, 1.1, 33.3])
    def test_a_point_on_a_limit_is_inside_it(self, scale):
        # Fixed on twelve points: mean 11, ranges of 2, limits 5.68 and 16.32.
        values = [scale * value for value in [*[10, 12] * 6, 16.32, 11, 5.68, 11, 16.33, 11, 5.67]]
        assert causes(values, fix_after=12) == "." * 16 + "A.B"

    @pytest.mark.parametrize("scale", [1, 0.1, 0.01, 1.1, 33.3])
    def test_a_point_on_a_near_limit_is_not_beyond_it(self, scale):
        # Fixed on twelve points: mean 11.5, ranges of 3, near limits 5.32 away.
        values = [scale * value for value in [*[10, 13] * 6, 11, 16.82, 16.82, 12, 11, 16.83, 16.83, 12, 11]]
        assert causes(values, fix_after=12) == "." * 17 + "HH.."
        values = [scale * value for value in [*[10, 13] * 6, 12, 6.18, 6.18, 11, 12, 6.17, 11, 6.17, 12]]
        assert causes(values, fix_after=12) == "." * 17 + "L.L."

    def test_figures_that_differ_by_rounding_alone_are_level(self):
        third = [0.1 + 0.2, 0.3] * 10
        assert causes(third) == "." * 20
        assert math.isnan(lines(third)[1])

    def test_small_differences_on_a_large_level_are_still_seen(self):
        values = [1e6 + 0.01 * i for i in (0, 1, 2, 3, 4, 5, 6, 0, 6, 0, 6, 0, 6, 0, 6)]
        assert causes(values) == "uuuuuuu........"
