"""Two apps and a terminal on one store, of either kind: what one stores the others show at the next click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from scorecard.cli.commands import main
from tests.journeys.conftest import App, run_through, settled, started, stop
from tests.journeys.test_journeys import send
from tests.postgresql import Databases

pytestmark = pytest.mark.browser

HEADER = "measure_id,period,value\n"
AUGUST = f"{HEADER}contacts-becoming-referrals,2020-08,20%\n"
SEPTEMBER = f"{HEADER}contacts-becoming-referrals,2020-09,23%\n"
MEASURE = {"measure": "contacts-becoming-referrals"}


class Served(NamedTuple):
    """A store, and two processes that serve it."""

    address: str
    one: App
    other: App


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('store') / 'scorecard.db'}?timeout=60"
    else:
        postgresql: Databases = request.getfixturevalue("postgresql")
        address = postgresql.url()
    running: list[App] = []
    try:
        for name in ("one", "other"):
            running.append(started(tmp_path_factory.mktemp(name), SCORECARD_DATABASE_URL=address))
        yield Served(address, *running)
    finally:
        for app in running:
            stop(app)


def test_what_one_stores_the_others_show_at_the_next_click(
    served: Served, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(served.one.url("upload"))
    settled(page)
    send(page, "august.csv", AUGUST)
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_text("Extract 1 is stored: 1 new", exact=False)).to_be_visible()
    page.goto(served.other.url("measure", **MEASURE))
    settled(page)
    expect(page.get_by_text("August 2020", exact=False).first).to_be_visible()
    file = tmp_path / "september.csv"
    file.write_text(SEPTEMBER, encoding="utf-8")
    monkeypatch.setenv("SCORECARD_DATABASE_URL", served.address)  # the terminal is a third process: this one
    assert main(["load", str(file), "--accept-warnings", "--reason", "Checked"]) == 0
    with run_through(page):
        page.get_by_role("link", name="Definition and the plan's words").click()
    expect(page.get_by_text("September 2020", exact=False).first).to_be_visible()
