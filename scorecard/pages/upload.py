"""Upload: a file, what is wrong with it, what it would change, a yes, and what was done. And what was sent before."""

from __future__ import annotations

import streamlit as st

from scorecard.catalogue.figures import SYMBOL_WORDS, figure_words
from scorecard.catalogue.periods import add_months, month_words, period_words
from scorecard.pages.figures import Row, rows_of
from scorecard.pages.markup import Markup, link, listing, paragraph, show, table
from scorecard.pages.session import fault, kept_query, moment_words, scorecard, view_of
from scorecard.use_cases.check_file import HowToRead
from scorecard.use_cases.faults import RefusedError, StoreError
from scorecard.use_cases.hand_out_template import hand_out_template
from scorecard.use_cases.scorecard import Scorecard, now, today, who_is_here
from scorecard.use_cases.show_findings import filtered, groups, some
from scorecard.use_cases.submit_extract import (
    REASONS,
    Preview,
    preview_extract,
    submit_extract,
    withdraw_extract,
)
from scorecard.use_cases.view_history import extracts

FINDINGS_SHOWN = 200
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "information": "For information"}
KIND_WORDS = {"new": "New", "revised": "Revised", "unchanged": "Unchanged", "removed": "Removed"}
STATE, DONE = "upload_preview", "upload_done"


def page() -> None:
    """Draws the upload and the list of what was sent."""
    st.title("Upload")
    opened = scorecard()
    words = (
        f"You act as {who_is_here()}. Nothing is stored until you have seen what the file changes and said yes. "
        "Send aggregate figures only: never anything about a child."
    )
    show(paragraph(words, "sc-words"))
    for warning in opened.store_warnings:
        show(Markup(f'<div class="sc-notice" role="note">{paragraph(warning)}</div>'))
    _template(opened)
    st.header("Send an extract", anchor="send")
    _done()
    sent = st.file_uploader("A .csv or .xlsx file, up to 50 MB", type=["csv", "txt", "tsv", "xlsx", "xlsm"], key="file")
    if sent is not None:
        _checked(opened, sent.name, sent.getvalue())
    st.header("What was sent", anchor="sent")
    _sent(opened)


def _template(opened: Scorecard) -> None:
    with st.expander("Get a file to fill in"):
        latest = view_of(None, None).month.date()
        months = [add_months(latest, ahead) for ahead in (1, 0, 2, 3)]
        sources = ["All sources", *sorted({measure.supplied_by for measure in opened.catalogue.measures})]
        left, right = st.columns(2)
        month = left.selectbox("Month", months, format_func=month_words)
        source = right.selectbox("Source", sources)
        chosen = None if source == sources[0] else source
        left, right = st.columns(2)
        for place, kind, label in ((left, "csv", "CSV"), (right, "xlsx", "Excel")):
            name, content = hand_out_template(opened, month, source=chosen, kind=kind)  # type: ignore[arg-type]
            place.download_button(f"Download as {label}", content, name, on_click="ignore", key=f"template-{kind}")


def _checked(opened: Scorecard, name: str, content: bytes) -> None:
    """The findings, then the preview and the yes."""
    preview = _preview(opened, name, content)
    checked = preview.checked
    if checked.sheets and len(checked.sheets) > 1:
        st.selectbox(
            "Sheet", checked.sheets, index=checked.sheets.index(checked.sheet or checked.sheets[0]), key="sheet"
        )
    if preview.already_held is not None:
        words = f"This file is already stored, as extract {preview.already_held}. Sending it again changes nothing."
        show(Markup(f'<div class="sc-notice" role="status"><h2>Nothing to do</h2>{paragraph(words)}</div>'))
        return
    _findings(preview)
    if checked.refused:
        return
    _changes(opened, preview)
    _confirm(opened, preview)


def _preview(opened: Scorecard, name: str, content: bytes) -> Preview:
    """The file's preview, made once for the same bytes, sheet and state of the store."""
    sheet = st.session_state.get("sheet")
    changed = opened.store.last_change()
    key = (name, hash(content), sheet, str(changed))
    kept = st.session_state.get(STATE)
    if kept is not None and kept[0] == key:
        return kept[1]  # type: ignore[no-any-return]
    with st.spinner("Checking the file"):
        try:
            preview = preview_extract(opened, name, content, today=today(), how=HowToRead(sheet=sheet))
        except LookupError:
            preview = preview_extract(opened, name, content, today=today())
    st.session_state[STATE] = (key, preview)
    return preview


def _findings(preview: Preview) -> None:
    """What is wrong, counted, filterable, downloadable."""
    checked = preview.checked
    findings = checked.findings
    errors, warnings = findings.count("error"), findings.count("warning")
    if not len(findings):
        words = f"{checked.file_name}: no faults found in {len(checked.observations):,} figures."
        show(Markup(f'<div class="sc-notice" role="status">{paragraph(words)}</div>'))
        return
    if errors:
        verdict = f"{checked.file_name} can't be stored: {_count(errors, 'error')}, {_count(warnings, 'warning')}"
        todo = "Mend the errors below in the file and send it again. Nothing was stored."
    else:
        verdict = f"{checked.file_name} can be stored: {_count(warnings, 'warning')}, no errors"
        todo = "Read the warnings. If they are right, say why below; if not, mend the file and send it again."
    kind = "sc-error" if errors else "sc-notice"
    show(Markup(f'<div class="{kind}" role="status"><h2>{Markup(_text(verdict))}</h2>{paragraph(todo)}</div>'))
    codes = findings.counts
    labels = {"": f"All findings ({len(findings):,})"}
    titles = {group.code: group.title for group in groups(findings)}
    labels |= {code: f"{titles[code]} ({count:,})" for code, count in codes.items()}
    chosen = st.selectbox("Show", list(labels), format_func=labels.__getitem__, key="code") if len(codes) > 1 else ""
    count = codes[chosen] if chosen else len(findings)
    body = [
        (
            SEVERITY_WORDS[finding.severity],
            "whole file" if finding.row is None else f"{finding.row:,}",
            finding.column,
            finding.measure_id,
            Markup(f"{_text(finding.title)}{_found(finding.found)}"),
            finding.remedy,
        )
        for finding in some(findings, filtered(findings, code=chosen or None), FINDINGS_SHOWN)
    ]
    headers = ("Kind", "Row", "Column", "Measure", "What was found", "What to do")
    more = f" (the first {FINDINGS_SHOWN} of {count:,})" if count > FINDINGS_SHOWN else ""
    show(table(f"Findings{more}", headers, body, row_header=False, compact=True))
    name = f"findings-{checked.file_name.rsplit('.', 1)[0]}.csv"
    st.download_button("Download all findings (CSV)", findings.to_csv(), name, "text/csv", on_click="ignore")


def _text(words: str) -> str:
    return str(paragraph(words)).removeprefix('<p class="">').removesuffix("</p>")


def _found(found: str) -> str:
    return f': <span class="sc-bad">{_text(found)}</span>' if found else ""


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _changes(opened: Scorecard, preview: Preview) -> None:
    """New, revised and unchanged figures, and what they do to status and signal."""
    st.subheader("What this file changes")
    counts = preview.changes["kind"].value_counts()
    words = ", ".join(
        f"{int(counts.get(kind, 0)):,} {label.lower()}" for kind, label in KIND_WORDS.items() if kind != "removed"
    )
    show(paragraph(f"{words}. Source: {preview.source}.", "sc-finding"))
    effects = [
        f"{row['name']}: {row['what']} {_plain(row['before'])} → {_plain(row['after'])}"
        for row in rows_of(preview.effects)
    ]
    if effects:
        show(paragraph("What it does:", "sc-words"))
        show(listing(effects))
    changed = preview.changes[preview.changes["kind"] != "unchanged"]
    shown = changed.sort_values("kind", ascending=False, kind="stable").head(FINDINGS_SHOWN)
    if not shown.empty:
        body = [_change(opened, row) for row in rows_of(shown)]
        more = f" (the first {FINDINGS_SHOWN} of {len(changed):,})" if len(changed) > FINDINGS_SHOWN else ""
        show(
            table(
                f"New and revised figures{more}", ("Measure", "Period", "Kind", "Before", "After"), body, numeric=(3, 4)
            )
        )


def _plain(code: str | None) -> str:
    return (code or "none").replace("_", " ")


def _change(opened: Scorecard, row: Row) -> tuple[str | None, ...]:
    measure = opened.catalogue.measure(row["measure_id"])

    def words(side: str) -> str | None:
        value, symbol = row[f"{side}_value"], row[f"{side}_symbol"]
        if value is None:
            return SYMBOL_WORDS.get(symbol or "", symbol)
        return figure_words(value, measure.unit, measure.decimals)

    return (
        measure.name,
        period_words(row["period_end"], row["months"]),
        KIND_WORDS[row["kind"]],
        words("old"),
        words("new"),
    )


def _confirm(opened: Scorecard, preview: Preview) -> None:
    with st.form("confirm"):
        reason, more = None, ""
        if preview.checked.findings.count("warning"):
            reason = st.selectbox("Why are the warnings right?", REASONS, index=None, placeholder="Choose a reason")
            more = st.text_input("In a few words (kept with the extract)", max_chars=300)
        said = st.form_submit_button("Store this extract", type="primary")
    if not said:
        return
    if preview.checked.findings.count("warning") and reason is None:
        fault("Choose a reason", "The file has warnings. Choose why they are right, then store the extract.")
        return
    words = f"{reason}: {more.strip()}" if more.strip() else reason
    try:
        receipt = submit_extract(opened, preview, who=who_is_here(), when=now(), reason=words)
    except (StoreError, ValueError) as error:
        fault("Nothing was stored", str(error))
        return
    effects = [f"{row['name']}: {_plain(row['before'])} → {_plain(row['after'])}" for row in rows_of(preview.effects)]
    st.session_state[DONE] = (receipt.extract_id, receipt.new, receipt.revised, receipt.unchanged, effects)
    st.session_state.pop(STATE, None)
    st.rerun()


def _done() -> None:
    """What the last yes did."""
    if DONE not in st.session_state:
        return
    extract_id, new, revised, unchanged, effects = st.session_state.pop(DONE)
    words = f"Extract {extract_id} is stored: {new:,} new, {revised:,} revised, {unchanged:,} unchanged."
    body = [
        paragraph(words),
        listing(effects) if effects else Markup(""),
        paragraph(link("See the overview", "", **kept_query())),
    ]
    show(Markup(f'<div class="sc-notice" role="status"><h2>Done</h2>{"".join(map(str, body))}</div>'))


def _sent(opened: Scorecard) -> None:
    """Every extract, and the way to take one back."""
    known = extracts(opened)
    if known.empty:
        show(paragraph("Nothing yet: the scorecard shows the plan's own figures.", "sc-words"))
        return
    body = [
        (
            str(row["extract_id"]),
            row["file_name"],
            row["source"],
            row["who"],
            moment_words(row["submitted_at"]),
            f"{row['new']:,} new, {row['revised']:,} revised, {row['unchanged']:,} unchanged",
            row["reason"],
            _withdrawn(row),
        )
        for row in rows_of(known)
    ]
    headers = ("Extract", "File", "Source", "Sent by", "When", "Figures", "Why warnings were accepted", "Withdrawn")
    show(table("Extracts, latest first", headers, body, compact=True))
    standing = [int(number) for number in known.loc[known["withdrawn_at"].isna(), "extract_id"]]
    if standing:
        _withdraw(opened, standing)


def _withdrawn(row: Row) -> str:
    if row["withdrawn_at"] is None:
        return "No"
    return f"{moment_words(row['withdrawn_at'])} by {row['withdrawn_by']}: {row['withdrawn_reason']}"


def _withdraw(opened: Scorecard, standing: list[int]) -> None:
    with st.expander("Withdraw an extract"), st.form("withdraw"):
        number = st.selectbox("Extract", standing)
        reason = st.text_input("Why (kept with the extract)", max_chars=300)
        said = st.form_submit_button("Withdraw it")
    if not said:
        return
    try:
        withdraw_extract(opened, int(number), who=who_is_here(), when=now(), reason=reason)
    except (RefusedError, StoreError, ValueError) as error:
        fault("Nothing was withdrawn", str(error))
        return
    st.rerun()
