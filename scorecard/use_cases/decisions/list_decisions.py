"""List what boards asked and decided: open until an answer closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.rows import rows_of
from scorecard.use_cases.boards import board_names
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

KINDS = {"question": "Question", "decision": "Decision"}
CSV_COLUMNS = [
    "number", "kind", "board", "month", "service_area", "measure_id", "text", "owner", "due", "asked_by", "noted_by",
    "noted_at", "open", "answers", "closed_at",
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One answer. closes: nothing more is asked."""

    text: str
    closes: bool
    who: str
    at: datetime


@dataclass(frozen=True)
class Decision:
    """A question or a decision, with its answers, oldest first. measure_id, measure: None for a whole service area."""

    number: int
    kind: str
    board_id: str
    board: str
    month: date
    service_area_id: str
    service_area: str
    measure_id: str | None
    measure: str | None
    text: str
    owner: str
    due: date
    asked_by: str
    who: str
    at: datetime
    answers: tuple[Answer, ...]

    @property
    def closed_at(self) -> datetime | None:
        """When an answer closed it; None while it is open."""
        return self.answers[-1].at if self.answers and self.answers[-1].closes else None

    @property
    def open(self) -> bool:
        """Whether it still comes back."""
        return self.closed_at is None

    @property
    def about(self) -> str:
        """What it is about: the measure, or the whole service area."""
        return self.measure or self.service_area

    def overdue(self, today: date) -> bool:
        """Whether it is open after its day."""
        return self.open and self.due < today


@needs(Permission.READ)
def list_decisions(scorecard: Scorecard, as_known_at: datetime | None = None) -> tuple[Decision, ...]:
    """Every question and decision by a moment (None: now), open ones first, of these the one due soonest first."""
    listing = rows_of(scorecard.store.decisions.listing(as_known_at))
    if not listing:
        return ()
    answers: dict[int, list[Answer]] = {}
    for row in rows_of(scorecard.store.decisions.answers(as_known_at)):
        answer = Answer(row["text"], row["closes"], row["who"], row["at"].to_pydatetime())
        answers.setdefault(int(row["decision_id"]), []).append(answer)
    names = _Names(scorecard)
    questions = [names.item(row, tuple(answers.get(int(row["decision_id"]), ()))) for row in listing]
    return tuple(sorted(questions, key=lambda item: (not item.open, item.due if item.open else date.max, -item.number)))


class _Names:
    """What boards, areas and measures are called; one that is no longer there by its id."""

    def __init__(self, scorecard: Scorecard) -> None:
        self.boards = board_names(scorecard)
        self.areas = {area.id: area.name for area in scorecard.catalogue.service_areas}
        self.measures = {measure.id: measure.name for measure in scorecard.catalogue.measures}

    def item(self, row: dict[str, object], answers: tuple[Answer, ...]) -> Decision:
        plain = {name: str(row[name]) for name in ("kind", "service_area_id", "text", "owner", "asked_by", "who")}
        board, area = str(row["board"]), str(row["service_area_id"])
        measure = str(row["measure_id"]) if isinstance(row["measure_id"], str) else None
        return Decision(
            number=int(str(row["decision_id"])),
            board_id=board,
            board=self.boards.get(board, board),
            month=pd.Timestamp(row["month"]).date(),  # type: ignore[arg-type]
            service_area=self.areas.get(area, area),
            measure_id=measure,
            measure=None if measure is None else self.measures.get(measure, measure),
            due=pd.Timestamp(row["due"]).date(),  # type: ignore[arg-type]
            at=pd.Timestamp(row["at"]).to_pydatetime(),  # type: ignore[arg-type]
            answers=answers,
            **plain,
        )


def decisions_frame(items: tuple[Decision, ...]) -> pd.DataFrame:
    """Questions and decisions as a table for programs, in CSV_COLUMNS."""
    rows = [
        {
            "number": item.number,
            "kind": item.kind,
            "board": item.board_id,
            "month": f"{item.month:%Y-%m}",
            "service_area": item.service_area_id,
            "measure_id": item.measure_id or "",
            "text": item.text,
            "owner": item.owner,
            "due": item.due.isoformat(),
            "asked_by": item.asked_by,
            "noted_by": item.who,
            "noted_at": item.at.isoformat(timespec="seconds"),
            "open": item.open,
            "answers": " | ".join(answer.text for answer in item.answers),
            "closed_at": item.closed_at.isoformat(timespec="seconds") if item.closed_at else "",
        }
        for item in items
    ]
    return pd.DataFrame(rows, columns=CSV_COLUMNS)
