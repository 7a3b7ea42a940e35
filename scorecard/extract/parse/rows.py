"""The rows of a table as a frame: a row a figure, the texts as they stand, and what they were read as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

import numpy as np
import pandas as pd

from scorecard.catalogue.due_dates import are_due
from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Catalogue
from scorecard.core.bounds import LONGEST_NOTE
from scorecard.core.numbers import PER_UNIT, SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.core.observations import months_covered, observations_frame
from scorecard.core.safe_text import unseen_words, visible
from scorecard.core.types import Accumulation
from scorecard.extract import limits
from scorecard.extract.files.table import Table
from scorecard.extract.findings import fault, faults
from scorecard.extract.header.read_header import Header, plain
from scorecard.extract.parse.cells import read_figures, read_periods
from scorecard.extract.parse.past_values import changes_in_file, unit_wrong, usual_values, with_series
from scorecard.extract.text.records import Records
from scorecard.extract.text.spreadsheet_columns import column_letters
from scorecard.extract.text.text_columns import as_texts, different, places_among, repeated_text

_Mask = np.ndarray[Any, Any]

TEXT_COLUMNS = (
    "measure_id", "period", "area", "value", "numerator", "denominator", "note", "source", "measure_name",
)  # fmt: skip
NUMBER_COLUMNS = ("value", "numerator", "denominator")
_OF_THE_MEASURE = [
    "unit", "decimals", "maximum", "accumulation", "year_starts", "months_between", "starts", "retired", "pair",
]  # fmt: skip
_MOST_MEASURES, _MOST_MONTHS, _LONGEST = 1 << 16, 1 << 17, 1 << 10  # what a number for a row's key has room for
_ONLY_AS_SENT = [
    "period",
    "note",
    "source",
    "measure_name",
    "period_remedy",
    "period_doubt",
    "months_given",
    "year_starts",
    "known_measure",
    "again",
    *(prefix + name for prefix in ("", "numerator_", "denominator_") for name in ("code", "remedy", "symbol")),
]  # columns that only the checks of single cells look at


@dataclass(frozen=True)
class EarlierFigures:
    """What is known besides the file: figures of earlier extracts and packs. Frames or None."""

    observations: pd.DataFrame
    closed: pd.DataFrame | None
    limits: pd.DataFrame | None


HistoryLookup = Callable[
    [frozenset[str] | None], EarlierFigures
]  # what is known beside a file's areas; None: of any area


@dataclass(frozen=True, eq=False)
class Reading:
    """A table that was read, for the checks: `rows` has a row a figure (see `read_rows`)."""

    table: Table
    header: Header
    rows: pd.DataFrame
    catalogue: Catalogue
    today: date
    history_lookup: HistoryLookup
    file_name: str = ""

    @cached_property
    def known(self) -> EarlierFigures:
        """What is known besides the file: asked for once its figures are read, by their areas; of any, where many."""
        _, areas = different(self.figures["area_code"])
        return self.history_lookup(None if len(areas) > limits.MOST_AREAS_NAMED else frozenset(areas.to_pylist()))

    def label(self, column: str, rows: pd.DataFrame) -> str | pd.Series[Any]:
        """The header, as the file has it, of a column, for some of the rows."""
        if self.header.layout == "wide" and column in ("value", "period"):
            return rows["label"]
        index = self.header.columns.get(column)
        return column if index is None else self.header.names[index]

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.header.columns or (self.header.layout == "wide" and column in ("value", "period"))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The rows that were read whole: measure, area and period known, and one of each."""
        rows = self.rows
        whole = rows["known_measure"] & rows["period_end"].notna() & ~rows["again"]
        return selected_rows(rows, whole, list(rows.columns.difference(_ONLY_AS_SENT, sort=False)))

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The catalogue's measures_frame, by measure_id."""
        return measures_frame(self.catalogue).set_index("measure_id")

    @cached_property
    def series(self) -> pd.DataFrame:
        """The file's figures among those known (past_values.with_series)."""
        return with_series(self.figures, self.known.observations, self.measures)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """How much the file's figures changed (past_values.changes_in_file)."""
        return changes_in_file(self.series, self.known.observations, self.measures)

    @cached_property
    def usual(self) -> pd.Series[Any]:
        """What is usual for each of the file's figures (past_values.usual_values)."""
        own = self.figures["area_code"] == self.catalogue.authority.code
        plan = self.measures["july_2020"].fillna(self.measures["baseline"])
        places = places_among(self.figures["measure_id"], list(self.measures.index))
        plan_of_rows = pd.Series(plan.to_numpy(dtype="float64")[places], index=self.figures.index).where(own)
        return usual_values(self.figures, self.known.observations, plan_of_rows)

    @cached_property
    def unit_wrong(self) -> pd.Series[Any]:
        """Which of the file's figures seem to be in another unit (past_values.unit_wrong)."""
        return unit_wrong(self.figures, self.usual)


def selected_rows(rows: pd.DataFrame, wanted: pd.Series[Any], columns: list[str]) -> pd.DataFrame:
    """The rows that are wanted, and the columns: nothing is copied where that is all of them, which is usual."""
    return rows if wanted.all() else rows[columns][wanted]


def take_flagged(rows: pd.DataFrame, wanted: pd.Series[Any]) -> pd.DataFrame:
    """The rows that are wanted, as many as are listed and one more; cheap where there are none, which is usual."""
    if not wanted.any():
        return rows.iloc[:0]
    places = np.flatnonzero(wanted.to_numpy(dtype=bool, na_value=False))[: limits.MOST_OF_A_CODE + 1]
    return rows.take(places)


def read_rows(
    table: Table, header: Header, catalogue: Catalogue, today: date
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The figures of a table, and what is wrong with its rows as such.

    Columns: row (the spreadsheet's), label (the header of the value), the texts of TEXT_COLUMNS, trimmed ('' where
    absent); period_end, months_given, months, period_remedy, period_doubt; number, places, percent, symbol, blank,
    code, remedy of the value, and with the prefixes numerator_ and denominator_ theirs; known_measure, the measure's
    own columns, result (the value, given or worked out), mark (its symbol), again (the key is in an earlier row).
    """
    records = table.records
    filled, findings = _filled(records, header)
    findings += _unnamed(records, header, filled)
    texts, more = _texts(records, header, filled)
    rows = _read(texts, catalogue)
    return (without_blanks_not_due(rows, today) if header.layout == "wide" else rows), findings + more


def without_blanks_not_due(rows: pd.DataFrame, today: date) -> pd.DataFrame:
    """The rows of a table with a column a month, without its blanks where no figure is due: they are no figures.

    None is due in a month that isn't one of its measure's frequency, nor in one that isn't over.
    """
    due = are_due(rows) & ~(rows["period_end"] >= pd.Timestamp(today))
    blank = rows["blank"] & rows["result"].isna() & (rows["mark"] == "") & rows["known_measure"] & ~due
    return rows[~blank].reset_index(drop=True) if blank.any() else rows


def _filled(records: Records, header: Header) -> tuple[_Mask, list[pd.DataFrame]]:
    """Which records below the header have figures: not the blank ones, not a header that comes again."""
    start, width = header.place + 1, max((column for column, name in enumerate(header.names) if name), default=0) + 1
    filled, beyond = records.filled(start, width)
    again = filled & records.says(header.columns["measure_id"], plain("measure_id"), start)
    repeated = [(int(row) + start + 1, "measure_id") for row in _first(again)]
    filled = filled & ~again
    long = [
        (int(row) + start + 1, f"{len(records[int(row) + start])} cells, and the header has {width}")
        for row in _first(filled & beyond)
    ]
    findings = [_at_rows("repeated-header", repeated), _at_rows("row-too-long", long)]
    if not filled.any():
        findings.append(fault("no-rows", row=header.place + 1))
    return filled, findings


def _unnamed(records: Records, header: Header, filled: _Mask) -> list[pd.DataFrame]:
    """Columns without a name in the header, with something in them: a month's name may have been lost."""
    start, findings = header.place + 1, []
    numbers = np.flatnonzero(filled) + start + 1
    for column in (column for column, name in enumerate(header.names) if not name):
        something = (as_texts(records.column(column, start, filled)) != "").to_numpy(dtype=bool)
        if something.any():
            remedy = "It has no name in the header, and was not read. Name it, or clear it."
            findings.append(
                fault("unknown-column", f"column {column_letters(column)}", remedy, row=int(numbers[something][0]))
            )
    return findings


def _first(wanted: _Mask) -> _Mask:
    """The places that are wanted: as many as are listed, and one more."""
    return np.flatnonzero(wanted)[: limits.MOST_OF_A_CODE + 1]


def _at_rows(code: str, at: list[tuple[int, str]]) -> pd.DataFrame:
    rows = pd.DataFrame({"row": [row for row, _ in at], "measure_id": ""})
    return faults(code, rows, "", pd.Series([found for _, found in at], dtype="str"))


def _texts(records: Records, header: Header, filled: _Mask) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    start = header.place + 1
    numbers = np.flatnonzero(filled) + start + 1
    names = [name for name in TEXT_COLUMNS if name in header.columns]
    shared = {name: as_texts(records.column(header.columns[name], start, filled)) for name in names}
    blank = repeated_text("", len(numbers))
    shared = {name: shared.get(name, blank) for name in TEXT_COLUMNS}
    if header.layout == "wide":
        return _wide_texts(records, header, filled, shared, numbers)
    label = header.names[header.columns["value"]] if "value" in header.columns else ""
    more = {"row": numbers, "label": repeated_text(label, len(numbers))}
    return pd.DataFrame(shared | more, copy=False), []


def _wide_texts(
    records: Records, header: Header, filled: _Mask, shared: dict[str, pd.Series[Any]], numbers: _Mask
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """A row for each cell of a wide table: in the rows' order, columns that are blank throughout left out."""
    if len(numbers) * len(header.periods) > limits.MOST_ROWS:
        code_found = fault("too-many-rows", f"{len(numbers) * len(header.periods):,} figures")
        return _wide_frame({name: pd.Series([], dtype="str") for name in TEXT_COLUMNS}), [code_found]
    parts, findings = [], []
    for column in header.periods:
        cells = as_texts(records.column(column, header.place + 1, filled))
        if len(cells) and (cells == "").all():
            findings.append(fault("empty-column", row=header.place + 1, column=header.names[column]))
            continue
        part = pd.DataFrame(shared | {"value": cells})
        part["period"] = part["label"] = header.names[column]
        part["row"] = numbers
        parts.append(part)
    if not parts:
        empty = _wide_frame({name: pd.Series([], dtype="str") for name in TEXT_COLUMNS})
        return empty, [*findings, fault("no-rows", row=header.place + 1)] if len(numbers) else findings
    frame = pd.concat(parts, ignore_index=True)
    return frame.sort_values("row", kind="stable", ignore_index=True), findings


def _wide_frame(texts: dict[str, pd.Series[Any]]) -> pd.DataFrame:
    return pd.DataFrame(texts | {"label": pd.Series([], dtype="str"), "row": pd.Series([], dtype="int64")})


def _read(texts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    measures = measures_frame(catalogue).set_index("measure_id")
    codes = places_among(texts["measure_id"], list(measures.index))
    more: dict[str, Any] = {"known_measure": codes >= 0}
    for name in _OF_THE_MEASURE:
        more[name] = _taken(measures[name], codes)
    more["factor"] = _taken(measures["unit"].map(PER_UNIT).astype("float64"), codes)
    academic = texts["source"].str.contains("academic", case=False, regex=False)
    periods = _columns(
        read_periods(texts["period"], academic).rename(columns={"remedy": "period_remedy", "doubt": "period_doubt"})
    )
    more |= periods | {"months": _months(periods, measures, codes)}
    for name in NUMBER_COLUMNS:
        more |= _columns(read_figures(texts[name]).add_prefix("" if name == "value" else name + "_"))
    more["area_code"] = texts["area"].where(texts["area"] != "", catalogue.authority.code)
    rows = pd.DataFrame(_columns(texts) | more, copy=False)
    rows["result"], rows["mark"] = _results(rows)
    rows["again"] = _again(rows, codes)
    return rows


def _columns(frame: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    return {str(name): frame[name] for name in frame.columns}


def _again(rows: pd.DataFrame, codes: _Mask) -> pd.Series[Any]:
    """Whether a row's measure, area and period stand in an earlier row too."""
    whole = rows["known_measure"] & rows["period_end"].notna()
    if not whole.any():
        return whole
    areas, _ = different(rows["area_code"])
    month = rows["period_end"].dt.year * 12 + rows["period_end"].dt.month
    key = (areas.astype("int64") * _MOST_MEASURES + codes) * _MOST_MONTHS + month.fillna(0).to_numpy(dtype="int64")
    key = pd.Series(key * _LONGEST + rows["months"].to_numpy(), index=rows.index)
    return whole & key.where(whole, -1 - key).duplicated()


def _taken(values: pd.Series[Any], codes: _Mask) -> pd.Series[Any]:
    """Values by their places; texts as categories, for there are few different ones among many rows."""
    texts = str(values.dtype) in ("object", "str")
    if len(values) == 0:
        return values.reindex(range(len(codes)))
    return pd.Series((values.astype("category") if texts else values).array.take(codes, allow_fill=True))


def _months(periods: dict[str, pd.Series[Any]], measures: pd.DataFrame, codes: _Mask) -> _Mask:
    """How many months a figure covers: what its period says, else what its measure's accumulation says."""
    kinds = zip(measures["accumulation"], measures["year_starts"], strict=True)
    usual = [
        [months_covered(cast(Accumulation, accumulation), date(2000, month, 28), starts) for month in range(1, 13)]
        for accumulation, starts in kinds
    ]
    by_month = np.asarray([*usual, [1] * 12], dtype="int64")  # the last for measures that aren't known
    month = periods["period_end"].dt.month.fillna(0).to_numpy(dtype="int64")
    covered = np.where(month > 0, by_month[codes, month - 1], 1)
    months_given = periods["months_given"].to_numpy(dtype="int64")
    months: _Mask = np.where(months_given > 0, months_given, covered)
    return months


def _results(rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The value and its symbol: as given, or worked out from numerator and denominator; 0 of 0 is not applicable."""
    numerator, denominator = rows["numerator_number"], rows["denominator_number"]
    worked_out = rows["blank"] & numerator.notna() & denominator.notna()
    ratio = (numerator / denominator.where(denominator != 0)) * rows["factor"]
    result = rows["number"].where(~worked_out, ratio)
    mark = rows["symbol"].astype("str")
    mark = mark.mask(worked_out & (numerator == 0) & (denominator == 0), "z")
    for name in ("numerator_symbol", "denominator_symbol"):
        if not (rows[name] != "").any():
            continue
        theirs = rows[name].astype("str")
        fits = theirs.isin(SYMBOLS_INSTEAD_OF_A_VALUE) == result.isna()
        mark = mark.mask((mark == "") & (theirs != "") & fits, theirs)
    return result, mark


def _notes(notes: pd.Series[Any]) -> pd.Series[Any]:
    """Notes as they are kept: line breaks as spaces, and what can't be seen written out, as ‹U+202E›."""
    shown = {text: visible(" ".join(text.split()), LONGEST_NOTE) for text in notes.unique() if unseen_words(text)}
    return notes.mask(notes.isin(shown), notes.map(shown)) if shown else notes


def to_observations(reading: Reading, origin: str) -> pd.DataFrame:
    """The figures of a reading without errors as observations (core.observations). origin: their source."""
    rows = reading.rows
    columns = {
        "measure_id": rows["measure_id"],
        "area": rows["area_code"],
        "period_end": rows["period_end"],
        "months": rows["months"],
        "value": rows["result"],
        "numerator": rows["numerator_number"],
        "denominator": rows["denominator_number"],
        "symbol": rows["mark"].where(rows["mark"] != "", None),
        "note": _notes(rows["note"]).where(rows["note"] != "", None),
        "origin": origin,
    }
    return observations_frame(pd.DataFrame(columns))
