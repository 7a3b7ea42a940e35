"""The season of a series: what each calendar month adds or multiplies, as far as the evidence goes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.analysis.arrays import Flags
from scorecard.analysis.projection.matrix import Matrix, filled, first_months, last_of_running_sum

SEASON = 12
"""Months in a season."""

SEASONAL_FROM = 2 * SEASON
"""Months of history from which a seasonal pattern is looked for: each calendar month has then been seen twice."""

SEASONAL_SHRINKAGE = (SEASON - 3) / (SEASON - 1)
"""James and Stein (1961): (p − 2) / p with p = 11 free indices, as Miller and Williams (2003), 'Shrinkage estimators of
time series seasonal factors and their effect on forecasting accuracy', Int. J. Forecasting 19, 669–684, apply it. Of
quarters, with three free indices, it would be 1/3, and more accidents would pass for a season."""

QUARTERS = 4
"""Calendar months that a quarterly series has figures of, three apart."""

SMALLEST_INDEX = 0.01
"""A multiplicative index is kept this far above nought: a month may be hundredfold quieter, not infinitely."""


def trend_line(series: Matrix) -> Matrix:
    """The centred 2×12 moving average, carried to both ends at its own mean slope; NaN for rows under 24 months.

    The plain average loses six months at either end, half of a two-year history; carried on, each month counts. Where
    all values are above zero, the carried line stays above half of where it sets out from.
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

    Ratio to the trend line where every value is above zero (index 1 = no season), else difference from it (0 = no
    season). The mean of each calendar month's ratios is the raw index; the shrinkage is James and Stein's
    1 − c·ν/(ν + 2)/F, with F the variance between calendar months over that within them and ν the latter's degrees of
    freedom: strong seasons stay, accidents vanish, and no test switches on and off from one month to the next. A
    quarterly series has a season of its four calendar months; the others have none.
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
    seen: Flags = count >= 1
    months_seen = seen.sum(axis=1).astype(np.float64)
    column = calendar_columns(months)
    own = np.where(np.isfinite(ratio), ratio - index[:, column], 0.0) / np.maximum(count[:, column] - 1, 1)
    centre = (last_of_running_sum(index) / np.maximum(months_seen, 1))[:, None]
    index = np.where(multiplies[:, None], index / np.where(centre > 0, centre, 1.0), index - centre)
    index = np.where(seen, index, neutral)
    freedom = last_of_running_sum(np.maximum(count - 1, 0))
    quarterly = (months_seen == QUARTERS) & (seen == np.roll(seen, SEASON // QUARTERS, axis=1)).all(axis=1)
    usable = ((months_seen == SEASON) | quarterly) & (freedom > 0)
    each = months_seen / np.maximum(last_of_running_sum(np.where(seen, 1 / np.maximum(count, 1), 0.0)), 1 / months)
    between = each * last_of_running_sum((index - neutral) ** 2) / np.maximum(months_seen - 1, 1)
    noise = SEASONAL_SHRINKAGE * within / (freedom + 2)
    share = np.where(usable & (between > noise), 1 - noise / np.where(between > 0, between, 1.0), 0.0)[:, None]
    index = neutral + share * np.where(usable[:, None], index - neutral, 0.0)
    least = np.where(multiplies[:, None], SMALLEST_INDEX, -np.inf)
    without = index[:, column] - share * own
    return Season(np.maximum(index, least), multiplies, np.maximum(without, least))
