"""The frame of observations, and those that the plan itself prints."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.observations import (
    OBSERVATION_COLUMNS,
    OBSERVATION_KEY,
    OBSERVATION_TYPES,
    latest_known,
    months_covered,
    observations_frame,
)
from scorecard.core.types import Accumulation
from tests.catalogue.plan_text import catalogue
from tests.catalogue.small_catalogue import small_catalogue

JULY = pd.Timestamp("2020-07-31")
NO_FIGURE_IN_JULY = {"caseload-pact", "caseload-lac", "home-education-initial-engagement"}


@pytest.mark.parametrize(
    ("accumulation", "end", "year_starts", "months"),
    [
        ("in_month", date(2020, 7, 31), "april", 1),
        ("at_month_end", date(2020, 7, 31), "april", 1),
        ("unknown", date(2020, 7, 31), "april", 1),
        ("rolling_12_months", date(2020, 7, 31), "april", 12),
        ("year_to_date", date(2020, 4, 30), "april", 1),
        ("year_to_date", date(2020, 7, 31), "april", 4),
        ("year_to_date", date(2020, 12, 31), "april", 9),
        ("year_to_date", date(2021, 1, 31), "april", 10),
        ("year_to_date", date(2021, 3, 31), "april", 12),
        ("year_to_date", date(2020, 7, 31), "unknown", 1),
    ],
)
def test_a_figure_covers_as_many_months_as_its_accumulation_says(
    accumulation: Accumulation, end: date, year_starts: str, months: int
) -> None:
    assert months_covered(accumulation, end, year_starts) == months


@pytest.mark.parametrize("columns", [None, {}, {"measure_id": []}, pd.DataFrame()], ids=str)
def test_a_frame_of_nothing_has_all_columns_and_types(columns: object) -> None:
    frame = observations_frame(columns)  # type: ignore[arg-type]
    assert frame.empty
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == OBSERVATION_TYPES


def test_missing_columns_are_empty_and_foreign_ones_left_out() -> None:
    frame = observations_frame({"note": ["late"], "value": [3], "months": [1], "colour": ["red"]})
    assert list(frame.columns) == OBSERVATION_COLUMNS
    assert frame.loc[0, "value"] == 3.0
    assert frame.loc[0, "note"] == "late"
    assert frame.loc[0, ["measure_id", "numerator", "symbol", "period_end", "extract_id"]].isna().all()


def test_the_plan_gives_an_observation_for_every_july_2020_figure_with_a_value_or_a_symbol() -> None:
    observed = set(plan_observations(catalogue())["measure_id"])
    assert observed == {measure.id for measure in catalogue().measures} - NO_FIGURE_IN_JULY
    assert len(observed) == 44


def test_the_plans_observations_are_of_the_authority_in_july_2020() -> None:
    frame = plan_observations(catalogue())
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == OBSERVATION_TYPES
    assert set(frame["area"]) == {"E06000045"}
    assert set(frame["period_end"]) == {JULY}
    assert set(frame["origin"]) == {"plan"}
    assert not frame.duplicated(OBSERVATION_KEY).any()


@pytest.mark.parametrize(
    ("measure_id", "months", "value", "numerator", "symbol"),
    [
        ("staff-turnover-overall", 12, 2, np.nan, None),
        ("sickness-absence-days", 12, 14.14, np.nan, None),
        ("agency-workers", 1, 8.8, np.nan, None),
        ("custodial-sentences-rate", 1, 0.25, 5, None),
        ("edge-of-care-referrals", 1, 545, np.nan, None),  # since when, the plan does not say
        ("emergency-beds-care-leavers", 1, 0, np.nan, None),
        ("practice-reviews-on-time", 1, np.nan, 0, "z"),  # 0 of 0
    ],
)
def test_an_observation_of_the_plan_has_its_value_or_its_symbol(
    measure_id: str, months: int, value: float, numerator: float, symbol: str | None
) -> None:
    row = plan_observations(catalogue()).set_index("measure_id").loc[measure_id]
    assert row["months"] == months
    assert row["value"] == pytest.approx(value, nan_ok=True)
    assert row["numerator"] == pytest.approx(numerator, nan_ok=True)
    assert row["symbol"] == symbol if symbol else pd.isna(row["symbol"])


def test_a_plan_without_july_2020_figures_gives_an_empty_frame_of_observations() -> None:
    without = small_catalogue(
        ('        july_2020: {value: 40, printed: "40%"}\n', ""),
        ('        july_2020: {value: 1200, printed: "1,200"}\n', ""),
    )
    assert plan_observations(without).empty
    assert list(plan_observations(without).columns) == OBSERVATION_COLUMNS


def observed(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    ids, ends, months, values = zip(*rows, strict=True)
    return observations_frame(
        {
            "measure_id": ids,
            "area": "E06000045",
            "period_end": pd.to_datetime(list(ends)),
            "months": months,
            "value": values,
        }
    )


def test_of_the_same_key_the_later_frame_stands() -> None:
    plan = observed(("a", "2020-07-31", 1, 1.0), ("b", "2020-07-31", 1, 2.0))
    extract = observed(("b", "2020-07-31", 1, 3.0))
    assert latest_known(plan, extract)["value"].tolist() == [1.0, 3.0]
    assert latest_known(extract, plan)["value"].tolist() == [1.0, 2.0]


def test_another_period_length_or_month_is_another_observation() -> None:
    frame = latest_known(
        observed(("a", "2020-08-31", 1, 1.0)),
        observed(("a", "2020-07-31", 12, 2.0)),
        observed(("a", "2020-07-31", 1, 3.0)),
    )
    assert frame["value"].tolist() == [3.0, 2.0, 1.0]


@pytest.mark.parametrize("sources", [[], [observations_frame()], [observations_frame(), observations_frame()]], ids=len)
def test_nothing_known_is_an_empty_frame(sources: list[pd.DataFrame]) -> None:
    assert latest_known(*sources).empty
    assert list(latest_known(*sources).columns) == OBSERVATION_COLUMNS


def test_an_empty_frame_changes_nothing() -> None:
    plan = plan_observations(catalogue())
    expected = plan.sort_values(OBSERVATION_KEY, ignore_index=True)
    pd.testing.assert_frame_equal(latest_known(observations_frame(), plan, observations_frame()), expected)


KEYS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from(["2020-06-30", "2020-07-31"]), st.sampled_from([1, 12]), st.floats(0, 9)
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[:3],
)


@given(KEYS, KEYS)
def test_the_latest_known_has_every_key_once_in_order(
    earlier: list[tuple[str, str, int, float]], later: list[tuple[str, str, int, float]]
) -> None:
    frame = latest_known(observed(*earlier), observed(*later))
    expected = {row[:3]: row[3] for row in earlier} | {row[:3]: row[3] for row in later}
    keys = zip(frame["measure_id"], frame["period_end"].dt.strftime("%Y-%m-%d"), frame["months"], strict=True)
    assert list(zip(keys, frame["value"], strict=True)) == sorted(expected.items())
    pd.testing.assert_frame_equal(latest_known(frame, frame), frame)
