"""A store is carried over whole, or nothing is there; every row is proved on both sides."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection

from scorecard.store import (
    NotAStore,
    NotCarried,
    NotEmpty,
    OlderStore,
    Store,
    StoreUnreachable,
    move_store,
    open_store,
    verify_file,
)
from scorecard.store.safekeeping import carry
from scorecard.store.safekeeping.row_hashes import WRITTEN
from scorecard.store.schema import metadata
from tests.store.helpers import figures, sent

TOP = Path(__file__).resolve().parents[3]


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_every_column_of_every_table_is_of_a_kind_that_is_told() -> None:
    assert {column.type.python_type for table in metadata.sorted_tables for column in table.columns} <= WRITTEN.keys()
    assert all(table.primary_key.columns for table in metadata.sorted_tables)


def test_there_and_back_every_row_is_the_same(full: Store, path: Path, tmp_path: Path) -> None:
    there, back = tmp_path / "there.db", tmp_path / "back.db"
    shares: list[float] = []
    carried = move_store(url(path), url(there), lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert move_store(url(there), url(back)) == carried
    assert (carried.documents, carried.tables["extracts"].rows) == (2, 3)
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert verify_file(url(back)) == verify_file(url(path))
    with open_store(url(back)) as moved:
        assert moved.acts().equals(full.acts())
        assert moved.history("m").equals(full.history("m"))
        assert moved.submit(sent("c", 9), figures(("m", "2020-09", 4))).extract_id == 4
        with moved._database.writing() as connection, pytest.raises(Exception, match="never changed"):
            connection.exec_driver_sql("DELETE FROM acts")


def test_what_holds_anything_is_left_as_it_is(full: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotEmpty, match="1 in catalogues"):
        move_store(url(path), url(path))
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(NotAStore):
        move_store(url(path), url(other))
    assert other.read_bytes() == before


def test_only_a_store_of_this_version_is_carried_and_only_to_one(
    full: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scorecard.store import migrations

    old = tmp_path / "old.db"
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(url(old)).close()
    before = old.read_bytes()
    for ends in ((old, tmp_path / "new.db"), (path, old)):
        with pytest.raises(OlderStore):
            move_store(*map(url, ends))
    assert old.read_bytes() == before
    with pytest.raises(StoreUnreachable):
        move_store(url(tmp_path / "none.db"), url(tmp_path / "new.db"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "old.db"]


@pytest.mark.parametrize("place", ["nothing", "an empty store"])
def test_one_that_arrives_otherwise_is_not_kept(
    full: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    there = tmp_path / "there.db"
    if place != "nothing":
        open_store(url(there)).close()

    def altered(connection: Connection, _: object) -> None:
        connection.exec_driver_sql("UPDATE observations SET recorded_to = recorded_to - 1 WHERE observation_id = 2")

    monkeypatch.setattr(carry, "set_next_numbers", altered)
    with pytest.raises(NotCarried, match="table observations"):
        move_store(url(path), url(there))
    assert there.exists() == (place != "nothing")
    if there.exists():
        assert len(open_store(url(there)).acts()) == 0


KILLED = """
import os, signal, sys
from scorecard.store import move_store
move_store(*sys.argv[1:3], lambda words, share: share > float(sys.argv[3]) and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_killed_on_the_way_nothing_is_kept_and_it_can_be_done_again(
    full: Store, path: Path, tmp_path: Path, share: float
) -> None:
    there = tmp_path / "there.db"
    open_store(url(there)).close()
    ended = subprocess.run([sys.executable, "-c", KILLED, url(path), url(there), str(share)], cwd=TOP, check=False)
    assert ended.returncode == -9
    assert len(open_store(url(there)).acts()) == 0
    assert move_store(url(path), url(there)).tables["acts"].rows == len(full.acts())
