"""The pack's blocks as parts of a slide: the same words and figures as in the PDF, without its drawings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from scorecard.charts.palette import STATUS_COLOURS
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Columns, Heading, Table, Text
from scorecard.pack.powerpoint.parts import DeckCell, DeckColumn, Para, Part, Run, Style, TablePart, TextPart, para
from scorecard.pack.powerpoint.theme import THEME_BY_COLOUR, Colour, safe

SYMBOLS = {"met": "●", "close": "◐", "missed": "◆", "no_target": "–", "no_data": "○"}
SYMBOL_BY_WORD = {STATUS_WORDS[status]: (symbol, STATUS_COLOURS[status]) for status, symbol in SYMBOLS.items()}
STYLES: dict[str, Style] = {"lead": "lead", "note": "note", "strong": "strong", "label": "strong"}


def status_shape(word: str) -> tuple[str, Colour]:
    """The shape that repeats a status's word, and its colour of the theme; none for other words."""
    symbol, colour = SYMBOL_BY_WORD.get(word, ("", ""))
    return symbol, THEME_BY_COLOUR.get(colour, "tx1")


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Blocks as parts: paragraphs together, tables, nothing of figures."""
    return tuple(_parts(blocks))


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    paras: list[Para] = []
    for block in blocks:
        match block:
            case Heading():
                paras.append(para(block.text, "strong"))
            case Text():
                paras.append(para(block.text, STYLES.get(block.style, "normal")))
            case Bullets():
                leads = block.leads or ("",) * len(block.items)
                paras += [_bullet(lead, item) for lead, item in zip(leads, block.items, strict=True)]
            case Table() | Columns():
                if paras:
                    yield from _before_a_table(paras) if isinstance(block, Table) else (TextPart(tuple(paras)),)
                    paras = []
                if isinstance(block, Table):
                    yield table_part(block)
                else:
                    yield from _parts((*block.left, *block.right))
            case _:
                continue
    if paras:
        yield TextPart(tuple(paras))


def _before_a_table(paras: Sequence[Para]) -> Iterator[TextPart]:
    """Paragraphs above a table; its heading, and the note below that, stand on its slide."""
    notes = next((back for back, para in enumerate(reversed(paras)) if para.style != "note"), len(paras))
    at = len(paras) - notes - 1
    if at >= 0 and paras[at].style == "strong":
        if at:
            yield TextPart(tuple(paras[:at]))
        yield TextPart(tuple(paras[at:]), leads=True)
    else:
        yield TextPart(tuple(paras))


def _bullet(lead: str, item: str) -> Para:
    """An item of a list, what it begins with set apart."""
    plain = para(item, "bullet")
    return replace(plain, runs=(Run(f"{safe(lead)} ", bold=True), *plain.runs)) if lead else plain


def table_part(table: Table, yields: dict[str, int] | None = None, otherwise: int = 0) -> TablePart:
    """A table without its columns of drawings. yields: by heading, how soon a column gives way where room is short."""
    columns_left = [
        index for index in range(len(table.columns)) if not any(row[index].chart for row in table.rows) or index == 0
    ]
    soon = yields or {}
    return TablePart(
        safe(table.caption),
        tuple(_column(table.columns[index], soon.get(table.columns[index].label, otherwise)) for index in columns_left),
        tuple(tuple(deck_cell(row[index]) for index in columns_left) for row in table.rows),
        table.total,
    )


def without_columns(table: Table, labels: Collection[str]) -> Table:
    """A table without the columns of some headings."""
    columns_left = [index for index, column in enumerate(table.columns) if column.label not in labels]
    rows = tuple(tuple(row[index] for index in columns_left) for row in table.rows)
    return replace(table, columns=tuple(table.columns[index] for index in columns_left), rows=rows)


def _column(column: Column, yields: int) -> DeckColumn:
    return DeckColumn(safe(column.label), column.width, column.align in ("right", "number"), yields)


def deck_cell(cell: Cell) -> DeckCell:
    """A cell: the shape of a status beside its word."""
    in_words = DeckCell(safe(cell.text or "; ".join(cell.items)), safe(cell.note), cell.strong)
    if cell.icon is None:
        return in_words
    symbol, colour = status_shape(cell.text)
    return replace(in_words, symbol=symbol, colour=colour)
