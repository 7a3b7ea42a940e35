"""Questions about the trail: its acts by person, measure, day and kind, its head at a moment, and its proof."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Select, String, cast, func, inspect, literal, or_, select

from scorecard.store import blobs
from scorecard.store.audit.chain import ACT, CHAIN_COLUMNS, Head, Proof, verify
from scorecard.store.connection import Database
from scorecard.store.frames import timestamps
from scorecard.store.schema import act_chain, acts, observations, snapshots
from scorecard.store.values.timestamps import to_micros

CHANGES = ("submitted", "withdrew", "imported", "changed")  # whose moments `last_change` is of
TRAIL_COLUMNS = [*ACT, "sha256"]
_IN_SNAPSHOT = re.compile(rb'"trail":\{"act_id":(\d+),"sha256":"([0-9a-f]{64})"\}')  # as its canonical JSON has it


class TrailFilter(BaseModel):
    """Which acts are wanted; what is None leaves none out.

    who: a part of the name, in any case. measure: acts about it, by its id. start, end: moments, from and before.
    what: a kind of act. before: only acts with a smaller number, the latest first; to go on from a page of them.
    """

    model_config = ConfigDict(frozen=True)

    who: str | None = None
    measure: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    what: str | None = None
    before: int | None = None


class Trail:
    """The acts of a store, and the seals that chain them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, wanted: TrailFilter, most: int | None = None) -> pd.DataFrame:
        """The acts that are wanted, the latest first, at most so many of them, in TRAIL_COLUMNS; detail as a text."""
        query = _matching(wanted).order_by(acts.c.act_id.desc()).limit(most)
        with self._database.reading() as connection:
            rows = [tuple(row) for row in connection.execute(query).all()]
        frame = pd.DataFrame(rows, columns=TRAIL_COLUMNS, dtype="object")
        return frame.assign(act_id=frame["act_id"].astype("int64"), at=timestamps(frame["at"].astype("int64")))

    def kinds(self) -> list[str]:
        """What was ever done: 'approved', 'submitted' …"""
        with self._database.reading() as connection:
            return [
                str(what) for what in connection.execute(select(acts.c.what).distinct().order_by(acts.c.what)).scalars()
            ]

    def head(self, as_known_at: datetime | None = None) -> Head | None:
        """The last act, and its seal; by a moment, the last by then that changed figures. None before the first."""
        query = select(act_chain.c.act_id, act_chain.c.sha256)
        if as_known_at is not None:
            query = query.join(acts, acts.c.act_id == act_chain.c.act_id)
            query = query.where(acts.c.at <= to_micros(as_known_at), acts.c.what.in_(CHANGES))
        with self._database.reading() as connection:
            row = connection.execute(query.order_by(act_chain.c.act_id.desc()).limit(1)).one_or_none()
        return None if row is None else Head(int(row.act_id), str(row.sha256))

    def prove(self, heads: Iterable[Head] = ()) -> Proof:
        """Prove the whole trail, against the heads in this store's snapshots and others that were kept elsewhere."""
        with self._database.reading() as connection:
            return prove(connection, heads)


def prove(connection: Connection, heads: Iterable[Head] = ()) -> Proof:
    """Prove the trail of acts within a transaction, and hold it to heads that were kept elsewhere."""
    return verify(chained(connection), [*heads, *heads_in_snapshots(connection)])


def faults(connection: Connection) -> tuple[int, list[str]]:
    """How many acts are chained, and what is wrong with the chain, in words; a store of before the chain has none."""
    if act_chain.name not in inspect(connection).get_table_names():
        return 0, []
    proof = prove(connection)
    return proof.acts, list(proof.faults)


def chained(connection: Connection) -> pd.DataFrame:
    """Every act and every seal, in CHAIN_COLUMNS, by act_id; what one of them lacks is None."""
    acts_by_id = {row[0]: row for row in connection.execute(select(*[acts.c[name] for name in ACT])).all()}
    query = select(act_chain.c.act_id, act_chain.c.previous, act_chain.c.sha256)
    seals_by_id = {row[0]: row[1:] for row in connection.execute(query).all()}
    no_act, no_seal = (None,) * (len(ACT) - 1), (None, None)
    rows = [
        (*acts_by_id.get(act_id, (act_id, *no_act)), *seals_by_id.get(act_id, no_seal))
        for act_id in sorted(acts_by_id.keys() | seals_by_id.keys())
    ]
    return pd.DataFrame(rows, columns=CHAIN_COLUMNS, dtype="object")


def heads_in_snapshots(connection: Connection) -> Iterator[Head]:
    """The heads that stand in snapshots; those of older ones have none."""
    query = select(snapshots.c.snapshot_id, snapshots.c.content).execution_options(yield_per=10)
    for snapshot_id, content in connection.execute(query):
        try:
            match = _IN_SNAPSHOT.search(blobs.inflated(blobs.raw_bytes(content)))
        except zlib.error:
            continue  # which the proof of snapshots says
        if match:
            yield Head(int(match[1]), match[2].decode(), f"in snapshot {snapshot_id[:12]}")


def _matching(wanted: TrailFilter) -> Select[Any]:
    query = select(*[acts.c[name] for name in ACT], act_chain.c.sha256)
    query = query.select_from(acts.outerjoin(act_chain, act_chain.c.act_id == acts.c.act_id))
    if wanted.who:
        query = query.where(func.lower(acts.c.who).contains(wanted.who.lower(), autoescape=True))
    if wanted.measure:
        query = query.where(_about(wanted.measure))
    if wanted.start is not None:
        query = query.where(acts.c.at >= to_micros(wanted.start))
    if wanted.end is not None:
        query = query.where(acts.c.at < to_micros(wanted.end))
    if wanted.what:
        query = query.where(acts.c.what == wanted.what)
    return query if wanted.before is None else query.where(acts.c.act_id < wanted.before)


def _about(measure: str) -> Any:
    """Acts that name a measure, or that sent or took back figures of it."""
    sent = literal("extract ").concat(cast(observations.c.extract_id, String))
    return or_(
        acts.c.subject.startswith(f"commentary {measure} ", autoescape=True),
        acts.c.detail.contains(json.dumps(measure), autoescape=True),
        acts.c.subject.in_(select(sent).where(observations.c.measure_id == measure)),
    )
