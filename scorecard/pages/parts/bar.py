"""The bar above every page: the name, and the pages, whose links keep month and moment."""

from __future__ import annotations

import streamlit as st

from scorecard.access.permissions import Permission, Role
from scorecard.access.person import Person
from scorecard.pages.parts.markup import CONTENT, Markup, anchor_link, current_link, link, paragraph, show
from scorecard.pages.parts.person import sign_out_here
from scorecard.pages.parts.session import local_scorecard, view_query
from scorecard.use_cases.open_scorecard import ALL_INVENTED, is_demonstration

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
LISTS = {  # the way to a measure is the list of all, to a service area its tile: both on the overview
    "service-area": {"list": "all", "view": "areas"},
    "measure": {"list": "all", "sort": "plan"},
}


def bar(here: str, person: Person) -> None:
    """Draws the bar. here: the path of the page that is shown; '' is the overview.

    person: who looks; the pages that are no part of theirs have no link, and who signed in can sign out.
    """
    left_out = FOR_ONE_PART if person.roles == frozenset(Role) else ()
    theirs = [path for path in LABELS if path not in left_out and person.may(NEEDED.get(path, Permission.READ))]
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        show(
            Markup(f'<div class="sc-skip">{anchor_link("Skip to content", CONTENT)}</div>{_pages(theirs, _here(here))}')
        )
        if not person.local:
            show(paragraph(person.called, "sc-muted"))
            if st.button("Sign out", key="sign-out", type="tertiary"):
                sign_out_here(local_scorecard())
    if is_demonstration():
        show(Markup(f'<p class="sc-demonstration" role="note">{ALL_INVENTED}</p>'))


def _pages(shown: list[str], here: str) -> Markup:
    """The name and the links, of which that of the page that is shown says so."""
    links = "".join(f"<li>{current_link(_to(path)) if path == here else _to(path)}</li>" for path in shown)
    return Markup(f'<nav class="sc-nav" aria-label="Pages"><p class="sc-site">{NAME}</p><ul>{links}</ul></nav>')


def _to(path: str) -> Markup:
    asked = {**LISTS.get(path, {}), **view_query()}
    return link(LABELS[path], "overview" if path in LISTS else path, **asked)


def _here(path: str) -> str:
    """The path whose link is marked: the overview's lists of all measures and areas belong to those."""
    if path not in ("", "overview"):
        return path
    asked = st.query_params.to_dict().items()
    return next((name for name, query in LISTS.items() if query.items() <= asked), "overview")
