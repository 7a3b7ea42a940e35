"""Export measures and observations as tables: what is measured, and every figure as known at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.observations import OBSERVATION_COLUMNS, latest_known
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.stored_figures import of_present_definition, stored_figures
from scorecard.use_cases.view.measures import areas_shown

MEASURE_COLUMNS = (
    "measure_id", "service_area_id", "service_area", "name", "definition", "plan_wording", "kind", "unit", "decimals",
    "polarity", "accumulation", "months_between", "supplied_by", "starts", "retired", "pair", "tolerance", "maximum",
    "baseline", "baseline_printed", "july_2020", "july_2020_printed",
    "statistical_neighbour", "regional", "national",
)  # fmt: skip
FIGURE_COLUMNS = tuple(OBSERVATION_COLUMNS)


def exported_measures(catalogue: Catalogue, service_area_id: str | None = None) -> pd.DataFrame:
    """One row a measure, in the plan's order, in MEASURE_COLUMNS, months as '2020-07'; one service area or all."""
    table = measures_frame(catalogue)
    table = table.assign(
        definition=[measure.definition for measure in catalogue.measures],
        plan_wording=[measure.plan_wording for measure in catalogue.measures],
        starts=_month_codes(table["starts"]),
        retired=_month_codes(table["retired"]),
    )
    if service_area_id is not None:
        table = table[table["service_area_id"] == service_area_id]
    return table[list(MEASURE_COLUMNS)].reset_index(drop=True)


@needs(Permission.READ)
def exported_observations(
    scorecard: Scorecard,
    catalogue: Catalogue,
    *,
    measure_ids: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    first: date | None = None,
    last: date | None = None,
    as_known_at: datetime | None = None,
) -> pd.DataFrame:
    """The figures known at a moment (None: now), the plan's and those that were sent, in FIGURE_COLUMNS.

    Sorted by measure, area, month and months covered; period_end as '2020-07', recorded_from as a text in UTC.
    catalogue: the one in force then. measure_ids, areas: some of them (None: all; areas: all that a view has). first,
    last: any day of the first and the last month. Raises StoreError.
    """
    wanted = areas_shown(catalogue) if areas is None else areas
    stored = stored_figures(
        scorecard.store, catalogue, as_known_at=as_known_at, areas=wanted, to_period=last, measure_ids=measure_ids
    )
    known = latest_known(of_present_definition(plan_observations(catalogue), catalogue), stored)
    chosen = known["area"].isin(list(wanted))
    if measure_ids is not None:
        chosen &= known["measure_id"].isin(list(measure_ids))
    months = known["period_end"].dt.year * 12 + known["period_end"].dt.month
    if first is not None:
        chosen &= months >= first.year * 12 + first.month
    if last is not None:
        chosen &= months <= last.year * 12 + last.month
    observations = known[chosen].reset_index(drop=True)
    moments = observations["recorded_from"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").astype("str")
    return observations.assign(period_end=_month_codes(observations["period_end"]), recorded_from=moments)


def _month_codes(column: pd.Series) -> pd.Series:
    codes: pd.Series = column.dt.strftime("%Y-%m").astype("str")
    return codes
