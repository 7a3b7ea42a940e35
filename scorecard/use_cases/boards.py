"""List boards: who reads the packs, and who meets next."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.catalogue.errors import CatalogueError
from scorecard.catalogue.read_boards import Boards, read_boards
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard, UnusableScorecard


@needs(Permission.READ)
def boards(scorecard: Scorecard) -> Boards:
    """The boards of config/boards.yaml. Raises CatalogueError, UnusableScorecard."""
    try:
        content = scorecard.settings.boards.read_bytes()
    except OSError as error:
        raise UnusableScorecard(
            f"The list of boards {scorecard.settings.boards} can't be read: {error.strerror or error}. "
            "Put the file back, or check who may read it."
        ) from None
    return read_boards(content, scorecard.catalogue, scorecard.settings.boards.name)


@needs(Permission.READ)
def next_meeting(scorecard: Scorecard, month: pd.Timestamp) -> tuple[str, date, date | None] | None:
    """The first board meeting after a month: the board's name, its date and when papers are due; None: none is set."""
    after = [(board.name, board.meeting_after(month.date())) for board in boards(scorecard).boards]
    coming = [(name, meeting.date, meeting.papers_due) for name, meeting in after if meeting is not None]
    return min(coming, key=lambda meeting: meeting[1], default=None)


@needs(Permission.READ)
def board_names(scorecard: Scorecard) -> dict[str, str]:
    """What boards are called, by their ids; none where the list of boards can't be used, which its own pages say."""
    try:
        return {board.id: board.name for board in boards(scorecard).boards}
    except (CatalogueError, UnusableScorecard):
        return {}


@needs(Permission.READ)
def papers_due(scorecard: Scorecard, month: pd.Timestamp) -> tuple[str, date] | None:
    """The board that meets first after a month, and when its papers are due; None where that is not known."""
    try:
        coming = next_meeting(scorecard, month)
    except (CatalogueError, UnusableScorecard):
        return None
    return (coming[0], coming[2]) if coming and coming[2] else None
