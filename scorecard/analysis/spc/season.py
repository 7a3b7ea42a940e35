"""Is it so every August? The same-month pattern of each series, tested, and what it leads one to expect of a month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorecard.analysis.arrays import Flags, Floats, Ints

MONTHS = 12
# A month's pattern is known from the same month of three years or more, the one that is judged among them.
FEWEST_YEARS = 3
# Normal deviate of the F test of months, one side (Paulson's approximation, Annals of Mathematical Statistics 13(2),
# 1942): it takes chance for a season in 1 of 100 stable series, as `python -m benchmarks.chance.false_alarms` measures.
ESTABLISHED = 2.65
# The share of a year's window that must hold figures for its mean to count as the level.
ENOUGH_OF_A_WINDOW = 2 / 3
ALIKE = 1e-9  # years that differ by less of what months do are the same: a ratio beyond says no more
_WINDOW = np.array([0.5, *[1.0] * 11, 0.5])


class Season(NamedTuple):
    """established: a flag a series. expected: what each month differs by from its level, as the same months of other
    years did (series × months, the measure's unit); zero where the month is not known from three years.
    """

    established: Flags
    expected: Floats


def season(values: Floats, months: Ints) -> Season:
    """The same-month pattern of each series.

    values: series × consecutive months (NaN: no figure), each from its segment's mean, so that no step looks like a
    season. months: the calendar month of each column, 0 to 11.
    """
    away = values - level(values)
    known = ~np.isnan(away)
    of_month = np.zeros((values.shape[1], MONTHS))
    of_month[np.arange(values.shape[1]), months] = 1.0
    total, count = np.where(known, away, 0.0) @ of_month, known @ of_month
    others = np.maximum(count - 1, 1)[:, months]
    expected = (total[:, months] - np.where(known, away, 0.0)) / others
    enough = known & (count[:, months] >= FEWEST_YEARS)
    return Season(_differ(away, known, of_month, total, count), np.where(enough, expected, 0.0))


def level(values: Floats) -> Floats:
    """The level each month: the centred mean of a year (2×12), carried on to both ends at its own mean slope."""
    known = ~np.isnan(values)
    columns = values.shape[1]
    if columns <= MONTHS:
        return np.full(values.shape, np.nan)
    total, weight = (_windows(each) for each in (np.where(known, values, 0.0), known.astype(np.float64)))
    most = weight.max(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(weight >= np.maximum(ENOUGH_OF_A_WINDOW * most, 1), total / weight, np.nan)
    half = MONTHS // 2
    month_index = np.arange(columns)
    inside = np.full(values.shape, np.nan)
    inside[:, half : columns - half] = mean
    first, last = (_edge(~np.isnan(inside), end) for end in (False, True))
    rows = np.arange(len(values))
    start, end = inside[rows, first], inside[rows, last]
    slope = np.where(last > first, (end - start) / np.maximum(last - first, 1), 0.0)
    before = start[:, None] + slope[:, None] * (month_index - first[:, None])
    after = end[:, None] + slope[:, None] * (month_index - last[:, None])
    return np.where(month_index < first[:, None], before, np.where(month_index > last[:, None], after, inside))


def _windows(values: Floats) -> Floats:
    windows = np.lib.stride_tricks.sliding_window_view(values, MONTHS + 1, axis=1)
    return np.asarray(windows @ _WINDOW, dtype=np.float64)


def _edge(flags: Flags, last: bool) -> npt.NDArray[np.intp]:
    """The first, or the last, column with a flag."""
    return np.asarray(flags.shape[1] - 1 - np.argmax(flags[:, ::-1], axis=1) if last else np.argmax(flags, axis=1))


def _differ(away: Floats, known: Flags, of_month: Floats, total: Floats, count: Floats) -> Flags:
    """Do months differ by more than chance? One-way analysis of variance over those seen in two years or more."""
    seen = count >= 2
    in_test = known & (seen @ of_month.T > 0)
    value = np.where(in_test, away, 0.0)
    number, groups = in_test.sum(axis=1), seen.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.where(seen, total**2 / count, 0.0).sum(axis=1) - value.sum(axis=1) ** 2 / number
        within = (value**2).sum(axis=1) - np.where(seen, total**2 / count, 0.0).sum(axis=1)
        above, below = groups - 1, number - groups
        ratio = (between / above) / np.maximum(within / below, ALIKE * between)
        up, down = 2 / (9 * above), 2 / (9 * below)
        root = np.cbrt(ratio)
        deviate = ((1 - down) * root - (1 - up)) / np.sqrt(down * root**2 + up)
    enough = (count.max(axis=1, initial=0) >= FEWEST_YEARS) & (above > 0) & (below > 0)
    varies = (value**2).sum(axis=1) > 0
    return np.asarray(enough & varies & (np.nan_to_num(deviate) > ESTABLISHED))
