"""One function that draws any chart as SVG: for the pack, for downloads, for sparklines."""

from __future__ import annotations

from scorecard.charts.model.models import Sparkline, TrendChart, XRange, on_shared_axis
from scorecard.charts.palette import FONT
from scorecard.charts.svg.sparkline import draw_sparkline
from scorecard.charts.svg.trend import draw_trend


def svg(
    chart: TrendChart | Sparkline,
    width: float,
    height: float,
    *,
    x_range: XRange | None = None,
    titled: bool = True,
    font: str = FONT,
) -> str:
    """A chart as an SVG document of a size in pixels.

    x_range: the months that small multiples of trends share. titled: False where the finding stands beside the chart
    already. font: the one family that its text names; a page that ships none passes a list that ends in sans-serif.
    """
    match chart:
        case TrendChart():
            return draw_trend(on_shared_axis(chart, x_range), width, height, font, x_range, titled=titled)
        case Sparkline():
            return draw_sparkline(chart, width, height, font)
