"""The tables: made once, the same by every way, and never edited."""

import hashlib
import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, inspect, text

from scorecard.store import (
    Approval,
    EditionOf,
    Store,
    StoreUnavailableError,
    UnknownExtract,
    open_store,
    schema,
)
from scorecard.store.connection import connect
from scorecard.store.databases import migrations
from scorecard.store.databases.migrations import MIGRATIONS, NEWEST, Migration
from scorecard.store.values.timestamps import to_micros
from tests.postgresql import Databases
from tests.store.submitted import at, figures, sent, store_of_files, values_of

GOLDEN = {number: Path(__file__).parent / "schemas" / f"schema_{number}.sql" for number in range(1, 9)}
NEXT = NEWEST + 1


def schema_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").fetchall()
    finally:
        connection.close()
    return "".join("\n".join(line.rstrip() for line in sql.splitlines()) + ";\n\n" for (sql,) in rows)


@pytest.mark.parametrize("number", sorted(GOLDEN))
def test_each_migration_makes_what_it_always_made(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:number])
    monkeypatch.setattr(migrations, "NEWEST", number)
    connect(f"sqlite:///{path}").close()
    assert schema_of(path) == GOLDEN[number].read_text(), "a released migration is never edited: write the next one"


def test_a_store_of_the_first_layout_gets_the_later_tables(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        with closing(connect(empty_url)) as database, database.writing() as connection:
            row = {"recorded_from": to_micros(at(0)), "sha256": hashlib.sha256(b"a").hexdigest(), "who": "Ann"}
            connection.execute(insert(schema.catalogues).values(row | {"content": zlib.compress(b"a")}))
    with open_store(empty_url) as store:
        assert store.catalogue_at() == b"a"
        assert store.keep_layout("A", b"a", "Ann", at(1)) == 1


def test_a_store_that_kept_files_as_sent_is_read_on(path: Path) -> None:
    store_of_files(path, b"one", b"two")
    with open_store(f"sqlite:///{path}") as store:
        assert values_of(store.observations()) == {("m", "2020-07"): 2}
        assert store.read_table(1) is None
        assert [store.sent_files.content(number) for number in store.sent_files] == [b"one", b"two"]
        assert store.extract_holding(hashlib.sha256(b"two").hexdigest(), figures(("m", "2020-07", 2))) == 2
        store.withdraw(2, "Ann", at(0), "wrong")
        assert values_of(store.observations()) == {("m", "2020-07"): 1}


def test_a_file_kept_as_sent_goes_only_for_the_table_that_was_read(path: Path) -> None:
    secret = os.urandom(40_000)  # which is kept as it is: it can't be packed
    store_of_files(path, secret)
    with open_store(f"sqlite:///{path}") as store:
        with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
            connection.execute(text("DELETE FROM extract_contents"))
        store.sent_files.replace(1, b"read", "Bob", at(1), "persons", ["a date of birth"])
        assert (store.read_table(1).content, list(store.sent_files)) == (b"read", [])
        assert values_of(store.observations()) == {("m", "2020-07"): 1}
        (act,) = store.acts().to_dict("records")
        assert (act["who"], act["what"], act["subject"]) == ("Bob", "removed the sent file", "extract 1")
        assert (act["detail"]["reason"], act["detail"]["held"]) == ("persons", ["a date of birth"])
        with pytest.raises(UnknownExtract):
            store.sent_files.replace(1, b"read", "Bob", at(2), "again")
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert not any(secret[at : at + 500] in left for at in range(0, len(secret) - 500, 500))


def test_the_numbers_run_from_one_without_a_gap() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_the_tables_are_those_that_the_queries_expect(store: Store) -> None:
    with store._database.reading() as connection:
        inspector = inspect(connection)
        for table in schema.metadata.sorted_tables:
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            assert columns == set(table.columns.keys()), table.name


def _good(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE further (x INTEGER)"))


def _bad(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE more (x INTEGER)"))
    connection.execute(text("INSERT INTO nowhere VALUES (1)"))


def tables(store: Store) -> set[str]:
    with store._database.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_a_migration_that_fails_leaves_the_store_as_it_was(store: Store) -> None:
    later = (*MIGRATIONS, Migration(NEXT, "good", _good), Migration(NEXT + 1, "bad", _bad))
    with store._database.writing() as connection:
        assert migrations.apply_next(connection, later)
    before = tables(store)
    with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
        migrations.apply_next(connection, later)
    assert tables(store) == before
    with store._database.engine.connect() as connection:
        assert migrations.version(connection) == NEXT


def test_an_older_store_is_brought_up_to_date_with_its_figures(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(store_url) as store:
        store.submit(sent("a"), figures(("m", "2020-07", 1)))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, Migration(NEXT, "good", _good)))
    monkeypatch.setattr(migrations, "NEWEST", NEXT)
    for _ in range(2):
        with open_store(store_url) as store:
            assert len(store.observations()) == 1
            with store._database.reading() as connection:
                assert migrations.version(connection) == NEXT


EDITS = [
    "UPDATE acts SET who = 'nobody'",
    "DELETE FROM acts",
    "UPDATE act_chain SET sha256 = previous",
    "DELETE FROM act_chain",
    "UPDATE observations SET value = 0",
    "UPDATE observations SET recorded_from = 0",
    "DELETE FROM observations",
    "UPDATE extracts SET who = 'nobody'",
    "DELETE FROM read_tables",
    "UPDATE read_tables SET content = ''",
    "DELETE FROM withdrawals",
    "UPDATE snapshots SET content = ''",
    "DELETE FROM snapshot_states",
    "UPDATE snapshot_exports SET content = ''",
    "DELETE FROM catalogues",
    "UPDATE layouts SET state = 'out of use'",
    "DELETE FROM layouts",
    "UPDATE editions SET edition = 0",
    "DELETE FROM editions",
    "UPDATE published_figures SET value = 0",
    "DELETE FROM published_figures",
]


@pytest.mark.parametrize("edit", EDITS)
def test_history_is_added_to_and_never_edited(store: Store, edit: str) -> None:
    store.submit(sent("a"), figures(("m", "2020-07", 1)))
    store.withdraw(1, "Ann", at(1), "wrong")
    of = EditionOf(publications=("p",), edition=20200331)
    store.editions.submit(sent("p", 1.5), of, figures(("p", "2020-03", 1)))
    store.keep_catalogue(b"measures", at(2), "Ann")
    store.keep_layout("A", b"a", "Ann", at(2))
    snapshot_id = store.save_snapshot(b"{}", None, "2020-07", at(0), "Ann", at(3))
    store.approve(snapshot_id, Approval("Director", "Ann", at(4), {"pdf": b"%PDF"}))
    with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
        connection.execute(text(edit))


def test_postgresql_cannot_empty_a_table_at_one_stroke(postgresql: Databases) -> None:
    with open_store(postgresql.url()) as store:
        for table in schema.metadata.tables.values():
            if table.name in ("scorecard_migrations", "extract_contents"):  # its files may go
                continue
            with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
                connection.exec_driver_sql(f"TRUNCATE {table.name} CASCADE")


def test_texts_have_the_same_order_and_ids_need_no_right_of_their_own_in_postgresql(postgresql: Databases) -> None:
    columns = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    with open_store(postgresql.url()) as store, store._database.reading() as connection:
        ordered = f"{columns} AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
        assert connection.exec_driver_sql(f"{ordered} AND table_name <> 'scorecard_migrations'").all() == []
        assert connection.exec_driver_sql(f"{columns} AND column_default LIKE 'nextval%%'").all() == []
