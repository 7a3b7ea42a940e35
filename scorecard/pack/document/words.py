"""Words that several parts of the pack share, written by rule from a snapshot's figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from scorecard.catalogue.models import Plan
from scorecard.core.periods import day_words
from scorecard.core.types import ComparatorKind
from scorecard.pack.snapshot.models import AreaCounts, PackState, SnapshotArea

COMPARATOR_SHORT: dict[ComparatorKind, str] = {
    "statistical_neighbour": "SN",
    "regional": "Region",
    "national": "England",
}
ID_SHOWN = 12


def count_of(number: int, one: str, many: str | None = None) -> str:
    """'1 measure', '3 measures'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def moment_words(moment: datetime) -> str:
    """'1 September 2020, 09:30 UTC': the same wherever it is read."""
    at = moment.astimezone(UTC)
    return f"{day_words(at)}, {at:%H:%M} UTC"


def plan_words(plan: Plan) -> str:
    """The plan and its edition: 'Children and Learning Service improvement plan, second iteration, autumn 2020'."""
    return f"{plan.title}, {plan.edition[:1].lower()}{plan.edition[1:]}"


def short_id(snapshot_id: str) -> str:
    """The first characters of a snapshot's id: enough to find it."""
    return snapshot_id[:ID_SHOWN]


def counts_words(counts: AreaCounts) -> str:
    """'3 met, 1 close, 2 missed; 1 without a target': what is counted, nothing that is nought."""
    judged = [f"{getattr(counts, name)} {name}" for name in ("met", "close", "missed") if getattr(counts, name)]
    others = {
        "no_target": "without a target",
        "no_data": "without a figure",
        "no_status": "monitored or not judged",
    }
    rest = [f"{getattr(counts, name)} {words}" for name, words in others.items() if getattr(counts, name)]
    return "; ".join(part for part in (listed(judged), listed(rest)) if part)


def area_sentence(area: SnapshotArea) -> str:
    """A service area in two or three sentences: how its measures stand, which the board must hear of, what is owed."""
    counts, measures = area.counts, area.measures
    text = f"Of {count_of(counts.measures, 'measure')}, {counts_words(counts)}."
    exceptions = [measure.name for measure in measures if measure.judgement.exception]
    if exceptions:
        text += (
            f" {'An exception' if len(exceptions) == 1 else f'{len(exceptions)} exceptions'}: {'; '.join(exceptions)}."
        )
    owed = [measure.name for measure in measures if measure.judgement.overdue]
    if owed:
        text += f" {'A figure is' if len(owed) == 1 else f'{len(owed)} figures are'} owed: {'; '.join(owed)}."
    return text


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
            return f"Approved{by}{on}"
        case "superseded":
            words = f"SUPERSEDED{on}"
            if state.superseded_by:
                words += f" by snapshot {short_id(state.superseded_by)}"
            return f"{words}. Reason: {state.reason}" if state.reason else words
