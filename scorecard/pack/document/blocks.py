"""What a pack is made of, before it is a PDF or a page: headings, texts, tables, figures. Renderers only translate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeVar

from scorecard.charts.model.comparison import FunnelChart, GapBars, YearChart
from scorecard.charts.model.models import Sparkline, TrendChart, XRange
from scorecard.core.numbers import NO_FIGURE

Align = Literal["left", "right", "number", "centre"]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Icon:
    """The shape of a status, variation or assurance, by its code; None: not judged, not shown.

    up: which way a variation's signal points.
    """

    of: Literal["status", "variation", "assurance"]
    code: str | None
    up: bool = True


class Size(NamedTuple):
    """The size of a chart, in the pixels of its SVG."""

    width: float
    height: float


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    pad: digits, points and percent signs to leave free at the right, so that points line up. icon: a shape that repeats
    the text. note: a second, smaller line. items: lines below one another, in the text's place. chart: a sparkline
    or bars. link: the anchor that it leads to.
    """

    text: str
    pad: tuple[int, int, int] = (0, 0, 0)
    icon: Icon | None = None
    note: str = ""
    items: tuple[str, ...] = ()
    chart: Sparkline | GapBars | None = None
    strong: bool = False
    link: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, and how its cells stand.

    kept: it stays in sight where a narrow screen has no room for all.
    """

    label: str
    width: float = 1.0
    align: Align = "left"
    kept: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption, headings, and a first cell in each row that names it.

    on_paper: how many of its rows paper and slides show at most; the web page and the workbook have them all.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    show_caption: bool = True
    on_paper: int | None = None
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Heading:
    """A heading within a section. level 2 and 3, and never 3 without a 2 above it; 1 on the cover alone."""

    text: str
    anchor: str
    level: int = 2
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    style: Literal["normal", "lead", "note", "label"] = "normal"
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Bullets:
    """A list. leads: what each item begins with, set apart; none, or one for each."""

    items: tuple[str, ...]
    leads: tuple[str, ...] = ()
    small: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Figure:
    """A chart: its model, its size, the months it spans, and the table of its figures, for the formats that show it."""

    chart: TrendChart | YearChart | FunnelChart
    size: Size
    x_range: XRange | None = None
    table: Callable[[], Table] | None = None
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True)
class Gallery:
    """Blocks side by side, so many in a row; none is cut by a page's end."""

    columns: int
    items: tuple[tuple[Block, ...], ...]
    kind: Literal["gallery"] = "gallery"


@dataclass(frozen=True)
class Columns:
    """Two columns of blocks; share: the left one's share of the width."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5
    kind: Literal["columns"] = "columns"


@dataclass(frozen=True)
class Screen:
    """What the web page alone shows, for its figures would take pages of paper: the workbook has them too."""

    blocks: tuple[Block, ...]
    kind: Literal["screen"] = "screen"


Block = Table | Heading | Text | Bullets | Figure | Gallery | Columns | Screen


@dataclass(frozen=True)
class Section:
    """A part of the pack. level: 1, or 2 for one within the section before.

    starts: on a page of its own; in turn, which is the same unless it would leave the page before less than half full;
    running on, where the one before ends; together: running on where it has all its room there, or half a page.
    shorter: its blocks for where less than a page and half of one is left, where it would be parted. contents: it ends
    with the list of all sections.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    starts: Literal["on a page", "in turn", "running on", "together"] = "in turn"
    shorter: tuple[Block, ...] = ()
    contents: bool = False


@dataclass(frozen=True)
class Fact:
    """Something to know of the pack itself."""

    label: str
    words: str


@dataclass(frozen=True)
class Document:
    """A whole pack.

    watermark: what stands across every page of one that is not approved. cover: what the first page says below its
    title. running_head, running_foot: what is at every page's head and foot.
    """

    title: str
    subtitle: str
    author: str
    state: str
    watermark: str
    warnings: tuple[str, ...]
    cover: tuple[Block, ...]
    marking: str
    running_head: str
    running_foot: str
    demonstration: bool
    sections: tuple[Section, ...]


def aligned(texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """For each figure of a column, how much to leave free at its right so that all decimal points are in line.

    Counted in digits, points and percent signs. Texts that are no figures, as 'From Sept 2020', keep clear of it all.
    """
    tails = [_tail(text) for text in texts]
    known = [tail for tail in tails if tail is not None]
    most = tuple(max((tail[index] for tail in known), default=0) for index in range(3))
    return [
        (most[0] - tail[0], most[1] - tail[1], most[2] - tail[2]) if tail is not None else (0, 0, 0) for tail in tails
    ]


def _tail(text: str) -> tuple[int, int, int] | None:
    """What stands right of a figure's units: digits, points, percent signs; None where the text is no figure."""
    body, percent = (text[:-1], 1) if text.endswith("%") else (text, 0)
    whole, point, fraction = body.lstrip("+−").partition(".")
    if not whole.replace(",", "").isdigit() or (point and not fraction.isdigit()):
        return None
    return len(fraction), len(point), percent


def figure_cells(texts: Sequence[str], notes: Sequence[str] | None = None) -> list[Cell]:
    """Cells of one column of figures, their points in line."""
    cell_notes = notes or [""] * len(texts)
    return [Cell(text, pad=pad, note=note) for text, pad, note in zip(texts, aligned(texts), cell_notes, strict=True)]


def table_of(
    caption: str,
    items: Iterable[Item],
    *columns_with_cells: tuple[Column, Callable[[Item], Cell | str]],
    on_paper: int | None = None,
) -> Table:
    """A table with a row an item; columns_with_cells: each column with what its cell says of an item.

    A text alone is a cell: in the first column one that names its row, in a column of figures one whose point is in
    line with the others'.
    """
    rows = list(items)
    columns = [
        _column_cells(index, column, [says(item) for item in rows])
        for index, (column, says) in enumerate(columns_with_cells)
    ]
    heads = tuple(column for column, _ in columns_with_cells)
    return Table(caption, heads, tuple(zip(*columns, strict=True)), show_caption=False, on_paper=on_paper)


def without_empty_columns(table: Table) -> Table:
    """A table without the columns, but the first, in which nothing stands."""
    filled_columns = [
        index for index in range(len(table.columns)) if index == 0 or any(_tells(row[index]) for row in table.rows)
    ]
    rows = tuple(tuple(row[index] for index in filled_columns) for row in table.rows)
    return replace(table, columns=tuple(table.columns[index] for index in filled_columns), rows=rows)


def _tells(cell: Cell) -> bool:
    return cell.text not in ("", NO_FIGURE) or bool(cell.note or cell.items or cell.chart)


def _column_cells(index: int, column: Column, cells: Sequence[Cell | str]) -> list[Cell]:
    pads = aligned([cell if isinstance(cell, str) else cell.text for cell in cells]) if column.align == "number" else ()
    return [
        cell if isinstance(cell, Cell) else Cell(cell, pad=pads[at] if pads else (0, 0, 0), strong=index == 0)
        for at, cell in enumerate(cells)
    ]
