"""The rows of a source's own report, as its layout means them: a row a figure, ready for the same checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.periods import Period, month_code, period_code, settle_readings
from scorecard.core.periods import Reading as PeriodReading
from scorecard.core.safe_text import visible
from scorecard.extract import limits
from scorecard.extract.codes.registry import CODES
from scorecard.extract.files.cell_text import cell_text
from scorecard.extract.files.table import Table
from scorecard.extract.findings import fault
from scorecard.extract.header.periods_in_text import header_period
from scorecard.extract.header.read_header import Header, plain
from scorecard.extract.parse.rows import Reading, read_rows, without_blanks_not_due
from scorecard.extract.report_layout.left_out import LeftOut
from scorecard.extract.report_layout.match import FoundHeader, labels_of, nearest
from scorecard.extract.report_layout.model import FIGURES, ReportLayout, plain_label
from scorecard.extract.report_layout.report_figures import COLUMNS, Figures
from scorecard.extract.report_layout.row_filter import Choice, year_code

_SHARE = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_POWER_OF_TEN = re.compile(r"-?[0-9](?:\.[0-9]{1,17})?E[+\-]?[0-9]{1,2}")  # as spreadsheets keep small numbers


@dataclass(frozen=True, eq=False)
class ReportReading(Reading):
    """A report that was read: findings name the report's own columns."""

    def label(self, column: str, rows: pd.DataFrame) -> str | pd.Series[Any]:
        """The header, as the report has it, of a column, for some of the rows."""
        labels = rows.get(f"{column}_label")
        return "" if labels is None else labels.astype("str")


def read_report(
    table: Table, layout: ReportLayout, headed: FoundHeader, catalogue: Catalogue, month: Period | None, today: date
) -> tuple[pd.DataFrame, Header, list[pd.DataFrame], LeftOut]:
    """The rows of a report (rows.read_rows), the header for the checks, what is wrong with them, and what is left out.

    headed: the header, with every column that the layout needs. month: what is beside the table; None where each
    row or column says its own. today: a figure is due only of a month that is over.
    """
    gathered = Figures()
    reader = _Row(layout, headed, month_columns(table, layout, headed), month, catalogue, gathered)
    rows_of = _side_by_side if layout.side_by_side else _labelled
    faults = rows_of(table, layout, headed, reader)
    if gathered.too_many:
        faults = [fault("too-many-rows", f"more than {limits.MOST_ROWS:,} figures")]
        return *_rows(table, layout, headed, Figures(), catalogue, today), faults, LeftOut()
    reader.left_out.add_columns(table, headed, reader.used())
    faults += _no_month_columns(layout, headed, reader)
    faults += reader.choice.unseen(headed.place + 1)
    if not gathered and not any(CODES[str(part["code"].iat[0])].severity == "error" for part in faults):
        faults.append(fault("no-rows", row=headed.place + 1))
    return *_rows(table, layout, headed, gathered, catalogue, today), faults, reader.left_out


def _no_month_columns(layout: ReportLayout, header: FoundHeader, reader: _Row) -> list[pd.DataFrame]:
    """What to say where months are headers, and no header with something below it is one."""
    if layout.month.stands_in != "headers" or reader.months:
        return []
    row = header.place + 1
    remedy = f"No header in row {row} is a month with figures below it. "
    remedy += "Head each month's column with its month alone, as 2020-08."
    return [fault("layout-month-unclear", ", ".join(reader.left_out.columns), remedy, row=row)]


def _rows(
    table: Table, layout: ReportLayout, headed: FoundHeader, gathered: Figures, catalogue: Catalogue, today: date
) -> tuple[pd.DataFrame, Header]:
    places = {name: index for index, name in enumerate(COLUMNS)}
    header = Header(0, "long", COLUMNS, places, {})
    as_extract = Table(gathered.records(), table.kind, table.separator)
    rows, _ = read_rows(as_extract, header, catalogue, today)
    origins = gathered.origins().set_axis(rows.index)
    for name in origins.columns:
        rows[name] = origins[name]
    if layout.month.stands_in != "headers":
        return rows, Header(headed.place, "long", headed.names, places, {})
    return without_blanks_not_due(rows, today), Header(headed.place, "wide", headed.names, places, {})


def _labelled(table: Table, layout: ReportLayout, header: FoundHeader, reader: _Row) -> list[pd.DataFrame]:
    """Reports with a row a measure, the label in a column."""
    known = {plain_label(label): label for label in layout.measures}
    ignored = {plain_label(label) for label in layout.ignored}
    seen: set[str] = set()
    unknown: dict[str, tuple[int, str]] = {}
    labels = labels_of(table.records, layout, header)
    following = next(labels, None)
    bare: list[int] = []
    for index, record in islice(enumerate(table.records), header.place + 1, None):
        if following is None or following[0] != index:
            if reader.has_figures(record) and reader.choice.wants(record):
                bare.append(index + 1)
            continue
        tidy, label = plain_label(following[1]), following[1]
        following = next(labels, None)
        if not reader.choice.wants(record):
            reader.left_out.other_rows += 1
            continue
        if tidy in known:
            seen.add(tidy)
            reader.take(record, index + 1, known[tidy])
            if reader.gathered.too_many:
                break
        elif tidy in ignored:
            reader.left_out.add_row(label, [_cell(record, column) for column in sorted(reader.figures)])
        elif reader.has_figures(record):
            unknown.setdefault(tidy, (index + 1, label))
    faults = _unknown_labels(layout, list(unknown.values()))
    faults += _without_label(layout, bare)
    missing = [label for label in layout.measures if plain_label(label) not in seen]
    return faults + _missing_labels(layout, missing, {layout.measures[known[tidy]].measure for tidy in seen})


def _side_by_side(table: Table, layout: ReportLayout, header: FoundHeader, reader: _Row) -> list[pd.DataFrame]:
    """Reports with a column a measure, usually a row a month."""
    ignored = {plain(label) for label in layout.ignored}
    for index, record in islice(enumerate(table.records), header.place + 1, None):
        first = next((cell for cell in record if cell.strip()), "")
        if not reader.has_figures(record):
            continue
        if plain(first) in ignored:
            reader.left_out.add_row(first.strip(), [_cell(record, column) for column in sorted(reader.figures)])
            continue
        if not reader.choice.wants(record):
            reader.left_out.other_rows += 1
            continue
        for label in layout.measures:
            reader.take(record, index + 1, label)
        if reader.gathered.too_many:
            break
    return []


class _Row:
    """Reads the figures of one record."""

    def __init__(
        self,
        layout: ReportLayout,
        header: FoundHeader,
        months: dict[int, str],
        month: Period | None,
        catalogue: Catalogue,
        gathered: Figures,
    ) -> None:
        self.gathered, self.left_out = gathered, LeftOut()
        self.layout, self.found, self.months = layout, header, months
        self.choice = Choice(layout, header, catalogue)
        self.measures = {measure.id: measure for measure in catalogue.measures}
        self.month = "" if month is None else period_code(month)
        self.symbols = {plain(text): _symbol_text(symbol) for text, symbol in layout.symbols.items()}
        self.labels = " / ".join(layout.labels_in)
        self.columns = {label: {name: layout.column_of(label, name) for name in FIGURES} for label in layout.measures}
        places = [header.at(name) for columns in self.columns.values() for name in columns.values()]
        places += [header.at(name) for name in (layout.value, layout.numerator, layout.denominator)]
        self.figures = {column for column in places if column is not None} | set(months)
        self._naming = {label: self._named(label) for label in layout.measures}
        self._periods: dict[tuple[str, str], str] = {}

    def _named(self, label: str) -> dict[int, int]:
        """How the cells of a label's figures are named in the report, by the month's column (-1: there is none)."""
        layout, names = self.layout, self.found.names
        usual = {"measure_id": self.labels or label, "area": layout.area or "", "note": layout.note or ""}
        if layout.month.stands_in == "headers":
            return {
                column: self.gathered.naming(usual | {"value": names[column], "period": names[column]})
                for column in self.months
            }
        columns = {name: column or "" for name, column in self.columns[label].items()}
        return {-1: self.gathered.naming(usual | columns | {"period": layout.month.column or ""})}

    def used(self) -> set[int]:
        """The places of all columns that are read, or by which rows are chosen."""
        named = {column for name in self.layout.needed() if (column := self.found.at(name)) is not None}
        return named | self.figures

    def has_figures(self, record: list[str]) -> bool:
        """Whether something stands where figures do."""
        header = self.found.names
        return any(
            column < len(record) and record[column].strip() and record[column].strip() != header[column]
            for column in self.figures
        )

    def take(self, record: list[str], row: int, label: str) -> None:
        """Adds a record's figure of a measure, or one for each month's column."""
        measure, naming = self.layout.measures[label].measure, self._naming[label]
        area, note = self.choice.area(record), _cell(record, self.found.at(self.layout.note))
        if self.layout.month.stands_in == "headers":
            for column, period in self.months.items():
                value = self._figure(_cell(record, column), measure)
                self.gathered.add([measure, period, area, value, "", "", note], row, naming[column])
            return
        columns = self.columns[label]
        value, *counts = (_cell(record, self.found.at(columns[name])) for name in FIGURES)
        figures = [self._figure(value, measure), *(self._figure(text) for text in counts)]
        period = self.month or self._period(_cell(record, self.found.at(self.layout.month.column)), measure)
        self.gathered.add([measure, period, area, *figures, note], row, naming[-1])

    def _figure(self, text: str, measure: str = "") -> str:
        """A figure as an extract writes it; 0.82 as 82 where the report has shares and the measure is a percentage."""
        if _POWER_OF_TEN.fullmatch(text):
            text = cell_text(float(text))
        text = self.symbols.get(plain(text), text) if self.symbols else text
        known = self.measures.get(measure)
        if self.layout.shares and known is not None and known.unit == "percent" and _SHARE.fullmatch(text):
            return format((Decimal(text) * 100).normalize(), "f")
        return text

    def _period(self, text: str, measure: str) -> str:
        if (text, measure) not in self._periods and len(self._periods) < limits.MOST_DIFFERENT_PERIODS:
            self._periods[text, measure] = _period_text(
                year_code(text, self.layout.month.year_ends, self.measures.get(measure))
            )
        return self._periods.get((text, measure), text)


def _symbol_text(symbol: str) -> str:
    """A symbol as an extract writes it where the report has no figure: what rounds to zero is 0 [low]."""
    return "0 [low]" if symbol == "low" else f"[{symbol}]"


def month_columns(table: Table, layout: ReportLayout, header: FoundHeader) -> dict[int, str]:
    """The columns whose header is a month, with its code; columns that are blank throughout left out."""
    if layout.month.stands_in != "headers":
        return {}
    needed = {plain(name) for name in layout.needed()}
    read = {
        column: header_period(name) for column, name in enumerate(header.names) if name and plain(name) not in needed
    }
    places = [column for column, reading in read.items() if reading is not None]
    places = [column for column in places if not table.records.is_blank(column, header.place + 1)]
    months = settle_readings([reading for column in places if (reading := read[column]) is not None])
    alone = any(reading.period.months is None for reading in months)  # a quarter or a year beside months is another's
    return {
        column: _still_in_doubt(header.names[column], reading) if reading.doubt else period_code(reading.period)
        for column, reading in zip(places, months, strict=True)
        if reading.period.months is None or not alone
    }


def _still_in_doubt(name: str, reading: PeriodReading) -> str:
    """A header with two readings as it stands, for the check that asks; a year or a month without what is beside it."""
    return month_code(reading.period.end) if reading.doubt == "financial year" else name


def _cell(record: list[str], column: int | None) -> str:
    return "" if column is None or column >= len(record) else record[column].strip()


def _period_text(text: str) -> str:
    """A cell's text, or the period that it names with nothing else beside it than 'Report for'."""
    reading = header_period(text)
    return text if reading is None or reading.doubt else period_code(reading.period)


def _unknown_labels(layout: ReportLayout, unknown: list[tuple[int, str]]) -> list[pd.DataFrame]:
    known = [*layout.measures, *layout.ignored]
    column = " / ".join(layout.labels_in)
    faults = []
    for number, (row, label) in enumerate(unknown[: limits.MOST_OF_A_CODE]):
        near = nearest(label, known) if number < limits.MOST_NEAR_MISSES else None
        hint = f"Did you mean '{visible(near, 60)}'? " if near else ""
        remedy = f"{hint}Name it as the layout does, or show the layout again and say what it means."
        faults.append(fault("layout-label-unknown", label, remedy, row=row, column=column))
    return faults


def _without_label(layout: ReportLayout, bare: list[int]) -> list[pd.DataFrame]:
    """Rows with figures and no label, by their numbers."""
    column = " / ".join(layout.labels_in)
    remedy = "The row has figures and no label, so it isn't known what they are. Write its label. "
    remedy += "If its cell is merged with the one above, unmerge and fill down."
    return [fault("missing-measure", "", remedy, row=row, column=column) for row in bare[: limits.MOST_OF_A_CODE]]


def _missing_labels(layout: ReportLayout, missing: list[str], measured: set[str]) -> list[pd.DataFrame]:
    """Labels of measures that no row of the report has; another label of the same measure will do."""
    column = " / ".join(layout.labels_in)
    return [
        fault("layout-label-missing", label, column=column, measure_id=layout.measures[label].measure)
        for label in missing
        if layout.measures[label].measure not in measured
    ]
