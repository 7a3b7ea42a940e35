"""The document as paper has it: without what the web page alone shows, long tables cut and said to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scorecard.pack.document.blocks import (
    Block,
    Bullets,
    Cell,
    Columns,
    Document,
    Gallery,
    Heading,
    Screen,
    Section,
    Table,
    Text,
)
from scorecard.pack.document.words import letters

ELSEWHERE = "on the web page and in the workbook"  # stands what paper leaves out
TEXT_LETTERS, TABLE_LETTERS = 150, 165  # of a line across the page
BULLET = 2  # letters that a list's bullet takes


def on_paper(document: Document) -> Document:
    """A document without its blocks for the screen; a section that has nothing else goes with them."""
    sections = tuple(printed(section) for section in document.sections)
    printed_sections = tuple(
        new for old, new in zip(document.sections, sections, strict=True) if new.blocks or not old.blocks
    )
    return replace(document, cover=printed_blocks(document.cover), sections=printed_sections)


def printed(section: Section) -> Section:
    """A section as paper has it."""
    return replace(section, blocks=printed_blocks(section.blocks), shorter=printed_blocks(section.shorter))


def printed_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks as paper has them."""
    return tuple(part for block in blocks for part in _printed(block))


def _printed(block: Block) -> Iterator[Block]:
    match block:
        case Screen():
            return
        case Table(on_paper=int() as most) if len(block.rows) > most:
            yield replace(block, rows=block.rows[:most], on_paper=None)
            yield Text(f"and {len(block.rows) - most} more, {ELSEWHERE}.", "note")
        case Gallery():
            yield replace(block, items=tuple(printed_blocks(item) for item in block.items))
        case Columns():
            yield replace(block, left=printed_blocks(block.left), right=printed_blocks(block.right))
        case _:
            yield block


def height_of(blocks: Iterable[Block]) -> float:
    """About how many points texts, lists and tables take across a page, rather too many than too few."""
    return sum(map(_height, printed_blocks(blocks)))


def _height(block: Block) -> float:
    match block:
        case Heading():
            return 24
        case Text():
            return 4 + 11 * _lines(block.text, TEXT_LETTERS)
        case Bullets():
            return sum(2 + 11 * _lines(item, TEXT_LETTERS) for item in block.items)
        case Table():
            return table_height(block)
    return 0


def table_height(table: Table, rows: int | None = None) -> float:
    """About how many points a table's heading and first rows take across a page. rows: how many of them; None: all."""
    return 16 + sum(3 + 8 * _row_lines(table, row) for row in table.rows[:rows])


def _row_lines(table: Table, row: Sequence[Cell]) -> int:
    """How many lines a row's fullest cell takes."""
    share = TABLE_LETTERS / sum(column.width for column in table.columns)
    return max(_cell_lines(cell, share * column.width) for cell, column in zip(row, table.columns, strict=True))


def _cell_lines(cell: Cell, room: float) -> int:
    cell_texts = [
        *([cell.text] if cell.text or not cell.items else []),
        *([cell.note] if cell.note else []),
        *cell.items,
    ]
    return sum(_lines(text, room - (BULLET if text in cell.items else 0)) for text in cell_texts)


def _lines(text: str, room: float) -> int:
    return 1 + int(letters(text) / room)
