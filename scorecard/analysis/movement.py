"""Movement: what changed since the figure before, how large that is, and whether it is for the better."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis import target

BETTER, WORSE, TOWARDS, AWAY, UNCHANGED = "better", "worse", "towards", "away", "unchanged"


def movement(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds change, change_from, mover_size, mover_direction, pair_disagrees and counted.

    change: value − the figure before (change_from 'previous'), or − the baseline where no figure is before it
    ('baseline'), in the measure's unit; missing across a break and for a count that restarts each year.
    mover_size: |change| ÷ |target − baseline|, no unit. mover_direction: better | worse; towards | away (from the
    plan's level) for a volume or a monitored measure; unchanged. counted: False for the second of a pair, so that a
    number and a rate of the same thing count once. pair_disagrees: one of the pair rose while the other fell.
    """
    baseline = frame["baseline"].mask(frame["broken"])
    before = frame["previous_value"].fillna(baseline)
    change = (frame["value"] - before).mask(frame["restarts"])
    goal = target.edge(baseline, frame["target_lower"], frame["target_upper"])
    way = np.abs(goal - baseline)
    frame = frame.assign(
        change=change.mask(target.same(frame["value"].to_numpy(float), before.to_numpy(float)), 0.0),
        change_from=_change_from(frame, change),
        mover_size=(change.abs() / way.where(way > 0)),
    )
    frame["mover_direction"] = _direction(frame, before)
    change_of = frame.set_index("measure_id")["change"]
    other = frame["pair"].map(change_of)
    place = pd.Series(np.arange(len(frame)), index=frame["measure_id"])
    second = frame["pair"].map(place) < np.arange(len(frame))
    return frame.assign(
        pair_disagrees=(np.sign(frame["change"]) * np.sign(other) < 0).to_numpy(dtype=bool),
        counted=~second.to_numpy(dtype=bool),
    )


def _change_from(frame: pd.DataFrame, change: pd.Series) -> pd.Series:
    words = np.where(frame["previous_value"].notna(), "previous", "baseline")
    return pd.Series(words, index=frame.index, dtype="str").where(change.notna())


def _direction(frame: pd.DataFrame, before: pd.Series) -> pd.Series:
    change = frame["change"]
    neutral = (frame["kind"] == "volume") | (frame["polarity"] == "monitor")
    gap_now = target.distance(frame["value"], frame["target_lower"], frame["target_upper"])
    gap_before = target.distance(before, frame["target_lower"], frame["target_upper"])
    good = np.where(frame["polarity"] == "lower_is_better", change < 0, change > 0)
    words = np.select(
        [change == 0, neutral & (gap_now > gap_before), neutral & ~np.isnan(gap_now), good],
        [UNCHANGED, TOWARDS, AWAY, BETTER],
        default=WORSE,
    )
    undirected = neutral & np.isnan(gap_now) & (change != 0)
    return pd.Series(words, index=frame.index, dtype="str").where(change.notna() & ~undirected)
