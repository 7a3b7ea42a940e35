"""When will we get there: each series carried twelve months on, with intervals, and the chance of meeting a target.

From the series alone: no knowledge of plans, events or other measures goes in. Silent under twelve points.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.projection.intervals import interval_half_widths
from scorecard.analysis.projection.methods import Matrix, combination

FEWEST_POINTS = 12
"""A series with fewer values is not projected: fewer say too little about its own ups and downs."""

HORIZON = 12
"""Months ahead that the intervals have been measured for."""

SERIES = ["measure_id", "area"]
PROJECTION_COLUMNS = [*SERIES, "period_end", "projected", "lower_80", "upper_80", "lower_95", "upper_95"]
FIGURES = PROJECTION_COLUMNS[3:]
SILENCE_COLUMNS = [*SERIES, "points", "why"]
CHANCE_COLUMNS = [*SERIES, "by", "target_lower", "target_upper", "chance", "why_not"]

NO_MONTH = np.iinfo(np.int64).min
"""What numpy makes of a missing date."""

NORMAL_80, NORMAL_95 = NormalDist().inv_cdf(0.90), NormalDist().inv_cdf(0.975)
"""How far a standard bell curve's 80 % and 95 % intervals reach (1.28 and 1.96)."""


def project(observations: pd.DataFrame, horizon: int = HORIZON, bounds: pd.DataFrame | None = None) -> pd.DataFrame:
    """Carry each series on for `horizon` months after its last value.

    `observations`: measure_id, area, period_end (the last day of a month), value (float; NaN is a missing month, as is
    a month without a row), in any order; further columns are ignored. `bounds`: a row a measure with measure_id, lower,
    upper (NaN or no row = open), in the measure's unit; figures beyond are set on the bound. With None nothing is.

    Returns measure_id, area, period_end, projected, lower_80, upper_80, lower_95, upper_95, sorted by the first three,
    with lower_95 ≤ lower_80 ≤ projected ≤ upper_80 ≤ upper_95; series of under twelve values have no rows
    (`why_silent` says so in words). A series gets the same figures alone or among others, in any order of rows.
    Raises ValueError where a column lacks, a row has no date, a month has two values, a value is infinite, the horizon
    is under 1, or a measure's bounds are given twice or are the wrong way round.
    """
    if horizon < 1:
        raise ValueError(f"The horizon is at least 1 month, not {horizon}.")
    history = _history(observations)
    enough = history.points >= FEWEST_POINTS
    keys, last, values = history.keys[enough], history.last[enough], history.values[enough]
    steps = len(keys) * horizon
    out = keys.loc[keys.index.repeat(horizon)].reset_index(drop=True)
    months = (last[:, None] + np.arange(1, horizon + 1)).reshape(steps)
    out["period_end"] = pd.Series(_month_ends(months)).astype(observations["period_end"].dtype)
    if steps:
        forecast = combination(values, horizon)
        half = interval_half_widths(values, forecast)
        middle = forecast.ahead
        figures = [middle, middle - half.half_80, middle + half.half_80]
        figures += [middle - half.half_95, middle + half.half_95]
    else:
        figures = [np.empty((0, horizon))] * len(FIGURES)
    for name, figure in zip(FIGURES, figures, strict=True):
        out[name] = figure.reshape(steps)
    return out if bounds is None else _within(out, bounds)


def why_silent(observations: pd.DataFrame) -> pd.DataFrame:
    """Say for each series that `project` leaves out why: measure_id, area, points (int), why (words); sorted.

    Takes the same observations, raises the same errors. All series projected: an empty frame.
    """
    history = _history(observations)
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
    _need(projection, PROJECTION_COLUMNS, "projection")
    _need(targets, ["measure_id", "target_lower", "target_upper", "by"], "targets")
    if (targets["target_lower"] > targets["target_upper"]).any():
        raise ValueError("A target's lower end lies above its upper end.")
    asked = targets[[c for c in CHANCE_COLUMNS[:5] if c in targets]].reset_index(drop=True)
    asked["_order"], asked["_month"] = np.arange(len(asked)), _month_numbers(asked["by"])
    shared = [c for c in SERIES if c in asked]
    areas = projection[SERIES].drop_duplicates()
    asked = asked.merge(areas, on=shared, how="left").sort_values(["_order", "area"])
    figures = projection[SERIES + FIGURES].assign(_month=_month_numbers(projection["period_end"]))
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


class _History(NamedTuple):
    """The observations as `projection_methods` takes them, a row a series, sorted by measure_id and area."""

    keys: pd.DataFrame
    points: NDArray[np.int64]
    last: NDArray[np.int64]
    values: Matrix


def _history(observations: pd.DataFrame) -> _History:
    """Series × months, each row's last value in the last column; months without a row are NaN."""
    _need(observations, [*SERIES, "period_end", "value"], "observations")
    rows = observations[SERIES].assign(
        month=_month_numbers(observations["period_end"]), value=observations["value"].astype("float64")
    )
    if rows["month"].eq(NO_MONTH).any():
        raise ValueError("A row has no period_end.")
    twice = rows.duplicated([*SERIES, "month"])
    if twice.any():
        measure, area = rows.loc[twice, SERIES].iloc[0]
        raise ValueError(f"Measure {measure}, area {area}: a month has more than one value.")
    if np.isinf(rows["value"]).any():
        raise ValueError("A value is infinite.")
    series = rows.groupby(SERIES, sort=True, dropna=False)
    rows["series"] = series.ngroup()
    keys = rows.drop_duplicates("series").sort_values("series")[SERIES].reset_index(drop=True)
    seen = rows[rows["value"].notna()]
    row, month = seen["series"].to_numpy(), seen["month"].to_numpy()
    points = np.bincount(row, minlength=len(keys))
    last = np.full(len(keys), NO_MONTH)
    np.maximum.at(last, row, month)
    back = last[row] - month
    values = np.full((len(keys), int(back.max(initial=0)) + 1), np.nan)
    values[row, values.shape[1] - 1 - back] = seen["value"].to_numpy()
    return _History(keys, points, last, values)


def _within(projection: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """The projection with every figure set within its measure's bounds."""
    _need(bounds, ["measure_id", "lower", "upper"], "bounds")
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


def _month_numbers(dates: "pd.Series[pd.Timestamp]") -> NDArray[np.int64]:
    """Months since January 1970 of each date's month; NO_MONTH for none."""
    return dates.to_numpy("datetime64[M]").astype(np.int64)


def _month_ends(months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """The last day of each month, counted as `_month_numbers` does."""
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(following - np.timedelta64(1, "D"), dtype="datetime64[D]").astype("datetime64[s]")


def _need(frame: pd.DataFrame, columns: list[str], name: str) -> None:
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise ValueError(f"The {name} lack the column {', '.join(lacking)}.")
