"""Who signed in, by what their provider says of them: every claim is somebody else's text, and is held to be hostile.

An address counts where the provider says that it is verified, or is one that the list vouches for. A provider's other
names (name, preferred_username, upn) give no role: people can choose them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from scorecard.access.access_list import EMAIL_PATTERN, LONGEST_EMAIL, Access, Grant
from scorecard.access.permissions import Role
from scorecard.access.person import Person, local_person
from scorecard.core.safe_text import visible, without_unseen

LONGEST_SHOWN, LONGEST_GROUP, MOST_GROUPS = 60, 200, 10_000
LONGEST_SUBJECT = 2_000
TOO_MANY_GROUPS = (
    "Your provider left your groups out, because there are too many: ask for an address or a domain to be listed."
)
NOT_VERIFIED = "Your provider doesn't say that your address is verified, so only your groups count."
SAYS_NOT_WHO = "Your provider doesn't say who you are (no sub and no iss), so you can't be let in."


class UnusableClaims(ValueError):
    """What the provider says can't be used; the message says why."""


def person_for(claims: Mapping[str, Any], access: Access) -> Person:
    """Who has signed in, with the roles that the list gives them; with none where it gives none.

    claims: of the ID token, whose signature, time and audience were checked. Raises UnusableClaims where they don't
    say who it is.
    """
    subject, issuer = claims.get("sub"), claims.get("iss")
    if not all(isinstance(claim, str) and 0 < len(claim) <= LONGEST_SUBJECT for claim in (subject, issuer)):
        raise UnusableClaims(SAYS_NOT_WHO)
    email = verified_email(claims, access)
    groups = groups_of(claims)
    shown = _tidy(claims.get("name")) or email or "Somebody without a name"
    grants = [*access.of_groups(groups), *(access.of_email(email) if email else ())]
    number = sha256(f"{issuer}\n{subject}".encode("utf-8", "backslashreplace")).hexdigest()[:12]
    unverified = f"{shown[:40]} (not verified, {number})"
    return _given(
        Person(name=email or unverified, shown=shown, email=email, remark=_remark(claims, email)),
        grants,
    )


def person_on_this_machine(user: str, access: Access | None, by: str | None = None) -> Person:
    """The user of this machine: every role where there is no list, else what the list gives them under 'local'.

    by: as whom they say that they act; with a list, acts name the user too, who alone is known to be there.
    """
    if access is None:
        return local_person(by or user)
    name = user if by is None or by == user else f"{by} (by {user})"
    return _given(Person(name=name, shown=by or user, local=True), access.of_local(user))


def verified_email(claims: Mapping[str, Any], access: Access) -> str | None:
    """The address in lower case, where the provider says that it is verified or is vouched for; else None."""
    email = claims.get("email")
    if not isinstance(email, str) or len(email) > LONGEST_EMAIL or not EMAIL_PATTERN.fullmatch(email):
        return None
    verifications = [
        claims[name] for name in ("email_verified", "xms_edov") if name in claims
    ]  # the second is Entra ID's
    if verifications:
        return email.lower() if all(_is_yes(verification) for verification in verifications) else None
    return email.lower() if claims.get("iss") in access.emails_vouched_for_by else None


def groups_of(claims: Mapping[str, Any]) -> frozenset[str]:
    """The groups that the provider names; what is no text, or is too long, is left out."""
    claimed = claims.get("groups")
    if isinstance(claimed, str):
        claimed = [claimed]
    if not isinstance(claimed, list):
        return frozenset()
    return frozenset(
        group for group in claimed[:MOST_GROUPS] if isinstance(group, str) and 0 < len(group) <= LONGEST_GROUP
    )


def _given(person: Person, grants: Iterable[Grant]) -> Person:
    roles: set[Role] = set()
    areas: set[str] = set()
    for grant in grants:
        roles.update(grant.roles)
        areas.update(grant.service_areas)
    return person.model_copy(update={"roles": frozenset(roles), "service_areas": frozenset(areas)})


def _tidy(text: object) -> str:
    """A name that can be shown: without what can't be seen, on one line, and short."""
    if not isinstance(text, str):
        return ""
    on_one_line = without_unseen(" ".join(text[:1_000].split()))
    return visible(" ".join(on_one_line.split()), LONGEST_SHOWN)


def _remark(claims: Mapping[str, Any], email: str | None) -> str | None:
    names = claims.get("_claim_names")
    if claims.get("hasgroups") or (isinstance(names, Mapping) and "groups" in names):
        return TOO_MANY_GROUPS
    return NOT_VERIFIED if email is None else None


def _is_yes(claim: object) -> bool:
    return (
        claim is True
        or (type(claim) is int and claim == 1)
        or (isinstance(claim, str) and claim.lower() in ("true", "1"))
    )
