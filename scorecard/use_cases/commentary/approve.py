"""Approve commentary, or return it with a reason; what was flagged and approved all the same is kept."""

from __future__ import annotations

from datetime import date, datetime

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.use_cases.commentary.claims import flags_of
from scorecard.use_cases.commentary.closed import why_closed
from scorecard.use_cases.commentary.comment import Comment, comment_of, next_version
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.measures import View


@needs(Permission.APPROVE_COMMENT)
def approve_comment(
    scorecard: Scorecard, view: View, measure_id: str, *, based_on: int, role: str, when: datetime
) -> int:
    """Approves the comment of the view's month and returns its version; the claims flagged now are kept with it.

    based_on: the version that was read. Raises ValueError without a role, for one that isn't submitted or a month that
    is closed; CommentaryChanged where another version has come since.
    """
    month = view.month.date()
    role = bounded("role", role)
    if not role:
        raise ValueError("Say which role approves the comment, such as 'Executive Director'.")
    comment = _standing(scorecard, measure_id, month, ("submitted",))
    if closed := why_closed(scorecard, measure_id, month, when):
        raise ValueError(closed)
    flags = tuple(flag._asdict() for flag in flags_of(view, measure_id, comment.words))
    version = next_version(measure_id, month, comment.words, "approved", based_on, role=role, flags=flags)
    return scorecard.store.commentary.keep(version, scorecard.who, when)


@needs(Permission.APPROVE_COMMENT)
def return_comment(
    scorecard: Scorecard, measure_id: str, month: date, *, based_on: int, reason: str, when: datetime
) -> int:
    """Returns a submitted or approved comment to its writer, with the reason, and returns its version.

    Raises ValueError without a reason or for one that is neither; CommentaryChanged where another version has come.
    """
    reason = bounded("reason", reason)
    if not reason:
        raise ValueError("Say why the comment is returned: its writer reads it above the form.")
    comment = _standing(scorecard, measure_id, month, ("submitted", "approved"))
    version = next_version(measure_id, month, comment.words, "returned", based_on, reason=reason)
    return scorecard.store.commentary.keep(version, scorecard.who, when)


def _standing(scorecard: Scorecard, measure_id: str, month: date, states: tuple[str, ...]) -> Comment:
    comment = comment_of(scorecard, measure_id, month)
    if comment is None or comment.state not in states:
        standing = (
            "there is none" if comment is None else f"this one is {'a ' * (comment.state == 'draft')}{comment.state}"
        )
        raise ValueError(f"That needs a comment that is {' or '.join(states)}, and {standing}. Nothing was changed.")
    return comment
