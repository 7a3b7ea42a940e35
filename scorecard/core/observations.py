"""The frame of observations: its columns, named once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from scorecard.core.periods import year_to_date_months
from scorecard.core.types import Accumulation

OBSERVATION_KEY = ["measure_id", "area", "period_end", "months"]
OBSERVATION_TYPES: dict[str, str] = {
    "measure_id": "str",
    "area": "str",
    "period_end": "datetime64[us]",
    "months": "int64",
    "value": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "symbol": "str",
    "note": "str",
    "origin": "str",
    "extract_id": "Int64",
    "recorded_from": "datetime64[us, UTC]",
}
OBSERVATION_COLUMNS = list(OBSERVATION_TYPES)
PROVISIONAL = "p"  # the symbol of a figure that may still change
ORIGINS = ("plan", "extract", "published", "demonstration")

MONTHS_OF_ACCUMULATION: dict[Accumulation, int] = {
    "in_month": 1,
    "at_month_end": 1,
    "unknown": 1,
    "rolling_12_months": 12,
}


def observations_frame(columns: Mapping[str, object] | pd.DataFrame | None = None) -> pd.DataFrame:
    """A frame of observations from columns, the missing ones empty, in the agreed order and types.

    Columns: measure_id, area (GSS code), period_end (naive, last day of the month), months (covered),
    value (in the measure's unit, NaN where a symbol stands instead), numerator, denominator, symbol, note,
    origin (plan | extract | published | demonstration), extract_id, recorded_from (aware, UTC).
    """
    frame = pd.DataFrame(columns).reindex(columns=OBSERVATION_COLUMNS)
    moments = frame["recorded_from"]
    moments = pd.to_datetime(moments if moments.notna().any() else pd.Series(pd.NaT, moments.index), utc=True)
    as_they_are = [name for name in frame if isinstance(frame[name].dtype, pd.StringDtype)]  # Arrow's texts too
    types = {name: kind for name, kind in OBSERVATION_TYPES.items() if name not in as_they_are}
    return frame.assign(recorded_from=moments).astype(types)


def months_covered(accumulation: Accumulation, end: date, year_starts: str = "april") -> int:
    """How many months a figure covers, by the measure's accumulation; unknown, and an unknown start, count as 1."""
    if accumulation == "year_to_date":
        return year_to_date_months(end) if year_starts == "april" else 1
    return MONTHS_OF_ACCUMULATION[accumulation]


def latest_known(*sources: pd.DataFrame) -> pd.DataFrame:
    """Several frames of observations as one: of the same key, the row of the later frame stands. Sorted by key."""
    parts = [source for source in sources if not source.empty]
    if not parts:
        return observations_frame()
    together = pd.concat(parts, ignore_index=True)
    current = together.drop_duplicates(OBSERVATION_KEY, keep="last")
    return current.sort_values(OBSERVATION_KEY, ignore_index=True)
