"""A real app on a store of its own, and a real browser to walk through it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PROJECT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60  # seconds
QUIET, LOOKS_EVERY = 200, 40  # milliseconds: so long nothing has moved on a page that is settled; it is looked so often
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@dataclass
class App:
    """A running app: where it answers, and the store it shows."""

    address: str
    database: Path
    process: subprocess.Popen[bytes]
    log: Path

    def url(self, page: str = "", **query: str) -> str:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{self.address}/{page}" + (f"?{asked}" if asked else "")


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def started(folder: Path, **environment: str) -> App:
    """Starts the app on a new store in a folder, and waits until it answers."""
    port = free_port()
    database = folder / "scorecard.db"
    log = folder / "app.log"
    asked = {**os.environ, "SCORECARD_DATABASE_URL": f"sqlite:///{database}", **environment}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "scorecard", "serve", "--port", str(port), "--no-browser"],
            cwd=PROJECT, env=asked, stdout=written, stderr=written,
        )  # fmt: skip
    app = App(f"http://127.0.0.1:{port}", database, process, log)
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{app.address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return app
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"The app did not answer within {STARTS_WITHIN} seconds:\n{log.read_text()}")


def stop(app: App) -> None:
    """Stops the app as a service would: the command stops the server that it started, and waits for it."""
    app.process.terminate()
    try:
        app.process.wait(20)
    except subprocess.TimeoutExpired:
        app.process.kill()
        raise


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    running = started(tmp_path_factory.mktemp("app"))
    yield running
    stop(running)


@pytest.fixture(scope="module")
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """One visitor's browser for a module: what every page loads is fetched once."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True, locale="en-GB")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    opened = visitor.new_page()
    yield opened
    opened.close()


# What has moved on a page: when last, and how often Streamlit has begun to run it through since it was loaded.
MOVED = """() => {
  if (!window.whatMoved) {
    const moved = window.whatMoved = {last: performance.now(), runs: 0};
    const state = 'data-test-script-state';
    new MutationObserver((changes) => {
      moved.last = performance.now();
      for (const {attributeName, oldValue} of changes)
        if (attributeName === state && oldValue === 'notRunning') moved.runs += 1;
    }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true,
                          attributeOldValue: true});
    document.addEventListener('scroll', () => { moved.last = performance.now(); }, {capture: true});
  }
  return window.whatMoved;
}"""
SETTLED = f"""() => {{
  const moved = ({MOVED})();
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && performance.now() - moved.last > {QUIET}
    && document.querySelector('h1') && !document.querySelector('[data-testid="stSpinner"]')
    && !document.querySelector('[data-stale="true"]')
    && [...document.querySelectorAll('[data-testid="stElementContainer"]')]
      .every((element) => getComputedStyle(element).opacity === '1');
}}"""


def settled(page: Page) -> None:
    """Waits until Streamlit has run the page through and nothing moves, comes, goes or fades any more."""
    page.wait_for_selector('[data-testid="stApp"]')
    page.wait_for_function(SETTLED, polling=LOOKS_EVERY)


@contextmanager
def run_through(page: Page) -> Iterator[None]:
    """What is done here makes Streamlit run the page: waits until it has begun to, however busy, and has settled."""
    before = page.evaluate(MOVED)["runs"]
    yield
    page.wait_for_function(f"(before) => ({MOVED})().runs > before", arg=before, polling=LOOKS_EVERY)
    settled(page)
