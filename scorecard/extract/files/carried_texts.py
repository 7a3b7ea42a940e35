"""The texts of a workbook's parts that aren't read for figures: what they show, and what is in their attributes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_ENDS = "comment|p|text|si|property|title|subject|description|keywords|category|formula|definedName"  # of one text
_BREAK = re.compile(rf"</?(?:\w+:)?(?:{_ENDS})(?:\s[^<>]*)?>|<(?:\w+:)?[vf]>")
_TAG = re.compile(r"<[^<>]*>")
_NAME_OF_TAG = re.compile(r"<(?:\w+:)?([A-Za-z_][\w.\-]*)")
_IN_A_BOX = re.compile(r"<(?:\w+:)?p(?:\s[^<>]*)?>(.*?)</(?:\w+:)?p>", re.DOTALL)  # a paragraph
_SET_APART = re.compile(r"<!--(.*?)-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b([\w.\-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_A_NUMBER_OR_ID = re.compile(r"[0-9A-Fa-f.,{}+\-]*")
_SAYING = frozenset(  # attributes that hold what somebody wrote, or a cell's value, though it be a mere number
    ("v", "name", "val", "n", "c", "caption", "text", "descr", "title", "tooltip", "display", "prompt", "comment")
)
_SHAPES = frozenset(("path", "points", "style", "sqref", "ref", "spans", "adj", "coordsize", "textboxrect", "d", "t"))
_CELLS = re.compile(rb"<(?:\w+:)?sheetData[\s>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*[\"0-9][^<]*)<")
_IN_A_FORMULA = re.compile(r"\"([^\"]*)\"|(?<![A-Z$0-9.])([0-9]{10})(?![0-9])")
_HEADER = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_HEADERS_OF_PAGES = re.compile(rb"<(?:\w+:)?headerFooter.*?</(?:\w+:)?headerFooter>", re.DOTALL)
_FORMATTED = re.compile(r"&(?:\"[^\"]*\"|[0-9]+|[A-Za-z&])")  # how a part of a header is set, and fields


def shown_texts(xml: str, *, boxes: bool = False) -> Iterator[str]:
    """The texts of a part, each in one whatever it is set in. boxes: of its paragraphs alone."""
    for piece in _IN_A_BOX.findall(xml) if boxes else _BREAK.split(xml):
        if text := html.unescape(_TAG.sub("", piece)).strip():
            yield text


def unseen_texts(xml: str, *, drawn: bool = False) -> Iterator[str]:
    """What is in a part's attributes, comments and unparsed data. drawn: its bare numbers are places and axes."""
    for comment, data in _SET_APART.findall(xml):
        yield comment or data
    for name, quoted, in_apostrophes in _ATTRIBUTE.findall(xml):
        text = html.unescape(quoted or in_apostrophes)
        plain = name in _SAYING and not (drawn and name in ("val", "v", "n", "c"))
        if name not in _SHAPES and (plain or _A_NUMBER_OR_ID.fullmatch(text) is None):
            yield unquote(text) if name == "Target" else text


def names_of_tags(xml: str) -> Iterator[str]:
    """The names of a part's elements and attributes: those of data that is kept as XML are names of columns."""
    yield from {*_NAME_OF_TAG.findall(xml), *(name for name, _, _ in _ATTRIBUTE.findall(xml))}


def headers_and_footers(sheet: bytes) -> Iterator[str]:
    """What a sheet prints above and below each page, without how it is set."""
    for text in _HEADER.findall(_beside_cells(sheet)):
        yield _FORMATTED.sub(" ", html.unescape(text.decode("utf-8", "replace")))


def rules_of_cells(sheet: bytes) -> Iterator[str]:
    """What a sheet has beside its cells: lists to choose from, prompts, links, conditional formats; and formulas."""
    xml = _HEADERS_OF_PAGES.sub(b"", _beside_cells(sheet)).decode("utf-8", "replace")
    yield from (html.unescape(text) for text in _TAG.sub("\n", xml).split("\n") if text.strip())
    yield from unseen_texts(xml)
    for formula in set(_FORMULA.findall(sheet)):
        for quoted, number in _IN_A_FORMULA.findall(html.unescape(formula.decode("utf-8", "replace"))):
            yield quoted or number


def _beside_cells(sheet: bytes) -> bytes:
    begins = _CELLS.search(sheet)
    return sheet[: begins.start()] + sheet[sheet.rfind(b"sheetData>") :] if begins else sheet
