"""A long extract's file: the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

COLUMNS = ("measure_id", "period", "value", "numerator", "denominator", "note")


class Row(NamedTuple):
    """A row as it is in the file: every cell is text, a blank one where there is nothing to say."""

    measure_id: str
    period: str
    value: str
    numerator: str = ""
    denominator: str = ""
    note: str = ""


def long_file(rows: Iterable[Row]) -> bytes:
    """The rows under the header of a long extract, as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def number_text(number: float | None) -> str:
    """A number in as few digits as say exactly it: '26', '14.14'; blank where there is none."""
    return "" if number is None or number != number else f"{number:.12g}"
