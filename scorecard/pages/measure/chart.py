"""A measure's chart: a picture with switches for its lines and months, and on request one that answers a pointer."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import PLOTLY_CONFIG, TrendChart
from scorecard.core.rows import Row
from scorecard.pages.parts.choices import choice_links, chosen, switch_links, switched
from scorecard.pages.parts.level_rows import level_rows
from scorecard.pages.parts.markup import Markup, heading, listing, paragraph, pictures, show
from scorecard.use_cases.view.charts import (
    WHOLE,
    Parts,
    change,
    change_picture,
    has_trend,
    screen,
    shown_trend,
    trend,
    trend_figure,
    trend_finding,
)
from scorecard.use_cases.view.measures import View

SWITCHES = {
    "range": "Usual range",
    "projection": "Projection",
    "others": "Others and baseline",
    "point": "Point at figures",
}
AT_FIRST = ("range",)
MONTHS = {"12": "12 months", "24": "24 months", "36": "36 months", "all": "All months"}


def chart_section(view: View, row: Row) -> None:
    """The chart; before there are three figures, its levels."""
    measure_id = row["measure_id"]
    if not has_trend(view, measure_id):
        show(level_rows(view, [row]))
        return
    chart = trend(view, measure_id)
    parts, point = _asked()
    with st.container(key="chart"):
        show(paragraph(trend_finding(view, measure_id), "sc-words"))
        if point:
            figure = trend_figure(view, measure_id, parts)
            st.plotly_chart(figure, config=PLOTLY_CONFIG, theme=None, alt=chart.alt, key="trend")
        else:
            show(pictures(((kind, screen(view, measure_id, size, parts)) for kind, size in WHOLE.items()), chart.alt))
    switches = switch_links("Shown on the chart", "show", _switches(chart), switched("show", SWITCHES, AT_FIRST))
    months = choice_links("Months shown", "months", MONTHS, chosen("months", MONTHS, "36"))
    notes = _notes(shown_trend(view, measure_id, parts))
    to_read = f'<details class="sc-notes"><summary>How to read this chart</summary>{notes}</details>'
    show(Markup(f'<div class="sc-choices">{switches}{months}</div>{to_read}'))


def _switches(chart: TrendChart) -> dict[str, str]:
    """The switches that change something on this chart."""
    empty = {
        "range": not chart.segments,
        "projection": not chart.projection and chart.trajectory is None,
        "others": not chart.comparators and chart.baseline is None,
    }
    return {code: label for code, label in SWITCHES.items() if not empty.get(code)}


def _asked() -> tuple[Parts, bool]:
    """What of the chart the URL asks for, and whether it is to answer a pointer."""
    asked, months = switched("show", SWITCHES, AT_FIRST), chosen("months", MONTHS, "36")
    number = None if months == "all" else int(months)
    return Parts(number, "range" in asked, "projection" in asked, "others" in asked), "point" in asked


def _notes(chart: TrendChart) -> Markup:
    return Markup(f"{listing(chart.notes, 'sc-notes') if chart.notes else ''}{paragraph(chart.source, 'sc-muted')}")


def change_section(view: View, measure_id: str) -> None:
    """The change on the month before, where months lean on each other, or on the year before, with a season."""
    chart = change(view, measure_id)
    if chart is None:
        return
    drawn = pictures(((kind, change_picture(view, chart, size)) for kind, size in WHOLE.items()), chart.alt)
    title = heading(chart.title, anchor="monthly-change")
    show(Markup(f"{title}{paragraph(chart.subtitle, 'sc-muted')}{drawn}{_notes(chart)}"))
