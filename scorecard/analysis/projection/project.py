"""When will we get there: each series carried twelve months on, with intervals, and the chance of meeting a target.

From the series alone: no knowledge of plans, events or other measures goes in. Silent under twelve points.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.arrays import NO_MONTH, month_ends, month_numbers
from scorecard.analysis.projection.chance import NORMAL_80, Figures, Projected, Targets, bell_chance, chance, usual
from scorecard.analysis.projection.history import MOVING, SERIES, STEADY, STOCK, read_history, require_columns
from scorecard.analysis.projection.intervals import ANY_SERIES, STEADY_SERIES, STOCK_SERIES, interval_half_widths
from scorecard.analysis.projection.matrix import Matrix
from scorecard.analysis.projection.methods import combination, last_level, steady_combination

FEWEST_POINTS = 12
"""A series with fewer values is not projected: fewer say too little about its own ups and downs."""

HORIZON = 12
"""Months ahead that the intervals have been measured for."""

PROJECTION_COLUMNS = [*SERIES, "period_end", "projected", "lower_80", "upper_80", "lower_95", "upper_95"]
FIGURES = PROJECTION_COLUMNS[3:]
CHANCE_COLUMNS = [*SERIES, "by", "target_lower", "target_upper", "chance", "why_not"]

MOST_PERCENT = 100.0
"""What a percentage can be at most, unless its measure says otherwise."""

WAYS = {
    MOVING: (combination, ANY_SERIES),
    STEADY: (steady_combination, STEADY_SERIES),
    STOCK: (last_level, STOCK_SERIES),
}
"""How each kind of measure is carried on, and how far its own misses are trusted."""


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
    (`too_few` names them). A series gets the same figures alone or among others, in any order of rows.
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
    for name, (carry_on, trust) in WAYS.items():
        rows = np.flatnonzero(way == name)
        if len(rows):
            forecast = carry_on(values[rows], horizon)
            half = interval_half_widths(values[rows], forecast, trust)
            signs = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
            for index, (by_80, by_95) in enumerate(signs):
                out[index, rows] = forecast.ahead + by_80 * half.half_80 + by_95 * half.half_95
    return out


def too_few(observations: pd.DataFrame, *, settings: pd.DataFrame | None = None) -> pd.DataFrame:
    """The series that `project` leaves out for want of figures: measure_id, area, points (how many there are); sorted.

    Takes the same observations and settings, raises the same errors. All series projected: an empty frame.
    """
    history = read_history(observations, settings)
    few = history.points < FEWEST_POINTS
    return history.keys[few].assign(points=history.points[few]).reset_index(drop=True)


def chance_of_meeting(
    projection: pd.DataFrame,
    targets: pd.DataFrame,
    observations: pd.DataFrame | None = None,
    *,
    settings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The chance that the figure of the month `by` meets its target, from the projection's intervals.

    `projection`: as `project` returns it, best without bounds (a clipped interval has forgotten how far it reached).
    `targets`: measure_id, target_lower, target_upper (NaN = open; 'at least' and 'more than' give the lower, 'at most'
    and 'less than' the upper, 'between' both), by (a date in the month that counts), and where known area (a target is
    one area's own; without that column it is every projected area's) and target_strict (bool: the number itself doesn't
    meet it). `observations`, `settings`: what the projection was made from, and where known denominator (of each
    observation) and maximum (of a measure's figures). With them a target that can be met exactly has its weight, at a
    bound and for small counts too (`chance.chance`); without them a value met exactly has none.

    Returns measure_id, area, by, target_lower, target_upper, chance (0 to 1; NaN where there is none) and why_not
    (words, missing where there is a chance), in the order of the targets, then of area. Raises ValueError where a
    column lacks or a target's lower end lies above its upper.
    """
    require_columns(projection, PROJECTION_COLUMNS, "projection")
    require_columns(targets, ["measure_id", "target_lower", "target_upper", "by"], "targets")
    if (targets["target_lower"] > targets["target_upper"]).any():
        raise ValueError("A target's lower end lies above its upper end.")
    asked = targets[[c for c in [*CHANCE_COLUMNS[:5], "target_strict"] if c in targets]].reset_index(drop=True)
    asked["_order"], asked["_month"] = np.arange(len(asked)), month_numbers(asked["by"])
    shared = [c for c in SERIES if c in asked]
    areas = projection[SERIES].drop_duplicates()
    asked = asked.merge(areas, on=shared, how="left").sort_values(["_order", "area"])
    figures = projection[SERIES + FIGURES].assign(_month=month_numbers(projection["period_end"]))
    chances = asked.merge(figures, on=[*SERIES, "_month"], how="left")
    projected = pd.MultiIndex.from_frame(asked[SERIES]).isin(pd.MultiIndex.from_frame(areas))
    lower, upper = (chances[c].to_numpy(np.float64) for c in ("target_lower", "target_upper"))
    no_target = np.isnan(lower) & np.isnan(upper)
    reached = chances["projected"].notna().to_numpy()
    every_chance = np.full(len(chances), np.nan)
    rows = np.flatnonzero(reached & ~no_target)
    every_chance[rows] = _chances(chances.iloc[rows], projection, observations, settings)
    no_date = chances["_month"].eq(NO_MONTH).to_numpy()
    reasons = [no_target, no_date, ~projected, ~reached]
    reason_words = [
        "no target",
        "the target has no date",
        "no projection",
        "the date is not among the months projected",
    ]
    why_not = np.select(reasons, reason_words, default="")
    out = chances.reindex(columns=CHANCE_COLUMNS[:5])
    out["chance"] = every_chance
    out["why_not"] = pd.Series(why_not, dtype="str").mask(why_not == "")
    return out


def _chances(
    joined: pd.DataFrame, projection: pd.DataFrame, observations: pd.DataFrame | None, settings: pd.DataFrame | None
) -> NDArray[np.float64]:
    """The chance of each row of targets beside the figures projected for its month."""
    ahead = Projected(*(joined[name].to_numpy(np.float64) for name in FIGURES))
    strict = joined["target_strict"].to_numpy(bool) if "target_strict" in joined else np.zeros(len(joined), np.bool_)
    asked = Targets(joined["target_lower"].to_numpy(np.float64), joined["target_upper"].to_numpy(np.float64), strict)
    if observations is None:
        return bell_chance(ahead, asked)
    history = read_history(observations, settings)
    keys = pd.MultiIndex.from_frame(joined[SERIES])
    history_row = pd.MultiIndex.from_frame(history.keys).get_indexer(keys)
    if (history_row < 0).any():
        raise ValueError("The projection has a series that the observations lack.")
    first = projection.drop_duplicates(SERIES).set_index(SERIES).reindex(keys)
    reach = (first["upper_80"] - first["projected"]).to_numpy(np.float64) / NORMAL_80
    unit = history.about["unit"].fillna("").to_numpy(dtype=str)[history_row]
    most = history.about["maximum"].astype("float64").fillna(MOST_PERCENT).to_numpy()[history_row]
    figures = Figures(
        past=history.values[history_row],
        least=np.where(unit == "", -np.inf, 0.0),
        most=np.where(unit == "percent", most, np.inf),
        counted=(unit == "number") & (history.way[history_row] == STEADY),
        one=np.where(unit == "percent", 100 / usual(history.denominators[history_row]), np.nan),
        month_spread=reach,
    )
    return chance(ahead, asked, figures)


def _within(projection: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """The projection with every figure set within its measure's bounds."""
    require_columns(bounds, ["measure_id", "lower", "upper"], "bounds")
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
