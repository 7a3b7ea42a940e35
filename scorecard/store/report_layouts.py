"""The layouts of sources' own reports: every version of each, who showed it and when. Rows are only ever added."""

from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, insert, select

from scorecard.store import blobs, frames
from scorecard.store.audit import audit_log
from scorecard.store.errors import UnknownLayout
from scorecard.store.schema import layouts as table
from scorecard.store.values.timestamps import to_micros

LAYOUT_COLUMNS = ["name", "version", "state", "who", "at", "sha256"]  # state: in use | out of use
IN_USE, OUT_OF_USE = "in use", "out of use"
ACTS = {IN_USE: "showed", OUT_OF_USE: "stopped using"}


def keep(connection: Connection, name: str, content: bytes, who: str, when: datetime) -> int:
    """Keep a layout as the next version of its name, in a writing transaction; the same again is the one there is."""
    last = _last(connection, name)
    sha256 = blobs.sha256_of(content)
    if last is not None and last.state == IN_USE and last.sha256 == sha256:
        return int(last.version)
    version = 1 if last is None else int(last.version) + 1
    row = {"name": name, "version": version, "state": IN_USE, "sha256": sha256, "content": blobs.packed(content)}
    _add(connection, row, who, when)
    return version


def stop(connection: Connection, name: str, who: str, when: datetime) -> None:
    """Say that a layout is no longer used; its versions stay. Raises UnknownLayout where none is in use."""
    last = _last(connection, name)
    if last is None or last.state != IN_USE:
        raise UnknownLayout(name)
    _add(connection, {**last._mapping, "state": OUT_OF_USE}, who, when)


def listing(connection: Connection) -> pd.DataFrame:
    """Every version of every layout and its end, oldest first, in LAYOUT_COLUMNS."""
    rows = connection.execute(select(*[table.c[name] for name in LAYOUT_COLUMNS]).order_by(table.c.layout_id)).all()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=LAYOUT_COLUMNS)
    frame["at"] = frames.timestamps(frame["at"].astype("int64"))
    return frame.astype({"version": "int64", **dict.fromkeys(["name", "state", "who", "sha256"], "str")})


def content(connection: Connection, name: str, version: int | None, where: str) -> bytes:
    """A layout's content; the version in use, where none is named. Raises UnknownLayout, StoreDamaged."""
    query = select(table.c.sha256, table.c.content, table.c.state).where(table.c.name == name)
    if version is not None:
        query = query.where(table.c.version == version)
    row = connection.execute(query.order_by(table.c.layout_id.desc()).limit(1)).one_or_none()
    if row is None or (version is None and row.state != IN_USE):
        raise UnknownLayout(name)
    return blobs.unpacked(row.content, row.sha256, where, f"the layout '{name}'")


def _last(connection: Connection, name: str) -> Row[*tuple[Any, ...]] | None:
    columns = [table.c[column] for column in ("name", "version", "state", "sha256", "content")]
    query = select(*columns).where(table.c.name == name).order_by(table.c.layout_id.desc()).limit(1)
    return connection.execute(query).one_or_none()


def _add(connection: Connection, row: dict[str, Any], who: str, when: datetime) -> None:
    at = to_micros(when)
    connection.execute(insert(table).values({**row, "who": who, "at": at}))
    audit_log.record(
        connection,
        at,
        who,
        ACTS[row["state"]],
        f"layout {row['name']}",
        {"version": row["version"], "sha256": row["sha256"]},
    )
