"""Commentary: every version of what is said of a measure in a month. Rows are only ever added.

A version names the one that it was written on. Where another has come since, it is refused: nobody's words are lost.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, JsonValue
from sqlalchemy import Connection, func, insert, select

from scorecard.store import frames
from scorecard.store.audit import audit_log
from scorecard.store.connection import Database
from scorecard.store.errors import CommentaryChanged
from scorecard.store.schema import commentary as table
from scorecard.store.values.timestamps import to_micros

State = Literal["draft", "submitted", "approved", "returned"]
WORDS = ["what_happened", "why", "being_done", "by_whom", "by_when"]
COMMENTARY_COLUMNS = [
    "measure_id", "month", "version", "based_on", "state", *WORDS, "role", "reason", "flags", "who", "at",
]  # fmt: skip
_ACTS = {
    "draft": "wrote commentary",
    "submitted": "submitted commentary",
    "approved": "approved commentary",
    "returned": "returned commentary",
}


class Version(BaseModel):
    """One version of a comment as it is handed in. month: its last day. based_on: the version on the screen; 0: none.

    by_when: YYYY-MM-DD, or empty. role: of who approves. reason: why it is returned. flags: the claims that were
    flagged when it was approved.
    """

    model_config = ConfigDict(frozen=True)

    measure_id: str
    month: date
    based_on: int
    state: State
    what_happened: str
    why: str
    being_done: str
    by_whom: str
    by_when: str
    role: str | None = None
    reason: str | None = None
    flags: tuple[dict[str, JsonValue], ...] | None = None


class Commentary:
    """What is said of the measures of a store, version by version."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, measure_id: str, month: date) -> pd.DataFrame:
        """Every version of what is said of a measure in a month, oldest first, in COMMENTARY_COLUMNS."""
        where = (table.c.measure_id == measure_id) & (table.c.month == frames.month_number(month))
        with self._database.reading() as connection:
            return _frame(connection, _columns().where(where).order_by(table.c.version))

    def newest(self, months: Collection[date], as_known_at: datetime | None = None) -> pd.DataFrame:
        """The newest version by a moment of every comment of some months, in COMMENTARY_COLUMNS."""
        last = select(func.max(table.c.comment_id)).group_by(table.c.measure_id, table.c.month)
        last = last.where(table.c.month.in_([frames.month_number(month) for month in months]))
        if as_known_at is not None:
            last = last.where(table.c.at <= to_micros(as_known_at))
        with self._database.reading() as connection:
            return _frame(connection, _columns().where(table.c.comment_id.in_(last)).order_by(table.c.comment_id))

    def keep(self, version: Version, who: str, when: datetime) -> int:
        """Keep a version and return its number. Raises CommentaryChanged where another has come since `based_on`."""
        month = frames.month_number(version.month)
        with self._database.writing() as connection:
            where = (table.c.measure_id == version.measure_id) & (table.c.month == month)
            newest = connection.execute(select(func.max(table.c.version)).where(where)).scalar() or 0
            if newest != version.based_on:
                by = select(table.c.who).where(where & (table.c.version == newest))
                raise CommentaryChanged(str(connection.execute(by).scalar() or ""), newest)
            _add(connection, version, newest + 1, who, to_micros(when))
        return newest + 1


def _add(connection: Connection, version: Version, number: int, who: str, at: int) -> None:
    plain = version.model_dump(exclude={"month", "flags"})
    flags = None if version.flags is None else json.dumps(version.flags, ensure_ascii=False, sort_keys=True)
    month = frames.month_number(version.month)
    row = {**plain, "month": month, "version": number, "flags": flags, "who": who, "at": at}
    connection.execute(insert(table).values(row))
    audit_log.record(connection, at, who, *act_of(row))


def act_of(row: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The act that tells of a kept version: what, of what, and its detail. The words are named by their sha256."""
    detail: dict[str, Any] = {"version": row["version"], "based_on": row["based_on"]}
    detail |= {"words_sha256": words_sha256([row[name] for name in WORDS])}
    detail |= {name: row[name] for name in ("role", "reason") if row[name]}
    flags = json.loads(row["flags"] or "[]")
    detail |= {"flags": flags} if flags else {}
    return (
        _ACTS.get(row["state"], ""),
        f"commentary {row['measure_id']} {row['month'] // 100}-{row['month'] % 100:02d}",
        detail,
    )


def words_sha256(texts: Sequence[str]) -> str:
    """What names the words of a version in its act: the sha256 of WORDS in their order."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _columns() -> Any:
    return select(*[table.c[name] for name in COMMENTARY_COLUMNS])


def _frame(connection: Connection, query: Any) -> pd.DataFrame:
    rows = [tuple(row) for row in connection.execute(query).all()]
    frame = pd.DataFrame(rows, columns=COMMENTARY_COLUMNS, dtype="object")
    flags = pd.Series([json.loads(flags or "[]") for flags in frame["flags"]], dtype="object")
    months = frames.month_ends(frame["month"].to_numpy("int64"))
    return frame.assign(month=months, at=frames.timestamps(frame["at"].astype("int64")), flags=flags)
