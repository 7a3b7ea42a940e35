"""How a drawn chart says that its figures are invented: a label above all else, and the first words of what is read."""

from __future__ import annotations

from scorecard.charts.model.models import DEMONSTRATION, Chart, TrendChart
from scorecard.charts.palette import INK, WHITE
from scorecard.charts.svg.canvas import Canvas
from scorecard.charts.text_metrics import text_width

_HEIGHT = 24.0


def draw_demonstration(canvas: Canvas, chart: TrendChart, size: float) -> float:
    """The label at the top left, in a size, where the figures are invented; returns where the space below begins."""
    if not chart.demonstration:
        return 0.0
    canvas.rect((0.5, 0.5), (text_width(DEMONSTRATION, size) + 22, 19), WHITE, INK, "demonstration")
    canvas.text((7, 14), DEMONSTRATION, size, bold=True)
    return _HEIGHT


def description(chart: Chart) -> str:
    """What is read aloud instead of the chart."""
    return f"{DEMONSTRATION}. {chart.alt}" if chart.demonstration else chart.alt
