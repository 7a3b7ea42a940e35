"""A cell's value as the text that a person would have typed."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any


def cell_text(value: Any) -> str:
    """A workbook's value: 82.0 as '82', a day as '2020-08-31', yes as 'TRUE'; a text as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number_text(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return str(value)
    return "" if value is None else str(value)


def percent_text(value: float) -> str:
    """A share as the percentage that it is shown as: 0.82 as '82%'."""
    return _number_text(float(value) * 100) + "%"


@lru_cache(maxsize=10_000)
def _number_text(value: float) -> str:
    shown = f"{value:.15g}"  # a spreadsheet keeps fifteen digits
    return format(Decimal(shown), "f") if "e" in shown else shown
