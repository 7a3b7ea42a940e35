"""What of a measure can be taken along."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import table as chart_table
from scorecard.pages.parts.download import download
from scorecard.pages.parts.figures import rows_by_id
from scorecard.pages.parts.session import scorecard
from scorecard.pages.parts.sharing import copy_link_and_words, page_address, take_page
from scorecard.use_cases.view.charts import change, download_svg, trend
from scorecard.use_cases.view.draw_pictures import download_png
from scorecard.use_cases.view.email_text import measure_text
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View


def share(view: View) -> None:
    """The link, words for an e-mail, figures and charts, and its service area's pages as a PDF."""
    rows = rows_by_id(view)
    asked = st.query_params.get("measure", "")
    measure_id = asked if asked in rows else next(iter(rows))
    address = page_address(view, "measure", measure=measure_id)
    copy_link_and_words(measure_text(scorecard(), view, measure_id, address))
    for chart in filter(None, (trend(view, measure_id), change(view, measure_id))):
        charted = "" if chart.charted == "figure" else f" of the {chart.charted}"
        name = f"{measure_id}{'' if not charted else '-' + chart.charted.replace(' ', '-')}"
        readable = chart_table(chart)
        files = (
            (f"Figures{charted} (CSV)", f"{name}.csv", "text/csv", lambda _, frame=readable: safe_csv(frame)),
            (f"Chart{charted} (SVG)", f"{name}.svg", "image/svg+xml", lambda _, drawn=chart: download_svg(view, drawn)),
            (f"Chart{charted} (PNG)", f"{name}.png", "image/png", lambda _, drawn=chart: download_png(view, drawn)),
        )
        for label, file, kind, make in files:
            download(label, file, kind, make, about=measure_id, key=f"take-{file}")
    take_page(view, rows[measure_id]["service_area_id"], f"All of {rows[measure_id]['service_area']}")
