"""An invented measure's figures: chance about its level, whole counts, and numbers that agree with each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scorecard.analysis.assessment.series import UNITS_THAT_ADD_UP
from scorecard.catalogue.models import Measure
from scorecard.core.numbers import PER_UNIT, RATES, rounded
from scorecard.core.periods import FINANCIAL_YEAR_ENDS
from scorecard.demonstration.levels import Floats, Span, last_level, level_at_inspection

SEED = 2020_07
CHILDREN = 50_000  # whom a rate is of, where the plan's own number and rate don't say
FEW = (6.0, 9.0)  # so few that one child moves the figure by ten points and more
FEWER_THAN_TEN = 9
MANY = {"in_month": (70.0, 320.0), "at_month_end": (90.0, 520.0)}
SELDOM_SEEN, MOSTLY_SEEN = 0.0004, 0.985  # no level is so low or so high that nothing ever happens
STOCK_SPREAD = 0.7  # of what chance would make of events: most of a stock was there a month before
UNKNOWN_SPREAD = 0.6  # the same for what may count more than a month
_LEANS = {"percent": 0.3, "average": 0.6}  # how much of a month's chance is still there a month later; counts: most
_LEANS_COUNT = 0.85
_STOCK_VARIES = {"average": 0.035}  # as a share of the level; other stocks less


class Figure(NamedTuple):
    """What is invented for a month: a value as the catalogue's decimals give it, and the counts it comes from."""

    value: float
    numerator: int | None = None
    denominator: int | None = None


def chance(measure_id: str) -> np.random.Generator:
    """The chance of a measure: the same in every process, whatever other measures there are."""
    digest = hashlib.sha256(measure_id.encode()).digest()
    return np.random.default_rng([SEED, int.from_bytes(digest[:8], "big")])


def figures(
    measure: Measure, level: Floats, span: Span, *, few: bool = False, of: Sequence[int] | None = None
) -> list[Figure]:
    """A figure for each month, about its level; the last is the plan's own.

    few: the measure counts so few children that one of them moves it far. of: how many there are each month, where
    another measure says it. Only shares of events and of stocks, and rates, have counts: of how many a rolling year or
    an average is, other measures would have to agree.
    """
    random = chance(measure.id)
    if measure.accumulation == "year_to_date" and measure.unit in UNITS_THAT_ADD_UP:
        return _running_totals(measure, span, random)
    if measure.unit == "percent" and measure.accumulation != "rolling_12_months":
        return _shares(measure, level, span, random, of or _wholes(measure, len(level), random, few))
    if measure.unit in RATES:
        return _rates(measure, level, random)
    return [Figure(to_decimals(measure, value)) for value in _about(measure, level, random)]


def can_be_few(measure: Measure) -> bool:
    """Whether fewer than ten children can give the plan's last figure."""
    value, half = last_level(measure), 0.49 * 10.0**-measure.decimals
    ways = ((round(value * whole / 100), whole) for whole in range(5, 10))
    return measure.unit == "percent" and any(abs(part / whole * 100 - value) < half for part, whole in ways)


def rates_of(number: list[Figure], number_measure: Measure, rate_measure: Measure) -> list[Figure]:
    """The rates that belong to a number, of as many children as the plan's own pair of figures says."""
    per = PER_UNIT[rate_measure.unit]
    last, rate = last_level(number_measure), last_level(rate_measure)
    children = round(last / rate * per) if rate > 0 and last > 0 else CHILDREN
    return [of_counts(rate_measure, int(figure.value), children) for figure in number]


def _about(measure: Measure, level: Floats, random: np.random.Generator) -> Floats:
    """Values about a level: counts of events by Poisson's law, stocks that lean on the month before, smooth years."""
    count = len(level)
    if measure.accumulation == "rolling_12_months":
        every = random.normal(0, 1, count + 11)
        smooth = np.convolve(every, np.ones(12) / 12, mode="valid")
        return _anchored(level * (1 + 0.03 * smooth), level)
    if measure.accumulation == "at_month_end":
        spread = np.maximum(_STOCK_VARIES.get(measure.unit, 0.02) * level, 0.4 * 10.0**-measure.decimals)
        noise = _leaning(count, _LEANS.get(measure.unit, _LEANS_COUNT), random)
        return _anchored(np.maximum(level + spread * noise, 0), level)
    if measure.unit == "number":
        return _anchored(random.poisson(level).astype(np.float64), level)
    return _anchored(np.maximum(level * (1 + 0.045 * random.normal(0, 1, count)), 0), level)


def _anchored(values: Floats, level: Floats) -> Floats:
    values[-1] = level[-1]
    return values


def _leaning(count: int, share: float, random: np.random.Generator) -> Floats:
    """Chance with a spread of one of which a share stays from month to month; nothing is left of it in the last."""
    fresh = random.normal(0, np.sqrt(1 - share**2), count)
    noise = np.empty(count)
    noise[0] = random.normal()
    for at in range(1, count):
        noise[at] = share * noise[at - 1] + fresh[at]
    fade = share ** np.arange(count)[::-1]
    return np.asarray(noise - noise[-1] * fade, dtype=np.float64)


def _wholes(measure: Measure, count: int, random: np.random.Generator, few: bool) -> list[int]:
    """Of how many a share is, each month: events vary, a stock drifts."""
    low, high = FEW if few else MANY.get(measure.accumulation, MANY["in_month"])
    size = float(np.exp(random.uniform(np.log(low), np.log(high))))
    if measure.accumulation == "at_month_end" and not few:
        return [max(1, round(float(stock))) for stock in size * np.exp(np.cumsum(random.normal(0, 0.012, count)))]
    most = FEWER_THAN_TEN if few else 10 * high
    return [int(whole) for whole in np.clip(random.poisson(size, count), 3, most)]


def _shares(
    measure: Measure, level: Floats, span: Span, random: np.random.Generator, wholes: Sequence[int]
) -> list[Figure]:
    share = np.clip(level / 100, SELDOM_SEEN, MOSTLY_SEEN)
    if measure.accumulation == "at_month_end":
        spread = STOCK_SPREAD * np.sqrt(share * (1 - share) / np.array(wholes))
        share = np.clip(share + _leaning(len(level), _LEANS["percent"], random) * spread, 0, 1)
        parts = [round(whole * float(p)) for whole, p in zip(wholes, share, strict=True)]
    else:
        parts = [int(random.binomial(whole, p)) for whole, p in zip(wholes, share, strict=True)]
    if span.inspected is not None:
        parts[span.inspected] = round(wholes[span.inspected] * min(level[span.inspected], 100.0) / 100)
    figures = [of_counts(measure, part, whole) for part, whole in zip(parts, wholes, strict=True)]
    return [*figures[:-1], _of(measure, last_level(measure), wholes[-1])]


def _rates(measure: Measure, level: Floats, random: np.random.Generator) -> list[Figure]:
    per = PER_UNIT[measure.unit]
    plan = measure.july_2020
    children = CHILDREN
    if plan is not None and plan.value and plan.numerator:
        children = round(plan.numerator / plan.value * per)
    last = _of(measure, last_level(measure), children)
    children = last.denominator or children
    expected = level * children / per
    counts = random.poisson(expected).astype(np.float64)
    if measure.accumulation == "unknown":
        counts = np.rint(expected + UNKNOWN_SPREAD * (counts - expected))
    return [*(of_counts(measure, int(count), children) for count in counts[:-1]), last]


def _running_totals(measure: Measure, span: Span, random: np.random.Generator) -> list[Figure]:
    """Counts since the year's start: again each April; with an unknown start one count that only grows."""
    last, there = last_level(measure), level_at_inspection(measure)
    turn = span.inspected if span.inspected is not None else 0
    weights = random.gamma(12.0, 1 / 12.0, span.months)
    total = np.empty(span.months)
    if measure.year_starts == "unknown" and span.inspected is not None and last > there:
        pace = (last - there) / (span.months - 1 - turn)
        first = max(0.0, there - pace * turn)
        total[0] = first
        total[1 : turn + 1] = first + (there - first) * _share(weights[1 : turn + 1])
        total[turn + 1 :] = there + (last - there) * _share(weights[turn + 1 :])
    else:
        since = np.array([(span.month(at).month - FINANCIAL_YEAR_ENDS - 1) % 12 + 1 for at in range(span.months)])
        pace = np.where(np.arange(span.months) <= turn, there / since[turn], last / since[-1])
        gained = pace * weights
        for start in _years(since):
            own = np.arange(start, min(start + 12 - int(since[start]) + 1, span.months))
            total[own] = np.cumsum(gained[own]) + pace[start] * (since[start] - 1)
        final = np.arange(max(0, span.months - int(since[-1])), span.months)
        total[final] *= last / total[-1] if total[-1] > 0 else 1
    total[-1] = last
    return [Figure(to_decimals(measure, float(value))) for value in total]


def _share(weights: Floats) -> Floats:
    return np.asarray(np.cumsum(weights) / weights.sum(), dtype=np.float64)


def _years(since: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[int]:
    """The place of each year's first month."""
    return (at for at, months in enumerate(since) if at == 0 or months == 1)


def _of(measure: Measure, value: float, size: int) -> Figure:
    """The value with counts that give it to its last digit, of about so many."""
    per = PER_UNIT[measure.unit]
    half = 0.5 * 10.0**-measure.decimals
    ways = (whole for away in range(4 * size + 4000) for whole in (size + away, size - away))
    for whole in (way for way in ways if way > 1):
        part = round(value * whole / per)
        if abs(part / whole * per - value) < half * 0.98:
            return Figure(value, part, whole)
    return Figure(value)


def of_counts(measure: Measure, part: int, whole: int) -> Figure:
    """The figure that two counts give."""
    return Figure(to_decimals(measure, part / whole * PER_UNIT[measure.unit]), part, whole)


def scaled(measure: Measure, figure: Figure, factor: float) -> Figure:
    """The figure, so many times as large; its counts too."""
    if figure.numerator is None or figure.denominator is None:
        return Figure(to_decimals(measure, figure.value * factor))
    return of_counts(measure, round(figure.numerator * factor), figure.denominator)


def to_decimals(measure: Measure, value: float) -> float:
    """A value to the catalogue's decimals: what the file says."""
    return float(rounded(max(0.0, value), measure.decimals))
