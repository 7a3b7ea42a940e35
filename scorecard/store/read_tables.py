"""The table that was read of each extract: kept instead of the file as it was sent, of which the sha256 stays."""

from collections.abc import Collection
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, insert, select

from scorecard.store import audit_log, blobs
from scorecard.store.errors import UnknownExtract
from scorecard.store.schema import extract_contents, extracts
from scorecard.store.schema import read_tables as table
from scorecard.store.timestamps import to_micros


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
    connection.execute(insert(table).values(row | {"content": blobs.packed(content)}))
    return sha256


def get(connection: Connection, extract_id: int, where: str) -> ReadTable | None:
    """What was read of an extract; None where its file is kept as sent. Raises UnknownExtract, StoreDamaged."""
    query = select(extracts.c.extract_id, table).outerjoin(table, table.c.extract_id == extracts.c.extract_id)
    row = connection.execute(query.where(extracts.c.extract_id == extract_id)).one_or_none()
    if row is None:
        raise UnknownExtract(extract_id)
    if row.content is None:
        return None
    content = blobs.unpacked(row.content, row.sha256, where, f"the table of extract {extract_id}")
    return ReadTable(content=content, sha256=row.sha256, sheet=row.sheet, month=row.month)


def sent_files(connection: Connection) -> tuple[int, ...]:
    """The extracts whose files are still kept as they were sent, oldest first."""
    query = select(extract_contents.c.extract_id).order_by(extract_contents.c.extract_id)
    return tuple(connection.execute(query).scalars())


def sent_file(connection: Connection, extract_id: int, where: str) -> bytes:
    """A file that is still kept as it was sent. Raises UnknownExtract, StoreDamaged."""
    query = select(extracts.c.sha256, extract_contents.c.content).join_from(extracts, extract_contents)
    row = connection.execute(query.where(extracts.c.extract_id == extract_id)).one_or_none()
    if row is None:
        raise UnknownExtract(extract_id)
    return blobs.unpacked(row.content, row.sha256, where, f"the file of extract {extract_id}")


def replace_sent_file(
    connection: Connection,
    extract_id: int,
    content: bytes,
    who: str,
    when: datetime,
    reason: str,
    holds: Collection[str],
) -> None:
    """Keep the table that was read, and let the file as it was sent go: one act, in a writing transaction."""
    if extract_id not in sent_files(connection):
        raise UnknownExtract(extract_id)
    sha256 = keep(connection, extract_id, content, None, None)
    connection.execute(delete(extract_contents).where(extract_contents.c.extract_id == extract_id))
    detail = {"reason": reason, "table_sha256": sha256, "held": sorted(holds)}
    audit_log.record(connection, to_micros(when), who, "removed the sent file", f"extract {extract_id}", detail)
