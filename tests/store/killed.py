"""Loads that are killed, each in a process of its own: run by test_nothing_lost.py with two addresses of empty stores
and two of databases without tables, a file's and a server's of each.

Forking saves the second that each new Python would need to start; that is also why it isn't done inside pytest.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import event

from scorecard.store import Store, open_store, verify_file
from tests.store.submitted import figures, grid, sent

READS = (
    "SELECT",
    "PRAGMA",
    "BEGIN",
)  # killed before one of these nothing is otherwise than before the next that writes
INSTRUCTIONS = [1, 10, 100, 500, 2_000, 10_000]
MOMENTS = [0.01, 0.02, 0.04]  # seconds
Prepare = Callable[[Store], None]


def kill(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_write(number: int) -> Prepare:
    """Be killed before the statement of this number that writes, or around the commit that follows the last."""
    writes = [0]

    def count() -> None:
        writes[0] += 1
        if writes[0] == number:
            kill()

    def prepare(store: Store) -> None:
        def before(_: Any, __: Any, statement: str, *more: Any) -> None:
            if not statement.lstrip().startswith(READS):
                count()

        engine, copy = store._database.engine, psycopg.Cursor.copy
        event.listen(engine, "before_cursor_execute", before)
        for name in ("commit", "checkin"):
            event.listen(engine, name, lambda *_: count())
        psycopg.Cursor.copy = lambda *given: (count(), copy(*given))[1]  # type: ignore[assignment, method-assign]

    return prepare


def at_instruction(number: int) -> Prepare:
    """Be killed inside whatever statement SQLite runs, in this process, after so many instructions."""

    def prepare(store: Store) -> None:
        engine = store._database.engine
        event.listen(engine, "checkout", lambda connection, *_: connection.set_progress_handler(kill, number))

    return prepare


class Loads:
    """One load after another into one store, each killed on the way, looked at and sent again.

    Each revises every figure of the one before and adds a month.
    """

    def __init__(self, url: str) -> None:
        self.url, self.number = url, 0
        self.store = open_store(url)
        self.store.submit(sent("0"), self.frame(0))

    def frame(self, number: int) -> Any:
        return grid(4, 2, 3 + number, seed=number)

    def killed(self, prepare: Prepare, seconds: float | None = None) -> tuple[bool, str]:
        """Whether the next load was killed as prepared, or after some time; and 'all' or 'none' of it is there."""
        before, self.number = self.number, self.number + 1
        submission, frame = sent(str(self.number), self.number), self.frame(self.number)
        child = os.fork()
        if child == 0:
            with open_store(self.url) as store:
                prepare(store)
                store.submit(submission, frame)
            os._exit(0)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        self.store.keep_layout("A", str(self.number).encode(), "Ann", submission.when)  # after all of a server's work
        extracts, held = self.store.extracts(), self.store.observations()["value"].tolist()
        assert (len(extracts), held) in (
            (before + 1, self.frame(before)["value"].tolist()),
            (before + 2, frame["value"].tolist()),
        ), len(extracts)
        again = self.store.submit(submission, frame)
        assert again.already_held == (len(extracts) == before + 2)
        assert self.store.observations()["value"].tolist() == frame["value"].tolist()
        assert self.store.read_table(again.extract_id).content == str(self.number).encode()
        return was_killed, "all" if again.already_held else "none"

    def at_each_write(self) -> list[str]:
        number, was_killed, outcomes = 1, True, []
        while was_killed:
            was_killed, held = self.killed(at_write(number))
            outcomes.append(held)
            number += 1
        return outcomes

    def end(self) -> None:
        """What is there after all of it proves whole, each load stored once."""
        assert self.store.acts()["what"].tolist().count("submitted") == self.number + 1
        self.store.close()
        assert verify_file(self.url).faults == ()


def at_once(url: str) -> list[int]:
    """Several processes open a new store and send at once: how each ended, and the numbers of their extracts."""
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            with open_store(url, busy_timeout=20) as store:
                store.submit(sent(f"e{number}"), figures(("m", "2020-07", number)))
            os._exit(0)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    with open_store(url) as store:
        return [*ends, *store.extracts()["extract_id"]]


def main(file: str, database: str, new_file: str, new_database: str) -> None:
    for name, url, new in (("sqlite", file, new_file), ("postgresql", database, new_database)):
        loads = Loads(url)
        print(name, "writes", *loads.at_each_write())
        print(name, "moments", *[loads.killed(lambda _: None, seconds)[1] for seconds in MOMENTS])
        if name == "sqlite":
            print(name, "instructions", *[loads.killed(at_instruction(number))[1] for number in INSTRUCTIONS])
        loads.end()
        print(name, "at-once", *at_once(new))


if __name__ == "__main__":
    main(*sys.argv[1:])
