"""The proof that a store, or a copy, is as it was stored."""

import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, inspect, select
from sqlalchemy.exc import DBAPIError

from scorecard.core.vocabulary import upper_first
from scorecard.store import blobs, trail
from scorecard.store.connection import connect
from scorecard.store.databases import migrations
from scorecard.store.errors import BackupDamaged, StoreDamaged, StoreUnavailableError
from scorecard.store.files import seal
from scorecard.store.files.whole_file import file_of
from scorecard.store.safekeeping.proofs.kinds_of_values import kinds_of_values
from scorecard.store.safekeeping.proofs.pack_states import other_than_approved, states_against_acts
from scorecard.store.safekeeping.proofs.rows_against_acts import rows_against_acts
from scorecard.store.safekeeping.proofs.versions import versions
from scorecard.store.schema import (
    catalogues,
    extract_contents,
    extracts,
    layouts,
    observations,
    published_figures,
    read_tables,
    snapshots,
)
from scorecard.store.schema import snapshot_exports as exports

MOST_FAULTS = 20  # of one kind: a file that lost its middle has thousands
PACKED, AS_IT_IS = True, False
UNREAD_STATES = "Not all states of snapshots can be read."
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Verified:
    """What was looked at (its words, and how many), and what is not as it was stored, in plain words."""

    counted: dict[str, int]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    """Bytes that are kept under their hash. rows: what names each, its sha256, the bytes, and perhaps how many."""

    words: str
    table: str
    name: str
    rows: Select[Any]
    packed: bool


_KINDS = (
    _Kind(
        "tables that were read", "read_tables", "the table of extract {}",
        select(read_tables.c.extract_id, read_tables.c.sha256, read_tables.c.content), PACKED,
    ),
    _Kind(
        "files as they were sent", "extract_contents", "the file of extract {}",
        select(extracts.c.extract_id, extracts.c.sha256, extract_contents.c.content).join_from(
            extracts, extract_contents
        ),
        PACKED,
    ),
    _Kind(
        "catalogues", "catalogues", "catalogue {}",
        select(catalogues.c.catalogue_id, catalogues.c.sha256, catalogues.c.content), PACKED,
    ),
    _Kind("layouts", "layouts", "layout '{}'", select(layouts.c.name, layouts.c.sha256, layouts.c.content), PACKED),
    _Kind(
        "snapshots", "snapshots", "snapshot {:.12}",
        select(snapshots.c.snapshot_id, snapshots.c.snapshot_id.label("sha256"), snapshots.c.content, snapshots.c.size),
        PACKED,
    ),
    _Kind(
        "exports of approved packs", "snapshot_exports", "the {}",
        select(
            exports.c.format.concat(" of snapshot ").concat(func.substr(exports.c.snapshot_id, 1, 12)),
            exports.c.sha256, exports.c.content, exports.c.size,
        ),
        AS_IT_IS,
    ),
)  # fmt: skip


def verify_file(url: str) -> Verified:
    """Whether the store at an SQLAlchemy URL, of whatever version, is whole; nothing of it is changed.

    A damaged one is an answer. Raises StoreUnreachable, NotAStore, StoreLocked.
    """
    sealed = _seal_faults(file_of(url))
    verified = Verified({}, ())
    try:
        with connect(url, as_it_is=True).reading() as connection:
            verified = verify(connection)
    except StoreDamaged as error:
        return Verified(verified.counted, (*sealed, *verified.faults, str(error)))
    except StoreUnavailableError:
        if not sealed:
            raise
    return Verified(verified.counted, (*sealed, *verified.faults))


def _seal_faults(file: Path | None) -> tuple[str, ...]:
    """What is not as it was written of a file that is sealed as a backup."""
    try:
        if file is not None and seal.is_sealed(file):
            seal.require_whole(file)
    except BackupDamaged as error:
        return (str(error),)
    except OSError:
        pass  # whoever opens the store says so
    return ()


def verify(connection: Connection) -> Verified:
    """Read a store from end to end: its pages, every kept content against its sha256, and what the acts say of them."""
    there = set(inspect(connection).get_table_names())
    faults = _tried(connection, _said_of_pages, ["The database finds its own file inconsistent."])
    counted = {}
    for kind in (kind for kind in _KINDS if kind.table in there):
        unread = (0, [f"Not all {kind.words} can be read."])
        counted[kind.words], lines = _tried(connection, partial(_contents, kind=kind), unread)
        faults += lines
    counted["figures"], lines = _tried(connection, _count_figures, (0, ["Not all figures can be read."]))
    faults += lines
    counted["acts"], lines = _tried(connection, trail.faults, (0, ["Not all acts can be read."]))
    faults += lines + _tried(connection, other_than_approved, ["Not all acts can be read."])
    faults += _tried(connection, migrations.otherwise, ["The list of migrations can't be read."])
    faults += _tried(connection, kinds_of_values, ["Not all tables can be read."])
    faults += _tried(connection, rows_against_acts, ["Not all that the acts tell of can be read."])
    faults += _tried(connection, versions, ["Not all versions of figures can be read."])
    return Verified(counted, tuple(faults + _tried(connection, states_against_acts, [UNREAD_STATES])))


def _tried(connection: Connection, ask: Callable[[Connection], Answer], unread: Answer) -> Answer:
    """What is found, or what to say instead where it can't be read; what is asked next is asked all the same."""
    try:
        with connection.begin_nested():
            return ask(connection)
    except (DBAPIError, ValueError, TypeError, KeyError):  # an act's detail that is no JSON, words where a number stood
        return unread


def _said_of_pages(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its pages, indexes and references; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    lines = []
    for (message,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})").all():
        if message != "ok":
            lines.append(f"The database finds: {' '.join(message.split())}.")
    for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:MOST_FAULTS]:
        lines.append(f"A row of the table {table} names another that isn't there.")
    return lines


def _contents(connection: Connection, kind: _Kind) -> tuple[int, list[str]]:
    count, faults = 0, []
    for name, sha256, stored, *size in connection.execute(kind.rows.execution_options(yield_per=10)):
        count += 1
        if not _is_whole(stored, sha256, kind.packed, *size):
            named = kind.name.format(name)
            faults.append(f"{upper_first(named)} is not what was stored.")
    return count, faults[:MOST_FAULTS]


def _is_whole(stored: bytes | str | None, sha256: str, packed: bool, size: int | None = None) -> bool:
    stored_bytes = blobs.raw_bytes(stored)
    try:
        content = blobs.inflated(stored_bytes) if packed else stored_bytes
        return blobs.sha256_of(content) == sha256 and size in (None, len(content))
    except zlib.error:
        return False


def _count_figures(connection: Connection) -> tuple[int, list[str]]:
    """How many figures are kept, and the extracts that have more or fewer of them than they reported."""
    counts: Counter[int] = Counter()
    total = 0
    there = inspect(connection).get_table_names()
    for table in (
        known_table for known_table in (observations, published_figures) if known_table.name in there
    ):  # an older store has not all
        reported = (table.c.extract_id == extracts.c.extract_id) & (table.c.recorded_from == extracts.c.recorded_from)
        query = select(extracts.c.extract_id, func.count()).join(table, reported).group_by(extracts.c.extract_id)
        counts.update({int(which): int(count) for which, count in connection.execute(query)})
        total += connection.execute(select(func.count()).select_from(table)).scalar_one()
    rows = connection.execute(select(extracts.c.extract_id, extracts.c.rows).order_by(extracts.c.extract_id)).all()
    faults = [f"Extract {which} reported {sent:,} figures, and {counts[which]:,} are kept." for which, sent in rows
              if sent != counts[which]]  # fmt: skip
    return int(total), faults[:MOST_FAULTS]
