"""Distance to target, status and gap closed: whole columns at once, one element a figure.

Every figure is in its measure's unit. Distances are signed and positive is good. NaN stands where something is missing.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MET, CLOSE, MISSED, NO_TARGET, NO_DATA = "met", "close", "missed", "no_target", "no_data"
STATUSES = (MET, CLOSE, MISSED, NO_TARGET, NO_DATA)

# Binary fractions: 0.1 + 0.2 is not 0.3. Two figures this near, relative to their size, are the same figure.
SAME_FIGURE = 1e-9


def _floats(column: pd.Series | Floats) -> Floats:
    return np.asarray(column, dtype=np.float64)


def same(left: Floats, right: Floats) -> Flags:
    """Where two figures are the same but for the last bits of binary fractions."""
    return cast(Flags, np.isclose(left, right, rtol=SAME_FIGURE, atol=SAME_FIGURE))


def distance(value: pd.Series | Floats, lower: pd.Series | Floats, upper: pd.Series | Floats) -> Floats:
    """Signed distance to target, positive good, in the unit of the value.

    lower, upper: the target's edges, NaN where open. At least: value − lower; at most: upper − value; between: to the
    nearer edge, negative outside. NaN where value or target is missing.
    """
    figure, low, high = _floats(value), _floats(lower), _floats(upper)
    above, below = figure - low, high - figure
    gap = np.fmin(above, below)
    return np.where(same(gap, np.zeros_like(gap)), 0.0, gap)


def edge(value: pd.Series | Floats, lower: pd.Series | Floats, upper: pd.Series | Floats) -> Floats:
    """The target's edge that a value is measured against: the only one, or of two the nearer."""
    figure, low, high = _floats(value), _floats(lower), _floats(upper)
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
    close = ~met & (-gap <= np.nan_to_num(_floats(tolerance), nan=-1.0))
    words = np.select([~has_target, np.isnan(gap), met, close], [NO_TARGET, NO_DATA, MET, CLOSE], default=MISSED)
    return pd.Series(words, dtype="str").mask(pd.Series(monitored & has_target))


def gap_closed(value: pd.Series, baseline: pd.Series, lower: pd.Series, upper: pd.Series) -> Floats:
    """The share of the way from baseline to target that is done: (value − baseline) ÷ (target − baseline).

    NaN where the value or the baseline is missing, and where the baseline stood at the target or beyond it: a share
    of no way is not defined.
    """
    start = _floats(baseline)
    goal = edge(start, lower, upper)
    at_start = distance(start, lower, upper)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (_floats(value) - start) / (goal - start)
    return np.where(at_start < 0, share, np.nan)


def share_of_year(months: pd.Series, profiles: pd.Series) -> Floats:
    """What share of a year's target is due so many months into the year: by the profile, else in even parts."""
    due = np.clip(_floats(months), 1, 12)
    even = due / 12
    given = profiles.notna().to_numpy()
    if not given.any():
        return even
    table = np.array([profile if has else np.full(12, np.nan) for profile, has in zip(profiles, given, strict=True)])
    return np.where(given, table[np.arange(len(table)), due.astype(int) - 1], even)


def people_needed(
    numerator: pd.Series, denominator: pd.Series, lower: pd.Series, upper: pd.Series, strict: pd.Series, per: pd.Series
) -> Floats:
    """How many more (or, negative, fewer) in the numerator would just meet the target, the denominator as it is.

    per: what the unit counts by (100 for percent, 10,000 …). 0 where the target is met, NaN where the figures are not
    given.
    """
    top, bottom = _floats(numerator), _floats(denominator)
    beyond = np.asarray(strict, dtype=bool)
    low, high = _floats(lower) * bottom / _floats(per), _floats(upper) * bottom / _floats(per)
    least = np.where(beyond, np.floor(low + SAME_FIGURE) + 1, np.ceil(low - SAME_FIGURE))
    most = np.where(beyond, np.ceil(high - SAME_FIGURE) - 1, np.floor(high + SAME_FIGURE))
    needed = np.where(top < least, least - top, np.where(top > most, most - top, 0.0))
    known = ~np.isnan(top) & (bottom > 0) & ~(np.isnan(low) & np.isnan(high))
    return np.where(known, needed, np.nan)
