"""Submissions and withdrawals: the only two acts that change a figure. Each is one transaction."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue
from sqlalchemy import Connection, Table, and_, func, insert, literal, select

from scorecard.store import frames, observations
from scorecard.store.audit import audit_log
from scorecard.store.audit.row_hashes import OF_TABLE, extract_sha256
from scorecard.store.compare_figures import compare, counts
from scorecard.store.errors import StoreChanged
from scorecard.store.received import read_tables
from scorecard.store.schema import catalogues, editions, extracts, withdrawals
from scorecard.store.schema import observations as table
from scorecard.store.values.many_rows import add_rows, close_rows
from scorecard.store.values.timestamps import OPEN, from_micros, to_micros

FIGURE_KEY = ["measure_id", "month", "area", "months"]  # which figure a row is a version of


class Submission(BaseModel):
    """An extract as it was read: what was read of the file, where it is from, who sent it and when.

    sha256, size: of the file as it was sent, which isn't kept. table: what was read of it, as CSV. sheet: of the
    workbook, that was read. month: of the whole report (2020-08), where it is beside the table.
    """

    model_config = ConfigDict(frozen=True)

    file_name: str
    sha256: str
    size: int
    table: bytes
    sheet: str | None = None
    month: str | None = None
    source: str
    who: str
    when: AwareDatetime
    reason: str | None = None  # why the warnings were accepted
    accepted: tuple[dict[str, JsonValue], ...] = ()  # the warnings that were
    layout: str | None = None


class Receipt(BaseModel):
    """What a submission did. `changes` has a row for each figure of the extract, in CHANGE_COLUMNS."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    extract_id: int
    already_held: bool
    recorded_at: AwareDatetime
    new: int
    revised: int
    unchanged: int
    changes: pd.DataFrame


class Withdrawal(BaseModel):
    """What a withdrawal did. `changes` has a row for each figure that the extract had in force.

    Their kind is revised or unchanged where an earlier figure is in force again, removed where there is none.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    extract_id: int
    recorded_at: AwareDatetime
    restored: int
    removed: int
    changes: pd.DataFrame


def submit(
    connection: Connection,
    submission: Submission,
    reported: pd.DataFrame,
    elsewhere: pd.DataFrame,
    written: Callable[[int], None] | None = None,
) -> Receipt:
    """Keep an extract and its observations, in a writing transaction. The same file again changes nothing."""
    holder = extract_holding(connection, submission.sha256, reported)
    if holder is not None:
        return _already_held(connection, holder)
    at = next_timestamp(connection, submission.when)
    before = observations.for_figures(connection, reported)
    changes = compare(with_figures_elsewhere(before, elsewhere), reported)
    extract_id, kept_sha256 = add_extract(connection, submission, at, changes)
    superseded = before.merge(reported[frames.KEY], on=frames.KEY)["observation_id"]
    close_rows(connection, table.c.observation_id, superseded.tolist(), at)
    _add_observations(connection, reported, extract_id, at, written)
    detail = {
        "file_name": submission.file_name,
        "sha256": submission.sha256,
        "kept_sha256": kept_sha256,
        **counts(changes),
    }
    audit_log.record(connection, at, submission.who, "submitted", f"extract {extract_id}", detail)
    return Receipt(
        extract_id=extract_id,
        already_held=False,
        recorded_at=from_micros(at),
        changes=changes,
        **counts(changes),
    )


def require_unchanged(connection: Connection, since: datetime | None) -> None:
    """Raises StoreChanged where the last change is another than the one that was seen; None: whatever was seen.

    Another, not only a later one: a backup that was put back has an earlier one.
    """
    if since is not None and last_timestamp(connection) != to_micros(since):
        raise StoreChanged


def extract_holding(connection: Connection, sha256: str, reported: pd.DataFrame) -> int | None:
    """The latest extract, not withdrawn, of a file of this sha256 that reported these figures of it."""
    query = select(extracts.c.extract_id, extracts.c.recorded_from).where(
        extracts.c.sha256 == sha256, extracts.c.extract_id.not_in(select(withdrawals.c.extract_id))
    )
    for extract_id, sent in connection.execute(query.order_by(extracts.c.extract_id.desc())).all():
        own = observations.of_extract(connection, extract_id, sent)
        if len(own) == len(reported) and compare(own, reported)["kind"].eq("unchanged").all():
            return int(extract_id)
    return None


def next_timestamp(connection: Connection, when: datetime) -> int:
    """The moment for a change: when it was asked for, but always later than the last change."""
    last = last_timestamp(connection)
    return to_micros(when) if last is None else max(to_micros(when), last + 1)


def last_timestamp(connection: Connection) -> int | None:
    """The moment of the last submission, withdrawal or change of catalogue."""
    moments = [
        connection.execute(select(func.max(changed.c.recorded_from))).scalar()
        for changed in (extracts, withdrawals, catalogues)
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def first_timestamp(connection: Connection) -> int | None:
    """The moment of the first submission of figures of our own."""
    ours = extracts.c.extract_id.not_in(select(editions.c.extract_id))
    return connection.execute(select(func.min(extracts.c.recorded_from)).where(ours)).scalar()


def with_figures_elsewhere(before: pd.DataFrame, elsewhere: pd.DataFrame) -> pd.DataFrame:
    """The figures in force, and of those known beside the store the ones it doesn't hold."""
    if elsewhere.empty:
        return before
    missing = elsewhere.merge(before[frames.KEY], on=frames.KEY, how="left", indicator="found")
    missing = missing[missing["found"] == "left_only"].drop(columns="found")
    if missing.empty:
        return before
    missing = missing.assign(extract_id=pd.array([pd.NA] * len(missing), dtype="Int64"))
    missing = missing.assign(recorded_from=frames.timestamps(np.full(len(missing), OPEN)).array)
    return pd.concat([before, missing], ignore_index=True) if len(before) else missing


def _already_held(connection: Connection, extract_id: int) -> Receipt:
    row = connection.execute(select(extracts).where(extracts.c.extract_id == extract_id)).one()
    nothing = frames.from_rows([], frames.OBSERVATION_COLUMNS)
    return Receipt(
        extract_id=extract_id,
        already_held=True,
        recorded_at=from_micros(row.recorded_from),
        new=0,
        revised=0,
        unchanged=row.rows,
        changes=compare(nothing, nothing),
    )


def add_extract(
    connection: Connection, sent: Submission, at: int, changes: pd.DataFrame, edition: Mapping[str, Any] | None = None
) -> tuple[int, str]:
    """Keep an extract and the table that was read of it; its number, and what names all that is kept of it.

    edition: of a published file, what is kept of that beside.
    """
    row = {
        "recorded_from": at,
        **sent.model_dump(include={"sha256", "size", "file_name", "source", "layout", "who", "reason"}),
        "accepted": json.dumps(sent.accepted, ensure_ascii=False, sort_keys=True),
        "rows": len(changes),
        **counts(changes),
    }
    (extract_id,) = connection.execute(insert(extracts).values(row)).inserted_primary_key or (0,)
    table_sha256 = read_tables.keep(connection, int(extract_id), sent.table, sent.sheet, sent.month)
    of_table = dict(zip(OF_TABLE, (table_sha256, sent.sheet, sent.month), strict=True))
    return int(extract_id), extract_sha256({**row, **of_table, **(edition or {})})


def _add_observations(
    connection: Connection, reported: pd.DataFrame, extract_id: int, at: int, written: Callable[[int], None] | None
) -> None:
    rows = reported.assign(month=frames.month_numbers(reported["period_end"])).drop(columns="period_end")
    rows = rows.assign(extract_id=extract_id, recorded_from=at, recorded_to=OPEN)
    add_rows(connection, table, rows, written)


def put_back(
    connection: Connection, table: Table, columns: Sequence[str], latest_by: Sequence[str], extract_id: int, at: int
) -> None:
    """Add again, for each figure of an extract closed at a moment, the row of the latest standing one that has it.

    table: of versions of figures. columns: what of a row is written again. latest_by: columns, the greatest first.
    """
    closed, other = table.alias("closed"), table.alias("other")
    same_figure = and_(*[closed.c[name] == other.c[name] for name in FIGURE_KEY])
    latest_first = [other.c[name].desc() for name in latest_by]
    turn = func.row_number().over(partition_by=[other.c[name] for name in FIGURE_KEY], order_by=latest_first)
    candidates = (
        select(*[other.c[name] for name in columns], turn.label("turn"))
        .select_from(closed.join(other, same_figure))
        .where(closed.c.extract_id == extract_id, closed.c.recorded_to == at)
        .where(other.c.extract_id.not_in(select(withdrawals.c.extract_id)))
        .subquery()
    )
    again = select(*[candidates.c[name] for name in columns], literal(at), literal(OPEN)).where(candidates.c.turn == 1)
    connection.execute(insert(table).from_select([*columns, "recorded_from", "recorded_to"], again))
