"""How a pack says what it is: its state, what must be read first, its facts, what has no room."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scorecard.pack.document.front_page import facts, subject, warnings, watermark
from scorecard.pack.document.service_areas import _about
from scorecard.pack.document.words import (
    cut_to_room,
    letters,
    listed,
    scope_words,
    state_words,
)
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.models import PackState, Snapshot, TrailHead
from tests.pack import invented
from tests.pack.differences import OLD
from tests.pack.document.test_first_page import pack

WORKING, DRAFT = PackState(state="working_copy"), PackState()
WHEN = datetime(2020, 9, 3, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "expected", "across"),
    [
        (DRAFT, "DRAFT: not approved", "DRAFT"),
        (WORKING, "WORKING COPY: not a board paper", "WORKING COPY"),
        (PackState(state="approved"), "Approved", ""),
        (
            PackState(state="approved", role="Director", when=WHEN),
            "Approved by the Director on 3 September 2020, 10:05 UTC",
            "",
        ),
        (
            PackState(state="approved", role="Director", corrects="ab" * 32, reason="It was wrong"),
            "Approved by the Director. Corrects snapshot abababababab: It was wrong",
            "",
        ),
        (PackState(state="superseded"), "SUPERSEDED", "SUPERSEDED"),
        (
            PackState(state="superseded", superseded_at=WHEN, superseded_by="cd" * 32, reason="It was wrong"),
            "SUPERSEDED on 3 September 2020, 10:05 UTC by snapshot cdcdcdcdcdcd. Reason: It was wrong",
            "SUPERSEDED",
        ),
    ],
)
def test_a_packs_state_is_told_in_words_and_across_its_pages(state: PackState, expected: str, across: str) -> None:
    assert (state_words(state), watermark(state)) == (expected, across)


INVENTED = "Demonstration data: the history in this pack is invented. Do not use it to judge the service."
BOTH = "The person who approved this pack also sent figures that it rests on."


@pytest.mark.parametrize(
    ("state", "invented_data", "expected"),
    [
        (DRAFT, True, (INVENTED,)),
        (DRAFT, False, ()),
        (PackState(state="approved", who="A. Analyst"), False, (BOTH,)),
        (PackState(state="approved", who="B. Other"), False, ()),
        (PackState(state="approved"), False, ()),
        (PackState(state="draft", who="A. Analyst"), False, ()),
        (
            PackState(state="superseded"),
            True,
            (INVENTED, "This pack has been superseded: ask for the one that corrects it."),
        ),
    ],
)
def test_what_must_be_read_first(state: PackState, invented_data: bool, expected: tuple[str, ...]) -> None:
    assert warnings(pack(demonstration=invented_data, loaded_by=("A. Analyst",)), state) == expected


def cover_words(snapshot: Snapshot, state: PackState = DRAFT) -> dict[str, str]:
    return {fact.label: fact.words for fact in facts(snapshot, state, "ab" * 32)}


def test_the_facts_of_a_pack_are_told_in_their_order() -> None:
    snapshot = pack(loaded_by=("A. Analyst", "B. Other"), trail=TrailHead(act_id=7, sha256="ef" * 32))
    assert cover_words(snapshot) == {
        "Reporting month": "July 2020",
        "Board": "The Improvement Board",
        "State": "DRAFT: not approved",
        "As known at": "5 August 2020, 09:30 UTC",
        "Service areas": "The plan's only one",
        "Compared with": "The board, June 2020: snapshot 47642e124e3f, as known at 6 July 2020, 09:00 UTC",
        "Snapshot (SHA-256)": "ab" * 32,
        "Catalogue (SHA-256)": snapshot.catalogue_sha256,
        "Audit trail (act and seal)": f"7:{'ef' * 32}",
        "Figures sent by": "A. Analyst and B. Other",
        "Made by": "scorecard 0.1.0, pack version 1.1",
    }
    first = cover_words(pack(changes=None, corrects=Comparison(old=OLD), loaded_by=()))
    assert first["Compared with"] == "No earlier approved snapshot of this board"
    assert first["Corrects"] == ("Snapshot abababababab, as known at 1 July 2020, 00:00 UTC: nothing in its figures")
    assert first["Figures sent by"] == "no extract: the plan's own figures alone"
    assert "Audit trail (act and seal)" not in first
    assert not {"Board", "Compared with"} & set(cover_words(pack(), WORKING))


def of_board(shown: int, **changes: Any) -> Snapshot:
    """A pack of so many areas."""
    snapshot = pack()
    (area,) = snapshot.service_areas
    areas = tuple(area.model_copy(update={"id": f"a{number}", "name": f"A{number}"}) for number in range(shown))
    board = snapshot.board.model_copy(update={"name": "Committee", "service_areas": changes.pop("sees", None)})
    return snapshot.model_copy(update={"service_areas": areas, "board": board} | changes)


@pytest.mark.parametrize(
    ("snapshot", "scope", "draft", "working", "areas"),
    [
        (of_board(3), "The whole service", "The Improvement Board", "All service areas", "All 3 of the plan"),
        (of_board(1), "The whole service", "The Improvement Board", "A0", "The plan's only one"),
        (
            of_board(2, sees=("a0", "a1")),
            "The 2 service areas of the Committee",
            "The Improvement Board",
            "All service areas",
            "The 2 service areas of the Committee: A0 and A1",
        ),
        (
            of_board(2, areas_asked=("a0", "a1"), areas_seen=17),
            "2 of 17 service areas",
            "The Improvement Board: 2 of 17 service areas",
            "A0 and A1",
            "2 of 17 service areas: A0 and A1",
        ),
        (
            of_board(1, areas_asked=("a0",), areas_seen=None),
            "1 service area",
            "The Improvement Board: 1 service area",
            "A0",
            "1 service area: A0",
        ),
    ],
)
def test_what_a_pack_is_of(snapshot: Snapshot, scope: str, draft: str, working: str, areas: str) -> None:
    assert scope_words(snapshot) == scope
    assert (subject(snapshot, DRAFT), subject(snapshot, WORKING)) == (draft, working)
    assert cover_words(snapshot)["Service areas"] == areas
    if snapshot.areas_asked is not None:
        assert cover_words(snapshot, WORKING)["Service areas"] == working


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_parts_are_listed_in_a_sentence(parts: list[str], expected: str) -> None:
    assert listed(parts) == expected


@pytest.mark.parametrize(
    ("items", "room", "expected"),
    [
        (["a", "b", "c"], 3, ("a", "b", "c")),
        (["a", "b", "c"], 2, ("a", "and 2 more, below")),
        (["a", "b", "c"], 1, ("3 more, below",)),
        (["a" * 10, "b"], 3, ("a" * 10, "b")),  # ten letters are a line of ten and one begun
        (["a" * 10, "b"], 2, ("2 more, below",)),
        (["a" * 9, "b"], 2, ("a" * 9, "b")),
        ([], 0, ()),
    ],
)
def test_what_has_no_room_is_counted_with_where_it_stands(
    items: list[str], room: int, expected: tuple[str, ...]
) -> None:
    assert cut_to_room(items, "below", room, 10) == expected


@pytest.mark.parametrize(
    ("text", "long"),
    [("abc", 3), ("é", 1), ("я", 1), ("\u052f", 1), ("\u0530", 7), ("ạ", 1), ("\u1dff", 7), ("→", 1), ("\u2e80", 7)],
)
def test_a_letter_beyond_the_fonts_takes_the_room_of_its_code(text: str, long: int) -> None:
    assert letters(text) == long


@pytest.mark.parametrize(
    ("responsible", "outcomes", "expected"),
    [
        (("Head of Service", "Service Manager"), ("Children are safe", "Children are heard"),
         "Responsible: Head of Service; Service Manager. What the plan wants: Children are safe; Children are heard."),
        (("Head of Service",), (), "Responsible: Head of Service."),
        ((), ("Children are safe",), "What the plan wants: Children are safe."),
        ((), (), ""),
    ],
)  # fmt: skip
def test_what_a_service_area_is_about(responsible: tuple[str, ...], outcomes: tuple[str, ...], expected: str) -> None:
    (area,) = invented.three_measures().service_areas
    known = area.model_copy(update={"responsible": responsible, "outcomes": outcomes})
    assert " ".join(text.text for text in _about(known)) == expected
