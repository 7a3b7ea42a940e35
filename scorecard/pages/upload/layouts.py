"""Upload, the layouts that are kept: by whom and since when, as YAML in and out, and out of use."""

from __future__ import annotations

import streamlit as st

from scorecard.core.rows import rows_with_none
from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.markup import paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words
from scorecard.pages.upload.show_layout import KEPT
from scorecard.use_cases.errors import RefusedError, StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.upload.report_layouts import (
    LayoutError,
    export_layout,
    import_layout,
    layout_versions,
    layouts_in_use,
    stop_layout,
)


def layouts_section(opened: Scorecard) -> None:
    """The list of layouts, and what can be done with one."""
    with st.expander("Layouts of sources' own reports"):
        known = layout_versions(opened)
        if known.empty:
            explanation = "None yet. Send a report that has no column measure_id, and show once how it is laid out."
            show(paragraph(explanation, "sc-words"))
        else:
            body = [
                (row["name"], str(row["version"]), row["state"], row["who"], moment_words(row["at"]))
                for row in rows_with_none(known.iloc[::-1])
            ]
            show(table("Every version, latest first", ("Layout", "Version", "State", "By", "When"), body, compact=True))
        names = [layout.layout.name for layout in layouts_in_use(opened)]
        if names:
            _out(opened, names)
        if st.checkbox("Bring in a layout from a YAML file"):
            _in(opened)


def _out(opened: Scorecard, names: list[str]) -> None:
    name = st.selectbox("Layout", names)
    left, right = st.columns(2)
    file_name, content = export_layout(opened, name)
    download("Download as YAML", file_name, "application/yaml", as_it_is(content), container=left)
    if is_confirmed("Stop using it", "stop-layout", fingerprint(file_name, content), button=right.button):
        try:
            stop_layout(opened, name, when=now())
        except (RefusedError, StoreError) as error:
            fault("Nothing was changed", str(error))
            return
        st.session_state[KEPT] = f"The layout '{name}' is no longer used. Its versions are kept."
        st.rerun()


def _in(opened: Scorecard) -> None:
    with st.form("import-layout", clear_on_submit=True):
        sent = st.file_uploader("A layout as YAML", type=["yaml", "yml"], key="layout-file")
        confirmed = st.form_submit_button("Keep this layout")
    if not confirmed or sent is None:
        return
    try:
        kept_layout = import_layout(opened, sent.getvalue(), when=now())
    except (LayoutError, StoreError) as error:
        fault("The layout was not kept", str(error))
        return
    st.session_state[KEPT] = f"The layout '{kept_layout.layout.name}' is kept as version {kept_layout.version}."
    st.rerun()
