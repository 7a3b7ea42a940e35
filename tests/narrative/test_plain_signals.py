"""What the last figure signals by plain rows: nothing but chance in each of its wordings, and how likely it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.assessment.level import SLOPE
from scorecard.analysis.spc.detection_time import Showing
from scorecard.narrative.detection_time import change_words
from scorecard.narrative.outlook import no_projection_words
from scorecard.narrative.signal import likelihood, signal
from tests.narrative.plain_rows import AUGUST, DAYS, JUNE, ROW

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
    told = signal(ROW | QUIET | changed)
    assert told is not None
    assert (told.title, told.mark, told.sentence) == (title, title, sentence)


def test_where_nothing_may_be_shown_nothing_is_told() -> None:
    assert signal(ROW) is None


@pytest.mark.parametrize(
    ("changed", "words"),
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
def test_how_likely_a_signal_is_chance(changed: dict[str, Any], words: str) -> None:
    assert likelihood(ROW | QUIET | changed) == words


@pytest.mark.parametrize(
    ("about", "size", "words"),
    [
        ({}, 12.4, "12 percentage points"),
        ({}, 4.06, "4.1 percentage points"),
        ({}, 0.314, "0.3 percentage points"),  # no more decimals than the measure's and one
        (DAYS, 0.3141, "0.31 days"),
        (DAYS, 123.4, "123 days"),
    ],
)
def test_two_digits_of_a_change_count(about: dict[str, Any], size: float, words: str) -> None:
    change = Showing(size=size, to_target=False, wait=None)
    assert change_words(ROW | about, change) == words


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
