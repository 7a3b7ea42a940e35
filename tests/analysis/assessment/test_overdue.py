"""What is owed: the assessment's 'overdue' and what completeness lists as owed are one rule, in every awkward case."""

from __future__ import annotations

from functools import cache
from itertools import product

import pandas as pd
import pytest

from scorecard.analysis.assessment.assess import assess
from scorecard.analysis.data_quality.completeness import completeness
from scorecard.catalogue.due_dates import are_due, is_due
from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from tests.analysis.data_quality.test_completeness import HEAD, catalogue, figures

FREQUENCIES = ("monthly", "quarterly", "termly", "annual")
PERIODS: list[dict[str, str]] = [
    {}, {"starts": "2020-08"}, {"starts": "2020-11"}, {"starts": "2021-02"}, {"retired": "2021-01"},
    {"starts": "2020-11", "retired": "2021-03"},
]  # fmt: skip
HISTORIES = [
    [],
    [("2020-07", 1.0, "2020-08-05")],
    [("2020-03", 1.0, "2020-04-05")],
    [("2020-12", 1.0, "2021-01-05")],
    [("2020-10", 1.0, "2020-11-05")],  # of no quarter's end
    [("2020-12", None, "2021-01-05", "x")],
    [("2020-12", None, "2021-01-05", "c"), ("2021-01", None, "2021-02-05", ":")],
    [("2020-12", 1.0, "2021-01-05"), ("2021-01", 1.0, "2021-02-05", "p")],
    [("2020-12", 1.0, "2021-01-05"), ("2020-12", None, "2021-01-06", "x")],  # taken back
    [("2020-12", None, "2021-01-05", "x"), ("2020-12", 1.0, "2021-01-06")],  # came after all
]
KNOWN_AT = [None, *(pd.Timestamp(f"{day}T12:00", tz="UTC") for day in ("2021-02-09", "2021-02-10"))]
USUAL = (
    "plan_wording: w, definition: d, kind: outcome, unit: percent, decimals: 0, polarity: monitor, "
    "accumulation: in_month, supplied_by: Mosaic"
)


@cache
def every_measure() -> tuple[Catalogue, pd.DataFrame]:
    """A measure of each frequency, start, retirement, due day and history, and the figures of all."""
    lines, rows = [], []
    kinds = product(FREQUENCIES, PERIODS, ({}, {"due_day": "10"}), HISTORIES)
    for number, (frequency, period, day, history) in enumerate(kinds):
        own = ", ".join(f"{name}: {value}" for name, value in {**period, **day}.items())
        lines.append(f"      - {{id: m{number}, name: M{number}, {USUAL}, frequency: {frequency}, {own}}}\n")
        history_rows = figures(*history)
        rows.append(history_rows[history_rows["recorded_to"].isna()].assign(measure_id=f"m{number}"))
    own_catalogue = read_catalogue((HEAD + "".join(lines)).encode())
    return own_catalogue, pd.concat([frame for frame in rows if len(frame)], ignore_index=True)


@pytest.mark.parametrize("month", ["2020-12-31", "2021-01-31"])
def test_overdue_is_that_the_last_figure_due_is_among_those_owed(month: str) -> None:
    """Oracle: of the months that completeness calls due, is the last one missing?"""
    end, (own_catalogue, rows) = pd.Timestamp(month), every_measure()
    for known_at in KNOWN_AT:
        report = completeness(own_catalogue, rows, end, known_at=known_at)
        last = report.matrix[report.matrix["due"]].groupby("measure_id").tail(1).set_index("measure_id")
        owes = set(last.index[last["state"] == "missing"])
        judged = assess(own_catalogue, rows, end, known_at).measures.set_index("measure_id")["overdue"]
        assert set(judged.index[judged]) == owes, known_at
        owed = set(zip(report.owed["measure_id"], report.owed["period_end"], strict=True))
        assert {(name, last.loc[name, "period_end"]) for name in owes} <= owed, known_at
        assert 0 < len(owes) < len(judged)


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_one_period_and_many_are_judged_alike(frequency: str, period: dict[str, str]) -> None:
    own_catalogue = catalogue(frequency=frequency, **period)
    ends = pd.date_range("2020-01-31", "2021-12-31", freq="ME").astype("datetime64[us]")
    rows = measures_frame(own_catalogue).merge(pd.DataFrame({"period_end": ends}), how="cross")
    assert are_due(rows).tolist() == [is_due(own_catalogue.measures[0], end.date()) for end in ends]
