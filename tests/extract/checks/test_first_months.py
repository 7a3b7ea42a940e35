# ruff: noqa: E501  a case a line
"""First months beside the plan's levels: a lost or an added digit is asked about, a plausible figure is not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.extract.check_extract import check_extract
from scorecard.extract.checks.first_months import plan_levels
from tests.catalogue.small_catalogue import SMALL

TODAY = date(2021, 3, 10)
CODE = "far-from-plan"


def catalogue(unit: str, july: str, *, baseline: str = "", accumulation: str = "in_month", more: str = "") -> Catalogue:
    head = SMALL[: SMALL.index("      - id: first-measure")]
    levels = (
        f", baseline: {{value: {baseline}, printed: x}}" if baseline else ""
    ) + f", july_2020: {{value: {july}, printed: x}}"
    text = (
        f"      - {{id: m, name: M, plan_wording: w, definition: d, kind: quality, unit: {unit}, decimals: 1, "
        f"polarity: monitor, accumulation: {accumulation}, frequency: monthly, supplied_by: S, maximum: 100000{levels}{more}}}\n"
    )
    return read_catalogue((head + text).encode())


def codes(
    known: Catalogue, *rows: str, before: pd.DataFrame | None = None, limits: pd.DataFrame | None = None
) -> list[str]:
    content = "measure_id,period,value\n" + "".join(f"m,{row}\n" for row in rows)
    checked = check_extract(content.encode(), "f.csv", known, today=TODAY, known=before, limits=limits)
    return [finding.code for finding in checked.findings if finding.code == CODE]


CASES = [  # unit, baseline, July 2020, value, asked about
    ("number", "", "512", "51", True), ("number", "", "512", "5140", True), ("number", "", "512", "514", False),
    ("number", "", "512", "1536", False), ("number", "", "512", "1536.1", True),
    ("number", "", "2", "12", True), ("number", "", "2", "10", False), ("number", "", "2", "0", False),
    ("number", "400", "512", "134", False), ("number", "400", "512", "133", True),
    ("percent", "", "26", "2.7", True), ("percent", "", "26", "78", False), ("percent", "", "26", "78.1", True),
    ("percent", "", "3", "13", False), ("percent", "", "3", "13.1", True), ("percent", "35", "26", "80", False),
    ("rate_per_10000", "", "90", "20", True), ("rate_per_10000", "", "90", "31", False),
    ("days", "8", "14.1", "141", True), ("days", "8", "14.1", "42", False), ("average", "", "18", "180", True),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "baseline", "july", "value", "asked"), CASES)
def test_a_first_figure_is_held_to_the_plans_levels(
    unit: str, baseline: str, july: str, value: str, asked: bool
) -> None:
    assert codes(catalogue(unit, july, baseline=baseline), f"2020-08,{value}") == [CODE] * asked


def test_the_remedy_names_the_plans_levels() -> None:
    content = b"measure_id,period,value\nm,2020-08,5140\n"
    checked = check_extract(content, "f.csv", catalogue("number", "512", baseline="400"), today=TODAY)
    (own_finding,) = [finding for finding in checked.findings if finding.code == CODE]
    assert (own_finding.row, own_finding.column, own_finding.measure_id, own_finding.found) == (2, "value", "m", "5140")
    assert own_finding.remedy.startswith("The plan has 400.0 to 512.0 for it.")


def test_a_year_to_date_is_held_to_as_many_months_of_july() -> None:
    known = catalogue("number", "120", accumulation="year_to_date")
    assert codes(known, "2020-12,270") == []  # nine months at the pace of July's four
    assert codes(known, "2020-12,27") == [CODE]
    assert codes(known, "2020-04,30") == []


@pytest.mark.parametrize(
    "more", [", break: {from: 2020-09, why: Counted otherwise}", ", break: {between: baseline and july_2020, why: w}"]
)
def test_across_a_break_of_definition_nothing_is_asked(more: str) -> None:
    known = catalogue("number", "512", more=more)
    assert plan_levels(known.measure("m")) == ()
    assert codes(known, "2020-09,5140") == []


def test_an_unknown_start_has_no_level() -> None:
    known = catalogue("number", "512", accumulation="year_to_date", more=", year_starts: unknown")
    assert plan_levels(known.measure("m")) == ()


def test_a_measure_with_a_history_or_limits_is_judged_by_them_alone() -> None:
    ends = pd.date_range("2020-08-31", periods=5, freq="ME")
    before = pd.DataFrame({"measure_id": "m", "area": "E06000099", "period_end": ends, "months": 1, "value": [51.0, 52, 50, 51, 53], "numerator": float("nan"), "denominator": float("nan"), "symbol": None})  # fmt: skip
    assert codes(catalogue("number", "512"), "2021-01,52", before=before) == []
    limits = pd.DataFrame({"measure_id": ["m"], "area": ["E06000099"], "lower": [40.0], "upper": [60.0]})
    assert codes(catalogue("number", "512"), "2020-08,52", limits=limits) == []


def test_another_area_is_not_held_to_the_authoritys_levels() -> None:
    content = b"measure_id,period,value,area\nm,2020-08,66680,E92000001\n"
    checked = check_extract(content, "f.csv", catalogue("number", "512"), today=TODAY)
    assert CODE not in checked.findings.counts
