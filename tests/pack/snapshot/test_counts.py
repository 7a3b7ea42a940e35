"""How many measures stand where, by plain measures: what each counts as, and the sums."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.pack.snapshot.counts import Counts, counts_of
from scorecard.pack.snapshot.measure import DataQuality, OverdueFigure, QualityMark, SnapshotMeasure
from tests.pack import invented

VISITS = invented.three_measures().measures[0]
JUNE, JULY = date(2020, 6, 30), date(2020, 7, 31)
PLAIN: dict[str, Any] = {
    "status": "missed", "months_old": 0, "exception": False, "overdue": False, "counted": True, "period_end": JULY,
    "received_end": JULY, "received_symbol": None, "provisional": False, "small_numbers": False,
    "missed_by_chance": None,
}  # fmt: skip
HOLDS = QualityMark(holds=True, words="w")
QUALITY = DataQuality(
    complete=HOLDS, timely=HOLDS, stable=HOLDS, plausible=HOLDS, words="Complete", why="", care=""
)  # fmt: skip
TWO_OWED = (OverdueFigure(period_end=JUNE), OverdueFigure(period_end=JULY))


def measure(
    owed: tuple[OverdueFigure, ...] = (), quality: DataQuality | None = QUALITY, **judged: Any
) -> SnapshotMeasure:
    """A plain measure that misses its target by the month's own figure, judged otherwise where it is said."""
    judgement = VISITS.judgement.model_copy(update=PLAIN | judged)
    return VISITS.model_copy(update={"judgement": judgement, "owed": owed, "quality": quality})


@pytest.mark.parametrize(
    ("judged", "stands"),
    [
        ({}, "missed"),
        ({"status": "met"}, "met"),
        ({"status": "no_data"}, "no_data"),
        ({"status": None}, "no_status"),
        ({"received_symbol": "z", "period_end": JUNE}, "not_applicable"),
        ({"received_symbol": "z", "period_end": None}, "not_applicable"),
        ({"received_symbol": "z"}, "missed"),  # the figure itself has the symbol: it is no later one
        ({"received_symbol": "z", "received_end": None}, "missed"),
        ({"received_symbol": "c", "period_end": JUNE}, "missed"),
    ],
)
def test_what_a_measure_counts_as(judged: dict[str, Any], stands: str) -> None:
    assert measure(**judged).stands == stands


@pytest.mark.parametrize(
    ("owed", "quality", "overdue", "count"),
    [
        ((), QUALITY, True, 0),
        (TWO_OWED, QUALITY, False, 2),
        ((), None, True, 1),  # old packs say of a measure only whether one is overdue
        ((), None, False, 0),
    ],
)
def test_how_many_figures_are_owed(
    owed: tuple[OverdueFigure, ...], quality: DataQuality | None, overdue: bool, count: int
) -> None:
    assert measure(owed, quality, overdue=overdue).figures_owed == count


@pytest.mark.parametrize(
    ("judged", "too_little"),
    [
        ({}, False),
        ({"provisional": True}, True),
        ({"small_numbers": True}, True),
        ({"missed_by_chance": True}, True),
        ({"missed_by_chance": False}, False),
    ],
)
def test_a_figure_may_say_too_little(judged: dict[str, Any], too_little: bool) -> None:
    assert measure(**judged).judgement.says_too_little is too_little


def test_measures_are_counted_by_what_they_count_as_and_by_which_month() -> None:
    measures = (
        measure(status="met"), measure(status="met", months_old=1), measure(status="met", months_old=2),
        measure(status="close"), measure(status="close"), measure(status="close", months_old=1),
        measure(exception=True), measure(exception=True, months_old=1), measure(owed=TWO_OWED), measure(),
        measure(status="no_target"), measure(status="no_data", months_old=1), measure(status=None),
        measure(status=None), measure(received_symbol="z", period_end=JUNE, months_old=1),
        measure(counted=False, exception=True, owed=TWO_OWED[:1]),  # a rate beside its number
    )  # fmt: skip
    counts = counts_of(measures)
    assert counts == Counts(
        measures=15, met=3, close=3, missed=4, no_target=1, no_data=1, no_status=2, not_applicable=1,
        older={"met": 2, "close": 1, "missed": 1}, exceptions=3, owed=3, owing=2,
    )  # fmt: skip
    assert (counts.judged, counts.judged_by_older, counts.not_judged) == (6, 4, 5)
    assert counts.current == {"met": 1, "close": 2, "missed": 3}
