"""What came and what didn't: every state, at and about its threshold; the marks in words; who owes what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.data_quality.completeness import (
    MARK_COLUMNS,
    MATRIX_COLUMNS,
    OVERDUE_COLUMNS,
    STATES,
    Completeness,
    completeness,
)
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.core.observations import observations_frame

MONTH = pd.Timestamp("2021-01-31")
HEAD = (
    "authority: {name: Southampton, code: E06000045, region: {name: South East, code: E12000008}, "
    "country: {name: England, code: E92000001}}\n"
    "plan: {title: T, edition: E, inspected: 2019-11, actuals: 2020-07}\n"
    "service_areas:\n  - id: all\n    name: All\n    measures:\n"
)


def catalogue(**fields: str) -> Catalogue:
    usual = {
        "name": "M", "plan_wording": "w", "definition": "d", "kind": "outcome", "unit": "percent", "decimals": "0",
        "polarity": "monitor", "accumulation": "in_month", "frequency": "monthly", "supplied_by": "Mosaic",
        "due_day": "10",
    }  # fmt: skip
    entry = ", ".join(f"{name}: {value}" for name, value in {"id": "m", **usual, **fields}.items() if value)
    return read_catalogue(f"{HEAD}      - {{{entry}}}\n".encode())


def figures(*rows: tuple[str, float | None, str] | tuple[str, float | None, str, str | None]) -> pd.DataFrame:
    """(month, value, day of sending, symbol): a later row of a month supersedes the earlier one."""
    if not rows:
        return observations_frame().assign(recorded_to=pd.Series([], dtype="datetime64[us, UTC]"))
    table = [(*row, None)[:4] for row in rows]
    frame = pd.DataFrame(table, columns=["month", "value", "sent", "symbol"])
    frame = frame.assign(
        measure_id="m", area="E06000045", months=1, origin="extract",
        period_end=pd.to_datetime(frame["month"] + "-01") + pd.offsets.MonthEnd(0),
        recorded_from=pd.to_datetime(frame["sent"], utc=True), extract_id=range(1, len(frame) + 1),
    )  # fmt: skip
    last = ~frame.duplicated("month", keep="last")
    until = pd.Series(pd.Timestamp(datetime(2030, 1, 1, tzinfo=UTC)), index=frame.index).where(~last)
    return observations_frame(frame).assign(recorded_to=until)


def completeness_of(rows: pd.DataFrame, how: Catalogue | None = None, **more: Any) -> Completeness:
    more.setdefault("known_at", pd.Timestamp("2021-02-20", tz="UTC"))
    more.setdefault("first_sent", pd.Timestamp("2020-08-01", tz="UTC"))
    return completeness(how or catalogue(), rows, MONTH, **more)


def state(rows: pd.DataFrame, month: str, how: Catalogue | None = None, **more: Any) -> str:
    matrix = completeness_of(rows, how, **more).matrix
    return str(matrix.loc[matrix["period_end"] == pd.Timestamp(month) + pd.offsets.MonthEnd(0), "state"].iloc[0])


@pytest.mark.parametrize(
    ("rows", "month", "expected"),
    [
        ([("2020-08", 1.0, "2020-09-10")], "2020-08", "received"),
        ([("2020-08", 1.0, "2020-09-11")], "2020-08", "late"),
        ([("2020-08", 1.0, "2020-09-01"), ("2020-08", 2.0, "2020-09-20")], "2020-08", "revised"),
        ([("2020-08", 1.0, "2020-09-01"), ("2020-08", 1.0, "2020-09-20")], "2020-08", "received"),
        ([("2020-08", 1.0, "2020-09-01", "p")], "2020-08", "provisional"),
        ([("2020-08", None, "2020-09-01", "c")], "2020-08", "suppressed"),
        ([("2020-08", None, "2020-09-01", "z")], "2020-08", "received"),
        ([("2020-08", None, "2020-09-01", "x")], "2020-08", "missing"),
        ([("2020-08", 1.0, "2020-09-01")], "2020-09", "missing"),
        ([("2020-08", 1.0, "2020-09-01")], "2020-06", "not_due"),
        ([("2020-05", 1.0, "2020-09-01")], "2020-06", "missing"),
        ([("2020-05", 1.0, "2020-09-01")], "2020-05", "received"),
    ],
)  # fmt: skip
def test_states(rows: list[Any], month: str, expected: str) -> None:
    assert expected in STATES
    assert state(figures(*rows), month) == expected


@pytest.mark.parametrize(
    ("fields", "month", "expected"),
    [
        ({"starts": "2020-10"}, "2020-09", "not_due"),
        ({"starts": "2020-10"}, "2020-10", "missing"),
        ({"retired": "2020-09"}, "2020-09", "missing"),
        ({"retired": "2020-09"}, "2020-10", "not_due"),
        ({"frequency": "quarterly"}, "2020-11", "not_due"),
        ({"frequency": "quarterly"}, "2020-12", "missing"),
        ({"settles_after": "2"}, "2020-08", "missing"),
    ],
)
def test_what_is_due_follows_the_catalogue(fields: dict[str, str], month: str, expected: str) -> None:
    assert state(figures(), month, catalogue(**fields)) == expected


def test_a_newest_figure_that_has_not_settled_is_provisional() -> None:
    rows = figures(("2020-12", 1.0, "2021-01-05"), ("2021-01", 1.0, "2021-02-05"))
    assert state(rows, "2021-01", catalogue(settles_after="1")) == "provisional"
    assert state(rows, "2020-12", catalogue(settles_after="1")) == "received"


def test_what_is_not_yet_due_on_the_day_is_not_missing() -> None:
    assert state(figures(), "2021-01", known_at=pd.Timestamp("2021-02-09", tz="UTC")) == "not_due"
    assert state(figures(), "2021-01", known_at=pd.Timestamp("2021-02-10", tz="UTC")) == "missing"
    assert state(figures(), "2021-01", known_at=None) == "missing"


def test_a_history_loaded_later_is_not_late() -> None:
    rows = figures(("2020-08", 1.0, "2020-12-01"))
    assert state(rows, "2020-08") == "late"
    assert state(rows, "2020-08", first_sent=pd.Timestamp("2020-12-01", tz="UTC")) == "received"
    assert state(rows, "2020-08", catalogue(due_day="")) == "received"


def marks(rows: pd.DataFrame, how: Catalogue | None = None, **more: Any) -> dict[str, Any]:
    frame = completeness_of(rows, how, **more).marks
    assert list(frame.columns) == MARK_COLUMNS
    return {str(name): value for name, value in frame.iloc[0].items()}


MONTHS = ["2020-07", "2020-08", "2020-09", "2020-10", "2020-11", "2020-12", "2021-01"]


def on_time(skip: int = 0) -> list[Any]:
    ends = pd.to_datetime(pd.Series(MONTHS) + "-01") + pd.offsets.MonthEnd(0) + pd.Timedelta(days=5)
    rows = [(month, 50.0 + 10 * at, f"{ends[at]:%Y-%m-%d}") for at, month in enumerate(MONTHS)]
    return rows[skip:]


def test_complete_timely_and_plausible_in_words() -> None:
    good = marks(figures(*on_time()))
    assert (good["complete"], good["timely"], good["plausible"]) == (True, True, True)
    assert good["stable"] is pd.NA
    assert good["quality_words"] == "Complete, timely, plausible"
    assert good["complete_words"] == "no gap: all 7 figures due in the last 12 months came"
    gap = marks(figures(*on_time(1)))
    assert (gap["complete"], gap["complete_words"]) == (False, "1 of 7 figures due in the last 12 months is missing")
    late = marks(figures(*on_time(1), ("2020-07", 1.0, "2020-08-11")))
    assert (late["timely"], late["timely_words"]) == (False, "1 of 7 figures came after the due day")
    assert marks(figures(*on_time()), catalogue(due_day=""))["timely_words"] == "no due day is agreed"


@pytest.mark.parametrize(("size", "stable"), [(0.0, True), (5.0, True), (5.1, False)])
def test_stable_is_small_beside_the_usual_change(size: float, stable: bool) -> None:
    first = on_time()
    again = [(month, value + size, "2021-02-15") for month, value, _ in first]
    assert bool(marks(figures(*first, *again))["stable"]) is stable, "the usual change is 10"


def test_why_a_mark_does_not_hold_and_what_is_read_with_care() -> None:
    good = marks(figures(*on_time()))
    assert (good["why_words"], good["care_words"]) == ("", "")
    late = marks(figures(*on_time(1), ("2020-07", 1.0, "2020-08-11")))
    assert late["quality_words"] == "Complete, plausible; not timely"
    assert (late["why_words"], late["care_words"]) == ("1 of 7 figures came after the due day", "")
    again = [(month, value + 99, "2021-02-15") for month, value, _ in on_time(1)]
    doubtful = marks(figures(*on_time(1), *again), accepted=pd.DataFrame({"measure_id": ["m"], "extract_id": [7]}))
    gap = "1 of 7 figures due in the last 12 months is missing"
    large = "revisions are large beside the usual change, by 6 figures sent again"
    warned = "an unusual figure was accepted"
    assert doubtful["quality_words"] == f"Timely; not complete, not stable, {warned}"
    assert (good["in_doubt"], late["in_doubt"], doubtful["in_doubt"]) == (False, False, True)
    assert doubtful["why_words"] == f"{gap}; {large}; {warned}"
    assert doubtful["care_words"] == (
        f"Read with care: its data are not complete ({gap}) and not stable ({large}); {warned}."
    )
    assert doubtful["care_in_brief"] == f"Read with care: its data are not complete and not stable; {warned}."


def test_an_accepted_warning_is_outstanding_while_its_figure_stands() -> None:
    accepted = pd.DataFrame({"measure_id": ["m", "other"], "extract_id": [3, 3]})
    rows = on_time()
    assert marks(figures(*rows), accepted=accepted)["plausible_words"] == "an unusual figure was accepted"
    known = accepted.assign(accepted_at=pd.Timestamp("2020-03-03", tz="UTC"), reason="Checked, late recording.")
    marked = marks(figures(*rows), accepted=known)
    assert marked["plausible_words"] == "an unusual figure was accepted on 3 March 2020: checked, late recording"
    assert marked["care_words"] == f"Read with care: {marked['plausible_words']}."
    assert not marked["in_doubt"]
    replaced = figures(*rows, (rows[2][0], 1.0, "2021-02-15"))
    assert marks(replaced, accepted=accepted)["plausible_words"] == "no accepted warning is outstanding"


@pytest.mark.parametrize(
    ("rows", "fields", "due", "received"),
    [
        ([], {}, 7, 0),
        (on_time(), {}, 7, 7),
        (on_time(1), {}, 7, 6),
        ([*on_time(1), ("2020-07", None, "2020-08-05", "x")], {}, 7, 6),  # [x] says that there is none: it did not come
        ([*on_time(1), ("2020-07", None, "2020-08-05", "c")], {}, 7, 7),  # [c] says that there is one
        ([("2019-12", 1.0, "2020-08-05"), *on_time()], {}, 12, 7),  # from its first figure on, at most a year back
        (on_time(), {"starts": "2020-10"}, 4, 4),
        (on_time(), {"retired": "2020-09"}, 3, 3),
        ([("2020-09", 1.0, "2020-10-05")], {"frequency": "quarterly"}, 2, 1),
        ([("2020-10", 1.0, "2020-11-05")], {"frequency": "quarterly"}, 2, 0),  # a figure of no quarter's end
    ],
)  # fmt: skip
def test_how_many_figures_were_due_and_how_many_came(
    rows: list[Any], fields: dict[str, str], due: int, received: int
) -> None:
    judged = marks(figures(*rows), catalogue(**fields))
    assert (judged["due"], judged["came"]) == (due, received)
    assert bool(judged["complete"]) is (due == received)


def test_who_owes_what_latest_first() -> None:
    owed = completeness_of(figures(("2020-07", 1.0, "2020-08-05")), catalogue(owner="Head of Quality")).owed
    assert list(owed.columns) == OVERDUE_COLUMNS
    assert owed["period_end"].dt.strftime("%Y-%m").tolist() == MONTHS[:0:-1]
    assert set(owed["owner"]) == {"Head of Quality"}
    assert owed["due_on"].iloc[0] == pd.Timestamp("2021-02-10")


def test_the_matrix_has_a_row_a_measure_and_month() -> None:
    for months in (12, 24):
        matrix = completeness_of(figures(), months=months).matrix
        assert list(matrix.columns) == MATRIX_COLUMNS
        assert len(matrix) == months
