"""Which accepted warnings are outstanding: by the figures they are about, and by the one that came after."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.analysis.data_quality.open_warnings import outstanding

START = pd.Timestamp("2020-01-31")


def versions(*rows: tuple[int, float | None, int, bool]) -> pd.DataFrame:
    """(month of 2020, value, extract, whether it is in force)"""
    frame = pd.DataFrame(rows, columns=["month", "value", "extract_id", "stands"])
    ended = pd.Series(pd.Timestamp("2021-01-01", tz="UTC"), index=frame.index).mask(frame["stands"])
    return frame.assign(
        measure_id="m",
        months=1,
        value=frame["value"].astype("float64"),
        period_end=[START + pd.offsets.MonthEnd(month - 1) for month in frame["month"]],
        recorded_to=ended,
    )


def series(*values: float) -> pd.DataFrame:
    """A figure a month from February 2020, sent with the extract of the month's number."""
    return versions(*[(month, value, month, True) for month, value in enumerate(values, 2)])


def warning(extract: int, found: str, code: str = "unusual-change") -> dict[str, object]:
    return {"measure_id": "m", "extract_id": extract, "code": code, "found": found}


@pytest.mark.parametrize(
    ("rows", "accepted", "expected"),
    [
        (series(80, 81, 60), [warning(4, "60")], 1),  # the newest: nothing came after it
        (series(80, 81, 60, 62), [warning(4, "60")], 0),  # the level moved
        (series(80, 81, 60, 79), [warning(4, "60")], 1),  # it stands alone
        (series(80, 80, 60, 70), [warning(4, "60")], 1),  # half way between tells nothing
        (series(80, 80, 60, 69), [warning(4, "60")], 0),
        (series(60, 61), [warning(2, "60")], 1),  # nothing came before it
        (series(80, 81, 60, 62, 61, 80), [warning(4, "60"), warning(7, "80")], 1),  # and back: only that is in doubt
        (series(80, 81, 0.6, 0.62), [warning(4, "0.6", "unit-looks-wrong")], 1),  # the same slip again answers nothing
        (series(80, 81, 60), [warning(4, "60"), warning(4, "60", "pair-disagrees")], 2),
        (versions((2, 80, 2, True), (3, 60, 3, False), (3, 80, 4, True)), [warning(3, "60")], 0),  # sent anew
        # An extract with two months: what it found says which of them is in doubt.
        (versions((2, 80, 2, True), (3, 60, 3, False), (3, 79, 4, True), (4, 80, 3, True)), [warning(3, "60 [p]")], 0),
        (versions((2, 80, 2, True), (3, 60, 3, False), (3, 79, 4, True), (4, 80, 3, True)), [warning(3, "")], 1),
        (versions((2, 1000, 2, True), (3, 1234, 3, True), (4, 1001, 3, True)), [warning(3, "1,234")], 1),
        (versions((2, 80, 2, True), (3, 60, 3, True), (4, None, 4, True), (5, 61, 5, True)), [warning(3, "60%")], 0),
        (versions((1, 60, 1, True)), [warning(1, "60")], 0),  # before the time that is looked at
        (series(80, 60), [warning(9, "60")], 0),  # of an extract that isn't there
        (series(80, 60), [], 0),
    ],
)
def test_a_warning_is_outstanding_until_its_figure_is_sent_anew_or_borne_out(
    rows: pd.DataFrame, accepted: list[dict[str, object]], expected: int
) -> None:
    frame = pd.DataFrame(accepted, columns=["measure_id", "extract_id", "code", "found"])
    assert outstanding(frame, rows, START)["measure_id"].tolist() == ["m"] * expected


def test_without_what_was_found_all_the_figures_of_an_extract_are_in_doubt() -> None:
    accepted = pd.DataFrame({"measure_id": ["m"], "extract_id": [4]})
    assert outstanding(accepted, series(80, 81, 60, 62), START)["measure_id"].tolist() == ["m"]
