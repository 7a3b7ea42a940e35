"""The chance of meeting a dated target, in words, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.projection.outlook import outlook, projected_series, unprojected
from scorecard.analysis.projection.project import project
from scorecard.narrative.outlook import chance_words, outlook_words
from tests.analysis.assessment_cases import assessed, figures, measure, target

STEADY = [60 + (index * 7) % 5 for index in range(24)]


def outlooks_of(cases: Iterable[tuple[Any, ...]]) -> list[tuple[pd.Series, str]]:
    """The outlook of each case, and in words: of a measure, its figures and, where there are, columns."""
    measures: list[dict[str, Any]] = []
    frames: list[pd.DataFrame] = []
    for fields, values, *more in cases:
        measures.append({**fields, "id": f"m{len(measures)}"})
        frames.append(figures(values, name=measures[-1]["id"], like=fields, **(more[0] if more else {})))
    assessment = assessed(*measures, given=pd.concat(frames, ignore_index=True))
    silent = unprojected(assessment)
    projection = project(projected_series(assessment, silent), settings=assessment.measures)
    elsewhere = projection.assign(area="E12000008", projected=0.0)
    chances = outlook(assessment, pd.concat([elsewhere, projection]), silent)
    sentences = outlook_words(assessment.measures, chances)
    by_measure = chances.set_index("measure_id")
    return [(by_measure.loc[entry["id"]], sentences[entry["id"]]) for entry in measures]


def test_shares_of_fewer_than_ten_have_no_outlook():
    entry = measure(target=target(at_least=90, by="2020-10"))
    [(_, sentence)] = outlooks_of([(entry, STEADY, {"denominator": 5.0})])
    assert sentence == "No projection: fewer than 10 in the denominator, so one child moves the figure too far."


NO_CHANCE = [
    ({"targets": None}, STEADY, "No outlook: there is no target."),
    ({"polarity": "monitor"}, STEADY, "No outlook: the measure is only monitored."),
    ({"target": target(at_least=90, by="2020-07")}, STEADY, "No outlook: the date, July 2020, has come."),
    ({"target": target(at_least=90, by="2020-06")}, STEADY, "No outlook: the date, June 2020, has passed."),
    (
        {"target": target(at_least=90, by="2021-08")},
        STEADY,
        "No outlook: the date, August 2021, is further ahead than the projection reaches.",
    ),
    (
        {"target": target(at_least=90, by="2020-10")},
        STEADY[:11],
        "No projection: 11 monthly figures so far; it takes 12, one month more.",
    ),
    ({"target": target(at_least=90, by="2020-10")}, ["c"], "No projection: there are no figures yet; it takes 12."),
    (
        {"target": target(at_least=90, by="2020-10"), "accumulation": "rolling_12_months"},
        STEADY,
        "No projection: each figure shares most of its data with the one before.",
    ),
    (
        {
            "target": target(at_least=90, by="2020-10"),
            "accumulation": "year_to_date",
            "unit": "number",
            "year_starts": "unknown",
        },
        STEADY,
        "No outlook: the count's start is not known.",
    ),
]


def test_where_there_is_no_chance_to_give_it_is_said_why():
    outlooks = outlooks_of((measure(**fields), values) for fields, values, _ in NO_CHANCE)
    assert [sentence for _, sentence in outlooks] == [expected for *_, expected in NO_CHANCE]
    assert all(pd.isna(chance["chance_of_meeting"]) for chance, _ in outlooks)


CHANCES = [
    ({"target": target(at_least=90, by="2020-10")}, "Less than 1 in 20 to meet 90% by October 2020"),
    ({"target": target(at_least=50, by="2021-07")}, "More than 19 in 20 to meet 50% by July 2021"),
    ({"target": target(more_than=50, by="2020-10")}, "More than 19 in 20 to be more than 50% by October 2020"),
    (
        {"target": target(between=[50, 75], by="2020-10")},
        "More than 19 in 20 to lie between 50% and 75% by October 2020",
    ),
    ({}, "Less than 1 in 20 to meet 90% by July 2021, twelve months on; the plan gives no date"),
    (
        {"target": target(at_least=50, by="2020-10"), "kind": "volume"},
        "More than 19 in 20 to reach the plan's level of 50% by October 2020",
    ),
]


def test_a_chance_in_words():
    outlooks = outlooks_of((measure(**fields), STEADY) for fields, _ in CHANCES)
    assert [sentence for _, sentence in outlooks] == [expected for _, expected in CHANCES]
    for chance, _ in outlooks:
        assert 0 <= chance["chance_of_meeting"] <= 1
        assert pd.isna(chance["chance_none"])


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        (0, "Less than 1 in 20"),
        (0.049, "Less than 1 in 20"),
        (0.05, "About 1 in 10"),
        (0.149, "About 1 in 10"),
        (0.15, "About 2 in 10"),
        (0.3, "About 3 in 10"),
        (0.5, "About 5 in 10"),
        (0.94, "About 9 in 10"),
        (0.95, "About 9 in 10"),
        (0.951, "More than 19 in 20"),
        (1, "More than 19 in 20"),
    ],
)
def test_chances_are_told_in_tenths(chance, expected):
    assert chance_words(chance) == expected
