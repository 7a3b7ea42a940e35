"""Who has which role: config/access.yaml as frozen models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from scorecard.access.permissions import Role
from scorecard.catalogue.models import Frozen, Identifier, Text

IDLE_MINUTES, LONGEST_IDLE = 30, 24 * 60
LOCAL_PART = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
DOMAIN = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
EMAIL_PATTERN, DOMAIN_PATTERN = re.compile(f"{LOCAL_PART}@{DOMAIN}"), re.compile(DOMAIN)
LONGEST_EMAIL = 100  # characters: as many as a name that is kept may have

Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Grant(Frozen):
    """Roles for whoever has an address, is in a group, or has an address of a domain; or for a user of this machine.

    service_areas: with head_of_service alone, which ones.
    """

    email: Named | None = None
    group: Named | None = None
    domain: Named | None = None
    local: Named | None = None
    roles: tuple[Role, ...] = Field(min_length=1)
    service_areas: tuple[Identifier, ...] = ()

    @field_validator("email")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and not EMAIL_PATTERN.fullmatch(value):
            raise ValueError("write an address as jane.smith@example.gov.uk")
        return value and value.lower()

    @field_validator("domain")
    @classmethod
    def _a_domain(cls, value: str | None) -> str | None:
        if value is not None and not DOMAIN_PATTERN.fullmatch(value):
            raise ValueError("write a domain as example.gov.uk, without @")
        return value and value.lower()

    @model_validator(mode="after")
    def _to_somebody(self) -> Self:
        names_given = [name for name in ("email", "group", "domain", "local") if getattr(self, name) is not None]
        if len(names_given) != 1:
            names_found = "none of them" if not names_given else " and ".join(names_given)
            raise ValueError(f"name one of email, group, domain or local, and not {names_found}")
        heads = Role.HEAD_OF_SERVICE in self.roles
        if heads and not self.service_areas:
            raise ValueError("head_of_service needs service_areas: which ones, by their ids")
        if self.service_areas and not heads:
            raise ValueError("service_areas go with the role head_of_service alone: add it, or take them out")
        return self


class Access(Frozen):
    """The whole list. ask: whom to ask for a role, as pages say it. idle_minutes: after how long a session ends.

    emails_vouched_for_by: providers (their issuer) that give addresses to their own people alone, and don't say so.
    """

    grants: tuple[Grant, ...] = Field(min_length=1)
    ask: Text | None = None
    idle_minutes: int = Field(default=IDLE_MINUTES, ge=1, le=LONGEST_IDLE, strict=True)
    emails_vouched_for_by: tuple[Text, ...] = ()

    def of_local(self, user: str) -> Iterator[Grant]:
        """What a user of this machine is given."""
        return (grant for grant in self.grants if grant.local is not None and grant.local == user)

    def of_email(self, email: str) -> Iterator[Grant]:
        """What an address is given, by itself or by its domain."""
        domain = email.rpartition("@")[2]
        return (grant for grant in self.grants if email == grant.email or domain == grant.domain)

    def of_groups(self, groups: frozenset[str]) -> Iterator[Grant]:
        """What the members of groups are given."""
        return (grant for grant in self.grants if grant.group is not None and grant.group in groups)
