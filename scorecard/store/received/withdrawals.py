"""Taking an extract back: of each figure it had in force, the latest extract not withdrawn counts again."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from scorecard.core.periods import day_words
from scorecard.store import observations
from scorecard.store.audit import audit_log
from scorecard.store.compare_figures import CHANGE_COLUMNS, compare
from scorecard.store.errors import AlreadyWithdrawn
from scorecard.store.frames import FIGURE, KEY
from scorecard.store.received import editions, extract_queries
from scorecard.store.received.extracts import Withdrawal, next_timestamp, put_back
from scorecard.store.schema import observations as table
from scorecard.store.schema import withdrawals
from scorecard.store.values.timestamps import OPEN, from_micros

# What a row says again when it is put back in force.
_KEPT = ["extract_id", "measure_id", "area", "month", "months", *FIGURE, "note", "origin"]


def withdraw(connection: Connection, extract_id: int, who: str, when: datetime, reason: str) -> Withdrawal:
    """Withdraw an extract, in a writing transaction. Raises UnknownExtract and AlreadyWithdrawn."""
    extract_queries.require(connection, extract_id)
    _refuse_twice(connection, extract_id)
    at = next_timestamp(connection, when)
    row = {"extract_id": extract_id, "recorded_from": at, "who": who, "reason": reason}
    connection.execute(insert(withdrawals).values(row))
    if editions.is_edition(connection, extract_id):
        changes = editions.withdraw(connection, extract_id, at)
    else:
        in_force = (table.c.extract_id == extract_id) & (table.c.recorded_to == OPEN)
        connection.execute(update(table).where(in_force).values(recorded_to=at))
        put_back(connection, table, _KEPT, ["extract_id", "observation_id"], extract_id, at)
        changes = _changes(connection, extract_id, at)
    removed = int((changes["kind"] == "removed").sum())
    counted = {"restored": len(changes) - removed, "removed": removed}
    audit_log.record(connection, at, who, "withdrew", f"extract {extract_id}", {"reason": reason, **counted})
    return Withdrawal(extract_id=extract_id, recorded_at=from_micros(at), changes=changes, **counted)


def _refuse_twice(connection: Connection, extract_id: int) -> None:
    earlier = connection.execute(select(withdrawals).where(withdrawals.c.extract_id == extract_id)).one_or_none()
    if earlier is not None:
        when = from_micros(earlier.recorded_from)
        raise AlreadyWithdrawn(extract_id, earlier.who, f"{day_words(when)}, {when:%H:%M} UTC")


def _changes(connection: Connection, extract_id: int, at: int) -> pd.DataFrame:
    before = observations.select_where(connection, (table.c.extract_id == extract_id) & (table.c.recorded_to == at))
    after = observations.select_where(connection, table.c.recorded_from == at, table.c.extract_id != extract_id)
    changes = compare(before, after)
    gone = before.merge(after[KEY], on=KEY, how="left", indicator="found")
    gone = gone[gone["found"] == "left_only"].drop(columns="found")
    if gone.empty:
        return changes
    nothing = gone.assign(value=float("nan"), numerator=float("nan"), denominator=float("nan"))
    nothing = nothing.assign(symbol=pd.array([pd.NA] * len(gone), dtype="str"))
    removed = compare(gone, nothing).assign(kind="removed")
    both = [part for part in (changes, removed) if len(part)]
    return pd.concat(both, ignore_index=True)[CHANGE_COLUMNS].sort_values(KEY, ignore_index=True)
