"""Service area: every measure's figures, distance to target and trend chart, on one time axis."""

from __future__ import annotations

import streamlit as st

from scorecard.catalogue.periods import month_words
from scorecard.charts import PLOTLY_CONFIG, distance_height, figure, shared_range, svg
from scorecard.pages.figures import Row, figures_table, measure_link, rows_of
from scorecard.pages.markup import Markup, listing, paragraph, picture, show
from scorecard.pages.session import current_view
from scorecard.use_cases.draw_charts import distances, trends
from scorecard.use_cases.view_measures import View

DISTANCE_WIDTH = 900
SCREEN_FONT = "Arial, Helvetica, sans-serif"  # a picture can use no font of the page's


def page() -> None:
    """Draws the service area that the URL names; the first where it names none."""
    heading = st.empty()
    view = current_view()
    area_id = _choose(view)
    area = view.catalogue.service_area(area_id)
    heading.title(area.name)
    rows = rows_of(view.measures[view.measures["service_area_id"] == area_id])
    _summary(view, rows)
    show(figures_table(rows, f"{area.name}: figures for {month_words(view.month)}"))
    st.header("Distance to target", anchor="distance")
    chart = distances(view, area_id)
    drawn = svg(chart, DISTANCE_WIDTH, distance_height(chart, DISTANCE_WIDTH), font=SCREEN_FONT)
    show(picture(drawn, chart.alt, "sc-chart"))
    st.header("Trends", anchor="trends")
    _charts(view, area_id, rows)
    st.header("About this service area", anchor="about")
    show(paragraph("What the plan wants, in short words of ours:", "sc-words"))
    show(listing(area.outcomes))
    show(paragraph("Responsible, as the plan prints it:", "sc-words"))
    show(listing(area.responsible))


def _choose(view: View) -> str:
    areas = {area.id: area.name for area in view.catalogue.service_areas}
    asked = st.query_params.get("area", "")
    shown = asked if asked in areas else next(iter(areas))
    chosen = st.selectbox("Service area", list(areas), index=list(areas).index(shown), format_func=areas.__getitem__)
    if chosen != shown:
        st.query_params["area"] = chosen
        st.rerun()
    return shown


def _summary(view: View, rows: list[Row]) -> None:
    """The answer in one sentence, then the exceptions."""
    area = view.by_service_area.set_index("service_area_id").loc[rows[0]["service_area_id"]]
    judged = area["met"] + area["close"] + area["missed"]
    words = (
        f"{month_words(view.month)}: {area['met']} of {judged} measures meet their target, {area['missed']} miss it."
    )
    if not judged:
        words = f"{month_words(view.month)}: no measure here has both a target and a figure that can be judged by it."
    show(paragraph(words, "sc-finding"))
    for row in rows:
        if row["exception"]:
            show(Markup(f'<div class="sc-exception">{paragraph(row["exception_words"])}</div>'))


def _charts(view: View, area_id: str, rows: list[Row]) -> None:
    """Small multiples that keep to one time axis, two abreast where there is room."""
    charts = trends(view, area_id)
    span = shared_range((chart.first, chart.last) for chart in charts.values())
    for start in range(0, len(rows), 2):
        for place, row in zip(st.columns(2), rows[start : start + 2], strict=False):
            with place:
                chart = charts[row["measure_id"]]
                show(Markup(f'<h3 class="sc-chart-name">{measure_link(row)}</h3>'))
                show(paragraph(chart.title, "sc-words"))
                st.plotly_chart(
                    figure(chart, x_range=span, titled=False), config=PLOTLY_CONFIG, theme=None, alt=chart.alt,
                    key=f"trend-{chart.measure_id}",
                )  # fmt: skip
