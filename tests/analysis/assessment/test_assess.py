"""The assessment as a whole: the plan's own figures checked by hand, what always holds, and its documentation."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.observations import observations_frame
from tests.analysis.assessment_cases import (
    AREA,
    assessed,
    figures,
    judged,
    measure,
    plan_catalogue,
    row,
    target,
)
from tests.assessed import assess

DOCS = Path(__file__).parents[3] / "docs" / "assessment.md"
PLAN = plan_catalogue()


@cache
def on_the_plan() -> pd.DataFrame:
    return assess(PLAN, plan_observations(PLAN)).measures.set_index("measure_id")


# Read off the plan's tables by hand: status, signed distance, and what of the gap is closed, in words.
BY_HAND = {
    "staff-turnover-social-workers": ("met", 1, "Was at target, and now beyond it"),
    "staff-turnover-overall": ("met", 3, "Passed the target"),
    "sickness-absence-days": ("missed", -6.14, "Was at target, now 6.14 days worse"),
    "agency-workers": ("missed", -3.8, "Not defined: baseline and latest figure count different things"),
    "caseload-overall": ("no_target", None, "Not defined: there is no target"),
    "caseload-pact": ("no_data", None, "Not defined: there is no figure"),
    "caseload-lac": ("no_data", None, "Not defined: there is no figure"),
    "scheduled-audits-completed": ("missed", -18, "55% of the way"),
    "early-help-assessment-or-plan": ("met", 0, "100% of the way"),
    "locality-allocations-within-10-days": ("missed", -6, "Not defined: the plan gives no baseline"),
    "early-help-assessments-rate": ("missed", -18.6, "52% of the way"),
    "mash-referrals-within-one-day": ("missed", -2, "67% of the way"),
    "contacts-becoming-referrals": ("missed", -5, "64% of the way"),
    "referrals-rate": ("missed", -23.7, "63% of the way"),
    "strategy-discussions-within-one-day": ("missed", -6, "Lost ground"),
    "section-47-rate": (None, -5, "Not defined: the measure is monitored, and its distance says all"),
    "single-assessments-within-45-days": ("met", 17, "Passed the target"),
    "views-represented-at-conference": ("missed", -37, "Not defined: the plan gives no baseline"),
    "disability-visits-on-time": ("missed", -3, "No ground gained"),
    "home-education-priority-allocated": ("met", 0, "Not defined: the plan gives no baseline"),
    "home-education-initial-engagement": ("no_data", None, "Not defined: there is no figure"),
    "ehc-assessments-within-20-weeks": ("met", 10, "Passed the target"),
    "child-protection-plans-number": ("missed", -98, "28% of the way"),
    "child-protection-plans-rate": ("missed", -17, "35% of the way"),
    "child-protection-seen-within-15-days": ("missed", -15, "Lost ground"),
    "edge-of-care-referrals": (None, None, "Not defined: the count is added up over a period"),
    "edge-of-care-goal-scores": ("met", 8, "Had met the target, and still does"),
    "edge-of-care-remained-with-family": ("met", 3, "Had met the target, and still does"),
    "edge-of-care-open-cases": ("missed", -1, "Had met the target, now 1 away from it"),
    "custodial-sentences-rate": ("met", 0.05, "Passed the target"),
    "suitable-ete-under-16": ("missed", -6, "28% of the way"),
    "suitable-ete-over-16": ("missed", -35, "Lost ground"),
    "looked-after-children-number": ("missed", -92, "4% of the way"),
    "looked-after-children-rate": ("missed", -18.6, "Moved away from the plan's level"),
    "authorised-care-plans": ("met", 0, "Was at target, and still is"),
    "care-leavers-suitable-accommodation": ("met", 5, "Was at target, and now beyond it"),
    "pathway-plans": ("met", 1, "Was at target, and now beyond it"),
    "emergency-beds-care-leavers": ("met", 0, "100% of the way"),
    "emergency-beds-looked-after": ("met", 0, "Was at target, and still is"),
    "return-interviews-offered": ("met", 0, "100% of the way"),
    "return-interviews-offered-looked-after": ("met", 0, "100% of the way"),
    "in-house-foster-care": ("missed", -35, "3% of the way"),
    "placed-with-independent-agencies": ("met", 21, "Had met the target, and still does"),
    "matched-with-permanence-plan": ("missed", -38, "Not defined: the plan gives no baseline"),
    "adoptions": ("missed", -1, "Was at target, now 1 worse"),
    "days-to-adoptive-family": ("met", 59, "Passed the target"),
    "practice-reviews-on-time": ("no_data", None, "Not defined: there is no figure"),
}
EXCEPTIONS = {
    "sickness-absence-days",
    "strategy-discussions-within-one-day",
    "disability-visits-on-time",
    "child-protection-seen-within-15-days",
    "edge-of-care-open-cases",
    "suitable-ete-over-16",
    "looked-after-children-rate",
    "adoptions",
}
# |July 2020 − baseline| ÷ |target − baseline|, the plan's own numbers.
MOVERS = {
    "single-assessments-within-45-days": (24 / 7, "better"),
    "days-to-adoptive-family": (124 / 65, "better"),
    "staff-turnover-overall": (7 / 4, "better"),
    "ehc-assessments-within-20-weeks": (49.7 / 39.7, "better"),
    "custodial-sentences-rate": (0.26 / 0.21, "better"),
    "edge-of-care-open-cases": (8 / 7, "away"),
    "suitable-ete-over-16": (6.1 / 28.9, "worse"),
    "child-protection-plans-number": (38 / 136, "towards"),
    "looked-after-children-rate": (1 / 17.6, "away"),
    "disability-visits-on-time": (0, "unchanged"),
    "sickness-absence-days": (None, "worse"),
    "agency-workers": (None, None),
}


def test_the_plan_has_these_measures():
    assert list(on_the_plan().index) == list(BY_HAND)


@pytest.mark.parametrize("name", BY_HAND)
def test_status_distance_and_gap_closed_on_the_plan(name):
    status, distance, gap_closed = BY_HAND[name]
    judged_row = on_the_plan().loc[name]
    assert (None if pd.isna(judged_row["status"]) else judged_row["status"]) == status
    assert judged_row["distance"] == pytest.approx(float("nan") if distance is None else distance, nan_ok=True)
    assert judged_row["gap_closed_words"] == gap_closed


def test_the_exceptions_on_the_plan_are_those_that_a_careful_reader_would_make():
    assert set(on_the_plan().index[on_the_plan()["exception"]]) == EXCEPTIONS
    assert on_the_plan().index[on_the_plan()["movement_unknown"]].tolist() == [
        "agency-workers",
        "locality-allocations-within-10-days",
        "views-represented-at-conference",
        "matched-with-permanence-plan",
    ]


@pytest.mark.parametrize("name", MOVERS)
def test_movers_on_the_plan(name):
    size, direction = MOVERS[name]
    judged_row = on_the_plan().loc[name]
    assert judged_row["mover_size"] == pytest.approx(float("nan") if size is None else size, nan_ok=True)
    assert (None if pd.isna(judged_row["mover_direction"]) else judged_row["mover_direction"]) == direction


def test_owed_on_the_plan_are_the_figures_that_it_does_not_give():
    assert on_the_plan().index[on_the_plan()["overdue"]].tolist() == ["caseload-pact", "caseload-lac"]
    assert on_the_plan().index[on_the_plan()["pair_disagrees"]].tolist() == [
        "looked-after-children-number",
        "looked-after-children-rate",
    ]


@pytest.mark.parametrize(
    ("frequency", "last", "month", "months_old", "overdue"),
    [
        ("monthly", "2020-07", "2020-07", 0, False),
        ("monthly", "2020-06", "2020-07", 1, True),
        ("quarterly", "2020-06", "2020-08", 2, False),
        ("quarterly", "2020-06", "2020-09", 3, True),
        ("termly", "2020-04", "2020-07", 3, False),
        ("termly", "2020-04", "2020-08", 4, True),
        ("annual", "2020-03", "2021-02", 11, False),
        ("annual", "2020-03", "2021-03", 12, True),
    ],
)
def test_a_figure_is_overdue_when_older_than_its_frequency_allows(frequency, last, month, months_old, overdue):
    judged_row = judged(measure(frequency=frequency), [95], month=month, last=last)
    assert (judged_row["months_old"], judged_row["overdue"], judged_row["status"]) == (months_old, overdue, "met")


@pytest.mark.parametrize(
    ("frequency", "starts", "month", "overdue"),
    [
        ("monthly", None, "2020-07", True),
        ("monthly", "2020-08", "2020-07", False),
        ("monthly", "2020-07", "2020-07", True),
        ("quarterly", "2020-07", "2020-08", False),
        ("quarterly", "2020-06", "2020-07", True),  # as the template asks for it: the quarter to June
    ],
)
def test_a_measure_owes_nothing_before_its_first_period_is_over(frequency, starts, month, overdue):
    entry = measure(frequency=frequency, starts=starts)
    assert row(assessed(entry, given=figures([1]).iloc[:0], month=month))["overdue"] == overdue


@pytest.mark.parametrize(("symbol", "overdue"), [("c", False), ("z", False), ("x", True), (":", True)])
def test_a_symbol_is_an_answer_unless_it_says_that_there_is_none(symbol, overdue):
    assert judged(measure(), [95, symbol])["overdue"] == overdue


def test_a_symbol_is_an_answer_and_the_figure_before_it_keeps_its_age():
    judged_row = judged(measure(), [95, "c"])
    assert (judged_row["value"], judged_row["months_old"], judged_row["overdue"], judged_row["status"]) == (
        95,
        1,
        False,
        "met",
    )
    assert judged_row["age_words"] == "1 month old, July 2020 suppressed"
    assert judged(measure(), ["c"])["status_words"] == "No figure: suppressed"


@pytest.mark.parametrize(("retired", "there"), [("2020-06", False), ("2020-07", True), ("2020-08", True)])
def test_a_retired_measure_is_assessed_up_to_its_last_month(retired, there):
    assessment = assessed(measure(retired=retired), measure("n"), given=figures([95], name="n"))
    assert ("m" in assessment.measures["measure_id"].tolist()) == there


def test_an_empty_store_and_a_month_before_the_first_figure_have_statuses_too():
    empty = assess(PLAN, observations_frame())
    assert empty.month == pd.Timestamp("2020-07-31")
    early = assess(PLAN, plan_observations(PLAN), pd.Timestamp("2020-06-15"))
    assert early.month == pd.Timestamp("2020-06-30")
    for frame in (empty.measures, early.measures):
        assert set(frame["status"].dropna()) == {"no_data", "no_target"}
        assert not frame["exception"].any()
        assert frame["sentence"].notna().all()


def test_when_all_measures_are_retired_nothing_is_left_to_assess():
    assert assessed(measure(retired="2020-06"), given=figures([95])).measures.empty


TO_DATE = {"accumulation": "year_to_date", "unit": "number", "target": target(at_least=120)}


@pytest.mark.parametrize(
    ("last", "value", "status", "distance"),
    [
        ("2020-04", 9, "missed", -1),
        ("2020-04", 10, "met", 0),
        ("2020-07", 39, "missed", -1),
        ("2020-07", 40, "met", 0),
        ("2021-03", 119, "missed", -1),
        ("2021-03", 120, "met", 0),
    ],
)
def test_a_count_since_april_is_judged_by_its_share_of_the_year(last, value, status, distance):
    judged_row = judged(measure(**TO_DATE), [value], last=last)
    assert (judged_row["status"], judged_row["distance"]) == (status, distance)


def test_a_profile_says_what_share_is_due_and_a_share_of_the_year_to_date_keeps_its_target():
    profile = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    assert judged(measure(**TO_DATE | {"target": target(at_least=120, profile=profile)}), [24])["distance"] == 0
    assert judged(measure(accumulation="year_to_date"), [80])["distance"] == -10


def test_a_count_from_an_unknown_start_has_no_status_but_its_months_figure():
    judged_row = judged(measure(**TO_DATE, year_starts="unknown"), [30, 41])
    assert (judged_row["status"], judged_row["distance"], judged_row["in_month_value"]) == (None, None, 11)
    assert judged_row["status_words"] == "Not judged: the count's start is not known"


@pytest.mark.parametrize(("of", "small"), [(9, True), (10, False)])
def test_denominators_under_ten_are_told_as_they_are(of, small):
    judged_row = judged(measure(), [100 * 2 / 3 if of == 9 else 60], numerator=6.0, denominator=float(of))
    assert judged_row["small_numbers"] == small
    assert judged_row["value_words"] == ("6 of 9 (one child = 11 points)" if small else "60%")


# What always holds.

values = st.lists(st.integers(0, 400).map(lambda number: number / 4), min_size=1, max_size=15)
figure = st.integers(0, 400).map(lambda number: number / 4)
quick = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
SAME_IN_THE_MIRROR = [
    "distance",
    "baseline_distance",
    "status",
    "gap_closed",
    "mover_size",
    "mover_direction",
    "overdue",
    "exception",
    "exception_reasons",
    "outgrown",
    "met_months",
    "variation",
    "assurance",
    "disagreement",
    "behind",
    "trajectory_distance",
]


@quick
@given(values, figure, figure, figure)
def test_in_the_mirror_everything_is_the_same(numbers, goal, baseline, start):
    by = {"by": "2021-03"}
    higher = measure(unit="number", baseline=baseline, july_2020=start, target=target(at_least=goal, **by))
    lower = measure(
        unit="number",
        baseline=-baseline,
        july_2020=-start,
        polarity="lower_is_better",
        target=target(at_most=-goal, **by),
    )
    there, here = judged(higher, numbers), judged(lower, [-number for number in numbers])
    for name in SAME_IN_THE_MIRROR:
        # A target of at most nothing, or less, stands at a bound; its mirror does not.
        if name in ("outgrown", "assurance") and (there["target_at_bound"] or here["target_at_bound"]):
            continue
        assert there[name] == here[name] or there[name] == pytest.approx(here[name]), name


@quick
@given(values, figure, figure, st.sampled_from([2.0, 0.25, 1024.0]))
def test_the_unit_only_scales(numbers, goal, baseline, factor):
    def scaled(by: float):
        entry = measure(unit="number", baseline=baseline * by, target=target(at_least=goal * by))
        return judged(entry, [number * by for number in numbers])

    small, large = scaled(1.0), scaled(factor)
    for name in ("distance", "change"):
        assert large[name] == (None if small[name] is None else small[name] * factor)
    for name in ("status", "gap_closed", "mover_size", "mover_direction", "exception_reasons", "variation"):
        assert large[name] == small[name] or large[name] == pytest.approx(small[name]), name


HISTORY = pd.concat(
    [
        figures([60, 64, 63, 62, 61, 70, 58] * 2, last="2020-08"),
        figures([30, 31, "c", 35, 38], last="2020-07", name="n"),
    ],
    ignore_index=True,
)
TWO = (measure(baseline=50), measure("n", polarity="lower_is_better", target=target(at_most=20)))


@cache
def as_it_is(month: str) -> pd.DataFrame:
    return assessed(*TWO, given=HISTORY, month=month).measures


@quick
@given(st.permutations(range(len(HISTORY))))
def test_the_order_of_rows_says_nothing(order):
    assert_frame_equal(assessed(*TWO, given=HISTORY.iloc[order]).measures, as_it_is("2020-08"))


@quick
@given(st.lists(st.tuples(st.integers(0, len(HISTORY) - 1), figure), max_size=8))
def test_other_areas_rows_change_nothing(others):
    elsewhere = HISTORY.iloc[[index for index, _ in others]].assign(
        area="E12000008", value=[value for _, value in others], period_end=pd.Timestamp("2021-01-31")
    )
    together = pd.concat([elsewhere, HISTORY], ignore_index=True)
    assert AREA not in elsewhere["area"].tolist()
    assert_frame_equal(assessed(*TWO, given=together).measures, as_it_is("2020-08"))


@quick
@given(st.lists(figure, min_size=1, max_size=5))
def test_later_months_change_nothing_of_an_earlier_reporting_month(numbers):
    later = figures(numbers, last="2021-01")
    together = pd.concat([HISTORY, later[later["period_end"] > "2020-08-31"]], ignore_index=True)
    for month, before in ((month, as_it_is(month)) for month in ("2020-06", "2020-08")):
        assert_frame_equal(assessed(*TWO, given=together, month=month).measures, before)


# Its documentation.


def documented() -> dict[str, str]:
    """The columns that docs/assessment.md explains: name → meaning."""
    rows = re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: meaning for names, meaning in rows for name in re.findall(r"`([^`]+)`", names)}


def test_every_column_is_documented_and_no_other():
    columns = set(assessed(measure(), given=figures([95])).measures.columns)
    assert columns == set(documented())


def test_types_do_not_depend_on_which_figures_there_are():
    frames = [
        assess(PLAN, observations_frame()).measures,
        on_the_plan().reset_index(),
        assess(PLAN, figures([60 + index % 5 for index in range(24)], name="disability-visits-on-time")).measures,
    ]
    for name in frames[0].columns:
        assert len({str(frame[name].dtype) for frame in frames}) == 1, name
