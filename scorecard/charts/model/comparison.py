"""What the charts of published figures say: years beside others', places among others, the funnel, and small gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import Axis, ChartValue, Number
from scorecard.core.types import Unit

Whose = Literal["ours", "neighbours", "other_list", "in_every", "region", "england", "other"]
MISSING_AFTER = 18  # months between two points that no line crosses: a year is missing between them


class YearPoint(ChartValue):
    """One published figure. hollow: rounded to zero, or provisional. run: points of one run are joined."""

    end: date
    value: Number
    words: str
    hollow: bool = False
    run: int = 0


class YearLine(ChartValue):
    """One area's figures over the years, and how it is made: 'mean of 10 of 10'; short_name: without that."""

    whose: Whose
    name: str
    short_name: str = ""
    points: tuple[YearPoint, ...]


class ListChange(ChartValue):
    """When one list of neighbours gave way to the next."""

    end: date
    words: str


class YearChart(ChartValue):
    """Annual figures beside others': points, no line across a missing year or a change of list."""

    title: str
    subtitle: str
    lines: tuple[YearLine, ...]
    changes: tuple[ListChange, ...]
    axis: Axis
    alt: str
    notes: tuple[str, ...] = ()


class Place(ChartValue):
    """One authority among others."""

    name: str
    value: Number
    words: str
    whose: Whose


class PlaceChart(ChartValue):
    """Authorities from the lowest to the highest; named where they are few. quarters: values that part them."""

    title: str
    subtitle: str
    places: tuple[Place, ...]
    quarters: tuple[Number, ...]
    axis: Axis
    named: bool
    alt: str


class FunnelPoint(ChartValue):
    """One authority: what it counts among, and its value."""

    name: str
    denominator: Number
    value: Number
    whose: Whose
    outside: bool


class FunnelLimits(ChartValue):
    """The limits at one denominator."""

    denominator: Number
    lower_95: Number
    upper_95: Number
    lower_998: Number
    upper_998: Number


class FunnelChart(ChartValue):
    """Every authority by its size, within the limits of what authorities of a size differ by."""

    title: str
    subtitle: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimits, ...]
    target: Number
    axis: Axis
    size_title: str
    alt: str


class GapBars(ChartValue):
    """A gap over the years as small bars, up where they are positive; None: no figure of that year."""

    gaps: tuple[Number | None, ...]
    alt: str


def runs(ends: Sequence[date], sets: Sequence[str], apart: int = MISSING_AFTER) -> list[int]:
    """Which points are joined: a new run after a missing year, and where the set of areas is another.

    apart: months between two points that a line still crosses.
    """
    unbroken, run = [], 0
    for index, end in enumerate(ends):
        if index:
            months = (end.year - ends[index - 1].year) * 12 + end.month - ends[index - 1].month
            run += months > apart or sets[index] != sets[index - 1]
        unbroken.append(run)
    return unbroken


def axis_of(values: Sequence[float], unit: Unit) -> Axis:
    """The value axis of what is drawn."""
    return y_axis(values, unit)
