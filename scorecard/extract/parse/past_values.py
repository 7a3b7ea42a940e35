"""A file's figures beside those known before it, as series: what came before each, and by how much it changed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from scorecard.core.numbers import RATES
from scorecard.extract import limits
from scorecard.extract.text.text_columns import places_among

_Numbers = np.ndarray[Any, Any]
_SERIES = ["measure_id", "area_code", "series_months"]
_FEWEST_ALONE = 8  # points of a series that the file alone holds, for its own jumps to be judged
_TIMES_OTHERS = 3  # how many times the third largest jump a jump must be, where there is no earlier history
_FAR_FROM_ONE = 20  # per cent: beside a usual figure of so much, 1 is likely to mean 100%, and 0.82% to mean 82%
_TIMES = (10, 100, 1000)
_ABOUT = 1.25  # how near to ten, a hundred or a thousand times a rate must be
YEAR_TO_DATE = "year_to_date"


def with_series(figures: pd.DataFrame, known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Known figures, those of the file over them, in the order of series and periods.

    figures: the file's rows (see rows.read_rows). known: observations. measures: measures_frame by measure_id.
    Columns: measure_id, area_code, series (its number), series_months (months, and 0 for a year to date, whose months
    differ), months, period_end, value, numerator, decimals, accumulation and `at` (the place in the file's rows,
    missing where the file hasn't the figure).
    """
    columns = ["measure_id", "area_code", "months", "period_end", "value", "numerator"]
    mine = figures.assign(value=figures["result"], numerator=figures["numerator_number"], at=figures.index.to_series())
    known = known.rename(columns={"area": "area_code"})
    ids = figures["measure_id"].unique()
    pair_ids = measures["pair"].reindex(ids).dropna()
    known = known[known["measure_id"].isin(ids) | known["measure_id"].isin(pair_ids)]
    together = pd.concat([known[columns].assign(at=float("nan")), mine[[*columns, "at"]]], ignore_index=True)
    together = _as_kinds(together)
    has_value = together["value"].notna()
    together = together if has_value.all() else together[has_value]
    older = together.duplicated(["measure_id", "area_code", "months", "period_end"], keep="last")
    return _described(together[~older] if older.any() else together, measures)


def _as_kinds(frame: pd.DataFrame) -> pd.DataFrame:
    """Measures and areas as categories: there are few among many rows."""
    return frame.astype({"measure_id": "category", "area_code": "category"})


def _described(frame: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    kinds = frame["measure_id"].cat
    described = measures[["decimals", "accumulation"]].reindex(kinds.categories).astype({"accumulation": "category"})
    frame = frame.assign(**{str(name): described[name].array.take(kinds.codes) for name in described})
    frame["series_months"] = frame["months"].where(frame["accumulation"] != YEAR_TO_DATE, 0)
    frame = frame.sort_values([*_SERIES, "period_end"], ignore_index=True)
    return frame.assign(series=frame.groupby(_SERIES).ngroup())


def _with_changes(frame: pd.DataFrame) -> pd.DataFrame:
    """Each figure's change from the one before it in its series; none in a year to date's first month."""
    first = frame["series"] != frame["series"].shift()
    fresh = (frame["accumulation"] == YEAR_TO_DATE) & (frame["months"] == 1)
    before = frame["value"].shift().mask(first | fresh)
    return frame.assign(before=before, change=(frame["value"] - before).abs())


def changes_in_file(series: pd.DataFrame, known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """How much each of the file's figures changed, and how much of a change its history allows.

    series: with_series. known: observations. Returns, by the figures' place in the file's rows: before (the figure
    before), change, largest (the largest change so far) and allowed (NaN: too little is known to say).
    Judged by the changes known before the file; where there are too few, by the file's own other changes.
    """
    if not series["series"].duplicated().any():  # nothing stands before any figure
        places = series["at"].dropna().astype("int64")
        return pd.DataFrame(math.nan, index=pd.Index(places), columns=["before", "change", "largest", "allowed"])
    frame = _with_changes(series)[["series", "value", "before", "change", "at"]]
    earlier = _earlier_changes(series, known, measures)
    number = frame["series"].to_numpy()
    count, past = earlier["earlier"].to_numpy()[number], earlier["largest"].to_numpy()[number]
    enough = count >= limits.FEWEST_CHANGES
    times = np.where(count < limits.SHORT_HISTORY, 2.0, 1.0)
    others, alone = _others(frame)
    by_file = np.where(alone & (others > 0), others * _TIMES_OTHERS, np.nan)
    frame["largest"] = np.where(enough, past, others)
    frame["allowed"] = np.where(enough, past * times, by_file)
    ours = frame[frame["at"].notna()]
    return ours.set_index(ours["at"].astype("int64"))[["before", "change", "largest", "allowed"]]


def _earlier_changes(series: pd.DataFrame, known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """By each series's number: how many changes are known from before the file (earlier), and the largest."""
    past = known[known["value"].notna() & known["measure_id"].isin(series["measure_id"].unique())]
    past = _with_changes(_described(_as_kinds(past.rename(columns={"area": "area_code"})), measures))
    changes = past.groupby(_SERIES)["change"].agg(largest="max", earlier="count").reset_index()
    changes, ours = (frame.astype({"measure_id": "str", "area_code": "str"})
                   for frame in (changes, series.drop_duplicates("series")[[*_SERIES, "series"]]))  # fmt: skip
    ours = ours.merge(changes, on=_SERIES, how="left")
    return ours.set_index("series").sort_index()[["largest", "earlier"]].fillna({"earlier": 0})


def _others(frame: pd.DataFrame) -> tuple[_Numbers, _Numbers]:
    """The third largest change of each row's series (a single slip makes two), and whether it has points enough."""
    number = frame["series"].to_numpy()
    sizes = np.bincount(number)
    by_size = frame[["series", "change"]].dropna().sort_values(["series", "change"], ascending=[True, False])
    third = by_size.groupby("series")["change"].nth(2)
    largest = np.full(len(sizes), np.nan)
    largest[by_size.loc[third.index, "series"]] = third
    return largest[number], sizes[number] >= _FEWEST_ALONE


def usual_values(figures: pd.DataFrame, known: pd.DataFrame, plan: pd.Series[Any]) -> pd.Series[Any]:
    """What is usual for each of the file's figures: the median known, else the plan's figure; NaN: nothing is known.

    plan: the plan's own figure for each row of `figures`, NaN for another area's.
    """
    ours = known[known["value"].notna() & known["measure_id"].isin(figures["measure_id"].unique())]
    if ours.empty:
        return plan
    by_area = ours.groupby(["measure_id", "area"])["value"].median().unstack("area")
    table = np.pad(by_area.to_numpy(dtype="float64"), (0, 1), constant_values=np.nan)  # the last for what isn't known
    measure = places_among(figures["measure_id"], list(by_area.index))
    area = places_among(figures["area_code"], list(by_area.columns))
    return pd.Series(table[measure, area], index=figures.index).fillna(plan)


def unit_wrong(figures: pd.DataFrame, usual: pd.Series[Any]) -> pd.Series[Any]:
    """Which figures seem to be in another unit: a share for a percentage, or a rate of another thousand.

    A 1 may be a share too, of all: where the usual is far from 1%, or is not known and the file has other shares.
    """
    alone = ~(figures["numerator_number"].notna() & figures["denominator_number"].notna())
    percents: pd.Series[Any] = (
        (figures["unit"] == "percent") & alone & figures["result"].between(0, 1, inclusive="right")
    )
    share: pd.Series[Any] = percents & (figures["result"] < 1) & ((usual >= 2) | usual.isna())
    share &= ~figures["percent"] | (usual >= _FAR_FROM_ONE)
    share |= percents & (figures["result"] == 1) & ((usual >= _FAR_FROM_ONE) | (usual.isna() & bool(share.any())))
    times = (figures["result"] / usual.where(usual > 0)).to_numpy(dtype="float64", na_value=np.nan)
    rate = np.zeros(len(figures), dtype=bool)
    for factor in _TIMES:
        for centre in (factor, 1 / factor):
            rate |= (centre / _ABOUT <= times) & (times <= centre * _ABOUT)
    return alone & (share | (rate & figures["unit"].isin(RATES)))
