"""Packs shown: which approved board packs show a figure that is about to change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.periods import parse_period, period_words
from scorecard.use_cases.boards import boards
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

_PUBLISHED = ("approved", "superseded")


@needs(Permission.READ)
def packs_that_show(scorecard: Scorecard, changes: pd.DataFrame) -> pd.Series[Any]:
    """For each revised figure the first approved pack that shows its old value: 'Improvement Board, July 2020'.

    changes: store.CHANGE_COLUMNS. Returns texts on its index, '' where no pack shows the figure. A pack shows what was
    known at its moment, of the months up to its own, for the service areas that its board sees.
    """
    pack_labels = pd.Series("", index=changes.index, dtype="str")
    revised = changes[changes["kind"] == "revised"]
    known = scorecard.store.snapshots()
    known = known[known["state"].isin(_PUBLISHED)].sort_values(["period", "as_known_at"], ascending=False)
    if revised.empty or known.empty:
        return pack_labels
    own = (revised["area"] == scorecard.catalogue.authority.code).to_numpy()
    since = revised["old_recorded_from"]
    for pack in known.to_dict("records"):  # the earliest last, so that it stands
        end = parse_period(str(pack["period"])).end
        name, seen = _board(scorecard, pack["board"])
        shown = own & (revised["period_end"] <= pd.Timestamp(end)).to_numpy()
        shown &= (since.isna() | (since <= pack["as_known_at"])).to_numpy(dtype=bool)
        shown &= np.asarray(revised["measure_id"].isin(seen))
        pack_labels[revised.index[shown]] = f"{name}, {period_words(end)}"
    return pack_labels


def _board(scorecard: Scorecard, board_id: str | None) -> tuple[str, set[str]]:
    """A board's name, and the measures it sees; a board that is no longer listed saw them all."""
    catalogue = scorecard.catalogue
    everything = {measure.id for measure in catalogue.measures}
    board = next((board for board in boards(scorecard).boards if board.id == board_id), None)
    if board is None:
        return str(board_id or "a board"), everything
    return board.name, {measure.id for area in board.areas(catalogue) for measure in area.measures}
