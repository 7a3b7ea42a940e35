"""Where one authority is among others: competition rank and quarter, from the lowest and from the highest.

A rank says how many are lower (or higher) and one more, so that equal figures share a rank ('1224' ranking). Neither
end is called best here: that is for whoever knows which way is good.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.comparison.areas import CELL, cells_of, comparable

QUARTERS = 4


def rank_among(figures: pd.DataFrame, ours: pd.DataFrame, keys: list[str] = CELL) -> pd.DataFrame:
    """Our rank among figures, for each of our rows: n, rank_lowest_first, rank_highest_first, quarter_lowest_first.

    figures: the others, and ours where it is one of them; keys and value. ours: keys, area, value, symbol. n counts
    those with a figure, ours with them. <NA> where ours can't be ranked. On the index of `ours`.
    """
    others = figures.loc[comparable(figures), [*keys, "area", "value"]]
    mine = ours.loc[comparable(ours), [*keys, "area", "value"]]
    theirs, own = cells_of((others, mine), keys)
    order = np.argsort(theirs, kind="stable")
    areas, values = others["area"].to_numpy(dtype=object)[order], others["value"].to_numpy(dtype=np.float64)[order]
    first, last = (np.searchsorted(theirs[order], own, side=side) for side in ("left", "right"))
    rows = zip(first, last, mine["area"], mine["value"], strict=True)
    counted = np.array([_counted(areas[begin:end], values[begin:end], area, value) for begin, end, area, value in rows])
    n, lowest, highest = (counted.reshape(-1, 3) + 1).T
    table = pd.DataFrame(
        {
            "n": n,
            "rank_lowest_first": lowest,
            "rank_highest_first": highest,
            "quarter_lowest_first": (lowest - 1) * QUARTERS // n + 1,
        },
        index=mine.index,
    )
    return table.reindex(ours.index).astype("Int64")


def _counted(areas: NDArray[np.object_], values: NDArray[np.float64], own: str, value: float) -> tuple[int, int, int]:
    """How many others there are, how many are lower and how many higher."""
    others = values[areas != own]
    return len(others), int((others < value).sum()), int((others > value).sum())


def quarters(values: pd.Series) -> tuple[float, float, float]:
    """The values that part a group into quarters."""
    known = values.dropna().to_numpy(dtype=np.float64)
    if not known.size:
        return (np.nan, np.nan, np.nan)
    first, second, third = np.quantile(known, [0.25, 0.5, 0.75])
    return float(first), float(second), float(third)
