"""The list of who may do what: what it gives, and every way in which it can be wrong, with the line and the remedy."""

from __future__ import annotations

import pytest

from scorecard.access.permissions import Role
from scorecard.access.read_access import AccessError, read_access

GOOD = b"""
ask: the performance team
idle_minutes: 10
emails_vouched_for_by: [https://login.example/t/v2.0]
grants:
  - {email: Jane.Smith@Example.gov.uk, roles: [data_team, executive]}
  - {group: 7f0c, roles: [viewer]}
  - {domain: example.gov.uk, roles: [viewer]}
  - {local: jsmith, roles: [auditor]}
  - {email: sam@example.gov.uk, roles: [head_of_service], service_areas: [adoption]}
"""


def test_a_good_list_is_read() -> None:
    access = read_access(GOOD)
    assert (access.ask, access.idle_minutes, len(access.grants)) == ("the performance team", 10, 5)
    assert access.grants[0].email == "jane.smith@example.gov.uk"
    assert access.grants[0].roles == (Role.DATA_TEAM, Role.EXECUTIVE)
    assert access.grants[4].service_areas == ("adoption",)


def test_a_session_is_idle_after_half_an_hour_unless_the_list_says_otherwise() -> None:
    assert read_access(b"grants: [{local: a, roles: [viewer]}]").idle_minutes == 30


HEAD = "grants:\n  - {local: a, roles: [viewer]}\n"
FAULTS = {
    "nothing": ("", 1, "A list of access has 'grants'"),
    "no grants": ("ask: me", 1, "A list of access has 'grants'"),
    "nobody": ("grants: []", 1, "A list of access has 'grants'"),
    "nobody, in a block": ("ask: me\ngrants:\n", 2, "A list of access has 'grants'"),
    "no such role": (HEAD + "  - {local: b, roles: [viewr]}", 3, "Did you mean 'viewer'?"),
    "no role": (HEAD + "  - {local: b, roles: []}", 3, "Too few: at least 1 needed."),
    "roles missing": (HEAD + "  - {local: b}", 3, "Add 'roles'."),
    "to nobody": (HEAD + "  - {roles: [viewer]}", 3, "Name one of email, group, domain or local, and not none"),
    "to two": (HEAD + "  - {local: b, group: c, roles: [viewer]}", 3, "and not group and local."),
    "an unknown key": (HEAD + "  - {locl: b, roles: [viewer]}", 3, "Did you mean 'local'?"),
    "an unknown key above": ("grnts: []\n" + HEAD, 1, "Did you mean 'grants'?"),
    "no address": (HEAD + "  - {email: jane, roles: [viewer]}", 3, "Write an address as jane.smith@example.gov.uk."),
    "an address with a look-alike": (HEAD + "  - {email: jаne@b.uk, roles: [viewer]}", 3, "Write an address as"),
    "no domain": (HEAD + "  - {domain: '@example.gov.uk', roles: [viewer]}", 3, "without @."),
    "a domain for all": (HEAD + "  - {domain: '*', roles: [viewer]}", 3, "without @."),
    "no areas": (HEAD + "  - {local: b, roles: [head_of_service]}", 3, "Head_of_service needs service_areas"),
    "areas of another": (HEAD + "  - {local: b, roles: [viewer], service_areas: [adoption]}", 3, "alone: add it"),
    "an area that is none": (
        HEAD + "  - {local: b, roles: [head_of_service], service_areas: ['A B']}", 3, "A service area's id has"
    ),
    "idle for ever": (HEAD + "idle_minutes: 100000", 3, "It must be 1440 or less."),
    "idle at once": (HEAD + "idle_minutes: 0", 3, "It must be 1 or more."),
    "idle in words": (HEAD + "idle_minutes: half an hour", 3, "A whole number is needed"),
    "twice": (HEAD + "grants: [{local: b, roles: [viewer]}]", 3, "It stands on line 1 too"),
    "an alias": ("grants:\n  - &a {local: a, roles: [viewer]}\n  - *a", 3, "aliases are not allowed"),
    "a tag": ("grants: !!python/object:os.system []", 1, "Take the tag out"),
    "no YAML": ("grants: [}", 1, "Mend the quotes, brackets"),
    "not text": ("grants: \udcff", 1, "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_what_to_do(text: str, line: int, remedy: str) -> None:
    with pytest.raises(AccessError) as caught:
        read_access(text.encode("utf-8", "surrogateescape"), "access.yaml")
    faults = [fault for fault in caught.value.faults if remedy in fault.remedy]
    assert [(fault.file, fault.line) for fault in faults] == [("access.yaml", line)], str(caught.value)
    assert str(caught.value).startswith("Nobody is let in: the list of who may do what has 1 fault:")


def test_strangers_are_told_the_line_and_not_who_stands_there() -> None:
    with pytest.raises(AccessError) as caught:
        read_access(b"grants: [{email: secret@x, roles: [viewer]}]", "access.yaml")
    assert "secret" in str(caught.value)
    assert "secret" not in caught.value.for_strangers
    assert "access.yaml, line 1" in caught.value.for_strangers


def test_a_service_area_that_the_catalogue_has_not_is_a_fault_and_refuses_all() -> None:
    known = frozenset({"adoption", "fostering-placements"})
    assert read_access(GOOD, service_areas=known) == read_access(GOOD)
    text = HEAD + "  - local: b\n    roles: [head_of_service]\n    service_areas: [adoption, adoptoin, housing]\n"
    assert read_access(text.encode()).grants, "which there are is not known: the catalogue says what is wrong with it"
    with pytest.raises(AccessError) as caught:
        read_access(text.encode(), "access.yaml", known)
    assert [(fault.line, fault.found, fault.remedy) for fault in caught.value.faults] == [
        (5, "'adoptoin'", "Did you mean 'adoption'?"),
        (5, "'housing'", "The catalogue's service areas are adoption, fostering-placements."),
    ]


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(AccessError) as caught:
        read_access(b"grants:\n- {local: a, roles: [x]}\n- {local: b, roles: [y]}\nidle_minutes: 0")
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]
