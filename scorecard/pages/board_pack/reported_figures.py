"""Told then, known now: what a board was told, beside today's figures."""

from __future__ import annotations

import streamlit as st

from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Markup, heading, link, paragraph, show, table
from scorecard.pages.parts.session import choice, scorecard
from scorecard.use_cases.decisions.reported_figures import (
    ReportedFigure,
    reported_figures,
    reported_frame,
    reported_packs,
)
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View

HEADERS = ("Measure", "Service area", "For", "Told then", "Status then", "Known now", "Revised by")


def reported_section(view: View) -> None:
    """Draws it for one pack, which the URL names. view: of what is known now."""
    packs = reported_packs(scorecard())
    show(heading("Told then, known now", anchor="told"))
    if not packs:
        show(paragraph("No pack was approved yet.", "sc-words"))
        return
    pack = choice("Pack", "told", packs, shown_label=True)
    comparisons = reported_figures(scorecard(), view, pack)
    revised = [comparison for comparison in comparisons if comparison.revised]
    show(paragraph(f"{len(revised)} of the {len(comparisons)} figures that this pack told are others now.", "sc-words"))
    if revised:
        show(_table("Figures revised since the board was told", revised))
    with st.expander("Every figure that the pack told"):
        show(_table("What the board was told, and what is known now", comparisons))
    download(
        "All packs (CSV)", "told-then-known-now.csv", "text/csv", lambda opened: safe_csv(reported_frame(opened, view))
    )


def _table(caption: str, comparisons: list[ReportedFigure] | tuple[ReportedFigure, ...]) -> Markup:
    rows = [
        (
            link(comparison.measure, "measure", measure=comparison.measure_id, section="sent"),
            comparison.service_area,
            comparison.period,
            comparison.told_words,
            comparison.status_words,
            comparison.now_words,
            comparison.revised_words,
        )
        for comparison in comparisons
    ]
    return table(caption, HEADERS, rows, numeric=(3, 5), compact=True)
