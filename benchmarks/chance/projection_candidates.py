"""The methods that the projection was chosen among, each as one function: a series × months matrix in, forecasts out.

As in scorecard.analysis.projection.methods, series are aligned at their newest month. These stand here, not there,
because only the benchmark runs them. All but the standard Theta and the seasonal ones forecast what they are given.
"""

from collections.abc import Callable

import numpy as np

from scorecard.analysis.arrays import Flags
from scorecard.analysis.projection import matrix, methods, seasonality
from scorecard.analysis.projection.matrix import Matrix
from scorecard.analysis.projection.seasonality import SEASON

SEASONALITY_TEST = 1.645
"""Two-sided 10 % point of the normal: the Theta method's test in the M3 competition, as R's forecast::thetaf has it."""


def naive(series: Matrix, horizon: int) -> Matrix:
    """The last value, repeated."""
    return np.repeat(series[:, [-1]], horizon, axis=1)


def seasonal_naive(series: Matrix, horizon: int) -> Matrix:
    """The value of the same month a year before."""
    return series[:, -SEASON + np.arange(horizon) % SEASON]


def drift(series: Matrix, horizon: int) -> Matrix:
    """The straight line through the first and the last value, carried on."""
    first = matrix.first_months(series)
    start = np.take_along_axis(series, first[:, None], axis=1)
    slope = (series[:, [-1]] - start) / (series.shape[1] - 1 - first)[:, None]
    return series[:, [-1]] + slope * np.arange(1, horizon + 1)


def autocorrelations(series: Matrix, lags: int) -> Matrix:
    """Sample autocorrelations at lags 1 … lags (series × lags), of gapless series."""
    known = np.isfinite(series)
    mean = np.where(known, series, 0.0).sum(axis=1) / known.sum(axis=1)
    away = np.where(known, series - mean[:, None], 0.0)
    spread = (away**2).sum(axis=1)
    spread = np.where(spread > 0, spread, 1.0)
    return np.stack([(away[:, k:] * away[:, :-k]).sum(axis=1) / spread for k in range(1, lags + 1)], axis=1)


def is_seasonal(series: Matrix) -> Flags:
    """The 10 % test: |r₁₂| over Bartlett's standard error, from 25 months on (M3; forecast::thetaf)."""
    months = np.isfinite(series).sum(axis=1)
    r = autocorrelations(series, SEASON)
    error = np.sqrt((1 + 2 * (r[:, :-1] ** 2).sum(axis=1)) / months)
    return (np.abs(r[:, -1]) > SEASONALITY_TEST * error) & (months > 2 * SEASON)


def classical_indices(series: Matrix) -> Matrix:
    """Multiplicative classical decomposition: mean ratio to the 2×12 average a calendar month (series × 12).

    1 throughout where no history is longer than two years.
    """
    rows, months = series.shape
    if months <= 2 * SEASON:
        return np.ones((rows, SEASON))
    ratio = np.full((rows, months), np.nan)
    weights = np.array([0.5, *[1.0] * (SEASON - 1), 0.5]) / SEASON
    middle = slice(SEASON // 2, months - SEASON // 2)
    ratio[:, middle] = series[:, middle] / sum(
        weight * series[:, lag : lag + months - SEASON] for lag, weight in enumerate(weights)
    )
    index = np.ones((rows, SEASON))
    for month in range(SEASON):
        values = ratio[:, (months + month) % SEASON :: SEASON]
        known = np.isfinite(values)
        index[:, month] = np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return index / index.mean(axis=1, keepdims=True)


def theta_line(series: Matrix, horizon: int) -> Matrix:
    """Standard Theta without the season: the best α of a fine grid, half the slope of the straight line."""
    alphas = np.arange(0.01, 1.0, 0.01)
    levels, squares = methods.smoothing(series, alphas)
    best = squares.argmin(axis=1)
    rows = np.arange(len(series))
    level, alpha = levels[-1, rows, best][:, None], alphas[best]
    slope = methods.expanding_slopes(series)[:, [-1]]
    age = np.isfinite(series).sum(axis=1).astype(float)[:, None]
    return level + methods.theta_drift(slope, age, alpha[:, None], horizon)[:, 0, :]


def standard_theta(series: Matrix, horizon: int) -> Matrix:
    """The Theta method as it won the M3 competition: tested, multiplicative season; Theta line; season put back.

    Assimakopoulos and Nikolopoulos (2000), Int. J. Forecasting 16, 521–530; the season is left alone where a value is
    not above nought.
    """
    above_nought = (~np.isfinite(series) | (series > 0)).all(axis=1)
    index = np.where((is_seasonal(series) & above_nought)[:, None], classical_indices(series), 1.0)
    past = index[:, seasonality.calendar_columns(series.shape[1])]
    return theta_line(series / past, horizon) * index[:, np.arange(horizon) % SEASON]


def ets_seasonal(series: Matrix, horizon: int) -> Matrix:
    """ETS(A,Ad,A), Holt and Winters' additive method with damped trend; the mean over a small grid by evidence.

    Starts from the shrunk additive indices, the mean of the first four adjusted values, and no slope.
    """
    grid = [
        (a, a * b, g * (1 - a)) for a in (0.05, 0.1, 0.2, 0.35, 0.5, 0.75) for b in (0.0, 0.1) for g in (0, 0.1, 0.3)
    ]
    alpha, beta, gamma = np.array(grid).T
    phi = methods.TREND_DAMPING
    rows, months = series.shape
    shifted = series - np.nanmax(series, axis=1, keepdims=True) - 1  # all under nought: the season adds
    season = seasonality.seasonal_pattern(shifted)
    adjusted, first = season.adjusted(series), matrix.first_months(series)
    early = np.arange(months)[None, :] < (first + 4)[:, None]
    level = np.repeat(np.nanmean(np.where(early, adjusted, np.nan), axis=1)[:, None], len(grid), axis=1)
    slope, squares = np.zeros((2, rows, len(grid)))
    state = np.repeat(season.index[:, :, None], len(grid), axis=2)
    for month, column in enumerate(seasonality.calendar_columns(months)):
        begun = (month >= first)[:, None]
        ahead = level + phi * slope
        error = np.where(np.isfinite(series[:, [month]]), series[:, [month]] - ahead - state[:, column], 0.0)
        squares += error**2
        level = np.where(begun, ahead + alpha * error, level)
        slope = np.where(begun, phi * slope + beta * error, slope)
        state[:, column] += gamma * error
    weight = methods.evidence_weights(squares, np.isfinite(series).sum(axis=1).astype(float))
    reach = np.cumsum(phi ** np.arange(1, horizon + 1))
    paths = level[:, None, :] + reach[None, :, None] * slope[:, None, :] + state[:, np.arange(horizon) % SEASON, :]
    return (weight[:, None, :] * paths).sum(axis=2)


def adjusted(method: Callable[[Matrix, int], Matrix]) -> Callable[[Matrix, int], Matrix]:
    """The method on the seasonally adjusted series (shrunk indices), the season put back."""

    def forecast(series: Matrix, horizon: int) -> Matrix:
        season = seasonality.seasonal_pattern(series)
        ahead = method(season.adjusted(series), horizon)
        return season.add(ahead, season.index[:, np.arange(horizon) % SEASON])

    return forecast


def simple_smoothing(series: Matrix, horizon: int) -> Matrix:
    """Simple smoothing, ETS(A,N,N), the mean over α."""
    return np.repeat(methods.simple_smoothing(series).level[:, [-1]], horizon, axis=1)


def theta(series: Matrix, horizon: int) -> Matrix:
    """Theta, the mean over α, all of the slope."""
    return methods.theta(series, methods.simple_smoothing(series), np.ones(len(series)), horizon)[:, -1]


def theta_shrunk(series: Matrix, horizon: int) -> Matrix:
    """Theta, the mean over α, its slope shrunk."""
    weight = methods.trend_weight(series)
    return methods.theta(series, methods.simple_smoothing(series), weight, horizon)[:, -1]


def damped_trend(series: Matrix, horizon: int) -> Matrix:
    """Damped trend, ETS(A,Ad,N), the mean over its settings."""
    return methods.damped_trend(series, horizon)[:, -1]


def projection(series: Matrix, horizon: int) -> Matrix:
    """What the scorecard uses."""
    return methods.combination(series, horizon).ahead


def mean_of(*parts: Callable[[Matrix, int], Matrix]) -> Callable[[Matrix, int], Matrix]:
    """The plain mean of several methods."""
    return lambda series, horizon: sum(part(series, horizon) for part in parts) / len(parts)


PROJECTION = "**Theta, slope shrunk + damped: the projection**"

CANDIDATES: dict[str, Callable[[Matrix, int], Matrix]] = {
    "Naive": naive,
    "Seasonal naive": seasonal_naive,
    "Drift": drift,
    "Standard Theta": standard_theta,
    "Simple smoothing (ETS A,N,N)": adjusted(simple_smoothing),
    "Damped trend (ETS A,Ad,N)": adjusted(damped_trend),
    "Holt–Winters, damped (ETS A,Ad,A)": ets_seasonal,
    "Theta, mean over α": adjusted(theta),
    "Theta, mean over α, slope shrunk": adjusted(theta_shrunk),
    "Smoothing + damped": adjusted(mean_of(simple_smoothing, damped_trend)),
    "Smoothing + Theta + damped": adjusted(mean_of(simple_smoothing, theta, damped_trend)),
    "Theta + damped": adjusted(mean_of(theta, damped_trend)),
    PROJECTION: projection,
    "The same + Holt–Winters": mean_of(projection, projection, ets_seasonal),
}

CLOSEST = [
    "Standard Theta",
    "Damped trend (ETS A,Ad,N)",
    "Theta, mean over α, slope shrunk",
    "Smoothing + damped",
    "Smoothing + Theta + damped",
    "Theta + damped",
    PROJECTION,
]
"""Those worth comparing on short and on trending series too."""
