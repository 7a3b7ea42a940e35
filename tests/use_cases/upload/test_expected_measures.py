"""Missing measures by what a source sent for its recent periods: corrections, files that lack, two files a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest

from scorecard.core.observations import observations_frame
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.expected_measures import missing_measures
from scorecard.use_cases.upload.submit_extract import preview_extract
from tests.conftest import IN_ONE_DATABASE
from tests.store.submitted import at, sent

ALL = {
    "contacts-becoming-referrals": 27, "referrals-rate": 172.5, "looked-after-children-number": 514,
    "child-protection-plans-number": 380, "agency-workers": 9,
}  # fmt: skip
REPORTS = list(ALL)
A, B = REPORTS[:2], REPORTS[2:]
SOURCE = "Case system"

# What was sent, one after the other (month, measures), and which of the five the last file is told to lack.
SEQUENCES = [
    ("the first file ever", [(8, A)], []),
    ("a whole month after a whole month", [(8, REPORTS), (9, REPORTS)], []),
    ("a correction of two figures", [(8, REPORTS), (8, A)], []),
    ("a correction of an older month", [(8, REPORTS), (9, REPORTS), (8, A)], []),
    ("a month with two of five", [(8, REPORTS), (9, A)], B),
    ("a month with two of five after a correction", [(8, REPORTS), (8, A), (9, A)], B),
    ("the rest of that month", [(8, REPORTS), (9, A), (9, B)], []),
    ("two files a month", [(8, A), (8, B), (9, A)], []),
    ("two files a month, the second", [(8, A), (8, B), (9, A), (9, B)], []),
    ("two files a month, one short", [(8, A), (8, B), (9, B[:1])], B[1:]),
    ("two files since last month", [(7, REPORTS), (8, A), (8, B), (9, A)], []),
    ("a measure left out last month too", [(7, REPORTS), (8, REPORTS[1:]), (9, REPORTS[1:])], REPORTS[:1]),
    ("a measure left out for longer than the recent periods", [(5, REPORTS), (6, A), (7, A), (8, A), (9, A)], []),
]  # fmt: skip


def figures(number: int, month: int, measures: list[str]) -> pd.DataFrame:
    """What a file reports of some measures for a month of 2020."""
    values = [ALL[name] + number / 10 for name in measures]
    end = pd.Timestamp(2020, month, 1) + pd.offsets.MonthEnd(0)
    frame = pd.DataFrame({"measure_id": measures, "period_end": end, "months": 1, "value": values})
    return observations_frame(frame.assign(area="E06000045", origin="extract"))


@dataclass(frozen=True)
class Checked:
    """A checked file, as far as what it lacks is asked of it."""

    observations: pd.DataFrame


def lacks(scorecard: Scorecard, number: int, month: int, measures: list[str]) -> list[str]:
    """What the next file is told to lack; it is stored then."""
    reported = figures(number, month, measures)
    missing = missing_measures(scorecard, Checked(reported), SOURCE)  # type: ignore[arg-type]
    scorecard.store.submit(sent(str(number), number, source=SOURCE), reported)
    return sorted(missing)


@IN_ONE_DATABASE
@pytest.mark.parametrize(("files", "lacking"), [case[1:] for case in SEQUENCES], ids=[case[0] for case in SEQUENCES])
def test_what_a_file_lacks(files: list[tuple[int, list[str]]], lacking: list[str], opened: Scorecard) -> None:
    missing = [lacks(opened, number, month, measures) for number, (month, measures) in enumerate(files, start=1)]
    assert missing[-1] == sorted(lacking)


def test_the_preview_says_it_and_what_was_withdrawn_is_no_longer_expected(opened: Scorecard) -> None:
    lacks(opened, 1, 8, REPORTS)
    rows = "".join(f"{name},2020-09,{ALL[name]}\n" for name in A)

    def measures_lacking() -> list[str]:
        content = f"measure_id,period,value\n{rows}".encode()
        previewed = preview_extract(opened, "2.csv", content, today=date(2021, 3, 1), source=SOURCE)
        findings = previewed.checked.findings.frame
        return sorted(findings.loc[findings["code"] == "measure-missing", "measure_id"])

    assert measures_lacking() == sorted(B)
    opened.store.withdraw(1, "Ann", at(60), "wrong")
    assert measures_lacking() == []
