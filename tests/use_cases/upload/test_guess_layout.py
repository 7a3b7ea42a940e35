"""What is guessed of a report whose layout is shown, and the faults for which a layout is not kept."""

from __future__ import annotations

import pytest

from scorecard.extract.report_layout.model import make_layout
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.check_file import HowToRead
from scorecard.use_cases.upload.guess_layout import (
    LEAVE_OUT,
    ReportPreview,
    faults_of_layout,
    first_answers,
    guess_column,
    guess_meanings,
    unanswered,
)
from scorecard.use_cases.upload.report_layouts import StoredLayout
from scorecard.use_cases.upload.submit_extract import preview_extract
from tests.conftest import IN_ONE_DATABASE
from tests.use_cases.upload.test_reports import TODAY, layout, report

BEFORE = make_layout(
    {
        "layout": "Case system monthly",
        "source": "Case management system",
        "header_row": 1,
        "header": ["Section", "Indicator", "Result", "Month"],
        "labels_in": ["Section", "Indicator"],
        "measures": {"Front door › Contacts that became referrals": "adoptions"},
        "ignored": ["Permanence › Adoptions"],
        "value": "Result",
        "month": {"stands_in": "column", "column": "Month"},
    }
)


@pytest.mark.parametrize(
    ("wanted", "names", "expected"),
    [
        ("value", ["Indicator", "Actual", "Value"], "Value"),  # the likeliest word, not the first column
        ("value", ["Indicator", " RESULT "], " RESULT "),
        ("value", ["Indicator", "Actual, August"], "Actual, August"),
        ("denominator", ["Official rate", "Of"], "Of"),  # a word of two letters is the whole name
        ("denominator", ["Official rate"], None),
        ("month", ["Month ending", "Period"], "Month ending"),
        ("note", [], None),
    ],
)
def test_a_column_is_guessed_by_what_reports_call_it(wanted: str, names: list[str], expected: str | None) -> None:
    assert guess_column(wanted, names) == expected


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("label", "first", "again"),
    [
        ("Adoptions", "adoptions", "adoptions"),  # another label than 'Permanence › Adoptions', which was left out
        # as it was said, not as it reads
        ("Front door › Contacts that became referrals", "contacts-becoming-referrals", "adoptions"),
        ("FRONT DOOR › contacts  that became_referrals", "contacts-becoming-referrals", "adoptions"),
        ("Permanence › Adoptions", None, None),
        ("Something else", None, None),
    ],
)
def test_a_label_means_what_the_version_before_says_and_a_new_one_what_it_reads_like(
    opened: Scorecard, label: str, first: str | None, again: str | None
) -> None:
    assert guess_meanings([label], None, opened.catalogue) == {label: first}
    assert guess_meanings([label], BEFORE, opened.catalogue) == {label: again}


@IN_ONE_DATABASE
def test_a_label_begins_unanswered_unless_it_is_known_left_out_or_has_no_figure(opened: Scorecard) -> None:
    first = first_answers(["Adoptions", "Total", "IN NEED"], frozenset({"IN NEED"}), None, opened.catalogue)
    assert first == {"Adoptions": "adoptions", "Total": None, "IN NEED": LEAVE_OUT}
    again = first_answers(["Permanence › Adoptions", "Total"], frozenset(), BEFORE, opened.catalogue)
    assert again == {"Permanence › Adoptions": LEAVE_OUT, "Total": None}


@pytest.mark.parametrize(
    ("name", "meant", "lines"),
    [
        ("A", {"Adoptions": "adoptions", "Total": LEAVE_OUT}, []),
        (" ", {"Adoptions": "adoptions"}, ["Give the layout a name: next month's report is recognised under it."]),
        ("A", {"Total": None}, ["Say what 'Total' means, or leave it out."]),
        ("A", {str(at): None for at in range(12)}, [*(f"Say what '{at}' means, or leave it out." for at in range(10)),
                                                     "2 more labels have no answer yet."]),
    ],
)  # fmt: skip
def test_a_layout_is_kept_when_everything_is_said(name: str, meant: dict[str, str | None], lines: list[str]) -> None:
    assert unanswered(name, meant) == lines


def test_labels_without_a_figure_are_told_from_those_with_one() -> None:
    report_preview = ReportPreview(
        None, (), [["Indicator", "R"], ["IN NEED", ""], ["Adoptions", "2"], ["Total", "[x]"], ["IN NEED", "n/a"]]
    )
    assert report_preview.without_figures(1, ("Indicator",)) == {"IN NEED", "Total"}


@IN_ONE_DATABASE
def test_a_new_label_is_not_taken_for_what_another_one_means(opened: Scorecard) -> None:
    known = "Front door › Contacts that became referrals"
    assert guess_meanings(["Adoptions", known], BEFORE, opened.catalogue) == {"Adoptions": None, known: "adoptions"}


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("changed", "expected_codes"),
    [
        ({}, []),
        ({"ignored": []}, ["layout-label-unknown"]),
        ({"month": {"stands_in": "asked"}}, []),  # said each time, so not yet
        ({"month": {"stands_in": "cell", "cell": "A1"}}, ["layout-month-unclear"]),
    ],
)
def test_a_layout_is_not_kept_for_faults_of_its_own(
    opened: Scorecard, changed: dict[str, object], expected_codes: list[str]
) -> None:
    tried = layout(**changed)
    content = report("August 2020").replace(b",2\n", b",two\n")  # a fault of the figures
    how = HowToRead(layout=StoredLayout(tried, 0))
    checked = preview_extract(opened, "report.csv", content, today=TODAY, how=how).checked
    assert checked.findings.count("unreadable-value") == 1
    assert [finding.code for finding in faults_of_layout(checked, tried)] == expected_codes
