"""What the last figure signals by plain rows: nothing but chance in each of its wordings, and how likely it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.assessment.level import SLOPE
from scorecard.analysis.spc.detection_time import DetectableChange
from scorecard.narrative.detection_time import change_words, wait_words
from scorecard.narrative.outlook import few_words, no_projection_words, outlook_words, projection_words
from scorecard.narrative.signal import changed_when, likelihood, signal, single
from tests.narrative.plain_rows import AUGUST, DAYS, JUNE, MARCH, MONITOR, ROW

QUIET = {"variation": "common_cause", "no_assurance": None, "drift": None, "standing": "settled"}


@pytest.mark.parametrize(
    ("changed", "title", "sentence"),
    [
        ({}, "No change beyond chance", "From month to month it moves no more than chance would."),
        ({"months_between": 3}, "No change beyond chance",
         "From quarter to quarter it moves no more than chance would."),
        ({"as_every_year": True}, "As every July: no change beyond chance",
         "As every July: from month to month it moves no more than chance would."),
        ({"last_settled": JUNE}, "No change beyond chance to June 2020",
         "From month to month it moves no more than chance would, up to June 2020."),
        ({"last_settled": JUNE, "as_every_year": True}, "As every June: no change beyond chance to June 2020",
         "As every June: from month to month it moves no more than chance would, up to June 2020."),
        ({"leaning": True},
         "No change beyond chance; each month leans on the one before, so the rules' odds don't hold",
         "From month to month it moves no more than chance would; each month leans on the one before, so the rules' "
         "odds don't hold."),
        ({"no_assurance": SLOPE, "drift": "falling"}, "No change beyond chance; taken together, its figures fall",
         "From month to month it moves no more than chance would; taken together, its figures fall."),
        ({"no_assurance": SLOPE, "drift": "rising", "leaning": True},
         "No change beyond chance; taken together, its figures rise; each month leans on the one before, so the rules' "
         "odds don't hold",
         "From month to month it moves no more than chance would; taken together, its figures rise; each month leans "
         "on the one before, so the rules' odds don't hold."),
        ({"own_denominator": True, "denominator": 12.0}, "No change beyond chance, by limits for 12",
         "From month to month it moves no more than chance would, by limits for 12."),
        ({"own_denominator": True, "denominator": 12.0, "last_settled": JUNE}, "No change beyond chance to June 2020",
         "From month to month it moves no more than chance would, up to June 2020."),
    ],
)  # fmt: skip
def test_nothing_but_chance(changed: dict[str, Any], title: str, sentence: str) -> None:
    own_signal = signal(ROW | QUIET | changed)
    assert own_signal is not None
    assert (own_signal.title, own_signal.mark, own_signal.sentence) == (title, title, sentence)


def test_where_nothing_may_be_shown_nothing_is_told() -> None:
    assert signal(ROW) is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "perhaps chance"),
        ({"unlikely": True}, "unlikely to be chance"),
        ({"standing": "provisional"}, "perhaps chance, by limits that are still provisional"),
        ({"leaning": True},
         "perhaps chance, for each month leans on the one before, so the rules' odds don't hold"),
        ({"leaning": True, "unlikely": True}, "unlikely to be chance"),
        ({"own_denominator": True, "denominator": 40.0, "standing": "provisional", "unlikely": True},
         "unlikely to be chance, by limits for 40, by limits that are still provisional"),
    ],
)  # fmt: skip
def test_how_likely_a_signal_is_chance(changed: dict[str, Any], expected: str) -> None:
    assert likelihood(ROW | QUIET | changed) == expected


@pytest.mark.parametrize(
    ("row", "size", "expected"),
    [
        ({}, 12.4, "12 percentage points"),
        ({}, 4.06, "4.1 percentage points"),
        ({}, 0.314, "0.3 percentage points"),  # no more decimals than the measure's and one
        (DAYS, 0.3141, "0.31 days"),
        (DAYS, 123.4, "123 days"),
    ],
)
def test_two_digits_of_a_change_count(row: dict[str, Any], size: float, expected: str) -> None:
    change = DetectableChange(size=size, to_target=False, wait=None)
    assert change_words(ROW | row, change) == expected


def test_why_each_measure_is_not_projected() -> None:
    measures = pd.DataFrame([ROW | {"measure_id": name} for name in ("few", "none", "projected")])
    unprojected = pd.DataFrame(
        {
            "measure_id": ["none", "projected", "few"],
            "chance_none": ["too_few", None, "too_few"],
            "chance_points": [0, 40, 11],
            "chance_month": [pd.NaT, pd.NaT, AUGUST],
        }
    )
    assert no_projection_words(measures, unprojected) == {
        "few": "No projection: 11 monthly figures so far; it takes 12, one month more.",
        "none": "No projection: there are no figures yet; it takes 12.",
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "12 percentage points: from the mean all the way to the target"),
        ({"kind": "volume"}, "12 percentage points: from the mean all the way to the plan's level"),
    ],
)
def test_a_change_that_is_the_way_to_the_target(row: dict[str, Any], expected: str) -> None:
    assert change_words(ROW | row, DetectableChange(size=12.4, to_target=True, wait=None)) == expected


@pytest.mark.parametrize(
    ("months_between", "figures", "expected"),
    [
        (1, 1, "within one month"),
        (1, 36, "within 36 months"),
        (1, 37, "not within 36 months"),
        (1, None, "not within 36 months"),
        (3, 2, "within two quarters"),
        (12, None, "not within 36 years"),
    ],
)
def test_how_long_a_change_takes_to_show(months_between: int, figures: int | None, expected: str) -> None:
    assert wait_words(ROW | {"months_between": months_between}, figures) == expected


@pytest.mark.parametrize(
    ("changed", "points", "expected"),
    [
        ({}, 0, "No projection: there are no figures yet; it takes 12."),
        ({"no_limits_code": "not_settled"}, 0, "No projection: every figure so far is provisional."),
        ({"no_limits_code": "few_points"}, 0, "No projection: there are no figures yet; it takes 12."),
        ({"no_limits_code": "not_settled"}, 1,
         "No projection: 1 monthly figure so far; it takes 12, eleven months more."),
        ({"months_between": 3}, 5, "No projection: 5 quarterly figures so far; it takes 12, seven quarters more."),
        ({"months_between": 12}, 11, "No projection: 11 annual figures so far; it takes 12, one year more."),
    ],
)  # fmt: skip
def test_how_many_more_figures_a_projection_takes(changed: dict[str, Any], points: int, expected: str) -> None:
    assert few_words(ROW | changed, points) == expected


CHANCE = {"chance_none": None, "chance_month": MARCH, "chance_dated": True, "chance_of_meeting": 0.3,
          "chance_points": 24}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "chance", "expected"),
    [
        ({}, {}, "About 3 in 10 to meet 90% by March 2021"),
        ({}, {"chance_dated": False},
         "About 3 in 10 to meet 90% by March 2021, twelve months on; the plan gives no date"),
        ({"decimals": 1, "target_lower": 82.4}, {}, "About 3 in 10 to meet 82.4% by March 2021"),
        ({"target_lower": None, "target_upper": 12.0, "unit": "days"}, {},
         "About 3 in 10 to meet 12 days by March 2021"),
        ({"kind": "volume", "unit": "number"}, {}, "About 3 in 10 to reach the plan's level of 90 by March 2021"),
        ({"target_kind": "between", "target_words": "between 10 and 20", "target_strict": True}, {},
         "About 3 in 10 to lie between 10 and 20 by March 2021"),
        ({"target_strict": True, "target_words": "less than 365 days"}, {},
         "About 3 in 10 to be less than 365 days by March 2021"),
        ({}, {"chance_none": "date_come"}, "No outlook: the date, March 2021, has come."),
        ({}, {"chance_none": "no_target", "chance_month": pd.NaT}, "No outlook: there is no target."),
        ({}, {"chance_none": "too_few", "chance_points": 11.0},
         "No projection: 11 monthly figures so far; it takes 12, one month more."),
    ],
)  # fmt: skip
def test_the_outlook_of_a_plain_row(changed: dict[str, Any], chance: dict[str, Any], expected: str) -> None:
    measures = pd.DataFrame([ROW | {"measure_id": "m"} | changed])
    assert outlook_words(measures, pd.DataFrame([{"measure_id": "m"} | CHANCE | chance])) == {"m": expected}


def test_the_last_month_that_is_projected_is_told() -> None:
    measures = pd.DataFrame([ROW | {"measure_id": name} for name in ("m", "unprojected")])
    months = {"measure_id": ["m", "m"], "period_end": [AUGUST, MARCH]}
    bounds = {"projected": [73.0, 74.6], "lower_80": [70.0, 68.4], "upper_80": [76.0, 81.0]}
    assert projection_words(measures, pd.DataFrame(months | bounds)) == {
        "m": "Projected for March 2021: 75%; 8 times in 10 from 68% to 81%."
    }


FALLING = QUIET | {
    "variation": "concern", "signal_cause": "trend_down", "run_points": 7, "run_since": pd.Timestamp("2020-01-31"),
    "also_cause": None, "also_points": None, "unlikely": True,
}  # fmt: skip
SIX = "allen six months in a row"


@pytest.mark.parametrize(
    ("changed", "title", "mark", "sentence"),
    [
        ({}, f"F{SIX}", f"Worsening (f{SIX})", f"It has f{SIX}, since January 2020, which is"),
        ({"months_between": 3, "run_points": 8}, "Fallen seven quarters in a row",
         "Worsening (fallen seven quarters in a row)",
         "It has fallen seven quarters in a row, since January 2020, which is"),
        ({"last_settled": JUNE}, f"F{SIX} to June 2020", f"Worsening (f{SIX} to June 2020)",
         f"It has f{SIX} to June 2020, since January 2020, which is"),
        ({"kind": "volume"}, f"F{SIX}, away from the plan's level", f"Away from the plan's level (f{SIX})",
         f"It has f{SIX}, since January 2020, which is"),
        ({**MONITOR, "variation": "neutral_low"}, f"F{SIX}", f"F{SIX}",
         f"It has f{SIX}, since January 2020, which is"),
        ({"variation": "improvement", "signal_cause": "shift_high", "run_points": 8},
         "Higher than usual for eight months", "Improving (higher than usual for eight months)",
         "It has been higher than usual for eight months, since January 2020, which is"),
        ({"variation": "improvement", "signal_cause": "above_limit", "run_points": 1},
         "Far higher than usual in July 2020", "Improving (far higher than usual in July 2020)",
         "It was far higher than usual in July 2020, which is"),
        ({"signal_cause": "below_limit", "run_points": 1, "last_settled": JUNE},
         "Far lower than usual in June 2020", "Worsening (far lower than usual in June 2020)",
         "It was far lower than usual in June 2020, which is"),
        ({"signal_cause": "below_limit", "run_points": 2}, "Far lower than usual for two months",
         "Worsening (far lower than usual for two months)",
         "It has been far lower than usual for two months, since January 2020, which is"),
        ({"signal_cause": "two_of_three_low", "run_points": 2}, "Unusually low in two of the last three months",
         "Worsening (unusually low in two of the last three months)",
         "It was unusually low in two of the last three months, which is"),
    ],
)  # fmt: skip
def test_a_signal_by_its_rule(changed: dict[str, Any], title: str, mark: str, sentence: str) -> None:
    for unlikely, chance in ((True, "unlikely to be chance"), (False, "perhaps chance")):
        own_signal = signal(ROW | FALLING | changed | {"unlikely": unlikely})
        assert own_signal == (f"{title}: {chance}", f"{mark}: {chance}", f"{sentence} {chance}.")


@pytest.mark.parametrize(
    ("changed", "fact", "second"),
    [
        ({"also_cause": "shift_high", "also_points": 9}, f"F{SIX}, still above its usual level",
         "it is still above its usual level"),
        ({"also_cause": "above_limit", "also_points": 1}, f"F{SIX}, still far above its usual level",
         "it is still far above its usual level"),
        ({"also_cause": "two_of_three_high", "also_points": 2}, f"F{SIX}, still unusually high",
         "it is still unusually high"),
        ({"also_cause": "trend_up", "also_points": 8}, f"F{SIX}, though risen seven months in a row",
         "it has risen seven months in a row"),
    ],
)  # fmt: skip
def test_a_signal_with_a_second_fact(changed: dict[str, Any], fact: str, second: str) -> None:
    own_signal = signal(ROW | FALLING | changed)
    assert own_signal is not None
    assert own_signal.title == f"{fact}: unlikely to be chance"
    assert own_signal.sentence == f"It has f{SIX}, since January 2020, which is unlikely to be chance; {second}."


@pytest.mark.parametrize(
    ("cause", "points", "alone", "changed_in"),
    [
        ("above_limit", 1, True, "in January 2020"),
        ("above_limit", 2, False, "in January 2020"),
        ("two_of_three_low", 1, True, "in January 2020"),
        ("two_of_three_low", 2, False, "in January 2020"),
        ("shift_low", 7, False, "in January 2020"),
        ("trend_up", 7, False, "after January 2020"),
    ],
)
def test_whether_it_lasts_and_when_to_look_for_what_changed(
    cause: str, points: int, alone: bool, changed_in: str
) -> None:
    row = ROW | FALLING | {"signal_cause": cause, "run_points": points}
    assert (single(row), changed_when(row)) == (alone, changed_in)
