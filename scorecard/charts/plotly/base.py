"""What all plotly figures share: layout, fonts, and the few traces that they are drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from scorecard.charts.model.models import DEMONSTRATION, Point
from scorecard.charts.palette import INK, WHITE
from scorecard.charts.text_metrics import plotly_text

PLOTLY_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}
FONTS = "Arial, Helvetica, sans-serif"  # the page's, in which the figure stands
HEIGHT = 400
SMALL_SIZE = 14  # pixels: no text is smaller, as on the drawn chart
LABEL_HEIGHT = 17.0
MARK_ROWS, MARK_HEIGHT = 3, 18
MOST_RIGHT = 136  # pixels for the names at the lines' ends
NARROWEST_PLOT = 170  # pixels: what is left of 320 when the margins are as small as they get
USUAL_PLOT = 480  # pixels between the margins of a desk's browser at its narrowest: a telephone names every third month
HOVER = "%{hovertext}<extra></extra>"
SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle_up": "triangle-up",
    "triangle_down": "triangle-down",
}  # fmt: skip


def layout_of(demonstration: bool) -> tuple[dict[str, Any], int]:
    """The layout that all figures share, and the pixels that are taken at the top where the figures are invented."""
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "template": "none",
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "font": {"family": FONTS, "size": SMALL_SIZE, "color": INK},
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"family": FONTS, "size": 14, "color": INK}},
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": False,
    }
    if demonstration:
        layout["title"] = {
            "text": f"<b>{DEMONSTRATION}</b>", "x": 0, "xref": "container", "xanchor": "left", "y": 1,
            "yref": "container", "yanchor": "top", "pad": {"t": 18, "l": 4}, "font": {"size": 15, "color": INK},
        }  # fmt: skip
    return layout, 36 if demonstration else 4


def scatter(**trace: Any) -> dict[str, Any]:
    """A scatter trace as a plain dict: plotly checks the whole figure once, which is four times faster."""
    return {"type": "scatter", **trace}


def middle(month: date) -> str:
    """The day that stands for a month on the axis: its middle, so that a step at its edges can be seen."""
    return month.replace(day=15).isoformat()


def month_start(month: date) -> str:
    return month.replace(day=1).isoformat()


def px(dash: str) -> str:
    return ",".join(f"{part}px" for part in dash.split())


def marker_size(count: int, special: bool) -> float:
    return (11 if special else 8) if count <= 40 else (8 if special else 5)


def band(x: tuple[str, str], low: float, high: float, fill: str) -> Any:
    return scatter(x=[x[0], x[1], x[1], x[0]], y=[high, high, low, low], fill="toself", fillcolor=fill, mode="none",
                      hoverinfo="skip", showlegend=False)  # fmt: skip


def line_trace(
    x: tuple[str, str], y: tuple[float, float], colour: str, width: float, dash: str, hover_text: str
) -> Any:
    hover = [plotly_text(hover_text)] * 2
    return scatter(x=list(x), y=list(y), mode="lines", line={"color": colour, "width": width, "dash": dash},
                      hovertext=hover, hovertemplate=HOVER, showlegend=False)  # fmt: skip


def markers(
    points: Sequence[Point], symbol: str, size: float, fill: str, edge: str, width: float, name: str, *,
    level: float | None = None,
) -> Any:  # fmt: skip
    return scatter(
        x=[middle(point.month) for point in points],
        y=[point.value if level is None else level for point in points],
        mode="markers",
        marker={"symbol": symbol, "size": size, "color": fill, "line": {"color": edge, "width": width}, "opacity": 1},
        hovertext=[plotly_text(point.words) for point in points],
        hovertemplate=HOVER,
        name=name,
        showlegend=False,
        cliponaxis=False,
    )
