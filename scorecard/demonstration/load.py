"""Demonstrate: fill a store of its own with an invented history, through the same door as any extract."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from scorecard.access.person import local_person
from scorecard.core.periods import month_words
from scorecard.demonstration.extracts import MONTHS, MonthFile, invent
from scorecard.use_cases.open_scorecard import (
    DEMONSTRATION_VARIABLE,
    Scorecard,
    Settings,
    UnusableScorecard,
    load_catalogue,
    open_scorecard,
)
from scorecard.use_cases.upload.check_file import SEVERAL_SOURCES
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.measures import View

WHO = "demonstration"
REASON = "Demonstration"
SENT_ON = 10  # the day of the following month on which a month's extract is sent
SENT_AT = time(9, tzinfo=UTC)


class Demonstration(NamedTuple):
    """What is there now: where, how many extracts, and how many of them were added.

    other_catalogue: the history was made from another edition of the catalogue, and was left as it is.
    """

    where: str
    extracts: int
    added: int
    other_catalogue: bool = False


def sent_at(month: date) -> datetime:
    """When a month's extract is sent: at nine on the tenth day after the month."""
    return datetime.combine(month + timedelta(days=SENT_ON), SENT_AT)


def make_demonstration(
    settings: Settings, months: int = MONTHS, progress: Callable[[int, int], None] | None = None
) -> Demonstration:
    """Invents a history and loads it, where it isn't there yet; what is there already is left as it is.

    progress: told after each month how many of how many are loaded.
    Raises UnusableScorecard where the store is not one for a demonstration: it holds real figures, it was not asked
    for as a demonstration, or it was in use before the history that it should hold. CatalogueError, StoreError.
    """
    if not settings.demonstration:
        raise UnusableScorecard(
            "Invented figures are made only for a demonstration: start it with 'make demo', or set "
            f"{DEMONSTRATION_VARIABLE}=1."
        )
    catalogue, _ = load_catalogue(settings)
    files = {hashlib.sha256(file.content).hexdigest(): file for file in invent(catalogue, months)}
    first = next(iter(files.values())).month
    with open_scorecard(settings, local_person(WHO), sent_at(first) - timedelta(days=SENT_ON)) as scorecard:
        where = scorecard.store.where
        sent = scorecard.store.extracts()
        there = set(sent.loc[sent["who"] == WHO, "sha256"])
        if there - set(files):
            return Demonstration(where, len(there), 0, other_catalogue=True)
        missing = [file for sha256, file in files.items() if sha256 not in there]
        if missing:
            _unchanged_since(scorecard, sent_at(missing[0].month))
            load(scorecard, missing, progress)
    return Demonstration(where, len(files), len(missing))


def load(scorecard: Scorecard, files: Sequence[MonthFile], progress: Callable[[int, int], None] | None = None) -> None:
    """Submits each file on its day, as the data team would. Raises UnusableScorecard outside a demonstration."""
    if not scorecard.demonstration:
        raise UnusableScorecard("Invented figures never go into a store of real ones.")
    view: View | None = None
    for done, file in enumerate(files, 1):
        when = sent_at(file.month)
        preview = preview_extract(
            scorecard, file.name, file.content, today=when.date(), source=SEVERAL_SOURCES, view=view
        )
        submit_extract(scorecard, preview, when=when, reason=REASON)
        view = preview.after
        if progress is not None:
            progress(done, len(files))


def _unchanged_since(scorecard: Scorecard, first: datetime) -> None:
    """Refuses a store that was used later than the first month to be written: it could not be told in its order."""
    changed = scorecard.store.last_change()
    if changed is not None and changed > first:
        raise UnusableScorecard(
            f"This store was in use already (its last change is of {changed.day} {month_words(changed.date())}), so an "
            "earlier history can't be invented in it. Name a store of its own; if it is the demonstration's own file, "
            "data/demonstration/demonstration.db, delete that: it holds nothing real."
        )
