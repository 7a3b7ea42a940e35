"""What a workbook carries beside its sheets: comments, pivot tables' data, text boxes and more. None of it is kept."""

from __future__ import annotations

import html
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
_SAID = re.compile(r"\b(?:v|name|val)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def carried_by(package: Package) -> tuple[Carried, ...]:
    """What a workbook carries beside its sheets, each kind once. Raises Refused where a part is damaged."""
    found: dict[str, set[str]] = {}
    for name in package.parts:
        what = next((words for pattern, words in _KINDS if re.fullmatch(pattern, name.lower())), None)
        texts = list(_texts(package, name, what))
        if texts or what in _NAMED_ALWAYS:
            kinds = found.setdefault(what or _HEADERS, set())
            kinds |= {words for text in texts if (words := personal_words(text))}
            if what == "the data behind a pivot table" and any(is_of_one_child(text) for text in texts):
                kinds.add("columns about children")
    return tuple(Carried(what, tuple(sorted(kinds))) for what, kinds in found.items() if kinds or what != _OTHERS)


def _texts(package: Package, name: str, what: str | None) -> Iterator[str]:
    """The texts of a part; of a sheet its page's headers and footers."""
    if what is None:
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            content = b"".join(tags(package, name))
            texts = (html.unescape(text.decode("utf-8", "replace")) for text in _HEADER.findall(content))
            yield from (_FORMATTED.sub(" ", text) for text in texts)
        return
    if not name.lower().endswith(".xml"):
        return
    xml = _OF_THE_AUTHOR.sub("", b"".join(tags(package, name)).decode("utf-8", "replace"))
    if what == "the data behind a pivot table":
        yield from (html.unescape(one or other) for one, other in _SAID.findall(xml))
        return
    for piece in _BREAK.split(xml):
        if text := html.unescape(_TAG.sub("", piece)).strip():
            yield text
