"""HTML that keyboard and screen reader can read: tables, tiles, links, pictures. All text is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from scorecard.core.numbers import count_of


@dataclass(frozen=True)
class Markup:
    """A piece of HTML that is safe as it stands. Everything else is text, and escaped."""

    html: str

    def __str__(self) -> str:
        return self.html


Content = str | Markup | None
CONTENT = "content"  # where a page's content begins
NEWEST = 13  # rows that stand open: a year of months and the month it began with


def text(content: Content) -> str:
    """A content as HTML: markup as it is, text escaped, nothing as an en dash."""
    if isinstance(content, Markup):
        return content.html
    return "–" if content is None or content == "" or content != content else escape(str(content))


TAG = re.compile(r"<[^>]*>")
PUNCTUATION, MARKDOWN = r"[!-/:-@\[-`{-~]", r"[\\`*_\[\]<>$:~|#]"


def unmarked(plain_text: str, signs: str = PUNCTUATION) -> str:
    """Text for Streamlit's own headings, which read Markdown: every sign that could mean something means itself.

    signs: which ones; of a control's label only those that mean something within a line, for its name is read aloud.
    """
    return re.sub(f"({signs})", r"\\\1", plain_text)


def link(label: Content, page: str, *, anchor: str = "", **query: str | None) -> Markup:
    """A link to a page of the scorecard, with what it shows in the URL; anchor: what it leads to."""
    asked = urlencode({name: value for name, value in query.items() if value}, quote_via=quote)
    address = f"./{page}" + (f"?{asked}" if asked else "") + (f"#{anchor}" if anchor else "")
    return Markup(f'<a href="{escape(address)}" target="_self">{text(label)}</a>')


def current_link(link: Markup) -> Markup:
    """A link to what is shown now, which says so."""
    return Markup(link.html.replace("<a ", '<a aria-current="page" ', 1))


def anchor_link(label: Content, anchor: str) -> Markup:
    """A link to a place on the same page."""
    return Markup(f'<a href="#{escape(anchor)}" target="_self">{text(label)}</a>')


def heading(content: Content, level: int = 2, anchor: str = "") -> Markup:
    """A heading, which a URL can name by its anchor; no tab stop. The page's first is where its content begins."""
    named = anchor or (CONTENT if level == 1 else "")
    name = f' id="{escape(named)}"' if named else ""
    return Markup(f"<h{level}{name}>{text(content)}</h{level}>")


def picture(svg: str, alternative_text: str, kind: str = "") -> Markup:
    """An SVG of ours as a picture with its words. As an image it can run nothing, whatever stands in it."""
    data = b64encode(svg.encode()).decode()
    return Markup(
        f'<img class="{escape(kind)}" alt="{escape(alternative_text)}" src="data:image/svg+xml;base64,{data}">'
    )


def pictures(drawn: Iterable[tuple[str, str]], alternative_text: str) -> Markup:
    """The same chart for several widths of a screen, of which the style sheet shows one: each its kind and SVG."""
    return joined((picture(svg, alternative_text, f"sc-chart {kind}") for kind, svg in drawn), "")


def png_picture(png: bytes, alternative_text: str, kind: str = "") -> Markup:
    """A PNG as a picture with its words."""
    data = b64encode(png).decode()
    return Markup(f'<img class="{escape(kind)}" alt="{escape(alternative_text)}" src="data:image/png;base64,{data}">')


def joined(parts: Iterable[Content], between: str = " ") -> Markup:
    """Several contents, one after the other."""
    return Markup(between.join(text(part) for part in parts))


def paragraph(content: Content, kind: str = "") -> Markup:
    """A paragraph."""
    return Markup(f'<p class="{escape(kind)}">{text(content)}</p>')


def listing(items: Iterable[Content], kind: str = "sc-list") -> Markup:
    """A bulleted list."""
    return Markup(f'<ul class="{escape(kind)}">' + "".join(f"<li>{text(item)}</li>" for item in items) + "</ul>")


def table(
    caption: str,
    headers: Sequence[Content],
    rows: Iterable[Sequence[Content]],
    *,
    numeric: Sequence[int] = (),
    row_header: bool = True,
    compact: bool = False,
    stacks: bool = True,
    kind: str = "",
) -> Markup:
    """A real table with a caption and header cells, in a region that scrolls sideways by keyboard where it is narrow.

    numeric: the columns that are set to line up. row_header: the first cell names its row. stacks: on a narrow screen
    a row becomes a card, its cells one below the other, each with its header's words. kind: a class of its own.
    """
    head = "".join(
        f'<th scope="col"{_role("columnheader", stacks)}{_class(at, numeric)}>{text(header)}</th>'
        for at, header in enumerate(headers)
    )
    names = headers if stacks else ()
    row_role, group_role = _role("row", stacks), _role("rowgroup", stacks)
    body = "".join(f"<tr{row_role}>{_cells(row, numeric, row_header, names)}</tr>" for row in rows)
    kinds = ("sc-table", "sc-compact" if compact else "", "sc-stacks" if stacks else "", escape(kind))
    return Markup(
        f'<div class="sc-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="{" ".join(filter(None, kinds))}"{_role("table", stacks)}><caption>{escape(caption)}</caption>'
        f"<thead{group_role}><tr{row_role}>{head}</tr></thead><tbody{group_role}>{body}</tbody></table></div>"
    )


def filled(headers: Sequence[Content], rows: Sequence[Sequence[Content]]) -> tuple[list[Content], list[list[Content]]]:
    """A table's headers and rows without the columns that no row fills; the first two always stand."""
    kept = [at for at in range(len(headers)) if at < 2 or any(text(row[at]) != "–" for row in rows)]
    return [headers[at] for at in kept], [[row[at] for at in kept] for row in rows]


def newest_first(
    caption: str,
    headers: Sequence[Content],
    rows: Sequence[Sequence[Content]],
    earlier: str,
    *,
    numeric: Sequence[int] = (),
    kind: str = "",
) -> None:
    """Puts a table on the page without the columns that no row fills, all but its newest rows folded.

    earlier: what one of those is called: 'earlier month'. numeric, kind: as of `table`; numeric of the first two.
    """
    shown, body = filled(headers, rows)
    show(table(caption, shown, body[:NEWEST], numeric=numeric, compact=True, kind=kind))
    if len(body) > NEWEST:
        with st.expander(count_of(len(body) - NEWEST, earlier)):
            show(table(f"{caption}, earlier", shown, body[NEWEST:], numeric=numeric, compact=True, kind=kind))


def _role(name: str, needed: bool) -> str:
    """A role in words, for a table that is no table to the style sheet: browsers would take its meaning away."""
    return f' role="{name}"' if needed else ""


def _class(at: int, numeric: Sequence[int], *more: str) -> str:
    kinds = " ".join(["sc-number"] * (at in numeric) + list(more))
    return f' class="{kinds}"' if kinds else ""


def _cells(row: Sequence[Content], numeric: Sequence[int], row_header: bool, names: Sequence[Content]) -> str:
    """The cells of a row; names: the headers' words, for cells that say theirs where the table stacks."""
    cells = []
    for at, content in enumerate(row):
        shown = text(content)
        name = names[at] if at < len(names) else None
        label = TAG.sub("", text(name)) if name else ""
        data_label = f' data-of="{label}"' if label else ""
        if at == 0 and row_header:
            cells.append(f'<th scope="row"{_role("rowheader", bool(names))}{data_label}>{shown}</th>')
        else:
            kinds = _class(at, numeric, *["sc-nothing"] * (bool(names) and text(content) == "–"))
            cells.append(f"<td{_role('cell', bool(names))}{data_label}{kinds}>{shown}</td>")
    return "".join(cells)


def show(content: Markup) -> None:
    """Puts markup on the page."""
    st.html(content.html)
