"""The same chart models as interactive plotly figures, for the screen."""

from __future__ import annotations

import plotly.graph_objects as go

from scorecard.charts.model.models import Sparkline, TrendChart, XRange, on_shared_axis
from scorecard.charts.palette import (
    LINE,
    MARKS,
    WHITE,
)
from scorecard.charts.plotly.base import HEIGHT, SYMBOLS, layout_of, markers, middle, scatter
from scorecard.charts.plotly.trend import TrendFigure


def figure(
    chart: TrendChart | Sparkline,
    *,
    height: int | None = None,
    x_range: XRange | None = None,
    titled: bool = True,
) -> go.Figure:
    """A chart as a plotly figure; show it with PLOTLY_CONFIG.

    height: in pixels. x_range: the months that small multiples share. titled: False where the finding stands as a
    heading beside the figure. The width is the page's: margins and labels are those that fit from 320 px on.
    """
    match chart:
        case TrendChart():
            return TrendFigure(on_shared_axis(chart, x_range), height or HEIGHT, x_range, titled).figure()
        case Sparkline():
            return _sparkline(chart, height or 48, x_range)


def _sparkline(chart: Sparkline, height: int, x_range: XRange | None) -> go.Figure:
    times = x_range or (chart.first, chart.last)
    layout, _ = layout_of("", "", height, titled=False, demonstration=chart.demonstration)
    known = [point for point in chart.points if point.value is not None]
    x = [middle(point.month) for point in chart.points]
    y = [point.value for point in chart.points]
    traces = [scatter(x=x, y=y, mode="lines", line={"color": LINE, "width": 2}, hoverinfo="skip", connectgaps=False)]
    if known:
        colour, shape = MARKS[known[-1].mark]
        traces.append(markers(known[-1:], SYMBOLS[shape], 7, colour, WHITE, 1, "latest"))
    figure = go.Figure(traces)
    figure.update_layout(
        **layout,
        margin={"l": 2, "r": 8, "t": 22 if chart.demonstration else 2, "b": 2},
        xaxis={"visible": False, "range": [middle(times[0]), middle(times[1])], "fixedrange": True},
        yaxis={"visible": False, "range": [chart.low, chart.high], "fixedrange": True},
    )
    return figure
