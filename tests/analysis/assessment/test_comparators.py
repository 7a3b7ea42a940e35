"""The figure beside its comparators."""

from __future__ import annotations

from tests.analysis.assessment_cases import judged, judged_together, measure, target

LOWER = {"polarity": "lower_is_better", "target": target(at_most=20)}


def judged_beside(value, **more):
    return {"regional": {"value": value, "printed": str(value), **more}}


POSITIONS = [
    ({}, 85, 5, "better"),
    ({}, 90, 0, "level"),
    ({}, 95, -5, "worse"),
    (LOWER, 85, 5, "worse"),
    (LOWER, 95, -5, "better"),
    (LOWER | {"kind": "volume"}, 85, 5, "higher"),
    (LOWER | {"kind": "volume"}, 95, -5, "lower"),
    ({"polarity": "monitor", "targets": None}, 95, -5, "lower"),
    ({"accumulation": "year_to_date", "unit": "number"}, 85, None, None),
]


def test_position_by_polarity_and_never_better_for_a_volume():
    rows = judged_together(
        (measure(**fields, comparators=judged_beside(other)), [90]) for fields, other, *_ in POSITIONS
    )
    positions = [(row["regional_difference"], row["regional_position"]) for row in rows]
    assert positions == [(difference, position) for *_, difference, position in POSITIONS]
    assert all(row["national_difference"] is None for row in rows)


def test_what_is_not_comparable_is_never_ranked():
    row = judged(measure(comparators=judged_beside(85, comparable=False, why="counts something else")), [90])
    assert (row["regional"], row["regional_difference"], row["regional_position"]) == (85, None, None)


def test_without_a_figure_there_is_nothing_to_compare():
    assert judged(measure(comparators=judged_beside(85)), ["c"])["regional_position"] is None
