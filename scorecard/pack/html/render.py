"""The pack as one accessible page that needs nothing else: for e-mail, and for readers whom a PDF shuts out.

No script, no request to anywhere: style and fonts are inside, and a content security policy holds it to that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from scorecard.pack.document.blocks import Block, Columns, Document, Figure, Gallery, Screen, Table
from scorecard.pack.document.build import build_document
from scorecard.pack.document.draw import figure_svg, icon_svg, small_svg
from scorecard.pack.fonts import FONTS
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState

DIGIT, POINT, PERCENT = 0.497, 0.249, 0.824  # widths in ems of Source Sans 3, as templates/blocks.typ has them
WIDE_CHARTS = 2  # a gallery of so many in a row has wide charts
DRAFT = PackState()
Pad = tuple[int, int, int]


def html(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as a page in UTF-8.

    content: the snapshot's canonical JSON. The same arguments give the same bytes. Raises PackError where the snapshot
    can't be read.
    """
    document = build_document(read_snapshot(content), snapshot_id(content), state)
    style = _style(document)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    page: str = _template().render(pack=document, style=style, policy=policy, wide_charts=WIDE_CHARTS)
    return page.encode("utf-8")


@cache
def _template() -> Any:
    """The page's template: whatever it is given is escaped, but for our own drawings."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters |= {
        "figure": _drawing(figure_svg), "icon": _drawing(icon_svg), "sparkline": _drawing(small_svg),
        "pad_class": _pad_class, "has_lists": _has_lists,
    }  # fmt: skip
    return environment.from_string(_file("pack.html"))


def _drawing(draw: Callable[[Any], str]) -> Callable[[Any], Markup]:
    return lambda model: Markup(draw(model))  # noqa: S704 - SVG of ours, in which every text is escaped


def _file(name: str) -> str:
    return (resources.files("scorecard.pack") / "templates" / name).read_text("utf-8")


def _style(document: Document) -> str:
    line = f"{document.marking} · {document.running_head} · {document.state}"
    quoted = "".join(sign if sign.isalnum() or sign in " ·:," else f"\\{ord(sign):x} " for sign in line)
    running = f'@page {{ margin: 18mm 14mm; @top-left {{ content: "{quoted}"; font: 8pt sans-serif; }} }}\n'
    pads = sorted({pad for section in document.sections for pad in _pads(section.blocks)})
    rules = "".join(f".{_pad_class(pad)} {{ padding-right: calc(.5rem + {_pad_width(pad):.3f}em); }}\n" for pad in pads)
    return f"\n{_faces()}{_file('page.css')}{rules}{running}"


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


def _pads(blocks: tuple[Block, ...]) -> Iterator[Pad]:
    """The room that figures of the page's tables leave at their right, so that their points line up."""
    for block in blocks:
        match block:
            case Table():
                yield from (cell.pad for row in block.rows for cell in row if any(cell.pad))
            case Figure() if block.table is not None:
                yield from _pads((block.table(),))
            case Gallery():
                yield from (pad for item in block.items for pad in _pads(item))
            case Columns():
                yield from _pads((*block.left, *block.right))
            case Screen():
                yield from _pads(block.blocks)


def _has_lists(table: Table) -> bool:
    """Whether cells hold lists: a narrow screen has no room for two beside each other, and shows them in turn."""
    return any(cell.items for row in table.rows for cell in row)


def _pad_class(pad: Pad) -> str:
    return f"p{pad[0]}-{pad[1]}-{pad[2]}"


def _pad_width(pad: Pad) -> float:
    return DIGIT * pad[0] + POINT * pad[1] + PERCENT * pad[2]
