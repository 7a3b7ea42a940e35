"""When will we get there: each series carried twelve months on, with intervals, and the chance of meeting a target.

From the series alone: no knowledge of plans, events or other measures goes in. Silent under twelve points.
"""

import math
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.projection.history import (
    MOVING,
    NO_MONTH,
    SERIES,
    STEADY,
    STOCK,
    month_ends,
    month_numbers,
    need,
    read_history,
)
from scorecard.analysis.projection.intervals import interval_half_widths
from scorecard.analysis.projection.matrix import Matrix
from scorecard.analysis.projection.methods import combination, last_level, steady_combination

FEWEST_POINTS = 12
"""A series with fewer values is not projected: fewer say too little about its own ups and downs."""

HORIZON = 12
"""Months ahead that the intervals have been measured for."""

PROJECTION_COLUMNS = [*SERIES, "period_end", "projected", "lower_80", "upper_80", "lower_95", "upper_95"]
FIGURES = PROJECTION_COLUMNS[3:]
SILENCE_COLUMNS = [*SERIES, "points", "why"]
CHANCE_COLUMNS = [*SERIES, "by", "target_lower", "target_upper", "chance", "why_not"]

WAYS = {MOVING: combination, STEADY: steady_combination, STOCK: last_level}

NORMAL_80, NORMAL_95 = NormalDist().inv_cdf(0.90), NormalDist().inv_cdf(0.975)
"""How far a standard bell curve's 80 % and 95 % intervals reach (1.28 and 1.96)."""


def project(
    observations: pd.DataFrame,
    horizon: int = HORIZON,
    bounds: pd.DataFrame | None = None,
    *,
    settings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Carry each series on for `horizon` months after its last value.

    `observations`: measure_id, area, period_end (the last day of a month), value (float; NaN is a missing month, as is
    a month without a row), in any order. Where there are columns symbol or provisional (bool), figures with the symbol
    p or the flag are left out; further columns are ignored. `bounds`: a row a measure with measure_id, lower, upper
    (NaN or no row = open), in the measure's unit; figures beyond are set on the bound. With None nothing is.
    `settings`: a row a measure with measure_id and, where known, accumulation and unit (as the catalogue has them: a
    stock at month end stays where it is, a month's share or count near its mean) and rebase (a list of Timestamps: the
    figures before the last one that isn't after the last figure are left out); further columns are ignored.

    Returns measure_id, area, period_end, projected, lower_80, upper_80, lower_95, upper_95, sorted by the first three,
    with lower_95 ≤ lower_80 ≤ projected ≤ upper_80 ≤ upper_95; series of under twelve values have no rows
    (`why_silent` says so in words). A series gets the same figures alone or among others, in any order of rows.
    Raises ValueError where a column lacks, a row has no date, a month has two values, a value is infinite, the horizon
    is under 1, or a measure's bounds or settings are given twice or its bounds are the wrong way round.
    """
    if horizon < 1:
        raise ValueError(f"The horizon is at least 1 month, not {horizon}.")
    history = read_history(observations, settings)
    enough = history.points >= FEWEST_POINTS
    keys, last = history.keys[enough], history.last[enough]
    steps = len(keys) * horizon
    out = keys.loc[keys.index.repeat(horizon)].reset_index(drop=True)
    months = (last[:, None] + np.arange(1, horizon + 1)).reshape(steps)
    out["period_end"] = pd.Series(month_ends(months)).astype(observations["period_end"].dtype)
    figures = _figures(history.values[enough], history.way[enough], horizon)
    for name, figure in zip(FIGURES, figures, strict=True):
        out[name] = figure.reshape(steps)
    return out if bounds is None else _within(out, bounds)


def _figures(values: Matrix, way: NDArray[np.str_], horizon: int) -> Matrix:
    """FIGURES × series × horizon, each series carried on in its way."""
    out = np.empty((len(FIGURES), len(values), horizon))
    for name, carry_on in WAYS.items():
        rows = np.flatnonzero(way == name)
        if len(rows):
            forecast = carry_on(values[rows], horizon)
            half = interval_half_widths(values[rows], forecast, stock=name == STOCK)
            signs = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
            for place, (by_80, by_95) in enumerate(signs):
                out[place, rows] = forecast.ahead + by_80 * half.half_80 + by_95 * half.half_95
    return out


def why_silent(observations: pd.DataFrame, *, settings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say for each series that `project` leaves out why: measure_id, area, points (int), why (words); sorted.

    Takes the same observations and settings, raises the same errors. All series projected: an empty frame.
    """
    history = read_history(observations, settings)
    few = history.points < FEWEST_POINTS
    out = history.keys[few].reset_index(drop=True)
    out["points"] = history.points[few]
    out["why"] = pd.Series([silence(int(points)) for points in history.points[few]], dtype="str")
    return out


def silence(points: int) -> str:
    """Why a series of so many figures, fewer than FEWEST_POINTS, is not projected."""
    if points == 0:
        return f"No projection: there are no figures yet; it takes {FEWEST_POINTS}."
    noun = "figure" if points == 1 else "figures"
    return f"No projection: {points} monthly {noun} so far; it takes {FEWEST_POINTS}."


def chance_of_meeting(projection: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The chance that the figure of the month `by` meets its target, from the projection's intervals.

    `projection`: as `project` returns it, best without bounds (a clipped interval has forgotten how far it reached;
    what lies beyond a bound counts as lying on it, so the bounds change no chance of a target inside them).
    `targets`: measure_id, target_lower, target_upper (NaN = open; 'at least' and 'more than' give the lower, 'at most'
    and 'less than' the upper, 'between' both; a value met exactly has no weight), by (a date in the month that counts),
    and area where a target is one area's own; without that column it is every projected area's.

    Between the projection (the middle of the distribution), the 80 % and the 95 % interval, the distance is turned into
    a standard bell curve's by straight lines through 0, 1.28 and 1.96, and beyond by the last of them: a bell curve in
    the middle with wider tails. Where the two sides differ, as after clipping, the wider speaks for both.

    Returns measure_id, area, by, target_lower, target_upper, chance (0 to 1; NaN where there is none) and why_not
    (words, missing where there is a chance), in the order of the targets, then of area. Raises ValueError where a
    column lacks or a target's lower end lies above its upper.
    """
    need(projection, PROJECTION_COLUMNS, "projection")
    need(targets, ["measure_id", "target_lower", "target_upper", "by"], "targets")
    if (targets["target_lower"] > targets["target_upper"]).any():
        raise ValueError("A target's lower end lies above its upper end.")
    asked = targets[[c for c in CHANCE_COLUMNS[:5] if c in targets]].reset_index(drop=True)
    asked["_order"], asked["_month"] = np.arange(len(asked)), month_numbers(asked["by"])
    shared = [c for c in SERIES if c in asked]
    areas = projection[SERIES].drop_duplicates()
    asked = asked.merge(areas, on=shared, how="left").sort_values(["_order", "area"])
    figures = projection[SERIES + FIGURES].assign(_month=month_numbers(projection["period_end"]))
    found = asked.merge(figures, on=[*SERIES, "_month"], how="left")
    projected = pd.MultiIndex.from_frame(asked[SERIES]).isin(pd.MultiIndex.from_frame(areas))
    lower, upper = (found[c].to_numpy(np.float64) for c in ("target_lower", "target_upper"))
    under = np.where(np.isnan(upper), 1.0, _share_under(found, upper))
    chance = np.clip(under - np.where(np.isnan(lower), 0.0, _share_under(found, lower)), 0.0, 1.0)
    no_target = np.isnan(lower) & np.isnan(upper)
    reached = found["projected"].notna().to_numpy()
    chance[no_target | ~reached] = np.nan
    no_date = found["_month"].eq(NO_MONTH).to_numpy()
    reasons = [no_target, no_date, ~projected, ~reached]
    words = ["no target", "the target has no date", "no projection", "the date is not among the months projected"]
    why_not = np.select(reasons, words, default="")
    out = found.reindex(columns=CHANCE_COLUMNS[:5])
    out["chance"] = chance
    out["why_not"] = pd.Series(why_not, dtype="str").mask(why_not == "")
    return out


def _share_under(figures: pd.DataFrame, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of the predictive distribution under a value, for each row of figures; see chance_of_meeting."""
    middle, low_80, high_80, low_95, high_95 = (figures[c].to_numpy(np.float64) for c in FIGURES)
    inner = np.maximum(middle - low_80, high_80 - middle)
    outer = np.maximum(middle - low_95, high_95 - middle) - inner
    away = value - middle
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.nan_to_num(NORMAL_80 * np.abs(away) / inner, nan=0.0, posinf=np.inf)
        far = NORMAL_80 + (NORMAL_95 - NORMAL_80) * (np.abs(away) - inner) / outer
    bell = np.sign(away) * np.where(np.abs(away) <= inner, near, np.nan_to_num(far, nan=np.inf, posinf=np.inf))
    return np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in bell], dtype=np.float64)


def _within(projection: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """The projection with every figure set within its measure's bounds."""
    need(bounds, ["measure_id", "lower", "upper"], "bounds")
    if bounds["measure_id"].duplicated().any():
        raise ValueError("A measure's bounds are given more than once.")
    if (bounds["lower"] > bounds["upper"]).any():
        raise ValueError("A measure's lower bound lies above its upper bound.")
    limits = bounds.set_index("measure_id")[["lower", "upper"]].astype("float64")
    limits = limits.reindex(projection["measure_id"])
    lower = limits["lower"].fillna(-np.inf).to_numpy()[:, None]
    upper = limits["upper"].fillna(np.inf).to_numpy()[:, None]
    out = projection.copy()
    out[FIGURES] = np.clip(projection[FIGURES].to_numpy(np.float64), lower, upper)
    return out
