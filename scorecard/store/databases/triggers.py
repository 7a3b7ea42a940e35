"""Triggers that forbid it to edit history, as each database says them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text


def forbidding(dialect: str, table: str, what: str, when: str = "") -> list[str]:
    """The statements that forbid DELETE, UPDATE or UPDATE OF columns. when: of which rows (OLD); all without it.

    Where a database can empty a table at one stroke, that is forbidden with DELETE.
    """
    name, refusal = _name(table, what), f"'rows of {table} are never changed or deleted'"
    if dialect == "sqlite":
        condition = f"WHEN {when} " if when else ""
        return [f"CREATE TRIGGER {name} BEFORE {what} ON {table} {condition}BEGIN SELECT RAISE(ABORT, {refusal}); END"]
    raised = f"RAISE EXCEPTION {refusal};"
    checked = f"IF {when} THEN {raised} END IF; RETURN {'OLD' if what == 'DELETE' else 'NEW'};" if when else raised
    statements = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {checked} END$$",
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
    if what == "DELETE" and not when:
        statements.append(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")
    return statements


def allowing(dialect: str, table: str, what: str) -> list[str]:
    """The statements that take back what `forbidding` did."""
    name = _name(table, what)
    return [f"DROP TRIGGER {name}"] if dialect == "sqlite" else [f"DROP FUNCTION {name}() CASCADE"]


@contextmanager
def without(connection: Connection, tables: Collection[str]) -> Iterator[None]:
    """In a writing transaction, without the triggers of these tables; they are as they were afterwards.

    On PostgreSQL only the tables' owner may.
    """
    if connection.dialect.name != "sqlite":
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    names = ", ".join(f"'{table}'" for table in tables)
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({names})"  # noqa: S608 - ours
    triggers = connection.execute(text(query)).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


def _name(table: str, what: str) -> str:
    return f"{table}_no_{what.split()[0].lower()}"
