"""The commentary of a month: the exceptions of the reporting month, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.periods import day_words
from scorecard.use_cases.boards import papers_due
from scorecard.use_cases.commentary.closed import closed_measures
from scorecard.use_cases.commentary.comment import STATES, Comment, newest
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.measures import View

AWAITED = "Not begun"
CSV_COLUMNS = ["month", "service_area", "measure_id", "measure", "exception", "state", "who", "at", "papers_due"]


@dataclass(frozen=True)
class MeasureCommentary:
    """A measure that is asked a comment of, or has one.

    comment: None where nothing is written. yours: whether whoever looks may write it. closed: whether an approved pack
    of the month shows the measure, so that only a comment that was returned can still be written.
    """

    measure_id: str
    name: str
    service_area_id: str
    service_area: str
    exception: bool
    yours: bool
    closed: bool
    comment: Comment | None

    @property
    def state(self) -> str:
        """'Not begun', 'Draft', 'Submitted', 'Approved' or 'Returned'."""
        return AWAITED if self.comment is None else STATES[self.comment.state]

    @property
    def awaited(self) -> bool:
        """Whether its writer is to act: an exception without a comment that is submitted or approved."""
        if self.closed:
            return self.exception and self.state == STATES["returned"]
        return self.exception and self.state not in (STATES["submitted"], STATES["approved"])


@dataclass(frozen=True)
class MonthCommentary:
    """The commentary that is due for a reporting month, in the plan's order, and by when."""

    measures: tuple[MeasureCommentary, ...]
    approves: bool  # whether whoever looks does
    board: str | None
    papers_due: date | None

    @property
    def awaited(self) -> tuple[MeasureCommentary, ...]:
        """Those whose writer is to act."""
        return tuple(measure for measure in self.measures if measure.awaited)

    @property
    def submitted(self) -> tuple[MeasureCommentary, ...]:
        """Those that wait to be approved."""
        return tuple(measure for measure in self.measures if measure.state == STATES["submitted"])

    @property
    def sentence(self) -> str:
        """'3 exceptions await your commentary; papers are due on 8 September 2020'; empty where none is due."""
        yours = [measure for measure in self.awaited if measure.yours]
        whose, count = (" your", len(yours)) if yours else ("", len(self.awaited))
        clauses = [_count(count, "exception awaits", "exceptions await", f"{whose} commentary")]
        approval = f"{' your' if self.approves else ''} approval"
        clauses += [_count(len(self.submitted), "comment awaits", "comments await", approval)]
        sentence = "; ".join(filter(None, clauses))
        due = f"; papers are due on {day_words(self.papers_due)}" if self.papers_due else ""
        return f"{sentence}{due}" if sentence else ""


def _count(number: int, single: str, many: str, what: str) -> str:
    return f"{number} {single if number == 1 else many}{what}" if number else ""


@needs(Permission.READ)
def month_commentary(scorecard: Scorecard, view: View) -> MonthCommentary:
    """Every exception of the view's month, and every other measure that has a comment, with how far it has come."""
    known = newest(scorecard, view.month.date(), view.as_known_at)
    closed = closed_measures(scorecard, view.month.date())
    rows = [row for row in view.rows.values() if row["exception"] is True or row["measure_id"] in known]
    measures = tuple(
        MeasureCommentary(
            measure_id=row["measure_id"],
            name=row["name"],
            service_area_id=row["service_area_id"],
            service_area=row["service_area"],
            exception=row["exception"] is True,
            yours=scorecard.person.may(Permission.COMMENT, row["service_area_id"]),
            closed=row["measure_id"] in closed,
            comment=known.get(row["measure_id"]),
        )
        for row in rows
    )
    approves = scorecard.person.may(Permission.APPROVE_COMMENT)
    return MonthCommentary(measures, approves, *(papers_due(scorecard, view.month) or (None, None)))


def commentary_frame(commentary: MonthCommentary, month: date) -> pd.DataFrame:
    """A month's commentary as a table for programs, in CSV_COLUMNS."""
    rows = [
        {
            "month": f"{month:%Y-%m}",
            "service_area": measure.service_area_id,
            "measure_id": measure.measure_id,
            "measure": measure.name,
            "exception": measure.exception,
            "state": measure.state.lower(),
            "who": measure.comment.who if measure.comment else "",
            "at": measure.comment.at.isoformat(timespec="seconds") if measure.comment else "",
            "papers_due": commentary.papers_due.isoformat() if commentary.papers_due else "",
        }
        for measure in commentary.measures
    ]
    return pd.DataFrame(rows, columns=CSV_COLUMNS)
