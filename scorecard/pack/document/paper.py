"""The document as paper has it: without what the web page alone shows, long tables cut and said to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scorecard.pack.document.blocks import Block, Columns, Document, Gallery, Screen, Section, Table, Text


def on_paper(document: Document) -> Document:
    """A document without its blocks for the screen; a section that has nothing else goes with them."""
    sections = tuple(printed(section) for section in document.sections)
    kept = tuple(new for old, new in zip(document.sections, sections, strict=True) if new.blocks or not old.blocks)
    return replace(document, cover=printed_blocks(document.cover), sections=kept)


def printed(section: Section) -> Section:
    """A section as paper has it."""
    return replace(section, blocks=printed_blocks(section.blocks))


def printed_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks as paper has them."""
    return tuple(part for block in blocks for part in _printed(block))


def _printed(block: Block) -> Iterator[Block]:
    match block:
        case Screen():
            return
        case Table(on_paper=int() as most) if len(block.rows) > most:
            yield replace(block, rows=block.rows[:most], on_paper=None)
            yield Text(f"and {len(block.rows) - most} more, on the web page and in the workbook.", "note")
        case Gallery():
            yield replace(block, items=tuple(printed_blocks(item) for item in block.items))
        case Columns():
            yield replace(block, left=printed_blocks(block.left), right=printed_blocks(block.right))
        case _:
            yield block
