"""Upload: a file, what is wrong with it, what it would change, a yes, and what was done. And what was sent before."""

from __future__ import annotations

import hashlib

import streamlit as st

from scorecard.access.permissions import Permission
from scorecard.core.periods import add_months, month_words
from scorecard.pages.parts.confirmation import refused_yes
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.markup import Markup, heading, paragraph, show
from scorecard.pages.parts.session import page_title, scorecard, view_of
from scorecard.pages.upload.changes import changes, effect
from scorecard.pages.upload.confirm import STORE, confirm, confirmed_message
from scorecard.pages.upload.extracts import sent
from scorecard.pages.upload.findings import findings, verdict
from scorecard.pages.upload.held_previews import drop_preview, held_preview, hold_preview
from scorecard.pages.upload.layouts import layouts_section
from scorecard.pages.upload.progress import progress
from scorecard.pages.upload.published import published
from scorecard.pages.upload.show_layout import KEPT, show_layout
from scorecard.pages.upload.store_in_background import RENEW, SENT, wait_for_storing
from scorecard.use_cases.open_scorecard import Scorecard, today
from scorecard.use_cases.upload.check_file import HowToRead, get_ready
from scorecard.use_cases.upload.findings_in_file import may_tell_of_a_child
from scorecard.use_cases.upload.recognise_reports import asks_for_month, is_new_report, is_report
from scorecard.use_cases.upload.report_layouts import NoSuchLayout, layout_versions, layouts_in_use
from scorecard.use_cases.upload.submit_extract import Preview, preview_extract
from scorecard.use_cases.upload.template import hand_out_template

FILE = "upload_file"
ASKED_OF_A_FILE = ("sheet", "sheet-chosen", "layout", "report-month", "show-layout", "code", "severity", "of-measure")
REPORT = "This looks like a source's own report"
NEXT = (
    "It has no column measure_id, and no layout that is kept fits it. Show once how it is laid out: then it is read as "
    "it is, this month and every month."
)
NEXT_STEP_NEW = (
    "Show how it is laid out, above. If it is no report, mend the errors below in the file and send it again."
)
NEXT_STEP_CHANGED = (
    "Mend the errors below in the file and send it again; or, if it has changed for good, show its layout again."
)
BY_ITSELF, NO_LAYOUT = "Find it by itself", "None of these"


def page() -> None:
    """Draws the upload and the list of what was sent."""
    page_title("Upload")
    show(heading("Upload", 1))
    opened = scorecard()
    opened.require(Permission.SUBMIT)
    get_ready()
    introduction = (
        f"Uploads will be recorded as sent by {opened.who}. Nothing is stored until you have seen what the file "
        "changes and said yes. "
        "Send aggregate figures only: never anything about a child."
    )
    show(paragraph(introduction, "sc-words"))
    for warning in opened.store_warnings:
        show(Markup(f'<div class="sc-notice" role="note">{paragraph(warning)}</div>'))
    wait_for_storing()
    # A container for each part that comes and goes: what is below keeps its place, and what was typed there.
    notice_area = st.container()
    number = st.session_state.setdefault(SENT, 0)
    label = "A .csv or .xlsx file, up to 50 MB"
    file = st.file_uploader(label, type=["csv", "txt", "tsv", "xlsx", "xlsm"], key=f"file-{number}")
    below = st.container()
    with notice_area:
        confirmed_message(opened, file is not None)
        _notice()
    if file is not None:
        with below:
            _checked(opened, file.name, file.getvalue())
    _template(opened)
    layouts_section(opened)
    published(opened)
    show(heading("What was sent", anchor="sent"))
    sent(opened, file is not None)


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
        for column, kind, label in ((left, "csv", "CSV"), (right, "xlsx", "Excel")):
            name, content = hand_out_template(opened, month, source=chosen, kind=kind)  # type: ignore[arg-type]
            button_label, key = f"Download as {label}", f"template-{kind}"
            download(button_label, name, None, as_it_is(content), key=key, container=column)


def _notice() -> None:
    """What was just done with a layout."""
    if KEPT in st.session_state:
        outcome = st.session_state.pop(KEPT)
        show(Markup(f'<div class="sc-notice" role="status">{paragraph(outcome)}</div>'))


def _checked(opened: Scorecard, name: str, content: bytes) -> None:
    """The verdict and, of a file that can be stored, what it does, the yes and each figure; then what was found."""
    preview, renewed = _preview(opened, name, content)
    checked = preview.checked
    refused_yes(STORE, preview.sha256)
    _how_it_was_read(opened, preview)
    if preview.already_held is not None:
        explanation = (
            f"This file is already stored, as extract {preview.already_held}. Sending it again changes nothing."
        )
        show(Markup(f'<div class="sc-notice" role="status"><h2>Nothing to do</h2>{paragraph(explanation)}</div>'))
        return
    if renewed:
        explanation = (
            "Somebody stored or withdrew something after this preview was made, so it was made anew. Nothing of your "
            "file is stored yet: read what it changes now, and say yes again."
        )
        show(
            Markup(f'<div class="sc-notice" role="alert"><h2>The store has changed</h2>{paragraph(explanation)}</div>')
        )
    new = is_new_report(checked, preview.layout)
    if new:
        show(Markup(f'<div class="sc-notice" role="status"><h2>{REPORT}</h2>{paragraph(NEXT)}</div>'))
        _layout(opened, name, preview, "Show how this report is laid out")
    verdict(preview, NEXT_STEP_NEW if new else NEXT_STEP_CHANGED if preview.layout else None)
    if checked.refused:
        findings(preview)
        if is_report(checked, preview.layout) and not new and not may_tell_of_a_child(checked):
            changed = preview.layout is not None
            label = "The report has changed: show its layout again" if changed else "This is a source's own report"
            _layout(opened, name, preview, label)
        return
    effect(opened, preview)
    confirm(opened, preview)
    changes(opened, preview)
    findings(preview)


def _layout(opened: Scorecard, name: str, preview: Preview, label: str) -> None:
    if st.checkbox(label, key="show-layout"):
        show_layout(opened, name, preview.content, preview.checked.sheet, preview.layout)


def _how_it_was_read(opened: Scorecard, preview: Preview) -> None:
    """Which sheet and by which layout the file was read, each to be chosen otherwise."""
    checked = preview.checked
    if len(checked.sheets) > 1:
        index = checked.sheets.index(checked.sheet) if checked.sheet in checked.sheets else 0
        st.selectbox("Sheet", checked.sheets, index=index, key="sheet", on_change=_choose_sheet)
    layout_names = (
        [layout.layout.name for layout in layouts_in_use(opened)] if is_report(checked, preview.layout) else []
    )
    if layout_names:
        st.selectbox("Layout", [BY_ITSELF, *layout_names, NO_LAYOUT], key="layout")
    if preview.layout is not None:
        explanation = f"Read by the layout {preview.layout.called}. Source: {preview.source}."
        show(paragraph(explanation, "sc-words"))
    if preview.layout is not None and asks_for_month(checked, preview.layout, st.session_state.get("report-month")):
        latest = view_of(None, None).month.date()
        months = [add_months(latest, ahead) for ahead in (1, 0, -1, -2, -3)]
        st.selectbox("Month of this report", months, index=None, format_func=month_words, key="report-month")


def _choose_sheet() -> None:
    """Keeps the sheet that a person chose: the one that was found by itself is no choice, and is not read again."""
    st.session_state["sheet-chosen"] = st.session_state["sheet"]


def _how() -> HowToRead:
    """What was chosen of how to read the file."""
    chosen = st.session_state.get("layout", BY_ITSELF)
    return HowToRead(
        sheet=st.session_state.get("sheet-chosen"),
        layout=None if chosen in (BY_ITSELF, NO_LAYOUT) else chosen,
        recognise=chosen != NO_LAYOUT,
        month=st.session_state.get("report-month"),
    )


def _preview(opened: Scorecard, name: str, content: bytes) -> tuple[Preview, bool]:
    """The file's preview, and whether it was made again because the store had changed since it was shown.

    Made once for the same bytes, way of reading and state of the store.
    """
    file = (name, hashlib.sha256(content).hexdigest())
    renewed = st.session_state.pop(RENEW, False)
    if st.session_state.get(FILE) != file:  # another file: nothing of how the last one was read is kept
        drop_preview()
        for choice in ASKED_OF_A_FILE:
            st.session_state.pop(choice, None)
        st.session_state[FILE] = file
    kept_preview = held_preview()
    key = (file, _how(), len(layout_versions(opened)), opened.store.last_change())
    if kept_preview is not None and kept_preview[0] == key:
        return kept_preview[1], renewed
    renewed = renewed or (kept_preview is not None and kept_preview[0][:3] == key[:3])
    with progress(len(content)) as show_progress:
        try:
            preview = preview_extract(opened, name, content, today=today(), how=key[1], progress=show_progress)
        except NoSuchLayout:
            st.session_state.pop("layout", None)
            preview = preview_extract(opened, name, content, today=today(), progress=show_progress)
    hold_preview(key, preview, len(content))
    return preview, renewed
