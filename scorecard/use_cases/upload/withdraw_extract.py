"""Take an extract back: see what that undoes, say why, and it is undone."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.assessment.assess import assess
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.bounds import bounded
from scorecard.core.observations import OBSERVATION_KEY, latest_known, observations_frame
from scorecard.store import FIGURE, Withdrawal
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.affected_packs import packs_that_show
from scorecard.use_cases.upload.submit_extract import effects_of
from scorecard.use_cases.view.measures import View, areas_shown, view_measures


@dataclass(frozen=True)
class WithdrawalPreview:
    """What taking an extract back would undo.

    changes: a row a figure (store.CHANGE_COLUMNS; removed where no other extract has it, and `packs`).
    effects: what it does to status, variation and assurance. known_at: the store's last change when it was made.
    """

    extract_id: int
    changes: pd.DataFrame
    effects: pd.DataFrame
    known_at: datetime | None

    @property
    def sha256(self) -> str:
        """A hash of all that a yes to this preview is to."""
        state = self.known_at.isoformat() if self.known_at else None
        return sha256(json.dumps(["withdraw", self.extract_id, state]).encode()).hexdigest()


@needs(Permission.WITHDRAW)
def preview_withdrawal(
    scorecard: Scorecard, extract_id: int, *, when: datetime, view: View | None = None
) -> WithdrawalPreview:
    """What taking an extract back would undo; nothing is changed.

    Raises UnknownExtract, AlreadyWithdrawn, StoreError.
    """
    known_at = scorecard.store.last_change()
    changes = _plans_figures_again(scorecard.store.withdrawal_of(extract_id, when), scorecard.catalogue)
    view = view or view_measures(scorecard)
    return WithdrawalPreview(
        extract_id=extract_id,
        changes=changes.assign(packs=packs_that_show(scorecard, changes)),
        effects=effects_of(view, _without(view, changes)),
        known_at=known_at,
    )


@needs(Permission.WITHDRAW)
def withdraw_extract(
    scorecard: Scorecard,
    extract_id: int,
    *,
    when: datetime,
    reason: str,
    preview: WithdrawalPreview | None = None,
) -> Withdrawal:
    """Takes an extract back, with a reason: the latest extract not withdrawn counts again.

    preview: what the person who says yes has seen. Raises ValueError without a reason; StoreChanged where somebody
    changed the store since the preview; UnknownExtract, AlreadyWithdrawn and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the extract is withdrawn: the reason is kept with it.")
    seen = {} if preview is None else {"unless_changed_since": preview.known_at}
    return scorecard.store.withdraw(extract_id, bounded("name", scorecard.who), when, bounded("reason", reason), **seen)


def _plans_figures_again(changes: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """What a withdrawal changes, where a figure that no other extract has is again the one that the plan prints."""
    printed = plan_observations(catalogue)[[*OBSERVATION_KEY, *FIGURE]]
    both = changes.merge(printed, on=OBSERVATION_KEY, how="left", indicator="found")
    again = ((both["kind"] == "removed") & (both["found"] == "both")).to_numpy(dtype=bool)
    for name in FIGURE:
        both.loc[again, f"new_{name}"] = both.loc[again, name]
    return both.assign(kind=both["kind"].mask(again, "revised"))[list(changes.columns)]


def _without(view: View, changes: pd.DataFrame) -> View:
    """The view as it would be after what a withdrawal changes."""
    if changes.empty:
        return view
    touched = pd.MultiIndex.from_frame(view.observations[OBSERVATION_KEY])
    rest = view.observations[~touched.isin(pd.MultiIndex.from_frame(changes[OBSERVATION_KEY]))]
    back = changes[changes["kind"] != "removed"]
    figures = back[[*OBSERVATION_KEY, *[f"new_{name}" for name in FIGURE]]]
    figures = observations_frame(figures.rename(columns=lambda name: name.removeprefix("new_")))
    known = latest_known(rest, figures[figures["area"].isin(areas_shown(view.catalogue))])
    known_at = None if view.known_at is None else pd.Timestamp(view.known_at)
    assessed = assess(view.catalogue, known, known_at=known_at)
    return replace(view, known=replace(view.known, observations=known, memo={}), assessment=assessed, memo={})
