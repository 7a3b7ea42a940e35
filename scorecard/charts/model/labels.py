"""Labels at the lines' ends: which there are, which yield where room is short, and how they keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.charts.model.models import Point, Segment, TrendChart
from scorecard.charts.palette import BASELINE, COMPARATOR_COLOUR, DASHES, INK, LIMITS, PROJECTION, TARGET
from scorecard.core.numbers import figure_words


@dataclass(frozen=True)
class EndLabel:
    """The label of a line at the chart's right edge. rank: of labels without room, the highest rank yields first."""

    role: str
    value: float
    text: str
    short: str
    colour: str
    dash: str
    rank: int


def range_name(chart: TrendChart) -> tuple[Segment, str] | None:
    """The last part of a chart that has limits, and what its band is called; None where no part has any."""
    banded = [part for part in chart.segments if part.lower is not None and part.upper is not None]
    return (banded[-1], "usual range" + (", provisional" if banded[-1].provisional else "")) if banded else None


def figure_alone(point: Point) -> str:
    """'82%' of '82%, provisional': a point's figure as it is written beside it."""
    return point.figure.split(",")[0]


def page_labels(chart: TrendChart, at_end: Point | None) -> list[EndLabel]:
    """The labels on a page, where the usual range is named within its band. at_end: the latest figure, where it stands
    so near to the lines' ends that it is named with them.
    """
    labels = [label for label in end_labels(chart) if label.role != "limits"]
    if at_end is None:
        return labels
    return [*labels, EndLabel("latest", at_end.value or 0.0, figure_alone(at_end), figure_alone(at_end), INK, "", -1)]


def end_labels(chart: TrendChart) -> list[EndLabel]:
    """All labels of a chart, the most important first."""
    labels = [*_target_labels(chart), *_level_labels(chart)]
    if chart.projection:
        last = chart.projection[-1]
        figure_text = figure_words(last.projected, chart.unit, chart.decimals)
        labels.append(
            EndLabel("projection", last.projected, f"Projection: {figure_text}", f"Projected {figure_text}", PROJECTION,
                     DASHES["projection"], 5)
        )  # fmt: skip
    return sorted([*labels, *_limit_labels(chart)], key=lambda label: label.rank)


def _target_labels(chart: TrendChart) -> list[EndLabel]:
    if not chart.targets:
        return []
    step = chart.targets[-1]
    edges = [edge for edge in (step.lower, step.upper) if edge is not None]
    if not edges:
        return []
    places = 0 if all(float(edge).is_integer() for edge in edges) else max(chart.decimals, 1)
    short = "–".join(figure_words(edge, chart.unit, places) for edge in edges)
    return [
        EndLabel(
            "target",
            sum(edges) / len(edges),
            f"{chart.target_name}: {step.words}",
            f"{chart.target_name} {short}",
            TARGET,
            "",
            0,
        )
    ]


def _level_labels(chart: TrendChart) -> list[EndLabel]:
    labels = []
    if chart.baseline is not None and chart.baseline.end is None:
        level = chart.baseline
        labels.append(
            EndLabel("baseline", level.value, level.label, level.short_label, BASELINE, DASHES["baseline"], 1)
        )
    for index, line in enumerate(chart.comparators):
        labels.append(
            EndLabel(
                line.role, line.value, line.label, line.short_label, COMPARATOR_COLOUR, DASHES[line.role], 2 + index
            )
        )
    if chart.trajectory is not None and chart.trajectory.end.month <= chart.last:
        path = chart.trajectory
        labels.append(
            EndLabel("trajectory", path.end.value, path.label, path.short_label, TARGET, DASHES["trajectory"], 4)
        )
    return labels


def _limit_labels(chart: TrendChart) -> list[EndLabel]:
    if not chart.segments:
        return []
    segment = chart.segments[-1]
    limits = [("Mean", segment.mean, 6), ("Upper limit", segment.upper, 7), ("Lower limit", segment.lower, 8)]
    labels = []
    for name, value, rank in limits:
        if value is not None and chart.y_axis.low <= value <= chart.y_axis.high:
            figure_text = figure_words(value, chart.unit, chart.decimals, signed=chart.charted != "figure")
            short = name.replace(" limit", "") + f" {figure_text}"
            labels.append(EndLabel("limits", value, f"{name}: {figure_text}", short, LIMITS, "", rank))
    return labels


def fitting(labels: Sequence[EndLabel], room: float, height: float) -> list[EndLabel]:
    """The labels that fit one under another into a room, the least important left out."""
    count = max(int(room // height), 0)
    return sorted(labels, key=lambda label: label.rank)[:count]


def spread(wanted: Sequence[float], height: float, low: float, high: float) -> list[float]:
    """Centres for labels of a height, each as near as may be to where it is wanted, none over another.

    wanted: any order; the result is in the same order. All lie within low + height/2 and high − height/2 where there is
    room for all, else they start at the low edge and run over the high one.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[tuple[float, int]] = []  # the first centre that a block of touching labels wants, and its size
    for index in order:
        first, size = wanted[index], 1
        while blocks and blocks[-1][0] + blocks[-1][1] * height > first:
            before, count = blocks.pop()
            # each label's wish for the block's start, averaged: the sum of squared shifts is least
            first = (before * count + (first - count * height) * size) / (count + size)
            size += count
        blocks.append((first, size))
    centres = [first + step * height for first, size in blocks for step in range(size)]
    centres = _within(centres, height, low + height / 2, high - height / 2)
    placed = [0.0] * len(wanted)
    for index, centre in zip(order, centres, strict=True):
        placed[index] = centre
    return placed


def _within(centres: list[float], height: float, low: float, high: float) -> list[float]:
    """Sorted centres pushed inside the edges, keeping their distances of at least a height."""
    placed_centres = list(centres)
    roof = high
    for index in reversed(range(len(placed_centres))):
        placed_centres[index] = min(placed_centres[index], roof)
        roof = placed_centres[index] - height
    floor = low
    for index in range(len(placed_centres)):
        placed_centres[index] = max(placed_centres[index], floor)
        floor = placed_centres[index] + height
    return placed_centres


def rows_for(spans: Sequence[tuple[float, float]], most: int) -> list[int]:
    """A row for each span (from, to), so that none in a row overlap: the lowest free one, or the last of `most`."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((row for row, taken in enumerate(ends) if taken <= start), len(ends))
        row = min(row, most - 1)
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = max(ends[row], end)
        rows.append(row)
    return rows
