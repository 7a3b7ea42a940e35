"""Pages on three years of months: how high the overview opens, that print shows all of a page and nothing to press, and
that nothing runs off a telephone's edge, or hides the ring of focus.
"""

from __future__ import annotations

import os
import re
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


def test_print_says_which_list_it_is_and_shows_nothing_to_press(history: App, page: Page) -> None:
    page.goto(history.url(list="missed"))
    settled(page)
    page.emulate_media(media="print")
    page_text = page.get_by_test_id("stMainBlockContainer").inner_text()
    page.emulate_media(media="screen")
    assert re.search(r"^All missed \d+$", page_text, re.MULTILINE)
    for pressed in ("For the board", "Getting worse", "Sort:", "By area", "Month:", "Share", "Why these"):
        assert pressed not in page_text


# Words of ours that end beyond the window's edge, where nothing scrolls to them and they are not for readers alone.
CUT_OFF = """() => [...document.querySelectorAll('.stMain *')].filter((one) => {
  const words = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!words || !one.checkVisibility() || box.width <= 1 || style.clipPath !== 'none') return false;
  for (let around = one.parentElement; around; around = around.parentElement) {
    if (around.dataset.testid === 'stMain') break;
    const {overflowX, clipPath} = getComputedStyle(around);
    if (clipPath !== 'none' || /auto|scroll/.test(overflowX)) return false;
  }
  return box.right > innerWidth + 1;
}).map((one) => one.textContent.slice(0, 60))"""


@pytest.mark.parametrize("name", ["overview", "service-area", "measure", "compare", "upload", "board-pack", "about"])
def test_nothing_runs_off_a_telephone_s_edge(history: App, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(history.url(name))
    settled(page)
    assert page.evaluate(CUT_OFF) == []
    wider = "() => { const main = document.querySelector('.stMain'); return main.scrollWidth - main.clientWidth; }"
    assert page.evaluate(wider) == 0


# Whether what hides its edges, about the link that has the focus, leaves room for the ring: 3 px wide and 2 px off.
RING_WHOLE = """() => {
  const link = document.activeElement, ring = 5, box = link.getBoundingClientRect();
  for (let around = link.parentElement; around.dataset.testid !== 'stMain'; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === 'visible') continue;
    const edge = around.getBoundingClientRect();
    if (box.left - ring < edge.left || box.right + ring > edge.right) return false;
  }
  return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.mark.parametrize("name", ["overview", "compare", "completeness"])
def test_the_ring_of_focus_is_whole_where_rows_and_tables_scroll(history: App, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(history.url(name))
    settled(page)
    links = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.stHtml a:not(.sc-skip a)')"):
            page.wait_for_function(RING_WHOLE, timeout=2000)
            links += 1
    assert links > 20


def test_completeness_prints_all_its_months(history: App, page: Page) -> None:
    page.goto(history.url("completeness"))
    settled(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1031})  # A4 within its margins of 12 mm
    right_edges = page.evaluate(
        "() => [...document.querySelectorAll('.sc-came thead th')].map((one) => one.getBoundingClientRect().right)"
    )
    page.emulate_media(media="screen")
    assert len(right_edges) == 13, "the measure and twelve months"
    assert max(right_edges) <= 703
