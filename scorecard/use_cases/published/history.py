"""The editions of published files that were imported, and taking one back."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.store import Withdrawal
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard


@needs(Permission.READ)
def editions(scorecard: Scorecard) -> pd.DataFrame:
    """Every edition that was imported, latest first, in store.EDITION_COLUMNS."""
    return scorecard.store.editions.listing().iloc[::-1].reset_index(drop=True)


@needs(Permission.WITHDRAW)
def withdraw_edition(scorecard: Scorecard, extract_id: int, *, when: datetime, reason: str) -> Withdrawal:
    """Takes an edition back: of each figure that it had in force, the newest other edition counts again.

    Raises ValueError without a reason; UnknownExtract, AlreadyWithdrawn and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the edition is withdrawn: the reason is kept with it.")
    return scorecard.store.withdraw(extract_id, bounded("name", scorecard.who), when, bounded("reason", reason))
