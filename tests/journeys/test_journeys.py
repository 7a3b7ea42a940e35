"""The three users walk through the app in a real browser: read, upload a good file and a bad one, export the pack."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import App, run_through, settled

pytestmark = pytest.mark.browser

GOOD = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,20%\nadoptions,2020-08,2\n"
BAD = "measure_id,period,value\nadoption,2020-08,<b>2</b>\nadoptions,2020-13,=cmd|'/c calc'!A1\nadoptions,2020-08,\n"
WARNED = "measure_id,period,value\nviews-represented-at-conference,2020-08,0.64\n"
WIDTHS = (320, 1440)


def serious(page: Page, *, colours: bool = True) -> list[str]:
    """The serious and critical violations that axe-core finds on the page as it stands. colours: also of contrast."""
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {violation['help']} ({node['html'][:160]})"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def accessible(page: Page) -> None:
    """No serious or critical violation at 320 and at 1440 px, and nothing that makes the page scroll sideways."""
    size = page.viewport_size
    assert size
    for width in sorted(
        WIDTHS, key=lambda candidate: candidate != size["width"]
    ):  # first as it stands: drawing it anew takes time
        page.set_viewport_size({"width": width, "height": size["height"]})
        settled(page)
        colours = width == size["width"]  # they are the same at either width, and take long to look at
        assert serious(page, colours=colours) == [], f"at {width} px"
        wider = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=\"stMain\"]');"
            " return main.scrollWidth - main.clientWidth; }"
        )
        assert wider <= 1, f"the page is {wider} px too wide at {width} px"
    page.set_viewport_size(size)
    settled(page)


def send(page: Page, name: str, text: str) -> None:
    with run_through(page):
        page.set_input_files('input[type="file"]', {"name": name, "mimeType": "text/csv", "buffer": text.encode()})


def test_a_head_of_service_reads_the_overview_an_area_and_a_measure(app: App, page: Page) -> None:
    page.goto(app.url())
    settled(page)
    expect(page.get_by_role("heading", level=1, name="20 of 38 targets missed in July 2020")).to_be_visible()
    accessible(page)
    chip = page.get_by_role("link", name="All missed 20")
    with run_through(page):
        chip.click()
    assert "list=missed" in page.url
    expect(chip).to_be_focused()
    expect(page.get_by_role("rowheader")).to_have_count(20)
    opened = page.get_by_text("18 percentage points below target", exact=False).first
    expect(opened).to_be_hidden()
    page.get_by_label("More about Scheduled audits completed").press("Enter")
    expect(opened).to_be_visible()
    with run_through(page):
        page.get_by_role("link", name="Protection and Court", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^Protection and Court: none of 2"))).to_be_visible()
    expect(page.locator(".sc-levels > li")).to_have_count(3)
    accessible(page)
    with run_through(page):
        page.get_by_role("link", name="Children on a child protection plan seen").first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Children on a child protection plan seen in the last 15 working days: missed")
    tab = page.get_by_role("link", name="Definition and the plan's words")
    with run_through(page):
        tab.click()
    expect(tab).to_be_focused()
    assert "section=definition" in page.url
    expect(page.get_by_text("seen in the last 15 working days.", exact=False).last).to_be_visible()
    accessible(page)


def test_a_url_names_what_it_shows(app: App, page: Page) -> None:
    page.goto(app.url("measure", measure="adoptions", month="2020-07"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adoptions: missed")
    page.goto(app.url("service-area", area="youth-justice"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Youth Justice: 1 of 3")
    page.goto(app.url("measure", measure="<script>alert(1)</script>"))
    settled(page)
    expect(page.get_by_text("There is no measure", exact=False)).to_be_visible()


@pytest.mark.long
def test_every_page_answers_the_keyboard_and_has_one_first_heading(app: App, page: Page) -> None:
    names = (
        "", "overview", "service-area", "measure", "compare", "upload", "completeness", "commentary", "board-pack",
        "about", "audit-trail", "access",
    )  # fmt: skip
    for name in names:
        page.goto(app.url(name))
        settled(page)
        assert page.get_by_role("heading", level=1).count() == 1, name
        assert page.get_by_role("dialog").count() == 0, name
        links = page.evaluate(
            "() => [...document.links].filter((l) => l.host === location.host).map((l) => l.pathname)"
        )
        assert {link.strip("/") for link in links} <= set(names), f"a link on {name} leads nowhere"
        page.keyboard.press("Tab")
        expect(page.locator("*:focus"), name).to_have_count(1)


def test_the_data_team_sends_a_bad_file_a_good_one_and_one_with_a_warning(app: App, page: Page) -> None:
    page.goto(app.url("upload"))
    settled(page)
    accessible(page)
    send(page, "bad.csv", BAD)
    expect(page.get_by_text("bad.csv can't be stored", exact=False)).to_be_visible()
    findings = page.get_by_role("table", name=re.compile("^Findings"))
    expect(findings).to_contain_text("Did you mean")
    expect(findings).to_contain_text("2020-13")
    assert page.locator("table b").count() == 0, "HTML in a cell is shown as text"
    assert page.get_by_role("button", name="Store this extract").count() == 0
    accessible(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download all findings (CSV)").click()
    lines = Path(started.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("severity,file,row,column")
    assert not any(re.search(r'(^|,)"?[=+@]', line) for line in lines), "nothing in it is a live formula"

    page.goto(app.url("upload"))
    settled(page)
    send(page, "august.csv", GOOD)
    expect(page.get_by_role("heading", name="What this file changes")).to_be_visible()
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged", exact=False)).to_be_visible()
    expect(page.get_by_text("Missed → Met", exact=False)).to_be_visible()
    accessible(page)
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_text("is stored: 2 new", exact=False)).to_be_visible()
    accessible(page)

    page.goto(app.url("upload"))
    settled(page)
    send(page, "again.csv", GOOD)
    expect(page.get_by_text("already stored", exact=False)).to_be_visible()

    page.goto(app.url("upload"))
    settled(page)
    send(page, "warned.csv", WARNED)
    expect(page.get_by_text("warned.csv can be stored", exact=False)).to_be_visible()
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_role("heading", name="Choose a reason")).to_be_visible()
    accessible(page)

    page.goto(app.url())
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("in August 2020")


def test_the_director_exports_the_pack_and_opens_the_pdf(app: App, page: Page) -> None:
    page.goto(app.url("board-pack"))
    settled(page)
    expect(page.get_by_text("Children and Families Improvement Board,", exact=False).first).to_be_visible()
    accessible(page)
    with run_through(page):
        page.get_by_role("button", name="Create the pack").click()
    expect(page.get_by_role("heading", name="The pack is ready")).to_be_visible()
    accessible(page)
    button = page.get_by_role("button", name=re.compile("^Download 20.* draft.*pdf"))
    with page.expect_download() as started:
        button.press("Enter")
    expect(button).to_be_focused()  # though it couldn't have the focus while the file was made
    download = started.value
    assert re.fullmatch(r"2020-0[78] Improvement Board draft [0-9a-f]+\.pdf", download.suggested_filename)
    reader = PdfReader(io.BytesIO(Path(download.path()).read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "DRAFT" in text
    assert "Measures that matter" in text
    for area in ("Leadership and Stability", "Safeguarding Children Partnership"):
        assert area in text
    expect(page.get_by_role("table", name=re.compile("^Snapshots"))).to_contain_text("Draft")


@pytest.mark.long
def test_the_data_page_explains_and_is_accessible(app: App, page: Page) -> None:
    page.goto(app.url("about"))
    settled(page)
    expect(page.get_by_role("heading", name="Register of targets")).to_be_visible()
    accessible(page)
