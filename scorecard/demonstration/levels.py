"""How an invented measure's level runs over the months: which story it tells, and the line that tells it."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from scorecard.catalogue.models import Measure
from scorecard.core.periods import add_months, months_from

Floats = npt.NDArray[np.float64]

SWING = {"percent": 6.0}  # points; of all other units a share of the level
SWING_SHARE = 0.08
LARGE_GAP = 0.75  # of a swing: from there on the plan's own figures tell that something moved
STEP_BEFORE_END = 7  # months: long enough for seven on one side of the mean
TAKES = {"at_month_end": 6, "rolling_12_months": 12}  # months that a step takes: who is there already stays a while
TAKES_ELSE = 2
_BEYOND = re.compile(r"\b(?:above|over|more than|below|under|less than)\b", re.IGNORECASE)


class Story(NamedTuple):
    """How a level runs. before: how far the first month lies from the inspection's level, in swings (positive: better).
    fell: the month, as a share of the time before the inspection, in which it moved there at once (None: little by
    little). turn: how it came from the inspection's level to the last. season: how far the year swings it, in swings.
    """

    before: float
    turn: Literal["line", "step", "early"]
    fell: float | None = None
    season: float = 0.0


# The plan's two figures say which set a measure takes its story from; its place among those of the set says which one.
MOVED = (
    Story(before=0.2, turn="step"),
    Story(before=0.9, turn="line"),
    Story(before=-0.4, turn="early"),
    Story(before=0.6, turn="line", season=0.35),
    Story(before=0.8, turn="step", fell=0.4),
)
STAYED = (
    Story(before=0.0, turn="line"),
    Story(before=1.6, turn="line", fell=0.8),
    Story(before=0.1, turn="line", season=0.7),
    Story(before=1.3, turn="line"),
    Story(before=-1.2, turn="line", fell=0.6),
)


class Span(NamedTuple):
    """The months of a history: how many, the last one, and the place of the inspection (None: outside)."""

    months: int
    last: date
    inspected: int | None

    def month(self, month_index: int) -> date:
        """The last day of the month at a place, counted from 0."""
        return add_months(self.last, month_index - self.months + 1)


def span_of(months: int, last: date, inspected: date) -> Span:
    """The span of so many months up to `last`."""
    month_index = months - 1 - months_from(inspected, last)
    return Span(months, last, month_index if 0 < month_index < months - 1 else None)


def last_level(measure: Measure) -> float:
    """The level a measure ends at: the plan's July 2020 value, else an invented one that the plan's words allow.

    Where the plan prints words such as 'above 25', the number that misses the target by least is the bound, and the
    level lies a step beyond it. Without any number it misses the target by a tenth.
    """
    printed = measure.july_2020
    if printed is not None and printed.value is not None:
        return printed.value
    target = measure.targets[-1] if measure.targets else None
    edge = None if target is None else target.lower if target.lower is not None else target.upper
    if edge is None:
        known = [figure.value for figure in (measure.baseline, *measure.comparators.values()) if figure is not None]
        return next((value for value in known if value is not None), 80.0 if measure.unit == "percent" else 20.0)
    misses_above = measure.polarity == "lower_is_better"
    step = 10.0**-measure.decimals
    if printed is not None and _BEYOND.search(printed.printed):
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", printed.printed)]
        missing = [number for number in numbers if (number > edge if misses_above else number < edge)]
        if missing:
            return min(missing) + step if misses_above else max(missing) - step
    return round(edge * (1.1 if misses_above else 0.9), measure.decimals)


def swing_of(measure: Measure, level: float) -> float:
    """How far a measure moves of itself, in its unit; less near a percentage's ends."""
    if measure.unit == "percent":
        room = min(level, 100 - level) if 0 <= level <= 100 else 0.0
        return min(SWING["percent"], max(1.0, room / 3))
    return max(SWING_SHARE * level, 10.0**-measure.decimals)


def has_moved(measure: Measure) -> bool:
    """Whether the plan's baseline and last figure lie so far apart that something must have happened."""
    last = last_level(measure)
    baseline = _baseline(measure)
    return baseline is not None and abs(last - baseline) > LARGE_GAP * swing_of(measure, last)


def level_at_inspection(measure: Measure) -> float:
    """The plan's baseline; where it has none, half a swing worse than the last level."""
    baseline, last = _baseline(measure), last_level(measure)
    return baseline if baseline is not None else last - better(measure) * 0.5 * swing_of(measure, last)


def _baseline(measure: Measure) -> float | None:
    return None if measure.baseline is None else measure.baseline.value


def better(measure: Measure) -> int:
    """The direction that is better: 1 or −1; for a measure that is only watched, up."""
    return -1 if measure.polarity == "lower_is_better" else 1


def levels(measure: Measure, story: Story, span: Span) -> Floats:
    """The level of each month, before any chance: it meets the inspection's level and the last one."""
    last, swing = last_level(measure), swing_of(measure, last_level(measure))
    there = level_at_inspection(measure)
    turn = span.inspected if span.inspected is not None else span.months // 2
    first = there + better(measure) * story.before * swing
    if story.turn == "early":
        first = there - (last - there) * 0.8
    at = np.arange(span.months, dtype=np.float64)
    known = np.interp(at, [0, turn, span.months - 1], [first, there, last])
    takes = TAKES.get(measure.accumulation, TAKES_ELSE)
    if story.fell is not None:
        middle = story.fell * turn
        known[:turn] = np.interp(at[:turn], [middle - takes / 2, middle + takes / 2], [first, there])
    if story.turn == "step":
        done = min(max(turn + takes, span.months - STEP_BEFORE_END), span.months - 1)
        known[turn:] = np.interp(at[turn:], [max(turn, done - takes), done], [there, last])
    return np.maximum(known + story.season * swing * _season(span, turn), 0.0)


def _season(span: Span, turn: int) -> Floats:
    """The year's own swing, nothing in the inspection's month and in the last: low in August and at the year's end."""
    month_index = np.arange(span.months)
    month = np.array([span.month(int(at)).month for at in month_index])
    wave = -0.8 * (month == 8) - 0.6 * (month == 12) + 0.5 * np.sin(2 * np.pi * (month - 1) / 12)
    ends = np.interp(month_index, [0, turn, span.months - 1], [0, wave[turn], wave[-1]])
    return np.asarray(wave - ends, dtype=np.float64)
