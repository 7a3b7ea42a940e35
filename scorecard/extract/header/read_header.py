"""The header: which row it is, which column is which, and whether the table is long or wide."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, islice
from typing import Literal, NamedTuple

import pandas as pd

from scorecard.core.periods import Period, Reading, UnreadablePeriod, month_code, read_period, settle_readings
from scorecard.core.safe_text import odd_words, visible, without_unseen
from scorecard.extract import limits
from scorecard.extract.findings import fault
from scorecard.extract.header.period_remedies import is_month_alone, keep_one, period_question
from scorecard.extract.header.periods_in_text import unreadable_remedy
from scorecard.extract.persons.personal_columns import is_of_one_child as is_of_one_child
from scorecard.extract.persons.personal_columns import is_personal

Layout = Literal["long", "wide"]

FIGURE_COLUMNS = ("measure_id", "period", "area", "value", "numerator", "denominator", "note", "source")
WIDE_COLUMNS = ("measure_id", "area", "note", "source")
EXPLAINING_COLUMNS = ("measure_name", "unit", "definition", "last_value")
_SPACES = re.compile(r"[\s_]+")
_SEPARATED = re.compile(r"[,;\t|]")


class Header(NamedTuple):
    """A table's header. `columns` gives a name's place in the row, `periods` the period of a wide table's columns."""

    place: int  # of the record; the spreadsheet's row is one more
    layout: Layout
    names: tuple[str, ...]
    columns: dict[str, int]
    periods: dict[int, Period]

    def names_a_month(self, row: int, column: int) -> bool:
        """Whether a period is read from the cell in this row and column of the table, both counted from 0."""
        if self.layout == "wide":
            return row == self.place and column in self.periods
        return row > self.place and column == self.columns.get("period")


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """A header's name as it is compared: without case, spaces, underscores and what can't be seen."""
    return _SPACES.sub("", without_unseen(unicodedata.normalize("NFKC", name[:200]))).casefold()


_KNOWN = {plain(name): name for name in FIGURE_COLUMNS + EXPLAINING_COLUMNS}


_ALSO_CALLED = {
    "measure_id": (
        "measure",
        "indicator",
        "indicatorid",
        "measureref",
        "measurecode",
        "kpi",
        "id",
        "code",
        "reference",
    ),
    "period": ("month", "date", "quarter", "year", "reportingperiod", "reportingmonth", "monthending", "timeperiod"),
    "value": ("figure", "actual", "result", "percentage", "percent", "rate", "outturn", "performance"),
    "note": ("comment", "comments", "notes", "remark", "remarks", "commentary", "explanation", "footnote"),
}  # how reports head what an extract calls so: for a hint only, never taken
_NOTE = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\)|[*†‡§¹²³⁴-⁹]+)\s*")  # what is beside a name: [note 1], (month), *


def _bare(name: str) -> str:
    """A header's name as it is compared, without what explains it: 'period (month)' on two lines is 'period'."""
    return plain(_NOTE.sub(" ", name[:200]))


def _one_line(name: str) -> str:
    return " ".join(name[:100].split())


def _meant(wanted: str, names: Sequence[str], asked: str) -> str:
    """A question whether a name among these means a column: by what it is also called, or by its spelling."""
    unknown = [name for name in names if name and known_name(name) is None]
    tidy = [_bare(name) for name in unknown]
    near = [name for name in (plain(wanted), *_ALSO_CALLED[wanted]) if name in tidy]
    near = near or difflib.get_close_matches(plain(wanted), tidy, n=1, cutoff=0.6)
    if not near:
        return ""
    name = unknown[tidy.index(near[0])]
    return f" Is '{visible(_one_line(name), 40)}' {asked}? {odd_words(_one_line(name)) or 'Then rename it. '}".rstrip()


def known_name(name: str) -> str | None:
    """Which of an extract's columns a header's name means; None where it is none of them."""
    return _KNOWN.get(plain(name))


def header_score(record: list[str]) -> tuple[int, int]:
    """How much a record looks like a header: known names (measure_id counts most), then filled cells."""
    names = {known_name(cell) for cell in record[: limits.MOST_COLUMNS]} - {None}
    return (len(names) + 10 * ("measure_id" in names), sum(1 for cell in record if cell.strip()))


def top_rows(records: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows among which the header stands, with their places: the top ones, without the blank ones above."""
    filled = dropwhile(lambda row: not any(cell.strip() for cell in row[1]), enumerate(records))
    return list(islice(filled, limits.HEADER_WITHIN))


def find_header(records: Iterable[list[str]], *, surely: bool = False) -> int | None:
    """The first of the top rows that names measure_id; None where none does.

    A row that says nothing else, or explains it in one more cell, is a line of a cover or of a list of columns: it is
    the header only where no other row is, and never where only what is `surely` one is asked for.
    """
    naming = [(at, row) for at, row in top_rows(records) if any(known_name(cell) == "measure_id" for cell in row)]
    tables = [at for at, row in naming if sum(1 for cell in row if cell.strip()) > 2 or _has_periods(row)]
    return next(iter(tables or [at for at, _ in naming if not surely]), None)


def _has_periods(row: list[str]) -> bool:
    return any(_is_period(cell[:60].strip()) for cell in row)


def _is_period(name: str) -> bool:
    try:
        read_period(name)
    except UnreadablePeriod:
        return False
    return True


def read_header(records: Sequence[list[str]]) -> tuple[Header | None, list[pd.DataFrame]]:
    """The header of a table and what is wrong with it; None where the table can't be checked without a better one."""
    index = find_header(records)
    if index is None:
        return None, _no_header(records)
    names = tuple(cell.strip() for cell in records[index])
    row = index + 1
    columns, findings = _places(names, row)
    layout: Layout = "long" if "period" in columns else "wide"
    periods: dict[int, Period] = {}
    if layout == "wide":
        columns = {name: column for name, column in columns.items() if name in WIDE_COLUMNS + EXPLAINING_COLUMNS}
        periods, more = _periods(names, row, set(columns.values()))
        findings += more
    usable = FIGURE_COLUMNS if layout == "long" or not periods else WIDE_COLUMNS
    findings += _others(names, row, set(columns.values()) | set(periods), usable)
    findings += _missing(names, row, columns, periods)
    if any(cell.strip() for record in records[:index] for cell in record):
        findings.append(fault("title-rows", f"rows 1 to {index}", row=row))
    complete = not any(part["code"].iat[0] == "missing-column" for part in findings)
    return (Header(index, layout, names, columns, periods) if complete else None), findings


def _no_header(records: Sequence[list[str]]) -> list[pd.DataFrame]:
    """What to say of a table without measure_id: the names that were found, and the nearest to it."""
    top = top_rows(records)
    if not top:
        return [fault("empty-file")]
    best, row = max(top, key=lambda numbered: (header_score(numbered[1]), -numbered[0]))
    names = [cell.strip() for cell in row if cell.strip()]
    remedy = _header_elsewhere(records, names) or (
        "If this is a source's own report, show once on the Upload page how it is laid out. "
        "If not, the header needs measure_id, period and value; start from the template if in doubt."
        + _meant("measure_id", names, "the measure_id")
    )
    findings = [fault("no-measure-id", "the headers " + ", ".join(names[:20]), remedy, row=best + 1)]
    return findings + [fault("personal-column", name, row=best + 1, column=name) for name in names if is_personal(name)]


def _header_elsewhere(records: Sequence[list[str]], names: list[str]) -> str:
    """What to do about a header that is there, but not where or as it is looked for; '' where there is none."""
    if len(names) == 1 and "measure_id" in [known_name(part) for part in _SEPARATED.split(names[0])]:
        return (
            "The whole header stands in one cell: its rows may be in quotation marks, each as a whole, or its columns "
            "separated in another way. Save it as 'CSV UTF-8' with commas between the columns, and send that."
        )
    looked_for = enumerate(records[: limits.HEADER_LOOKED_FOR])
    below = next((at for at, row in looked_for if any(known_name(cell) == "measure_id" for cell in row)), None)
    most = limits.HEADER_WITHIN - 1
    return f"Row {below + 1} has it, with more than {most} rows above it: delete some of those." if below else ""


def _places(names: tuple[str, ...], row: int) -> tuple[dict[str, int], list[pd.DataFrame]]:
    """Where each known name stands, and every name that stands twice."""
    columns: dict[str, int] = {}
    seen: dict[str, int] = {}
    findings = []
    for column, name in enumerate(names):
        tidy = plain(name)
        if not tidy:
            continue
        if tidy in seen:
            remedy = f"Column {seen[tidy] + 1} has it already. Delete or rename one of the two."
            findings.append(fault("duplicate-header", name, remedy, row=row, column=name))
            continue
        seen[tidy] = column
        if tidy in _KNOWN:
            columns[_KNOWN[tidy]] = column
    return columns, findings


def _periods(names: tuple[str, ...], row: int, taken: set[int]) -> tuple[dict[int, Period], list[pd.DataFrame]]:
    """The periods that a wide table's headers name; a name with a digit that is no period is an error."""
    periods: dict[int, Period] = {}
    readings: dict[int, Reading] = {}
    readings_of: dict[Period, Reading] = {}
    findings = []
    for column, name in enumerate(names):
        if column in taken or not name or known_name(name) or is_personal(name):
            continue
        try:
            readings[column] = read_period(name)
        except UnreadablePeriod as unreadable:
            if _names_a_period(name):
                remedy = unreadable_remedy(name, str(unreadable)) + " Otherwise the column's figures would be left out."
                findings.append(fault("unreadable-period", name, remedy, row=row, column=name))
    for column, reading in zip(readings, settle_readings(list(readings.values())), strict=True):
        name, period = names[column], reading.period
        if period in periods.values():
            asked = period_question(reading) or period_question(readings_of[period])
            remedy = f"Another column is {month_code(period.end)} too{keep_one(name, asked)}"
            if plain(name) not in [plain(names[other]) for other in periods]:
                findings.append(fault("duplicate-header", name, remedy, row=row, column=name))
            continue
        periods[column], readings_of[period] = period, reading
    return periods, findings


def _names_a_period(name: str) -> bool:
    """Whether a header that is no period seems to be meant as one: it has a digit, or is a month without its year."""
    return re.search("[0-9]", name) is not None or is_month_alone(name)


def _others(names: tuple[str, ...], row: int, taken: set[int], usable: tuple[str, ...]) -> list[pd.DataFrame]:
    """Columns about persons, and columns that are none of an extract's."""
    findings = []
    for column, name in enumerate(names):
        if column in taken or not name:
            continue
        if is_personal(name):
            findings.append(fault("personal-column", name, row=row, column=name))
        elif usable == WIDE_COLUMNS and _names_a_period(name):
            continue  # said already: a period that can't be read
        elif known_name(name) is None or known_name(name) not in usable + EXPLAINING_COLUMNS:
            findings.append(fault("unknown-column", name, _unknown_remedy(name), row=row, column=name))
    return findings


def _unknown_remedy(name: str) -> str:
    if known_name(name):
        return f"A table with a column for each month can't have '{known_name(name)}': it was not read."
    if _bare(name) in _ALSO_CALLED["note"]:
        return "Is it the note of each figure? Then rename it note. What stands in it was not read."
    near = difflib.get_close_matches(_bare(name), _KNOWN, n=1, cutoff=0.75)
    hint = f"Did you mean {_KNOWN[near[0]]}? " if near else ""
    hint += odd_words(_one_line(name))
    return f"{hint}What stands in it was not read. Rename it, or check that nothing in it is needed."


def _missing(
    names: tuple[str, ...], row: int, columns: dict[str, int], periods: dict[int, Period]
) -> list[pd.DataFrame]:
    """Columns without which there are no figures."""
    shown = "the headers " + ", ".join(name for name in names if name)
    if "period" not in columns:
        if periods:
            return []
        remedy = _missing_remedy("period", names) + " Or give each month a column of its own, headed 2020-07."
        return [fault("missing-column", shown, remedy, row=row)]
    if "value" in columns or {"numerator", "denominator"} <= set(columns):
        return []
    remedy = _missing_remedy("value", names) + " Numerator and denominator together would do as well."
    return [fault("missing-column", shown, remedy, row=row)]


def _missing_remedy(wanted: str, names: tuple[str, ...]) -> str:
    return f"Add a column {wanted}." + _meant(wanted, names, "the one")
