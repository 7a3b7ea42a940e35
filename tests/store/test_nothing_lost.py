"""Killed at any moment of a load, the store holds all of it or none, and sending it again is safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copied
from tests.postgresql import Databases

TOP = Path(__file__).parents[2]
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Databases, empty_store: Path
) -> dict[tuple[str, str], list[str]]:
    """What killed.py found, a line a way of being killed; it checks each store itself."""
    if not hasattr(os, "fork"):
        pytest.skip("killing a process at an exact place needs fork")
    folder = tmp_path_factory.mktemp("killed")
    new = Databases(postgresql.server, f"{postgresql.own}_new").url(without_tables=True)
    addresses = [copied(empty_store, folder), postgresql.url(), f"sqlite:///{folder / 'new.db'}", new]
    command = [sys.executable, "-m", "tests.store.killed", *addresses]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {(words[0], words[1]): words[2:] for words in lines}


@BOTH
def test_killed_before_each_write_and_around_the_commit(
    outcomes: dict[tuple[str, str], list[str]], database: str
) -> None:
    writes = outcomes[database, "writes"]
    assert len(writes) > 6
    assert writes == sorted(writes, reverse=True)  # none, none, …, then all
    assert {writes[0], writes[-1]} == {"none", "all"}


def test_killed_inside_statements_that_the_process_itself_runs(outcomes: dict[tuple[str, str], list[str]]) -> None:
    assert outcomes["sqlite", "instructions"].count("none") >= 4


@BOTH
def test_killed_after_so_many_milliseconds(outcomes: dict[tuple[str, str], list[str]], database: str) -> None:
    assert set(outcomes[database, "moments"]) <= {"none", "all"}


@BOTH
def test_processes_that_open_a_new_store_at_once_are_all_served(
    outcomes: dict[tuple[str, str], list[str]], database: str
) -> None:
    assert outcomes[database, "at-once"] == ["0", "0", "0", "0", "1", "2", "3", "4"]
