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

STEADY = [60 + (index * 7) % 5 for index in range(24)]


def told_alike(row: dict[str, Any], title: str, newest: str) -> None:
    """Asserts that every form of a row's signal holds its one fact."""
    own_signal = signal(row)
    assert own_signal is not None
    until = "" if row["last_settled"] == row["period_end"] else f" to {row['last_settled']:%B %Y}"
    fact = signal_fact(row, until)
    for form in (own_signal.title, own_signal.mark, own_signal.sentence, title, row["variation_words"]):
        assert fact in form or fact in lower_first(form), (fact, form)
    if row["exception"]:
        assert fact in row["exception_detail"]
    assert f"{row['last_settled']:%B %Y}" in newest.split(":")[0]


def newest_told(row: dict[str, Any], assessment: Assessment, points: pd.DataFrame) -> str:
    """The newest entry of a measure's history of signals."""
    own = assessment.series[assessment.series["measure_id"] == row["measure_id"]]
    return explain(row, episodes(rows_of(points)), alarms_by_segment(row, own, points))[0]


def test_every_signal_of_the_invented_history_is_told_alike() -> None:
    assessment = assess(invented.catalogue(), invented.history())
    signalling = [row for row in rows_of(assessment.measures) if row["signal"]]
    assert len(signalling) > 5
    for measure_row in signalling:
        judged_measure = invented.catalogue().measure(measure_row["measure_id"])
        chart = trend_chart(
            judged_measure, measure_row, assessment.series, assessment.spc.points, catalogue=invented.catalogue()
        )
        points = assessment.spc.points[assessment.spc.points["measure_id"] == judged_measure.id]
        told_alike(measure_row, chart.title, newest_told(measure_row, assessment, points))


def test_every_signal_of_generated_series_is_told_alike() -> None:
    names, given = [], []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        for index in range(6):
            names.append(f"m{seed}-{index}")
            values = np.round(60 + np.cumsum(draw.normal(0, 2.5, 26)), 1).clip(0, 100)
            given.append(figures(values.tolist(), name=names[-1]))
    measures = [measure(name, kind="volume" if name.endswith("5") else "quality") for name in names]
    assessment = assessed(*measures, given=pd.concat(given, ignore_index=True))
    signalling = [row for row in rows_of(assessment.measures) if row["signal"]]
    assert len(signalling) > 12
    for row in signalling:
        points = assessment.spc.points[assessment.spc.points["measure_id"] == row["measure_id"]]
        told_alike(row, row["variation_words"], newest_told(row, assessment, points))


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
    rows = judged_together(
        (measure(**fields), values, steps.get(fields.get("frequency", ""), {})) for fields, values, _ in COUNTED
    )
    for row, (*_, phrase) in zip(rows, COUNTED, strict=True):
        assert phrase in row["variation_words"]


LEVEL = {"unit": "number", "polarity": "higher_is_better", "target": target(between=[40, 60])}
COUNTS = [48 + (index * 7) % 5 for index in range(24)]


EDGES = [
    ("volume", 75, "Away from the plan's level"),
    ("volume", 25, "Away from the plan's level"),
    ("volume", 58, "Far higher than usual"),
    ("quality", 75, "Away from the target"),
    ("quality", 25, "Away from the target"),
    ("quality", 42, "Far lower than usual"),
]


def test_a_range_and_a_volume_go_towards_or_away_by_the_nearer_edge() -> None:
    rows = judged_together((measure(kind=kind, **LEVEL), [*COUNTS, last]) for kind, last, _ in EDGES)
    for row, (*_, phrase) in zip(rows, EDGES, strict=True):
        assert row["variation_words"].startswith(phrase)
        assert (row["variation"] == "concern") == phrase.startswith("Away")
