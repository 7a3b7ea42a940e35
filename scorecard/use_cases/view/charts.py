"""Draw charts: the chart models of a view and what is drawn from them, each once for all who look at that view."""

from __future__ import annotations

from typing import Any, NamedTuple

from scorecard.analysis.assessment.signals import LEANING
from scorecard.charts import (
    Levels,
    Sparkline,
    TrendChart,
    change_chart,
    draw_levels,
    draw_screen,
    figure,
    finding_alone,
    focused,
    levels_of,
    shared_range,
    sparkline,
    svg,
    trend_chart,
)
from scorecard.charts.model.models import XRange
from scorecard.use_cases.view.measures import View

SCREEN_FONT = "Arial, Helvetica, sans-serif"  # a picture on a page can use no font of the page's
# Pixels, by kind: as wide as the least room that each is shown in (pages/parts/style.css), so that no words shrink
# below 14 px. Across a desk's screen, a laptop's, a tablet's, a telephone's, and the smallest; and of two abreast.
WHOLE = {
    "sc-wide": (1320, 400), "sc-broad": (890, 380), "sc-middle": (576, 330), "sc-narrow": (358, 300),
    "sc-slim": (296, 280),
}  # fmt: skip
HALF = {"sc-wide sc-broad sc-middle": (564, 216), "sc-narrow": (358, 232), "sc-slim": (296, 232)}
LEVELS_WIDE, LEVELS_NARROW = (520, 42), (296, 42)
SPARK_SIZE = (124, 33)
FEWEST_FOR_A_TREND = 3
DOWNLOAD_SIZE = (900, 480)


class Parts(NamedTuple):
    """What of a trend is shown: so many months (None: all), limits, projection, other areas with the baseline."""

    months: int | None = None
    usual_range: bool = True
    projection: bool = False
    others: bool = False


AS_OPENED = Parts()


def trend(view: View, measure_id: str) -> TrendChart:
    """One measure over time. Raises KeyError for a measure that the view doesn't have."""
    return view.memoised(
        ("trend", measure_id),
        lambda: trend_chart(
            view.catalogue.measure(measure_id),
            view.row(measure_id),
            view.series_rows_of(measure_id),
            view.points_rows_of(measure_id),
            view.projection_of(measure_id),
            catalogue=view.catalogue,
            comparators_over_time=view.others_of(measure_id),
            demonstration=view.demonstration,
        ),
    )


def trend_finding(view: View, measure_id: str) -> str:
    """What a measure's trend finds, for where its figure and its distance to target stand already."""
    return finding_alone(view.row(measure_id), view.catalogue.measure(measure_id), trend(view, measure_id).points)


def shown_trend(view: View, measure_id: str, parts: Parts = AS_OPENED) -> TrendChart:
    """A measure's trend with the months and lines that are asked for."""
    return view.memoised(("shown", measure_id, parts), lambda: focused(trend(view, measure_id), **parts._asdict()))


def screen(
    view: View, measure_id: str, size: tuple[int, int], parts: Parts = AS_OPENED, times: XRange | None = None
) -> str:
    """A measure's trend as the picture of a page. times: the months that small multiples share."""
    key = ("screen", measure_id, size, parts, times)
    return view.memoised(
        key, lambda: draw_screen(shown_trend(view, measure_id, parts), *size, font=SCREEN_FONT, x_range=times)
    )


def shared_months(view: View, service_area_id: str) -> XRange | None:
    """The months that an area's pictures share."""
    charts = [
        shown_trend(view, measure_id) for measure_id in view.in_area(service_area_id) if has_trend(view, measure_id)
    ]
    return shared_range((chart.first, chart.last) for chart in charts)


def has_trend(view: View, measure_id: str) -> bool:
    """Whether a measure has figures enough for a line to say something."""
    return int(view.series_of(measure_id)["value"].notna().sum()) >= FEWEST_FOR_A_TREND


def levels(view: View, measure_id: str) -> tuple[Levels, str, str]:
    """A measure's baseline, latest figure and target, before there is a trend: what they say, and the picture for a
    desk's screen and for a telephone's.
    """

    def draw() -> tuple[Levels, str, str]:
        drawn = levels_of(view.row(measure_id), view.catalogue.measure(measure_id))
        wide, narrow = (draw_levels(drawn, *size, font=SCREEN_FONT) for size in (LEVELS_WIDE, LEVELS_NARROW))
        return drawn, wide, narrow

    return view.memoised(("levels", measure_id), draw)


def trend_figure(view: View, measure_id: str, parts: Parts = AS_OPENED) -> Any:
    """The trend as a plotly figure, for who points at it; its finding is beside it, not in it."""
    return view.memoised(("figure", measure_id, parts), lambda: figure(shown_trend(view, measure_id, parts)))


def change(view: View, measure_id: str) -> TrendChart | None:
    """A measure's change on the month before, where months lean on each other, or on the year before, where they have a
    season; or None.
    """
    row = view.row(measure_id)
    if not row["seasonal"] and row["no_limits_code"] != LEANING:
        return None
    return view.memoised(
        ("change", measure_id),
        lambda: change_chart(
            view.catalogue.measure(measure_id),
            row,
            view.series_of(measure_id),
            catalogue=view.catalogue,
            demonstration=view.demonstration,
        ),
    )


def change_picture(view: View, chart: TrendChart, size: tuple[int, int]) -> str:
    """The change on the month, or the year, before as the picture of a page."""
    key = ("change picture", chart.measure_id, size)
    return view.memoised(key, lambda: draw_screen(focused(chart), *size, font=SCREEN_FONT))


def spark(view: View, measure_id: str) -> tuple[Sparkline, str]:
    """A measure's last months in the space of a word: what it says, and the picture."""

    def draw() -> tuple[Sparkline, str]:
        chart = sparkline(
            view.catalogue.measure(measure_id),
            view.row(measure_id),
            view.series_rows_of(measure_id),
            view.points_rows_of(measure_id),
            demonstration=view.demonstration,
        )
        return chart, svg(chart, *SPARK_SIZE, font=SCREEN_FONT)

    return view.memoised(("spark", measure_id), draw)


def download_svg(view: View, chart: TrendChart) -> str:
    """A chart as an SVG to keep, with its finding as its title."""
    return view.memoised(("download", chart.measure_id, chart.charted), lambda: svg(chart, *DOWNLOAD_SIZE))
