"""The template: next month's extract, with every measure that is due, for the data team to fill in."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd
import xlsxwriter

from scorecard.catalogue.due_dates import is_due
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.numbers import UNIT_WORDS, rounded
from scorecard.core.periods import month_code, month_end, period_words
from scorecard.core.safe_text import spreadsheet_safe

Kind = Literal["csv", "xlsx"]

TO_FILL_IN = ("value", "numerator", "denominator", "note")
TEMPLATE_COLUMNS = ("measure_id", "period", *TO_FILL_IN, "measure_name", "unit", "definition", "last_value")
_WIDTHS = (40, 10, 12, 12, 12, 30, 45, 14, 70, 24)
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001  fixed, so that the same catalogue gives the same bytes
_SYMBOLS = ("[x]", "[c]", "[z]", ":")
_SYMBOL_LINES = (
    ("Instead of a value, never a zero or a blank:", ""),
    ("[x]", "not available"),
    ("[c]", "suppressed"),
    ("[z]", "not applicable (0 of 0 too)"),
    (":", "missing"),
    ("Beside a value, as 82 [p]:", ""),
    ("[p]", "provisional: needed for a month that isn't over"),
    ("[e] [r] [u] [b] [low]", "estimated, revised, unreliable, break in the series, rounds to zero"),
)


def template(
    catalogue: Catalogue,
    period: date,
    *,
    known: pd.DataFrame | None = None,
    source: str | None = None,
    kind: Kind = "csv",
) -> bytes:
    """A blank extract for a month: a row for each measure that is due, in the plan's order.

    period: any day of the month. known: current observations, for the column last_value. source: only the measures
    that it supplies (supplied_by, without case). kind: csv (UTF-8 with BOM) or xlsx.
    Returns the file's bytes, the same for the same arguments. Raises ValueError for a source that supplies nothing.
    """
    end = month_end(period)
    measures = _supplied(catalogue, source)
    last = _last_values(catalogue, known, end)
    rows = [_row(measure, end, last.get(measure.id, "")) for measure in measures if is_due(measure, end)]
    return _xlsx(rows) if kind == "xlsx" else _csv(rows)


def sources(catalogue: Catalogue) -> tuple[str, ...]:
    """Who supplies measures, in the plan's order, each once."""
    return tuple(dict.fromkeys(measure.supplied_by for measure in catalogue.measures))


def _supplied(catalogue: Catalogue, source: str | None) -> list[Measure]:
    if source is None:
        return list(catalogue.measures)
    wanted = source.strip().casefold()
    measures = [measure for measure in catalogue.measures if measure.supplied_by.casefold() == wanted]
    if not measures:
        raise ValueError(f"'{source}' supplies no measure; the catalogue has {', '.join(sources(catalogue))}")
    return measures


def _last_values(catalogue: Catalogue, known: pd.DataFrame | None, end: date) -> dict[str, str]:
    """For each measure the authority's last value before the month: '82 (July 2020)'."""
    if known is None or known.empty:
        return {}
    own = known[(known["area"] == catalogue.authority.code) & known["value"].notna()]
    own = own[own["period_end"] < pd.Timestamp(end)].sort_values(["period_end", "months"])
    last = own.drop_duplicates("measure_id", keep="last")
    decimals = {measure.id: measure.decimals for measure in catalogue.measures}
    latest = last[last["measure_id"].isin(decimals)]
    columns = (latest["measure_id"], latest["value"], latest["period_end"])
    return {
        measure: f"{rounded(value, decimals[measure])} ({period_words(day.date(), 1)})"
        for measure, value, day in zip(*columns, strict=True)
    }


def _row(measure: Measure, end: date, last: str) -> tuple[str, ...]:
    blanks = ("",) * len(TO_FILL_IN)
    unit = UNIT_WORDS[measure.unit]
    return (measure.id, month_code(end), *blanks, measure.name, unit, measure.definition, last)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(TEMPLATE_COLUMNS)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _CREATED})
    _fill_figures(book, rows)
    _fill_symbols(book)
    book.close()
    return out.getvalue()


def _fill_figures(book: Any, rows: list[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet("Figures")
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#12436D", "text_wrap": True})
    fill_in = book.add_format({"bg_color": "#FFF7D6", "border": 1, "border_color": "#B1B4B6", "num_format": "@"})
    number = book.add_format({"bg_color": "#FFF7D6", "border": 1, "border_color": "#B1B4B6"})
    explain = book.add_format({"font_color": "#3D3D3D", "text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(TEMPLATE_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for row_number, row in enumerate(rows, 1):
        for column, (name, text) in enumerate(zip(TEMPLATE_COLUMNS, row, strict=True)):
            if name in TO_FILL_IN:
                sheet.write_blank(row_number, column, None, fill_in if name in ("value", "note") else number)
            else:
                sheet.write_string(row_number, column, text, explain)
    sheet.freeze_panes(1, 1)
    if rows:
        _validate(sheet, len(rows))


def _validate(sheet: Any, last: int) -> None:
    """The drop-down of symbols, and the notes that show when a cell is chosen. Any text can still be typed."""
    value, numerator, denominator = (TEMPLATE_COLUMNS.index(name) for name in ("value", "numerator", "denominator"))
    sheet.data_validation(
        1, value, last, value,
        {
            "validate": "list",
            "source": list(_SYMBOLS),
            "input_title": "Value",
            "input_message": "The number (82 for 82%), or a symbol from the list. Add [p] where it is provisional, as "
            "82 [p]. May be left blank where numerator and denominator are given.",
            "show_error": False,
        },
    )  # fmt: skip
    for column, prompt in ((numerator, "How many were counted."), (denominator, "Out of how many.")):
        sheet.data_validation(
            1, column, last, column,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "input_title": TEMPLATE_COLUMNS[column].capitalize(),
                "input_message": prompt + " Optional, but it lets the value be checked.",
                "error_title": "Not a number",
                "error_message": "A number of 0 or more is needed.",
            },
        )  # fmt: skip


def _fill_symbols(book: Any) -> None:
    sheet = book.add_worksheet("Symbols")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 64)
    for row, (symbol, meaning) in enumerate(_SYMBOL_LINES):
        sheet.write_string(row, 0, symbol)
        sheet.write_string(row, 1, meaning)
