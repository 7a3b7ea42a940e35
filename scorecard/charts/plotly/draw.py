"""The same chart models as interactive plotly figures, for the screen."""

from __future__ import annotations

import plotly.graph_objects as go

from scorecard.charts.model.models import DistanceChart, Sparkline, TrendChart, XRange, on_shared_axis
from scorecard.charts.palette import (
    GREY,
    INK,
    LINE,
    MARKS,
    MUTED,
    ORANGE,
    TEAL,
    WHITE,
)
from scorecard.charts.plotly.base import HEIGHT, HOVER, SMALL_SIZE, SYMBOLS, layout_of, markers, middle, scatter
from scorecard.charts.plotly.trend import TrendFigure
from scorecard.charts.svg.distance import row_words
from scorecard.charts.text_metrics import cut, plotly_text


def figure(
    chart: TrendChart | DistanceChart | Sparkline,
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
        case DistanceChart():
            return _distance(chart, height, titled)
        case Sparkline():
            return _sparkline(chart, height or 48, x_range)


def _distance(chart: DistanceChart, height: int | None, titled: bool) -> go.Figure:
    """Bars with the words above them, so that long names need no margin: it reads alike at 320 px and 1440 px."""
    needed = 66 * max(len(chart.bars), 1) + 60
    layout, top = layout_of(chart.title, chart.subtitle, height or needed, titled, chart.demonstration)
    layout["height"] = max(height or 0, needed + top)
    places = list(range(len(chart.bars)))
    colours = [GREY if bar.neutral else TEAL if bar.status == "met" else ORANGE for bar in chart.bars]
    shares = [None if bar.share is None else min(max(bar.share, -chart.reach), chart.reach) for bar in chart.bars]
    hover = [
        plotly_text(f"{bar.name}: {bar.value_words}, {bar.distance_words or bar.status_words}") for bar in chart.bars
    ]
    figure = go.Figure(
        go.Bar(
            x=shares,
            y=places,
            orientation="h",
            marker={"color": colours},
            hovertext=hover,
            hovertemplate=HOVER,
            width=0.3,
        )
    )
    names = [
        {
            "x": 0, "xref": "paper", "xanchor": "left", "y": place - 0.24, "yanchor": "bottom", "showarrow": False,
            "align": "left", "font": {"size": SMALL_SIZE, "color": INK}, "bgcolor": WHITE, "borderpad": 0,
            "text": f"<b>{plotly_text(cut(bar.name, 292, SMALL_SIZE * 1.06))}</b><br>"
            f"{plotly_text(cut(row_words(bar), 292, SMALL_SIZE))}",
            "hovertext": hover[place],
        }
        for place, bar in zip(places, chart.bars, strict=True)
    ]  # fmt: skip
    sides = [
        {"x": x, "xref": "paper", "xanchor": anchor, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
         "text": words, "font": {"size": SMALL_SIZE, "color": MUTED}}
        for x, anchor, words in ((0, "left", "Short of target"), (1, "right", "Meets target"))
    ]  # fmt: skip
    figure.update_layout(
        **layout,
        margin={"l": 8, "r": 8, "t": top + 20, "b": 12},
        annotations=[*names, *sides],
        xaxis={"range": [-chart.reach, chart.reach], "visible": True, "showticklabels": False, "showgrid": False,
               "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 2, "fixedrange": True},
        yaxis={"range": [len(chart.bars) - 0.7, -0.9], "visible": False, "fixedrange": True},
    )  # fmt: skip
    return figure


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
