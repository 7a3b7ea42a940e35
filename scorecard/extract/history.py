"""A file's figures beside those known before it, as series: what came before each, and by how much it changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from scorecard.extract import limits

_SERIES = ["measure_id", "area_code", "series_months"]
_FEWEST_ALONE = 8  # points of a series that the file alone holds, for its own jumps to be judged
_TIMES_OTHERS = 3  # how many times the third largest jump a jump must be, where there is no earlier history
_YEAR_TO_DATE = "year_to_date"


def with_series(figures: pd.DataFrame, known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Known figures, those of the file over them, in the order of series and periods.

    figures: the file's rows (see rows.read_rows). known: observations. measures: measures_frame by measure_id.
    Columns: measure_id, area_code, series_months (months, and 0 for a year to date, whose months differ), months,
    period_end, value, numerator, decimals, accumulation and `at` (the place in the file's rows, missing where the file
    hasn't the figure).
    """
    columns = ["measure_id", "area_code", "months", "period_end", "value", "numerator"]
    mine = figures.assign(value=figures["result"], numerator=figures["numerator_number"], at=figures.index.to_series())
    known = known.rename(columns={"area": "area_code"})
    ids = figures["measure_id"].unique()
    beside = measures["pair"].reindex(ids).dropna()
    known = known[known["measure_id"].isin(ids) | known["measure_id"].isin(beside)]
    together = pd.concat([known[columns].assign(at=float("nan")), mine[[*columns, "at"]]], ignore_index=True)
    together = together[together["value"].notna()]
    together = together.drop_duplicates(["measure_id", "area_code", "months", "period_end"], keep="last")
    return _described(together, measures)


def _described(frame: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(
        decimals=frame["measure_id"].map(measures["decimals"]),
        accumulation=frame["measure_id"].map(measures["accumulation"]),
    )
    frame["series_months"] = frame["months"].where(frame["accumulation"] != _YEAR_TO_DATE, 0)
    return frame.sort_values([*_SERIES, "period_end"], ignore_index=True)


def _with_changes(frame: pd.DataFrame) -> pd.DataFrame:
    """Each figure's change from the one before it in its series; none in a year to date's first month."""
    before = frame.groupby(_SERIES)["value"].shift()
    fresh = (frame["accumulation"] == _YEAR_TO_DATE) & (frame["months"] == 1)
    before = before.mask(fresh)
    return frame.assign(before=before, change=(frame["value"] - before).abs())


def changes_in_file(series: pd.DataFrame, known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """How much each of the file's figures changed, and how much of a change its history allows.

    series: with_series. known: observations. Returns, by the figures' place in the file's rows: before (the figure
    before), change, largest (the largest change so far) and allowed (NaN: too little is known to say).
    Judged by the changes known before the file; where there are too few, by the file's own other changes.
    """
    merged = _with_changes(series)
    past = known[known["value"].notna() & known["measure_id"].isin(series["measure_id"].unique())]
    past = _with_changes(_described(past.rename(columns={"area": "area_code"}), measures))
    earlier = past.groupby(_SERIES)["change"].agg(largest="max", earlier="count").reset_index()
    frame = merged.merge(earlier, on=_SERIES, how="left")
    enough = frame["earlier"] >= limits.FEWEST_CHANGES
    times = (frame["earlier"] < limits.SHORT_HISTORY).map({True: 2.0, False: 1.0})
    others, alone = _others(frame)
    allowed = (frame["largest"] * times).where(enough, (others * _TIMES_OTHERS).where(alone & (others > 0)))
    frame = frame.assign(largest=frame["largest"].where(enough, others), allowed=allowed)
    ours = frame[frame["at"].notna()]
    return ours.set_index(ours["at"].astype("int64"))[["before", "change", "largest", "allowed"]]


def _others(frame: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The third largest change of each row's series (a single slip makes two), and whether it has points enough."""
    ranks = frame.groupby(_SERIES)["change"].rank(method="first", ascending=False)
    third = frame[ranks == 3].set_index(_SERIES)["change"]
    keys = pd.MultiIndex.from_frame(frame[_SERIES])
    values = pd.Series(third.reindex(keys).to_numpy(), index=frame.index)
    return values, frame.groupby(_SERIES)["value"].transform("size") >= _FEWEST_ALONE


def usual_values(figures: pd.DataFrame, known: pd.DataFrame, plan: pd.Series[Any]) -> pd.Series[Any]:
    """What is usual for each of the file's figures: the median known, else the plan's figure; NaN: nothing is known.

    plan: the plan's own figure for each row of `figures`, NaN for another area's.
    """
    ours = known[known["value"].notna() & known["measure_id"].isin(figures["measure_id"].unique())]
    median = ours.groupby(["measure_id", "area"])["value"].median()
    keys = pd.MultiIndex.from_frame(figures[["measure_id", "area_code"]])
    return pd.Series(median.reindex(keys).to_numpy(dtype="float64"), index=figures.index).fillna(plan)
