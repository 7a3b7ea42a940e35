"""What boards asked and decided, and the answers. Rows are only ever added."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select

from scorecard.store import frames
from scorecard.store.audit import audit_log
from scorecard.store.connection import Database
from scorecard.store.errors import DecisionClosed, UnknownDecision
from scorecard.store.schema import decision_answers as answers
from scorecard.store.schema import decisions as table
from scorecard.store.values.timestamps import to_micros

DECISION_COLUMNS = [
    "decision_id", "kind", "board", "month", "service_area_id", "measure_id", "text", "owner", "due", "asked_by", "who",
    "at",
]  # fmt: skip
ANSWER_COLUMNS = ["answer_id", "decision_id", "text", "closes", "who", "at"]
_TOLD = ("board", "month", "service_area_id", "measure_id", "text", "owner", "due", "asked_by")
_ACTS = {"question": "asked", "decision": "decided"}
_ANSWERS = {0: "answered", 1: "closed"}


class NewDecision(BaseModel):
    """What a board asked or decided, as it is handed in.

    month: the last day of the month that the board's pack was for. measure_id: None for a whole service area.
    owner, asked_by: roles.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["question", "decision"]
    board: str
    month: date
    service_area_id: str
    measure_id: str | None
    text: str
    owner: str
    due: date
    asked_by: str


class Decisions:
    """The questions and decisions of the boards of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listing(self, as_known_at: datetime | None = None) -> pd.DataFrame:
        """Every question and decision by a moment, oldest first, in DECISION_COLUMNS; month and due as moments."""
        query = select(*[table.c[name] for name in DECISION_COLUMNS]).order_by(table.c.decision_id)
        if as_known_at is not None:
            query = query.where(table.c.at <= to_micros(as_known_at))
        with self._database.reading() as connection:
            frame = _frame(connection, query, DECISION_COLUMNS)
        months = frames.month_ends(frame["month"].to_numpy("int64"))
        return frame.assign(month=months, due=pd.to_datetime(frame["due"]))

    def answers(self, as_known_at: datetime | None = None) -> pd.DataFrame:
        """Every answer by a moment, oldest first, in ANSWER_COLUMNS; closes: whether nothing more is asked."""
        query = select(*[answers.c[name] for name in ANSWER_COLUMNS]).order_by(answers.c.answer_id)
        if as_known_at is not None:
            query = query.where(answers.c.at <= to_micros(as_known_at))
        with self._database.reading() as connection:
            frame = _frame(connection, query, ANSWER_COLUMNS)
        return frame.assign(closes=frame["closes"].astype(bool))

    def ask(self, asked: NewDecision, who: str, when: datetime) -> int:
        """Keep what a board asked or decided, and return its number."""
        at = to_micros(when)
        plain = asked.model_dump(mode="json", exclude={"month"})
        with self._database.writing() as connection:
            row = {**plain, "month": frames.month_number(asked.month), "who": who, "at": at}
            key = connection.execute(insert(table).values(row)).inserted_primary_key
            number = int(key[0]) if key else 0
            audit_log.record(connection, at, who, *decision_act({**row, "decision_id": number}))
        return number

    def answer(self, decision_id: int, text: str, closes: bool, who: str, when: datetime) -> None:
        """Keep an answer, which may close what was asked. Raises UnknownDecision, DecisionClosed."""
        at = to_micros(when)
        with self._database.writing() as connection:
            if connection.execute(select(table.c.at).where(table.c.decision_id == decision_id)).first() is None:
                raise UnknownDecision(decision_id)
            of_it = answers.c.decision_id == decision_id
            closed = connection.execute(select(answers.c.who).where(of_it & (answers.c.closes == 1))).scalar()
            if closed is not None:
                raise DecisionClosed(decision_id, str(closed))
            row = {"decision_id": decision_id, "text": text, "closes": int(closes), "who": who, "at": at}
            connection.execute(insert(answers).values(row))
            audit_log.record(connection, at, who, *answer_act(row))


def decision_act(row: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The act that tells of a kept question or decision: what, of what, and its detail."""
    detail = {name: row[name] for name in _TOLD if row[name] is not None}
    return _ACTS.get(row["kind"], ""), f"decision {row['decision_id']}", detail


def answer_act(row: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The act that tells of a kept answer."""
    return _ANSWERS.get(row["closes"], ""), f"decision {row['decision_id']}", {"answer": row["text"]}


def _frame(connection: Connection, query: Any, names: list[str]) -> pd.DataFrame:
    rows = [tuple(row) for row in connection.execute(query).all()]
    frame = pd.DataFrame(rows, columns=names, dtype="object")
    return frame.assign(at=frames.timestamps(frame["at"].astype("int64")))
