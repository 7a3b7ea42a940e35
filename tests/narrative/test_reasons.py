"""Why nothing may be shown or drawn, by each of its reasons, as the words beside a measure have it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.narrative import measure
from scorecard.narrative.phrases import best_pace, meets, pace_needed
from tests.narrative.plain_rows import JULY, ROW


@pytest.mark.parametrize(
    ("code", "months_between", "expected"),
    [
        (None, 1, ""),
        ("few_points", 1, "fewer than 12 figures: no limits are drawn yet"),
        ("shared_data", 1,
         "each figure shares most of its data with the one before, so we don't mark chance on it"),
        ("leaning", 1, "each month leans on the month before, so we test the monthly change instead"),
        ("leaning", 3, "each quarter leans on the quarter before, so we test the quarterly change instead"),
        ("leaning", 2, "each month leans on the month before, so we test the monthly change instead"),
        ("small_numbers", 1, "fewer than 10 in the denominator: one child moves the figure too far"),
        ("not_varied", 1, "the figures have not varied, so there are no limits"),
        ("hardly_varied", 1, "nearly all figures are the same, so limits would have no width"),
        ("not_settled", 1, "every figure so far is provisional"),
    ],
)  # fmt: skip
def test_why_no_limits_are_shown(code: str | None, months_between: int, expected: str) -> None:
    assert measure.no_limits(ROW | {"no_limits_code": code, "months_between": months_between}) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, ""),
        ("no_target", "there is no target"),
        ("monitored", "the measure is monitored, and its distance says all"),
        ("no_year_start", "the count's start is not known"),
        ("restarts", "the count starts anew each year"),
        ("no_date", "the plan gives the target no date"),
        ("no_start", "the plan gives no July 2020 figure to start from"),
        ("met_at_start", "the target was met in July 2020"),
        ("due_at_start", "the target's date was July 2020, where a line would start"),
        ("date_passed_at_start", "the target's date had passed by July 2020"),
    ],
)
def test_why_there_is_no_line(code: str | None, expected: str) -> None:
    assert measure.no_trajectory(ROW | {"no_trajectory_code": code, "plan_month": JULY}) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"no_limits": "why"}, "Not shown: why"),
        ({"no_limits": ""}, "Not shown: no figures yet"),
    ],
)
def test_where_no_variation_is_shown_it_is_said_why(changed: dict[str, Any], expected: str) -> None:
    assert measure.variation_words(ROW | changed) == expected


@pytest.mark.parametrize(
    ("status", "variation", "row", "expected"),
    [
        ("met", "concern", {}, "met, but getting worse"),
        ("close", "concern", {}, "close, but getting worse"),
        ("missed", "improvement", {}, "missed, but improving"),
        ("missed", "concern", {}, ""),
        ("met", "improvement", {}, ""),
        (None, None, {}, ""),
        ("met", "concern", {"kind": "volume"}, ""),
        ("close", "concern", {"kind": "volume"}, "close to the plan's level, but moving away from it"),
        ("missed", "improvement", {"kind": "volume"}, "off the plan's level, but moving towards it"),
        ("missed", "improvement", {"target_upper": 95.0}, "off the target, but moving towards it"),
    ],
)
def test_where_status_and_signal_point_different_ways(
    status: str | None, variation: str | None, row: dict[str, Any], expected: str
) -> None:
    assert measure.disagreement(ROW | {"status": status, "variation": variation} | row) == expected


@pytest.mark.parametrize(
    ("distance", "strict", "met"),
    [(1.0, False, True), (0.0, False, True), (0.0, True, False), (0.1, True, True), (-0.1, False, False)],
)
def test_a_figure_meets_its_target(distance: float, strict: bool, met: bool) -> None:
    assert meets(ROW | {"distance": distance, "target_strict": strict}) is met


@pytest.mark.parametrize(
    ("changed", "needed", "best"),
    [
        ({}, "2.2 points a month", ", and at best 0.9 over so long a time"),
        ({"best_pace": 0.5}, "2.2 points a month", ", its best so far"),
        ({"best_pace": 0.0, "pace_made": -0.1}, "2.2 points a month", ", and at best stood still over so long a time"),
        ({"best_pace": 0.0, "pace_made": 0.0}, "2.2 points a month", ", its best so far"),
        ({"best_pace": 2.2}, "2.2 points a month", ""),
        ({"months_left": 2, "months_between": 3}, "4.4 points", ", and at best 2.7 over so long a time"),
    ],
)
def test_the_pace(changed: dict[str, Any], needed: str, best: str) -> None:
    assert (pace_needed(ROW | changed, 1), best_pace(ROW | changed, 1)) == (needed, best)


def test_every_text_of_a_frame_is_a_column_and_nothing_is_missing() -> None:
    """An empty text is <NA>, and what was a column of that name before is written anew."""
    plan_month = pd.Timestamp("2020-07-31")
    changed = {"no_trajectory_code": "no_start", "level": "old", "drift": None, "failing": False,
             "disagreement": None, "standing": None}  # fmt: skip
    written = measure.words_of(pd.DataFrame([ROW | changed], index=[7]), plan_month)
    assert written.index.tolist() == [7]
    assert set(measure.WRITERS) <= set(written.columns)
    assert written.columns.is_unique
    row = written.loc[7]
    assert row["target_words"] == "at least 90%"
    assert row["no_trajectory"] == "the plan gives no July 2020 figure to start from"
    assert row["trajectory_words"] == "No trajectory: the plan gives no July 2020 figure to start from"
    assert pd.isna(row["level"])
    assert pd.isna(row["disagreement"])
