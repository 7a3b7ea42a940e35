"""Signals by plain points and plain episodes: which points are one, from when to when, and whole sentences of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis.spc.stable import Alarms
from scorecard.narrative.signal_history import Episode, by_chance_words, episodes, explain, rebase_words
from tests.narrative.plain_rows import JULY, JUNE, ROW

MAY = pd.Timestamp("2020-05-31")
JANUARY = pd.Timestamp("2020-01-31")
LIMIT = Episode("limit", True, "improvement", 1, JULY, JULY, 70.4, 51.2, 0, 24, (JULY,))
RUN = {"figures": 7, "first": JANUARY, "outside": ()}
# Of 100 stable series ten show a run of seven or more, two of them of eight.
LONGEST = np.array([0] * 90 + [7] * 8 + [8] * 2)
ALARMS = {0: Alarms(0.02, 0.2, {"limit": LONGEST, "shift": LONGEST, "trend": LONGEST, "two_of_three": LONGEST}, 1.0)}
ONE_OUTSIDE = "A figure outside a limit comes up somewhere in about 10 of 100 stable series of 24 such figures"
ONE_SIDE = (
    "Seven or more figures in a row on one side of the mean come up somewhere in about 10 of 100 stable series of 24 "
    "such figures"
)
ONE_WAY = (
    "Seven or more figures in a row going one way come up somewhere in about 10 of 100 stable series of 24 such figures"
)
NEAR = "Two of three near a limit come up somewhere in about 10 of 100 stable series of 24 such figures"


@pytest.mark.parametrize(
    ("changed", "row", "expected"),
    [
        ({}, {}, f"July 2020 (improving): 70%, beyond the upper limit. {ONE_OUTSIDE}."),
        ({"up": False, "point_type": "concern"}, {},
         f"July 2020 (worsening): 70%, beyond the lower limit. {ONE_OUTSIDE}."),
        ({"point_type": "neutral_high"}, {}, f"July 2020: 70%, beyond the upper limit. {ONE_OUTSIDE}."),
        ({}, {"kind": "volume"},
         f"July 2020 (towards the plan's level): 70%, beyond the upper limit. {ONE_OUTSIDE}."),
        ({}, {"decimals": 1}, f"July 2020 (improving): 70.4%, beyond the upper limit. {ONE_OUTSIDE}."),
        ({"figures": 2, "first": JUNE, "outside": (JUNE, JULY)}, {},
         f"June 2020 to July 2020 (improving): two months in a row beyond the upper limit. {ONE_OUTSIDE}; so many in a "
         "row in about 10."),
        ({"figures": 8, "first": JUNE, "outside": (JUNE, JULY)}, {},
         f"June 2020 to July 2020 (improving): eight months in a row beyond the upper limit. {ONE_OUTSIDE}; so many in "
         "a row in about 2."),
        ({"figures": 9, "first": JUNE}, {},
         f"June 2020 to July 2020 (improving): nine months in a row beyond the upper limit. {ONE_OUTSIDE}; so many in "
         "a row in fewer than 1."),
        ({**RUN, "rule": "shift"}, {},
         f"January 2020 to July 2020 (improving): seven months in a row above the mean of 51%. {ONE_SIDE}."),
        ({**RUN, "rule": "shift", "figures": 8, "up": False}, {"decimals": 1},
         "January 2020 to July 2020 (improving): eight months in a row below the mean of 51.2%. "
         f"{ONE_SIDE}; so long a run in about 2."),
        ({**RUN, "rule": "shift", "outside": (MAY,)}, {},
         "January 2020 to July 2020 (improving): seven months in a row above the mean of 51%, and beyond the upper "
         f"limit in May 2020. {ONE_SIDE}."),
        ({**RUN, "rule": "shift", "up": False, "outside": (MAY, JULY)}, {},
         "January 2020 to July 2020 (improving): seven months in a row below the mean of 51%, two of them beyond the "
         f"lower limit. {ONE_SIDE}."),
        ({**RUN, "rule": "trend"}, {},
         f"January 2020 to July 2020 (improving): risen six months in a row. {ONE_WAY}."),
        ({**RUN, "rule": "trend", "figures": 8, "up": False}, {"months_between": 3},
         "January 2020 to July 2020 (improving): fallen seven quarters in a row. "
         f"{ONE_WAY}; so long a run in about 2."),
        ({"rule": "two_of_three", "figures": 3, "first": MAY, "outside": ()}, {},
         "May 2020 to July 2020 (improving): at least two of three months close to the upper limit. "
         f"{NEAR}."),
        ({"rule": "two_of_three", "figures": 4, "first": MAY, "outside": (), "up": False}, {"months_between": 3},
         "May 2020 to July 2020 (improving): at least two of three quarters close to the lower limit. "
         f"{NEAR}."),
        ({"segment": 1}, {},
         "July 2020 (improving): 70%, beyond the upper limit. How often chance shows that in a series of 24 figures is "
         "not known."),
    ],
)  # fmt: skip
def test_an_episode_in_a_sentence(changed: dict[str, Any], row: dict[str, Any], expected: str) -> None:
    assert explain(ROW | row, [LIMIT._replace(**changed)], ALARMS) == [expected]


def test_the_newest_episode_comes_first_and_a_rule_without_alarms_is_not_known() -> None:
    older = LIMIT._replace(rule="trend", first=JANUARY, last=MAY, figures=7, outside=())
    only_limit = {0: Alarms(0.02, 0.2, {"limit": LONGEST}, 1.0)}
    assert explain(ROW, [older, LIMIT], only_limit) == [
        f"July 2020 (improving): 70%, beyond the upper limit. {ONE_OUTSIDE}.",
        "January 2020 to May 2020 (improving): risen six months in a row. How often chance shows that in a series of "
        "24 figures is not known.",
    ]


@pytest.mark.parametrize(
    ("points", "newest", "somewhere", "expected"),
    [
        (11, 0.02, 0.18, ""),
        (12, 0.02, 0.18,
         "Where nothing changes, chance marks the newest figure of only about 2 in 100 such series, and some figure of "
         "12 in about 18: an old mark is no news by itself, a new one is."),
        (24, 0.03, 0.995,
         "Where nothing changes, chance marks the newest figure of about 3 in 100 such series, and some figure of 24 "
         "in about 100: an old mark is no news by itself, and a new one only where it says 'unlikely to be chance'."),
        (24, 0.004, 0.005,
         "Where nothing changes, chance marks the newest figure of only fewer than 1 in 100 such series, and some "
         "figure of 24 in about 1: an old mark is no news by itself, a new one is."),
        (24, 0.014, 0.016,
         "Where nothing changes, chance marks the newest figure of only about 1 in 100 such series, and some "
         "figure of 24 in about 2: an old mark is no news by itself, a new one is."),
    ],
)  # fmt: skip
def test_how_often_chance_alone_marks_a_figure(points: int, newest: float, somewhere: float, expected: str) -> None:
    assert by_chance_words(points, Alarms(newest, somewhere, {}, 1.0)) == expected


PROPOSAL = {"direction": "shift_high", "points_since": 9, "rebase_from": JANUARY, "mean_before": 61.4,
            "mean_since": 71.6}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "months_between", "expected"),
    [
        ({}, 1,
         "The last nine months, from January 2020 on, all lie above the mean, and have settled: the mean was 61% "
         "before, and has been 72% since. If there is a known reason why it changed, the board may want limits drawn "
         "anew from January 2020."),
        ({"direction": "shift_low", "mean_before": None}, 3,
         "The last nine quarters, from January 2020 on, all lie below the mean, and have settled: the figures before "
         "it had no mean of their own. If there is a known reason why it changed, the board may want limits drawn anew "
         "from January 2020."),
    ],
)  # fmt: skip
def test_a_proposal_to_draw_limits_anew(changed: dict[str, Any], months_between: int, expected: str) -> None:
    assert rebase_words(ROW | {"months_between": months_between}, PROPOSAL | changed) == expected


Point = tuple[float | None, str | None]
QUIET = "common_cause"


def points_of(*given: Point, step: int = 1, mean: float = 50.0, segment: int = 0) -> list[dict[str, Any]]:
    """Plain points that end in July 2020: value and special cause, so many months apart."""
    last = len(given) - 1
    return [
        {"segment": segment, "period_end": JULY - pd.offsets.MonthEnd(step * (last - at)), "value": value,
         "special_cause": cause, "point_type": f"type {at}", "mean": mean}
        for at, (value, cause) in enumerate(given)
    ]  # fmt: skip


def spans(points: list[dict[str, Any]]) -> list[tuple[str, bool, int, str, str]]:
    """Of each episode the rule, whether it is up, how many figures, and its first and last month."""
    return [
        (episode.rule, episode.up, episode.figures, f"{episode.first:%Y-%m}", f"{episode.last:%Y-%m}")
        for episode in episodes(points)
    ]  # fmt: skip


def test_an_episode_knows_its_last_point_and_its_segment() -> None:
    points = points_of((50, QUIET), (None, None), (71, "above_limit"), (72, "above_limit"), mean=51.5, segment=3)
    assert episodes(points) == [
        Episode("limit", True, "type 3", 2, JUNE, JULY, 72.0, 51.5, 3, 3, (JUNE, JULY)),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # nothing special
        ([(50, QUIET), (51, None), (None, None)], []),
        # neighbours the same way are one; the other way, or something quiet between, is another
        ([(71, "above_limit"), (29, "below_limit")],
         [("limit", True, 1, "2020-06", "2020-06"), ("limit", False, 1, "2020-07", "2020-07")]),
        ([(71, "above_limit"), (50, QUIET), (71, "above_limit")],
         [("limit", True, 1, "2020-05", "2020-05"), ("limit", True, 1, "2020-07", "2020-07")]),
        # a month without a figure does not part them
        ([(71, "above_limit"), (None, None), (71, "above_limit")], [("limit", True, 2, "2020-05", "2020-07")]),
        # the rule that tells most names it: a rise before a side, a side before two of three, a limit last
        ([(71, "above_limit"), (65, "two_of_three_high")], [("two_of_three", True, 2, "2020-06", "2020-07")]),
        ([(65, "two_of_three_high"), (71, "above_limit")], [("two_of_three", True, 2, "2020-06", "2020-07")]),
        ([(65, "two_of_three_high"), (66, "shift_high")], [("shift", True, 2, "2020-06", "2020-07")]),
        ([(49, QUIET), (65, "trend_up"), (66, "shift_high")], [("trend", True, 3, "2020-05", "2020-07")]),
        # a run began before it was told: where it crossed the mean, or its last step the other way
        ([(50, QUIET), (51, QUIET), (53, QUIET), (52, "shift_high")], [("shift", True, 3, "2020-05", "2020-07")]),
        ([(49, QUIET), (51, QUIET), (53, QUIET), (52, "shift_high")], [("shift", True, 3, "2020-05", "2020-07")]),
        ([(51, QUIET), (49, QUIET), (47, QUIET), (48, "shift_low")], [("shift", False, 3, "2020-05", "2020-07")]),
        ([(51, QUIET), (51, QUIET), (53, QUIET), (54, "trend_up")], [("trend", True, 3, "2020-05", "2020-07")]),
        ([(49, QUIET), (53, QUIET), (52, QUIET), (51, "trend_down")], [("trend", False, 3, "2020-05", "2020-07")]),
        # and goes on after it, though another rule names those points
        ([(49, QUIET), (51, "shift_high"), (53, "above_limit"), (52, "above_limit")],
         [("shift", True, 3, "2020-05", "2020-07")]),
        # what came before a run in the same episode is part of it
        ([(71, "above_limit"), (51, "trend_up"), (52, "trend_up")], [("trend", True, 2, "2020-05", "2020-07")]),
        # a gap in the months ends a run
        ([(51, QUIET), (None, None), (52, QUIET), (53, "shift_high")], [("shift", True, 2, "2020-06", "2020-07")]),
    ],
)  # fmt: skip
def test_which_points_are_one_episode(given: list[Point], expected: list[tuple[str, bool, int, str, str]]) -> None:
    assert spans(points_of(*given)) == expected


def test_a_run_of_quarters_goes_on_from_quarter_to_quarter() -> None:
    points = points_of((49, QUIET), (51, QUIET), (52, QUIET), (53, "shift_high"), step=3)
    assert spans(points) == [("shift", True, 3, "2020-01", "2020-07")]


def test_a_figure_at_its_mean_but_for_rounding_is_on_neither_side() -> None:
    points = points_of((51, QUIET), (50.00000001, QUIET), (52, QUIET), (53, "shift_high"), mean=50.0)
    assert spans(points) == [("shift", True, 2, "2020-06", "2020-07")]
    points = points_of((51, QUIET), (50.0001, QUIET), (52, QUIET), (53, "shift_high"), mean=50.0)
    assert spans(points) == [("shift", True, 4, "2020-04", "2020-07")]


def test_segments_are_apart() -> None:
    first, second = points_of((71, "above_limit"), segment=0), points_of((71, "above_limit"), segment=1)
    assert [episode.segment for episode in episodes([*first, *second])] == [0, 1]
