"""A signal is told once: title, mark, sentence and the newest entry of its history say the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.assessment.chance import alarms_by_segment
from scorecard.charts.model.trend import trend_chart
from scorecard.core.rows import rows_of
from scorecard.core.vocabulary import lower_first
from scorecard.narrative.signal import signal, signal_fact
from scorecard.narrative.signal_history import episodes, explain
from tests.analysis.assessment_cases import assessed, figures, judged_together, measure, target
from tests.assessed import assess
from tests.pack import invented

STEADY = [60 + (place * 7) % 5 for place in range(24)]


def told_alike(row: dict[str, Any], title: str, newest: str) -> None:
    """Asserts that every form of a row's signal holds its one fact."""
    found = signal(row)
    assert found is not None
    until = "" if row["last_settled"] == row["period_end"] else f" to {row['last_settled']:%B %Y}"
    fact = signal_fact(row, until)
    for form in (found.title, found.mark, found.sentence, title, row["variation_words"]):
        assert fact in form or fact in lower_first(form), (fact, form)
    if row["exception"]:
        assert fact in row["exception_detail"]
    assert f"{row['last_settled']:%B %Y}" in newest.split(":")[0]


def newest_told(about: dict[str, Any], found: Assessment, points: pd.DataFrame) -> str:
    """The newest entry of a measure's history of signals."""
    own = found.series[found.series["measure_id"] == about["measure_id"]]
    return explain(about, episodes(rows_of(points)), alarms_by_segment(about, own, points))[0]


def test_every_signal_of_the_invented_history_is_told_alike() -> None:
    found = assess(invented.catalogue(), invented.history())
    signalling = [row for row in rows_of(found.measures) if row["signal"]]
    assert len(signalling) > 5
    for about in signalling:
        one = invented.catalogue().measure(about["measure_id"])
        chart = trend_chart(one, about, found.series, found.spc.points, catalogue=invented.catalogue())
        points = found.spc.points[found.spc.points["measure_id"] == one.id]
        told_alike(about, chart.title, newest_told(about, found, points))


def test_every_signal_of_generated_series_is_told_alike() -> None:
    names, given = [], []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        for place in range(6):
            names.append(f"m{seed}-{place}")
            values = np.round(60 + np.cumsum(draw.normal(0, 2.5, 26)), 1).clip(0, 100)
            given.append(figures(values.tolist(), name=names[-1]))
    measures = [measure(name, kind="volume" if name.endswith("5") else "quality") for name in names]
    found = assessed(*measures, given=pd.concat(given, ignore_index=True))
    signalling = [about for about in rows_of(found.measures) if about["signal"]]
    assert len(signalling) > 12
    for about in signalling:
        points = found.spc.points[found.spc.points["measure_id"] == about["measure_id"]]
        told_alike(about, about["variation_words"], newest_told(about, found, points))


FALL_FROM_A_STEP = [60, 61, 59, 60, 62, 58] * 4 + [85, 86, 84, 85, 86, 83, 81, 79, 77, 75, 73, 71]


COUNTED = [
    ({}, [*STEADY[:17], 84, 83, 82, 81, 80, 79, 78], "fallen six months in a row"),
    (
        {"target": target(at_least=80)},
        FALL_FROM_A_STEP,
        "fallen seven months in a row, still above its usual level",
    ),
    ({"frequency": "quarterly"}, [*STEADY, 84, 83, 82, 81, 80, 79, 78], "fallen six quarters in a row"),
    ({"frequency": "annual"}, [*STEADY, 84, 83, 82, 81, 80, 79, 78], "fallen six years in a row"),
    ({}, [*STEADY[:13], 30], "unlikely to be chance, by limits that are still provisional"),
]


def test_what_is_counted_is_true() -> None:
    steps = {"quarterly": {"step": 3, "last": "2020-03"}, "annual": {"step": 12, "last": "2020-03"}}
    found = judged_together(
        (measure(**about), values, steps.get(about.get("frequency", ""), {})) for about, values, _ in COUNTED
    )
    for row, (*_, words) in zip(found, COUNTED, strict=True):
        assert words in row["variation_words"]


LEVEL = {"unit": "number", "polarity": "higher_is_better", "target": target(between=[40, 60])}
COUNTS = [48 + (place * 7) % 5 for place in range(24)]


EDGES = [
    ("volume", 75, "Away from the plan's level"),
    ("volume", 25, "Away from the plan's level"),
    ("volume", 58, "Far higher than usual"),
    ("quality", 75, "Away from the target"),
    ("quality", 25, "Away from the target"),
    ("quality", 42, "Far lower than usual"),
]


def test_a_range_and_a_volume_go_towards_or_away_by_the_nearer_edge() -> None:
    found = judged_together((measure(kind=kind, **LEVEL), [*COUNTS, last]) for kind, last, _ in EDGES)
    for row, (*_, words) in zip(found, EDGES, strict=True):
        assert row["variation_words"].startswith(words)
        assert (row["variation"] == "concern") == words.startswith("Away")
