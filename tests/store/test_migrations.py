"""The tables: made once, the same by every way, and never edited."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from scorecard.store import Store, StoreUnavailableError, migrations, observations, open_store, schema
from scorecard.store.migrations import MIGRATIONS, Migration
from tests.store.helpers import at, figures, sent

GOLDEN = Path(__file__).with_name("schema_1.sql")


def made(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").fetchall()
    finally:
        connection.close()
    return "".join("\n".join(line.rstrip() for line in sql.splitlines()) + ";\n\n" for (sql,) in rows)


def test_the_first_migration_makes_what_it_always_made(store: Store, path: Path) -> None:
    assert made(path) == GOLDEN.read_text(), "a released migration is never edited: write the next one"


def test_the_numbers_run_from_one_without_a_gap() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_the_tables_are_those_that_the_queries_expect(store: Store) -> None:
    with store._database.reading() as connection:
        found = inspect(connection)
        for table in schema.metadata.sorted_tables:
            columns = {column["name"] for column in found.get_columns(table.name)}
            assert columns == set(table.columns.keys()), table.name


def _good(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE further (x INTEGER)"))


def _bad(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE more (x INTEGER)"))
    connection.execute(text("INSERT INTO nowhere VALUES (1)"))


def test_a_migration_that_fails_leaves_the_store_as_it_was(store: Store, path: Path) -> None:
    later = (*MIGRATIONS, Migration(2, "good", _good), Migration(3, "bad", _bad))
    with store._database.writing() as connection:
        assert migrations.apply_next(connection, later)
    before = made(path)
    with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
        migrations.apply_next(connection, later)
    assert made(path) == before
    with store._database.reading() as connection:
        assert migrations.version(connection) == 2


def test_an_older_store_is_brought_up_to_date_with_its_figures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(f"sqlite:///{path}") as store:
        store.submit(sent("a"), figures(("m", "2020-07", 1)))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, Migration(2, "good", _good)))
    monkeypatch.setattr(migrations, "NEWEST", 2)
    for _ in range(2):
        with open_store(f"sqlite:///{path}") as store:
            assert len(store.observations()) == 1
            with store._database.reading() as connection:
                assert migrations.version(connection) == 2


EDITS = [
    "UPDATE acts SET who = 'nobody'",
    "DELETE FROM acts",
    "UPDATE observations SET value = 0",
    "UPDATE observations SET recorded_from = 0",
    "DELETE FROM observations",
    "UPDATE extracts SET who = 'nobody'",
    "DELETE FROM extract_contents",
    "DELETE FROM withdrawals",
    "UPDATE snapshots SET content = ''",
    "DELETE FROM snapshot_states",
    "UPDATE snapshot_exports SET content = ''",
    "DELETE FROM catalogues",
]


@pytest.mark.parametrize("edit", EDITS)
def test_history_is_added_to_and_never_edited(store: Store, edit: str) -> None:
    store.submit(sent("a"), figures(("m", "2020-07", 1)))
    store.withdraw(1, "Ann", at(1), "wrong")
    store.keep_catalogue(b"measures", at(2), "Ann")
    snapshot_id = store.save_snapshot(b"{}", None, "2020-07", at(0), "Ann", at(3))
    store.approve(snapshot_id, "Director", "Ann", at(4), {"pdf": b"%PDF"})
    with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
        connection.execute(text(edit))


def statements() -> list[Any]:
    tables = schema.metadata.sorted_tables
    indexes = [CreateIndex(index) for table in tables for index in table.indexes]
    return [*[CreateTable(table) for table in tables], *indexes, observations.statement(at(0), ["m"], ["a"])]


@pytest.mark.parametrize("statement", statements(), ids=str)
def test_the_sql_is_said_in_postgresql_as_well(statement: Any) -> None:
    assert str(statement.compile(dialect=postgresql.dialect()))
