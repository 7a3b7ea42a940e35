"""Neighbours, standing, gap, funnel and intervals: small cases worked by hand, closed forms and published constants."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis.comparison.areas import each_authority_once, own_figures
from scorecard.analysis.comparison.funnel import funnel, limits, spread, unadjusted, z_scores
from scorecard.analysis.comparison.gap import gaps, kendall_chance, movement, way
from scorecard.analysis.comparison.intervals import byar, wilson
from scorecard.analysis.comparison.neighbours import neighbours_mean
from scorecard.analysis.comparison.poisson import exact_limits, poisson_share
from scorecard.analysis.comparison.ranks import rank_among

END = pd.Timestamp("2025-03-31")


def figures(values: dict[str, float], symbols: dict[str, str] | None = None, end: pd.Timestamp = END) -> pd.DataFrame:
    frame = pd.DataFrame({"area": [*values], "value": [*values.values()]})
    symbol = frame["area"].map(symbols or {}).astype("str")
    return frame.assign(measure_id="m", period_end=end, months=1, symbol=symbol)


def listed(*numbers: str) -> pd.DataFrame:
    return pd.DataFrame({"period_end": END, "edition": "e", "neighbour": [*numbers]})


TEN = [str(number) for number in range(201, 211)]


@pytest.mark.parametrize(
    ("values", "symbols", "own", "mean", "n"),
    [
        (dict.fromkeys(TEN, 10.0), {}, "852", 10.0, 10),
        ({**dict.fromkeys(TEN[:8], 10.0), "209": math.nan, "210": math.nan}, {"209": "c"}, "852", 10.0, 8),
        (dict.fromkeys(TEN[:4], 10.0), {}, "852", math.nan, 4),  # fewer than five
        ({**dict.fromkeys(TEN[:9], 10.0), "210": 0.0}, {"210": "low"}, "852", 10.0, 9),  # nought that isn't nought
        ({**dict.fromkeys(TEN[:8], 10.0), "209 / 210": 19.0}, {}, "852", 11.0, 9),  # one return of two neighbours
        ({**dict.fromkeys(TEN[:9], 10.0), "210 / 852": 99.0}, {}, "852", 10.0, 9),  # never our own half's
    ],
)  # fmt: skip
def test_the_mean_is_of_the_neighbours_with_a_figure(values, symbols, own, mean, n) -> None:
    [mean_row] = neighbours_mean(figures({**values, "852": 50.0}, symbols), listed(*TEN), own).to_dict("records")
    assert mean_row["sn_mean"] == pytest.approx(mean, nan_ok=True)
    assert (mean_row["sn_n"], mean_row["sn_of"]) == (n, 10)


def test_a_joint_return_is_ours_where_we_are_half_of_it_and_counts_once() -> None:
    own = own_figures(figures({"314 / 318": 7.0, "319": 9.0}), "314")
    assert own["area"].tolist() == ["314 / 318"]
    assert each_authority_once(figures({"314 / 318": 7.0, "314": 7.0, "319": 9.0}))["area"].tolist() == ["314", "319"]


def test_equal_figures_share_a_rank_and_those_without_one_have_none() -> None:
    everybody = figures({"1": 5.0, "2": 7.0, "3": 7.0, "4": 9.0, "5": math.nan, "6": 0.0}, {"5": "c", "6": "low"})
    ranked = rank_among(everybody, everybody)
    assert ranked["rank_lowest_first"].tolist()[:4] == [1, 2, 2, 4]
    assert ranked["rank_highest_first"].tolist()[:4] == [4, 2, 2, 1]
    assert ranked["quarter_lowest_first"].tolist()[:4] == [1, 2, 2, 4]
    assert ranked["n"].tolist()[:4] == [4] * 4
    assert ranked.iloc[4:].isna().all(axis=None)


def test_a_gap_is_parted_into_what_we_moved_and_what_they_moved() -> None:
    years = [pd.Timestamp(year, 3, 31) for year in range(2020, 2026)]
    ours = pd.concat(
        [figures({"852": value}, end=end) for end, value in zip(years, (100, 98, 96, 95, 92, 91), strict=True)]
    )
    theirs = ours.assign(value=[80.0, 80.0, 79.0, 80.0, 81.0, 82.0])
    [gap_row] = movement(gaps(ours, theirs)).to_dict("records")
    assert (gap_row["gap_first"], gap_row["gap_last"], gap_row["we_moved"], gap_row["they_moved"]) == (20, 9, -9, 2)
    assert (gap_row["way"], gap_row["years"]) == ("closing", 6)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [([1, 2, 3, 4], "no clear change"), ([1, 2, 3, 4, 5], "widening"), ([-5, -4, -3, -2, -1], "closing"),
     ([5, 1, 5, 1, 5, 1], "no clear change"), ([3], "no clear change"), ([2, 2, 2, 2, 2], "no clear change")],
)  # fmt: skip
def test_a_way_is_said_where_chance_would_hardly_give_it(gap, expected) -> None:
    assert way(np.array(gap, dtype=float)) == expected


def test_kendalls_distribution_is_the_one_in_the_tables() -> None:
    """Kendall 1975, table 1: n = 5, S ≥ 10 once in 120 orders; n = 4, S ≥ 6 once in 24; each way."""
    assert kendall_chance(5, 10) == pytest.approx(2 / 120)
    assert kendall_chance(4, 6) == pytest.approx(2 / 24)
    assert kendall_chance(10, 1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6268)]
)
def test_exact_limits_are_those_of_the_tables(count, low, high) -> None:
    """Garwood's limits, as half of chi-squared quantiles: χ²(0.025; 2k)/2 and χ²(0.975; 2k + 2)/2."""
    exact = exact_limits(np.array([float(count)]))
    assert (exact[0][0], exact[1][0]) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


@pytest.mark.parametrize("mean", [0.3, 3.0, 40.0, 2_500.0, 50_000.0])
def test_the_distribution_adds_up(mean: float) -> None:
    counts = np.arange(max(0, int(mean - 8 * mean**0.5)), int(mean + 8 * mean**0.5 + 9))
    mass = np.exp(counts * math.log(mean) - mean - np.array([math.lgamma(k + 1) for k in counts]))
    expected = poisson_share(counts[0] - 1, mean) + np.cumsum(mass)
    assert poisson_share(counts, mean) == pytest.approx(expected, abs=1e-9)


def test_intervals_are_those_of_the_guide() -> None:
    """Wilson for 65 of 100 (0.5525, 0.7364); Byar for 100 within half a per cent of the exact limits."""
    assert [float(bound) for bound in wilson(65, 100)] == pytest.approx([0.5525, 0.7364], abs=1e-4)
    assert [float(bound) for bound in byar(100)] == pytest.approx([81.3640, 121.6268], rel=5e-3)
    assert [float(bound) for bound in byar(3)] == pytest.approx([0.6187, 8.7673], abs=1e-4)


def test_without_more_spread_than_chance_the_funnel_is_the_unadjusted_one() -> None:
    rng = np.random.default_rng(5)
    n = rng.integers(500, 5_000, 150).astype(float)
    k = rng.binomial(n.astype(int), 0.2).astype(float)
    z, error = z_scores(k / n, n, k.sum() / n.sum(), True)
    dispersion = spread(z, error)
    assert 0.4 < dispersion.phi < 1.2
    assert dispersion.tau2 < 1e-5
    assert (unadjusted(k, n, 0.2, True) != "inside").sum() <= 3
    low, high = limits(np.array([100.0, 1e9]), 0.2, 0.0, 0.05, True)
    assert high[0] - low[0] == pytest.approx(2 * 1.96 * (0.2 * 0.8 / 100) ** 0.5, rel=0.01)
    assert (low[1], high[1]) == (pytest.approx(0.2, abs=1e-4), pytest.approx(0.2, abs=1e-4))


def test_a_funnel_with_few_authorities_is_none() -> None:
    some = figures({str(number): 10.0 for number in range(5)}).assign(numerator=10.0, denominator=100.0)
    assert funnel(some, {"m": 100.0}, {"m"}).empty
