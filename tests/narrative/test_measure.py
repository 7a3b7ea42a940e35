"""What the figures say, read as text."""

# ruff: noqa: E501 — sentences stand here as they are read

from __future__ import annotations

import re

import pandas as pd
import pytest

from scorecard.core.numbers import decimals_of
from scorecard.core.rows import missing
from scorecard.narrative.assurance import never_met
from scorecard.narrative.phrases import places
from tests.analysis.assessment.test_assess import on_the_plan
from tests.analysis.assessment_cases import assessed, figures, judged_together, measure, row, target

LIMITED = [[60, 64, 63, 62, 61][index % 5] for index in range(24)]
LOWER = {"polarity": "lower_is_better"}

ON_THE_PLAN_IN_WORDS = [
    "Sickness absence days per employee: 14.14 days in the year to July 2020, 6.14 above the target of 8 days. It was on target at the baseline (8.00 days).",
    "Strategy discussions within one working day: 94.0% in July 2020, 6 percentage points below the target of 100%. It has fallen slightly from 94.5% at the baseline. To get there by December 2021 takes 0.35 points a month.",
    "Visits completed on time, children with disabilities: 82% in July 2020, 3 percentage points below the target of 85%. No change from the baseline (82%).",
    "Children on a child protection plan seen in the last 15 working days: 75% at the end of July 2020, 15 percentage points below the target of 90%. It has fallen from 79% at the baseline. To get there by January 2021 takes 2.5 points a month.",
    "Open edge of care cases: 108 at the end of July 2020; the plan's level is more than 109. It was within the plan's level at the baseline (116). It is due by December 2020.",
    "Young offenders in suitable education, training or employment, over 16: 40.0% in July 2020, 35 percentage points below the target of 75%. It has fallen from 46.1% at the baseline. Only two months are left: it is due by September 2020.",
    "Children looked after, rate: 101.0 per 10,000 at the end of July 2020, 18.6 above the plan's level of 82.4. It has risen slightly from 100.0 at the baseline.",
    "Adoptions: 2 in July 2020, 1 below the target of 3. It was on target at the baseline (3). It is due by March 2021.",
]


def test_the_exceptions_on_the_plan_in_words():
    assert on_the_plan()["exception_words"].dropna().tolist() == ON_THE_PLAN_IN_WORDS


FAILING = {"target": target(at_least=70)}
SHIFT = [*([60, 62] * 9), 58, 59, 57, 59, 58, 59, 58]
RISE = [*LIMITED[:17], 61.2, 61.6, 62.0, 62.4, 62.8, 63.2, 63.6]


EXCEPTIONS = [
    (
        FAILING,
        LIMITED,
        {},
        "62% in July 2020, 8 percentage points below the target of 70%. It usually runs between 58% and 66%, so it will not reach 70% as things are.",
    ),
    (
        {"target": target(at_least=61)},
        SHIFT,
        {},
        "58% in July 2020, 3 percentage points below the target of 61%. Missed since January 2020. It has been lower than usual for seven months, since January 2020, which is unlikely to be chance.",
    ),
    (
        {"target": target(at_least=62)},
        [*LIMITED, 50],
        {},
        "50% in July 2020, 12 percentage points below the target of 62%. It was far lower than usual in July 2020, which is unlikely to be chance.",
    ),
    (
        {"target": target(at_least=62)},
        [*LIMITED, 50, "c"],
        {},
        "50% in June 2020, 12 percentage points below the target of 62%. It was far lower than usual in June 2020, which is unlikely to be chance.",
    ),
    (
        {"baseline": 95},
        [81],
        {"numerator": 81.0, "denominator": 100.0},
        "81% in July 2020, 9 percentage points below the target of 90% (9 more would have met it). It was on target at the baseline (95%).",
    ),
    (
        {"baseline": 95},
        [89.7],
        {},
        "89.7% in July 2020, 0.3 percentage points below the target of 90%. It was on target at the baseline (95%).",
    ),
    (
        {},
        [80, 82, 80, 82, 80, 82, 80, 65],
        {},
        "65% in July 2020, 25 percentage points below the target of 90%. None of its eight figures has met it. It has fallen from 80% in June 2020.",
    ),
    (
        {},
        [80] * 12,
        {},
        "80% in July 2020, 10 percentage points below the target of 90%. None of its twelve figures has met it. It stood there in June 2020 too.",
    ),
    (
        {"target": target(between=[85, 95]), "baseline": 80},
        [79],
        {},
        "79% in July 2020, 6 percentage points below the target of 85% to 95%. It has fallen from 80% at the baseline.",
    ),
    (
        {"target": target(more_than=90), "baseline": 90},
        [90],
        {},
        "90% in July 2020; the target is more than 90%. No change from the baseline (90%).",
    ),
    (
        {"accumulation": "year_to_date", "unit": "number", "target": target(at_least=120)},
        [10, 20, 30, 40, 45],
        {"last": "2020-08"},
        "45 from April to August 2020, 5 below the 50 due by then. It was not behind in July 2020.",
    ),
    (
        {"target": target(at_least=90, by="2020-06"), "baseline": 80},
        [79],
        {},
        "79% in July 2020, 11 percentage points below the target of 90%. It has fallen from 80% at the baseline. It was due by June 2020: missed.",
    ),
    (
        {"july_2020": 72, "target": target(at_least=90, by="2020-10")},
        [71, 72, 71, 72, 71, 72, 74],
        {"last": "2020-08"},
        "74% in August 2020, 16 percentage points below the target of 90%. None of its seven figures has met it. To get there by October 2020 takes 8 points a month; since July 2020 it has made 2 a month, its best so far.",
    ),
    (
        {"july_2020": 72, "target": target(at_least=90, by="2020-12")},
        [70, 72, 70, 72, 70, 72, 70],
        {"last": "2020-08"},
        "70% in August 2020, 20 percentage points below the target of 90%. None of its seven figures has met it. To get there by December 2020 takes 5 points a month; since July 2020 it has lost 2 a month, and at best stood still over so long a time.",
    ),
    (
        {"july_2020": 72, "target": target(at_least=90, by="2020-12")},
        [72, 72],
        {"last": "2020-08"},
        "72% in August 2020, 18 percentage points below the target of 90%. To get there by December 2020 takes 4.5 points a month; since July 2020 it has not moved.",
    ),
    (
        {"baseline": 80},
        [79],
        {"month": "2020-09"},
        "79% in July 2020, 11 percentage points below the target of 90%. It has fallen from 80% at the baseline. No newer figure has come: this one is two months old.",
    ),
    (
        {"baseline": 80, "settles_after": 1},
        [79, 78],
        {},
        "78% in July 2020 (provisional), 12 percentage points below the target of 90%. It has fallen from 80% at the baseline.",
    ),
]


def test_an_exception_in_words():
    rows = judged_together((measure(**fields), values, columns) for fields, values, columns, _ in EXCEPTIONS)
    details = [detail for *_, detail in EXCEPTIONS]
    assert [row["exception_detail"] for row in rows] == details
    assert [row["exception_words"] for row in rows] == [f"M: {detail}" for detail in details]


GAPS = [
    ({"baseline": 50}, [72], "55% of the way"),
    ({"baseline": 50}, [90], "100% of the way"),
    ({"baseline": 50}, [89.9], "99% of the way"),
    ({"baseline": 50}, [50.1], "Under 1% of the way"),
    ({"baseline": 50}, [50], "No ground gained"),
    ({"baseline": 50}, [49], "Lost ground"),
    ({"baseline": 50}, [91], "Passed the target"),
    ({"baseline": 95}, [91], "Had met the target, and still does"),
    ({"baseline": 95}, [89], "Had met the target, now 1 percentage point short of it"),
    ({"baseline": 90}, [90], "Was at target, and still is"),
    ({"baseline": 90}, [91], "Was at target, and now beyond it"),
    ({"baseline": 90}, [84], "Was at target, now 6 percentage points worse"),
    ({"baseline": 95, "target": target(more_than=90)}, [90], "Had met the target, now exactly at it"),
    ({"baseline": 5, "target": target(between=[10, 20])}, [21], "Went past the target's range"),
    ({"baseline": 50, "kind": "volume"}, [49], "Moved away from the plan's level"),
    ({"baseline": 50, "kind": "volume"}, [91], "Went past the plan's level"),
    ({}, [72], "Not defined: the plan gives no baseline"),
    ({"targets": None}, [72], "Not defined: there is no target"),
    ({"baseline": 50}, ["c"], "Not defined: there is no figure"),
    (
        {"baseline": 50, "accumulation": "year_to_date", "unit": "number"},
        [72],
        "Not defined: the count is added up over a period",
    ),
    ({"baseline": 50, "accumulation": "year_to_date"}, [72], "55% of the way"),
]


def test_gap_closed_in_words_where_a_share_misleads():
    rows = judged_together((measure(**fields), values) for fields, values, _ in GAPS)
    assert [row["gap_closed_words"] for row in rows] == [expected for *_, expected in GAPS]


DISTANCES = [
    ({}, 95, "met with 5 percentage points to spare"),
    ({}, 89, "1 percentage point below target"),
    ({}, 90, "at target"),
    ({}, 89.9, "less than 1 percentage point below target"),
    ({"decimals": 2}, 84, "6 percentage points below target"),
    ({"target": target(more_than=90)}, 90, "exactly at 90%, not over it"),
    ({"target": target(between=[10, 20])}, 15, "within target"),
    ({"target": target(between=[10, 20])}, 22, "2 percentage points above target"),
    ({"kind": "volume"}, 95, "5 percentage points above the plan's level"),
    ({"polarity": "monitor"}, 95, "5 percentage points above the plan's level"),
    ({"unit": "days", "decimals": 2, **LOWER, "target": target(at_most=8)}, 14.14, "6.14 days above target"),
    (
        {"unit": "number", "accumulation": "year_to_date", "target": target(at_least=120)},
        38,
        "2 below the 40 due by then",
    ),
    ({"targets": None}, 95, None),
]


def test_distance_in_words():
    rows = judged_together((measure(**fields), [value]) for fields, value, _ in DISTANCES)
    assert [row["distance_words"] for row in rows] == [expected for *_, expected in DISTANCES]


PERIODS = [
    ({}, "95% in July 2020: met with 5 percentage points to spare (at least 90%)."),
    (
        {"accumulation": "rolling_12_months"},
        "95% in the year to July 2020: met with 5 percentage points to spare (at least 90%).",
    ),
    (
        {"accumulation": "at_month_end"},
        "95% at the end of July 2020: met with 5 percentage points to spare (at least 90%).",
    ),
    ({"targets": None}, "95% in July 2020."),
    (
        {"accumulation": "year_to_date", "unit": "number", "year_starts": "unknown"},
        "95 by July 2020: not judged: the count's start is not known (at least 90).",
    ),
]


def test_the_sentence_names_the_period_as_people_do():
    rows = judged_together((measure(**fields), [95]) for fields, _ in PERIODS)
    assert [row["sentence"] for row in rows] == [expected for _, expected in PERIODS]


@pytest.mark.parametrize(
    ("fields", "symbol", "expected"),
    [
        ({}, "c", "No figure: suppressed"),
        ({}, None, "No figure: none has come yet"),
        ({"starts": "2020-09"}, None, "No figure: starts in September 2020"),
        ({"july_2020": {"printed": "above 25"}}, None, "No figure: the plan gives no number"),
        ({"targets": None}, "z", "No target: not applicable"),
        ({"polarity": "monitor"}, "c", "Monitored: suppressed"),
    ],
)
def test_where_there_is_no_figure_it_is_said_why(fields, symbol, expected):
    judged_row = row(
        assessed(measure(**fields), given=figures([symbol or 1]).iloc[: 1 if symbol else 0], month="2020-07")
    )
    assert judged_row["status_words"] == expected
    assert judged_row["sentence"] == f"{expected}."


PEOPLE = [
    (81.0, 100.0, {}, "9 more would meet 90%"),
    (90.0, 100.0, {}, None),
    (26.0, 100.0, {**LOWER, "target": target(at_most=21)}, "5 fewer would meet 21%"),
    (80.0, 100.0, {"target": target(more_than=80)}, "1 more would meet more than 80%"),
    (810.0, 100000.0, {}, "89,190 more would meet 90%"),
]


def test_distance_in_people():
    rows = judged_together(
        (measure(**fields), [100 * top / of], {"numerator": top, "denominator": of}) for top, of, fields, _ in PEOPLE
    )
    assert [row["people_words"] for row in rows] == [expected for *_, expected in PEOPLE]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"), [(94.0, 1, 0), (14.14, 2, 2), (14.1, 2, 1), (0.04, 1, 0), (120, 0, 0)]
)
def test_zeros_that_say_nothing_are_left_out(value, decimals, expected):
    assert places(value, decimals) == expected


@pytest.mark.parametrize(
    ("edge", "decimals", "expected"), [(90.0, 0, 0), (82.4, 0, 1), (82.4, 1, 1), (0.3, 2, 2), (82.45, 1, 2)]
)
def test_a_target_is_never_rounded(edge, decimals, expected):
    assert decimals_of(edge, decimals) == expected


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_nothing_is_missing_and_a_list_is_not(nothing):
    assert missing(nothing)
    assert not any(missing(value) for value in (0, "", [], False, 1.5))


def test_words_over_a_history_of_every_measure_read_as_prose():
    from tests.analysis.assessment.test_assess import PLAN
    from tests.assessed import assess

    parts = [
        figures(
            [max(0.0, (plan_measure.baseline.value or 0) * 0.9 + index % 5) for index in range(30)],
            name=plan_measure.id,
            last="2020-11",
            like={"accumulation": plan_measure.accumulation, "year_starts": plan_measure.year_starts},
        )
        for plan_measure in PLAN.measures
        if plan_measure.baseline and plan_measure.baseline.value is not None
    ]
    measures = assess(PLAN, pd.concat(parts, ignore_index=True)).measures
    texts = [
        text
        for name in measures.columns
        if name.endswith(("_words", "sentence", "detail"))
        for text in measures[name].dropna()
    ]
    assert measures["exception"].sum() > 10
    for text in texts:
        assert not re.search(r"\b(nan|None|NaT|<NA>)\b|\s{2}|\.\.|days days|–", text), text


@pytest.mark.parametrize(
    ("of", "months", "never"),
    [(24, 0, True), (24, 1, False), (0, 0, False), (None, None, False), (pd.NA, pd.NA, False)],
)
def test_what_was_never_met_needs_figures_that_could_have_met_it(of, months, never):
    assert never_met({"assurance": "consistently_failing", "met_of": of, "met_months": months}) is never
