"""A plain copy has all that is stored; a backup is whole while others write; what isn't whole is named."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scorecard.store import (
    NotAStore,
    Store,
    StoreUnreachable,
    Verified,
    back_up_store,
    open_store,
    verify_file,
)
from tests.store.helpers import at, figures, grid, said, sent


def verified(path: Path) -> Verified:
    return verify_file(f"sqlite:///{path}?mode=ro")


def test_after_each_act_a_plain_copy_has_what_is_stored(store: Store, path: Path, tmp_path: Path) -> None:
    acts = (
        lambda: store.submit(sent("a"), figures(("m", "2020-07", 1))),
        lambda: store.keep_catalogue(b"measures", at(1), "Ann"),
        lambda: store.keep_layout("Mosaic", b"layout", "Ann", at(2)),
        lambda: store.save_snapshot(b"{}", None, "2020-07", at(2), "Ann", at(3)),
        lambda: store.withdraw(1, "Ann", at(4), "wrong"),
    )
    for number, act in enumerate(acts, 1):
        act()
        assert [one.name for one in path.parent.iterdir()] == ["scorecard.db"]
        copy = tmp_path / f"{number}.db"
        shutil.copy(path, copy)
        assert verified(copy).faults == ()
        with open_store(f"sqlite:///{copy}") as copied:
            assert copied.acts().equals(store.acts())


def test_a_copy_is_whole_while_the_store_is_being_read(store: Store, path: Path, tmp_path: Path) -> None:
    """Another thread, or another program, reads on; the file has the act all the same."""
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("SELECT count(*) FROM extracts").fetchall()
    store.submit(sent("a"), figures(("m", "2020-07", 1)))
    shutil.copy(path, tmp_path / "copy.db")
    reader.close()
    with open_store(f"sqlite:///{tmp_path / 'copy.db'}") as copied:
        assert said(copied.observations()) == {("m", "2020-07"): 1}


def write_on(path: Path, began: Any, stop: Any) -> None:
    number = 0
    with open_store(f"sqlite:///{path}", busy_timeout=30) as store:
        while not stop.is_set():
            number += 1
            store.submit(sent(f"e{number}", number), grid(4, 1, 2, seed=number))
            began.set()


@pytest.fixture
def writer(path: Path) -> Iterator[None]:
    """Another process that goes on writing to the store."""
    open_store(f"sqlite:///{path}").close()
    spawned = multiprocessing.get_context("spawn")
    began, stop = spawned.Event(), spawned.Event()
    process = spawned.Process(target=write_on, args=(path, began, stop))
    process.start()
    assert began.wait(60)
    yield
    stop.set()
    process.join(60)
    assert process.exitcode == 0


def test_backups_are_whole_while_another_process_writes(writer: None, path: Path, tmp_path: Path) -> None:
    held = []
    for number in range(8):
        target = tmp_path / f"{number}.db"
        back_up_store(f"sqlite:///{path}?timeout=30", target)
        assert verified(target).faults == ()
        with open_store(f"sqlite:///{target}") as copied:
            held.append(len(copied.extracts()))
    assert held == sorted(held)
    assert held[0] >= 1


DAMAGE = [
    ("UPDATE catalogues SET content = x'00'", "Catalogue 1 is not what was stored."),
    ("UPDATE layouts SET sha256 = 'x'", "Layout 'Mosaic' is not what was stored."),
    ("UPDATE snapshots SET content = zeroblob(20)", "is not what was stored."),
    (
        "UPDATE snapshot_exports SET content = x'25' WHERE format = 'pdf'",
        "The pdf of snapshot 44136fa355b3 is not what was stored.",
    ),
    ("UPDATE snapshot_exports SET sha256 = 'x' WHERE format = 'pdf'", "is not the one that was approved."),
    ("DELETE FROM snapshot_exports WHERE format = 'xlsx'", "The xlsx of snapshot"),
    ("DELETE FROM observations WHERE extract_id = 2", "Extract 2 reported 2 figures, and 0 are kept."),
    ("DELETE FROM extracts WHERE extract_id = 2", "names another that isn't there"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGE)
def test_what_is_not_as_it_was_stored_is_named(full: Store, path: Path, tmp_path: Path, damage: str, told: str) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    assert verified(copy).faults == ()
    connection = sqlite3.connect(copy)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(damage)
    connection.commit()
    connection.close()
    assert told in " ".join(verified(copy).faults)
    assert verified(path).faults == ()


def test_torn_pages_are_found(store: Store, path: Path) -> None:
    store.submit(sent("a"), grid(20, 5, 12))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    assert verified(path).faults


def test_a_store_of_an_older_version_is_verified_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard.store import migrations

    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(f"sqlite:///{path}").close()
    before = path.read_bytes()
    assert verified(path).faults == ()
    assert path.read_bytes() == before


def test_what_isn_t_there_is_neither_verified_nor_backed_up_nor_made(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable, match="no such file"):
        back_up_store(f"sqlite:///{path}", tmp_path / "backup.db")
    with pytest.raises(StoreUnreachable, match="no such file"):
        verify_file(f"sqlite:///{path}")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotAStore, match="it is empty"):
        verify_file(f"sqlite:///{tmp_path / 'empty.db'}")
    assert [one.name for one in tmp_path.iterdir()] == ["empty.db"]
