"""What people said, for a pack: approved commentary of its month, and what its board asked and is still to hear of."""

from __future__ import annotations

from datetime import date, datetime

from scorecard.access.permissions import Permission
from scorecard.core.periods import month_code
from scorecard.narrative.commentary.markdown import as_lines
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, Lines, SnapshotDecision
from scorecard.pack.snapshot.models import Snapshot, SnapshotArea
from scorecard.use_cases.commentary.comment import Comment, newest
from scorecard.use_cases.decisions.list_decisions import Decision, list_decisions
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

LINES_AT_MOST = 12  # of a text in print: what follows goes on in the last of them


@needs(Permission.READ)
def with_words(scorecard: Scorecard, snapshot: Snapshot, board: str | None, as_known_at: datetime | None) -> Snapshot:
    """A snapshot with what people said by a moment (None: now); itself where nobody said anything.

    board: whose questions and decisions are told; None for a copy that is for no board.
    """
    comments = newest(scorecard, snapshot.reporting_month, as_known_at)
    approved = {comment.measure_id: _frozen(comment) for comment in comments.values() if comment.state == "approved"}
    items = _told(scorecard, snapshot, board, as_known_at) if board else ()
    areas = tuple(_area(area, approved) for area in snapshot.service_areas)
    return snapshot.model_copy(update={"service_areas": areas, "asked": items or None})


def _area(area: SnapshotArea, approved: dict[str, Commentary]) -> SnapshotArea:
    if not any(measure.id in approved for measure in area.measures):
        return area
    measures = tuple(measure.model_copy(update={"commentary": approved.get(measure.id)}) for measure in area.measures)
    return area.model_copy(update={"measures": measures})


def _frozen(comment: Comment) -> Commentary:
    comment_words = comment.words
    if comment_words.by_when is None:
        raise ValueError(f"the approved comment on {comment.measure_id} has no day")
    return Commentary(
        what_happened=_lines(comment_words.what_happened),
        why=_lines(comment_words.why),
        being_done=_lines(comment_words.being_done),
        by_whom=comment_words.by_whom,
        by_when=comment_words.by_when,
        approved_by=comment.role or comment.who,
        approved_on=comment.at.astimezone().date(),
    )


def _lines(text: str) -> Lines:
    lines = as_lines(text)
    return (*lines[: LINES_AT_MOST - 1], " ".join(lines[LINES_AT_MOST - 1 :])) if len(lines) > LINES_AT_MOST else lines


def _told(
    scorecard: Scorecard, snapshot: Snapshot, board: str, as_known_at: datetime | None
) -> tuple[SnapshotDecision, ...]:
    """What the board asked that is open, or was closed since its last pack of an earlier month was approved."""
    areas = {area.id for area in snapshot.service_areas}
    last = _last_approval(scorecard, board, snapshot.reporting_month)
    questions = [
        question
        for question in list_decisions(scorecard, as_known_at)
        if question.board_id == board and question.service_area_id in areas
    ]
    questions_told = [
        question for question in questions if question.closed_at is None or last is None or question.closed_at > last
    ]
    return tuple(_item(question) for question in questions_told)


def _last_approval(scorecard: Scorecard, board: str, month: date) -> datetime | None:
    known = scorecard.store.snapshots()
    own = set(known.loc[(known["board"] == board) & (known["period"] < month_code(month)), "snapshot_id"])
    approvals = scorecard.store.approvals()
    moments = approvals.loc[approvals["snapshot_id"].isin(own), "at"]
    last: datetime | None = None if moments.empty else moments.max().to_pydatetime()
    return last


def _item(item: Decision) -> SnapshotDecision:
    return SnapshotDecision(
        number=item.number,
        kind="question" if item.kind == "question" else "decision",
        month=item.month,
        service_area_id=item.service_area_id,
        measure_id=item.measure_id,
        about=item.about,
        text=" ".join(as_lines(item.text)),
        owner=item.owner,
        due=item.due,
        open=item.open,
        answers=tuple(" ".join(as_lines(answer.text)) for answer in item.answers),
    )
