"""What every test may ask for: the project's own catalogue, and a scorecard on a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.reading import read_catalogue
from scorecard.use_cases.scorecard import Scorecard, Settings, open_scorecard
from tests.journeys.browser import FLAGS
from tests.journeys.browser import browser as browser_path

PROJECT = Path(__file__).resolve().parents[1]
WHEN = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def plan_catalogue() -> Catalogue:
    return read_catalogue((PROJECT / "config" / "measures.yaml").read_bytes())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    config = PROJECT / "config"
    return Settings(
        catalogue=config / "measures.yaml",
        boards=config / "boards.yaml",
        database_url=f"sqlite:///{tmp_path / 'scorecard.db'}",
    )


@pytest.fixture
def opened(settings: Settings) -> Iterator[Scorecard]:
    with open_scorecard(settings, "tester", WHEN) as scorecard:
        yield scorecard


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright can be started once in it."""
    path = browser_path()
    with sync_playwright() as playwright:
        named = {} if path == "playwright" else {"executable_path": path}
        browser = playwright.chromium.launch(args=FLAGS, **named)
        yield browser
        browser.close()
