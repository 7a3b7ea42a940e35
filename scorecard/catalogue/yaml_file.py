"""A YAML text as plain values with the line of each: no aliases, no tags, no surprises, and faults of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.reader import Reader

from scorecard.catalogue.errors import Path

LARGEST_CATALOGUE = 5_000_000  # bytes; ours has 60 kB
DEEPEST_NESTING = 30
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same rules, in C where PyYAML was built with it
A_NUMBER = re.compile(r"[-+]?(0|[1-9]\d{0,30})(\.\d*)?([eE][-+]?\d{1,3})?|[-+]?\.(\d+|inf)|\.nan", re.IGNORECASE)


class Flaw(NamedTuple):
    """Something wrong with the text itself, before any model looks at it."""

    line: int
    path: Path
    where: str
    found: str
    remedy: str


class Unreadable(Exception):
    """The text can't be read as YAML; `flaws` say why."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__(flaws)
        self.flaws = flaws


class Tree:
    """A YAML text as plain values, with the line that each key and item is on."""

    def __init__(self, content: bytes) -> None:
        self.flaws: list[Flaw] = []
        self._lines: dict[Path, int] = {(): 1}
        self._scalars = yaml.SafeLoader("")
        self.value: Any = None
        try:
            node = _compose(_decoded(content))
            self.value = self._plain(node, ()) if node is not None else None
        except Unreadable as error:
            self.flaws = [*error.flaws]

    def line_of(self, path: Path) -> int:
        """The line of what a path leads to, or of the nearest thing above it that is there."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        self._lines.setdefault(path, node.start_mark.line + 1)
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
                first = self._lines[(*path, key)]
                remedy = f"It stands on line {first} too: keep one of the two."
                self.flaws.append(Flaw(line, (*path, key), "", f"'{key}' a second time", remedy))
            self._lines[(*path, key)] = line
            values[key] = self._plain(value_node, (*path, key))
        return values

    def _scalar(self, node: yaml.Node) -> Any:
        """A scalar's value; what YAML would turn into another number or date than is written stays text."""
        if node.tag.endswith((":int", ":float")) and not A_NUMBER.fullmatch(node.value):
            return node.value
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            return node.value


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_CATALOGUE:
        remedy = f"The file may have {LARGEST_CATALOGUE:,} bytes at most."
        raise Unreadable(Flaw(1, (), "the file", f"{len(content):,} bytes", remedy))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(Flaw(line, (), "the file", "bytes that are not UTF-8", "Save the file as UTF-8.")) from None
    if hidden := Reader.NON_PRINTABLE.search(text):
        line = text[: hidden.start()].count("\n") + 1
        found = f"the invisible character U+{ord(hidden[0]):04X}"
        raise Unreadable(Flaw(line, (), "the file", found, "Take it out, or save the file as plain text."))
    return text


def _compose(text: str) -> yaml.Node | None:
    try:
        if flaws := list(_forbidden(text)):
            raise Unreadable(*flaws)
        return yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax(error, text)) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        remedy = "Save the file as plain text in YAML."
        raise Unreadable(Flaw(1, (), "the YAML", "text that is not YAML", remedy)) from None


def _forbidden(text: str) -> Iterator[Flaw]:
    """Aliases, tags, a second document and deep nesting, found in the stream of events before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            remedy = "Write the text out: aliases are not allowed here."
            yield Flaw(line, (), "the YAML", f"the alias *{event.anchor}", remedy)
        elif tag := getattr(event, "tag", None):
            remedy = "Take the tag out, or put text that starts with ! in quotes."
            yield Flaw(line, (), "the YAML", f"the tag {tag.replace('tag:yaml.org,2002:', '!!')}", remedy)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            yield Flaw(line, (), "the YAML", "a second document", "Take out the line '---'.")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_NESTING:
            remedy = "Nothing here is so deep: mend the brackets or dashes."
            yield Flaw(line, (), "the YAML", f"more than {DEEPEST_NESTING} levels, one in another", remedy)
            return


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Flaw:
    """A syntax error, on the line where its bracket or quote opens, or where reading stopped."""
    opened = error.context_mark if any(word in (error.context or "") for word in ("flow", "quoted")) else None
    mark = opened or error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    lines = text.splitlines()
    there = lines[line] if line < len(lines) else ""
    if "\t" in there[: len(there) - len(there.lstrip())]:
        return Flaw(line + 1, (), "the YAML", "a tab", "Indent with spaces: YAML allows no tabs there.")
    found = f"'{there.strip()}'" if there.strip() else "a text that ends too early"
    return Flaw(line + 1, (), "the YAML", found, "Mend the quotes, brackets, colons or indentation here or just above.")
