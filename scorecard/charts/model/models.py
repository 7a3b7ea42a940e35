"""What a chart says, before it is drawn: frozen models that go to JSON and back exactly (snapshots keep them)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from scorecard.core.types import Unit

PointMark = Literal["figure", "common_cause", "improvement", "concern", "neutral_high", "neutral_low"]
Origin = Literal["plan", "extract", "published", "demonstration"]
ComparatorRole = Literal["statistical_neighbour", "regional", "national", "other"]
Status = Literal["met", "close", "missed", "no_target", "no_data"]
Number = Annotated[float, Field(allow_inf_nan=False)]
XRange = tuple[date, date]
DEMONSTRATION = "Demonstration data"  # what a drawing of invented figures is called


class ChartValue(BaseModel):
    """A value of a chart: replaced, never edited; no NaN, so that JSON holds it exactly."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Tick(ChartValue):
    """A mark on an axis: where, and its words."""

    value: Number
    words: str


class Axis(ChartValue):
    """The range of the vertical axis, in the measure's unit, its ticks, and what must be said of it."""

    low: Number
    high: Number
    ticks: tuple[Tick, ...]
    title: str
    note: str | None = None


class Point(ChartValue):
    """One figure of the series, or the place where one is missing (`value` None, `missing` says why).

    joined: a line leads to it from the point before. mean: of its segment, where limits may be shown. figure: the
    value as people read it, or why there is none. words: what the pointer reads and the table says.
    """

    month: date
    months: int = 1
    value: Number | None
    figure: str
    words: str
    mark: PointMark = "figure"
    signal: str | None = None
    mean: Number | None = None
    provisional: bool = False
    origin: Origin = "extract"
    missing: str | None = None
    symbol: str | None = None
    joined: bool = False


class Segment(ChartValue):
    """Mean and limits from one rebase to the next. provisional: they rest on 12 to 19 points, and are drawn dashed."""

    start: date
    end: date
    mean: Number
    lower: Number | None = None
    upper: Number | None = None
    provisional: bool = False


class TargetStep(ChartValue):
    """A target while it is in force: one edge, or two (`between`)."""

    start: date
    end: date
    lower: Number | None = None
    upper: Number | None = None
    words: str


class Level(ChartValue):
    """A level across the chart, or a part of it: the undated baseline."""

    value: Number
    label: str
    short_label: str
    start: date | None = None
    end: date | None = None


class DatedValue(ChartValue):
    """A value in a month."""

    month: date
    value: Number


class Trajectory(ChartValue):
    """The straight line from the plan's actual to the dated target."""

    start: DatedValue
    end: DatedValue
    label: str
    short_label: str


class ComparatorLine(ChartValue):
    """Another area's figures: a level (`points` empty) or a line over time."""

    role: ComparatorRole
    value: Number
    label: str
    short_label: str
    points: tuple[DatedValue, ...] = ()


class FanPoint(ChartValue):
    """One month of the projection, with its 80% and 95% intervals."""

    month: date
    projected: Number
    lower_80: Number
    upper_80: Number
    lower_95: Number
    upper_95: Number


class VerticalMark(ChartValue):
    """Something that happened in a month: an event, a rebase, or the plan's own month."""

    month: date
    kind: Literal["event", "rebase", "plan"]
    label: str
    why: str


class Chart(ChartValue):
    """What every chart has: its finding as a title, its words for those who can't see it, and where it comes from."""

    title: str
    subtitle: str = ""
    alt: str
    notes: tuple[str, ...] = ()
    source: str = ""
    demonstration: bool = False


class TrendChart(Chart):
    """One measure over time. `charted` is the figure itself, or a change on the month, or on the year, before.

    level: what it moves towards or away from where no figure is better than another; snapshots that have none yet say
    `volume` alone.
    """

    kind: Literal["trend"] = "trend"
    measure_id: str
    name: str
    unit: Unit
    decimals: int
    volume: bool = False
    level: str = ""
    target_name: str = "Target"
    charted: Literal["figure", "monthly change", "yearly change"] = "figure"
    first: date
    last: date
    y_axis: Axis
    points: tuple[Point, ...] = ()
    segments: tuple[Segment, ...] = ()
    targets: tuple[TargetStep, ...] = ()
    baseline: Level | None = None
    trajectory: Trajectory | None = None
    comparators: tuple[ComparatorLine, ...] = ()
    projection: tuple[FanPoint, ...] = ()
    marks: tuple[VerticalMark, ...] = ()


def on_shared_axis(chart: TrendChart, x_range: XRange | None) -> TrendChart:
    """The chart on the months that small multiples share: what runs to its own edges runs to the shared ones."""
    if x_range is None:
        return chart
    first, last = min(chart.first, x_range[0]), max(chart.last, x_range[1])
    targets = tuple(
        step.model_copy(
            update={
                "start": first if step.start == chart.first else step.start,
                "end": last if step.end == chart.last else step.end,
            }
        )
        for step in chart.targets
    )
    return chart.model_copy(update={"targets": targets})


class DistanceBar(ChartValue):
    """One measure's distance to target. share: distance ÷ |target|, positive good; None: no bar can be drawn."""

    status: Status | None
    status_words: str
    neutral: bool = False
    share: Number | None
    distance_words: str


class Sparkline(Chart):
    """A measure's last months in the space of a word: line, target, last point marked."""

    kind: Literal["sparkline"] = "sparkline"
    measure_id: str
    first: date
    last: date
    low: Number
    high: Number
    points: tuple[Point, ...] = ()
    targets: tuple[TargetStep, ...] = ()


AnyChart = Annotated[TrendChart | Sparkline, Field(discriminator="kind")]
_READER: TypeAdapter[TrendChart | Sparkline] = TypeAdapter(AnyChart)


def read_chart(json: str | bytes) -> TrendChart | Sparkline:
    """A chart from the JSON that its `model_dump_json` wrote. Raises pydantic's ValidationError."""
    return _READER.validate_json(json)
