"""The bar above every page: the name, the pages, and on which of them one is; links keep month and moment."""

from __future__ import annotations

from scorecard.pages.parts.markup import Markup, link, show
from scorecard.pages.parts.session import kept_query
from scorecard.use_cases.open_scorecard import ALL_INVENTED, demonstration_asked

NAME = "Measures that matter"
PAGES = {
    "overview": "Overview",
    "service-area": "Service areas",
    "measure": "Measures",
    "upload": "Upload",
    "completeness": "Completeness",
    "board-pack": "Board pack",
    "about": "Help",
}
EVERY_MEASURE = {"list": "all", "sort": "plan"}  # the menu's way to a measure is the list of all


def bar(here: str) -> None:
    """Draws the bar. here: the path of the page that is shown; '' is the overview."""
    here = here or "overview"
    entries = "".join(f"<li>{_entry(page, page == here)}</li>" for page in PAGES)
    pages = f'<nav aria-label="Pages"><ul>{entries}</ul></nav>'
    strip = f'<p class="sc-demonstration" role="note">{ALL_INVENTED}</p>' if demonstration_asked() else ""
    show(
        Markup(
            f'<div class="sc-bar"><p class="sc-site">{NAME}</p>'
            f'<div class="sc-wide">{pages}</div><details class="sc-narrow"><summary>Menu</summary>{pages}</details>'
            f"</div>{strip}"
        )
    )


def _entry(page: str, current: bool) -> Markup:
    to = "overview" if page == "measure" else page
    query = EVERY_MEASURE if page == "measure" else {}
    drawn = link(PAGES[page], to, **query, **kept_query())
    return Markup(drawn.html.replace("<a ", '<a aria-current="page" ', 1)) if current else drawn
