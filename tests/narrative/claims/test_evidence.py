"""What a claim is held against: every fact of a plain row by its name, and what follows from the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from scorecard.narrative.claims.evidence import Compared, Evidence, evidence_of
from tests.narrative.claims.plain_evidence import DOWN, NEITHER, known
from tests.narrative.plain_rows import JULY, JUNE, ROW

MAY = pd.Timestamp("2020-05-31")
SERIES = pd.DataFrame({"period_end": [MAY, JUNE, JULY], "value": [70.5, None, 72.0]})
ALONE = {"statistical_neighbour_difference": None, "regional_difference": None, "national_difference": None}
PLAIN = ROW | ALONE | {
    "signal": False, "signal_up": None, "run_since": None, "behind_beyond_chance": False, "chance_margin": None,
    "distance_words": "18 percentage points below target", "no_limits": "it has 2 figures",
}  # fmt: skip
NO_CHANCE = {"chance_of_meeting": None}
FOUND = Evidence(
    figures={date(2020, 5, 31): 70.5, date(2020, 7, 31): 72.0},
    better="up",
    variation=None,
    signal=False,
    signal_up=None,
    since=None,
    status="missed",
    missed_since=date(2020, 6, 30),
    goal=90.0,
    chance=None,
    behind=False,
    margin=None,
    compared={},
    change_words="Change can't be told from chance yet: it has 2 figures.",
    target_words="72%, target at least 90%: 18 percentage points below target.",
    ahead_words="No outlook: why.",
    unit="percent",
    decimals=0,
)


@pytest.mark.parametrize(
    ("changed", "chance", "facts"),
    [
        ({}, None, {}),
        ({"polarity": "lower_is_better"}, None, DOWN),
        ({"polarity": "monitor"}, None,
         {**NEITHER, "target_words": "72%, plan's level at least 90%: 18 percentage points below target."}),
        ({"kind": "volume"}, None,
         {**NEITHER, "target_words": "72%, plan's level at least 90%: 18 percentage points below target."}),
        ({"target_upper": 95.0}, None, NEITHER),
        ({"polarity": None}, None, NEITHER),
        ({"variation": "common_cause", "signal_cause": None, "drift": None}, None,
         {"variation": "common_cause", "change_words": "From month to month it moves no more than chance would."}),
        ({"signal": True, "signal_up": True}, None, {"signal": True, "signal_up": True}),
        ({"signal": True, "signal_up": False}, None, {"signal": True, "signal_up": False}),
        ({"signal_up": pd.NA}, None, {}),
        ({"run_since": MAY}, None, {"since": date(2020, 5, 31)}),
        ({"run_since": pd.NaT, "missed_since": pd.NaT}, None, {"missed_since": None}),
        ({"status": "close"}, None, {"status": "close"}),
        ({"status": None, "goal": None}, None, {"status": None, "goal": None}),
        ({"goal": float("nan")}, None, {"goal": None}),
        ({"goal": 85.0}, None, {"goal": 85.0}),
        ({}, 0.3, {"chance": 0.3}),
        ({}, float("nan"), {}),
        ({"behind_beyond_chance": True}, None, {"behind": True}),
        ({"chance_margin": 4.5}, None, {"margin": 4.5}),
        ({"no_limits": None}, None, {"change_words": ""}),
        ({"unit": "days", "decimals": 2.0}, None, {"unit": "days", "decimals": 2}),
        ({"value": 72.0, "statistical_neighbour_difference": 2.0, "regional_difference": -3.0,
          "national_difference": 0.0}, None,
         {"compared": {
             "statistical_neighbour": Compared(2.0, 70.0, "Statistical neighbours: 70%; here 72%."),
             "regional": Compared(-3.0, 75.0, "The region: 75%; here 72%."),
             "national": Compared(0.0, 72.0, "England: 72%; here 72%."),
         }}),
        ({"regional_difference": 1.0, "national_difference": float("nan")}, None,
         {"compared": {"regional": Compared(1.0, 71.0, "The region: 71%; here 72%.")}}),
    ],
)  # fmt: skip
def test_every_fact_of_a_row(changed: dict[str, Any], chance: float | None, facts: dict[str, Any]) -> None:
    evidence = evidence_of(PLAIN | changed, SERIES, {"chance_of_meeting": chance}, "No outlook: why")
    assert evidence == replace(FOUND, **facts)


def test_what_lies_ahead_ends_with_one_full_stop() -> None:
    evidence = evidence_of(PLAIN, SERIES, NO_CHANCE, "No outlook: why.")
    assert evidence is not None
    assert evidence.ahead_words == "No outlook: why."


def test_the_region_is_known_by_its_name() -> None:
    assert evidence_of(PLAIN, SERIES, NO_CHANCE, "No outlook: why", "North East") == replace(
        evidence_of(PLAIN, SERIES, NO_CHANCE, "No outlook: why") or FOUND, region="North East"
    )


def test_a_measure_without_a_figure_has_no_evidence() -> None:
    assert evidence_of(PLAIN, SERIES.iloc[1:2], NO_CHANCE, "") is None
    assert evidence_of(PLAIN, SERIES.iloc[:0], NO_CHANCE, "") is None


@pytest.mark.parametrize(
    ("changed", "way"),
    [
        ({"figures": (70, 70.5)}, "better"),
        ({"figures": (70, 70)}, "same"),
        ({"figures": (70, 69.5)}, "worse"),
        ({"figures": (70, 70.5), **DOWN}, "worse"),
        ({"figures": (70, 70), **DOWN}, "same"),
        ({"figures": (70, 69.5), **DOWN}, "better"),
        ({"figures": (0, 1)}, "better"),
        ({"figures": (70, 71), **NEITHER}, ""),
        ({"figures": (71,)}, ""),
    ],
)
def test_which_way_the_latest_figure_lies(changed: dict[str, Any], way: str) -> None:
    assert known(**changed).way == way


def test_figures_are_found_by_their_months_in_whatever_order_they_are_given() -> None:
    evidence = Evidence({date(2020, 7, 31): 3.0, date(2019, 7, 31): 1.0, date(2020, 5, 31): 2.0}, unit="days")
    assert (evidence.month, evidence.latest, evidence.before) == (date(2020, 7, 31), 3.0, 2.0)
    assert (evidence.months_back(0), evidence.months_back(2), evidence.months_back(12)) == (3.0, 2.0, 1.0)
    assert (evidence.months_back(1), evidence.in_month(date(2020, 6, 30))) == (None, None)
    assert evidence.in_month(date(2020, 5, 31)) == 2.0
    assert evidence.figure_text(2.25) == "2.3 days"
    assert evidence.step_words() == "It was 2.0 days in May 2020 and 3.0 days in July 2020."
    assert Evidence({date(2020, 7, 31): 1234.56}, decimals=0).step_words() == "It was 1,235 in July 2020."


def test_what_is_not_known_of_a_measure_is_left_open() -> None:
    """What a claim can't be held against, for all that is known is a figure."""
    bare = Evidence({date(2020, 7, 31): 1.0})
    unknown = ("variation", "signal_up", "since", "status", "missed_since", "goal", "chance", "margin")
    assert [getattr(bare, name) for name in unknown] == [None] * len(unknown)
    assert (bare.signal, bare.behind, bare.better, bare.compared) == (False, False, "", {})
