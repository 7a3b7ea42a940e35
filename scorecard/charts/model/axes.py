"""Axes: round ticks, an honest vertical range, and months along the bottom."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date

from scorecard.charts.model.models import Axis, Tick, XRange
from scorecard.charts.text_metrics import text_width
from scorecard.core.numbers import UNIT_WORDS, figure_words
from scorecard.core.periods import MONTH_NAMES, add_months, months_from
from scorecard.core.types import Unit

PADDING = 0.08  # of the span, above and below what is drawn
FROM_ZERO_BELOW = 0.4  # an axis whose lowest figure is under this share of its highest starts at zero
LEAST_SPAN_PERCENT = 10.0  # percentage points: a narrower axis would make noise look like news
LEAST_SPAN_SHARE = 0.2  # of the largest figure, for other units
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LEAST_SPAN = 1e-6  # no figure of ours is told apart below it
JULY = 6  # the month of the plan's figures, counted from January as 0
JANUARY, HALVES = 1, (1, 7)  # of a year, by its months' own numbers
CLEAR = 10.0  # pixels from one month's words to the next
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def month_number(month: date) -> int:
    """Months as whole numbers, so that every month is as wide as the next."""
    return month.year * 12 + month.month - 1


def nice_step(span: float, count: int) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into at most so many parts."""
    raw = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    steps = (step * power for step in TICK_STEPS if step != 2.5 or power >= 10)  # 25 is round, 2.5 is not
    return next((step for step in steps if step >= raw * (1 - 1e-9)), 10.0 * power)


def y_axis(values: Iterable[float], unit: Unit, *, change: bool = False, count: int = 5) -> Axis:
    """The vertical axis for what is drawn.

    It holds every value; it starts at zero where the figures come near to it, and says so where it doesn't. A
    percentage never runs below 0% or above 100% unless a figure does.
    """
    known = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    floor, roof = (-math.inf, math.inf) if change else _bounds(low, high, unit)
    least = LEAST_SPAN_PERCENT if unit == "percent" else LEAST_SPAN_SHARE * max(abs(low), abs(high)) or 4.0
    if change:
        low, high, least = min(low, 0.0), max(high, 0.0), 1.0
    short = max(0.0, max(least, LEAST_SPAN) - (high - low)) / 2
    span = max(high - low, least, LEAST_SPAN)
    low, high = low - short - PADDING * span, high + short + PADDING * span
    if not change and 0 <= min(known) < FROM_ZERO_BELOW * max(known):
        low = 0.0
    low, high = max(low, floor), min(high, roof)
    step = nice_step(high - low, count)
    if unit == "number" and step < 1 <= high - low:
        step = 1.0  # there is no half of a child between two ticks
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = _places(step)
    ticks = tuple(
        Tick(value=_tidy(multiple * step), words=figure_words(_tidy(multiple * step), unit, places, signed=change))
        for multiple in range(first, last + 1)
    )
    bottom = ticks[0].value
    note = None
    if not change and bottom > 0:
        note = f"The vertical axis starts at {ticks[0].words}, not at zero."
    title = _axis_title(unit, change)
    return Axis(low=bottom, high=ticks[-1].value, ticks=ticks, title=title, note=note)


def _bounds(low: float, high: float, unit: Unit) -> tuple[float, float]:
    floor = 0.0 if low >= 0 else -math.inf
    roof = 100.0 if unit == "percent" and high <= 100 else math.inf
    return floor, roof


def _axis_title(unit: Unit, change: bool) -> str:
    titles = {"percent": "Percentage", "number": "Number", "days": "Days", "average": "Average"}
    name = titles.get(unit, f"Rate {UNIT_WORDS[unit]}")
    return f"Change on the month before ({name.lower()})" if change else name


def _tidy(value: float) -> float:
    """Without the last bits of binary fractions: 0.30000000000000004 is 0.3."""
    return float(f"{value:.10g}") + 0.0


def _places(step: float) -> int:
    """Decimals that tell ticks of a step apart."""
    for places in range(8):
        if abs(step * 10**places - round(step * 10**places)) < 1e-9 * max(1.0, step * 10**places):
            return places
    return 8


def month_ticks(x_range: XRange, count: int) -> list[tuple[date, str]]:
    """Months along the bottom, at most `count`: 'July 2020', or short 'Jul 2020', each with its year."""
    first, count = x_range[0], max(count, 1)
    for step in MONTH_STEPS:
        to_july = (JULY - month_number(first)) % step  # every step stands on Julys
        places = range(to_july, months_from(*x_range) + 1, step)
        if len(places) <= count:
            break
    months = [add_months(first, place) for place in places[:count]] or [first]
    return [(month, month_short(month)) for month in months]


def half_years(x_range: XRange, x: Callable[[date], float], size: float) -> list[tuple[date, str]]:
    """'Jan 18', 'Jul', 'Jan 19': the first and the last month, Januaries and Julys; '' where the words have no room.

    Of those that meet, the ends go before Januaries, and they before Julys: a year is known by its January. x: where a
    month stands, in pixels. size: of the words.
    """
    first, last = x_range
    months = [add_months(first, step) for step in range(months_from(first, last) + 1)]
    halves = [month for month in months if month.month in HALVES]
    named: dict[date, tuple[str, float]] = {}
    for month in (last, first, *sorted(halves, key=lambda month: month.month)):
        label = _month(month, month in (first, last))
        half = text_width(label, size) / 2
        if all(abs(x(month) - x(other)) >= half + half_width + CLEAR for other, (_, half_width) in named.items()):
            named[month] = (label, half)
    return [(month, named.get(month, ("", 0.0))[0]) for month in sorted({first, last, *halves})]


def _month(month: date, with_year: bool) -> str:
    name = MONTH_NAMES[month.month - 1][:3]
    return f"{name} {month.year % 100:02d}" if with_year or month.month == JANUARY else name


def month_short(month: date) -> str:
    """'Jul 2020': a month where 'July 2020' has no room."""
    return f"{MONTH_NAMES[month.month - 1][:3]} {month.year}"


def shared_range(ranges: Iterable[XRange]) -> XRange | None:
    """The range that holds them all: one time axis for small multiples. None of none."""
    known = list(ranges)
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def share_along(month: date, x_range: XRange, offset: float = 0.0) -> float:
    """Where a month is along an axis: 0 at its first month, 1 at its last; offset in months."""
    span = max(months_from(x_range[0], x_range[1]), 1)
    return (months_from(x_range[0], month) + offset) / span
