"""What a workbook carries beside its sheets: comments, pivot tables' data, text boxes and more. None of it is kept."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator

from scorecard.extract.files.contents import Carried
from scorecard.extract.files.zip_limits import Package, tags
from scorecard.extract.parse.personal_columns import is_of_one_child
from scorecard.extract.parse.personal_data import personal_words

_OTHERS = "other programs' data"  # which office programs add to every file: named only where it tells of persons
_KINDS: tuple[tuple[str, str], ...] = (
    (r"xl/.*comment[^/]*\.xml", "comments"),
    (r"xl/pivotcache/.*\.xml", "the data behind a pivot table"),
    (r"xl/drawings/drawing[^/]*\.xml", "text boxes"),
    (r"docprops/(?:core|custom)\.xml", "properties"),
    (r"xl/externallinks/.*\.xml", "cells of another workbook"),
    (r"xl/(?:connections|querytables/.*)\.xml", "connections to other data"),
    (r"customxml/item[0-9]*\.xml", _OTHERS),
    (r"xl/embeddings/.*", "embedded files"),
    (r"xl/vbaproject\.bin", "macros"),
)
_BY_RELATION = {  # what a part is, whatever it is called: the end of the relation by which others name it
    "comments": "comments", "threadedcomment": "comments",
    "pivotcachedefinition": "the data behind a pivot table", "pivotcacherecords": "the data behind a pivot table",
    "drawing": "text boxes", "core-properties": "properties",
    "custom-properties": "properties", "externallink": "cells of another workbook",
    "connections": "connections to other data", "querytable": "connections to other data", "customxml": _OTHERS,
    "oleobject": "embedded files", "package": "embedded files", "vbaproject": "macros",
}  # fmt: skip
_READ_OR_ITS_OWN = frozenset(  # read for their figures, or written by the office program itself
    ("sharedstrings", "styles", "theme", "calcchain", "officedocument", "extended-properties")
)
_ELSE = "other parts"  # named only where they tell of persons
_HEADERS = "page headers and footers"
_NAMED_ALWAYS = ("embedded files", "macros", "the data behind a pivot table", "connections to other data")
_HEADER = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_FORMATTED = re.compile(r"&(?:\"[^\"]*\"|[0-9]+|[A-Za-z&])")  # how a part of a header is set, and fields
_ENDS = "comment|p|text|si|property|title|subject|description|keywords|category"  # of what is one text
_BREAK = re.compile(rf"</?(?:\w+:)?(?:{_ENDS})(?:\s[^<>]*)?>|<(?:\w+:)?v>")
_OF_THE_AUTHOR = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|created|modified|revision|language|lastPrinted|version)\b.*?</(?:\w+:)?\1>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_IN_A_BOX = re.compile(r"<(?:\w+:)?p(?:\s[^<>]*)?>(.*?)</(?:\w+:)?p>", re.DOTALL)  # a paragraph
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SAID = re.compile(r"\b(?:v|name|val)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def carried_by(package: Package) -> tuple[Carried, ...]:
    """What a workbook carries beside its sheets, each kind once. Raises Refused where a part is damaged."""
    found: dict[str, set[str]] = {}
    relations = _relations(package)
    for name in package.parts:
        what = _what(name.lower(), relations)
        texts = list(_texts(package, name, what)) if what else []
        if what and (texts or what in _NAMED_ALWAYS):
            kinds = found.setdefault(what, set())
            kinds |= {words for text in texts if (words := personal_words(text))}
            if what == "the data behind a pivot table" and any(is_of_one_child(text) for text in texts):
                kinds.add("columns about children")
    return tuple(
        Carried(what, tuple(sorted(kinds))) for what, kinds in found.items() if kinds or what not in (_OTHERS, _ELSE)
    )


def _relations(package: Package) -> dict[str, str]:
    """The kind of relation by which each part, its name in small letters, is named by another."""
    kinds = {}
    for name in package.parts:
        folder, _, file = name.lower().rpartition("/")
        if file.endswith(".rels") and folder.rpartition("/")[2] == "_rels":
            xml = b"".join(tags(package, name)).decode("utf-8", "replace")
            for relation in _RELATION.findall(xml):
                said = {key.lower(): html.unescape(one or other) for key, one, other in _ATTRIBUTE.findall(relation)}
                target = said.get("target", "").replace("\\", "/")
                part = posixpath.normpath(posixpath.join("/", posixpath.dirname(folder), target)).lstrip("/").lower()
                kinds[part] = said.get("type", "").rpartition("/")[2].lower()
    return kinds


def _what(name: str, relations: dict[str, str]) -> str | None:
    """What a part is that isn't read: by its relation, else by its name. None where it tells nothing."""
    kind = relations.get(name, "")
    if kind in _BY_RELATION:
        return _BY_RELATION[kind]
    if kind == "worksheet" or re.fullmatch(r"xl/worksheets/[^/]*\.xml", name):
        return _HEADERS
    if named := next((words for pattern, words in _KINDS if re.fullmatch(pattern, name)), None):
        return named
    is_text = name.endswith((".xml", ".vml")) and name not in ("[content_types].xml", "docprops/app.xml")
    return _ELSE if is_text and kind not in _READ_OR_ITS_OWN else None


def _texts(package: Package, name: str, what: str) -> Iterator[str]:
    """The texts of a part; of a sheet its page's headers and footers."""
    if what in ("embedded files", "macros"):
        return
    content = b"".join(tags(package, name))
    if what == _HEADERS:
        texts = (html.unescape(text.decode("utf-8", "replace")) for text in _HEADER.findall(content))
        yield from (_FORMATTED.sub(" ", text) for text in texts)
        return
    xml = _OF_THE_AUTHOR.sub("", content.decode("utf-8", "replace"))
    if what == "the data behind a pivot table":
        yield from (html.unescape(one or other) for one, other in _SAID.findall(xml))
        return
    pieces = _IN_A_BOX.findall(xml) if what == "text boxes" else _BREAK.split(xml)
    for piece in pieces:
        if text := html.unescape(_TAG.sub("", piece)).strip():
            yield text
