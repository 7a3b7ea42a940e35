"""The same chart models as interactive plotly figures, for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from scorecard.catalogue.figures import figure_words
from scorecard.catalogue.periods import add_months, month_words, months_from
from scorecard.charts.axes import month_ticks
from scorecard.charts.key import key_of
from scorecard.charts.labels import EndLabel, end_labels, fitting, rows_for, spread
from scorecard.charts.models import DistanceChart, Point, Sparkline, TrendChart, XRange
from scorecard.charts.palette import (
    AXIS,
    BASELINE,
    COMPARATOR_COLOUR,
    DASHES,
    FAN_80,
    FAN_95,
    FONT,
    GREY,
    GRID,
    INK,
    LIMIT_BAND,
    LIMITS,
    LINE,
    MARKS,
    MUTED,
    NAVY,
    ORANGE,
    PROJECTION,
    TARGET,
    TARGET_BAND,
    TEAL,
    WHITE,
)
from scorecard.charts.text import cut, plotly_text, text_width, wrap

PLOTLY_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}
FONTS = f"'{FONT}', 'Source Sans Pro', Arial, sans-serif"
HEIGHT = 360
TITLE_WIDTH = 300  # pixels: a title wrapped to this can be read at 320 px
SMALL_SIZE = 12
LABEL_HEIGHT = 15.0
MARK_ROWS = 3
NARROWEST_PLOT = 170  # pixels: what is left of 320 when both margins are taken
HOVER = "%{hovertext}<extra></extra>"
SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle_up": "triangle-up",
    "triangle_down": "triangle-down",
}  # fmt: skip


def figure(
    chart: TrendChart | DistanceChart | Sparkline,
    *,
    height: int | None = None,
    x_range: XRange | None = None,
    titled: bool = True,
) -> go.Figure:
    """A chart as a plotly figure; show it with PLOTLY_CONFIG.

    height: in pixels. x_range: the months that small multiples share. titled: False where the finding stands as a heading
    beside the figure. The width is the page's: margins and labels are those that fit from 320 px on.
    """
    match chart:
        case TrendChart():
            return _Trend(chart, height or HEIGHT, x_range, titled).figure()
        case DistanceChart():
            return _distance(chart, height, titled)
        case Sparkline():
            return _sparkline(chart, height or 48, x_range)


def _layout(title: str, name: str, height: int, titled: bool, demonstration: bool) -> tuple[dict[str, Any], int]:
    """The layout that all figures share, and the pixels its title takes at the top."""
    lines = []
    if demonstration:
        lines.append("<b>Demonstration data</b>")
    if titled:
        lines += [f"<span style='color:{MUTED}'>{plotly_text(line)}</span>" for line in wrap(name, TITLE_WIDTH, 13, 2)]
        lines += [f"<b>{plotly_text(line)}</b>" for line in wrap(title, TITLE_WIDTH, 15, 4)]
    layout: dict[str, Any] = {
        "height": height,
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "font": {"family": FONTS, "size": SMALL_SIZE, "color": INK},
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"family": FONTS, "size": 14, "color": INK}},
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": False,
    }
    if lines:
        layout["title"] = {
            "text": "<br>".join(lines), "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container",
            "yanchor": "top", "pad": {"t": 6, "l": 4}, "font": {"size": 15, "color": INK},
        }  # fmt: skip
    return layout, 20 * len(lines) + (10 if lines else 4)


class _Trend:
    """Draws one trend chart: traces in the order they lie over one another."""

    def __init__(self, chart: TrendChart, height: int, x_range: XRange | None, titled: bool) -> None:
        self.chart, self.titled = chart, titled
        self.times = x_range or (chart.first, chart.last)
        self.labels = [label for label in end_labels(chart)]
        self.marks = [mark for mark in chart.marks if self.times[0] <= mark.month <= self.times[1]]
        self.rows = self._mark_rows()
        self.key = key_of(chart)
        self.layout, top = _layout(chart.title, chart.name, height, titled, chart.demonstration)
        right = max([text_width(label.short, SMALL_SIZE) for label in self.labels], default=0.0)
        self.margin = {
            "l": int(8 + max(text_width(tick.words, SMALL_SIZE) for tick in chart.y_axis.ticks)),
            "r": int(min(right + 20, 116)) if self.labels else 12,
            "t": top + (max(self.rows) + 1 if self.rows else 0) * 16 + 6,
            "b": 34 + 18 * len(self.key),
        }
        plot_height = 150
        needed = self.margin["t"] + self.margin["b"] + plot_height
        self.layout["height"] = self.height = max(height, needed)

    def figure(self) -> go.Figure:
        figure = go.Figure()
        for trace in [*self._segments(), *self._fan(), *self._levels(), *self._targets(), *self._series()]:
            figure.add_trace(trace)
        for trace in self._key_traces():
            figure.add_trace(trace)
        figure.update_layout(
            **self.layout,
            margin=self.margin,
            xaxis=self._x_axis(),
            yaxis=self._y_axis(),
            annotations=[*self._end_labels(), *self._mark_labels()],
            shapes=self._mark_lines(),
        )
        if self.key:
            figure.update_layout(showlegend=True, legend=self._legend())
        return figure

    def _mark_rows(self) -> list[int]:
        """Rows for the labels of events, as they need them on the narrowest plot."""
        span = max(months_from(*self.times), 1)
        spans = []
        for mark in self.marks:
            size = min(text_width(mark.label, SMALL_SIZE) + 8, NARROWEST_PLOT)
            start = min(months_from(self.times[0], mark.month) / span * NARROWEST_PLOT, NARROWEST_PLOT - size)
            spans.append((start, start + size))
        return rows_for(spans, MARK_ROWS)

    def _x_axis(self) -> dict[str, Any]:
        first, last = add_months(self.times[0], -1), add_months(self.times[1], 1)
        ticks = month_ticks(self.times, 3 if self.margin["r"] > 60 else 4)
        return {
            "type": "date", "range": [_middle(first), _middle(last)], "tickvals": [_middle(month) for month, _ in ticks],
            "ticktext": [plotly_text(words) for _, words in ticks], "ticks": "outside", "showgrid": False,
            "linecolor": AXIS, "showline": True, "fixedrange": True, "tickangle": 0, "hoverformat": "%B %Y",
        }  # fmt: skip

    def _y_axis(self) -> dict[str, Any]:
        axis = self.chart.y_axis
        return {
            "range": [axis.low, axis.high], "tickvals": [tick.value for tick in axis.ticks],
            "ticktext": [plotly_text(tick.words) for tick in axis.ticks], "gridcolor": GRID, "zerolinecolor": AXIS,
            "fixedrange": True, "zeroline": axis.low <= 0,
        }  # fmt: skip

    def _legend(self) -> dict[str, Any]:
        return {
            "orientation": "v", "x": 0, "xanchor": "left", "xref": "container", "y": 0, "yref": "container",
            "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False, "font": {"size": SMALL_SIZE, "color": INK},
            "bgcolor": "rgba(255,255,255,0)",
        }  # fmt: skip

    def _stepped(self, start: date, end: date) -> tuple[str, str]:
        """Half a month before a step's first month and half after its last, to the edges of the chart."""
        left = _month_start(add_months(self.times[0], -1)) if start <= self.times[0] else _month_start(start)
        right = add_months(self.times[1], 1) if end >= self.times[1] else end
        return left, right.isoformat()

    def _segments(self) -> list[Any]:
        traces = []
        for segment in self.chart.segments:
            x = self._stepped(segment.start, segment.end) if segment is self.chart.segments[0] else (
                _month_start(segment.start), segment.end.isoformat(),
            )  # fmt: skip
            dash = "dash" if segment.provisional else "solid"
            if segment.lower is not None and segment.upper is not None:
                low, high = self._inside(segment.lower), self._inside(segment.upper)
                traces.append(_band(x, low, high, LIMIT_BAND))
                for name, value, held in (("Upper limit", segment.upper, high), ("Lower limit", segment.lower, low)):
                    width = 1.0 if value == held else 0.0
                    traces.append(_line(x, (held, held), LIMITS, width, dash, f"{name}: {self._words(value)}"))
            mean = (segment.mean, segment.mean)
            traces.append(_line(x, mean, LIMITS, 1.4, dash, f"Mean: {self._words(segment.mean)}"))
        return traces

    def _fan(self) -> list[Any]:
        chart = self.chart
        known = [point for point in chart.points if point.value is not None]
        if not chart.projection or not known:
            return []
        start = known[-1]
        x = [_middle(start.month), *(_middle(ahead.month) for ahead in chart.projection)]
        traces = []
        for low, high, fill in (("lower_95", "upper_95", FAN_95), ("lower_80", "upper_80", FAN_80)):
            above = [start.value, *(self._inside(getattr(ahead, high)) for ahead in chart.projection)]
            below = [start.value, *(self._inside(getattr(ahead, low)) for ahead in chart.projection)]
            traces.append(
                go.Scatter(x=[*x, *reversed(x)], y=[*above, *reversed(below)], fill="toself", fillcolor=fill, mode="none",
                           hoverinfo="skip", showlegend=False)
            )  # fmt: skip
        hover = [
            plotly_text(
                f"{month_words(ahead.month)}: {self._words(ahead.projected)} projected, "
                f"80% interval {self._words(ahead.lower_80)} to {self._words(ahead.upper_80)}"
            )
            for ahead in chart.projection
        ]
        traces.append(
            go.Scatter(x=x[1:], y=[ahead.projected for ahead in chart.projection], mode="lines", hovertext=hover,
                       hovertemplate=HOVER, line={"color": PROJECTION, "width": 1.5, "dash": "dash"}, showlegend=False)
        )  # fmt: skip
        return traces

    def _levels(self) -> list[Any]:
        chart, traces = self.chart, []
        if chart.baseline is not None:
            level = chart.baseline
            x = self._stepped(self.times[0], level.end or self.times[1])
            traces.append(_line(x, (level.value, level.value), BASELINE, 1.5, _px(DASHES["baseline"]), level.label))
        for line in chart.comparators:
            dash = _px(DASHES[line.role]) if DASHES[line.role] else "solid"
            if line.points:
                x_values = [_middle(dated.month) for dated in line.points]
                y_values = [dated.value for dated in line.points]
                name = line.label.split(":")[0]
                hover = [
                    plotly_text(f"{name}, {month_words(dated.month)}: {self._words(dated.value)}")
                    for dated in line.points
                ]
                traces.append(
                    go.Scatter(x=x_values, y=y_values, mode="lines" if len(x_values) > 1 else "markers", hovertext=hover,
                               hovertemplate=HOVER, line={"color": COMPARATOR_COLOUR, "width": 1.8, "dash": dash},
                               marker={"color": COMPARATOR_COLOUR}, showlegend=False)
                )  # fmt: skip
            else:
                x = self._stepped(*self.times)
                traces.append(_line(x, (line.value, line.value), COMPARATOR_COLOUR, 1.8, dash, line.label))
        if chart.trajectory is not None:
            path = chart.trajectory
            x = (_middle(path.start.month), _middle(path.end.month))
            traces.append(_line(x, (path.start.value, path.end.value), TARGET, 1.6, "dot", path.label))
        return traces

    def _targets(self) -> list[Any]:
        traces = []
        for step in self.chart.targets:
            if step.lower is not None and step.upper is not None:
                traces.append(_band(self._stepped(step.start, step.end), step.lower, step.upper, TARGET_BAND))
        for edge in ("lower", "upper"):
            steps = [step for step in self.chart.targets if getattr(step, edge) is not None]
            if steps:
                x = [end for step in steps for end in self._stepped(step.start, step.end)]
                y = [getattr(step, edge) for step in steps for _ in range(2)]
                hover = [plotly_text(f"Target: {step.words}") for step in steps for _ in range(2)]
                traces.append(
                    go.Scatter(x=x, y=y, mode="lines", line={"color": TARGET, "width": 2}, hovertext=hover,
                               hovertemplate=HOVER, name="Target", showlegend=False)
                )  # fmt: skip
        return traces

    def _series(self) -> list[Any]:
        points = self.chart.points
        x: list[str | None] = []
        y: list[float | None] = []
        for point in points:
            if not point.joined:
                x.append(None)
                y.append(None)
            x.append(_middle(point.month))
            y.append(point.value)
        traces = [
            go.Scatter(x=x, y=y, mode="lines", line={"color": LINE, "width": 2}, hoverinfo="skip", connectgaps=False,
                       showlegend=False, name="line")
        ]  # fmt: skip
        known = [point for point in points if point.value is not None]
        ringed = [point for point in known if point.origin == "plan"]
        if ringed:
            traces.append(_markers(ringed, "circle-open", 15, NAVY, WHITE, 1.5, "plan ring"))
        for mark, (colour, shape) in MARKS.items():
            for hollow in (False, True):
                some = [point for point in known if point.mark == mark and point.provisional is hollow]
                if some:
                    special = mark not in ("figure", "common_cause")
                    size = _marker_size(len(known), special)
                    fill, edge = (WHITE, colour) if hollow else (colour, WHITE)
                    traces.append(_markers(some, SYMBOLS[shape], size, fill, edge, 2 if hollow else 1, mark))
        published = [point for point in known if point.origin == "published"]
        if published:
            traces.append(_markers(published, "circle", 3, WHITE, WHITE, 0, "published dot"))
        gaps = [point for point in points if point.value is None]
        if gaps:
            low, high = self.chart.y_axis.low, self.chart.y_axis.high
            traces.append(_markers(gaps, "x-thin", 8, INK, INK, 2, "missing", level=low + 0.03 * (high - low)))
        return traces

    def _key_traces(self) -> list[Any]:
        """Traces without data, for the key: what the marks mean."""
        traces = []
        for item in self.key:
            symbol, fill, edge = SYMBOLS[item.shape], item.colour, item.colour
            symbol = {"ring": "circle-open-dot", "missing": "x-thin", "band": "square", "fan": "square"}.get(
                item.kind, symbol
            )
            fill = {"hollow": WHITE, "band": LIMIT_BAND, "fan": FAN_80}.get(item.kind, fill)
            edge = {"band": LIMITS, "fan": PROJECTION, "missing": INK}.get(item.kind, edge)
            marker = {"symbol": symbol, "size": 9, "color": fill, "line": {"color": edge, "width": 1.5}}
            words = plotly_text(cut(item.words, 250, SMALL_SIZE))
            traces.append(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=words, showlegend=True))
        return traces

    def _end_labels(self) -> list[dict[str, Any]]:
        room = self.height - self.margin["t"] - self.margin["b"]
        shown = fitting(self.labels, room, LABEL_HEIGHT)
        axis = self.chart.y_axis
        wanted = [(axis.high - self._inside(label.value)) / (axis.high - axis.low) * room for label in shown]
        places = spread(wanted, LABEL_HEIGHT, 0, room)
        return [self._end_label(label, place, room) for label, place in zip(shown, places, strict=True)]

    def _end_label(self, label: EndLabel, place: float, room: float) -> dict[str, Any]:
        words = plotly_text(cut(label.short, self.margin["r"] - 18, SMALL_SIZE))
        return {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 3, "y": 1 - place / room, "yref": "paper",
            "yanchor": "middle", "showarrow": False, "text": f"<span style='color:{label.colour}'>■</span> {words}",
            "hovertext": plotly_text(label.text), "align": "left", "font": {"size": SMALL_SIZE, "color": INK},
        }  # fmt: skip

    def _mark_labels(self) -> list[dict[str, Any]]:
        """Each event's label above the plot, its line's foot on its month; turned to the left near the right edge."""
        labels = []
        for mark, row in zip(self.marks, self.rows, strict=True):
            span = max(months_from(*self.times), 1)
            late = months_from(self.times[0], mark.month) / span > 0.5
            words = plotly_text(cut(mark.label, NARROWEST_PLOT, SMALL_SIZE))
            labels.append(
                {
                    "x": _middle(mark.month),
                    "y": 1,
                    "yref": "paper",
                    "yshift": 2 + row * 16,
                    "yanchor": "bottom",
                    "xanchor": "right" if late else "left",
                    "showarrow": False,
                    "text": words,
                    "hovertext": plotly_text(f"{month_words(mark.month)}: {mark.why}"),
                    "font": {"size": SMALL_SIZE, "color": INK},
                }  # fmt: skip
            )
        return labels

    def _mark_lines(self) -> list[dict[str, Any]]:
        return [
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": x,
                "x1": x,
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": AXIS, "width": 1, "dash": "solid" if mark.kind == "rebase" else "dot"},
            }  # fmt: skip
            for mark in self.marks
            for x in [_month_start(mark.month) if mark.kind == "rebase" else _middle(mark.month)]
        ]

    def _inside(self, value: float) -> float:
        return min(max(value, self.chart.y_axis.low), self.chart.y_axis.high)

    def _words(self, value: float) -> str:
        chart = self.chart
        return figure_words(value, chart.unit, chart.decimals, signed=chart.charted != "figure")


def _middle(month: date) -> str:
    """The day that stands for a month on the axis: its middle, so that a step at its edges can be seen."""
    return month.replace(day=15).isoformat()


def _month_start(month: date) -> str:
    return month.replace(day=1).isoformat()


def _px(dash: str) -> str:
    return ",".join(f"{part}px" for part in dash.split())


def _marker_size(count: int, special: bool) -> float:
    return (11 if special else 8) if count <= 40 else (8 if special else 5)


def _band(x: tuple[str, str], low: float, high: float, fill: str) -> Any:
    return go.Scatter(x=[x[0], x[1], x[1], x[0]], y=[high, high, low, low], fill="toself", fillcolor=fill, mode="none",
                      hoverinfo="skip", showlegend=False)  # fmt: skip


def _line(x: tuple[str, str], y: tuple[float, float], colour: str, width: float, dash: str, words: str) -> Any:
    hover = [plotly_text(words)] * 2
    return go.Scatter(x=list(x), y=list(y), mode="lines", line={"color": colour, "width": width, "dash": dash},
                      hovertext=hover, hovertemplate=HOVER, showlegend=False)  # fmt: skip


def _markers(
    points: Sequence[Point], symbol: str, size: float, fill: str, edge: str, width: float, name: str, *,
    level: float | None = None,
) -> Any:  # fmt: skip
    return go.Scatter(
        x=[_middle(point.month) for point in points],
        y=[point.value if level is None else level for point in points],
        mode="markers",
        marker={"symbol": symbol, "size": size, "color": fill, "line": {"color": edge, "width": width}, "opacity": 1},
        hovertext=[plotly_text(point.words) for point in points],
        hovertemplate=HOVER,
        name=name,
        showlegend=False,
        cliponaxis=False,
    )


def _distance(chart: DistanceChart, height: int | None, titled: bool) -> go.Figure:
    """Bars with the words above them, so that long names need no margin: it reads alike at 320 px and 1440 px."""
    needed = 44 * max(len(chart.bars), 1) + 60
    layout, top = _layout(chart.title, chart.subtitle, height or needed, titled, chart.demonstration)
    layout["height"] = max(height or 0, needed + top)
    places = list(range(len(chart.bars)))
    colours = [GREY if bar.neutral else TEAL if bar.status == "met" else ORANGE for bar in chart.bars]
    shares = [min(max(bar.share or 0.0, -chart.reach), chart.reach) for bar in chart.bars]
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
            width=0.36,
        )
    )
    names = [
        {
            "x": 0, "xref": "paper", "xanchor": "left", "y": place - 0.36, "yanchor": "middle", "showarrow": False,
            "align": "left", "font": {"size": SMALL_SIZE, "color": INK},
            "text": f"{plotly_text(cut(bar.name, 190, SMALL_SIZE))}: <b>{plotly_text(bar.value_words)}</b>",
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
        yaxis={"range": [len(chart.bars) - 0.5, -0.7], "visible": False, "fixedrange": True},
    )  # fmt: skip
    return figure


def _sparkline(chart: Sparkline, height: int, x_range: XRange | None) -> go.Figure:
    times = x_range or (chart.first, chart.last)
    layout, _ = _layout("", "", height, titled=False, demonstration=chart.demonstration)
    known = [point for point in chart.points if point.value is not None]
    x = [_middle(point.month) for point in chart.points]
    y = [point.value for point in chart.points]
    traces = [go.Scatter(x=x, y=y, mode="lines", line={"color": LINE, "width": 2}, hoverinfo="skip", connectgaps=False)]
    if known:
        colour, shape = MARKS[known[-1].mark]
        traces.append(_markers(known[-1:], SYMBOLS[shape], 7, colour, WHITE, 1, "latest"))
    figure = go.Figure(traces)
    figure.update_layout(
        **layout,
        margin={"l": 2, "r": 8, "t": 22 if chart.demonstration else 2, "b": 2},
        xaxis={"visible": False, "range": [_middle(times[0]), _middle(times[1])], "fixedrange": True},
        yaxis={"visible": False, "range": [chart.low, chart.high], "fixedrange": True},
    )
    return figure
