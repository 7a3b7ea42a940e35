"""The inner loop's order: what failed last, then the quickest modules; what has no room is left out, and said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.quickest_first import changed_modules

PROJECT = Path(__file__).resolve().parents[1]


def run(folder: Path, seconds: str) -> list[str]:
    """What pytest prints of the tests in a folder, line by line."""
    command = [sys.executable, "-m", "pytest", "-v", "-p", "tests.quickest_first", "--within", seconds, "."]
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout.splitlines()


def names(printed: list[str]) -> list[str]:
    return [line.split("::")[1].split()[0] for line in printed if line.endswith("%]")]


def test_what_failed_comes_first_then_the_quickest_modules_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_a.py").write_text("def test_slow(): pass\ndef test_slow_too(): pass\n")
    (tmp_path / "test_b.py").write_text("def test_quick(): pass\n")
    (tmp_path / "test_c.py").write_text("def test_new(): assert False\n")
    cache = tmp_path / ".pytest_cache" / "v"
    cache.mkdir(parents=True)
    (cache / "seconds_a_test").write_text(json.dumps({"test_a.py": 9.0, "test_b.py": 0.1}))
    assert names(run(tmp_path, "60")) == ["test_quick", "test_new", "test_slow", "test_slow_too"], "a new one takes 4 s"
    remembered = json.loads((cache / "seconds_a_test").read_text())
    assert sorted(remembered) == ["test_a.py", "test_b.py", "test_c.py"]
    assert remembered["test_a.py"] < 9.0, "as it took this time"
    (cache / "seconds_a_test").write_text(
        json.dumps(remembered | {"test_a.py": 0.0, "test_b.py": 8.0, "test_c.py": 9.0})
    )
    assert names(run(tmp_path, "60")) == ["test_new", "test_slow", "test_slow_too", "test_quick"], "it failed last time"
    printed = run(tmp_path, "0")
    assert names(printed) == []
    assert "4 of the room's tests were left out after 0 seconds; WITHIN=600 runs them." in printed


def test_the_tests_of_what_was_changed_are_found_by_git(tmp_path: Path) -> None:
    assert changed_modules(tmp_path) == frozenset(), "no repository"
    for path in ("scorecard/room/figures.py", "scorecard/room/steady.py", "tests/room/test_words.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for command in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert changed_modules(tmp_path) == frozenset()
    (tmp_path / "scorecard/room/figures.py").write_text("changed = True\n")
    (tmp_path / "tests/room/test_new.py").write_text("")
    assert changed_modules(tmp_path) >= {"tests/room/test_figures.py", "tests/room/test_new.py"}
    assert changed_modules(tmp_path).isdisjoint({"tests/room/test_steady.py", "tests/room/test_words.py"})
