"""Our own Markdown on a page: text as Streamlit draws it, tables as ours, so that a keyboard can scroll them."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

import streamlit as st

from scorecard.pages.parts.markup import Markup, show, table

HEADING = re.compile(r"^#+ +(.+)$")
INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
)


def show_markdown(text: str) -> None:
    """Draws a section of docs/: its tables get the heading above them as their caption."""
    caption = "Table"
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        block = list(lines)
        if is_table:
            show(_table(caption, block))
            continue
        headings = [match[1] for line in block if (match := HEADING.match(line))]
        caption = headings[-1] if headings else caption
        st.markdown("\n".join(block))


def _table(caption: str, lines: list[str]) -> Markup:
    """A table of pipes: the second line says which columns are figures ('---:')."""
    header, rule, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines)
    numeric = [at for at, cell in enumerate(rule) if cell.endswith(":")]
    body = [tuple(_inline(cell) for cell in row) for row in rows]
    return table(caption, [_inline(cell) for cell in header], body, numeric=numeric, compact=True, stacks=False)


def _inline(source: str) -> Markup:
    """Code and bold; everything else is text."""
    html = escape(source)
    for pattern, replacement in INLINE:
        html = pattern.sub(replacement, html)
    return Markup(html)
