"""Figures as people read them."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.catalogue.models import Target
from scorecard.catalogue.target_words import target_words
from scorecard.core.numbers import (
    MINUS,
    NO_FIGURE,
    PER_UNIT,
    SYMBOL_WORDS,
    SYMBOLS_INSTEAD_OF_A_VALUE,
    UNIT_WORDS,
    amount_words,
    count_of,
    figure_words,
    number_words,
    rounded,
)
from scorecard.core.types import SymbolCode, Unit
from tests.catalogue.plan_text import catalogue
from tests.catalogue.small_catalogue import small_catalogue


@pytest.mark.parametrize(
    ("value", "decimals", "exact"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # not to the even neighbour
        (-0.5, 0, "-1"),
        (-2.5, 0, "-3"),  # away from zero
        (0.49999, 0, "0"),
        (2.675, 2, "2.68"),  # as it is written, not as a float holds it
        (1.005, 2, "1.01"),
        (0.25, 1, "0.3"),
        (99.95, 1, "100.0"),
        (8, 2, "8.00"),
        (14.14, 2, "14.14"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: float, decimals: int, exact: str) -> None:
    assert rounded(value, decimals) == Decimal(exact)


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_rounding_is_the_same_on_both_sides_of_zero(value: float, decimals: int) -> None:
    assert rounded(-value, decimals) == -rounded(value, decimals)
    assert abs(rounded(value, decimals) - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [
        (0, 0, False, "0"),
        (-0.0, 0, False, "0"),
        (-0.4, 0, False, "0"),  # no minus before nothing
        (-0.4, 0, True, "0"),
        (999, 0, False, "999"),
        (1000, 0, False, "1,000"),
        (1234567.891, 2, False, "1,234,567.89"),
        (-1234.5, 0, False, "−1,235"),
        (-6.14, 2, False, "−6.14"),
        (3, 0, True, "+3"),
        (-3, 0, True, "−3"),
        (0, 0, True, "0"),
        (1e16, 2, False, "10,000,000,000,000,000.00"),
        (None, 0, False, "–"),
        (math.nan, 1, True, "–"),
        (math.inf, 0, False, "–"),
        (-math.inf, 0, True, "–"),
    ],
)
def test_a_number_is_written_with_thousands_apart_and_a_true_minus(
    value: float | None, decimals: int, signed: bool, expected: str
) -> None:
    assert number_words(value, decimals, signed=signed) == expected


@given(st.floats(), st.integers(0, 4))
def test_any_number_has_words_without_a_hyphen_or_an_exponent(value: float, decimals: int) -> None:
    written = number_words(value, decimals)
    assert "-" not in written
    assert "e" not in written.lower()
    assert (written == NO_FIGURE) == (not math.isfinite(value))
    if written != NO_FIGURE:
        assert Decimal(written.replace(",", "").replace(MINUS, "-")) == rounded(value, decimals)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (82, "percent", 0, "82%"),
        (8.8, "percent", 1, "8.8%"),
        (-3, "percent", 0, "−3%"),
        (None, "percent", 0, "–"),
        (math.nan, "percent", 0, "–"),
        (14.14, "days", 2, "14.14"),
        (101.4, "rate_per_10000", 1, "101.4"),
        (0.25, "rate_per_1000", 2, "0.25"),
        (1200, "number", 0, "1,200"),
        (18, "average", 0, "18"),
    ],
)
def test_a_figure_has_its_unit_where_that_is_short(
    value: float | None, unit: Unit, decimals: int, expected: str
) -> None:
    assert figure_words(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (5, "percent", 0, "5 percentage points"),
        (-5, "percent", 0, "5 percentage points"),
        (1, "percent", 0, "1 percentage point"),
        (0.96, "percent", 0, "1 percentage point"),
        (1, "percent", 1, "1.0 percentage points"),
        (0, "percent", 0, "0 percentage points"),
        (6.14, "days", 2, "6.14 days"),
        (1, "days", 0, "1 day"),
        (16.6, "rate_per_10000", 1, "16.6 per 10,000"),
        (0.05, "rate_per_1000", 2, "0.05 per 1,000"),
        (1108, "number", 0, "1,108"),
        (3, "average", 0, "3"),
        (math.nan, "percent", 0, "–"),
        (math.inf, "days", 0, "–"),
    ],
)
def test_a_difference_is_put_in_words_of_its_unit(value: float, unit: Unit, decimals: int, expected: str) -> None:
    assert amount_words(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"at_least": 90}, "at least 90%"),
        ({"at_most": 0}, "at most 0%"),
        ({"more_than": 80}, "more than 80%"),
        ({"less_than": 0.3}, "less than 0.3%"),
        ({"at_most": 82.45}, "at most 82.45%"),  # a target is never rounded
        ({"between": [10, 20.5]}, "between 10% and 20.5%"),
    ],
)
def test_a_target_is_put_in_words(target: dict[str, object], expected: str) -> None:
    measure = small_catalogue().measure("first-measure")
    assert target_words(Target.model_validate({"printed": "as printed", **target}), measure) == expected


def test_a_measure_without_a_target_says_so() -> None:
    assert target_words(None, small_catalogue().measure("first-measure")) == "no target"


@pytest.mark.parametrize(
    ("measure_id", "expected"),
    [
        ("edge-of-care-open-cases", "more than 109"),
        ("days-to-adoptive-family", "less than 365 days"),
        ("looked-after-children-rate", "at most 82.4"),
        ("single-assessments-within-45-days", "at least 76%"),
        ("in-house-foster-care", "at least 200"),
        ("referrals-rate", "at most 151.7"),
    ],
)
def test_the_plans_targets_are_put_in_words(measure_id: str, expected: str) -> None:
    measure = catalogue().measure(measure_id)
    assert target_words(measure.targets[0], measure) == expected


def test_every_unit_has_its_words_and_its_factor() -> None:
    assert set(UNIT_WORDS) == set(PER_UNIT) == set(get_args(Unit))


def test_every_symbol_has_its_words_and_four_stand_in_place_of_a_value() -> None:
    assert set(SYMBOL_WORDS) == set(get_args(SymbolCode))
    assert set(SYMBOLS_INSTEAD_OF_A_VALUE) == {"x", "c", "z", ":"}


@pytest.mark.parametrize(
    ("number", "nouns", "expected"),
    [
        (0, ("figure",), "0 figures"),
        (1, ("figure",), "1 figure"),
        (2, ("figure",), "2 figures"),
        (1_200, ("figure",), "1,200 figures"),
        (1, ("figure is", "figures are"), "1 figure is"),
        (3, ("figure is", "figures are"), "3 figures are"),
    ],
)
def test_a_count_has_its_noun_of_one_or_of_many(number: int, nouns: tuple[str, ...], expected: str) -> None:
    assert count_of(number, *nouns) == expected
