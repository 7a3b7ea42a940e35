"""Missing measures by what a source sent for its recent periods: corrections, files that lack, two files a month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.measures import View

ALL = {
    "contacts-becoming-referrals": 27, "referrals-rate": 172.5, "looked-after-children-number": 514,
    "child-protection-plans-number": 380, "agency-workers": 9,
}  # fmt: skip
REPORTS = list(ALL)
A, B = REPORTS[:2], REPORTS[2:]
WHEN = datetime(2021, 3, 1, 9, tzinfo=UTC)

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


def send(
    scorecard: Scorecard, number: int, month: int, measures: list[str], view: View | None = None
) -> tuple[list[str], View]:
    rows = "".join(f"{name},2020-{month:02},{ALL[name] + number / 10}\n" for name in measures)
    content = f"measure_id,period,value\n{rows}".encode()
    seen = preview_extract(scorecard, f"{number}.csv", content, today=date(2021, 3, 1), source="Case system", view=view)
    assert not seen.checked.refused, [str(one) for one in seen.checked.findings]
    submit_extract(scorecard, seen, who="Ann", when=WHEN, reason="Checked")
    found = seen.checked.findings.frame
    return sorted(found.loc[found["code"] == "measure-missing", "measure_id"]), seen.after


@pytest.mark.parametrize(("sent", "lacking"), [case[1:] for case in SEQUENCES], ids=[case[0] for case in SEQUENCES])
def test_what_a_file_lacks(sent: list[tuple[int, list[str]]], lacking: list[str], opened: Scorecard) -> None:
    told, view = [], None
    for number, (month, measures) in enumerate(sent, start=1):
        told, view = send(opened, number, month, measures, view)
    assert told == sorted(lacking)


def test_what_was_withdrawn_is_no_longer_expected(opened: Scorecard) -> None:
    send(opened, 1, 8, REPORTS)
    opened.store.withdraw(1, "Ann", WHEN, "wrong")
    assert send(opened, 2, 9, A)[0] == []
