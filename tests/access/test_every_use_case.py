"""Every use case × every role, against the table that docs/access.md shows to people."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

import scorecard.use_cases
from scorecard.access.permissions import BY_SERVICE_AREA, Permission, Role
from scorecard.access.person import NotAllowed, Person
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import PROJECT, REFUSED, Scorecard
from tests.access.access_table import IN_OWN, NO, PAGE, YES, table, told_on_the_page

# They open what a person is then held to, tell no figure, or are only reached through use cases that are held.
OPEN_THE_DOOR = {
    "access_of", "accept_changes", "area_of_measure", "changed_readings", "found_access", "load_catalogue", "not_ready",
    "note_access", "note_act", "open_scorecard", "person_here", "program_with", "refused", "sign_out",
    "signed_in_person", "store_now", "stored_figures",
}  # fmt: skip
OUTSIDE = ("pages", "cli", "api")
OPENED = ("Scorecard", "Settings", "Store")


def use_cases() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of the use cases that is handed a scorecard, or what one is opened by."""
    for listed_module in pkgutil.walk_packages(scorecard.use_cases.__path__, "scorecard.use_cases."):
        module = importlib.import_module(listed_module.name)
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == listed_module.name and not name.startswith("_"):
                handed = [str(parameter.annotation) for parameter in inspect.signature(function).parameters.values()]
                if any(annotation in OPENED for annotation in handed) and name not in OPEN_THE_DOOR:
                    yield f"{listed_module.name.removeprefix('scorecard.use_cases.')}.{name}", function


USE_CASES = dict(use_cases())
TOLD = told_on_the_page()


class Untouched:
    """Stands for a store and a catalogue that nobody comes to: what is allowed is told by having come so far."""

    read_only = True  # so that no refusal is kept in it

    def __getattr__(self, name: str) -> object:
        raise LookupError(name)


def untouched(opened: Scorecard, who: Person) -> Scorecard:
    nothing: Any = Untouched()
    return replace(opened, person=who, store=nothing, catalogue=nothing)


def person(role: Role) -> Person:
    return Person(name=f"a {role}", roles=frozenset({role}), service_areas=frozenset({"adoption"}))


def test_the_page_shows_the_table_that_is_held() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), "renew it: python -m tests.access.access_table"


def test_every_use_case_names_what_it_needs() -> None:
    assert len(USE_CASES) > 60
    assert [
        name for name, use_case in USE_CASES.items() if not isinstance(vars(use_case).get("needs"), Permission)
    ] == []


def test_pages_terminal_and_interface_go_round_no_use_case() -> None:
    texts = [
        file.read_text(encoding="utf-8") for room in OUTSIDE for file in (PROJECT / "scorecard" / room).rglob("*.py")
    ]
    asked = {name for text in texts for name in re.findall(r"\bstore\.(\w+)\(", text)}
    assert asked <= {"last_change", "version"}, "what the store is asked, a use case asks"
    assert not any("stored_figures" in text for text in texts)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_call_what_the_table_says_and_nothing_else(opened: Scorecard, role: Role) -> None:
    """Only who acts is handed over: what is allowed goes on to miss the rest, and what is not never gets there."""
    held = untouched(opened, person(role))
    differs = []
    for name, use_case in USE_CASES.items():
        permission: Permission = vars(use_case)["needs"]
        first = next(iter(inspect.signature(use_case).parameters.values()))
        args = (held,) if first.annotation == "Scorecard" else (held.settings,)
        kwargs = {} if first.annotation == "Scorecard" else {"person": held.person}
        if permission in BY_SERVICE_AREA:
            allowed = held.person.may(permission)
        else:
            try:
                use_case(*args, **kwargs)
                allowed = True
            except NotAllowed:
                allowed = False
            except Exception:
                allowed = True
        if allowed != (TOLD[permission, role] in (YES, IN_OWN)):
            differs.append(name)
    assert differs == []


def test_without_a_role_nothing_is_allowed(opened: Scorecard) -> None:
    nobody = untouched(opened, Person(name="nobody"))
    for name, use_case in USE_CASES.items():
        first = next(iter(inspect.signature(use_case).parameters.values()))
        if first.annotation == "Scorecard" and vars(use_case)["needs"] not in BY_SERVICE_AREA:
            with pytest.raises(NotAllowed, match="nobody may not"):
                pytest.fail(f"{name} gave {use_case(nobody)}")


def test_a_refusal_is_an_act_with_who_and_what(opened: Scorecard) -> None:
    viewer = opened.of(person(Role.VIEWER))
    with pytest.raises(
        NotAllowed, match="a viewer may not take back a file of figures: that is for the role data team"
    ):
        viewer.require(Permission.WITHDRAW)
    last = opened.store.acts().iloc[-1]
    assert (last["who"], last["what"], last["subject"]) == ("a viewer", REFUSED, "withdraw")


def test_commentary_is_written_in_the_named_service_areas_alone(opened: Scorecard) -> None:
    @needs(Permission.COMMENT, area=lambda _scorecard, area: area)
    def comment(_scorecard: Scorecard, area: str) -> str:
        return area

    head = opened.of(person(Role.HEAD_OF_SERVICE))
    assert comment(head, "adoption") == "adoption"
    with pytest.raises(NotAllowed):
        comment(head, "met")
    assert opened.store.acts().iloc[-1]["detail"] == {"service_area": "met"}
    for role in set(Role) - {Role.HEAD_OF_SERVICE}:
        with pytest.raises(NotAllowed):
            comment(opened.of(person(role)), "adoption")


def test_what_is_allowed_by_service_area_says_of_which_and_nothing_else_does() -> None:
    with pytest.raises(TypeError):
        needs(Permission.COMMENT)
    with pytest.raises(TypeError):
        needs(Permission.READ, area=lambda *_: "adoption")


def test_the_roles_do_their_part_and_no_more() -> None:
    """As the issue that asked for roles words them."""
    only = {
        Permission.SUBMIT: {Role.DATA_TEAM},
        Permission.WITHDRAW: {Role.DATA_TEAM},
        Permission.LAYOUTS: {Role.DATA_TEAM},
        Permission.COMMENT: {Role.HEAD_OF_SERVICE},
        Permission.APPROVE_COMMENT: {Role.EXECUTIVE},
        Permission.TAKE_SNAPSHOT: {Role.EXECUTIVE},
        Permission.APPROVE_SNAPSHOT: {Role.EXECUTIVE},
        Permission.ANSWER_DECISION: {Role.EXECUTIVE},
        Permission.READ_TRAIL: {Role.AUDITOR},
        Permission.READ: set(Role),
    }
    for permission, roles in only.items():
        assert {role for role in Role if TOLD[permission, role] != NO} == roles, permission
