"""What a file holds: its sheets as records of texts, with what a table of texts can't show; or why it can't be read."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from scorecard.extract.text.records import Records


class Sheet(NamedTuple):
    """One sheet of a workbook, or the one of a CSV (its name is None), as it stands. Rows and columns count from 0.

    hidden: the sheet can't be seen. numbers_at_top: how many numbers its first rows have. formulas: how many it
    has. uncalculated: where a formula has no value ('B2'); the formula itself stands in the record. hidden_rows,
    hidden_columns: those that can't be seen and have something in them. without_year: (row, column) of dates that
    are shown without a year. odd_bytes: characters of a UTF-8 file that were read as Windows-1252, with their
    lines. holds: what its cells tell of single persons, by its kinds.
    """

    name: str | None
    records: Records
    hidden: bool = False
    numbers_at_top: int = 0
    formulas: int = 0
    uncalculated: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    without_year: tuple[tuple[int, int], ...] = ()
    odd_bytes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class CarriedKind(NamedTuple):
    """A kind of thing that a workbook carries beside its sheets, and what it tells of single persons, by its kinds."""

    what: str
    holds: tuple[str, ...]


class Contents(NamedTuple):
    """What was read of a file. carried: what a workbook has beside its sheets."""

    kind: str  # csv | xlsx
    sheets: tuple[Sheet, ...]
    separator: str = ","
    carried: tuple[CarriedKind, ...] = ()


class Refused(Exception):
    """The file can't be read as a table at all. `faults` says why."""

    def __init__(self, *faults: pd.DataFrame, sheets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.faults = faults
        self.sheets = sheets
