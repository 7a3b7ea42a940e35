"""Who signed in is let in for as long as they may be: each click is looked at anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from scorecard.access.permissions import Role
from scorecard.access.read_access import AccessError
from scorecard.access.sign_in import SignIn, SignInOver
from scorecard.use_cases import sign_in as signing_in
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.sign_in import sign_out, signed_in_person

US = SignIn(redirect_uri="https://scorecard.council.gov.uk/oauth2callback", client_id="me")
NOW = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)
LIST = "idle_minutes: 30\ngrants: [{email: jane@council.gov.uk, roles: [viewer, data_team]}]\n"


class Sitting:
    """Somebody who signed in, and looks at pages at moments of a clock that the test sets."""

    def __init__(self, opened: Scorecard, access: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        access.write_text(LIST)
        self.access, self.patch = access, monkeypatch
        object.__setattr__(opened, "settings", opened.settings.model_copy(update={"access": access}))
        self.opened, seconds = opened, int(NOW.timestamp())
        self.claims: dict[str, Any] = {
            "iss": "https://login.example", "sub": str(uuid4()), "aud": "me", "iat": seconds, "exp": seconds + 8 * 3600,
            "email": "jane@council.gov.uk", "email_verified": True,
        }  # fmt: skip

    def clicks(self, minutes: float) -> frozenset[Role]:
        self.patch.setattr(signing_in, "now", lambda: NOW + timedelta(minutes=minutes))
        return signed_in_person(self.claims, US, self.opened).roles


@pytest.fixture
def sitting(opened: Scorecard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    return Sitting(opened, tmp_path / "access.yaml", monkeypatch)


def test_a_session_ends_half_an_hour_after_the_last_click_and_stays_over(sitting: Sitting) -> None:
    for minutes in (0, 30, 59.9, 89.8):
        assert sitting.clicks(minutes)
    for minutes in (120, 121):
        with pytest.raises(SignInOver, match="nothing was done for 30 minutes"):
            sitting.clicks(minutes)


def test_a_sign_in_that_nobody_has_seen_here_is_idle_since_it_was_made(sitting: Sitting) -> None:
    with pytest.raises(SignInOver, match="nothing was done for 30 minutes"):
        sitting.clicks(31)


def test_a_session_ends_with_its_token_however_busy_it_is(sitting: Sitting) -> None:
    for minutes in range(0, 8 * 60, 29):
        assert sitting.clicks(minutes)
    with pytest.raises(SignInOver, match="has run out"):
        sitting.clicks(8 * 60)


def test_a_role_is_what_the_list_says_at_the_click(sitting: Sitting) -> None:
    assert sitting.clicks(0) == {Role.VIEWER, Role.DATA_TEAM}
    sitting.access.write_text(LIST.replace(", data_team", ""))
    assert sitting.clicks(1) == {Role.VIEWER}
    sitting.access.write_text(LIST.replace("jane", "bob"))
    assert sitting.clicks(2) == frozenset()
    sitting.access.write_text("grants: []")
    with pytest.raises(AccessError):
        sitting.clicks(3)


def test_a_sign_in_is_an_act_once_and_a_cookie_of_one_that_was_ended_lets_nobody_in(sitting: Sitting) -> None:
    for minutes in (0, 1, 2):
        sitting.clicks(minutes)
    sign_out(sitting.claims, sitting.opened)
    with pytest.raises(SignInOver, match="You have signed out"):
        sitting.clicks(3)
    signing_in._remembered.__init__()  # type: ignore[misc]  # as in another process, which knows the store alone
    with pytest.raises(SignInOver, match="You have signed out"):
        sitting.clicks(4)
    acts = sitting.opened.store.acts()
    assert acts.loc[acts["who"] == "jane@council.gov.uk", "what"].tolist() == ["signed in", "signed out"]
    assert acts["detail"].iloc[-2] == {"roles": ["data_team", "viewer"]}
