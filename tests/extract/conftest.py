"""A small catalogue with one measure of each sort, and a checker with today fixed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.extract.check_extract import CheckedExtract, check_extract

TODAY = date(2020, 9, 10)

MEASURES: dict[str, str] = {
    "visits-on-time": "unit: percent, accumulation: in_month",
    "plans-number": "unit: number, accumulation: at_month_end, pair: plans-rate",
    "plans-rate": "unit: rate_per_10000, accumulation: at_month_end, pair: plans-number, decimals: 1",
    "sickness-days": "unit: days, accumulation: rolling_12_months, decimals: 2",
    "referrals-so-far": "unit: number, accumulation: year_to_date",
    "contacts-so-far": "unit: number, accumulation: year_to_date, year_starts: unknown",
    "share-so-far": "unit: percent, accumulation: year_to_date",
    "rate-so-far": "unit: rate_per_10000, accumulation: year_to_date, decimals: 1",
    "new-measure": "unit: percent, accumulation: in_month, starts: 2020-09",
    "old-measure": "unit: percent, accumulation: in_month, retired: 2020-03",
    "budget-spent": "unit: percent, accumulation: in_month, maximum: 150",
    "caseload": "unit: average, accumulation: at_month_end, frequency: quarterly",
}


def _yaml() -> str:
    head = (
        "authority: {name: Southampton, code: E06000045, region: {name: South East, code: E12000008}, "
        "country: {name: England, code: E92000001}}\n"
        "plan: {title: T, edition: E, inspected: 2019-11, actuals: 2020-07}\n"
        "service_areas:\n  - id: all\n    name: All\n    measures:\n"
    )
    usual = {"kind": "outcome", "decimals": "0", "polarity": "monitor", "frequency": "monthly", "supplied_by": "Mosaic"}
    lines = []
    for name, fields in MEASURES.items():
        missing = ", ".join(f"{key}: {value}" for key, value in usual.items() if f"{key}:" not in fields)
        title = name.replace("-", " ").capitalize()
        lines.append(f"      - {{id: {name}, name: {title}, plan_wording: w, definition: d, {fields}, {missing}}}\n")
    return head + "".join(lines)


def small_catalogue() -> Catalogue:
    return read_catalogue(_yaml().encode())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return small_catalogue()


@pytest.fixture(scope="session")
def check(catalogue: Catalogue) -> Callable[..., CheckedExtract]:
    """Checks a text or bytes, as named, on 10 September 2020."""

    def _check(content: str | bytes, file_name: str = "extract.csv", **context: Any) -> CheckedExtract:
        data = content.encode() if isinstance(content, str) else content
        context.setdefault("today", TODAY)
        return check_extract(data, file_name, catalogue, **context)

    return _check


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """A workbook of sheets: name → rows of values; a value that starts with '=' becomes a formula whose value is 50."""

    def _workbook(sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> bytes:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, date):
                        sheet.write_datetime(row, column, value, day)
                    elif isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(row, column, value, None, "#N/A" if "NA()" in value else 50)
                    else:
                        sheet.write(row, column, value)
        book.close()
        return buffer.getvalue()

    return _workbook
