"""Note what somebody did beside the figures: a sign-in, a refusal, a file handed out. Nobody waits long for it.

Where the store can't be written now, the act waits in this process, with its own moment, for the next one that is noted
when it can; the log says so. A store that may only be read keeps none.
"""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import NamedTuple

from pydantic import JsonValue

from scorecard.store import Store, StoreError, StoreReadOnly, StoreUnavailableError

TRIES_AGAIN_AFTER = 60.0  # seconds: so long nobody waits for a store that just could not be written
MOST_WAITING = 1_000  # acts
log = logging.getLogger("scorecard")


class _Act(NamedTuple):
    who: str
    when: datetime
    what: str
    subject: str
    detail: dict[str, JsonValue]


@dataclass
class _Waiting:
    """The acts of a store that are still to be kept, and when that is tried next."""

    acts: deque[_Act] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    next_try: float = 0.0
    lock: Lock = field(default_factory=Lock)


_waiting: defaultdict[str, _Waiting] = defaultdict(_Waiting)  # by the store's address


def note_act(store: Store, who: str, when: datetime, what: str, subject: str, detail: dict[str, JsonValue]) -> None:
    """Keeps an act that changes nothing else in the store, now or as soon as it can be written. Raises nothing of it.

    what: one of the store's BESIDE, so that nothing that was computed is computed again for it.
    """
    if store.read_only:
        return
    waiting = _waiting[store.where]
    with waiting.lock:
        waiting.acts.append(_Act(who, when, what, subject, detail))
        if monotonic() >= waiting.next_try:
            _keep(store, waiting)


def _keep(store: Store, waiting: _Waiting) -> None:
    while waiting.acts:
        act = waiting.acts[0]
        try:
            store.keep_act(*act)
        except StoreReadOnly:
            waiting.acts.clear()
            return
        except StoreUnavailableError as error:
            waiting.next_try = monotonic() + TRIES_AGAIN_AFTER
            log.warning("'%s %s' by %s waits to be kept: %s", act.what, act.subject, act.who, error)
            return
        except StoreError as error:
            log.warning("'%s %s' by %s can't be kept: %s", act.what, act.subject, act.who, error)
        waiting.acts.popleft()
    waiting.next_try = 0.0
