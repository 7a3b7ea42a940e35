"""The rules once more, straight from their words: plain Python, one series at a time, slow and easy to check.

It shares no code with scorecard.analysis and knows no numpy. A point is None where there is no value. Figures
become exact fractions of what people print, so that a tie on paper is a tie here.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Segment:
    """What one segment gives: its lines, and the cause of each period."""

    mean: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    causes: list[str | None] = field(default_factory=list)


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def judge(
    months: Sequence[int], figures: Sequence[float | None], screen: bool = True, fix_after: int | None = None
) -> Segment:
    values = [None if figure is None else Fraction(repr(figure)) for figure in figures]
    shortest_step = min((b - a for a, b in itertools.pairwise(months)), default=1)
    linked = [
        i > 0
        and values[i] is not None
        and values[i - 1] is not None
        and months[i] - months[i - 1] < 2 * max(1, shortest_step)
        for i in range(len(values))
    ]
    base = [i for i, value in enumerate(values) if value is not None][:fix_after]
    mean = mean_of([values[i] for i in base])
    ranges = [abs(values[i] - values[i - 1]) for i in base if linked[i] and i - 1 in base]
    average = mean_of(ranges)
    if screen and ranges:
        average = mean_of([moving_range for moving_range in ranges if moving_range < Fraction("3.267") * average])
    if average is None:
        segment = Segment(mean, None, None)
    else:
        segment = Segment(mean, mean - Fraction("2.66") * average, mean + Fraction("2.66") * average)
    segment.causes = causes_of(values, linked, segment)
    return segment


def causes_of(values: Sequence[Fraction | None], linked: Sequence[bool], segment: Segment) -> list[str | None]:
    """The first rule that each period meets."""
    periods = range(len(values))
    there = [value is not None for value in values]
    above_mean = [there[i] and values[i] > segment.mean for i in periods]
    below_mean = [there[i] and values[i] < segment.mean for i in periods]
    rises = [linked[i] and values[i] > values[i - 1] for i in periods]
    falls = [linked[i] and values[i] < values[i - 1] for i in periods]
    above = below = near_high = near_low = [False] * len(values)
    if segment.upper is not None:
        two_thirds = (segment.upper - segment.mean) * 2 / 3
        above = [there[i] and values[i] > segment.upper for i in periods]
        below = [there[i] and values[i] < segment.lower for i in periods]
        near_high = [there[i] and not above[i] and values[i] > segment.mean + two_thirds for i in periods]
        near_low = [there[i] and not below[i] and values[i] < segment.mean - two_thirds for i in periods]

    def windows_with(i: int, length: int) -> list[range]:
        """Every unbroken window of so many periods that holds period i."""
        starts = range(max(0, i - length + 1), min(i, len(values) - length) + 1)
        windows = [range(start, start + length) for start in starts]
        return [window for window in windows if all(linked[j] for j in window[1:])]

    def cause(i: int) -> str | None:
        if not there[i]:
            return None
        if above[i] or below[i]:
            return "above_limit" if above[i] else "below_limit"
        sevens, threes = windows_with(i, 7), windows_with(i, 3)
        rising = any(all(rises[j] for j in window[1:]) for window in sevens)
        falling = any(all(falls[j] for j in window[1:]) for window in sevens)
        if rising and falling:
            return "trend_up" if rises[i + 1] else "trend_down"
        if rising or falling:
            return "trend_up" if rising else "trend_down"
        for name, near, side in (("high", near_high, above_mean), ("low", near_low, below_mean)):
            for window in threes:
                if near[i] and sum(near[j] for j in window) >= 2 and all(side[j] for j in window):
                    return f"two_of_three_{name}"
        for name, side in (("high", above_mean), ("low", below_mean)):
            if any(all(side[j] for j in window) for window in sevens):
                return f"shift_{name}"
        return "common_cause"

    return [cause(i) for i in periods]
