"""A target takes an action's date only where the page's actions and dates pair one to one, and then the right one."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from scorecard.catalogue.models import Measure
from scorecard.core.periods import parse_period
from tests.catalogue.plan_text import catalogue, closed_up
from tests.catalogue.test_printed import dated_targets

A_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
A_DATE = re.compile(rf"^({A_MONTH} ?-? ?(?:\d{{4}}|\d{{2}})) *$", re.MULTILINE)
AN_ACTION = re.compile(r"^• (.*?)(?=^•|^Outcome|\Z)", re.MULTILINE | re.DOTALL)


class Page(NamedTuple):
    """One page of the plan's action tables: its actions in order, then, in another column, its dates in order."""

    heading: str
    actions: list[str]
    dates: list[str]


def pages(plan: str) -> list[Page]:
    """The pages whose actions stand under an 'Outcome' heading; the text gives a page column by column."""
    plan_pages = []
    for before, page in zip(
        plan.split("AREA PRIORITIES")[:-1],
        plan.split("AREA PRIORITIES")[1:],
        strict=True,
    ):
        if not (outcome := re.search(r"Outcome\b", page)):
            continue
        body = page[outcome.start() :]
        first_date = A_DATE.search(body)
        assert first_date is not None, before[-60:]
        actions = AN_ACTION.findall(body[: first_date.start()])
        plan_pages.append(Page(before.strip().splitlines()[-1].strip(), actions, A_DATE.findall(body)))
    return plan_pages


def dates_of(action: str, plan: str) -> list[str]:
    """The date beside an action, for each page that has the action and as many dates as actions."""
    return [
        page.dates[index]
        for page in pages(plan)
        if len(page.actions) == len(page.dates)
        for index, text in enumerate(page.actions)
        if closed_up(text).startswith(closed_up(action))
    ]


@pytest.mark.parametrize("measure", dated_targets(), ids=lambda measure: measure.id)
def test_a_targets_date_stands_beside_its_action_wherever_the_plan_has_that_action(measure: Measure, plan: str) -> None:
    target = measure.targets[0]
    printed_dates = dates_of(target.by_action or "", plan)
    assert printed_dates
    assert {closed_up(date) for date in printed_dates} == {closed_up(target.by_printed or "")}


@pytest.mark.parametrize("measure", dated_targets(), ids=lambda measure: measure.id)
def test_a_targets_month_is_the_one_printed(measure: Measure) -> None:
    target = measure.targets[0]
    assert target.by == parse_period(target.by_printed or "").end


def test_only_two_pages_of_actions_have_another_number_of_dates(plan: str) -> None:
    """Leadership's first page has 13 dates for 12 actions, its second '21/22 Business cycle' as one of four."""
    uneven = [
        (page.heading, len(page.actions), len(page.dates))
        for page in pages(plan)
        if len(page.actions) != len(page.dates)
    ]
    assert uneven == [("Leadership and Stability", 12, 13), ("Leadership and Stability", 4, 3)]


def test_leadership_measures_take_no_date_from_actions() -> None:
    area = catalogue().service_area("leadership-and-stability")
    assert [measure.id for measure in area.measures for target in measure.targets if target.by] == []
