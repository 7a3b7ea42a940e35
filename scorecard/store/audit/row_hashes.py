"""One hash for all rows of a table, the same on every database that holds the same rows.

Each value is written so that it can be no other: a number with a fraction by its hexadecimal digits, a text after its
length, bytes by their sha256, nothing as '~'. Rows go by their primary key, texts in the order of their bytes, whatever
order of letters the database has.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, func, inspect, select

from scorecard.store.schema import metadata, migrations

TOGETHER, LARGE_TOGETHER = 2_000, 10  # rows that are read at once; those with documents in them are few


@dataclass(frozen=True)
class TableHash:
    """How many rows a table has, and the sha256 of them all."""

    rows: int
    sha256: str


class RowHash:
    """Takes the rows of a table, in the order of `rows_of`, and says their hash."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self._tell = [_teller(column) for column in columns]
        self._hash = hashlib.sha256(",".join(column.name for column in columns).encode())
        self._rows = 0

    def add(self, rows: Sequence[Any]) -> None:
        """Take the next rows."""
        for row in rows:
            row_text = ",".join([tell(value) for tell, value in zip(self._tell, row, strict=True)])
            self._hash.update(f"\n{row_text}".encode())
        self._rows += len(rows)

    def told(self) -> TableHash:
        """The hash of the rows so far."""
        return TableHash(self._rows, self._hash.hexdigest())


def present_tables(connection: Connection) -> list[Table]:
    """The tables of the schema that are there, each after those that its rows name.

    Without the list of migrations, which comes with the tables themselves.
    """
    there = set(inspect(connection).get_table_names()) - {migrations.name}
    return [table for table in metadata.sorted_tables if table.name in there]


def present_columns(connection: Connection, table: Table) -> list[Column[Any]]:
    """The columns that a table has, by name: a store of an older version may lack some."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    return [column for column in sorted(table.columns, key=lambda column: column.name) if column.name in there]


def rows_of(connection: Connection, table: Table, columns: Sequence[Column[Any]]) -> Iterator[Sequence[Any]]:
    """All rows of a table, some at a time, in the order of its primary key."""
    together = LARGE_TOGETHER if any(column.type.python_type is bytes for column in columns) else TOGETHER
    query = select(*columns).order_by(*table.primary_key.columns)
    with connection.execute(query.execution_options(yield_per=together)) as rows:
        yield from rows.partitions()


def row_count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def hash_of(connection: Connection, table: Table, read: Callable[[int], object] = lambda _: None) -> TableHash:
    """The hash of a table as a connection sees it. read: told of how many rows more."""
    columns = present_columns(connection, table)
    hashed = RowHash(columns)
    for rows in rows_of(connection, table, columns):
        hashed.add(rows)
        read(len(rows))
    return hashed.told()


EXTRACT = ("size", "source", "layout", "reason", "accepted", "rows")
OF_TABLE, OF_EDITION = ("table_sha256", "table_sheet", "table_month"), ("publications", "published", "dropped")


def extract_sha256(row: Mapping[str, Any]) -> str:
    """What names all that is kept of an extract in the act that brought it.

    row: of `extracts`, with what is kept of its table (OF_TABLE) and of its edition (OF_EDITION), if it is one.
    """
    return row_sha256(row, (*EXTRACT, *OF_TABLE, *OF_EDITION))


def row_sha256(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """The sha256 of some values of a row, by their names; one that isn't there is None."""
    row_text = ",".join(f"{name}={_told(row.get(name))}" for name in names)
    return hashlib.sha256(row_text.encode()).hexdigest()


def _told(value: Any) -> str:
    return "~" if value is None else WRITTEN[type(value)](value)


def _teller(column: Column[Any]) -> Callable[[Any], str]:
    """How the values of a column are written."""
    written = WRITTEN[column.type.python_type]
    return lambda value: "~" if value is None else written(value)


WRITTEN: dict[type, Callable[[Any], str]] = {
    int: str,
    bool: lambda value: str(int(value)),
    float: lambda value: (float(value) + 0.0).hex(),  # SQLite keeps no zero below zero
    str: lambda value: f"{len(value)}:{value}",
    bytes: lambda value: f"#{hashlib.sha256(value).hexdigest()}",
}
