"""Comparison: the authority's figure beside its neighbours', its region's and England's, same definition only."""

from __future__ import annotations

import numpy as np
import pandas as pd

COMPARATORS = ("statistical_neighbour", "regional", "national")


def compare(figures: pd.DataFrame) -> pd.DataFrame:
    """How each figure stands to each comparator that the plan prints.

    figures: a row a measure: value, polarity, kind, and for each comparator its value and `…_comparable`.
    Returns on the same index, for each comparator, `…_difference` (value − comparator, in the measure's unit; NaN
    where there is none or it is not comparable) and `…_position`: better | worse | level; higher | lower | level where
    neither is better (a volume, a monitored measure); <NA> where there is no difference to give.
    """
    columns: dict[str, pd.Series] = {}
    neutral = (figures["polarity"] == "monitor") | (figures["kind"] == "volume")
    for name in COMPARATORS:
        difference = (figures["value"] - figures[name]).where(figures[f"{name}_comparable"])
        good = np.where(figures["polarity"] == "lower_is_better", difference < 0, difference > 0)
        word = np.select(
            [difference == 0, neutral & (difference > 0), neutral, good],
            ["level", "higher", "lower", "better"],
            "worse",
        )
        columns[f"{name}_difference"] = difference
        columns[f"{name}_position"] = pd.Series(word, index=figures.index, dtype="str").where(difference.notna())
    return pd.DataFrame(columns, index=figures.index)
