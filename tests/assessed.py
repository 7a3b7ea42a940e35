"""The assessment with its words, as pages, pack and terminal have it."""

from __future__ import annotations

import pandas as pd

from scorecard.analysis.assessment import assess as figures
from scorecard.analysis.assessment.assess import Assessment
from scorecard.catalogue.models import Catalogue
from scorecard.narrative.measure import with_words


def assess(
    catalogue: Catalogue,
    observations: pd.DataFrame,
    month: pd.Timestamp | None = None,
    known_at: pd.Timestamp | None = None,
) -> Assessment:
    """analysis.assessment.assess, and narrative's words beside its figures."""
    return with_words(figures.assess(catalogue, observations, month, known_at))
