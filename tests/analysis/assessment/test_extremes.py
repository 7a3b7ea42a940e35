"""Since when a figure has not been so high, or so low."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.analysis.assessment.extremes import extreme

NONE = float("nan")


@pytest.mark.parametrize(
    ("values", "highest", "months_ago"),
    [
        ([9, 1, 2, 3, 4, 5, 6, 7], True, 7),
        ([7, 1, 2, 3, 4, 5, 6, 7], True, 7),
        ([1, 2, 3, 4, 5, 6, 7, 8], True, None),
        ([8, 7, 6, 5, 4, 3, 2, 1], False, None),
        ([0, 9, 8, 7, 6, 5, 4, NONE, 3], False, 8),
        ([1, 9, 2, 3, 4, 5, 6, 6, 7], True, 7),
        ([1, 2, 9, 3, 4, 5, 6, 7], None, None),
        ([1, 2, 3, 4, 5, 6], None, None),
        ([5] * 12, None, None),
        ([], None, None),
    ],
)
def test_the_highest_or_lowest_since(values: list[float], highest: bool | None, months_ago: int | None) -> None:
    ends = pd.date_range("2020-01-31", periods=len(values), freq="ME")
    highest_and_lowest = extreme(pd.DataFrame({"period_end": ends, "value": pd.Series(values, dtype="float64")}))
    assert (highest_and_lowest.highest if highest_and_lowest else None) == highest
    if highest_and_lowest is not None:
        assert highest_and_lowest.since == (None if months_ago is None else ends[-1 - months_ago])
