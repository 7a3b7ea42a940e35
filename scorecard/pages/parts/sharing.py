"""What can be taken along: the page as a PDF and a picture, plain text for an e-mail, the page's own address."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from scorecard.core.periods import month_code
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.markup import Markup, joined, paragraph, show
from scorecard.pages.parts.session import fault, scorecard, view_query
from scorecard.use_cases.publish.pack import PackError, working_copy
from scorecard.use_cases.view.measures import View


def page_address(view: View, page: str, **query: str) -> str:
    """The whole address of what is on the page: it names its month, so that the link goes on showing the same."""
    asked = {**query, "month": month_code(view.month.date()), **view_query()}
    here = urlsplit(st.context.url or "")
    base = here.path.rsplit("/", 1)[0]
    return urlunsplit((here.scheme, here.netloc, f"{base}/{page}", urlencode(asked, quote_via=quote), ""))


def mail_link(address: str) -> Markup:
    """A link that opens an e-mail of the reader's own with what is owed. address: a mailto: address."""
    mail_anchor = Markup(f'<a href="{escape(address)}">Write an e-mail about what is missing</a>')
    return paragraph(joined([mail_anchor, "It opens in your own mail program: nothing is sent from here."]))


def copy_link_and_words(email_text: str) -> None:
    """The page's address, and the finding and figures as plain text for an e-mail, each with its copy button."""
    show(paragraph("Link to this page in its month", "sc-label"))
    st.code(email_text.splitlines()[-1], language=None, wrap_lines=True)
    show(paragraph("Words for an e-mail", "sc-label"))
    st.code(email_text, language=None, wrap_lines=True)


def take_page(view: View, area_id: str | None, label: str) -> None:
    """Its pages of a pack as a PDF and as a picture, marked as a working copy; drawn when asked for, kept nowhere.

    area_id: the service area's part of the pack; None: how the whole service stands. label: what it is of.
    """
    show(
        paragraph(
            f"{label} as pages of a board pack, marked as a working copy. This page itself: print it.", "sc-muted"
        )
    )
    for kind, as_picture, media in (("PDF", False, "application/pdf"), ("PNG", True, "image/png")):
        if st.button(f"{label} ({kind})", key=f"take-page-{kind}-{area_id}"):
            with st.spinner("Drawing the page"):
                try:
                    file, content = working_copy(
                        scorecard(), view.month.date(), area_id, view.as_known_at, as_picture=as_picture
                    )
                except PackError as error:
                    fault("The page was not drawn", str(error))
                    return
            download(f"Download {file}", file, media, as_it_is(content), about=area_id)
