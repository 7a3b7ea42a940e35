"""The trend chart as a plotly figure: what `draw_screen` draws, for who points at it. Its finding is beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go

from scorecard.charts.model.axes import half_years, share_along
from scorecard.charts.model.labels import EndLabel, figure_alone, fitting, page_labels, range_name, rows_for, spread
from scorecard.charts.model.models import TrendChart
from scorecard.charts.palette import (
    AXIS,
    BASELINE,
    COMPARATOR_COLOUR,
    DASHES,
    FAN_80,
    FAN_95,
    GRID,
    INK,
    LIMIT_BAND,
    LINE,
    MARKS,
    MUTED,
    NAVY,
    PROJECTION,
    TARGET,
    TARGET_BAND,
    WHITE,
)
from scorecard.charts.plotly.base import (
    HEIGHT,
    HOVER,
    LABEL_HEIGHT,
    MARK_HEIGHT,
    MARK_ROWS,
    MOST_RIGHT,
    NARROWEST_PLOT,
    SMALL_SIZE,
    SYMBOLS,
    USUAL_PLOT,
    band,
    layout_of,
    line_trace,
    marker_size,
    markers,
    middle,
    month_start,
    px,
    scatter,
)
from scorecard.charts.text_metrics import cut, cut_before_figure, plotly_text, text_width
from scorecard.core.numbers import figure_words
from scorecard.core.periods import add_months, month_words, months_from


def figure(chart: TrendChart) -> go.Figure:
    """A chart as a plotly figure; show it with PLOTLY_CONFIG. The width is the page's: labels fit from 320 px on."""
    return TrendFigure(chart).figure()


class TrendFigure:
    """Draws one trend chart: traces in the order they lie over one another."""

    def __init__(self, chart: TrendChart) -> None:
        self.chart = chart
        self.times = (chart.first, chart.last)
        known = [point for point in chart.points if point.value is not None]
        self.latest = known[-1] if known else None
        ends = self.latest is not None and self.latest.month >= self.times[1]
        self.labels = page_labels(chart, self.latest if ends else None)
        self.marks = [mark for mark in chart.marks if mark.kind != "plan" and self._holds(mark.month)]
        self.rows = self._mark_rows()
        self.layout, top = layout_of(chart.demonstration)
        right = max([text_width(label.short, SMALL_SIZE) for label in self.labels], default=0.0)
        self.margin = {
            "l": int(8 + max(text_width(tick.words, SMALL_SIZE) for tick in chart.y_axis.ticks)),
            "r": int(min(right + 20, MOST_RIGHT)) if self.labels else 12,
            "t": top + (max(self.rows) + 1 if self.rows else 0) * MARK_HEIGHT + 6,
            "b": 34,
        }

    def figure(self) -> go.Figure:
        layout = {
            **self.layout,
            "margin": self.margin,
            "xaxis": self._x_axis(),
            "yaxis": self._y_axis(),
            "annotations": [*self._end_labels(), *self._mark_labels(), *self._range_name(), *self._latest()],
            "shapes": self._mark_lines(),
        }
        traces = [*self._segments(), *self._fan(), *self._levels(), *self._targets(), *self._series()]
        return go.Figure(data=traces, layout=layout)

    def _holds(self, month: date) -> bool:
        return self.times[0] <= month <= self.times[1]

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
        ticks = half_years(self.times, lambda month: share_along(month, self.times) * USUAL_PLOT, SMALL_SIZE)
        return {
            "type": "date", "range": [middle(first), middle(last)], "tickvals": [middle(month) for month, _ in ticks],
            "ticktext": [plotly_text(label) for _, label in ticks], "ticks": "outside", "showgrid": False,
            "linecolor": AXIS, "showline": True, "fixedrange": True, "tickangle": 0, "hoverformat": "%B %Y",
            "tickfont": {"color": MUTED},
        }  # fmt: skip

    def _y_axis(self) -> dict[str, Any]:
        axis = self.chart.y_axis
        return {
            "range": [axis.low, axis.high], "tickvals": [tick.value for tick in axis.ticks],
            "ticktext": [plotly_text(tick.words) for tick in axis.ticks], "gridcolor": GRID,
            "tickfont": {"color": MUTED}, "showgrid": True, "zerolinecolor": AXIS,
            "fixedrange": True, "zeroline": axis.low <= 0,
        }  # fmt: skip

    def _stepped(self, start: date, end: date) -> tuple[str, str]:
        """Half a month before a step's first month and half after its last, to the edges of the chart."""
        left = month_start(add_months(self.times[0], -1)) if start <= self.times[0] else month_start(start)
        right = add_months(self.times[1], 1) if end >= self.times[1] else end
        return left, right.isoformat()

    def _segments(self) -> list[Any]:
        traces = []
        for segment in self.chart.segments:
            x = self._stepped(segment.start, segment.end) if segment is self.chart.segments[0] else (
                month_start(segment.start), segment.end.isoformat(),
            )  # fmt: skip
            if segment.lower is not None and segment.upper is not None:
                traces.append(band(x, self._inside(segment.lower), self._inside(segment.upper), LIMIT_BAND))
        return traces

    def _fan(self) -> list[Any]:
        chart = self.chart
        known = [point for point in chart.points if point.value is not None]
        if not chart.projection or not known:
            return []
        start = known[-1]
        x = [middle(start.month), *(middle(ahead.month) for ahead in chart.projection)]
        traces = []
        for low, high, fill in (("lower_95", "upper_95", FAN_95), ("lower_80", "upper_80", FAN_80)):
            above = [start.value, *(self._inside(getattr(ahead, high)) for ahead in chart.projection)]
            below = [start.value, *(self._inside(getattr(ahead, low)) for ahead in chart.projection)]
            traces.append(
                scatter(x=[*x, *reversed(x)], y=[*above, *reversed(below)], fill="toself", fillcolor=fill,
                           mode="none", hoverinfo="skip", showlegend=False)
            )  # fmt: skip
        hover = [
            plotly_text(
                f"{month_words(ahead.month)}: {self._words(ahead.projected)} projected, "
                f"80% interval {self._words(ahead.lower_80)} to {self._words(ahead.upper_80)}"
            )
            for ahead in chart.projection
        ]
        traces.append(
            scatter(x=x[1:], y=[ahead.projected for ahead in chart.projection], mode="lines", hovertext=hover,
                       hovertemplate=HOVER, line={"color": PROJECTION, "width": 1.5, "dash": "dash"}, showlegend=False)
        )  # fmt: skip
        return traces

    def _levels(self) -> list[Any]:
        chart, traces = self.chart, []
        if chart.baseline is not None:
            level = chart.baseline
            x = self._stepped(self.times[0], level.end or self.times[1])
            traces.append(line_trace(x, (level.value, level.value), BASELINE, 1.5, px(DASHES["baseline"]), level.label))
        for line in chart.comparators:
            dash = px(DASHES[line.role]) if DASHES[line.role] else "solid"
            if line.points:
                x_values = [middle(dated.month) for dated in line.points]
                y_values = [dated.value for dated in line.points]
                name = line.label.split(":")[0]
                hover = [
                    plotly_text(f"{name}, {month_words(dated.month)}: {self._words(dated.value)}")
                    for dated in line.points
                ]
                traces.append(
                    scatter(x=x_values, y=y_values, mode="lines" if len(x_values) > 1 else "markers",
                               hovertext=hover, hovertemplate=HOVER,
                               line={"color": COMPARATOR_COLOUR, "width": 1.8, "dash": dash},
                               marker={"color": COMPARATOR_COLOUR}, showlegend=False)
                )  # fmt: skip
            else:
                x = self._stepped(*self.times)
                traces.append(line_trace(x, (line.value, line.value), COMPARATOR_COLOUR, 1.8, dash, line.label))
        if chart.trajectory is not None:
            path = chart.trajectory
            x = (middle(path.start.month), middle(path.end.month))
            traces.append(line_trace(x, (path.start.value, path.end.value), TARGET, 1.6, "dot", path.label))
        return traces

    def _targets(self) -> list[Any]:
        traces = []
        for step in self.chart.targets:
            if step.lower is not None and step.upper is not None:
                traces.append(band(self._stepped(step.start, step.end), step.lower, step.upper, TARGET_BAND))
        for edge in ("lower", "upper"):
            steps = [step for step in self.chart.targets if getattr(step, edge) is not None]
            if steps:
                x = [end for step in steps for end in self._stepped(step.start, step.end)]
                y = [getattr(step, edge) for step in steps for _ in range(2)]
                hover = [plotly_text(f"{self.chart.target_name}: {step.words}") for step in steps for _ in range(2)]
                traces.append(
                    scatter(x=x, y=y, mode="lines", line={"color": TARGET, "width": 2}, hovertext=hover,
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
            x.append(middle(point.month))
            y.append(point.value)
        traces = [
            scatter(x=x, y=y, mode="lines", line={"color": LINE, "width": 2}, hoverinfo="skip", connectgaps=False,
                       showlegend=False, name="line")
        ]  # fmt: skip
        known = [point for point in points if point.value is not None]
        ringed = [point for point in known if point.origin == "plan"]
        if ringed:
            traces.append(markers(ringed, "circle-open", 15, NAVY, WHITE, 1.5, "plan ring"))
        for mark, (colour, shape) in MARKS.items():
            for hollow in (False, True):
                some = [point for point in known if point.mark == mark and point.provisional is hollow]
                if some:
                    special = mark not in ("figure", "common_cause")
                    size = marker_size(len(known), special)
                    fill, edge = (WHITE, colour) if hollow else (colour, WHITE)
                    traces.append(markers(some, SYMBOLS[shape], size, fill, edge, 2 if hollow else 1, mark))
        published = [point for point in known if point.origin == "published"]
        if published:
            traces.append(markers(published, "circle", 3, WHITE, WHITE, 0, "published dot"))
        gaps = [point for point in points if point.value is None]
        if gaps:
            low, high = self.chart.y_axis.low, self.chart.y_axis.high
            traces.append(markers(gaps, "x-thin", 8, INK, INK, 2, "missing", level=low + 0.03 * (high - low)))
        return traces

    def _range_name(self) -> list[dict[str, Any]]:
        """What the grey band is, within it."""
        named = range_name(self.chart)
        if named is None:
            return []
        part, words = named
        return [
            {
                "x": month_start(max(part.start, self.times[0])), "xanchor": "left", "text": words,
                "y": self._inside(part.upper or 0.0), "yanchor": "top", "showarrow": False,
                "font": {"size": SMALL_SIZE, "color": MUTED},
            }
        ]  # fmt: skip

    def _latest(self) -> list[dict[str, Any]]:
        """The latest figure under its point, where that is not at the lines' ends."""
        if self.latest is None or any(label.role == "latest" for label in self.labels):
            return []
        return [
            {
                "x": middle(self.latest.month), "y": self._inside(self.latest.value or 0.0), "yanchor": "top",
                "yshift": -6, "text": f"<b>{plotly_text(figure_alone(self.latest))}</b>", "showarrow": False,
                "font": {"size": SMALL_SIZE + 1, "color": INK},
            }
        ]  # fmt: skip

    def _end_labels(self) -> list[dict[str, Any]]:
        room = HEIGHT - self.margin["t"] - self.margin["b"]
        shown = fitting(self.labels, room, LABEL_HEIGHT)
        axis = self.chart.y_axis
        wanted = [(axis.high - self._inside(label.value)) / (axis.high - axis.low) * room for label in shown]
        places = spread(wanted, LABEL_HEIGHT, 0, room)
        return [self._end_label(label, height, room) for label, height in zip(shown, places, strict=True)]

    def _end_label(self, label: EndLabel, height: float, room: float) -> dict[str, Any]:
        name = plotly_text(cut_before_figure(label.short, self.margin["r"] - 18, SMALL_SIZE))
        sign = f"<span style='color:{label.colour}'>■</span>"
        words = f"<b>{name}</b>" if label.role == "latest" else f"{sign} {name}"
        return {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 3, "y": 1 - height / room, "yref": "paper",
            "yanchor": "middle", "showarrow": False, "text": words,
            "hovertext": plotly_text(label.text), "align": "left", "font": {"size": SMALL_SIZE, "color": INK},
        }  # fmt: skip

    def _mark_labels(self) -> list[dict[str, Any]]:
        """Each event's label above the plot, its line's foot on its month; turned to the left near the right edge."""
        labels = []
        for mark, row in zip(self.marks, self.rows, strict=True):
            span = max(months_from(*self.times), 1)
            late = months_from(self.times[0], mark.month) / span > 0.5
            label_text = plotly_text(cut(mark.label, NARROWEST_PLOT, SMALL_SIZE))
            labels.append(
                {
                    "x": middle(mark.month),
                    "y": 1,
                    "yref": "paper",
                    "yshift": 2 + row * MARK_HEIGHT,
                    "yanchor": "bottom",
                    "xanchor": "right" if late else "left",
                    "showarrow": False,
                    "text": label_text,
                    "hovertext": plotly_text(f"{month_words(mark.month)}: {mark.why}"),
                    "font": {"size": SMALL_SIZE, "color": MUTED},
                }
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
            }
            for mark in self.marks
            for x in [month_start(mark.month) if mark.kind == "rebase" else middle(mark.month)]
        ]

    def _inside(self, value: float) -> float:
        return min(max(value, self.chart.y_axis.low), self.chart.y_axis.high)

    def _words(self, value: float) -> str:
        chart = self.chart
        return figure_words(value, chart.unit, chart.decimals, signed=chart.charted != "figure")
