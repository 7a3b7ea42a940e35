"""The comparison that a page asks for, worked out once for all sessions until the store or the catalogue changes."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from scorecard.pages.parts.session import scorecard
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.published.compare import compare_published
from scorecard.use_cases.published.comparison import Comparison, Middle
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.shared import figures_version


@st.cache_resource(max_entries=24, show_spinner=False)
def _comparison(
    _opened: Scorecard, key: tuple[str, ...], edition: str | None, as_known_at: datetime | None, middle: Middle,
    measure_id: str | None,
) -> Comparison:  # fmt: skip
    del key
    return compare_published(_opened, None if measure_id is None else [measure_id], edition, as_known_at).by(middle)


def comparison_for(
    view: View, edition: str | None = None, middle: str = "mean", measure_id: str | None = None
) -> Comparison:
    """How a measure compares (None: each that is published), at the view's moment.

    edition: a neighbours' list for all years; None: by rule. middle: 'median' for that of the neighbours; else their
    mean. Raises MappingError, UnusableScorecard, StoreError.
    """
    opened = scorecard()
    chosen: Middle = "median" if middle == "median" else "mean"
    return _comparison(opened, figures_version(opened), edition, view.as_known_at, chosen, measure_id)
