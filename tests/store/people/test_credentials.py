"""Tokens and ended sign-ins: kept as hashes, of use until they are taken back, and each an act."""

import pytest

from scorecard.store import RefusedError, Store
from scorecard.store.people.credentials import TOKEN_COLUMNS
from tests.store.submitted import at


def test_a_token_is_of_use_until_it_is_taken_back_and_both_are_acts(store: Store) -> None:
    credentials = store.credentials
    assert credentials.token("a1") is None
    assert list(credentials.tokens().columns) == TOKEN_COLUMNS
    credentials.give_token("a1", "hash", "Power BI", "viewer", at(90), "Ann", at(1))
    credentials.give_token("b2", "other", "Excel", "auditor", at(30), "Ann", at(2))
    token = credentials.token("a1")
    assert token is not None
    assert (token.name, token.role, token.sha256, token.ends_at, token.taken_back) == (
        "Power BI", "viewer", "hash", at(90), False,
    )  # fmt: skip
    credentials.take_token_back("a1", "Eve", at(3))
    after = credentials.token("a1")
    assert after is not None
    assert after.taken_back
    assert credentials.tokens()["token_id"].tolist() == ["b2", "a1"]
    assert credentials.tokens()["taken_back_by"].tolist() == [None, "Eve"]
    assert [(act["who"], act["what"], act["subject"]) for act in store.acts().to_dict("records")] == [
        ("Ann", "gave a token", "token a1"), ("Ann", "gave a token", "token b2"),
        ("Eve", "took back a token", "token a1"),
    ]  # fmt: skip
    assert "hash" not in str(store.acts()["detail"].tolist()), "the trail tells nothing that a token is known by"
    for token_id, message in (("a1", "was taken back by Eve already"), ("zz", "There is no token zz")):
        with pytest.raises(RefusedError, match=message):
            credentials.take_token_back(token_id, "Bob", at(4))


def test_a_sign_in_that_is_over_stays_over(store: Store) -> None:
    assert not store.credentials.is_over("abc")
    for _ in range(2):
        store.credentials.end_sign_in("abc", "signed out", "Ann", at(1))
    assert store.credentials.is_over("abc")
    assert store.acts()["what"].tolist() == ["signed out"]
