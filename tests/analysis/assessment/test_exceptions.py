"""The exception rule: each of its reasons one short of it, on it and past it; what makes none."""

from __future__ import annotations

import pytest

from tests.analysis.assessment_cases import judged, measure, target

LIMITED = [[60, 64, 63, 62, 61][place % 5] for place in range(24)]  # mean 62, limits about 56 to 68


@pytest.mark.parametrize(
    ("about", "values", "reasons"),
    [
        ({"baseline": 80}, [79], ["no_nearer"]),
        ({"baseline": 80}, [80], ["no_nearer"]),
        ({"baseline": 80}, [81], []),
        ({"baseline": 80}, [90], []),
        ({"baseline": 95}, [89], ["no_nearer"]),
        ({"baseline": 90}, [90], []),
        ({}, [80, 79], ["no_nearer"]),
        ({}, [80, 80], ["no_nearer"]),
        ({}, [80, 81], []),
        ({}, [80], []),
        ({"baseline": 0.1 + 0.2}, [0.3], ["no_nearer"]),
        ({"baseline": 80, "tolerance": 15}, [79], []),
        ({"target": target(more_than=109), "unit": "number", "baseline": 116}, [109], ["no_nearer"]),
        ({"target": target(more_than=109), "unit": "number", "baseline": 116}, [110], []),
        (
            {"july_2020": 72, "target": target(at_least=90, by="2020-10"), "baseline": 50},
            [72, 77],
            ["behind_trajectory"],
        ),
        ({"july_2020": 72, "target": target(at_least=90, by="2020-10"), "baseline": 50}, [72, 78], []),
        ({"target": target(at_least=70)}, LIMITED, ["consistently_failing"]),
        ({"target": target(at_least=66)}, LIMITED, []),
        ({"target": target(at_least=66), "baseline": 90}, LIMITED, []),
        ({"target": target(at_least=62)}, [*LIMITED, 50], ["concern"]),
        ({"target": target(at_least=100)}, LIMITED, ["consistently_failing"]),
        ({"target": target(at_least=85), "baseline": 80}, [80] * 24, ["no_nearer"]),
        ({"polarity": "monitor", "baseline": 80}, [79], []),
        ({"targets": None, "baseline": 80}, [79], []),
    ],
)
def test_missed_and_one_reason_at_least(about, values, reasons):
    last = "2020-08" if "july_2020" in about else "2020-07"
    found = judged(measure(**about), values, last=last)
    assert found["exception_reasons"] == reasons
    assert found["exception"] == bool(reasons)
    assert (found["exception_words"] is not None) == bool(reasons)


def test_a_figure_on_fewer_than_ten_makes_no_exception_of_its_own():
    assert not judged(measure(baseline=80), [50], denominator=9.0)["exception"]
    assert judged(measure(baseline=80), [50], denominator=10.0)["exception"]


@pytest.mark.parametrize(
    ("values", "exception"), [([85, 70], False), ([70, 85], False), ([95, 70], False), ([75, 70], True)]
)
def test_a_provisional_figure_makes_no_exception_alone(values, exception):
    assert judged(measure(baseline=80, settles_after=1), values)["exception"] == exception


def test_a_provisional_figure_alone_is_not_behind_its_trajectory():
    about = measure(baseline=50, july_2020=72, target=target(at_least=90, by="2020-10"), settles_after=1)
    assert not judged(about, [72, 78, 70], last="2020-09")["exception"]
    assert judged(about, [72, 77, 70], last="2020-09")["exception_reasons"] == ["behind_trajectory"]


@pytest.mark.parametrize(
    ("values", "reasons"),
    [([9, 18], ["no_nearer"]), ([9, 19], ["no_nearer"]), ([8, 19], []), ([9, 20], []), ([19], [])],
)
def test_a_count_since_april_is_compared_by_the_share_due_each_month(values, reasons):
    about = measure(accumulation="year_to_date", unit="number", target=target(at_least=120), baseline=150)
    assert judged(about, values, last="2020-05" if len(values) == 2 else "2020-04")["exception_reasons"] == (
        reasons if len(values) == 2 else []
    )


def test_missed_with_nothing_to_compare_to_is_listed_beside():
    assert judged(measure(), [80])["movement_unknown"]
    assert not judged(measure(baseline=70), [80])["movement_unknown"]
    assert not judged(measure(), [95])["movement_unknown"]


@pytest.mark.parametrize(
    ("about", "values", "words"),
    [
        ({"target": target(at_least=40)}, [*LIMITED, 50], "met, but worsening"),
        ({"target": target(at_least=90)}, [*LIMITED, 75], "missed, but improving"),
        ({"target": target(at_least=55), "tolerance": 6}, [*LIMITED, 50], "close, but worsening"),
        ({"target": target(at_least=90)}, [*LIMITED, 50], None),
        ({"target": target(at_least=60)}, LIMITED, None),
        (
            {"target": target(at_least=90), "kind": "volume"},
            [*LIMITED, 75],
            "off the plan's level, but moving towards it",
        ),
        (
            {"target": target(at_least=40), "kind": "volume"},
            [*LIMITED, 50],
            "within the plan's level, but moving towards its edge",
        ),
    ],
)
def test_where_status_and_signal_disagree_it_is_said(about, values, words):
    assert judged(measure(**about), values)["disagreement"] == words
