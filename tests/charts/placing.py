"""Any chart at all; and what words of a drawing stand where they may not: out of it, over others, over a cross."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any
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
from scorecard.core.periods import add_months

LAST = date(2020, 7, 31)
SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def boxes(drawing: str) -> list[tuple[str, Box]]:
    """Every line of text that is seen, and where it lies: as wide as its letters, as high as its capitals."""
    found = []
    for text in ET.fromstring(drawing).iter(f"{SVG}text"):
        if text.get("aria-hidden") == "true":
            continue
        words, size = text.text or "", float(text.get("font-size") or 0)
        x, y, width = float(text.get("x") or 0), float(text.get("y") or 0), text_width(text.text or "", size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor") or "start"]
        found.append((words, (left, y - 0.7 * size, left + width, y + 0.2 * size)))
    return found


def crossed_out(drawing: str) -> list[Box]:
    """Where the crosses of missing figures lie."""
    marks = [found for found in ET.fromstring(drawing).iter(f"{SVG}path") if found.get("class") == "missing"]
    corners = [(found.get("d") or "").replace("M", " ").replace("L", " ").split() for found in marks]
    return [(float(at[0]), float(at[1]), float(at[2]), float(at[3])) for at in corners]


def over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def faults(drawing: str, width: float, height: float) -> list[str]:
    """What stands where it may not."""
    placed = boxes(drawing)
    found = [
        f"'{words}' is out of the drawing: {box}"
        for words, box in placed
        if box[0] < -1 or box[1] < -1 or box[2] > width + 1 or box[3] > height + 1
    ]
    found += [f"'{one}' over '{other}'" for (one, a), (other, b) in combinations(placed, 2) if over(a, b)]
    found += [f"'{words}' over a cross" for words, box in placed for mark in crossed_out(drawing) if over(box, mark)]
    return found


OTHERS: tuple[tuple[Any, str, str], ...] = (
    ("statistical_neighbour", "Statistical neighbours (average of ten councils, 2018/19)", "SN"),
    ("regional", "South East (2018/19)", "South East"),
    ("national", "England", "England"),
)
UNITS: tuple[tuple[Any, float, float, int], ...] = (
    ("percent", 0, 100, 0), ("percent", 0, 100, 1), ("number", 0, 12, 0), ("number", -40, 2_000_000, 0),
    ("days", 0, 400, 0), ("rate_per_10000", 0, 0.01, 4), ("average", -9, 9, 2),
)  # fmt: skip
EVENTS = ("Lockdown", "First national lockdown", "Limits start anew", "Ofsted", "A fourth with a long name of its own")


@st.composite
def charts(draw: st.DrawFn) -> TrendChart:
    """A chart of any figures, in any unit, with any of all that a trend chart may have."""
    unit, least, most, decimals = draw(st.sampled_from(UNITS))
    figures = st.floats(least, most).map(lambda value: round(value, decimals))
    levels = st.one_of(st.none(), figures)
    months = draw(st.integers(1, 40))
    values = draw(st.lists(st.one_of(figures, figures, st.none()), min_size=months, max_size=months))
    ends = [add_months(LAST, place - months + 1) for place in range(months)]
    ahead = draw(st.sampled_from((0, 6, 12)))
    first, last = add_months(LAST, -max(months - 1, 6)), add_months(LAST, ahead)
    points = tuple(_point(draw, values, ends, place, unit, decimals) for place in range(months))
    known = [point for point in points if point.value is not None]
    segments = _segments(draw, ends, figures) if draw(st.booleans()) else ()
    targets = _targets(draw, first, last, figures, unit, decimals)
    named = draw(levels)
    words = figure_words(named, unit, decimals)
    baseline = None if named is None else Level(
        value=named, label=f"Baseline (undated): {words}", short_label=f"Baseline {words}",
        end=add_months(LAST, -1) if draw(st.booleans()) else None,
    )  # fmt: skip
    comparators = tuple(
        _comparator(draw, one, figures, ends, unit, decimals) for one in OTHERS[: draw(st.sampled_from((0, 1, 3)))]
    )
    path = Trajectory(
        start=DatedValue(month=LAST, value=known[-1].value or 0.0), end=DatedValue(month=last, value=draw(figures)),
        label="Trajectory to the target by January 2021", short_label="Trajectory",
    ) if known and ahead and draw(st.booleans()) else None  # fmt: skip
    fan = tuple(_fan(draw, place, figures) for place in range(1, ahead + 1)) if known and draw(st.booleans()) else ()
    charted: Any = draw(st.sampled_from(("figure", "monthly change")))
    drawn = drawn_values(
        points, segments, targets, baseline, comparators, fan, path, (first, last), share=unit == "percent"
    )
    return TrendChart(
        title="What was found", alt="Words for it", measure_id="m", name="A measure", unit=unit, decimals=decimals,
        first=first, last=last, y_axis=y_axis(drawn, unit, change=charted != "figure"), points=points,
        segments=segments, targets=targets, baseline=baseline, comparators=comparators, trajectory=path,
        projection=fan, charted=charted, marks=_marks(draw, first, last),
        source="Source: the improvement plan, and what the data team sent since",
    )  # fmt: skip


def _point(draw: st.DrawFn, values: list[float | None], ends: list[Any], place: int, unit: Any, decimals: int) -> Point:
    value = values[place]
    if value is None:
        why = "no figure received"
        return Point(month=ends[place], value=None, figure=why, words="", missing=why)
    few = ", 2 of 3" if draw(st.integers(0, 9)) == 0 else ""
    return Point(
        month=ends[place], value=value, figure=figure_words(value, unit, decimals) + few, words="",
        origin=draw(st.sampled_from(("extract", "plan", "published"))), provisional=draw(st.integers(0, 5)) == 0,
        mark=draw(st.sampled_from(("figure", "common_cause", "concern", "improvement", "neutral_high"))),
        joined=place > 0 and values[place - 1] is not None,
    )  # fmt: skip


def _segments(draw: st.DrawFn, ends: list[Any], figures: st.SearchStrategy[float]) -> tuple[Segment, ...]:
    cut = draw(st.integers(0, len(ends) - 1))
    spans = [(ends[0], ends[cut - 1]), (ends[cut], ends[-1])] if cut else [(ends[0], ends[-1])]
    found = []
    for start, end in spans:
        lower, mean, upper = sorted(draw(figures) for _ in range(3))
        provisional = draw(st.booleans())
        found.append(Segment(start=start, end=end, mean=mean, lower=lower, upper=upper, provisional=provisional))
    return tuple(found)


def _targets(
    draw: st.DrawFn, first: Any, last: Any, figures: st.SearchStrategy[float], unit: Any, decimals: int
) -> tuple[TargetStep, ...]:
    step = add_months(LAST, -draw(st.integers(1, 4)))
    spans = draw(st.sampled_from(((), ((first, last),), ((first, step), (add_months(step, 1), last)))))
    found = []
    for start, end in spans:
        lower, upper = sorted((draw(figures), draw(figures)))
        shape = draw(st.sampled_from(("least", "most", "between")))
        words = {"least": "at least {}", "most": "at most {}", "between": "between {} and {}"}[shape].format(
            *(figure_words(edge, unit, decimals) for edge in ((lower, upper) if shape == "between" else (lower,)))
        )
        edges = {"least": (lower, None), "most": (None, lower), "between": (lower, upper)}[shape]
        found.append(TargetStep(start=start, end=end, lower=edges[0], upper=edges[1], words=words))
    return tuple(found)


def _comparator(
    draw: st.DrawFn, named: tuple[Any, str, str], figures: st.SearchStrategy[float], ends: list[Any], unit: Any,
    decimals: int,
) -> ComparatorLine:  # fmt: skip
    role, name, short = named
    value = draw(figures)
    words = f" {figure_words(value, unit, decimals)}"
    dated = tuple(DatedValue(month=month, value=draw(figures)) for month in ends[::12]) if draw(st.booleans()) else ()
    return ComparatorLine(
        role=role, value=value, label=f"{name}: {words}", short_label=f"{short} {words}", points=dated
    )


def _fan(draw: st.DrawFn, place: int, figures: st.SearchStrategy[float]) -> FanPoint:
    lowest, lower, middle, upper, highest = sorted(draw(figures) for _ in range(5))
    return FanPoint(
        month=add_months(LAST, place), projected=middle, lower_80=lower, upper_80=upper, lower_95=lowest,
        upper_95=highest,
    )  # fmt: skip


def _marks(draw: st.DrawFn, first: Any, last: Any) -> tuple[VerticalMark, ...]:
    span = (last.year - first.year) * 12 + last.month - first.month
    places = draw(st.lists(st.integers(0, span), max_size=4, unique=True))
    return tuple(
        VerticalMark(
            month=add_months(first, place), kind=draw(st.sampled_from(("event", "rebase", "plan"))),
            label=draw(st.sampled_from(EVENTS)), why="",
        )
        for place in sorted(places)
    )  # fmt: skip
