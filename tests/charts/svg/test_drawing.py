"""Drawings: well-formed, complete, safe with any text, and none of it lost between model and picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import nan
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.charts import (
    FONT,
    PLOTLY_CONFIG,
    assurance_icon,
    bar_of,
    distance_bar,
    figure,
    read_chart,
    sparkline_of,
    status_icon,
    svg,
    table,
    variation_icon,
    with_words,
)
from scorecard.charts.model.labels import rows_for, spread
from scorecard.charts.model.models import DistanceBar, TrendChart, VerticalMark
from scorecard.charts.palette import COMPARATOR_COLOUR, LIMITS, MARKS, PLUM, SIGNALS, STATUS_COLOURS
from scorecard.charts.svg.screen import draw_screen
from scorecard.charts.text_metrics import clean, cut, plotly_text, text_width, wrap
from scorecard.core.periods import add_months
from tests.charts.conftest import FALL, REFERRALS, STEADY, Story, StoryOf

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</svg><script>alert(1)</script>",
    "<b>**bold** [link](javascript:alert(1))</b>",
    '" onload="alert(1)',
    "&lt;already&amp;escaped",
    "$\\frac{1}{2}$ %{y} <br>",
    "נתונים על ילדים \u202e reversed",
    "Plant mewn gofal: ŵ ŷ · Zażółć gęślą jaźń",
    "x" * 500,
    "very " * 200,
    "nul \x00 bell \x07 \ud800 end",
    "]]> <!-- --> <![CDATA[",
)


def elements(drawing: str, name: str) -> list[ET.Element]:
    """Elements with that word in their class."""
    return [element for element in ET.fromstring(drawing).iter() if name in (element.get("class") or "").split()]


def texts(drawing: str) -> list[str]:
    return [
        element.text or ""
        for element in ET.fromstring(drawing).iter(f"{SVG}text")
        if element.get("aria-hidden") != "true"
    ]


@pytest.mark.parametrize("width", [320, 390, 760, 1440])
def test_the_svg_has_every_mark_of_the_model(width: int, story_of: StoryOf) -> None:
    chart = story_of(
        (*FALL[:-2], nan, 27, 26), symbols={21: "c", 23: "p"}, origins={22: "plan", 20: "published"}, projected=True
    ).chart()
    drawing = svg(chart, width, 400)
    known = [point for point in chart.points if point.value is not None]
    assert len(elements(drawing, "point")) == len(known)
    for mark in {point.mark for point in known}:
        assert len(elements(drawing, mark)) == sum(point.mark == mark for point in known)
    assert len(elements(drawing, "missing")) == 1
    assert len(elements(drawing, "plan-ring")) == 2  # on the chart and in the key
    assert elements(drawing, "fan-95")
    assert elements(drawing, "fan-80")
    assert elements(drawing, "limits")
    assert elements(drawing, "target")
    assert len(elements(drawing, "line")) == 2  # the missing month breaks it


def test_the_svg_is_titled_described_and_in_one_font(story_of: StoryOf) -> None:
    chart = story_of(STEADY).chart()
    root = ET.fromstring(svg(chart, 600, 300))
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == f"{chart.name}: {chart.title}"
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text == chart.alt
    assert root.get("font-family") == FONT
    assert not [element for element in root.iter() if element is not root and element.get("font-family")]


def test_lines_are_labelled_at_their_ends(plan: Callable[[str], Story]) -> None:
    drawn_texts = texts(svg(plan(REFERRALS).chart(), 900, 360))
    for label in ("Target: at most 21%", "Baseline (undated): 35%", "South East: 21%"):
        assert label in drawn_texts
    drawn_texts = texts(svg(plan(REFERRALS).chart(), 390, 360))
    for label in ("Target 21%", "Baseline 35%"):
        assert label in drawn_texts


def test_a_small_line_marks_the_months_that_are_unlikely_to_be_chance(story_of: StoryOf) -> None:
    """As many as the chart itself marks in its last 24 months, the latest by its own mark."""
    chart = story_of((*STEADY, *FALL[-8:])).chart()
    drawn = svg(sparkline_of(chart), 124, 33)
    earlier = [point.mark for point in chart.points[-24:-1] if point.mark in SIGNALS]
    assert earlier
    for kind in SIGNALS:
        ways = [element.get("d") or "" for element in elements(drawn, "signal") if kind in (element.get("class") or "")]
        assert sum(way.count("M") for way in ways) == earlier.count(kind)
    assert len(elements(drawn, "point")) == 1


def test_an_axis_that_does_not_start_at_zero_says_so(story_of: StoryOf) -> None:
    for width in (380, 900):
        drawn_text = " ".join(texts(svg(story_of(STEADY).chart(), width, 400)))
        assert "The vertical axis starts at 15%, not at zero." in drawn_text


def test_the_same_chart_gives_the_same_bytes(story_of: StoryOf) -> None:
    chart = story_of(STEADY, projected=True).chart()
    assert svg(chart, 700, 300) == svg(read_chart(chart.model_dump_json()), 700, 300)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [320, 900])
def test_hostile_text_breaks_no_drawing(text: str, width: int, story_of: StoryOf) -> None:
    chart = story_of(STEADY).chart()
    hostile = chart.model_copy(
        update={
            "name": text, "title": text, "subtitle": text, "alt": text, "source": text, "notes": (text,),
            "marks": tuple(mark.model_copy(update={"label": text, "why": text}) for mark in chart.marks),
            "points": tuple(point.model_copy(update={"words": text, "figure": text}) for point in chart.points),
        }
    )  # fmt: skip
    for drawing in (svg(hostile, width, 400), svg(sparkline_of(hostile), 120, 24), _bar(text)):
        root = ET.fromstring(drawing)
        allowed = {"svg", "title", "desc", "line", "polyline", "polygon", "rect", "circle", "path", "text"}
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    drawn = figure(hostile).to_json().replace("\\u002f", "/")
    assert not re.search(r"<(?!/?(b|br|span|extra)[ >\\])", drawn.replace("\\u003c", "<").replace("\\u003e", ">"))
    table(hostile)


def _bar(text: str) -> str:
    return distance_bar(DistanceBar(status="missed", status_words=text, share=-0.5, distance_words=text), 90, 14)


def test_plotly_text_reads_no_tags_entities_or_tex() -> None:
    assert plotly_text("<b>5 & 6</b> $x$") == "&lt;b&gt;5 &amp; 6&lt;/b&gt; &#36;x&#36;"


def hover(chart: TrendChart, name: str) -> list[str]:
    return [hover_text for trace in figure(chart).data if trace.name == name for hover_text in trace.hovertext]


def test_plotly_reads_the_same_model_in_plain_words(story_of: StoryOf) -> None:
    chart = story_of((*STEADY, 40)).chart()
    assert "July 2020: 40% (worsening: above the upper limit)" in hover(chart, "concern")
    assert len(hover(chart, "common_cause")) == sum(point.mark == "common_cause" for point in chart.points)
    assert PLOTLY_CONFIG["displaylogo"] is False


def test_what_is_pointed_at_says_what_the_drawn_chart_says_in_the_same_size(story_of: StoryOf) -> None:
    """14 px or more, half-years along the bottom, the same names at the lines' ends; no limits as lines, no key."""
    chart = story_of((*STEADY, 40)).chart()
    layout = figure(chart).to_plotly_json()["layout"]
    sizes = [int(size) for size in re.findall(r"'size': (\d+)", repr(layout))]
    assert len(sizes) > 3
    assert min(sizes) >= 14
    annotation_texts = [re.sub("<[^>]+>", "", annotation["text"]).strip("■ ") for annotation in layout["annotations"]]
    drawn = [word for width in (900, 360) for word in texts(draw_screen(chart, width, 400, "Arial"))]
    assert annotation_texts
    assert [word for word in annotation_texts if word not in drawn] == []
    named = [label for label in layout["xaxis"]["ticktext"] if label]
    assert {label.split()[0] for label in named[1:-1]} <= {"Jan", "Jul"}
    assert [label for label in named if label not in drawn] == []


def test_plotly_breaks_the_line_and_hollows_the_provisional(story_of: StoryOf) -> None:
    chart = story_of((30, 29, nan, 28, 27), symbols={2: "c", 4: "p"}).chart()
    drawn = figure(chart)
    line = next(trace for trace in drawn.data if trace.name == "line")
    assert line.connectgaps is False
    assert None in line.y
    hollow = [trace for trace in drawn.data if trace.name == "figure" and trace.marker.color == "#FFFFFF"]
    assert len(hollow) == 1
    assert any("suppressed" in hover_text for hover_text in hover(chart, "missing"))


def test_events_stand_in_rows_where_the_narrowest_plot_has_no_room_beside_one_another(story_of: StoryOf) -> None:
    """On 170 pixels for 24 months 'Lockdown' takes 73: in the 9th month it stands in the second row, in the 13th again
    in the first; the last three meet, and no row is above the third."""
    first, last = date(2018, 1, 31), date(2020, 1, 31)
    places = {0: (0, "left"), 8: (1, "left"), 12: (0, "left"), 23: (2, "right"), 24: (2, "right")}
    marks = [VerticalMark(month=add_months(first, index), kind="event", label="Lockdown", why="") for index in places]
    others = [
        VerticalMark(month=add_months(last, 1), kind="event", label="Later", why=""),
        VerticalMark(month=first, kind="plan", label="The plan's month", why=""),
    ]
    chart = story_of(STEADY).chart().model_copy(update={"first": first, "last": last, "marks": (*marks, *others)})
    layout = figure(chart).to_plotly_json()["layout"]
    named = [
        annotation
        for annotation in layout["annotations"]
        if annotation["text"] in ("Lockdown", "Later", "The plan's month")
    ]
    assert [((annotation["yshift"] - 2) / 18, annotation["xanchor"]) for annotation in named] == list(places.values())
    assert layout["margin"]["t"] == 4 + 3 * 18 + 6
    assert len(layout["shapes"]) == len(places)


def test_small_multiples_take_one_time_axis(story_of: StoryOf) -> None:
    long, short = story_of(STEADY).chart(), story_of(STEADY[:6]).chart()
    times = (min(long.first, short.first), max(long.last, short.last))
    drawn = [svg(chart, 300, 200, titled=False, x_range=times) for chart in (long, short)]
    named = [re.findall(r"[A-Z][a-z]{2} 20\d\d", drawing) for drawing in drawn]
    assert named[0] == named[1]
    assert len(named[0]) > 1
    assert svg(short, 300, 200, x_range=times) != svg(short, 300, 200)


def test_the_demonstration_label_is_on_every_drawing(story_of: StoryOf) -> None:
    chart = story_of(STEADY, origin="demonstration").chart()
    assert "Demonstration data" in figure(chart).layout.title.text
    assert "Demonstration data" in texts(svg(chart, 600, 300, titled=False))
    assert "Demonstration data" in svg(sparkline_of(chart), 100, 20)


@pytest.mark.parametrize(
    ("row", "share"),
    [
        ({"distance": -6.0, "goal": 90.0}, -6 / 90),
        ({"distance": 5.0, "goal": -20.0}, 0.25),
        ({"distance": 0.0, "goal": 20.0}, 0.0),
        ({"distance": -5.0, "goal": 0.0}, None),
        ({"distance": nan, "goal": 20.0}, None),
        ({"distance": 5.0, "goal": nan}, None),
    ],
)
def test_a_distance_is_a_share_of_its_target(row: dict[str, float], share: float | None) -> None:
    facts = {"status": "missed", "status_words": "Missed", "kind": "quality", "polarity": "monitor"}
    bar = bar_of({**facts, "distance_words": None, **row})
    assert (bar.share, bar.neutral, bar.distance_words) == (share, True, "")


@pytest.mark.parametrize(
    ("share", "left", "wide", "arrows"),
    [(-0.5, 35.0, 27.0, 0), (0.5, 62.0, 15.0, 0), (-1.0, 8.0, 54.0, 0), (-3.0, 8.0, 54.0, 1), (3.0, 62.0, 30.0, 1)],
)
def test_good_is_right_of_the_target_and_what_is_cut_has_an_arrow(
    share: float, left: float, wide: float, arrows: int
) -> None:
    bar = DistanceBar(status="missed", status_words="Missed", share=share, distance_words="6 points short")
    drawn = distance_bar(bar, 100, 14)
    (drawn_bar,) = elements(drawn, "bar")
    assert (float(drawn_bar.get("x") or 0), float(drawn_bar.get("width") or 0)) == pytest.approx((left, wide))
    assert len(elements(drawn, "beyond")) == arrows
    assert ET.fromstring(drawn)[0].text == "6 points short"


@pytest.mark.parametrize("kind", ["improvement", "concern", "common_cause", "neutral_high", "neutral_low", None])
def test_variation_icons_differ_by_shape_and_carry_words(kind: str | None) -> None:
    root = ET.fromstring(variation_icon(kind))
    assert root[0].text
    shapes = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert ("rect" in shapes) == (kind == "improvement")
    assert ("polygon" in shapes) == (kind in ("concern", "neutral_high", "neutral_low"))


def test_every_icon_is_its_own_drawing() -> None:
    status = [status_icon(kind, title_text="same") for kind in ("met", "close", "missed", "no_target", "no_data")]
    kinds = ("consistently_passing", "consistently_failing", "inconsistent", None)
    assurance = [assurance_icon(kind, title_text="same") for kind in kinds]
    assert len(set(status)) == 5
    assert len(set(assurance)) == 4
    assert "<script>" not in with_words(status_icon("met"), "<script>")


def luminance(colour: str) -> float:
    """The relative luminance of '#RRGGBB', as WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "colour",
    sorted({PLUM, LIMITS, COMPARATOR_COLOUR, *(colour for colour, _ in MARKS.values()), *STATUS_COLOURS.values()}),
)
def test_graphic_parts_stand_out_from_white(colour: str) -> None:
    contrast = 1.05 / (luminance(colour) + 0.05)
    assert contrast >= 3, "WCAG 2.1, 1.4.11"


@given(st.lists(st.floats(-50, 450), max_size=25), st.floats(100, 400))
def test_labels_never_lie_over_one_another(wanted: list[float], high: float) -> None:
    placed = spread(wanted, 14, 0, high)
    ordered = sorted(placed)
    assert all(below - above >= 14 - 1e-6 for above, below in pairwise(ordered))
    if len(wanted) * 14 <= high:
        assert all(7 - 1e-6 <= centre <= high - 7 + 1e-6 for centre in placed)
    by_wish = [centre for _, centre in sorted(zip(wanted, placed, strict=True))]
    assert by_wish == sorted(by_wish)


def test_a_label_with_room_stays_where_it_belongs() -> None:
    assert spread([50, 100, 150], 14, 0, 200) == [50, 100, 150]
    assert spread([100, 100], 14, 0, 200) == [93, 107]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 100)), max_size=12))
def test_spans_in_a_row_never_overlap_while_rows_last(pairs: list[tuple[float, float]]) -> None:
    spans = sorted((start, start + size) for start, size in pairs)
    rows = rows_for(spans, 99)
    for row in set(rows):
        mine = [span for span, its_row in zip(spans, rows, strict=True) if its_row == row]
        assert all(one[1] <= other[0] for one, other in pairwise(mine))


@settings(max_examples=60)
@given(st.text(max_size=200), st.floats(20, 400), st.integers(1, 4))
def test_wrapped_text_keeps_to_its_lines_and_width(text: str, width: float, lines: int) -> None:
    wrapped = wrap(text, width, 12, lines)
    assert len(wrapped) <= lines
    assert all(text_width(line, 12) <= width or len(line) <= 1 for line in wrapped)
    assert text_width(cut(text, width, 12), 12) <= max(width, text_width("…", 12))
    ET.fromstring(f"<x>{svg_safe(text)}</x>")


def svg_safe(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
