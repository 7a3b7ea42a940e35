"""Serving: who stops the command stops the pages, whatever way it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import PROJECT, free_port, started

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows stops a process without telling it")
STOPS_WITHIN = 60  # seconds: a guard, never waited for
SERVER = """
import pathlib, signal, sys, time
def stop(*_):
    time.sleep(0.3)  # what is being stored is stored to its end
    pathlib.Path(sys.argv[1], "ended").touch()
    sys.exit(3)
signal.signal(signal.SIGTERM, stop)
pathlib.Path(sys.argv[1], "began").touch()
time.sleep(600)  # until it is told
"""
COMMAND = """
import sys
from scorecard.cli.serve import run_until_stopped
sys.exit(run_until_stopped([sys.executable, *sys.argv[1:]]))
"""


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def until(happens: Callable[[], bool], within: float = 60) -> bool:
    end = time.monotonic() + within
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()


def test_the_command_told_to_stop_takes_its_pages_with_it(tmp_path: Path) -> None:
    app = started(tmp_path)
    port = int(app.address.rpartition(":")[2])
    assert answers(port)
    os.kill(app.process.pid, signal.SIGTERM)
    assert app.process.wait(STOPS_WITHIN) == 0
    assert not answers(port)


@pytest.mark.parametrize("screen", ["", ":0"])
def test_a_browser_is_shown_the_pages_where_there_is_a_screen(screen: str, tmp_path: Path) -> None:
    shown, port = tmp_path / "shown", free_port()
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{shown}.part" && mv "{shown}.part" "{shown}"\n', encoding="utf-8")
    browser.chmod(0o755)
    environment = {
        **os.environ, "BROWSER": f"'{browser}' %s", "DISPLAY": screen, "WAYLAND_DISPLAY": "",
        "SCORECARD_DATABASE_URL": f"sqlite:///{tmp_path / 'scorecard.db'}",
    }  # fmt: skip
    command = [sys.executable, "-m", "scorecard", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL) as serving:
        assert until(lambda: answers(port), within=120)
        if screen or sys.platform != "linux":
            assert until(shown.exists)
            assert shown.read_text(encoding="utf-8").strip() == f"http://localhost:{port}"
        serving.terminate()
        assert serving.wait(STOPS_WITHIN) == 0
    assert shown.exists() == bool(screen or sys.platform != "linux")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_however_it_is_told_it_stops_its_server_and_waits_until_it_has_ended(name: str, tmp_path: Path) -> None:
    with stand_in(tmp_path) as command:
        assert until((tmp_path / "began").exists)
        os.kill(command.pid, getattr(signal, name))
        assert command.wait(STOPS_WITHIN) == 0
        assert (tmp_path / "ended").exists()


def test_a_signal_that_was_ignored_before_stays_so(tmp_path: Path) -> None:
    """As nohup has it: the pages outlive the terminal that started them."""
    with stand_in(tmp_path, ignored=signal.SIGHUP) as command:
        assert until((tmp_path / "began").exists)
        os.kill(command.pid, signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            command.wait(0.5)
        os.kill(command.pid, signal.SIGTERM)
        assert command.wait(STOPS_WITHIN) == 0


def test_a_server_that_ends_by_itself_gives_the_command_its_exit_code(tmp_path: Path) -> None:
    with stand_in(tmp_path, program="raise SystemExit(7)") as command:
        assert command.wait(60) == 7


def stand_in(folder: Path, program: str = SERVER, ignored: signal.Signals | None = None) -> subprocess.Popen[bytes]:
    """The command with a stand-in for the server, which notes in a folder when it began and ended."""

    def first() -> None:
        for one in (signal.SIGINT, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN if one == ignored else signal.SIG_DFL)

    return subprocess.Popen([sys.executable, "-c", COMMAND, "-c", program, str(folder)], cwd=PROJECT, preexec_fn=first)
