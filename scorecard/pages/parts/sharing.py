"""What can be taken along: an area's pages as a PDF, plain text for an e-mail, the page's own address."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from scorecard.core.periods import month_code
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.markup import Markup, joined, paragraph, show
from scorecard.pages.parts.session import fault, kept_query, scorecard
from scorecard.use_cases.publish.pack import PackError, working_copy
from scorecard.use_cases.view.measures import View


def page_address(view: View, page: str, **query: str) -> str:
    """The whole address of what is on the page: it names its month, so that the link goes on showing the same."""
    asked = {**query, "month": month_code(view.month.date()), **kept_query()}
    here = urlsplit(st.context.url or "")
    base = here.path.rsplit("/", 1)[0]
    return urlunsplit((here.scheme, here.netloc, f"{base}/{page}", urlencode(asked, quote_via=quote), ""))


def mail_link(address: str) -> Markup:
    """A link that opens an e-mail of the reader's own with what is owed. address: a mailto: address."""
    words = Markup(f'<a href="{escape(address)}">Write an e-mail with what is owed</a>')
    return paragraph(joined([words, "It opens in your own mail program: nothing is sent from here."]))


def copy_link_and_words(words: str) -> None:
    """The page's address, and the finding and figures as plain text for an e-mail, each with its copy button."""
    show(paragraph("Link to this page in its month", "sc-label"))
    st.code(words.splitlines()[-1], language=None, wrap_lines=True)
    show(paragraph("Words for an e-mail", "sc-label"))
    st.code(words, language=None, wrap_lines=True)


def print_area(view: View, area_id: str) -> None:
    """The area's part of the pack as a PDF, marked as a working copy; drawn when it is asked for, kept nowhere."""
    name = view.catalogue.service_area(area_id).name
    if st.button(f"PDF of {name}", key=f"print-{area_id}"):
        with st.spinner("Drawing the pages"):
            try:
                file, content = working_copy(scorecard(), view.month.date(), area_id, view.as_known_at)
            except PackError as error:
                fault("The pages were not drawn", str(error))
                return
        download(f"Download {file}", file, "application/pdf", as_it_is(content), about=area_id)
