"""Audit trail: who did what and when, searched by person, measure, day and kind, and proved."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import streamlit as st

from scorecard.core.rows import rows_with_none
from scorecard.core.safe_text import visible
from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Markup, heading, listing, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words, page_title, scorecard
from scorecard.use_cases.audit_trail import (
    PAGE,
    TrailFilter,
    kinds_of_acts,
    prove_trail,
    read_head,
    search_trail,
    trail_csv,
    trail_filter,
)
from scorecard.use_cases.open_scorecard import Scorecard, today

MOST_OF_A_DETAIL = 300  # characters; the CSV has all
ANY = "Anything"


def page() -> None:
    """Draws the search, a page of what it finds, and the proof."""
    page_title("Audit trail")
    show(heading("Who did what, and when", 1))
    opened = scorecard()
    wanted = _asked(opened, kinds_of_acts(opened))
    entries = search_trail(opened, wanted, PAGE + 1)
    _listed(entries.iloc[:PAGE])
    _pages(entries, wanted)
    _taken(wanted)
    _proof(opened)


def _asked(opened: Scorecard, kinds: list[str]) -> TrailFilter:
    """What is looked for; another search begins at its latest act."""
    names = {"": "All measures"} | {measure.id: measure.name for measure in opened.catalogue.measures}
    with st.form("trail-search"):
        left, middle, right = st.columns(3)
        who = left.text_input("Person (a part of the name)", key="trail-who", max_chars=100)
        measure = middle.selectbox("Measure", list(names), format_func=names.__getitem__, key="trail-measure")
        what = right.selectbox("What was done", [ANY, *kinds], key="trail-what")
        left, middle, _ = st.columns(3)
        first = left.date_input("From", None, max_value=today(), format="DD/MM/YYYY", key="trail-from")
        last = middle.date_input("To the end of", None, max_value=today(), format="DD/MM/YYYY", key="trail-to")
        if st.form_submit_button("Search"):
            st.session_state.pop("trail-before", None)
    before = st.session_state.get("trail-before")
    kind = None if what == ANY else what
    return trail_filter(who, measure, _day(first), _day(last), kind, before)


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None


def _listed(entries: pd.DataFrame) -> None:
    if entries.empty:
        show(paragraph("No act is like that.", "sc-words"))
        return
    body = [
        (str(row["act_id"]), moment_words(row["at"]), visible(row["who"], 100), row["what"],
         visible(row["subject"], 100), visible(_told(row["detail"]), MOST_OF_A_DETAIL))
        for row in rows_with_none(entries)
    ]  # fmt: skip
    names = ("Act", "When", "Who", "What", "About", "More")
    show(table("Acts, the latest first", names, body, numeric=(0,), compact=True))


def _told(detail: str) -> str:
    """An act's detail as words; as it is kept where somebody else wrote it."""
    try:
        details = json.loads(detail)
        return "; ".join(f"{name.replace('_', ' ')}: {_said(value)}" for name, value in details.items() if value != [])
    except (ValueError, AttributeError, RecursionError):
        return detail


def _said(value: object) -> str:
    return ", ".join(map(_said, value)) if isinstance(value, list) else "–" if value is None else str(value)


def _pages(entries: pd.DataFrame, wanted: TrailFilter) -> None:
    with st.container(horizontal=True, width="content"):
        if wanted.before is not None and st.button("Back to the latest", key="trail-latest"):
            st.session_state.pop("trail-before", None)
            st.rerun()
        if len(entries) > PAGE and st.button("Earlier acts", key="trail-earlier"):
            st.session_state["trail-before"] = int(entries["act_id"].iloc[PAGE - 1])
            st.rerun()


def _taken(wanted: TrailFilter) -> None:
    """All that was found, made only for who asks for it."""
    all_of_them = wanted.model_copy(update={"before": None})
    label = "Download all that was found (CSV)"
    download(label, "audit-trail.csv", "text/csv", lambda opened: trail_csv(search_trail(opened, all_of_them, None)))


def _proof(opened: Scorecard) -> None:
    show(heading("Is it as it was kept?", anchor="proof"))
    explanation = (
        "Each act is sealed with the one before. A head that you kept, the number and seal of an act, shows that "
        "nothing up to it was altered since, the last acts included."
    )
    show(paragraph(explanation, "sc-words"))
    typed_head = st.text_input("A head that you kept (may be empty)", key="trail-head", max_chars=100)
    if not st.button("Prove the trail", key="trail-verify"):
        return
    try:
        heads = [read_head(typed_head)] if typed_head.strip() else []
    except ValueError as error:
        fault("That is no head", str(error))
        return
    proof = prove_trail(opened, heads)
    if proof.faults:
        fault("The trail is not as it was kept", "\n".join(proof.faults))
        return
    head = f"Its head now is {proof.head}. Keep it where nobody else can write." if proof.head else ""
    items = listing([f"{proof.acts:,} acts were proved.", *([head] if head else [])])
    show(Markup(f'<div class="sc-notice" role="status"><h3>The trail is whole</h3>{items}</div>'))
