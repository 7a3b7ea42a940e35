"""Which rows make up a measure's own series, and the latest figure of each."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.analysis.assessment.series import (
    latest_figures,
    own_series,
    reporting_month,
    rows_in_force,
    targets_in_force,
)
from scorecard.catalogue.frames import measures_frame, targets_frame
from tests.analysis.assessment_cases import AREA, assessed, catalogue, figures, measure, row, target

JULY = pd.Timestamp("2020-07-31")


def series_of(entry, given, month=JULY):
    return own_series(measures_frame(catalogue(entry)), given, AREA, month)


def test_the_reporting_month_is_the_latest_of_the_areas_own_figures():
    own, other = figures([1, 2]), figures([3], last="2020-09").assign(area="E12000008")
    assert reporting_month(pd.concat([own, other]), AREA) == JULY
    assert reporting_month(other, AREA) is None


@pytest.mark.parametrize(
    ("accumulation", "extra", "months", "expected"),
    [
        ("in_month", {}, 1, True), ("in_month", {}, 3, False), ("in_month", {}, 12, False),
        ("at_month_end", {}, 1, True), ("unknown", {}, 1, True),
        ("rolling_12_months", {}, 12, True), ("rolling_12_months", {}, 1, False),
        ("year_to_date", {}, 4, True), ("year_to_date", {}, 1, False), ("year_to_date", {}, 3, False),
        ("year_to_date", {"year_starts": "unknown"}, 1, True),
        ("in_month", {"frequency": "quarterly"}, 3, True), ("rolling_12_months", {"frequency": "quarterly"}, 3, False),
    ],
)  # fmt: skip
def test_a_row_belongs_where_it_covers_what_the_accumulation_says(accumulation, extra, months, expected):
    entry = measure(accumulation=accumulation, **extra)
    assert len(series_of(entry, figures([50]).assign(months=months))) == expected


def test_of_two_rows_of_a_month_the_one_that_covers_what_it_should_stands():
    entry = measure(frequency="quarterly")
    both = pd.concat([figures([50]).assign(months=3), figures([60])])
    assert series_of(entry, both)["value"].tolist() == [60]


def test_other_areas_later_months_and_unknown_measures_are_left_out():
    given = pd.concat(
        [figures([1, 2, 3], last="2020-08"), figures([9]).assign(area="E12000008"), figures([7], name="other")]
    )
    assert series_of(measure(), given)["value"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("settles_after", "expected"), [(None, [False] * 3), (1, [False, False, True]), (2, [False, True, True])]
)
def test_the_newest_months_are_provisional_until_they_settle(settles_after, expected):
    assert series_of(measure(settles_after=settles_after), figures([1, 2, 3]))["provisional"].tolist() == expected


def test_a_count_since_april_gives_the_months_figures_by_difference():
    entry = measure(accumulation="year_to_date", unit="number", kind="volume")
    given = figures([100, 110, 9, 21, None, 50], like=entry)
    assert series_of(entry, given)["in_month"].fillna(-1).tolist() == [-1, 10, 9, 12, -1]


def test_a_count_from_an_unknown_start_may_have_begun_anew_where_it_fell():
    entry = measure(accumulation="year_to_date", year_starts="unknown", unit="number", kind="volume")
    assert series_of(entry, figures([100, 130, 5], like=entry))["in_month"].fillna(-1).tolist() == [-1, 30, -1]


def test_the_latest_figure_is_the_last_with_a_value_and_what_came_after_is_told_beside_it():
    entry = measure(settles_after=1)
    latest = latest_figures(pd.Series(["m"]), series_of(entry, figures([50, 60, 70, "c"], last="2020-07"))).iloc[0]
    assert (latest["value"], latest["previous_value"], latest["period_end"].month) == (70, 60, 6)
    assert (latest["received_symbol"], latest["received_end"].month) == ("c", 7)
    latest = latest_figures(pd.Series(["m"]), series_of(entry, figures([50, 60, 70]))).iloc[0]
    assert (latest["value"], latest["settled_value"], latest["settled_previous"], latest["provisional"]) == (
        70,
        60,
        50,
        True,
    )


def test_without_figures_everything_is_missing():
    latest = latest_figures(pd.Series(["m"]), series_of(measure(), figures([1]).iloc[:0])).iloc[0]
    assert latest.drop("provisional").isna().all()
    assert not latest["provisional"]


STEPS = [target(at_least=80), target(at_least=90, **{"from": "2020-06"})]


@pytest.mark.parametrize(("month", "expected"), [("2020-05-31", 80), ("2020-06-30", 90), ("2020-07-31", 90)])
def test_a_period_is_judged_by_the_target_in_force_then(month, expected):
    targets = targets_frame(catalogue(measure(targets=STEPS)))
    in_force = targets_in_force(targets, pd.Series(["m"]), pd.Series([pd.Timestamp(month)]))
    assert in_force["target_lower"].tolist() == [expected]


def test_no_target_is_in_force_before_the_first_or_for_another_measure():
    later = catalogue(measure(targets=[target(at_least=90, **{"from": "2020-06"})]), measure("n", targets=None))
    ids, months = pd.Series(["m", "n", "gone"]), pd.Series([pd.Timestamp("2020-05-31")] * 3)
    assert rows_in_force(targets_frame(later), ids, months).tolist() == [-1, -1, -1]
    none = targets_frame(catalogue(measure(targets=None)))
    assert targets_in_force(none, ids, months)["target_lower"].isna().all()


def test_the_status_of_an_older_figure_is_by_the_target_of_its_month():
    entry = measure(targets=STEPS)
    assert row(assessed(entry, given=figures([85], last="2020-05"), month="2020-07"))["status"] == "met"
    assert row(assessed(entry, given=figures([85], last="2020-06"), month="2020-07"))["status"] == "missed"
