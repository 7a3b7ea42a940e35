"""The authority's own series, as the assessment reads them: which rows belong, and the latest figure of each."""

from __future__ import annotations

import numpy as np
import pandas as pd

MONTHS_OF_ACCUMULATION = {"in_month": 1, "at_month_end": 1, "unknown": 1, "rolling_12_months": 12}
YEAR_STARTS_IN_MONTH = 4  # April: the financial year of an English council
PROVISIONAL = "p"


def reporting_month(observations: pd.DataFrame, area: str) -> pd.Timestamp | None:
    """The latest month that any figure of the area has, or None where it has none."""
    ends = observations.loc[observations["area"] == area, "period_end"]
    return None if ends.empty else pd.Timestamp(ends.max())


def expected_months(accumulation: pd.Series, year_starts: pd.Series, period_end: pd.Series) -> pd.Series:
    """How many months a figure of the series covers, by accumulation; since April where it is a year to date."""
    since_april = (period_end.dt.month - YEAR_STARTS_IN_MONTH) % 12 + 1
    months = accumulation.map(MONTHS_OF_ACCUMULATION)
    to_date = since_april.where(year_starts != "unknown", 1)
    return months.where(accumulation != "year_to_date", to_date).astype("int64")


def own_series(measures: pd.DataFrame, observations: pd.DataFrame, area: str, month: pd.Timestamp) -> pd.DataFrame:
    """The area's rows that make up each measure's own series, up to a month, sorted by measure and month.

    measures: catalogue.frames.measures_frame. observations: the agreed frame. A row belongs where it covers as many
    months as the measure's accumulation says. Added column: provisional (bool: marked [p], or so new that the
    measure's `settles_after` says it is still being recorded).
    """
    rows = observations[(observations["area"] == area) & (observations["period_end"] <= month)]
    known = measures.set_index("measure_id")[["accumulation", "year_starts", "settles_after"]]
    rows = rows.join(known, on="measure_id", how="inner")
    fits = rows["months"] == expected_months(rows["accumulation"], rows["year_starts"], rows["period_end"])
    rows = rows[fits]
    age = (month.year - rows["period_end"].dt.year) * 12 + (month.month - rows["period_end"].dt.month)
    provisional = (rows["symbol"] == PROVISIONAL).fillna(False).astype(bool) | (age < rows["settles_after"])
    return (
        rows.drop(columns=["accumulation", "year_starts", "settles_after"])
        .assign(provisional=provisional.to_numpy(dtype=bool))
        .sort_values(["measure_id", "period_end"], ignore_index=True)
    )


def latest_figures(measure_ids: pd.Series, series: pd.DataFrame) -> pd.DataFrame:
    """The latest figure of each measure, one row a measure, on the index of measure_ids.

    Columns: value, numerator, denominator, symbol, period_end, months, origin, extract_id, provisional (of the latest
    row with a value; symbol and period_end of the latest row of all as received_symbol and received_end);
    previous_value, previous_end (the row with a value before it); settled_value and settled_previous (the latest that
    is not provisional, and the one before it).
    """
    with_value = series[series["value"].notna()]
    grouped = with_value.groupby("measure_id", sort=False)
    latest = grouped.tail(1).set_index("measure_id")
    before = grouped.nth(-2).set_index("measure_id")[["value", "period_end"]]
    settled = with_value[~with_value["provisional"]].groupby("measure_id", sort=False)
    received = series.groupby("measure_id", sort=False).tail(1).set_index("measure_id")
    kept = [
        "value", "numerator", "denominator", "symbol", "period_end", "months", "origin", "extract_id", "provisional",
    ]  # fmt: skip
    table = latest[kept].reindex(measure_ids)
    table["provisional"] = table["provisional"].eq(True)
    table["previous_value"] = before["value"].reindex(measure_ids)
    table["previous_end"] = before["period_end"].reindex(measure_ids)
    table["settled_value"] = settled.tail(1).set_index("measure_id")["value"].reindex(measure_ids)
    table["settled_previous"] = settled.nth(-2).set_index("measure_id")["value"].reindex(measure_ids)
    table["received_symbol"] = received["symbol"].reindex(measure_ids)
    table["received_end"] = received["period_end"].reindex(measure_ids)
    table.index = measure_ids.index
    return table.astype({"months": "Int64"})


def targets_in_force(targets: pd.DataFrame, measure_ids: pd.Series, months: pd.Series) -> pd.DataFrame:
    """The target in force for each measure in each month: the last whose `from` is not after it.

    targets: catalogue.frames.targets_frame. Returns its columns but measure_id, on the index of measure_ids; missing
    where no target is in force.
    """
    asked = pd.DataFrame({"measure_id": measure_ids, "month": months, "place": np.arange(len(measure_ids))})
    pairs = asked.merge(targets, on="measure_id", how="inner")
    in_force = pairs[pairs["target_from"].isna() | (pairs["target_from"] <= pairs["month"])]
    last = in_force.groupby("place", sort=True).tail(1).set_index("place")
    table = last.drop(columns=["measure_id", "month"]).reindex(asked["place"])
    table.index = measure_ids.index
    table["target_strict"] = table["target_strict"].eq(True)
    return table
