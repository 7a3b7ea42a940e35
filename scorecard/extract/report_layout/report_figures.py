"""The figures of a report while they are gathered: packed, for a report may have half a million of them."""

from __future__ import annotations

from array import array

import numpy as np
import pandas as pd

from scorecard.extract import limits
from scorecard.extract.text.records import Records, RecordsBuilder

COLUMNS = ("measure_id", "period", "area", "value", "numerator", "denominator", "note")


class Figures:
    """Figures as an extract's rows, each with the report's row and the names that its cells have in the report."""

    def __init__(self) -> None:
        self._gathered = RecordsBuilder()
        self._gathered.add(COLUMNS)
        self._rows = array("q")
        self._said = array("q")
        self._names: list[dict[str, str]] = []

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def too_many(self) -> bool:
        """Whether there are more than are read: whoever gathers stops there."""
        return len(self) > limits.MOST_ROWS

    def records(self) -> Records:
        """The figures, below the names of their columns."""
        return self._gathered.records()

    def naming(self, names: dict[str, str]) -> int:
        """A number for the names that the columns have in the report, to be given with each figure so named."""
        self._names.append(names)
        return len(self._names) - 1

    def add(self, cells: list[str], row: int, naming: int) -> None:
        """Adds a figure: its cells in the order of COLUMNS, the report's row, and how its columns are named there."""
        self._gathered.add(cells)
        self._rows.append(row)
        self._said.append(naming)

    def origins(self) -> pd.DataFrame:
        """For each figure its row in the report, and as value_label (and so on) the names of its cells' columns."""
        namings = np.asarray(self._said, dtype="int64")
        frame = pd.DataFrame({"row": np.asarray(self._rows, dtype="int64")})
        for name in COLUMNS:
            texts = pd.Index([names.get(name, "") for names in self._names], dtype="str")
            codes, different = pd.factorize(texts)
            places = np.asarray(codes, dtype="int32")[namings] if len(namings) else np.zeros(0, dtype="int32")
            frame[f"{name}_label"] = pd.Categorical.from_codes(places, different)
        return frame
