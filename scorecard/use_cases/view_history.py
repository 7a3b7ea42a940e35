"""View history: every version of a measure's figures, who sent what and when, and what each extract changed."""

from __future__ import annotations

import pandas as pd

from scorecard.catalogue.observations import plan_observations
from scorecard.use_cases.scorecard import Scorecard
from scorecard.use_cases.view_measures import View


def versions(scorecard: Scorecard, view: View, measure_id: str) -> pd.DataFrame:
    """Every version of every figure of the authority for a measure, latest period first, with the plan's own.

    Columns: the agreed ones and recorded_to (NaT: it still stands).
    """
    stored = scorecard.store.history(measure_id, view.catalogue.authority.code)
    printed = plan_observations(view.catalogue)
    printed = printed[printed["measure_id"] == measure_id]
    still = pd.Series(pd.NaT, index=printed.index, dtype="datetime64[us, UTC]")
    together = pd.concat([printed.assign(recorded_to=still), stored], ignore_index=True)
    order = ["period_end", "recorded_from"]
    return together.sort_values(order, ascending=[False, True], na_position="first", ignore_index=True)


def extracts(scorecard: Scorecard) -> pd.DataFrame:
    """The extracts that were sent, latest first (store.EXTRACT_COLUMNS)."""
    return scorecard.store.extracts().iloc[::-1].reset_index(drop=True)


def changes_of(scorecard: Scorecard, extract_id: int) -> pd.DataFrame:
    """What an extract changed when it was sent (store.CHANGE_COLUMNS). Raises UnknownExtract."""
    return scorecard.store.extract_changes(extract_id, plan_observations(scorecard.catalogue))


def acts(scorecard: Scorecard) -> pd.DataFrame:
    """Who did what, and when: latest first."""
    return scorecard.store.acts().iloc[::-1].reset_index(drop=True)
