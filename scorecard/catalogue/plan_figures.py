"""The figures that the plan itself prints, as observations."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import months_covered, observations_frame


def plan_could_be_read(catalogue: Catalogue, as_known_at: datetime | None) -> bool:
    """Whether the plan was there at a moment (None: now): from its month of publishing, or the end of its figures'."""
    if as_known_at is None:
        return True
    plan = catalogue.plan
    since = plan.published.replace(day=1) if plan.published else plan.actuals
    return as_known_at.astimezone().date() >= since


def plan_observations(catalogue: Catalogue, as_known_at: datetime | None = None) -> pd.DataFrame:
    """The July 2020 actuals that the plan prints, as observations of origin 'plan'; none before the plan was there.

    Only figures with a value or a symbol; an undated baseline is a level, never an observation.
    """
    end = catalogue.plan.actuals
    readable = plan_could_be_read(catalogue, as_known_at)
    rows = [
        {
            "measure_id": measure.id,
            "area": catalogue.authority.code,
            "period_end": pd.Timestamp(end),
            "months": months_covered(measure.accumulation, end, measure.year_starts),
            "value": figure.value,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "symbol": figure.symbol,
            "origin": "plan",
        }
        for measure in (catalogue.measures if readable else ())
        if (figure := measure.july_2020) is not None and (figure.value is not None or figure.symbol is not None)
    ]
    return observations_frame(pd.DataFrame(rows))
