"""Service area: every measure's figures, distance to target and trend chart, on one time axis."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import PLOTLY_CONFIG
from scorecard.core.periods import month_words
from scorecard.core.rows import Row
from scorecard.pages.parts.data_quality import care, quality_table, what_came, what_to_do
from scorecard.pages.parts.figures import (
    assurance_mark,
    figures_table,
    measure_link,
    rows_by_id,
    short_variation_mark,
    status,
)
from scorecard.pages.parts.markup import Markup, joined, listing, paragraph, picture, show, text, unmarked
from scorecard.pages.parts.session import choice, current_view
from scorecard.pages.parts.sharing import copy_link_and_words, page_address, print_area
from scorecard.use_cases.view.charts import distances, shared_months, trend_figure, trends
from scorecard.use_cases.view.email_text import area_text
from scorecard.use_cases.view.measures import View, judged


def page() -> None:
    """Draws the service area that the URL names; the first where it names none."""
    heading = st.empty()
    view = current_view()
    area_id = _choose(view)
    area = view.catalogue.service_area(area_id)
    heading.title(unmarked(area.name))
    rows = [rows_by_id(view)[measure_id] for measure_id in view.in_area(area_id)]
    if not rows:
        show(paragraph("Every measure of this service area has been retired.", "sc-words"))
        return
    _summary(view, area_id, rows)
    show(figures_table(view, rows, f"{area.name}: figures for {month_words(view.month)}"))
    _charts(view, area_id, rows)
    st.header("Distance to target", anchor="distance")
    chart, wide, narrow = distances(view, area_id)
    show(joined([picture(wide, chart.alt, "sc-chart sc-wide"), picture(narrow, chart.alt, "sc-chart sc-narrow")]))
    st.header("Data quality", anchor="quality")
    show(quality_table(view, [(row["measure_id"], measure_link(row)) for row in rows]))
    show(paragraph(joined(["Month by month, and who owes what:", what_came("completeness")]), "sc-muted"))
    st.header("About this service area", anchor="about")
    outcomes, roles = listing(area.outcomes), listing(area.responsible)
    show(
        Markup(
            f"{paragraph('What the plan wants, in short words of ours:', 'sc-words')}{outcomes}"
            f"{paragraph('Responsible, as the plan prints it:', 'sc-words')}{roles}"
        )
    )
    st.header("Take it along", anchor="take")
    print_area(view, area_id)
    copy_link_and_words(area_text(view, area_id, page_address(view, "service-area", area=area_id)))


def _choose(view: View) -> str:
    areas = {area.id: area.name for area in view.catalogue.service_areas}
    asked = st.query_params.get("area", "")
    if asked and asked not in areas:
        show(paragraph(f"There is no service area '{asked[:80]}', so the first one is shown.", "sc-words"))
    return choice("Service area", "area", areas)


def _summary(view: View, area_id: str, rows: list[Row]) -> None:
    """The answer in one sentence, then the exceptions."""
    area = dict(view.by_service_area.set_index("service_area_id").loc[area_id])
    of = judged(area)
    words = f"{month_words(view.month)}: {area['met']} of {of} measures meet their target, {area['missed']} miss it."
    if not of:
        words = f"{month_words(view.month)}: no measure here has both a target and a figure that can be judged by it."
    found = [
        f'<div class="sc-exception">{paragraph(row["exception_words"])}{what_to_do(view, row)}'
        f"{care(view, row['measure_id'])}</div>"
        for row in rows
        if row["exception"]
    ]
    show(Markup(f"{paragraph(words, 'sc-finding')}{''.join(found)}"))


def _charts(view: View, area_id: str, rows: list[Row]) -> None:
    """Small multiples that keep to one time axis, two abreast where there is room."""
    st.header("Trends", anchor="trends")
    charts, span = trends(view, area_id), shared_months(view, area_id)
    if len(rows) > 1:
        show(paragraph("All charts here share one time axis.", "sc-muted"))
    for start in range(0, len(rows), 2):
        for place, row in zip(st.columns(2, gap="medium"), rows[start : start + 2], strict=False):
            chart = charts[row["measure_id"]]
            with place:
                show(_above(row, chart.title))
                st.plotly_chart(
                    trend_figure(view, chart.measure_id, span), config=PLOTLY_CONFIG, theme=None, alt=chart.alt,
                    key=f"trend-{chart.measure_id}",
                )  # fmt: skip


def _above(row: Row, finding: str) -> Markup:
    """The measure's name, the chart's finding, and status, variation and assurance with their words."""
    marks = [status(row), short_variation_mark(row), assurance_mark(row)]
    listed = "".join(f"<li>{text(mark)}</li>" for mark in marks if mark)
    return Markup(
        f'<div class="sc-above"><h3 class="sc-chart-name">{measure_link(row)}</h3>{paragraph(finding, "sc-words")}'
        f'<ul class="sc-marks sc-abreast">{listed}</ul></div>'
    )
