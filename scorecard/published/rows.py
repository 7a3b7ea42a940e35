"""The rows that a file gives for the figures of the mapping, as columns of texts by number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.published.table import CodedColumn, Codes

PARTS = ("area", "time", "text")
_MOST_KEYS = 2**62  # combinations that one whole number tells apart: more different texts are no repetition
_TOGETHER = 400_000  # rows that are held before those that repeat others are let go


class DistinctRows(NamedTuple):
    """What was gathered, each different row once, in the file's order.

    rows: its number in the spreadsheet, where it comes first. figures: its figure's place in the mapping. times: how
    often it comes.
    """

    rows: Codes
    figures: Codes
    area: CodedColumn
    time: CodedColumn
    text: CodedColumn
    times: Codes


class GatheredRows:
    """Rows taken from a file's batches. time: what says the period, time_period and time_identifier in one for EES."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, int]] = {part: {} for part in PARTS}
        self._parts: list[tuple[Codes, ...]] = []  # rows, figures, PARTS, times
        self._held, self._most = 0, _TOGETHER

    def number(self, part: str, column: CodedColumn) -> Codes:
        """A column of a batch by the numbers that its texts have in all batches. part: one of PARTS."""
        known = self._known[part]
        numbers = [known.setdefault(text, len(known)) for text in column.texts]
        return np.asarray(numbers, dtype=np.int32)[column.codes]

    def add(self, rows: Codes, figures: Codes, area: Codes, time: Codes, text: Codes) -> None:
        """Adds rows: each one's number in the spreadsheet, its figure, and the numbers of its texts."""
        if not len(rows):
            return
        once = np.ones(len(rows), dtype=np.int32)
        self._parts.append((rows.astype(np.int32), figures.astype(np.int32), area, time, text, once))
        self._held += len(rows)
        if self._held > self._most:  # a file that repeats itself takes no more room than what it says
            self._together()
            self._most = max(_TOGETHER, 2 * self._held)

    @property
    def found(self) -> bool:
        """Whether any row was taken."""
        return bool(self._parts)

    def whole(self) -> DistinctRows:
        """All that was taken; what is repeated word for word, once."""
        self._together()
        [(rows, figures, *columns, times)] = self._parts
        area, time, text = (
            CodedColumn(codes, [*self._known[part]]) for codes, part in zip(columns, PARTS, strict=True)
        )
        return DistinctRows(rows, figures, area, time, text, times)

    def _together(self) -> None:
        """Makes one part of all, with each different row once, where it comes first."""
        rows, figures, *columns, times = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        self._parts = []
        sizes = [len(self._known[part]) for part in PARTS]
        if (int(figures.max()) + 1) * float(np.prod([float(size) for size in sizes])) <= _MOST_KEYS:
            key = figures.astype(np.int64)
            for codes, size in zip(columns, sizes, strict=True):
                key = key * size + codes
            _, first, which = np.unique(key, return_index=True, return_inverse=True)
            times = np.bincount(which, weights=times).astype(np.int64)
            order = np.argsort(first, kind="stable")
            first, times = first[order], times[order]
            rows, figures, *columns = (column[first] for column in (rows, figures, *columns))
        self._parts, self._held = [(rows, figures, *columns, times)], len(rows)


def no_figures() -> pd.DataFrame:
    """A frame of published figures without a row."""
    types = {
        "measure_id": "str", "area": "str", "period_end": "datetime64[us]", "months": "int64", "value": "float64",
        "symbol": "str", "row": "int64",
    }  # fmt: skip
    return pd.DataFrame(columns=[*types]).astype(types)
