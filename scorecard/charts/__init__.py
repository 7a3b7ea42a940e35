"""How it looks: chart models, and plotly figures and SVG drawn from them. What other rooms use stands here."""

from scorecard.charts.axes import shared_range
from scorecard.charts.change import change_chart
from scorecard.charts.distance import distance_chart
from scorecard.charts.icons import assurance_icon, status_icon, variation_icon, with_words
from scorecard.charts.models import DistanceChart, Sparkline, TrendChart, read_chart
from scorecard.charts.palette import FONT
from scorecard.charts.plotly_base import PLOTLY_CONFIG
from scorecard.charts.plotly_figures import figure
from scorecard.charts.sparkline import sparkline, sparkline_of
from scorecard.charts.svg import svg
from scorecard.charts.svg_distance import distance_height
from scorecard.charts.table import table
from scorecard.charts.trend import trend_chart

__all__ = [
    "FONT",
    "PLOTLY_CONFIG",
    "DistanceChart",
    "Sparkline",
    "TrendChart",
    "assurance_icon",
    "change_chart",
    "distance_chart",
    "distance_height",
    "figure",
    "read_chart",
    "shared_range",
    "sparkline",
    "sparkline_of",
    "status_icon",
    "svg",
    "table",
    "trend_chart",
    "variation_icon",
    "with_words",
]
