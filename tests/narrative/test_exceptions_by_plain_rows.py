"""Why the board must hear of a measure, by plain rows: whole sentences, and which of several comes first."""

# ruff: noqa: E501 — sentences stand here as they are read

from __future__ import annotations

from typing import Any

import pytest

from scorecard.analysis.assessment.exceptions import BEHIND, FAILING, NO_NEARER
from scorecard.narrative.exception import exception_detail, exception_words
from tests.narrative.plain_rows import AUGUST, DAYS, JULY, JUNE, RATE, ROW

HOW_FAR = "72% in July 2020, 18 percentage points below the target of 90%"
FAR_OF_A_LEVEL = HOW_FAR.replace("target", "plan's level")
NO_DATE = {"target_by": None}
NO_BETTER = {**NO_DATE, "exception_reasons": [NO_NEARER]}
BEHIND_IT = {"exception_reasons": [BEHIND]}
SIGNAL = {"variation": "concern", "signal_cause": "below_limit", "run_points": 1, "run_since": JULY, "also_cause": None,
          "also_points": None, "standing": "full", "unlikely": True}  # fmt: skip
ASKED = f"{HOW_FAR}. To get there by March 2021 takes 2.2 points a month"


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        (NO_DATE, f"{HOW_FAR}."),
        ({"exception": False}, ""),
        ({**NO_DATE, "provisional": True}, HOW_FAR.replace("2020,", "2020 (provisional),") + "."),
        ({**NO_DATE, "people_words": "9 more would meet 90%"}, f"{HOW_FAR} (9 more would have met it)."),
        ({**NO_DATE, "exact_value": 92.0, "value": 92.0, "distance": -2.0},
         "92% in July 2020, 2 percentage points above the target of 90%."),
        ({**NO_DATE, "restarts": True}, "72% in July 2020, 18 percentage points below the 90% due by then."),
        ({**NO_DATE, "target_kind": "between", "judged_upper": 95.0, "kind": "volume"},
         "72% in July 2020, 18 percentage points below the plan's level of 90% to 95%."),
        ({**NO_DATE, "target_kind": "more_than", "target_strict": True},
         "72% in July 2020; the target is more than 90%."),
        ({**NO_DATE, **RATE}, "72.0 per 10,000 in July 2020, 18 below the target of 90."),
        ({**NO_DATE, "missed_for": 1}, f"{HOW_FAR}."),
        ({**NO_DATE, "missed_for": 2}, f"{HOW_FAR}. Missed since June 2020."),
        ({**NO_DATE, "missed_for": 2, "missed_always": True}, f"{HOW_FAR}."),
        ({**NO_DATE, "missed_for": 3, "missed_always": True}, f"{HOW_FAR}. None of its three figures has met it."),
        ({**NO_DATE, "missed_for": 3, "missed_always": True, "exception_reasons": [FAILING]}, f"{HOW_FAR}."),
        ({**NO_DATE, "missed_for": 2, "target_from": JUNE, "target_before_lower": 80.0,
          "target_before_kind": "at_least"},
         f"{HOW_FAR}. Missed since June 2020, when the target was raised from at least 80%."),
        ({**NO_DATE, "missed_for": 2, "target_from": JULY, "target_before_lower": 80.0,
          "target_before_kind": "at_least"}, f"{HOW_FAR}. Missed since June 2020."),
        ({**NO_DATE, **SIGNAL},
         f"{HOW_FAR}. It was far lower than usual in July 2020, which is unlikely to be chance."),
        ({**NO_DATE, **SIGNAL, "variation": "improvement", "signal_cause": "above_limit"},
         f"{HOW_FAR}. It was far higher than usual in July 2020, which is unlikely to be chance, but not yet enough."),
        ({**NO_DATE, "variation": "common_cause"},
         f"{HOW_FAR}. From month to month it moves no more than chance would."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING]},
         f"{HOW_FAR}. It usually runs between 61% and 79%, so it will not reach 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "own_denominator": True,
          "denominator": 12.0},
         f"{HOW_FAR}. From month to month it moves no more than chance would, by limits for 12."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "kind": "volume", "mean": 95.0,
          "lower_limit": -2.0, "upper_limit": 104.0},
         f"{FAR_OF_A_LEVEL}. It usually runs between 0% and 100%, so it will stay above the plan's level as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "mean": 95.0},
         f"{HOW_FAR}. It usually runs between 61% and 79%, so it will not come down to 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "kind": "volume"},
         f"{FAR_OF_A_LEVEL}. It usually runs between 61% and 79%, so it will stay below the plan's level as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "maximum": 150.0,
          "upper_limit": 170.0},
         f"{HOW_FAR}. It usually runs between 61% and 150%, so it will not reach 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "upper_limit": 89.6},
         f"{HOW_FAR}. It usually runs between 61.0% and 89.6%, so it will not reach 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "upper_limit": 89.96},
         f"{HOW_FAR}. It usually runs between 61.00% and 89.96%, so it will not reach 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "upper_limit": 89.996},
         f"{HOW_FAR}. It usually runs between 61% and 90%, so it will not reach 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], "lower_limit": 90.4, "mean": 95.0, "upper_limit": 99.0},
         f"{HOW_FAR}. It usually runs between 90.4% and 99.0%, so it will not come down to 90% as things are."),
        ({**NO_DATE, "variation": "common_cause", "exception_reasons": [FAILING], **DAYS, "upper_limit": 170.0},
         "72.00 days in July 2020, 18 below the target of 90 days. It usually runs between 61.00 and 170.00 days, so it "
         "will not reach 90 days as things are."),
        ({**NO_BETTER, "settled_distance_today": -42.0}, f"{HOW_FAR}. It has risen from 60% at the baseline."),
        ({**NO_BETTER, "settled_value": 50.0, "settled_distance_today": -40.0},
         f"{HOW_FAR}. It has fallen from 60% at the baseline."),
        ({**NO_BETTER, "settled_value": 57.1, "settled_distance_today": -32.9},
         f"{HOW_FAR}. It has fallen slightly from 60% at the baseline."),
        ({**NO_BETTER, "settled_value": 57.0, "settled_distance_today": -33.0},
         f"{HOW_FAR}. It has fallen from 60% at the baseline."),
        ({**NO_BETTER, "settled_value": 60.0, "settled_distance_today": -30.0},
         f"{HOW_FAR}. No change from the baseline (60%)."),
        ({**NO_BETTER, "baseline_distance": 0.0}, f"{HOW_FAR}. It was on target at the baseline (60%)."),
        ({**NO_BETTER, "baseline_distance": 1.0, "target_strict": True, "kind": "volume"},
         "72% in July 2020; the plan's level is at least 90%. It was within the plan's level at the baseline (60%)."),
        ({**NO_BETTER, "baseline_distance": 0.0, "target_strict": True, "settled_distance_today": 0.0},
         "72% in July 2020; the target is at least 90%. No change from the baseline (60%)."),
        ({**NO_BETTER, "baseline_distance": None}, f"{HOW_FAR}. It has fallen from 74% in June 2020."),
        ({**NO_BETTER, "baseline_distance": None, "settled_previous": 70.0},
         f"{HOW_FAR}. It has risen from 70% in June 2020."),
        ({**NO_BETTER, "baseline_distance": None, "settled_previous": 72.4},
         f"{HOW_FAR}. It stood there in June 2020 too."),
        ({**NO_BETTER, "restarts": True},
         "72% in July 2020, 18 percentage points below the 90% due by then. It was as far behind in June 2020."),
        ({"settled_previous_distance": -10.0, **NO_BETTER, "restarts": True},
         "72% in July 2020, 18 percentage points below the 90% due by then. It is further behind than in June 2020."),
        ({}, f"{ASKED}."),
        (BEHIND_IT, f"{ASKED}; since July 2020 it has made 0.5 a month, and at best 0.9 over so long a time."),
        ({**BEHIND_IT, "pace_made": -0.5, "best_pace": 0.0},
         f"{ASKED}; since July 2020 it has lost 0.5 a month, and at best stood still over so long a time."),
        ({**BEHIND_IT, "pace_made": -0.5},
         f"{ASKED}; since July 2020 it has lost 0.5 a month, and at best 0.9 over so long a time."),
        ({**BEHIND_IT, "best_pace": 0.5}, f"{ASKED}; since July 2020 it has made 0.5 a month, its best so far."),
        ({**BEHIND_IT, "best_pace": 0.3}, f"{ASKED}; since July 2020 it has made 0.5 a month, its best so far."),
        ({**BEHIND_IT, "best_pace": 2.2}, f"{ASKED}; since July 2020 it has made 0.5 a month."),
        ({**BEHIND_IT, "pace_made": 0.0}, f"{ASKED}; since July 2020 it has not moved."),
        ({**BEHIND_IT, "pace_made": None}, f"{ASKED}."),
        ({**BEHIND_IT, "months_between": 3},
         f"{HOW_FAR}. To get there by March 2021 takes 6.6 points a quarter; since July 2020 it has made 1.5 a quarter, and "
         "at best 2.7 over so long a time."),
        ({**BEHIND_IT, "months_between": 12, "best_pace": None},
         f"{HOW_FAR}. To get there by March 2021 takes 17.6 points; since July 2020 it has made 6 a year."),
        ({"unit": "number", "months_between": 3, "pace_needed": 0.4},
         "72 in July 2020, 18 below the target of 90. To get there by March 2021 takes 1.2 a quarter."),
        ({"target_by": JULY}, f"{HOW_FAR}. It was due by July 2020: missed."),
        ({"target_by": AUGUST, "months_left": 1},
         f"{HOW_FAR}. Only one month is left: it is due by August 2020."),
        ({"months_left": 3}, f"{HOW_FAR}. Only three months are left: it is due by March 2021."),
        ({"months_left": 4}, f"{ASKED}."),
        ({"months_left": 3, **BEHIND_IT, "pace_made": None}, f"{ASKED}."),
        ({"pace_needed": None}, f"{HOW_FAR}. It is due by March 2021."),
        ({"unit": "number", "pace_needed": 0.9},
         "72 in July 2020, 18 below the target of 90. It is due by March 2021."),
        ({"unit": "number", "pace_needed": 0.9, **BEHIND_IT},
         "72 in July 2020, 18 below the target of 90. It is behind the line to March 2021."),
        ({"unit": "number", "pace_needed": 1.0},
         "72 in July 2020, 18 below the target of 90. To get there by March 2021 takes 1 a month."),
        ({"pace_needed": 0.9}, f"{HOW_FAR}. To get there by March 2021 takes 0.9 points a month."),
        ({**NO_DATE, "overdue": True, "months_old": 1},
         f"{HOW_FAR}. No newer figure has come: this one is one month old."),
        ({**NO_DATE, "overdue": True, "months_old": 2},
         f"{HOW_FAR}. No newer figure has come: this one is two months old."),
        ({**NO_DATE, "overdue": True, "months_old": None}, f"{HOW_FAR}."),
        ({**NO_DATE, "months_old": 2}, f"{HOW_FAR}."),
    ],
)  # fmt: skip
def test_why_the_board_must_hear_of_it(changed: dict[str, Any], detail: str) -> None:
    row = ROW | changed
    row["exception_detail"] = exception_detail(row)
    assert row["exception_detail"] == detail
    assert exception_words(row) == (f"Audits: {detail}" if detail else "")
