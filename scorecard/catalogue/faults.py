"""The faults found so far in one YAML file: each once, with its line, its place and its remedy."""

from __future__ import annotations

from typing import Any

from scorecard.catalogue.errors import CatalogueFault, Path, cut, dotted, is_in_measure, shown
from scorecard.catalogue.yaml_file import Tree


class Faults:
    """The faults found so far in one file, each once.

    whole: what the file as a whole is called; empty for the catalogue.
    """

    def __init__(self, file: str, tree: Tree, whole: str = "") -> None:
        self.file, self.tree, self.whole = file, tree, whole
        self.found: list[CatalogueFault] = []
        for flaw in tree.flaws:
            self._add(flaw.line, flaw.path, flaw.where or self._where(flaw.path), flaw.found, flaw.remedy)

    def at(self, path: Path, found: str, remedy: str, measure: str | None = None) -> None:
        """Adds a fault at a place of the file. measure: the one it is about, where the place doesn't tell."""
        self._add(self.tree.line_of(path), path, self._where(path), found, remedy, measure)

    def given_once(self, seen: dict[str, Path], path: Path, value: object, key: str, remedy: str) -> None:
        """Adds a fault where a text under a key was given before. seen: by text, where; remedy: after its line."""
        if not isinstance(value, str):
            return
        if value in seen:
            first = self.tree.line_of((*seen[value], key))
            self.at((*path, key), shown(value), f"Line {first} has it already: {remedy}")
        seen.setdefault(value, path)

    def in_order(self) -> tuple[CatalogueFault, ...]:
        """All of them, by line."""
        return tuple(sorted(self.found, key=lambda fault: fault.line))

    def _where(self, path: Path) -> str:
        return dotted(path) if path or not self.whole else self.whole

    def _add(self, line: int, path: Path, where: str, found: str, remedy: str, measure: str | None = None) -> None:
        measure = measure or _measure_of(self.tree.value, path)
        fault = CatalogueFault(
            file=self.file, line=line, measure=measure, where=cut(where), found=cut(found), remedy=remedy
        )
        if fault not in self.found:
            self.found.append(fault)


def value_at(value: Any, path: Path) -> Any:
    """What stands at a path of a file's content; None where nothing does."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _measure_of(value: Any, path: Path) -> str | None:
    if not is_in_measure(path):
        return None
    measure_id = value_at(value, (*path[:4], "id"))
    return cut(str(measure_id)) if measure_id is not None else f"number {int(path[3]) + 1} of its service area"
