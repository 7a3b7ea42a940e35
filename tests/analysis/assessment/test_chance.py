"""Each signal against stable series like its measure's own; months that lean on each other."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.analysis.assessment.chance import expected_signals
from scorecard.analysis.assessment.exceptions import expected_exceptions
from scorecard.analysis.assessment.signals import limits_shown
from tests.analysis.assessment_cases import assessed, figures, judged, measure, row, target

NOISE = np.random.default_rng(3).normal(0, 1, 36)
DRIFT = NOISE.copy()
for _month in range(1, 36):
    DRIFT[_month] += 0.85 * DRIFT[_month - 1]


@pytest.mark.parametrize(
    ("fields", "values", "leaning"),
    [
        ({}, 70 + 2 * DRIFT, True),
        ({}, 70 + 2 * NOISE, False),
        ({}, 50 + 2 * NOISE + 20 * (np.arange(36) > 20), False),  # a step explains it
        ({}, 50 + 2 * NOISE + np.arange(36), False),  # a straight line does
        ({"accumulation": "at_month_end", "unit": "number"}, 70 + 2 * DRIFT, False),  # a stock has no limits at all
    ],
)
def test_months_that_lean_get_a_caution(fields, values, leaning):
    judged_row = judged(measure(**fields), np.round(values, 1).tolist())
    assert judged_row["leaning"] == leaning
    assert ("leans on the one before" in judged_row["variation_words"]) == (leaning and not judged_row["unlikely"])


def of_thirty(last: float):
    """Shares of 30 near 97%, and a last one."""
    given = figures(
        [97, 100, 97, 100, 93, 100, 97, 97, 100, 100, 97, 93, 100, 97, 100, 97, 97, 100, 93, 100, 97, 100, 97, last]
    )
    return row(assessed(measure(target=target(at_least=98)), given=given.assign(denominator=30.0)))


def test_what_chance_often_makes_is_perhaps_chance_and_no_exception():
    near, far = of_thirty(87), of_thirty(60)
    assert (near["signal"], far["signal"]) == (True, True)
    assert (near["variation"], far["variation"]) == ("common_cause", "concern")
    assert (near["unlikely"], far["unlikely"]) == (False, True)
    assert near["signal_chance"] > 0.03 > far["signal_chance"]
    assert near["variation_words"] == "Far lower than usual in July 2020: perhaps chance"
    assert near["assurance_words"].startswith("Not told from limits: the level may be changing")
    assert near["action"].startswith("Watch the next figures")
    assert near["disagreement"] is None
    assert far["variation_words"].endswith("unlikely to be chance")
    assert (near["exception"], far["exception"]) == (False, True)


def test_chance_makes_few_exceptions_of_missed_targets_and_none_of_met_ones():
    stable = (70 + 3 * NOISE[:24]).tolist()
    missed, met = (assessed(measure(target=target(at_least=least)), given=figures(stable)) for least in (75, 40))
    few = assessed(measure(baseline=70, target=target(at_least=75)), given=figures(stable[:8]))
    expected = [
        expected_exceptions(assessment.measures, assessment.series, assessment.spc.points)
        for assessment in (missed, met, few)
    ]
    assert expected == [pytest.approx(0.01, abs=0.009), 0.0, 0.05]


def test_a_page_expects_the_sum_of_its_measures_own_chances():
    assessment = assessed(measure(), given=figures((70 + 3 * NOISE[:24]).tolist()))
    shown = assessment.measures[limits_shown(assessment.measures)]
    assert expected_signals(shown, assessment.series, assessment.spc.points) == pytest.approx(0.0162, abs=0.015)
    assert expected_signals(shown.iloc[:0], assessment.series, assessment.spc.points) == 0.0
