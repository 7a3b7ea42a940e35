"""Titles state the finding: read as text, case by case."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import pytest

from scorecard.charts import finding_alone
from tests.charts.conftest import FALL, LOOKED_AFTER, STEADY, Story, StoryOf

CASES = {
    "steady": (STEADY, {}, "No change beyond chance. 5 percentage points above target"),
    "falling": (FALL, {}, "Fallen seven months in a row: unlikely to be chance. 5 percentage points above target"),
    "rising": (
        (*STEADY[:14], 26, 27, 28, 29, 30, 31, 32),
        {},
        "Risen six months in a row: unlikely to be chance. 11 percentage points above target",
    ),
    "one step short of a trend": (
        (*STEADY[:18], 28, 25, 26, 26.5, 27, 27.5, 28),
        {},
        "No change beyond chance. 7 percentage points above target",
    ),
    "shifted": (
        (*STEADY, 30, 29, 30, 29, 30, 29, 30),
        {},
        "Higher than usual for seven months: unlikely to be chance. 9 percentage points above target",
    ),
    "one outlier, the last": (
        (*STEADY, 40),
        {},
        "Far higher than usual in July 2020: unlikely to be chance. 19 percentage points above target",
    ),
    "one outlier, in the past year": (
        (*STEADY, 40, 27, 26, 28),
        {},
        "No change beyond chance since April 2020. 7 percentage points above target",
    ),
    "one outlier, long ago": (
        (40, *STEADY),
        {},
        "No change beyond chance. 5 percentage points above target",
    ),
    "few points": (
        (35, 31, 29, 30, 28, 26),
        {},
        "July 2020: 26%, 5 percentage points above target; 2 lower than in June 2020",
    ),
    "two the same": ((26, 26), {}, "July 2020: 26%, 5 percentage points above target; the same as in June 2020"),
    "one point": ((26,), {}, "July 2020: 26%, 5 percentage points above target; 9 lower than the baseline"),
    "at target": ((22, 21), {}, "July 2020: 21%, at target; 1 lower than in June 2020"),
    "a provisional last month": (
        STEADY,
        {"symbols": {23: "p"}},
        "No change beyond chance to June 2020. July 2020 (provisional): 26%, 5 percentage points above target",
    ),
    "a trend up to a provisional month": (
        FALL,
        {"symbols": {22: "p"}},
        "Fallen six months in a row to June 2020: unlikely to be chance. "
        "July 2020 (provisional): 26%, 5 percentage points above target",
    ),
    "no figure": ((nan,), {"symbols": {0: "c"}}, "No figure: suppressed"),
    "a volume away": (
        (*[480 + step % 4 for step in range(14)], 482, 487, 490, 495, 500, 505, 512),
        {"measure_id": LOOKED_AFTER},
        "Risen eight months in a row, away from the plan's level: unlikely to be chance. 92 above the plan's level",
    ),
    "a volume towards": (
        (*[510 + step % 4 for step in range(14)], 508, 505, 500, 495, 490, 487, 480),
        {"measure_id": LOOKED_AFTER},
        "Fallen seven months in a row, towards the plan's level: unlikely to be chance. 60 above the plan's level",
    ),
    "a volume within the level takes no side": (
        (*[410 + step % 4 for step in range(14)], 412, 409, 406, 403, 400, 398, 395),
        {"measure_id": LOOKED_AFTER},
        "Fallen six months in a row: unlikely to be chance. 25 below the plan's level",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_title_states_the_finding(case: str, story_of: StoryOf) -> None:
    values, more, title = CASES[case]
    assert story_of(values, **more).chart().title == title


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("a volume")])
def test_a_volume_is_never_called_better_or_worse(case: str, story_of: StoryOf) -> None:
    values, more, _ = CASES[case]
    chart_text = story_of(values, **more).chart().model_dump_json().lower()
    assert not [word for word in ("better", "worse", "worsening", "improving") if word in chart_text]


ALONE = {
    "falling": "Fallen seven months in a row: unlikely to be chance",
    "one outlier, in the past year": "No change beyond chance since April 2020",
    "few points": "2 lower than in June 2020",
    "one point": "9 lower than the baseline",
    "a provisional last month": "No change beyond chance to June 2020",
    "no figure": "No figure: suppressed",
}


@pytest.mark.parametrize("case", ALONE)
def test_beside_its_figure_a_chart_tells_neither_figure_nor_distance_again(case: str, story_of: StoryOf) -> None:
    values, more, _ = CASES[case]
    story = story_of(values, **more)
    assert finding_alone(story.row, story.measure, story.chart().points) == ALONE[case]


PLAN = {
    "sickness-absence-days": "Year to July 2020: 14.14 days, 6.14 days above target; 6.14 higher than the baseline",
    "caseload-overall": "July 2020: 18, no target; the same as the baseline",
    "caseload-pact": "No figure: the plan gives no number",
    "agency-workers": "July 2020: 8.8%, 3.8 percentage points above target",
}


@pytest.mark.parametrize("measure_id", PLAN)
def test_the_plans_own_figures_have_their_titles(measure_id: str, plan: Callable[[str], Story]) -> None:
    assert plan(measure_id).chart().title == PLAN[measure_id]


def test_a_subtitle_says_target_status_and_direction(story_of: StoryOf) -> None:
    assert story_of(FALL).chart().subtitle == "Target at most 21% (missed). Improving"


def test_the_alt_text_names_range_latest_and_signals(story_of: StoryOf) -> None:
    alt = story_of((*STEADY, 40)).chart().alt
    assert "Line chart of Contacts that become new referrals" in alt
    assert "Lowest 25% in" in alt
    assert "highest 40% in July 2020" in alt
    assert "Target at most 21%" in alt
    assert "Baseline (undated): 35%" in alt
