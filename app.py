"""The scorecard's door: set up and navigation. `python -m scorecard serve` opens it."""

import streamlit as st

from scorecard.pages import about, access, audit_trail, commentary, completeness, service_area, sign_in
from scorecard.pages.board_pack import page as board_pack
from scorecard.pages.compare import page as compare
from scorecard.pages.measure import page as measure
from scorecard.pages.overview import page as overview
from scorecard.pages.parts import style
from scorecard.pages.parts.bar import bar
from scorecard.pages.parts.session import guarded
from scorecard.pages.upload import page as upload

st.set_page_config(page_title="Measures that matter", page_icon="📊", layout="wide")
pages = [
    st.Page(guarded(overview.page), title="Overview", default=True),
    st.Page(guarded(overview.page), title="Overview", url_path="overview"),  # the door has no path
    st.Page(guarded(service_area.page), title="Service area", url_path="service-area"),
    st.Page(guarded(measure.page), title="Measure", url_path="measure"),
    st.Page(guarded(compare.page), title="How we compare", url_path="compare"),
    st.Page(guarded(upload.page), title="Upload", url_path="upload"),
    st.Page(guarded(completeness.page), title="Completeness", url_path="completeness"),
    st.Page(guarded(commentary.page), title="Commentary", url_path="commentary"),
    st.Page(guarded(board_pack.page), title="Board pack", url_path="board-pack"),
    st.Page(guarded(audit_trail.page), title="Audit trail", url_path="audit-trail"),
    st.Page(guarded(access.page), title="Access", url_path="access"),
    st.Page(guarded(about.page), title="About the data", url_path="about"),
]
chosen = st.navigation(pages, position="hidden")
style.apply()
if person := sign_in.who_enters():
    bar(chosen.url_path, person)
    chosen.run()
