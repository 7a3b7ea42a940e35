"""Checks a source's own report by its layout, and recognises which layout a report has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import observations_frame
from scorecard.core.periods import Period, Reading, month_code, period_words
from scorecard.core.safe_text import visible
from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.checks.personal_data import persons_in
from scorecard.extract.checks.registry import run_checks
from scorecard.extract.checks.two_readings import years_not_shown
from scorecard.extract.checks.uncalculated import without_uncalculated
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.files.table import Table
from scorecard.extract.findings import Findings, fault
from scorecard.extract.header.periods_in_text import MonthInText, month_in_text, month_of_file, periods_in, stem
from scorecard.extract.parse.read_table import table_read
from scorecard.extract.parse.rows import HistoryLookup, to_observations
from scorecard.extract.report_layout.match import Fit, FoundHeader, find_header, fit, nearest, shape_faults
from scorecard.extract.report_layout.model import ReportLayout
from scorecard.extract.report_layout.read_rows import ReportReading, month_columns, read_report

MOST_SHEETS_TRIED = 12
_SAID_ONCE = {"layout-month-unclear": "missing-period", "layout-measure-unknown": "unknown-measure"}
_GIVE_MONTH = "choose the month of this report (at a terminal, --month 2020-08)."


class Match(NamedTuple):
    """The layout that a file fits best, on which sheet, and whether it fits exactly."""

    layout: ReportLayout
    sheet: str | None
    exact: bool


def recognise(file: SentFile, layouts: Sequence[ReportLayout], sheet: str | None = None) -> Match | None:
    """The layout that a file fits: exactly, or else the one that it is most likely a changed report of.

    layouts: oldest first; of equals the latest is taken. sheet: the one to look at; None lets every sheet be tried.
    """
    if file.sheet_or_none(None) is None:
        return None
    best: tuple[tuple[bool, float, float, int], Match] | None = None
    for layout in layouts:
        where, fitting = _best_sheet(file, layout, sheet)
        rank = (fitting.exact, fitting.labels + fitting.columns, fitting.labels, len(layout.needed()))
        if (fitting.exact or fitting.likely) and (best is None or rank >= best[0]):
            best = rank, Match(layout, where, fitting.exact)
    return best[1] if best else None


def _best_sheet(file: SentFile, layout: ReportLayout, sheet: str | None) -> tuple[str | None, Fit]:
    sheets = file.table().sheets
    tried = _candidates(sheets, layout, sheet)
    fits = [(name, fit(table.records, layout)) for name in tried if (table := file.sheet_or_none(name)) is not None]
    if not fits:
        return None, Fit(False, 0.0, 0.0)
    exact = [fitted for fitted in fits if fitted[1].exact]
    if exact:
        return max(exact, key=lambda fitted: _sheet_month(fitted[0])) if _by_sheet(layout) else exact[0]
    return max(fits, key=lambda fitted: (fitted[1].columns, fitted[1].labels))


def _candidates(sheets: tuple[str, ...], layout: ReportLayout, sheet: str | None) -> list[str | None]:
    if sheet is not None:
        return [sheet]
    if layout.sheet is not None and layout.sheet in sheets:
        return [layout.sheet]
    return [*sheets[:MOST_SHEETS_TRIED]] or [None]


def _by_sheet(layout: ReportLayout) -> bool:
    return layout.month.stands_in == "sheet_name"


def _sheet_month(name: str | None) -> str:
    periods = periods_in(name or "")
    return str(periods[0].end) if len(periods) == 1 else ""


def check_report(
    file: SentFile,
    catalogue: Catalogue,
    layout: ReportLayout,
    today: date,
    history_lookup: HistoryLookup,
    *,
    called: str | None = None,
    sheet: str | None = None,
    month: Period | None = None,
    origin: str = "extract",
) -> CheckedExtract:
    """Reads a report as its layout says and checks all of it, with the same checks as any extract.

    today: a month is over when it ends before it. history_lookup: asked for what is known besides the file, by its
    areas. called: the layout's name and version, for the finding that names it. sheet: the one to take; None takes the
    layout's. month: the month asked for at the load, for layouts that ask.
    Returns a CheckedExtract; a report that has changed shape is refused with what has changed.
    """
    nothing = observations_frame()
    try:
        taken, parts = _take_sheet(file, layout, sheet)
        table = file.table(taken)
    except Refused as refused:
        return CheckedExtract(
            file.name, file.sha256, nothing, Findings(file.name, refused.faults), sheets=refused.sheets
        )
    parts = [fault("read-by-layout", called or layout.name), *parts, *table.faults]
    answer = CheckedExtract(
        file.name, file.sha256, nothing, Findings(file.name), table.sheet, table.sheets, sources=(layout.source,)
    )
    found_header = find_header(table.records, layout)
    parts += [*shape_faults(layout, found_header), *persons_in(file.name, table, found_header)]
    period, more = _month(table, layout, file.name, today, catalogue, month)
    parts += [*more, *_unknown_measures(layout, catalogue)]
    parts += years_not_shown(table, found_header.names, partial(_names_a_month, layout, found_header))
    if found_header.missing:
        return replace(answer, findings=Findings(file.name, parts))
    rows, header, more, left_out = read_report(table, layout, found_header, catalogue, period, today)
    parts[0]["remedy"] += f" {left_out.sentence()}".rstrip()
    reading = ReportReading(table, header, rows, catalogue, today, history_lookup, file.name)
    checks = without_uncalculated(_not_said_before(run_checks(reading), parts), table)
    findings = Findings(file.name, [*parts, *more, *checks])
    answer = replace(answer, findings=findings, layout=header.layout)
    if answer.refused:
        return answer
    read = _table_read(table, layout, found_header, {row - 1 for row in rows["row"].tolist()})
    month_text = None if period is None else month_code(period.end)
    return replace(answer, observations=to_observations(reading, origin), table=read, month=month_text)


def _table_read(table: Table, layout: ReportLayout, found_header: FoundHeader, rows: set[int]) -> bytes:
    """What was read of a report, as it is kept: the columns and months that the layout names, in the rows it means."""
    places = {column for name in layout.needed() if (column := found_header.at(name)) is not None}
    places |= set(month_columns(table, layout, found_header))
    labels = {column for name in layout.labels_in[:-1] if (column := found_header.at(name)) is not None}
    cell = layout.month.place if layout.month.stands_in == "cell" else None
    return table_read(table.records, found_header.place, places, rows=rows, labels=labels, cell=cell)


def _not_said_before(checks: list[pd.DataFrame], of_the_report: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The checks' findings without those that would say for every row what is said of the whole report."""
    codes = {str(part["code"].iat[0]) for part in of_the_report}
    left_out = {_SAID_ONCE[code] for code in codes & set(_SAID_ONCE)}
    return [part for part in checks if part.empty or part["code"].iat[0] not in left_out]


def _take_sheet(file: SentFile, layout: ReportLayout, asked: str | None) -> tuple[str | None, list[pd.DataFrame]]:
    sheets = file.table().sheets
    if asked is not None or not sheets:
        return asked, []
    if layout.sheet is not None and layout.sheet not in sheets and not _by_sheet(layout):
        near = nearest(layout.sheet, list(sheets))
        hint = f"Is it '{visible(near, 40)}' now? " if near else ""
        names = ", ".join(f"'{visible(name, 40)}'" for name in sheets[:10])
        remedy = f"{hint}The workbook has {names}. Rename the sheet, or show the report's layout again."
        raise Refused(fault("layout-sheet-missing", layout.sheet, remedy), sheets=sheets)
    if layout.sheet is not None and layout.sheet in sheets:
        return layout.sheet, []
    taken, _ = _best_sheet(file, layout, None)
    others = [name for name in sheets[:MOST_SHEETS_TRIED] if name != taken and _fits(file, name, layout)]
    if not others or _by_sheet(layout):
        return taken, []
    names = ", ".join(f"'{visible(name, 40)}'" for name in others)
    remedy = f"'{visible(taken or '', 40)}' was read, not {names}. If that isn't the one you meant, choose it."
    return taken, [fault("several-sheets", ", ".join(others), remedy)]


def _fits(file: SentFile, sheet: str, layout: ReportLayout) -> bool:
    table = file.sheet_or_none(sheet)
    return table is not None and fit(table.records, layout).exact


def _month(
    table: Table, layout: ReportLayout, file_name: str, today: date, catalogue: Catalogue, asked: Period | None
) -> tuple[Period | None, list[pd.DataFrame]]:
    """The month of the whole report, where it is beside the table; what was asked must not contradict it."""
    where = layout.month.stands_in
    if where in ("column", "headers"):
        return None, []
    if where == "asked":
        remedy = f"The layout doesn't say where the month stands: {_GIVE_MONTH}"
        return asked, [] if asked else [fault("layout-month-unclear", "", remedy)]
    text = _month_text(table, layout, file_name)
    in_text = month_in_text(text)
    if in_text.reading is not None and in_text.reading.doubt and month_of_file(file_name) == in_text.reading.period:
        in_text = MonthInText(Reading(in_text.reading.period))  # the file's name settles which of two is meant
    return _month_beside(in_text, text, layout, today, catalogue, asked)


def _month_beside(
    in_text: MonthInText,
    text: str,
    layout: ReportLayout,
    today: date,
    catalogue: Catalogue,
    asked: Period | None,
) -> tuple[Period | None, list[pd.DataFrame]]:
    """The month that a cell or a name says; a month that was asked for settles what it leaves open."""
    places = {"cell": f"cell {layout.month.cell}", "sheet_name": "the sheet's name", "file_name": "the file's name"}
    where, column = places[layout.month.stands_in], layout.month.cell or ""
    if in_text.reading is None:
        if asked is not None:
            return asked, []
        remedy = (
            f"The layout says that the month stands in {where}. {in_text.why} Write one month there, as 'August 2020', "
        )
        remedy += f"or {_GIVE_MONTH}"
        return None, [fault("layout-month-unclear", text, remedy, column=column)]
    period = in_text.reading.period
    question = _question(in_text, layout, today, catalogue)
    if asked is None:
        return period, [fault("ambiguous-date", text, question, column=column)] if question else []
    if month_code(asked.end) == month_code(period.end) or question:
        return asked, []
    remedy = (
        f"{where.capitalize()} says {period_words(*period)}, and {period_words(asked.end)} was asked for. Mend one."
    )
    return period, [fault("layout-month-unclear", text, remedy)]


def _question(in_text: MonthInText, layout: ReportLayout, today: date, catalogue: Catalogue) -> str:
    """What is to be asked about a month, where that isn't settled: by today's year, or by what the measures cover."""
    reading = in_text.reading
    if reading is not None and reading.doubt == "day" and reading.period.end.year == today.year:
        return ""
    wanted = {meaning.measure for meaning in layout.measures.values()}
    covered = {measure.accumulation for measure in catalogue.measures if measure.id in wanted}
    return "" if in_text.longer and covered <= {"rolling_12_months", "year_to_date"} else in_text.question


def _names_a_month(layout: ReportLayout, found_header: FoundHeader, row: int, column: int) -> bool:
    """Whether the layout reads a month from the cell in this row and column, both counted from 0."""
    where = layout.month.stands_in
    if where == "headers":
        return row == found_header.place
    if where == "column":
        return row > found_header.place and column == found_header.at(layout.month.column)
    return where == "cell" and (row, column) == layout.month.place


def _month_text(table: Table, layout: ReportLayout, file_name: str) -> str:
    if layout.month.stands_in == "sheet_name":
        return table.sheet or ""
    if layout.month.stands_in == "file_name":
        return stem(file_name)
    row, column = layout.month.place
    record = table.records[row] if row < len(table.records) else []
    return record[column].strip() if column < len(record) else ""


def _unknown_measures(layout: ReportLayout, catalogue: Catalogue) -> list[pd.DataFrame]:
    known = [measure.id for measure in catalogue.measures]
    faults = []
    for label, meaning in layout.measures.items():
        if meaning.measure not in known:
            near = nearest(meaning.measure, known)
            hint = f"Did you mean {near}? " if near else ""
            remedy = f"{hint}'{visible(label, 40)}' means {meaning.measure}, and no measure has that id."
            faults.append(fault("layout-measure-unknown", label, remedy, measure_id=meaning.measure))
    return faults
