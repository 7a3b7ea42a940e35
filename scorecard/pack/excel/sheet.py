"""A sheet of the workbook as a plain table, before it is a file: title, notes, columns, rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "long", "number", "count", "date", "moment"]
Value = str | float | int | date | datetime | None
BLANKS = "A blank means that there is none, or that the plan does not say."


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its heading, how its cells are written, its width in characters.

    printed: False for those that paper leaves out, which stand at the sheet's end.
    """

    label: str
    kind: Kind = "text"
    width: float = 14
    printed: bool = True


SERVICE_AREA = SheetColumn("Service area", width=26)
MEASURE = SheetColumn("Measure", width=44)
MEASURE_WRAPPED = SheetColumn("Measure", "long", 44)
ROWS_ON_PAPER = 45  # of a sheet of which paper has the first page alone
FIRST_PAGE_ALONE = "On paper this sheet is its first page: all its rows are in the file."
MEASURE_ID = SheetColumn("Measure id", width=34, printed=False)
SUPPLIED_BY = SheetColumn("Supplied by", width=26)


@dataclass(frozen=True)
class Row:
    """A row's cells, and how its figures are written: decimals, and whether they are percentages."""

    cells: tuple[Value, ...]
    decimals: int = 0
    percent: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet with one table. on_paper: so many of its rows are printed, in as many columns as a page holds."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[Row, ...]
    when_empty: str = ""
    on_paper: int | None = None

    @property
    def shown(self) -> int:
        """How many of its columns are printed: those up to the last printed one that has anything in it."""
        filled = [
            column_index
            for column_index, column in enumerate(self.columns)
            if column.printed and any(row.cells[column_index] is not None for row in self.rows)
        ]
        return max(filled, default=len(self.columns) - 1) + 1


def printed_columns_first(sheet: Sheet) -> Sheet:
    """A sheet with the columns that paper leaves out at its end; one whose first page alone is printed, as it is."""
    if sheet.on_paper is not None:
        return sheet
    order = sorted(range(len(sheet.columns)), key=lambda column_index: not sheet.columns[column_index].printed)
    return replace(
        sheet,
        columns=tuple(sheet.columns[column_index] for column_index in order),
        rows=tuple(replace(row, cells=tuple(row.cells[column_index] for column_index in order)) for row in sheet.rows),
    )


def yes(value: bool) -> str:
    """'Yes' or 'No'."""
    return "Yes" if value else "No"
