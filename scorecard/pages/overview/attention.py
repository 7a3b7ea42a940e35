"""What needs attention: the exceptions, or all measures, in the order that the reader asks for, each with its line."""

from __future__ import annotations

import streamlit as st

from scorecard.core.rows import Row
from scorecard.pages.parts.data_quality import care_in_brief, what_to_do
from scorecard.pages.parts.figures import (
    area_link,
    assurance_mark,
    measure_link,
    rows_by_id,
    small_line,
    status,
    variation_mark,
)
from scorecard.pages.parts.markup import Markup, paragraph, show, text
from scorecard.pages.parts.session import choice
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.methods import EXCEPTION_RULE
from scorecard.use_cases.view.order_measures import ORDERS, ordered

FIRST, EXCEPTIONS, ALL = "first", "exceptions", "all"
MOST = 8  # as many as are read at a glance


def attention(view: View) -> None:
    """The list, with its two controls; the URL keeps what they say."""
    count = view.totals["exceptions"]
    plural = "exception" if count == 1 else "exceptions"
    st.header(f"What needs attention: {count} {plural}", anchor="attention")
    left, right, _ = st.columns([2, 2, 1])
    order = choice("Sort by", "sort", ORDERS, left)
    choices = {FIRST: f"The first {MOST} of {count} {plural}"} if count > MOST else {}
    choices |= {EXCEPTIONS: f"All {count} {plural}", ALL: f"All {len(view.measures)} measures"}
    shown = choice("Show", "show", choices, right)
    found = [rows_by_id(view)[measure_id] for measure_id in ordered(view, order, exceptions_only=shown != ALL)]
    found = found[:MOST] if shown == FIRST else found
    if not found:
        show(paragraph("No measure meets the rule for an exception this month.", "sc-words"))
    items = "".join(f"<li>{_item(view, row)}</li>" for row in found)
    show(Markup(f'<ol class="sc-attention">{items}</ol>{paragraph(EXCEPTION_RULE, "sc-muted")}'))


def _item(view: View, row: Row) -> Markup:
    """One measure: what is the matter, whether its data are in doubt, its last two years, its status and signals."""
    words = row["exception_detail"] or row["sentence"]
    moving = variation_mark(row) if view.signals_shown else None  # where none is shown, the headline says why
    marks = [None if row["exception"] else status(row), moving, assurance_mark(row)]
    doubt = care_in_brief(view, row["measure_id"]) if row["exception"] else ""
    return Markup(
        f'<div class="sc-told"><p class="sc-name">{measure_link(row)} '
        f'<span class="sc-of">{area_link(row["service_area_id"], row["service_area"])}</span></p>'
        f"{paragraph(words)}{what_to_do(view, row)}{doubt}</div>"
        f'<div class="sc-line">{small_line(view, row)}</div>'
        f'<ul class="sc-marks">{"".join(f"<li>{text(mark)}</li>" for mark in marks if mark)}</ul>'
    )
