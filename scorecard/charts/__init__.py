"""How it looks: chart models, and plotly figures and SVG drawn from them. What other rooms use stands here."""

from scorecard.charts.model.axes import shared_range
from scorecard.charts.model.distance import bar_of
from scorecard.charts.model.focus import focused
from scorecard.charts.model.levels import Levels, levels_of
from scorecard.charts.model.models import DistanceBar, Sparkline, TrendChart, XRange, read_chart
from scorecard.charts.model.monthly_change import change_chart
from scorecard.charts.model.table import table
from scorecard.charts.model.titles import finding_alone
from scorecard.charts.model.trend import trend_chart
from scorecard.charts.palette import FONT
from scorecard.charts.plotly.base import PLOTLY_CONFIG
from scorecard.charts.plotly.trend import figure
from scorecard.charts.svg.distance import distance_bar
from scorecard.charts.svg.draw import svg
from scorecard.charts.svg.icons import assurance_icon, status_icon, variation_icon, with_words
from scorecard.charts.svg.levels import draw_levels
from scorecard.charts.svg.screen import draw_screen
from scorecard.charts.svg.sparkline import sparkline, sparkline_of

__all__ = [
    "FONT",
    "PLOTLY_CONFIG",
    "DistanceBar",
    "Levels",
    "Sparkline",
    "TrendChart",
    "XRange",
    "assurance_icon",
    "bar_of",
    "change_chart",
    "distance_bar",
    "draw_levels",
    "draw_screen",
    "figure",
    "finding_alone",
    "focused",
    "levels_of",
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
