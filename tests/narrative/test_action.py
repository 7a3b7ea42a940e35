"""What to do and what to ask, whole sentences by plain rows: each condition in its place, and which comes first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.extremes import Extreme
from scorecard.narrative.action import action, question
from scorecard.narrative.brief import TargetOutlook, moving_words, plain_fact, target_outlook

JULY = pd.Timestamp("2020-07-31")
MARCH = pd.Timestamp("2020-03-31")
MISSED: dict[str, Any] = {
    "overdue": False, "value": 80.0, "provisional": False, "variation": "common_cause", "signal_cause": "common_cause",
    "unlikely": True, "run_since": MARCH, "as_every_year": False, "status": "missed", "last_settled": JULY,
    "assurance": None, "chance_of_missing": 0.5, "kind": "quality", "polarity": "higher_is_better",
    "no_limits_code": None, "small_numbers": False, "failing": True, "last_year_value": 75.0, "months_between": 1,
    "unit": "percent", "decimals": 0, "target_by": pd.NaT, "reporting_month": JULY, "target_at_bound": False,
    "met_of": 24, "met_months": 3, "target_lower": 90.0, "target_upper": None,
    "no_assurance": None, "run_points": 7, "seasonal": False, "rebase": [], "target_from": pd.NaT,
    "target_before_lower": None, "target_before_upper": None,
}  # fmt: skip
MET = {"status": "met"}
SIGNAL = {"signal_cause": "shift_high"}
TREND = {"signal_cause": "trend_up"}
ONE = {"signal_cause": "above_limit", "run_points": 1}
NO_LIMITS = {"variation": None, "signal_cause": None}
PROCESS = "Change the process itself: this month's figure explains nothing, and asking about it will not help."
ALONE = "Leave single months alone: chance can miss the target; to be sure of it, change the process."
FEW_MISS = (
    "Leave this figure alone: it explains nothing, and most meet the target. To miss it less often, change the process."
)
BY_CHANCE = "Don't rely on it: most figures miss the target, and chance met it. To meet it, change the process."
STEADY = "Leave it: it does what it should."


@pytest.mark.parametrize(
    ("changed", "in_doubt", "expected"),
    [
        ({}, False, PROCESS),
        ({"status": "close"}, False, PROCESS),
        ({"months_between": 3}, False, PROCESS.replace("month", "quarter")),
        ({}, True, "Mend the data first: nothing is worth deciding on a figure that is in doubt."),
        ({"overdue": True}, True, "Get the missing figure first: what is shown is no longer the present."),
        ({"value": None}, True, ""),
        ({"provisional": True}, False,
         "Wait for the settled figure: this one may still change, and makes no signal alone."),
        ({"provisional": True}, True, "Mend the data first: nothing is worth deciding on a figure that is in doubt."),
        ({"as_every_year": True}, False,
         "Plan for July: it comes every year. To do better, change what is done each July."),
        ({"as_every_year": True, **MET}, False, STEADY),
        ({"status": "no_target"}, False, "Leave it: it moves no more than chance would."),
        ({"no_assurance": "slope", "drift": "rising"}, False,
         "Watch where it goes: taken together, its figures rise, though none signals alone."),
        ({"no_assurance": "slope", "drift": "falling"}, False,
         "Watch where it goes: taken together, its figures fall, though none signals alone."),
        ({"assurance": "inconsistent", "chance_of_missing": 0.1}, False, FEW_MISS),
        ({"assurance": "inconsistent", "chance_of_missing": MATERIAL_CHANCE}, False, PROCESS),
        (MET, False, STEADY),
        ({**MET, "target_at_bound": True, "chance_of_missing": 0.4}, False, ALONE),
        ({**MET, "assurance": "inconsistent", "chance_of_missing": 0.9}, False, BY_CHANCE),
        ({**MET, "assurance": "inconsistent"}, False, ALONE),
        ({**MET, "assurance": "inconsistent", "kind": "volume"}, False,
         ALONE.replace("the target", "the plan's level")),
        ({**MET, "assurance": "inconsistent", "chance_of_missing": MATERIAL_CHANCE}, False, ALONE),
        ({**MET, "assurance": "inconsistent", "chance_of_missing": MATERIAL_CHANCE - 0.01}, False, STEADY),
        ({**MET, "assurance": "consistently_passing"}, False, STEADY),
        ({**SIGNAL, "variation": "improvement"}, False,
         "Keep what was done: find out what has changed since March 2020, and hold on to it."),
        ({**ONE, "variation": "improvement"}, False,
         "Keep what was done: find out what changed in March 2020, and hold on to it."),
        ({**SIGNAL, "variation": "concern"}, False, "Ask what changed in March 2020, and act on that."),
        ({**TREND, "variation": "concern"}, False, "Ask what changed after March 2020, and act on that."),
        ({**SIGNAL, "variation": "neutral_high"}, False,
         "Ask what changed in March 2020: whether it is good or bad, the figures can't say."),
        ({**SIGNAL, "variation": "concern", "unlikely": False}, False,
         "Watch the next figures: this is perhaps chance. If it lasts, ask what changed in March 2020."),
        (NO_LIMITS, False, "Ask why the target is missed; whether it is change or chance can't be told here."),
        ({**NO_LIMITS, "status": "close", "polarity": "monitor"}, False,
         "Ask why the plan's level is missed; whether it is change or chance can't be told here."),
        ({**NO_LIMITS, "small_numbers": True}, False,
         "Look at each child's case: so few can't be judged by a percentage."),
        ({**NO_LIMITS, **MET, "small_numbers": True}, False, "Leave it: so few can't be judged by a percentage."),
        ({**NO_LIMITS, **MET}, False, "Leave it: the target is met; whether by change or chance can't be told here."),
        ({"no_assurance": "leaning", "failing": False}, False,
         "Watch where it goes: its figures lean on the ones before. To reach the target, change the process."),
        ({**MET, "no_assurance": "leaning", "failing": False}, False, STEADY),
        ({**NO_LIMITS, "no_limits_code": "leaning"}, False,
         "Ask why the target is missed; its monthly change shows what is more than chance."),
        ({**NO_LIMITS, **MET, "no_limits_code": "leaning", "months_between": 3}, False,
         "Leave it: the target is met; its quarterly change shows what is more than chance."),
        ({"overdue": True, "value": None}, False, "Get the first figure: without it nothing can be told."),
        ({**MET, "seasonal": True, "assurance": "inconsistent", "chance_of_missing": 0.17, "met_months": 20}, False,
         "Leave this month alone; plan for those of each year that miss the target."),
        ({**MET, "seasonal": True, "assurance": "inconsistent", "chance_of_missing": 0.02, "met_months": 24}, False,
         STEADY),
        ({**MET, "seasonal": True, "assurance": "consistently_passing"}, False, STEADY),
        ({**NO_LIMITS, "status": "no_target"}, False, ""),
        ({**NO_LIMITS, **MET, "no_limits_code": "not_varied"}, False, STEADY),
        ({**NO_LIMITS, **MET, "no_limits_code": "hardly_varied"}, False, STEADY),
        ({**NO_LIMITS, "no_limits_code": "not_varied"}, False,
         "Ask why the target is missed; whether it is change or chance can't be told here."),
    ],
)  # fmt: skip
def test_what_to_do(changed: dict[str, Any], in_doubt: bool, expected: str) -> None:
    assert action(MISSED | changed, in_doubt=in_doubt) == expected


@pytest.mark.parametrize(
    ("changed", "in_doubt", "expected"),
    [
        (MET, False, ""),
        ({"status": None}, True, ""),
        ({"overdue": True}, True, "When will the missing figure come, and why is it late?"),
        ({}, True, "What is wrong with the data, and when will it be mended?"),
        ({}, False,
         "What in the process will be different, and when would the figures show that it reaches the target?"),
        ({"failing": False, "status": "close"}, False,
         "What makes it vary so much, and what would keep it at the target in every month?"),
        ({"failing": False, "kind": "volume"}, False,
         "What makes it vary so much, and what would keep it at the plan's level in every month?"),
        ({"provisional": True}, False, "What does the settled figure say, and when will it come?"),
        ({"failing": False, "assurance": "inconsistent", "chance_of_missing": 0.1}, False,
         "Do the next figures meet the target again, as most have?"),
        ({"failing": False, "as_every_year": True}, False, "It comes every July: what will be different in the next?"),
        ({**SIGNAL, "unlikely": False}, False,
         "Do the next figures show the same, and if they do, what changed in March 2020?"),
        ({**SIGNAL, "variation": "improvement"}, False,
         "What has made it better since March 2020, and is that enough to reach the target?"),
        ({**SIGNAL, "variation": "improvement", "kind": "volume"}, False,
         "What has moved it towards the plan's level since March 2020, and is that enough to reach the plan's level?"),
        ({**ONE, "variation": "improvement"}, False,
         "What made it better in March 2020, and is that enough to reach the target?"),
        ({**SIGNAL, "variation": "concern"}, False,
         "What changed in March 2020, what is being done about it, and when will that show?"),
        (NO_LIMITS, False, "Why is the target missed, and by what will the board know that it is getting better?"),
        ({**NO_LIMITS, "small_numbers": True}, False, "What happened for each of these few children?"),
    ],
)  # fmt: skip
def test_what_to_ask(changed: dict[str, Any], in_doubt: bool, expected: str) -> None:
    assert question(MISSED | changed, in_doubt=in_doubt) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "No real change"),
        ({"as_every_year": True}, "No real change, as every year"),
        ({"variation": "concern"}, "Getting worse"),
        ({"variation": "concern", "as_every_year": True}, "Getting worse"),
        ({"variation": "concern", "kind": "volume"}, "Away from the plan's level"),
        ({"variation": "improvement", "target_upper": 95.0}, "Towards the target"),
        ({"value": None}, ""),
        ({"small_numbers": True}, "Too few to tell"),
        (NO_LIMITS, "75% → 80% in a year"),
        ({**NO_LIMITS, "unit": "days", "decimals": 2}, "75.00 → 80.00 in a year"),
        ({**NO_LIMITS, "last_year_value": 80.3}, "As a year ago"),
        ({**NO_LIMITS, "last_year_value": None}, ""),
        ({**NO_LIMITS, "months_between": 12}, ""),
        ({**NO_LIMITS, "months_between": 3}, "75% → 80% in a year"),
    ],
)
def test_is_it_moving(changed: dict[str, Any], expected: str) -> None:
    assert moving_words(MISSED | changed) == expected


@pytest.mark.parametrize(
    ("changed", "chance", "ahead"),
    [
        ({}, None, TargetOutlook("Met in 3 of the last 24")),
        ({"met_months": 0}, None, TargetOutlook("Met in none of the last 24")),
        ({"met_months": 24}, None, TargetOutlook("Met in all of the last 24")),
        ({"met_of": 1}, None, TargetOutlook("")),
        ({"met_of": 2, "met_months": 1}, None, TargetOutlook("Met in 1 of the last 2")),
        ({"status": "no_target"}, 0.3, TargetOutlook("")),
        ({"status": "no_data"}, 0.3, TargetOutlook("")),
        ({"status": None}, 0.3, TargetOutlook("")),
        ({"target_by": JULY}, 0.3, TargetOutlook("Was due by July 2020")),
        ({"target_by": JULY, **MET}, 0.3, TargetOutlook("About 3 in 10 by March 2021")),
        ({"target_by": pd.Timestamp("2020-08-31")}, 0.3, TargetOutlook("About 3 in 10 by March 2021")),
        ({"assurance": "consistently_passing"}, 0.3, TargetOutlook("Reliably met", "consistently_passing")),
        ({"assurance": "consistently_failing"}, 0.3, TargetOutlook("Not at this level", "consistently_failing")),
        ({"target_at_bound": True}, 0.3, TargetOutlook("Met in 3 of the last 24")),
        ({"assurance": "inconsistent"}, 0.3, TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent")),
        ({"assurance": "inconsistent", "chance_of_missing": 0.1}, 0.3, TargetOutlook("Met in 3 of the last 24")),
        ({"assurance": "inconsistent", "seasonal": True}, 0.3, TargetOutlook("Met in 3 of the last 24")),
        ({"assurance": "inconsistent", "rebase": [MARCH]}, 0.3, TargetOutlook("About 3 in 10 by March 2021")),
        (
            {"assurance": "inconsistent", "rebase": [pd.Timestamp("2018-08-31")]},
            0.3,
            TargetOutlook("About 3 in 10 by March 2021"),
        ),
        (
            {"assurance": "inconsistent", "rebase": [pd.Timestamp("2018-07-31")]},
            0.3,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        ({"assurance": "inconsistent", "rebase": [JULY]}, 0.3, TargetOutlook("About 3 in 10 by March 2021")),
        (
            {"assurance": "inconsistent", "rebase": [pd.Timestamp("2020-08-31")]},
            0.3,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        (
            {"assurance": "inconsistent", "rebase": [MARCH]},
            None,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        ({"assurance": "inconsistent", "met_of": 1, "met_months": 0}, 0.3, TargetOutlook("")),
        (
            {"assurance": "inconsistent", "chance_of_missing": MATERIAL_CHANCE},
            0.3,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        (
            {"assurance": "inconsistent", "chance_of_missing": 1 - MATERIAL_CHANCE},
            0.3,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        (
            {"assurance": "inconsistent", "chance_of_missing": 1.001 - MATERIAL_CHANCE},
            0.3,
            TargetOutlook("Met in 3 of the last 24"),
        ),
        (
            {"assurance": "inconsistent", "rebase": [pd.Timestamp("2018-03-31")]},
            0.3,
            TargetOutlook("Hit and miss: met in 3 of 24", "inconsistent"),
        ),
        ({"assurance": "inconsistent", "met_months": 0}, None, TargetOutlook("Met in none of the last 24")),
        ({"assurance": "inconsistent", "met_months": 24}, None, TargetOutlook("Met in all of the last 24")),
    ],
)
def test_will_it_be_met(changed: dict[str, Any], chance: float | None, ahead: TargetOutlook) -> None:
    chance_row = {"chance_of_meeting": chance, "chance_month": pd.Timestamp("2021-03-31")}
    assert target_outlook(MISSED | changed, chance_row) == ahead


@pytest.mark.parametrize(
    ("changed", "extreme", "expected"),
    [
        (NO_LIMITS, None, ""),
        (NO_LIMITS, Extreme(True, MARCH), "Highest since March 2020"),
        (NO_LIMITS, Extreme(False, None), "Lowest of all figures there are"),
        ({**NO_LIMITS, "value": None}, Extreme(False, None), ""),
        ({}, Extreme(True, MARCH), ""),
    ],
)
def test_the_plain_fact(changed: dict[str, Any], extreme: Extreme | None, expected: str) -> None:
    assert plain_fact(MISSED | changed, extreme) == expected
