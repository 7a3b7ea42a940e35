"""Who signed in: what a provider says, friendly or hostile, and the roles that come of it."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.access.claims import (
    NOT_VERIFIED,
    TOO_MANY_GROUPS,
    UnusableClaims,
    person_for,
    person_on_this_machine,
)
from scorecard.access.permissions import Permission, Role
from scorecard.access.read_access import read_access

ENTRA = "https://login.microsoftonline.com/0000/v2.0"
ACCESS = read_access(
    f"""
emails_vouched_for_by: [{ENTRA}]
grants:
  - {{email: jane@council.gov.uk, roles: [data_team]}}
  - {{email: jane@council.gov.uk, roles: [head_of_service], service_areas: [adoption]}}
  - {{group: heads, roles: [head_of_service], service_areas: [met]}}
  - {{domain: council.gov.uk, roles: [viewer]}}
  - {{local: jsmith, roles: [auditor]}}
""".encode()
)
WHO = {"iss": "https://sign-in.example", "sub": "1"}
JANE = {"email": "jane@council.gov.uk", "email_verified": True}
V, D, H, A = Role.VIEWER, Role.DATA_TEAM, Role.HEAD_OF_SERVICE, Role.AUDITOR
CASES: dict[str, tuple[dict[str, Any], set[Role]]] = {
    "a verified address": (JANE, {V, D, H}),
    "in capitals": ({"email": "Jane@COUNCIL.gov.uk", "email_verified": True}, {V, D, H}),
    "verified, in words": ({**JANE, "email_verified": "true"}, {V, D, H}),
    "not verified": ({**JANE, "email_verified": False}, set()),
    "not verified, in words": ({**JANE, "email_verified": "false"}, set()),
    "verified by what is no yes": ({**JANE, "email_verified": ["true"]}, set()),
    "nothing said": ({"email": "jane@council.gov.uk"}, set()),
    "Entra's own word for it": ({"email": "jane@council.gov.uk", "xms_edov": 1}, {V, D, H}),
    "two words that disagree": ({**JANE, "xms_edov": False}, set()),
    "nothing said by a provider that is vouched for": ({"iss": ENTRA, "email": "jane@council.gov.uk"}, {V, D, H}),
    "denied by a provider that is vouched for": ({**JANE, "iss": ENTRA, "email_verified": False}, set()),
    "another of the domain": ({"email": "bob@council.gov.uk", "email_verified": True}, {V}),
    "a domain that ends alike": ({"email": "bob@notcouncil.gov.uk", "email_verified": True}, set()),
    "a domain below": ({"email": "bob@x.council.gov.uk", "email_verified": True}, set()),
    "two at signs": ({"email": "a@evil.com@council.gov.uk", "email_verified": True}, set()),
    "a look-alike letter": ({"email": "jаne@council.gov.uk", "email_verified": True}, set()),
    "spaces around": ({"email": " jane@council.gov.uk", "email_verified": True}, set()),
    "a line break": ({"email": "jane@council.gov.uk\n", "email_verified": True}, set()),
    "a list of addresses": ({"email": ["jane@council.gov.uk"], "email_verified": True}, set()),
    "an address of 10 kB": ({"email": "a" * 10_000 + "@council.gov.uk", "email_verified": True}, set()),
    "no address at all": ({}, set()),
    "the address under another name": ({"preferred_username": "jane@council.gov.uk", "upn": JANE["email"]}, set()),
    "a group id alone": ({"groups": ["x", "heads"]}, {H}),
    "one group, as text": ({"groups": "heads"}, {H}),
    "a group, the address not verified": ({**JANE, "email_verified": False, "groups": ["heads"]}, {H}),
    "200 groups": ({"groups": [f"g{number}" for number in range(199)] + ["heads"]}, {H}),
    "groups that are none": ({"groups": [None, 7, {"heads": 1}, ["heads"], "h" * 10_000]}, set()),
    "groups in another shape": ({"groups": {"heads": True}}, set()),
    "the name of a local user": ({"name": "jsmith", "sub": "jsmith"}, set()),
    "a role of its own making": ({"roles": ["executive"], "role": "executive"}, set()),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "roles"), CASES.values(), ids=CASES)
def test_roles_come_from_verified_addresses_and_groups_alone(claims: dict[str, Any], roles: set[Role]) -> None:
    assert person_for({**WHO, **claims}, ACCESS).roles == roles


def test_service_areas_of_several_entries_add_up() -> None:
    jane = person_for({**WHO, **JANE, "groups": ["heads"]}, ACCESS)
    assert jane.service_areas == {"adoption", "met"}
    assert jane.may(Permission.COMMENT, "met")
    assert not jane.may(Permission.COMMENT, "fostering-placements")


HOSTILE = {
    "HTML": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "10 kB": ("x" * 10_000, "x" * 59 + "…"),
    "right to left": ("\u202egnp.exe\u2066 Jane\u200b", "gnp.exe Jane"),
    "lines": ("Jane\r\n\r\n<h1>", "Jane <h1>"),
    "a lone surrogate": ("Jane \ud800", "Jane"),
    "nothing": ("", "Somebody without a name"),
    "no text": ({"given": "Jane"}, "Somebody without a name"),
    "an address that isn't theirs": ("jane@council.gov.uk", "jane@council.gov.uk"),
}


@pytest.mark.parametrize(("name", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_cleaned_and_bounded_and_never_taken_for_a_verified_one(name: object, shown: str) -> None:
    person = person_for({**WHO, "name": name}, ACCESS)
    assert person.shown == shown
    assert person.name.startswith(shown[:40])
    assert person.name.endswith(")")
    assert "(not verified, " in person.name
    assert len(person.name) <= 100


def test_acts_name_the_address_that_is_verified_whatever_somebody_calls_themselves() -> None:
    assert person_for({**WHO, **JANE, "name": "The Executive Director"}, ACCESS).name == "jane@council.gov.uk"


def test_two_of_the_same_name_are_told_apart() -> None:
    one, other = (person_for({**WHO, "sub": sub, "name": "Jane"}, ACCESS).name for sub in ("1", "2"))
    assert one != other


@pytest.mark.parametrize("claims", [{}, {"sub": "1"}, {"iss": "a"}, {"iss": "a", "sub": ""}, {"iss": "a", "sub": 7}])
def test_who_can_not_be_told_is_not_let_in(claims: dict[str, Any]) -> None:
    with pytest.raises(UnusableClaims, match="doesn't say who you are"):
        person_for({**JANE, **claims}, ACCESS)


def test_a_person_is_told_why_their_roles_are_missing() -> None:
    assert person_for({**WHO, "_claim_names": {"groups": "src1"}}, ACCESS).remark == TOO_MANY_GROUPS
    assert person_for({**WHO, "hasgroups": True}, ACCESS).remark == TOO_MANY_GROUPS
    assert person_for(WHO, ACCESS).remark == NOT_VERIFIED
    assert person_for({**WHO, **JANE}, ACCESS).remark is None


def test_this_machines_user_has_every_role_where_there_is_no_list_and_else_what_it_gives() -> None:
    alone = person_on_this_machine("jsmith", None, by="A. Name")
    assert (alone.name, alone.roles, alone.service_areas) == ("A. Name", frozenset(Role), None)
    listed = person_on_this_machine("jsmith", ACCESS)
    assert (listed.name, listed.roles, listed.local) == ("jsmith", {A}, True)
    assert person_on_this_machine("root", ACCESS).roles == set()


def test_with_a_list_nobody_can_act_as_another_without_being_named() -> None:
    claimed = person_on_this_machine("jsmith", ACCESS, by="jane@council.gov.uk")
    assert (claimed.name, claimed.roles) == ("jane@council.gov.uk (by jsmith)", {A})
