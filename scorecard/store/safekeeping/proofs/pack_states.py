"""Whether the states of snapshots are those that the acts record: who took, approved and superseded what, and when."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, true

from scorecard.store.errors import StoreDamaged
from scorecard.store.schema import acts, snapshot_states, snapshots
from scorecard.store.schema import snapshot_exports as exports

STATES = {"took": "draft", "approved": "approved", "superseded": "superseded"}
Step = tuple[Any, ...]


def states_against_acts(connection: Connection) -> list[str]:
    """What the states of snapshots say otherwise than the acts, in plain words; none where they agree."""
    try:
        return list(_contradictions(connection))
    except ValueError:
        return ["Not all acts can be read: the detail of one is no JSON."]


def prove(connection: Connection, snapshot_id: str, where: str) -> None:
    """Hold one snapshot, before it is handed out, to what the acts record: its states and its approved files.

    Raises StoreDamaged, which says what is otherwise.
    """
    try:
        lines = [*_contradictions(connection, snapshot_id), *other_than_approved(connection, snapshot_id)]
    except ValueError as error:
        raise StoreDamaged(where, "the detail of an act is no JSON") from error
    if lines:
        raise StoreDamaged(where, " ".join(lines).removesuffix("."))


def other_than_approved(connection: Connection, snapshot_id: str | None = None) -> list[str]:
    """The exports that are not those which the act of approval names, of one snapshot or of all."""
    subject = acts.c.subject == f"snapshot {snapshot_id}" if snapshot_id else true()
    of_it = exports.c.snapshot_id == snapshot_id if snapshot_id else true()
    query = select(exports.c.snapshot_id, exports.c.format, exports.c.sha256).where(of_it)
    now = {(which, name): sha256 for which, name, sha256 in connection.execute(query)}
    then = {}
    approved = select(acts.c.subject, acts.c.detail).where((acts.c.what == "approved") & subject)
    for named, detail in connection.execute(approved):
        for name, sha256 in json.loads(detail).get("exports", {}).items():
            then[named.removeprefix("snapshot "), name] = sha256
    differ = sorted({key for key in now.keys() | then.keys() if now.get(key) != then.get(key)})
    return [f"The {name} of snapshot {which[:12]} is not the one that was approved." for which, name in differ]


def _contradictions(connection: Connection, only: str | None = None) -> Iterator[str]:
    steps_by_acts = _by_acts(connection, only)
    steps_by_states = _by_states(connection, only)
    for snapshot_id in sorted(steps_by_acts.keys() | steps_by_states.keys()):
        if steps_by_acts[snapshot_id] != steps_by_states[snapshot_id]:
            was, now = (_words(steps[snapshot_id]) for steps in (steps_by_acts, steps_by_states))
            yield f"The states of snapshot {snapshot_id[:12]} are not those that the acts tell of: {now}, not {was}."


def _by_states(connection: Connection, only: str | None) -> dict[str, list[Step]]:
    """For each snapshot, what it is of, and its steps in order: state, who, when, role, successor, reason."""
    steps: dict[str, list[Step]] = defaultdict(list)
    names = ("snapshot_id", "board", "period")
    of_it = snapshots.c.snapshot_id == only if only else true()
    for snapshot_id, *what in connection.execute(select(*[snapshots.c[name] for name in names]).where(of_it)):
        steps[snapshot_id].append(tuple(what))
    states = ("snapshot_id", "state", "who", "at", "role", "superseded_by", "reason")
    of_it = snapshot_states.c.snapshot_id == only if only else true()
    query = select(*[snapshot_states.c[name] for name in states]).where(of_it).order_by(snapshot_states.c.state_id)
    for snapshot_id, *step in connection.execute(query):
        steps[snapshot_id].append(tuple(step))
    return steps


def _by_acts(connection: Connection, only: str | None) -> dict[str, list[Step]]:
    """The states and files of snapshots as the acts record them, in the form of what is kept."""
    steps: dict[str, list[Step]] = defaultdict(list)
    columns = (acts.c.subject, acts.c.what, acts.c.who, acts.c.at, acts.c.detail)
    of_it = acts.c.subject == f"snapshot {only}" if only else acts.c.subject.startswith("snapshot ")
    query = select(*columns).where(acts.c.what.in_(STATES), of_it)
    for subject, what, who, at, text in connection.execute(query.order_by(acts.c.act_id)):
        snapshot_id, detail = subject.removeprefix("snapshot "), json.loads(text)
        if what == "took":
            steps[snapshot_id].append((detail.get("board"), detail.get("period")))
        more = (detail.get("role"), detail.get("by"), detail.get("reason"))
        steps[snapshot_id].append((STATES[what], who, at, *more))
    return steps


def _words(steps: list[Step]) -> str:
    """'draft by A. Name, approved by B. Name': steps in words; each that differs in something else too."""
    texts = [f"{step[0]} by {step[1]}" for step in steps if len(step) > 2]
    return (
        f"{', '.join(texts) or 'nothing'} ({' of '.join(str(part) for part in steps[0]) if steps else 'no snapshot'})"
    )
