"""Every kind of drawing, as it was looked at: tests/charts/kept has each as a picture that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from math import nan
from pathlib import Path
from random import Random

import pandas as pd
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
    sparkline,
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
from scorecard.charts.svg.comparison import draw_funnel, draw_places, draw_years, gap_bars, years_top
from scorecard.charts.svg.trend import roomy_height
from scorecard.core.vocabulary import ASSURANCE_WORDS, STATUS_WORDS, VARIATION_WORDS
from tests.charts.conftest import FALL, LOOKED_AFTER, REFERRALS, STEADY, Story, StoryOf
from tests.charts.svg.placing import chart_of
from tests.charts.svg.test_comparison_geometry import funnel_of, places_of, years_of
from tests.charts.svg.test_comparison_geometry import levels_of as invented_levels
from tests.kept import require_as_kept

KEPT = Path(__file__).parent / "kept"


def stories(story_of: StoryOf) -> dict[str, Story]:
    """Series that have between them all that a chart of one measure can show."""
    of_few = (*([200.0] * (len(STEADY) - 1)), 12.0)
    event = Event(date=date(2020, 3, 31), what="First national lockdown", why="Schools closed")
    calm = story_of(STEADY)
    stepped = (*STEADY, *(value + 9 for value in STEADY))
    return {
        "a fall": story_of((*FALL[:-2], nan, 27, 26), symbols={21: "c", 23: "p"}, origins={22: "plan", 20: "published"},
                       projected=True),
        "a share that moves by chance": story_of(STEADY, projected=True),
        "a small denominator": story_of((*STEADY[:-1], 50), denominators=of_few),
        "a number of children": story_of([400 + 3 * index for index in range(30)], LOOKED_AFTER, projected=True),
        "a new level": story_of(stepped, changes={"rebase": [{"from": "2018-08", "why": "A new front door"}]}),
        "an event": calm._replace(catalogue=calm.catalogue.model_copy(update={"events": (event,)})),
        "a demonstration": story_of(STEADY[:13], origin="demonstration"),
        "three figures": story_of((27, 25, 22)),
        "one figure": story_of((27,)),
        "no number": story_of((nan, nan), symbols={0: "c", 1: "x"}),
    }  # fmt: skip


PRINTED = (
    "agency-workers", "caseload-pact", "child-protection-plans-number", "custodial-sentences-rate",
    "days-to-adoptive-family", "edge-of-care-referrals", "home-education-initial-engagement", "section-47-rate",
    "sickness-absence-days",
)  # fmt: skip


DRAWN = (
    "a target between two", "shares near nothing", "shares near the whole", "nothing",
    "home-education-initial-engagement",
)  # fmt: skip


def told_alone(story_of: StoryOf) -> dict[str, Story]:
    """Series whose charts differ in what they say more than in how it is drawn; DRAWN ones in both."""
    between = [{"at_most": 30, "printed": "30%"}, {"between": [20, 25], "printed": "20 to 25", "from": "2020-01"}]
    short_limits = {"rebase": [{"from": "2019-08", "why": "One front door"}]}
    from_april = {"year_starts": "april"}
    gaps = [value if index % 3 else nan for index, value in enumerate(STEADY)]
    return {
        "a year to date": story_of(
            (560, 610, 40, 95, 160), "edge-of-care-referrals", end="2020-06-30", changes=from_april
        ),
        "a target between two": story_of(STEADY, changes={"targets": between, "polarity": "monitor"}),
        "shares near the whole": story_of(
            [100 - value % 4 for value in STEADY], "authorised-care-plans", projected=True
        ),
        "shares near nothing": story_of([value % 4 for value in STEADY], projected=True),
        "a provisional signal": story_of((*STEADY, 40), symbols={24: "p"}),
        "a provisional start": story_of(
            (*STEADY[:-3], 27.5, 41, 26), symbols={0: "p", 23: "p"}, denominators=[9.0] * 24
        ),
        "short limits": story_of((*STEADY[:20], *(value - 5 for value in STEADY[:12])), changes=short_limits),
        "many gaps": story_of(gaps, symbols={0: "c", 3: "x", 6: "low"}, drop=(9, 10)),
        "the same twice": story_of((27, 27)),
        "a little higher": story_of((27, 27.3)),
        "days": story_of((8.25, nan, 8.5, 14.14), "sickness-absence-days", symbols={1: "x"}),
        "nothing": story_of((0, 0, 0), "edge-of-care-open-cases"),
        "a season": story_of([400 + 30 * (index % 12) + index**2 % 7 for index in range(40)], LOOKED_AFTER),
    }


def what_is_told(name: str, story: Story) -> Iterator[tuple[str, str]]:
    """The chart of a story and all that goes with it, in words and numbers alone."""
    small = sparkline(story.measure, story.row, story.series, story.points)
    first_alone = small.model_copy(update={"points": small.points[:1]})  # the others are the chart's
    models = (story.chart(), first_alone, bar_of(story.row), levels_of(story.row, story.measure))
    yield f"{name}, told.json", _lines(*models)
    if name in DRAWN:
        yield from for_the_pack(name, story.chart())
        yield from for_a_page(name, story.chart())
        yield f"{name}, line.svg", svg(small, 124, 33)
    if name not in PRINTED:
        seasonal = {**story.row, "seasonal": name == "a season"}
        change = change_chart(story.measure, seasonal, story.series, catalogue=story.catalogue)
        yield f"{name}, change.json", _lines(change)


def of_others(story_of: StoryOf) -> Iterator[tuple[str, str]]:
    """A chart beside other areas' published figures: over years, of one year, and of none within the chart."""
    story = story_of(STEADY)
    authority = story.catalogue.authority
    figures = [
        (authority.country.code, "2019-03-31", 24.0), (authority.country.code, "2020-03-31", 23.5),
        (authority.country.code, "2016-03-31", 50.0), (authority.region.code, "2020-03-31", 22.0),
        ("statistical_neighbour", "2016-03-31", 50.0), ("another", "2020-03-31", 50.0),
    ]  # fmt: skip
    frame = pd.DataFrame(figures, columns=["area", "period_end", "value"]).assign(measure_id=REFERRALS)
    frame["period_end"] = pd.to_datetime(frame["period_end"])
    chart = story.chart(comparators_over_time=frame)
    yield "others, told.json", _lines(chart)
    yield "others, pack.svg", svg(chart, 760, 360)
    yield "others, page.svg", draw_screen(focused(chart, others=True), 670, 330, FONT)
    yield "others, pointed at.json", _figure_of(chart)


def of_a_story(name: str, story: Story) -> Iterator[tuple[str, str]]:
    """The drawings of one story: for the pack wide and narrow, for a page, as a small line, and with a pointer."""
    chart = story.chart()
    yield from for_the_pack(name, chart)
    yield from for_a_page(name, chart)
    yield f"{name}, line.svg", svg(sparkline_of(chart), 124, 33)
    yield f"{name}, model.json", _lines(chart, bar_of(story.row), levels_of(story.row, story.measure))
    yield f"{name}, pointed at.json", _figure_of(chart)
    yield f"{name}, table.csv", table(chart).to_csv(index=False)
    if name in ("a share that moves by chance", "a number of children", "no number"):
        change = change_chart(story.measure, story.row, story.series, catalogue=story.catalogue)
        yield f"{name}, change.svg", svg(change, 560, 260)
        yield f"{name}, change.json", _lines(change)


def for_the_pack(name: str, chart: TrendChart) -> Iterator[tuple[str, str]]:
    """Wide with its titles; narrow without, on a time axis that it shares."""
    shared = shared_range([(chart.first, chart.last), (date(2019, 1, 31), date(2020, 8, 31))])
    yield f"{name}, pack.svg", svg(chart, 760, 360)
    height = roomy_height(chart, 390, 190, x_range=shared, titled=False)
    yield f"{name}, pack, narrow.svg", svg(chart, 390, height, titled=False, x_range=shared)


def for_a_page(name: str, chart: TrendChart) -> Iterator[tuple[str, str]]:
    """For a desk's screen and for a telephone's."""
    yield f"{name}, page.svg", draw_screen(focused(chart, projection=True), 670, 330, FONT)
    yield f"{name}, page, narrow.svg", draw_screen(focused(chart, months=12, others=True), 366, 232, FONT)


def by_chance() -> Iterator[tuple[str, str]]:
    """Invented charts of any kind: those of which each shows what no story does."""
    for seed in (1, 7, 23, 37):
        yield from for_the_pack(f"chance {seed}", chart_of(Random(seed)))
    for seed in (3, 9):
        yield from for_a_page(f"chance {seed}", chart_of(Random(seed)))
    yield "chance 31, pointed at.json", _figure_of(chart_of(Random(31)))
    yield "chance 25, years.svg", draw_years(years_of(Random(25)), 340.0)
    yield "chance 54, funnel.svg", draw_funnel(funnel_of(Random(54)), 340.0)
    yield "chance 0, places.svg", draw_places(places_of(Random(0)), 860.0)
    yield "chance 4, places.svg", draw_places(places_of(Random(4)), 340.0)


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
    pair = [years_of(Random(seed)) for seed in (1, 2)]
    top = max(years_top(chart, 340.0, "Arial") for chart in pair)
    for side, chart in zip(("left", "right"), pair, strict=True):
        drawn = draw_years(chart, 340.0, font="Arial", top=top, short_names=True)
        yield f"years side by side, {side}.svg", drawn
    yield "years, none.svg", draw_years(pair[0].model_copy(update={"lines": (), "alt": "No figure"}), 340.0)
    for (seed, font), width in product(((1, FONT), (2, "Arial")), (340.0, 860.0)):
        yield f"years {seed}, {width:g}.svg", draw_years(years_of(Random(seed)), width, 330.0, font)
        yield f"places {seed}, {width:g}.svg", draw_places(places_of(Random(seed)), width, font)
        yield f"funnel {seed}, {width:g}.svg", draw_funnel(funnel_of(Random(seed)), width, font=font)
        yield f"levels {seed}, {width:g}.svg", draw_levels(invented_levels(Random(seed)), width, 60.0, font)


def drawings(story_of: StoryOf, plan: Callable[[str], Story]) -> Iterator[tuple[str, str]]:
    for name, story in {**stories(story_of), "figures of the plan": plan(REFERRALS)}.items():
        yield from of_a_story(name, story)
    for name, story in {**told_alone(story_of), **{measure_id: plan(measure_id) for measure_id in PRINTED}}.items():
        yield from what_is_told(name, story)
    yield from of_others(story_of)
    yield from by_chance()
    yield from small_pictures()
    yield from comparisons()


def test_each_drawing_is_as_it_was_looked_at(story_of: StoryOf, plan: Callable[[str], Story]) -> None:
    drawn = dict(drawings(story_of, plan))
    require_as_kept(
        KEPT, {name.translate({ord(" "): "-", ord(","): ""}): on_lines(text) for name, text in drawn.items()}
    )


def on_lines(drawing: str) -> str:
    """An element a line, so that a change is seen where it is."""
    return drawing.replace("><", ">\n<") + "\n" if drawing.startswith("<") else drawing
