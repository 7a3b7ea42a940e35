"""A head of service writes, the executive director returns and approves, and the words stand in the pack."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import App, run_through, settled
from tests.journeys.test_journeys import accessible

pytestmark = [pytest.mark.browser, pytest.mark.long]

MEASURE = "adoptions"
FIELDS = {
    "What happened": "The target was met. *Two* children were adopted.",
    "Why": "Hearings were put off.",
    "What is being done": "Hearings are held online.",
    "By whom": "Adoption Service Manager",
}


def leave(page: Page, label: str, text: str) -> None:
    """Writes into a field and leaves it, which is when it is saved."""
    page.get_by_label(re.compile(f"^{label}")).fill(text)
    with run_through(page):
        page.keyboard.press("Tab")


def press(page: Page, name: str) -> None:
    with run_through(page):
        page.get_by_role("button", name=name, exact=True).click()


def _type_day(page: Page, label: str) -> None:
    page.get_by_role("spinbutton", name=re.compile(f"^day, {label}")).focus()
    page.keyboard.type("01122026")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the calendar: a day counts once it is left


def test_words_go_from_draft_to_the_pack(app: App, page: Page) -> None:
    page.goto(app.url("commentary"))
    settled(page)
    expect(page.get_by_text("8 exceptions await your commentary")).to_be_visible()
    accessible(page)
    with run_through(page):
        page.get_by_role("link", name="Adoptions", exact=True).click()
    assert "section=commentary" in page.url
    leave(page, "What happened", FIELDS["What happened"])
    expect(page.get_by_text("Draft: kept", exact=False)).to_be_visible()
    expect(page.get_by_text("‘The target was met.’")).to_be_visible()
    page.reload()  # the laptop was closed
    settled(page)
    expect(page.get_by_label(re.compile("^What happened"))).to_have_value(FIELDS["What happened"])
    press(page, "Submit for approval")
    expect(page.get_by_text("Saved as a draft, and not submitted")).to_be_visible()
    expect(page.get_by_text("By when: Say by when: a day.")).to_be_visible()
    accessible(page)
    for label in ("Why", "What is being done", "By whom"):
        leave(page, label, FIELDS[label])
    with run_through(page):
        _type_day(page, "By when")
    press(page, "Submit for approval")
    expect(page.get_by_text("Submitted: it waits", exact=False)).to_be_visible()
    page.get_by_text("Return it to its writer").click()
    page.get_by_label("Why it is returned").fill("The target was not met.")
    press(page, "Return it")
    expect(page.get_by_text("Why it was returned:", exact=False)).to_be_visible()
    leave(page, "What happened", "*Two* children were adopted, one fewer than hoped.")
    press(page, "Submit for approval")
    page.get_by_label(re.compile("^Role that approves")).fill("Executive Director")
    press(page, "Approve the comment")
    expect(page.get_by_text("Approved: it stands", exact=False)).to_be_visible()
    expect(page.locator(".sc-said em").first).to_have_text("Two")
    page.get_by_text("Note what a board asked or decided").click()
    note, owner = page.get_by_label("What the board asked or decided"), page.get_by_label(re.compile("^Who answers"))
    note.fill("When are the hearings?")
    owner.fill("Adoption Service Manager")
    _type_day(page, "By which day")
    press(page, "Keep it")
    expect(page.get_by_text("When are the hearings?")).to_be_visible()
    expect(note, "another press keeps nothing twice").to_have_value("")
    page.goto(app.url("board-pack"))
    settled(page)
    press(page, "Create the pack")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"^Download .*\.pdf")).click()
    text = " ".join(
        pdf_page.extract_text() for pdf_page in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    )
    assert "Two children were adopted, one fewer than hoped." in " ".join(text.split())
    assert "approved by Executive Director" in " ".join(text.split())
    assert "When are the hearings?" in " ".join(text.split())


@pytest.mark.long
def test_a_second_writer_is_told_and_sees_both_texts(app: App, page: Page) -> None:
    address = app.url("measure", measure="sickness-absence-days", section="commentary")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address)
        settled(tab)
    leave(page, "Why", "Ann's words")
    leave(other, "Why", "Bob's words")
    expect(other.get_by_text("Somebody else has saved this comment")).to_be_visible()
    expect(other.get_by_text("Ann's words")).to_be_visible()
    expect(other.get_by_label(re.compile("^Why"))).to_have_value("Bob's words")
    press(other, "Save mine as the next version")
    expect(other.get_by_text("Version 2", exact=False).first).to_be_visible()
    other.close()
