"""The table of docs/access.md, from the permissions and roles. Renew it: python -m tests.access.access_table."""

from __future__ import annotations

import re
from pathlib import Path

from scorecard.access.permissions import ALLOWED, BY_SERVICE_AREA, Permission, Role

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
BETWEEN = re.compile(r"(?<=<!-- the table: made from the code -->\n).*?(?=<!-- end of the table -->)", re.DOTALL)
YES, IN_OWN, NO = "yes", "own areas", "–"


def cell(permission: Permission, role: Role) -> str:
    if permission not in ALLOWED[role]:
        return NO
    return IN_OWN if permission in BY_SERVICE_AREA else YES


def table() -> str:
    lines = [
        "| Who may | " + " | ".join(f"`{role}`" for role in Role) + " |",
        "|---|" + "---|" * len(Role),
        *(
            f"| {permission.value} (`{permission.name.lower()}`) | "
            + " | ".join(cell(permission, role) for role in Role)
            + " |"
            for permission in Permission
        ),
    ]
    return "\n".join(lines) + "\n"


def told_on_the_page() -> dict[tuple[Permission, Role], str]:
    """What the page says, cell by cell."""
    between = BETWEEN.search(PAGE.read_text(encoding="utf-8"))
    assert between is not None
    header, _, *rows = [[part.strip() for part in line.strip("|").split("|")] for line in between[0].splitlines()]
    roles = [Role(name.strip("`")) for name in header[1:]]
    names = [re.search(r"`(\w+)`", row[0]) for row in rows]
    permissions = [Permission[name[1].upper()] for name in names if name]
    return {
        (permission, role): allowed
        for permission, row in zip(permissions, rows, strict=True)
        for role, allowed in zip(roles, row[1:], strict=True)
    }


if __name__ == "__main__":
    PAGE.write_text(BETWEEN.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
