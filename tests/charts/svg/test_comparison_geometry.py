"""In the charts of published figures and of levels no words stand out of the drawing or over one another."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.charts.model.comparison import (
    FunnelChart,
    FunnelLimits,
    FunnelPoint,
    ListChange,
    Place,
    PlaceChart,
    YearChart,
    YearLine,
    YearPoint,
    axis_of,
    runs,
)
from scorecard.charts.model.levels import Levels
from scorecard.charts.svg.comparison import draw_funnel, draw_places, draw_years
from scorecard.charts.svg.levels import draw_levels
from tests.charts.svg.placing import UNITS, boxes, faults

NAMES = (
    "York", "Southampton", "Bournemouth, Christchurch and Poole", "Statistical neighbours (mean of 10 of 10, list of "
    "April 2021)", "England", "South East", "Telford & Wrekin <b>", "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 2,
)  # fmt: skip
TITLES = ("Higher", "Year to March 2025: 15.36 days, 7.23 days worse than the neighbours, the highest of eleven " * 2)
WHOSE: tuple[Any, ...] = ("ours", "neighbours", "other_list", "in_every", "region", "england")
SIZES = ((310.0, 150.0), (340.0, 330.0), (560.0, 250.0), (860.0, 330.0))


def years_of(chance: Random) -> YearChart:
    unit = chance.choice(UNITS)
    first, count = chance.randint(1990, 2015), chance.randint(1, 20)
    ends = [date(year, chance.choice((3, 9)), 30) for year in range(first, first + count)]
    ends = [end for end in ends if chance.random() > 0.1] or ends
    lines = []
    for whose in WHOSE[: chance.randint(1, 6)]:
        group = runs(ends, ["a"] * len(ends))
        points = tuple(
            YearPoint(end=end, value=unit.figure(chance), words="", hollow=chance.random() < 0.2, run=run)
            for end, run in zip(ends, group, strict=True)
        )
        name = chance.choice(NAMES)
        lines.append(YearLine(whose=whose, name=name, short_name=name[:12], points=points))
    changes = chance.sample(ends, min(len(ends), chance.randint(0, 3)))
    return YearChart(
        title=chance.choice(TITLES), subtitle=chance.choice(TITLES), lines=tuple(lines), alt="",
        changes=tuple(ListChange(end=end, words=f"list of {end:%B %Y} from here") for end in sorted(changes)),
        axis=axis_of([point.value for line in lines for point in line.points], unit.name),
    )  # fmt: skip


def places_of(chance: Random) -> PlaceChart:
    unit = chance.choice(UNITS)
    named, count = (True, chance.randint(1, 12)) if chance.random() < 0.5 else (False, chance.randint(1, 152))
    values = sorted(unit.figure(chance) for _ in range(count))
    us = chance.randrange(count)
    places = tuple(
        Place(name=chance.choice(NAMES), value=value, words=unit.words(value),
              whose="ours" if index == us else chance.choice(("neighbours", "other")))
        for index, value in enumerate(values)
    )  # fmt: skip
    return PlaceChart(
        title=chance.choice(TITLES), subtitle=chance.choice(TITLES), places=places, quarters=(), named=named, alt="",
        axis=axis_of(values, unit.name),
    )  # fmt: skip


def funnel_of(chance: Random) -> FunnelChart:
    unit = chance.choice(UNITS)
    sizes = sorted(chance.uniform(1, 10 ** chance.randint(1, 6)) for _ in range(chance.randint(2, 20)))
    low_998, low, high, high_998 = sorted(unit.figure(chance) for _ in range(4))
    limits = tuple(
        FunnelLimits(denominator=size, lower_95=low, upper_95=high, lower_998=low_998, upper_998=high_998)
        for size in sizes
    )
    points = tuple(
        FunnelPoint(name=chance.choice(NAMES), denominator=size, value=unit.figure(chance), outside=index % 5 == 0,
                    whose="ours" if index == 0 else chance.choice(("neighbours", "other")))
        for index, size in enumerate(chance.sample(sizes, len(sizes)))
    )  # fmt: skip
    return FunnelChart(
        title=chance.choice(TITLES), subtitle=chance.choice(TITLES), points=points, limits=limits, target=low, alt="",
        axis=axis_of([*(point.value for point in points), low_998, high_998], unit.name),
        size_title=chance.choice(NAMES),
    )  # fmt: skip


def levels_of(chance: Random) -> Levels:
    unit = chance.choice(UNITS)
    baseline, latest, bound, target = (unit.figure(chance) if chance.random() < 0.7 else None for _ in range(4))
    return Levels(
        name="A", baseline=baseline, latest=latest, bound=bound, target=target, latest_words="", alt="",
        target_words="" if target is None else f"target {unit.words(target)}", broken=chance.random() < 0.3,
    )  # fmt: skip


def seeds(make: Any) -> st.SearchStrategy[Any]:
    return st.integers(0, 2**32).map(lambda seed: make(Random(seed)))


def require_clear(drawing: str, beginning: str = "") -> None:
    """No words out of place; and these, or their beginning, are said."""
    _, _, width, height = map(float, str(fromstring(drawing).get("viewBox")).split())
    assert not faults(drawing, width, height)
    assert not beginning or any(label.startswith(beginning[:4]) for label, _ in boxes(drawing))


def newest(chart: YearChart) -> str:
    return str(max(point.end for line in chart.lines for point in line.points).year)


def ours(chart: PlaceChart | FunnelChart) -> str:
    points: tuple[Place | FunnelPoint, ...] = chart.places if isinstance(chart, PlaceChart) else chart.points
    return next(point.name for point in points if point.whose == "ours")


few = settings(max_examples=30, deadline=None)


@few
@given(chart=seeds(years_of), size=st.sampled_from(SIZES), short=st.booleans())
def test_words_over_the_years_keep_clear(chart: YearChart, size: tuple[float, float], short: bool) -> None:
    require_clear(draw_years(chart, *size, short_names=short), newest(chart))


@few
@given(chart=seeds(places_of), size=st.sampled_from(SIZES))
def test_words_of_places_keep_clear(chart: PlaceChart, size: tuple[float, float]) -> None:
    require_clear(draw_places(chart, size[0]), ours(chart))


@few
@given(chart=seeds(funnel_of), size=st.sampled_from(SIZES))
def test_words_of_a_funnel_keep_clear(chart: FunnelChart, size: tuple[float, float]) -> None:
    require_clear(draw_funnel(chart, *size), ours(chart))


@few
@given(levels=seeds(levels_of), size=st.sampled_from([(520.0, 42.0), (296.0, 42.0)]))
def test_words_of_levels_keep_clear(levels: Levels, size: tuple[float, float]) -> None:
    require_clear(draw_levels(levels, *size), levels.target_words)
