"""Who looks at a page: who signed in, or this machine's user where nobody signs in. Looked at again at each click."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import streamlit as st

from scorecard.access.person import Person
from scorecard.use_cases.open_scorecard import Scorecard, person_here
from scorecard.use_cases.sign_in import sign_in_of, sign_out, signed_in_person

_SHOWN_TO = "shown-to"


class NotSignedIn(Exception):
    """People sign in here, and whoever looks hasn't."""


def claims() -> dict[str, Any] | None:
    """What the provider said of who looks; None where nobody has signed in."""
    claims_made = st.user.to_dict()
    return dict(claims_made) if claims_made.get("is_logged_in") is True else None


def person_now(machine: Scorecard) -> Person:
    """Who looks, and what they may do at this moment. machine: the scorecard, in the machine's hands.

    Raises NotSignedIn, SignInOver, SignInError, UnusableClaims, AccessError, UnusableScorecard.
    """
    claims_made = claims()
    person = _known_by(claims_made, machine)
    if claims_made is not None:
        _forget_others(f"{claims_made.get('iss')} {claims_made.get('sub')}")
    return person


def person_later() -> Callable[[Scorecard], Person]:
    """Who looks now, looked at again when they take along what the page offers: a click for which no page is run."""
    claims_made = claims()
    return lambda machine: _known_by(claims_made, machine)


def _known_by(claims_made: dict[str, Any] | None, machine: Scorecard) -> Person:
    """claims_made: by the provider."""
    sign_in = sign_in_of(os.environ)
    if sign_in is None:
        return person_here(machine.settings)
    if claims_made is None:
        raise NotSignedIn
    return signed_in_person(claims_made, sign_in, machine)


def sign_out_here(machine: Scorecard) -> None:
    """Signs out whoever looks: here, in their other tabs, and at the provider where it can be."""
    claims_made = claims()
    if claims_made is not None:
        sign_out(claims_made, machine)
    st.session_state.clear()
    st.logout()


def _forget_others(subject: str) -> None:
    """Nothing that a tab holds of one person is there for the next."""
    if st.session_state.get(_SHOWN_TO, subject) != subject:
        st.session_state.clear()
    st.session_state[_SHOWN_TO] = subject
