"""What the board is asked to do: by rule, until somebody words it otherwise before approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.core.periods import month_code
from scorecard.pack.document.asks import asks_of
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.models import Ask
from scorecard.store.errors import SnapshotState
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.state import state_of

VERBS = ("Decide", "Agree", "Note")
ASKS_AT_MOST = 8  # as many as a cover has room for


@needs(Permission.READ)
def ask_sentences(scorecard: Scorecard, snapshot_id: str) -> tuple[str, ...]:
    """What a pack asks its board to do, a sentence each: 'Note that 3 figures are owed.' Raises UnknownSnapshot."""
    snapshot = read_snapshot(scorecard.store.snapshot(snapshot_id))
    return tuple(f"{ask.verb} {ask.words}" for ask in asks_of(snapshot))


@needs(Permission.TAKE_SNAPSHOT)
def reword_asks(scorecard: Scorecard, snapshot_id: str, lines: Sequence[str], *, when: datetime) -> str:
    """A draft that asks its board for something else, and its id; all its figures are those of the draft given.

    lines: a sentence each that begins with one of VERBS; empty ones are left out, and none at all means by rule again.
    The draft given stays as it is. Raises ValueError for a line that can't be kept, SnapshotState where the pack is no
    draft any more, UnknownSnapshot.
    """
    state, whole_id = state_of(scorecard, snapshot_id)
    if state.state != "draft":
        raise SnapshotState(whole_id, state.state, "a draft")
    snapshot = read_snapshot(scorecard.store.snapshot(whole_id))
    asks = tuple(_ask(line) for line in lines if line.strip()) or None
    if asks is not None and len(asks) > ASKS_AT_MOST:
        raise ValueError(f"A cover has room for {ASKS_AT_MOST} lines, and these are {len(asks)}. Leave some out.")
    content = canonical_json(snapshot.model_copy(update={"asks": asks}))
    month = month_code(snapshot.reporting_month)
    return scorecard.store.save_snapshot(content, snapshot.board.id, month, snapshot.as_known_at, scorecard.who, when)


def _ask(line: str) -> Ask:
    verb, _, ask_text = bounded("reason", line).partition(" ")
    for known in VERBS:
        if verb.capitalize() == known and ask_text.strip():
            return Ask.model_validate({"verb": known, "words": ask_text.strip()})
    raise ValueError(f"‘{line.strip()[:60]}’ does not say what the board is to do. Begin with {', '.join(VERBS)}.")
