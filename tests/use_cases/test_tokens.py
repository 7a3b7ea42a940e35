"""Tokens of programs: seen once, kept as a hash, held to a role, and of no use when they are over or altered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scorecard.access.permissions import Role
from scorecard.access.person import NotAllowed, Person
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.tokens import TokenRefused, give_token, program_with, roles_to_give, take_token_back, tokens

NOW = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def token_for(opened: Scorecard, role: str = "viewer", days: int = 30) -> str:
    return give_token(opened, "Power BI", role, TODAY + timedelta(days=days), when=NOW)


def test_a_token_lets_a_program_in_with_its_role_until_its_last_day_is_over(opened: Scorecard) -> None:
    token = token_for(opened)
    program = program_with(opened, f"Bearer {token}", NOW + timedelta(days=30))
    assert program.roles == {Role.VIEWER}
    assert program.name.startswith("Power BI (token ")
    assert token.rpartition("_")[2] not in str(tokens(opened).to_dict()) + str(opened.store.acts().to_dict())
    with pytest.raises(TokenRefused):
        program_with(opened, f"Bearer {token}", NOW + timedelta(days=31))
    take_token_back(opened, tokens(opened)["token_id"].iloc[0], when=NOW)
    with pytest.raises(TokenRefused):
        program_with(opened, f"bearer {token}", NOW)


def test_what_is_no_token_or_not_quite_one_lets_nobody_in(opened: Scorecard) -> None:
    token = token_for(opened)
    _, token_id, secret = token.split("_", 2)
    other = token_for(opened)
    for sent in (
        None, "", "Bearer", f"Basic {token}", token, f"Bearer {token} {token}", f"Bearer {token[:-1]}",
        f"Bearer {token[:-1]}{'A' if token[-1] != 'A' else 'B'}", f"Bearer scorecard_{'0' * 12}_{secret}",
        f"Bearer scorecard_{token_id}_{other.split('_', 2)[2]}", "Bearer " + "x" * 100_000, "Bearer scorecard_é_é",
    ):  # fmt: skip
        with pytest.raises(TokenRefused):
            program_with(opened, sent, NOW)


def test_nobody_gives_more_than_they_may_do(opened: Scorecard) -> None:
    team = opened.of(Person(name="Ann", roles=frozenset({Role.DATA_TEAM})))
    assert roles_to_give(team) == ["data_team", "viewer"]
    for role, message in (
        ("executive", "is more"),
        ("auditor", "is more"),
        ("head_of_service", "no role"),
        ("x", "no role"),
    ):
        with pytest.raises(ValueError, match=message):
            token_for(team, role)
    with pytest.raises(NotAllowed):
        token_for(opened.of(Person(name="Eve", roles=frozenset({Role.VIEWER}))))


@pytest.mark.parametrize(("name", "days"), [("", 1), ("x" * 61, 1), ("Pow\u200ber", 1), ("a", -1), ("a", 367)])
def test_a_token_has_a_plain_name_and_an_end_within_a_year(opened: Scorecard, name: str, days: int) -> None:
    with pytest.raises(ValueError, match=r"characters|last day"):
        give_token(opened, name, "viewer", TODAY + timedelta(days=days), when=NOW)
