"""The gap to others over the years: how it moved, which part was ours and which theirs, and whether it is clear.

Whether a gap closes or widens is told by the Mann–Kendall test on its size (Mann 1945, Econometrica 13, 245; Kendall
1975, Rank Correlation Methods): of all pairs of years, how many more rise than fall, against what chance would give in
so many years. It asks for no straight line; with four years or fewer nothing can be clear.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Floats

UNLIKELY = 0.05
CLOSING, WIDENING, NO_CLEAR_CHANGE = "closing", "widening", "no clear change"
COLUMNS = ["measure_id", "first_end", "last_end", "gap_first", "gap_last", "we_moved", "they_moved", "way", "years"]


def gaps(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """The gap in each period that both have: measure_id, period_end, months, own, other, gap (own − other).

    ours and theirs: measure_id, period_end, months, value.
    """
    both = ours.rename(columns={"value": "own"}).merge(
        theirs.rename(columns={"value": "other"}), on=["measure_id", "period_end", "months"]
    )
    known = both.dropna(subset=["own", "other"])
    table = known[["measure_id", "period_end", "months", "own", "other"]].assign(gap=known["own"] - known["other"])
    return table.sort_values(["measure_id", "period_end"], ignore_index=True)


def movement(over_years: pd.DataFrame) -> pd.DataFrame:
    """How each measure's gap moved from its first to its last period, in COLUMNS. over_years: of `gaps`.

    we_moved and they_moved: the change of own and other; gap_last − gap_first is their difference.
    """
    if over_years.empty:
        return pd.DataFrame(columns=COLUMNS)
    grouped = over_years.groupby("measure_id", sort=False)
    first, last = grouped.first(), grouped.last()
    table = pd.DataFrame(
        {
            "first_end": first["period_end"],
            "last_end": last["period_end"],
            "gap_first": first["gap"],
            "gap_last": last["gap"],
            "we_moved": last["own"] - first["own"],
            "they_moved": last["other"] - first["other"],
            "way": grouped["gap"].agg(lambda gap: way(gap.to_numpy(dtype=np.float64))),
            "years": grouped.size(),
        }
    )
    return table.reset_index()[COLUMNS]


def way(gap: Floats) -> str:
    """Whether a gap's size closes, widens, or does neither clearly."""
    size = np.abs(gap)
    score = int(np.sign(size[None, :] - size[:, None])[np.triu_indices(len(size), 1)].sum()) if len(size) > 1 else 0
    if score == 0 or kendall_chance(len(size), abs(score)) > UNLIKELY:
        return NO_CLEAR_CHANGE
    return WIDENING if score > 0 else CLOSING


def kendall_chance(n: int, score: int) -> float:
    """How often chance alone gives a score of at least this size, either way, in n years (Kendall, exact)."""
    counts = _orders(n)
    most = n * (n - 1) // 2
    scores = np.abs(2 * np.arange(most + 1) - most)
    return float(counts[scores >= score].sum() / counts.sum())


@lru_cache(maxsize=64)
def _orders(n: int) -> Floats:
    """How many orders of n things have 0, 1, … pairs the wrong way round."""
    counts: Floats = np.ones(1)
    for size in range(2, n + 1):
        counts = np.convolve(counts, np.ones(size))
    return counts
