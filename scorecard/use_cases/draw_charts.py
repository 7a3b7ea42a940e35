"""Draw charts: the chart models of a view, each built once."""

from __future__ import annotations

import pandas as pd

from scorecard.charts import DistanceChart, TrendChart, distance_chart, trend_chart
from scorecard.use_cases.view_measures import View


def trend(view: View, measure_id: str, *, with_projection: bool = True) -> TrendChart:
    """One measure over time. Raises KeyError for a measure that the view doesn't have."""
    row = _row(view, measure_id)
    return trend_chart(
        view.catalogue.measure(measure_id),
        row,
        view.assessment.series,
        view.assessment.spc.points,
        view.projection if with_projection else None,
        catalogue=view.catalogue,
        comparators_over_time=_others(view, measure_id),
        demonstration=view.demonstration,
    )


def trends(view: View, service_area_id: str) -> dict[str, TrendChart]:
    """Every measure of a service area over time, by its id, in the plan's order."""
    rows = view.measures[view.measures["service_area_id"] == service_area_id]
    return {measure_id: trend(view, measure_id) for measure_id in rows["measure_id"]}


def distances(view: View, service_area_id: str) -> DistanceChart:
    """How far each measure of a service area is from its target; good is always to the right."""
    rows = view.measures[view.measures["service_area_id"] == service_area_id]
    return distance_chart(rows, demonstration=view.demonstration)


def _row(view: View, measure_id: str) -> pd.Series:
    rows = view.measures[view.measures["measure_id"] == measure_id]
    if rows.empty:
        raise KeyError(measure_id)
    return rows.iloc[0]


def _others(view: View, measure_id: str) -> pd.DataFrame | None:
    """The region's and England's own observations of a measure, where any were sent."""
    of_measure = view.observations["measure_id"] == measure_id
    others = view.observations[of_measure & (view.observations["area"] != view.catalogue.authority.code)]
    return None if others.empty else others
