"""Distance to target, status and gap closed: whole columns at once, one element a figure.

Every figure is in its measure's unit. Distances are signed and positive is good. NaN stands where something is missing.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import SAME_FIGURE, Flags, Floats, floats, same
from scorecard.core.numbers import PER_UNIT

MET, CLOSE, MISSED, NO_TARGET, NO_DATA = "met", "close", "missed", "no_target", "no_data"

HALF = 0.5 + SAME_FIGURE  # of a whole number: the most that rounding takes or gives


def distance(value: pd.Series | Floats, lower: pd.Series | Floats, upper: pd.Series | Floats) -> Floats:
    """Signed distance to target, positive good, in the unit of the value.

    lower, upper: the target's edges, NaN where open. At least: value − lower; at most: upper − value; between: to the
    nearer edge, negative outside. NaN where value or target is missing.
    """
    figure, low, high = floats(value), floats(lower), floats(upper)
    above = np.where(same(figure, low), 0.0, figure - low)
    below = np.where(same(figure, high), 0.0, high - figure)
    return cast(Floats, np.fmin(above, below))


def exact_values(
    value: pd.Series | Floats, numerator: pd.Series | Floats, denominator: pd.Series | Floats, unit: pd.Series
) -> Floats:
    """Figures by numerator ÷ denominator where both are given and round to the figure; else as they are.

    A figure sent as 80% that is 151 of 189 is 79.9%: it is judged as that.
    """
    figure, top, bottom = floats(value), floats(numerator), floats(denominator)
    per = unit.map(PER_UNIT).to_numpy(dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = top / bottom * per
        from_parts = (bottom > 0) & (np.abs(exact - figure) <= HALF) & (unit != "number").to_numpy(dtype=bool)
    return np.where(from_parts, exact, figure)


def edge(value: pd.Series | Floats, lower: pd.Series | Floats, upper: pd.Series | Floats) -> Floats:
    """The target's edge that a value is measured against: the only one, or of two the nearer."""
    figure, low, high = floats(value), floats(lower), floats(upper)
    nearer_low = np.abs(figure - low) <= np.abs(high - figure)
    return np.where(np.isnan(high), low, np.where(np.isnan(low), high, np.where(nearer_low, low, high)))


def meets(gap: Floats, strict: pd.Series | Flags) -> Flags:
    """Where a distance means that the target is met: not negative, and for a strict target ('>109') above nothing."""
    return np.where(np.asarray(strict, dtype=bool), gap > 0, gap >= 0)


def status(
    gap: Floats, strict: pd.Series | Flags, tolerance: pd.Series | Floats, has_target: Flags, monitored: Flags
) -> pd.Series:
    """The status of each figure: met | close | missed | no_target | no_data; <NA> for a monitored measure.

    Close is missed by no more than the tolerance agreed for the measure, in its unit; without one nothing is close.
    """
    met = meets(gap, strict)
    allowed = np.nan_to_num(floats(tolerance), nan=-1.0)
    with np.errstate(invalid="ignore"):
        close = ~met & (allowed >= 0) & ((-gap <= allowed) | same(-gap, allowed))
    statuses = np.select([~has_target, np.isnan(gap), met, close], [NO_TARGET, NO_DATA, MET, CLOSE], default=MISSED)
    return pd.Series(statuses, dtype="str").mask(np.asarray(monitored, dtype=bool))


def gap_closed(value: pd.Series, baseline: pd.Series, lower: pd.Series, upper: pd.Series) -> Floats:
    """The share of the way from baseline to target that is done: (value − baseline) ÷ (target − baseline).

    NaN where the value or the baseline is missing, and where the baseline stood at the target or beyond it: a share
    of no way is not defined.
    """
    start = floats(baseline)
    goal = edge(start, lower, upper)
    at_start = distance(start, lower, upper)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (floats(value) - start) / (goal - start)
    return np.where(at_start < 0, share, np.nan)


def share_of_year(months: pd.Series | Floats, profiles: pd.Series) -> Floats:
    """What share of a year's target is due so many months into the year: by the profile, else in even parts."""
    due = np.clip(floats(months), 1, 12)
    even = due / 12
    has_profile = profiles.notna().to_numpy(dtype=bool)
    if not has_profile.any():
        return even
    table = np.array(
        [profile if has else np.full(12, np.nan) for profile, has in zip(profiles, has_profile, strict=True)]
    )
    month = np.nan_to_num(due, nan=1).astype(np.int64) - 1
    return np.where(has_profile & ~np.isnan(due), table[np.arange(len(table)), month], even)


def people_needed(
    numerator: pd.Series, denominator: pd.Series, lower: pd.Series, upper: pd.Series, strict: pd.Series, per: pd.Series
) -> Floats:
    """How many more (or, negative, fewer) in the numerator would just meet the target, the denominator as it is.

    per: what the unit counts by (100 for percent, 10,000 …). 0 where the target is met, NaN where the figures are not
    given.
    """
    top, bottom = floats(numerator), floats(denominator)
    beyond = np.asarray(strict, dtype=bool)
    low, high = floats(lower) * bottom / floats(per), floats(upper) * bottom / floats(per)
    least = np.where(beyond, np.floor(low + SAME_FIGURE) + 1, np.ceil(low - SAME_FIGURE))
    most = np.where(beyond, np.ceil(high - SAME_FIGURE) - 1, np.floor(high + SAME_FIGURE))
    needed = np.where(top < least, least - top, np.where(top > most, most - top, 0.0))
    known = ~np.isnan(top) & (bottom > 0) & ~(np.isnan(low) & np.isnan(high))
    return np.where(known, needed, np.nan)
