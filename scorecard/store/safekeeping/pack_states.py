"""Whether the states of snapshots are those that the acts tell of: who took, approved and superseded what, and when."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from scorecard.store.schema import acts, snapshot_states, snapshots

STATES = {"took": "draft", "approved": "approved", "superseded": "superseded"}
Step = tuple[Any, ...]


def states_against_acts(connection: Connection) -> list[str]:
    """What the states of snapshots say otherwise than the acts, in plain words; none where they agree."""
    try:
        return list(_contradictions(connection))
    except DBAPIError:
        return ["Not all states of snapshots can be read."]
    except ValueError:
        return ["Not all acts can be read: the detail of one is no JSON."]


def _contradictions(connection: Connection) -> Iterator[str]:
    told = _by_acts(connection)
    kept = _by_states(connection)
    for snapshot_id in sorted(told.keys() | kept.keys()):
        if told[snapshot_id] != kept[snapshot_id]:
            was, now = (_words(steps[snapshot_id]) for steps in (told, kept))
            yield f"The states of snapshot {snapshot_id[:12]} are not those that the acts tell of: {now}, not {was}."


def _by_states(connection: Connection) -> dict[str, list[Step]]:
    """For each snapshot, what it is of, and its steps in order: state, who, when, role, successor, reason."""
    steps: dict[str, list[Step]] = defaultdict(list)
    names = ("snapshot_id", "board", "period")
    for snapshot_id, *what in connection.execute(select(*[snapshots.c[name] for name in names])):
        steps[snapshot_id].append(tuple(what))
    states = ("snapshot_id", "state", "who", "at", "role", "superseded_by", "reason")
    query = select(*[snapshot_states.c[name] for name in states]).order_by(snapshot_states.c.state_id)
    for snapshot_id, *step in connection.execute(query):
        steps[snapshot_id].append(tuple(step))
    return steps


def _by_acts(connection: Connection) -> dict[str, list[Step]]:
    """The same as the acts tell it."""
    steps: dict[str, list[Step]] = defaultdict(list)
    columns = (acts.c.subject, acts.c.what, acts.c.who, acts.c.at, acts.c.detail)
    query = select(*columns).where(acts.c.what.in_(STATES), acts.c.subject.startswith("snapshot "))
    for subject, what, who, at, text in connection.execute(query.order_by(acts.c.act_id)):
        snapshot_id, detail = subject.removeprefix("snapshot "), json.loads(text)
        if what == "took":
            steps[snapshot_id].append((detail.get("board"), detail.get("period")))
        more = (detail.get("role"), detail.get("by"), detail.get("reason"))
        steps[snapshot_id].append((STATES[what], who, at, *more))
    return steps


def _words(steps: list[Step]) -> str:
    """'draft by A. Name, approved by B. Name': steps in words; each that differs in something else too."""
    said = [f"{step[0]} by {step[1]}" for step in steps if len(step) > 2]
    return f"{', '.join(said) or 'nothing'} ({' of '.join(str(one) for one in steps[0]) if steps else 'no snapshot'})"
