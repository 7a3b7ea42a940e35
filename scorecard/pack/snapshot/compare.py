"""What differs between two snapshots: for 'what changed since the last board', and for comparing any two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from scorecard.core.numbers import NO_FIGURE, number_words
from scorecard.core.periods import month_words
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot, snapshot_id
from scorecard.pack.snapshot.changed_rules import changed_rules, changed_words, ended_warnings, old_and_new
from scorecard.pack.snapshot.changes import Comparison, FigureChange, PackRef, WordChange
from scorecard.pack.snapshot.measure import Observation, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.reassess import WORDING, Judged, MeasurePair, Verdict, judge_again, wording_changed

Key = tuple[str, str, str, int]


def compare_snapshots(old: Snapshot | bytes, new: Snapshot | bytes, content: bytes | None = None) -> Comparison:
    """All that differs between two snapshots, old to new.

    Either is a snapshot or its canonical JSON; content: the old one's JSON, where it was read already. Measures that
    both have are compared figure by figure, rule by rule and word by word. What is said otherwise of a measure is told
    apart by why: the new figures are judged by the old rules too, and what differs then, the figures changed; what
    differs only by the new rules, the rules changed. A figure of a month after the old reporting month is new; one that
    the old snapshot could have had and hadn't is new too.
    """
    earlier, after = (read_snapshot(snapshot) if isinstance(snapshot, bytes) else snapshot for snapshot in (old, new))
    reference = _reference(earlier, old if isinstance(old, bytes) else content or canonical_json(old))
    before = _under_new_ids(earlier, after)
    pairs = list(_shared(before, after))
    judged = judge_again(before, after, pairs)
    gone, retired = _only_in(before, after), {measure.id: measure.retired for measure in after.retired}
    return Comparison(
        old=reference,
        new_figures=tuple(_figures(pairs, lambda was, now: was is None and now is not None)),
        revised=tuple(_figures(pairs, lambda was, now: was is not None and now is not None and _differs(was, now))),
        taken_back=tuple(_figures(pairs, lambda was, now: was is not None and now is None)),
        **_said_otherwise(pairs, judged),
        rules=tuple(changed_rules(before, after, pairs, judged)),
        ended=tuple(ended_warnings(before, after, pairs)),
        newly_missed=_newly_missed(before, after),
        new_exceptions=_newly(before, after, lambda measure: measure.judgement.exception),
        wording=(*_wording(pairs, before), *_around(before, after), *_commentary(before, after, pairs)),
        added=tuple(_only_in(after, before).values()),
        removed=tuple(name for measure_id, name in gone.items() if measure_id not in retired),
        retired=tuple(
            f"{name} ({month_words(retired[measure_id])})" for measure_id, name in gone.items() if measure_id in retired
        ),
    )


def _said_otherwise(pairs: Sequence[MeasurePair], judged: Mapping[str, Judged]) -> dict[str, tuple[WordChange, ...]]:
    """What the figures changed in status, variation and assurance, by the rules of the older snapshot."""
    changes = [
        change
        for pair in pairs
        for change in changed_words(pair, judged[pair.after.id].by_new_methods, judged[pair.after.id].by_old_rules)
    ]
    return {name: tuple(change for change in changes if change.what == name.capitalize()) for name in Verdict._fields}


def _reference(snapshot: Snapshot, content: bytes) -> PackRef:
    return PackRef(
        id=snapshot_id(content),
        board=snapshot.board.name,
        reporting_month=snapshot.reporting_month,
        as_known_at=snapshot.as_known_at,
    )


def _under_new_ids(before: Snapshot, after: Snapshot) -> Snapshot:
    """The older snapshot, where a measure whose id was changed (`formerly`) has its new one: it is the same measure."""
    renamed = {measure.formerly: measure.id for measure in after.measures if measure.formerly}
    if not renamed.keys() & {measure.id for measure in before.measures}:
        return before
    areas = (
        area.model_copy(
            update={
                "measures": tuple(
                    measure.model_copy(update={"id": renamed.get(measure.id, measure.id)}) for measure in area.measures
                )
            }
        )
        for area in before.service_areas
    )
    return before.model_copy(update={"service_areas": tuple(areas)})


def _shared(before: Snapshot, after: Snapshot) -> Iterator[MeasurePair]:
    known = {measure.id: measure for measure in before.measures}
    for area in after.service_areas:
        for measure in area.measures:
            if measure.id in known:
                yield MeasurePair(known[measure.id], measure, area.name)


def _newly_missed(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """The ids of the measures that miss their target now and didn't, by a figure that says enough."""
    missed = set(_newly(before, after, lambda measure: measure.judgement.status == "missed"))
    return tuple(
        measure.id for measure in after.measures if measure.id in missed and not measure.judgement.says_too_little
    )


def _newly(old: Snapshot, new: Snapshot, holds: Callable[[SnapshotMeasure], bool]) -> tuple[str, ...]:
    """The ids of the measures of which something holds now and didn't."""
    before = {measure.id for measure in old.measures if holds(measure)}
    return tuple(measure.id for measure in new.measures if holds(measure) and measure.id not in before)


def _only_in(one: Snapshot, other: Snapshot) -> dict[str, str]:
    """The names of the measures that only one snapshot has, by id."""
    known = {measure.id for measure in other.measures}
    return {measure.id: measure.name for measure in one.measures if measure.id not in known}


def _by_key(measure: SnapshotMeasure) -> dict[Key, Observation]:
    return {
        (measure.id, figure.area, figure.period_end.isoformat(), figure.months): figure
        for figure in measure.observations
    }


def _differs(was: Observation, now: Observation) -> bool:
    """Whether a figure reads otherwise. A provisional figure that has become final as it stood is no revision."""
    return _facts(was) != _facts(now)


def _facts(figure: Observation) -> tuple[float | None, float | None, float | None, str | None]:
    symbol = None if figure.symbol == "p" else figure.symbol
    return figure.value, figure.numerator, figure.denominator, symbol


def _figures(
    pairs: list[MeasurePair], wanted: Callable[[Observation | None, Observation | None], bool]
) -> Iterator[FigureChange]:
    for before, after, area in pairs:
        old, new = _by_key(before), _by_key(after)
        for key in sorted(old.keys() | new.keys()):
            was, now = old.get(key), new.get(key)
            if not wanted(was, now):
                continue
            yield FigureChange(
                measure_id=after.id,
                measure=after.name,
                service_area=area,
                area=key[1],
                period_end=(now or was).period_end,  # type: ignore[union-attr]
                months=key[3],
                old=was.value if was else None,
                new=now.value if now else None,
                old_words=_exact(before, was, now),
                new_words=_exact(after, now, was),
            )


def _exact(measure: SnapshotMeasure, figure: Observation | None, other: Observation | None) -> str:
    """A figure's words; where both figures would read the same though they differ, with more of its digits."""
    if figure is None:
        return NO_FIGURE
    figure_text = measure.words_of(figure)
    if other is None or figure.value is None or figure_text != measure.words_of(other):
        return figure_text
    if figure.value == other.value:
        counts = [f"{count:,g}" for count in (figure.numerator, figure.denominator) if count is not None]
        additions = [" of ".join(counts), f"[{figure.symbol}]" if figure.symbol else ""]
        return " ".join([figure_text, *filter(None, additions)])
    return number_words(figure.value, measure.decimals + 4)


def _wording(pairs: list[MeasurePair], before: Snapshot) -> Iterator[WordChange]:
    for pair in pairs:
        for name in wording_changed(pair, before):
            old, new = old_and_new(pair, name)
            yield WordChange(
                measure_id=pair.after.id,
                measure=pair.after.name,
                service_area=pair.area,
                what=WORDING[name],
                old=old,
                new=new,
            )


def _commentary(before: Snapshot, after: Snapshot, pairs: list[MeasurePair]) -> Iterator[WordChange]:
    """Of one month, commentary that was approved otherwise: each month has its own, so that of two nothing differs."""
    if before.reporting_month != after.reporting_month:
        return
    for old, new, area in pairs:
        if old.commentary != new.commentary:
            was, now = (
                measure.commentary.approved_words if measure.commentary else NO_FIGURE for measure in (old, new)
            )
            yield WordChange(
                measure_id=new.id, measure=new.name, service_area=area, what="Commentary", old=was, new=now
            )


def _around(before: Snapshot, after: Snapshot) -> Iterator[WordChange]:
    """What changed around the measures: the council, its plan, the events on charts; service areas and their roles."""
    known = {area.id: area for area in before.service_areas}
    yield from _changed(
        "All measures",
        "",
        ("Authority", before.authority, after.authority),
        ("Plan", f"{before.plan.title}, {before.plan.edition}", f"{after.plan.title}, {after.plan.edition}"),
        ("Events on charts", _events(before), _events(after)),
    )
    for area in after.service_areas:
        old = known.get(area.id, area)
        yield from _changed(
            area.name,
            area.name,
            ("Name of the service area", old.name, area.name),
            ("Responsible", "; ".join(old.responsible), "; ".join(area.responsible)),
            (WORDING["outcomes"], "; ".join(old.outcomes), "; ".join(area.outcomes)),
        )


def _events(snapshot: Snapshot) -> str:
    return "; ".join(f"{event.what}, {month_words(event.date)}" for event in snapshot.events)


def _changed(name: str, area: str, *changes: tuple[str, str, str]) -> Iterator[WordChange]:
    """What is told otherwise of something that is no measure: what, as it was and as it is."""
    for what, was, now in changes:
        if was != now:
            yield WordChange(
                measure_id="", measure=name, service_area=area, what=what, old=was or NO_FIGURE, new=now or NO_FIGURE
            )
