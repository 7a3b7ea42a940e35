"""The catalogues that were in force, each kept with the moment from which it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from scorecard.store import blobs
from scorecard.store.audit import audit_log
from scorecard.store.received.extracts import next_timestamp
from scorecard.store.schema import catalogues
from scorecard.store.values.timestamps import to_micros


def in_force(connection: Connection, at: datetime | None) -> Row[*tuple[Any, ...]] | None:
    """sha256 and compressed bytes of the catalogue in force at a moment; now, where none is given."""
    query = select(catalogues.c.sha256, catalogues.c.content).order_by(catalogues.c.recorded_from.desc()).limit(1)
    if at is not None:
        query = query.where(catalogues.c.recorded_from <= to_micros(at))
    return connection.execute(query).one_or_none()


def is_in_force(connection: Connection, content: bytes) -> bool:
    """Whether these bytes are the catalogue in force."""
    row = in_force(connection, None)
    return row is not None and row.sha256 == blobs.sha256_of(content)


def keep(
    connection: Connection, content: bytes, when: datetime, who: str, accepted: dict[str, Any] | None = None
) -> bool:
    """Put a catalogue in force, in a writing transaction. False, and nothing is written, if it is already.

    accepted: what was said yes to, kept with the act.
    """
    if is_in_force(connection, content):
        return False
    at = next_timestamp(connection, when)
    sha256 = blobs.sha256_of(content)
    row = {"recorded_from": at, "sha256": sha256, "who": who, "content": blobs.packed(content)}
    connection.execute(insert(catalogues).values(row))
    audit_log.record(
        connection, at, who, "changed", "catalogue", {"sha256": sha256, "size": len(content), **(accepted or {})}
    )
    return True


def content_at(connection: Connection, at: datetime | None, where: str) -> bytes | None:
    """The catalogue in force at a moment. Raises StoreDamaged where its bytes are others now."""
    row = in_force(connection, at)
    return None if row is None else blobs.unpacked(row.content, row.sha256, where, "a catalogue")


def contents(connection: Connection, where: str) -> list[bytes]:
    """Every catalogue that was put in force, the latest first. Raises StoreDamaged where one's bytes are others now."""
    query = select(catalogues.c.sha256, catalogues.c.content).order_by(catalogues.c.recorded_from.desc())
    return [blobs.unpacked(row.content, row.sha256, where, "a catalogue") for row in connection.execute(query)]
