"""Let people in who signed in, for as long as they may be: each click is looked at again."""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import JsonValue

from scorecard.access.access_list import IDLE_MINUTES, Access
from scorecard.access.claims import UnusableClaims, person_for
from scorecard.access.person import Person
from scorecard.access.sign_in import SignIn, SignInError, SignInOver, named_by, read_sign_in, require_current
from scorecard.store import StoreError
from scorecard.use_cases.note_act import note_act
from scorecard.use_cases.open_scorecard import (
    PROJECT,
    SIGN_IN_VARIABLE,
    Scorecard,
    access_of,
    names_open_to_anyone,
    now,
    settings_from,
)

__all__ = [
    "SignIn",
    "SignInError",
    "SignInOver",
    "UnusableClaims",
    "sign_in_file",
    "sign_in_of",
    "sign_out",
    "signed_in_person",
]

LOOPBACK = ("localhost", "127.0.0.1")
MOST_REMEMBERED = 10_000  # sign-ins
log = logging.getLogger("scorecard")
NOBODY_LISTED = "Nobody is listed yet: whoever looks after the scorecard writes config/access.yaml."


def sign_in_file(environment: Mapping[str, str]) -> Path | None:
    """The file that says how people sign in: the one that is named, else Streamlit's own where there is one."""
    named, own = environment.get(SIGN_IN_VARIABLE), PROJECT / ".streamlit" / "secrets.toml"
    return Path(named) if named else own if own.exists() else None


def sign_in_of(environment: Mapping[str, str]) -> SignIn | None:
    """How people sign in; None where they don't, and this machine's user is everybody. Raises SignInError."""
    file = sign_in_file(environment)
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except OSError as error:
        refusal = (
            f"Nobody can sign in: {file} can't be read: {error.strerror or error}. Put it back, or check its rights."
        )
        raise SignInError(refusal) from None
    read = _read(content, file.name)
    if read is None and environment.get(SIGN_IN_VARIABLE):
        raise SignInError(f"Nobody can sign in: {file} has no [auth]. docs/access.md says what to write.")
    return read


def names_open_to_others(environment: Mapping[str, str], sign_in: SignIn | None) -> tuple[str, ...]:
    """The names by which others may open the pages: the one at which they sign in, and those that are asked for.

    None: this machine alone.
    """
    own = () if sign_in is None or sign_in.host in LOOPBACK else (sign_in.host,)
    return tuple(dict.fromkeys([*own, *names_open_to_anyone(environment)]))


@lru_cache(maxsize=4)
def _read(content: bytes, name: str) -> SignIn | None:
    return read_sign_in(content, name)


class _Remembered:
    """When each sign-in was last seen in this process, and which are over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._over: OrderedDict[str, str] = OrderedDict()

    def seen(self, name: str, signed_at: float, moment: float, idle: float) -> bool:
        """Notes that a sign-in is used now; whether it is for the first time here. Raises SignInOver.

        signed_at: when the provider made it: one that is not known here was used then at the latest.
        """
        with self._lock:
            if why := self._over.get(name):
                raise SignInOver(why)
            first = name not in self._seen
            if moment - self._seen.get(name, signed_at) > idle:
                why = f"Your session ended, because nothing was done for {idle / 60:.0f} minutes. Sign in again."
                self._end(name, why)
                raise SignInOver(why)
            self._seen[name] = moment
            self._seen.move_to_end(name)
            while len(self._seen) > MOST_REMEMBERED:
                self._seen.popitem(last=False)
            return first

    def end(self, name: str, why: str) -> None:
        """Lets a sign-in be over."""
        with self._lock:
            self._end(name, why)

    def _end(self, name: str, why: str) -> None:
        self._seen.pop(name, None)
        self._over[name] = why
        while len(self._over) > MOST_REMEMBERED:
            self._over.popitem(last=False)


_remembered = _Remembered()
SIGNED_OUT = "You have signed out."


def signed_in_person(claims: Mapping[str, Any], sign_in: SignIn, machine: Scorecard) -> Person:
    """Who has signed in, with the roles that the list gives them at this moment: perhaps none.

    claims: of the ID token, as Streamlit's signed cookie holds them. machine: the scorecard, in the machine's hands.
    Raises SignInOver where the sign-in has run out, was ended, was idle or is not for us; UnusableClaims, AccessError.
    """
    access, moment, name = access_of(machine.settings), now().timestamp(), named_by(claims)
    require_current(claims, sign_in, moment)
    person = _known(claims, access)
    idle = 60.0 * (access.idle_minutes if access else IDLE_MINUTES)
    if _remembered.seen(name, float(claims["iat"]), moment, idle):
        if machine.store.credentials.is_over(name):
            _remembered.end(name, SIGNED_OUT)
            raise SignInOver(SIGNED_OUT)
        roles: list[JsonValue] = [*sorted(role.value for role in person.roles)]
        note_act(machine.store, person.name, now(), "signed in", f"sign-in {name[:12]}", {"roles": roles})
    return person


def sign_out(claims: Mapping[str, Any], machine: Scorecard) -> None:
    """Ends a sign-in for good, in every process: the cookie that a browser still has lets nobody in."""
    name = named_by(claims)
    _remembered.end(name, SIGNED_OUT)
    try:
        who = _known(claims, access_of(machine.settings)).name
    except ValueError:
        who = "somebody who can't be told"
    try:
        machine.store.credentials.end_sign_in(name, "signed out", who, now())
    except StoreError as error:  # the browser's cookie goes all the same, and here the sign-in is over
        log.warning("That %s signed out could not be kept: %s", who, error)


def _known(claims: Mapping[str, Any], access: Access | None) -> Person:
    if access is not None:
        return person_for(claims, access)
    nobody = Access.model_construct(grants=(), ask=None, idle_minutes=IDLE_MINUTES, emails_vouched_for_by=())
    return person_for(claims, nobody).model_copy(update={"remark": NOBODY_LISTED})


def whom_to_ask() -> str | None:
    """Whom a person without a role is told to ask, as the list says it."""
    access = access_of(settings_from(os.environ))
    return None if access is None else access.ask
