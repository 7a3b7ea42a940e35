"""Draw charts: the chart models of a view and what is drawn from them, each once for all who look at that view."""

from __future__ import annotations

from typing import Any

from scorecard.analysis.assessment.signals import LEANING
from scorecard.charts import (
    DistanceChart,
    Sparkline,
    TrendChart,
    change_chart,
    distance_chart,
    distance_height,
    figure,
    shared_range,
    sparkline,
    svg,
    trend_chart,
)
from scorecard.charts.model.models import XRange
from scorecard.use_cases.view.measures import View

SCREEN_FONT = "Arial, Helvetica, sans-serif"  # a picture on a page can use no font of the page's
WIDE, NARROW = 900, 340  # pixels: a distance chart on a desk's screen and on a telephone's
SPARK_SIZE = (150, 40)
DOWNLOAD_SIZE = (900, 480)


def trend(view: View, measure_id: str) -> TrendChart:
    """One measure over time. Raises KeyError for a measure that the view doesn't have."""
    return view.once(
        ("trend", measure_id),
        lambda: trend_chart(
            view.catalogue.measure(measure_id),
            view.row(measure_id),
            view.series_of(measure_id),
            view.points_of(measure_id),
            view.projection_of(measure_id),
            catalogue=view.catalogue,
            comparators_over_time=view.others_of(measure_id),
            demonstration=view.demonstration,
        ),
    )


def trends(view: View, service_area_id: str) -> dict[str, TrendChart]:
    """Every measure of a service area over time, by its id, in the plan's order."""
    return {measure_id: trend(view, measure_id) for measure_id in view.in_area(service_area_id)}


def trend_figure(view: View, measure_id: str, x_range: XRange | None = None) -> Any:
    """A measure's trend as a plotly figure; its finding stands beside it, not in it. x_range: of small multiples."""
    return view.once(
        ("figure", measure_id, x_range), lambda: figure(trend(view, measure_id), x_range=x_range, titled=False)
    )


def shared_months(view: View, service_area_id: str) -> XRange | None:
    """The months that an area's charts share."""
    return shared_range((chart.first, chart.last) for chart in trends(view, service_area_id).values())


def change(view: View, measure_id: str) -> TrendChart | None:
    """A measure's change on the month before, where months lean on each other, or on the year before, where they have a
    season; or None.
    """
    row = view.row(measure_id)
    if not row["seasonal"] and row["no_limits_code"] != LEANING:
        return None
    return view.once(
        ("change", measure_id),
        lambda: change_chart(
            view.catalogue.measure(measure_id),
            row,
            view.series_of(measure_id),
            catalogue=view.catalogue,
            demonstration=view.demonstration,
        ),
    )


def change_figure(view: View, chart: TrendChart) -> Any:
    """The monthly change as a plotly figure."""
    return view.once(("change figure", chart.measure_id), lambda: figure(chart, titled=False))


def spark(view: View, measure_id: str) -> tuple[Sparkline, str]:
    """A measure's last months in the space of a word: what it says, and the picture."""

    def draw() -> tuple[Sparkline, str]:
        chart = sparkline(
            view.catalogue.measure(measure_id),
            view.row(measure_id),
            view.series_of(measure_id),
            view.points_of(measure_id),
            demonstration=view.demonstration,
        )
        return chart, svg(chart, *SPARK_SIZE, font=SCREEN_FONT)

    return view.once(("spark", measure_id), draw)


def distances(view: View, service_area_id: str) -> tuple[DistanceChart, str, str]:
    """How far each measure of a service area is from its target; a wide picture and a narrow one."""

    def draw() -> tuple[DistanceChart, str, str]:
        rows = view.measures[view.measures["service_area_id"] == service_area_id]
        chart = distance_chart(rows, demonstration=view.demonstration)
        wide, narrow = (svg(chart, width, distance_height(chart, width), font=SCREEN_FONT) for width in (WIDE, NARROW))
        return chart, wide, narrow

    return view.once(("distances", service_area_id), draw)


def download_svg(view: View, chart: TrendChart) -> str:
    """A chart as an SVG to keep, with its finding as its title."""
    return view.once(("download", chart.measure_id, chart.charted), lambda: svg(chart, *DOWNLOAD_SIZE))
