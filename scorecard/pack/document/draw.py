"""The document's charts and icons as SVG, for the formats that print pictures: PDF and web page."""

from __future__ import annotations

from functools import lru_cache

from scorecard.charts.model.comparison import FunnelChart, GapBars, YearChart
from scorecard.charts.model.models import Sparkline, TrendChart, XRange
from scorecard.charts.svg.comparison import draw_funnel, draw_years, gap_bars
from scorecard.charts.svg.draw import svg
from scorecard.charts.svg.icons import assurance_icon, status_icon, variation_icon
from scorecard.charts.svg.trend import roomy_height
from scorecard.core.periods import month_words
from scorecard.pack.document.blocks import Figure, Icon, Size

SPARK = Size(110, 22)


def figure_svg(figure: Figure) -> str:
    """A chart of a figure, in its size or, where its key and notes need the room, higher."""
    match figure.chart:
        case YearChart():
            return draw_years(figure.chart, *figure.size, short_names=True)
        case FunnelChart():
            return draw_funnel(figure.chart, *figure.size)
        case TrendChart():
            return _trend_svg(figure.chart, figure.size, figure.x_range)


def _trend_svg(chart: TrendChart, size: Size, x_range: XRange | None) -> str:
    """Every page of the pack says where figures are invented, so that the plot keeps its room."""
    known = {"demonstration": False, "source": "" if chart.demonstration else chart.source}
    if x_range is not None and x_range[0] > chart.first:
        note = f"Figures before {month_words(x_range[0])} are not drawn."
        known["y_axis"] = chart.y_axis.model_copy(update={"note": " ".join(filter(None, (chart.y_axis.note, note)))})
    chart = chart.model_copy(update=known)
    height = roomy_height(chart, *size, x_range=x_range, titled=False)
    return svg(chart, size.width, height, x_range=x_range, titled=False)


def small_svg(chart: Sparkline | GapBars) -> str:
    """The chart of a cell, in the space of a word."""
    return gap_bars(chart, *SPARK) if isinstance(chart, GapBars) else svg(chart, *SPARK)


@lru_cache(maxsize=64)
def icon_svg(icon: Icon) -> str:
    """The shape of a status, variation or assurance."""
    match icon.of:
        case "status":
            return status_icon(icon.code)
        case "assurance":
            return assurance_icon(icon.code)
        case "variation":
            return variation_icon(icon.code, up=icon.up)
