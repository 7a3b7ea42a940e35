"""Tokens for programs: given once, kept as a hash, with a role and an end; a request with one is held to that role."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex, token_urlsafe

import pandas as pd

from scorecard.access.permissions import ALLOWED, Permission, Role
from scorecard.access.person import Person
from scorecard.core.bounds import bounded
from scorecard.core.periods import day_words
from scorecard.core.safe_text import odd_words
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

LONGEST_LIFE = 366  # days
SECRET_BYTES = 32  # 256 random bits: a hash of them needs no salt
TOKEN = re.compile(r"scorecard_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
LONGEST_NAME = 60
SEND_ONE = "Send a token: Authorization: Bearer scorecard_… . Whoever manages tokens gives one, on the page Access."
NO_SUCH = "This token is not known here, or was taken back, or its last day is over. Ask for a new one."


class TokenRefused(Exception):
    """A program is not let in: it sent no token, or one that is of no use. The message says what to do."""


@needs(Permission.MANAGE_TOKENS)
def give_token(scorecard: Scorecard, name: str, role: str, ends: date, *, when: datetime) -> str:
    """Makes a token and returns it: the only time that anybody sees it, for only its hash is kept.

    name: of the program. role: one that allows nothing that whoever gives it may not do. ends: its last day. Raises
    ValueError for what can't be kept.
    """
    name = bounded("name", name)
    if not name or len(name) > LONGEST_NAME or odd_words(name):
        raise ValueError(f"Name the program, in {LONGEST_NAME} plain characters or less, such as Power BI.")
    if role not in [*Role] or role == Role.HEAD_OF_SERVICE:
        raise ValueError(
            f"There is no role '{role[:40]}' for a program. There are: {', '.join(roles_to_give(scorecard))}."
        )
    if role not in roles_to_give(scorecard):
        raise ValueError(f"Nobody gives more than they may do themselves, and the role {Role(role).label} is more.")
    if not when.date() <= ends <= when.date() + timedelta(days=LONGEST_LIFE):
        latest = day_words(when.date() + timedelta(days=LONGEST_LIFE))
        raise ValueError(f"The last day lies between today and a year from now, {latest}.")
    token_id, secret = token_hex(6), token_urlsafe(SECRET_BYTES)
    end = datetime.combine(ends + timedelta(days=1), time(), tzinfo=UTC)
    hashed = sha256(secret.encode()).hexdigest()
    scorecard.store.credentials.give_token(token_id, hashed, name, role, end, scorecard.who, when)
    return f"scorecard_{token_id}_{secret}"


@needs(Permission.MANAGE_TOKENS)
def take_token_back(scorecard: Scorecard, token_id: str, *, when: datetime) -> None:
    """Lets a token be of no use from now on. Raises UnknownToken, TokenTakenBack."""
    scorecard.store.credentials.take_token_back(token_id.strip(), scorecard.who, when)


@needs(Permission.MANAGE_TOKENS)
def tokens(scorecard: Scorecard) -> pd.DataFrame:
    """Every token that was given, the latest first, never the token itself (store's TOKEN_COLUMNS)."""
    return scorecard.store.credentials.tokens()


@needs(Permission.MANAGE_TOKENS)
def roles_to_give(scorecard: Scorecard) -> list[str]:
    """The roles that a token may have: those that allow nothing that whoever gives it may not do."""
    possible = [role for role in Role if role is not Role.HEAD_OF_SERVICE]
    return [role.value for role in possible if all(scorecard.person.may(permission) for permission in ALLOWED[role])]


def program_with(machine: Scorecard, authorization: str | None, when: datetime) -> Person:
    """The program whose token a request carries, as a person with one role.

    authorization: the header of that name. Raises TokenRefused.
    """
    if authorization is None:
        raise TokenRefused(SEND_ONE)
    scheme, _, sent = authorization.partition(" ")
    match = TOKEN.fullmatch(sent.strip()) if scheme.lower() == "bearer" and len(sent) < 200 else None
    if match is None:
        raise TokenRefused(SEND_ONE)
    kept_token = machine.store.credentials.token(match[1])
    right = compare_digest(sha256(match[2].encode()).hexdigest(), kept_token.sha256 if kept_token else "0" * 64)
    if kept_token is None or not right or kept_token.taken_back or when >= kept_token.ends_at:
        raise TokenRefused(NO_SUCH)
    return Person(name=f"{kept_token.name} (token {match[1]})", roles=frozenset({Role(kept_token.role)}))
