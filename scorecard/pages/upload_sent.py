"""Upload, what was sent: every extract, what each changed, its file and accepted warnings, and taking one back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scorecard.pages.figures import Row, rows_of
from scorecard.pages.markup import Markup, paragraph, show, table
from scorecard.pages.session import fault, moment_words
from scorecard.pages.upload_changes import changes_table
from scorecard.use_cases.export_assessment import safe_csv
from scorecard.use_cases.faults import RefusedError, StoreError
from scorecard.use_cases.scorecard import Scorecard, now, who_is_here
from scorecard.use_cases.submit_extract import withdraw_extract
from scorecard.use_cases.view_history import accepted_warnings, changes_of, extracts, sent_file

EXTRACTS_SHOWN = 50
WITHDRAWN = "upload_withdrawn"


def sent(opened: Scorecard) -> None:
    """Every extract, what a chosen one changed, and the way to take one back."""
    said = st.container()
    if WITHDRAWN in st.session_state:
        words = st.session_state.pop(WITHDRAWN)
        with said:
            show(Markup(f'<div class="sc-notice" role="status"><h2>Withdrawn</h2>{paragraph(words)}</div>'))
    known = extracts(opened)
    if known.empty:
        show(paragraph("Nothing yet: the scorecard shows the plan's own figures.", "sc-words"))
        return
    shown = known.head(EXTRACTS_SHOWN)
    more = f" (the last {EXTRACTS_SHOWN} of {len(known):,})" if len(known) > EXTRACTS_SHOWN else ""
    headers = ("Extract", "File", "Source", "Sent by", "When", "Figures", "Why warnings were accepted", "Withdrawn")
    show(table(f"Extracts, latest first{more}", headers, [_row(row) for row in rows_of(shown)], compact=True))
    names = {
        int(number): f"{number}: {name}" for number, name in zip(known["extract_id"], known["file_name"], strict=True)
    }
    with st.expander("See what an extract changed"):
        _one(opened, known, names)
    standing = [int(number) for number in known.loc[known["withdrawn_at"].isna(), "extract_id"]]
    if standing:
        with st.expander("Withdraw an extract"):
            _withdraw(opened, standing, names)


def _row(row: Row) -> tuple[str | None, ...]:
    withdrawn = "No"
    if row["withdrawn_at"] is not None:
        withdrawn = f"{moment_words(row['withdrawn_at'])} by {row['withdrawn_by']}: {row['withdrawn_reason']}"
    source = f"{row['source']} (layout {row['layout']})" if row["layout"] else row["source"]
    return (
        str(row["extract_id"]),
        row["file_name"],
        source,
        row["who"],
        moment_words(row["submitted_at"]),
        f"{row['new']:,} new, {row['revised']:,} revised, {row['unchanged']:,} unchanged",
        row["reason"],
        withdrawn,
    )


def _one(opened: Scorecard, known: pd.DataFrame, names: dict[int, str]) -> None:
    """A chosen extract: what it changed when it was sent, why its warnings were accepted, and its file."""
    number = st.selectbox("Extract", list(names), format_func=names.__getitem__, index=None, key="extract-seen")
    if number is None:
        return
    changed = changes_of(opened, number)
    changed = changed[changed["kind"] != "unchanged"]
    if changed.empty:
        show(paragraph("It changed no figure: all it said was known already.", "sc-words"))
    else:
        show(changes_table(opened, changed, f"What extract {number} changed when it was sent"))
    accepted = accepted_warnings(opened, number)
    left, right = st.columns(2)
    if not accepted.empty:
        headers = ("What was found", "Row", "Measure", "Found", "Why it was accepted")
        body = [
            (row["code"], str(row["row"] or "whole file"), row["measure_id"], row["found"], row["reason"])
            for row in rows_of(accepted.head(EXTRACTS_SHOWN))
        ]
        show(table("Warnings that were accepted", headers, body, row_header=False, compact=True))
        name = f"accepted-warnings-{number}.csv"
        left.download_button(
            "Download the accepted warnings (CSV)", safe_csv(accepted), name, "text/csv", on_click="ignore"
        )
    file_name = str(known.set_index("extract_id").at[number, "file_name"])
    right.download_button(
        "Download the file as it was sent", lambda: sent_file(opened, number)[1], file_name, on_click="ignore"
    )


def _withdraw(opened: Scorecard, standing: list[int], names: dict[int, str]) -> None:
    words = "Of each figure that it changed, the latest extract that is not withdrawn counts again. Nothing is deleted."
    show(paragraph(words, "sc-words"))
    with st.form("withdraw"):
        number = st.selectbox("Extract", standing, format_func=names.__getitem__, key="extract-withdrawn")
        reason = st.text_input("Why (kept with the extract)", max_chars=300)
        said = st.form_submit_button("Withdraw it")
    if not said:
        return
    try:
        done = withdraw_extract(opened, int(number), who=who_is_here(), when=now(), reason=reason)
    except (RefusedError, StoreError, ValueError) as error:
        fault("Nothing was withdrawn", str(error))
        return
    st.session_state[WITHDRAWN] = (
        f"Extract {number} is withdrawn: {done.restored:,} figures are as they were before it, "
        f"{done.removed:,} are gone."
    )
    st.rerun()
