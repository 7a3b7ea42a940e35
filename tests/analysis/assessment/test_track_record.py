"""How often the target was met, since when it is missed, and whether it is outgrown."""

from __future__ import annotations

import pytest

from tests.analysis.assessment_cases import judged, judged_together, measure, target

MET = [
    ([100], 1, 1),
    ([99], 0, 1),
    ([100] * 24, 24, 24),
    ([99] + [100] * 24, 24, 24),
    ([100, "c", 99], 1, 2),
    (["c"], None, None),
]


def test_met_months_count_the_last_24():
    rows = judged_together((measure(target=target(at_least=100)), values) for values, *_ in MET)
    assert [(row["met_months"], row["met_of"]) for row in rows] == [(met, of) for _, met, of in MET]


AT_A_BOUND = [
    ([100] * 24, "Met in all of the last 24"),
    ([99] * 24, "Met in none of the last 24"),
    ([99, 100], "Met in 1 of the last 2"),
    ([100], None),
]


def test_met_months_speak_for_a_target_at_a_bound():
    rows = judged_together((measure(target=target(at_least=100)), values) for values, _ in AT_A_BOUND)
    assert all(row["target_at_bound"] for row in rows)
    assert [(row["assurance"], row["assurance_words"]) for row in rows] == [
        (None, expected) for _, expected in AT_A_BOUND
    ]


BOUNDS = [
    ({"target": target(at_least=100)}, True),
    ({"target": target(at_least=99)}, False),
    ({"target": target(at_least=100), "maximum": 120}, False),
    ({"target": target(at_least=120), "maximum": 120}, True),
    ({"target": target(at_least=100), "unit": "number"}, False),
    ({"target": target(at_most=0), "polarity": "lower_is_better"}, True),
    ({"target": target(at_most=0), "polarity": "lower_is_better", "unit": "number"}, True),
    ({"targets": None}, False),
]


def test_a_target_at_a_bound():
    rows = judged_together((measure(**fields), [50]) for fields, _ in BOUNDS)
    assert [row["target_at_bound"] for row in rows] == [bound for _, bound in BOUNDS]


RAISED = [target(at_least=80), target(at_least=90, **{"from": "2020-03"})]


OUTGROWN = [
    ({"baseline": 90}, [90], True),
    ({"baseline": 89}, [90], False),
    ({"baseline": 95}, [89], False),
    ({}, [90] * 5, False),
    ({}, [90] * 6, True),
    ({}, [90, 90, 89, 90, 90, 90], False),
    ({}, [89] + [90] * 6, True),
    ({"target": target(more_than=90)}, [90] * 6, False),
    ({"target": target(more_than=90), "baseline": 90}, [91], False),
    ({"targets": RAISED}, [95] * 8, False),
    ({"targets": RAISED, "baseline": 92}, [95], True),
    ({"polarity": "monitor"}, [95] * 6, False),
]


def test_outgrown_by_the_baseline_or_by_six_figures_under_this_target():
    rows = judged_together((measure(**fields), values) for fields, values, _ in OUTGROWN)
    assert [row["outgrown"] for row in rows] == [outgrown for *_, outgrown in OUTGROWN]


@pytest.mark.parametrize(
    ("values", "missed", "since", "always"),
    [
        ([90], None, None, False),
        ([89], 1, "2020-07", True),
        ([90, 89, 88], 2, "2020-06", False),
        ([89, 90, 88], 1, "2020-07", False),
        ([89, "c", 88], 2, "2020-05", True),
        ([], None, None, False),
    ],
)
def test_missed_since(values, missed, since, always):
    from tests.analysis.assessment_cases import assessed, figures, row

    judged_row = row(assessed(measure(), given=figures(values or [1]).iloc[: len(values)]))
    assert (judged_row["missed_for"], judged_row["missed_always"]) == (missed, always)
    assert (judged_row["missed_since"] and f"{judged_row['missed_since']:%Y-%m}") == since


def test_each_month_is_counted_by_its_own_target():
    row = judged(measure(targets=RAISED), [85, 85, 85, 95], last="2020-04")
    assert (row["met_months"], row["met_of"], row["missed_for"]) == (3, 4, None)


def test_a_count_since_april_is_counted_by_the_share_due_each_month():
    entry = measure(accumulation="year_to_date", unit="number", target=target(at_least=120))
    row = judged(entry, [10, 19, 30, 41])
    assert (row["met_months"], row["met_of"]) == (3, 4)
