"""Upload, what was sent: every extract, what was read of it and changed by it, and taking one back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scorecard.core.bounds import LONGEST_WORDS
from scorecard.core.numbers import count_of
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.confirmation import is_confirmed, refused_yes
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.markup import Markup, joined, listing, newest_first, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words, view_of
from scorecard.pages.upload.changes import all_changes, changes_table
from scorecard.pages.upload.store_in_background import STORED
from scorecard.use_cases.errors import RefusedError, StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.upload.export_findings import effect_words
from scorecard.use_cases.upload.history import accepted_warnings, changes_of, extracts
from scorecard.use_cases.upload.read_table import read_table
from scorecard.use_cases.upload.withdraw_extract import WithdrawalPreview, preview_withdrawal, withdraw_extract
from scorecard.use_cases.view.export_assessment import safe_csv

EXTRACTS_SHOWN = 50
WITHDRAWN = "upload_withdrawn"
ASKED = "extract_asked_for"
WITHDRAW = "withdraw"  # the kind of yes


def sent(opened: Scorecard, next_file: bool) -> None:
    """Every extract, what a chosen one changed, and the way to take one back.

    next_file: there is a file to be stored, so that what was withdrawn before is no longer news.
    """
    outcome_area = st.container()
    if next_file:
        st.session_state.pop(WITHDRAWN, None)
    if WITHDRAWN in st.session_state:
        outcome = st.session_state[WITHDRAWN]
        with outcome_area:
            show(Markup(f'<div class="sc-notice" role="status"><h2>Withdrawn</h2>{paragraph(outcome)}</div>'))
    known = extracts(opened)
    if known.empty:
        show(paragraph("Nothing yet: the scorecard shows the plan's own figures.", "sc-words"))
        return
    shown = known.head(EXTRACTS_SHOWN)
    more = f" (the last {EXTRACTS_SHOWN} of {len(known):,})" if len(known) > EXTRACTS_SHOWN else ""
    headers = ("Extract", "File", "Source", "Sent by", "When", "Figures", "Why warnings were accepted", "Withdrawn")
    body = [_row(row) for row in rows_with_none(shown)]
    newest_first(f"Extracts, latest first{more}", headers, body, "earlier extract", kind="sc-brief")
    names = {
        int(number): f"{number}: {name}" for number, name in zip(known["extract_id"], known["file_name"], strict=True)
    }
    _asked_for(names)
    seen = st.expander("See what an extract changed", on_change="rerun", key="see-an-extract")
    if seen.open:  # a large extract takes a second to look up
        with seen:
            _one(opened, known, names)
    standing = [int(number) for number in known.loc[known["withdrawn_at"].isna(), "extract_id"]]
    if standing:
        with st.expander("Withdraw an extract"):
            _withdraw(opened, standing, names)


def _asked_for(names: dict[int, str]) -> None:
    """Opens the extract that the URL names, once: what is chosen after that stays."""
    asked = st.query_params.get("extract", "")
    if asked.isdecimal() and int(asked) in names and st.session_state.get(ASKED) != asked:
        st.session_state[ASKED] = asked
        st.session_state["see-an-extract"] = True
        st.session_state["extract-seen"] = int(asked)


def _row(row: Row) -> tuple[str | None, ...]:
    withdrawn = None
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
    """A chosen extract: what it changed when it was sent, why its warnings were accepted, and what was read."""
    number = st.selectbox("Extract", list(names), format_func=names.__getitem__, index=None, key="extract-seen")
    if number is None:
        return
    changed = changes_of(opened, number)
    changed = changed[changed["kind"] != "unchanged"]
    if changed.empty:
        show(paragraph("It changed no figure: all it said was known already.", "sc-words"))
    else:
        show(changes_table(opened, changed, f"What extract {number} changed when it was sent"))
        all_changes(changed, f"changes-of-extract-{number}.csv", "changes-seen")
    accepted = accepted_warnings(opened, number)
    if not accepted.empty:
        headers = ("What was found", "Row", "Measure", "Found", "Why it was accepted")
        body = [
            (row["title"], str(row["row"] or "whole file"), row["measure_id"], row["found"], row["reason"])
            for row in rows_with_none(accepted.head(EXTRACTS_SHOWN))
        ]
        more = f" (the first {EXTRACTS_SHOWN} of {len(accepted):,})" if len(accepted) > EXTRACTS_SHOWN else ""
        show(table(f"Warnings that were accepted{more}", headers, body, compact=True))
    left, right = st.columns(2)
    if not accepted.empty:
        name, content = f"accepted-warnings-{number}.csv", safe_csv(accepted).encode("utf-8-sig")
        download("Download the accepted warnings (CSV)", name, "text/csv", as_it_is(content), container=left)
    file_name, content = read_table(opened, number)
    download("Download what was read of the file (CSV)", file_name, "text/csv", as_it_is(content), container=right)
    sha256 = str(known.set_index("extract_id").at[number, "sha256"])
    explanation = f"The file itself isn't kept: only what was read of it, and its SHA-256, {sha256}."
    show(paragraph(explanation, "sc-words"))


def _withdraw(opened: Scorecard, standing: list[int], names: dict[int, str]) -> None:
    explanation = (
        "Of each figure that it changed, the latest extract that is not withdrawn counts again. Nothing is deleted."
    )
    show(paragraph(explanation, "sc-words"))
    key = f"{len(names) - len(standing)}"  # after each withdrawal the questions are new
    number = st.selectbox(
        "Extract to withdraw", standing, index=None, placeholder="Choose an extract", format_func=names.__getitem__,
        key=f"extract-withdrawn-{key}",
    )  # fmt: skip
    if number is None:
        refused_yes(WITHDRAW, None)
        return
    try:
        seen = preview_withdrawal(opened, int(number), when=now(), view=view_of(None, None))
        _what_it_undoes(opened, seen)
        with st.form("withdraw"):
            reason = st.text_input("Why (kept with the extract)", max_chars=LONGEST_WORDS, key=f"why-withdrawn-{key}")
            confirmed = is_confirmed("Withdraw it", WITHDRAW, seen.sha256, button=st.form_submit_button)
        if not confirmed:
            return
        with st.spinner(f"Withdrawing extract {number}"):
            done = withdraw_extract(opened, int(number), when=now(), reason=reason, preview=seen)
    except (RefusedError, StoreError, ValueError) as error:
        fault("Nothing was withdrawn", str(error))
        return
    st.session_state.pop(STORED, None)
    st.session_state[WITHDRAWN] = (
        f"Extract {number} is withdrawn. Figures that are as they were before it: {done.restored:,}. "
        f"Figures that no other extract has, now gone: {done.removed:,}."
    )
    st.rerun()


def _what_it_undoes(opened: Scorecard, seen: WithdrawalPreview) -> None:
    """What a withdrawal would change, before the yes."""
    if seen.changes.empty:
        show(paragraph("It would change no figure: later extracts stand.", "sc-finding"))
        return
    back = int((seen.changes["kind"] != "removed").sum())
    as_before = f"{count_of(back, 'figure')} as {'it was' if back == 1 else 'they were'} before it"
    consequence = f"It would put back {as_before}, and remove {len(seen.changes) - back:,}."
    show(paragraph(consequence, "sc-finding"))
    effects = effect_words(seen.effects)
    if effects:
        show(joined([paragraph("What it does:"), listing(effects)]))
    show(changes_table(opened, seen.changes, "What withdrawing it changes", with_packs=True))
    all_changes(seen.changes, f"withdrawal-of-extract-{seen.extract_id}.csv", "changes-undone")
