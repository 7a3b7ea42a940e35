"""One open scorecard for all requests of a process, and the views of it that were asked for last."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import cache
from threading import Lock
from typing import Generic, TypeVar

from scorecard.access.permissions import Permission
from scorecard.access.person import Person, local_person
from scorecard.analysis.assessment.assess import latest_month
from scorecard.store import which_store
from scorecard.use_cases.access_changes import note_access
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import (
    PROJECT,
    Scorecard,
    Settings,
    found_access,
    now,
    open_scorecard,
    settings_from,
    who_is_here,
)
from scorecard.use_cases.view.measures import KnownFigures, View, known_figures, view_measures

MOST_VIEWS, MOST_KNOWN, MOST_OPEN = 24, 4, 4
Made = TypeVar("Made")


class RecentlyUsed(Generic[Made]):
    """The things that were asked for last, each made once, whoever asks."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of that key, made where it is not kept: who asks for the same waits for it, nobody else does.

        What `make` raises is raised, and nothing is kept.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made_by = self._making.setdefault(key, Lock())
        with made_by:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                value = make()
                self._keep(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return value

    def _keep(self, key: Hashable, value: Made) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Keep none of them."""
        with self._lock:
            self._kept.clear()


_open: RecentlyUsed[Scorecard] = RecentlyUsed(MOST_OPEN)
_known: RecentlyUsed[KnownFigures] = RecentlyUsed(MOST_KNOWN)
_views: RecentlyUsed[View] = RecentlyUsed(MOST_VIEWS)
_stores: dict[str, Hashable] = {}  # which store each address named when it was last looked for
_seen: dict[str, tuple[Hashable, str, int]] = {}  # of each address: which store, its version, and how often replaced


def shared_scorecard(person: Person) -> Scorecard:
    """The scorecard that the settings name, in a person's hands; opened again where its catalogue or store is another.

    A store whose bytes were copied over another's, in the same file, is told by its acts, and is opened again too: its
    catalogue comes into force. That the list of who may do what is another than before is noted.
    Raises CatalogueError, CatalogueChanged, StoreError, UnusableScorecard.
    """
    return shared_with_version(person)[0]


def shared_with_version(person: Person) -> tuple[Scorecard, str]:
    """The kept scorecard, and the version its store was seen to have: nobody asks for it again (`version_of`)."""
    settings = settings_from(os.environ)
    changed = settings.catalogue.stat().st_mtime_ns if settings.catalogue.exists() else 0
    which = _which_now(settings)
    before, version, replaced = _seen.get(settings.database_url, (None, "", 0))

    def currently_open() -> Scorecard:
        key = (settings, changed, which, replaced)
        return _open.get(key, lambda: open_scorecard(settings, local_person(who_is_here()), now()))

    scorecard = currently_open()
    newest = scorecard.store.version()
    if which == before and newest != version and not scorecard.store.had(version):
        replaced += 1
        _seen[settings.database_url] = (which, "", replaced)
        scorecard = currently_open()
        newest = scorecard.store.version()
    _seen[settings.database_url] = (which, newest, replaced)
    note_access(scorecard.store, found_access(settings), now())
    return scorecard.of(person), newest


def _which_now(settings: Settings) -> Hashable:
    """Which store the settings name now, or named last where that can't be known: what is open then says why."""
    which = _stores[settings.database_url] = which_store(settings.database_url) or _stores.get(settings.database_url)
    return which


@needs(Permission.READ)
def shared_view(scorecard: Scorecard, month: date | None, as_known_at: datetime | None) -> View:
    """The view of a month (None: the latest) as known at a moment, computed once until the store changes."""
    moment = (scorecard.store, figures_version(scorecard), as_known_at)

    known = _known.get(moment, lambda: known_figures(scorecard, as_known_at))
    latest = known.memoised("latest month", lambda: latest_month(known.catalogue, known.observations).date())
    shown = latest if month is None else month
    return _views.get((moment, shown), lambda: view_measures(scorecard, shown, as_known_at, known))


@needs(Permission.READ)
def figures_version(scorecard: Scorecard) -> tuple[str, ...]:
    """What names the figures and the catalogue: another after what changes them, the same after any other act."""
    changed = scorecard.store.last_change()
    return (scorecard.settings.database_url, changed.isoformat() if changed else "", scorecard.catalogue_sha256)


@needs(Permission.READ)
def version_of(scorecard: Scorecard, seen: str | None = None) -> str:
    """What names all that an answer rests on: the state of the store, the catalogue, the software. 16 characters.

    seen: the store's version, where it was asked for already.
    """
    parts = (
        scorecard.store.version() if seen is None else seen,
        scorecard.catalogue_sha256,
        scorecard.origin,
        _software(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _software() -> str:
    """What names this edition of the software: its files, their sizes and dates."""
    files = sorted((PROJECT / "scorecard").rglob("*.py"))
    seen = [f"{file} {status.st_size} {status.st_mtime_ns}" for file in files for status in [file.stat()]]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()
