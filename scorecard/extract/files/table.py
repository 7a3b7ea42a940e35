"""A table of texts, and the refusal of a file that has none."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Table(NamedTuple):
    """A table of texts. `records[i]` is the spreadsheet's row i + 1; cells at the end of a record may be absent."""

    records: list[list[str]]
    kind: str  # csv | xlsx
    separator: str = ","
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    faults: tuple[pd.DataFrame, ...] = ()  # what doesn't keep the table from being checked


class Refused(Exception):
    """The file can't be read as a table at all. `faults` says why."""

    def __init__(self, *faults: pd.DataFrame, sheets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.faults = faults
        self.sheets = sheets
