"""Checks an extract: a file's bytes in; its observations, or every finding about it, out. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import observations_frame
from scorecard.extract.checks.history import missing_measures
from scorecard.extract.checks.personal_data import persons_in
from scorecard.extract.checks.registry import run_checks
from scorecard.extract.checks.two_readings import years_not_shown
from scorecard.extract.checks.uncalculated import without_uncalculated
from scorecard.extract.codes.registry import CODES, SEVERITIES
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.findings import Finding, Findings
from scorecard.extract.header.read_header import Layout, read_header
from scorecard.extract.parse.read_table import columns_read, table_read
from scorecard.extract.parse.rows import EarlierFigures, HistoryLookup, Reading, read_rows, to_observations

_NOTHING = observations_frame()


@dataclass(frozen=True)
class CheckedExtract:
    """What a file says, and what is wrong with it.

    observations: the agreed frame (core.observations), empty where there is an error. findings: all of them,
    errors first. sheet, sheets: the workbook's sheet that was read, and those it has (None and none for a CSV).
    layout: long, wide, or None where no table was found. sources: what a `source` column says.
    table: what was read of the file (parse.read_table), empty where there is an error. month: the month of the whole
    report, 2020-08, where it is beside the table.
    """

    file_name: str
    sha256: str
    observations: pd.DataFrame
    findings: Findings
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    layout: Layout | None = None
    sources: tuple[str, ...] = ()
    table: bytes = b""
    month: str | None = None

    @property
    def refused(self) -> bool:
        """Whether an error keeps the whole file from being stored."""
        return self.findings.count(SEVERITIES[0]) > 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the file."""
        return self.findings.of("error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that ask for a yes."""
        return self.findings.of("warning")

    @property
    def counts(self) -> dict[str, int]:
        """How many figures of each measure the file has, in the file's order; empty where it is refused."""
        sizes = self.observations.groupby("measure_id", sort=False).size()
        return {str(measure): int(count) for measure, count in sizes.items()}


def check_extract(
    content: bytes,
    file_name: str,
    catalogue: Catalogue,
    *,
    today: date,
    known: pd.DataFrame | None = None,
    closed: pd.DataFrame | None = None,
    limits: pd.DataFrame | None = None,
    sheet: str | None = None,
    origin: str = "extract",
) -> CheckedExtract:
    """Reads a file and checks all of it.

    content, file_name: the file. today: a month is over when it ends before this day.
    known: current observations (the agreed frame), for what depends on history.
    closed: measure_id, area, period_end, months, value (and symbol, if there) of figures in approved packs.
    limits: measure_id, area, lower, upper (and months, if there): what each measure's own history allows.
    sheet: the workbook's sheet to take. origin: written beside each observation.
    Returns a CheckedExtract; a file that can't be read is an answer too. Raises nothing for any content.
    """
    history = EarlierFigures(
        observations=_NOTHING if known is None else known,
        closed=closed,
        limits=limits,
    )
    return check_sent(SentFile(content, file_name), catalogue, today, lambda _: history, sheet=sheet, origin=origin)


def read_figures_again(content: bytes, file_name: str, catalogue: Catalogue, today: date) -> pd.DataFrame | None:
    """The figures of a table that was read and checked before, in the agreed frame; None where it can't be read."""
    try:
        table = SentFile(content, file_name).table(None)
    except Refused:
        return None
    header, _ = read_header(table.records)
    if header is None:
        return None
    rows, faults = read_rows(table, header, catalogue, today)
    if has_errors(faults):
        return None
    known = EarlierFigures(observations=_NOTHING, closed=None, limits=None)
    return to_observations(Reading(table, header, rows, catalogue, today, lambda _: known), "extract")


def check_sent(
    file: SentFile,
    catalogue: Catalogue,
    today: date,
    history_lookup: HistoryLookup,
    *,
    sheet: str | None = None,
    origin: str = "extract",
) -> CheckedExtract:
    """As `check_extract`; what is known beside the file is asked for by its areas, once they are read."""
    try:
        table = file.table(sheet)
    except Refused as refused:
        findings = Findings(file.name, refused.faults)
        return CheckedExtract(file.name, file.sha256, _NOTHING.copy(), findings, sheets=refused.sheets)
    header, faults = read_header(table.records)
    parts = [*table.faults, *without_uncalculated(faults, table), *persons_in(file.name, table, header)]
    observations = _NOTHING.copy()
    sources: tuple[str, ...] = ()
    read = b""
    if header is not None:
        rows, more = read_rows(table, header, catalogue, today)
        sources = tuple(str(source) for source in rows["source"].unique() if source)
        reading = Reading(table, header, rows, catalogue, today, history_lookup, file.name)
        parts += more
        parts += without_uncalculated(run_checks(reading), table)
        parts += years_not_shown(table, header.names, header.names_a_month)
        if not has_errors(parts):
            read = table_read(table.records, header.place, columns_read(header))
            observations = to_observations(reading, origin)
    findings = Findings(file.name, parts)
    return CheckedExtract(
        file_name=file.name,
        sha256=file.sha256,
        observations=observations,
        findings=findings,
        sheet=table.sheet,
        sheets=table.sheets,
        layout=header.layout if header else None,
        sources=sources,
        table=read,
    )


def has_errors(parts: Iterable[pd.DataFrame]) -> bool:
    """Whether one of these findings refuses the file."""
    return any(CODES[str(code)].severity == "error" for part in parts for code in part["code"].unique())


def with_missing_measures(checked: CheckedExtract, catalogue: Catalogue, missing: AbstractSet[str]) -> CheckedExtract:
    """The answer, and a warning for each measure that is due in its latest month, of those that the file lacks.

    missing: ids of measures that the source sends with such a file. No check of its own, because the source is known
    only from the answer; a refused file is to be sent again in any case. Of a report, a measure whose label is missing
    is not named twice.
    """
    if checked.refused:
        return checked
    findings_so_far = checked.findings.frame
    sent = {
        *checked.observations["measure_id"].unique(),
        *findings_so_far.loc[findings_so_far["code"] == "layout-label-missing", "measure_id"].unique(),
    }
    parts = missing_measures(catalogue, missing - sent, checked.observations["period_end"].max())
    return replace(checked, findings=checked.findings.with_more(parts)) if parts else checked
