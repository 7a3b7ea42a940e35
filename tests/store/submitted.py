"""Short words for the tests of the store."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, make_url

from scorecard.store import Store, Submission, schema
from scorecard.store.databases import triggers
from scorecard.store.databases.migrations import MIGRATIONS
from scorecard.store.values.timestamps import OPEN

START = datetime(2020, 8, 3, 9, 30, tzinfo=UTC)
HERE = "E06000045"


def at(minutes: float) -> datetime:
    """A moment so many minutes after the first."""
    return START + timedelta(minutes=minutes)


def sent(name: str, minutes: float = 0, **more: Any) -> Submission:
    """An extract of a file whose bytes are its name; what was read of it is the same, or `table`."""
    content = more.get("table", name.encode())
    given = {"sha256": sha256(content).hexdigest(), "size": len(content), "table": content}
    given |= {"file_name": f"{name}.csv", "source": "Mosaic reports", "who": "Ann"}
    return Submission(**{**given, "when": at(minutes), **more})


def asking(store_url: str, **query: str) -> str:
    """The address with more after its question mark."""
    return make_url(store_url).update_query_dict(query).render_as_string(hide_password=False)


@contextmanager
def tampering(store: Store, *tables: str) -> Iterator[Connection]:
    """A transaction without what forbids it to edit these tables, as somebody with the database's own tools has one."""
    with store._database.writing(checked=False) as connection, triggers.without(connection, tables):
        yield connection


@contextmanager
def altered(connection: Connection) -> Iterator[None]:
    """Takes back what is altered within."""
    alteration = connection.begin_nested()
    yield
    alteration.rollback()


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store._database.reading() as connection:
        tables = schema.metadata.tables.values()
        return {table.name: sorted(map(repr, connection.execute(table.select()).all())) for table in tables}


SCHEMA_2 = (Path(__file__).parent / "schemas" / "schema_2.sql").read_text()


def store_of_files(path: Path, *files: bytes) -> None:
    """A store of the second layout, which kept each file as it was sent; each reported its number as 'm'."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    for statement in sorted(SCHEMA_2.split(";\n\n"), key=lambda sql: not sql.startswith("CREATE TABLE")):
        connection.execute(statement)
    numbers = [(migration.number, migration.name) for migration in MIGRATIONS[:2]]
    connection.executemany("INSERT INTO scorecard_migrations VALUES (?, ?)", numbers)
    for number, content in enumerate(files, 1):
        row = (
            number,
            number,
            sha256(content).hexdigest(),
            len(content),
            f"{number}.csv",
            "HR",
            "Ann",
            "[]",
            1,
            1,
            0,
            0,
        )
        names = (
            "extract_id, recorded_from, sha256, size, file_name, source, who, accepted, rows, new, revised, unchanged"
        )
        connection.execute(f"INSERT INTO extracts ({names}) VALUES ({', '.join('?' * 12)})", row)
        connection.execute("INSERT INTO extract_contents VALUES (?, ?)", (number, zlib.compress(content)))
        figure = (number, "m", HERE, 202007, 1, number, "extract", number, OPEN if number == len(files) else number + 1)
        names = "extract_id, measure_id, area, month, months, value, origin, recorded_from, recorded_to"
        connection.execute(f"INSERT INTO observations ({names}) VALUES ({', '.join('?' * 9)})", figure)
    connection.commit()
    connection.close()


def figures(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    """Observations from (measure, month, value) and perhaps a symbol."""
    table = [(*row, None)[:4] for row in rows]
    frame = pd.DataFrame(table, columns=["measure_id", "period_end", "value", "symbol"])
    ends = pd.to_datetime(frame["period_end"] + "-01") + pd.offsets.MonthEnd(0)
    frame = frame.assign(period_end=ends, area=HERE, months=1, **columns)
    return frame.assign(value=frame["value"].astype(float))


def grid(measures: int, areas: int, months: int, first: str = "2010-04", seed: int = 0) -> pd.DataFrame:
    """A figure for every measure, area and month, the months counted from `first`."""
    ends = pd.period_range(first, periods=months, freq="M").to_timestamp("M").normalize()
    keys = pd.MultiIndex.from_product(
        [[f"m{i:02}" for i in range(measures)], [f"E{i:08}" for i in range(areas)], ends],
        names=["measure_id", "area", "period_end"],
    )
    frame = keys.to_frame(index=False)
    values = np.random.default_rng(seed).integers(1, 1000, len(frame)) / 8
    return frame.assign(months=1, value=values, numerator=values * 2, denominator=2.0)


def values_of(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    """An observation frame as {(measure, 'YYYY-MM'): value, or the symbol where there is no value}."""
    months = frame["period_end"].dt.strftime("%Y-%m")
    values = frame["symbol"].where(frame["value"].isna(), frame["value"].astype(object))
    return dict(zip(zip(frame["measure_id"], months, strict=True), values, strict=True))
