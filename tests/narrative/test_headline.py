"""Headings state the finding, and a row of a list says in a few words whether it moves and will be met."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from scorecard.narrative import brief, headline
from scorecard.narrative.lists import CHOSEN, LISTS, list_heading, received_words

ROW = {
    "name": "Audits completed", "value": 72.0, "status": "missed", "status_words": "Missed", "kind": "compliance",
    "polarity": "higher_is_better", "unit": "percent", "decimals": 0, "target_lower": 90.0, "target_upper": None,
    "goal": 90.0, "distance": -18.0, "distance_words": "18 percentage points below target", "small_numbers": False,
    "variation": "improvement", "signal_cause": "shift_high", "run_since": pd.Timestamp("2019-12-31"),
    "as_every_year": False, "target_at_bound": False, "target_by": pd.Timestamp("2020-10-31"), "assurance": None,
    "reporting_month": pd.Timestamp("2020-07-31"), "met_months": 0, "met_of": 24, "last_year_value": 47.0,
    "months_between": 1, "months_old": 0, "provisional": False, "rebase": [], "target_from": pd.NaT, "seasonal": False,
    "target_before_lower": None, "target_before_upper": None, "chance_of_missing": 0.4,
}  # fmt: skip
VOLUME = {"kind": "volume", "distance_words": "23.7 per 10,000 above the plan's level"}
UNSIGNALLED = {"variation": None, "signal_cause": None}
MET = {**UNSIGNALLED, "status": "met"}


@pytest.mark.parametrize(
    ("now", "older", "moving", "expected"),
    [
        ((41, 23), (0, 0), (3, 9), "23 of 41 targets missed in July 2020; 3 measures getting worse, 9 improving"),
        ((41, 1), (0, 0), (1, 0), "1 of 41 targets missed in July 2020; 1 measure getting worse"),
        ((4, 0), (0, 0), (0, 2), "None of 4 targets missed in July 2020; 2 measures improving"),
        ((38, 20), (0, 0), (0, 0), "20 of 38 targets missed in July 2020"),
        ((1, 1), (37, 19), (0, 0), "1 of 1 target missed in July 2020, 19 of 37 by older figures"),
        ((3, 1), (2, 0), (0, 1), "1 of 3 targets missed in July 2020, none of 2 by older figures; 1 measure improving"),
        ((0, 0), (38, 20), (0, 0), "No target can be judged in July 2020 yet; 20 of 38 missed by older figures"),
        ((0, 0), (0, 0), (0, 0), "No target can be judged in July 2020 yet"),
        ((0, 0), (0, 0), (2, 1), "No target can be judged in July 2020 yet"),
        ((0, 0), (2, 0), (2, 1),
         "No target can be judged in July 2020 yet; none of 2 missed by older figures; 2 measures getting worse, "
         "1 improving"),
        ((2, 2), (0, 0), (0, 1), "2 of 2 targets missed in July 2020; 1 measure improving"),
        ((1, 0), (1, 1), (1, 1),
         "None of 1 target missed in July 2020, 1 of 1 by older figures; 1 measure getting worse, 1 improving"),
    ],
)  # fmt: skip
def test_the_service_in_a_heading(
    now: tuple[int, int], older: tuple[int, int], moving: tuple[int, int], expected: str
) -> None:
    counts = (headline.Judged(*now), headline.Judged(*older), *moving)
    assert headline.service_headline(*counts, date(2020, 7, 31)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "better since December 2019, not yet enough"),
        ({"status": "met"}, "better since December 2019, and met"),
        ({"variation": "concern"}, "getting worse since December 2019, and missed"),
        ({"variation": "concern", "status": "met"}, "getting worse since December 2019, but still met"),
        ({"variation": "concern", "signal_cause": "below_limit"}, "getting worse in December 2019, and missed"),
        (
            {"variation": "concern", "signal_cause": "below_limit", "run_points": 5},
            "getting worse since December 2019, and missed",
        ),
        (VOLUME, "towards the plan's level since December 2019, still 23.7 above the plan's level"),
        (
            {**VOLUME, "status": "met", "distance_words": "within the plan's level"},
            "towards the plan's level since December 2019, within the plan's level",
        ),
        (
            {**VOLUME, "variation": "concern"},
            "away from the plan's level since December 2019, 23.7 above the plan's level",
        ),
        (
            {"variation": "common_cause", "status": "met", "provisional": True},
            "met by a provisional figure, and no real change",
        ),
        ({"variation": "neutral_low", "status": None}, "lower than usual since December 2019"),
        ({"variation": "common_cause"}, "missed, and no real change"),
        (UNSIGNALLED, "missed, 18 percentage points below target; 47% a year ago"),
        (
            {**UNSIGNALLED, "status": "met", "distance_words": "met with 2 days to spare"},
            "met with 2 days to spare; 47% a year ago",
        ),
        ({**UNSIGNALLED, **VOLUME, "unit": "rate_per_10000"}, "missed, 23.7 above the plan's level; 47 a year ago"),
        ({**UNSIGNALLED, "months_between": 12}, "missed, 18 percentage points below target"),
        ({**UNSIGNALLED, "last_year_value": 72.2}, "missed, 18 percentage points below target; as a year ago"),
        ({"value": None, "status": "no_data", "status_words": "No figure: none has come yet"},
         "no figure: none has come yet"),
        # each way that it may move, by each way that it may stand
        ({"status": "close"}, "better since December 2019, not yet enough"),
        ({"status": None}, "better since December 2019"),
        ({"status": "no_target"}, "better since December 2019"),
        ({"status": "met", "provisional": True}, "better since December 2019, and met by a provisional figure"),
        ({"variation": "concern", "status": "close"}, "getting worse since December 2019, and close to its target"),
        ({"variation": "concern", "status": "no_target"}, "getting worse since December 2019"),
        ({"variation": "common_cause", "status": "close"}, "close to its target, and no real change"),
        ({"variation": "common_cause", "status": "no_target"}, "no real change"),
        ({"variation": "common_cause", "status": None, "provisional": True}, "no real change"),
        ({"signal_cause": "above_limit", "run_points": 1}, "better in December 2019, not yet enough"),
        ({"signal_cause": "above_limit", "run_points": 2}, "better since December 2019, not yet enough"),
        # a level that is no good or bad
        ({**VOLUME, "distance_words": None}, "towards the plan's level since December 2019, still missed"),
        ({**VOLUME, "status": "close"},
         "towards the plan's level since December 2019, still 23.7 above the plan's level"),
        ({**VOLUME, "status": "no_target"}, "towards the plan's level since December 2019"),
        ({**VOLUME, "variation": "concern", "distance_words": None},
         "away from the plan's level since December 2019, missed"),
        ({**VOLUME, "variation": "concern", "status": "met", "distance_words": "within the plan's level"},
         "away from the plan's level since December 2019, within the plan's level"),
        # where no limits tell
        ({**UNSIGNALLED, "distance_words": None}, "missed; 47% a year ago"),
        ({**UNSIGNALLED, "status": "close"}, "18 percentage points below target; 47% a year ago"),
        ({**UNSIGNALLED, "status": "close", "distance_words": None}, "close to its target; 47% a year ago"),
        ({**UNSIGNALLED, "provisional": True},
         "missed by a provisional figure, 18 percentage points below target; 47% a year ago"),
        ({**UNSIGNALLED, "status": "no_target", "status_words": "No target", "distance_words": None},
         "no target; 47% a year ago"),
        ({**UNSIGNALLED, "status": None, "status_words": "No target", "distance_words": None, "provisional": True},
         "no target; 47% a year ago"),
        ({**UNSIGNALLED, "months_between": 4, "last_year_value": 70.0},
         "missed, 18 percentage points below target; 70% a year ago"),
        ({**UNSIGNALLED, "last_year_value": None}, "missed, 18 percentage points below target"),
    ],
)  # fmt: skip
def test_a_measure_in_a_heading(changed: dict[str, object], expected: str) -> None:
    assert headline.measure_headline({**ROW, **changed}) == f"Audits completed: {expected}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{}], "the one target is not met; audits completed improving"),
        ([{}, {"status": "met", "variation": "concern", "name": "Visits"}],
         "1 of 2 targets met; audits completed improving, visits getting worse"),
        ([VOLUME], "the one target is not met; audits completed: 23.7 per 10,000 above the plan's level"),
        ([{"name": "A" * 60}, {"name": "B" * 60, "variation": "concern"}],
         "none of 2 targets met; 1 measure getting worse, 1 improving"),
        ([UNSIGNALLED], "the one target is not met; audits completed: 18 percentage points below target"),
        ([{**UNSIGNALLED, "status": "met"}] * 4, "all of 4 targets met"),
        ([{**UNSIGNALLED, "status": "no_data", "months_old": pd.NA}], "no target can be judged yet"),
        ([UNSIGNALLED, {**MET, "months_old": 2}, {**MET, "months_old": 1}],
         "none of 1 target met in July 2020, 2 of 2 by older figures"),
        ([{**MET, "months_old": 1}, {**UNSIGNALLED, "months_old": 3, "small_numbers": True}],
         "1 of 2 targets met by older figures"),
        ([MET], "the one target is met"),
        ([{**MET, "months_old": 1}], "the one target is met by older figures"),
        ([UNSIGNALLED, MET, {**UNSIGNALLED, "months_old": 1}],
         "1 of 2 targets met in July 2020, none of 1 by older figures"),
        ([MET, {**MET, "months_old": 1}], "1 of 1 target met in July 2020, 1 of 1 by older figures"),
        ([{**UNSIGNALLED, "status": "close"}, {**MET, "status": "no_target"}], "the one target is not met"),
        # the one furthest off by its target; none of a few children, and none whose target is nothing
        ([UNSIGNALLED, {**UNSIGNALLED, "name": "Days", "distance": -6.0, "goal": 14.0,
                         "distance_words": "6 days above"}],
         "none of 2 targets met; days: 6 days above"),
        ([{**UNSIGNALLED, "distance": -9.0}, {**UNSIGNALLED, "name": "Days", "distance": -6.0, "goal": -14.0,
                                              "distance_words": "6 days above"}],
         "none of 2 targets met; days: 6 days above"),
        ([{**UNSIGNALLED, "small_numbers": True}], "the one target is not met"),
        ([{**UNSIGNALLED, "goal": 0.0}], "the one target is not met"),
        # a heading has 110 letters at most
        ([{"name": "a" * 64}], f"the one target is not met; {'a' * 64} improving"),
        ([{"name": "a" * 65}], "the one target is not met; 1 measure improving"),
        ([{"name": "a" * 65, "variation": "concern"}] * 3 + [{}],
         "none of 4 targets met; 3 measures getting worse, 1 improving"),
        ([{**UNSIGNALLED, "name": "a" * 39}],
         f"the one target is not met; {'a' * 39}: 18 percentage points below target"),
        ([{**UNSIGNALLED, "name": "a" * 40}], "the one target is not met"),
    ],
)  # fmt: skip
def test_a_service_area_in_a_heading(rows: list[dict[str, object]], expected: str) -> None:
    assert headline.area_headline("Quality", [{**ROW, **row} for row in rows]) == f"Quality: {expected}"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "Improving"),
        ({"variation": "concern"}, "Getting worse"),
        ({"variation": "concern", **VOLUME}, "Away from the plan's level"),
        ({"variation": "common_cause"}, "No real change"),
        (UNSIGNALLED, "47% → 72% in a year"),
        ({**UNSIGNALLED, "last_year_value": 72.2}, "As a year ago"),
        ({**UNSIGNALLED, "last_year_value": None}, ""),
        ({**UNSIGNALLED, "months_between": 12}, ""),
        ({"value": None}, ""),
    ],
)
def test_whether_it_moves_in_a_few_words(changed: dict[str, object], expected: str) -> None:
    assert brief.moving_words({**ROW, **changed}) == expected


CHANCE = {"chance_of_meeting": 0.12, "chance_month": pd.Timestamp("2020-10-31")}
NO_CHANCE = {"chance_of_meeting": None, "chance_month": None}


@pytest.mark.parametrize(
    ("changed", "chance", "expected"),
    [
        ({}, CHANCE, "About 1 in 10 by October 2020"),
        ({"assurance": "consistently_failing"}, CHANCE, "Met in none of the last 24"),
        ({"assurance": "consistently_failing", "met_months": 2}, CHANCE, "Not at this level"),
        ({"assurance": "consistently_passing", "status": "met"}, CHANCE, "Reliably met"),
        ({"assurance": "inconsistent", "met_months": 15}, CHANCE, "Hit and miss: met in 15 of 24"),
        ({"assurance": "inconsistent"}, CHANCE, "Met in none of the last 24"),
        ({"assurance": "inconsistent", "met_months": 24}, CHANCE, "Met in all of the last 24"),
        ({"target_at_bound": True, "met_months": 3}, CHANCE, "Met in 3 of the last 24"),
        ({}, NO_CHANCE, "Met in none of the last 24"),
        ({"met_of": 1}, NO_CHANCE, ""),
        ({"target_by": pd.Timestamp("2020-05-31")}, CHANCE, "Was due by May 2020"),
        ({"target_by": pd.Timestamp("2020-05-31"), "status": "met"}, NO_CHANCE, "Met in none of the last 24"),
        ({"status": "no_target"}, CHANCE, ""),
        ({"status": None}, CHANCE, ""),
    ],
)
def test_whether_it_will_be_met_in_a_few_words(
    changed: dict[str, object], chance: dict[str, object], expected: str
) -> None:
    assert brief.target_outlook({**ROW, **changed}, chance).words == expected


def test_every_list_has_its_words() -> None:
    assert set(CHOSEN) <= set(LISTS)
    assert list_heading("outgrown", 1) == "1 target already met: ask for more?"
    assert list_heading("outgrown", 9) == "9 targets already met: ask for more?"
    assert received_words(date(2020, 7, 31), 46, 46) == "July 2020: all 46 figures in"
    assert received_words(date(2020, 7, 31), 44, 46) == "July 2020: 44 of 46 figures in"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((26, 13, 0.4, 36), "13 of 26 measures signal a change; by chance none would."),
        ((26, 13, 1.6, 36), "13 of 26 measures signal a change; by chance about two would."),
        ((26, 13, 0.49, 36), "13 of 26 measures signal a change; by chance none would."),
        ((26, 13, 0.5, 36), "13 of 26 measures signal a change; by chance none would."),
        ((26, 13, 0.51, 36), "13 of 26 measures signal a change; by chance about one would."),
        ((1, 0, 1.0, 12), "0 of 1 measures signal a change; by chance about one would."),
        ((0, 0, 0.0, 1), "Real change shows once a measure has 12 months. You have 1."),
        ((0, 0, 0.0, 0), "Real change shows once a measure has 12 months. You have none yet."),
    ],
)
def test_how_many_signal_and_how_many_would_by_chance(counts: tuple[int, int, float, int], expected: str) -> None:
    assert headline.signals_against_chance(*counts) == expected


def test_how_many_exceptions_chance_would_make() -> None:
    assert headline.exceptions_by_chance(0, 0.0) == ""
    assert headline.exceptions_by_chance(5, 1.2) == " Of the 5 for the board, about one by chance."
