"""A trend chart as the lines of a native chart: one list of months, and for each line a name, values and a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.charts.model.axes import month_number
from scorecard.charts.model.legend import level_words
from scorecard.charts.model.models import ComparatorLine, TrendChart
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import variation_words
from scorecard.pack.powerpoint.text_metrics import Typeface, text_width
from scorecard.pack.powerpoint.theme import Colour, safe

LONGEST_NAME = 40
LETTERS = 12  # points, of all that is written in a chart
KEY_ROOM = 44.0  # points beside each name of the legend
MONTH_ROOM = 62.0  # points of width for the name of a month
BELOW = 48.0  # points for the months and their title
ABOVE = 14.0  # points for the label of the highest figure
LINE_ROOM = 1.35  # of the size, a row of the legend
MOST_PLACES = 4  # of an axis's ticks
MARKERS: dict[str, tuple[str, Colour]] = {
    "improvement": ("square", "accent2"),
    "concern": ("diamond", "accent4"),
    "neutral_high": ("triangle", "accent5"),
    "neutral_low": ("triangle", "accent6"),
}
COMPARATOR_DASHES = {"statistical_neighbour": "solid", "regional": "dash", "national": "sysDot", "other": "dashDot"}


@dataclass(frozen=True)
class LineStyle:
    """A line's colour of the theme, width in points (0: no line), dash, and marker with its size (0: none)."""

    colour: Colour
    width: float = 1.5
    dash: str = "solid"
    marker: str = "none"
    size: int = 0
    hollow: bool = False


@dataclass(frozen=True)
class Line:
    """A series: its name, a value or nothing for each month, and its look.

    apart: places to which no line leads from the value before. hollow: places of provisional figures. labelled: the
    place of the figure that is written out, as label. drop: how far a line goes down from each value, where it marks a
    month.
    """

    name: str
    values: tuple[float | None, ...]
    look: LineStyle
    apart: frozenset[int] = frozenset()
    hollow: frozenset[int] = frozenset()
    labelled: int | None = None
    label: str = ""
    drop: float | None = None


@dataclass(frozen=True)
class NativeChart:
    """All that a native chart shows."""

    months: tuple[date, ...]
    lines: tuple[Line, ...]
    low: float
    high: float
    step: float | None
    number_format: str
    axis_format: str
    value_title: str
    span: int  # months from the first to the last


def native_chart(chart: TrendChart) -> NativeChart:
    """The native chart of a model: its figures, target, mean and limits, and what else it draws."""
    months = _months(chart)
    lines = (
        _figures(chart, months), *_targets(chart, months), *_limits(chart, months), *_levels(chart, months),
        *_trajectory(chart, months), *_projection(chart, months), *_overlays(chart, months),
        *_missing(chart, months), *_happened(chart, months),
    )  # fmt: skip
    ticks = [tick.value for tick in chart.y_axis.ticks]
    return NativeChart(
        months=months,
        lines=lines,
        low=chart.y_axis.low,
        high=chart.y_axis.high,
        step=ticks[1] - ticks[0] if len(ticks) > 1 else None,
        number_format=number_format(chart.unit, chart.decimals),
        axis_format=number_format(chart.unit, _places(ticks, chart.decimals)),
        value_title=safe(chart.y_axis.title),
        span=month_number(chart.last) - month_number(chart.first),
    )


def _places(ticks: Sequence[float], decimals: int) -> int:
    """The fewest decimals that tell all ticks exactly."""
    most = max(decimals, MOST_PLACES)
    return next((places for places in range(most) if all(round(tick, places) == tick for tick in ticks)), most)


def number_format(unit: str, decimals: int) -> str:
    """How the axis and the workbook write a figure: '0.0"%"', a true minus sign before a negative one."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    unit = '"%"' if unit == "percent" else ""
    return f'{digits}{unit};"−"{digits}{unit}'


def month_step(span: int, width: float) -> int:
    """How many months lie between two that are named, so that their names stand level beside each other."""
    return next((step for step in (1, 2, 3, 6, 12, 24) if (span / step + 1) * MONTH_ROOM <= width), 60)


def _months(chart: TrendChart) -> tuple[date, ...]:
    """The months that any line has a value for, and the chart's own first and last."""
    months = {chart.first, chart.last}
    months |= {point.month for point in chart.points} | {ahead.month for ahead in chart.projection}
    months |= {dated.month for line in chart.comparators for dated in line.points}
    months |= {mark.month for mark in chart.marks}
    if chart.trajectory is not None:
        months |= {chart.trajectory.start.month, chart.trajectory.end.month}
    return tuple(sorted(month for month in months if chart.first <= month <= chart.last))


def _figures(chart: TrendChart, months: Sequence[date]) -> Line:
    places = {month: index for index, month in enumerate(months)}
    values: list[float | None] = [None] * len(months)
    apart, hollow = set(), set()
    for point in chart.points:
        index = places[point.month]
        values[index] = point.value
        if not point.joined:
            apart.add(index)
        if point.provisional and point.value is not None:
            hollow.add(index)
    known = [index for index, value in enumerate(values) if value is not None]
    return Line(
        name=_short(chart.name),
        values=tuple(values),
        look=LineStyle("accent1", 2.25, marker="circle", size=6),
        apart=frozenset(apart),
        hollow=frozenset(hollow),
        labelled=known[-1] if known else None,
        label=f"{values[known[-1]]:,.{chart.decimals}f}{'%' if chart.unit == 'percent' else ''}" if known else "",
    )


def _short(name: str) -> str:
    name = safe(name)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _targets(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    """The target while it is in force; both edges of a range, each named by the last target that has it."""
    ranges = any(step.lower is not None and step.upper is not None for step in chart.targets)
    for edge in ("lower", "upper"):
        steps = [(step.start, step.end, getattr(step, edge)) for step in chart.targets]
        values = _stepped(steps, months)
        if any(value is not None for value in values):
            last = next(step.words for step in reversed(chart.targets) if getattr(step, edge) is not None)
            line_name = _short(f"{chart.target_name}: {last}")
            yield Line(f"{line_name}, {edge} edge" if ranges else line_name, values, LineStyle("accent3", 2.25))


def _stepped(steps: Iterable[tuple[date, date, float | None]], months: Sequence[date]) -> tuple[float | None, ...]:
    known = list(steps)
    return tuple(
        next((value for start, end, value in reversed(known) if start <= month <= end), None) for month in months
    )


def _limits(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    """Mean and limits; a rebase breaks them."""
    starts = {segment.start for segment in chart.segments}
    apart = frozenset(index for index, month in enumerate(months) if month in starts)
    provisional = bool(chart.segments) and chart.segments[-1].provisional
    named = (("mean", "Mean", "solid"), ("upper", "Upper limit", "dash"), ("lower", "Lower limit", "dash"))
    for name, line_name, dash in named:
        values = _stepped([(part.start, part.end, getattr(part, name)) for part in chart.segments], months)
        if any(value is not None for value in values):
            yield Line(
                f"{line_name}, provisional" if provisional else line_name,
                values,
                LineStyle("accent5", 1.25, dash),
                apart,
            )


def _levels(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    if chart.baseline is not None:
        level = chart.baseline
        values = tuple(
            level.value if (level.start or month) <= month <= (level.end or month) else None for month in months
        )
        yield Line(_short(level.short_label), values, LineStyle("accent5", 1.25, "lgDash"))
    for line in chart.comparators:
        look = LineStyle("accent6", 2.0, COMPARATOR_DASHES[line.role])
        yield Line(_short(line.short_label), _comparator(line, months), look)


def _comparator(line: ComparatorLine, months: Sequence[date]) -> tuple[float | None, ...]:
    if not line.points:
        return (line.value,) * len(months)
    dated = {point.month: point.value for point in line.points}
    return tuple(dated.get(month) for month in months)


def _trajectory(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    path = chart.trajectory
    if path is None:
        return
    first, last = month_number(path.start.month), month_number(path.end.month)
    slope = (path.end.value - path.start.value) / (last - first) if last > first else 0.0
    values = tuple(
        path.start.value + slope * (month_number(month) - first) if first <= month_number(month) <= last else None
        for month in months
    )
    yield Line(_short(path.short_label), values, LineStyle("accent3", 1.5, "sysDash"))


def _projection(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    if not chart.projection:
        return
    ahead = {point.month: point for point in chart.projection}
    for name, line_name, dash, width in (
        ("projected", "Projection", "dash", 1.75), ("upper_80", "80% interval, upper", "sysDot", 1.0),
        ("lower_80", "80% interval, lower", "sysDot", 1.0), ("upper_95", "95% interval, upper", "sysDot", 0.75),
        ("lower_95", "95% interval, lower", "sysDot", 0.75),
    ):  # fmt: skip
        values = tuple(getattr(ahead[month], name) if month in ahead else None for month in months)
        yield Line(line_name, values, LineStyle("accent1", width, dash))


def _overlays(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    """Marks over figures that signal, and over provisional ones: the key names them, shape and colour tell them."""
    for mark, (shape, colour) in MARKERS.items():
        values = _where(chart, months, {point.month for point in chart.points if point.mark == mark})
        if values is not None:
            yield Line(variation_words(mark, level_words(chart)), values, LineStyle(colour, 0, marker=shape, size=9))
    values = _where(chart, months, {point.month for point in chart.points if point.provisional})
    if values is not None:
        yield Line("Provisional", values, LineStyle("accent1", 0, marker="circle", size=9, hollow=True))


def _missing(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    """Crosses on the axis where a figure is missing, as the PDF has them."""
    gone = {point.month for point in chart.points if point.value is None}
    values = tuple(chart.y_axis.low if month in gone else None for month in months)
    if any(value is not None for value in values):
        yield Line("No figure (× on the axis)", values, LineStyle("tx1", 0, marker="x", size=7))


def _happened(chart: TrendChart, months: Sequence[date]) -> Iterator[Line]:
    """A line across the chart in the month of an event or a rebase; the plan's own month is no event."""
    for mark in chart.marks:
        if mark.kind != "plan" and mark.month in months:
            values = tuple(chart.y_axis.high if month == mark.month else None for month in months)
            name = _short(f"{month_words(mark.month)}: {mark.label}")
            yield Line(name, values, LineStyle("accent5", 1.0, "sysDash"), drop=chart.y_axis.high - chart.y_axis.low)


def _where(chart: TrendChart, months: Sequence[date], wanted: set[date]) -> tuple[float | None, ...] | None:
    known = {point.month: point.value for point in chart.points if point.month in wanted}
    values = tuple(known.get(month) for month in months)
    return values if any(value is not None for value in values) else None


def legend_height(chart: NativeChart, width: float, face: Typeface) -> float:
    """The height of the legend below a chart of a width: its names in columns of one width."""
    widest = max(text_width(line.name, LETTERS, face) for line in chart.lines) + KEY_ROOM
    columns = max(int(width // widest), 1)
    return -(-len(chart.lines) // columns) * LETTERS * LINE_ROOM * face.line / 1.2 + 4


def plot_height(chart: NativeChart, width: float, height: float, face: Typeface) -> float:
    """What a chart's other parts leave to its lines."""
    return height - legend_height(chart, width, face) - BELOW - ABOVE
