"""Observations as the matrix that projections are made from: which figures count, and what kind of measure they are."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.projection.matrix import Flags, Matrix
from scorecard.core.numbers import RATES

SERIES = ["measure_id", "area"]
PROVISIONAL = "p"

NO_MONTH = np.iinfo(np.int64).min
"""What numpy makes of a missing date."""

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
    keys = rows.drop_duplicates("series").sort_values("series")[SERIES].reset_index(drop=True)
    seen = rows[rows["value"].notna()]
    row, month = seen["series"].to_numpy(), seen["month"].to_numpy()
    last = np.full(len(keys), NO_MONTH)
    np.maximum.at(last, row, month)
    about = _settings_of(keys["measure_id"], settings)
    kept = month >= _last_rebase(about["rebase"], last)[row]
    row, month, seen = row[kept], month[kept], seen[kept]
    back = last[row] - month
    values, denominators = np.full((2, len(keys), int(back.max(initial=0)) + 1), np.nan)
    values[row, values.shape[1] - 1 - back] = seen["value"].to_numpy()
    denominators[row, values.shape[1] - 1 - back] = seen["denominator"].to_numpy()
    points = np.bincount(row, minlength=len(keys))
    return History(keys, points, last, values, denominators, about, _ways(about))


def _rows(observations: pd.DataFrame) -> pd.DataFrame:
    """The observations checked, their columns measure_id, area, month, value (NaN where provisional), denominator (NaN
    where there is none) and series (its place among the sorted series).
    """
    need(observations, [*SERIES, "period_end", "value"], "observations")
    value = observations["value"].astype("float64").mask(provisional(observations))
    denominator = observations["denominator"].astype("float64") if "denominator" in observations else np.nan
    month = month_numbers(observations["period_end"])
    rows = observations[SERIES].assign(month=month, value=value, denominator=denominator)
    if rows["month"].eq(NO_MONTH).any():
        raise ValueError("A row has no period_end.")
    twice = rows.duplicated([*SERIES, "month"])
    if twice.any():
        measure, area = rows.loc[twice, SERIES].iloc[0]
        raise ValueError(f"Measure {measure}, area {area}: a month has more than one value.")
    if np.isinf(rows["value"]).any():
        raise ValueError("A value is infinite.")
    rows["series"] = rows.groupby(SERIES, sort=True, dropna=False).ngroup()
    return rows


def provisional(observations: pd.DataFrame) -> Flags:
    """Which figures are provisional: by a column `provisional` (bool) or the symbol p, where there are such columns."""
    found = np.zeros(len(observations), dtype=np.bool_)
    if "symbol" in observations:
        found |= observations["symbol"].eq(PROVISIONAL).to_numpy(dtype=bool, na_value=False)
    if "provisional" in observations:
        found |= observations["provisional"].to_numpy(dtype=bool, na_value=False)
    return found


def _settings_of(measure_ids: "pd.Series[str]", settings: pd.DataFrame | None) -> pd.DataFrame:
    """accumulation, unit and rebase for each of the measures; missing or empty where the settings don't say."""
    columns = ["accumulation", "unit", "maximum", "rebase"]
    if settings is None:
        found = pd.DataFrame(index=measure_ids, columns=columns, dtype=object)
    else:
        need(settings, ["measure_id"], "settings")
        if settings["measure_id"].duplicated().any():
            raise ValueError("A measure's settings are given more than once.")
        found = settings.set_index("measure_id").reindex(index=measure_ids, columns=columns)
    dates: list[list[pd.Timestamp]] = [given if isinstance(given, list) else [] for given in found["rebase"]]
    return found.assign(rebase=pd.Series(dates, index=found.index, dtype=object))


def _last_rebase(rebase: "pd.Series[Any]", last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The month of each series' last rebase that isn't after its last figure; NO_MONTH for none."""
    found = np.full(len(last), NO_MONTH)
    of = np.array([place for place, dates in enumerate(rebase) for _ in dates], dtype=np.int64)
    months = month_numbers(pd.Series([date for dates in rebase for date in dates], dtype="datetime64[us]"))
    here = months <= last[of]
    np.maximum.at(found, of[here], months[here])
    return found


def _ways(about: pd.DataFrame) -> NDArray[np.str_]:
    accumulation = about["accumulation"].to_numpy(dtype=object)
    steady = (accumulation == "in_month") & about["unit"].isin(STEADY_UNITS).to_numpy(dtype=bool)
    return np.where(accumulation == "at_month_end", STOCK, np.where(steady, STEADY, MOVING))


def month_numbers(dates: "pd.Series[pd.Timestamp]") -> NDArray[np.int64]:
    """Months since January 1970 of each date's month; NO_MONTH for none."""
    return dates.to_numpy("datetime64[M]").astype(np.int64)


def month_ends(months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """The last day of each month, counted as `month_numbers` does."""
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(following - np.timedelta64(1, "D"), dtype="datetime64[D]").astype("datetime64[s]")


def need(frame: pd.DataFrame, columns: list[str], name: str) -> None:
    """Raises ValueError where a frame lacks one of the columns."""
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise ValueError(f"The {name} lack the column {', '.join(lacking)}.")
