"""Notes each change of the list of who may do what: the file is edited beside the scorecard, which can only find it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import JsonValue

from scorecard.access.access_list import Access, Grant
from scorecard.access.read_access import AccessError
from scorecard.store import PROGRAM, Store, TrailFilter
from scorecard.use_cases.note_act import note_act

FOUND_CHANGED, NO_LIST = "found access changed", "no list"
_last: WeakKeyDictionary[Store, str] = WeakKeyDictionary()  # what names the list that was last looked at
_lock = Lock()


@dataclass(frozen=True)
class FoundList:
    """The list as it was found. content: None where there is none, or it can't be read. read: what it gives, or why it
    gives nothing; None where there is no list.
    """

    name: str
    content: bytes | None
    read: Access | ValueError | None

    @property
    def sha256(self) -> str:
        """What names its bytes; words where there are none."""
        if self.content is None:
            return NO_LIST if self.read is None else "a list that can't be read"
        return sha256(self.content).hexdigest()


def note_access(store: Store, list_found: FoundList, when: datetime) -> None:
    """Keeps as an act that the list is another than the last that was noted; nothing where it is the same.

    Who edited it isn't known. What it gave and gives now, line by line, is kept with it. A list with a fault gives
    nobody anything. Raises StoreError where the trail can't be read.
    """
    with _lock:
        if _last.get(store) == list_found.sha256:
            return
        before = _noted_last(store)
        if before.get("sha256", NO_LIST) != list_found.sha256:
            note_act(store, PROGRAM, when, FOUND_CHANGED, list_found.name, _told(list_found, before.get("lines", [])))
        _last[store] = list_found.sha256


def _told(list_found: FoundList, was: list[str]) -> dict[str, JsonValue]:
    """What is kept of a list. was: the lines of the one before."""
    lines = sorted(_lines(list_found.read))
    added = [line for line in lines if line not in set(was)]
    detail: dict[str, JsonValue] = {"sha256": list_found.sha256, "added": [*added], "lines": [*lines]}
    detail["removed"] = [line for line in was if line not in set(lines)]
    if isinstance(list_found.read, AccessError):
        detail["faults"] = len(list_found.read.faults)
    return detail


def _noted_last(store: Store) -> dict[str, Any]:
    entries = store.trail.search(TrailFilter(what=FOUND_CHANGED), 1)
    noted: dict[str, Any] = {} if entries.empty else json.loads(str(entries["detail"].iloc[0]))
    return noted


def _lines(read: Access | ValueError | None) -> Iterator[str]:
    """What a list gives, a line each, in words that don't depend on how the file is laid out."""
    if not isinstance(read, Access):
        return
    yield from {_grant_words(grant) for grant in read.grants}
    yield f"idle_minutes: {read.idle_minutes}"
    yield from {f"emails_vouched_for_by: {provider}" for provider in read.emails_vouched_for_by}
    if read.ask:
        yield f"ask: {read.ask}"


def _grant_words(grant: Grant) -> str:
    to = next(
        f"{name} {getattr(grant, name)}" for name in ("email", "group", "domain", "local") if getattr(grant, name)
    )
    areas = f" of {', '.join(sorted(grant.service_areas))}" if grant.service_areas else ""
    return f"{to}: {', '.join(sorted(grant.roles))}{areas}"
