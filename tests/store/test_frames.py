"""Frames in and out: the types they always have, and what is not let in."""

from datetime import UTC
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.store import OBSERVATION_COLUMNS, Store, frames
from scorecard.store.values.timestamps import OPEN, from_micros, to_micros
from tests.store.submitted import START, figures, sent

TYPES = {
    "measure_id": "str",
    "area": "str",
    "period_end": "datetime64[us]",
    "months": "int64",
    "value": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "symbol": "str",
    "note": "str",
    "origin": "str",
    "extract_id": "Int64",
    "recorded_from": "datetime64[us, UTC]",
}


def test_a_frame_has_the_same_columns_and_types_empty_or_full(store: Store) -> None:
    empty = store.observations()
    store.submit(sent("a"), figures(("m", "2020-07", 82.0), ("n", "2020-07", None, "x")))
    for frame in (empty, store.observations()):
        assert list(frame.columns) == OBSERVATION_COLUMNS
        assert frame.dtypes.astype(str).to_dict() == TYPES


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"measure_id": [None, "b"]}, "is missing"),
    ({"area": [None, "x"]}, "is missing"),
    ({"origin": ["extract", None]}, "is missing"),
    ({"period_end": pd.to_datetime(["2020-07-30", "2020-08-31"])}, "last day"),
    ({"period_end": pd.to_datetime(["2020-07-31 12:00", "2020-08-31 00:00"])}, "last day"),
    ({"period_end": pd.to_datetime([None, "2020-08-31"])}, "is missing"),
    ({"months": [0, 1]}, "less than one month"),
    ({"value": [np.inf, 1]}, "infinite"),
    ({"denominator": [1, -np.inf]}, "infinite"),
    ({"measure_id": "m", "period_end": pd.Timestamp("2020-07-31")}, "come twice"),
]


@pytest.mark.parametrize(("columns", "message"), FAULTS)
def test_a_frame_unfit_to_be_stored_is_refused_and_nothing_is_written(
    store: Store, columns: dict[str, Any], message: str
) -> None:
    frame = figures(("m", "2020-07", 1), ("n", "2020-08", 2)).assign(**columns)
    with pytest.raises(ValueError, match=message):
        store.submit(sent("a"), frame)
    assert store.last_change() is None


def test_a_column_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(ValueError, match="lack the columns area, months"):
        store.submit(sent("a"), figures(("m", "2020-07", 1)).drop(columns=["area", "months"]))


def test_what_goes_in_comes_out(store: Store) -> None:
    frame = figures(("m", "2020-02", 1 / 3), ("m", "2021-02", -0.0), ("n", "1999-12", None, "c"))
    frame = frame.assign(
        numerator=[1, np.nan, 3], denominator=[3, 2, np.nan], note=["‘é’ 漢", None, ""], origin="published", months=12
    )
    store.submit(sent("a"), frame)
    stored = store.observations()
    given_columns = list(frame.columns)
    pd.testing.assert_frame_equal(stored[given_columns], frame, check_dtype=False)


def test_columns_of_other_kinds_are_taken_as_they_are_meant(store: Store) -> None:
    frame = figures(("m", "2020-07", 1)).astype({"value": "Float64", "symbol": "object", "months": "Int64"})
    frame = frame.assign(numerator=pd.array([pd.NA], dtype="Float64"), further="ignored")
    frame["period_end"] = frame["period_end"].astype("datetime64[ns]")
    frame["measure_id"] = frame["measure_id"].astype("category")
    store.submit(sent("a"), frame)
    assert store.observations()["value"].tolist() == [1.0]


def test_no_observations_at_all_are_an_extract_too(store: Store) -> None:
    receipt = store.submit(sent("a"), figures(("m", "2020-07", 1)).iloc[:0])
    assert (receipt.new, len(receipt.changes), len(store.extracts())) == (0, 0, 1)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_number_is_the_last_day_of_that_month(year: int, month: int) -> None:
    (end,) = frames.month_ends(np.array([year * 100 + month]))
    after = end + np.timedelta64(1, "D")
    assert str(end)[:7] == f"{year:04}-{month:02}"
    assert str(after)[8:10] == "01"


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_survives_being_kept_as_a_number(moment: Any) -> None:
    assert from_micros(to_micros(moment)) == moment.astimezone(UTC)


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.observations(as_known_at=START.replace(tzinfo=None))


def test_a_row_in_force_has_no_end() -> None:
    assert frames.timestamps([OPEN]).isna().all()
