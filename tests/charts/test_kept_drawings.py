"""Every kind of drawing, as it was looked at: tests/charts/kept has each as a picture that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from math import nan
from pathlib import Path
from random import Random

from pydantic import BaseModel

from scorecard.catalogue.models import Event
from scorecard.charts import (
    assurance_icon,
    bar_of,
    change_chart,
    distance_bar,
    draw_levels,
    draw_screen,
    figure,
    focused,
    levels_of,
    shared_range,
    sparkline_of,
    status_icon,
    svg,
    table,
    variation_icon,
    with_words,
)
from scorecard.charts.model.comparison import GapBars
from scorecard.charts.model.models import DistanceBar, TrendChart
from scorecard.charts.palette import FONT
from scorecard.charts.svg.comparison import draw_funnel, draw_places, draw_years, gap_bars
from scorecard.core.vocabulary import ASSURANCE_WORDS, STATUS_WORDS, VARIATION_WORDS
from tests.charts.conftest import FALL, LOOKED_AFTER, REFERRALS, STEADY, Story, Teller
from tests.charts.test_comparison_geometry import funnel_of, places_of, years_of
from tests.charts.test_comparison_geometry import levels_of as invented_levels
from tests.kept import require_as_kept

KEPT = Path(__file__).parent / "kept"


def stories(tell: Teller) -> dict[str, Story]:
    """Series that have between them all that a chart of one measure can show."""
    of_few = (*([200.0] * (len(STEADY) - 1)), 12.0)
    event = Event(date=date(2020, 3, 31), what="First national lockdown", why="Schools closed")
    calm = tell(STEADY)
    stepped = (*STEADY, *(value + 9 for value in STEADY))
    return {
        "a fall": tell((*FALL[:-2], nan, 27, 26), symbols={21: "c", 23: "p"}, origins={22: "plan", 20: "published"},
                       projected=True),
        "a share that moves by chance": tell(STEADY, projected=True),
        "a small denominator": tell((*STEADY[:-1], 50), denominators=of_few),
        "a number of children": tell([400 + 3 * place for place in range(30)], LOOKED_AFTER, projected=True),
        "a new level": tell(stepped, changes={"rebase": [{"from": "2018-08", "why": "A new front door"}]}),
        "an event": calm._replace(catalogue=calm.catalogue.model_copy(update={"events": (event,)})),
        "a demonstration": tell(STEADY[:13], origin="demonstration"),
        "three figures": tell((27, 25, 22)),
        "one figure": tell((27,)),
        "no number": tell((nan, nan), symbols={0: "c", 1: "x"}),
    }  # fmt: skip


def of_a_story(name: str, story: Story) -> Iterator[tuple[str, str]]:
    """The drawings of one story: for the pack wide and narrow, for a page, as a small line, and with a pointer."""
    chart = story.chart()
    yield f"{name}, pack.svg", svg(chart, 760, 360)
    yield (
        f"{name}, pack, narrow.svg",
        svg(
            chart,
            390,
            300,
            titled=False,
            x_range=shared_range([(chart.first, chart.last), (date(2019, 1, 31), date(2020, 8, 31))]),
        ),
    )
    yield f"{name}, page.svg", draw_screen(focused(chart, projection=True), 670, 330, FONT)
    yield f"{name}, page, narrow.svg", draw_screen(focused(chart, months=12, others=True), 366, 232, FONT)
    yield f"{name}, line.svg", svg(sparkline_of(chart), 124, 33)
    yield f"{name}, model.json", _lines(chart, bar_of(story.row), levels_of(story.row, story.measure))
    yield f"{name}, pointed at.json", _figure_of(chart)
    yield f"{name}, table.csv", table(chart).to_csv(index=False)
    if name in ("a share that moves by chance", "a number of children"):
        change = change_chart(story.measure, story.row, story.series, catalogue=story.catalogue)
        yield f"{name}, change.svg", svg(change, 560, 260)
        yield f"{name}, change.json", _lines(change)


def _lines(*models: BaseModel) -> str:
    return "\n".join(re.sub(r"\},\{", "},\n{", model.model_dump_json(exclude_defaults=True)) for model in models) + "\n"


def _figure_of(chart: TrendChart) -> str:
    drawn = figure(chart).to_plotly_json()
    drawn["layout"].pop("template", None)
    rows = [f"{name}: {drawn['layout'][name]!r}" for name in sorted(drawn["layout"])]
    return "\n".join([*rows, *(repr(dict(sorted(trace.items()))) for trace in drawn["data"])]) + "\n"


def small_pictures() -> Iterator[tuple[str, str]]:
    """Icons, bars of distance and of gaps, each kind beside the others."""
    icons = [variation_icon(kind, up=up) for kind, up in product((None, *VARIATION_WORDS), (True, False))]
    icons += [assurance_icon(kind) for kind in (None, *ASSURANCE_WORDS)]
    icons += [status_icon(kind) for kind in (None, *STATUS_WORDS, "not_applicable")]
    yield "icons.html", "\n".join([*icons, with_words(icons[0], "words & <b>")])
    bars = [
        DistanceBar(status=status, status_words=status, distance_words="so far", neutral=neutral, share=share)
        for status in ("met", "close", "missed")
        for neutral in (False, True)
        for share in (None, -3.0, -1.0, -0.2, 0.0, 0.1, 1.0, 2.5)
    ]
    yield "distances.html", "\n".join(distance_bar(bar, 120, 24) for bar in bars)
    gaps = ((1.0, None, -2.0), (0.0, 0.5), (None, None), (-8.0, -4.0, -2.0, -1.0))
    yield "gaps.html", "\n".join(gap_bars(GapBars(gaps=gap, alt="words")) for gap in gaps)


def comparisons() -> Iterator[tuple[str, str]]:
    """Charts of published figures and of levels, of invented authorities."""
    for seed, width in product((1, 2), (340.0, 860.0)):
        yield f"years {seed}, {width:g}.svg", draw_years(years_of(Random(seed)), width, 330.0)
        yield f"places {seed}, {width:g}.svg", draw_places(places_of(Random(seed)), width)
        yield f"funnel {seed}, {width:g}.svg", draw_funnel(funnel_of(Random(seed)), width)
        yield f"levels {seed}, {width:g}.svg", draw_levels(invented_levels(Random(seed)), width, 60.0)


def drawings(tell: Teller, plan: Callable[[str], Story]) -> Iterator[tuple[str, str]]:
    for name, story in {**stories(tell), "figures of the plan": plan(REFERRALS)}.items():
        yield from of_a_story(name, story)
    yield from small_pictures()
    yield from comparisons()


def test_each_drawing_is_as_it_was_looked_at(tell: Teller, plan: Callable[[str], Story]) -> None:
    drawn = dict(drawings(tell, plan))
    require_as_kept(
        KEPT, {name.translate({ord(" "): "-", ord(","): ""}): on_lines(text) for name, text in drawn.items()}
    )


def on_lines(drawing: str) -> str:
    """An element a line, so that a change is seen where it is."""
    return drawing.replace("><", ">\n<") + "\n" if drawing.startswith("<") else drawing
