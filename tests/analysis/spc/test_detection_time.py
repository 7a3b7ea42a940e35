"""How long a change takes to show: the table's edges, the words, and the table against a small simulation."""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np
import pytest

from benchmarks.chance.detection import figures_until_shown, quantile
from scorecard.analysis.spc.detection_time import HORIZON, WAITS, DetectionTime, detectable_changes, detection_time
from scorecard.narrative.detection_time import change_words, wait_words

ROW: dict[str, Any] = {
    "variation": "common_cause", "mean": 80.0, "upper_limit": 92.0, "status": "missed", "goal": 90.0, "unit": "percent",
    "decimals": 0, "kind": "quality", "polarity": "higher_is_better", "months_between": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("size", "points", "wait"),
    [
        (4.0, 24, WAITS[24][1.0]),  # exactly one standard deviation
        (7.9, 24, WAITS[24][1.5]),  # between sizes: the smaller
        (8.0, 35, WAITS[24][2.0]),  # between lengths: the shorter
        (8.0, 36, WAITS[36][2.0]),
        (8.0, 5, WAITS[12][2.0]),
        (400.0, 600, WAITS[60][4.0]),
        (-8.0, 24, WAITS[24][2.0]),  # a fall shows as soon as a rise
        (1.9, 24, None),  # smaller than any that was tried
        (nan, 24, None),
    ],
)
def test_a_change_takes_so_many_figures_to_show(size: float, points: int, wait: DetectionTime | None) -> None:
    assert detection_time(size, 4.0, points) == wait


def test_where_nothing_varies_nothing_is_said() -> None:
    assert detection_time(5.0, 0.0, 24) is None
    assert detectable_changes({**ROW, "upper_limit": 80.0}, 24) == []
    assert detectable_changes({**ROW, "variation": None}, 24) == []


def test_one_to_three_deviations_and_the_way_to_the_target_are_told_smallest_first() -> None:
    changes = [change_words(ROW, change) for change in detectable_changes(ROW, 24)]
    assert changes == [
        "4 percentage points",
        "8 percentage points",
        "10 percentage points: from the mean all the way to the target",
        "12 percentage points",
    ]
    volume = {**ROW, "kind": "volume", "unit": "number"}
    assert "plan's level" in change_words(volume, detectable_changes(volume, 24)[2])
    assert len(detectable_changes({**ROW, "status": "met"}, 24)) == 3


@pytest.mark.parametrize(
    ("figures", "expected"),
    [(1, "within one month"), (7, "within seven months"), (37, "not within 36 months"), (None, "not within 36 months")],
)
def test_a_wait_in_words(figures: int | None, expected: str) -> None:
    assert wait_words(ROW, figures) == expected


def test_a_larger_change_or_a_longer_series_never_takes_longer() -> None:
    halves = np.array([[wait.half for wait in by_size.values()] for by_size in WAITS.values()])
    tenths = np.array([[wait.nine_in_ten for wait in by_size.values()] for by_size in WAITS.values()])
    for table in (halves, tenths):
        assert (np.diff(table, axis=1) <= 0).all()
        assert (np.diff(table, axis=0) <= 0).all()
        assert table.max() == HORIZON + 1


@pytest.mark.parametrize(("points", "size"), [(24, 3.0), (36, 2.0)])
def test_the_table_is_what_a_simulation_finds(points: int, size: float) -> None:
    shown = figures_until_shown(points, size, 300)
    assert abs(quantile(shown, 0.5) - WAITS[points][size].half) <= 1
    assert abs(quantile(shown, 0.9) - WAITS[points][size].nine_in_ten) <= 2
