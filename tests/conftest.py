"""What every test may ask for: the project's own catalogue, and a scorecard on a store of its own."""

from __future__ import annotations

import functools
import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, sync_playwright

from scorecard.access.person import local_person
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.store import open_store
from scorecard.use_cases.open_scorecard import BOARDS_VARIABLE, CATALOGUE_VARIABLE, Scorecard, Settings, open_scorecard
from tests.frozen_catalogue import BOARDS, CATALOGUE
from tests.journeys.browser import FLAGS
from tests.journeys.browser import browser as browser_path
from tests.postgresql import Databases, running
from tests.quickest_first import pytest_addoption, pytest_configure

__all__ = ["pytest_addoption", "pytest_configure"]  # hooks, which pytest looks for here

PROJECT = Path(__file__).resolve().parents[1]
# Properties are tried on the same cases every time, however slow the machine. For other cases, and ten times as many:
# pytest --hypothesis-profile=search
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis.register_profile("same", derandomize=True, **UNHURRIED)
hypothesis.register_profile("search", max_examples=1_000, **UNHURRIED)
hypothesis.load_profile("same")
ANSWERS_WITHIN = 120_000  # milliseconds: how long a busy machine may take; a guard, never waited for
WHEN = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)
os.environ |= {CATALOGUE_VARIABLE: str(CATALOGUE), BOARDS_VARIABLE: str(BOARDS)}  # for programs that a test starts too


def pytest_xdist_auto_num_workers() -> int:
    """A worker more than there are cores: some wait for a browser, a server or a disk while others compute."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionstart() -> None:
    """A mutant is tried in a process that has run the tests before: what was remembered then would stand for it."""
    if os.environ.get("MUTANT_UNDER_TEST"):
        gc.unfreeze()
        for remembering in [known for known in gc.get_objects() if isinstance(known, functools._lru_cache_wrapper)]:
            remembering.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's modules first: they are the longest, and one that begins last would be waited for alone."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: Python looks for waste among what comes after it alone."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # and seldom: a tenth of all the time of tests went into it


@pytest.fixture(scope="session")
def plan_catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE.read_bytes())


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """A PostgreSQL server that all processes of the tests share, with a database of this process's own in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    with running(base.parent if worker else base) as server:
        yield Databases(server, f"tests_{worker}")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to copy: twenty times as fast as another one made."""
    file = tmp_path_factory.mktemp("empty") / "scorecard.db"
    open_store(f"sqlite:///{file}").close()
    return file


def copied(empty_store: Path, folder: Path) -> str:
    """The address of a copy of an empty store in a folder."""
    return f"sqlite:///{shutil.copy(empty_store, folder / 'scorecard.db')}"


DATABASES = ("sqlite", "postgresql")
# Of a use case's tests those that say nothing of what is kept: what a store does is asked of both kinds in tests/store.
IN_ONE_DATABASE = pytest.mark.parametrize("database", DATABASES[:1])


@pytest.fixture
def database() -> str:
    """The database that a scorecard's store is in; the use cases are tried in both (tests/use_cases/conftest.py)."""
    return "sqlite"


def empty_in(database: str, request: pytest.FixtureRequest) -> str:
    """The address of a store that is empty, in a database."""
    if database == "postgresql":
        return str(request.getfixturevalue("postgresql").url())
    return copied(request.getfixturevalue("empty_store"), request.getfixturevalue("tmp_path"))


@pytest.fixture(params=DATABASES)
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a store that is empty, in each of the databases that can hold one."""
    return empty_in(request.param, request)


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, of each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql").url(without_tables=True))
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def settings(database: str, request: pytest.FixtureRequest) -> Settings:
    return Settings(catalogue=CATALOGUE, boards=BOARDS, database_url=empty_in(database, request))


@pytest.fixture
def opened(settings: Settings) -> Iterator[Scorecard]:
    with open_scorecard(settings, local_person("tester"), WHEN) as scorecard:
        yield scorecard


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright can be started once in it."""
    path = browser_path()
    with sync_playwright() as playwright:
        named = {} if path == "playwright" else {"executable_path": path}
        browser = playwright.chromium.launch(args=FLAGS, timeout=ANSWERS_WITHIN, **named)
        yield browser
        browser.close()
