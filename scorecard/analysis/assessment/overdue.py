"""Owed: whether the last figure due by the reporting month has come. The rule itself is that of catalogue.due_dates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, month_ends, month_numbers
from scorecard.catalogue.due_dates import are_expected, have_come, months_since_due

MONTHS = 100_000  # more than any month's number: measure × MONTHS + month tells a figure


def overdue(
    measures: pd.DataFrame,
    figures: pd.DataFrame,
    month: pd.Timestamp,
    plan_month: pd.Timestamp,
    known_at: pd.Timestamp | None = None,
) -> Flags:
    """Which measures owe the last figure that was due by the reporting month, in the order of measures.

    measures: catalogue.frames.measures_frame. figures: the authority's own in force: measure_id, period_end, value,
    symbol. known_at: the moment of knowledge; of what is due only later, the figure before it is asked for.
    """
    measure_row = pd.Index(measures["measure_id"]).get_indexer(figures["measure_id"])
    figures, measure_row = figures[measure_row >= 0], measure_row[measure_row >= 0]
    months = month_numbers(figures["period_end"])
    earliest = np.full(len(measures), np.iinfo(np.int64).max)
    np.minimum.at(earliest, measure_row, months)
    received = have_come(figures).to_numpy(dtype=bool)
    now = month.year * 12 + month.month - 1 - 1970 * 12
    between = measures["months_between"].to_numpy(dtype=np.int64)
    back = months_since_due(between, month.month)
    due = np.concatenate([now - back, now - back - between])  # the last one due, and the one before it
    twice = pd.concat([measures[["months_between", "due_day", "starts", "retired"]]] * 2, ignore_index=True)
    asked = are_expected(_rows(twice, due, np.tile(earliest, 2), plan_month), known_at).to_numpy(dtype=bool)
    measure_index = np.tile(np.arange(len(measures)), 2)
    owes = asked & ~np.isin(measure_index * MONTHS + due, measure_row[received] * MONTHS + months[received])
    last, before = np.split(owes, 2)
    return np.asarray(np.where(np.split(asked, 2)[0], last, before), dtype=bool)


def _rows(measures: pd.DataFrame, due: np.ndarray, earliest: np.ndarray, plan_month: pd.Timestamp) -> pd.DataFrame:
    known = earliest < np.iinfo(np.int64).max
    return measures.assign(
        period_end=_ends(due),
        first_due=plan_month,
        earliest=_ends(np.where(known, earliest, 0)).where(known),
    )


def _ends(months: np.ndarray) -> pd.Series:
    """The last day of months counted from January 1970, as the observations have it."""
    return pd.Series(month_ends(months)).astype("datetime64[us]")
