"""The plan was read twice, by two people; a difference is settled here and in the measure's note."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from scorecard.catalogue.models import Comparator, Figure, Measure
from tests.catalogue.plan_text import TOP, catalogue, closed_up

SECOND_READING = TOP / "tests" / "fixtures" / "second_reading.csv"


class Settled(NamedTuple):
    """A difference between the two readings, and which of them the catalogue keeps."""

    measure: str
    field: str
    first: str
    second: str
    taken: str


WHOLE_SENTENCE = "Caseloads are above 25 children in PACT and 20 in LAC"
SETTLED = [
    # One sentence of the plan speaks of two series. The first reading keeps it whole, for 'above' governs both numbers;
    # the second cuts it in two. Both give no value.
    Settled("caseload-pact", "july_2020_printed", WHOLE_SENTENCE, "Caseloads are above 25 children in PACT", "first"),
    Settled("caseload-lac", "july_2020_printed", WHOLE_SENTENCE, "20 in LAC", "first"),
]


def second_reading() -> list[dict[str, str]]:
    with SECOND_READING.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed_text(figure: Figure | None) -> str:
    return figure.printed if figure else ""


def number(value: float | str | None) -> str:
    return "" if value in (None, "") else f"{float(value):g}"


def comparator_cell(parts: dict[str, Comparator], cell: str) -> str:
    """The plan's cell as the catalogue holds it: its parts in the cell's own order and with its commas and strokes."""
    order = sorted(parts.values(), key=lambda part: closed_up(cell).find(closed_up(part.printed)))
    marks = re.findall(r"[,/]", cell) + [""] * len(order)
    return "".join(part.printed + mark for part, mark in zip(order, marks, strict=False))


def first_reading(area: str, measure: Measure, second: dict[str, str]) -> dict[str, str]:
    """A measure of the catalogue in the second reading's columns."""
    target = measure.targets[0] if measure.targets else None
    values = {kind: number(measure.comparators[kind].value) for kind in measure.comparators}
    return {
        "service_area": area,
        "plan_wording": measure.plan_wording,
        "baseline_printed": printed_text(measure.baseline),
        "july_2020_printed": printed_text(measure.july_2020),
        "target_printed": target.printed if target else "",
        "comparators_printed": comparator_cell(dict(measure.comparators), second["comparators_printed"])
        or (measure.comparators_printed or ""),
        "baseline_value": number(measure.baseline.value if measure.baseline else None),
        "july_2020_value": number(measure.july_2020.value if measure.july_2020 else None),
        "target_operator": target.kind if target else "none",
        "target_value": number((target.lower if target.lower is not None else target.upper) if target else None),
        "statistical_neighbour_value": values.get("statistical_neighbour", ""),
        "regional_value": values.get("regional", ""),
        "national_value": values.get("national", ""),
    }


def rows() -> Iterator[tuple[Measure, dict[str, str], dict[str, str]]]:
    book = catalogue()
    for measure, second in zip(book.measures, second_reading(), strict=True):
        yield measure, first_reading(book.service_area_of(measure.id).name, measure, second), second


def differences() -> list[tuple[str, str, str, str]]:
    return [
        (measure.id, field, first[field], second[field])
        for measure, first, second in rows()
        for field in first
        if closed_up(first[field] if "value" not in field else number(first[field]))
        != closed_up(second[field] if "value" not in field else number(second[field]))
    ]


def test_both_readings_have_the_17_service_areas_in_the_same_order() -> None:
    names = [area.name for area in catalogue().service_areas]
    assert len(names) == 17
    assert list(dict.fromkeys(row["service_area"] for row in second_reading())) == names


def test_both_readings_have_as_many_series_in_every_service_area() -> None:
    second = [row["service_area"] for row in second_reading()]
    assert {area.name: len(area.measures) for area in catalogue().service_areas} == {
        name: second.count(name) for name in second
    }


def test_the_two_readings_differ_only_where_the_difference_is_settled() -> None:
    assert differences() == [(case.measure, case.field, case.first, case.second) for case in SETTLED]


@pytest.mark.parametrize("case", SETTLED, ids=lambda case: f"{case.measure}-{case.field}")
def test_a_settled_difference_is_told_in_the_measures_note(case: Settled) -> None:
    assert "second reading" in (catalogue().measure(case.measure).note or "")


def test_series_that_share_a_row_of_the_plan_share_its_wording_in_both_readings() -> None:
    shared = [second["plan_wording"] for _, _, second in rows() if second["series"]]
    for measure, _, second in rows():
        if second["series"]:
            assert shared.count(second["plan_wording"]) > 1, measure.id
