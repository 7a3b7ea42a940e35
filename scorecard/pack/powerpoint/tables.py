"""Tables of the deck: which columns there is room for, how wide and how high, and their XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scorecard.pack.powerpoint.drawingml import MAIN, emu, line_xml, paragraph_xml, run_xml
from scorecard.pack.powerpoint.parts import DeckCell, DeckColumn, TablePart
from scorecard.pack.powerpoint.text_metrics import Typeface, cut_to, lines_of, longest_word, text_width

SIDE, ABOVE = 6.0, 1.5  # points free within a cell
WORD_AT_MOST = 0.3  # of a table's width: a longer word is broken
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
HEAD_RULE = line_xml("accent1", 2.0, side="lnB")
ROW_RULE = line_xml("accent5", 0.5, side="lnB")
TOTAL_RULE = line_xml("accent1", 1.5, side="lnT")
CONTINUED = " (continued)"
FEW_LINES = 2  # that headings and short words are set in
SHORT = 24  # letters
NAMES_AT_LEAST = 13  # sizes: a column of longer names is no narrower than so many times the size of its letters


@dataclass(frozen=True)
class LaidTable:
    """A table whose columns and rows have their measures, in points."""

    part: TablePart
    widths: tuple[float, ...]
    heights: tuple[float, ...]  # the heading's first
    size: float

    @property
    def width(self) -> float:
        """The whole width."""
        return sum(self.widths)

    @property
    def height(self) -> float:
        """The whole height."""
        return sum(self.heights)


def lay_table(
    part: TablePart, width: float, height: float, size: float, face: Typeface, fresh: bool
) -> tuple[LaidTable | None, int]:
    """As many rows as there is room for, and how many these are; none where not even one has room and fresh is False.

    fresh: the room is a whole slide, so that a row which is too high for it is cut.
    """
    shown = with_room(part, width, size, face)
    widths = column_widths(shown, width, size, face)
    heading = heading_height(shown, widths, size, face)
    rows: list[tuple[DeckCell, ...]] = []
    heights = [heading]
    for row in shown.rows:
        needed = row_height(row, widths, size, face)
        if sum(heights) + needed > height:
            if rows or not fresh:
                break
            row = _cut_row(row, widths, height - heading, size, face)
            needed = row_height(row, widths, size, face)
        rows.append(row)
        heights.append(needed)
    if not rows:
        return None, 0
    if len(rows) > 1 and len(rows) < len(shown.rows) and names_group(rows[-1]):
        rows, heights = rows[:-1], heights[:-1]  # a name stands with what it names
    total = shown.total and len(rows) == len(shown.rows)
    return LaidTable(replace(shown, rows=tuple(rows), total=total), widths, tuple(heights), size), len(rows)


def names_group(row: Sequence[DeckCell]) -> bool:
    """Whether a row is the name of those below it: its first cell alone says something."""
    return row[0].strong and len(row) > 1 and not any(cell.text or cell.symbol for cell in row[1:])


def group_names(rows: Sequence[Sequence[DeckCell]]) -> Iterator[str]:
    """The names of the groups that rows belong to, those continued too."""
    return (row[0].text.removesuffix(CONTINUED) for row in rows if names_group(row))


def rest_of(part: TablePart, laid: int) -> TablePart | None:
    """What follows on the next slide: the rows not laid, below their group's name again where it is parted."""
    if laid >= len(part.rows):
        return None
    rows = part.rows[laid:]
    named = next((row for row in reversed(part.rows[:laid]) if names_group(row)), None)
    if named is not None and not names_group(rows[0]):
        name = named[0].text.removesuffix(CONTINUED)
        rows = ((replace(named[0], text=f"{name}{CONTINUED}"), *named[1:]), *rows)
    return replace(part, rows=rows)


def with_room(part: TablePart, width: float, size: float, face: Typeface) -> TablePart:
    """The table without the columns that must yield."""
    while sum(least_widths(part, width, size, face)) > width:
        yielding = [index for index, column in enumerate(part.columns) if column.yields]
        if not yielding:
            break
        gone = max(yielding, key=lambda index: (part.columns[index].yields, index))
        part = replace(
            part,
            columns=part.columns[:gone] + part.columns[gone + 1 :],
            rows=tuple(row[:gone] + row[gone + 1 :] for row in part.rows),
        )
    return part


def least_widths(part: TablePart, width: float, size: float, face: Typeface, tight: bool = False) -> list[float]:
    """The widths below which words or figures would be broken. tight: and no more, so that texts have more lines."""
    least = []
    for index, column in enumerate(part.columns):
        heading = longest_word if tight else _in_few_lines
        widths = [heading(column.label, size, face, bold=True)]
        for row in part.rows:
            cell = row[index]
            symbol = text_width(f"{cell.symbol} ", size, face, bold=True) if cell.symbol else 0.0
            least_of = (
                _in_few_lines if not tight and index and not column.right and len(cell.text) <= SHORT else longest_word
            )
            widths.append(symbol + least_of(cell.text, size, face, cell.strong))
            widths.append((longest_word if tight else _in_few_lines)(cell.note, size, face))
        longest = max((text_width(row[0].text, size, face, bold=True) for row in part.rows), default=0.0)
        names = min(NAMES_AT_LEAST * size, longest) if index == 0 and not tight else 0.0
        least.append(max(min(max(widths), WORD_AT_MOST * width), names) + 2 * SIDE + 0.5)
    return least


def _in_few_lines(text: str, size: float, face: Typeface, bold: bool = False) -> float:
    """The width in which a text takes two lines at most, and no word is broken."""
    room = longest_word(text, size, face, bold)
    while lines_of(text, room, size, face, bold) > FEW_LINES:
        room += size / 2
    return room


def column_widths(part: TablePart, width: float, size: float, face: Typeface) -> tuple[float, ...]:
    """Each column's share of the width, none under its least where that can be."""
    least = least_widths(part, width, size, face)
    if sum(least) > width:
        least = least_widths(part, width, size, face, tight=True)
    if sum(least) > width:
        return tuple(narrowest * width / sum(least) for narrowest in least)
    total = sum(column.width for column in part.columns)
    wanted = [column.width / total * width for column in part.columns]
    at_least = [max(width_wanted, low) for width_wanted, low in zip(wanted, least, strict=True)]
    over = sum(at_least) - width
    slack = [given - low for given, low in zip(at_least, least, strict=True)]
    return tuple(
        given - over * spare / sum(slack) if over > 0 else given for given, spare in zip(at_least, slack, strict=True)
    )


def heading_height(part: TablePart, widths: Sequence[float], size: float, face: Typeface) -> float:
    """The height of the heading row."""
    lines = max(
        lines_of(column.label, room - 2 * SIDE, size, face, bold=True)
        for column, room in zip(part.columns, widths, strict=True)
    )
    return lines * size * face.line + 2 * ABOVE


def row_height(row: Sequence[DeckCell], widths: Sequence[float], size: float, face: Typeface) -> float:
    """The height of a row: that of its highest cell."""
    lines = max(_cell_lines(cell, room, size, face) for cell, room in zip(row, widths, strict=True))
    return lines * size * face.line + 2 * ABOVE


def _cell_lines(cell: DeckCell, width: float, size: float, face: Typeface) -> int:
    text = f"{cell.symbol} {cell.text}" if cell.symbol else cell.text
    lines = lines_of(text, width - 2 * SIDE, size, face, cell.strong or bool(cell.symbol))
    return lines + (lines_of(cell.note, width - 2 * SIDE, size, face) if cell.note else 0)


def _cut_row(
    row: Sequence[DeckCell], widths: Sequence[float], height: float, size: float, face: Typeface
) -> tuple[DeckCell, ...]:
    """A row that a whole slide can't hold: its cells cut."""
    lines = max(int((height - 2 * ABOVE) // (size * face.line)), 2)
    return tuple(
        replace(
            cell,
            text=cut_to(cell.text, lines - bool(cell.note), room - 2 * SIDE, size, face, bold=True),
            note=cut_to(cell.note, 1, room - 2 * SIDE, size, face) if cell.note else "",
        )
        for cell, room in zip(row, widths, strict=True)
    )


def table_xml(table: LaidTable) -> str:
    """The table as DrawingML: heading row and first column flagged, rules instead of fills, so that it prints."""
    part = table.part
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in table.widths)
    heading = "".join(_heading_cell(column, table.size) for column in part.columns)
    last = len(part.rows) - 1
    rows = "".join(
        f'<a:tr h="{emu(height)}">'
        + "".join(
            _cell(cell, column, table.size, part.total and index == last)
            for cell, column in zip(row, part.columns, strict=True)
        )
        + "</a:tr>"
        for index, (row, height) in enumerate(zip(part.rows, table.heights[1:], strict=True))
    )
    flags = 'firstRow="1" firstCol="1"' + (' lastRow="1"' if part.total else "")
    return (
        f'<a:tbl xmlns:a="{MAIN}">'
        f"<a:tblPr {flags}><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>"
        f'<a:tr h="{emu(table.heights[0])}">{heading}</a:tr>{rows}</a:tbl>'
    )


def _heading_cell(column: DeckColumn, size: float) -> str:
    return _cell_xml(_line(run_xml(column.label, size, bold=True), column.right, size), "b", HEAD_RULE)


def _cell(cell: DeckCell, column: DeckColumn, size: float, total: bool) -> str:
    symbol = run_xml(cell.symbol + "\u00a0", size, bold=True, colour=cell.colour) if cell.symbol else ""
    lines = _line(symbol + run_xml(cell.text, size, cell.strong or total), column.right, size)
    if cell.note:
        lines += _line(run_xml(cell.note, size), column.right, size)
    return _cell_xml(lines, "t", ROW_RULE, TOTAL_RULE if total else "")


def _cell_xml(lines: str, anchor: str, below: str, above: str = "") -> str:
    sides = f'marL="{emu(SIDE)}" marR="{emu(SIDE)}" marT="{emu(ABOVE)}" marB="{emu(ABOVE)}"'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{lines}</a:txBody>"
        f'<a:tcPr {sides} anchor="{anchor}">{above}{below}<a:noFill/></a:tcPr></a:tc>'
    )


def _line(runs: str, right: bool, size: float) -> str:
    return paragraph_xml(runs, size, align="r" if right else "l")
