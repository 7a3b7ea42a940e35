"""The chart models that a snapshot keeps: a trend chart and a sparkline for each measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.catalogue.models import Catalogue
from scorecard.charts.model.trend import trend_chart
from scorecard.charts.svg.sparkline import sparkline
from scorecard.pack.snapshot.freeze_measure import Charts


def measure_charts(
    assessment: Assessment, catalogue: Catalogue, measure_ids: Sequence[str], with_charts: bool, demonstration: bool
) -> dict[str, Charts]:
    """The chart models of each measure; without charts, the sparkline alone, which stands in the table."""
    rows = {row["measure_id"]: row for row in _rows(assessment.measures)}
    series, points = _by_measure(assessment.series), _by_measure(assessment.spc.points)
    no_series, no_points = assessment.series.iloc[:0], assessment.spc.points.iloc[:0]
    invented = True if demonstration else None
    charts = {}
    for measure_id in measure_ids:
        measure, row = catalogue.measure(measure_id), rows[measure_id]
        own, spc = series.get(measure_id, no_series), points.get(measure_id, no_points)
        trend = (
            trend_chart(measure, row, own, spc, catalogue=catalogue, demonstration=invented) if with_charts else None
        )
        charts[measure_id] = Charts(trend, sparkline(measure, row, own, spc))
    return charts


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _by_measure(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(measure_id): rows for measure_id, rows in frame.groupby("measure_id", sort=False)}
