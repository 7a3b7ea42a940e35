"""Reads measures.yaml: text in, a frozen Catalogue out, or every fault at once with its line, measure and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scorecard.catalogue.models import Catalogue, Frozen, Measure, ServiceArea, Target

Path = tuple[str | int, ...]
LARGEST_CATALOGUE = 5_000_000  # bytes; ours has 60 kB
DEEPEST_NESTING = 30
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same rules, in C where PyYAML was built with it


class CatalogueFault(Frozen):
    """One thing wrong with the catalogue, for the person who mends it."""

    file: str
    line: int
    measure: str | None
    where: str
    found: str
    remedy: str

    def __str__(self) -> str:
        measure = f", measure {self.measure}" if self.measure else ""
        return f"{self.file}, line {self.line}{measure}: {self.where}: found {self.found}. {self.remedy}"


class CatalogueError(ValueError):
    """The catalogue can't be used. `faults` has every reason; the message lists them, one a line."""

    def __init__(self, faults: tuple[CatalogueFault, ...]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"The catalogue has {count}:", *map(str, faults)]))


class _Tree:
    """A YAML document as plain values, with the line each key and item stands on, and faults of its own."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.faults: list[CatalogueFault] = []
        self._scalars = yaml.SafeLoader("")
        self.value = self._read(content)

    def fault(self, line: int, where: str, found: str, remedy: str, measure: str | None = None) -> None:
        fault = CatalogueFault(
            file=self.file, line=line, measure=measure, where=where, found=_cut(found), remedy=remedy
        )
        if fault not in self.faults:
            self.faults.append(fault)

    def line_of(self, path: Path) -> int:
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def _read(self, content: bytes) -> Any:
        if len(content) > LARGEST_CATALOGUE:
            self.fault(
                1,
                "the file",
                f"{len(content):,} bytes",
                f"A catalogue has {LARGEST_CATALOGUE:,} bytes at most.",
            )
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.fault(line, "the file", "bytes that are not UTF-8", "Save the file as UTF-8.")
            return None
        try:
            if alias := next(
                (event for event in yaml.parse(text, Loader=LOADER) if isinstance(event, yaml.AliasEvent)),
                None,
            ):
                line = alias.start_mark.line + 1 if alias.start_mark else 1
                self.fault(
                    line,
                    "the YAML",
                    f"the alias *{alias.anchor}",
                    "Write the text out: a catalogue has no aliases.",
                )
                return None
            node = yaml.compose(text, Loader=LOADER)
            return self._plain(node, ()) if node is not None else None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.fault(
                line,
                "the YAML",
                error.problem or "text that is not YAML",
                "Mend the indentation or the quotes near here.",
            )
        except (yaml.YAMLError, RecursionError, ValueError):
            self.fault(1, "the YAML", "text that is not YAML", "Save the file as plain text in YAML.")
        return None

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if len(path) > DEEPEST_NESTING:
            raise ValueError("nested too deeply")
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in values:
                self.fault(line, _dotted((*path, key)), f"{key} a second time", "Keep one of the two.")
            self.lines[(*path, key)] = line
            values[key] = self._plain(value_node, (*path, key))
        return values

    def _scalar(self, node: yaml.Node) -> Any:
        return self._scalars.construct_object(node)


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _dotted(path: Path) -> str:
    """A path as people read it: 'baseline.value', 'targets[1].at_most', without the way down to the measure."""
    if len(path) >= 4 and path[0] == "service_areas" and path[2] == "measures":
        path = path[4:]
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the measure" if path else "the catalogue"


def _at(value: Any, path: Path) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _measure_of(value: Any, path: Path) -> str | None:
    if len(path) >= 4 and path[0] == "service_areas" and path[2] == "measures":
        measure_id = _at(value, (*path[:4], "id"))
        return str(measure_id) if measure_id is not None else f"number {int(path[3]) + 1} of its service area"
    return None


def _known_keys(path: Path) -> list[str]:
    """The keys allowed beside an unknown one, as the models name them."""
    models: list[type[Frozen]] = [Catalogue, ServiceArea, Measure, Target]
    for depth, model in ((1, Catalogue), (3, ServiceArea), (5, Measure)):
        if len(path) == depth:
            models = [model]
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _found_and_remedy(error: ErrorDetails, value: Any, path: Path) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    found = (
        "nothing" if kind == "missing" else repr(value) if not isinstance(value, dict | list) else "what stands here"
    )
    if kind == "missing":
        return found, f"Add '{path[-1]}'."
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), _known_keys(path), n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "Take it out, or check its spelling."
        return f"the unknown key '{path[-1]}'", hint
    if kind == "literal_error":
        near = difflib.get_close_matches(str(value), str(context.get("expected", "")).replace("'", " ").split(), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return found, f"Allowed: {context.get('expected')}.{hint}"
    if kind == "string_type":
        return (
            found,
            f'Text is needed: put it in quotes, as "{value}".' if value is not None else "Text is needed.",
        )
    if kind == "string_pattern_mismatch":
        return found, "Allowed in an id: small letters, digits and single hyphens." if path[-1] in (
            "id",
            "pair",
        ) else (f"It must look like {context.get('pattern')}.")
    if kind in ("float_type", "int_type", "int_from_float", "finite_number"):
        return found, "A plain number is needed, without quotes, % or commas."
    if kind == "value_error":
        return found, str(context.get("error", error["msg"])).removeprefix("Value error, ").rstrip(
            "."
        ).capitalize() + "."
    return found, error["msg"].rstrip(".") + "."


def _model_faults(tree: _Tree, failure: ValidationError) -> None:
    for error in failure.errors(include_url=False):
        path: Path = tuple(part for part in error["loc"] if part != "[key]")
        value = _at(tree.value, path)
        found, remedy = _found_and_remedy(error, value, path)
        tree.fault(tree.line_of(path), _dotted(path), found, remedy, _measure_of(tree.value, path))


def _measures(value: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every measure that is at least a mapping, with its path; whatever else is wrong with the file."""
    areas = _at(value, ("service_areas",))
    for area_index, area in enumerate(areas if isinstance(areas, list) else []):
        measures = _at(area, ("measures",))
        for index, measure in enumerate(measures if isinstance(measures, list) else []):
            if isinstance(measure, dict):
                yield ("service_areas", area_index, "measures", index), measure


def _check_ids(tree: _Tree) -> None:
    """Ids are given once; a pair names another measure, which names it back."""
    seen: dict[str, Path] = {}
    areas = _at(tree.value, ("service_areas",))
    for index, area in enumerate(areas if isinstance(areas, list) else []):
        _check_once(tree, seen, ("service_areas", index), area, "service area")
    measures: dict[str, Path] = {}
    for path, measure in _measures(tree.value):
        _check_once(tree, measures, path, measure, "measure")
    for path, measure in _measures(tree.value):
        pair = measure.get("pair")
        if pair is None:
            continue
        other = _at(tree.value, (*measures[pair], "pair")) if pair in measures else None
        if other != measure.get("id"):
            near = difflib.get_close_matches(str(pair), measures, n=1)
            hint = f" Did you mean '{near[0]}'?" if near and pair not in measures else ""
            remedy = f"A pair names a measure that names it back.{hint}"
            tree.fault(tree.line_of((*path, "pair")), "pair", repr(pair), remedy, str(measure.get("id")))


def _check_once(tree: _Tree, seen: dict[str, Path], path: Path, item: Any, what: str) -> None:
    identifier = item.get("id") if isinstance(item, dict) else None
    if not isinstance(identifier, str):
        return
    if identifier in seen:
        first = tree.line_of((*seen[identifier], "id"))
        remedy = f"Line {first} has it already. Give this {what} an id of its own."
        measure = identifier if what == "measure" else None
        tree.fault(tree.line_of((*path, "id")), "id", repr(identifier), remedy, measure)
    seen.setdefault(identifier, path)


def read_catalogue(content: bytes, file: str = "config/measures.yaml") -> Catalogue:
    """Reads and checks a catalogue.

    content: the file's bytes. file: its name, for the faults.
    Returns the frozen Catalogue. Raises CatalogueError with every fault: file, line, measure, found, remedy.
    """
    tree = _Tree(file, content)
    if tree.value is None and not tree.faults:
        tree.fault(1, "the file", "nothing", "A catalogue has authority, plan and service_areas.")
    catalogue = None
    if tree.value is not None:
        _check_ids(tree)
        try:
            catalogue = Catalogue.model_validate(tree.value)
        except ValidationError as failure:
            _model_faults(tree, failure)
    if tree.faults or catalogue is None:
        raise CatalogueError(tuple(sorted(tree.faults, key=lambda fault: fault.line)))
    return catalogue
