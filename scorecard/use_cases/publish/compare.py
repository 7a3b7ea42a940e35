"""List snapshots, and compare two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.numbers import NO_FIGURE
from scorecard.core.periods import period_words
from scorecard.pack.document.asks import asks_of
from scorecard.pack.document.changes import altered_words, reason_words
from scorecard.pack.document.data_quality import meeting_words
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.changes import Comparison, WordChange
from scorecard.pack.snapshot.compare import compare_snapshots
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

Row = tuple[str, str, str, str]
HEADINGS = ("Measure", "What", "Before", "After")
FIGURES = {"new_figures": "New figures", "revised": "Revised figures", "taken_back": "Figures taken back"}
WORDS = {"status": "Status", "variation": "Variation", "assurance": "Assurance", "wording": "Wording"}
NAMES = {"added": "Measures added", "retired": "Measures retired", "removed": "Measures left out"}


class Difference(NamedTuple):
    """One kind of difference between two snapshots, as rows of HEADINGS."""

    title: str
    rows: tuple[Row, ...]


@needs(Permission.READ)
def snapshots(scorecard: Scorecard) -> pd.DataFrame:
    """Every snapshot with its state, latest month first, of a month the latest taken (store.SNAPSHOT_COLUMNS)."""
    known = scorecard.store.snapshots()
    return known.sort_values(["period", "taken_at"], ascending=False, kind="stable").reset_index(drop=True)


@needs(Permission.READ)
def compare_packs(scorecard: Scorecard, one: str, other: str) -> Comparison:
    """What the snapshot of the later month has otherwise than the other; of one month, the other as given.

    Raises UnknownSnapshot.
    """
    read = ((content, read_snapshot(content)) for content in map(scorecard.store.snapshot, (one, other)))
    (content, old), (_, new) = sorted(read, key=lambda pair: pair[1].reporting_month)
    compared = compare_snapshots(old, new, content)
    return compared.model_copy(update={"wording": (*compared.wording, *_told_otherwise(old, new))})


def _told_otherwise(old: Snapshot, new: Snapshot) -> Iterator[WordChange]:
    """What a pack tells beside its measures, and what is known of each measure's data, where two have it otherwise."""
    for what, says in TOLD.items():
        was, now = says(old), says(new)
        if was != now:
            yield WordChange(measure_id="", measure="The pack", service_area="", what=what, old=was, new=now)
    before = {measure.id: measure for measure in old.measures}
    for area in new.service_areas:
        for measure in area.measures:
            was, now = (_quality(version) for version in (before.get(measure.id, measure), measure))
            if was != now:
                yield WordChange(
                    measure_id=measure.id, measure=measure.name, service_area=area.name, what="Data quality",
                    old=was, new=now,
                )  # fmt: skip


def _quality(measure: SnapshotMeasure) -> str:
    quality = measure.quality
    return ": ".join(filter(None, (quality.words, quality.why))) if quality else NO_FIGURE


def _asked(snapshot: Snapshot) -> str:
    """What the board asked and decided before, each with its answers."""
    texts = (f"{asked.text} {' '.join(asked.answers)}".strip() for asked in snapshot.asked or ())
    return "; ".join(texts) or NO_FIGURE


def _published(snapshot: Snapshot) -> str:
    lines = (
        f"{published.measure}, {published.period_words}: {published.value_words} ({published.mean_words})"
        for published in snapshot.published or ()
    )
    return "; ".join(lines) or NO_FIGURE


TOLD: dict[str, Callable[[Snapshot], str]] = {
    "Board": lambda snapshot: snapshot.board.title,
    "Marking": lambda snapshot: snapshot.board.marking,
    "Next meeting": lambda snapshot: meeting_words(snapshot.board) or NO_FIGURE,
    "Length": lambda snapshot: snapshot.length,
    "Charts": lambda snapshot: "with charts" if snapshot.with_charts else "without charts",
    "Service areas": lambda snapshot: "; ".join(area.name for area in snapshot.service_areas),
    "What the board is asked to do": lambda snapshot: " ".join(f"{ask.verb} {ask.words}" for ask in asks_of(snapshot)),
    "What the board asked and decided": _asked,
    "Published figures (neighbours')": _published,
}


def differences(comparison: Comparison) -> Iterator[Difference]:
    """All that differs, by kind, as page and terminal list it; nothing where nothing differs."""
    for name, title in FIGURES.items():
        rows = [
            (change.measure, period_words(change.period_end, change.months), change.old_words, change.new_words)
            for change in getattr(comparison, name)
        ]
        if rows:
            yield Difference(title, tuple(rows))
    rules = [
        (changed.measure, rule.what, rule.old, f"{rule.new}. {reason_words(rule)}. {altered_words(changed)}")
        for changed in comparison.rules
        for rule in changed.rules
    ]
    if rules:
        yield Difference("Changed rules", tuple(rules))
    for name, title in WORDS.items():
        changes = [(change.measure, change.what, change.old, change.new) for change in getattr(comparison, name)]
        if changes:
            yield Difference(title, tuple(changes))
    if comparison.ended:
        ended = tuple((ended.measure, "Warning", ended.warning, ended.reason) for ended in comparison.ended)
        yield Difference("Warnings no longer given", ended)
    for name, title in NAMES.items():
        if names := getattr(comparison, name):
            yield Difference(title, tuple((measure, "", "", "") for measure in names))
