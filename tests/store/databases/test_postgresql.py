"""What can go wrong with a store in PostgreSQL: each a plain sentence, the password nowhere, and nothing lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import event, make_url

from scorecard.cli.commands import main
from scorecard.store import (
    Approval,
    ClockBehind,
    OutcomeUnknown,
    Store,
    StoreBusy,
    StoreError,
    StoreForbidden,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
    UnkeepableText,
    open_store,
    require_ready,
    which_store,
)
from scorecard.store.databases import migrations
from scorecard.store.databases.migrations import MIGRATIONS, Migration
from scorecard.store.databases.postgresql import database, server
from scorecard.store.databases.postgresql.faults import fault
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE
from tests.postgresql import Databases
from tests.store.submitted import at, contents, figures, grid, sent, values_of
from tests.store.test_connection import changes, is_plain

JULY = figures(("m", "2020-07", 1))
SECRET = "pass/w0rd@:"


@pytest.fixture
def url(postgresql: Databases) -> str:
    return postgresql.url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, busy_timeout=0.2) as opened:
        yield opened


def another(url: str, **parts: Any) -> str:
    query = parts.pop("query", {})
    return make_url(url).set(**parts).update_query_dict(query).render_as_string(hide_password=False)


ADDRESSES: list[tuple[str, dict[str, Any], str]] = [
    ("wrong password", {"username": "asked_for_a_password", "password": SECRET}, "doesn't know this role by this"),
    ("no password", {"username": "asked_for_a_password"}, "asks for a password, and the address has none"),
    ("no such role", {"username": "nobody_here", "password": SECRET}, "doesn't let this role in"),
    ("no such database", {"database": "nowhere", "password": SECRET}, "has no database of this name"),
    ("no such server", {"query": {"host": "nowhere.invalid"}, "password": SECRET}, "no server of this name is known"),
    ("nobody answers", {"query": {"host": "127.0.0.1", "port": "1"}, "password": SECRET}, "no server answers there"),
    ("no such socket", {"query": {"host": "/nowhere"}, "password": SECRET}, "no server answers there"),
    ("not encrypted", {"query": {"sslmode": "nonsense"}, "password": SECRET}, "no encrypted connection"),
]


@pytest.mark.parametrize(("name", "parts", "phrase"), ADDRESSES, ids=[case[0] for case in ADDRESSES])
def test_an_address_that_leads_nowhere_is_told_at_the_terminal_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, parts: dict[str, Any],
    phrase: str,
) -> None:  # fmt: skip
    monkeypatch.setenv(DATABASE_VARIABLE, another(url, **parts))
    for command in (["assess", "--json"], ["verify"], ["packs"]):
        assert main(command) == 4
        printed = "".join(capsys.readouterr())
        assert phrase in printed
        assert "Nothing was changed" in printed
        assert SECRET not in printed
        assert quote(SECRET, safe="") not in printed
    with pytest.raises(StoreUnreachable) as caught:
        require_ready(os.environ[DATABASE_VARIABLE])
    assert is_plain(caught.value)
    assert which_store(os.environ[DATABASE_VARIABLE]) is None


def test_an_old_server_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "OLDEST", 990000)
    monkeypatch.setattr(database, "OLDEST", 990000)
    with pytest.raises(StoreUnreachable, match=r"its server is PostgreSQL \d\d, and the scorecard needs 99 or newer"):
        open_store(url)


# The rights that docs/operations.md lists


@pytest.fixture
def role(postgresql: Databases, url: str) -> Iterator[Callable[..., str]]:
    """Makes a role with some rights in the store's database, and says how it signs in."""
    names: list[str] = []

    def make(*rights: str) -> str:
        names.append(f"role_{len(names)}_{postgresql.own}")
        postgresql.server.ask(f"CREATE ROLE {names[-1]} LOGIN", *[right.format(names[-1]) for right in rights],
                              database=postgresql.own)  # fmt: skip
        return another(url, username=names[-1])

    yield make
    for name in names:
        postgresql.server.ask(f"DROP OWNED BY {name} CASCADE", f"DROP ROLE {name}", database=postgresql.own)


READS = ("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}",)
WRITES = (
    *READS, "GRANT INSERT ON ALL TABLES IN SCHEMA public TO {}",
    "GRANT UPDATE (recorded_to) ON observations, published_figures TO {}", "GRANT DELETE ON extract_contents TO {}",
)  # fmt: skip


def test_a_role_that_only_reads_reads_and_is_told_so(store: Store, role: Callable[..., str]) -> None:
    store.submit(sent("a"), JULY)
    for address in (role(*READS), role(*WRITES, "ALTER ROLE {} SET default_transaction_read_only = on")):
        with open_store(address) as reader:
            assert reader.read_only
            assert "read-only" in " ".join(reader.warnings())
            assert values_of(reader.observations()) == {("m", "2020-07"): 1}
            for change in changes(reader):
                with pytest.raises(StoreReadOnly, match="Ask who looks after the database") as caught:
                    change()
                assert is_plain(caught.value)


def test_a_role_that_only_adds_needs_no_more_rights_than_these(store: Store, role: Callable[..., str]) -> None:
    with open_store(role(*WRITES)) as writer:
        assert not writer.read_only
        writer.submit(sent("a"), JULY)
        writer.submit(sent("b", 1), figures(("m", "2020-07", 2)))
        writer.withdraw(2, "Ann", at(2), "wrong")
        writer.keep_catalogue(b"measures", at(3), "Ann")
        writer.keep_layout("A", b"a", "Ann", at(4))
        snapshot_id = writer.save_snapshot(b"{}", None, "2020-07", at(4), "Ann", at(5))
        writer.approve(snapshot_id, Approval("Director", "Ann", at(6), {"pdf": b"%PDF"}))
        assert values_of(writer.observations()) == {("m", "2020-07"): 1}


def test_a_role_that_may_not_make_tables_says_who_may(
    store: Store, role: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = role(*WRITES)
    before = contents(store)
    later = Migration(
        migrations.NEWEST + 1, "later", lambda connection: connection.exec_driver_sql("CREATE TABLE l ()")
    )
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, later))
        then.setattr(migrations, "NEWEST", later.number)
        with pytest.raises(StoreForbidden, match="make the tables that this version of the scorecard wants") as caught:
            open_store(address)
    assert is_plain(caught.value)
    assert contents(store) == before
    with pytest.raises(StoreForbidden, match="do what was asked"):
        open_store(role())


# Faults while it is used


def cut(store: Store, postgresql: Databases, monkeypatch: pytest.MonkeyPatch, when: Callable[[str], bool]) -> None:
    """End the store's connections from without, before each statement of which `when` is true."""

    def end(_: Any, __: Any, statement: str, *more: Any) -> None:
        if when(statement):
            postgresql.server.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE datname = '{postgresql.own}' AND pid <> pg_backend_pid()"
            )

    event.listen(store._database.engine, "before_cursor_execute", end)
    copy = psycopg.Cursor.copy
    monkeypatch.setattr(psycopg.Cursor, "copy", lambda cursor, query: (end(None, None, query), copy(cursor, query))[1])


@pytest.fixture
def full_at_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose drive is full once figures are written."""
    copy = psycopg.Cursor.copy

    @contextmanager
    def filling(cursor: Any, statement: str) -> Iterator[Any]:
        with copy(cursor, statement) as writing:
            yield writing
            raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr(psycopg.Cursor, "copy", filling)


@pytest.mark.usefixtures("full_at_copy")
def test_a_full_drive_leaves_the_store_as_it_was(store: Store) -> None:
    before = contents(store)
    with pytest.raises(StoreFull, match="no room left") as caught:
        store.submit(sent("a"), JULY)
    assert is_plain(caught.value)
    assert contents(store) == before


@pytest.mark.parametrize(
    "statement", ["INSERT INTO extracts", "COPY observations", "INSERT INTO acts", "pg_current_xact_id"]
)
def test_a_connection_that_is_cut_in_a_submission_loses_nothing_and_is_taken_up_again(
    store: Store, postgresql: Databases, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    store.submit(sent("a"), grid(3, 3, 6))
    before = contents(store)
    with open_store(postgresql.server.url(postgresql.own, application_name="cut")) as other:
        cut(other, postgresql, monkeypatch, lambda query: statement in query)
        with pytest.raises(StoreUnreachable, match=r"server was stopped|connection to the server was lost") as caught:
            other.submit(sent("b", 1), grid(3, 3, 6, seed=1))
    monkeypatch.undo()
    assert is_plain(caught.value)
    assert contents(store) == before  # by connections that were cut too
    assert store.submit(sent("b", 1), grid(3, 3, 6, seed=1)).already_held is False


@pytest.mark.parametrize("committed", [True, False], ids=["it was kept", "it was not"])
def test_a_connection_lost_at_the_very_end_is_asked_about(store: Store, committed: bool) -> None:
    def lose(connection: Any) -> None:
        driver = connection.connection.driver_connection
        driver.commit() if committed else driver.rollback()
        driver.close()

    event.listen(store._database.engine, "commit", lose)
    if committed:
        assert store.submit(sent("a"), JULY).extract_id == 1
    else:
        with pytest.raises(StoreUnreachable, match="Nothing was changed"):
            store.submit(sent("a"), JULY)
    event.remove(store._database.engine, "commit", lose)
    assert len(store.extracts()) == committed


def test_what_became_of_it_is_unknown_where_nobody_answers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(connection: Any) -> None:
        connection.connection.driver_connection.close()
        monkeypatch.setattr(database, "BECAME", database.text("SELECT NULL"))

    event.listen(store._database.engine, "commit", lose)
    with pytest.raises(OutcomeUnknown, match="never a part") as caught:
        store.submit(sent("a"), JULY)
    event.remove(store._database.engine, "commit", lose)
    assert is_plain(caught.value)


def test_a_pool_run_dry_is_told(store: Store) -> None:
    with ExitStack() as taken:
        for _ in range(server.MOST_KEPT + server.MOST_MORE):
            taken.enter_context(store._database.reading())
        with pytest.raises(StoreBusy, match="all its connections are in use") as caught:
            store.last_change()
    assert is_plain(caught.value)
    assert store.last_change() is None


def test_the_clock_of_one_machine_behind_that_of_another_is_told(store: Store, url: str) -> None:
    store.submit(sent("a", 60), JULY)
    with open_store(url, now=lambda: at(0)) as behind, pytest.raises(ClockBehind, match="one of the two is wrong"):
        behind.submit(sent("b", 0), JULY)
    assert len(store.acts()) == 1


STATES: list[tuple[type[psycopg.Error], type[StoreError]]] = [
    (psycopg.errors.DiskFull, StoreFull),
    (psycopg.errors.TooManyConnections, StoreBusy),
    (psycopg.errors.LockNotAvailable, StoreLocked),
    (psycopg.errors.DeadlockDetected, StoreLocked),
    (psycopg.errors.ReadOnlySqlTransaction, StoreReadOnly),
    (psycopg.errors.InsufficientPrivilege, StoreForbidden),
    (psycopg.errors.AdminShutdown, StoreUnreachable),
    (psycopg.errors.CannotConnectNow, StoreUnreachable),
    (psycopg.errors.ConnectionFailure, StoreUnreachable),
    (psycopg.errors.SyntaxError, StoreError),
    (psycopg.OperationalError, StoreUnreachable),
]


@pytest.mark.parametrize(("error", "meant"), STATES, ids=[case[0].__name__ for case in STATES])
def test_what_the_server_says_is_told_in_plain_words(error: type[psycopg.Error], meant: type[StoreError]) -> None:
    store_error = fault("postgresql://ann@server/store", error(f"FATAL: something with {SECRET}"))
    assert isinstance(store_error, meant)
    assert is_plain(store_error)
    assert SECRET not in str(store_error)


@pytest.mark.parametrize("what", ['role "ann"', 'database "store"', "clients already"])
def test_too_many_connections_of_any_kind_are_told(what: str) -> None:
    assert isinstance(fault("here", psycopg.OperationalError(f"FATAL:  too many connections for {what}")), StoreBusy)


def test_a_text_that_not_every_database_can_keep_is_refused(store_url: str) -> None:
    with open_store(store_url) as store:
        for change in (
            lambda: store.submit(sent("a", who="A\0nn"), JULY),
            lambda: store.submit(sent("a"), JULY.assign(note="a\0note")),
            lambda: store.keep_layout("A\0", b"a", "Ann", at(0)),
        ):
            with pytest.raises(UnkeepableText, match=r"�.*Nothing was changed"):
                change()
        assert len(store.acts()) == 0


def test_one_that_was_replaced_is_another_store(postgresql: Databases, url: str) -> None:
    with open_store(url) as store:
        store.submit(sent("a"), JULY)
        before = which_store(url)
        assert which_store(url) == before
        again = postgresql.url(without_tables=True)
        with open_store(again):
            assert which_store(url) not in (before, None)
            assert store.last_change() is None
            store.submit(sent("b"), JULY)


def test_an_older_program_beside_a_newer_store_says_so_and_stops(store: Store, postgresql: Databases) -> None:
    assert store.last_change() is None
    postgresql.server.ask("INSERT INTO scorecard_migrations VALUES (99, 'of later')", database=postgresql.own)
    with pytest.raises(StoreError, match="newer version"):
        store.submit(sent("a"), JULY)


def test_moments_go_forward_whichever_of_many_sends_and_whatever_its_clock(store_url: str) -> None:
    stores = [open_store(store_url, busy_timeout=60) for _ in range(4)]
    frames = [figures(("m", "2020-07", number)) for number in range(12)]

    def send(number: int) -> None:
        stores[number % 4].submit(sent(f"e{number}", -number % 5), frames[number])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = stores[0].history("m")
    assert history["recorded_from"].is_monotonic_increasing
    assert history["recorded_from"].is_unique
    assert history["recorded_to"].iloc[:-1].tolist() == history["recorded_from"].iloc[1:].tolist()
    for store in stores:
        store.close()
