"""Upload, its preview: what a file would change, the yes, and what was done."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scorecard.catalogue.figures import SYMBOL_WORDS, figure_words
from scorecard.catalogue.periods import period_words
from scorecard.pages.figures import Row, rows_of
from scorecard.pages.markup import Markup, link, listing, paragraph, show, table
from scorecard.pages.session import fault, kept_query
from scorecard.use_cases.faults import StoreChanged, StoreError
from scorecard.use_cases.scorecard import Scorecard, now, who_is_here
from scorecard.use_cases.submit_extract import REASONS, Preview, Receipt, submit_extract

CHANGES_SHOWN = 200
MOST_ONE_BY_ONE = 30
KIND_WORDS = {"new": "New", "revised": "Revised", "unchanged": "Unchanged", "removed": "Removed"}
DONE, RENEW, SENT = "upload_done", "upload_renew", "upload_sent"
TOGETHER, ONE_BY_ONE = "One reason for all", "A reason for each"


def changes(opened: Scorecard, preview: Preview) -> None:
    """New, revised and unchanged figures, and what they do to status and signal."""
    st.subheader("What this file changes")
    counts = preview.changes["kind"].value_counts()
    words = ", ".join(
        f"{int(counts.get(kind, 0)):,} {label.lower()}" for kind, label in KIND_WORDS.items() if kind != "removed"
    )
    show(paragraph(f"{words}. Source: {preview.source}.", "sc-finding"))
    effects = effect_words(preview)
    if effects:
        show(paragraph("What it does:", "sc-words"))
        show(listing(effects))
    changed = preview.changes[preview.changes["kind"] != "unchanged"]
    if not changed.empty:
        show(changes_table(opened, changed.sort_values("kind", ascending=False, kind="stable"), with_packs=True))


def effect_words(preview: Preview) -> list[str]:
    """'Sickness days: status met → missed'."""
    return [
        f"{row['name']}: {row['what']} {_plain(row['before'])} → {_plain(row['after'])}"
        for row in rows_of(preview.effects)
    ]


def changes_table(
    opened: Scorecard, changed: pd.DataFrame, caption: str = "New and revised figures", with_packs: bool = False
) -> Markup:
    """Old → new, figure by figure; beside a revised one the first board pack that shows the old."""
    shown = changed.head(CHANGES_SHOWN)
    more = f" (the first {CHANGES_SHOWN} of {len(changed):,})" if len(changed) > CHANGES_SHOWN else ""
    packs = with_packs and bool((shown["packs"] != "").any())
    headers = ("Measure", "Period", "Kind", "Before", "After", *(["Shown to a board since"] if packs else []))
    body = [(*_change(opened, row), *([row["packs"]] if packs else [])) for row in rows_of(shown)]
    return table(f"{caption}{more}", headers, body, numeric=(3, 4), compact=True)


def _plain(code: str | None) -> str:
    return (code or "none").replace("_", " ")


def _change(opened: Scorecard, row: Row) -> tuple[str | None, ...]:
    known = {measure.id: measure for measure in opened.catalogue.measures}
    measure = known.get(row["measure_id"])
    name = measure.name if measure else row["measure_id"]
    area = row["area"]
    elsewhere = "" if area == opened.catalogue.authority.code else f" ({area})"

    def words(side: str) -> str | None:
        value, symbol = row[f"{side}_value"], row[f"{side}_symbol"]
        if value is None:
            return SYMBOL_WORDS.get(symbol or "", symbol)
        shown = figure_words(value, measure.unit, measure.decimals) if measure else f"{value:g}"
        return f"{shown} [{symbol}]" if symbol else shown

    period = period_words(row["period_end"], row["months"])
    return name + elsewhere, period, KIND_WORDS[row["kind"]], words("old"), words("new")


def confirm(opened: Scorecard, preview: Preview, *, renewed: bool) -> None:
    """The yes, with the reasons for which the warnings are right.

    renewed: the preview was made anew in this run because the store had changed; a yes was to the old one.
    """
    number = preview.checked.findings.count("warning")
    each = False
    if 1 < number <= MOST_ONE_BY_ONE:
        each = st.radio("How do you accept the warnings?", (TOGETHER, ONE_BY_ONE), horizontal=True) == ONE_BY_ONE
    with st.form("confirm"):
        labels = _each(preview) if each else ["Why are the warnings right?"] if number else []
        why = [
            st.selectbox(label, REASONS, index=None, placeholder="Choose a reason", key=f"why-{at}-{each}")
            for at, label in enumerate(labels)
        ]
        more = st.text_input("In a few words (kept with the extract)", max_chars=300) if number else ""
        said = st.form_submit_button("Store this extract", type="primary")
    if not said or renewed:
        return
    if any(reason is None for reason in why):
        words = "Choose a reason for each warning" if each else "Choose why the warnings are right"
        fault("Choose a reason", f"The file has warnings. {words}, then store the extract.")
        return
    reasons = [f"{reason}: {more.strip()}" if more.strip() else str(reason) for reason in why]
    _store(opened, preview, None if each or not reasons else reasons[0], reasons if each else [])


def _each(preview: Preview) -> list[str]:
    """A question for each warning."""
    labels = []
    for at, warning in enumerate(preview.checked.warnings, 1):
        where = [warning.measure_id, f"row {warning.row}" if warning.row else None]
        place = ", ".join(part for part in where if part)
        labels.append(f"{at}. {warning.title}{f' ({place})' if place else ''}")
    return labels


def _store(opened: Scorecard, preview: Preview, reason: str | None, reasons: list[str]) -> None:
    try:
        receipt = submit_extract(opened, preview, who=who_is_here(), when=now(), reason=reason, reasons=reasons)
    except StoreChanged:
        st.session_state[RENEW] = True
        st.rerun()
    except (StoreError, ValueError) as error:
        fault("Nothing was stored", str(error))
        return
    st.session_state[DONE] = (receipt, preview)
    st.session_state[SENT] = st.session_state.get(SENT, 0) + 1  # a new, empty place for the next file
    st.rerun()


def done(opened: Scorecard, next_file: bool) -> None:
    """What the last yes did, until the next file is sent."""
    if next_file:
        st.session_state.pop(DONE, None)
    if DONE not in st.session_state:
        return
    receipt: Receipt
    receipt, preview = st.session_state[DONE]
    words = (
        f"Extract {receipt.extract_id} is stored: {receipt.new:,} new, {receipt.revised:,} revised, "
        f"{receipt.unchanged:,} unchanged."
    )
    effects = effect_words(preview)
    body = [
        paragraph(words),
        listing(effects) if effects else Markup(""),
        paragraph(link("See the overview", "", **kept_query())),
    ]
    show(Markup(f'<div class="sc-notice" role="status"><h2>Done</h2>{"".join(map(str, body))}</div>'))
    changed = receipt.changes[receipt.changes["kind"] != "unchanged"]
    if not changed.empty:
        with st.expander("What was changed, figure by figure"):
            show(changes_table(opened, changed, f"What extract {receipt.extract_id} changed"))
