"""What a layout leaves out of a report, with its figures: nothing is left out in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from scorecard.core.numbers import count_of
from scorecard.core.safe_text import visible
from scorecard.extract.files.table import Table
from scorecard.extract.report_layout.match import FoundHeader
from scorecard.extract.text.spreadsheet_columns import column_letters
from scorecard.extract.text.text_columns import as_texts

MOST_NAMED = 20  # rows and columns that are named; of more the number is said
FIGURES_SHOWN = 3  # of each
_FIGURE = r"[+\-−]?[0-9][0-9, ]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)? ?%?"


@dataclass
class LeftOut:
    """Rows and columns that were not read: each one's name, how many figures it has, and the first of them.

    other_rows: how many rows the layout doesn't choose (its `only` and `areas`).
    """

    rows: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    other_rows: int = 0

    def add_row(self, label: str, cells: list[str]) -> None:
        """Adds a row that the layout ignores, with the cells in which figures stand."""
        figures = _figures(pd.Series(cells, dtype="str"))
        if figures:
            self.rows.setdefault(label, []).extend(figures)

    def add_columns(self, table: Table, header: FoundHeader, used: set[int]) -> None:
        """Adds the columns of the header that aren't used and have figures below it."""
        for column in (column for column in range(len(header.names)) if column not in used):
            figures = _figures(as_texts(table.records.column(column, header.place + 1)))
            if figures:
                self.columns[header.names[column] or f"column {column_letters(column)}"] = figures

    def sentence(self) -> str:
        """All of it as a sentence; '' where nothing with figures was left out."""
        named = [_named("column", *column) for column in self.columns.items()] + [
            _named("row", *row) for row in self.rows.items()
        ]
        parts = named[:MOST_NAMED]
        if len(named) > MOST_NAMED:
            parts.append(count_of(len(named) - MOST_NAMED, "more column or row", "more columns and rows"))
        if self.other_rows:
            parts.append(f"{count_of(self.other_rows, 'row')} that the layout doesn't choose")
        return f"Left out: {'; '.join(parts)}." if parts else ""


def _figures(cells: pd.Series[Any]) -> list[str]:
    return [str(cell) for cell in cells[cells.str.fullmatch(_FIGURE)]]


def _named(kind: str, name: str, figures: list[str]) -> str:
    shown = ", ".join(figures[:FIGURES_SHOWN]) + (", …" if len(figures) > FIGURES_SHOWN else "")
    return f"the {kind} '{visible(name, 60)}' ({count_of(len(figures), 'figure')}: {shown})"
