"""What is owed as an e-mail's words and as a calendar: whole where there is room, and by the calendar's own rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd
import pytest

from scorecard.analysis.data_quality.completeness import OVERDUE_COLUMNS
from scorecard.use_cases.commentary.reminders import (
    LINE,
    LONGEST_ADDRESS,
    calendar,
    figures_mail_address,
    mail_address,
    questions_mail_address,
)
from scorecard.use_cases.commentary.status import MeasureCommentary, MonthCommentary
from scorecard.use_cases.decisions.list_decisions import Decision

JULY, DUE = date(2020, 7, 31), date(2020, 9, 8)
NOW = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
PAGE = "http://localhost:8501/commentary?month=2020-07"


def asked_of(count: int, name: str = "Visits, on time & seen") -> MonthCommentary:
    measures = tuple(
        MeasureCommentary(
            f"m{at}", f"{name} {at}", "a", "Protection; Court", exception=True, yours=True, closed=False, comment=None
        )
        for at in range(count)
    )
    return MonthCommentary(measures, False, "Improvement Board", DUE)


def question(text: str) -> Decision:
    return Decision(
        number=3, kind="question", board_id="b", board="Scrutiny Panel", month=JULY, service_area_id="a",
        service_area="Area", measure_id=None, measure=None, text=text, owner="Head", due=DUE, asked_by="", who="Eve",
        at=NOW, answers=(),
    )  # fmt: skip


@pytest.mark.parametrize(("count", "whole"), [(1, True), (3, True), (200, False)])
def test_an_e_mail_names_what_is_owed_and_where_the_rest_stands(count: int, whole: bool) -> None:
    address = mail_address(asked_of(count), JULY, PAGE)
    assert len(address) <= LONGEST_ADDRESS
    query = parse_qs(urlsplit(address).query)
    assert query["subject"] == ["Commentary for July 2020"]
    body = query["body"][0]
    assert "Protection; Court: Visits, on time & seen 0 (not begun)\r\n" in body
    assert "Papers are due on 8 September 2020." in body
    assert body.endswith(PAGE)
    assert ("more" in body) != whole
    assert "\n" not in address
    assert unquote(address).startswith("mailto:?")


def test_a_calendar_is_folded_and_escaped() -> None:
    text = calendar(asked_of(2), JULY, (question("Why, and\nwhat; é" + "ü" * 80),), NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= LINE
    whole = text.replace("\r\n ", "").split("\r\n")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20200908" in whole
    assert f"DESCRIPTION:Why\\, and\\nwhat\\; é{'ü' * 80}" in whole
    assert "SUMMARY:Question of Scrutiny Panel: Area" in whole
    nothing = calendar(MonthCommentary((), False, None, None), JULY, (), NOW)
    assert "VEVENT" not in nothing


def at(month: int, day: int) -> pd.Timestamp:
    return pd.Timestamp(2020, month, day)


OWED = pd.DataFrame(
    [
        (
            "Mosaic; reports",
            "Head, of it",
            "Area",
            "m1",
            "Visits",
            at(7, 31),
            at(8, 10),
        ),
        ("Mosaic; reports", None, "Area", "m2", "Plans", at(6, 30), pd.NaT),
        ("HR", None, "Area", "m3", "Leavers", at(7, 31), pd.NaT),
    ],
    columns=OVERDUE_COLUMNS,
)


def test_figures_that_are_owed_are_days_too_by_who_supplies_them() -> None:
    """By the day papers are due; where none is known, by the last of their own days, if they have one."""
    whole = calendar(asked_of(0), JULY, (), NOW, OWED).replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == whole.count("DTSTART;VALUE=DATE:20200908") == 2
    assert "SUMMARY:Figures due from Mosaic\\; reports: 2 up to July 2020" in whole
    assert "DESCRIPTION:Visits\\, July 2020\\, owner: Head\\, of it\\nPlans\\, June 2020" in whole
    assert len(set(re.findall("UID:.*", whole))) == 2
    undated = calendar(MonthCommentary((), False, None, None), JULY, (), NOW, OWED)
    assert "DTSTART;VALUE=DATE:20200810" in undated
    assert undated.count("BEGIN:VEVENT") == 1


def test_an_e_mail_says_what_boards_await_of_whom() -> None:
    items = (question("Later?"), replace(question("Why,\nand what?"), due=date(2020, 9, 1)))
    body = parse_qs(urlsplit(questions_mail_address(items, PAGE)).query)["body"][0]
    lines = body.split("\r\n")
    assert lines[2] == "Head, by 1 September 2020: question of Scrutiny Panel on Area: Why, and what?"
    assert lines[3].endswith("Later?")


def test_an_e_mail_says_which_figures_are_owed_by_whom() -> None:
    body = parse_qs(urlsplit(figures_mail_address(OWED, JULY, DUE, PAGE)).query)["body"][0]
    assert "8 September 2020.\r\n\r\nMosaic; reports: Visits, July 2020, owner: Head, of it\r\n" in body
    assert body.endswith(f"HR: Leavers, July 2020\r\n\r\n{PAGE}")
    many = pd.concat([OWED] * 100)
    assert len(figures_mail_address(many, JULY, None, PAGE)) <= LONGEST_ADDRESS
