"""Killed at any moment of a load, the store holds all of it or none, and sending it again is safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What killed.py found, a line a way of being killed; it checks each store itself."""
    if not hasattr(os, "fork"):
        pytest.skip("killing a process at an exact place needs fork")
    folder = tmp_path_factory.mktemp("killed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", str(folder)], cwd=TOP, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {words[0]: words[1:] for words in lines}


def test_killed_before_each_statement_and_around_the_commit(told: dict[str, list[str]]) -> None:
    found = told["statements"]
    assert len(found) > 8
    assert found == sorted(found, reverse=True)  # none, none, …, then all
    assert {found[0], found[-1]} == {"none", "all"}


def test_killed_inside_statements(told: dict[str, list[str]]) -> None:
    assert told["instructions"].count("none") >= 5


def test_killed_after_so_many_milliseconds(told: dict[str, list[str]]) -> None:
    assert set(told["moments"]) <= {"none", "all"}


def test_processes_that_open_a_new_store_at_once_are_all_served(told: dict[str, list[str]]) -> None:
    assert told["at"] == ["once", "0", "0", "0", "0", "1", "2", "3", "4"]
