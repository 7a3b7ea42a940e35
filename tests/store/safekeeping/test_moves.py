"""A store is carried over whole, or nothing is there; every row is proved on both sides."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from scorecard.store import (
    NotAStore,
    NotCarried,
    NotEmpty,
    OlderStore,
    StoreUnreachable,
    move_store,
    open_store,
    verify_file,
)
from scorecard.store.audit.row_hashes import WRITTEN
from scorecard.store.safekeeping import carry
from scorecard.store.schema import metadata
from tests.store.safekeeping.conftest import fill
from tests.store.submitted import at, figures, sent

TOP = Path(__file__).resolve().parents[3]
Address = Callable[[str], str]


@pytest.fixture
def address(tmp_path: Path, request: pytest.FixtureRequest) -> Address:
    """Where a store of a kind may be: a file of that name, or the database 'postgresql', which is empty then."""

    def of(name: str) -> str:
        if name == "postgresql":
            return str(request.getfixturevalue("postgresql").url())
        return f"sqlite:///{tmp_path / name}.db"

    return of


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something of every kind, that is only ever read."""
    file = tmp_path_factory.mktemp("source") / "scorecard.db"
    with open_store(url(file)) as store:
        fill(store)
    return file


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_every_column_of_every_table_is_of_a_kind_that_is_told() -> None:
    assert {column.type.python_type for table in metadata.sorted_tables for column in table.columns} <= WRITTEN.keys()
    assert all(table.primary_key.columns for table in metadata.sorted_tables)


@pytest.mark.parametrize("there", ["there", "postgresql"])
def test_there_and_back_every_row_is_the_same(path: Path, tmp_path: Path, address: Address, there: str) -> None:
    there, back, full = address(there), address("back"), open_store(url(path))
    shares: list[float] = []
    carried = move_store(url(path), there, lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert move_store(there, back) == carried
    assert (carried.documents, carried.tables["extracts"].rows) == (2, 3)
    assert stat.S_IMODE((tmp_path / "back.db").stat().st_mode) == 0o600
    assert verify_file(there) == verify_file(back) == verify_file(url(path))
    for moved in map(open_store, (there, back)):
        assert moved.acts().equals(full.acts())
        assert moved.history("m").equals(full.history("m"))
        for snapshot_id in full.snapshots()["snapshot_id"]:
            for form in ("pdf", "xlsx"):
                assert moved.export(snapshot_id, form) == full.export(snapshot_id, form)
        assert moved.submit(sent("c", 9), figures(("m", "2020-09", 4))).extract_id == 4
        assert moved.acts()["act_id"].tolist() == list(range(1, len(open_store(url(path)).acts()) + 2))
        with pytest.raises(Exception, match=r"never changed|refused"), moved._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM acts")


@pytest.mark.parametrize("there", ["scorecard", "postgresql"])
def test_what_holds_anything_is_left_as_it_is(path: Path, address: Address, there: str) -> None:
    there = address(there) if there == "postgresql" else url(path)
    if there != url(path):
        open_store(there).keep_catalogue(b"measures", at(0), "Ann")
    with pytest.raises(NotEmpty, match="1 in catalogues"):
        move_store(url(path), there)


def test_what_another_program_holds_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(NotAStore):
        move_store(url(path), url(other))
    assert other.read_bytes() == before


def test_only_a_store_of_this_version_is_carried_and_only_to_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scorecard.store.databases import migrations

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
    assert sorted(file.name for file in tmp_path.iterdir()) == ["old.db"]


@pytest.mark.parametrize("destination", ["nothing", "there", "postgresql"])
def test_one_that_arrives_otherwise_is_not_kept(
    path: Path, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, destination: str
) -> None:
    there = address(destination)
    if destination == "there":
        open_store(there).close()

    def altered(connection: Connection, _: object) -> None:
        connection.exec_driver_sql("UPDATE observations SET recorded_to = recorded_to - 1 WHERE observation_id = 2")

    monkeypatch.setattr(carry, "set_next_numbers", altered)
    with pytest.raises(NotCarried, match="table observations"):
        move_store(url(path), there)
    assert not (tmp_path / "nothing.db").exists()
    if destination != "nothing":
        assert len(open_store(there).acts()) == 0


KILLED = """
import os, signal, sys
from scorecard.store import move_store
move_store(*sys.argv[1:3], lambda words, share: share > float(sys.argv[3]) and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.parametrize(("there", "share"), [("there", 0.7), ("postgresql", 0.2)])
def test_killed_on_the_way_nothing_is_kept_and_it_can_be_done_again(
    path: Path, address: Address, there: str, share: float
) -> None:
    there = address(there)
    open_store(there).close()
    ended = subprocess.run([sys.executable, "-c", KILLED, url(path), there, str(share)], cwd=TOP, check=False)
    assert ended.returncode == -9
    assert len(open_store(there).acts()) == 0
    assert move_store(url(path), there).tables["acts"].rows == len(open_store(url(path)).acts())
