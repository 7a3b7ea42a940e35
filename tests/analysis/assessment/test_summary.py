"""The whole service at a glance."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.analysis.assessment import summary
from tests.analysis.assessment.test_assess import EXCEPTIONS, on_the_plan
from tests.analysis.assessment_cases import assessed, figures, measure, target

MEASURES = on_the_plan().reset_index()
STEADY = [60 + (index * 7) % 5 for index in range(24)]


def test_every_measure_counts_once_and_pairs_once():
    totals = summary.totals(MEASURES)
    assert totals == {
        "measures": 45,
        "met": 18,
        "close": 0,
        "missed": 20,
        "no_target": 1,
        "no_data": 4,
        "no_status": 2,
        "exceptions": 8,
        "overdue": 2,
    }
    areas = summary.by_service_area(MEASURES)
    assert len(areas) == 17
    assert areas["measures"].sum() == 45
    assert areas.loc[
        areas["service_area_id"] == "looked-after-children", ["measures", "missed", "met", "exceptions"]
    ].values.tolist() == [[2, 1, 1, 1]]


def test_furthest_from_target_as_a_share_of_it():
    furthest = summary.furthest_from_target(MEASURES, most=2)
    assert furthest["measure_id"].tolist() == ["sickness-absence-days", "agency-workers"]
    assert furthest["shortfall"].round(4).tolist() == [0.7675, 0.76]


def test_what_needs_attention_comes_first():
    order = summary.needs_attention(MEASURES)
    assert order["measure_id"].iloc[0] == "locality-allocations-within-10-days"  # 84% where 90% was due by May
    assert set(order["measure_id"].iloc[1:9]) == EXCEPTIONS
    assert (order["status"].iloc[9:21] == "missed").all()
    assert set(order["measure_id"]) == set(MEASURES["measure_id"])


def test_the_grid_holds_every_measure_once():
    grid = summary.grid(MEASURES)
    assert grid.index.tolist() == list(summary.VARIATIONS)
    assert grid.columns.tolist() == list(summary.ASSURANCES)
    cells = [measure_id for cell in grid.to_numpy().ravel() for measure_id in cell]
    assert sorted(cells) == sorted(MEASURES["measure_id"])


def test_the_grid_tells_whose_level_moves_and_who_passes_by_luck():
    abouts = {
        "moving": (target(at_least=90), [*STEADY, 75]),
        "failing": (target(at_least=90), STEADY),
        "luck": (target(at_least=62), STEADY),
        "bound": (target(at_least=100), STEADY),
        "sure": (target(at_least=40), STEADY),
        "short": (target(at_least=90), STEADY[:5]),
        "free": (None, STEADY),
    }
    measures = [measure(name, targets=None if goal is None else [goal]) for name, (goal, _) in abouts.items()]
    given = pd.concat([figures(values, name=name) for name, (_, values) in abouts.items()], ignore_index=True)
    grid = summary.grid(assessed(*measures, given=given).measures)
    assert grid.loc["improvement", "moving"] == ["moving"]
    assert grid.loc["common_cause", "consistently_failing"] == ["failing"]
    assert grid.loc["common_cause", "inconsistent"] == ["luck"]
    assert grid.loc["common_cause", "met_months"] == ["bound"]
    assert grid.loc["common_cause", "consistently_passing"] == ["sure"]
    assert grid.loc["not_shown", "none"] == ["short"]
    assert grid.loc["common_cause", "none"] == ["free"]


def test_a_target_missed_at_its_date_is_for_the_board_and_one_due_within_three_months_is_due_soon():
    """Judged in July 2020, when the series ends at 65."""
    abouts = {
        "passed": target(at_least=90, by="2020-05"),
        "now": target(at_least=90, by="2020-07"),
        "soon": target(at_least=90, by="2020-10"),
        "later": target(at_least=90, by="2020-11"),
        "undated": target(at_least=90),
        "met": target(at_least=50, by="2020-05"),
    }
    given = pd.concat([figures(STEADY, name=name) for name in abouts], ignore_index=True)
    measures = assessed(*(measure(name, target=goal) for name, goal in abouts.items()), given=given).measures
    measures = measures.set_index("measure_id")
    tests = {"passed": summary.date_passed, "due": summary.due_soon, "never": summary.never_met}
    listed = {name: measures.index[test(measures)].tolist() for name, test in tests.items()}
    missed = ["passed", "now", "soon", "later", "undated"]
    assert listed == {"passed": ["passed", "now"], "due": ["soon"], "never": missed}
    assert summary.for_the_board(measures)[["passed", "now"]].all()
    assert not summary.for_the_board(measures)["met"]


@pytest.mark.parametrize(
    ("values", "goal", "newly"),
    [
        ([*STEADY[:-1], 70], target(at_least=68), ["met"]),
        ([*STEADY[:-1], 50], target(at_least=58), ["missed"]),
        ([*STEADY[:-2], 61, 59], target(at_least=60), []),  # within its limits: chance makes as much
        ([82, 81, 83, 82, 60], target(at_least=80), ["missed"]),  # without limits: 20 below, chance makes 15
        ([82, 81, 83, 82, 79], target(at_least=80), []),
        ([*STEADY[:-2], 70, 70], target(at_least=70), []),
        ([*STEADY[:-2], 69, 70], target(more_than=70), []),
        ([*STEADY[:-2], 70, 71], target(more_than=70), ["met"]),
    ],
)
def test_a_target_is_newly_met_or_missed_against_the_figure_before(values, goal, newly):
    measures = assessed(measure(target=goal), given=figures(values)).measures
    assert [status for status in ("met", "missed") if summary.newly_judged(measures, status).any()] == newly


def test_a_figure_of_an_earlier_month_makes_nothing_new():
    given = figures([*STEADY[:-1], 50])
    measures = assessed(measure(target=target(at_least=58)), given=given, month="2020-08").measures
    assert measures["status"].tolist() == ["missed"]
    assert not summary.newly_judged(measures, "missed").any()


def test_better_and_worse_are_said_of_no_volume():
    rows = pd.DataFrame({
        "counted": [True, True, True, False, True], "unlikely": [True, True, False, True, True],
        "variation": ["concern", "improvement", "common_cause", "concern", "neutral_low"],
        "level": [None, "plan's level", None, None, None],
    })  # fmt: skip
    assert summary.moves_beyond_chance(rows, "concern").tolist() == [True, False, False, False, False]
    assert not summary.moves_beyond_chance(rows, "improvement").any()
    assert summary.moves_otherwise(rows).tolist() == [False, True, False, False, True]


@pytest.mark.parametrize(("misses", "lucky"), [(0, False), (1, False), (4, False), (5, True), (12, True)])
def test_met_by_luck_is_said_only_where_the_level_misses_in_one_month_of_five(misses, lucky):
    """Of 24 figures 5 below the target: 5.5 ÷ 25 is 22 %; 4 of them: 18 %."""
    values = [64 if index % 2 else 66 for index in range(24)]
    for index in range(misses):
        values[(index * 5 + 2) % 23] -= 7
    entry = measure(target=target(at_least=60))
    measures = assessed(entry, given=figures(values)).measures
    assert (measures["chance_of_missing"] >= 0.2).tolist() == [lucky]
    assert measures["chance_of_missing"].tolist() == [pytest.approx((misses + 0.5) / 25)]
    by_chance = measures["assurance"].eq("inconsistent").all()
    assert summary.met_by_luck(measures).all() == (lucky and by_chance)


def test_improving_too_slowly_asks_for_more_than_chance_both_ways():
    slow = measure("slow", july_2020=50, target=target(at_least=90, by="2020-12"))
    fast = measure("fast", july_2020=50, target=target(at_least=56, by="2020-12"))
    values = [48, 50, 49, 51, 50, 49, 50, 48, 49, 50, 51, 49, 50, 55]
    given = pd.concat([figures(values, name=name, last="2020-10") for name in ("slow", "fast")], ignore_index=True)
    measures = assessed(slow, fast, given=given).measures
    assert measures.loc[summary.improving_too_slowly(measures), "measure_id"].tolist() == ["slow"]
