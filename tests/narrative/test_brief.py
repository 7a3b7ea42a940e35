"""A measure in a few words beside others and beside its own past: whole sentences by plain rows."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.analysis.assessment.extremes import Extreme
from scorecard.catalogue.models import Catalogue
from scorecard.narrative.brief import compared_sentences, moving_words, plain_fact
from tests.analysis.assessment_cases import catalogue, measure, target
from tests.narrative.plain_rows import JULY, JUNE, ROW

NOT_BESIDE = {f"{kind}_position": None for kind in ("statistical_neighbour", "regional", "national")}


def plan() -> Catalogue:
    """A plan that prints all three comparators of a measure, the region's without a year."""
    comparators = {
        "statistical_neighbour": {"value": 88, "printed": "88%", "year": "2018/19"},
        "regional": {"value": 72, "printed": "72%"},
        "national": {"value": 60.5, "printed": "60.5%", "year": "2019"},
    }
    return catalogue(measure(target=target(at_least=90), comparators=comparators))


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, []),
        ({"statistical_neighbour_position": "worse", "statistical_neighbour": 88.0},
         ["72% in July 2020: worse than statistical neighbours (88%, 2018/19)."]),
        ({"regional_position": "level", "regional": 72.0},
         ["72% in July 2020: level with R (72%, the plan gives no year)."]),
        ({"national_position": "better", "national": 60.5, "decimals": 1, "accumulation": "at_month_end"},
         ["72.0% at the end of July 2020: better than C (60.5%, 2019)."]),
        ({"regional_position": "higher", "regional": 71.0, "national_position": "lower", "national": 73.0},
         ["72% in July 2020: higher than R (71%, the plan gives no year).",
          "72% in July 2020: lower than C (73%, 2019)."]),
    ],
)  # fmt: skip
def test_the_latest_figure_beside_each_that_the_plan_prints(changed: dict[str, Any], sentences: list[str]) -> None:
    assert compared_sentences(ROW | NOT_BESIDE | {"measure_id": "m"} | changed, plan()) == sentences


@pytest.mark.parametrize(
    ("changed", "extreme", "expected"),
    [
        ({}, Extreme(True, JUNE), "Highest since June 2020"),
        ({}, Extreme(False, JUNE), "Lowest since June 2020"),
        ({}, Extreme(True, None), "Highest of all figures there are"),
        ({"small_numbers": True}, Extreme(True, JUNE), ""),
        ({"variation": "common_cause"}, Extreme(True, JUNE), ""),
        ({"value": None, "period_end": JULY}, Extreme(True, JUNE), ""),
        ({}, None, ""),
    ],
)
def test_where_it_stands_in_its_own_past(changed: dict[str, Any], extreme: Extreme | None, expected: str) -> None:
    assert plain_fact(ROW | changed, extreme) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "75% → 72% in a year"),
        ({"months_between": 11}, "75% → 72% in a year"),
        ({"last_year_value": 72.4}, "As a year ago"),
        ({"unit": "days", "decimals": 1, "last_year_value": 72.4}, "72.4 → 72.0 in a year"),
        ({"small_numbers": True}, "Too few to tell"),
        ({"small_numbers": True, "value": None}, ""),
        ({"variation": "neutral_high"}, "Higher than usual"),
        ({"variation": "improvement", "kind": "volume"}, "Towards the plan's level"),
        ({"variation": "concern", "target_upper": 95.0}, "Away from the target"),
    ],
)
def test_it_moves(changed: dict[str, Any], expected: str) -> None:
    assert moving_words(ROW | changed) == expected
