"""The data team's month, walked in a real browser: good files, wrong files, mended files, their own reports."""

from __future__ import annotations

import os
import re
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import open_scorecard, settings_from
from scorecard.use_cases.upload.report_layouts import export_layout, import_layout, layout_named
from tests.journeys.conftest import App, run_through, settled
from tests.journeys.test_journeys import accessible, send

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIRST = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,25%\nadoptions,2020-08,2\n"
CORRECTED = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,20%\nadoptions,2020-08,2\n"
HEADER = "measure_id,period,value\n"
REPORT = """Case system: monthly figures,,,
Month,{month},,
,,,
Indicator,Number,Out of,{result}
Contacts that became referrals,{a},100,{a}%
Adoptions,,,2
Total,,,7
"""


def faulty(rounds: int) -> str:
    """A file with 30 faults of three kinds, those of the first so many kinds mended."""
    months = range(1, 11)
    lines = [f"{'adoptions' if rounds > 0 else 'adoptionz'},2018-{month:02d},2" for month in months]
    lines += [f"adoptions,{'2019-' if rounds > 1 else '2019-x'}{month:02d},2" for month in months]
    lines += [f"contacts-becoming-referrals,2019-{month:02d},{'2' if rounds > 2 else 'about '}5" for month in months]
    return HEADER + "\n".join(lines) + "\n"


def upload(app: App, page: Page) -> None:
    page.goto(app.url("upload"))
    settled(page)


def unfold(page: Page, text: str) -> None:
    label = page.get_by_text(text, exact=True)
    expect(label).to_have_count(1)
    label.click()
    settled(page)


def choose(page: Page, label: str, option: str, *, at_once: bool = True) -> None:
    """Chooses from a list as a person with a keyboard does. at_once: the page answers, not only at a form's end."""
    box = page.get_by_role("combobox", name=re.compile(f"^{re.escape(label)}|{re.escape(label)}$")).first
    box.focus()
    settled(page)  # the page scrolls there, and scrolling would close the list
    with run_through(page) if at_once else nullcontext():
        page.keyboard.press("ArrowDown")
        page.get_by_role("option", name=option, exact=False).first.click()
        expect(box).to_have_value(re.compile(re.escape(option)))


def store(page: Page) -> None:
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_text(" is stored: ", exact=False)).to_be_visible()


def test_a_first_month_a_corrected_month_and_a_withdrawn_extract(app: App, page: Page) -> None:
    upload(app, page)
    send(page, "august.csv", FIRST)
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged", exact=False)).to_be_visible()
    store(page)
    expect(page.get_by_text("Extract 1 is stored: 2 new", exact=False)).to_be_visible()
    send(page, "corrected.csv", CORRECTED)
    expect(page.get_by_text("0 new, 1 revised, 1 unchanged", exact=False)).to_be_visible()
    expect(page.get_by_text("Missed → Met", exact=False)).to_be_visible()
    table = page.get_by_role("table", name=re.compile("^New and revised figures"))
    expect(table).to_contain_text("25%")
    expect(table).to_contain_text("20%")
    accessible(page)
    store(page)
    expect(page.get_by_text("Extract 2 is stored: 0 new, 1 revised", exact=False)).to_be_visible()
    unfold(page, "See what an extract changed")
    choose(page, "Extract", "2: corrected.csv")
    expect(page.get_by_role("table", name=re.compile("^What extract 2 changed"))).to_contain_text("25%")
    expect(page.get_by_role("button", name="Download what was read of the file (CSV)")).to_be_visible()
    unfold(page, "Withdraw an extract")
    expect(page.get_by_role("button", name="Withdraw it")).to_have_count(0)  # with no extract chosen
    choose(page, "Extract to withdraw", "2: corrected.csv")
    expect(page.get_by_role("table", name="What withdrawing it changes")).to_contain_text("25%")
    page.get_by_label("Why (kept with the extract)").fill("Sent by mistake")
    accessible(page)
    with run_through(page):
        page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Figures that are as they were before it: 2.", exact=False)).to_be_visible()
    latest = page.get_by_role("table", name=re.compile("^Extracts, latest first")).get_by_role("row").nth(1)
    expect(latest).to_contain_text("corrected.csv")
    expect(latest).to_contain_text("Sent by mistake")
    with run_through(page):
        page.get_by_role("link", name="Completeness").click()
    heading = page.get_by_role("heading", level=1, name=re.compile("figures due in the 12 months to August 2020"))
    expect(heading).to_be_visible()
    expect(page.get_by_role("table", name="Missing figures, by who supplies them")).to_contain_text("Human Resources")
    expect(page.get_by_role("img", name="Missing").first).to_be_visible()
    accessible(page)


@pytest.mark.long
def test_a_wrong_file_and_thirty_faults_mended_in_three_rounds(app: App, page: Page) -> None:
    upload(app, page)
    send(page, "letter.csv", "%PDF-1.7 not a table")
    expect(page.get_by_text("letter.csv can't be stored", exact=False)).to_be_visible()
    for mended, (errors, phrase) in enumerate([(30, "Did you mean adoptions?"), (20, "2019-x"), (10, "about 5")]):
        send(page, f"round-{mended}.csv", faulty(mended))
        expect(page.get_by_text(f"round-{mended}.csv can't be stored: {errors} errors", exact=False)).to_be_visible()
        expect(page.get_by_role("table", name=re.compile("^Findings( \\(|$)"))).to_contain_text(phrase)
    unfold(page, "The rows of the file, with what is wrong marked")
    marked = page.get_by_role("table", name=re.compile("^The rows as they were sent"))
    expect(marked.locator(".sc-bad").first).to_have_text("about 5")
    accessible(page)
    send(page, "round-3.csv", faulty(3))
    expect(page.get_by_text("20 new", exact=False).or_(page.get_by_text("30 new", exact=False)).first).to_be_visible()


@pytest.mark.long
def test_a_case_system_s_report_in_its_own_layout_twice_and_once_changed(app: App, page: Page) -> None:
    upload(app, page)
    send(page, "report-sept.csv", REPORT.format(month="September 2020", a=24, result="Result"))
    expect(page.get_by_text("report-sept.csv can't be stored", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="This looks like a source's own report")).to_be_visible()
    with run_through(page):
        page.get_by_text("Show how this report is laid out").click()
    expect(page.get_by_role("table", name="The first rows of the file")).to_contain_text("Out of")
    expect(page.get_by_text("What does each label mean?")).to_be_visible()
    accessible(page)
    keep = page.get_by_role("button", name="Keep this layout and read the report")
    with run_through(page):
        keep.click()
    expect(page.get_by_text("Give the layout a name", exact=False)).to_be_visible()
    expect(page.get_by_text("Say what 'Total' means, or leave it out.", exact=False)).to_be_visible()
    page.get_by_label("Name of this layout").fill("Case system monthly")
    choose(page, "Total", "Leave out", at_once=False)
    with run_through(page):
        keep.click()
    expect(page.get_by_text("is kept as version 1", exact=False)).to_be_visible()
    expect(page.get_by_text("Read by the layout Case system monthly, version 1", exact=False)).to_be_visible()
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged. Source: Case", exact=False)).to_be_visible()
    expect(page.get_by_text("Left out: the row 'Total' (1 figure: 7).", exact=False).first).to_be_visible()
    store(page)
    expect(page.get_by_text("is stored: 2 new", exact=False)).to_be_visible()

    send(page, "report-oct.csv", REPORT.format(month="October 2020", a=23, result="Result"))
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged. Source: Case", exact=False)).to_be_visible()

    only_in_yaml = (
        "layout: Case system monthly",
        "symbols: {'*': c}\nlayout: Case system monthly",
    )  # what only YAML can say
    settings = settings_from({**os.environ, "SCORECARD_DATABASE_URL": f"sqlite:///{app.database}"})
    with open_scorecard(settings, local_person("Ann"), datetime(2020, 11, 1, tzinfo=UTC)) as opened:
        layout = export_layout(opened, "Case system monthly")[1].decode().replace(*only_in_yaml)
        import_layout(opened, layout.encode(), when=datetime.now(UTC))
    send(page, "report-nov.csv", REPORT.format(month="November 2020", a=22, result="Outcome"))
    expect(page.get_by_text("report-nov.csv can't be stored: 1 error", exact=False)).to_be_visible()
    expect(page.get_by_role("table", name="Findings", exact=True)).to_contain_text("Is it 'Outcome' now?")
    with run_through(page):
        page.get_by_text("The report has changed: show its layout again").click()
    expect(page.get_by_text("kept as Case system monthly, version 2 has it", exact=False)).to_be_visible()
    expect(page.get_by_text("'*' means: suppressed.")).to_be_visible()
    accessible(page)
    with run_through(page):
        page.get_by_role("button", name="Keep this layout and read the report").click()
    expect(page.get_by_text("Read by the layout Case system monthly, version 3", exact=False)).to_be_visible()
    expect(page.get_by_text("2 new, 0 revised, 0 unchanged. Source: Case", exact=False)).to_be_visible()
    with open_scorecard(settings, local_person("Ann"), datetime(2020, 11, 1, tzinfo=UTC)) as opened:
        assert layout_named(opened, "Case system monthly").layout.symbols == {"*": "c"}
