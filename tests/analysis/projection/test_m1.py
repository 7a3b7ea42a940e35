"""What the projection promises on real series: the 617 monthly ones of the M1 competition, which the project ships not.

SCORECARD_REAL_DATA names the folder that holds m1_monthly.jsonl; without it, ../shared/real beside the project.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.chance import projection as benchmark
from benchmarks.chance.projection_candidates import standard_theta

FOLDER = Path(os.environ.get("SCORECARD_REAL_DATA", Path(__file__).parents[3] / ".." / "shared" / "real"))
FILE = FOLDER / "m1_monthly.jsonl"
pytestmark = pytest.mark.skipif(
    not FILE.exists(),
    reason="m1_monthly.jsonl (M1 competition) is not here; set SCORECARD_REAL_DATA to the folder that holds it",
)


@pytest.fixture(scope="module")
def m1():
    return benchmark.read_series(FILE)


@pytest.fixture(scope="module")
def future(m1):
    return np.array([series.future for series in m1])


@pytest.fixture(scope="module")
def projected(m1):
    return benchmark.intervals([series.past for series in m1])


def test_the_error_is_no_more_than_that_of_the_theta_method(m1, future, projected):
    theta = benchmark.smape(standard_theta(benchmark.matrix([s.past for s in m1]), 12), future).mean()
    assert theta == pytest.approx(14.74, abs=0.01)
    assert benchmark.smape(projected["projected"], future).mean() < theta - 1


@pytest.mark.parametrize(("level", "low", "high", "each"), [(80, 0.77, 0.83, 0.74), (95, 0.93, 0.97, 0.90)])
def test_the_intervals_hold_what_they_promise(future, projected, level, low, high, each):
    held = benchmark.held(projected, future, level)
    assert low <= held.mean() <= high
    assert held.mean(axis=0).min() >= each


@pytest.mark.parametrize("months", [12, 18, 24, 36, 60])
def test_histories_of_any_length_hold_too(m1, future, months):
    long_enough = [number for number, series in enumerate(m1) if len(series.past) >= months]
    figures = benchmark.intervals([m1[number].past[-months:] for number in long_enough])
    assert 0.77 <= benchmark.held(figures, future[long_enough], 80).mean() <= 0.83
    assert 0.93 <= benchmark.held(figures, future[long_enough], 95).mean() <= 0.97


def test_gaps_in_the_history_change_little(m1, future):
    random = np.random.default_rng(1)
    histories = [np.where(random.random(len(s.past)) < 0.2, np.nan, s.past) for s in m1]
    for history, series in zip(histories, m1, strict=True):
        history[-1] = series.past[-1]
    figures = benchmark.intervals(histories)
    assert 0.77 <= benchmark.held(figures, future, 80).mean() <= 0.85
    assert 0.93 <= benchmark.held(figures, future, 95).mean() <= 0.97
