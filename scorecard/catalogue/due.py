"""When a measure's figure is due: between its start and its retirement, in the months of its frequency."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scorecard.catalogue.models import Measure
from scorecard.catalogue.periods import FINANCIAL_YEAR_ENDS, month_end

_YEAR = 12


def falls_in(months_between: int, month: int) -> bool:
    """Whether a figure of this frequency falls in a month of the year: quarters end in March, a year too."""
    return month == FINANCIAL_YEAR_ENDS if months_between == _YEAR else month % months_between == 0


def is_due(measure: Measure, period: date) -> bool:
    """Whether a measure's figure is due for the month that a day lies in."""
    end = month_end(period)
    begun = measure.starts is None or measure.starts <= end
    ended = measure.retired is not None and measure.retired < end
    return begun and not ended and falls_in(measure.months_between, end.month)


def are_due(rows: pd.DataFrame) -> pd.Series[Any]:
    """`is_due` for rows with columns period_end, starts, retired (NaT where open) and months_between."""
    month = rows["period_end"].dt.month.fillna(FINANCIAL_YEAR_ENDS).astype("int64")
    between = rows["months_between"].fillna(1).astype("int64")
    falls = np.where(between == _YEAR, month == FINANCIAL_YEAR_ENDS, month % between == 0)
    due: pd.Series[Any] = ~(rows["starts"] > rows["period_end"]) & ~(rows["retired"] < rows["period_end"]) & falls
    return due
