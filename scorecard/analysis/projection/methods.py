"""How a series is carried forward: its season, Theta and damped trend, and their equal mix.

Every function works on many series at once. Series lie in the rows of a matrix (series × months, float64), aligned at
their newest month, which is the last column; NaN stands before a series begins and wherever a month is missing.
A forecasting method returns *paths*, an array series × months × horizon: `paths[i, t, h - 1]` is what series i was
going to be h months after month t, as seen in month t. The last month's paths are the projection; the earlier ones,
set against what then came, say how far such forecasts miss.

Sums run month by month or value by value, never through library reductions whose order depends on the matrix's
shape, so a series gets the same digits alone or among others.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEASON = 12
"""Months in a season."""

SEASONAL_FROM = 2 * SEASON
"""Months of history from which a seasonal pattern is looked for: each calendar month has then been seen twice."""

SEASONAL_SHRINKAGE = (SEASON - 3) / (SEASON - 1)
"""James and Stein (1961): (p − 2) / p with p = 11 free indices, as Miller and Williams (2003), 'Shrinkage estimators of
time series seasonal factors and their effect on forecasting accuracy', Int. J. Forecasting 19, 669–684, apply it."""

SMALLEST_INDEX = 0.01
"""A multiplicative index is kept this far above nought: a month may be hundredfold quieter, not infinitely."""

SMOOTHING_WEIGHTS = np.linspace(0.05, 1.0, 20)
"""The α that simple smoothing weighs against each other."""

MOST_LEANING = 0.95
"""The autocorrelation that a trend's doubt is widened by goes no higher: beyond, a line and a wander look the same."""

TREND_LEVEL_WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)
TREND_SLOPE_WEIGHTS = (0.0, 0.2)
TREND_DAMPING = 0.9
"""The α and β* that the damped trend weighs against each other, and its damping φ: Gardner and McKenzie (1985) keep φ
under one; 0.9 is the usual middle, and is not estimated, because short series can't."""


def first_months(series: Matrix) -> NDArray[np.intp]:
    """Column of each row's first value; rows hold at least one."""
    first: NDArray[np.intp] = np.isfinite(series).argmax(axis=1)
    return first


def last_of_running_sum(values: Matrix) -> Matrix:
    """Sum along the last axis, strictly in order, so that leading noughts change no digit."""
    total: Matrix = np.cumsum(values, axis=-1)[..., -1]
    return total


def filled(series: Matrix) -> Matrix:
    """The series with missing months on the straight line between their neighbours; NaN stays before the first."""
    months = np.arange(series.shape[1])
    out = series.copy()
    for row in np.flatnonzero(~np.isfinite(series).all(axis=1)):
        seen = np.flatnonzero(np.isfinite(series[row]))
        out[row] = np.interp(months, seen, series[row, seen])
        out[row, : seen[0]] = np.nan
    return out


# ── seasonality ──────────────────────────────────────────────────────────────────────────────────────────────────────


def trend_line(series: Matrix) -> Matrix:
    """The centred 2×12 moving average, carried to both ends at its own mean slope; NaN for rows under 24 months.

    The plain average loses six months at either end, half of a two-year history; carried on, each month counts. Where
    all values are above nought, the carried line stays above half of where it sets out from.
    Series × months in and out, in the series' unit.
    """
    whole = filled(series)
    rows, months = whole.shape
    line = np.full((rows, months), np.nan)
    first = first_months(series)
    enough: Flags = np.greater_equal(months - first[:, None], SEASONAL_FROM)
    if not enough.any():
        return line
    half = SEASON // 2
    middle = months - SEASON
    weights = [0.5, *[1.0] * (SEASON - 1), 0.5]
    average = np.zeros((rows, middle))
    for lag, weight in enumerate(weights):
        average = average + weight / SEASON * whole[:, lag : lag + middle]
    line[:, half : months - half] = average
    at = np.arange(months)[None, :]
    begins, ends = (first + half)[:, None], months - half - 1
    head = np.take_along_axis(line, np.minimum(begins, ends), axis=1)
    tail = line[:, [ends]]
    slope = (tail - head) / np.maximum(ends - begins, 1)
    positive: Flags = np.all(np.isnan(whole) | (whole > 0), axis=1, keepdims=True)
    lowest_head, lowest_tail = np.where(positive, head / 2, -np.inf), np.where(positive, tail / 2, -np.inf)
    line = np.where(at < begins, np.maximum(head + slope * (at - begins), lowest_head), line)
    line = np.where(at > ends, np.maximum(tail + slope * (at - ends), lowest_tail), line)
    line[(at < first[:, None]) | ~enough] = np.nan
    return line


def calendar_columns(months: int) -> NDArray[np.intp]:
    """Which of the twelve columns of `Season.index` each of the matrix's months has; counted from the newest month."""
    return (np.arange(months) - months) % SEASON


@dataclass(frozen=True)
class Season:
    """A seasonal pattern a series."""

    index: Matrix
    """Series × 12: the shrunk index, 1 (or 0 where it adds) being 'no season'. Column 0 is the calendar month after the
    newest, as `calendar_columns` counts."""
    multiplies: Flags
    """Which series multiply by their index (the others add it), a flag a series."""
    without: Matrix
    """Series × months: the index that each month would have been given had its own value not been there to see."""

    def add(self, values: Matrix, index: Matrix) -> Matrix:
        """Values with the season put in; `values` and `index` of one shape, series first."""
        flag = self.multiplies.reshape(-1, *[1] * (values.ndim - 1))
        return np.where(flag, values * index, values + index)

    def adjusted(self, series: Matrix) -> Matrix:
        """The series with the season taken out."""
        past = self.index[:, calendar_columns(series.shape[1])]
        flag = self.multiplies[:, None]
        return np.where(flag, series / np.where(flag, past, 1.0), series - past)


def seasonal_pattern(series: Matrix) -> Season:
    """Each calendar month's seasonal index, shrunk to 'no season' as far as the evidence is weak.

    Ratio to the trend line where every value is above nought (index 1 = no season), else difference from it (0 = no
    season). The mean of each calendar month's ratios is the raw index; the shrinkage is James and Stein's
    1 − c·ν/(ν + 2)/F, with F the variance between calendar months over that within them and ν the latter's degrees of
    freedom: strong seasons stay, accidents vanish, and no test switches on and off from one month to the next.
    """
    rows, months = series.shape
    if months < SEASONAL_FROM:
        return Season(np.ones((rows, SEASON)), np.ones(rows, dtype=bool), np.ones((rows, months)))
    line = trend_line(series)
    multiplies: Flags = np.all(np.isnan(series) | (series > 0), axis=1)
    neutral = np.where(multiplies, 1.0, 0.0)[:, None]
    ratio = np.where(multiplies[:, None], series / np.where(multiplies[:, None], line, 1.0), series - line)
    index, count, within = np.zeros((rows, SEASON)), np.zeros((rows, SEASON)), np.zeros(rows)
    for month in range(SEASON):
        values = ratio[:, (months + month) % SEASON :: SEASON]
        known = np.isfinite(values)
        count[:, month] = known.sum(axis=1)
        index[:, month] = last_of_running_sum(np.where(known, values, 0.0)) / np.maximum(count[:, month], 1)
        within += last_of_running_sum(np.where(known, (values - index[:, [month]]) ** 2, 0.0))
    column = calendar_columns(months)
    own = np.where(np.isfinite(ratio), ratio - index[:, column], 0.0) / np.maximum(count[:, column] - 1, 1)
    centre = last_of_running_sum(index)[:, None] / SEASON
    index = np.where(multiplies[:, None], index / np.where(centre > 0, centre, 1.0), index - centre)
    freedom = last_of_running_sum(np.maximum(count - 1, 0))
    usable = (count >= 1).all(axis=1) & (freedom > 0)
    each = SEASON / last_of_running_sum(1 / np.maximum(count, 1))
    between = each * last_of_running_sum((index - neutral) ** 2) / (SEASON - 1)
    noise = SEASONAL_SHRINKAGE * within / (freedom + 2)
    kept = np.where(usable & (between > noise), 1 - noise / np.where(between > 0, between, 1.0), 0.0)[:, None]
    index = neutral + kept * np.where(usable[:, None], index - neutral, 0.0)
    least = np.where(multiplies[:, None], SMALLEST_INDEX, -np.inf)
    without = index[:, column] - kept * own
    return Season(np.maximum(index, least), multiplies, np.maximum(without, least))


# ── the methods ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


def evidence_weights(squares: Matrix, points: Matrix) -> Matrix:
    """What each setting of a method counts, by how well it did: ∝ (sum of squared one-step errors)^(−points/2).

    The Gaussian likelihood with its variance profiled out, as in Akaike weights between models of equal size (Burnham
    and Anderson 2002, §2.9). Series × settings in and out; each row sums to 1.
    """
    log = np.log(np.maximum(squares, np.finfo(np.float64).tiny))
    weight = np.exp(-points[:, None] / 2 * (log - log.min(axis=1, keepdims=True)))
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


def trend_kept(series: Matrix) -> Matrix:
    """How far the straight line's slope is to be believed, a series: from 0, no better than chance, to 1.

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
    rows, months = series.shape
    levels, squares = smoothing(series, SMOOTHING_WEIGHTS)
    weights = evidence_weights(squares, np.isfinite(series).sum(axis=1).astype(np.float64))
    age = np.maximum(np.arange(months)[None, :] - first_months(series)[:, None] + 1, 1).astype(np.float64)
    level, lead, renewal = np.zeros((rows, months)), np.zeros((rows, months)), np.zeros(rows)
    for column, alpha in enumerate(SMOOTHING_WEIGHTS):
        weight = weights[:, column]
        level += weight[:, None] * levels[:, :, column].T
        lead += weight[:, None] * theta_drift(np.ones_like(age), age, float(alpha), 1)[:, :, 0]
        renewal += weight * alpha
    return Smoothed(level, lead, renewal)


def theta(series: Matrix, smoothed: Smoothed, kept: Matrix, horizon: int) -> Matrix:
    """Paths of the Theta method on simple smoothing's mean, the share `kept` of the slope being believed (a series)."""
    slopes = kept[:, None] * expanding_slopes(series)
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
    """What `combination` gives, a row a series."""

    ahead: Matrix
    """The projection (series × horizon), in the series' unit."""
    misses: Matrix
    """Value − forecast, series × months × horizon: [i, t, h − 1] belongs to the forecast that month t would have made
    for h months on; NaN where either isn't there. The season used is the one seen without the month itself."""
    renewal: Matrix
    """The mean α of simple smoothing, a series: how fast the level is renewed."""


def combination(series: Matrix, horizon: int) -> Forecast:
    """The projection's method: the mean of Theta, its slope shrunk, and damped trend, on the adjusted series.

    Equal weights, because fitted ones rarely beat them (Makridakis and others 1982; Clemen 1989).
    """
    season = seasonal_pattern(series)
    adjusted = season.adjusted(series)
    months = series.shape[1]
    smoothed = simple_smoothing(adjusted)
    line = theta(adjusted, smoothed, trend_kept(adjusted), horizon)
    paths = (line + damped_trend(adjusted, horizon)) / 2
    misses = np.full((len(series), months, horizon), np.nan)
    for step in range(1, min(horizon, months - 1) + 1):
        forecast = season.add(paths[:, :-step, step - 1], season.without[:, step:])
        misses[:, :-step, step - 1] = series[:, step:] - forecast
    return Forecast(season.add(paths[:, -1], season.index[:, np.arange(horizon) % SEASON]), misses, smoothed.renewal)
