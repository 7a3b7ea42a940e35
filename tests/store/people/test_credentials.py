"""Tokens and ended sign-ins: kept as hashes, of use until they are taken back, and each an act."""

import pytest

from scorecard.store import RefusedError, Store
from scorecard.store.people.credentials import TOKEN_COLUMNS
from tests.store.submitted import at


def test_a_token_is_of_use_until_it_is_taken_back_and_both_are_acts(store: Store) -> None:
    kept = store.credentials
    assert kept.token("a1") is None
    assert list(kept.tokens().columns) == TOKEN_COLUMNS
    kept.give_token("a1", "hash", "Power BI", "viewer", at(90), "Ann", at(1))
    kept.give_token("b2", "other", "Excel", "auditor", at(30), "Ann", at(2))
    found = kept.token("a1")
    assert found is not None
    assert (found.name, found.role, found.sha256, found.ends_at, found.taken_back) == (
        "Power BI", "viewer", "hash", at(90), False,
    )  # fmt: skip
    kept.take_token_back("a1", "Eve", at(3))
    after = kept.token("a1")
    assert after is not None
    assert after.taken_back
    assert kept.tokens()["token_id"].tolist() == ["b2", "a1"]
    assert kept.tokens()["taken_back_by"].tolist() == [None, "Eve"]
    assert [(one["who"], one["what"], one["subject"]) for one in store.acts().to_dict("records")] == [
        ("Ann", "gave a token", "token a1"), ("Ann", "gave a token", "token b2"),
        ("Eve", "took back a token", "token a1"),
    ]  # fmt: skip
    assert "hash" not in str(store.acts()["detail"].tolist()), "the trail tells nothing that a token is known by"
    for token_id, words in (("a1", "was taken back by Eve already"), ("zz", "There is no token zz")):
        with pytest.raises(RefusedError, match=words):
            kept.take_token_back(token_id, "Bob", at(4))


def test_a_sign_in_that_is_over_stays_over(store: Store) -> None:
    assert not store.credentials.is_over("abc")
    for _ in range(2):
        store.credentials.end_sign_in("abc", "signed out", "Ann", at(1))
    assert store.credentials.is_over("abc")
    assert store.acts()["what"].tolist() == ["signed out"]
