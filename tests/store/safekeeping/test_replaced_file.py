"""A store's file that is replaced while it is in use, and a log that a crash left beside a file that was put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.store import (
    NotAStore,
    Store,
    StoreChanged,
    StoreEmptied,
    StoreReplaced,
    StoreUnreachable,
    open_store,
)
from scorecard.store.databases import migrations
from tests.store.submitted import at, figures, sent, values_of

TOP = Path(__file__).resolve().parents[3]
JULY, AUGUST, SEPTEMBER = (
    figures(("m", month, number)) for number, month in enumerate(("2020-07", "2020-08", "2020-09"))
)
ONE, BOTH = {("m", "2020-07"): 0}, {("m", "2020-07"): 0, ("m", "2020-08"): 1}


def renamed(backup: Path, path: Path) -> None:
    fresh = path.with_name("fresh")
    shutil.copy(backup, fresh)
    os.replace(fresh, path)


def copied(backup: Path, path: Path) -> None:
    shutil.copy(backup, path)


PUT_BACK: list[Callable[[Path, Path], None]] = [renamed, copied]


@pytest.fixture
def backup(store: Store, path: Path, tmp_path: Path) -> Path:
    """A plain copy of the store as it was after July; the store has August too."""
    store.submit(sent("a"), JULY)
    copy = tmp_path / "backup.db"
    shutil.copy(path, copy)
    store.submit(sent("b", 1), AUGUST)
    return copy


@pytest.mark.parametrize("put_back", PUT_BACK)
def test_a_backup_put_back_is_seen_at_once_and_written_to(
    store: Store, path: Path, backup: Path, put_back: Callable[[Path, Path], None]
) -> None:
    assert values_of(store.observations()) == BOTH
    put_back(backup, path)
    assert values_of(store.observations()) == ONE
    store.submit(sent("c", 2), SEPTEMBER)
    for opened in (store, open_store(f"sqlite:///{path}")):
        assert values_of(opened.observations()) == ONE | {("m", "2020-09"): 2}
    assert sorted(file.name for file in path.parent.iterdir()) == ["scorecard.db"]


@pytest.mark.parametrize("put_back", PUT_BACK)
def test_what_is_being_stored_while_a_backup_is_put_back_is_refused_in_words(
    store: Store, path: Path, backup: Path, put_back: Callable[[Path, Path], None]
) -> None:
    with pytest.raises(StoreReplaced, match="not in it"):
        store.submit(sent("c", 2), SEPTEMBER, written=lambda _: put_back(backup, path))
    assert values_of(store.observations()) == ONE
    store.submit(sent("c", 2), SEPTEMBER)
    with open_store(f"sqlite:///{path}") as again:
        assert values_of(again.observations()) == ONE | {("m", "2020-09"): 2}


def test_a_preview_of_before_the_backup_was_put_back_is_not_stored(store: Store, path: Path, backup: Path) -> None:
    last_change = store.last_change()
    renamed(backup, path)
    with pytest.raises(StoreChanged):
        store.submit(sent("c", 2), SEPTEMBER, unless_changed_since=last_change)


def test_a_reader_on_the_old_file_is_waited_for(path: Path, tmp_path: Path, backup: Path) -> None:
    with open_store(f"sqlite:///{path}", busy_timeout=30) as store:
        done: list[object] = []
        with store._database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM extracts").scalar()
            renamed(backup, path)
            other = threading.Thread(target=lambda: done.append(values_of(store.observations())))
            other.start()
            other.join(0.2)
            assert done == []
        other.join(30)
        assert done == [ONE]


def test_a_store_of_an_older_version_put_back_is_brought_up_to_date(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(sent("a"), JULY)
    old = tmp_path / "old.db"
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(f"sqlite:///{old}").close()
    for put_back in PUT_BACK:
        put_back(old, path)
        assert store.observations().empty
        assert store.keep_layout("A", b"a", "Ann", at(1)) == 1


def test_what_is_no_store_any_more_is_said_and_left_alone(store: Store, path: Path) -> None:
    store.submit(sent("a"), JULY)
    path.unlink()
    with pytest.raises(StoreUnreachable):
        store.observations()
    assert not path.exists()
    for content, fault in ((b"", StoreEmptied), (b"my notes" * 500, NotAStore)):
        path.write_bytes(content)
        with pytest.raises(fault):
            store.submit(sent("b", 1), AUGUST)
        assert path.read_bytes() == content


# A log left by a crash

CRASH = """
import os, sys
from scorecard.store import open_store
from scorecard.store.files import log
from tests.store.submitted import figures, sent
log.fold_log = lambda _: os._exit(0)  # what was stored is in the log, and the process is gone
open_store(sys.argv[1]).submit(sent("crash", 5), figures(("m", "2020-09", 2)))
"""


def crashed(path: Path) -> Path:
    subprocess.run([sys.executable, "-c", CRASH, f"sqlite:///{path}"], cwd=TOP, check=True)
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size > 0
    return log


def test_what_a_crash_left_in_the_log_is_stored(store: Store, path: Path, backup: Path) -> None:
    log = crashed(path)
    assert values_of(store.observations()) == BOTH | {("m", "2020-09"): 2}
    assert not log.exists()
    assert store.warnings() == []


@pytest.mark.parametrize("put_back", PUT_BACK)
def test_the_log_of_a_crash_never_undoes_a_restore(
    store: Store, path: Path, backup: Path, put_back: Callable[[Path, Path], None]
) -> None:
    content = crashed(path).read_bytes()
    put_back(backup, path)
    with pytest.raises(StoreUnreachable, match="belongs to another file"):
        open_store(f"sqlite:///{path}?mode=ro")
    assert values_of(store.observations()) == ONE
    (aside,) = path.parent.glob("scorecard.db-log-of-another-file-*")
    assert aside.read_bytes() == content
    assert aside.name in " ".join(store.warnings())
    store.submit(sent("d", 6), AUGUST)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_log_that_was_carried_over_in_part_is_still_the_file_s_own(store: Store, path: Path, backup: Path) -> None:
    """A reader holds on to an old state: the log can be carried over only so far, and is not emptied."""
    reader = sqlite3.connect(path, isolation_level=None)
    for number in range(3):
        if number != 1:
            reader.execute("COMMIT") if number else None
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM extracts").fetchall()
        store.submit(sent(f"more{number}", 2 + number), figures(("m", "2020-10", number)))
    log = path.with_name("scorecard.db-wal")
    assert log.stat().st_size > 0
    copy = path.with_name("copy.db")
    for file in (path, log):
        shutil.copy(file, str(file).replace("scorecard.db", "copy.db"))
    reader.close()
    with open_store(f"sqlite:///{copy}") as opened:
        assert values_of(opened.observations()) == BOTH | {("m", "2020-10"): 2}
        assert opened.warnings() == []
