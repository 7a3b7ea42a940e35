"""How much would chance alone make? The margin a difference must pass to be held against a measure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints, floats
from scorecard.analysis.assessment.target import distance, meets
from scorecard.analysis.spc.limits import MEAN_TO_LIMIT
from scorecard.core.numbers import PER_UNIT

# A difference counts as more than chance where chance makes so large a one in 1 month of 20: Student's t, one side.
ONE_IN_20 = 0.05
T_ONE_IN_20 = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812)
NORMAL_ONE_IN_20 = 1.645
# Moving ranges share their figures: for their average each is worth so many degrees of freedom (Wheeler and Chambers
# 1992, Understanding Statistical Process Control: 0.62 (n − 1) for n figures).
DEGREES_A_RANGE = 0.62
STANDARD_DEVIATIONS_TO_LIMIT = 3.0
# A met target is 'met, but by luck' only where as many months of a stable level would miss it: 1 in 5.
MATERIAL_CHANCE = 0.2


def chance_margin(frame: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """How far one figure of each measure may lie from its level by chance, to one side, in 19 months of 20.

    frame: a row a measure: measure_id, unit, decimals, restarts, denominator and value (of the latest figure). series:
    series.own_series. The chance is that of the moving ranges between neighbouring figures that aren't provisional
    (what each month added, for a count since April), at least that of rounding, and of a share at least that of its
    denominator; few ranges widen it as Student's t does.
    Returns on frame's index chance_margin (the measure's unit; NaN where fewer than two figures and no denominator say
    nothing of chance).
    """
    spread, ranges = _spread(frame, series)
    of_people = _of_people(frame)
    rounding = 10.0 ** -floats(frame["decimals"]) / np.sqrt(12)
    known = ranges > 0
    spread = np.fmax(np.where(known, np.maximum(spread, rounding), np.nan), of_people)
    times = np.where(known, students_t(np.asarray(DEGREES_A_RANGE * ranges, dtype=np.float64)), NORMAL_ONE_IN_20)
    return pd.DataFrame({"chance_margin": spread * times}, index=frame.index)


def chance_of_missing(frame: pd.DataFrame, points: pd.DataFrame) -> pd.Series:
    """The chance that a stable measure misses its present target next month: how often its present level did.

    frame: a row a measure: measure_id, judged_lower, judged_upper, target_strict, target_at_bound, assurance,
    no_assurance. points: spc.Spc.points.
    The share of the last segment's figures that miss, half a figure added to either side so that 0 of 24 is no
    certainty (Jeffreys). Missing where no assurance may be given, unless only because the target is at a bound.
    """
    rows = points[points["value"].notna()]
    measure_row = pd.Index(frame["measure_id"]).get_indexer(rows["measure_id"])
    last = np.zeros(len(frame), dtype=np.int64)
    np.maximum.at(last, measure_row, rows["segment"].to_numpy())
    present = rows["segment"].to_numpy() == last[measure_row]
    low, high = (floats(frame[name])[measure_row] for name in ("judged_lower", "judged_upper"))
    gap = distance(rows["value"], low, high)
    missed = present & ~meets(gap, frame["target_strict"].to_numpy(dtype=bool, na_value=False)[measure_row])
    share = (np.bincount(measure_row, missed, len(frame)) + 0.5) / (np.bincount(measure_row, present, len(frame)) + 1)
    at_bound = frame["target_at_bound"] & frame["no_assurance"].isna()
    return pd.Series(share, index=frame.index).where(frame["assurance"].notna() | at_bound)


def students_t(degrees: Floats) -> Floats:
    """Student's t that chance passes, to one side, once in 20; within 1 % of the tables, between them a straight line.

    Under one degree of freedom it is that of one.
    """
    few = np.interp(degrees, np.arange(1, len(T_ONE_IN_20) + 1), T_ONE_IN_20)
    return np.where(degrees > len(T_ONE_IN_20), NORMAL_ONE_IN_20 + 1.6 / np.maximum(degrees, 1), few)


def _spread(frame: pd.DataFrame, series: pd.DataFrame) -> tuple[Floats, Ints]:
    """The standard deviation that each measure's moving ranges speak of, and how many there are."""
    settled = series[~series["provisional"].to_numpy(dtype=bool) & series["value"].notna().to_numpy(dtype=bool)]
    measure_row = pd.Index(frame["measure_id"]).get_indexer(settled["measure_id"])
    restarts = frame["restarts"].to_numpy(dtype=bool)[measure_row]
    value = np.where(restarts, floats(settled["in_month"]), floats(settled["value"]))
    step = np.abs(np.diff(value, prepend=np.nan))
    counted: Flags = np.append(False, measure_row[1:] == measure_row[:-1])[: len(measure_row)] & ~np.isnan(step)
    ranges = np.bincount(measure_row[counted], minlength=len(frame))
    total = np.bincount(measure_row[counted], step[counted], len(frame))
    with np.errstate(divide="ignore", invalid="ignore"):
        average = total / ranges
    return average * MEAN_TO_LIMIT / STANDARD_DEVIATIONS_TO_LIMIT, ranges.astype(np.int64)


def _of_people(frame: pd.DataFrame) -> Floats:
    """The standard deviation of a share of so many, drawn at random; NaN for all that is no share of a denominator."""
    denominator = np.where((frame["unit"] == "percent").to_numpy(dtype=bool), floats(frame["denominator"]), np.nan)
    # One met and one missed more than there are: 12 of 12 is no proof of certainty.
    share = (floats(frame["value"]) / PER_UNIT["percent"] * denominator + 1) / (denominator + 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(
            PER_UNIT["percent"] * np.sqrt(np.clip(share * (1 - share), 0, None) / denominator), dtype=np.float64
        )
