"""What the board is asked to do: decide, agree, note; by rule, unless somebody worded it before approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.core.numbers import count_of
from scorecard.core.periods import month_words
from scorecard.pack.document.attention import date_has_come, exceptions_by_weight
from scorecard.pack.document.words import cut_to_room, overdue_words
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.models import Ask, Snapshot

LINES_OF_NAMES, WHOLE_WIDTH = 3, 140  # and letters that a line holds
NEXT_PAGE = "on the next page"


def asks_of(snapshot: Snapshot) -> tuple[Ask, ...]:
    """What the board is asked to do: as it was worded for this snapshot, else by rule."""
    return tuple(_by_rule(snapshot)) if snapshot.asks is None else snapshot.asks


def _by_rule(snapshot: Snapshot) -> Iterator[Ask]:
    missed = [measure for measure in snapshot.measures if measure.stands == "missed"]
    due = [measure.name for measure in missed if date_has_come(snapshot, measure)]
    if due:
        which = (
            "the target whose date has come and which is"
            if len(due) == 1
            else "the targets whose date has come and which are"
        )
        yield Ask(verb="Decide", words=f"what follows for {which} missed: {_named(due)}.")
    if exceptions := exceptions_by_weight(snapshot):
        number = count_of(len(exceptions), "exception")
        yield Ask(verb="Agree", words=f"what is done about {number}, and by when: by weight {NEXT_PAGE}.")
    changed = snapshot.changes.rules if snapshot.changes else ()
    if alone := [
        rules.measure for rules in changed if rules.measure_id and any(rule.agreed_by is None for rule in rules.rules)
    ]:
        yield Ask(
            verb="Agree", words=f"or refuse the changed rules that nobody is said to have agreed: {_named(alone)}."
        )
    yield from _to_note(snapshot)


def _to_note(snapshot: Snapshot) -> Iterator[Ask]:
    counts = snapshot.totals
    if met := met_words(counts, snapshot.reporting_month):
        yield Ask(verb="Note", words=f"that {met}.")
    if counts.owed:
        yield Ask(verb="Note", words=f"that {overdue_words(snapshot.measures, snapshot.reporting_month)}.")
    if snapshot.corrects is not None:
        month = month_words(snapshot.reporting_month)
        yield Ask(verb="Note", words=f"that this pack corrects the one that was approved for {month}.")


def met_words(counts: Counts, month: date) -> str:
    """'5 of 9 targets were met in May 2022, and 1 of 2 by older figures'; empty where none can be judged."""
    older = f"{counts.older['met']} of {counts.judged_by_older}" if counts.judged_by_older else ""
    if not counts.judged:
        return older and f"{older} targets were met, all by figures older than {month_words(month)}"
    judged = count_of(counts.judged, "target was", "targets were")
    met = f"{counts.current['met']} of {judged} met in {month_words(month)}"
    return f"{met}, and {older} by older figures" if older else met


def _named(names: list[str]) -> str:
    return "; ".join(cut_to_room(names, NEXT_PAGE, LINES_OF_NAMES * 4, WHOLE_WIDTH // 4))
