"""Carries all that one store holds into another, of the same database or another, and proves it row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.exc import DataError

from scorecard.store.audit.row_hashes import RowHash, TableHash, hash_of, present_tables, row_count, rows_of
from scorecard.store.connection import Database
from scorecard.store.databases import migrations
from scorecard.store.errors import NewerStore, NotAStore, NotCarried, NotEmpty, OlderStore, UnkeepableText
from scorecard.store.schema import snapshot_exports as exports
from scorecard.store.values.many_rows import add_records, set_next_numbers

TellProgress = Callable[[str, float], None]  # what is being done, and the share of it that is done, from 0 to 1


def no_progress(step_text: str, share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class CarriedStore:
    """What each table had on both sides, and how many approved documents were held against one another byte by byte."""

    tables: dict[str, TableHash]
    documents: int

    @property
    def rows(self) -> int:
        """How many rows were carried."""
        return sum(table.rows for table in self.tables.values())


def carry_store(source: Database, target: Database, tell_progress: TellProgress) -> CarriedStore:
    """Write everything that the source holds to the target, in one transaction, and prove it before it is kept.

    target: of this version's tables. Raises NotEmpty, NotCarried (nothing is kept in the target then), OlderStore and
    NewerStore for a source of another version, and what either store may say.
    """
    with source.reading() as reading:
        require_this_version(reading, source.where)
        with target.writing(checked=False) as writing:
            require_empty(writing, target.where)
            progress = _Progress(sum(row_count(reading, table) for table in present_tables(reading)), tell_progress)
            carried = _carry_tables(reading, writing, progress)
            set_next_numbers(writing, present_tables(writing))
            _require_same(writing, carried, progress)
            return CarriedStore(carried, _same_documents(reading, writing))


def require_this_version(connection: Connection, where: str) -> None:
    """Raises NotAStore, OlderStore or NewerStore where the tables aren't those of this version."""
    version = migrations.version(connection)
    if not version:
        raise NotAStore(where, "it has no tables of the scorecard" if version == 0 else "it is another program's")
    if version > migrations.NEWEST:
        raise NewerStore(where, version, migrations.NEWEST)
    if version < migrations.NEWEST:
        raise OlderStore(where, version, migrations.NEWEST)


def require_empty(connection: Connection, where: str) -> None:
    """Raises NotEmpty, with what there is, where a store holds anything."""
    counts = {table.name: row_count(connection, table) for table in present_tables(connection)}
    filled = {name: count for name, count in counts.items() if count}
    if filled:
        raise NotEmpty(where, filled)


class _Progress:
    """Counts rows, each of which is read twice, and tells of them."""

    def __init__(self, rows: int, tell_progress: TellProgress) -> None:
        self._told, self._of, self._done = tell_progress, max(2 * rows, 1), 0

    def more(self, step_text: str, rows: int) -> None:
        self._done += rows
        self._told(step_text, self._done / self._of)


def _carry_tables(reading: Connection, writing: Connection, progress: _Progress) -> dict[str, TableHash]:
    hashes = {}
    for table in present_tables(reading):
        columns = sorted(table.columns, key=lambda table: table.name)
        hashed = RowHash(columns)
        for rows in rows_of(reading, table, columns):
            _add(writing, table, columns, rows)
            hashed.add(rows)
            progress.more(f"Carrying {table.name}", len(rows))
        hashes[table.name] = hashed.told()
    return hashes


def _add(writing: Connection, table: Table, columns: Sequence[Column[Any]], rows: Sequence[Any]) -> None:
    try:
        add_records(writing, table, [column.name for column in columns], rows)
    except (DataError, UnkeepableText) as error:
        keys = [column.name for column in table.primary_key.columns]
        first, last = (", ".join(str(getattr(row, key)) for key in keys) for row in (rows[0], rows[-1]))
        raise NotCarried(table.name, f"of the rows {first} to {last}, one holds what can't be kept there") from error


def _require_same(writing: Connection, carried: dict[str, TableHash], progress: _Progress) -> None:
    """Read the target back, before it is kept."""
    for table in present_tables(writing):
        there = hash_of(writing, table, partial(progress.more, f"Proving {table.name}"))
        if there != carried[table.name]:
            raise NotCarried(table.name, f"{carried[table.name].rows:,} rows were sent, {there.rows:,} other ones came")


def _same_documents(reading: Connection, writing: Connection) -> int:
    """How many approved documents there are, each the same byte for byte on both sides."""
    keys = select(exports.c.snapshot_id, exports.c.format)
    query = select(exports.c.content)
    count = 0
    for snapshot_id, name in reading.execute(keys).all():
        which = (exports.c.snapshot_id == snapshot_id) & (exports.c.format == name)
        sides = [side.execute(query.where(which)).scalar_one_or_none() for side in (reading, writing)]
        if sides[0] != sides[1]:
            raise NotCarried(exports.name, f"the {name} of snapshot {snapshot_id[:12]} is not the same")
        count += 1
    return count
