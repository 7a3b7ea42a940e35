"""Whether commentary, and what boards asked and decided, are what the acts tell of."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, inspect, select

from scorecard.store.people.commentary import act_of
from scorecard.store.people.decisions import answer_act, asked_act
from scorecard.store.schema import acts, commentary, decision_answers, decisions

_KEPT = ((commentary, act_of), (decisions, asked_act), (decision_answers, answer_act))
_WHAT = (
    "wrote commentary", "submitted commentary", "approved commentary", "returned commentary", "asked", "decided",
    "answered", "closed",
)  # fmt: skip
Told = tuple[int, str, str, str, str]


def words_against_acts(connection: Connection) -> list[str]:
    """What is kept of people's words otherwise than the acts tell, in plain words; none where they agree."""
    try:
        differ = set(_kept(connection)) ^ set(_told(connection))
    except (ValueError, KeyError):
        return ["Not all acts of commentary and decisions can be read."]
    return [
        f"What is kept of {subject} is not what its acts tell of." for subject in sorted({one[3] for one in differ})
    ]


def _kept(connection: Connection) -> Iterator[Told]:
    there = set(inspect(connection).get_table_names())  # not in a store of before the fifth migration
    for table, act in _KEPT:
        if table.name in there:
            for row in connection.execute(select(table)).mappings():
                plain = {str(name): value for name, value in row.items()}
                yield _one(plain, *act(plain))


def _told(connection: Connection) -> Iterator[Told]:
    columns = (acts.c.at, acts.c.who, acts.c.what, acts.c.subject, acts.c.detail)
    of_words = acts.c.subject.startswith("commentary ") | acts.c.subject.startswith("decision ")
    for row in connection.execute(select(*columns).where(acts.c.what.in_(_WHAT) & of_words)).mappings():
        yield _one(row, row["what"], row["subject"], json.loads(row["detail"]))


def _one(row: Mapping[Any, Any], what: str, subject: str, detail: dict[str, Any]) -> Told:
    return row["at"], row["who"], what, subject, json.dumps(detail, sort_keys=True)
