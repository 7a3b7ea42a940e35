"""Since when a measure has not stood so high, or so low: the plain fact that stands where no limits may be shown."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

FEWEST = 6  # figures that the latest must pass before it is worth saying


class Extreme(NamedTuple):
    """The latest figure is the highest (or lowest) since a month; None: of all figures there are."""

    highest: bool
    since: pd.Timestamp | None


def extreme(series: pd.DataFrame) -> Extreme | None:
    """How the latest figure ranks among those before it; None where it passes fewer than FEWEST of them.

    series: one measure's rows of assessment.series (period_end, value), in order.
    """
    known = series.dropna(subset=["value"])
    if len(known) <= FEWEST:
        return None
    latest, before = known["value"].iloc[-1], known.iloc[:-1].iloc[::-1]
    for highest in (True, False):
        reached = before["value"] >= latest if highest else before["value"] <= latest
        passed = int(reached.to_numpy().argmax()) if reached.any() else len(before)
        if passed >= FEWEST:
            return Extreme(highest, before["period_end"].iloc[passed] if reached.any() else None)
    return None
