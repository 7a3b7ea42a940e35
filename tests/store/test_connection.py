"""Opening a store: what is made, what is refused and left alone, and what a fault says."""

import os
import re
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from scorecard.store import (
    Approval,
    NewerStore,
    NotAStore,
    Store,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
    open_store,
)
from scorecard.store.connection import connect
from tests.store.submitted import asking, at, figures, grid, sent, values_of

JULY = figures(("m", "2020-07", 1))


def pragma(store: Store, name: str) -> Any:
    with store._database.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_missing_file_and_its_folder_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b é #+&" / "scorecard.db"
    with open_store(f"sqlite:///{path}") as store:
        store.submit(sent("a"), JULY)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert "scorecard.db" in modes
    if os.name != "nt":
        assert set(modes.values()) == {0o600}


def test_what_keeps_the_store_safe_is_switched_on(file_store: Store) -> None:
    pragmas = {
        name: pragma(file_store, name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 200}


def test_the_busy_timeout_is_the_argument_else_the_addresss_else_five_seconds(path: Path) -> None:
    cases: list[tuple[str, float | None, int]] = [
        ("", None, 5000),
        ("?timeout=2.5", None, 2500),
        ("?timeout=2", 1, 1000),
    ]
    for query, argument, milliseconds in cases:
        with open_store(f"sqlite:///{path}{query}", busy_timeout=argument) as store:
            assert pragma(store, "busy_timeout") == milliseconds


def test_a_relative_path_stays_the_same_file_when_the_program_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///data/scorecard.db") as store:
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        store.submit(sent("a"), JULY)
        with store._database.engine.connect(), store._database.engine.connect():
            assert len(store.extracts()) == 1
    assert (tmp_path / "data" / "scorecard.db").exists()


def test_a_store_closed_and_opened_again_holds_what_it_held(store_url: str) -> None:
    with open_store(store_url) as store:
        store.submit(sent("a"), JULY)
    with open_store(store_url) as store:
        assert values_of(store.observations()) == {("m", "2020-07"): 1}


ADDRESSES = [
    ("", "not an address"),
    ("scorecard.db", "not an address"),
    ("sqlite://", "needs the path of a file"),
    ("sqlite:///:memory:", "needs the path of a file"),
    ("sqlite:///file:x.db?uri=true", "needs the path of a file"),
    ("sqlite:///x.db?cache=shared", "only mode=ro and timeout=SECONDS"),
    ("sqlite:///x.db?timeout=soon", "only mode=ro and timeout=SECONDS"),
    ("sqlite:///x.db?mode=rw", "only mode=ro and timeout=SECONDS"),
    ("sqlite:///missing.db?mode=ro", "there is no such file"),
    ("nonsense://ann:secret@host/db", "a store is kept in SQLite or PostgreSQL"),
    ("postgresql//ann:secret@host/db", "not an address"),
    ("postgresql://ann:sec/secret@host:secret/db", "not an address"),
    ("postgresql+asyncpg://ann:secret@host/db", "write postgresql+psycopg://"),
    ("postgresql://ann:secret@host", "names no database"),
    ("postgresql://ann@host/db?password=secret&sslpassword=secret", "it has password, sslpassword, and only these"),
    ("postgresql://ann:secret@host/db?timeout=soon", "timeout a number of seconds"),
    ("postgresql://ann:secret@host/db?mode=rw", "mode can only be ro"),
    ("postgresql+psycopg://ann:a@secret@host/db", "has an @ in it: write each as %40"),
    ("postgresql+psycopg://ann@town:a@secret/secret@host/db", "has an @ in it: write each as %40"),
    ("postgresql+psycopg://ann:a@secret?secret@host/db", "has an @ in it: write each as %40"),
]


@pytest.mark.parametrize(("address", "message"), ADDRESSES)
def test_an_address_that_names_no_store_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreUnreachable, match=re.escape(message)) as caught:
        open_store(address)
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tunes (title TEXT)")
    connection.close()


def newer_store(path: Path) -> None:
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO scorecard_migrations VALUES (99, 'from the future')")
    connection.close()


def torn_store(path: Path) -> None:
    with open_store(f"sqlite:///{path}") as store:
        store.submit(sent("a"), grid(5, 5, 12))
    content = bytearray(path.read_bytes())
    content[100:2000] = b"\xff" * 1900
    path.write_bytes(content)


NOT_STORES: list[tuple[str, Callable[[Path], Any], type[StoreError], str]] = [
    ("text", lambda path: path.write_text("measure_id,period,value\n"), NotAStore, "it is not a database"),
    ("one byte", lambda path: path.write_bytes(b"S"), NotAStore, "it is not a database"),
    ("a spreadsheet", lambda path: path.write_bytes(b"PK\x03\x04" * 5000), NotAStore, "it is not a database"),
    ("a folder", lambda path: path.mkdir(), NotAStore, "it is a folder"),
    ("another program's", other_database, NotAStore, "the database of another program"),
    ("a newer store", newer_store, NewerStore, "newer version of the scorecard"),
    ("a torn store", torn_store, StoreDamaged, "is damaged"),
    ("header alone", lambda path: path.write_bytes(b"SQLite format 3\x00"), NotAStore, "it is not a database"),
]


@pytest.mark.parametrize(("name", "make", "fault", "message"), NOT_STORES, ids=[case[0] for case in NOT_STORES])
def test_what_is_not_a_store_is_refused_and_left_untouched(
    tmp_path: Path, name: str, make: Callable[[Path], Any], fault: type[StoreError], message: str
) -> None:
    path = tmp_path / "scorecard.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(fault, match=message) as caught:
        open_store(f"sqlite:///{path}")
    assert is_plain(caught.value)
    assert before == (path.read_bytes() if path.is_file() else None)
    assert [file.name for file in tmp_path.iterdir()] == ["scorecard.db"]


def is_plain(fault: StoreError) -> bool:
    """The message is for people: no SQL, no name of a class or library, and it ends as a sentence."""
    message = str(fault)
    assert not re.search(r"sqlalchemy|sqlite3|Error|Traceback|SELECT|INSERT|UPDATE|PRAGMA|\n", message), message
    return message.endswith(".")


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with open_store(f"sqlite:///{path}") as store:
        assert store.last_change() is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnreachable, match=r"not a directory|can't be made") as caught:
        open_store(f"sqlite:///{tmp_path / 'file' / 'data' / 'scorecard.db'}")
    assert is_plain(caught.value)


# Read-only


@pytest.mark.parametrize("how", ["file", "address"])
def test_a_read_only_store_is_read_and_refuses_changes(path: Path, how: str) -> None:
    with open_store(f"sqlite:///{path}") as store:
        store.submit(sent("a"), JULY)
        store.keep_catalogue(b"measures", at(0), "Ann")
        snapshot_id = store.save_snapshot(b"{}", None, "2020-07", at(0), "Ann", at(0))
    if how == "file":
        path.chmod(0o444)
    before = path.read_bytes()
    with open_store(f"sqlite:///{path}" + ("?mode=ro" if how == "address" else "")) as store:
        assert store.read_only
        assert values_of(store.observations()) == {("m", "2020-07"): 1}
        assert "read-only" in " ".join(store.warnings())
        assert store.keep_catalogue(b"measures", at(1), "Ann") is False
        assert store.save_snapshot(b"{}", None, "2020-07", at(1), "Ann", at(1)) == snapshot_id
        for change in changes(store):
            with pytest.raises(StoreReadOnly, match="is read-only, so nothing was changed") as caught:
                change()
            assert is_plain(caught.value)
    assert path.read_bytes() == before
    if how == "file":
        assert [file.name for file in path.parent.iterdir()] == ["scorecard.db"]
        path.chmod(0o600)
        with open_store(f"sqlite:///{path}") as store:
            assert store.submit(sent("b", 1), JULY).unchanged == 1


def test_a_reader_sees_what_another_writes_meanwhile(store: Store, store_url: str) -> None:
    with open_store(asking(store_url, mode="ro")) as reader:
        assert reader.last_change() is None
        store.submit(sent("a"), JULY)
        assert reader.last_change() == at(0)


def changes(store: Store) -> list[Callable[[], Any]]:
    return [
        lambda: store.submit(sent("b"), JULY),
        lambda: store.withdraw(1, "Ann", at(1), "why"),
        lambda: store.keep_catalogue(b"other", at(1), "Ann"),
        lambda: store.save_snapshot(b"[]", None, "2020-07", at(0), "Ann", at(1)),
        lambda: store.approve("0" * 64, Approval("Director", "Ann", at(1), {})),
    ]


def test_an_empty_read_only_file_cannot_become_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    path.chmod(0o444)
    with pytest.raises(StoreReadOnly):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == b""


# Locked


@contextmanager
def another_writer(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


def test_a_store_that_another_program_writes_to_is_read_and_refuses_changes_for_now(
    store: Store, store_url: str
) -> None:
    store.submit(sent("a"), JULY)
    with closing(connect(store_url)) as another, another.writing():
        assert values_of(store.observations()) == {("m", "2020-07"): 1}
        for change in changes(store):
            with pytest.raises(StoreLocked, match=r"locked.*Nothing was changed.*try again") as caught:
                change()
            assert is_plain(caught.value)
        open_store(store_url).close()
    assert len(store.acts()) == 1
    store.submit(sent("b", 1), JULY)


def test_a_file_locked_while_it_is_new_is_told(path: Path) -> None:
    path.parent.mkdir()
    with another_writer(path), pytest.raises(StoreLocked):
        open_store(f"sqlite:///{path}", busy_timeout=0.1)


# Full


@contextmanager
def full_after(store: Store, pages: int) -> Iterator[None]:
    def watch(connection: Any, *_: Any) -> None:
        (used,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    def forget(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(store._database.engine, "checkout", watch)
    event.listen(store._database.engine, "checkin", forget)
    try:
        yield
    finally:
        event.remove(store._database.engine, "checkout", watch)
        event.remove(store._database.engine, "checkin", forget)


@pytest.mark.parametrize("pages", [0, 1, 3, 10, 30])
def test_a_full_drive_leaves_the_store_as_it_was(file_store: Store, pages: int) -> None:
    store = file_store
    store.submit(sent("a"), grid(3, 3, 12))
    before = store.observations(), store.extracts(), store.acts()
    with full_after(store, pages), pytest.raises(StoreFull, match="no room left") as caught:
        store.submit(sent("big", 1), grid(10, 10, 24, seed=1))
    assert is_plain(caught.value)
    for old, new in zip(before, (store.observations(), store.extracts(), store.acts()), strict=True):
        assert old.equals(new)
    assert store.submit(sent("big", 1), grid(10, 10, 24, seed=1)).already_held is False


# Several at once


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    results: list[Any] = [None] * len(doings)
    start = threading.Barrier(len(doings))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = doings[number]()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("shared", [True, False], ids=["one store shared", "each its own"])
def test_two_people_sending_at_once_are_both_served(store_url: str, shared: bool) -> None:
    stores = [open_store(store_url, busy_timeout=30) for _ in range(1 if shared else 4)]
    frames = [grid(4, 4, 12, seed=seed) for seed in range(4)]

    def submit(number: int) -> Callable[[], Any]:
        return lambda: stores[number % len(stores)].submit(sent(f"e{number}"), frames[number])

    receipts = at_once(*[submit(number) for number in range(4)])
    assert sorted(receipt.extract_id for receipt in receipts) == [1, 2, 3, 4]
    last = max(range(4), key=lambda number: receipts[number].extract_id)
    assert stores[0].observations()["value"].tolist() == frames[last]["value"].tolist()
    assert len(stores[0].acts()) == 4
    for store in stores:
        store.close()


def test_the_same_file_sent_by_two_people_at_once_is_held_once(store_url: str) -> None:
    with open_store(store_url, busy_timeout=30) as store:  # a busy machine may make one wait for long
        receipts = at_once(*[lambda: store.submit(sent("a"), JULY)] * 3)
        assert sorted(receipt.already_held for receipt in receipts) == [False, True, True]
        assert len(store.extracts()) == 1


def test_a_new_store_opened_by_several_at_once_is_set_up_once(empty_url: str) -> None:
    def use() -> int:
        with open_store(empty_url, busy_timeout=30) as store:
            return len(store.extracts())

    assert at_once(*[use] * 6) == [0] * 6
