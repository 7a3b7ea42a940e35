"""Formulas that the program which wrote a workbook left to be worked out: said once, of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

import pandas as pd

from scorecard.extract.files.table import Table
from scorecard.extract.header.period_remedies import is_formula


def without_uncalculated(parts: Iterable[pd.DataFrame], table: Table) -> list[pd.DataFrame]:
    """Parts of findings without those of a formula without a value, for what to do about it is another thing."""
    if table.about is None or not table.about.uncalculated:
        return [*parts]
    rows = [int(cell.lstrip(ascii_uppercase)) for cell in table.about.uncalculated]
    return [part[~_of_formulas(part, rows)] for part in parts]


def _of_formulas(part: pd.DataFrame, rows: list[int]) -> pd.Series:
    return part["row"].isin(rows) & part["found"].map(lambda text: is_formula(str(text))).astype(bool)
