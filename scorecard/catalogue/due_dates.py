"""When a measure's figure is due, and whether it came: the one rule of what is owed, for pages, pack and templates.

A figure is due in the months of its measure's frequency, from its start (without one, from the plan's month, or the
first that is known before it) to its retirement, once its due day has come by what was known. It came where there is a
value, or a symbol that says more than that there is none.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scorecard.catalogue.models import Measure
from scorecard.core.periods import FINANCIAL_YEAR_ENDS, month_end

Ints = npt.NDArray[np.int64]
NOTHING_CAME = ("x", ":")  # not available, missing: symbols that stand for a figure still owed
_YEAR = 12


def falls_in(months_between: int, month: int) -> bool:
    """Whether a figure of this frequency falls in a month of the year: quarters end in March, a year too."""
    return month == FINANCIAL_YEAR_ENDS if months_between == _YEAR else month % months_between == 0


def months_since_due(months_between: Ints, month: int) -> Ints:
    """How many months before a month of the year the last period of each frequency ended; 0: in that month."""
    ends = np.where(months_between == _YEAR, FINANCIAL_YEAR_ENDS, 0)
    return np.asarray((month - ends) % months_between, dtype=np.int64)


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


def have_come(figures: pd.DataFrame) -> pd.Series[Any]:
    """Which figures (columns value and symbol) came: [x] and : say that there is none."""
    has_come: pd.Series[Any] = ~(figures["value"].isna() & figures["symbol"].isin(NOTHING_CAME))
    return has_come


def are_expected(rows: pd.DataFrame, known_at: pd.Timestamp | None) -> pd.Series[Any]:
    """Which rows' figures are due, and their due day has come: a row whose figure isn't there owes it.

    rows: as for `are_due`, with due_day (Int64), first_due (the plan's month) and earliest (the measure's first period
    with anything known, NaT for none). known_at: the moment of knowledge; None: every due day has come.
    """
    begins = rows["starts"].fillna(rows[["first_due", "earliest"]].min(axis=1))
    asked: pd.Series[Any] = are_due(rows) & (rows["period_end"] >= begins)
    return asked if known_at is None else asked & have_come_round(due_days(rows), known_at)


def have_come_round(due_on: pd.Series[Any], known_at: pd.Timestamp | None) -> pd.Series[Any]:
    """Which due days (`due_days`) have come by the moment of knowledge; where none is agreed, or it is None, all."""
    come: pd.Series[Any] = ~(due_on > (pd.Timestamp.max if known_at is None else day_of(known_at)))
    return come


def due_days(rows: pd.DataFrame) -> pd.Series[Any]:
    """The due day of the month after; the last day of a month that is too short for it; NaT where none is agreed."""
    following = rows["period_end"] + pd.offsets.MonthEnd(1)
    day = np.minimum(rows["due_day"].fillna(0).astype("int64"), following.dt.day)
    before = following.dt.day - day
    on: pd.Series[Any] = following - pd.Series(pd.to_timedelta(before, unit="D"), index=rows.index)
    return on.where(rows["due_day"].notna())


def day_of(moment: pd.Timestamp) -> pd.Timestamp:
    """The day of a moment, as the catalogue's days are: without a time zone."""
    naive = moment.tz_localize(None) if moment.tzinfo is not None else moment
    return naive.normalize()
