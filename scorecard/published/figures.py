"""Rows of texts → published figures: periods, areas and values read, each cell once, and what is wrong with any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scorecard.catalogue.errors import did_you_mean
from scorecard.core.rows import rows_of
from scorecard.extract.findings import fault
from scorecard.published import limits
from scorecard.published.authorities import Authorities
from scorecard.published.ees import BETWEEN
from scorecard.published.mapping import Mapping, PublishedFigure
from scorecard.published.periods import (
    IDENTIFIERS,
    NoMonth,
    PublishedPeriod,
    UnknownTime,
    UnreadableYears,
    ees_period,
    lait_period,
)
from scorecard.published.rows import DistinctRows, GatheredRows, no_figures
from scorecard.published.symbols import FORMATTED, NO_VALUE_SIGNS, SAVED_AGAIN, SYMBOL_MEANINGS, Cell, read_cell
from scorecard.published.table import CodedColumn, Codes

KEY = ["measure_id", "area", "period_end", "months"]
_LAIT_NO_YEAR = "0"


class ReadFigures(NamedTuple):
    """Figures read of a file, and what was said of its rows.

    figures: measure_id (the published figure's id), area (the department's number), period_end, months, value, symbol,
    row. twice: rows of cells that come several times with different values; times: how often each comes. skipped: rows
    by why they were left out.
    """

    figures: pd.DataFrame
    faults: list[pd.DataFrame]
    twice: pd.DataFrame
    skipped: Counter[str]


class _Read(NamedTuple):
    """What a text is read as; or the code, words and remedy of why it isn't, or why its row is left out."""

    value: Any = None
    code: str = ""
    found: str = ""
    remedy: str = ""
    skipped: str = ""


def read_figures(
    gathered: GatheredRows, mapping: Mapping, authorities: Authorities, columns: tuple[str, str, str], *, lait: bool
) -> ReadFigures:
    """The figures of gathered rows. columns: the file's names for area, period and value (of EES, the last is ''):
    where a finding points to. lait: its periods are LAIT's Years, with a state.
    """
    if not gathered.found:
        return ReadFigures(no_figures(), [], no_figures().assign(times=0), Counter())
    taken = gathered.whole()
    rows, numbers = taken.rows, taken.figures
    figures = list(mapping.figures.values())
    periods = _periods(numbers, taken.time, figures, lait)
    areas = _each(taken.area, lambda text: _area(text, authorities))
    cells = _each(taken.text, _cell)
    faults: list[pd.DataFrame] = []
    skipped: Counter[str] = Counter()
    good = np.ones(len(rows), dtype=bool)
    names = [figure.id for figure in figures]
    for column, read in zip(columns, (areas, periods, cells), strict=True):
        faults += _faults(read, taken, figures, column)
        skipped += Counter(dict(_counted(read, taken.times * good)))
        good &= np.array([text.value is not None for text in read.texts_read], dtype=bool)[read.codes]
    frame = pd.DataFrame(
        {
            "measure_id": pd.array(np.asarray(names, dtype=object)[numbers[good]], dtype="str"),
            "area": pd.array(areas.texts()[good], dtype="str"),
            **_period_columns(periods, good),
            **_cell_columns(cells, good),
            "row": rows[good].astype(np.int64),
            "times": taken.times[good],
        }
    )
    if lait:
        states = np.asarray([text.value.state if text.value else "" for text in periods.texts_read], dtype=object)
        state = states[periods.codes][good]
        frame["symbol"] = frame["symbol"].mask((frame["symbol"] == "") & (state != ""), pd.Series(state, dtype="str"))
    frame, outside = _in_their_time(frame, authorities)
    skipped["the authority was not there at the period's end"] += outside
    faults += _out_of_range(frame, figures)
    once, twice, notes = _each_cell_once(frame)
    skipped = Counter({why: count for why, count in skipped.items() if count})
    return ReadFigures(once, faults + notes, twice, skipped)


class _Column(NamedTuple):
    """A column of texts, and what each different one is read as."""

    codes: Codes
    texts_read: list[_Read]

    def texts(self) -> Codes:
        read: Codes = np.asarray([text.value or "" for text in self.texts_read], dtype=object)
        return np.take(read, self.codes)


def _each(column: CodedColumn, read: Callable[[str], _Read]) -> _Column:
    return _Column(column.codes, [read(text) for text in column.texts])


def _area(text: str, authorities: Authorities) -> _Read:
    text, _, code = text.partition(BETWEEN)
    number = authorities.number_of(text)
    if number is not None:
        by_code = authorities.number_of(code) if code else None  # a code that is newer than the table says nothing
        return _Read(number) if by_code in (number, None) else _two_areas({text: number, code: by_code}, authorities)
    if text.lower() in NO_VALUE_SIGNS:
        return _Read(skipped=f"no area is named, but the symbol '{text}'")
    near = did_you_mean(text, [*authorities.numbers])
    return _Read(None, "published-area-unknown", text or "no code", near)


def _two_areas(numbers: dict[str, str], authorities: Authorities) -> _Read:
    """What is said of a row whose number and GSS code are of two authorities. numbers: of each, as it is given."""
    found = " and ".join(f"{code} ({authorities.area(number).name})" for code, number in numbers.items())
    return _Read(None, "published-area-twice", found)


def _periods(numbers: Codes, time: CodedColumn, figures: list[PublishedFigure], lait: bool) -> _Column:
    """Each row's period, by its text and its figure's year."""
    pairs = numbers.astype(np.int64) * max(len(time.texts), 1) + time.codes
    different, codes = np.unique(pairs, return_inverse=True)
    read = []
    for pair in different.tolist():
        figure, text = figures[pair // max(len(time.texts), 1)], time.texts[pair % max(len(time.texts), 1)]
        read.append(_lait(text, figure) if lait else _ees(text, figure))
    return _Column(codes, read)


def _lait(text: str, figure: PublishedFigure) -> _Read:
    if text == _LAIT_NO_YEAR:
        return _Read(None, "published-year-missing", f"'{text}' for {figure.id}")
    try:
        return _Read(lait_period(text, figure.year_ends, figure.months))
    except UnreadableYears as error:
        return _Read(None, "published-period-unreadable", str(error))


def _ees(text: str, figure: PublishedFigure) -> _Read:
    period, _, identifier = text.partition(BETWEEN)
    try:
        return _Read(ees_period(period, identifier, figure.year_ends, figure.months))
    except NoMonth:
        return _Read(skipped="a week, which is no whole month")
    except UnknownTime as error:
        near = did_you_mean(str(error).lower(), [*IDENTIFIERS])
        return _Read(None, "published-time-unknown", str(error) or "nothing", near)
    except UnreadableYears as error:
        return _Read(None, "published-period-unreadable", str(error))


def _cell(text: str) -> _Read:
    cell = read_cell(text)
    if cell.fault == "an unknown symbol":
        near = SAVED_AGAIN if FORMATTED.fullmatch(text) else did_you_mean(text.lower(), [*SYMBOL_MEANINGS])
        return _Read(None, "published-symbol-unknown", text, near)
    if cell.fault:
        return _Read(None, "published-not-a-number", f"'{text[:40]}' is {cell.fault}")
    return _Read(cell)


def _faults(
    read: _Column,
    taken: DistinctRows,
    figures: list[PublishedFigure],
    column: str,
) -> list[pd.DataFrame]:
    """A finding for each text that can't be read, at the first row that has it, with how many have."""
    findings = []
    for code, text in enumerate(read.texts_read):
        if text.code:
            where = np.flatnonzero(read.codes == code)
            first = int(where[0])
            figure, row = figures[int(taken.figures[first])], int(taken.rows[first])
            times = int(taken.times[where].sum())
            many = f" ({times:,} rows)" if times > 1 else ""
            name = column or figure.headers[0].indicator
            findings.append(
                fault(text.code, f"{text.found}{many}", text.remedy, row=row, column=name, measure_id=figure.id)
            )
    return findings[: limits.MOST_LISTED]


def _counted(read: _Column, times: Codes) -> list[tuple[str, int]]:
    return [
        (text.skipped, int(times[read.codes == code].sum()))
        for code, text in enumerate(read.texts_read)
        if text.skipped
    ]


def _period_columns(periods: _Column, good: Codes) -> dict[str, Any]:
    none = PublishedPeriod(date(1900, 1, 31), 1)
    read = [text.value or none for text in periods.texts_read]
    ends = np.array([period.end for period in read], dtype="datetime64[us]")[periods.codes][good]
    months = np.array([period.months for period in read], dtype=np.int64)[periods.codes][good]
    return {"period_end": ends, "months": months}


def _cell_columns(cells: _Column, good: Codes) -> dict[str, Any]:
    read: list[Cell] = [text.value or Cell(float("nan")) for text in cells.texts_read]
    values = np.array([cell.value for cell in read], dtype=np.float64)[cells.codes][good]
    symbols = np.array([cell.symbol or "" for cell in read], dtype=object)[cells.codes][good]
    return {"value": values, "symbol": pd.array(symbols, dtype="str")}


def _in_their_time(frame: pd.DataFrame, authorities: Authorities) -> tuple[pd.DataFrame, int]:
    """The rows of areas that were there at the period's end, so that none stands beside its own successor."""
    if frame.empty:
        return frame, 0
    known = {number: authorities.area(number) for number in frame["area"].unique()}
    begins = frame["area"].map({number: _bound(area.begins) for number, area in known.items()})
    ends = frame["area"].map({number: _bound(area.ends) for number, area in known.items()})
    there = (frame["period_end"] >= begins) & (frame["period_end"] <= ends)
    return frame[there].reset_index(drop=True), int(frame.loc[~there, "times"].sum())


def _bound(day: date) -> pd.Timestamp:
    return pd.Timestamp(min(max(day, date(1900, 1, 1)), date(2200, 1, 1)))


def _out_of_range(frame: pd.DataFrame, figures: list[PublishedFigure]) -> list[pd.DataFrame]:
    """Values under zero, or over what their unit and the mapping allow."""
    most = frame["measure_id"].map({figure.id: figure.most or np.inf for figure in figures}).astype("float64")
    names = {figure.id: figure.headers[0].indicator for figure in figures}
    odd = frame[(frame["value"] < 0) | (frame["value"] > most)]
    listed = rows_of(odd.head(limits.MOST_LISTED))
    return [
        fault("published-out-of-range", f"{row['value']:g}", row=row["row"], column=names[row["measure_id"]],
              measure_id=row["measure_id"])
        for row in listed
    ]  # fmt: skip


def _each_cell_once(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[pd.DataFrame]]:
    """The first row of each cell; the rows of cells that come again with another value; and a note of the others."""
    again = frame.duplicated(KEY, keep=False)
    several = frame[again]
    grouped = several.groupby(KEY, sort=False)[["value", "symbol"]]
    same = grouped.transform("nunique", dropna=False).eq(1).all(axis=1) if len(several) else again[again]
    twice = several[~same].sort_values([*KEY, "row"])
    repeated = int((frame.drop(twice.index)["times"] - 1).sum()) + int(several[same].duplicated(KEY).sum())
    notes = [fault("published-same-cell", f"{repeated:,} rows")] if repeated else []
    return frame.drop_duplicates(KEY).drop(columns="times").reset_index(drop=True), twice, notes
