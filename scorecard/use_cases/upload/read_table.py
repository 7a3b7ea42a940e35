"""What is kept of a sent file: the table that was read of it, handed out as CSV."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.periods import Period, period_code
from scorecard.core.safe_text import spreadsheet_safe
from scorecard.extract.persons.personal_data import withheld
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

COLUMNS = ("measure_id", "period", "area", "value", "numerator", "denominator", "note")


@needs(Permission.READ)
def read_table(scorecard: Scorecard, extract_id: int) -> tuple[str, bytes]:
    """What was read of an extract, to be handed out: a file's name, and CSV that no spreadsheet takes for formulas.

    Of a file that an older version kept as it was sent, the figures read of it stand instead.
    Raises UnknownExtract, StoreDamaged.
    """
    table = scorecard.store.read_table(extract_id)
    content = figures_table(scorecard.store.sent_files.figures(extract_id)) if table is None else table.content
    known = scorecard.store.extracts().set_index("extract_id")
    stem = str(known.at[extract_id, "file_name"]).rpartition(".")[0] or "extract"
    return f"{stem} (as read).csv", _safe(content)


def figures_table(observations: pd.DataFrame) -> bytes:
    """An extract's figures as the table of a long extract, which reads as the same figures again.

    observations: as store.sent_files.figures gives them. Of a note that tells of a person the kind alone is written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    notes = withheld(observations["note"].fillna("").astype("str"))
    for row, note in zip(observations.to_dict("records"), notes, strict=True):
        writer.writerow(_figure_cells(row, str(note)))
    return out.getvalue().encode("utf-8", "replace")


def _figure_cells(row: dict[Any, Any], note: str) -> tuple[str, ...]:
    symbol = f"[{row['symbol']}]" if isinstance(row["symbol"], str) and row["symbol"] else ""
    value, *counts = (_exactly(row[name]) for name in ("value", "numerator", "denominator"))
    period = Period(row["period_end"].date(), int(row["months"]))
    return (
        str(row["measure_id"]),
        period_code(period),
        str(row["area"]),
        " ".join(part for part in (value, symbol) if part),
        *counts,
        note,
    )


def _exactly(number: Any) -> str:
    """All digits of a figure; blank where there is none."""
    return "" if number != number else format(Decimal(repr(number)), "f").removesuffix(".0")


def _safe(content: bytes) -> bytes:
    out = io.StringIO(newline="")
    records = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    csv.writer(out, lineterminator="\n").writerows([spreadsheet_safe(cell) for cell in record] for record in records)
    return out.getvalue().encode("utf-8")
