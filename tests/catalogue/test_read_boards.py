"""Boards: the list that ships reads; whatever is wrong with another is named, all at once, on its line."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_boards import BoardsError, read_boards
from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from tests.frozen_catalogue import BOARDS, CATALOGUE


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE.read_bytes())


def faults(catalogue: Catalogue, text: str) -> list[str]:
    with pytest.raises(BoardsError) as raised:
        read_boards(text.encode(), catalogue)
    return [f"{fault.line} {fault.where}: {fault.found}. {fault.remedy}" for fault in raised.value.faults]


def test_the_boards_that_ship_are_those_of_the_plan(catalogue: Catalogue) -> None:
    boards = read_boards(BOARDS.read_bytes(), catalogue)
    assert [board.title for board in boards.boards] == [
        "Children and Families Improvement Board",
        "Children and Learning Scrutiny Panel",
        "Corporate Parenting Committee",
    ]
    assert {board.marking for board in boards.boards} == {"OFFICIAL-SENSITIVE"}


def test_a_board_without_service_areas_sees_all_in_the_plans_order(catalogue: Catalogue) -> None:
    boards = read_boards(BOARDS.read_bytes(), catalogue)
    assert boards.board("improvement-board").areas(catalogue) == catalogue.service_areas
    area_ids = [area.id for area in boards.board("corporate-parenting-committee").areas(catalogue)]
    assert area_ids == ["looked-after-children", "care-leavers", "met", "fostering-placements", "adoption"]


def test_a_board_that_is_not_there_is_answered_with_those_that_are(catalogue: Catalogue) -> None:
    boards = read_boards(BOARDS.read_bytes(), catalogue)
    with pytest.raises(KeyError, match="improvement-board, scrutiny-panel"):
        boards.board("improvment-board")


def test_areas_of_another_catalogue_are_lacking_and_the_others_are_seen(catalogue: Catalogue) -> None:
    text = b"boards: [{id: a, name: A, service_areas: [highways, adoption, bins]}, {id: b, name: B}]"
    some, every = read_boards(text, catalogue).boards
    assert [area.id for area in some.areas(catalogue)] == ["adoption"]
    assert some.lacking(catalogue) == ("highways", "bins")
    assert every.lacking(catalogue) == ()


def test_meetings_are_kept_with_their_papers(catalogue: Catalogue) -> None:
    text = b"boards: [{id: a, name: A, meetings: [{date: 2020-09-15, papers_due: 2020-09-08}]}]"
    (meeting,) = read_boards(text, catalogue).boards[0].meetings
    assert (meeting.date, meeting.papers_due) == (date(2020, 9, 15), date(2020, 9, 8))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 7, 31), date(2020, 9, 15)),
        (date(2020, 9, 14), date(2020, 9, 15)),
        (date(2020, 9, 15), date(2020, 11, 17)),
        (date(2020, 11, 17), None),
    ],
)
def test_the_next_meeting_is_the_first_after_a_day(catalogue: Catalogue, day: date, expected: date | None) -> None:
    text = b"boards: [{id: a, name: A, meetings: [{date: 2020-11-17}, {date: 2020-09-15}]}]"
    meeting = read_boards(text, catalogue).boards[0].meeting_after(day)
    assert (meeting.date if meeting else None) == expected


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("", "the list of boards: nothing"),
        ("boards: []", "an empty list"),
        ("- a", "a list of 1"),
        ("boards: [{id: a}]", "Add 'name'."),
        ("boards: [{id: A b, name: A}]", "small letters, digits and single hyphens"),
        ("boards: [{id: a, name: A/B}]", "The name goes into file names"),
        ("boards: [{id: a, nam: A, name: B}]", "Did you mean 'name'?"),
        ("boards: [{id: a, name: A, service_areas: [adoptoin]}]", "Did you mean 'adoption'?"),
        ("boards: [{id: a, name: A, service_areas: []}]", "an empty list"),
        ("boards: [{id: a, name: A}, {id: a, name: B}]", "has it already"),
        ("boards: [{id: a, name: A}, {id: b, name: A}]", "has it already"),
        ("boards: [{id: a, name: A, meetings: [{date: 2020-13-01}]}]", "Write a day as 2020-09-15."),
        ("boards: [{id: a, name: A, meetings: [{date: 2020-09-01, papers_due: 2020-09-02}]}]", "after the meeting"),
        ("boards: [", "YAML"),
    ],
)
def test_a_fault_is_named_in_plain_words(catalogue: Catalogue, text: str, phrase: str) -> None:
    assert any(phrase in fault or phrase in fault.replace("the YAML", "YAML") for fault in faults(catalogue, text))


def test_all_faults_come_at_once_in_the_order_of_their_lines(catalogue: Catalogue) -> None:
    text = "boards:\n  - id: A b\n    name: A\n  - id: b\n    nam: B\n"
    lines = [int(fault.split()[0]) for fault in faults(catalogue, text)]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_a_fault_of_the_boards_is_caught_as_one_of_the_catalogue(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"^The list of boards has 1 fault:"):
        read_boards(b"", catalogue)
