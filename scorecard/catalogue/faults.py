"""The faults found so far in one YAML file: each once, with its line, its place and its remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scorecard.catalogue.errors import CatalogueFault, Path, cut, dotted, found_and_remedy, is_in_measure, yaml_value
from scorecard.catalogue.models import Frozen
from scorecard.catalogue.yaml_file import Tree

Model = TypeVar("Model", bound=Frozen)
RemedyOf = Callable[[str, Path, Any], str | None]


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
            self.at((*path, key), yaml_value(value), f"Line {first} has it already: {remedy}")
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


def model_of(faults: Faults, model: type[Model], remedy_of: RemedyOf | None = None) -> Model | None:
    """The content of a file as a frozen model; None where it doesn't fit, and then every fault is added.

    remedy_of: what to do about an error, from its type (pydantic's), the path and the value there, where this file
    words it in its own way; None where it doesn't.
    """
    content = faults.tree.value
    try:
        return model.model_validate(content, by_alias=True, by_name=False)
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            path: Path = tuple(part for part in error["loc"] if part != "[key]")
            value = value_at(content, path)
            if not _follows_from_another(error, value):
                found, remedy = found_and_remedy(error, value, path, model)
                faults.at(path, found, (remedy_of and remedy_of(error["type"], path, value)) or remedy)
    return None


def _follows_from_another(error: ErrorDetails, value: Any) -> bool:
    """A list that has items enough is called too short when one of them is at fault: that one is named already."""
    least = error.get("ctx", {}).get("min_length", 0)
    return error["type"] == "too_short" and isinstance(value, list) and len(value) >= least


def value_at(value: Any, path: Path) -> Any:
    """What is at a path of a file's content; None where nothing does."""
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
