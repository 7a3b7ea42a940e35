"""Points, levels and the values that an axis must hold, worked out by hand from plain rows."""

from __future__ import annotations

from datetime import date
from math import nan
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scorecard.catalogue.models import Catalogue, Figure, Measure
from scorecard.charts import levels_of
from scorecard.charts.model.models import FanPoint, Level, Segment, TargetStep, Trajectory, read_chart
from scorecard.charts.model.trend import drawn_values
from scorecard.charts.model.trend_parts import points_of, segments_of
from tests.charts.conftest import REFERRALS, StoryOf, changed

JULY = date(2020, 7, 31)
ABOVE = {"period_end": JULY, "point_type": "concern", "special_cause": "above_limit", "mean": 26.0}


def row(month: date = JULY, **more: Any) -> dict[str, Any]:
    return {"period_end": month, "value": 40.0, "symbol": None, "months": 1, "origin": "extract", **more}


@pytest.mark.parametrize(
    ("given", "words", "mark", "provisional"),
    [
        ({}, "July 2020: 40% (worsening: above the upper limit)", "concern", False),
        ({"provisional": True}, "July 2020: 40% (provisional; worsening: above the upper limit)", "concern", True),
        ({"symbol": "p"}, "July 2020: 40% (provisional; worsening: above the upper limit)", "concern", True),
        ({"symbol": "e"}, "July 2020: 40% (estimated; worsening: above the upper limit)", "concern", False),
        ({"origin": "plan"}, "July 2020: 40% (worsening: above the upper limit; from the plan)", "concern", False),
        ({"months": 12}, "Year to July 2020: 40% (worsening: above the upper limit)", "concern", False),
        ({"denominator": 9.0, "numerator": 4.0}, "July 2020: 40%, 4 of 9", "figure", False),
        ({"denominator": 9.0}, "July 2020: 40%", "figure", False),
        (
            {"denominator": 10.0, "numerator": 4.0},
            "July 2020: 40% (worsening: above the upper limit)", "concern", False,
        ),
        ({"value": nan}, "July 2020: no figure received", "figure", False),
        ({"value": nan, "symbol": "c"}, "July 2020: suppressed", "figure", False),
        ({"value": nan, "symbol": "?"}, "July 2020: ?", "figure", False),
    ],
)  # fmt: skip
def test_a_point_tells_its_figure_and_what_is_to_be_said_of_it(
    given: dict[str, Any], words: str, mark: str, provisional: bool, catalogue: Catalogue
) -> None:
    (point,) = points_of(catalogue.measure(REFERRALS), [row(**given)], [ABOVE], show_limits=True)
    assert (point.words, point.mark, point.provisional) == (words, mark, provisional)
    (unjudged,) = points_of(catalogue.measure(REFERRALS), [row(**given)], [ABOVE], show_limits=False)
    assert (unjudged.mark, unjudged.signal, unjudged.mean) == ("figure", None, None)


@pytest.mark.parametrize(
    ("changes", "months", "joined"),
    [
        ({}, (5, 6), [False, True]),
        ({}, (5, 7), [False, False, False]),  # June stands between them, without a figure
        ({"frequency": "quarterly"}, (2, 7), [False, True]),
        ({"frequency": "quarterly"}, (1, 7), [False, False]),
    ],
)
def test_a_line_leads_over_less_than_two_usual_steps(
    changes: dict[str, Any], months: tuple[int, int], joined: list[bool], catalogue: Catalogue
) -> None:
    measure = changed(catalogue, REFERRALS, changes).measure(REFERRALS)
    ends = {1: date(2020, 1, 31), 2: date(2020, 2, 29), 5: date(2020, 5, 31), 6: date(2020, 6, 30), 7: JULY}
    points = points_of(measure, [row(ends[month]) for month in months], [], show_limits=True)
    assert [point.joined for point in points] == joined


@pytest.mark.parametrize(("months", "joined"), [((2, 3), True), ((3, 4), False), ((4, 4), True)])
def test_a_count_of_a_year_starts_again_in_april(months: tuple[int, int], joined: bool, catalogue: Catalogue) -> None:
    measure = catalogue.measure("edge-of-care-referrals")
    ends = {2: date(2020, 2, 29), 3: date(2020, 3, 31), 4: date(2020, 4, 30)}
    points = points_of(measure, [row(ends[month]) for month in months], [], show_limits=True)
    assert points[-1].joined is joined


def judged(count: int, **more: Any) -> list[dict[str, Any]]:
    ends = [date(2018 + at // 12, at % 12 + 1, 28) for at in range(count)]
    limits = {"mean": 50.0, "lower_limit": -3.0, "upper_limit": 104.0}
    return [{"period_end": end, "value": 50.0, "segment": 1, **limits, **more} for end in ends]


@pytest.mark.parametrize(
    ("count", "limits", "provisional"),
    [(11, (None, None), True), (12, (0, 100), True), (19, (0, 100), True), (20, (0, 100), False)],
)
def test_limits_lie_where_a_figure_can_and_are_settled_from_twenty_on(
    count: int, limits: tuple[float | None, float | None], provisional: bool, catalogue: Catalogue
) -> None:
    (segment,) = segments_of(judged(count), catalogue.measure(REFERRALS))
    assert ((segment.lower, segment.upper), segment.provisional) == (limits, provisional)
    (of_changes,) = segments_of(judged(20))
    assert (of_changes.lower, of_changes.upper) == (-3, 104)
    (negative,) = segments_of(judged(20, value=-1.0), catalogue.measure(REFERRALS))
    assert (negative.lower, negative.upper) == (-3, 104)


TIMES = (date(2020, 1, 31), JULY)
BAND = Segment(start=TIMES[0], end=JULY, mean=50, lower=-5, upper=105)


def fan(low: float, high: float) -> FanPoint:
    return FanPoint(month=JULY, projected=50, lower_80=40, upper_80=60, lower_95=low, upper_95=high)


@pytest.mark.parametrize(
    ("figures", "share", "limits", "ahead"),
    [
        ((0.0, 100.0), True, (0, 100), (0, 100)),
        ((0.0, 100.0), False, (0, 105), (0, 107)),
        ((0.0, 100.5), True, (0, 105), (0, 107)),
        ((-0.5, 100.0), True, (-5, 100), (-7, 100)),
        ((), True, (0, 100), (0, 100)),
    ],
)
def test_limits_run_off_the_axis_where_no_figure_could_lie(
    figures: tuple[float, ...], share: bool, limits: tuple[float, float], ahead: tuple[float, float], story_of: StoryOf
) -> None:
    story = story_of((27, 26))
    points = [story.chart().points[-1].model_copy(update={"value": value}) for value in (*figures, None)]
    held = list(drawn_values(points, [BAND], [], None, [], [fan(-7, 107)], None, TIMES, share=share))
    assert held == [*figures, 50, *limits, *ahead]


@pytest.mark.parametrize(("ends", "held"), [(JULY, [26, 21]), (date(2020, 8, 31), [26])])
def test_a_trajectory_is_held_to_its_end_where_the_chart_shows_it(ends: date, held: list[float]) -> None:
    path = Trajectory.model_validate(
        {
            "start": {"month": TIMES[0], "value": 26}, "end": {"month": ends, "value": 21}, "label": "",
            "short_label": "",
        }
    )  # fmt: skip
    assert list(drawn_values([], [], [], None, [], [], path, TIMES)) == held
    step = TargetStep(start=TIMES[0], end=JULY, lower=3, upper=4, words="")
    level = Level(value=9, label="", short_label="")
    assert list(drawn_values([], [], [step], level, [], [], path, TIMES)) == [3, 4, 9, *held]


LEVELS = {
    "name": "Caseload", "kind": "performance", "polarity": "lower", "value": None, "baseline": None,
    "july_2020_printed": None, "target_lower": None, "target_upper": 20.0, "goal": None,
    "target_words": "at most 20", "unit": "average", "decimals": 0, "broken": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "printed", "now", "target", "alt"),
    [
        ({}, None, "no figure", 20, "Caseload: latest no figure, target at most 20."),
        ({"july_2020_printed": "n/a"}, Figure(printed="n/a"), "n/a", 20, "Caseload: latest n/a, target at most 20."),
        ({}, Figure(printed="p", below=7.5), "below 7.5", 20, "Caseload: latest below 7.5, target at most 20."),
        ({}, Figure(printed="p", above=0.0), "above 0", 20, "Caseload: latest above 0, target at most 20."),
        ({"value": 14.14}, Figure(printed="p", above=25), "14.1", 20, "Caseload: latest 14.1, target at most 20."),
        ({"value": 14.14, "decimals": 2}, None, "14.14", 20, "Caseload: latest 14.14, target at most 20."),
        ({"goal": 18.0, "value": 14.0, "decimals": 2}, None, "14", 18, "Caseload: latest 14, target at most 20."),
        ({"target_lower": 15.0, "baseline": 9.0}, None, "no figure", 15, "Caseload: baseline 9, latest no figure, "
         "target at most 20."),
        ({"target_upper": None, "target_words": None}, None, "no figure", None, "Caseload: latest no figure."),
    ],
)  # fmt: skip
def test_levels_before_there_is_a_trend(
    facts: dict[str, Any], printed: Figure | None, now: str, target: float | None, alt: str
) -> None:
    levels = levels_of({**LEVELS, **facts}, cast(Measure, SimpleNamespace(july_2020=printed)))
    assert (levels.latest_words, levels.target, levels.alt) == (now, target, alt)
    assert levels.target_words == ("" if target is None else f"target {target}")
    assert levels.bound is None if "value" in facts or printed is None else True


@pytest.mark.parametrize(("gaps", "more"), [(6, "."), (7, "; and 1 more.")])
def test_six_gaps_are_listed_and_the_rest_is_counted(gaps: int, more: str, story_of: StoryOf) -> None:
    story = story_of(
        [nan if 1 <= index <= gaps else 27 for index in range(10)], symbols=dict.fromkeys(range(1, gaps + 1), "c")
    )
    (note,) = [note for note in story.chart().notes if note.startswith("The line is broken")]
    assert note.count(": suppressed") == 6
    assert note.endswith(f": suppressed{more}")
    assert read_chart(story.chart().model_dump_json()) == story.chart()
