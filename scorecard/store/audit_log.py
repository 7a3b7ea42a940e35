"""Every act: who did what to what, and when. Rows are only ever added."""

import json
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select

from scorecard.store.frames import moments
from scorecard.store.schema import acts

ACT_COLUMNS = ["act_id", "at", "who", "what", "subject", "detail"]


def record(connection: Connection, at: int, who: str, what: str, subject: str, detail: dict[str, Any]) -> None:
    """Add an act, in the transaction of what it tells of."""
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    row = {"at": at, "who": who, "what": what, "subject": subject, "detail": text}
    connection.execute(insert(acts).values(row))


def last(connection: Connection) -> str:
    """What names the last act, whatever it was; '' before the first."""
    row = connection.execute(select(acts.c.act_id, acts.c.at).order_by(acts.c.act_id.desc()).limit(1)).one_or_none()
    return "" if row is None else f"{row.act_id}.{row.at}"


def was(connection: Connection, version: str) -> bool:
    """Whether a version is one that the store had: the act that it names is still there."""
    if not version:
        return True
    act_id, _, at = version.partition(".")
    return connection.execute(select(acts.c.at).where(acts.c.act_id == int(act_id))).scalar() == int(at)


def listing(connection: Connection) -> pd.DataFrame:
    """Every act in the order in which they happened, in ACT_COLUMNS; detail is a dict."""
    return _frame(connection, select(*[acts.c[name] for name in ACT_COLUMNS]).order_by(acts.c.act_id))


def of_kind(connection: Connection, what: str) -> pd.DataFrame:
    """The acts of one kind ('approved', 'withdrew' …), in their order, in ACT_COLUMNS; detail is a dict."""
    query = select(*[acts.c[name] for name in ACT_COLUMNS]).where(acts.c.what == what).order_by(acts.c.act_id)
    return _frame(connection, query)


def _frame(connection: Connection, query: Any) -> pd.DataFrame:
    rows = connection.execute(query).all()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=ACT_COLUMNS)
    frame["at"] = moments(frame["at"])
    frame["detail"] = [json.loads(text) for text in frame["detail"]]
    return frame.astype({"act_id": "int64", "who": "str", "what": "str", "subject": "str", "detail": "object"})
