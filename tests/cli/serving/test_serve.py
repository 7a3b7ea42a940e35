"""Serving: the pages in a browser where there is a screen, and an orderly end however the command is told to stop."""

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

from scorecard.cli.serving.serve import _answers, _once_it_answers
from tests.journeys.conftest import PROJECT, STOPS_WITHIN, free_port

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows stops a process without telling it")


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def until(happens: Callable[[], bool], within: float = 60) -> bool:
    end = time.monotonic() + within
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()


# SIGTERM ends every app of the journeys, which must then end with 0.
@pytest.mark.parametrize(("screen", "ignored", "signal_name"), [(":0", None, "SIGHUP"), ("", "SIGHUP", "SIGINT")])
def test_a_browser_is_shown_the_pages_where_there_is_a_screen_and_they_end_when_told(
    screen: str, ignored: str | None, signal_name: str, tmp_path: Path
) -> None:
    """One that ignores a signal, as under nohup, goes on: the pages outlive the terminal that started them."""
    shown, port = tmp_path / "shown", free_port()
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{shown}.part" && mv "{shown}.part" "{shown}"\n', encoding="utf-8")
    browser.chmod(0o755)
    environment = {
        **os.environ, "BROWSER": f"'{browser}' %s", "DISPLAY": screen, "WAYLAND_DISPLAY": "",
        "SCORECARD_DATABASE_URL": f"sqlite:///{tmp_path / 'scorecard.db'}",
    }  # fmt: skip

    def first() -> None:
        for name in ("SIGINT", "SIGHUP"):
            signal.signal(getattr(signal, name), signal.SIG_IGN if name == ignored else signal.SIG_DFL)

    command = [sys.executable, "-m", "scorecard", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=first
    ) as serving:
        assert serving.stdout
        assert serving.stdout.readline() == "The scorecard starts.\n"
        assert serving.stdout.readline().startswith(f"It is at http://localhost:{port}, for this machine alone.")
        assert answers(port), "its address is said once it answers"
        if screen or sys.platform != "linux":
            assert until(shown.exists)
            assert shown.read_text(encoding="utf-8").strip() == f"http://localhost:{port}"
        if ignored:
            serving.send_signal(getattr(signal, ignored))
            with pytest.raises(subprocess.TimeoutExpired):
                serving.wait(0.5)
        serving.send_signal(getattr(signal, signal_name))
        assert serving.wait(STOPS_WITHIN) == 0
        assert not answers(port)
    assert shown.exists() == bool(screen or sys.platform != "linux")


@pytest.mark.parametrize(("listens_at", "asked_at"), [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "0.0.0.0")])
def test_where_the_pages_are_is_said_of_the_address_they_answer_at(
    listens_at: str, asked_at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server((listens_at, 0)) as listening:
        _once_it_answers(asked_at, listening.getsockname()[1], "It is there.", None)
    assert capsys.readouterr().out == "It is there.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine's own second address has to be set up")
def test_an_address_of_its_own_is_asked_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.2", 0)) as listening:
        port = listening.getsockname()[1]
        assert not _answers("127.0.0.1", port)
        _once_it_answers("127.0.0.2", port, "It is there.", None)
    assert capsys.readouterr().out == "It is there.\n"
