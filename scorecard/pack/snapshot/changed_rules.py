"""What changed because a rule changed, and which warnings ended without anything having become better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scorecard.catalogue.models import Figure, Rebase, Target
from scorecard.core.numbers import NO_FIGURE, amount_words, decimals_of
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import ASSURANCE_SHORT, NOT_SHOWN, STATUS_WORDS, VARIATION_WORDS, variation_words
from scorecard.pack.snapshot.assessment_row import AssessmentRow
from scorecard.pack.snapshot.changes import ChangedRules, EndedWarning, RuleChange, WordChange
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.reassess import RULES, Judged, MeasurePair, Verdict, rules_changed

RANKS: dict[str, dict[str, int]] = {
    "status": {"missed": 0, "close": 1, "met": 2},
    "variation": {"concern": 0, "common_cause": 1, "improvement": 2},
    "assurance": {"consistently_failing": 0, "inconsistent": 1, "consistently_passing": 2},
}


def _word(measure: SnapshotMeasure, code: str | None) -> str:
    """A status, a variation or an assurance as tables show it."""
    if code in VARIATION_WORDS:
        return variation_words(code, measure.level)
    return {**STATUS_WORDS, **ASSURANCE_SHORT}.get(code or "", NOT_SHOWN)


def changed_words(pair: MeasurePair, old: Verdict, new: Verdict, *, judged: bool = True) -> Iterator[WordChange]:
    """What is said otherwise of a measure. judged: whether it is for the better or the worse can be said."""
    for what, was, now in zip(Verdict._fields, old, new, strict=True):
        if was == now:
            continue
        rank = RANKS[what]
        step = rank[now] - rank[was] if judged and was in rank and now in rank else 0
        yield WordChange(
            measure_id=pair.after.id,
            measure=pair.after.name,
            service_area=pair.area,
            what=what.capitalize(),
            old=_word(pair.before, was),
            new=_word(pair.after, now),
            direction="better" if step > 0 else "worse" if step < 0 else "neither",
        )


def changed_rules(
    old: Snapshot, new: Snapshot, pairs: Sequence[MeasurePair], judged: Mapping[str, Judged]
) -> Iterator[ChangedRules]:
    """Each measure whose rules changed, with what that alone altered; the methods first, where they changed."""
    if old.methods_version != new.methods_version:
        altered = [
            change
            for pair in pairs
            for change in changed_words(
                pair, judged[pair.after.id].then, judged[pair.after.id].by_new_methods, judged=False
            )
        ]
        methods = RuleChange(what="Methods", old=f"version {old.methods_version}", new=f"version {new.methods_version}")
        yield ChangedRules(
            measure_id="", measure="All measures", service_area="", rules=(methods,), altered=tuple(altered)
        )
    for pair in pairs:
        names = rules_changed(pair, old)
        if names:
            known = judged[pair.after.id]
            yield ChangedRules(
                measure_id=pair.after.id,
                measure=pair.after.name,
                service_area=pair.area,
                rules=tuple(_rule(pair, name) for name in names),
                altered=tuple(changed_words(pair, known.by_old_rules, known.now, judged=False)),
            )


def _rule(pair: MeasurePair, name: str) -> RuleChange:
    before, after = getattr(pair.before, name), getattr(pair.after, name)
    old, new = old_and_new(pair, name)
    since = [entry for entry in after if entry not in before] if isinstance(after, tuple) else []
    entry = since[-1] if since else None
    return RuleChange(
        what=RULES[name],
        old=old,
        new=new,
        why=getattr(entry, "why", None),
        agreed_by=getattr(entry, "agreed_by", None),
    )


def old_and_new(pair: MeasurePair, name: str) -> tuple[str, str]:
    """What the catalogue said of a measure under one of its names and says now, where the two differ."""
    old, new = (_told(measure, name) for measure in (pair.before, pair.after))
    return old, new if new != old else f"{new} (otherwise in its details)"


def _told(measure: SnapshotMeasure, name: str) -> str:
    """What a measure has under a name; a tolerance is a distance, not a figure."""
    if name == "tolerance" and measure.tolerance is not None:
        return amount_words(measure.tolerance, measure.unit, decimals_of(measure.tolerance, measure.decimals))
    return _words(measure, getattr(measure, name))


def _words(measure: SnapshotMeasure, rule: Any) -> str:
    """A rule as people read it; 'none' for nothing."""
    match rule:
        case None | () | {} if not rule:
            return "none"
        case bool():
            return "yes" if rule else "no"
        case float():
            return measure.figure_words(rule)
        case Figure():
            rule_text = rule.printed if rule.value is None else measure.figure_words(rule.value)
            return rule_text if rule_text == rule.printed else f"{rule_text} (‘{rule.printed}’)"
        case tuple():
            return "; ".join(_entry_words(measure, entry) for entry in rule)
        case dict():
            return "; ".join(f"{kind.replace('_', ' ')} {_words(measure, rule[kind])}" for kind in rule)
        case date():
            return month_words(rule)
    return str(getattr(rule, "why", rule)).replace("_", " ")


def _entry_words(measure: SnapshotMeasure, entry: Target | Rebase | str) -> str:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, Rebase):
        return f"from {month_words(entry.from_month)}"
    start = f" from {month_words(entry.from_month)}" if entry.from_month else ""
    due = f" by {month_words(entry.by)}" if entry.by else ""
    return f"{measure.target_words(entry)}{start}{due}"


def ended_warnings(old: Snapshot, new: Snapshot, pairs: Sequence[MeasurePair]) -> Iterator[EndedWarning]:
    """What the board was warned of and is not any more, though no figure says it is better: each with the reason."""
    for pair in pairs:
        for warning, reason in _ended(pair, new):
            yield EndedWarning(
                measure_id=pair.after.id,
                measure=pair.after.name,
                service_area=pair.area,
                warning=warning,
                reason=reason,
            )
    known = {measure.id for measure in new.measures}
    retired = {measure.id: f"retired in {month_words(measure.retired)}" for measure in new.retired}
    for area in old.service_areas:
        for measure in area.measures:
            warnings = _warnings(measure)
            if measure.id not in known and warnings:
                yield EndedWarning(
                    measure_id=measure.id,
                    measure=measure.name,
                    service_area=area.name,
                    warning="; ".join(warnings.values()),
                    reason=retired.get(measure.id, "this pack does not have the measure"),
                )


def _warnings(measure: SnapshotMeasure) -> dict[str, str]:
    """What a board is warned of in a measure, by kind."""
    row = measure.judgement
    warning_texts = {
        "exception": "Exception" if row.exception else "",
        "status": STATUS_WORDS["missed"] if row.status == "missed" else "",
        "variation": variation_words("concern", measure.level) if row.variation == "concern" else "",
        "assurance": ASSURANCE_SHORT["consistently_failing"] if row.assurance == "consistently_failing" else "",
    }
    return {kind: text for kind, text in warning_texts.items() if text}


def _ended(pair: MeasurePair, new: Snapshot) -> Iterator[tuple[str, str]]:
    """The warnings of a measure that are not given any more, each with why; those that became better aside."""
    row = pair.after.judgement
    still = _warnings(pair.after)
    late = f"the figure for {month_words(new.reporting_month)} is overdue" if row.overdue else ""
    for kind, warning in _warnings(pair.before).items():
        if kind in still:
            continue
        if kind == "exception" and row.status == "missed":
            yield warning, late or "still missed, but not by the rule of exceptions"
        elif kind == "status" and row.status in (None, "no_target", "no_data"):
            yield warning, late or (row.status_words or NO_FIGURE)
        elif kind == "variation" and row.variation is None:
            yield warning, late or f"not shown: {row.no_limits or 'there is no figure'}"
        elif kind == "assurance" and row.assurance is None:
            yield warning, late or f"not shown: {_no_assurance(row)}"


def _no_assurance(row: AssessmentRow) -> str:
    """Why nothing is said of whether a target will be met."""
    if row.target_at_bound:
        return "the target stands at a bound"
    if row.target_words is None:
        return "there is no target"
    return row.no_limits or ("the level moves" if row.no_assurance else "there is no figure")
