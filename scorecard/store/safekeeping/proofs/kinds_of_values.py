"""Whether each column holds what it is for. SQLite keeps words where a number belongs, if a hand writes them."""

from typing import Any

from sqlalchemy import Column, Connection, Float, Integer, LargeBinary, Table, cast, func, inspect, select
from sqlalchemy.types import TypeEngine

from scorecard.store.schema import metadata

Kinds = tuple[str, ...]
TEXT: Kinds = ("text", "null")
KINDS: tuple[tuple[type[TypeEngine[Any]], Kinds], ...] = (
    (Integer, ("integer", "null")),
    (Float, ("real", "integer", "null")),
    (LargeBinary, ("blob", "null")),
)


def kinds_of_values(connection: Connection) -> list[str]:
    """The columns that hold something of another kind, in plain words; a server takes nothing else."""
    if connection.dialect.name != "sqlite":
        return []
    there = set(inspect(connection).get_table_names())
    return [fault for table in metadata.sorted_tables if table.name in there for fault in _of_table(connection, table)]


def _of_table(connection: Connection, table: Table) -> list[str]:
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    columns = [column for column in table.columns if column.name in there]
    others = [func.sum(cast(func.typeof(column).not_in(_kinds(column)), Integer)) for column in columns]
    counts = connection.execute(select(*(func.coalesce(other, 0) for other in others)).select_from(table)).one()
    return [
        f"The column {column.name} of the table {table.name} holds {count} {'value' if count == 1 else 'values'} of "
        "another kind."
        for column, count in zip(columns, counts, strict=True)
        if count
    ]


def _kinds(column: Column[Any]) -> Kinds:
    return next((kinds for kind, kinds in KINDS if isinstance(column.type, kind)), TEXT)
