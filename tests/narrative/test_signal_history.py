"""Signals in sentences: which points are one episode, what names it, and what chance would show."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from scorecard.analysis import spc
from scorecard.analysis.assessment.chance import alarms_by_segment
from scorecard.analysis.spc.stable import Alarms
from scorecard.core.rows import rows_of
from scorecard.narrative.signal_history import by_chance_words, episodes, explain, rebase_words

ROW: dict[str, Any] = {
    "unit": "percent", "decimals": 0, "kind": "quality", "polarity": "higher_is_better", "months_between": 1,
    "target_lower": 90.0, "target_upper": None,
}  # fmt: skip
NOISE = [50, 52, 49, 51, 48, 50, 53, 47, 50, 51, 49, 50, 52, 48, 50, 51, 49, 50]


def history_words(values: list[float], row: dict[str, Any] | None = None, rebase: tuple[str, ...] = ()) -> list[str]:
    """What is said of a monthly series that ends in July 2020."""
    row = {**ROW, **(row or {})}
    months = pd.date_range(end="2020-07-31", periods=len(values), freq="ME")
    frame = pd.DataFrame({"measure_id": "m", "area": "a", "period_end": months, "value": [float(v) for v in values]})
    settings = pd.DataFrame(
        {"measure_id": ["m"], "polarity": [row["polarity"]], "rebase": [[pd.Timestamp(day) for day in rebase]]}
    )
    points = spc.analyse(frame, settings).points
    alarms = alarms_by_segment(row, frame.assign(denominator=float("nan")), points)
    return explain(row, episodes(rows_of(points)), alarms)


def test_a_stable_series_has_nothing_to_tell() -> None:
    assert history_words(NOISE) == []


SAYS = [
    (
        [*NOISE, 70],
        {},
        "July 2020 (improving): 70%, beyond the upper limit. A figure outside a limit comes up somewhere",
    ),
    ([*NOISE, 30], {}, "July 2020 (worsening): 30%, beyond the lower limit."),
    ([*NOISE, 30], {"polarity": "lower_is_better"}, "July 2020 (improving): 30%"),
    ([*NOISE, 30], {"polarity": "monitor"}, "July 2020: 30%, beyond the lower limit."),
    ([*NOISE, 70], {"kind": "volume"}, "July 2020 (towards the plan's level): 70%"),
    ([*NOISE, 30], {"kind": "volume"}, "July 2020 (away from the plan's level): 30%"),
    ([*NOISE, 30], {"target_upper": 95.0}, "July 2020 (away from the target): 30%"),
    ([*NOISE, 70, 71], {}, "June 2020 to July 2020 (improving): two months in a row beyond the upper limit."),
    ([*NOISE, *[53] * 7], {}, "seven months in a row above the mean of 51%"),
    ([*NOISE, *[53] * 7], {}, "of 100 stable series of 25 such figures."),
    ([*NOISE, *[53] * 12], {}, "of 100 stable series of 30 such figures; so long a run in about "),
    (
        [*NOISE, 48, 49, 50, 51, 52, 53, 54],
        {},
        "July 2020 (improving): risen six months in a row. Seven or more figures in a row going one way",
    ),
]


@pytest.mark.parametrize(("values", "row", "phrase"), SAYS)
def test_a_signal_is_a_sentence(values: list[float], row: dict[str, Any], phrase: str) -> None:
    assert phrase in history_words(values, row)[0]


def test_a_run_that_leaves_the_limits_is_one_episode_named_by_its_run() -> None:
    sentences = history_words([*NOISE, 53, 53, 53, 62, 53, 53, 53])
    assert len(sentences) == 1
    assert "seven months in a row above the mean" in sentences[0]
    assert "and beyond the upper limit in April 2020" in sentences[0]


def test_the_newest_comes_first_and_segments_are_apart() -> None:
    sentences = history_words([90, *NOISE, 10], rebase=("2020-07-01",))
    assert sentences[-1].startswith("December 2018")
    sentences = history_words([90, *NOISE, 10])
    assert sentences[0].startswith("July 2020")


def test_where_it_goes_neither_way_nothing_is_said_of_it() -> None:
    assert history_words([*NOISE, 70], {"kind": "volume", "polarity": "monitor"})[0].startswith("July 2020: 70%")


FALLS_FROM_ABOVE = [50, 52, 49, 51, 48, 50, 53, 47, 50, 51, 49, 50, 80, 72, 68, 64, 60, 56, 52]


def test_a_fall_that_began_outside_a_limit_is_one_fall() -> None:
    assert "January 2020 to July 2020 (worsening): fallen six months in a row." in history_words(FALLS_FROM_ABOVE)[0]


@pytest.mark.parametrize(
    ("points", "newest", "somewhere", "phrase"),
    [
        (11, 0.02, 0.18, ""),
        (24, 0.02, 0.18, "the newest figure of only about 2 in 100 such series, and some figure of 24 in about 18:"),
        (24, 0.02, 0.18, "an old mark is no news by itself, a new one is."),
        (24, 0.28, 0.98, "the newest figure of about 28 in 100 such series, and some figure of 24 in about 98:"),
        (24, 0.28, 0.98, "and a new one only where it says 'unlikely to be chance'."),
    ],
)
def test_how_often_chance_alone_signals(points: int, newest: float, somewhere: float, phrase: str) -> None:
    sentence = by_chance_words(points, Alarms(newest, somewhere, {}, 1.0))
    assert phrase in sentence
    assert bool(phrase) == bool(sentence)


def test_figures_that_alarm_often_are_told_as_they_are() -> None:
    """Nearly always 100%: whole percentages that hardly vary are outside their limits most of the time."""
    sentence = history_words([100] * 3 + [99] + [100] * 8 + [99] + [100] * 10 + [98])[0]
    assert sentence.startswith("July 2020 (worsening): 98%, beyond the lower limit. A figure outside a limit comes up")
    often = re.search(r"about (\d+) of 100", sentence)
    assert often
    assert int(often[1]) > 60


def test_a_proposal_gives_its_evidence() -> None:
    proposal = {
        "direction": "shift_low", "points_since": 12, "rebase_from": pd.Timestamp("2019-08-31"), "mean_before": 89.0,
        "mean_since": 78.2,
    }  # fmt: skip
    sentence = rebase_words(ROW, proposal)
    assert sentence.startswith("The last twelve months, from August 2019 on, all lie below the mean, and have settled")
    assert "the mean was 89% before, and has been 78% since" in sentence
    assert sentence.endswith("the board may want limits drawn anew from August 2019.")
