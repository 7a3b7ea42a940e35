"""The rows that a file gives for the figures of the mapping, as columns of texts by number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.published.table import Coded, Codes

PARTS = ("area", "time", "text")
_MOST_KEYS = 2**62  # combinations that one whole number tells apart


class Gathered(NamedTuple):
    """What was gathered, each different row once, in the file's order.

    rows: its number in the spreadsheet, where it comes first. figures: its figure's place in the mapping. times: how
    often it comes.
    """

    rows: Codes
    figures: Codes
    area: Coded
    time: Coded
    text: Coded
    times: Codes


class GatheredRows:
    """Rows taken from a file's batches. time: what says the period, time_period and time_identifier in one for EES."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, int]] = {part: {} for part in PARTS}
        self._parts: list[tuple[Codes, ...]] = []

    def number(self, part: str, column: Coded) -> Codes:
        """A column of a batch by the numbers that its texts have in all batches. part: one of PARTS."""
        known = self._known[part]
        numbers = [known.setdefault(text, len(known)) for text in column.texts]
        return np.asarray(numbers, dtype=np.int32)[column.codes]

    def add(self, rows: Codes, figures: Codes, area: Codes, time: Codes, text: Codes) -> None:
        """Adds rows: each one's number in the spreadsheet, its figure, and the numbers of its texts."""
        if len(rows):
            self._parts.append((rows.astype(np.int32), figures.astype(np.int32), area, time, text))

    @property
    def found(self) -> bool:
        """Whether any row was taken."""
        return bool(self._parts)

    def whole(self) -> Gathered:
        """All that was taken; what is repeated word for word, once."""
        rows, figures, *columns = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        self._parts = []
        texts = [[*self._known[part]] for part in PARTS]
        first, times = _first_of_each(figures, *columns, sizes=[len(one) for one in texts])
        area, time, text = (Coded(codes[first], known) for codes, known in zip(columns, texts, strict=True))
        return Gathered(rows[first], figures[first], area, time, text, times)


def _first_of_each(figures: Codes, *columns: Codes, sizes: list[int]) -> tuple[Codes, Codes]:
    """Where each different row comes first, in order, and how often it comes."""
    combinations = (int(figures.max()) + 1) * float(np.prod([float(size) for size in sizes]))
    if combinations > _MOST_KEYS:  # so many different texts are no repetition
        return np.arange(len(figures)), np.ones(len(figures), dtype=np.int64)
    key = figures.astype(np.int64)
    for codes, size in zip(columns, sizes, strict=True):
        key = key * size + codes
    _, first, times = np.unique(key, return_index=True, return_counts=True)
    order = np.argsort(first, kind="stable")
    return first[order], times[order]


def no_figures() -> pd.DataFrame:
    """A frame of published figures without a row."""
    types = {
        "measure_id": "str", "area": "str", "period_end": "datetime64[us]", "months": "int64", "value": "float64",
        "symbol": "str", "row": "int64",
    }  # fmt: skip
    return pd.DataFrame(columns=[*types]).astype(types)
