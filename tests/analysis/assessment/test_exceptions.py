"""The exception rule: each of its reasons one short of it, on it and past it; what makes none."""

from __future__ import annotations

import pytest

from tests.analysis.assessment_cases import judged, judged_together, measure, target

STEADY_EIGHT = [80, 82, 80, 82, 80, 82, 80]
ON_THE_WAY = {"july_2020": 72, "target": target(at_least=90, by="2020-10"), "baseline": 50}
LIMITED = [[60, 64, 63, 62, 61][index % 5] for index in range(24)]  # mean 62, limits about 56 to 68


REASONS = [
    ({"baseline": 80}, [79], ["no_nearer"]),
    ({"baseline": 80}, [80], ["no_nearer"]),
    ({"baseline": 80}, [81], []),
    ({"baseline": 80}, [90], []),
    ({"baseline": 95}, [89], ["no_nearer"]),
    ({"baseline": 90}, [90], []),
    ({}, [80, 79], []),  # a month's difference is no evidence where nothing is known of chance
    ({}, [80, 80], []),
    ({}, [*STEADY_EIGHT, 74], []),  # 6 lower; chance makes 6.7
    ({}, [*STEADY_EIGHT, 73], []),  # 7 lower; chance makes 7.1
    ({}, [*STEADY_EIGHT, 72], ["no_nearer"]),  # 8 lower; chance makes 7.5
    ({}, [*STEADY_EIGHT, 80], []),
    ({**ON_THE_WAY, "baseline": None, "target": target(at_least=90, by="2023-10")}, [*STEADY_EIGHT, 74], []),
    ({"baseline": 90}, [*STEADY_EIGHT, 80], ["no_nearer"]),
    ({"baseline": 81}, [*STEADY_EIGHT, 80], []),
    ({}, [80], []),
    ({"baseline": 0.1 + 0.2}, [0.3], ["no_nearer"]),
    ({"baseline": 80, "tolerance": 15}, [79], []),
    ({"target": target(more_than=109), "unit": "number", "baseline": 116}, [109], ["no_nearer"]),
    ({"target": target(more_than=109), "unit": "number", "baseline": 116}, [110], []),
    (ON_THE_WAY, [72, 77], []),
    (ON_THE_WAY, [72, 78], []),
    (ON_THE_WAY, [70, 72, 70, 72, 70, 72, 74], []),  # 4 behind the line's 78; chance makes 4.7, its start's too
    (ON_THE_WAY, [70, 72, 70, 72, 70, 72, 73], ["behind_trajectory"]),  # 5 behind it; chance makes 4.3
    ({"target": target(at_least=70)}, LIMITED, ["consistently_failing"]),
    ({"target": target(at_least=66)}, LIMITED, []),
    ({"target": target(at_least=66), "baseline": 90}, LIMITED, []),
    ({"target": target(at_least=62)}, [*LIMITED, 50], ["concern"]),
    ({"target": target(at_least=100)}, LIMITED, ["consistently_failing"]),
    ({"target": target(at_least=85), "baseline": 80}, [80] * 24, ["no_nearer"]),
    ({"polarity": "monitor", "baseline": 80}, [79], []),
    ({"targets": None, "baseline": 80}, [79], []),
]


def test_missed_and_one_reason_at_least():
    rows = judged_together(
        (measure(**fields), values, {"last": "2020-08" if "july_2020" in fields else "2020-07"})
        for fields, values, _ in REASONS
    )
    for row, (fields, values, reasons) in zip(rows, REASONS, strict=True):
        assert row["exception_reasons"] == reasons, (fields, values)
        assert row["exception"] == bool(reasons), (fields, values)
        assert (row["exception_words"] is not None) == bool(reasons), (fields, values)


def test_a_figure_on_fewer_than_ten_makes_no_exception_of_its_own():
    assert not judged(measure(baseline=80), [50], denominator=9.0)["exception"]
    assert judged(measure(baseline=80), [30], denominator=10.0)["exception"]


HARDLY_VARIED = [
    (79, 100.0, False),  # one child fewer of a hundred
    (78, 100.0, False),
    (79, None, True),  # nothing says how much chance makes: lower than ever
    (60, 100.0, True),
    (80, 100.0, True),  # it stays where it never met its target
]


def test_one_child_of_a_denominator_makes_no_exception_where_hardly_anything_varies():
    entry = measure(target=target(at_least=85), baseline=80)
    rows = judged_together((entry, [80] * 23 + [value], {"denominator": of}) for value, of, _ in HARDLY_VARIED)
    for row, (value, of, exception) in zip(rows, HARDLY_VARIED, strict=True):
        assert row["no_limits_code"] == ("not_varied" if value == 80 else "hardly_varied"), (value, of)
        assert row["exception"] == exception, (value, of)


@pytest.mark.parametrize(("value", "exception"), [(57, False), (56, True)])
def test_the_chance_of_a_share_is_that_of_its_denominator(value, exception):
    """56% of 25 lies 24 below the baseline; √2 × 1.645 × √(15/27 × 12/27 ÷ 25) is 23.1 points."""
    assert judged(measure(baseline=80), [value], denominator=25.0)["exception"] == exception


@pytest.mark.parametrize(
    ("values", "exception"), [([85, 70], False), ([70, 85], False), ([95, 70], False), ([75, 70], True)]
)
def test_a_provisional_figure_makes_no_exception_alone(values, exception):
    assert judged(measure(baseline=80, settles_after=1), values)["exception"] == exception


def test_a_provisional_figure_alone_is_not_behind_its_trajectory():
    entry = measure(baseline=50, july_2020=72, target=target(at_least=90, by="2020-10"), settles_after=1)
    before = [70, 72, 70, 72, 70, 72]
    assert not judged(entry, [*before, 78, 70], last="2020-09")["exception"]
    assert judged(entry, [*before, 73, 70], last="2020-09")["exception_reasons"] == ["behind_trajectory"]


@pytest.mark.parametrize(
    ("values", "reasons"), [([9, 18, 27, 36, 39], ["no_nearer"]), ([9, 18, 27, 36, 46], []), ([9, 18], []), ([19], [])]
)
def test_a_count_since_april_is_compared_by_the_share_due_each_month(values, reasons):
    """Of the 10 due a month 9 came each month, and 3 in August: 7 further behind; 9, 9, 9, 9, 3 by chance make 2.8."""
    entry = measure(accumulation="year_to_date", unit="number", target=target(at_least=120), baseline=150)
    last = f"2020-{3 + len(values):02d}"
    assert judged(entry, values, last=last)["exception_reasons"] == reasons


def test_missed_with_nothing_to_compare_to_is_listed_beside():
    assert judged(measure(), [80])["movement_unknown"]
    assert not judged(measure(baseline=70), [80])["movement_unknown"]
    assert not judged(measure(), [95])["movement_unknown"]


DISAGREEMENTS = [
    ({"target": target(at_least=40)}, [*LIMITED, 50], "met, but getting worse"),
    ({"target": target(at_least=90)}, [*LIMITED, 75], "missed, but improving"),
    ({"target": target(at_least=55), "tolerance": 6}, [*LIMITED, 50], "close, but getting worse"),
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
        None,
    ),
]


def test_where_status_and_signal_disagree_it_is_said():
    rows = judged_together((measure(**fields), values) for fields, values, _ in DISAGREEMENTS)
    assert [row["disagreement"] for row in rows] == [expected for *_, expected in DISAGREEMENTS]


FALLEN, GONE_UP = [60, 64, 63, 62, 61] * 4 + [50], [*range(60, 84)]


MOVING = [
    (LIMITED, None),
    (FALLEN, "last_point_signals"),
    (GONE_UP, "last_point_signals"),
    ([*LIMITED[:12], *(value + 20 for value in LIMITED[:12]), 82], "last_point_signals"),
    ([value + index / 6 for index, value in enumerate(LIMITED)], "slope"),
    ([value + index / 16 for index, value in enumerate(LIMITED)], None),
]


def test_limits_tell_nothing_of_the_way_ahead_while_the_level_moves():
    """At least 90 lies beyond the limits of all of them; only of a settled level may that be held against a measure."""
    rows = judged_together((measure(target=target(at_least=95)), values) for values, _ in MOVING)
    for row, (values, code) in zip(rows, MOVING, strict=True):
        assert row["no_assurance"] == code, values
        assert row["assurance"] == (None if code else "consistently_failing"), values
        assert ("consistently_failing" in row["exception_reasons"]) == (code is None), values
        assert (row["assurance_words"] == "Met in none of the last 24") == (code is None), values
        assert row["variation_words"].endswith("taken together, its figures rise") == (code == "slope"), values
        assert row["drift"] == ("rising" if code == "slope" else None), values
        assert "usual range" not in (row["exception_detail"] or "") or code is None, values


def test_a_target_at_a_bound_is_not_held_against_a_level_on_the_move_either():
    assert judged(measure(target=target(at_least=100)), GONE_UP)["exception_reasons"] == []
