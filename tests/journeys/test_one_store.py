"""Two apps and a terminal on one store in PostgreSQL: what one stores the others show at the next click."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROJECT, App, run_through, settled, started, stop
from tests.journeys.test_journeys import send
from tests.postgresql import Databases

pytestmark = [pytest.mark.browser, pytest.mark.long]

HEADER = "measure_id,period,value\n"
AUGUST = f"{HEADER}contacts-becoming-referrals,2020-08,20%\n"
SEPTEMBER = f"{HEADER}contacts-becoming-referrals,2020-09,23%\n"
MEASURE = {"measure": "contacts-becoming-referrals"}


@pytest.fixture(scope="module")
def apps(postgresql: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, App, App]]:
    address = postgresql.url()
    running: list[App] = []
    try:
        for name in ("one", "other"):
            running.append(started(tmp_path_factory.mktemp(name), SCORECARD_DATABASE_URL=address))
        yield address, running[0], running[1]
    finally:
        for app in running:
            stop(app)


def test_what_one_stores_the_others_show_at_the_next_click(
    apps: tuple[str, App, App], page: Page, tmp_path: Path
) -> None:
    address, one, other = apps
    page.goto(one.url("upload"))
    settled(page)
    send(page, "august.csv", AUGUST)
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_text("Extract 1 is stored: 1 new", exact=False)).to_be_visible()
    page.goto(other.url("measure", **MEASURE))
    settled(page)
    expect(page.get_by_text("August 2020", exact=False).first).to_be_visible()
    file = tmp_path / "september.csv"
    file.write_text(SEPTEMBER, encoding="utf-8")
    terminal = subprocess.run(
        [sys.executable, "-m", "scorecard", "load", str(file), "--accept-warnings", "--reason", "Checked"],
        cwd=PROJECT, env={**os.environ, "SCORECARD_DATABASE_URL": address}, capture_output=True, text=True,
    )  # fmt: skip
    assert terminal.returncode == 0, terminal.stderr
    tab = page.get_by_role("radio", name="Definition and the plan's words")
    with run_through(page):
        tab.click()
    expect(page.get_by_text("September 2020", exact=False).first).to_be_visible()
    page.goto(other.url("board-pack"))
    settled(page)
    with run_through(page):
        page.get_by_role("button", name="Create the pack").click()
    expect(page.get_by_role("heading", name="The pack is ready")).to_be_visible()
    page.goto(one.url("board-pack"))
    settled(page)
    expect(page.get_by_role("table").filter(has_text="Draft").first).to_be_visible()
