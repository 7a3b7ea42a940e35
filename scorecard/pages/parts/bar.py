"""The bar above every page: the name, and the pages, whose links keep month and moment."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scorecard.pages.parts.markup import Markup, show
from scorecard.pages.parts.session import kept_query
from scorecard.use_cases.open_scorecard import ALL_INVENTED, demonstration_asked

NAME = "Measures that matter"
LABELS = {
    "overview": "Overview",
    "service-area": "Service areas",
    "measure": "Measures",
    "compare": "How we compare",
    "upload": "Upload",
    "completeness": "Completeness",
    "commentary": "Commentary",
    "board-pack": "Board pack",
    "about": "Help",
}
EVERY_MEASURE = {"list": "all", "sort": "plan"}  # the way to a measure is the list of all


def bar(pages: Mapping[str, StreamlitPage], here: str) -> None:
    """Draws the bar. pages: by their path. here: the path of the page that is shown; '' is the overview."""
    here = here or "overview"
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        show(Markup(f'<p class="sc-site">{NAME}</p>'))
        for path, label in LABELS.items():
            with st.container(key=f"here-{path}" if path == here else f"to-{path}", width="content"):
                if path == "measure":
                    st.page_link(pages["overview"], label=label, query_params={**EVERY_MEASURE, **kept_query()})
                else:
                    st.page_link(pages[path], label=label, query_params=kept_query())
    if demonstration_asked():
        show(Markup(f'<p class="sc-demonstration" role="note">{ALL_INVENTED}</p>'))
