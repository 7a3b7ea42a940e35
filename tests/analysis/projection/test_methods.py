"""The methods against closed forms worked by hand and against statsmodels 0.15.0's figures, written down here."""

import numpy as np
import pytest

from benchmarks.chance import projection_candidates as candidates
from scorecard.analysis.projection import intervals, methods, seasonality

# The first four years of Box and Jenkins's airline passengers, thousands a month.
AIRLINE = np.fromstring(
    "112 118 132 129 121 135 148 148 136 119 104 118 115 126 141 135 125 149 170 170 158 133 114 140 "
    "145 150 178 163 172 178 199 199 184 162 146 166 171 180 193 181 183 218 230 242 209 191 172 194",
    sep=" ",
)
TWO_YEARS = AIRLINE[:24]


def rows(*histories):
    width = max(map(len, histories))
    return np.array([[np.nan] * (width - len(h)) + list(h) for h in histories], dtype=float)


def test_simple_smoothing_by_hand():
    """α = ½ on 0, 4, 2 from start s: errors −s, 4 − s/2, −s/4; least squares at s = 2 / (1 + 1/4 + 1/16)."""
    levels, squares = methods.smoothing(rows([0, 4, 2]), np.array([0.5]))
    start = 2 / 1.3125
    assert squares[0, 0] == pytest.approx(start**2 + (4 - start / 2) ** 2 + (start / 4) ** 2)
    assert levels[-1, 0, 0] == pytest.approx(2 + start / 8)


def test_simple_smoothing_is_that_of_statsmodels():
    """SimpleExpSmoothing(y, initialization_method='estimated').fit(smoothing_level=0.3)."""
    levels, squares = methods.smoothing(rows(TWO_YEARS), np.array([0.3]))
    assert levels[-1, 0, 0] == pytest.approx(138.39050504)
    assert squares[0, 0] == pytest.approx(6730.077687745707)


def test_a_missing_month_leaves_the_level_as_it_is():
    levels, _ = methods.smoothing(rows([3, 5, np.nan, np.nan, 4]), np.array([0.4]))
    assert levels[1, 0, 0] == levels[2, 0, 0] == levels[3, 0, 0]


def test_damped_trend_is_that_of_statsmodels(monkeypatch):
    """ExponentialSmoothing(trend='add', damped_trend=True), α 0.5, β* 0.2, φ 0.9, no first slope, best first level."""
    monkeypatch.setattr(methods, "TREND_LEVEL_WEIGHTS", (0.5,))
    monkeypatch.setattr(methods, "TREND_SLOPE_WEIGHTS", (0.2,))
    paths = methods.damped_trend(rows(TWO_YEARS), 12)
    expected = [132.37006660117345, 125.04082738467883, 120.0889347873466]
    assert paths[0, -1, [0, 5, 11]].tolist() == pytest.approx(expected)


def test_theta_drift_is_that_of_statsmodels():
    """ThetaModel(y, deseasonalize=False).fit(): b0 0.970435, α 0.999873; half of b0 enters the forecast."""
    slope = methods.expanding_slopes(rows(TWO_YEARS))[:, [-1]]
    assert slope[0, 0] == pytest.approx(0.970435, abs=1e-6)
    drift = methods.theta_drift(slope, np.array([[24.0]]), 0.999873, 12)
    expected = np.array([140.48197866, 142.90806562, 145.81936996]) - 139.9966996629415
    assert drift[0, 0, [0, 5, 11]].tolist() == pytest.approx(expected.tolist(), rel=1e-6)


def test_classical_indices_are_those_of_statsmodels():
    """seasonal_decompose(y, model='multiplicative', period=12)."""
    expected = [0.91376583, 0.95416311, 1.05858567, 0.97935177, 0.96531225, 1.0832872]
    expected += [1.18222649, 1.16925828, 1.06860352, 0.91540474, 0.79529629, 0.91474485]
    assert candidates.classical_indices(rows(AIRLINE))[0].tolist() == pytest.approx(expected)


def test_the_theta_line_with_season_is_within_half_a_percent_of_statsmodels():
    """ThetaModel(y, period=12, use_test=False, method='multiplicative'); its first level isn't fitted."""
    expected = [195.3823, 204.979, 228.4756, 212.3587, 210.2845, 237.073]
    expected += [259.9135, 258.2375, 237.0813, 204.0124, 178.0436, 205.7039]
    index = candidates.classical_indices(rows(AIRLINE))
    forecast = candidates.theta_line(rows(AIRLINE) / np.tile(index, 4), 12) * index
    assert forecast[0].tolist() == pytest.approx(expected, rel=0.005)


def test_drift_naive_and_seasonal_naive_by_hand():
    history = rows([1, 5, 2, 8, 3, 9, 4, 7, 6, 2, 1, 3, 23])
    assert candidates.naive(history, 2)[0].tolist() == [23, 23]
    assert candidates.drift(history, 3)[0].tolist() == pytest.approx([23 + 22 / 12, 23 + 44 / 12, 23 + 66 / 12])
    assert candidates.seasonal_naive(history, 13)[0].tolist() == [5, 2, 8, 3, 9, 4, 7, 6, 2, 1, 3, 23, 5]


def test_expanding_slopes_skip_missing_months():
    slopes = methods.expanding_slopes(rows([2, 4, np.nan, 8, 10]))
    assert slopes[0].tolist() == pytest.approx([0, 2, 2, 2, 2])


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([5, 5, 5, 5, 5], 0.0),
        ([1, 2, 3, 4, 5], 1.0),
        # Slope 1, spread 10; left over −1, 2, 0, −2, 1: squares 10 on 3 degrees of freedom, products −4, so r = 0.
        ([0, 4, 3, 2, 6], 1 - (10 / 3) / 10),
        # Slope 0.2, the same left over: 0.4 explained is under 3.33.
        ([0.0, 3.2, 1.4, -0.4, 2.8], 0.0),
        # Slope 3; left over 1, 1, −4, 1, 1: squares 20, products 1 − 4 − 4 + 1 = −6, r = 0.
        ([1, 4, 2, 10, 13], 1 - (20 / 3) / 90),
        # Slope 2; left over 2, −1, −2, −1, 2: squares 14, products −2 + 2 + 2 − 2 = 0.
        ([0, -1, 0, 3, 8], 1 - (14 / 3) / 40),
    ],
)
def test_a_slope_is_believed_as_far_as_it_outdoes_chance(history, expected):
    assert methods.slope_believed(rows(history))[0] == pytest.approx(expected)


def test_months_that_lean_on_each_other_widen_the_doubt_of_a_slope():
    """Slope 5; left over 1, 1, 1, −3, −3, −3, 3, 3, … : r = 16/42, so the variance is (1 + r)/(1 − r) times as much."""
    left = np.array([1, 1, -2, -2, 0, 2, 2, -1, -1], dtype=float)
    time = np.arange(9.0)
    assert left @ time == pytest.approx(0 - 2)
    away = time - 4
    slope = 5 + left @ away / 60
    rest = left - (slope - 5) * away
    r = rest[1:] @ rest[:-1] / (rest @ rest)
    chance = rest @ rest / 7 * (1 + r) / (1 - r)
    assert r > 0
    assert methods.slope_believed(rows(5 * time + left))[0] == pytest.approx(1 - chance / (slope**2 * 60))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([0] * 23 + [1], 0.0),
        ([5, 5, 5, 5, 90], 0.0),
        ([1, 2, 3, 4, 5], 1.0),
        # Without the newest: slope 0.5, spread 5; left over −1.75, 1.75, 0.25 … : 1.25 explained is under chance.
        ([0, 4, 3, 2, 6], 0.0),
        # A newest figure that breaks a line makes it no surer, nor more than it is believed with it.
        ([1, 2, 3, 4, 5, 6, 1], 0.0),
    ],
)
def test_no_trend_is_told_from_the_newest_figure_alone(history, expected):
    assert methods.trend_weight(rows(history))[0] == pytest.approx(expected)


def test_evidence_goes_to_the_setting_with_the_smaller_errors():
    weights = methods.evidence_weights(np.array([[1.0, 4.0], [0.0, 0.0]]), np.array([2.0, 24.0]))
    assert weights.tolist() == [[0.8, 0.2], [0.5, 0.5]]


def test_the_trend_line_of_a_straight_line_is_the_line_itself_to_both_ends():
    line = np.arange(100.0, 130.0)
    np.testing.assert_allclose(seasonality.trend_line(rows(line))[0], line)
    assert np.isnan(seasonality.trend_line(rows(line[:23]))).all()


@pytest.mark.parametrize("multiplies", [True, False])
def test_an_exact_season_is_found_whole(multiplies):
    season = np.tile([0.8, 1.2, 1.0, 1.0, 0.9, 1.1, 1.0, 1.0, 0.7, 1.3, 1.0, 1.0], 3)
    history = 50 * season if multiplies else 50 * season - 60
    pattern = seasonality.seasonal_pattern(rows(history))
    assert pattern.multiplies.tolist() == [multiplies]
    np.testing.assert_allclose(pattern.index[0], season[:12] if multiplies else 50 * (season[:12] - 1), atol=1e-9)
    np.testing.assert_allclose(pattern.adjusted(rows(history))[0], 50 if multiplies else -10)


def test_a_season_seen_without_the_month_itself_leaves_that_month_out():
    """Three years whose January stands at 110, 110 and 140: without the third it would have been 110's index."""
    random = np.random.default_rng(5)
    history = 100 + random.normal(size=36)
    history[[0, 12, 24]] = 110, 110, 140
    pattern = seasonality.seasonal_pattern(rows(history))
    assert pattern.without[0, 24] < pattern.index[0, 0] < pattern.without[0, 0]


def test_misses_are_what_the_forecast_of_an_earlier_month_missed():
    history = rows(TWO_YEARS[:20])
    whole = methods.combination(history, 3)
    line = methods.theta(history, methods.simple_smoothing(history), methods.trend_weight(history), 3)
    season_free = (line + methods.damped_trend(history, 3)) / 2
    assert whole.misses[0, 10, 2] == pytest.approx(history[0, 13] - season_free[0, 10, 2])
    assert np.isnan(whole.misses[0, -1]).all()


def test_the_scale_weighs_own_misses_against_expected_growth():
    """One-month misses 1 and 3 (mean square 5), two-month miss 4, α = ½: (10·1.25·5 + 16) / 11 two months on."""
    nothing = np.nan
    misses = np.array([[[9.0, 9.0], [1.0, 4.0], [3.0, nothing], [nothing, nothing]]])
    forecast = methods.Forecast(np.zeros((1, 2)), misses, np.array([0.5]))
    weighed = intervals.miss_scale(rows([5, 6, 7, 8]), forecast, half_life=np.inf)
    assert weighed.scale[0].tolist() == pytest.approx([np.sqrt(5), np.sqrt((10 * 1.25 * 5 + 16) / 11)])
    assert weighed.misses[0].tolist() == [2, 1]


def test_a_miss_loses_half_its_weight_in_a_half_life():
    """One-month misses 1, a month ago, and 3, with a half-life of one month: (½·1 + 9) / 1½."""
    nothing = np.nan
    misses = np.array([[[nothing], [1.0], [3.0], [nothing]]])
    forecast = methods.Forecast(np.zeros((1, 1)), misses, np.array([0.5]))
    weighed = intervals.miss_scale(rows([5, 6, 7, 8]), forecast, half_life=1)
    assert weighed.misses[0].tolist() == [1.5]
    assert weighed.scale[0].tolist() == pytest.approx([np.sqrt(9.5 / 1.5)])


@pytest.mark.parametrize(
    ("values", "worth"), [([3, 40], 1), ([3.5, 4], 0.1), ([0.25, np.nan], 0.01), ([1 / 3, 1], 1e-6), ([0, 0], 1)]
)
def test_the_last_digit_is_found(values, worth):
    assert intervals.last_digit(rows(values))[0] == pytest.approx(worth)
