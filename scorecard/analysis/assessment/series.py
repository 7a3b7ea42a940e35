"""The authority's own series, as the assessment reads them: which rows belong, and the latest figure of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints, month_numbers
from scorecard.core.numbers import RATES
from scorecard.core.observations import MONTHS_OF_ACCUMULATION, PROVISIONAL

YEAR_STARTS_IN_MONTH = 4  # April: the financial year of an English council
# Units that add up over a year; a share or an average does not, so its target is the same all year.
UNITS_THAT_ADD_UP = ("number", *RATES, "days")

_MONTHS_APART = 1 << 20  # more months than any calendar here has: packs a measure and a month into one number


def reporting_month(observations: pd.DataFrame, area: str) -> pd.Timestamp | None:
    """The latest month that any figure of the area has, or None where it has none."""
    ends = observations.loc[(observations["area"] == area).to_numpy(dtype=bool), "period_end"]
    return None if ends.empty else pd.Timestamp(ends.max())


def adds_up(measures: pd.DataFrame) -> Flags:
    """Which measures are counts since the year's start, so that their line restarts and their target grows."""
    to_date = (measures["accumulation"] == "year_to_date").to_numpy(dtype=bool)
    return to_date & measures["unit"].isin(UNITS_THAT_ADD_UP).to_numpy(dtype=bool)


def expected_months(measures: pd.DataFrame, measure_row: npt.NDArray[np.intp], months: Ints) -> Ints:
    """How many months each figure should cover, by its measure's accumulation; since April where it is a year to date.

    measure_row: each row's place in measures. months: the month each row ends in, as month_numbers counts.
    """
    to_date = (measures["accumulation"] == "year_to_date").to_numpy(dtype=bool)
    from_april = to_date & (measures["year_starts"] != "unknown").to_numpy(dtype=bool)
    covered = np.array([MONTHS_OF_ACCUMULATION.get(word, 1) for word in measures["accumulation"]], dtype=np.int64)
    since_april = (months + 1 - YEAR_STARTS_IN_MONTH) % 12 + 1
    return np.where(from_april[measure_row], since_april, covered[measure_row])


def own_series(measures: pd.DataFrame, observations: pd.DataFrame, area: str, month: pd.Timestamp) -> pd.DataFrame:
    """The area's rows that make up each measure's own series, up to a month, sorted by measure and month.

    measures: catalogue.frames.measures_frame. observations: the agreed frame. A row belongs where it covers as many
    months as the measure's accumulation says, or as lie between two of its figures ('2020-21 Q1' of a quarterly
    measure); of two rows of one month the former stands. Added columns: provisional (bool: marked [p], or so new that
    the measure's `settles_after` says it is still being recorded); in_month (what a count since the year's start
    gained in the month, by difference; NaN for all others).
    """
    asked = ((observations["area"] == area) & (observations["period_end"] <= month)).to_numpy(dtype=bool)
    measure_row = pd.Index(measures["measure_id"]).get_indexer(observations["measure_id"])
    chosen = np.flatnonzero(asked & (measure_row >= 0))
    rows, measure_row = observations.iloc[chosen], measure_row[chosen]
    months = month_numbers(rows["period_end"])
    covers = rows["months"].to_numpy(dtype=np.int64)
    expected = covers == expected_months(measures, measure_row, months)
    plain = ~measures["accumulation"].isin(["rolling_12_months", "year_to_date"]).to_numpy(dtype=bool)
    between = np.where(plain, measures["months_between"].to_numpy(dtype=np.int64), 0)
    fits = expected | (covers == between[measure_row])
    alphabetical = np.argsort(np.argsort(measures["measure_id"].to_numpy(dtype=object), kind="stable"), kind="stable")
    order = np.lexsort((expected, months, alphabetical[measure_row]))
    order = order[fits[order]]
    last_of_month = np.append((np.diff(measure_row[order]) != 0) | (np.diff(months[order]) != 0), True)[: len(order)]
    order = order[last_of_month]
    rows, measure_row, months = rows.iloc[order].reset_index(drop=True), measure_row[order], months[order]
    settles_after = measures["settles_after"].to_numpy(dtype=np.int64)[measure_row]
    now = month.year * 12 + month.month - 1 - 1970 * 12
    marked = (rows["symbol"] == PROVISIONAL).to_numpy(dtype=bool, na_value=False)
    in_month = _by_difference(measures, rows, measure_row, months)
    series: pd.DataFrame = rows.assign(provisional=marked | (now - months < settles_after), in_month=in_month)
    return series


def _by_difference(measures: pd.DataFrame, rows: pd.DataFrame, measure_row: Ints, months: Ints) -> Floats:
    """What each count since the year's start gained in its month: April's is the count itself.

    NaN where the month before is missing, and where a count from an unknown start fell: it may have started again.
    """
    value = rows["value"].to_numpy(dtype=np.float64)
    follows = np.append(False, (np.diff(measure_row) == 0) & (np.diff(months) == 1))[: len(rows)]
    gained = np.where(follows, value - np.append(np.nan, value[:-1])[: len(rows)], np.nan)
    unknown = (measures["year_starts"] == "unknown").to_numpy(dtype=bool)[measure_row]
    first = ((months + 1) % 12 == YEAR_STARTS_IN_MONTH) & ~unknown
    gained = np.where(first, value, np.where(unknown & (gained < 0), np.nan, gained))
    return np.where(adds_up(measures)[measure_row], gained, np.nan)


def latest_figures(measure_ids: pd.Series, series: pd.DataFrame) -> pd.DataFrame:
    """The latest figure of each measure, one row a measure, on the index of measure_ids.

    series: as own_series gives it. Columns: value, numerator, denominator, symbol, period_end, months, origin,
    extract_id, provisional, in_month_value (of the latest row with a value; symbol and period_end of the latest row of
    all as received_symbol and received_end); previous_value, previous_end (the row with a value before it);
    last_year_value, last_year_end, last_year_change (the figure of the same month a year before, that covers as many
    months, and the latest value − it);
    settled_value, settled_end, settled_months and settled_previous, settled_previous_end, settled_previous_months (the
    latest that is not provisional, and the one before it).
    """
    measure_row = pd.Index(measure_ids).get_indexer(series["measure_id"])
    has_value = series["value"].notna().to_numpy(dtype=bool)
    settled = has_value & ~series["provisional"].to_numpy(dtype=bool)
    latest, previous = _last_two(measure_row, has_value, len(measure_ids))
    last_settled, settled_before = _last_two(measure_row, settled, len(measure_ids))
    received, _ = _last_two(measure_row, np.ones(len(series), dtype=np.bool_), len(measure_ids))
    taken_columns = ("value", "numerator", "denominator", "symbol", "period_end", "months", "origin", "extract_id")
    columns = {name: take_rows(series[name], latest) for name in taken_columns}
    columns["provisional"] = take_rows(series["provisional"], latest)
    columns["in_month_value"] = take_rows(series["in_month"], latest)
    columns["previous_value"] = take_rows(series["value"], previous)
    columns["previous_end"] = take_rows(series["period_end"], previous)
    year_before = _a_year_before(measure_row, series, latest)
    columns["last_year_value"] = take_rows(series["value"], year_before)
    columns["last_year_end"] = take_rows(series["period_end"], year_before)
    columns["last_year_change"] = columns["value"] - columns["last_year_value"]
    for name, rows in (("settled", last_settled), ("settled_previous", settled_before)):
        columns["settled_value" if name == "settled" else name] = take_rows(series["value"], rows)
        columns[f"{name}_end"] = take_rows(series["period_end"], rows)
        columns[f"{name}_months"] = take_rows(series["months"], rows)
    columns["received_symbol"] = take_rows(series["symbol"], received)
    columns["received_end"] = take_rows(series["period_end"], received)
    return pd.DataFrame(columns, index=measure_ids.index)


def _a_year_before(measure_row: npt.NDArray[np.intp], series: pd.DataFrame, latest: Ints) -> Ints:
    """The row of each measure twelve months before its latest one, with a value and as many months; −1: none."""
    rows = np.flatnonzero((measure_row >= 0) & series["value"].notna().to_numpy(dtype=bool))
    months, covers = month_numbers(series["period_end"]), series["months"].to_numpy(dtype=np.int64)
    asked = np.flatnonzero(latest >= 0)
    before = pd.MultiIndex.from_arrays([asked, months[latest[asked]] - 12, covers[latest[asked]]])
    at = pd.MultiIndex.from_arrays([measure_row[rows], months[rows], covers[rows]]).get_indexer(before)
    there = np.full(len(latest), -1)
    there[asked] = np.where(at >= 0, np.append(rows, -1)[at], -1)
    return there


def _last_two(measure_row: npt.NDArray[np.intp], chosen: Flags, measures: int) -> tuple[Ints, Ints]:
    """The last and the last but one of the chosen rows of each measure; −1 where there is none."""
    rows = np.flatnonzero(chosen & (measure_row >= 0))
    measure_index = measure_row[rows]
    last, before = np.full(measures, -1), np.full(measures, -1)
    last[measure_index] = rows  # of several, the last one stays
    followed = measure_index[:-1] == measure_index[1:]
    before[measure_index[:-1][followed]] = rows[:-1][followed]
    return last, before


def take_rows(column: pd.Series, rows: Ints) -> Any:
    """A column's entries at rows; −1 is missing (False for flags; whole numbers become Int64)."""
    if column.dtype == np.bool_:
        return np.append(column.to_numpy(), False)[rows]
    array = column.astype("Int64").array if column.dtype == np.int64 else column.array
    return array.take(rows, allow_fill=True)


def rows_in_force(targets: pd.DataFrame, measure_ids: pd.Series, months: pd.Series) -> Ints:
    """Which row of targets is in force for each measure in each month; −1 where none is.

    In force is the last whose `from` is not after the month. targets: catalogue.frames.targets_frame.
    """
    names = pd.Index(targets["measure_id"].unique())
    of_target = names.get_indexer(targets["measure_id"]).astype(np.int64)
    since = np.maximum(month_numbers(targets["target_from"]), -_MONTHS_APART // 2 + 1)
    packed = of_target * _MONTHS_APART + since
    order = np.argsort(packed, kind="stable")
    of_asked = names.get_indexer(measure_ids).astype(np.int64)
    month = np.maximum(month_numbers(months), -_MONTHS_APART // 2)
    at = np.searchsorted(packed[order], of_asked * _MONTHS_APART + month, side="right") - 1
    rows = np.append(order, -1)[at]
    same_measure = np.append(of_target, -2)[rows] == of_asked
    return np.where(same_measure & (of_asked >= 0), rows, -1)


def targets_in_force(targets: pd.DataFrame, measure_ids: pd.Series, months: pd.Series) -> pd.DataFrame:
    """The target in force for each measure in each month: the last whose `from` is not after it.

    targets: catalogue.frames.targets_frame. Returns its columns but measure_id, on the index of measure_ids; missing
    where no target is in force.
    """
    rows = rows_in_force(targets, measure_ids, months)
    columns = {str(name): take_rows(targets[name], rows) for name in targets.columns if name != "measure_id"}
    return pd.DataFrame(columns, index=measure_ids.index)
