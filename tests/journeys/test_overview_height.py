"""The overview as it opens on three years of months: how high, how many words; and that print shows all of a page."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from benchmarks.history import fill
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import open_scorecard, settings_from
from tests.conftest import WHEN
from tests.journeys.conftest import App, settled, started, stop

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("questions")
    address = f"sqlite:///{folder / 'scorecard.db'}"
    with open_scorecard(
        settings_from({**os.environ, "SCORECARD_DATABASE_URL": address}), local_person("tester"), WHEN
    ) as opened:
        fill(opened, 36)
    running = started(folder)
    yield running
    stop(running)


def test_the_overview_is_short_and_prints_whole(history: App, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(history.url())
    settled(page)
    main = page.get_by_test_id("stMainBlockContainer")
    box = main.bounding_box()
    assert box is not None
    assert box["height"] <= 2200
    assert len(main.inner_text().split()) <= 450
    page.emulate_media(media="print")
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('.stMain, .stApp')]"
        ".some((one) => getComputedStyle(one).overflowY !== 'visible')"
    )
    page.emulate_media(media="screen")
    assert not clipped, "what scrolls on a screen must run over pages in print"


def test_completeness_prints_all_its_months(history: App, page: Page) -> None:
    page.goto(history.url("completeness"))
    settled(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1031})  # A4 within its margins of 12 mm
    found = page.evaluate(
        "() => [...document.querySelectorAll('.sc-came thead th')].map((one) => one.getBoundingClientRect().right)"
    )
    page.emulate_media(media="screen")
    assert len(found) == 13, "the measure and twelve months"
    assert max(found) <= 703
