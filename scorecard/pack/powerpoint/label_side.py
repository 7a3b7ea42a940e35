"""On which side of its point the label of a native chart's last figure stands: where least of the lines crosses it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from scorecard.charts.model.axes import month_number
from scorecard.charts.svg.placing import Box, lies_within, text_box
from scorecard.pack.powerpoint.charts import LETTERS, Line, NativeChart

Side = Literal["t", "b", "r", "l"]
GAP = 5.0  # points between a point's middle and its label: half a marker, and what keeps words off it
STEP = 2.0  # points between the places at which a line is looked at


def label_side(chart: NativeChart, line: Line, width: float, height: float, beyond: float = 0.0) -> Side:
    """The side on which the label crosses the lines least; of equals above, below, right, left.

    line: with its label. width, height: of the plot in points; beyond: right of it. A side on which the label
    would leave these is none, but for above: there is room over the plot.
    """
    at = _places(chart, line, width, height)[line.labelled] if line.labelled is not None else None
    if at is None:
        return "t"
    drawn = [spot for other in chart.lines if other.drop is None for spot in _spots(chart, other, width, height)]
    boxes: dict[Side, Box] = {
        "t": text_box((at[0], at[1] - GAP - LETTERS * 0.22), line.label, LETTERS, "middle"),
        "b": text_box((at[0], at[1] + GAP + LETTERS * 0.75), line.label, LETTERS, "middle"),
        "r": text_box((at[0] + GAP, at[1] + LETTERS * 0.27), line.label, LETTERS),
        "l": text_box((at[0] - GAP, at[1] + LETTERS * 0.27), line.label, LETTERS, "end"),
    }
    edges = (0.0, 0.0, width + beyond, height)
    fits = [side for side, box in boxes.items() if side == "t" or lies_within(box, edges)]
    return min(fits, key=lambda side: sum(_holds(boxes[side], spot) for spot in drawn))


def _holds(box: Box, spot: tuple[float, float]) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def _places(chart: NativeChart, line: Line, width: float, height: float) -> list[tuple[float, float] | None]:
    """Where each value of a line is drawn, from the plot's upper left corner."""
    first, reach = month_number(chart.months[0]), (chart.high - chart.low) or 1.0
    return [
        None
        if value is None
        else (
            (month_number(month) - first) / max(chart.span, 1) * width,
            (chart.high - value) / reach * height,
        )
        for month, value in zip(chart.months, line.values, strict=True)
    ]


def _spots(chart: NativeChart, line: Line, width: float, height: float) -> Iterator[tuple[float, float]]:
    """The places that a line goes through, a few points from one another."""
    places = _places(chart, line, width, height)
    known = [(number, at) for number, at in enumerate(places) if at is not None]
    yield from (at for _, at in known)
    for (_, one), (number, other) in pairwise(known):
        if number in line.apart:
            continue
        far = max(abs(other[0] - one[0]), abs(other[1] - one[1]))
        for step in range(1, int(far / STEP)):
            share = step * STEP / far
            yield one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
