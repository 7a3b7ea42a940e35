"""Words that are true when things fail: a full drive, no drive, a signal, a number that is no port, an older Python."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import extract_commands
from scorecard.cli.commands import main
from scorecard.store.received import extracts
from tests.cli.test_commands import GOOD, own_store, written
from tests.cli.test_commands import extracts as stored_extracts
from tests.journeys.conftest import PROJECT, free_port

__all__ = ["own_store"]
needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals, rights and /dev/full are Unix's")


def run(*arguments: str, output: str | None = None) -> subprocess.CompletedProcess[str]:
    """The terminal in a process of its own, its answer going to a file."""
    command = [sys.executable, "-m", "scorecard", *arguments]
    with open(output or os.devnull, "wb") as answer:
        return subprocess.run(command, cwd=PROJECT, stdout=answer, stderr=subprocess.PIPE, text=True)


@needs_posix
def test_an_answer_that_can_t_be_written_says_what_was_stored(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("load", written(tmp_path, GOOD), output="/dev/full")
    assert done.returncode == 4
    assert done.stderr == (
        "All of the file is stored, as extract 1. The answer could not be written: No space left on device.\n"
    )
    assert stored_extracts(own_store) == 1
    for command in (["assess"], ["validate", written(tmp_path, GOOD)], ["--help"], ["verify"]):
        with open("/dev/full", "w") as full, monkeypatch.context() as answers:
            answers.setattr(sys, "stdout", full)
            assert main(command) == 4
        assert capsys.readouterr().err == "The answer could not be written: No space left on device.\n"


@needs_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert main(["pack", "--period", "2020-07", "--out", str(folder)]) == 4
    assert "The snapshot is kept" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["in-the-way", "in-the-way/packs"])
def test_documents_that_can_t_be_written_say_that_the_snapshot_is_kept(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    assert main(["pack", "--period", "2020-07", "--format", "html", "--out", str(tmp_path / out)]) == 4
    printed = capsys.readouterr()
    snapshot_id = printed.out.splitlines()[0].removeprefix("snapshot ")
    assert f"The snapshot is kept; --snapshot {snapshot_id[:12]} draws its documents again." in printed.err
    assert "Nothing was changed" not in printed.err
    assert main(["template", "2020-08", "--format", "xlsx", "--out", str(tmp_path / out)]) == 4
    assert capsys.readouterr().err.endswith("Nothing was changed.\n")
    assert main(["pack", "--snapshot", snapshot_id[:12], "--format", "html", "--out", str(tmp_path / "packs")]) == 0


@needs_posix
def test_a_document_is_its_owner_s_alone_unless_asked(tmp_path: Path) -> None:
    for asked, file, folder in (([], 0o600, 0o700), (["--for-others"], 0o644, 0o755)):
        out = tmp_path / f"packs{len(asked)}"
        before = os.umask(0o022)
        try:
            assert main(["pack", "--period", "2020-07", "--out", str(out), "--format", "html", *asked]) == 0
        finally:
            os.umask(before)
        (document,) = out.iterdir()
        assert stat.S_IMODE(document.stat().st_mode) == file
        assert stat.S_IMODE(out.stat().st_mode) == folder


def test_a_document_that_could_not_be_written_whole_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scorecard.cli import answers

    answers.write_file(tmp_path, "pack.pdf", b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(answers.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        answers.write_file(tmp_path, "pack.pdf", b"after")
    assert [file.name for file in tmp_path.iterdir()] == ["pack.pdf"]
    assert (tmp_path / "pack.pdf").read_bytes() == b"before"


# Told to stop

STOPS = [
    ("SIGINT", "before", 0, "Stopped. Nothing was changed.\n"),
    ("SIGTERM", "before", 0, "Stopped. Nothing was changed.\n"),
    ("SIGINT", "early", 0, "Stopped. Nothing of the file was stored.\n"),
    ("SIGTERM", "early", 0, "Stopped. Nothing of the file was stored.\n"),
    ("SIGTERM", "late", 1, "Stopped. All of the file is stored, as extract 1.\n"),
    ("SIGINT", "late", 1, "Stopped. All of the file is stored, as extract 1.\n"),
]


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Has this process told to stop, by a signal, while it checks a file, or before or after it stores figures."""
    add, check = extracts._add_observations, extract_commands.preview_extract

    def by(name: str, when: str) -> None:
        def tell(now: str) -> None:
            if now == when:
                signal.raise_signal(getattr(signal, name))

        def adding(*given: Any) -> None:
            tell("early")
            add(*given)
            tell("late")

        def checking(*given: Any, **more: Any) -> Any:
            tell("before")
            return check(*given, **more)

        monkeypatch.setattr(extracts, "_add_observations", adding)
        monkeypatch.setattr(extract_commands, "preview_extract", checking)

    return by


@needs_posix
@pytest.mark.parametrize(("name", "when", "stored", "printed"), STOPS)
def test_told_to_stop_a_load_says_what_was_stored(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str], stopped: Callable[[str, str], None],
    name: str, when: str, stored: int, printed: str,
) -> None:  # fmt: skip
    stopped(name, when)
    assert main(["load", written(tmp_path, GOOD)]) == 4
    assert capsys.readouterr() == ("", printed)
    assert stored_extracts(own_store) == stored


@needs_posix
def test_what_is_told_to_stop_by_a_signal_that_is_ignored_goes_on(
    tmp_path: Path, own_store: Path, stopped: Callable[[str, str], None]
) -> None:
    stopped("SIGHUP", "early")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert main(["load", written(tmp_path, GOOD)]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
    assert stored_extracts(own_store) == 1


# Numbers and moments


@pytest.mark.parametrize("port", ["0", "65536", "99999", "1" + "0" * 30])
def test_what_is_no_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", port]) == 2
    assert "a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_that_is_in_use_is_said_with_another(capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert main(["serve", "--port", str(port), "--no-browser"]) == 4
    printed = capsys.readouterr()
    assert f"port {port} is in use by another program" in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("number", ["9", "0", "12345678901234567890", "9" * 400])
def test_an_extract_of_any_number_that_isn_t_there_is_refused(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["withdraw", number, "--reason", "wrong"]) == 1
    assert capsys.readouterr().err.startswith("There is no extract ")


@pytest.mark.parametrize("command", [["assess"], ["pack", "--period", "2020-07", "--out", "packs"]])
@pytest.mark.parametrize(
    ("moment", "phrase"),
    [("0001-01-01", "before 2000"), ("9999-12-31", "in the future"), ("soon", "no moment"), ("", "no moment")],
)
def test_a_moment_that_can_t_be_known_at_is_wrong_usage(
    own_store: Path, capsys: pytest.CaptureFixture[str], command: list[str], moment: str, phrase: str
) -> None:
    assert main([*command, "--as-known-at", moment]) == 2
    assert phrase in capsys.readouterr().err


def test_as_known_at_a_day_means_its_end_and_before_the_first_load_it_is_said(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", written(tmp_path, GOOD)]) == 0
    capsys.readouterr()
    with sqlite3.connect(own_store) as connection:
        (micros,) = connection.execute("SELECT recorded_from FROM extracts").fetchone()
    from datetime import UTC, datetime, timedelta

    loaded = datetime.fromtimestamp(micros / 1e6, UTC).astimezone()
    for moment in (f"{loaded:%Y-%m-%d}", f"{loaded:%Y-%m-%dT%H:%M:%S}"):
        assert main(["assess", "--csv", "--period", "2020-08", "--as-known-at", moment]) == 0
        printed = capsys.readouterr()
        assert "2020-08" in printed.out
        assert printed.err == ""
    for moment in (f"{loaded - timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}", "2020-08-03"):
        assert main(["assess", "--as-known-at", moment]) == 0
        assert "Nothing had been loaded by" in capsys.readouterr().err
    asked = ["--format", "html", "--out", str(tmp_path / "p"), "--as-known-at", moment]
    assert main(["pack", "--period", "2020-07", *asked]) == 0
    assert "Nothing had been loaded by" in capsys.readouterr().err


OLDER = """
import runpy, sys
sys.version_info = (3, 10, 4, 'final', 0)
sys.argv = ['scorecard', 'assess']
runpy.run_module('scorecard', run_name='__main__')
"""


def test_an_older_python_is_told_which_one_is_needed() -> None:
    done = subprocess.run([sys.executable, "-c", OLDER], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("The scorecard needs Python 3.11 or newer, and this is Python 3.10.4.")
    assert "Traceback" not in done.stderr


def test_what_an_older_python_reads_first_is_written_so_that_it_can_read_it() -> None:
    import ast

    for name in ("__init__.py", "__main__.py"):
        ast.parse((PROJECT / "scorecard" / name).read_text(encoding="utf-8"), feature_version=(3, 7))
