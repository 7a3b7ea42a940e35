"""Every act: who did what to what, and when. Rows are only ever added, each sealed with the one before."""

import json
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select, text

from scorecard.store.audit.chain import ACT as ACT_COLUMNS
from scorecard.store.audit.chain import START, seal, seals
from scorecard.store.frames import timestamps
from scorecard.store.schema import act_chain, acts

__all__ = ["ACT_COLUMNS", "BESIDE", "PROGRAM", "listing", "of_kind", "record", "seal_in"]

PROGRAM = "the scorecard"  # who did what nobody asked for
# What is done beside what the store holds: no answer is another after it. The index of the eighth migration names the
# same; a further one needs an index of its own, or each look at the store's version walks past all of its kind.
BESIDE = (
    "backed up",
    "found access changed",
    "handed out",
    "moved here",
    "read",
    "restored here",
    "signed in",
    "signed out",
    "was refused",
)
_CHANGES = text(f"what NOT IN ({', '.join(repr(what) for what in BESIDE)})")  # in the index's own words
_LAST_SEAL = select(act_chain.c.sha256).order_by(act_chain.c.act_id.desc()).limit(1)


def record(connection: Connection, at: int, who: str, what: str, subject: str, detail: dict[str, Any]) -> None:
    """Add an act, in the transaction of what it tells of; no other writes meanwhile, so the chain never forks."""
    detail_json = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    row = {"at": at, "who": who, "what": what, "subject": subject, "detail": detail_json}
    (act_id,) = connection.execute(insert(acts).values(row)).inserted_primary_key or (0,)
    previous = connection.execute(_LAST_SEAL).scalar() or START
    own = seal(previous, (act_id, *row.values()))
    connection.execute(insert(act_chain).values(act_id=act_id, previous=previous, sha256=own))


def seal_in(connection: Connection, at: int) -> None:
    """Seal the acts of before the chain, and record that it was done. Nothing where there are none."""
    known = connection.execute(select(*[acts.c[name] for name in ACT_COLUMNS]).order_by(acts.c.act_id)).all()
    if not known:
        return
    rows = [dict(zip(act_chain.columns.keys(), sealed, strict=True)) for sealed in seals(map(tuple, known))]
    connection.execute(insert(act_chain), rows)
    record(connection, at, PROGRAM, "sealed", f"acts up to {rows[-1]['act_id']}", {"acts": len(rows)})


def last(connection: Connection) -> str:
    """What names the last act but those that are BESIDE; '' before the first."""
    newest = select(acts.c.act_id, acts.c.at).where(_CHANGES).order_by(acts.c.act_id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return "" if row is None else f"{row.act_id}.{row.at}"


def is_version(connection: Connection, version: str) -> bool:
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
    frame["at"] = timestamps(frame["at"])
    frame["detail"] = [json.loads(detail) for detail in frame["detail"]]
    return frame.astype({"act_id": "int64", "who": "str", "what": "str", "subject": "str", "detail": "object"})
