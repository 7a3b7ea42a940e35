"""Figures and periods as people write them: each different text is read once, whole columns at a time."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from scorecard.core.numbers import SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.core.periods import Reading, UnreadablePeriod, read_period, settle_readings
from scorecard.extract.header.period_remedies import LONGEST_PERIOD
from scorecard.extract.header.periods_in_text import unreadable_remedy
from scorecard.extract.limits import MOST_DIFFERENT_PERIODS, MOST_OF_A_CODE
from scorecard.extract.parse.figure_remedies import FIGURE, SPACE, figure_remedy
from scorecard.extract.text.text_columns import as_arrow, as_texts, different, with_texts

_PLAIN = r"[0-9]{1,15}(?:\.[0-9]{1,30})?"
_NAMED = ("sign", "whole", "part", "percent", "symbol")
_DASH = "^[\u2010-\u2015\u2212\ufe63\uff0d]"
_MINUS = re.compile(f"^[\u2010-\u2015\u2212\ufe63\uff0d](?={SPACE}?\\.?[0-9])")
_NO_PERIOD = "Write a month as 2020-07."
_ACADEMIC = "\x00academic:"  # before a period whose source counts school years
_FIGURE_COLUMNS = ["number", "places", "percent", "symbol", "blank", "code", "remedy"]


def read_figures(texts: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of figures.

    texts: what is in the cells. Returns a frame with the same index: number (float, NaN where there is none),
    places (digits after the point, as given), percent (a % sign is there), symbol (a code of the catalogue, or ''),
    blank, code (of what is wrong, or '') and remedy.
    """
    trimmed = with_texts(texts.fillna("")).str.strip().set_axis(range(len(texts)))
    read = _Read(len(trimmed))
    read.blank[:] = trimmed == ""
    left = np.flatnonzero(~read.blank)
    if len(left):
        plain = trimmed.iloc[left].str.fullmatch(_PLAIN).to_numpy(dtype=bool)
        _read_plain(trimmed.iloc[left[plain]], read)
        _read_written(trimmed.iloc[left[~plain]], read)
    return read.frame(texts.index)


class _Read:
    """What a column of figures was read as, while it is read; texts as numbers, for few different ones come often."""

    def __init__(self, size: int) -> None:
        self.number = np.full(size, np.nan)
        self.places = np.zeros(size, dtype="int16")
        self.percent = np.zeros(size, dtype=bool)
        self.blank = np.zeros(size, dtype=bool)
        self.symbol, self.code, self.remedy = (np.zeros(size, dtype="int32") for _ in range(3))
        self.words: list[dict[str, int]] = [{"": 0} for _ in range(3)]  # of symbols, codes and remedies

    def number_of(self, kind: int, text: str) -> int:
        """A text's number among the symbols (0), codes (1) or remedies (2)."""
        return self.words[kind].setdefault(text, len(self.words[kind]))

    def frame(self, index: pd.Index[Any]) -> pd.DataFrame:
        """What was read, on the index of the texts: _FIGURE_COLUMNS."""
        names = zip(("symbol", "code", "remedy"), self.words, strict=True)
        texts = {name: pd.Categorical.from_codes(getattr(self, name), pd.Index(list(categories), dtype="str"))
                 for name, categories in names}  # fmt: skip
        figures = {"number": self.number, "places": self.places, "percent": self.percent, "blank": self.blank}
        return pd.DataFrame(figures | texts, index=index, copy=False)[_FIGURE_COLUMNS]


def _read_plain(digits: pd.Series[Any], read: _Read) -> None:
    """Plain digits, all at once."""
    at = digits.index.to_numpy()
    point = digits.str.find(".")
    read.number[at] = digits.astype("float64")
    read.places[at] = (digits.str.len() - 1 - point).where(point > 0, 0)


def _read_written(trimmed: pd.Series[Any], read: _Read) -> None:
    """Figures in any of the ways that they are written, by their pattern; what is wrong with those that are none."""
    if trimmed.empty:
        return
    tidy = trimmed.str.lower()
    dashed = tidy.str.contains(_DASH, regex=True)
    if dashed.any():
        tidy = tidy.mask(dashed, tidy[dashed].str.replace(_MINUS, "-", regex=True))
    fits = pc.match_substring_regex(as_arrow(tidy), FIGURE).to_numpy(zero_copy_only=False)
    if fits.any():
        fits[fits] = _read_parts(tidy[fits], read)
    bad = trimmed[~fits]
    read.code[bad.index] = read.number_of(1, "unreadable-value")
    numbers_by_text: dict[str, tuple[int, int]] = {}
    for row, text in bad.head(MOST_OF_A_CODE).items():
        if text not in numbers_by_text:
            code, remedy = figure_remedy(text)
            numbers_by_text[text] = read.number_of(1, code), read.number_of(2, remedy)
        read.code[row], read.remedy[row] = numbers_by_text[text]


def _read_parts(tidy: pd.Series[Any], read: _Read) -> np.ndarray[Any, Any]:
    """Reads texts that have a figure's pattern. Returns which of them are figures: not a symbol out of its place."""
    part = _parts(tidy)
    digits = part["whole"].str.replace(r"[^0-9]", "", regex=True) + "." + part["part"]
    has_number = digits.str.len() > 1
    symbol = part["symbol"].str.strip("[]")
    instead = symbol.isin(SYMBOLS_INSTEAD_OF_A_VALUE)
    alone = instead & (part["percent"] == "") & (part["sign"] == "") & ~tidy.str.startswith(".")
    good = (has_number & ~instead) | (~has_number & alone)
    number = pd.to_numeric(part["sign"] + digits.where(has_number), errors="coerce").astype("float64")
    at = tidy.index.to_numpy()
    read.number[at] = number.where(good)
    read.places[at] = part["part"].str.len()
    read.percent[at] = part["percent"] != ""
    kinds = {text: read.number_of(0, text) for text in ["", *symbol.unique()]}
    read.symbol[at] = symbol.where(good, "").map(kinds)
    return good.to_numpy(dtype=bool)


def _parts(tidy: pd.Series[Any]) -> pd.DataFrame:
    """The named parts of texts that have a figure's pattern; '' for those that are absent."""
    parts = pc.extract_regex(as_arrow(tidy), FIGURE)
    return pd.DataFrame({name: as_texts(pc.struct_field(parts, name)) for name in _NAMED}).set_index(tidy.index)


def read_periods(texts: pd.Series[Any], academic: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of periods.

    texts: what is in the cells. academic: whether a year is a school year.
    Returns a frame with the same index: period_end (NaT where unreadable), months_given (0 where the text doesn't
    say), remedy ('' where it was read) and doubt (periods.Doubt: what
    else the text may mean).
    """
    codes, texts_read = different(texts.mask(academic, _ACADEMIC + texts) if academic.any() else texts)
    read = [_read_period(str(text)) for text in texts_read[: MOST_DIFFERENT_PERIODS - 1]]
    clear = iter(settle_readings([reading for reading in read if isinstance(reading, Reading)]))
    table = pd.DataFrame(
        [_period_row(next(clear) if isinstance(reading, Reading) else reading) for reading in (*read, _NO_PERIOD)],
        columns=["period_end", "months_given", "remedy", "doubt"],
    )
    table["period_end"] = pd.to_datetime(table["period_end"]).astype("datetime64[us]")
    kinds = {"months_given": "int64", "remedy": "category", "doubt": "category"}
    frame = table.astype(kinds).take(np.minimum(codes, len(table) - 1))
    frame.index = texts.index
    return frame


def _read_period(written: str) -> Reading | str:
    """What a text is read as, or what to do about one that is no period."""
    text = written.removeprefix(_ACADEMIC).strip()
    if len(text) > LONGEST_PERIOD:
        return _NO_PERIOD
    try:
        return read_period(text, academic=written.startswith(_ACADEMIC))
    except UnreadablePeriod as unreadable:
        return unreadable_remedy(text, str(unreadable))


def _period_row(read: Reading | str) -> tuple[pd.Timestamp | None, int, str, str]:
    if isinstance(read, str):
        return None, 0, read, ""
    return pd.Timestamp(read.period.end), read.period.months or 0, "", read.doubt
