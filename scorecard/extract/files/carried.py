"""What a workbook carries beside its sheets: comments, pivot tables' data, text boxes and more. None of it is kept."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterator

from scorecard.extract.files.carried_texts import (
    headers_and_footers,
    names_of_tags,
    rules_of_cells,
    shown_texts,
    unseen_texts,
)
from scorecard.extract.files.contents import CarriedKind
from scorecard.extract.files.zip_limits import Package, tags
from scorecard.extract.persons.personal_columns import is_of_one_child
from scorecard.extract.persons.personal_data import personal_words

_OTHERS = "other programs' data"  # which office programs add to every file: named only where it says of persons
_ELSE = "other parts"
_NAMES = "names of cells"
_LINKS = "links"
_RULES = "lists, links and rules of cells"
_UNLISTED = "a sheet that the workbook doesn't list"
_HEADERS = "page headers and footers"
_PROPERTIES = "properties"
_PIVOT = "the data behind a pivot table"
_EXTERNAL = "cells of another workbook"
_CONNECTIONS = "connections to other data"
_BINARY = ("embedded files", "macros", "pictures", "a data model", "controls")  # what they hold can't be searched
_KINDS: tuple[tuple[str, str], ...] = (
    (r"xl/.*comment[^/]*\.xml", "comments"),
    (r"xl/pivotcache/.*\.xml", _PIVOT),
    (r"xl/drawings/drawing[^/]*\.xml", "text boxes"),
    (r"docprops/(?:core|custom)\.xml", _PROPERTIES),
    (r"xl/externallinks/.*\.xml", _EXTERNAL),
    (r"xl/(?:connections|querytables/.*)\.xml", _CONNECTIONS),
    (r"customxml/item[0-9]*\.xml", _OTHERS),
    (r"xl/embeddings/.*", "embedded files"),
    (r"xl/vbaproject\.bin", "macros"),
    (r"xl/media/.*|docprops/thumbnail\..*", "pictures"),
    (r"xl/model/.*", "a data model"),
    (r"xl/activex/.*\.bin", "controls"),
    (r"xl/workbook\.xml", _NAMES),
    (r".*\.rels", _LINKS),
)
_BY_RELATION = {  # what a part is, whatever it is called: the end of the relation by which others name it
    "comments": "comments", "threadedcomment": "comments",
    "pivotcachedefinition": _PIVOT, "pivotcacherecords": _PIVOT,
    "drawing": "text boxes", "core-properties": _PROPERTIES,
    "custom-properties": _PROPERTIES, "externallink": _EXTERNAL,
    "connections": _CONNECTIONS, "querytable": _CONNECTIONS, "customxml": _OTHERS,
    "oleobject": "embedded files", "package": "embedded files", "vbaproject": "macros",
    "image": "pictures", "thumbnail": "pictures", "officedocument": _NAMES,
}  # fmt: skip
_READ_OR_ITS_OWN = frozenset(("sharedstrings", "theme", "calcchain"))  # read, or written by the office program itself
_NAMED_ALWAYS = (*_BINARY, _PIVOT, _CONNECTIONS)
_ONLY_OF_PERSONS = (_OTHERS, _ELSE, _NAMES, _LINKS, _RULES, _UNLISTED)  # named only where they say something of persons
_WITH_COLUMNS = (_PIVOT, _EXTERNAL, _CONNECTIONS, _OTHERS)  # that may have columns of their own
_OF_THE_AUTHOR = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|created|modified|revision|language|lastPrinted|version)\b.*?</(?:\w+:)?\1>",
    re.DOTALL,
)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def carried_by(package: Package, sheets: Collection[str]) -> tuple[CarriedKind, ...]:
    """What a workbook carries beside the cells of its sheets, by their parts; each kind once.

    Raises Refused where a part is damaged.
    """
    parts: dict[str, set[str]] = {}
    relations = _relations(package)
    for name in package.parts:
        for what, telling, more in _searched(package, name, relations, sheets):
            kinds = {kind for text in telling if (kind := personal_words(text))}
            if what in _WITH_COLUMNS and any(map(is_of_one_child, telling)):
                kinds.add("columns about children")
            if kinds or (more and what not in _ONLY_OF_PERSONS) or what in _NAMED_ALWAYS:
                parts.setdefault(what, set()).update(kinds)
    return tuple(CarriedKind(what, tuple(sorted(kinds))) for what, kinds in parts.items())


def _searched(
    package: Package, name: str, relations: dict[str, str], sheets: Collection[str]
) -> Iterator[tuple[str, list[str], bool]]:
    """What a part is, each text in it, and whether it has more than every workbook has."""
    content = b"".join(tags(package, name)) if name in sheets else b""
    if name in sheets:
        headers = list(headers_and_footers(content))
        yield _HEADERS, headers, bool(headers)
        yield _RULES, list(rules_of_cells(content)), False
        return
    what = _what(name.lower(), relations)
    if what is None or what in _BINARY:
        yield from [(what, [], True)] if what else []
        return
    xml = b"".join(tags(package, name)).decode("utf-8", "replace")
    shown = list(shown_texts(_OF_THE_AUTHOR.sub("", xml), boxes=what == "text boxes"))
    drawn = what == "text boxes" or "/charts/" in name.lower() or name.lower().endswith(".vml")
    author = (text for match in _OF_THE_AUTHOR.finditer(xml) for text in shown_texts(match[0]))  # searched, not named
    own_texts = [*shown, *author, *unseen_texts(xml, drawn=drawn)]
    yield what, [*own_texts, *(names_of_tags(xml) if what == _OTHERS else ())], bool(shown)


def _relations(package: Package) -> dict[str, str]:
    """The kind of relation by which each part, its name in small letters, is named by another."""
    kinds = {}
    for name in package.parts:
        folder, _, file = name.lower().rpartition("/")
        if file.endswith(".rels") and folder.rpartition("/")[2] == "_rels":
            xml = b"".join(tags(package, name)).decode("utf-8", "replace")
            for relation in _RELATION.findall(xml):
                attributes = {
                    key.lower(): html.unescape(quoted or in_apostrophes)
                    for key, quoted, in_apostrophes in _ATTRIBUTE.findall(relation)
                }
                target = attributes.get("target", "").replace("\\", "/")
                part = posixpath.normpath(posixpath.join("/", posixpath.dirname(folder), target)).lstrip("/").lower()
                kinds[part] = attributes.get("type", "").rpartition("/")[2].lower()
    return kinds


def _what(name: str, relations: dict[str, str]) -> str | None:
    """What a part is that isn't read: by its relation, else by its name. None where it tells nothing."""
    kind = relations.get(name, "")
    if kind in _BY_RELATION:
        return _BY_RELATION[kind]
    if kind == "worksheet" or re.fullmatch(r"xl/worksheets/[^/]*\.xml", name):
        return _UNLISTED
    if named := next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, name)), None):
        return named
    is_text = name.endswith((".xml", ".vml")) and name != "[content_types].xml"
    return _ELSE if is_text and kind not in _READ_OR_ITS_OWN else None
