"""A real app on a store of its own, and a real browser to walk through it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PROJECT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60  # seconds
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


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


def settled(page: Page) -> None:
    """Waits until Streamlit has run the page through and nothing fades in or out any more."""
    page.wait_for_selector('[data-testid="stApp"]')
    page.wait_for_function(
        """() => {
          const app = document.querySelector('[data-testid="stApp"]');
          return app && app.getAttribute('data-test-script-state') === 'notRunning'
            && document.querySelector('h1') && !document.querySelector('[data-testid="stSpinner"]')
            && !document.querySelector('[data-stale="true"]')
            && [...document.querySelectorAll('[data-testid="stElementContainer"]')]
              .every((element) => getComputedStyle(element).opacity === '1');
        }"""
    )
    page.wait_for_timeout(300)
