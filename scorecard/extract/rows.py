"""The rows of a table as a frame: a row a figure, the texts as they stand, and what they were read as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

import numpy as np
import pandas as pd

from scorecard.catalogue.figures import PER_UNIT, SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Accumulation, Catalogue
from scorecard.catalogue.observations import months_covered, observations_frame
from scorecard.extract import limits
from scorecard.extract.cells import read_figures, read_periods
from scorecard.extract.findings import fault, faults
from scorecard.extract.headers import Header, plain
from scorecard.extract.history import changes_in_file, usual_values, with_series
from scorecard.extract.tables import Table

TEXT_COLUMNS = (
    "measure_id", "period", "area", "value", "numerator", "denominator", "note", "source", "measure_name",
)  # fmt: skip
NUMBER_COLUMNS = ("value", "numerator", "denominator")
_OF_THE_MEASURE = [
    "unit", "decimals", "maximum", "accumulation", "year_starts", "months_between", "starts", "retired", "pair",
]  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known besides the file: today, and figures of earlier extracts and packs. Frames or None."""

    today: date
    observations: pd.DataFrame
    source_measures: frozenset[str]
    closed: pd.DataFrame | None
    limits: pd.DataFrame | None


@dataclass(frozen=True, eq=False)
class Reading:
    """A table that was read, for the checks: `rows` has a row a figure (see `read_rows`)."""

    table: Table
    header: Header
    rows: pd.DataFrame
    catalogue: Catalogue
    known: Known

    def label(self, column: str, rows: pd.DataFrame) -> str | pd.Series[Any]:
        """The header, as the file has it, of a column, for some of the rows."""
        if self.header.layout == "wide" and column in ("value", "period"):
            return rows["label"]
        place = self.header.columns.get(column)
        return column if place is None else self.header.names[place]

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.header.columns or (self.header.layout == "wide" and column in ("value", "period"))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The rows that were read whole: measure, area and period known, and one of each."""
        rows = self.rows
        whole = rows["known_measure"] & rows["period_end"].notna() & ~rows["again"]
        return rows if whole.all() else rows[whole]

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The catalogue's measures_frame, by measure_id."""
        return measures_frame(self.catalogue).set_index("measure_id")

    @cached_property
    def series(self) -> pd.DataFrame:
        """The file's figures among those known (history.with_series)."""
        return with_series(self.figures, self.known.observations, self.measures)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """How much the file's figures changed (history.changes_in_file)."""
        return changes_in_file(self.series, self.known.observations, self.measures)

    @cached_property
    def usual(self) -> pd.Series[Any]:
        """What is usual for each of the file's figures (history.usual_values)."""
        own = self.figures["area_code"] == self.catalogue.authority.code
        plan = self.measures["july_2020"].fillna(self.measures["baseline"])
        plan_of_rows = self.figures["measure_id"].map(plan).astype("float64").where(own)
        return usual_values(self.figures, self.known.observations, plan_of_rows)


def some(rows: pd.DataFrame, wanted: pd.Series[Any]) -> pd.DataFrame:
    """The rows that are wanted, as many as are listed and one more; cheap where there are none, which is usual."""
    if not wanted.any():
        return rows.iloc[:0]
    places = np.flatnonzero(wanted.to_numpy(dtype=bool, na_value=False))[: limits.MOST_OF_A_CODE + 1]
    return rows.take(places)


def read_rows(table: Table, header: Header, catalogue: Catalogue) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The figures of a table, and what is wrong with its rows as such. The table's records are used up.

    Columns: row (the spreadsheet's), label (the header of the value), the texts of TEXT_COLUMNS, trimmed ('' where
    absent); period_end, months_given, months, period_remedy; number, places, percent, symbol, blank, code, remedy of
    the value, and with the prefixes numerator_ and denominator_ theirs; known_measure, the measure's own columns,
    result (the value, given or worked out), mark (its symbol), again (the key stands in an earlier row).
    """
    places, found = _filled(table, header)
    texts, more = _texts(table, header, places)
    table.records.clear()  # the texts are in the frame now; half a million records are better not kept twice
    return _read(texts, catalogue), found + more


def _filled(table: Table, header: Header) -> tuple[list[int], list[pd.DataFrame]]:
    """The records with figures: not the blank ones, not a header that comes again."""
    start, width = header.place + 1, max((place for place, name in enumerate(header.names) if name), default=0) + 1
    ids = header.columns["measure_id"]
    again = {cell for cell in {record[ids] for record in table.records[start:] if len(record) > ids} if _is_id(cell)}
    filled, repeated, long = [], [], []
    for place in range(start, len(table.records)):
        record = table.records[place]
        if not any(cell and not cell.isspace() for cell in record):
            continue
        if again and len(record) > ids and record[ids] in again:
            repeated.append(place + 1)
            continue
        filled.append(place)
        if len(record) > width and any(cell and not cell.isspace() for cell in record[width:]):
            long.append((place + 1, f"{len(record)} cells, and the header has {width}"))
    found = [_at_rows("repeated-header", [(row, "measure_id") for row in repeated]), _at_rows("row-too-long", long)]
    if not filled:
        found.append(fault("no-rows", row=header.place + 1))
    return filled, found


def _is_id(cell: str) -> bool:
    return len(cell) < 40 and cell.rstrip()[-1:] in ("d", "D") and plain(cell) == "measureid"


def _at_rows(code: str, at: list[tuple[int, str]]) -> pd.DataFrame:
    rows = pd.DataFrame({"row": [row for row, _ in at], "measure_id": ""})
    return faults(code, rows, "", pd.Series([words for _, words in at], dtype="str"))


def _column(table: Table, filled: list[int], place: int | None) -> pd.Series[Any]:
    if place is None:
        return pd.Series([""] * len(filled), dtype="str")
    records = table.records
    cells = [records[index][place] if len(records[index]) > place else "" for index in filled]
    return pd.Series(cells, dtype="str").str.strip()


def _texts(table: Table, header: Header, filled: list[int]) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    numbers = np.asarray(filled, dtype="int64") + 1
    if header.layout == "long":
        frame = pd.DataFrame({name: _column(table, filled, header.columns.get(name)) for name in TEXT_COLUMNS})
        frame["row"], frame["label"] = (
            numbers,
            header.names[header.columns["value"]] if "value" in header.columns else "",
        )
        return frame, []
    return _wide_texts(table, header, filled, numbers)


def _wide_texts(
    table: Table, header: Header, filled: list[int], numbers: np.ndarray[Any, Any]
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """A row for each cell of a wide table: in the rows' order, columns that are blank throughout left out."""
    if len(filled) * len(header.periods) > limits.MOST_ROWS:
        code_found = fault("too-many-rows", f"{len(filled) * len(header.periods):,} figures")
        return _wide_frame({name: pd.Series([], dtype="str") for name in TEXT_COLUMNS}), [code_found]
    shared = {name: _column(table, filled, header.columns.get(name)) for name in TEXT_COLUMNS}
    parts, found = [], []
    for place in header.periods:
        cells = _column(table, filled, place)
        if len(cells) and (cells == "").all():
            found.append(fault("empty-column", row=header.place + 1, column=header.names[place]))
            continue
        part = pd.DataFrame(shared | {"value": cells})
        part["period"] = part["label"] = header.names[place]
        part["row"] = numbers
        parts.append(part)
    if not parts:
        empty = _wide_frame({name: pd.Series([], dtype="str") for name in TEXT_COLUMNS})
        return empty, [*found, fault("no-rows", row=header.place + 1)] if filled else found
    frame = pd.concat(parts, ignore_index=True)
    return frame.sort_values("row", kind="stable", ignore_index=True), found


def _wide_frame(texts: dict[str, pd.Series[Any]]) -> pd.DataFrame:
    return pd.DataFrame(texts | {"label": pd.Series([], dtype="str"), "row": pd.Series([], dtype="int64")})


def _read(texts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    measures = measures_frame(catalogue).set_index("measure_id")
    rows = texts.copy()
    codes, ids = pd.factorize(rows["measure_id"])
    described = measures.reindex(pd.Index(ids))
    rows["known_measure"] = described["unit"].notna().to_numpy()[codes]
    for name in _OF_THE_MEASURE:
        rows[name] = _taken(described[name], codes, rows.index)
    rows["factor"] = _taken(described["unit"].map(PER_UNIT).astype("float64"), codes, rows.index)
    academic = rows["source"].str.contains("academic", case=False, regex=False)
    periods = read_periods(rows["period"], academic).rename(columns={"remedy": "period_remedy"})
    rows = rows.join(periods).join(read_figures(rows["value"]))
    for name in ("numerator", "denominator"):
        rows = rows.join(read_figures(rows[name]).add_prefix(name + "_"))
    rows["months"] = _months(rows)
    rows["area_code"] = rows["area"].where(rows["area"] != "", catalogue.authority.code)
    rows["result"], rows["mark"] = _results(rows)
    key = rows[["measure_id", "area_code", "period_end", "months"]]
    whole = rows["known_measure"] & rows["period_end"].notna()
    rows["again"] = whole & key.where(whole).duplicated()
    return rows


def _taken(values: pd.Series[Any], codes: np.ndarray[Any, Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """Values by their codes; texts as categories, for there are few different ones among many rows."""
    texts = str(values.dtype) in ("object", "str")
    return pd.Series((values.astype("category") if texts else values).array.take(codes), index=index)


def _months(rows: pd.DataFrame) -> pd.Series[Any]:
    """How many months a figure covers: what its period says, else what its measure's accumulation says."""
    keys = rows[["accumulation", "year_starts", "period_end"]]
    kinds = keys.drop_duplicates()
    codes = kinds.assign(place=range(len(kinds))).merge(keys, how="right")["place"].to_numpy()
    usual = [
        months_covered(cast(Accumulation, accumulation), end.date(), starts)
        if isinstance(accumulation, str) and not pd.isna(end)
        else 1
        for accumulation, starts, end in kinds.itertuples(index=False)
    ]
    by_measure = pd.Series(np.asarray(usual, dtype="int64")[codes] if len(usual) else 0, index=rows.index)
    return rows["months_given"].where(rows["months_given"] > 0, by_measure).astype("int64")


def _results(rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The value and its symbol: as given, or worked out from numerator and denominator; 0 of 0 is not applicable."""
    numerator, denominator = rows["numerator_number"], rows["denominator_number"]
    worked_out = rows["blank"] & numerator.notna() & denominator.notna()
    ratio = (numerator / denominator.where(denominator != 0)) * rows["factor"]
    result = rows["number"].where(~worked_out, ratio)
    mark = rows["symbol"].astype("str")
    mark = mark.mask(worked_out & (numerator == 0) & (denominator == 0), "z")
    for name in ("numerator_symbol", "denominator_symbol"):
        theirs = rows[name].astype("str")
        fits = theirs.isin(SYMBOLS_INSTEAD_OF_A_VALUE) == result.isna()
        mark = mark.mask((mark == "") & (theirs != "") & fits, theirs)
    return result, mark


def to_observations(reading: Reading, origin: str) -> pd.DataFrame:
    """The figures as observations, in the agreed frame; call it where there is no error."""
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
        "note": rows["note"].where(rows["note"] != "", None),
        "origin": origin,
    }
    return observations_frame(pd.DataFrame(columns))
