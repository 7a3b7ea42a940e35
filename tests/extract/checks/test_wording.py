"""Numbers in findings: no more digits than people read, and never contradicted by the figure they are about."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.extract.checks.wording import change_words, limits_words

NONE = math.nan
LIMITS = [  # lower, upper, figure, unit, decimals, and what is said
    (1.6120, 2.3522, 3.1, "average", 1, "between 1.6 and 2.4"),
    (1.6120, 2.3522, 0.9, "average", 1, "between 1.6 and 2.4"),
    (1.6120, 2.3522, 2.4, "average", 1, "between 1.61 and 2.36"),  # 2.4 isn't outside 'between 1.6 and 2.4'
    (1.6120, 2.3522, 2.355, "average", 1, "between 1.61 and 2.35"),  # and 2.355 isn't outside '… and 2.36'
    (1.6120, 2.3522, 1.6, "average", 1, "between 1.61 and 2.36"),
    (72.0, 91.00000000000001, 95, "percent", 0, "between 72% and 91%"),
    (NONE, 1234.2, 1900, "number", 0, "below 1,235"),
    (72.4, NONE, 60, "percent", 0, "above 72%"),
    (-3.26, 3.26, 4, "days", 1, "between −3.3 and 3.3"),
]
CHANGES = [  # before, largest, figure, unit, decimals, and what is said
    (82.35294117647058, 3.117647, 70, "percent", 0, ("82%", "4 percentage points")),
    (14.14, 5.84, 30.0, "days", 2, ("14.14", "5.84 days")),
    (14.14, 14.14 - 8.3, 30.0, "days", 2, ("14.14", "5.84 days")),
    (80.4, 1.2, 82, "percent", 0, ("80.4%", "1.2 percentage points")),  # 82 − 80 isn't more than 2
    (516, 4, 700, "number", 0, ("516", "4")),
]


@pytest.mark.parametrize(("lower", "upper", "figure", "unit", "decimals", "expected"), LIMITS)
def test_limits_have_the_measure_s_digits_or_one_more(lower, upper, figure, unit, decimals, expected) -> None:
    assert limits_words(lower, upper, figure, unit, decimals) == expected


@pytest.mark.parametrize(("before", "largest", "figure", "unit", "decimals", "expected"), CHANGES)
def test_changes_have_the_measure_s_digits_or_one_more(before, largest, figure, unit, decimals, expected) -> None:
    assert change_words(before, largest, figure, unit, decimals) == expected


def said_numbers(sentence: str) -> list[float]:
    return [float(text.replace(",", "").replace("−", "-")) for text in re.findall(r"−?[\d,]+(?:\.\d+)?", sentence)]


@given(st.floats(-1e4, 1e4), st.floats(0, 1e3), st.floats(1e-6, 1e3), st.booleans(), st.integers(0, 2))
def test_a_figure_outside_its_limits_is_outside_what_is_said_of_them(middle, reach, beyond, above, decimals) -> None:
    lower, upper = middle - reach, middle + reach
    figure = upper + beyond if above else lower - beyond
    low, high = said_numbers(limits_words(lower, upper, figure, "number", decimals))
    assert figure < low or figure > high or beyond <= 2e-6
    assert low <= lower + 10.0 ** -(decimals + 1)
    assert high >= upper - 10.0 ** -(decimals + 1)


@given(st.floats(-1e4, 1e4), st.floats(0, 1e3), st.floats(0, 1e3), st.booleans(), st.integers(0, 2))
def test_a_change_greater_than_any_before_is_greater_than_what_is_said(before, largest, beyond, up, decimals) -> None:
    change = (largest + beyond) * (1 if up else -1)
    was, most = (
        said_numbers(sentence)[0] for sentence in change_words(before, largest, before + change, "number", decimals)
    )
    assert abs(before + change - was) >= most - 1e-5
