"""Service area: its finding, a row a measure, and every trend on one time axis; folded, what is asked more rarely."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from scorecard.charts import XRange
from scorecard.core.rows import Row
from scorecard.pages.parts.choices import chosen, folded_choice
from scorecard.pages.parts.data_quality import care_line, completeness_link, quality_table
from scorecard.pages.parts.decisions import decisions_section
from scorecard.pages.parts.download import download
from scorecard.pages.parts.figures import area_link, comparator, measure_link, rows_by_id
from scorecard.pages.parts.level_rows import level_rows
from scorecard.pages.parts.markup import Content, Markup, heading, joined, listing, paragraph, pictures, show
from scorecard.pages.parts.measure_rows import measure_rows, moving_mark
from scorecard.pages.parts.session import current_view, page_title, scorecard
from scorecard.pages.parts.sharing import copy_link_and_words, page_address, take_page
from scorecard.use_cases.view.charts import HALF, has_trend, screen, shared_months, trend, trend_finding
from scorecard.use_cases.view.email_text import area_text
from scorecard.use_cases.view.export_assessment import to_csv
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import area_finding, brief_words


def page() -> None:
    """Draws the service area that the URL names; the first where it names none."""
    view = current_view(_share)
    area_id = _choose(view)
    finding = area_finding(view, area_id)
    page_title(finding)
    show(heading(finding, 1))
    rows = [rows_by_id(view)[measure_id] for measure_id in view.in_area(area_id)]
    if not rows:
        show(paragraph("Every measure of this service area has been retired.", "sc-words"))
        return
    drawn = [row for row in rows if has_trend(view, row["measure_id"])]
    young = [row for row in rows if row not in drawn]
    others = [name for name in _others(view) if any(row[name] is not None for row in rows)]
    if drawn:
        more = [(_others(view)[name], _other(name)) for name in others]
        show(measure_rows(view, drawn, view.catalogue.service_area(area_id).name, with_area=False, more=more))
        show(Markup(f"{_trends(view, area_id, drawn)}"))
    if young:
        show(Markup(f"{heading('Before there is a trend') if drawn else ''}{level_rows(view, young)}"))
    show(_folded(view, area_id, rows))
    decisions_section(view, area_id)


def _choose(view: View) -> str:
    """The area that is shown, with links to the one before, the one after, and folded to all."""
    areas = {area.id: area.name for area in view.catalogue.service_areas}
    asked = st.query_params.get("area", "")
    if asked and asked not in areas:
        show(paragraph(f"There is no service area '{asked[:80]}', so the first one is shown.", "sc-words"))
    shown, ids = chosen("area", areas), list(areas)
    at = ids.index(shown)
    before, after = ids[:at][-1:], ids[at + 1 :][:1]
    neighbours = [
        *(area_link(area_id, f"‹ {areas[area_id]}") for area_id in before),
        *(area_link(area_id, f"{areas[area_id]} ›") for area_id in after),
        folded_choice("Service area", "area", areas, shown, "All areas"),
    ]
    show(Markup(f'<div class="sc-choices sc-neighbours">{joined(neighbours, "")}</div>'))
    return shown


def _others(view: View) -> dict[str, str]:
    authority = view.catalogue.authority
    return {
        "statistical_neighbour": "Neighbours",
        "regional": authority.region.name,
        "national": authority.country.name,
    }


def _other(name: str) -> Callable[[Row], Content]:
    return lambda row: comparator(row, name)


def _trends(view: View, area_id: str, rows: list[Row]) -> Markup:
    """Small multiples that keep to one time axis and the same margins, two abreast where there is room."""
    times = shared_months(view, area_id)
    charts = "".join(f"<li>{_trend(view, row, times)}</li>" for row in rows)
    legend = '<span class="sc-quiet">one time axis; grey: usual range; coloured: unlikely to be chance</span>'
    return Markup(f'<h2 class="sc-trends-name">Trends {legend}</h2><ul class="sc-trends">{charts}</ul>')


def _trend(view: View, row: Row, times: XRange | None) -> Markup:
    chart = trend(view, row["measure_id"])
    moving = moving_mark(row, brief_words(view)[row["measure_id"]][0])
    drawn = ((kind, screen(view, row["measure_id"], size, times=times)) for kind, size in HALF.items())
    return Markup(
        f'<h3>{measure_link(row)} <span class="sc-cell-moving">{joined([moving])}</span></h3>'
        f"<p>{escape(trend_finding(view, row['measure_id']))}</p>{pictures(drawn, chart.alt)}"
    )


def _folded(view: View, area_id: str, rows: list[Row]) -> Markup:
    area = view.catalogue.service_area(area_id)
    doubted = [(row, care_line(view, row["measure_id"])) for row in rows]
    count = sum(bool(doubt.html) for _, doubt in doubted)
    quality = quality_table(view, [(row["measure_id"], measure_link(row)) for row in rows])
    month = paragraph(
        joined(["Month by month, and who needs to send what:", completeness_link("completeness")]), "sc-muted"
    )
    wanted = paragraph("What the plan wants, in short words of ours:", "sc-words")
    responsible = paragraph("Responsible, as the plan prints it:", "sc-words")
    return Markup(
        f'<div class="sc-folds"><details id="quality"><summary>Data quality: {count} of {len(rows)} to read with care'
        f"</summary>{quality}{month}</details>"
        f"<details><summary>Outcomes, and who is responsible</summary>{wanted}{listing(area.outcomes)}{responsible}"
        f"{listing(area.responsible)}</details></div>"
    )


def _share(view: View) -> None:
    areas = [area.id for area in view.catalogue.service_areas]
    asked = st.query_params.get("area", "")
    area_id = asked if asked in areas else areas[0]
    copy_link_and_words(area_text(view, area_id, page_address(view, "service-area", area=area_id)))
    download("Figures (CSV)", f"{area_id}.csv", "text/csv", lambda _: to_csv(scorecard(), view, area_id), about=area_id)
    take_page(view, area_id, f"All of {view.catalogue.service_area(area_id).name}")
