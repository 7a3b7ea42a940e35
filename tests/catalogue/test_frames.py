"""The catalogue as frames: one row a measure, one row a target."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scorecard.catalogue.frames import measures_frame, targets_frame
from tests.catalogue.plan_text import catalogue
from tests.catalogue.small_catalogue import small_catalogue

TARGETS = [
    # measure, kind, lower, upper, strict, by, basis
    ("edge-of-care-open-cases", "more_than", 109, np.nan, True, "2020-12-31", "action date"),  # '>109'
    ("edge-of-care-goal-scores", "more_than", 80, np.nan, True, "2020-12-31", "action date"),  # '>80%'
    ("custodial-sentences-rate", "less_than", np.nan, 0.3, True, None, None),  # '<0.3'
    ("days-to-adoptive-family", "less_than", np.nan, 365, True, "2021-03-31", "action date"),  # '<365 days'
    ("suitable-ete-under-16", "at_least", 75, np.nan, False, "2020-09-30", "action date"),  # '75% - < 16 yrs'
    ("single-assessments-within-45-days", "at_least", 76, np.nan, False, "2020-04-30", "action date"),  # '76% SN'
    ("in-house-foster-care", "at_least", 200, np.nan, False, "2023-12-31", "plan"),  # '200 by 2023'
    ("contacts-becoming-referrals", "at_most", np.nan, 21, False, "2020-10-31", "action date"),
    ("emergency-beds-care-leavers", "at_most", np.nan, 0, False, "2020-07-31", "action date"),
    ("staff-turnover-social-workers", "at_most", np.nan, 5, False, None, None),
    ("section-47-rate", "at_most", np.nan, 19, False, "2020-10-31", "action date"),
]


@pytest.mark.parametrize(
    ("measure_id", "kind", "lower", "upper", "strict", "by", "basis"), TARGETS, ids=lambda case: str(case)
)
def test_a_target_of_the_plan_is_a_row(
    measure_id: str, kind: str, lower: float, upper: float, strict: bool, by: str | None, basis: str | None
) -> None:
    row = targets_frame(catalogue()).set_index("measure_id").loc[measure_id]
    assert row["target_kind"] == kind
    assert row["target_lower"] == pytest.approx(lower, nan_ok=True)
    assert row["target_upper"] == pytest.approx(upper, nan_ok=True)
    assert row["target_strict"] == strict
    assert row["target_by"] is pd.NaT if by is None else row["target_by"] == pd.Timestamp(by)
    assert pd.isna(row["target_by_basis"]) if basis is None else row["target_by_basis"] == basis
    assert row["target_from"] is pd.NaT


def test_every_measure_of_the_plan_but_the_overall_caseload_has_one_target() -> None:
    having = targets_frame(catalogue())["measure_id"].tolist()
    assert having == [measure.id for measure in catalogue().measures if measure.id != "caseload-overall"]


def test_a_target_is_strict_exactly_where_the_plan_prints_a_sign_before_a_number() -> None:
    frame = targets_frame(catalogue())
    assert set(frame.loc[frame["target_strict"], "target_printed"]) == {">80%", ">75%", ">109", "<0.3", "<365 days"}


def test_targets_that_follow_one_another_are_rows_in_order() -> None:
    frame = targets_frame(
        small_catalogue(
            (
                'targets: [{at_least: 50, printed: "50%"}]',
                'targets: [{at_least: 50, printed: "50%"}, {between: [60, 80], printed: "60–80%", from: 2021-04}]',
            )
        )
    )
    first = frame[frame["measure_id"] == "first-measure"]
    assert first["target_from"].tolist() == [pd.NaT, pd.Timestamp("2021-04-30")]
    assert first[["target_lower", "target_upper"]].iloc[1].tolist() == [60, 80]
    assert first["target_kind"].tolist() == ["at_least", "between"]


def test_a_profile_is_a_list_of_twelve_shares() -> None:
    shares = [round(month / 12, 4) for month in range(1, 12)] + [1]
    frame = targets_frame(small_catalogue(("at_least: 50", f"at_least: 50, profile: {shares}")))
    assert frame.loc[0, "target_profile"] == shares
    assert frame.loc[1, "target_profile"] is None


def test_a_catalogue_without_targets_is_an_empty_frame_with_every_column() -> None:
    without = small_catalogue(
        ('        targets: [{at_least: 50, printed: "50%"}]\n', ""),
        ('        targets: [{at_most: 900, printed: "900"}]\n', ""),
    )
    frame = targets_frame(without)
    assert frame.empty
    assert list(frame.columns) == list(targets_frame(catalogue()).columns)
    assert frame["target_strict"].dtype == bool


def test_there_is_a_row_for_every_measure_in_the_plans_order() -> None:
    frame = measures_frame(catalogue())
    assert frame["measure_id"].tolist() == [measure.id for measure in catalogue().measures]
    assert frame.index.tolist() == list(range(47))
    assert frame["service_area"].nunique() == 17


@pytest.mark.parametrize(
    ("measure_id", "column", "value"),
    [
        ("agency-workers", "broken", True),
        ("agency-workers", "baseline", 22),
        ("sickness-absence-days", "broken", False),
        ("locality-allocations-within-10-days", "baseline", np.nan),
        ("locality-allocations-within-10-days", "baseline_printed", "N/A"),
        ("caseload-pact", "baseline_printed", None),
        ("caseload-pact", "july_2020", np.nan),
        ("edge-of-care-referrals", "year_starts", "unknown"),
        ("looked-after-children-number", "pair", "looked-after-children-rate"),
        ("looked-after-children-number", "statistical_neighbour", 496),
        ("looked-after-children-number", "regional", 541),
        ("looked-after-children-number", "national", 514),
        ("looked-after-children-number", "national_comparable", True),
        ("child-protection-plans-number", "regional", 527),
        ("child-protection-plans-number", "regional_comparable", False),
        ("child-protection-plans-number", "national_comparable", False),
        ("child-protection-plans-number", "statistical_neighbour_comparable", False),
        ("child-protection-plans-rate", "regional_comparable", True),
        ("days-to-adoptive-family", "regional", np.nan),
        ("days-to-adoptive-family", "regional_comparable", False),  # none is printed
        ("home-education-initial-engagement", "starts", pd.Timestamp("2020-09-30")),
        ("adoptions", "months_between", 1),
        ("adoptions", "tolerance", np.nan),
        ("adoptions", "settles_after", 0),
        ("adoptions", "rebase", []),
        ("adoptions", "retired", pd.NaT),
        ("adoptions", "fix_after", pd.NA),
    ],
)
def test_a_measures_row_says_what_the_catalogue_says(measure_id: str, column: str, value: object) -> None:
    cell = measures_frame(catalogue()).set_index("measure_id").loc[measure_id, column]
    if isinstance(value, list):
        assert cell == value
    elif value is None or pd.isna(value):
        assert pd.isna(cell)
    else:
        assert cell == value


@pytest.mark.parametrize(("frequency", "months"), [("monthly", 1), ("quarterly", 3), ("termly", 4), ("annual", 12)])
def test_months_from_one_due_figure_to_the_next_follow_the_frequency(frequency: str, months: int) -> None:
    frame = measures_frame(small_catalogue(("frequency: monthly", f"frequency: {frequency}")))
    assert frame.loc[0, "months_between"] == months


def test_what_a_board_agrees_is_carried_into_the_frame() -> None:
    agreed = "        tolerance: 2.5\n        maximum: 120\n        settles_after: 2\n"
    agreed += "        fix_after: 12\n        retired: 2021-03\n"
    agreed += "        rebase: [{from: 2020-04, why: Lockdown}, {from: 2021-04, why: New system}]\n"
    row = measures_frame(small_catalogue(("        pair: second", agreed + "        pair: second"))).loc[0]
    assert [row[name] for name in ("tolerance", "maximum", "settles_after", "fix_after")] == [2.5, 120, 2, 12]
    assert row["retired"] == pd.Timestamp("2021-03-31")
    assert row["rebase"] == [pd.Timestamp("2020-04-30"), pd.Timestamp("2021-04-30")]
