"""A measure's row with nothing special about it: a test says what of it is otherwise."""

from __future__ import annotations

from typing import Any

import pandas as pd

JULY = pd.Timestamp("2020-07-31")
JUNE = pd.Timestamp("2020-06-30")
AUGUST = pd.Timestamp("2020-08-31")
MARCH = pd.Timestamp("2021-03-31")
ROW: dict[str, Any] = {
    "name": "Audits", "kind": "quality", "polarity": "higher_is_better", "unit": "percent", "decimals": 0,
    "accumulation": "in_month", "year_starts": "april", "months": 1, "months_between": 1, "maximum": None,
    "value": 72.0, "exact_value": 72.0, "numerator": None, "denominator": None, "small_numbers": False,
    "period_end": JULY, "reporting_month": JULY, "last_settled": JULY, "provisional": False, "overdue": False,
    "months_old": 0, "received_symbol": None, "received_end": JULY, "starts": None, "july_2020_printed": None,
    "july_2020": None, "status": "missed", "unjudged": False, "target_kind": "at_least", "target_lower": 90.0,
    "target_upper": None, "target_strict": False, "target_by": MARCH, "goal": 90.0, "distance": -18.0,
    "judged_lower": 90.0, "judged_upper": None, "restarts": False, "broken": False, "baseline": 60.0,
    "baseline_distance": -30.0, "gap_closed": 0.4, "no_trajectory": None, "trajectory_distance": -2.0,
    "months_left": 8, "pace_needed": 2.2, "pace_made": 0.5, "best_pace": 0.9, "change": -2.0,
    "change_from": "previous", "previous_end": JUNE, "mover_direction": "worse", "last_year_value": 75.0,
    "people_needed": 9, "target_words": "at least 90%", "value_words": "72%", "status_words": "Missed",
    "in_month_value": None, "last_year_words": "Same time last year: 75%", "movement_words": "the same as in June 2020",
    "target_from": None, "target_before_lower": None, "target_before_upper": None, "target_before_kind": None,
    "exception": True, "exception_reasons": [], "people_words": None, "missed_for": None, "missed_always": False,
    "missed_since": JUNE, "variation": None, "settled_value": 72.0, "settled_previous": 74.0,
    "settled_previous_end": JUNE, "settled_distance_today": -18.0, "settled_distance": -18.0,
    "settled_previous_distance": -18.0, "plan_month": JULY, "no_limits": None,
    "no_limits_code": None, "target_at_bound": False, "met_of": None, "met_months": None, "no_assurance": None,
    "assurance": None, "unlikely": False, "own_denominator": False, "mean": 71.0, "lower_limit": 61.0,
    "upper_limit": 79.0, "signal_cause": "common_cause", "leaning": False, "as_every_year": False,
    "chance_of_missing": None,
}  # fmt: skip
MONITOR = {"polarity": "monitor"}
DAYS = {"unit": "days", "decimals": 2}
RATE = {"unit": "rate_per_10000", "decimals": 1}
