"""Short words for the tests of the store."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from scorecard.store import Submission

START = datetime(2020, 8, 3, 9, 30, tzinfo=UTC)
HERE = "E06000045"


def at(minutes: float) -> datetime:
    """A moment so many minutes after the first."""
    return START + timedelta(minutes=minutes)


def sent(name: str, minutes: float = 0, **more: Any) -> Submission:
    """An extract whose bytes are its name."""
    given = {"file_name": f"{name}.csv", "content": name.encode(), "source": "Mosaic reports", "who": "Ann"}
    return Submission(**{**given, "when": at(minutes), **more})


def figures(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    """Observations from (measure, month, value) and perhaps a symbol."""
    table = [(*row, None)[:4] for row in rows]
    frame = pd.DataFrame(table, columns=["measure_id", "period_end", "value", "symbol"])
    ends = pd.to_datetime(frame["period_end"] + "-01") + pd.offsets.MonthEnd(0)
    frame = frame.assign(period_end=ends, area=HERE, months=1, **columns)
    return frame.assign(value=frame["value"].astype(float))


def grid(measures: int, areas: int, months: int, first: str = "2010-04", seed: int = 0) -> pd.DataFrame:
    """A figure for every measure, area and month, the months counted from `first`."""
    ends = pd.period_range(first, periods=months, freq="M").to_timestamp("M").normalize()
    keys = pd.MultiIndex.from_product(
        [[f"m{i:02}" for i in range(measures)], [f"E{i:08}" for i in range(areas)], ends],
        names=["measure_id", "area", "period_end"],
    )
    frame = keys.to_frame(index=False)
    values = np.random.default_rng(seed).integers(1, 1000, len(frame)) / 8
    return frame.assign(months=1, value=values, numerator=values * 2, denominator=2.0)


def said(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    """An observation frame as {(measure, 'YYYY-MM'): value, or the symbol where there is no value}."""
    months = frame["period_end"].dt.strftime("%Y-%m")
    told = frame["symbol"].where(frame["value"].isna(), frame["value"].astype(object))
    return dict(zip(zip(frame["measure_id"], months, strict=True), told, strict=True))
