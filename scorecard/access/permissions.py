"""What there is to be allowed, and which role allows it. docs/access.md is made from this, and every check reads it."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One kind of thing that a person may do. The value is how it is said: 'you may not …'."""

    READ = "read figures, charts and packs"
    SUBMIT = "store a file of figures"
    WITHDRAW = "take back a file of figures"
    LAYOUTS = "keep or stop the layout of a report"
    COMMENT = "write commentary on a measure of this service area"
    APPROVE_COMMENT = "approve or return commentary"
    TAKE_SNAPSHOT = "take a snapshot for a board, or word what it asks"
    APPROVE_SNAPSHOT = "approve, correct or supersede a pack"
    DECIDE = "write down what a board asked or decided"
    ANSWER_DECISION = "answer what a board asked or decided"
    READ_TRAIL = "read who did what, and when"
    MANAGE_TOKENS = "give programs a token, or take it back"
    CHANGE_CATALOGUE = "say yes to a changed catalogue"
    LOOK_AFTER = "copy, prove, move or mend the store"


class Role(StrEnum):
    """What a person is to the scorecard; one person may be several. The value is how config/access.yaml writes it."""

    DATA_TEAM = "data_team"
    HEAD_OF_SERVICE = "head_of_service"
    EXECUTIVE = "executive"
    VIEWER = "viewer"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role as people read it: 'head of service'."""
        return self.value.replace("_", " ")


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.DATA_TEAM: frozenset(
        {
            Permission.READ, Permission.SUBMIT, Permission.WITHDRAW, Permission.LAYOUTS, Permission.MANAGE_TOKENS,
            Permission.CHANGE_CATALOGUE, Permission.LOOK_AFTER,
        }
    ),
    Role.HEAD_OF_SERVICE: frozenset({Permission.READ, Permission.COMMENT}),
    Role.EXECUTIVE: frozenset(
        {
            Permission.READ, Permission.APPROVE_COMMENT, Permission.TAKE_SNAPSHOT, Permission.APPROVE_SNAPSHOT,
            Permission.DECIDE, Permission.ANSWER_DECISION,
        }
    ),
    Role.VIEWER: frozenset({Permission.READ}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.READ_TRAIL}),
}  # fmt: skip
BY_SERVICE_AREA = frozenset({Permission.COMMENT})  # allowed in the service areas that are named with the role, alone


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """The roles that allow something, in their order."""
    return tuple(role for role in Role if permission in ALLOWED[role])


def whose_part(permission: Permission) -> str:
    """Who may do something, in words: what stands where its button would."""
    roles = " or ".join(role.label for role in roles_that_may(permission))
    return f"To {permission.value} is for the role {roles}."
