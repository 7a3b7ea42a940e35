"""What can't be seen in a sheet: its hidden rows and columns are read as if they were shown, and always said."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from scorecard.core.numbers import count_of
from scorecard.extract.findings import fault, faults
from scorecard.extract.parse.rows import NUMBER_COLUMNS, Reading
from scorecard.extract.text.spreadsheet_columns import column_letters

_NAMED = 8  # rows or columns


def hidden_rows_and_columns(reading: Reading) -> pd.DataFrame:
    """Hidden rows and columns with figures in them, which ask for a yes; and those without, which are only said."""
    about = reading.table.about
    if about is None or not (about.hidden_rows or about.hidden_columns):
        return faults("hidden-figures", reading.rows[:0], "", "")
    with_figures, labels = _where_figures_stand(reading)
    names = reading.header.names
    rows = [at for at in about.hidden_rows if at + 1 in with_figures]
    columns = [at for at in about.hidden_columns if at < len(names) and names[at] in labels]
    parts = [fault("hidden-figures", _counted(rows, columns))] if rows or columns else []
    others = sorted({*about.hidden_rows} - {*rows}), sorted({*about.hidden_columns} - {*columns})
    if any(others):
        remedy = "They hold no figure. Nothing is needed, unless something else in them should have been seen."
        parts.append(fault("hidden-parts", _counted(*others), remedy))
    return pd.concat(parts, ignore_index=True)


def _where_figures_stand(reading: Reading) -> tuple[set[int], set[str]]:
    """The rows that have a figure, as the spreadsheet numbers them, and the headers of the columns that have one."""
    rows: set[int] = set()
    labels: set[str] = set()
    for column in NUMBER_COLUMNS:
        filled = reading.rows[reading.rows[column] != ""]
        if len(filled):
            label = reading.label(column, filled)
            labels |= {label} if isinstance(label, str) else set(label.unique())
            rows |= set(filled["row"].unique().tolist())
    return rows, labels


def _counted(rows: Sequence[int], columns: Sequence[int]) -> str:
    """How many, and which: '2 hidden rows (4, 9), 1 hidden column (D)'."""
    shown = (
        ("row", [str(at + 1) for at in rows]),
        ("column", [column_letters(at) for at in columns]),
    )
    return ", ".join(
        f"{count_of(len(which), f'hidden {what}')} ({', '.join(which[:_NAMED])}"
        + (f" and {len(which) - _NAMED:,} more)" if len(which) > _NAMED else ")")
        for what, which in shown
        if which
    )
