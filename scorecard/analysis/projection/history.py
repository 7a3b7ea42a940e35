"""Observations as the matrix that projections are made from: which figures count, and what kind of measure they are."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.arrays import NO_MONTH, Flags, month_numbers
from scorecard.analysis.projection.matrix import Matrix
from scorecard.core.numbers import RATES
from scorecard.core.observations import PROVISIONAL

SERIES = ["measure_id", "area"]

MOVING, STEADY, STOCK = "moving", "steady", "stock"
"""How a measure is carried on: as any series; as a month's share or count, which stays near its mean; as what stands at
each month's end, which stays where it is."""

STEADY_UNITS = ("percent", "number", *RATES)


class History(NamedTuple):
    """The figures that count, a row a series, sorted by measure_id and area."""

    keys: pd.DataFrame
    """measure_id, area."""
    points: NDArray[np.int64]
    """How many figures each has."""
    last: NDArray[np.int64]
    """The month of its last figure, as month_numbers counts."""
    values: Matrix
    """Series × months, each row's last value in the last column; months without a figure are NaN."""
    denominators: Matrix
    """The same of the figures' denominators, where the observations have them."""
    about: pd.DataFrame
    """accumulation, unit, maximum and rebase of each series; missing where the settings don't say."""
    way: NDArray[np.str_]
    """MOVING, STEADY or STOCK."""


def read_history(observations: pd.DataFrame, settings: pd.DataFrame | None = None) -> History:
    """The figures that a projection stands on; columns and errors as `project.project` says.

    Left out are figures before a series' last rebase that is not after its last figure, and provisional ones.
    """
    rows = _rows(observations)
    seen = ~np.isnan(rows.value)
    row, month = rows.series[seen], rows.month[seen]
    last = np.full(len(rows.keys), NO_MONTH)
    np.maximum.at(last, row, month)
    about = _settings_of(rows.keys["measure_id"], settings)
    since_rebase = month >= _last_rebase(about["rebase"], last)[row]
    row, month = row[since_rebase], month[since_rebase]
    back = last[row] - month
    values, denominators = np.full((2, len(rows.keys), int(back.max(initial=0)) + 1), np.nan)
    values[row, values.shape[1] - 1 - back] = rows.value[seen][since_rebase]
    denominators[row, values.shape[1] - 1 - back] = rows.denominator[seen][since_rebase]
    points = np.bincount(row, minlength=len(rows.keys))
    return History(rows.keys, points, last, values, denominators, about, _ways(about))


class _Rows(NamedTuple):
    """The observations checked: series (the place of each row's among keys, which are sorted), month, value (NaN where
    provisional) and denominator (NaN where there is none).
    """

    keys: pd.DataFrame
    series: NDArray[np.int64]
    month: NDArray[np.int64]
    value: NDArray[np.float64]
    denominator: NDArray[np.float64]


def _rows(observations: pd.DataFrame) -> _Rows:
    require_columns(observations, [*SERIES, "period_end", "value"], "observations")
    value = np.where(provisional(observations), np.nan, _numbers(observations["value"]))
    nothing = np.full(len(observations), np.nan)
    denominator = _numbers(observations["denominator"]) if "denominator" in observations else nothing
    month = month_numbers(observations["period_end"])
    if (month == NO_MONTH).any():
        raise ValueError("A row has no period_end.")
    measure, area = (_places(observations[name]) for name in SERIES)
    pairs = measure * (area.max(initial=0) + 1) + area
    _, first, series = np.unique(pairs, return_index=True, return_inverse=True)
    keys = observations[SERIES].iloc[first].reset_index(drop=True)
    span = int(month.max(initial=0) - month.min(initial=0)) + 1
    cell, row, times = np.unique(series * span + month - month.min(initial=0), return_index=True, return_counts=True)
    if len(cell) < len(observations):
        measure_id, code = keys.iloc[series[row[times > 1].min()]]
        raise ValueError(f"Measure {measure_id}, area {code}: a month has more than one value.")
    if np.isinf(value).any():
        raise ValueError("A value is infinite.")
    return _Rows(keys, series, month, value, denominator)


def _numbers(column: "pd.Series[Any]") -> NDArray[np.float64]:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _places(column: "pd.Series[Any]") -> NDArray[np.int64]:
    """The place of each text among the column's, sorted; a missing one last."""
    code, texts = pd.factorize(column, sort=True)
    return np.where(code < 0, len(texts), code).astype(np.int64)


def provisional(observations: pd.DataFrame) -> Flags:
    """Which figures are provisional: by a column `provisional` (bool) or the symbol p, where there are such columns."""
    marked = np.zeros(len(observations), dtype=np.bool_)
    if "symbol" in observations:
        marked |= observations["symbol"].eq(PROVISIONAL).to_numpy(dtype=bool, na_value=False)
    if "provisional" in observations:
        marked |= observations["provisional"].to_numpy(dtype=bool, na_value=False)
    return marked


def _settings_of(measure_ids: "pd.Series[str]", settings: pd.DataFrame | None) -> pd.DataFrame:
    """accumulation, unit, maximum and rebase of each of the measures; missing or empty where the settings don't say."""
    columns = ["accumulation", "unit", "maximum", "rebase"]
    columns_of: dict[str, list[Any]] = {name: [None] * len(measure_ids) for name in columns}
    if settings is not None:
        require_columns(settings, ["measure_id"], "settings")
        if settings["measure_id"].duplicated().any():
            raise ValueError("A measure's settings are given more than once.")
        rows = pd.Index(settings["measure_id"]).get_indexer(measure_ids)
        for name in settings.columns.intersection(columns):
            setting = [*settings[name].tolist(), None]
            columns_of[name] = [setting[row] for row in rows]
    columns_of["rebase"] = [dates if isinstance(dates, list) else [] for dates in columns_of["rebase"]]
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns_of.items()})


def _last_rebase(rebase: "pd.Series[Any]", last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The month of each series' last rebase that isn't after its last figure; NO_MONTH for none."""
    rebased = np.full(len(last), NO_MONTH)
    rebased_row = np.array([index for index, dates in enumerate(rebase) for _ in dates], dtype=np.int64)
    months = month_numbers(pd.Series([date for dates in rebase for date in dates], dtype="datetime64[us]"))
    here = months <= last[rebased_row]
    np.maximum.at(rebased, rebased_row[here], months[here])
    return rebased


def _ways(about: pd.DataFrame) -> NDArray[np.str_]:
    accumulation = about["accumulation"].to_numpy(dtype=object)
    steady = (accumulation == "in_month") & about["unit"].isin(STEADY_UNITS).to_numpy(dtype=bool)
    return np.where(accumulation == "at_month_end", STOCK, np.where(steady, STEADY, MOVING))


def require_columns(frame: pd.DataFrame, columns: list[str], name: str) -> None:
    """Raises ValueError where a frame lacks one of the columns."""
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise ValueError(f"The {name} lack the column {', '.join(lacking)}.")
