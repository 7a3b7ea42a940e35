"""What is said of a figure, a target and a date, case by case, from public reports about tools like this one."""

from __future__ import annotations

import pytest

from tests.analysis.assessment_cases import assessed as assessed_by
from tests.analysis.assessment_cases import figures, judged, judged_together, measure, row, target

STEADY = [60 + (index * 7) % 5 for index in range(24)]
EACH_JULY = [(60 if index % 12 else 40) + (index * 7) % 5 for index in range(37)]
BY_DECEMBER = target(at_least=90, by="2020-12")


DISTANCES = [
    ({"target": target(at_most=50), "polarity": "lower_is_better"}, 29, "met with 21 percentage points to spare"),
    ({"target": target(at_least=80)}, 81, "met with 1 percentage point to spare"),
    ({"target": target(at_most=50), "polarity": "lower_is_better"}, 55, "5 percentage points above target"),
    ({"target": target(at_least=80)}, 80, "at target"),
    ({"target": target(at_least=80), "kind": "volume"}, 85, "5 percentage points above the plan's level"),
    ({"target": target(between=[40, 60])}, 50, "within target"),
]


def test_what_is_met_is_never_said_to_be_below() -> None:
    rows = judged_together((measure(**fields), [value]) for fields, value, _ in DISTANCES)
    assert [row["distance_words"] for row in rows] == [expected for *_, expected in DISTANCES]


def test_a_target_is_written_one_way() -> None:
    entry = measure(unit="days", decimals=0, polarity="lower_is_better", target=target(at_most=8))
    assert judged(entry, [7])["target_words"] == "at most 8 days"


ROUNDED = [
    (151, 189, 80, ("missed", "1 more would meet 80%", "79.9%")),
    (152, 189, 80, ("met", None, "80%")),
    (152, 190, 80, ("met", None, "80%")),
    (160, 200, 80, ("met", None, "80%")),
    (159, 200, 80, ("missed", "1 more would meet 80%", "79.5%")),
]


def test_a_rounded_figure_is_judged_by_numerator_and_denominator() -> None:
    entry = measure(target=target(at_least=80))
    rows = judged_together((entry, [value], {"numerator": top, "denominator": of}) for top, of, value, *_ in ROUNDED)
    read = [(row["status"], row["people_words"], row["value_words"]) for row in rows]
    assert read == [expected for *_, expected in ROUNDED], "never a figure that reads as if it met what it misses"
    for judged_row in rows:
        assert ("Only rounded does it reach 80%." in judged_row["sentence"]) == (judged_row["status"] == "missed")


def test_a_raised_target_is_said_to_be_raised() -> None:
    targets = [target(at_least=55), {**target(at_least=80), "from": "2020-02", "why": "w", "agreed_by": "Board"}]
    judged_row = judged(measure(targets=targets), STEADY)
    assert "The target was raised from at least 55% in February 2020." in judged_row["sentence"]
    assert "Missed since February 2020, when the target was raised from at least 55%" in judged_row["exception_detail"]


@pytest.mark.parametrize(
    ("month", "beginning"),
    [("2020-12", "Was due by December 2020: missed"), ("2021-03", "Was due by December 2020: missed")],
)
def test_a_date_gone_by_is_judged_in_the_reporting_month(month: str, beginning: str) -> None:
    entry = measure(july_2020=60, target=BY_DECEMBER)
    judged_row = row(assessed_by(entry, given=figures(STEADY, last="2020-09"), month=month))
    assert judged_row["trajectory_words"].startswith(beginning)
    assert judged_row["pace_needed"] is None


def test_on_the_line_is_no_comfort_where_the_pace_was_never_reached() -> None:
    entry = measure(july_2020=60, target=BY_DECEMBER)
    judged_row = judged(entry, [58, 58, 59, 59, 60, 60, 60, 60], last="2020-07")
    assert judged_row["trajectory_words"].startswith("Needs 6 points a month to reach ")
    judged_row = judged(entry, [58, 58, 59, 59, 60, 60, 62, 64], last="2020-09")
    assert "its best so far" in judged_row["trajectory_words"]


ACTIONS = [
    ({"target": target(at_least=90)}, STEADY, {}, "Change the process itself"),
    ({"target": target(at_least=30)}, STEADY, {}, "Leave it: it does what it should."),
    ({"target": target(at_least=40)}, [*STEADY, 30], {}, "Ask what changed in July 2020, and act on that."),
    ({"target": target(at_least=40)}, [*STEADY, 95], {}, "Keep what was done"),
    ({"settles_after": 1}, STEADY, {}, "Wait for the settled figure"),
    ({}, [60], {"denominator": 5.0}, "Look at each child's case"),
    ({}, [60, 61], {}, "Ask why the target is missed"),
    ({"target": target(at_least=95)}, [95] * 24, {}, "Leave it: it does what it should."),
    ({"target": target(at_least=50)}, EACH_JULY, {}, "Plan for July: it comes every year."),
]


def test_what_to_do_follows_from_status_and_signal() -> None:
    rows = judged_together((measure(**fields), values, columns) for fields, values, columns, _ in ACTIONS)
    for judged_row, (*_, beginning) in zip(rows, ACTIONS, strict=True):
        assert judged_row["action"].startswith(beginning)


@pytest.mark.parametrize("value", [100, 95])
def test_figures_that_never_vary_tell_by_the_months_that_met(value: float) -> None:
    judged_row = judged(measure(target=target(at_least=value)), [value] * 24)
    assert (judged_row["status"], judged_row["assurance_words"]) == ("met", "Met in all of the last 24")


def test_what_is_owed_comes_first() -> None:
    judged_row = row(assessed_by(measure(), given=figures(STEADY, last="2020-03"), month="2020-07"))
    assert judged_row["action"].startswith("Get the missing figure first")
    assert judged_row["question"].startswith("When will the missing figure come")


RECORDS = [
    ({"target": target(at_least=90)}, STEADY, "met by none of its 24 figures", "What in the process will be"),
    ({"target": target(at_least=30)}, STEADY, "met in all of the last 24", None),
    (
        {"target": target(at_least=40)},
        [*STEADY, 30],
        "missed in July 2020, met by the figure before",
        "What changed in July 2020",
    ),
    (
        {"target": target(at_least=99)},
        [*STEADY, 95],
        "met by none of its 25 figures",
        "What made it better in July 2020",
    ),
    ({}, [95, 60, 61], "missed since June 2020", "Why is the target missed"),
    ({}, [60], None, "Why is the target missed"),
    ({}, [60, 95], "met in 1 of the last 2", None),
]


def test_for_how_long_and_what_to_ask() -> None:
    rows = judged_together((measure(**fields), values) for fields, values, *_ in RECORDS)
    assert [row["record_words"] for row in rows] == [record for _, _, record, _ in RECORDS]
    for judged_row, (*_, question) in zip(rows, RECORDS, strict=True):
        assert (judged_row["question"] or "").startswith(question or "")
        assert bool(judged_row["question"]) == bool(question)


WIDE = [84, 88, 82, 90, 86, 81, 89, 85]


NOW_AND_THEN = [
    (80, WIDE * 3, "Met in all of the last 24"),
    (92, WIDE * 3, "Met in none of the last 24"),
    (82, WIDE * 3, "Mostly met; chance may miss it"),
    (90, WIDE * 3, "Mostly missed; chance may meet it"),
    (85, WIDE * 3, "Hit and miss"),
]


def test_now_and_then_is_said_only_of_what_came() -> None:
    rows = judged_together((measure(target=target(at_least=least)), values) for least, values, _ in NOW_AND_THEN)
    assert [row["assurance_words"] for row in rows] == [expected for *_, expected in NOW_AND_THEN]
    assert {row["assurance"] for row in rows} == {"inconsistent"}


def test_a_season_is_no_leaning_of_months_on_each_other() -> None:
    turn = [12, 10, 6, 0, -6, -10, -12, -10, -6, 0, 6, 10]
    values = [50 + turn[index % 12] + (index * 7) % 5 - 2 for index in range(42)]
    judged_row = judged(measure(target=target(at_least=20)), values)
    assert (judged_row["seasonal"], judged_row["leaning"]) == (True, False)


EACH_YEAR = [
    (14, "inconsistent", "Leave this month alone; plan for those of each year that miss the target."),
    (25, "consistently_passing", "Leave it: it does what it should."),
    (9, "consistently_failing", "Change the process itself"),
]


def test_what_its_season_makes_miss_each_year_is_not_reliably_met() -> None:
    values = [12 + (5 if index % 12 == 1 else 0) + ((index * 7) % 5 - 2) / 5 for index in range(40)]
    fields = {"unit": "days", "decimals": 1, "polarity": "lower_is_better"}
    rows = judged_together((measure(**fields, target=target(at_most=most)), values) for most, *_ in EACH_YEAR)
    for judged_row, (_, assurance, action) in zip(rows, EACH_YEAR, strict=True):
        assert (judged_row["seasonal"], judged_row["assurance"]) == (True, assurance)
        assert judged_row["action"].startswith(action)


LEANING = [70, 71, 73, 74, 74, 72, 71, 69, 67, 66, 67, 68, 70, 72, 74, 75, 74, 73, 71, 70, 68, 67, 66, 66, 68, 69, 71,
           73, 74, 75, 73, 72, 70, 69, 67, 68, 69, 70]  # fmt: skip


LEANT_ON = [50, 90]


def test_limits_of_months_that_lean_promise_nothing() -> None:
    rows = judged_together((measure(target=target(at_least=least)), LEANING) for least in LEANT_ON)
    for judged_row in rows:
        assert (judged_row["leaning"], judged_row["no_assurance"], judged_row["assurance"]) == (True, "leaning", None)
        assert "lean on the ones before" in judged_row["assurance_words"]
        assert (judged_row["failing"], "consistently_failing" in judged_row["exception_reasons"]) == (False, False)


CHANGED = [
    (target(at_least=55), target(at_least=62), "raised from at least 55%"),
    (target(at_least=62), target(at_least=55), "lowered from at least 62%"),
    (target(at_least=62), target(between=[50, 70]), "changed from at least 62%"),
    (target(between=[50, 70]), target(at_least=62), "changed from between 50% and 70%"),
    (target(between=[50, 70]), target(between=[55, 75]), "raised from between 50% and 70%"),
]


def test_a_target_of_another_kind_is_changed() -> None:
    later = {"from": "2020-05", "why": "w", "agreed_by": "Board"}
    rows = judged_together((measure(targets=[old, {**new, **later}]), STEADY) for old, new, _ in CHANGED)
    for judged_row, (*_, phrase) in zip(rows, CHANGED, strict=True):
        assert f"The target was {phrase} in May 2020." in judged_row["sentence"]


def test_what_a_new_target_makes_miss_is_not_said_to_have_missed() -> None:
    targets = [target(at_least=55), {**target(at_least=64), "from": "2020-07", "why": "w", "agreed_by": "Board"}]
    judged_row = judged(measure(targets=targets), [*STEADY, 64])
    assert judged_row["record_words"] == "met in all of the last 24"
    assert judged_row["action"].startswith("Don't rely on it: most figures lie short of the new target")
