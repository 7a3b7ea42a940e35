"""Fifteen questions before a hard meeting: after at most two clicks the answer stands on the first screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page

from scorecard.access.person import local_person
from scorecard.demonstration.extracts import MonthFile, invent
from scorecard.demonstration.load import load, sent_at
from scorecard.use_cases.open_scorecard import load_catalogue, open_scorecard, settings_from
from tests.journeys.conftest import App, run_through, settled, started, stop, visiting

pytestmark = pytest.mark.browser

DESK, TELEPHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOST_WORDS = 60  # read before the answer
Click = tuple[str, str]  # a role and a name; ("type", words) is typed as the day known at, and is no click
MEASURES, AREAS, MASH = ("link", "Measures"), ("link", "Service areas"), ("link", "MASH . EDT")


class Question(NamedTuple):
    """What is asked, the clicks from the overview, and what the answer says on the demonstration and on the plan.

    below: the link that leads to the answer on a telephone, where what stands beside the list comes after it.
    """

    asked: str
    clicks: tuple[Click, ...]
    answer: str
    on_the_plan: str
    below: str = ""


def measure(name: str) -> tuple[Click, ...]:
    return MEASURES, ("link", name)


AUDITS, DECIDE, SINCE = measure("Scheduled audits completed"), "For the board to decide", "Since June 2020"
QUESTIONS = [
    Question("what does the board need to decide", (), r"targets? already met: ask", r"targets? already met: ask",
             DECIDE),
    Question("which targets are unrealistic", (), r"none of up to 24 months: plan or target", r"missed targets? due",
             DECIDE),
    Question("what changed since the last board", (), r"newly (met|missed)", r"No target is newly", SINCE),
    Question("what got worse since last month", (), r"newly missed", r"No target is newly", SINCE),
    Question("where are we off target, and is it moving", (("link", "All missed"),),
             r"^(No real change|Improving|Getting worse)", r"at (least|most) \d"),
    Question("which measures can't be trusted", (("link", "Read with care"),), r"^[\d.]+%?$", r"worker, PACT$"),
    Question("which data is late, and who owes it", (("link", "Completeness"),), r"figures due in the 12 months",
             r"44 came and 2 are missing"),
    Question("how did MASH do this month", (AREAS, MASH), r"MASH / EDT: .* targets? met", r"none of 4 targets met"),
    Question("is the rise in sickness absence real", measure("Sickness absence days per employee"),
             r"a year ago$", r"Change not told"),
    Question("when will we hit 90% of audits", AUDITS, r"by October 2020", r"[Bb]y October 2020"),
    Question("who uploaded the July audits figure, and when", AUDITS, r"Sent on 10 August 2020 by",
             r"The plan's own figure"),
    Question("how do we compare on children looked after", measure("Children looked after, rate"),
             r"(higher|lower) than statistical neighbours", r"(higher|lower) than statistical neighbours"),
    Question("show me child protection plans of 12 months", measure("Children on a child protection plan, number"),
             r"^12 months$", r"July 2020"),
    Question("export MASH for an e-mail", (MASH, ("button", "Share")), r"Words for an e-mail", r"Words for an e-mail"),
    Question("what was known at the end of May about audits",
             (("button", "Known: today"), ("type", "31 May 2020"), ("link", "Scheduled audits completed")),
             r"^April 2020", r"Nothing had been loaded by the end of 31 May 2020"),
]  # fmt: skip

# Of each thing that was found: whether it lies wholly in the window, and how many words an eye reads that goes down to
# it from the top of the window: those that stand above it, in lines that reach into its columns.
READ_BEFORE = """(found) => {
  const lines = [];
  const panel = document.querySelector('[data-testid="stPopoverBody"]'), over = panel?.getBoundingClientRect();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const words = text.data.split(/\\s+/).filter(Boolean).length;
    const parent = text.parentElement, drawn = parent.closest('[data-testid="stIconMaterial"]');  // named, not written
    if (!words || drawn || !parent.checkVisibility() || parent.clientWidth === 1) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const {left, right, bottom, width} = range.getBoundingClientRect();
    const under = over && !panel.contains(parent) && bottom > over.top && bottom <= over.bottom;
    if (under && left < over.right && right > over.left) continue;  // what a button opened lies over it
    if (width && bottom > 0) lines.push({left, right, bottom, words});
  }
  return found.map((one) => {
    const box = one.getBoundingClientRect();
    const above = lines.filter((line) => line.bottom <= box.top + 2 && line.left < box.right && line.right > box.left);
    const down = box.top >= 0 && box.bottom <= innerHeight, across = box.left >= 0 && box.right <= innerWidth;
    const inside = box.width > 0 && down && across;
    return [inside, above.reduce((sum, line) => sum + line.words, 0)];
  });
}"""


# How high a page may be as it opens at a desk, by what it answers; of the overview also how many words it may have.
HIGHEST = {(): 2200, (AREAS, MASH): 1600, AUDITS: 1800, (("link", "Completeness"),): 2500}
MOST_ON_OVERVIEW = 450


def invented(folder: Path) -> dict[str, str]:
    """The demonstration's 36 months, sent as two files, as of May and of August: the environment that serves them."""
    environment = {"SCORECARD_DEMONSTRATION": "1", "SCORECARD_DATABASE_URL": f"sqlite:///{folder / 'scorecard.db'}"}
    settings = settings_from({**os.environ, **environment})
    catalogue, _ = load_catalogue(settings)
    files = invent(catalogue)
    with open_scorecard(settings, local_person("demonstration"), sent_at(files[0].month)) as opened:
        load(opened, [_as_one(files[:-3]), _as_one(files[-3:])])
    return environment


def _as_one(files: list[MonthFile]) -> MonthFile:
    """Months as one file, with each figure as it was sent last."""
    rows = pd.concat([pd.read_csv(BytesIO(file.content), dtype=str, keep_default_na=False) for file in files])
    newest = rows.drop_duplicates(["measure_id", "period"], keep="last")
    return files[-1]._replace(content=newest.to_csv(index=False).encode())


@pytest.fixture(scope="module", params=["demonstration", pytest.param("plan", marks=pytest.mark.long)])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app on 36 invented months, or on the plan's figures alone."""
    folder = tmp_path_factory.mktemp(request.param)
    running = started(folder, **(invented(folder) if request.param == "demonstration" else {}))
    yield running
    stop(running)


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    with visiting(chromium) as context:
        page = context.new_page()
        page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
        yield page


def go(page: Page, clicks: tuple[Click, ...]) -> None:
    """From wherever it is back to the overview, and on by the clicks, of which there are at most two; as known before
    the first file the list is empty, and nothing can be clicked.
    """
    with run_through(page):
        page.get_by_role("link", name="Overview", exact=True).click()
    assert sum(role != "type" for role, _ in clicks) <= 2
    for role, name in clicks:
        wanted = page.get_by_role(role, name=re.compile(rf"^{name}( \d+)?$")).first  # type: ignore[arg-type]
        if role != "type" and not wanted.is_visible() and page.get_by_text("Nothing had been loaded").is_visible():
            return
        with run_through(page):
            if role == "type":
                page.get_by_role("textbox", name=re.compile("^As known at")).fill(name)
                page.keyboard.press("Enter")
            else:
                wanted.click()


def resized(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def answered(answer_texts: Locator) -> bool:
    return any(inside and words_before <= MOST_WORDS for inside, words_before in answer_texts.evaluate_all(READ_BEFORE))


def inside(answer_texts: Locator) -> int:
    return sum(within for within, _ in answer_texts.evaluate_all(READ_BEFORE))


def test_the_answers_stand_on_the_first_screen(app: App, telephone: Page, request: pytest.FixtureRequest) -> None:
    """The clicks are made on a telephone; then the same page is looked at there and at a desk."""
    page, planned = telephone, "plan" in request.node.name
    unanswered: dict[str, list[str]] = {"telephone": [], "desk": []}
    page.goto(app.url())
    settled(page)
    last = None
    for question in QUESTIONS:
        if question.clicks != last:
            go(page, question.clicks)
        last = question.clicks
        answer_texts = page.get_by_text(re.compile(question.on_the_plan if planned else question.answer))
        if question.below:
            page.get_by_role("link", name=question.below, exact=True).click()
        if not answered(answer_texts):
            unanswered["telephone"].append(question.asked)
        resized(page, DESK)
        if not answered(answer_texts):
            unanswered["desk"].append(question.asked)
        as_opened(page, question.clicks)
        resized(page, TELEPHONE)
    for where, questions in unanswered.items():
        assert len(QUESTIONS) - len(questions) >= 13, (where, questions)


def as_opened(page: Page, clicks: tuple[Click, ...]) -> None:
    """How high the page is at a desk, and how much of a list stands on its first screen."""
    main = page.get_by_test_id("stMainBlockContainer")
    box = main.bounding_box()
    assert box is not None
    assert box["height"] <= HIGHEST.get(clicks, 1e9), clicks
    if not clicks:
        assert len(main.inner_text().split()) <= MOST_ON_OVERVIEW
    if clicks == (("link", "All missed"),):
        assert inside(page.get_by_role("rowheader")) >= 12, "rows on the first screen"
