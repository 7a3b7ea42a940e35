"""Questions about extracts: which there are, their bytes, and what each changed."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import pandas as pd
from pydantic import JsonValue
from sqlalchemy import Connection, Select, and_, func, select

from scorecard.store import frames, observations
from scorecard.store.errors import UnknownExtract
from scorecard.store.schema import editions, extracts, withdrawals
from scorecard.store.schema import observations as table
from scorecard.store.values.timestamps import OPEN, to_micros

EXTRACT_COLUMNS = [
    "extract_id",
    "file_name",
    "sha256",
    "size",
    "source",
    "layout",
    "who",
    "submitted_at",
    "reason",
    "rows",
    "new",
    "revised",
    "unchanged",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawn_reason",
]


LARGEST = 2**31 - 1  # that every database can be asked about


def require(connection: Connection, extract_id: int) -> int:
    """The moment an extract was sent. Raises UnknownExtract."""
    query = select(extracts.c.recorded_from).where(extracts.c.extract_id == extract_id)
    sent = connection.execute(query).scalar() if -LARGEST <= extract_id <= LARGEST else None
    if sent is None:
        raise UnknownExtract(extract_id)
    return int(sent)


def listing(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """The extracts sent by a moment, oldest first, as things stood then, in EXTRACT_COLUMNS; no published files."""
    taken_back = extracts.c.extract_id == withdrawals.c.extract_id
    if at is not None:
        taken_back = and_(taken_back, withdrawals.c.recorded_from <= to_micros(at))
    query = _listed().select_from(extracts.outerjoin(withdrawals, taken_back)).order_by(extracts.c.extract_id)
    query = query.where(extracts.c.extract_id.not_in(select(editions.c.extract_id)))
    if at is not None:
        query = query.where(extracts.c.recorded_from <= to_micros(at))
    rows = connection.execute(query).all()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=EXTRACT_COLUMNS)
    return _typed(frame)


def _listed() -> Select[Any]:
    elsewhere = {
        "submitted_at": extracts.c.recorded_from,
        "withdrawn_at": withdrawals.c.recorded_from,
        "withdrawn_by": withdrawals.c.who,
        "withdrawn_reason": withdrawals.c.reason,
    }
    return select(*[elsewhere[name] if name in elsewhere else extracts.c[name] for name in EXTRACT_COLUMNS])


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = ["extract_id", "size", "rows", "new", "revised", "unchanged"]
    text_columns = ["file_name", "sha256", "source", "layout", "who", "reason", "withdrawn_by", "withdrawn_reason"]
    frame = frame.astype({**dict.fromkeys(numbers, "int64"), **dict.fromkeys(text_columns, "str")})
    for name in ("submitted_at", "withdrawn_at"):
        frame[name] = frames.timestamps([OPEN if pd.isna(at) else int(at) for at in frame[name].astype(object)])
    return frame


def accepted(connection: Connection, extract_ids: Collection[int], naming: str | None) -> list[dict[str, JsonValue]]:
    """The warnings that were accepted with some extracts, latest extract first, each with its extract_id.

    naming: a text; extracts whose warnings say it nowhere aren't looked at, so that a few can be had of many.
    """
    query = select(extracts.c.extract_id, extracts.c.accepted).where(extracts.c.accepted != "[]")
    if naming is not None:
        query = query.where(extracts.c.accepted.contains(json.dumps(naming, ensure_ascii=False), autoescape=True))
    rows = connection.execute(query.order_by(extracts.c.extract_id.desc())).all()
    wanted = set(extract_ids)
    return [{"extract_id": which, **warning} for which, text in rows if which in wanted for warning in json.loads(text)]


def first_sent(connection: Connection, source: str, area: str, first: int, last: int) -> pd.DataFrame:
    """By which of a source's standing extracts each figure of an area was sent first, of some months (as 202008).

    Columns: measure_id, period_end, extract_id.
    """
    standing = select(extracts.c.extract_id).where(
        extracts.c.source == source, extracts.c.extract_id.not_in(select(withdrawals.c.extract_id))
    )
    query = (
        select(table.c.measure_id, table.c.month, func.min(table.c.extract_id))
        .where(table.c.month.between(first, last), table.c.area == area, table.c.extract_id.in_(standing))
        .group_by(table.c.measure_id, table.c.month)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    frame = pd.DataFrame(rows, columns=["measure_id", "month", "extract_id"])
    ends = pd.to_datetime(frame["month"].astype("str"), format="%Y%m") + pd.offsets.MonthEnd(0)
    return frame.assign(period_end=ends)[["measure_id", "period_end", "extract_id"]]


def measures_known(connection: Connection, area: str, month: int) -> frozenset[str]:
    """The measures of which an area has a figure or a symbol in force for a month (as 202008)."""
    query = select(table.c.measure_id).where(table.c.area == area, table.c.month == month, table.c.recorded_to == OPEN)
    return frozenset(connection.execute(query.distinct()).scalars())


def reported(connection: Connection, extract_id: int) -> pd.DataFrame:
    """The figures that an extract reported, in OBSERVATION_COLUMNS. Raises UnknownExtract."""
    return observations.of_extract(connection, extract_id, require(connection, extract_id))


def before_and_after(connection: Connection, extract_id: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures that an extract superseded, and those it reported, in OBSERVATION_COLUMNS. Raises UnknownExtract."""
    after = reported(connection, extract_id)
    sent = require(connection, extract_id)
    new, old = table.alias("new"), table.alias("old")
    same = and_(*[new.c[name] == old.c[name] for name in ("measure_id", "month", "area", "months")])
    superseded = (
        select(old.c.observation_id)
        .select_from(new.join(old, and_(same, old.c.recorded_to == sent)))
        .where(new.c.extract_id == extract_id, new.c.recorded_from == sent)
    )
    return observations.select_where(connection, table.c.observation_id.in_(superseded)), after
