"""Reads config/access.yaml, or names every fault in it. A list with a fault gives nobody anything."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from scorecard.access.access_list import Access
from scorecard.access.permissions import Role
from scorecard.catalogue.errors import CatalogueFault, Path, did_you_mean, yaml_value
from scorecard.catalogue.faults import Faults, model_of
from scorecard.catalogue.yaml_file import Tree
from scorecard.core.numbers import count_of

NAMES_NOBODY = "A list of access has 'grants', each with email, group, domain or local, and roles."


class AccessError(ValueError):
    """The list of who may do what can't be used, so nobody may do anything. `faults` has every reason."""

    def __init__(self, faults: tuple[CatalogueFault, ...]) -> None:
        self.faults = faults
        lines = [
            f"Nobody is let in: the list of who may do what has {count_of(len(faults), 'fault')}:",
            *map(str, faults),
        ]
        super().__init__("\n".join(lines))

    @property
    def for_strangers(self) -> str:
        """The message for who may not see the list: each fault by its file and line, without what was found there."""
        lines = [f"{fault.file}, line {fault.line}: {fault.remedy}" for fault in self.faults]
        return "\n".join([str(self).partition("\n")[0], *lines])


def read_access(
    content: bytes, file: str = "config/access.yaml", service_areas: Collection[str] | None = None
) -> Access:
    """Reads and checks the list of who may do what.

    content: the file's bytes. file: its name, for the faults. service_areas: the ids of those that there are; None
    where that isn't known. Raises AccessError with every fault: file, line, where, found, remedy; also for a file that
    names nobody, or an area that there isn't.
    """
    faults = Faults(file, Tree(content), "the list of access")
    access = None
    if faults.tree.value is not None:
        access = model_of(faults, Access, _remedy)
    elif not faults.found:
        faults.at((), "nothing", NAMES_NOBODY)
    if access is not None and service_areas is not None:
        _hold_to(service_areas, access, faults)
    if faults.found or access is None:
        raise AccessError(faults.in_order())
    return access


def _hold_to(service_areas: Collection[str], access: Access, faults: Faults) -> None:
    known = sorted(service_areas)
    for index, grant in enumerate(access.grants):
        for at, area in enumerate(grant.service_areas):
            if area not in service_areas:
                remedy = did_you_mean(area, known) or f"The catalogue's service areas are {', '.join(known)}."
                faults.at(("grants", index, "service_areas", at), yaml_value(area), remedy)


def _remedy(kind: str, path: Path, value: Any) -> str | None:
    """What to do about a fault that a list of access has otherwise than a catalogue."""
    if path == ("grants",):
        return NAMES_NOBODY
    if kind == "enum":
        return f"Allowed: {', '.join(Role)}. {did_you_mean(value, [*Role])}".rstrip()
    if kind == "string_pattern_mismatch":
        return f"A service area's id has small letters, digits and single hyphens, and {yaml_value(value)} has not."
    return None
