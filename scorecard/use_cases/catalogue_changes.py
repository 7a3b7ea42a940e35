"""A catalogue that would read stored figures otherwise than they were sent waits for a yes and its reason."""

from __future__ import annotations

import hashlib

from pydantic import JsonValue

from scorecard.catalogue.compare import Difference, differences
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from scorecard.store import Store

WORDS = {"unit": "the unit", "accumulation": "what a figure covers", "polarity": "the direction"}
WAYS_OUT = (
    "Put the old words back; or, where the meaning changed in a month, say it: break: {from: 2021-04, why: …}.",
    "A measure that ended stays in the catalogue with retired: 2020-08; a new id says formerly: old-id.",
    "If all of it is right as it stands: python -m scorecard catalogue accept --reason '…'",
)


class CatalogueChanged(ValueError):
    """The catalogue would change what stored figures mean. `lines` says which and how many, a line each."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        opening = "The catalogue would change what stored figures mean, so nothing is shown until somebody decides:"
        super().__init__("\n".join([opening, *lines, *WAYS_OUT]))


def accept_changes(
    store: Store, catalogue: Catalogue, content: bytes, reason: str | None
) -> dict[str, JsonValue] | None:
    """What is to be kept of a yes to a changed catalogue; None where nothing stored would be read otherwise.

    content: the catalogue's bytes. reason: why the changes are right; None where nobody said so.
    Raises CatalogueChanged where stored figures would be read otherwise and there is no reason; StoreError.
    """
    lines = changed_readings(store, catalogue, content)
    if not lines:
        return None
    if reason is None or not reason.strip():
        raise CatalogueChanged(lines)
    accepted: list[JsonValue] = [*lines]
    return {"accepted": accepted, "reason": reason.strip()}


def changed_readings(store: Store, catalogue: Catalogue, content: bytes) -> list[str]:
    """What stored figures the catalogue would read otherwise than the one in force, a line each; usually none."""
    content_in_force = store.catalogue_at()
    if content_in_force is None or hashlib.sha256(content_in_force).digest() == hashlib.sha256(content).digest():
        return []
    try:
        before = read_catalogue(content_in_force)
    except CatalogueError:
        return []  # kept by an older program with other rules: there is nothing to hold the new one against
    changes = differences(before, catalogue)
    back = _ids(catalogue) - _ids(before)
    asked = {change.measure_id for change in changes} | back
    counts = store.figure_counts(asked) if asked else {}
    changes += _since_they_were_taken_out(store, catalogue, back & counts.keys())
    return [_line(change, counts[change.measure_id]) for change in changes if change.measure_id in counts]


def _since_they_were_taken_out(store: Store, catalogue: Catalogue, back: set[str]) -> list[Difference]:
    """What is otherwise of ids that figures are under and that come back, since the last catalogue that had them."""
    changes: list[Difference] = []
    for older_content in store.catalogues() if back else ():
        try:
            older = read_catalogue(older_content)
        except CatalogueError:
            continue
        known = back & _ids(older)
        changes += [change for change in differences(older, catalogue) if change.measure_id in known]
        back = back - known
        if not back:
            break
    return changes


def _ids(catalogue: Catalogue) -> set[str]:
    return {measure_id for measure in catalogue.measures for measure_id in measure.ids}


def _line(change: Difference, count: int) -> str:
    figures = "1 stored figure" if count == 1 else f"{count:,} stored figures"
    if change.what == "removed":
        hint = (
            f" Was it renamed to {change.renamed_to}? Then write formerly: {change.measure_id} there."
            if change.renamed_to
            else ""
        )
        return f"{change.measure_id}: no measure has this id any more; {figures} would no longer be shown.{hint}"
    return (
        f"{change.measure_id}: {WORDS[change.what]} was {change.before}, is {change.now}; {figures} would be read so."
    )
