"""A comment's Markdown: paragraphs, lists, bold and italics. Everything else, HTML and links too, is text."""

from __future__ import annotations

from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Of CommonMark, what a few sentences need; no picture, link, heading or code, and HTML is text.
_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["list", "emphasis", "escape", "newline"])
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li"}


def as_html(text: str) -> str:
    """A comment as HTML of TAGS alone; safe to put on a page as it stands."""
    return nh3.clean(_MARKDOWN.render(text), tags=TAGS, attributes={"ol": {"start"}}, link_rel=None)


def as_lines(text: str) -> tuple[str, ...]:
    """A comment as plain lines for print, without its marks: a line of prose each, items led by '•' or their number."""
    return tuple(_lines(_MARKDOWN.parse(text)))


def _lines(tokens: list[Token]) -> Iterator[str]:
    counters: list[int | None] = []  # of the lists that are open: the next number; None for bullets
    lead = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                counters.append(None)
            case "ordered_list_open":
                counters.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                counters.pop()
            case "list_item_open":
                number = counters[-1]
                lead = "• " if number is None else f"{number}. "
                counters[-1] = None if number is None else number + 1
            case "inline":
                for line in _plain(token).split("\n"):
                    yield f"{lead}{line.strip()}"
                    lead = ""


def _plain(inline: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if part.type in breaks else part.content for part in inline.children or ())
