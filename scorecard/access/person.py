"""Who somebody is to the scorecard: how acts name them, and what they may do."""

from __future__ import annotations

from scorecard.access.permissions import ALLOWED, BY_SERVICE_AREA, Permission, Role, roles_that_may
from scorecard.catalogue.models import Frozen


class Person(Frozen):
    """Somebody who acts, or a program that asks with a token.

    name: how acts name them: the address that their provider vouches for, else what can't be taken for one.
    shown: how pages greet them. service_areas: where they write commentary; None is everywhere. local: known by this
    machine's own user, not by signing in. remark: why they may have fewer roles than they think.
    """

    name: str
    shown: str = ""
    email: str | None = None
    roles: frozenset[Role] = frozenset()
    service_areas: frozenset[str] | None = frozenset()
    local: bool = False
    remark: str | None = None

    def may(self, permission: Permission, area: str | None = None) -> bool:
        """Whether they may do something; area: in which service area, None for at least one."""
        if not any(permission in ALLOWED[role] for role in self.roles):
            return False
        if permission not in BY_SERVICE_AREA or self.service_areas is None:
            return True
        return bool(self.service_areas) if area is None else area in self.service_areas

    @property
    def called(self) -> str:
        """How pages call them."""
        return self.shown or self.name


def local_person(name: str) -> Person:
    """The user of this machine, where nobody is told apart: every role, everywhere."""
    return Person(name=name, roles=frozenset(Role), service_areas=None, local=True)


class NotAllowed(Exception):
    """Whoever acts may not do this. The message says what, and whose part it is."""

    def __init__(self, person: Person, permission: Permission) -> None:
        whose = " or ".join(role.label for role in roles_that_may(permission))
        refusal = f"{person.called} may not {permission.value}: that is for the role {whose}. Nothing was changed."
        super().__init__(refusal)
        self.permission = permission
