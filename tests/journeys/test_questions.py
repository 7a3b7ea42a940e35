"""Fifteen questions before a hard meeting: after at most two clicks the answer stands on the first screen."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from benchmarks.history import fill
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import open_scorecard, settings_from
from tests.conftest import WHEN
from tests.journeys.conftest import App, run_through, settled, started, stop, visiting

pytestmark = pytest.mark.browser

DESK, TELEPHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Click = tuple[str, str]  # a role and a name
ALL, MISSED, BETTER = ("link", "Measures"), ("radio", "All missed"), ("radio", "Improving")
AUDITS, SICKNESS = ("link", "Scheduled audits completed"), ("link", "Sickness absence days per employee")
LOOKED_AFTER = ("link", "Children looked after, rate")
PLANS = ("link", "Children on a child protection plan, number")

# What is asked, the clicks from the overview, and what the answer says.
QUESTIONS: list[tuple[str, list[Click], str]] = [
    ("where are we off target, and is it moving", [MISSED], r"No real change|Improving|Getting worse|in a year"),
    ("what improves", [BETTER], r"Improving"),
    ("is the rise in sickness absence real or chance", [ALL, SICKNESS], r"a year ago, .* now"),
    ("when will we hit 90% of audits", [ALL, AUDITS], r"By October 2020"),
    (
        "which data is late, and who owes it",
        [("link", "Completeness")],
        r"Missing figures, by who supplies|Nothing is owed",
    ),
    ("what does the board need to decide", [], r"For the board to decide"),
    ("what changed since the last board", [], r"Since June 2020"),
    ("what got worse since last month", [], r"targets? newly missed|No target is newly"),
    ("how did MASH do this month", [ALL, ("link", "MASH . EDT")], r"MASH / EDT: .* targets? met"),
    ("which targets are unrealistic", [], r"met in none of 24 months: plan or target"),
    ("which targets no longer ask anything", [], r"targets? already met: raise"),
    ("show me the child protection plans", [ALL, PLANS], r"36 months"),
    ("who uploaded the July audits figure, and when", [ALL, AUDITS], r"Sent on .* by |The plan's own figure"),
    ("which measures can't be trusted", [], r"measures? to read with care"),
    ("how do we compare on children looked after", [ALL, LOOKED_AFTER], r"(higher|lower) than statistical neighbours"),
    ("export MASH for an e-mail", [("link", "Service areas"), ("button", "Share.*")], r"Words for an e-mail"),
]


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


@pytest.fixture(scope="module")
def opener(chromium: Browser) -> Iterator[BrowserContext]:
    context = visiting(chromium)
    yield context
    context.close()


@pytest.fixture(scope="module")
def ask(history: App, opener: BrowserContext) -> Iterator[Callable[[list[Click]], Page]]:
    page = opener.new_page()

    def asked(clicks: list[Click]) -> Page:
        page.goto(history.url())
        settled(page)
        for role, name in clicks:
            with run_through(page):
                page.get_by_role(role, name=re.compile(f"^{name}( \\d+)?$")).first.click()  # type: ignore[arg-type]
        return page

    yield asked
    page.close()


def on_screen(found: Locator, page: Page) -> bool:
    """Whether any of what was found lies wholly in the window as it stands."""
    boxes = [one.bounding_box() for one in found.all()]
    high = (page.viewport_size or DESK)["height"]
    return any(box is not None and box["y"] >= 0 and box["y"] + box["height"] <= high for box in boxes)


@pytest.mark.long
@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_the_answers_stand_on_the_first_screen(
    size: dict[str, int], ask: Callable[[list[Click]], Page], opener: BrowserContext
) -> None:
    """At a desk; on a telephone, where what stands beside the list comes after it, the first four."""
    unanswered, at_overview = [], False
    opener.pages[0].set_viewport_size(size)  # type: ignore[arg-type]
    for question, clicks, answer in QUESTIONS if size is DESK else QUESTIONS[:4]:
        page = ask(clicks) if clicks or not at_overview else opener.pages[0]
        at_overview = not clicks
        if not on_screen(page.get_by_text(re.compile(answer)), page):
            unanswered.append(question)
    assert unanswered == []
    if size is DESK:
        rows = ask([MISSED]).get_by_role("rowheader")
        assert sum(on_screen(row, opener.pages[0]) for row in rows.all()) >= 12


def test_the_overview_is_short_and_prints_whole(
    history: App, opener: BrowserContext, ask: Callable[[list[Click]], Page]
) -> None:
    del ask  # which has the page opened
    page = opener.pages[0]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
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
