"""Snapshots: frozen content named by its sha256; beside it its states and, once approved, its exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from scorecard.store import blobs, frames
from scorecard.store.audit import audit_log
from scorecard.store.audit.row_hashes import row_sha256
from scorecard.store.errors import SnapshotState, UnknownSnapshot
from scorecard.store.schema import snapshot_exports, snapshot_states, snapshots
from scorecard.store.values.timestamps import to_micros

SNAPSHOT_COLUMNS = ["snapshot_id", "board", "period", "as_known_at", "who", "taken_at", "size", "state"]
STATE_COLUMNS = ["snapshot_id", "state", "role", "who", "at", "superseded_by", "reason"]
EXPORT_COLUMNS = ["format", "sha256", "size"]
APPROVAL_COLUMNS = ["snapshot_id", "role", "who", "at", "template_kept", "template_file", "template_sha256"]
SHORTEST_PREFIX = 8


def find(connection: Connection, prefix: str) -> str:
    """The whole id for its first 8 or more characters. Raises UnknownSnapshot."""
    wanted = prefix.strip().lower()
    if len(wanted) < SHORTEST_PREFIX:
        raise UnknownSnapshot(prefix, f"give at least {SHORTEST_PREFIX} characters of its id")
    starts = snapshots.c.snapshot_id.startswith(wanted, autoescape=True)
    ids = connection.execute(select(snapshots.c.snapshot_id).where(starts).limit(2)).scalars().all()
    if len(ids) != 1:
        raise UnknownSnapshot(prefix, "more than one begins like this" if ids else "there is none")
    return str(ids[0])


def save(
    connection: Connection,
    content: bytes,
    board: str | None,
    period: str,
    as_known_at: datetime,
    who: str,
    when: datetime,
) -> str:
    """Keep a snapshot as a draft, in a writing transaction; one that is there already is left as it is."""
    snapshot_id = blobs.sha256_of(content)
    if is_there(connection, snapshot_id):
        return snapshot_id
    row = {
        "snapshot_id": snapshot_id,
        "board": board,
        "period": period,
        "as_known_at": to_micros(as_known_at),
        "who": who,
        "taken_at": to_micros(when),
        "size": len(content),
        "content": blobs.packed(content),
    }
    connection.execute(insert(snapshots).values(row))
    detail = {"board": board, "period": period, "kept_sha256": snapshot_sha256(row)}
    _enter(connection, snapshot_id, "draft", "took", who, when, detail)
    return snapshot_id


def snapshot_sha256(row: Mapping[str, Any]) -> str:
    """What names all that is kept of a snapshot, beside its content, in the act that took it."""
    return row_sha256(row, ("board", "period", "as_known_at", "size"))


def is_there(connection: Connection, snapshot_id: str) -> bool:
    """Whether a snapshot with this whole id is kept."""
    query = select(snapshots.c.snapshot_id).where(snapshots.c.snapshot_id == snapshot_id)
    return connection.execute(query).first() is not None


def content(connection: Connection, prefix: str, where: str) -> bytes:
    """The content as it was frozen. Raises UnknownSnapshot, and StoreDamaged where it is another now."""
    snapshot_id = find(connection, prefix)
    stored = connection.execute(select(snapshots.c.content).where(snapshots.c.snapshot_id == snapshot_id)).scalar_one()
    return blobs.unpacked(stored, snapshot_id, where, f"snapshot {snapshot_id[:12]}")


@dataclass(frozen=True)
class Approval:
    """Who approves a draft, in which role and when, with the bytes that are handed out from then on, by format.

    template: the file and sha256 of the PowerPoint template that the deck was drawn by; None for the software's own.
    corrects: the approved snapshot that is superseded by this one in the same step, and the reason why.
    """

    role: str
    who: str
    when: datetime
    exports: Mapping[str, bytes]
    template: Mapping[str, str] | None = None
    corrects: str | None = None
    reason: str = ""


def approve(connection: Connection, prefix: str, approval: Approval) -> str:
    """Approve a draft and keep the bytes of its exports, in a writing transaction. Returns the whole id.

    Raises UnknownSnapshot, and SnapshotState for one that is no draft, or corrects one that isn't approved.
    """
    snapshot_id = _in_state(connection, prefix, "draft")
    rows = [
        {
            "snapshot_id": snapshot_id,
            "format": name,
            "sha256": blobs.sha256_of(data),
            "size": len(data),
            "content": data,
        }
        for name, data in sorted(approval.exports.items())
    ]
    if rows:
        connection.execute(insert(snapshot_exports), rows)
    role, who, when, reason = approval.role, approval.who, approval.when, approval.reason
    detail = {"exports": {row["format"]: row["sha256"] for row in rows}, "template": dict(approval.template or {})}
    if approval.corrects is None:
        _enter(connection, snapshot_id, "approved", "approved", who, when, detail, role=role)
        return snapshot_id
    detail |= {"corrects": find(connection, approval.corrects), "reason": reason}
    _enter(connection, snapshot_id, "approved", "approved", who, when, detail, role=role, reason=reason)
    supersede(connection, approval.corrects, snapshot_id, role, who, when, reason)
    return snapshot_id


def supersede(
    connection: Connection, prefix: str, by: str, role: str | None, who: str, when: datetime, reason: str
) -> str:
    """Say that another snapshot takes the place of an approved one, and why, in a writing transaction.

    Returns the whole id. Raises UnknownSnapshot for either, and SnapshotState for one that isn't approved, or
    that is to take its own place.
    """
    successor = find(connection, by)
    snapshot_id = _in_state(connection, prefix, "approved")
    if successor == snapshot_id:
        raise SnapshotState(snapshot_id, "the same one", "another")
    more = {"role": role, "superseded_by": successor, "reason": reason}
    detail = {"by": successor, "reason": reason}
    _enter(connection, snapshot_id, "superseded", "superseded", who, when, detail, **more)
    return snapshot_id


def listing(connection: Connection) -> pd.DataFrame:
    """Every snapshot with its state, oldest first, in SNAPSHOT_COLUMNS."""
    last = select(func.max(snapshot_states.c.state_id)).group_by(snapshot_states.c.snapshot_id)
    current = select(snapshot_states).where(snapshot_states.c.state_id.in_(last)).subquery()
    columns = [snapshots.c[name] for name in SNAPSHOT_COLUMNS[:-1]]
    query = (
        select(*columns, current.c.state)
        .select_from(snapshots.join(current, current.c.snapshot_id == snapshots.c.snapshot_id))
        .order_by(snapshots.c.taken_at, snapshots.c.snapshot_id)
    )
    frame = _frame(connection, query, SNAPSHOT_COLUMNS)
    return frame.assign(
        as_known_at=frames.timestamps(frame["as_known_at"]), taken_at=frames.timestamps(frame["taken_at"])
    )


def states(connection: Connection, prefix: str) -> pd.DataFrame:
    """The states a snapshot has been in, oldest first, in STATE_COLUMNS. Raises UnknownSnapshot."""
    snapshot_id = find(connection, prefix)
    query = select(*[snapshot_states.c[name] for name in STATE_COLUMNS])
    query = query.where(snapshot_states.c.snapshot_id == snapshot_id).order_by(snapshot_states.c.state_id)
    frame = _frame(connection, query, STATE_COLUMNS)
    return frame.assign(at=frames.timestamps(frame["at"]))


def approvals(connection: Connection) -> pd.DataFrame:
    """Every approval, oldest first, in APPROVAL_COLUMNS, with the template that its deck was drawn by.

    template_kept: whether the act says so at all, as those from before it was kept do not; the file and sha256 are
    None for the software's own.
    """
    known = audit_log.of_kind(connection, "approved")
    templates = [detail.get("template") for detail in known["detail"]]
    return pd.DataFrame(
        {
            "snapshot_id": known["subject"].str.removeprefix("snapshot "),
            "role": [detail.get("role") for detail in known["detail"]],
            "who": known["who"],
            "at": known["at"],
            "template_kept": pd.Series([template is not None for template in templates], dtype="bool"),
            "template_file": [(template or {}).get("file") for template in templates],
            "template_sha256": [(template or {}).get("sha256") for template in templates],
        },
        columns=APPROVAL_COLUMNS,
    )


def exports(connection: Connection, prefix: str) -> pd.DataFrame:
    """The formats kept at approval, in EXPORT_COLUMNS; none for a draft. Raises UnknownSnapshot."""
    snapshot_id = find(connection, prefix)
    query = select(*[snapshot_exports.c[name] for name in EXPORT_COLUMNS])
    query = query.where(snapshot_exports.c.snapshot_id == snapshot_id).order_by(snapshot_exports.c.format)
    return _frame(connection, query, EXPORT_COLUMNS)


def export(connection: Connection, prefix: str, export_format: str, where: str) -> bytes | None:
    """The bytes kept at approval; None for a format not kept. Raises UnknownSnapshot, StoreDamaged."""
    snapshot_id = find(connection, prefix)
    wanted = (snapshot_exports.c.snapshot_id == snapshot_id) & (snapshot_exports.c.format == export_format)
    row = connection.execute(select(snapshot_exports).where(wanted)).one_or_none()
    if row is None:
        return None
    return blobs.checked(row.content, row.sha256, where, f"the {export_format} of snapshot {snapshot_id[:12]}")


def _in_state(connection: Connection, prefix: str, needed: str) -> str:
    snapshot_id = find(connection, prefix)
    state = str(states(connection, snapshot_id)["state"].iloc[-1])
    if state != needed:
        raise SnapshotState(snapshot_id, state, needed)
    return snapshot_id


def _enter(
    connection: Connection,
    snapshot_id: str,
    state: str,
    what: str,
    who: str,
    when: datetime,
    detail: dict[str, Any],
    **more: str | None,
) -> None:
    at = to_micros(when)
    row = {"snapshot_id": snapshot_id, "state": state, "who": who, "at": at, **more}
    connection.execute(insert(snapshot_states).values(row))
    role = {"role": more["role"]} if more.get("role") else {}
    audit_log.record(connection, at, who, what, f"snapshot {snapshot_id}", {**detail, **role})


def _frame(connection: Connection, query: Any, names: list[str]) -> pd.DataFrame:
    rows = [tuple(row) for row in connection.execute(query).all()]
    frame = pd.DataFrame(rows, columns=names)
    numbers = {"as_known_at", "taken_at", "size", "at"}
    return frame.astype({name: "int64" if name in numbers else "str" for name in names})
