"""The one entry, started by an ASGI server that isn't ours: health, guard, log and an orderly end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scorecard.pages.upload.store_in_background import THREAD
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE
from tests.journeys.conftest import PROJECT, STARTS_WITHIN, STOPS_WITHIN, free_port

UVICORN = f"""
import pathlib, sys, threading, time, uvicorn
folder = pathlib.Path(sys.argv.pop(1))
def store():
    while not (folder / "go on").exists():
        time.sleep(0.05)
    (folder / "stored").touch()
threading.Thread(target=store, name="{THREAD}").start()
uvicorn.main()
"""  # the server's own command, in whose process something is being stored

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows stops a process without telling it")


@dataclass
class Served:
    """A server that was started: where, by which process, and the file of what it writes."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """By uvicorn, from another folder than the project's."""
    folder = tmp_path_factory.mktemp("served")
    port, log = free_port(), folder / "server.log"
    command = [sys.executable, "-c", UVICORN, str(folder), "--app-dir", str(PROJECT), "--port", str(port), "server:app"]
    environment = {**os.environ, DATABASE_VARIABLE: f"sqlite:///{folder / 'scorecard.db'}"}
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=written, stderr=written)
    running = Served(f"http://127.0.0.1:{port}", process, log)
    latest = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < latest and process.poll() is None:
        try:
            running.ask("/health/live")
            break
        except OSError:
            time.sleep(0.2)
    yield running
    if process.poll() is None:
        process.kill()
        process.wait()


def test_it_is_ready_once_it_answers(served: Served) -> None:
    assert served.ask("/health/live")[0] == 200
    assert served.ask("/health/ready") == (200, "The scorecard is ready: its store answers and is up to date.\n")


def test_pages_are_behind_the_guard(served: Served) -> None:
    status, page = served.ask("/overview")
    assert status == 200
    assert "<script" in page
    for headers in ({"Host": "elsewhere.test"}, {"Origin": "https://elsewhere.test"}):
        assert served.ask("/health/ready", **headers)[0] == 403


def test_nothing_of_what_is_asked_for_stands_in_the_log(served: Served) -> None:
    served.ask("/measure?measure=secret-query&by=Jane+Smith")
    served.ask("/Jane-Smith/secret-token")
    assert until(lambda: " GET /…/… " in served.log.read_text())  # a line is written after its answer
    written = served.log.read_text()
    assert " GET /measure 200 " in written
    assert not [word for word in ("secret", "Smith", "?") if word in written]


def test_told_to_stop_it_ends_once_what_is_being_stored_is_stored(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    assert until(lambda: "Waiting for application shutdown" in served.log.read_text())
    with pytest.raises(subprocess.TimeoutExpired):
        served.process.wait(0.5)
    (served.log.parent / "go on").touch()
    assert served.process.wait(STOPS_WITHIN) in (0, -signal.SIGTERM)  # uvicorn hears the signal again at its end
    assert (served.log.parent / "stored").exists()
    assert "Application shutdown complete" in served.log.read_text()


def until(happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + STOPS_WITHIN
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()
