"""Where one authority stands among others: competition rank and quarter, from the lowest and from the highest.

A rank says how many are lower (or higher) and one more, so that equal figures share a rank ('1224' ranking). Neither
end is called best here: that is for whoever knows which way is good.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.comparison.areas import CELL, comparable

QUARTERS = 4


def standing(figures: pd.DataFrame, ours: pd.DataFrame, keys: list[str] = CELL) -> pd.DataFrame:
    """Our rank among figures, for each of our rows: n, rank_lowest_first, rank_highest_first, quarter_lowest_first.

    figures: the others, and ours where it is one of them; keys and value. ours: keys, area, value, symbol. n counts
    those with a figure, ours with them. <NA> where ours can't be ranked. On the index of `ours`.
    """
    others = figures.loc[comparable(figures), [*keys, "area", "value"]]
    mine = ours.loc[comparable(ours), [*keys, "area", "value"]].rename(columns={"value": "own", "area": "own_area"})
    both = others.merge(mine, on=keys)
    both = both[both["area"] != both["own_area"]]
    both = both.assign(lower=both["value"] < both["own"], higher=both["value"] > both["own"])
    each = [*keys, "own_area"]
    counted = both.groupby(each)[["lower", "higher"]].sum()
    counted["n"] = both.groupby(each).size()
    found = mine[each].merge(counted.reset_index(), on=each, how="left").set_index(mine.index)
    found = found[["lower", "higher", "n"]].fillna(0)
    n = found["n"].astype("int64") + 1
    lowest, highest = found["lower"].astype("int64") + 1, found["higher"].astype("int64") + 1
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


def quarters(values: pd.Series) -> tuple[float, float, float]:
    """The values that part a group into quarters."""
    known = values.dropna().to_numpy(dtype=np.float64)
    if not known.size:
        return (np.nan, np.nan, np.nan)
    first, second, third = np.quantile(known, [0.25, 0.5, 0.75])
    return float(first), float(second), float(third)
