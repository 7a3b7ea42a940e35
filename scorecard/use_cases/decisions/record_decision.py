"""Keep what a board asked or decided, on a measure or a service area, and answer it; closing needs an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from scorecard.access.permissions import Permission
from scorecard.core.bounds import LONGEST_NOTE, bounded
from scorecard.core.periods import day_words, month_end, month_words
from scorecard.narrative.commentary.written_text import cleaned
from scorecard.store import NewDecision
from scorecard.use_cases.boards import board_names
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

Kind = Literal["question", "decision"]


@needs(Permission.DECIDE)
def record_decision(
    scorecard: Scorecard,
    kind: Kind,
    text: str,
    *,
    board: str,
    month: date,
    service_area: str,
    measure: str | None = None,
    owner: str,
    due: date | None,
    asked_by: str,
    when: datetime,
) -> int:
    """Keeps what a board asked or decided, and returns its number.

    board, service_area, measure: ids. month: which the board's pack was for. owner, asked_by: roles. due: by when it is
    to be answered. Raises ValueError for what is missing, too long or unknown: all of it at once.
    """
    faults = [] if text.strip() else ["Write what the board asked or decided."]
    faults += [] if owner.strip() else ["Say who answers: a role, not a person's name."]
    faults += [] if due is not None else ["Say by which day it is to be answered."]
    if due is not None and due < month.replace(day=1):
        faults.append(f"{day_words(due)} lies before {month_words(month)}: give the day by which it is to be answered.")
    faults += _unknown(scorecard, board, service_area, measure)
    if faults or due is None:
        raise ValueError(" ".join(faults))
    asked = NewDecision(
        kind=kind,
        board=board,
        month=month_end(month),
        service_area_id=service_area,
        measure_id=measure,
        text=_text(text, "What the board asked"),
        owner=bounded("role", owner),
        due=due,
        asked_by=bounded("role", asked_by),
    )
    return scorecard.store.decisions.ask(asked, scorecard.who, when)


@needs(Permission.ANSWER_DECISION)
def answer_decision(scorecard: Scorecard, decision_id: int, text: str, *, closes: bool, when: datetime) -> None:
    """Keeps an answer; closes: nothing more is asked. Raises ValueError, UnknownDecision, DecisionClosed."""
    if not text.strip():
        raise ValueError(
            "Write the answer: what was asked is closed with one, and the board reads it in its next pack."
        )
    scorecard.store.decisions.answer(decision_id, _text(text, "The answer"), closes, scorecard.who, when)


def _text(text: str, what: str) -> str:
    clean = cleaned(text, what)
    if len(clean) > LONGEST_NOTE:
        raise ValueError(f"{what} has {len(clean):,} characters, and {LONGEST_NOTE:,} can be kept. Shorten it.")
    return clean


def _unknown(scorecard: Scorecard, board: str, service_area: str, measure: str | None) -> list[str]:
    catalogue = scorecard.catalogue
    unknown = []
    if board not in board_names(scorecard):
        unknown.append(f"There is no board '{board[:80]}': choose one of the list.")
    area = next((known_area for known_area in catalogue.service_areas if known_area.id == service_area), None)
    if area is None:
        unknown.append(f"There is no service area '{service_area[:80]}': choose one of the list.")
    elif measure is not None and all(known_measure.id != measure for known_measure in area.measures):
        unknown.append(f"{area.name} has no measure '{measure[:80]}': choose one of its own, or the whole area.")
    return unknown
