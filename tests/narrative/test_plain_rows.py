"""Each text of a measure by plain rows: whole sentences, each condition at its boundary, and which comes first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.assessment.level import SIGNALS
from scorecard.core.vocabulary import ASSURANCE_WORDS, MAY_BE_MOVING, NO_ASSURANCE_WORDS
from scorecard.narrative import measure
from scorecard.narrative.lists import gaps_words
from scorecard.narrative.phrases import (
    amount,
    bare_amount,
    decimals_that_tell,
    only_rounded,
    places,
    points,
    rate_figure,
    target_changed,
    when,
)
from tests.narrative.plain_rows import AUGUST, DAYS, JULY, JUNE, MONITOR, RATE, ROW


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "Behind by 2 points: needs 2.2 points a month; has made 0.5, and at best 0.9 over so long a time"),
        ({"best_pace": None}, "Behind by 2 points: needs 2.2 points a month; has made 0.5"),
        ({"best_pace": 2.2}, "Behind by 2 points: needs 2.2 points a month; has made 0.5"),
        ({"best_pace": 2.1},
         "Behind by 2 points: needs 2.2 points a month; has made 0.5, and at best 2.1 over so long a time"),
        ({"best_pace": -1.0, "pace_made": -0.25},
         "Behind by 2 points: needs 2.2 points a month; has made −0.3, and at best stood still over so long a time"),
        ({"best_pace": None, "pace_made": 0.0}, "Behind by 2 points: needs 2.2 points a month; has made 0"),
        ({"pace_made": None}, "Behind by 2 points: needs 2.2 points a month"),
        ({"trajectory_distance": 3.0, "pace_made": None}, "Ahead by 3 points: needs 2.2 points a month"),
        ({"trajectory_distance": 0.0, "pace_made": None}, "Needs 2.2 points a month to reach 90% by March 2021"),
        ({"trajectory_distance": 0.0, "distance": 1.0}, "On course for March 2021: the target is met"),
        ({"trajectory_distance": -0.26, "pace_made": None}, "Behind by 0.3 points: needs 2.2 points a month"),
        ({"trajectory_distance": 1.0, "pace_made": None}, "Ahead by 1 point: needs 2.2 points a month"),
        ({"trajectory_distance": 1.4, "pace_made": None}, "Ahead by 1 point: needs 2.2 points a month"),
        ({"trajectory_distance": 4.0, "distance": 2.0}, "Ahead by 4 points: the target is met"),
        ({"trajectory_distance": 4.0, "distance": 0.0}, "Ahead by 4 points: the target is met"),
        ({"trajectory_distance": 4.0, "distance": 2.0, "kind": "volume"}, "Ahead by 4 points: the plan's level is met"),
        ({**RATE, "pace_needed": 7.95}, "Behind by 2 per 10,000: needs 7.95 per 10,000 a month; has made 0.5, "
         "and at best 0.9 over so long a time"),
        ({"no_trajectory": "why"}, "No trajectory: why"),
        ({"no_trajectory": "why", "trajectory_distance": None}, "No trajectory: why"),
        ({"trajectory_distance": None}, "No trajectory: there is no figure"),
        ({"months_left": 0, "target_by": JULY}, "Was due by July 2020: missed"),
        ({"months_left": -1, "target_by": JUNE, "distance": 1.0}, "Was due by June 2020: met"),
        ({"months_left": 0, "target_by": JULY, "months_old": 1, "period_end": JUNE},
         "Was due by July 2020: missed by the latest figure, of June 2020"),
        ({"months_left": 1, "pace_made": None}, "Behind by 2 points: needs 2.2 points a month"),
        ({"months_between": 3},
         "Behind by 2 points: needs 6.6 points a quarter; has made 1.5, and at best 2.7 over so long a time"),
        ({"months_between": 3, "months_left": 3, "pace_made": None}, "Behind by 2 points: needs 6.6 points a quarter"),
        ({"months_between": 3, "months_left": 2, "best_pace": None},
         "Behind by 2 points: needs 4.4 points by March 2021; has made 1.5 a quarter"),
        ({"months_between": 12, "months_left": 8, "trajectory_distance": 0.0, "best_pace": None},
         "Needs 17.6 points to reach 90% by March 2021; has made 6 a year"),
        ({"months_between": 12, "months_left": 12, "pace_made": -0.5, "best_pace": None},
         "Behind by 2 points: needs 26.4 points a year; has made −6"),
    ],
)  # fmt: skip
def test_the_way_to_a_dated_target(changed: dict[str, Any], expected: str) -> None:
    assert measure.trajectory_words(ROW | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "2 percentage points lower than in June 2020 (worse)"),
        ({"change": 1.0, "mover_direction": "better"}, "1 percentage point higher than in June 2020 (better)"),
        ({"change": 0.4, "mover_direction": None}, "less than 1 percentage point higher than in June 2020"),
        ({"change": -3.0, "change_from": "baseline"}, "3 percentage points lower than the baseline (worse)"),
        ({"change": 0.0}, "the same as in June 2020"),
        ({"change": 0.0, "change_from": "baseline"}, "the same as the baseline"),
        ({"kind": "volume", "mover_direction": "towards"},
         "2 percentage points lower than in June 2020 (towards the plan's level)"),
        ({"kind": "volume", "mover_direction": "away"},
         "2 percentage points lower than in June 2020 (away from the plan's level)"),
        ({"target_upper": 95.0, "mover_direction": "away"},
         "2 percentage points lower than in June 2020 (away from the target)"),
        ({"polarity": "monitor", "mover_direction": "towards"},
         "2 percentage points lower than in June 2020 (towards the plan's level)"),
        ({"change": None}, ""),
    ],
)  # fmt: skip
def test_the_movement(changed: dict[str, Any], expected: str) -> None:
    assert measure.movement_words(ROW | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"provisional": True}, "provisional"),
        ({"months_old": 1}, "1 month old"),
        ({"months_old": 2, "overdue": True}, "2 months old, overdue"),
        ({"provisional": True, "months_old": 2, "overdue": True}, "provisional, 2 months old, overdue"),
        ({"months_old": None, "overdue": True}, "overdue"),
        ({"months_old": 1, "period_end": JUNE, "received_symbol": "c"}, "1 month old, July 2020 suppressed"),
        ({"months_old": 1, "period_end": JUNE, "received_symbol": "?"}, "1 month old, July 2020 ?"),
        ({"months_old": 1, "received_symbol": "c"}, "1 month old"),
        ({"received_symbol": "c", "period_end": JUNE}, ""),
    ],
)
def test_the_age(changed: dict[str, Any], expected: str) -> None:
    assert measure.age_words(ROW | changed) == expected


@pytest.mark.parametrize(
    ("writer", "changed", "expected"),
    [
        ("last_year_words", {}, "Same time last year: 75%"),
        ("last_year_words", {"months_between": 12}, ""),
        ("last_year_words", {"months_between": 4}, "Same time last year: 75%"),
        ("last_year_words", {"last_year_value": None}, ""),
        ("people_words", {}, "9 more would meet 90%"),
        ("people_words", {"people_needed": -1}, "1 fewer would meet 90%"),
        ("people_words", {"people_needed": 1}, "1 more would meet 90%"),
        ("people_words", {"people_needed": 0}, ""),
        ("people_words", {"people_needed": None}, ""),
        ("people_words", {"target_kind": "between", "target_upper": 95.0}, "9 more would meet between 90% and 95%"),
        ("people_words", {"target_kind": "more_than", "target_strict": True}, "9 more would meet more than 90%"),
        ("value_words", {}, "72%"),
        ("value_words", {"value": None}, ""),
        ("value_words", {"small_numbers": True, "value": 40.0, "numerator": 2.0, "denominator": 3.0},
         "2 of 3 (one child = 33 points)"),
        ("value_words", {"small_numbers": True, "value": 50.0, "denominator": 4.0}, "2 of 4 (one child = 25 points)"),
        ("value_words", {"small_numbers": True, "value": 100.0, "denominator": 1.0},
         "1 of 1 (one child = 100 points)"),
        ("value_words", {"small_numbers": True, "denominator": 0.0}, "72%"),
        ("value_words", {"small_numbers": True, "unit": "number", "denominator": 3.0}, "72"),
        ("value_words", {"denominator": 3.0}, "72%"),
        ("value_words", {**DAYS, "value": 14.14}, "14.14 days"),
        ("value_words", {"value": 90.0, "exact_value": 89.9, "distance": -0.1}, "89.9%"),
        ("target_words", {}, "at least 90%"),
        ("target_words", {"target_kind": None}, ""),
        ("target_words", {"target_kind": "between", "target_upper": 95.5}, "between 90% and 95.5%"),
        ("target_words", {**DAYS, "target_kind": "less_than", "target_lower": None, "target_upper": 365.0},
         "less than 365 days"),
        ("status_words", {}, "Missed"),
        ("status_words", {"value": None}, "Missed"),
        ("status_words", {"value": None, "status": "no_data"}, "No figure: none has come yet"),
        ("status_words", {"value": None, "status": "no_target"}, "No target: no figure has come yet"),
        ("status_words", {"status": "no_target"}, "No target"),
        ("status_words", {"status": None, **MONITOR}, "Monitored"),
        ("status_words", {"status": None, "value": None, **MONITOR}, "Monitored: no figure has come yet"),
        ("status_words", {"status": None, "unjudged": True}, "Not judged: the count's start is not known"),
        ("status_words", {"status": None, "unjudged": True, **MONITOR}, "Monitored"),
        ("status_words", {"status": "no_data", "received_symbol": "z"}, "No figure: not applicable"),
        ("status_words", {"status": "no_data", "received_symbol": "?"}, "No figure: ?"),
        ("status_words", {"status": "no_data", "starts": AUGUST}, "No figure: starts in August 2020"),
        ("status_words", {"status": "no_data", "starts": JULY}, "No figure: none has come yet"),
        ("status_words", {"status": "no_data", "received_symbol": "c", "starts": AUGUST}, "No figure: suppressed"),
        ("status_words", {"status": "no_data", "july_2020_printed": "above 25"},
         "No figure: the plan gives no number"),
        ("status_words", {"status": "no_data", "july_2020_printed": "25", "july_2020": 25.0},
         "No figure: none has come yet"),
        ("no_limits", {}, ""),
        ("no_limits", {"no_limits_code": "not_varied"}, measure.NO_LIMITS_WORDS["not_varied"]),
        ("variation_words", {}, "Not shown: " + measure.NO_FIGURES),
        ("variation_words", {"no_limits": "too few"}, "Not shown: too few"),
        ("assurance_words", {}, ""),
        ("assurance_words", {"assurance": "inconsistent"}, ASSURANCE_WORDS["inconsistent"]),
        ("assurance_words", {"target_at_bound": True, "met_of": 24, "met_months": 24}, "Met in all of the last 24"),
        ("assurance_words", {"assurance": "consistently_failing", "met_of": 24, "met_months": 0},
         "Met in none of the last 24"),
        ("assurance_words", {"assurance": "consistently_failing", "met_of": 24, "met_months": 1},
         "Not reliably met at its usual level"),
        ("assurance_words", {"target_at_bound": True, "met_of": 2, "met_months": 1}, "Met in 1 of the last 2"),
        ("assurance_words", {"target_at_bound": True, "met_of": 1, "met_months": 1}, ""),
        ("assurance_words", {"no_limits_code": "hardly_varied", "met_of": 9, "met_months": 0},
         "Met in none of the last 9"),
        ("assurance_words", {"no_limits_code": "few", "met_of": 9, "met_months": 0, "assurance": "inconsistent"},
         ASSURANCE_WORDS["inconsistent"]),
        ("assurance_words", {"no_assurance": SIGNALS}, MAY_BE_MOVING),
        ("assurance_words", {"no_assurance": SIGNALS, "unlikely": True},
         NO_ASSURANCE_WORDS[SIGNALS]),
        ("disagreement", {"status": "met", "variation": "concern"}, "met, but getting worse"),
        ("disagreement", {"status": "close", "variation": "concern"}, "close, but getting worse"),
        ("disagreement", {"status": "missed", "variation": "improvement"}, "missed, but improving"),
        ("disagreement", {"status": "missed", "variation": "concern"}, ""),
        ("disagreement", {"status": "met", "variation": "concern", "kind": "volume"}, ""),
        ("disagreement", {"status": "close", "variation": "concern", "kind": "volume"},
         "close to the plan's level, but moving away from it"),
        ("disagreement", {"status": "missed", "variation": "improvement", "target_upper": 95.0},
         "off the target, but moving towards it"),
    ],
)  # fmt: skip
def test_a_text(writer: str, changed: dict[str, Any], expected: str) -> None:
    assert measure.WRITERS[writer](ROW | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "18 percentage points below target"),
        ({"distance": None}, ""),
        ({"exact_value": 91.0, "distance": 1.0}, "met with 1 percentage point to spare"),
        ({"exact_value": 90.0, "distance": 0.0}, "at target"),
        ({"exact_value": 90.0, "distance": 0.0, "target_strict": True, "target_kind": "more_than"},
         "exactly at 90%, not over it"),
        ({"exact_value": 90.0, "distance": 0.0, "target_strict": True, "target_kind": "less_than"},
         "exactly at 90%, not under it"),
        ({"exact_value": 90.0, "distance": 0.0, **MONITOR}, "at the plan's level"),
        ({"exact_value": 93.0, "distance": 2.0, "target_kind": "between"}, "within target"),
        ({"exact_value": 93.0, "distance": 2.0, "target_kind": "between", **MONITOR}, "within the plan's level"),
        ({"exact_value": 88.0, "distance": -2.0, "target_kind": "between"}, "2 percentage points below target"),
        ({"exact_value": 93.0, "distance": 3.0, **MONITOR}, "3 percentage points above the plan's level"),
        ({"restarts": True}, "18 percentage points below the 90% due by then"),
        ({"restarts": True, "exact_value": 91.0, "distance": 1.0},
         "met the 90% due by then with 1 percentage point to spare"),
    ],
)  # fmt: skip
def test_the_distance(changed: dict[str, Any], expected: str) -> None:
    assert measure.distance_words(ROW | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "40% of the way"),
        ({"gap_closed": 0.01}, "1% of the way"),
        ({"gap_closed": 0.0099}, "Under 1% of the way"),
        ({"gap_closed": 0.999}, "99% of the way"),
        ({"gap_closed": 1.0, "distance": 0.0}, "100% of the way"),
        ({"gap_closed": 1.0, "distance": -0.1}, "99% of the way"),
        ({"gap_closed": 1.01, "distance": 0.0}, "Passed the target"),
        ({"gap_closed": 1.01, "distance": -1.0}, "Went past the target's range"),
        ({"gap_closed": 1.01, "distance": 1.0, "kind": "volume"}, "Went past the plan's level"),
        ({"gap_closed": 0.0}, "No ground gained"),
        ({"gap_closed": -0.1}, "Lost ground"),
        ({"gap_closed": -0.1, "kind": "volume"}, "Moved away from the plan's level"),
        ({"target_kind": None, "value": None}, "Not defined: there is no target"),
        ({"value": None, **MONITOR}, "Not defined: there is no figure"),
        ({"broken": True, **MONITOR}, "Not defined: the measure is monitored, and its distance says all"),
        ({"broken": True, "baseline": None}, "Not defined: baseline and latest figure count different things"),
        ({"restarts": True, "baseline": None}, "Not defined: the plan gives no baseline"),
        ({"restarts": True}, "Not defined: the count is added up over a period"),
        ({"baseline_distance": 0.0, "distance": 0.0}, "Was at target, and still is"),
        ({"baseline_distance": 0.0, "distance": 2.0}, "Was at target, and now beyond it"),
        ({"baseline_distance": 0.0, "distance": 0.0, "target_strict": True}, "Was at target, now exactly at it"),
        ({"baseline_distance": 0.0, "distance": -2.0}, "Was at target, now 2 percentage points worse"),
        ({"baseline_distance": 0.0, "distance": -2.0, "kind": "volume"},
         "Was at target, now 2 percentage points away from it"),
        ({"baseline_distance": 3.0, "distance": 2.0}, "Had met the target, and still does"),
        ({"baseline_distance": 3.0, "distance": 0.0}, "Had met the target, and still does"),
        ({"baseline_distance": 3.0, "distance": 0.0, "target_strict": True}, "Had met the target, now exactly at it"),
        ({"baseline_distance": 3.0, "distance": -1.0}, "Had met the target, now 1 percentage point short of it"),
    ],
)  # fmt: skip
def test_the_gap_closed(changed: dict[str, Any], expected: str) -> None:
    assert measure.gap_closed_words(ROW | changed) == expected


TAIL = " Same time last year: 75%. The same as in June 2020."
PLAIN = {"last_year_words": None, "movement_words": None}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "72% in July 2020: 18 percentage points below target (at least 90%)." + TAIL),
        ({"value": None, "status_words": "No figure: suppressed"}, "No figure: suppressed."),
        ({**PLAIN, "target_words": None}, "72% in July 2020."),
        ({**PLAIN, "distance": None, "status_words": "Not judged"}, "72% in July 2020: not judged (at least 90%)."),
        ({**PLAIN, "small_numbers": True, "value_words": "2 of 3"},
         "2 of 3 in July 2020: 18 percentage points below target (at least 90%)."),
        ({**PLAIN, "value": 90.0, "exact_value": 89.9, "distance": -0.1},
         "89.9% in July 2020: 0.1 percentage points below target (at least 90%). Only rounded does it reach 90%."),
        ({**PLAIN, "target_from": JUNE, "target_before_lower": 80.0, "target_before_kind": "at_least"},
         "72% in July 2020: 18 percentage points below target (at least 90%). "
         "The target was raised from at least 80% in June 2020."),
        ({**PLAIN, "restarts": True, "in_month_value": 5.0, "months": 4, "accumulation": "year_to_date"},
         "72% from April to July 2020: 18 percentage points below the 90% due by then (at least 90%). "
         "5% of it in July 2020 alone."),
        ({**PLAIN, "restarts": True, "in_month_value": 5.0, "accumulation": "year_to_date", "period_end": JUNE},
         "72% in June 2020: 18 percentage points below the 90% due by then (at least 90%)."),
        ({**PLAIN, "in_month_value": 5.0, "months": 4},
         "72% in the 4 months to July 2020: 18 percentage points below target (at least 90%)."),
    ],
)  # fmt: skip
def test_the_sentence(changed: dict[str, Any], expected: str) -> None:
    assert measure.sentence(ROW | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "in July 2020"),
        ({"months": 12}, "in the year to July 2020"),
        ({"months": 2}, "in the 2 months to July 2020"),
        ({"months": 3}, "in the quarter to July 2020"),
        ({"accumulation": "at_month_end", "months": 12}, "at the end of July 2020"),
        ({"accumulation": "year_to_date", "months": 4}, "from April to July 2020"),
        ({"accumulation": "year_to_date", "months": 2}, "from April to July 2020"),
        ({"accumulation": "year_to_date"}, "in July 2020"),
        ({"accumulation": "year_to_date", "months": 4, "year_starts": "unknown"}, "by July 2020"),
    ],
)
def test_the_period(changed: dict[str, Any], expected: str) -> None:
    assert when(ROW | changed) == expected


BEFORE = {"target_from": JUNE, "target_before_lower": 80.0, "target_before_kind": "at_least"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"target_from": JUNE}, ""),
        (BEFORE, "raised from at least 80% in June 2020"),
        ({**BEFORE, "target_before_lower": 95.0}, "lowered from at least 95% in June 2020"),
        ({**BEFORE, "target_before_lower": 90.0, "target_before_kind": "more_than"},
         "changed from more than 90% in June 2020"),
        ({**BEFORE, "target_before_lower": None, "target_before_upper": 80.0, "target_before_kind": "at_most"},
         "changed from at most 80% in June 2020"),
        ({**BEFORE, "target_upper": 95.0, "target_before_upper": 99.0, "target_before_kind": "between"},
         "changed from between 80% and 99% in June 2020"),
        ({**BEFORE, "target_upper": 95.0, "target_before_upper": 95.0, "target_before_kind": "between"},
         "raised from between 80% and 95% in June 2020"),
        ({**BEFORE, "target_from": pd.Timestamp("2018-08-31")}, "raised from at least 80% in August 2018"),
        ({**BEFORE, "target_from": pd.Timestamp("2018-07-31")}, ""),
    ],
)  # fmt: skip
def test_a_target_that_changed(changed: dict[str, Any], expected: str) -> None:
    assert target_changed(ROW | changed) == expected


ROUNDED = {"value": 90.0, "exact_value": 89.9}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (ROUNDED, True),
        ({**ROUNDED, "status": "close"}, True),
        ({**ROUNDED, "status": "met"}, False),
        ({**ROUNDED, "target_strict": True}, False),
        ({**ROUNDED, "value": 89.0}, False),
        ({"value": 90.0, "exact_value": 90.0}, False),
        ({**ROUNDED, "judged_upper": 95.0}, True),
        ({**ROUNDED, "judged_lower": 80.0, "judged_upper": 89.0}, False),
        ({**ROUNDED, "judged_lower": None, "judged_upper": 90.0, "exact_value": 90.1}, True),
    ],
)
def test_a_figure_that_only_rounded_meets_its_target(changed: dict[str, Any], expected: bool) -> None:
    assert only_rounded(ROW | changed) == (" Only rounded does it reach 90%." if expected else "")


def test_amounts_by_unit() -> None:
    assert [amount(ROW | DAYS, value) for value in (-6.10, 0.004, 0.0)] == ["6.1 days", "less than 0.01 days", "0 days"]
    assert [bare_amount(ROW | unit, 2.0) for unit in ({}, DAYS, RATE)] == ["2 percentage points", "2", "2"]
    assert [points(ROW | unit, 1.44, 1) for unit in ({}, DAYS, RATE)] == ["1.4 points", "1.4 days", "1.4 per 10,000"]
    assert [rate_figure(ROW | unit, 2.0) for unit in ({}, RATE)] == ["2%", "2.0 per 10,000"]
    assert rate_figure(ROW | {"unit": "rate_per_1000"}, 2.0) == "2 per 1,000"
    assert [gaps_words(count) for count in (1, 2)] == [
        "1 earlier figure missing",
        "2 earlier figures missing",
    ]


@pytest.mark.parametrize(
    ("changed", "decimals"),
    [
        ({}, 0),
        ({"exact_value": 89.5}, 1),  # it would be written 90%
        ({"exact_value": 89.6}, 1),
        ({"exact_value": 90.6}, 0),
        ({"exact_value": 89.96}, 2),
        ({"exact_value": 89.996}, 0),  # none of three tells
        ({"exact_value": 89.996, "decimals": 1}, 3),
        ({"exact_value": 90.004, "decimals": 1}, 3),
        ({"exact_value": 89.6, "distance": None, "goal": None}, 0),
        ({"exact_value": 89.6, "distance": 0.0}, 0),
    ],
)
def test_as_many_decimals_as_tell_a_figure_from_its_target(changed: dict[str, Any], decimals: int) -> None:
    assert decimals_that_tell(ROW | changed) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "fewest"), [(6.0, 2, 0), (6.1, 2, 1), (6.14, 2, 2), (6.14, 1, 1), (6.04, 1, 0), (60.0, 0, 0)]
)
def test_no_more_decimals_than_a_difference_has(value: float, decimals: int, fewest: int) -> None:
    assert places(value, decimals) == fewest
