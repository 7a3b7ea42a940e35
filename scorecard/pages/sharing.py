"""What can be taken along: plain text for an e-mail, with a copy button and the page's own address."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from scorecard.catalogue.periods import month_code
from scorecard.pages.markup import paragraph, show
from scorecard.pages.session import kept_query
from scorecard.use_cases.view_measures import View


def page_address(view: View, page: str, **query: str) -> str:
    """The whole address of what is on the page: it names its month, so that the link goes on showing the same."""
    asked = {**query, "month": month_code(view.month.date()), **kept_query()}
    here = urlsplit(st.context.url or "")
    base = here.path.rsplit("/", 1)[0]
    return urlunsplit((here.scheme, here.netloc, f"{base}/{page}", urlencode(asked, quote_via=quote), ""))


def copy_for_email(words: str) -> None:
    """The text with its copy button."""
    st.header("Copy for an e-mail", anchor="copy")
    show(
        paragraph("The button in the corner copies all of it. The link opens this page in the same month.", "sc-muted")
    )
    st.code(words, language=None, wrap_lines=True)
