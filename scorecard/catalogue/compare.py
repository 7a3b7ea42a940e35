"""What a changed catalogue would make of figures that were stored under the one before."""

from __future__ import annotations

from typing import Literal

from scorecard.catalogue.models import Catalogue, Frozen, Measure

Meaning = Literal["unit", "accumulation", "polarity"]
MEANINGS: tuple[Meaning, ...] = ("unit", "accumulation", "polarity")
"""What may not change in silence: by these a stored figure is read."""


class Difference(Frozen):
    """One thing by which stored figures of a measure would be read otherwise, or not at all.

    measure_id: the id under which the figures are stored. what: unit, accumulation or polarity, or 'removed' where no
    measure has the id any more. renamed_to: a new measure of the same name or the same words of the plan.
    """

    measure_id: str
    what: Meaning | Literal["removed"]
    before: str = ""
    now: str = ""
    renamed_to: str | None = None


def differences(before: Catalogue, now: Catalogue) -> list[Difference]:
    """What a newer catalogue would change silently in the reading of stored figures, in the older one's order.

    A rename said by `formerly` is none, nor is a change of meaning said by a `break` from a month that the older one
    has not: what was stored before that month is then not read by the new meaning. Figures stored under a measure's
    former id are looked at as well.
    """
    changes: list[Difference] = []
    known = {measure.id: measure for measure in now.measures}
    renamed = {measure.formerly: measure for measure in now.measures if measure.formerly}
    for old in before.measures:
        for stored_as in old.ids:
            new = known.get(stored_as) or renamed.get(stored_as)
            if new is None:
                heir = _likely(old, before, now) if stored_as == old.id else None
                changes.append(Difference(measure_id=stored_as, what="removed", renamed_to=heir))
            elif not _break_begun(old, new):
                changes += [
                    Difference(measure_id=stored_as, what=what, before=getattr(old, what), now=getattr(new, what))
                    for what in MEANINGS
                    if getattr(old, what) != getattr(new, what)
                ]
    return changes


def _break_begun(old: Measure, new: Measure) -> bool:
    """Whether the newer definition says from which month it holds, and the older did not say the same."""
    begun = new.definition_break
    return begun is not None and begun.from_month is not None and begun != old.definition_break


def _likely(old: Measure, before: Catalogue, now: Catalogue) -> str | None:
    """The new measure that an old one may have been renamed to."""
    ids = {measure.id for measure in before.measures}
    for new in now.measures:
        if new.id not in ids and (new.name.casefold() == old.name.casefold() or new.plan_wording == old.plan_wording):
            return new.id
    return None
