"""Checks that no figure stands years away by a slip: 2002-08 among 2020-08, or a whole file of another year."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from scorecard.core.periods import month_words
from scorecard.extract.findings import faults
from scorecard.extract.parse.rows import Reading

FAR = 12  # months: further from the rest than this is asked about
_SLIP = "If the year is a slip, mend it; if it is right, say so."


def far_periods(reading: Reading) -> pd.DataFrame:
    """Periods further than a year from the file's others, and a file further than a year from what is known.

    One finding for each period that stands apart; one for all of the file's own figures where its months, as a whole,
    lie more than a year from the last that is known of its measures for the authority.
    """
    rows = reading.figures
    rows = rows[rows["result"].notna() | (rows["mark"] != "")]
    if rows.empty:
        return faults("far-period", rows, "", "")
    apart = _apart(rows)
    parts = [_apart_from_the_file(reading, rows, apart), _far_from_the_known(reading, rows[~apart])]
    return pd.concat(parts, ignore_index=True)


def _month_number(ends: pd.Series[Any]) -> pd.Series[Any]:
    numbers: pd.Series[Any] = ends.dt.year * 12 + ends.dt.month
    return numbers


def _apart(rows: pd.DataFrame) -> pd.Series[Any]:
    """Which figures' months lie apart from most: months form groups wherever more than a year lies between two."""
    months = _month_number(rows["period_end"])
    counts = months.value_counts().sort_index()
    longest = max(FAR, int(rows["months"].max()))
    group = (counts.index.to_series().diff() > longest).cumsum()
    sizes = counts.groupby(group.to_numpy()).sum()
    largest = sizes[sizes == sizes.max()].index[-1]  # of equals the latest
    apart: pd.Series[Any] = months.map(group) != largest
    return apart


def _apart_from_the_file(reading: Reading, rows: pd.DataFrame, apart: pd.Series[Any]) -> pd.DataFrame:
    """One finding for each month that stands apart, at the first row that has it."""
    rest = rows.loc[~apart, "period_end"]
    first = rows.loc[apart].drop_duplicates("period_end")
    remedy = f"The file's other figures are {_span(rest)}. {_SLIP}"
    return _findings(reading, first, remedy)


def _far_from_the_known(reading: Reading, rows: pd.DataFrame) -> pd.DataFrame:
    """One finding where all of the authority's own figures lie more than a year from the last that is known."""
    own = reading.catalogue.authority.code
    rows, known = rows[rows["area_code"] == own], reading.known.observations
    known = known[(known["area"] == own) & known["measure_id"].isin(rows["measure_id"].unique())]
    if rows.empty or known.empty:
        return faults("far-period", rows[:0], "", "")
    sent = (
        known[known["origin"] != "plan"] if "origin" in known else known
    )  # the plan's own figures only where nothing was sent yet
    last = (known if sent.empty else sent)["period_end"].max()
    distance = np.abs(_month_number(rows["period_end"]) - (last.year * 12 + last.month))
    far = rows[:1] if distance.min() > FAR else rows[:0]
    remedy = f"The last figure known of these measures is of {month_words(last.date())}. {_SLIP}"
    return _findings(reading, far, remedy)


def _findings(reading: Reading, rows: pd.DataFrame, remedy: str) -> pd.DataFrame:
    found = pd.Series([month_words(end.date()) for end in rows["period_end"]], index=rows.index, dtype="str")
    label = reading.label("period", reading.rows.loc[rows.index])
    return faults("far-period", rows, label, found, remedy)


def _span(ends: pd.Series[Any]) -> str:
    first, last = (month_words(end.date()) for end in (ends.min(), ends.max()))
    return f"of {first}" if first == last else f"of {first} to {last}"
