"""Each extract as it was kept: the table that was read of its file, how it was read, and the figures it reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, inspect, select

from scorecard.store import catalogues, observations, report_layouts
from scorecard.store.connection import connect
from scorecard.store.errors import StoreError
from scorecard.store.received import extract_queries, read_tables
from scorecard.store.received.editions import printed_by
from scorecard.store.schema import editions, extracts
from scorecard.store.schema import read_tables as kept_tables
from scorecard.store.values.timestamps import from_micros


class StoredExtract(BaseModel):
    """One extract. figures: as it reported them; published: whether they are those of an edition.

    catalogue: the one in force when it was sent. layout: of a report in its own layout, and what it is called.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    extract_id: int
    file_name: str
    sent: datetime
    table: read_tables.ReadTable
    catalogue: bytes | None
    called: str | None
    layout: bytes | None
    published: bool
    figures: pd.DataFrame


def stored_extracts(url: str) -> Iterator[StoredExtract]:
    """Every extract whose read table is kept, oldest first; nothing of the store is changed.

    None of a store from before tables were kept, and none of those that can't be read: verify_file names those.
    """
    with connect(url, as_it_is=True).reading() as connection:
        there = set(inspect(connection).get_table_names())
        if not {kept_tables.name, editions.name} <= there:
            return
        for (extract_id,) in connection.execute(select(kept_tables.c.extract_id).order_by(kept_tables.c.extract_id)):
            try:
                extract = _kept(connection, int(extract_id))
            except (StoreError, ValueError):
                continue
            if extract is not None:
                yield extract


def _kept(connection: Connection, extract_id: int) -> StoredExtract | None:
    row = connection.execute(select(extracts).where(extracts.c.extract_id == extract_id)).one()
    table = read_tables.get(connection, extract_id, "")
    if table is None:
        return None
    sent = from_micros(row.recorded_from)
    edition = connection.execute(select(editions.c.edition).where(editions.c.extract_id == extract_id)).first()
    name, _, version = (row.layout or "").rpartition(", version ")
    return StoredExtract(
        extract_id=extract_id,
        file_name=row.file_name,
        sent=sent,
        table=table,
        catalogue=catalogues.content_at(connection, sent, ""),
        called=row.layout,
        layout=report_layouts.content(connection, name, int(version), "") if name and version.isdigit() else None,
        published=edition is not None,
        figures=printed_by(connection, extract_id, row.recorded_from)
        if edition is not None
        else observations.of_extract(connection, extract_id, extract_queries.require(connection, extract_id)),
    )
