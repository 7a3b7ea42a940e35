"""The same figures judged by other rules: to tell what figures changed from what rules changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from scorecard.analysis.assessment.assess import assess
from scorecard.catalogue.models import Area, Authority, Catalogue, Figure, Measure, ServiceArea, Target
from scorecard.core.observations import observations_frame
from scorecard.core.rows import missing
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

# What is said of a measure's figures rests on these beside the figures, by its name in Measure.
RULES = {
    "targets": "Target",
    "tolerance": "Tolerance",
    "baseline": "Baseline",
    "polarity": "Which way is good",
    "kind": "Kind of measure",
    "unit": "Unit",
    "accumulation": "What a figure covers",
    "year_starts": "When the year starts",
    "frequency": "Frequency",
    "settles_after": "When a figure is final",
    "definition": "Definition",
    "definition_break": "Break of definition",
    "rebase": "Limits start anew",
    "fix_after": "How many figures limits rest on",
    "screen_outliers": "Whether outliers are left out of limits",
    "decimals": "Decimal places",
    "maximum": "Highest value there can be",
    "starts": "First month asked for",
    "due_day": "Day of the next month on which it is due",
    "pair": "Same thing as another measure",
}
# Texts and printed figures, which no status or signal rests on.
WORDING = {
    "formerly": "Former id",
    "name": "Name",
    "plan_wording": "The plan's wording",
    "note": "Note",
    "supplied_by": "Supplied by",
    "owner": "Owner",
    "outcomes": "What the plan wants",
    "july_2020": "The plan's actual",
    "comparators": "Comparators",
    "comparators_printed": "Comparators as printed",
}
TOLD_OTHERWISE = ("id", "retired")  # measures added, left out and retired are named
UNKNOWN_IN_1 = (  # what format 1 did not keep
    "year_starts", "settles_after", "fix_after", "screen_outliers", "maximum", "due_day", "formerly", "outcomes",
)  # fmt: skip


class Verdict(NamedTuple):
    """What is said of a measure: the assessment's codes, None where nothing is said."""

    status: str | None
    variation: str | None
    assurance: str | None


class MeasurePair(NamedTuple):
    """A measure as two snapshots have it, and its service area's name in the newer one."""

    before: SnapshotMeasure
    after: SnapshotMeasure
    area: str


class Judged(NamedTuple):
    """One measure judged four times, so that what differs has one cause at each step.

    then: as the older snapshot said. by_new_methods: the same figures and rules by the methods of today. by_old_rules:
    the newer figures by the older rules. now: as the newer snapshot says.
    """

    then: Verdict
    by_new_methods: Verdict
    by_old_rules: Verdict
    now: Verdict


def judge_again(old: Snapshot, new: Snapshot, pairs: Sequence[MeasurePair]) -> dict[str, Judged]:
    """Each measure that two snapshots have, judged by old and new figures, rules and methods, by its id."""
    then = {pair.after.id: _verdict(pair.before) for pair in pairs}
    now = {pair.after.id: _verdict(pair.after) for pair in pairs}
    if old.methods_version != new.methods_version:
        rules = [_by_the_rules_of(pair.before, pair.after, old) for pair in pairs]
        by_new_methods = _verdicts(rules, [pair.before for pair in pairs], old)
    else:
        by_new_methods = then
    altered = [pair for pair in pairs if rules_changed(pair, old)]
    rules = [_by_the_rules_of(pair.before, pair.after, old) for pair in altered]
    by_old_rules = now | _verdicts(rules, [pair.after for pair in altered], new)
    return {
        measure_id: Judged(then[measure_id], by_new_methods.get(measure_id, was), by_old_rules[measure_id], is_now)
        for (measure_id, was), is_now in zip(then.items(), now.values(), strict=True)
    }


def rules_changed(pair: MeasurePair, old: Snapshot) -> list[str]:
    """The names of a measure's rules that are otherwise than in an older snapshot, as far as that kept them."""
    return _otherwise(pair, old, RULES)


def wording_changed(pair: MeasurePair, old: Snapshot) -> list[str]:
    """The names of a measure's texts that are otherwise than in an older snapshot, as far as that kept them.

    A pack of a month before the plan's actuals prints none of them: that they came since is no change of wording.
    """
    unknown = ("july_2020",) if old.reporting_month < old.plan.actuals else ()
    return _otherwise(pair, old, [name for name in WORDING if name not in unknown])


def _otherwise(pair: MeasurePair, old: Snapshot, names: Iterable[str]) -> list[str]:
    unknown = UNKNOWN_IN_1 if old.written_in == 1 else ()
    return [
        name
        for name in names
        if name not in unknown
        and _comparable(getattr(pair.before, name), old) != _comparable(getattr(pair.after, name), old)
    ]


def _comparable(rule: Any, old: Snapshot) -> Any:
    """A rule without what format 1 did not keep of it, where it is to be compared with a snapshot of that format."""
    if old.written_in != 1:
        return rule
    if isinstance(rule, Figure):
        return rule.printed, rule.value
    if isinstance(rule, dict):
        return {kind: _comparable(figure, old) for kind, figure in rule.items()}
    if isinstance(rule, tuple):
        return tuple(part.model_copy(update={"profile": None}) if isinstance(part, Target) else part for part in rule)
    return rule


def _verdict(measure: SnapshotMeasure) -> Verdict:
    row = measure.judgement
    return Verdict(row.status, row.variation, row.assurance)


def _by_the_rules_of(before: SnapshotMeasure, after: SnapshotMeasure, old: Snapshot) -> Measure:
    """A measure as it is now, but for its rules, which are those of an older snapshot as far as it kept them."""
    unknown = UNKNOWN_IN_1 if old.written_in == 1 else ()
    fields = {name: getattr(after, name) for name in Measure.model_fields}
    return Measure.model_construct(**fields | {name: getattr(before, name) for name in RULES if name not in unknown})


def _verdicts(rules: Sequence[Measure], figures: Sequence[SnapshotMeasure], snapshot: Snapshot) -> dict[str, Verdict]:
    """What is said of the figures of a snapshot's measures by other rules, by the measure's id."""
    if not rules:
        return {}
    own_area = Area.model_construct(name=snapshot.authority, code=snapshot.authority_code)
    authority = Authority.model_construct(name=own_area.name, code=own_area.code, region=own_area, country=own_area)
    area = ServiceArea.model_construct(id="all", name="All", responsible=(), outcomes=(), measures=tuple(rules))
    catalogue = Catalogue.model_construct(authority=authority, plan=snapshot.plan, events=(), service_areas=(area,))
    rows = [{"measure_id": measure.id, **figure.model_dump()} for measure in figures for figure in measure.observations]
    assessed = assess(
        catalogue, observations_frame(pd.DataFrame(rows)), pd.Timestamp(snapshot.reporting_month)
    ).measures
    verdict_rows = zip(*(assessed[name] for name in ("measure_id", *Verdict._fields)), strict=True)
    return {str(row[0]): Verdict(*(None if missing(code) else str(code) for code in row[1:])) for row in verdict_rows}
