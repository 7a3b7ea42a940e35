"""What differs between two snapshots: for 'what changed since the last board', and for comparing any two."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scorecard.core.numbers import NO_FIGURE, number_words
from scorecard.core.vocabulary import ASSURANCE_SHORT, NOT_SHOWN, STATUS_WORDS, variation_words
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import (
    Comparison,
    FigureChange,
    Observation,
    PackRef,
    Snapshot,
    SnapshotMeasure,
    WordChange,
)

STATUS_RANK = {"missed": 0, "close": 1, "met": 2}
VARIATION_RANK = {"concern": 0, "common_cause": 1, "improvement": 2}
ASSURANCE_RANK = {"consistently_failing": 0, "inconsistent": 1, "consistently_passing": 2}
WORDING = {
    "name": "Name",
    "plan_wording": "The plan's wording",
    "definition": "Definition",
    "note": "Note",
    "polarity": "Which way is good",
    "unit": "Unit",
    "accumulation": "What a figure covers",
    "frequency": "Frequency",
    "supplied_by": "Supplied by",
    "owner": "Owner",
}

Key = tuple[str, str, str, int]


def compare_snapshots(old: Snapshot | bytes, new: Snapshot | bytes) -> Comparison:
    """All that differs between two snapshots, old to new.

    Either is a snapshot or its canonical JSON. Measures that both have are compared figure by figure and word by word;
    `added` and `removed` name the others. A figure of a month after the old reporting month is new; one that the old
    snapshot could have had and hadn't is new too.
    """
    before, reference = _with_reference(old)
    after, _ = _with_reference(new)
    pairs = list(_shared(before, after))
    return Comparison(
        old=reference,
        new_figures=tuple(_figures(pairs, lambda was, now: was is None and now is not None)),
        revised=tuple(_figures(pairs, lambda was, now: was is not None and now is not None and _differs(was, now))),
        taken_back=tuple(_figures(pairs, lambda was, now: was is not None and now is None)),
        status=tuple(_changed_word(pairs, "Status", _status, STATUS_RANK)),
        variation=tuple(_changed_word(pairs, "Variation", _variation, VARIATION_RANK)),
        assurance=tuple(_changed_word(pairs, "Assurance", _assurance, ASSURANCE_RANK)),
        targets=tuple(_targets(pairs)),
        wording=tuple(_wording(pairs)),
        added=_only_in(after, before),
        removed=_only_in(before, after),
    )


Pair = tuple[SnapshotMeasure, SnapshotMeasure, str]


def _with_reference(snapshot: Snapshot | bytes) -> tuple[Snapshot, PackRef]:
    content = snapshot if isinstance(snapshot, bytes) else canonical_json(snapshot)
    value = read_snapshot(snapshot) if isinstance(snapshot, bytes) else snapshot
    reference = PackRef(
        id=snapshot_id(content),
        board=value.board.name,
        reporting_month=value.reporting_month,
        as_known_at=value.as_known_at,
    )
    return value, reference


def _shared(before: Snapshot, after: Snapshot) -> Iterator[Pair]:
    known = {measure.id: measure for measure in before.measures}
    for area in after.service_areas:
        for measure in area.measures:
            if measure.id in known:
                yield known[measure.id], measure, area.name


def _only_in(one: Snapshot, other: Snapshot) -> tuple[str, ...]:
    known = {measure.id for measure in other.measures}
    return tuple(measure.name for measure in one.measures if measure.id not in known)


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
    pairs: list[Pair], wanted: Callable[[Observation | None, Observation | None], bool]
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
    words = measure.words_of(figure)
    if other is None or figure.value is None or words != measure.words_of(other):
        return words
    if figure.value == other.value:
        counts = [f"{count:,g}" for count in (figure.numerator, figure.denominator) if count is not None]
        beside = [" of ".join(counts), f"[{figure.symbol}]" if figure.symbol else ""]
        return " ".join([words, *filter(None, beside)])
    return number_words(figure.value, measure.decimals + 4)


def _status(measure: SnapshotMeasure) -> str | None:
    return measure.judgement.status


def _variation(measure: SnapshotMeasure) -> str | None:
    return measure.judgement.variation


def _assurance(measure: SnapshotMeasure) -> str | None:
    return measure.judgement.assurance


def _word(measure: SnapshotMeasure, code: str | None) -> str:
    """A status, a variation or an assurance as tables show it."""
    if code in STATUS_WORDS or code in ASSURANCE_SHORT:
        return {**STATUS_WORDS, **ASSURANCE_SHORT}[code]
    return NOT_SHOWN if code is None else variation_words(code, measure.level)


def _changed_word(
    pairs: list[Pair], what: str, told: Callable[[SnapshotMeasure], str | None], rank: dict[str, int]
) -> Iterator[WordChange]:
    for before, after, area in pairs:
        old, new = told(before), told(after)
        if old == new:
            continue
        step = rank[new] - rank[old] if old in rank and new in rank else 0
        yield WordChange(
            measure_id=after.id,
            measure=after.name,
            service_area=area,
            what=what,
            old=_word(before, old),
            new=_word(after, new),
            direction="better" if step > 0 else "worse" if step < 0 else "neither",
        )


def _targets(pairs: list[Pair]) -> Iterator[WordChange]:
    for before, after, area in pairs:
        if before.targets != after.targets:
            old = "; ".join(map(before.target_words, before.targets)) or "no target"
            new = "; ".join(map(after.target_words, after.targets)) or "no target"
            if old == new:
                new += " (its dates or reasons changed)"
            yield WordChange(
                measure_id=after.id, measure=after.name, service_area=area, what="Target", old=old, new=new
            )


def _wording(pairs: list[Pair]) -> Iterator[WordChange]:
    for before, after, area in pairs:
        for name, what in WORDING.items():
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                yield WordChange(
                    measure_id=after.id,
                    measure=after.name,
                    service_area=area,
                    what=what,
                    old=str(old or NO_FIGURE),
                    new=str(new or NO_FIGURE),
                )
