"""Checks of periods with two readings: month first, a financial year, a day, a date shown without its year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from scorecard.core.periods import DOUBTS, day_words, month_code, month_words, read_period
from scorecard.extract.files.table import Table
from scorecard.extract.findings import fault, faults
from scorecard.extract.header.period_remedies import keep_one, period_question
from scorecard.extract.header.periods_in_text import month_of_file
from scorecard.extract.parse.rows import Reading

_FIRST_YEAR_OF_TWO_DIGITS = 10  # a day below it is no year that anybody types


def ambiguous_dates(reading: Reading) -> pd.DataFrame:
    """Periods with two readings, month first, a financial year or a day: one finding for each text.

    Not where the file's name says the month that was read.
    """
    rows = reading.rows
    rows = rows[rows["period_doubt"].isin(DOUBTS)].drop_duplicates("period")
    rows = rows[(rows["period_doubt"] != "day") | (rows["period_end"].dt.year != reading.today.year)]
    if (month := None if rows.empty else month_of_file(reading.file_name)) is not None:
        rows = rows[rows["period_end"] != pd.Timestamp(month.end)]
    return faults("ambiguous-date", rows, reading.label("period", rows), rows["period"], questions(rows))


def questions(rows: pd.DataFrame) -> pd.Series[Any]:
    """What to ask about each row's period; '' where it has one reading. rows: period, period_doubt, source."""
    doubtful = rows[rows["period_doubt"].isin(DOUBTS)]
    academic = doubtful["source"].str.contains("academic", case=False, regex=False)
    asked = [
        period_question(read_period(str(text), academic=bool(schools)))
        for text, schools in zip(doubtful["period"], academic, strict=True)
    ]
    return pd.Series(asked, index=doubtful.index, dtype="str").reindex(rows.index, fill_value="")


def which_to_keep(rows: pd.DataFrame) -> pd.Series[Any]:
    """How to end what is said of rows whose period stands twice (period_remedies.keep_one)."""
    asked = questions(rows)
    asked = asked[asked != ""]
    texts = zip(rows.loc[asked.index, "period"], asked, strict=True)
    ends = pd.Series([keep_one(str(text), question) for text, question in texts], index=asked.index, dtype="str")
    return ends.reindex(rows.index, fill_value=keep_one("", ""))


def years_not_shown(
    table: Table, names: tuple[str, ...], names_a_month: Callable[[int, int], bool]
) -> list[pd.DataFrame]:
    """Dates that a workbook shows without their year: of a typed Jul-20 a spreadsheet makes 20 July of this year.

    names: the header's. names_a_month: whether a month is read from the cell in this row and column, both counted from
    0. One finding for each date, at the first cell that has it.
    """
    first: dict[str, tuple[int, int]] = {}
    for row, column in table.about.without_year if table.about is not None else ():
        if names_a_month(row, column):
            first.setdefault(table.records[row][column], (row, column))
    return [
        fault(
            "ambiguous-date", _shown(day), _year_question(day), row=row + 1, column="".join(names[column : column + 1])
        )
        for text, (row, column) in first.items()
        if (day := date.fromisoformat(text[:10]))
    ]


def _shown(day: date) -> str:
    return day_words(day).rpartition(" ")[0]


def _year_question(day: date) -> str:
    read = month_words(day)
    asked = f"The cell shows {_shown(day)} and no year. It was read as {read}: the spreadsheet keeps the year. "
    if day.day >= _FIRST_YEAR_OF_TWO_DIGITS:
        typed = f"{read[:3]}-{day.day}"
        asked += f"If {typed} was typed, a spreadsheet made this day of it: write 20{day.day}-{day.month:02d}. "
    return asked + f"If the year is right, write {month_code(day)}."
