"""Movement: what changed since the figure before, how large that is, and whether it is for the better."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, floats, month_numbers, same
from scorecard.analysis.assessment import target
from scorecard.analysis.assessment.directions import moves_by_level
from scorecard.analysis.assessment.series import YEAR_STARTS_IN_MONTH

BETTER, WORSE, TOWARDS, AWAY, UNCHANGED = "better", "worse", "towards", "away", "unchanged"


def movement(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds change, change_from, mover_size, mover_direction, pair_disagrees and counted.

    change: value − the figure before (change_from 'previous'), or − the baseline where no figure is before it
    ('baseline'), in the measure's unit; missing across a break, for a count that restarts each year, and where a share
    of the year begins again in April. mover_size: |change| ÷ |target − baseline|, no unit. mover_direction: better |
    worse; towards | away (from the plan's level) for a volume, a range or a monitored measure, missing where it stays
    within the level; unchanged. counted: False for the second of a pair, so that a number and a rate of the same thing
    count once. pair_disagrees: one of the pair rose while the other fell.
    """
    baseline = floats(frame["baseline"].mask(frame["broken"]))
    low, high = frame["target_lower"], frame["target_upper"]
    previous, value = floats(frame["previous_value"]), floats(frame["value"])
    has_previous = ~np.isnan(previous)
    before = np.where(has_previous, previous, baseline)
    change = np.where(same(value, before), 0.0, value - before)
    restarts = frame["restarts"].to_numpy(dtype=bool) | (has_previous & _year_began_anew(frame))
    change = np.where(restarts, np.nan, change)
    way = np.abs(target.edge(baseline, low, high) - baseline)
    compared_with = pd.Series(np.where(has_previous, "previous", "baseline"), index=frame.index, dtype="str")
    frame = frame.assign(
        change=change,
        change_from=compared_with.mask(np.isnan(change)),
        mover_size=np.abs(change) / np.where(way > 0, way, np.nan),
        mover_direction=_direction(frame, value, before, change),
    )
    ids = pd.Index(frame["measure_id"])
    other = ids.get_indexer(frame["pair"])
    change_of_other = np.append(change, np.nan)[other]
    paired = (other >= 0) & frame["pair"].notna().to_numpy(dtype=bool)
    return frame.assign(
        pair_disagrees=paired & (np.sign(change) * np.sign(change_of_other) < 0),
        counted=~(paired & (other < np.arange(len(frame)))),
    )


def _year_began_anew(frame: pd.DataFrame) -> Flags:
    """Whether a figure since April and the figure before it belong to different years."""
    to_date = (frame["accumulation"] == "year_to_date").to_numpy(dtype=bool)
    years = [(month_numbers(frame[name]) + 1 - YEAR_STARTS_IN_MONTH) // 12 for name in ("period_end", "previous_end")]
    return np.asarray(to_date & (years[0] != years[1]), dtype=np.bool_)


def _direction(frame: pd.DataFrame, value: Floats, before: Floats, change: Floats) -> pd.Series:
    low, high = frame["target_lower"], frame["target_upper"]
    by_level = moves_by_level(frame["kind"], frame["polarity"], low, high)
    neutral = by_level | (frame["polarity"] == "monitor").to_numpy(dtype=bool)
    now, then = target.distance(value, low, high), target.distance(before, low, high)
    # Within the plan's level there is neither towards nor away: only what lies outside it counts.
    outside_now, outside_then = np.clip(now, None, 0), np.clip(then, None, 0)
    lower_is_better = (frame["polarity"] == "lower_is_better").to_numpy(dtype=bool)
    good = np.where(lower_is_better, change < 0, change > 0)
    directions = np.select(
        [
            np.isnan(change),
            change == 0,
            neutral & (outside_now > outside_then),
            neutral & (outside_now < outside_then),
            neutral,
            good,
        ],
        ["", UNCHANGED, TOWARDS, AWAY, "", BETTER],
        default=WORSE,
    )
    return pd.Series(directions, index=frame.index, dtype="str").mask(directions == "")
