"""What of the overview can be taken along."""

from __future__ import annotations

import streamlit as st

from scorecard.pages.parts.download import download
from scorecard.pages.parts.session import scorecard
from scorecard.pages.parts.sharing import copy_link_and_words, page_address, take_page
from scorecard.use_cases.view.email_text import overview_text
from scorecard.use_cases.view.export_assessment import to_csv
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import list_code


def share(view: View) -> None:
    """The link and words for an e-mail of the list that is shown, all measures as CSV, and how the service stands."""
    asked = {name: st.query_params.get(name, "") for name in ("list", "sort", "view")}
    code = list_code(scorecard(), view, asked["list"])
    address = page_address(view, "overview", **{name: value for name, value in asked.items() if value})
    copy_link_and_words(overview_text(scorecard(), view, code, asked["sort"], address))
    download("All measures (CSV)", "measures.csv", "text/csv", lambda _: to_csv(scorecard(), view))
    take_page(view, None, "The whole service")
