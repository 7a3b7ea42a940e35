"""A file is read and checked once, whatever is in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from xlsxwriter import Workbook

from scorecard.extract import check_extract, check_report
from scorecard.extract.files import sent_file
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.check_file import HowToRead
from scorecard.use_cases.upload.report_layouts import keep_layout
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from tests.conftest import IN_ONE_DATABASE, WHEN
from tests.use_cases.upload.test_reports import layout, report

TODAY = date(2020, 11, 10)
OWN = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,20%\n"
OTHERS = (
    "measure_id,period,value,area\nadoptions,2020-08,2,\nadoptions,2020-08,9,E06000044\nadoptions,2020-08,9,E92000001\n"
)


def workbook() -> bytes:
    """A covering sheet, and a sheet with an extract of another area too."""
    buffer = io.BytesIO()
    with Workbook(buffer) as book:
        book.add_worksheet("Read me").write(0, 0, "Figures for August")
        sheet = book.add_worksheet("Figures")
        for row, line in enumerate(OTHERS.splitlines()):
            sheet.write_row(row, 0, line.split(","))
    return buffer.getvalue()


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often tables are read and rows are checked."""
    times = {"read": 0, "checked": 0}

    def counting(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def counted_work(*args: object, **more: object) -> object:
            times[name] += 1
            return work(*args, **more)

        return counted_work

    monkeypatch.setattr(sent_file.READERS, "read", counting("read", sent_file.READERS.read))
    monkeypatch.setattr(check_extract, "run_checks", counting("checked", check_extract.run_checks))
    monkeypatch.setattr(check_report, "run_checks", counting("checked", check_report.run_checks))
    return times


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("name", "content", "figures"),
    [
        ("the authority's own", OWN.encode(), 1),
        ("other areas", OTHERS.encode(), 3),
        ("a workbook with other areas", workbook(), 3),
        ("a report in its own layout", report("October 2020"), 2),
        ("a report that lacks a measure", report("October 2020").replace(b"Adoptions", b"Total"), 1),
    ],
)
def test_a_file_is_read_and_checked_once(
    name: str, content: bytes, figures: int, opened: Scorecard, counts: dict[str, int]
) -> None:
    keep_layout(opened, layout(), when=WHEN)
    previewed = preview_extract(opened, "file", content, today=TODAY)
    assert not previewed.checked.refused, previewed.checked.findings.counts
    assert len(previewed.checked.observations) == figures
    assert counts == {"read": 1, "checked": 1}, name


@IN_ONE_DATABASE
def test_a_refused_file_is_told_from_a_report_without_reading_it_again(
    opened: Scorecard, counts: dict[str, int]
) -> None:
    keep_layout(opened, layout(), when=WHEN)
    previewed = preview_extract(opened, "file.csv", b"name,period\nx,2020-08\n", today=TODAY, how=HowToRead())
    assert previewed.checked.findings.count("no-measure-id")
    assert counts["read"] == 1


def test_a_file_of_more_areas_than_a_statement_can_name_is_checked_beside_all_history(opened: Scorecard) -> None:
    header, most = "measure_id,period,value,area\n", 1_000
    before = header + f"adoptions,2020-07,5,E{most:08d}\n"
    previewed = preview_extract(opened, "before.csv", before.encode(), today=TODAY)
    submit_extract(opened, previewed, when=WHEN, reason="Other")
    rows = "".join(f"adoptions,2020-08,5,E{number:08d}\n" for number in range(most + 1))
    previewed = preview_extract(opened, "areas.csv", (header + rows).encode(), today=TODAY)
    named = set(previewed.checked.findings.frame.query("code == 'new-area'")["found"])
    assert len(named) == most, "all but the one that is known"
    assert f"E{most:08d}" not in named
