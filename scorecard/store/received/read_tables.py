"""The table that was read of each extract: kept instead of the file as it was sent, of which the sha256 stays."""

from collections.abc import Collection, Iterator
from datetime import datetime

import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, insert, select

from scorecard.store import blobs
from scorecard.store.audit import audit_log
from scorecard.store.connection import Database
from scorecard.store.errors import UnknownExtract
from scorecard.store.received import extract_queries
from scorecard.store.schema import extract_contents, extracts
from scorecard.store.schema import read_tables as kept_tables
from scorecard.store.values.timestamps import to_micros


class ReadTable(BaseModel):
    """What was read of a file, as CSV (UTF-8), and how: which sheet, and the month of a report that says one."""

    model_config = ConfigDict(frozen=True)

    content: bytes
    sha256: str
    sheet: str | None
    month: str | None


def keep(connection: Connection, extract_id: int, content: bytes, sheet: str | None, month: str | None) -> str:
    """Keep what was read of an extract, in a writing transaction, and return its sha256."""
    sha256 = blobs.sha256_of(content)
    row = {"extract_id": extract_id, "sha256": sha256, "sheet": sheet, "month": month}
    connection.execute(insert(kept_tables).values(row | {"content": blobs.packed(content)}))
    return sha256


def get(connection: Connection, extract_id: int, where: str) -> ReadTable | None:
    """What was read of an extract; None where its file is kept as sent. Raises UnknownExtract, StoreDamaged."""
    row = connection.execute(select(kept_tables).where(kept_tables.c.extract_id == extract_id)).one_or_none()
    if row is None:
        extract_queries.require(connection, extract_id)
        return None
    content = blobs.unpacked(row.content, row.sha256, where, f"the table of extract {extract_id}")
    return ReadTable(content=content, sha256=row.sha256, sheet=row.sheet, month=row.month)


class SentFiles:
    """The files that an older version kept as they were sent, until what was read of them takes their place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __iter__(self) -> Iterator[int]:
        """The extracts whose files are still kept, oldest first."""
        query = select(extract_contents.c.extract_id).order_by(extract_contents.c.extract_id)
        with self._database.reading() as connection:
            extract_ids = connection.execute(query).scalars().all()
        return iter(extract_ids)

    def content(self, extract_id: int) -> bytes:
        """A file's bytes. Raises UnknownExtract where it isn't kept, StoreDamaged."""
        query = select(extracts.c.sha256, extract_contents.c.content).join_from(extracts, extract_contents)
        with self._database.reading() as connection:
            row = connection.execute(query.where(extracts.c.extract_id == extract_id)).one_or_none()
        if row is None:
            raise UnknownExtract(extract_id)
        return blobs.unpacked(row.content, row.sha256, self._database.where, f"the file of extract {extract_id}")

    def figures(self, extract_id: int) -> pd.DataFrame:
        """The figures that an extract reported when it was sent, in OBSERVATION_COLUMNS. Raises UnknownExtract."""
        with self._database.reading() as connection:
            return extract_queries.reported(connection, extract_id)

    def replace(
        self, extract_id: int, table: bytes, who: str, when: datetime, reason: str, holds: Collection[str] = ()
    ) -> None:
        """Keep the table that was read in the place of a file, whose bytes are gone then: one act.

        holds: what the file says of persons, by its kinds. Raises UnknownExtract where no such file is kept.
        """
        gone = delete(extract_contents).where(extract_contents.c.extract_id == extract_id)
        with self._database.writing() as connection:
            if extract_id not in connection.execute(select(extract_contents.c.extract_id)).scalars().all():
                raise UnknownExtract(extract_id)
            sha256 = keep(connection, extract_id, table, None, None)
            connection.execute(gone)
            detail = {"reason": reason, "table_sha256": sha256, "held": sorted(holds)}
            at = to_micros(when)
            audit_log.record(connection, at, who, "removed the sent file", f"extract {extract_id}", detail)
