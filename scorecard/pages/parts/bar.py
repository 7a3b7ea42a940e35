"""The bar above every page: the name, and the pages, whose links keep month and moment."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scorecard.access.permissions import Permission, Role
from scorecard.access.person import Person
from scorecard.pages.parts.markup import Markup, paragraph, show
from scorecard.pages.parts.person import leave
from scorecard.pages.parts.session import kept_query, machine
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
    "audit-trail": "Audit trail",
    "access": "Access",
    "about": "Help",
}
# Which page is whose; all others are for every reader.
NEEDED = {
    "upload": Permission.SUBMIT,
    "audit-trail": Permission.READ_TRAIL,
    "access": Permission.MANAGE_TOKENS,
}
FOR_ONE_PART = ("audit-trail", "access")  # for whom everything is theirs, Help links them: the bar has no room
EVERY_MEASURE = {"list": "all", "sort": "plan"}  # the way to a measure is the list of all


def bar(pages: Mapping[str, StreamlitPage], here: str, person: Person) -> None:
    """Draws the bar. pages: by their path. here: the path of the page that is shown; '' is the overview.

    person: who looks; the pages that are no part of theirs have no link, and who signed in can sign out.
    """
    here = here or "overview"
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        show(Markup(f'<p class="sc-site">{NAME}</p>'))
        for path, label in LABELS.items():
            theirs = person.may(NEEDED.get(path, Permission.READ))
            if not theirs or (path in FOR_ONE_PART and person.roles == frozenset(Role)):
                continue
            with st.container(key=f"here-{path}" if path == here else f"to-{path}", width="content"):
                if path == "measure":
                    st.page_link(pages["overview"], label=label, query_params={**EVERY_MEASURE, **kept_query()})
                else:
                    st.page_link(pages[path], label=label, query_params=kept_query())
        if not person.local:
            show(paragraph(person.called, "sc-muted"))
            if st.button("Sign out", key="sign-out", type="tertiary"):
                leave(machine())
    if demonstration_asked():
        show(Markup(f'<p class="sc-demonstration" role="note">{ALL_INVENTED}</p>'))
