"""List snapshots, and compare two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.periods import period_words
from scorecard.pack.document.changes import altered_words, reason_words
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.compare import compare_snapshots
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
    contents = [scorecard.store.snapshot(one), scorecard.store.snapshot(other)]
    old, new = sorted(contents, key=lambda content: read_snapshot(content).reporting_month)
    return compare_snapshots(old, new)


def differences(comparison: Comparison) -> Iterator[Difference]:
    """All that differs, by kind, as page and terminal list it; nothing where nothing differs."""
    for name, title in FIGURES.items():
        rows = [
            (one.measure, period_words(one.period_end, one.months), one.old_words, one.new_words)
            for one in getattr(comparison, name)
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
        words = [(one.measure, one.what, one.old, one.new) for one in getattr(comparison, name)]
        if words:
            yield Difference(title, tuple(words))
    if comparison.ended:
        ended = tuple((one.measure, "Warning", one.warning, one.reason) for one in comparison.ended)
        yield Difference("Warnings no longer given", ended)
    for name, title in NAMES.items():
        if names := getattr(comparison, name):
            yield Difference(title, tuple((measure, "", "", "") for measure in names))
