"""Freezes one measure: from the catalogue's model and the assessment's rows to the models of a snapshot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.assessment.signals import limits_may_be_shown
from scorecard.analysis.data_quality.completeness import MARKS, Completeness
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.charts.model.models import TrendChart
from scorecard.charts.model.trend import trend_chart
from scorecard.core.rows import missing, rows_by_measure, rows_of
from scorecard.narrative.action import action, question
from scorecard.pack.snapshot.assessment_row import AssessmentRow
from scorecard.pack.snapshot.measure import DataQuality, Observation, OverdueFigure, QualityMark, SnapshotMeasure

AHEAD = ("outlook_words", "projection_words")  # of a view that looks ahead; an assessment alone has none
LIMITS = ("segment", "mean", "lower_limit", "upper_limit", "special_cause", "point_type")


class Received(NamedTuple):
    """What came of one measure: how many figures were due, how many of them came, its data quality, what is owed."""

    due: int
    came: int
    quality: DataQuality
    owed: tuple[OverdueFigure, ...]


def plain(value: Any) -> Any:
    """A cell of a frame as a plain value: None where it holds nothing, a date for a month's end, no −0."""
    if missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return in_utc(value) if value.tzinfo else value.date()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else value + 0.0
    if isinstance(value, list | np.ndarray):
        return tuple(plain(item) for item in value)
    return value


def in_utc(value: datetime) -> datetime:
    """An aware moment in UTC. Raises ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    whole = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
    return whole.astimezone(UTC)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain values, by column name."""
    columns = {str(name): [plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def measure_rows(assessment: Assessment) -> dict[str, list[dict[str, Any]]]:
    """The authority's own figures with limits and signals, by measure, in time order."""
    points = assessment.spc.points.drop(columns=["value"])
    series = assessment.series.merge(points, on=["measure_id", "area", "period_end"], how="left", validate="one_to_one")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in records(series):
        rows.setdefault(row["measure_id"], []).append(row)
    return rows


def freeze(
    measure: Measure,
    row: Mapping[str, Any],
    figures: Sequence[Mapping[str, Any]],
    received: Received,
    trend: TrendChart,
) -> SnapshotMeasure:
    """One measure, frozen: its catalogue entry, its figures up to the month, and what the assessment says."""
    shows_limits = limits_may_be_shown(row)
    return SnapshotMeasure(
        **dict(measure),
        judgement=AssessmentRow(
            **{name: row[name] for name in AssessmentRow.model_fields if name in row or name not in AHEAD}
            | {"signal": row["signal"] is True}
            | _asked(row, received.quality.in_doubt)
        ),
        observations=tuple(_observation(figure, shows_limits) for figure in figures),
        expected_figures=received.due,
        figures_received=received.came,
        quality=received.quality,
        owed=received.owed,
        trend=trend,
    )


def _asked(row: Mapping[str, Any], in_doubt: bool) -> dict[str, str | None]:
    """What to do and what to ask, where something speaks against the data too; nothing where no words were written."""
    if "action" not in row:
        return {}
    known = dict(row)
    return {"action": action(known, in_doubt=in_doubt) or None, "question": question(known, in_doubt=in_doubt) or None}


def _observation(row: Mapping[str, Any], shows_limits: bool) -> Observation:
    """One figure; its limits and signal only where they may be shown."""
    known = {name: row.get(name) for name in Observation.model_fields if shows_limits or name not in LIMITS}
    extract_id = row.get("extract_id")
    return Observation(**known | {"extract_id": None if extract_id is None else int(extract_id)})


def trends(assessment: Assessment, catalogue: Catalogue, demonstration: bool) -> dict[str, TrendChart]:
    """What the trend chart of each measure says, by its id; its points and limits are left to the figures kept."""
    series, points = rows_by_measure(assessment.series), rows_by_measure(assessment.spc.points)
    month = assessment.month.date()
    return {
        row["measure_id"]: _without_figures(
            trend_chart(
                catalogue.measure(row["measure_id"]),
                row,
                series.get(row["measure_id"], []),
                points.get(row["measure_id"], []),
                catalogue=catalogue,
                demonstration=True if demonstration else None,
            ),
            month,
        )
        for row in rows_of(assessment.measures)
    }


def _without_figures(chart: TrendChart, month: date) -> TrendChart:
    """A chart without its points and limits, which are drawn from the figures; and without marks of later months."""
    marks = tuple(mark for mark in chart.marks if mark.month <= month)
    return chart.model_copy(update={"points": (), "segments": (), "marks": marks})


def what_was_received(received: Completeness) -> dict[str, Received]:
    """What came of each measure, by its id, as the analysis judges it."""
    owed_by_id: dict[str, list[OverdueFigure]] = {}
    for row in records(received.owed[["measure_id", "period_end", "due_on"]]):
        figure = OverdueFigure(period_end=row["period_end"], due_on=row["due_on"])
        owed_by_id.setdefault(row["measure_id"], []).append(figure)
    return {
        row["measure_id"]: Received(
            row["due"], row["came"], _quality(row), tuple(owed_by_id.get(row["measure_id"], ()))
        )
        for row in records(received.marks)
    }


def _quality(row: Mapping[str, Any]) -> DataQuality:
    marks = {mark: QualityMark(holds=row[mark], words=row[f"{mark}_words"]) for mark in MARKS}
    return DataQuality(**marks, words=row["quality_words"], why=row["why_words"], care=row["care_words"])
