"""Stored figures as a catalogue reads them: under the ids that measures have now, of the present definition alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import OBSERVATION_KEY, observations_frame
from scorecard.store import Store


def stored_figures(
    store: Store,
    catalogue: Catalogue,
    *,
    as_known_at: datetime | None = None,
    areas: Collection[str] | None = None,
    to_period: date | None = None,
    measure_ids: Collection[str] | None = None,
) -> pd.DataFrame:
    """The observations in force at a moment (None: now), read by a catalogue. Raises StoreError.

    measure_ids: of some measures only, by their present ids, so that as much is read as is wanted.

    A measure with `formerly` has the figures of its former id; of a month reported under both, the later report
    stands. Months before a measure's definition break are left out: they count something else.
    """
    known = store.observations(
        as_known_at=as_known_at,
        areas=areas,
        to_period=to_period,
        measure_ids=None if measure_ids is None else _with_former(measure_ids, catalogue),
    )
    stored = observations_frame(known)
    renamed = under_present_ids(stored, catalogue)
    if renamed is not stored:
        latest = renamed.sort_values("recorded_from", kind="stable").drop_duplicates(OBSERVATION_KEY, keep="last")
        renamed = latest.sort_values(OBSERVATION_KEY, ignore_index=True)
    return of_present_definition(renamed, catalogue)


def _with_former(measure_ids: Collection[str], catalogue: Catalogue) -> set[str]:
    former = {measure.formerly for measure in catalogue.measures if measure.formerly and measure.id in measure_ids}
    return {*measure_ids, *former}


def under_present_ids(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations with former ids replaced by those that the measures have now; the same frame where none is."""
    former = {measure.formerly: measure.id for measure in catalogue.measures if measure.formerly}
    if not observations["measure_id"].isin(former.keys()).any():
        return observations
    return observations.assign(measure_id=observations["measure_id"].replace(former))


def of_present_definition(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations without those of months before their measure's definition break."""
    begins = {
        measure.id: pd.Timestamp(measure.definition_break.from_month)
        for measure in catalogue.measures
        if measure.definition_break is not None and measure.definition_break.from_month is not None
    }
    if not begins:
        return observations
    first = pd.to_datetime(observations["measure_id"].map(begins))
    return observations[~(observations["period_end"] < first)].reset_index(drop=True)
