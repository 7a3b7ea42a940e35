"""A measure's chart: a picture with switches for its lines and months, and on request one that answers a pointer."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import PLOTLY_CONFIG, TrendChart
from scorecard.core.rows import Row
from scorecard.pages.parts.level_rows import level_rows
from scorecard.pages.parts.markup import Markup, heading, listing, paragraph, pictures, show
from scorecard.pages.parts.session import choice, choices
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
)
from scorecard.use_cases.view.measures import View

SWITCHES = {
    "range": "Usual range",
    "projection": "Projection",
    "others": "Others and baseline",
    "point": "Point at figures",
}
MONTHS = {"36": "36 months", "24": "24 months", "12": "12 months", "all": "All months"}


def chart_section(view: View, row: Row) -> None:
    """The chart; before there are three figures, its levels."""
    measure_id = row["measure_id"]
    if not has_trend(view, measure_id):
        show(level_rows(view, [row]))
        return
    chart = trend(view, measure_id)
    parts, point = _asked()
    with st.container(key="chart"):
        show(paragraph(chart.title, "sc-words"))
        if point:
            figure = trend_figure(view, measure_id, parts)
            st.plotly_chart(figure, config=PLOTLY_CONFIG, theme=None, alt=chart.alt, key="trend")
        else:
            show(pictures(((kind, screen(view, measure_id, size, parts)) for kind, size in WHOLE.items()), chart.alt))
    with st.container(key="switches", horizontal=True, vertical_alignment="center", gap="small"):
        choices("Shown on the chart", "show", SWITCHES, ("range",))
        choice("Months shown", "months", MONTHS, as_pills=True)
    shown = shown_trend(view, measure_id, parts)
    show(Markup(f'<details class="sc-notes"><summary>How to read this chart</summary>{_notes(shown)}</details>'))


def _asked() -> tuple[Parts, bool]:
    """What of the chart the URL asks for, and whether it is to answer a pointer."""
    asked = st.query_params.get("show", "range").split(",")
    months = st.query_params.get("months", "36")
    number = int(months) if months in MONTHS and months != "all" else None if months == "all" else 36
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
