"""The door: where people sign in, and what is said to whom nothing may be shown. What was asked for comes after it."""

from __future__ import annotations

import logging
import os

import streamlit as st

from scorecard.access.person import Person
from scorecard.pages.parts.markup import Markup, heading, paragraph, show
from scorecard.pages.parts.person import NotSignedIn, claims, person_now, sign_out_here
from scorecard.pages.parts.session import fault, local_scorecard
from scorecard.use_cases.errors import CANT_OPEN, AccessError
from scorecard.use_cases.sign_in import SignInError, SignInOver, UnusableClaims, sign_in_of, whom_to_ask

log = logging.getLogger("scorecard.pages")
NAME = "Measures that matter"
FAILED = "scorecard_sign_in"  # the cookie that says why the last sign-in came to nothing
WHY_NOT = {
    "declined": (
        "Your provider did not sign you in: it was called off there, or your account may not use this program. Sign in "
        "again, or ask whoever looks after accounts."
    ),
    "unusable": (
        "You were not signed in: what your provider answered was used before, came too late, or could not be proved to "
        "be for this scorecard. Sign in again. If it happens again, tell whoever looks after the scorecard when it was."
    ),
    "unreachable": (
        "You were not signed in: your provider does not answer. Try again in a minute. If it goes on, tell whoever "
        "looks after the scorecard."
    ),
}


def who_enters() -> Person | None:
    """Who may see the page; None where nobody may, and the page says why and what to do."""
    try:
        if sign_in_of(os.environ) is not None and claims() is None:
            raise NotSignedIn
        person = person_now(local_scorecard())
    except NotSignedIn:
        _sign_in(WHY_NOT.get(st.context.cookies.get(FAILED, ""), "Sign in to see the figures."))
    except SignInOver as error:
        _sign_in(str(error))
    except SignInError as error:
        log.error("%s", error)
        fault("Nobody can sign in", "The settings of the sign-in have a fault. Tell whoever looks after the scorecard.")
    except AccessError as error:
        fault("Nobody can be let in", error.for_strangers)
    except UnusableClaims as error:
        fault("You can't be let in", str(error))
        _sign_out()
    except (*CANT_OPEN, OSError) as error:
        fault("The scorecard can't be opened", str(error))
        st.button("Try again")  # every click does
    else:
        if person.roles:
            return person
        _without_a_role(person)
    return None


def _sign_in(why: str) -> None:
    show(heading(NAME, 1))
    show(paragraph(why, "sc-words"))
    if st.button("Sign in", type="primary", key="sign-in"):
        st.login()


def _without_a_role(person: Person) -> None:
    show(heading("You have no part in this scorecard yet", 1))
    asked = whom_to_ask() or "whoever looks after the scorecard"
    known = f"You are known here as {person.name}." if person.email or person.local else f"You are {person.called}."
    explanation = (
        f"{known} No role is given to you, so nothing is shown. Ask {asked} for one, and say what you are to do."
    )
    show(Markup(f'<div class="sc-notice" role="alert">{paragraph(explanation)}</div>'))
    if person.remark:
        show(paragraph(person.remark, "sc-words"))
    if not person.local:
        _sign_out()


def _sign_out() -> None:
    if st.button("Sign out, or sign in as somebody else", key="sign-out"):
        sign_out_here(local_scorecard())
