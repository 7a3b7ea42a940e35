"""Everything that the catalogue gives as the plan's own words stands in the plan, white space aside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scorecard.catalogue.models import Measure, ServiceArea
from tests.catalogue.plan_text import catalogue, closed_up

START_OF_TABLES, END_OF_TABLES = "Measures that matter", "Developments since last inspection"


@pytest.fixture(scope="module")
def tables(plan: str) -> str:
    """The 'Measures that matter' tables alone, closed up."""
    return closed_up(plan[plan.index(START_OF_TABLES) : plan.index(END_OF_TABLES)])


@pytest.fixture(scope="module")
def actions(plan: str) -> str:
    """What follows the tables, closed up: the actions, their dates and the people responsible."""
    return closed_up(plan[plan.rindex(END_OF_TABLES) :])


def cells(measure: Measure) -> Iterator[tuple[str, str]]:
    """A measure's words from the plan's tables, each with the field that holds it."""
    yield "plan_wording", measure.plan_wording
    if measure.comparators_printed:
        yield "comparators_printed", measure.comparators_printed
    figures = {"baseline": measure.baseline, "july_2020": measure.july_2020, **measure.comparators}
    yield from ((f"{field}.printed", figure.printed) for field, figure in figures.items() if figure)
    if measure.targets:
        yield "targets[1].printed", measure.targets[0].printed


def dated_targets() -> list[Measure]:
    return [measure for measure in catalogue().measures if measure.targets and measure.targets[0].by_action]


@pytest.mark.parametrize("measure", catalogue().measures, ids=lambda measure: measure.id)
def test_every_cell_of_a_measure_stands_in_the_plans_tables(measure: Measure, tables: str) -> None:
    assert [(field, text) for field, text in cells(measure) if closed_up(text) not in tables] == []


@pytest.mark.parametrize("measure", catalogue().measures, ids=lambda measure: measure.id)
def test_a_measures_cells_stand_close_to_its_wording(measure: Measure, tables: str) -> None:
    """'5%' stands in a hundred places; a row's cells must be in its own row, which is at most this long."""
    longest_row = 500
    start = tables.index(closed_up(measure.plan_wording))
    row = tables[start : start + len(closed_up(measure.plan_wording)) + longest_row]
    assert [(field, text) for field, text in cells(measure) if closed_up(text) not in row] == []


@pytest.mark.parametrize("area", catalogue().service_areas, ids=lambda area: area.id)
def test_a_service_areas_name_stands_in_the_plans_tables(area: ServiceArea, tables: str) -> None:
    assert closed_up(area.name) in tables


@pytest.mark.parametrize("area", catalogue().service_areas, ids=lambda area: area.id)
def test_every_responsible_role_stands_among_the_plans_responsible_officers(area: ServiceArea, actions: str) -> None:
    assert [role for role in area.responsible if closed_up(role) not in actions] == []


@pytest.mark.parametrize("measure", dated_targets(), ids=lambda measure: measure.id)
def test_a_dated_targets_action_and_date_stand_in_the_plans_action_tables(measure: Measure, actions: str) -> None:
    target = measure.targets[0]
    action, by = closed_up(target.by_action or ""), closed_up(target.by_printed or "")
    assert action in actions
    assert by in actions[actions.index(action) :]


def test_no_role_is_a_persons_name() -> None:
    roles = {role for area in catalogue().service_areas for role in area.responsible}
    posts = ("Head of Service", "Manager", "Director", "Group")
    assert {role for role in roles if not any(post in role for post in posts)} == set()
