"""Only this machine, really: what a hostile page in the same browser can't do, and that nothing leaves the machine."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import ELSEWHERE
from tests.journeys.conftest import App, settled, started, stop

pytestmark = [pytest.mark.browser, pytest.mark.long]
# Every socket of the server's Python tells here where it is to go, and what isn't loopback goes nowhere.
WATCH = """
import os, sys
LOOPBACK = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", None, "", b"localhost")
def watch(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = given[1]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0][0] if isinstance(given[0], tuple) else given[0]
    else:
        return
    if host not in LOOPBACK:
        with open(os.environ["WENT_OUT"], "a") as file:
            file.write(f"{event} {host}\\n")
        raise OSError("nothing leaves this machine")
sys.addaudithook(watch)
"""
# What a page of another origin tries; what it could do is noted.
ATTACK = """<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1><script>
const app = new URLSearchParams(location.search).get('app');
window.done = {};
const socket = new WebSocket(app.replace('http', 'ws') + '/_stcore/stream', ['streamlit']);
socket.onopen = () => { window.done.socket = 'open'; };
socket.onclose = () => { window.done.socket ??= 'refused'; };
const note = (words) => () => { window.done.fetch = words; };
fetch(app + '/_stcore/host-config').then(note('read'), note('refused'));
const picture = new Image();
picture.onload = () => { window.done.picture = 'shown'; };
picture.onerror = () => { window.done.picture = 'refused'; };
picture.src = app + '/favicon.png';
const frame = document.createElement('iframe');
frame.onload = () => { window.done.frame = 'loaded'; };
frame.src = app;
document.body.append(frame);
</script>"""


@pytest.fixture(scope="module")
def went_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watch") / "went-out"


@pytest.fixture(scope="module")
def watched_environment(went_out: Path) -> dict[str, str]:
    """The environment of a Python whose sockets are watched."""
    (went_out.parent / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return {"PYTHONPATH": str(went_out.parent), "WENT_OUT": str(went_out)}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, watched_environment: dict[str, str]) -> Iterator[App]:
    running = started(tmp_path_factory.mktemp("app"), **watched_environment)
    yield running
    stop(running)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of another server on this machine, with a hostile page."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text(ATTACK, encoding="utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def test_a_page_of_another_site_or_port_can_neither_reach_nor_frame_the_pages(
    app: App, visitor: BrowserContext, elsewhere: int
) -> None:
    port = app.address.rpartition(":")[2]
    for host in ("localhost", "127.0.0.1", ELSEWHERE):
        for name in ("localhost", "127.0.0.1"):
            page = visitor.new_page()
            page.goto(f"http://{host}:{elsewhere}/?app=http://{name}:{port}")
            page.wait_for_function("() => Object.keys(window.done).length >= 3")
            page.wait_for_function("() => document.querySelector('iframe')")
            done = page.evaluate("() => window.done")
            assert {done["socket"], done["fetch"], done["picture"]} == {"refused"}, (host, name)
            shown = [frame.locator("[data-testid=stApp]").count() for frame in page.frames[1:]]
            assert shown == [0] * len(shown)
            page.close()


def test_a_name_that_points_at_this_machine_is_no_name_of_the_pages(app: App, page: Page) -> None:
    port = app.address.rpartition(":")[2]
    answer = page.goto(f"http://{ELSEWHERE}:{port}/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("body")).to_have_text(
        f"The scorecard answers on this machine alone. Open http://localhost:{port}"
    )


def test_a_journey_asks_nothing_of_the_network(
    app: App, page: Page, went_out: Path, watched_environment: dict[str, str], tmp_path: Path
) -> None:
    """By this machine's other name, too. What was refused above, before this, made no question either."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = app.address.replace("127.0.0.1", "localhost")
    for path in ("", "measure?measure=adoptions", "upload", "board-pack", "about"):
        page.goto(f"{address}/{path}")
        settled(page)
    file = tmp_path / "extract.csv"
    file.write_text("measure_id,period,value\nadoptions,2020-08,2\n", encoding="utf-8")
    page.goto(f"{address}/upload")
    settled(page)
    page.locator("input[type=file]").first.set_input_files(str(file))
    expect(page.get_by_text("new", exact=False).first).to_be_visible()
    others = [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))]
    assert others == []
    assert not went_out.exists(), went_out.read_text()
    # The watch does see what goes out.
    command = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", command], env={**os.environ, **watched_environment}, check=True)
    assert "192.0.2.1" in went_out.read_text()
    went_out.unlink()
