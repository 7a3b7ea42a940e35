"""Between a file and its figures: warnings, a colleague, a closed browser, sheets, thousands of faults, other days."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from benchmarks.histories import as_csv, history, plan_catalogue
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import Settings, open_scorecard
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from tests.frozen_catalogue import BOARDS, CATALOGUE
from tests.journeys.conftest import App, run_through, settled, started, stop, visiting
from tests.journeys.test_data_team import HEADER, choose, store, unfold, upload
from tests.journeys.test_journeys import accessible, send

pytestmark = [pytest.mark.browser, pytest.mark.long]

REFERRALS = "contacts-becoming-referrals"
WARNED = (
    HEADER
    + "views-represented-at-conference,2020-08,0.64\nadoptions,2020-08,2.5\nedge-of-care-referrals,2020-08,545.5\n"
)
ACCEPTED = [
    ("The unit looks wrong", "0.64", "Statutory return"),
    ("A count that is no whole number", "2.5", "Late recording"),
    ("A count that is no whole number", "545.5", "Correction"),
]
FAULTS = 50_000
LOOKS = 3


@pytest.mark.long
def test_each_warning_has_a_reason_of_its_own_by_keyboard_alone_and_it_is_seen_afterwards(app: App, page: Page) -> None:
    page.on("filechooser", lambda _: None)  # listened for from the start: begun just before Enter, it may come too late
    upload(app, page)
    button = page.get_by_role("button", name="Upload", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    with run_through(page):
        chooser.value.set_files({"name": "warned.csv", "mimeType": "text/csv", "buffer": WARNED.encode()})
    expect(page.get_by_text("warned.csv can be stored: 3 warnings, no errors")).to_be_visible()
    reason_field = page.get_by_label("In a few words (kept with the extract)")
    reason_field.fill("asked the team")
    page.get_by_role("radio", name="One reason for all").focus()
    with run_through(page):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("combobox", name="A count that is no whole number (2)")).to_be_visible()
    with run_through(page):
        page.keyboard.press("ArrowRight")
    for at, (title, found, reason) in enumerate(ACCEPTED, 1):
        box = page.get_by_role("combobox", name=re.compile(rf"^{at}\. {re.escape(title)}: {re.escape(found)}"))
        box.focus()
        settled(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.type(reason)
        expect(page.get_by_role("option")).to_have_text([reason])
        page.keyboard.press("Enter")
        expect(box).to_have_value(reason)
    expect(reason_field).to_have_value("asked the team")
    accessible(page)
    page.get_by_role("button", name="Store this extract").focus()
    with run_through(page):
        page.keyboard.press("Enter")
    expect(page.get_by_text("is stored: 3 new", exact=False)).to_be_visible()
    unfold(page, "See what an extract changed")
    choose(page, "Extract", "warned.csv")
    accepted = page.get_by_role("table", name="Warnings that were accepted")
    for title, found, reason in ACCEPTED:
        row = accepted.get_by_role("row").filter(has_text=found)
        expect(row).to_contain_text(title)
        expect(row).to_contain_text(f"{reason}: asked the team")
    accessible(page)
    page.goto(app.url("measure", measure="edge-of-care-referrals", section="sent"))
    settled(page)
    expect(page.get_by_role("table", name="Warnings that were accepted")).to_contain_text("Correction: asked the team")


def test_a_yes_to_a_preview_that_a_colleague_has_overtaken_stores_nothing_and_the_next_yes_does(
    app: App, page: Page, chromium: Browser
) -> None:
    upload(app, page)
    header = "measure_id,source,period,value\n"  # a source of its own: nothing is missing beside an earlier extract
    mine = "sickness-absence-days,Mine,2020-08,11\nsection-47-rate,Mine,2020-08,24.5\n"
    send(page, "mine.csv", header + mine)
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged. Source: ", exact=False)).to_be_visible()
    other = visiting(chromium)
    colleague = other.new_page()
    upload(app, colleague)
    send(colleague, "theirs.csv", header + "sickness-absence-days,Theirs,2020-08,12\n")
    store(colleague)
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_role("heading", name="The store has changed")).to_be_visible()
    expect(page.get_by_text("1 new, 1 revised, 0 unchanged. Source: ", exact=False)).to_be_visible()
    colleague.reload()
    settled(colleague)
    sent = colleague.get_by_role("table", name=re.compile("^Extracts, latest first"))
    expect(sent).to_contain_text("theirs.csv")
    expect(sent).not_to_contain_text("mine.csv")
    other.close()
    store(page)
    expect(page.get_by_text("is stored: 1 new, 1 revised", exact=False)).to_be_visible()


@pytest.mark.long
def test_a_page_that_is_reloaded_or_closed_before_the_yes_stores_nothing_and_the_file_may_be_sent_again(
    app: App, page: Page, chromium: Browser
) -> None:
    text = "measure_id,source,period,value\nagency-workers,Left,2020-08,23\n"
    other = visiting(chromium)
    left = other.new_page()
    upload(app, left)
    for then in ("reloaded", "closed"):
        send(left, "left-behind.csv", text)
        expect(left.get_by_text("1 new, 0 revised, 0 unchanged. Source: ", exact=False)).to_be_visible()
        if then == "reloaded":
            left.reload()
            settled(left)
            expect(left.get_by_role("button", name="Store this extract")).to_have_count(0)
    other.close()
    upload(app, page)
    expect(page.get_by_text("left-", exact=False)).to_have_count(0)
    send(page, "left.csv", text)
    expect(page.get_by_text("1 new, 0 revised, 0 unchanged. Source: ", exact=False)).to_be_visible()
    store(page)
    send(page, "left.csv", text)
    expect(page.get_by_text("This file is already stored", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Store this extract")).to_have_count(0)


@pytest.mark.long
def test_a_workbook_says_which_sheet_was_read_and_another_can_be_chosen(app: App, page: Page) -> None:
    upload(app, page)
    content = workbook({"Read me": [["For the scorecard"]], "September": [3], "October": [4]})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    with run_through(page):
        page.set_input_files('input[type="file"]', {"name": "adoptions.xlsx", "mimeType": kind, "buffer": content})
    expect(page.get_by_role("combobox", name="Sheet")).to_have_value("September")
    expect(page.get_by_text("'September' was read, not 'October'", exact=False)).to_be_visible()
    changes = page.get_by_role("table", name=re.compile("^New and revised figures"))
    expect(changes).to_contain_text("September 2020")
    choose(page, "Sheet", "October")
    expect(changes).to_contain_text("October 2020")
    expect(changes).not_to_contain_text("September 2020")
    expect(page.get_by_text("no faults found in 1 figure.", exact=False)).to_be_visible()
    accessible(page)


def workbook(sheets: dict[str, list[object]]) -> bytes:
    """A workbook with these sheets: a table of adoptions in the month that a sheet is named after, or lines of text."""
    months = {"September": "2020-09", "October": "2020-10"}
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in months:
            sheet.write_row(0, 0, ["measure_id", "period", "value"])
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, row if isinstance(row, list) else ["adoptions", months[name], row])
    book.close()
    return buffer.getvalue()


@pytest.mark.long
def test_fifty_thousand_faults_can_be_filtered_and_taken_along(app: App, page: Page) -> None:
    months = [f"{year}-{month:02d}" for year in range(2010, 2020) for month in range(1, 13)]
    bad = [("adoptionz", "2"), ("adoptions", "=HYPERLINK(0)"), (REFERRALS, "about 5"), ("agency-workers", "-1")]
    lines = ["measure_id,period,value,area"]
    for at in range(FAULTS):
        measure, value = bad[at % 4]
        lines.append(f"{measure},{months[at // 4 % 120]},{value},E06{at // 480:06d}")
    upload(app, page)
    send(page, "many.csv", "\n".join(lines))
    expect(page.get_by_text("many.csv can't be stored: 50,000 errors", exact=False)).to_be_visible()
    assert page.evaluate("() => document.querySelectorAll('*').length") < 5_000, "the page stays light"
    findings = page.get_by_role("table", name=re.compile(r"^Findings( \(|$)"))
    expect(findings).to_contain_text("the first 50 of 50,")
    choose(page, "Measure", "agency-workers")
    expect(findings).to_contain_text("the first 50 of 12,500")
    expect(findings).not_to_contain_text("adoptionz")
    accessible(page)
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download all findings (CSV)").click()
    rows = list(csv.reader(io.StringIO(Path(begun.value.path()).read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > FAULTS
    live = re.compile(r"[=+@\t\r]|-(?![\d.]+$)")
    assert not [cell for row in rows for cell in row if live.match(cell)], "safe to open in Excel"


# A bar is there for a moment only: what it says is noted as it comes.
NOTES_WHAT_BARS_SAY = """() => {
  window.said = new Set();
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll('[data-testid="stProgress"]')) said.add(bar.innerText.trim());
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@pytest.mark.long
def test_a_large_file_says_how_far_it_is_and_a_click_while_it_is_stored_takes_nothing_from_it(
    app: App, page: Page
) -> None:
    areas = tuple(f"E060000{number}" for number in range(20, 30))
    figures = history(plan_catalogue(), 30, areas)
    sent = {"name": "backfill.csv", "mimeType": "text/csv", "buffer": as_csv(figures)}
    for _ in range(LOOKS):  # a step may be over before a busy browser draws it
        upload(app, page)
        page.evaluate(NOTES_WHAT_BARS_SAY)
        with run_through(page):
            page.set_input_files('input[type="file"]', sent)
        messages = page.evaluate("() => [...said]")
        steps = {step.split()[0] for step in messages} & {"Checking", "Comparing", "Working"}
        if len(steps) > 1:
            break
    assert len(steps) > 1, messages
    expect(page.get_by_role("heading", name="What this file changes")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    choose(page, "Why are the warnings right?", "Late recording", at_once=False)
    with sqlite3.connect(app.database, isolation_level=None) as another:  # who makes the store wait for the click
        another.execute("BEGIN IMMEDIATE")
        page.get_by_role("button", name="Store this extract").click()
        expect(page.get_by_text(re.compile("^Storing the figures")).first).to_be_visible()
        page.get_by_role("link", name="Overview", exact=True).click()
        another.execute("ROLLBACK")
    another.close()
    expect(page.get_by_role("heading", level=1, name=re.compile("targets? missed in"))).to_be_visible()
    with run_through(page):
        page.get_by_role("link", name="Upload", exact=True).click()
    expect(page.get_by_text(re.compile(r"is stored: 1\d,\d{3} new"))).to_be_visible()
    latest = page.get_by_role("table", name=re.compile("^Extracts, latest first")).get_by_role("row").nth(1)
    expect(latest).to_contain_text("backfill.csv")


@pytest.fixture(scope="module")
def years_later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app on a store that was sent 25% in September, 20% in October, and had the latter withdrawn in November."""
    folder = tmp_path_factory.mktemp("known")
    address = f"sqlite:///{folder / 'scorecard.db'}"
    settings = Settings(catalogue=CATALOGUE, boards=BOARDS, database_url=address)
    with open_scorecard(settings, local_person("tester"), datetime(2020, 9, 1, tzinfo=UTC)) as opened:
        for month, value in ((9, 25), (10, 20)):
            content = f"{HEADER}{REFERRALS},2020-08,{value}\n".encode()
            previewed = preview_extract(opened, f"{value}.csv", content, today=date(2020, month, 10))
            when = datetime(2020, month, 10, 9, tzinfo=UTC)
            receipt = submit_extract(opened, previewed, when=when, reason="Correction")
        when = datetime(2020, 11, 10, 9, tzinfo=UTC)
        withdraw_extract(opened, receipt.extract_id, when=when, reason="wrong month")
    running = started(folder)
    yield running
    stop(running)


KNOWN = [  # before the first extract, after it, after its revision, after the revision was withdrawn
    ("2020-09-05", "26%", "July 2020"),
    ("2020-09-20", "25%", "August 2020"),
    ("2020-10-20", "20%", "August 2020"),
    ("2020-11-20", "25%", "August 2020"),
]


@pytest.mark.long
def test_the_scorecard_is_as_known_at_a_day_after_a_revision_and_after_a_withdrawal(
    years_later: App, page: Page
) -> None:
    stands = page.locator(".sc-answer li").first
    for day, figure, month in KNOWN:
        page.goto(years_later.url("measure", measure=REFERRALS, known=day))
        settled(page)
        expect(page.get_by_text(f"As known at the end of {int(day[-2:])} ", exact=False)).to_be_visible()
        expect(stands).to_contain_text(figure)
        expect(stands).to_contain_text(month)
    versions = page.get_by_role("table", name=re.compile("all that was ever known$"))
    page.goto(years_later.url("measure", measure=REFERRALS, section="sent"))
    settled(page)
    expect(stands).to_contain_text("25%")
    expect(versions.get_by_role("row").filter(has_text="20%")).to_contain_text("Withdrawn or replaced 10 November 2020")
    with run_through(page):
        page.get_by_role("button", name="Known: today").click()
    page.get_by_role("textbox", name=re.compile("^As known at")).fill("20 October 2020")
    with run_through(page):
        page.keyboard.press("Enter")
    expect(page.get_by_text("As known at the end of 20 October 2020", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile("known=2020-10-20"))
    expect(stands).to_contain_text("20%")
