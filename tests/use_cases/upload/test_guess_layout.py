"""What is guessed of a report whose layout is shown, and the faults for which a layout is not kept."""

from __future__ import annotations

import pytest

from scorecard.extract.report_layout.model import make_layout
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.check_file import HowToRead
from scorecard.use_cases.upload.guess_layout import faults_of_layout, guess_column, guess_meanings
from scorecard.use_cases.upload.report_layouts import KeptLayout
from scorecard.use_cases.upload.submit_extract import preview_extract
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


def test_a_new_label_is_not_taken_for_what_another_one_means(opened: Scorecard) -> None:
    known = "Front door › Contacts that became referrals"
    assert guess_meanings(["Adoptions", known], BEFORE, opened.catalogue) == {"Adoptions": None, known: "adoptions"}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"ignored": []}, ["layout-label-unknown"]),
        ({"month": {"stands_in": "asked"}}, []),  # said each time, so not yet
        ({"month": {"stands_in": "cell", "cell": "A1"}}, ["layout-month-unclear"]),
    ],
)
def test_a_layout_is_not_kept_for_faults_of_its_own(
    opened: Scorecard, changed: dict[str, object], found: list[str]
) -> None:
    tried = layout(**changed)
    content = report("August 2020").replace(b",2\n", b",two\n")  # a fault of the figures
    how = HowToRead(layout=KeptLayout(tried, 0))
    checked = preview_extract(opened, "report.csv", content, today=TODAY, how=how).checked
    assert checked.findings.count("unreadable-value") == 1
    assert [one.code for one in faults_of_layout(checked, tried)] == found
