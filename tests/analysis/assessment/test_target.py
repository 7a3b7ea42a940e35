"""Distance, status and gap closed, as tables of hand-worked cases; what must hold of any figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.analysis.assessment import target

OPEN = np.nan


def distance_of(value: float, low: float, high: float) -> float:
    return float(target.distance(np.array([value]), np.array([low]), np.array([high]))[0])


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (89, 90, OPEN, -1),
        (90, 90, OPEN, 0),
        (91, 90, OPEN, 1),
        (22, OPEN, 21, -1),
        (21, OPEN, 21, 0),
        (20, OPEN, 21, 1),
        (9, 10, 20, -1),
        (10, 10, 20, 0),
        (11, 10, 20, 1),
        (15, 10, 20, 5),
        (19, 10, 20, 1),
        (20, 10, 20, 0),
        (21, 10, 20, -1),
        (0.1 + 0.2, 0.3, OPEN, 0),
        (0.1 + 0.2, OPEN, 0.3, 0),
        (OPEN, 90, OPEN, OPEN),
        (5, OPEN, OPEN, OPEN),
    ],
)
def test_distance_is_signed_and_positive_is_good(value, low, high, expected):
    assert distance_of(value, low, high) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("gap", "strict", "tolerance", "expected"),
    [
        (0.0, False, OPEN, "met"),
        (-0.1, False, OPEN, "missed"),
        (0.1, False, OPEN, "met"),
        (0.0, True, OPEN, "missed"),
        (0.1, True, OPEN, "met"),
        (-1.9, False, 2, "close"),
        (-2.0, False, 2, "close"),
        (-2.1, False, 2, "missed"),
        (0.0, False, 2, "met"),
        (1.0 - 1.1, False, 0.1, "close"),
        (0.0, True, 2, "close"),
        (-1, False, 0, "missed"),
        (OPEN, False, 2, "no_data"),
    ],
)
def test_status_one_short_of_on_and_past_target_and_tolerance(gap, strict, tolerance, expected):
    yes, no = np.array([True]), np.array([False])
    status = target.status(np.array([gap]), np.array([strict]), np.array([float(tolerance)]), yes, no)
    assert status.tolist() == [expected]


def test_without_a_target_there_is_nothing_to_meet_and_a_monitored_measure_has_no_status():
    none, flags = np.array([np.nan, 1.0]), np.array([False, False])
    status = target.status(none, flags, none, np.array([False, True]), np.array([False, True]))
    assert status.tolist()[0] == "no_target"
    assert pd.isna(status[1])


@pytest.mark.parametrize(
    ("value", "baseline", "low", "high", "expected"),
    [
        (72, 50, 90, OPEN, 22 / 40),
        (90, 50, 90, OPEN, 1),
        (93, 69, 76, OPEN, 24 / 7),
        (75, 79, 90, OPEN, -4 / 11),
        (26, 35, OPEN, 21, 9 / 14),
        (82, 82, 85, OPEN, 0),
        (14.14, 8, OPEN, 8, OPEN),
        (29, 30, OPEN, 50, OPEN),
        (8, 5, 10, 20, 3 / 5),
        (22, 25, 10, 20, 3 / 5),
        (OPEN, 5, 10, OPEN, OPEN),
        (5, OPEN, 10, OPEN, OPEN),
    ],
)
def test_gap_closed_is_the_share_of_the_way_from_baseline_to_target(value, baseline, low, high, expected):
    columns = [pd.Series([float(number)]) for number in (value, baseline, low, high)]
    assert target.gap_closed(*columns)[0] == pytest.approx(expected, nan_ok=True)


PROFILE = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


@pytest.mark.parametrize(
    ("months", "profile", "expected"),
    [
        (1, None, 1 / 12),
        (4, None, 1 / 3),
        (12, None, 1),
        (4, PROFILE, 0.2),
        (12, PROFILE, 1),
        (np.nan, PROFILE, np.nan),
    ],
)
def test_a_share_of_the_years_target_is_due_by_profile_or_in_even_parts(months, profile, expected):
    share = target.share_of_year(pd.Series([months, 6.0]), pd.Series([profile, None], dtype=object))
    assert share[0] == pytest.approx(expected, nan_ok=True)
    assert share[1] == 0.5


@pytest.mark.parametrize(
    ("top", "of", "low", "high", "strict", "expected"),
    [
        (81, 100, 90, OPEN, False, 9),
        (90, 100, 90, OPEN, False, 0),
        (89, 100, 90, OPEN, False, 1),
        (7, 10, 75, OPEN, False, 1),
        (80, 100, 80, OPEN, True, 1),
        (26, 100, OPEN, 21, False, -5),
        (21, 100, OPEN, 21, False, 0),
        (OPEN, 100, 90, OPEN, False, OPEN),
        (0, 0, 90, OPEN, False, OPEN),
    ],
)
def test_people_needed_would_just_meet_the_target(top, of, low, high, strict, expected):
    columns = [pd.Series([float(number)]) for number in (top, of, low, high)]
    needed = target.people_needed(*columns, pd.Series([strict]), pd.Series([100.0]))
    assert needed[0] == pytest.approx(expected, nan_ok=True)


numbers = st.integers(-1000, 1000).map(lambda number: number / 4)


@given(numbers, numbers, numbers)
def test_distance_is_the_same_in_the_mirror(value, low, width):
    high = low + abs(width)
    assert distance_of(value, low, high) == distance_of(-value, -high, -low)
    assert distance_of(value, low, OPEN) == distance_of(-value, OPEN, -low)


@given(numbers, numbers, st.sampled_from([2.0, 4.0, 0.5, 1024.0]))
def test_distance_scales_with_the_unit(value, low, factor):
    assert distance_of(value * factor, low * factor, OPEN) == distance_of(value, low, OPEN) * factor
