"""What tells of persons, by the table of cases: none missed, at most two harmless ones taken for persons."""

from __future__ import annotations

from scorecard.catalogue.models import Catalogue
from tests.extract.persons_page import PAGE, cases, checked, checked_cells, page, verdicts

MOST_FALSE_ALARMS = 2


def test_the_table_is_half_harmless() -> None:
    persons = sum(case.persons for case in cases())
    assert len(cases()) >= 120
    assert abs(2 * persons - len(cases())) <= 0.1 * len(cases())


def test_nothing_that_tells_of_persons_is_missed() -> None:
    assert [str(case) for case, flagged in verdicts().items() if case.persons and not flagged] == []


def test_what_is_harmless_is_let_through() -> None:
    wrong = [str(case) for case, flagged in verdicts().items() if flagged and not case.persons]
    assert len(wrong) <= MOST_FALSE_ALARMS, wrong


def test_what_tells_of_persons_is_neither_kept_nor_shown_again(catalogue: Catalogue) -> None:
    answer = checked_cells(catalogue)
    assert answer.table == b""
    shown = answer.findings.to_csv().decode("utf-8-sig") + "".join(map(str, answer.findings))
    assert [case.text for case in cases() if case.kind == "cell" and case.persons and case.text in shown] == []


def test_the_page_says_how_often_it_is_wrong() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "renew it: python -m tests.extract.persons_page"


def test_what_a_workbook_carries_is_named_and_apart_where_it_tells_of_persons(catalogue: Catalogue) -> None:
    named = {
        (case.text, case.persons): checked(case, catalogue).findings
        for case in cases()
        if case.text in ("comment", "pivot cache")
    }
    assert named["comment", False].counts == {"carries-more": 1}
    assert named["comment", False][0].found == "comments"
    assert named["pivot cache", True].counts == {"carries-persons": 1}
    assert named["pivot cache", True][0].found == "the data behind a pivot table (an NHS number)"
    assert not named["pivot cache", True].count("error")
