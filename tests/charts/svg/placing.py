"""Any chart at all; and what words of a drawing stand where they may not: out of it, over others, over a cross."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from random import Random
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import (
    ComparatorLine,
    DatedValue,
    FanPoint,
    Level,
    Point,
    Segment,
    TargetStep,
    Trajectory,
    TrendChart,
    VerticalMark,
)
from scorecard.charts.model.trend import drawn_values
from scorecard.charts.text_metrics import text_width
from scorecard.core.numbers import figure_words
from scorecard.core.periods import add_months, months_from

LAST = date(2020, 7, 31)
SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def boxes(drawing: str) -> list[tuple[str, Box]]:
    """Every line of text that is seen, and where it lies: as wide as its letters, as high as its capitals."""
    placed_boxes = []
    for text in ET.fromstring(drawing).iter(f"{SVG}text"):
        if text.get("aria-hidden") == "true":
            continue
        label, size = text.text or "", float(text.get("font-size") or 0)
        x, y, width = float(text.get("x") or 0), float(text.get("y") or 0), text_width(text.text or "", size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor") or "start"]
        placed_boxes.append((label, (left, y - 0.7 * size, left + width, y + 0.2 * size)))
    return placed_boxes


def crossed_out(drawing: str) -> list[Box]:
    """Where the crosses of missing figures lie."""
    marks = [element for element in ET.fromstring(drawing).iter(f"{SVG}path") if element.get("class") == "missing"]
    corners = [(mark.get("d") or "").replace("M", " ").replace("L", " ").split() for mark in marks]
    return [(float(at[0]), float(at[1]), float(at[2]), float(at[3])) for at in corners]


def over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def faults(drawing: str, width: float, height: float) -> list[str]:
    """What stands where it may not."""
    placed, marks = boxes(drawing), crossed_out(drawing)
    overlaps = [
        f"'{label}' is out of the drawing: {box}"
        for label, box in placed
        if box[0] < -1 or box[1] < -1 or box[2] > width + 1 or box[3] > height + 1
    ]
    overlaps += [f"'{one}' over '{other}'" for (one, a), (other, b) in combinations(placed, 2) if over(a, b)]
    overlaps += [f"'{label}' over a cross" for label, box in placed for mark in marks if over(box, mark)]
    return overlaps


OTHERS: tuple[tuple[Any, str, str], ...] = (
    ("statistical_neighbour", "Statistical neighbours (average of ten councils, 2018/19)", "SN"),
    ("regional", "South East (2018/19)", "South East"),
    ("national", "England", "England"),
)
EVENTS = ("Lockdown", "First national lockdown", "Limits start anew", "Ofsted", "A fourth with a long name of its own")


def charts() -> st.SearchStrategy[TrendChart]:
    """Charts of any figures, in any unit, with any of all that a trend chart may have."""
    return st.integers(0, 2**32).map(lambda seed: chart_of(Random(seed)))


class Unit(NamedTuple):
    """What figures are in, from where to where they lie, and with how many decimals."""

    name: Any
    least: float
    most: float
    decimals: int

    def figure(self, chance: Random) -> float:
        return round(chance.uniform(self.least, self.most), self.decimals)

    def words(self, value: float) -> str:
        return figure_words(value, self.name, self.decimals)


UNITS = (
    Unit("percent", 0, 100, 0), Unit("percent", 0, 100, 1), Unit("number", 0, 12, 0), Unit("number", -40, 2e6, 0),
    Unit("days", 0, 400, 0), Unit("rate_per_10000", 0, 0.01, 4), Unit("average", -9, 9, 2),
)  # fmt: skip


def chart_of(chance: Random) -> TrendChart:
    """The chart that chance gives."""
    unit, months, ahead = chance.choice(UNITS), chance.randint(1, 40), chance.choice((0, 6, 12))
    ends = [add_months(LAST, index - months + 1) for index in range(months)]
    first, last = add_months(LAST, -max(months - 1, 6)), add_months(LAST, ahead)
    points = _points(chance, unit, ends)
    known = [point for point in points if point.value is not None]
    segments = _segments(chance, unit, ends) if chance.random() < 0.5 else ()
    targets = _targets(chance, unit, first, last)
    baseline = _baseline(chance, unit) if chance.random() < 0.7 else None
    comparators = tuple(_comparator(chance, unit, whose, ends) for whose in OTHERS[: chance.choice((0, 1, 3))])
    path = _trajectory(chance, unit, known[-1], last) if known and ahead and chance.random() < 0.5 else None
    fan = (
        tuple(_fan(chance, unit, months_ahead) for months_ahead in range(1, ahead + 1))
        if known and chance.random() < 0.5
        else ()
    )
    charted: Any = chance.choice(("figure", "monthly change"))
    share = unit.name == "percent"
    drawn = drawn_values(points, segments, targets, baseline, comparators, fan, path, (first, last), share=share)
    return TrendChart(
        title="What was found", alt="Words for it", measure_id="m", name="A measure", unit=unit.name,
        decimals=unit.decimals, first=first, last=last, y_axis=y_axis(drawn, unit.name, change=charted != "figure"),
        points=points, segments=segments, targets=targets, baseline=baseline, comparators=comparators,
        trajectory=path, projection=fan, charted=charted, marks=_marks(chance, first, last),
        source="Source: the improvement plan, and what the data team sent since",
    )  # fmt: skip


def _points(chance: Random, unit: Unit, ends: list[date]) -> tuple[Point, ...]:
    points: list[Point] = []
    for month in ends:
        if chance.random() < 0.2:
            why = "no figure received"
            points.append(Point(month=month, value=None, figure=why, words="", missing=why))
            continue
        value, few = unit.figure(chance), ", 2 of 3" if chance.random() < 0.1 else ""
        mark: Any = chance.choice(("figure", "common_cause", "concern", "improvement", "neutral_high"))
        points.append(
            Point(
                month=month, value=value, figure=unit.words(value) + few, words="",
                origin=chance.choice(("extract", "plan", "published")), provisional=chance.random() < 0.2,
                mark=mark, joined=bool(points) and points[-1].value is not None,
            )
        )  # fmt: skip
    return tuple(points)


def _segments(chance: Random, unit: Unit, ends: list[date]) -> tuple[Segment, ...]:
    cut = chance.randrange(len(ends))
    spans = [(ends[0], ends[cut - 1]), (ends[cut], ends[-1])] if cut else [(ends[0], ends[-1])]
    segments = []
    for start, end in spans:
        lower, mean, upper = sorted(unit.figure(chance) for _ in range(3))
        provisional = chance.random() < 0.5
        segments.append(Segment(start=start, end=end, mean=mean, lower=lower, upper=upper, provisional=provisional))
    return tuple(segments)


def _targets(chance: Random, unit: Unit, first: date, last: date) -> tuple[TargetStep, ...]:
    step = add_months(LAST, -chance.randint(1, 4))
    spans: Any = chance.choice(((), ((first, last),), ((first, step), (add_months(step, 1), last))))
    steps = []
    for start, end in spans:
        lower, upper = sorted((unit.figure(chance), unit.figure(chance)))
        edges, words = chance.choice(
            (
                ((lower, None), f"at least {unit.words(lower)}"),
                ((None, lower), f"at most {unit.words(lower)}"),
                ((lower, upper), f"between {unit.words(lower)} and {unit.words(upper)}"),
            )
        )
        steps.append(TargetStep(start=start, end=end, lower=edges[0], upper=edges[1], words=words))
    return tuple(steps)


def _baseline(chance: Random, unit: Unit) -> Level:
    value = unit.figure(chance)
    figure, end = unit.words(value), add_months(LAST, -1) if chance.random() < 0.5 else None
    return Level(value=value, label=f"Baseline (undated): {figure}", short_label=f"Baseline {figure}", end=end)


def _trajectory(chance: Random, unit: Unit, latest: Point, last: date) -> Trajectory:
    start, end = DatedValue(month=LAST, value=latest.value or 0.0), DatedValue(month=last, value=unit.figure(chance))
    return Trajectory(start=start, end=end, label="Trajectory to the target by its date", short_label="Trajectory")


def _comparator(chance: Random, unit: Unit, named: tuple[Any, str, str], ends: list[date]) -> ComparatorLine:
    role, name, short = named
    value = unit.figure(chance)
    dated = tuple(DatedValue(month=month, value=unit.figure(chance)) for month in ends[::12])
    figure, points = f" {unit.words(value)}", dated if chance.random() < 0.5 else ()
    return ComparatorLine(role=role, value=value, label=f"{name}:{figure}", short_label=short + figure, points=points)


def _fan(chance: Random, unit: Unit, months_ahead: int) -> FanPoint:
    lowest, lower, middle, upper, highest = sorted(unit.figure(chance) for _ in range(5))
    return FanPoint(
        month=add_months(LAST, months_ahead), projected=middle, lower_80=lower, upper_80=upper, lower_95=lowest,
        upper_95=highest,
    )  # fmt: skip


def _marks(chance: Random, first: date, last: date) -> tuple[VerticalMark, ...]:
    places = sorted(chance.sample(range(months_from(first, last) + 1), chance.randint(0, 4)))
    kinds: Any = ("event", "rebase", "plan")
    return tuple(
        VerticalMark(month=add_months(first, index), kind=chance.choice(kinds), label=chance.choice(EVENTS), why="")
        for index in places
    )
