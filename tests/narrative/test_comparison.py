"""How we compare, in whole phrases: towards good where one way is better, and what can't be told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.catalogue.models import Measure
from scorecard.narrative import comparison
from tests.analysis.assessment_cases import catalogue, measure, target

SHARE = catalogue(measure()).measure("m")
DAYS = catalogue(measure(unit="days", polarity="lower_is_better", target=target(at_most=10))).measure("m")
COUNT = catalogue(measure(unit="number", kind="volume", polarity="lower_is_better", target=target(at_most=10))).measure(
    "m"
)
WATCHED = catalogue(measure(polarity="monitor", targets=None)).measure("m")
RANGE = catalogue(measure(target=target(between=[10, 20]))).measure("m")
LISTS = {"2021": "April 2021", "2025": "May 2025"}


@pytest.mark.parametrize(
    ("gap", "own_measure", "expected"),
    [
        (4.8, SHARE, "4.8 percentage points better than the neighbours"),
        (-1.0, SHARE, "1.0 percentage points worse than the neighbours"),
        (2.0, DAYS, "2.0 days worse than the neighbours"),
        (-2.0, DAYS, "2.0 days better than the neighbours"),
        (3.0, COUNT, "3 above the neighbours"),
        (-3.0, COUNT, "3 below the neighbours"),
        (-3.0, WATCHED, "3.0 percentage points below the neighbours"),
        (3.0, RANGE, "3.0 percentage points above the neighbours"),
        (0.04, SHARE, "level with the neighbours"),
        (-0.04, SHARE, "level with the neighbours"),
        (0.05, SHARE, "0.1 percentage points better than the neighbours"),
        (0.0, COUNT, "level with the neighbours"),
        (None, SHARE, "not compared with the neighbours"),
    ],
)
def test_a_gap(gap: float | None, own_measure: Measure, expected: str) -> None:
    assert comparison.gap_words(gap, own_measure, "the neighbours") == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"sn_n": 8, "sn_mean": 80.0}, "mean of 8 of 10, list of April 2021"),
        ({"sn_n": 4, "sn_mean": None}, "no mean: only 4 of 10, list of April 2021 have a figure"),
        ({"sn_n": None, "sn_mean": None}, "no neighbours' mean"),
        ({"sn_n": 8, "sn_mean": 80.0, "neighbours_edition": "other"}, "mean of 8 of 10, list of other"),
    ],
)
def test_what_the_neighbours_figure_is(row: dict[str, Any], expected: str) -> None:
    assert comparison.mean_words({"sn_of": 10, "neighbours_edition": "2021", **row}, LISTS) == expected
    assert comparison.mean_words(
        {"sn_of": 10, "neighbours_edition": "2021", **row}, LISTS, "median"
    ) == expected.replace("mean", "median")


@pytest.mark.parametrize(
    ("rank", "of", "expected"),
    [
        (1, 11, "the lowest of 11"),
        (11, 11, "the highest of 11"),
        (2, 11, "2nd lowest of 11"),
        (3, 150, "3rd lowest of 150"),
        (4, 150, "4th lowest of 150"),
        (10, 150, "10th lowest of 150"),
        (11, 150, "11th lowest of 150"),
        (12, 150, "12th lowest of 150"),
        (13, 150, "13th lowest of 150"),
        (20, 150, "20th lowest of 150"),
        (21, 150, "21st lowest of 150"),
        (111, 150, "111th lowest of 150"),
        (122, 150, "122nd lowest of 150"),
        (None, 11, "not ranked"),
    ],
)
def test_a_place(rank: int | None, of: int, expected: str) -> None:
    assert comparison.rank_words(rank, of) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (89.4, "about 89 more than at the neighbours' rate"),
        (-22.6, "about 23 fewer than at the neighbours' rate"),
        (None, ""),
    ],
)
def test_what_a_gap_is_in_people(more: float | None, expected: str) -> None:
    assert comparison.people_words(more) == expected


@pytest.mark.parametrize(
    ("others", "ending"),
    [
        (94.8, "; the neighbours' 94.8% lies inside it: level, as far as chance can tell"),
        (81.9, "; the neighbours' 81.9% lies inside it: level, as far as chance can tell"),
        (98.6, "; the neighbours' 98.6% lies inside it: level, as far as chance can tell"),
        (98.7, "; the neighbours' 98.7% lies outside it: more than chance"),
        (80.0, "; the neighbours' 80.0% lies outside it: more than chance"),
        (None, ""),
    ],
)
def test_an_interval(others: float | None, ending: str) -> None:
    row = {"value_lower_95": 81.9, "value_upper_95": 98.6}
    assert comparison.interval_words(row, SHARE, others) == f"95% interval of ours 81.9% to 98.6%{ending}"
    assert comparison.interval_words({"value_lower_95": None}, SHARE, others) == ""


def test_how_a_gap_moved() -> None:
    row = {"way": "closing", "we_moved": -30.04, "they_moved": 11.06, "first_end": pd.Timestamp("2016-03-31")}
    assert comparison.movement_words(row, SHARE) == "closing: we moved −30.0, they moved +11.1 since March 2016"
    assert comparison.movement_words(row, COUNT) == "closing: we moved −30, they moved +11 since March 2016"


@pytest.mark.parametrize(
    ("own_measure", "gaps", "expected"),
    [
        (DAYS, (-23.0, 89.0),
         "The verdict turns with the list of neighbours: by the list of April 2021 we are better than the neighbours "
         "(about 23 fewer than at the neighbours' rate); by the list of May 2025 we are worse than the neighbours "
         "(about 89 more than at the neighbours' rate)."),
        (WATCHED, (-23.0, 89.0),
         "The verdict turns with the list of neighbours: by the list of April 2021 we lie below the neighbours "
         "(about 23 fewer than at the neighbours' rate); by the list of May 2025 we lie above the neighbours "
         "(about 89 more than at the neighbours' rate)."),
        (DAYS, (0.0, 89.0),
         "The verdict turns with the list of neighbours: by the list of April 2021 we are level with the neighbours "
         "(about 0 fewer than at the neighbours' rate); by the list of May 2025 we are worse than the neighbours "
         "(about 89 more than at the neighbours' rate)."),
        (WATCHED, (0.0, 0.0), ""),
        (DAYS, (23.0, 89.0), ""),
        (DAYS, (None, 89.0), ""),
        (DAYS, (-23.0, -89.0), ""),
    ],
)  # fmt: skip
def test_where_the_verdict_turns_with_the_list(
    own_measure: Measure, gaps: tuple[float | None, ...], expected: str
) -> None:
    rows = [{"edition": edition, "gap": gap, "more_than_at_sn": gap} for edition, gap in zip(LISTS, gaps, strict=True)]
    assert comparison.list_words(rows, LISTS, own_measure) == expected


def test_a_list_without_a_name_is_told_by_its_edition() -> None:
    rows = [
        {"edition": edition, "gap": gap, "more_than_at_sn": None} for edition, gap in (("2030", 2.0), ("2031", -2.0))
    ]
    assert "by the list of 2030 we" in (sentence := comparison.list_words(rows, LISTS, SHARE))
    assert "by the list of 2031 we" in sentence


@pytest.mark.parametrize(("months", "expected"), [(1, "31 March 2025"), (12, "year to March 2025")])
def test_a_period(months: int, expected: str) -> None:
    assert comparison.period_of({"period_end": pd.Timestamp("2025-03-31"), "months": months}) == expected
