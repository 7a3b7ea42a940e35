"""The pack as one accessible page that needs nothing else: for e-mail, and for readers whom a PDF shuts out.

No script, no request to anywhere: style and fonts are inside, and a content security policy holds it to that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import resources

from scorecard.pack.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Document,
    Figure,
    Gallery,
    Heading,
    Section,
    Table,
    Text,
)
from scorecard.pack.document.build import build_document
from scorecard.pack.pdf.glyphs import FONTS
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState

DIGIT, POINT, PERCENT = 0.497, 0.249, 0.824  # widths in ems of Source Sans 3, as templates/blocks.typ has them
WIDE_CHARTS = 2  # a gallery of so many in a row has wide charts
DRAFT = PackState()


def html(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as a page in UTF-8.

    content: the snapshot's canonical JSON. The same arguments give the same bytes. Raises PackError where the snapshot
    can't be read.
    """
    snapshot = read_snapshot(content)
    document = build_document(snapshot, snapshot_id(content), state)
    page = _Page()
    body = "".join(page.section(section) for section in document.sections)
    style = _style(document, page.pads)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    parts = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n',
        f"<title>{escape(document.title)}, {escape(document.subtitle)}</title>\n",
        f"<style>{style}</style>\n</head>\n<body>\n",
        '<a class="skip" href="#main">Skip to the content</a>\n',
        _running(document),
        '<main id="main">\n',
        _front(document),
        _contents(document),
        body,
        "</main>\n",
        f"<footer><p>{escape(document.running_foot)} · {escape(document.marking)}</p></footer>\n</body>\n</html>\n",
    )
    return "".join(parts).encode("utf-8")


def _running(document: Document) -> str:
    invented = " · <strong>Demonstration data</strong>" if document.demonstration else ""
    return (
        f'<header class="running"><p><strong>{escape(document.marking)}</strong>{invented}</p>'
        f"<p>{escape(document.running_head)} · {escape(document.state)}</p></header>\n"
    )


def _front(document: Document) -> str:
    facts = "".join(
        f"<dt>{escape(fact.label)}</dt><dd>{escape(fact.words)}</dd>\n"
        for fact in document.facts
        if fact.label != "State"
    )
    warnings = "".join(f'<p class="warning">{escape(warning)}</p>\n' for warning in document.warnings)
    return (
        f'<p class="note">{escape(document.author)}</p>\n<h1>{escape(document.title)}</h1>\n'
        f'<p class="subtitle">{escape(document.subtitle)}</p>\n<p class="state">{escape(document.state)}</p>\n'
        f"{warnings}<dl>\n{facts}</dl>\n"
    )


def _contents(document: Document) -> str:
    """The contents, one list within another where a section is part of the one before."""
    lines = ['<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2>\n<ol>\n']
    level = 1
    for place, section in enumerate(document.sections):
        if section.level > level:
            lines.append("<ol>\n")
        elif place:
            lines.append("</li>\n" + "</ol></li>\n" * (level - section.level))
        level = section.level
        lines.append(f'<li><a href="#{escape(section.anchor)}">{escape(section.title)}</a>')
    lines.append("</li>\n" + "</ol></li>\n" * (level - 1) + "</ol>\n</nav>\n")
    return "".join(lines)


def _style(document: Document, pads: set[tuple[int, int, int]]) -> str:
    sheet = (resources.files("scorecard.pack") / "templates" / "page.css").read_text("utf-8")
    line = f"{document.marking} · {document.running_head} · {document.state}"
    quoted = "".join(sign if sign.isalnum() or sign in " ·:," else f"\\{ord(sign):x} " for sign in line)
    running = f'@page {{ margin: 18mm 14mm; @top-left {{ content: "{quoted}"; font: 8pt sans-serif; }} }}\n'
    rules = "".join(
        f".{_pad_class(pad)} {{ padding-right: calc(.5rem + {_pad_width(pad):.3f}em); }}\n" for pad in sorted(pads)
    )
    return f"\n{_faces()}{sheet}{rules}{running}"


@cache
def _faces() -> str:
    faces = []
    for name, weight in (("Regular", 400), ("Semibold", 600)):
        data = base64.b64encode((FONTS / f"SourceSans3-{name}.ttf.woff2").read_bytes()).decode()
        faces.append(
            f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; '
            f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
        )
    return "".join(faces)


def _pad_class(pad: tuple[int, int, int]) -> str:
    return f"p{pad[0]}-{pad[1]}-{pad[2]}"


def _pad_width(pad: tuple[int, int, int]) -> float:
    return DIGIT * pad[0] + POINT * pad[1] + PERCENT * pad[2]


class _Page:
    """Blocks as HTML; remembers which pads were used, for their rules in the style sheet."""

    def __init__(self) -> None:
        self.pads: set[tuple[int, int, int]] = set()

    def section(self, section: Section) -> str:
        level, anchor = section.level + 1, escape(section.anchor)
        blocks = self.blocks(section.blocks)
        return (
            f'<section aria-labelledby="{anchor}">\n'
            f'<h{level} id="{anchor}">{escape(section.title)}</h{level}>\n{blocks}</section>\n'
        )

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                level = block.level + 1
                return f'<h{level} id="{escape(block.anchor)}">{escape(block.text)}</h{level}>\n'
            case Text():
                return f'<p class="{block.style}">{escape(block.text)}</p>\n'
            case Bullets():
                return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>\n"
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Gallery():
                items = "".join(f"<div>{self.blocks(item)}</div>\n" for item in block.items)
                return f'<div class="gallery{" wide" if block.columns <= WIDE_CHARTS else ""}">\n{items}</div>\n'
            case Columns():
                left, right = self.blocks(block.left), self.blocks(block.right)
                return f'<div class="columns"><div>{left}</div><div>{right}</div></div>\n'

    def figure(self, figure: Figure) -> str:
        """A chart, and the table of its figures beside it or a link to where that stands."""
        beside = ""
        if figure.table is not None:
            beside = f"<details><summary>The figures behind this chart</summary>{self.table(figure.table)}</details>"
        elif figure.table_at:
            beside = f'<p class="note"><a href="#{escape(figure.table_at)}">The figures behind this chart</a></p>'
        return f'<figure tabindex="0">{figure.svg}</figure>\n{beside}\n'

    def table(self, table: Table) -> str:
        quiet = "" if table.show_caption else " quiet"
        heads = "".join(f'<th scope="col"{_side(column)}>{escape(column.label)}</th>' for column in table.columns)
        last = len(table.rows) - 1
        marks = [' class="total"' if table.total and place == last else "" for place in range(len(table.rows))]
        rows = "".join(
            f"<tr{mark}>{''.join(self.cells(row, table.columns))}</tr>\n"
            for mark, row in zip(marks, table.rows, strict=True)
        )
        return (
            f'<div class="scroll{quiet}" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
            f"<table><caption>{escape(table.caption)}</caption><thead><tr>{heads}</tr></thead>\n"
            f"<tbody>{rows}</tbody></table></div>\n"
        )

    def cells(self, row: tuple[Cell, ...], columns: tuple[Column, ...]) -> Iterator[str]:
        for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
            words = escape(cell.text)
            if cell.strong and place:
                words = f"<b>{words}</b>"
            if cell.link:
                words = f'<a href="#{escape(cell.link)}">{words}</a>'
            icon = f'<span class="icon" aria-hidden="true">{cell.icon}</span>' if cell.icon else ""
            note = f"<small>{escape(cell.note)}</small>" if cell.note else ""
            inside = f"{icon}{words}{cell.svg}{note}"
            if place == 0:
                yield f'<th scope="row">{inside}</th>'
            else:
                yield f"<td{self.side(cell, column)}>{inside}</td>"

    def side(self, cell: Cell, column: Column) -> str:
        if column.align != "number":
            return ' class="with-icon"' if cell.icon else _side(column)
        if not any(cell.pad):
            return ' class="n"'
        self.pads.add(cell.pad)
        return f' class="n {_pad_class(cell.pad)}"'


def _side(column: Column) -> str:
    return ' class="n"' if column.align in ("number", "right") else ""
