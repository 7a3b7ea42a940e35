"""Checks that nothing of a table, all of which is searched, tells of a single person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.extract import limits
from scorecard.extract.files.table import Table
from scorecard.extract.findings import fault
from scorecard.extract.header.read_header import known_name
from scorecard.extract.persons.find_persons import columns_of, passing, persons_in_column
from scorecard.extract.persons.personal_columns import is_count, is_personal, may_number_persons
from scorecard.extract.persons.personal_data import is_age, is_post_code, personal_words

_AGE_COLUMN = re.compile(r"age\b.*", re.IGNORECASE)
BESIDE = "a post code beside an age"


class _Header(Protocol):
    @property
    def place(self) -> int: ...
    @property
    def names(self) -> tuple[str, ...]: ...


def persons_in(file_name: str, table: Table, header: _Header | None) -> list[pd.DataFrame]:
    """What a table, its sheet's name and its file's name tell of single persons: one finding a row.

    header: where the table's header stands, and its names; None where it has none that is known.
    """
    named = [("The file's name", file_name, "Rename the file"), ("The sheet's name", table.sheet, "Rename the sheet")]
    findings = [
        fault("personal-note", f"{where.lower()}: {kind}", f"{what} and send it again.")
        for where, text, what in named
        if (kind := personal_words(text or ""))
    ]
    names = header.names if header else ()
    first = header.place + 1 if header else 0
    columns = list(columns_of(table.records))
    rows: dict[int, tuple[str, str]] = {}
    for column, texts in enumerate(columns):
        name = names[column] if column < len(names) else ""
        for row, kind in persons_in_column(texts):
            rows.setdefault(row, (name if row >= first else "", kind))
    for row in _post_codes_beside_ages(columns, names, first):
        rows.setdefault(row, ("", BESIDE))
    listed = sorted(rows.items())[: limits.MOST_OF_A_CODE + 1]
    findings += [fault("personal-note", kind, row=row + 1, column=name) for row, (name, kind) in listed]
    return findings + _numbered_persons(columns, names, first)


def _post_codes_beside_ages(columns: list[pa.Array], names: tuple[str, ...], first: int) -> Iterator[int]:
    """The records below the header with a whole post code in one cell and an age under a header that says so."""
    ages = [column for column, name in enumerate(names) if _AGE_COLUMN.fullmatch(name) and column < len(columns)]
    if not ages:
        return
    aged = np.logical_or.reduce([passing(columns[column], lambda text: is_age(text, alone=True)) for column in ages])
    for column, texts in enumerate(columns):
        if column not in ages:
            for row in np.flatnonzero(aged & passing(texts, is_post_code)):
                if row >= first:
                    yield int(row)


def _numbered_persons(columns: list[pa.Array], names: tuple[str, ...], first: int) -> list[pd.DataFrame]:
    """Columns such as 'Child No.', which may count children, where they number them instead."""
    findings = []
    for column, name in enumerate(names[: len(columns)]):
        if known_name(name) is None and not is_personal(name) and may_number_persons(name):
            below = pc.unique(columns[column].slice(first)).to_pylist()
            if not all(map(is_count, below)):
                findings.append(fault("personal-column", name, row=first, column=name))
    return findings
