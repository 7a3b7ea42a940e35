"""A preview goes when its tab is closed: counted in the server itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import App, settled, started, stop

pytestmark = pytest.mark.browser
WITHIN = 60  # seconds: a guard, never waited for
COUNT = """
import gc, os, sys, threading, time, weakref
previews = []
def watched(put):
    def putting(place, made_of, preview, size):
        previews.append(weakref.ref(preview))
        put(place, made_of, preview, size)
    return putting
def count():
    while not hasattr(held := sys.modules.get("scorecard.pages.upload.held_previews"), "put"):
        time.sleep(0.1)
    held.put = watched(held.put)
    while True:
        time.sleep(0.2)
        gc.collect()
        with open(os.environ["COUNTED"] + ".part", "w") as file:
            file.write(str(sum(one() is not None for one in previews)))
        os.replace(os.environ["COUNTED"] + ".part", os.environ["COUNTED"])
if "serve" in sys.orig_argv:
    threading.Thread(target=count, daemon=True).start()
"""


@pytest.fixture
def count_file(tmp_path: Path) -> Path:
    return tmp_path / "counted"


@pytest.fixture
def app(tmp_path: Path, count_file: Path) -> Iterator[App]:
    (tmp_path / "sitecustomize.py").write_text(COUNT, encoding="utf-8")
    running = started(tmp_path, PYTHONPATH=str(tmp_path), COUNTED=str(count_file))
    yield running
    stop(running)


def held(count_file: Path, number: int) -> bool:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if count_file.exists() and count_file.read_text() == str(number):
            return True
        time.sleep(0.2)
    assert count_file.exists(), "the server never began to count"
    return False


@pytest.mark.long
def test_each_tab_holds_its_preview_until_it_is_closed(app: App, visitor: BrowserContext, count_file: Path) -> None:
    pages = []
    for number in (1, 2):
        page = visitor.new_page()
        page.goto(app.url("upload"))
        settled(page)
        content = f"measure_id,period,value\nadoptions,2020-08,{number}\n".encode()
        file = {"name": f"{number}.csv", "mimeType": "text/csv", "buffer": content}
        page.locator("input[type=file]").first.set_input_files(files=[file])  # type: ignore[list-item]
        expect(page.get_by_role("button", name="Store this extract")).to_be_visible()
        settled(page)
        pages.append(page)
        assert held(count_file, number), count_file.read_text()
    for number, page in ((1, pages[0]), (0, pages[1])):
        page.close()
        assert held(count_file, number), count_file.read_text()
