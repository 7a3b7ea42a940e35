"""The line from July 2020 to a dated target: ahead or behind, and the pace."""

from __future__ import annotations

from datetime import date

import pytest

from tests.analysis.assessment_cases import catalogue, figures, judged, judged_together, measure, row, target
from tests.assessed import assess

DATED = {"july_2020": 72, "target": target(at_least=90, by="2020-10")}
FALLING = {"july_2020": 26, "polarity": "lower_is_better", "target": target(at_most=20, by="2020-10")}
VOLUME = {
    "kind": "volume",
    "unit": "number",
    "july_2020": 26,
    "polarity": "lower_is_better",
    "target": target(at_most=20, by="2020-10"),
}


LINES = [
    (DATED, "2020-07", 72, 72, 0, 6, None, "Needs 6 points a month to reach 90% by October 2020"),
    (DATED, "2020-08", 77, 78, -1, 6.5, 5, "Behind by 1 point: needs 6.5 points a month; has made 5"),
    (DATED, "2020-08", 78, 78, 0, 6, 6, "Needs 6 points a month to reach 90% by October 2020; has made 6"),
    (DATED, "2020-08", 79, 78, 1, 5.5, 7, "Ahead by 1 point: needs 5.5 points a month; has made 7"),
    (DATED, "2020-09", 70, 84, -14, 20, -1, "Behind by 14 points: needs 20 points a month; has made −1"),
    (DATED, "2020-09", 91, 84, 7, 0, 9.5, "Ahead by 7 points: the target is met"),
    (DATED, "2020-10", 80, 90, -10, None, 8 / 3, "Was due by October 2020: missed"),
    (DATED, "2020-12", 80, 90, -10, None, 1.6, "Was due by October 2020: missed"),
    (FALLING, "2020-08", 25, 24, -1, 2.5, 1, "Behind by 1 point: needs 2.5 points a month; has made 1"),
    (FALLING, "2020-08", 23, 24, 1, 1.5, 3, "Ahead by 1 point: needs 1.5 points a month; has made 3"),
    (VOLUME, "2020-09", 20, 22, 2, 0, 3, "Ahead by 2: the plan's level is met"),
]


def test_line_pace_and_words():
    rows = judged_together((measure(**fields), [value], {"last": last}) for fields, last, value, *_ in LINES)
    for judged_row, (_, last, value, line, ahead, needed, made, expected) in zip(rows, LINES, strict=True):
        assert judged_row["trajectory_words"] == expected
        assert judged_row["trajectory_value"] == pytest.approx(line), (last, value)
        assert judged_row["trajectory_distance"] == pytest.approx(ahead), (last, value)
        assert judged_row["behind"] == (ahead < 0), (last, value)
        assert judged_row["pace_needed"] == (None if needed is None else pytest.approx(needed)), (last, value)
        assert judged_row["pace_made"] == (None if made is None else pytest.approx(made)), (last, value)
        assert judged_row["no_trajectory"] is None, (last, value)


TO_DATE = {"accumulation": "year_to_date", "unit": "number"}


WITHOUT = [
    ({"targets": None}, "there is no target"),
    ({"july_2020": 72}, "the plan gives the target no date"),
    ({"target": target(at_least=90, by="2020-10")}, "the plan gives no July 2020 figure to start from"),
    ({"july_2020": 90, "target": target(at_least=90, by="2020-10")}, "the target was met in July 2020"),
    ({"july_2020": 72, "target": target(at_least=90, by="2020-06")}, "the target's date had passed by July 2020"),
    (
        {"july_2020": 72, "target": target(at_least=90, by="2020-07")},
        "the target's date was July 2020, where a line would start",
    ),
    (DATED | TO_DATE, "the count starts anew each year"),
    (DATED | TO_DATE | {"year_starts": "unknown"}, "the count's start is not known"),
]


def test_without_a_trajectory_it_is_said_why():
    rows = judged_together((measure(**fields), [72]) for fields, _ in WITHOUT)
    assert [row["no_trajectory"] for row in rows] == [why for _, why in WITHOUT]
    for judged_row in rows:
        assert judged_row["trajectory_words"] == f"No trajectory: {judged_row['no_trajectory']}"
        assert not judged_row["behind"]
        assert judged_row["trajectory_distance"] is None


def test_the_line_starts_in_the_month_of_the_plan_s_own_actuals():
    entry = measure(july_2020=90, target=target(at_least=90, by="2021-10"))
    plan = catalogue(entry).plan.model_copy(update={"actuals": date(2021, 3, 31)})
    later = catalogue(entry).model_copy(update={"plan": plan})
    assert row(assess(later, figures([72], like=entry)))["no_trajectory"] == "the target was met in March 2021"


def test_exactly_at_a_target_that_must_be_passed_there_is_still_a_way_to_go():
    strict = measure(july_2020=80, target=target(more_than=80, by="2020-10"))
    assert judged(strict, [80])["no_trajectory"] is None


def test_a_year_is_read_as_its_december():
    judged_row = judged(measure(unit="number", july_2020=165, target=target(at_least=200, by=2023)), [165])
    assert judged_row["months_left"] == 41
    assert judged_row["pace_needed"] == pytest.approx(35 / 41)


def test_a_line_to_a_target_set_anew_leads_to_the_new_one():
    targets = [target(at_least=80, by="2020-10"), target(at_least=90, by="2020-12", **{"from": "2020-09"})]
    judged_row = judged(measure(july_2020=70, targets=targets), [74], last="2020-09")
    assert judged_row["trajectory_value"] == pytest.approx(70 + 20 * 2 / 5)
