"""A measure's chart, its words, its table, and what can be taken along: CSV, SVG and PNG."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import PLOTLY_CONFIG, TrendChart
from scorecard.charts import table as chart_table
from scorecard.pages.parts.markup import listing, paragraph, show, table, unmarked
from scorecard.use_cases.view.charts import change, change_figure, download_svg, trend, trend_figure
from scorecard.use_cases.view.draw_pictures import download_png
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View


def chart_section(view: View, measure_id: str) -> None:
    """The trend, its finding as its heading."""
    chart = trend(view, measure_id)
    st.header(unmarked(chart.title), anchor="chart")
    if chart.subtitle:
        show(paragraph(chart.subtitle, "sc-muted"))
    st.plotly_chart(trend_figure(view, measure_id), config=PLOTLY_CONFIG, theme=None, alt=chart.alt, key="trend")
    _beside(view, chart)


def change_section(view: View, measure_id: str) -> None:
    """The change on the month before, where months lean on each other, or on the year before, with a season."""
    chart = change(view, measure_id)
    if chart is None:
        return
    st.header(unmarked(chart.title), anchor="monthly-change")
    show(paragraph(chart.subtitle, "sc-muted"))
    st.plotly_chart(change_figure(view, chart), config=PLOTLY_CONFIG, theme=None, alt=chart.alt, key="change")
    _beside(view, chart)


def _beside(view: View, chart: TrendChart) -> None:
    """What must be read with the chart, the same as a table, and the downloads."""
    if chart.notes:
        show(listing(chart.notes, "sc-notes"))
    show(paragraph(chart.source, "sc-muted"))
    readable = view.once(("table", chart.measure_id, chart.charted), lambda: chart_table(chart))
    headers = [str(name) for name in readable.columns]
    rows = readable.astype(str).to_numpy().tolist()
    with st.expander("The chart as a table" if chart.charted == "figure" else f"The {chart.charted} as a table"):
        show(table(f"{chart.name}: what the chart shows", headers, rows, compact=True))
    name = chart.measure_id if chart.charted == "figure" else f"{chart.measure_id}-{chart.charted.replace(' ', '-')}"
    of = "" if chart.charted == "figure" else f" of the {chart.charted}"
    columns = st.columns(3)
    columns[0].download_button(
        f"Download the figures{of} (CSV)", safe_csv(readable), f"{name}.csv", "text/csv", on_click="ignore",
        width="stretch",
    )  # fmt: skip
    columns[1].download_button(
        f"Download the chart{of} (SVG)", lambda: download_svg(view, chart), f"{name}.svg", "image/svg+xml",
        on_click="ignore", width="stretch",
    )  # fmt: skip
    columns[2].download_button(
        f"Download the chart{of} (PNG)", lambda: download_png(view, chart), f"{name}.png", "image/png",
        on_click="ignore", width="stretch",
    )  # fmt: skip
