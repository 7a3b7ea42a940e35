"""A file's figures beside those known before it, as series: what came before each, and by how much it changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from scorecard.catalogue.frames import measures_frame
from scorecard.extract import limits
from scorecard.extract.rows import Reading

_SERIES = ["measure_id", "area_code", "series_months"]
_FEWEST_ALONE = 8  # points of a series that the file alone holds, for its own jumps to be judged
_TIMES_OTHERS = 3  # how many times the third largest jump a jump must be, where there is no earlier history
_YEAR_TO_DATE = "year_to_date"


def with_series(reading: Reading) -> pd.DataFrame:
    """Known figures, those of the file over them: measure_id, area_code, series_months, months, period_end, value,
    numerator, decimals, accumulation and `at` (the place in the file's rows, missing where the file hasn't it).

    series_months is months, and 0 for a year to date, whose months differ from figure to figure.
    """
    known = reading.known.observations.rename(columns={"area": "area_code"})
    ours = reading.figures
    columns = ["measure_id", "area_code", "months", "period_end", "value", "numerator"]
    mine = ours.assign(value=ours["result"], numerator=ours["numerator_number"], at=ours.index.to_series())
    known = known[known["measure_id"].isin(ours["measure_id"].unique()) | known["measure_id"].isin(_pairs(reading))]
    together = pd.concat([known[columns].assign(at=float("nan")), mine[[*columns, "at"]]], ignore_index=True)
    together = together[together["value"].notna()]
    together = together.drop_duplicates(["measure_id", "area_code", "months", "period_end"], keep="last")
    return _described(reading, together)


def _pairs(reading: Reading) -> list[str]:
    return [measure.pair for measure in reading.catalogue.measures if measure.pair]


def _described(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    measures = measures_frame(reading.catalogue).set_index("measure_id")
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


def changes_in_file(reading: Reading) -> pd.DataFrame:
    """For the file's figures, by their place in its rows: before, change, largest (so far) and allowed (NaN: no say).

    Judged by the changes known before the file; where there are too few, by the file's own other changes.
    """
    merged = _with_changes(with_series(reading))
    known = reading.known.observations.rename(columns={"area": "area_code"})
    past = _with_changes(_described(reading, known[known["value"].notna()]))
    earlier = past.groupby(_SERIES)["change"].agg(largest="max", earlier="count").reset_index()
    frame = merged.merge(earlier, on=_SERIES, how="left")
    enough = frame["earlier"] >= limits.FEWEST_CHANGES
    twice = frame["earlier"].where(enough) < limits.SHORT_HISTORY
    allowed = (frame["largest"] * twice.map({True: 2, False: 1})).where(enough)
    others, alone = _others(frame)
    frame["largest"] = frame["largest"].where(enough, others)
    frame["allowed"] = allowed.where(enough, (others * _TIMES_OTHERS).where(alone & (others > 0)))
    ours = frame[frame["at"].notna()]
    return ours.set_index(ours["at"].astype("int64"))[["before", "change", "largest", "allowed"]]


def _others(frame: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The third largest change of each row's series (a single slip makes two), and whether it has points enough."""
    ranks = frame.groupby(_SERIES)["change"].rank(method="first", ascending=False)
    third = frame[ranks == 3].set_index(_SERIES)["change"]
    keys = pd.MultiIndex.from_frame(frame[_SERIES])
    values = pd.Series(third.reindex(keys).to_numpy(), index=frame.index)
    return values, frame.groupby(_SERIES)["value"].transform("size") >= _FEWEST_ALONE


def reference_values(reading: Reading) -> pd.Series[Any]:
    """What is usual for each of the file's figures: the median known, else the plan's own figure; NaN: nothing known."""
    rows = reading.figures
    known = reading.known.observations
    median = known[known["value"].notna()].groupby(["measure_id", "area"])["value"].median()
    keys = pd.MultiIndex.from_frame(rows[["measure_id", "area_code"]])
    usual = pd.Series(median.reindex(keys).to_numpy(dtype="float64"), index=rows.index)
    measures = measures_frame(reading.catalogue).set_index("measure_id")
    plan = measures["july_2020"].fillna(measures["baseline"])
    own = rows["area_code"] == reading.catalogue.authority.code
    return usual.fillna(rows["measure_id"].map(plan).astype("float64").where(own))
