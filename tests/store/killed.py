"""Loads that are killed, each in a process of its own: run by test_nothing_lost.py with a folder to work in.

Forking saves the second that each new Python would need to start; that is also why it isn't done inside pytest.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from scorecard.store import Store, open_store
from tests.store.submitted import at, figures, grid, sent

FRAME = grid(10, 5, 20, seed=1)
BEFORE = grid(10, 5, 6)  # the first months are revised by FRAME
SUBMISSION = sent("killed", 1)
INSTRUCTIONS = [1, 10, 100, 1_000, 5_000, 20_000, 50_000, 100_000]


def kill(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_statement(store: Store, number: int) -> None:
    """Be killed before the statement of this number, or before or after the commit that follows the last."""
    engine, seen = store._database.engine, [0]

    def count(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            kill()

    for name in ("before_cursor_execute", "commit", "checkin"):
        event.listen(engine, name, count)


def at_instruction(store: Store, number: int) -> None:
    """Be killed inside whatever statement the database runs after so many instructions."""
    event.listen(
        store._database.engine, "checkout", lambda connection, *_: connection.set_progress_handler(kill, number)
    )


def in_child(path: Path, prepare: Callable[[Store], None], seconds: float | None = None) -> bool:
    """Load in a child process that is killed as prepared, or after some time. Whether it was killed."""
    child = os.fork()
    if child == 0:
        store = open_store(f"sqlite:///{path}")
        prepare(store)
        store.submit(SUBMISSION, FRAME)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def check(path: Path) -> str:
    """All of the load or none of it is there, and sending it again is safe."""
    with open_store(f"sqlite:///{path}") as store:
        extracts, acts = len(store.extracts()), len(store.acts())
        values = store.observations()["value"].tolist()
        assert (extracts, acts, len(values)) in {(1, 1, len(BEFORE)), (2, 2, len(FRAME))}, (extracts, acts)
        again = store.submit(SUBMISSION, FRAME)
        assert again.already_held == (extracts == 2)
        assert store.observations()["value"].tolist() == FRAME["value"].tolist()
        assert store.read_table(2).content == b"killed"
        assert len(store.observations(as_known_at=at(0))) == len(BEFORE)
    return "all" if extracts == 2 else "none"


def main(folder: Path) -> None:
    base = folder / "base.db"
    with open_store(f"sqlite:///{base}") as store:
        store.submit(sent("before"), BEFORE)
    rounds = 0

    def run(prepare: Callable[[Store], None], seconds: float | None = None) -> tuple[bool, str]:
        nonlocal rounds
        rounds += 1
        path = folder / f"{rounds}.db"
        shutil.copy(base, path)
        return in_child(path, prepare, seconds), check(path)

    number, was_killed, found = 1, True, []
    while was_killed:
        was_killed, held = run(lambda store, number=number: at_statement(store, number))  # type: ignore[misc]
        found.append(held)
        number += 1
    print("statements", *found)
    print("instructions", *[run(lambda store, n=n: at_instruction(store, n))[1] for n in INSTRUCTIONS])  # type: ignore[misc]
    print("moments", *[run(lambda _: None, 0.012 * step)[1] for step in range(1, 11)])
    at_once(folder / "at_once.db")


def at_once(path: Path) -> None:
    """Several processes open a new store and send at once."""
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            with open_store(f"sqlite:///{path}", busy_timeout=20) as store:
                store.submit(sent(f"e{number}"), figures(("m", "2020-07", number)))
            os._exit(0)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    with open_store(f"sqlite:///{path}") as store:
        print("at once", *ends, *store.extracts()["extract_id"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
