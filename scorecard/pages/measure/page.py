"""Measure: everything about one. What it says, its chart and table, what they mean, every version of a figure."""

from __future__ import annotations

import streamlit as st

from scorecard.catalogue.models import Measure
from scorecard.core.periods import month_words
from scorecard.core.rows import Row
from scorecard.pages.measure.chart import change_section, chart_section
from scorecard.pages.measure.meaning import change_or_chance, how_far, rebases
from scorecard.pages.measure.record import definition, history
from scorecard.pages.parts.data_quality import care, quality_line, what_to_do
from scorecard.pages.parts.figures import (
    area_link,
    assurance_mark,
    figures_table,
    rows_by_id,
    status,
    variation_mark,
)
from scorecard.pages.parts.markup import Markup, joined, paragraph, show, text, unmarked
from scorecard.pages.parts.session import choice, current_view
from scorecard.pages.parts.sharing import copy_link_and_words, page_address, print_area
from scorecard.use_cases.view.email_text import measure_text
from scorecard.use_cases.view.measures import View


def page() -> None:
    """Draws the measure that the URL names; the first where it names none."""
    crumbs = st.empty()
    heading = st.empty()
    view = current_view()
    measure = view.catalogue.measure(_choose(view))
    area = view.catalogue.service_area_of(measure.id)
    with crumbs:
        show(Markup(f'<p class="sc-crumbs">Service area: {area_link(area.id, area.name)}</p>'))
    heading.title(unmarked(measure.name))
    row = rows_by_id(view)[measure.id]
    _answer(view, row)
    chart_section(view, measure.id)
    change_section(view, measure.id)
    show(figures_table(view, [row], f"Figures for {month_words(view.month)}"))
    change_or_chance(view, row)
    how_far(view, row)
    rebases(view, measure)
    st.header("Take it along", anchor="take")
    print_area(view, area.id)
    copy_link_and_words(measure_text(view, measure.id, page_address(view, "measure", measure=measure.id)))
    _record(view, measure)


def _choose(view: View) -> str:
    names = {measure_id: row["name"] for measure_id, row in rows_by_id(view).items()}
    asked = st.query_params.get("measure", "")
    if asked and asked not in names:
        known = {measure.id for measure in view.catalogue.measures}
        why = "has been retired" if asked in known else "is not in the catalogue"
        show(paragraph(f"There is no measure '{asked[:80]}' to show: it {why}. The first one is shown.", "sc-words"))
    return choice("Measure", "measure", names)


def _answer(view: View, row: Row) -> None:
    """Sentence, status, variation and assurance: the ten-second answer; and how far the figures can be relied on."""
    marks = [status(row), variation_mark(row), assurance_mark(row)]
    listed = "".join(f"<li>{text(mark)}</li>" for mark in marks if mark)
    show(Markup(f'{paragraph(row["sentence"], "sc-finding")}<ul class="sc-marks sc-abreast">{listed}</ul>'))
    doubt = care(view, row["measure_id"]) if row["exception"] else Markup("")
    if row["exception"]:
        why = joined([Markup("<strong>For the board:</strong>"), row["exception_detail"]])
        show(Markup(f'<div class="sc-exception">{paragraph(why)}{doubt}</div>'))
    if (words := what_to_do(view, row)).html:
        show(words)
    show(quality_line(view, row["measure_id"], why=not doubt.html))


def _record(view: View, measure: Measure) -> None:
    history(view, measure)
    definition(measure)
