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
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.conftest import ANSWERS_WITHIN

PROJECT = Path(__file__).resolve().parents[2]
# How long a busy machine may take before it is taken to have failed: guards, never waited for.
STARTS_WITHIN, STOPS_WITHIN = 120, 60  # seconds
QUIET, LOOKS_EVERY = 200, 40  # milliseconds: so long nothing has moved on a page that is settled; it is looked so often
expect.set_options(timeout=60_000)


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


def started(folder: Path, *options: str, **environment: str) -> App:
    """Starts the app on a new store in a folder, and waits until it answers. options: of `serve`."""
    port = free_port()
    database = folder / "scorecard.db"
    log = folder / "app.log"
    address = f"sqlite:///{database}?timeout={ANSWERS_WITHIN // 1000}"
    asked = {**os.environ, "SCORECARD_DATABASE_URL": address, **environment}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "scorecard", "serve", "--port", str(port), "--no-browser", *options],
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
    how = f"did not answer within {STARTS_WITHIN} seconds" if process.poll() is None else "ended at once"
    process.kill()
    raise RuntimeError(f"The app {how}:\n{log.read_text()}")


def stop(app: App) -> None:
    """Stops the app as a service would; it ends in good order."""
    app.process.terminate()
    try:
        assert app.process.wait(STOPS_WITHIN) == 0, app.log.read_text()
    except subprocess.TimeoutExpired:
        app.process.kill()
        raise


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    running = started(tmp_path_factory.mktemp("app"))
    yield running
    stop(running)


def visiting(chromium: Browser, **more: bool) -> BrowserContext:
    """A visitor's own browser, in which every page notes what moves on it. Whoever asks for it closes it."""
    size = {"width": 1440, "height": 1000}
    context = chromium.new_context(viewport=size, accept_downloads=True, locale="en-GB", **more)
    context.set_default_timeout(ANSWERS_WITHIN)
    context.add_init_script(NOTES)
    return context


@pytest.fixture(scope="module")
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """One visitor's browser for a module: what every page loads is fetched once."""
    context = visiting(chromium)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    opened = visitor.new_page()
    yield opened
    opened.close()


# Streamlit's messages are protobuf: the number of a message's field, times eight, is the byte that stands before it.
ASKS = (BackMsg.RERUN_SCRIPT_FIELD_NUMBER << 3) + 2
ENDS = ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER << 3
BEFORE_IT = [(number << 3) + 2 for number in (ForwardMsg.HASH_FIELD_NUMBER, ForwardMsg.METADATA_FIELD_NUMBER)]
BEGINS_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN

# Noted from the start on every page: when something last moved; whether the page has asked Streamlit for a run that has
# not come to its end yet; how many have, how long the last took, and the bytes that came. Not taken from what the page
# shows of it: a short run can begin and end before a busy browser draws, and between a run and the one that it asks for
# itself the page stands still.
NOTES = f"""(() => {{
  const noted = window.noted = {{moved: performance.now(), asked: false, ended: 0, since: 0, took: 0, bytes: 0}};
  const move = () => {{ noted.moved = performance.now(); }};
  const ends = (bytes) => {{
    let at = 0;
    while ({BEFORE_IT}.includes(bytes[at])) at += 2 + bytes[at + 1];
    return bytes[at] === {ENDS} && bytes[at + 1] !== {BEGINS_AGAIN};
  }};
  window.WebSocket = class extends WebSocket {{
    constructor(...given) {{
      super(...given);
      this.addEventListener('message', ({{data}}) => {{
        noted.bytes += data.byteLength;
        if (data.byteLength > 100 || !ends(new Uint8Array(data))) return;
        noted.asked = false;
        noted.ended += 1;
        noted.took = performance.now() - noted.since;
        move();
      }});
    }}
    send(data) {{
      if (new Uint8Array(data)[0] === {ASKS}) {{
        noted.asked = true;
        noted.since = performance.now();
      }}
      super.send(data);
    }}
  }};
  const all = {{subtree: true, childList: true, characterData: true, attributes: true}};
  new MutationObserver(move).observe(document, all);
  document.addEventListener('scroll', move, {{capture: true}});
}})();"""
SETTLED = f"""() => {{
  if (!window.noted) throw new Error('Nothing is noted on this page: open it in a browser of visiting(chromium)');
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !noted.asked && noted.ended && performance.now() - noted.moved > {QUIET}
    && document.querySelector('h1')
    && !document.querySelector('[data-testid="stSpinner"], [data-testid="stSkeleton"], [data-stale="true"]')
    && document.fonts.status === 'loaded'
    && !document.getAnimations()
      .some((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime < Infinity)
    && [...document.querySelectorAll('[data-testid="stElementContainer"]')]
      .every((element) => getComputedStyle(element).opacity === '1');
}}"""


def settled(page: Page) -> None:
    """Waits until Streamlit has run the page through and nothing moves, comes, goes or fades any more."""
    page.wait_for_function(SETTLED, polling=LOOKS_EVERY)


@contextmanager
def run_through(page: Page) -> Iterator[None]:
    """What is done here makes Streamlit run the page, or another: waits until it has been run through and settled."""
    settled(page)
    page.evaluate("() => { noted.ended = 0; }")
    yield
    settled(page)
