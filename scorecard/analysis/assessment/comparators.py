"""Comparison: the authority's figure beside its neighbours', its region's and England's, same definition only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import floats, same
from scorecard.analysis.assessment.directions import moves_by_level
from scorecard.catalogue.models import COMPARATOR_KINDS


def compare(figures: pd.DataFrame) -> pd.DataFrame:
    """How each figure stands to each comparator that the plan prints.

    figures: a row a measure: value, polarity, kind, target_lower, target_upper, restarts (bool: a count that starts
    again each year, which a comparator can't be set beside), and for each comparator its value and `…_comparable`.
    Returns on the same index, for each comparator, `…_difference` (value − comparator, in the measure's unit; NaN
    where there is none or it is not comparable) and `…_position`: better | worse | level; higher | lower | level where
    neither is better (a volume, a range, a monitored measure); <NA> where there is no difference to give.
    """
    columns: dict[str, object] = {}
    value, restarts = floats(figures["value"]), figures["restarts"].to_numpy(dtype=bool)
    lower, upper = figures["target_lower"], figures["target_upper"]
    by_level = moves_by_level(figures["kind"], figures["polarity"], lower, upper)
    neutral = by_level | (figures["polarity"] == "monitor").to_numpy(dtype=bool)
    lower_is_better = (figures["polarity"] == "lower_is_better").to_numpy(dtype=bool)
    for name in COMPARATOR_KINDS:
        other = floats(figures[name])
        comparable = figures[f"{name}_comparable"].to_numpy(dtype=bool) & ~restarts
        difference = np.where(comparable, np.where(same(value, other), 0.0, value - other), np.nan)
        good = np.where(lower_is_better, difference < 0, difference > 0)
        word = np.select(
            [np.isnan(difference), difference == 0, neutral & (difference > 0), neutral, good],
            ["", "level", "higher", "lower", "better"],
            "worse",
        )
        columns[f"{name}_difference"] = difference
        columns[f"{name}_position"] = pd.Series(word, index=figures.index, dtype="str").mask(word == "")
    return pd.DataFrame(columns, index=figures.index)
