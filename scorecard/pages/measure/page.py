"""Measure: the finding, the figure, the chart; then sections that the URL can name."""

from __future__ import annotations

import streamlit as st

from scorecard.catalogue.models import Measure
from scorecard.pages.measure.answer import answer
from scorecard.pages.measure.chart import chart_section
from scorecard.pages.measure.commentary import commentary
from scorecard.pages.measure.compared import compared
from scorecard.pages.measure.figures import figures
from scorecard.pages.measure.meaning import change_or_chance, how_far
from scorecard.pages.measure.record import definition, history
from scorecard.pages.measure.share import share
from scorecard.pages.parts.choices import choice_links, chosen, folded_choice
from scorecard.pages.parts.figures import area_link, rows_by_id
from scorecard.pages.parts.markup import Markup, heading, paragraph, show
from scorecard.pages.parts.session import current_view, page_title
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import measure_finding

SECTIONS = {
    "figures": "Figures",
    "signals": "Is it real?",
    "ahead": "By when?",
    "compared": "Compared with others",
    "commentary": "Commentary",
    "sent": "Who sent it, and when",
    "definition": "Definition and the plan's words",
}


def page() -> None:
    """Draws the measure that the URL names; the first where it names none."""
    view = current_view(share)
    measure = view.catalogue.measure(_choose(view))
    row = rows_by_id(view)[measure.id]
    finding = measure_finding(view, measure.id)
    page_title(finding)
    show(heading(finding, 1))
    answer(view, row)
    chart_section(view, row)
    section = chosen("section", SECTIONS)
    show(choice_links("Section", "section", SECTIONS, section, "tabs"))
    _section(view, measure, section)


def _choose(view: View) -> str:
    """The measure that is shown, after the way to its service area; folded, the area's others."""
    rows = rows_by_id(view)
    asked = st.query_params.get("measure", "")
    if asked and asked not in rows:
        known = {measure.id for measure in view.catalogue.measures}
        why = "has been retired" if asked in known else "is not in the catalogue"
        show(paragraph(f"There is no measure '{asked[:80]}' to show: it {why}. The first one is shown.", "sc-words"))
    row = rows[asked] if asked in rows else next(iter(rows.values()))
    names = {measure_id: rows[measure_id]["name"] for measure_id in view.in_area(row["service_area_id"])}
    way = Markup(f'<span class="sc-on">{area_link(row["service_area_id"], row["service_area"])}</span>')
    others = folded_choice("Measure", "measure", names, row["measure_id"], "Other measures") if len(names) > 1 else ""
    show(Markup(f'<div class="sc-choices sc-neighbours">{way}{others}</div>'))
    return str(row["measure_id"])


def _section(view: View, measure: Measure, section: str) -> None:
    row = rows_by_id(view)[measure.id]
    match section:
        case "signals":
            change_or_chance(view, row, measure)
        case "ahead":
            how_far(view, row)
        case "compared":
            compared(view, row)
        case "commentary":
            commentary(view, measure)
        case "sent":
            history(view, measure)
        case "definition":
            definition(measure, view.catalogue.plan.actuals)
        case _:
            figures(view, measure)
