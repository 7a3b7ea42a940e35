"""Words that several parts of the pack share, written by rule from a snapshot's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from scorecard.catalogue.models import Plan
from scorecard.core.numbers import count_of
from scorecard.core.periods import day_words, month_words
from scorecard.core.types import ComparatorKind
from scorecard.core.vocabulary import lower_first
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea

COMPARATOR_SHORT: dict[ComparatorKind, str] = {
    "statistical_neighbour": "SN",
    "regional": "Region",
    "national": "England",
}
ID_SHOWN = 12


def scope_words(snapshot: Snapshot) -> str:
    """What a pack is of: 'The whole service', '2 of 17 service areas', 'The 6 service areas of the … Committee'."""
    shown, seen = len(snapshot.service_areas), snapshot.areas_seen
    if snapshot.areas_asked is not None:
        return f"{shown} of {seen} service areas" if seen else count_of(shown, "service area")
    if snapshot.board.service_areas is None:
        return "The whole service"
    return f"The {count_of(shown, 'service area')} of the {snapshot.board.name}"


def listed(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


SAID_BY_CODE = 6  # letters more that a code takes, with its part of the name of its script
LINE = 70  # characters that a line of half a page's width holds, on the safe side


def cut_to_room(items: Sequence[str], where: str, room: int, line: int = LINE) -> tuple[str, ...]:
    """As many items as there is room for, in lines of so many letters, and how many more there are, and where."""
    shown_items: list[str] = []
    for item in items:
        room -= 1 + letters(item) // line
        if room < (1 if len(shown_items) + 1 < len(items) else 0):
            break
        shown_items.append(item)
    more = len(items) - len(shown_items)
    return (*shown_items, f"{'and ' if shown_items else ''}{more} more, {where}") if more else tuple(shown_items)


def letters(text: str) -> int:
    """How many letters a text takes in print, where one beyond Latin, Greek and Cyrillic is said by its code."""
    return len(text) + SAID_BY_CODE * sum("\u0530" <= sign < "\u1e00" or sign >= "\u2e80" for sign in text)


def moment_words(moment: datetime) -> str:
    """'1 September 2020, 09:30 UTC': the same wherever it is read."""
    at = moment.astimezone(UTC)
    return f"{day_words(at)}, {at:%H:%M} UTC"


def plan_words(plan: Plan) -> str:
    """The plan and its edition: 'Children and Learning Service improvement plan, second iteration, autumn 2020'."""
    return f"{plan.title}, {lower_first(plan.edition)}"


def short_id(snapshot_id: str) -> str:
    """The first characters of a snapshot's id: enough to find it."""
    return snapshot_id[:ID_SHOWN]


def how_measures_stand(counts: Counts, month: date) -> str:
    """How measures stand: those judged on a figure of the month, those on older ones, and all that aren't judged.

    'Of 9 measures, 5 are judged on a figure for July 2020: 2 met and 3 missed; 2 on older figures: 1 met and 1 missed.
    2 are not judged: 1 without a target and 1 without a figure.'
    """
    current, older = counts.current, counts.older
    judged = counts.judged
    text = f"Of {count_of(counts.measures, 'measure')}, {judged or 'none'} {'are' if judged > 1 else 'is'} judged on a "
    text += f"figure for {month_words(month)}" + (f": {_numbers(current)}" if judged else "")
    if by_older := counts.judged_by_older:
        text += f"; {by_older} on {'older figures' if by_older > 1 else 'an older figure'}: {_numbers(older)}"
    others = {
        "without a target": counts.no_target,
        "without a figure": counts.no_data,
        "not applicable this month": counts.not_applicable,
        "monitored or not to be judged": counts.no_status,
    }
    if counts.not_judged:
        text += f". {count_of(counts.not_judged, 'is', 'are')} not judged: {_numbers(others)}"
    return f"{text}."


def _numbers(numbers: Mapping[str, int]) -> str:
    """'2 met and 3 missed': what is counted, nothing that is zero."""
    return listed([f"{number} {noun}" for noun, number in numbers.items() if number])


def overdue_words(measures: Sequence[SnapshotMeasure], month: date) -> str:
    """'3 figures are owed, 1 of them for July 2020', '… all for earlier months'; which month an old snapshot doesn't
    know. Of measures that owe something.
    """
    known = [figure.period_end == month for measure in measures for figure in measure.owed]
    number = sum(measure.figures_owed for measure in measures)
    text = f"{count_of(number, 'figure is', 'figures are')} owed"
    if len(known) < number:
        return text
    now = sum(known)
    if now in (0, number):
        which = month_words(month) if now else "earlier months" if number > 1 else "an earlier month"
        return f"{text}, {'all ' if number > 1 else ''}for {which}"
    return f"{text}, {now:,} of them for {month_words(month)}"


def area_sentence(area: SnapshotArea, month: date) -> str:
    """A service area in two or three sentences: how its measures stand, which the board must hear of, what is owed."""
    text = how_measures_stand(area.counts, month)
    exceptions = [measure.name for measure in area.measures if measure.judgement.exception]
    if exceptions:
        number = "An exception" if len(exceptions) == 1 else f"{len(exceptions)} exceptions"
        text += f" {number}: {'; '.join(exceptions)}."
    owing = [measure for measure in area.measures if measure.figures_owed]
    if owing:
        text += f" {overdue_words(owing, month)}: {'; '.join(measure.name for measure in owing)}."
    return text


def ended(sentence: str) -> str:
    """A sentence with its full stop, where it has no end of its own: what people wrote may end with any sign."""
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def state_words(state: PackState) -> str:
    """'DRAFT', 'Approved by the Executive Director on …', 'Superseded …', in words for page one."""
    by = f" by the {state.role}" if state.role else ""
    on = f" on {moment_words(state.when)}" if state.when else ""
    match state.state:
        case "draft":
            return "DRAFT: not approved"
        case "working_copy":
            return "WORKING COPY: not a board paper"
        case "approved":
            state_text = f"Approved{by}{on}"
            return (
                f"{state_text}. Corrects snapshot {short_id(state.corrects)}: {state.reason}"
                if state.corrects
                else state_text
            )
        case "superseded":
            state_text = f"SUPERSEDED on {moment_words(state.superseded_at)}" if state.superseded_at else "SUPERSEDED"
            if state.superseded_by:
                state_text += f" by snapshot {short_id(state.superseded_by)}"
            return f"{state_text}. Reason: {state.reason}" if state.reason else state_text
