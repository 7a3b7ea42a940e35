"""How a series is carried forward: its season, and Theta, damped trend and its mean, mixed by what the measure is.

Every function works on many series at once, as `matrix` lays them out. A forecasting method returns *paths*, an array
series × months × horizon: `paths[i, t, h - 1]` is what series i was going to be h months after month t, as seen in
month t. The last month's paths are the projection; the earlier ones, set against what then came, say how far such
forecasts miss.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scorecard.analysis.projection.matrix import MOST_LEANING, Matrix, first_months, last_of_running_sum, last_seen
from scorecard.analysis.projection.seasonality import SEASON, Season, seasonal_pattern
from scorecard.analysis.projection.steps import Levelled, levelled

SMOOTHING_WEIGHTS = np.linspace(0.05, 1.0, 20)
"""The α that simple smoothing weighs against each other."""

STEADINESS = 3.0
"""How much less a faster renewal is expected of a steady measure: settings weigh e^−3α before any figure is seen."""

DRIFT_DOUBT = 4.0
"""A stock's drift counts from where its square is this many times what chance would make of it: two standard errors."""

TREND_LEVEL_WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)
TREND_SLOPE_WEIGHTS = (0.0, 0.2)
TREND_DAMPING = 0.9
"""The α and β* that the damped trend weighs against each other, and its damping φ: Gardner and McKenzie (1985) keep φ
under one; 0.9 is the usual middle, and is not estimated, because short series can't."""


def expanding_slopes(series: Matrix) -> Matrix:
    """Least-squares slope a month of all values up to each month (series × months); 0 where fewer than two are seen."""
    seen = np.isfinite(series)
    first = first_months(series)[:, None]
    time = np.where(seen, np.arange(series.shape[1])[None, :] - first, 0.0)
    value = np.where(seen, series - np.take_along_axis(series, first, axis=1), 0.0)
    n, t, v = seen.cumsum(axis=1), time.cumsum(axis=1), value.cumsum(axis=1)
    spread = n * (time * time).cumsum(axis=1) - t * t
    slope: Matrix = (n * (time * value).cumsum(axis=1) - t * v) / np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, slope, 0.0)


def evidence_weights(squares: Matrix, points: Matrix, doubt: Matrix | float = 0.0) -> Matrix:
    """What each setting of a method counts by how well it did: ∝ (sum of squared one-step errors)^(−points/2)·e^−doubt.

    The Gaussian likelihood with its variance profiled out, as in Akaike weights between models of equal size (Burnham
    and Anderson 2002, §2.9), times what was thought of each setting before. Series × settings in and out; each row sums
    to 1.
    """
    log = np.log(np.maximum(squares, np.finfo(np.float64).tiny))
    evidence = -points[:, None] / 2 * (log - log.min(axis=1, keepdims=True)) - doubt
    weight = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    share: Matrix = weight / last_of_running_sum(weight)[:, None]
    return share


def smoothing(series: Matrix, alphas: Matrix) -> tuple[Matrix, Matrix]:
    """Simple exponential smoothing (Brown 1959), ETS(A,N,N), for each α at once.

    level_t = level_{t−1} + α·(value_t − level_{t−1}), a missing month leaving the level as it is; the first level is
    the one that makes the sum of squared one-step errors least (they are linear in it).
    Returns levels (months × series × α) and sums of squares (series × α).
    """
    rows, months = series.shape
    seen = np.isfinite(series)
    base = np.take_along_axis(series, first_months(series)[:, None], axis=1)
    value = np.where(seen, series - base, 0.0)
    from_nought, from_start = np.zeros((rows, len(alphas))), np.ones((rows, len(alphas)))
    both, starts, squares = np.zeros((3, rows, len(alphas)))
    noughts, fades = np.empty((2, months, rows, len(alphas)))
    for month in range(months):
        error = np.where(seen[:, [month]], value[:, [month]] - from_nought, 0.0)
        fade = np.where(seen[:, [month]], from_start, 0.0)
        both, starts, squares = both + error * fade, starts + fade * fade, squares + error * error
        from_nought, from_start = from_nought + alphas * error, from_start - alphas * fade
        noughts[month], fades[month] = from_nought, from_start
    start = both / starts
    return noughts + start * fades + base, np.maximum(squares - start * both, 0.0)


def theta_drift(slopes: Matrix, age: Matrix, alpha: float, horizon: int) -> Matrix:
    """What the Theta method adds to simple smoothing's level: half the slope of the straight line.

    slope/2 · (h − 1 + (1 − (1 − α)^n)/α), Assimakopoulos and Nikolopoulos (2000), Int. J. Forecasting 16, 521–530, in
    the closed form of Hyndman and Billah (2003), Int. J. Forecasting 19, 287–290. `slopes` and `age` (n, the months
    seen so far) are series × months; returns series × months × horizon.
    """
    lead = (1 - (1 - alpha) ** age) / alpha
    drift: Matrix = slopes[:, :, None] / 2 * (np.arange(horizon) + lead[:, :, None])
    return drift


def trend_weight(series: Matrix) -> Matrix:
    """How far the straight line's slope is to be believed, a series: from 0, no better than chance, to 1.

    No further than without the newest figure: one figure far out makes no trend, and nothing after it says yet whether
    it lasts.
    """
    before = series[:, :-1]
    enough = np.isfinite(before).any(axis=1)
    share, kept_before = slope_believed(series), np.zeros(len(series))
    kept_before[enough] = slope_believed(before[enough])
    smaller: Matrix = np.minimum(share, kept_before)
    return smaller


def slope_believed(series: Matrix) -> Matrix:
    """How far the straight line's slope is to be believed, a series, its newest figure included (0 to 1).

    James and Stein's 1 − 1/F again, F being slope² over its variance, the latter widened by (1 + r)/(1 − r) because
    months lean on each other: r is the lag-one autocorrelation of what the line leaves over, taken as 0 to 0.95.
    """
    seen = np.isfinite(series)
    points = seen.sum(axis=1)
    time = np.where(seen, np.arange(series.shape[1]) - series.shape[1], 0.0)
    value = np.where(seen, series - np.take_along_axis(series, first_months(series)[:, None], axis=1), 0.0)
    time = np.where(seen, time - last_of_running_sum(time)[:, None] / points[:, None], 0.0)
    value = np.where(seen, value - last_of_running_sum(value)[:, None] / points[:, None], 0.0)
    spread = last_of_running_sum(time * time)
    slope = last_of_running_sum(time * value) / np.where(spread > 0, spread, 1.0)
    left = value - slope[:, None] * time
    squares = last_of_running_sum(left * left)
    lean = last_of_running_sum(left[:, 1:] * left[:, :-1]) / np.where(squares > 0, squares, 1.0)
    lean = np.clip(lean, 0.0, MOST_LEANING)
    chance = squares / np.maximum(points - 2, 1) * (1 + lean) / (1 - lean)
    explained = slope * slope * spread
    return np.where(explained > chance, 1 - chance / np.where(explained > 0, explained, 1.0), 0.0)


class Smoothed(NamedTuple):
    """Simple smoothing as the mean over α by `evidence_weights`."""

    level: Matrix
    """Series × months."""
    lead: Matrix
    """Series × months: what Theta adds for each unit of slope one month on."""
    renewal: Matrix
    """The mean α, a series."""


def simple_smoothing(series: Matrix) -> Smoothed:
    """The level of each series in each month; carried on it stays as it is."""
    levels, squares = smoothing(series, SMOOTHING_WEIGHTS)
    return _mean_over_alphas(series, levels, evidence_weights(squares, _points(series)))


def _mean_over_alphas(series: Matrix, levels: Matrix, weights: Matrix) -> Smoothed:
    """The mean of levels (months × series × α) by weights (series × α)."""
    rows, months = series.shape
    age = np.maximum(np.arange(months)[None, :] - first_months(series)[:, None] + 1, 1)
    ages = np.arange(1, months + 1, dtype=np.float64)[None, :]
    level, lead, renewal = np.zeros((rows, months)), np.zeros((rows, months)), np.zeros(rows)
    for column, alpha in enumerate(SMOOTHING_WEIGHTS):
        weight = weights[:, column]
        level += weight[:, None] * levels[:, :, column].T
        lead += weight[:, None] * theta_drift(np.ones_like(ages), ages, float(alpha), 1)[0, :, 0][age - 1]
        renewal += weight * alpha
    return Smoothed(level, lead, renewal)


def _points(series: Matrix) -> Matrix:
    points: Matrix = np.isfinite(series).sum(axis=1).astype(np.float64)
    return points


def theta(series: Matrix, smoothed: Smoothed, share: Matrix, horizon: int) -> Matrix:
    """Paths of the Theta method on simple smoothing's mean; share: how far the slope is believed, of each series."""
    slopes = share[:, None] * expanding_slopes(series)
    return smoothed.level[:, :, None] + slopes[:, :, None] * (np.arange(horizon) / 2 + smoothed.lead[:, :, None])


def damped_trend(series: Matrix, horizon: int) -> Matrix:
    """Paths of the damped trend (Gardner and McKenzie 1985), ETS(A,Ad,N), the mean over its settings by evidence.

    level_t = level_{t−1} + φ·slope_{t−1} + α·error, slope_t = φ·slope_{t−1} + α·β*·error, and h months on
    level + (φ + … + φ^h)·slope. The first slope is 0, the first level the one with the least squares.
    """
    rows, months = series.shape
    alphas = np.repeat(TREND_LEVEL_WEIGHTS, len(TREND_SLOPE_WEIGHTS))
    betas = alphas * np.tile(TREND_SLOPE_WEIGHTS, len(TREND_LEVEL_WEIGHTS))
    seen = np.isfinite(series)
    first = first_months(series)
    base = np.take_along_axis(series, first[:, None], axis=1)
    value = np.where(seen, series - base, 0.0)
    settings = (rows, len(alphas))
    level, slope = np.zeros(settings), np.zeros(settings)
    fade_level, fade_slope = np.ones(settings), np.zeros(settings)
    both, starts, squares = np.zeros((3, *settings))
    levels, slopes, fade_levels, fade_slopes = np.empty((4, months, *settings))
    for month in range(months):
        begun = (month >= first)[:, None]
        ahead, fade_ahead = level + TREND_DAMPING * slope, fade_level + TREND_DAMPING * fade_slope
        error = np.where(seen[:, [month]], value[:, [month]] - ahead, 0.0)
        fade = np.where(seen[:, [month]], fade_ahead, 0.0)
        both, starts, squares = both + error * fade, starts + fade * fade, squares + error * error
        level = np.where(begun, ahead + alphas * error, level)
        slope = np.where(begun, TREND_DAMPING * slope + betas * error, slope)
        fade_level = np.where(begun, fade_ahead - alphas * fade, fade_level)
        fade_slope = np.where(begun, TREND_DAMPING * fade_slope - betas * fade, fade_slope)
        levels[month], slopes[month] = level, slope
        fade_levels[month], fade_slopes[month] = fade_level, fade_slope
    start = both / starts
    weights = evidence_weights(np.maximum(squares - start * both, 0.0), seen.sum(axis=1).astype(np.float64))
    mean_level, mean_slope = np.zeros((rows, months)), np.zeros((rows, months))
    for setting in range(len(alphas)):
        weight, begin = weights[:, [setting]], start[:, [setting]]
        mean_level += weight * (levels[:, :, setting].T + begin * fade_levels[:, :, setting].T)
        mean_slope += weight * (slopes[:, :, setting].T + begin * fade_slopes[:, :, setting].T)
    reach = np.cumsum(TREND_DAMPING ** np.arange(1, horizon + 1))
    paths: Matrix = (base + mean_level)[:, :, None] + mean_slope[:, :, None] * reach
    return paths


@dataclass(frozen=True)
class Forecast:
    """What a way of carrying on gives, a row a series."""

    ahead: Matrix
    """The projection (series × horizon), in the series' unit."""
    misses: Matrix
    """Value − forecast, series × months × horizon: [i, t, h − 1] belongs to the forecast that month t would have made
    for h months on; NaN where either isn't there. The season used is the one seen without the month itself."""
    renewal: Matrix
    """The mean α of simple smoothing, a series: how fast the level is renewed."""


def combination(series: Matrix, horizon: int) -> Forecast:
    """The projection of any measure: the mean of Theta, its slope shrunk, and damped trend, on the adjusted series.

    Equal weights, because fitted ones rarely beat them (Makridakis and others 1982; Clemen 1989).
    """
    level, season, adjusted = _prepared(series)
    smoothed = simple_smoothing(adjusted)
    paths = _moving_paths(adjusted, smoothed, trend_weight(adjusted), horizon)
    return _carried_on(series, level, season, paths, smoothed.renewal)


def steady_combination(series: Matrix, horizon: int) -> Forecast:
    """The projection of a month's share or count: half `combination`, half a level that stays near its mean.

    As far as a trend is to be believed (`trend_weight`) the level gives way to `combination`. It is simple smoothing's
    too, with α = 0 (the mean of all figures) among its settings and less expected of the others the faster they are
    (STEADINESS).
    """
    level, season, adjusted = _prepared(series)
    alphas = np.append(0.0, SMOOTHING_WEIGHTS)
    levels, squares = smoothing(adjusted, alphas)
    points = _points(adjusted)
    moving = _mean_over_alphas(adjusted, levels[:, :, 1:], evidence_weights(squares[:, 1:], points))
    weights = evidence_weights(squares, points, STEADINESS * alphas)
    steady, renewal = np.zeros_like(adjusted), np.zeros(len(adjusted))
    for column, alpha in enumerate(alphas):
        steady += weights[:, [column]] * levels[:, :, column].T
        renewal += weights[:, column] * alpha
    trend = trend_weight(adjusted)
    stays = (1 - trend) / 2
    paths = _moving_paths(adjusted, moving, trend, horizon)
    paths += stays[:, None, None] * (steady[:, :, None] - paths)
    return _carried_on(series, level, season, paths, stays * renewal + (1 - stays) * moving.renewal)


def last_level(series: Matrix, horizon: int) -> Forecast:
    """The projection of a stock: its last level, and its drift as far as that outdoes chance.

    What is there at a month's end is what was there before, with what came and went since: nearly a random walk.
    """
    level, season, adjusted = _prepared(series)
    latest = last_seen(adjusted)
    known = latest >= 0
    stands = np.where(known, np.take_along_axis(adjusted, np.maximum(latest, 0), axis=1), 0.0)
    drift = stock_drift(adjusted)
    paths = stands[:, :, None] + drift[:, :, None] * np.arange(1, horizon + 1)
    return _carried_on(series, level, season, paths, np.ones(len(series)))


def stock_drift(series: Matrix) -> Matrix:
    """The mean change a month up to each month (series × months), shrunk: 1 − c/F of it counts, never under zero.

    F is the whole series' mean change, squared, over its variance; c is DRIFT_DOUBT. A change over a gap of g months
    has the variance of g changes.
    """
    seen = np.isfinite(series)
    first = first_months(series)[:, None]
    before = np.concatenate([np.full((len(series), 1), -1), last_seen(series)[:, :-1]], axis=1)
    follows = seen & (before >= 0)
    gap = np.where(follows, np.arange(series.shape[1]) - before, 0)
    change = np.where(follows, series - np.take_along_axis(series, np.maximum(before, 0), axis=1), 0.0)
    months, total = gap.cumsum(axis=1).astype(np.float64), change.cumsum(axis=1)
    mean = total[:, [-1]] / np.maximum(months[:, [-1]], 1)
    left = np.where(follows, (change - gap * mean) ** 2 / np.maximum(gap, 1), 0.0)
    changes = np.maximum(follows.sum(axis=1) - 1, 1)
    variance = last_of_running_sum(left) / changes / np.maximum(months[:, -1], 1)
    square = mean[:, 0] ** 2
    share = np.where(
        square > DRIFT_DOUBT * variance, 1 - DRIFT_DOUBT * variance / np.where(square > 0, square, 1.0), 0.0
    )
    begun = np.arange(series.shape[1]) >= first
    return np.where(begun, share[:, None] * total / np.maximum(months, 1), 0.0)


def _prepared(series: Matrix) -> tuple[Levelled, Season, Matrix]:
    """Each series without its step, the season of that, and what is left when that is taken out too."""
    level = levelled(series)
    season = seasonal_pattern(level.values)
    return level, season, season.adjusted(level.values)


def _moving_paths(adjusted: Matrix, smoothed: Smoothed, trend: Matrix, horizon: int) -> Matrix:
    return (theta(adjusted, smoothed, trend, horizon) + damped_trend(adjusted, horizon)) / 2


def _carried_on(series: Matrix, level: Levelled, season: Season, paths: Matrix, renewal: Matrix) -> Forecast:
    """Paths with the season put back, and how far they missed; a forecast from before the step missed that too."""
    months, horizon = series.shape[1], paths.shape[2]
    misses = np.full((len(series), months, horizon), np.nan)
    stepped = level.step.any()
    for step in range(1, min(horizon, months - 1) + 1):
        forecast = season.add(paths[:, :-step, step - 1], season.without[:, step:])
        misses[:, :-step, step - 1] = level.values[:, step:] - forecast
        if stepped:
            origin = np.arange(months - step)
            crossed = (origin < level.start[:, None]) & (origin + step >= level.start[:, None])
            misses[:, :-step, step - 1] += np.where(crossed, level.step[:, None], 0.0)
    return Forecast(season.add(paths[:, -1], season.index[:, np.arange(horizon) % SEASON]), misses, renewal)
