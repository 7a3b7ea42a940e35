"""The figures that the plan itself prints, as observations."""

from __future__ import annotations

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import months_covered, observations_frame


def plan_observations(catalogue: Catalogue) -> pd.DataFrame:
    """The July 2020 actuals that the plan prints, as observations of origin 'plan'.

    Only figures with a value or a symbol; an undated baseline is a level, never an observation.
    """
    end = catalogue.plan.actuals
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
        for measure in catalogue.measures
        if (figure := measure.july_2020) is not None and (figure.value is not None or figure.symbol is not None)
    ]
    return observations_frame(pd.DataFrame(rows))
