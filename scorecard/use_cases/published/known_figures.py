"""The published figures that are known, shipped or imported: of each cell the newest edition."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.observations import OBSERVATION_KEY
from scorecard.store import newest_edition
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.published.reference import load_reference


@needs(Permission.READ)
def first_figures(
    scorecard: Scorecard, known: pd.DataFrame, areas: Collection[str], as_known_at: datetime | None = None
) -> pd.DataFrame:
    """Of each known cell of some areas what the earliest known edition prints, in store.PUBLISHED_COLUMNS.

    known: of `known_figures`. None where no edition is loaded. Raises MappingError, UnusableScorecard, StoreError.
    """
    figure_ids = sorted(known["measure_id"].unique())
    shipped = load_reference(scorecard).shipped_figures(figure_ids)
    shipped = shipped[shipped["area"].isin(areas).to_numpy(dtype=bool)]
    printed = scorecard.store.editions.printed(figure_ids, areas, known["period_end"].drop_duplicates(), as_known_at)
    if scorecard.demonstration or printed.empty:
        return shipped.iloc[:0]
    together = pd.concat([shipped, printed], ignore_index=True).sort_values("edition", kind="stable")
    return together.drop_duplicates(OBSERVATION_KEY).reset_index(drop=True)


@needs(Permission.READ)
def known_figures(
    scorecard: Scorecard, figure_ids: Collection[str], as_known_at: datetime | None = None
) -> pd.DataFrame:
    """The figures known at a moment (None: now), in store.PUBLISHED_COLUMNS, sorted; none beside invented figures.

    What ships is always known, as the plan's figures are. Raises MappingError, UnusableScorecard, StoreError.
    """
    shipped = load_reference(scorecard).shipped_sorted(tuple(sorted(figure_ids)))
    if scorecard.demonstration:
        return shipped.iloc[:0]
    imported = scorecard.store.editions.figures(figure_ids, as_known_at)
    return shipped if imported.empty else newest_edition(shipped, imported)
