"""Show findings: grouped, counted and filtered, and the rows of the file in which they were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from scorecard.core.safe_text import visible
from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.codes.registry import CODES, SEVERITIES
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import read_table
from scorecard.extract.findings import Finding, Findings
from scorecard.extract.header.read_header import find_header
from scorecard.use_cases.upload.report_layouts import StoredLayout

__all__ = [
    "Excerpt",
    "FileRow",
    "Finding",
    "Group",
    "excerpt",
    "filtered",
    "first_findings",
    "groups",
    "may_tell_of_a_child",
    "measures_named",
]

PERSONAL = ("personal-note", "personal-column")
WARNING = "warning"
LONGEST_CELL = 60  # characters of a cell shown beside a finding


@dataclass(frozen=True)
class Group:
    """The findings of one kind: how many, in how many rows and of how many measures, and what to do about them."""

    code: str
    severity: str
    title: str
    meaning: str
    count: int
    rows: int
    measures: int


class FileRow(NamedTuple):
    """A row of the file as it was sent: its number, its cells, and the places of those that a finding is about."""

    number: int
    cells: tuple[str, ...]
    marked: frozenset[int]


@dataclass(frozen=True)
class Excerpt:
    """Some rows of a file below its header, as they were sent. Cut: columns left out to the right."""

    header: tuple[str, ...]
    rows: tuple[FileRow, ...]
    cut: int


def groups(findings: Findings) -> tuple[Group, ...]:
    """The findings by kind: errors first, then in the order in which they stand; warnings of no row last of theirs."""
    listed = [_group(str(code), part) for code, part in findings.frame.groupby("code", sort=False)]
    return tuple(
        sorted(
            listed, key=lambda group: (SEVERITIES.index(group.severity), group.severity == WARNING and not group.rows)
        )
    )


def _group(code: str, part: pd.DataFrame) -> Group:
    kind, named = CODES[code], part.loc[part["measure_id"] != "", "measure_id"]
    return Group(
        code, kind.severity, kind.title, kind.meaning, len(part), int(part["row"].nunique()), int(named.nunique())
    )


def filtered(
    findings: Findings, *, severity: str | None = None, code: str | None = None, measure_id: str | None = None
) -> pd.Index:
    """The places of the findings that are asked for, in their order; warnings of the whole file after those of a row,
    for a figure that looks wrong is not to stand below forty that are missing.
    """
    frame = findings.frame
    wanted = pd.Series(True, index=frame.index)
    for name, value in (("severity", severity), ("code", code), ("measure_id", measure_id)):
        if value:
            wanted &= frame[name] == value
    of_the_file = (frame["severity"] == WARNING) & frame["row"].isna()
    return frame.index[wanted & ~of_the_file].append(frame.index[wanted & of_the_file])


def measures_named(findings: Findings) -> tuple[str, ...]:
    """The measures that findings name, in alphabetical order."""
    return tuple(sorted({str(measure_id) for measure_id in findings.frame["measure_id"].unique() if measure_id}))


def first_findings(findings: Findings, places: pd.Index, most: int) -> tuple[Finding, ...]:
    """The first of the findings at these places."""
    return tuple(findings[int(at)] for at in places[:most])


def may_tell_of_a_child(checked: CheckedExtract) -> bool:
    """Whether a file has a column or a note about persons: nothing of it is ever shown again."""
    return any(checked.findings.count(code) for code in PERSONAL)


def excerpt(
    content: bytes,
    checked: CheckedExtract,
    findings: tuple[Finding, ...],
    layout: StoredLayout | None,
    most_columns: int,
) -> Excerpt | None:
    """The rows of the file that these findings are about, with their cells marked; None where there are none.

    The file is read again for it, so that no file is kept in memory for the sake of a few rows.
    """
    wanted: dict[int, set[str]] = {}
    for finding in findings:
        if finding.row is not None:
            wanted.setdefault(finding.row, set()).add(finding.column or "")
    if not wanted or may_tell_of_a_child(checked):
        return None
    try:
        table = read_table(content, checked.file_name, checked.sheet)
    except Refused:
        return None
    header_row = _header_place(table.records, layout)
    names = table.records[header_row] if header_row is not None and header_row < len(table.records) else []
    labels = [visible(name.strip()) for name in names]
    shown = {row: table.records[row - 1] for row in sorted(wanted) if row - 1 < len(table.records)}
    width = max([len(names), *(len(cells) for cells in shown.values())])
    shown_columns = _columns(labels, wanted, width, most_columns)
    rows = tuple(
        FileRow(
            row,
            tuple(visible(cells[at], LONGEST_CELL) if at < len(cells) else "" for at in shown_columns),
            frozenset(new for new, at in enumerate(shown_columns) if _is_marked(labels, at, wanted[row])),
        )
        for row, cells in shown.items()
    )
    header = tuple(labels[at] if at < len(labels) and labels[at] else f"Column {at + 1}" for at in shown_columns)
    return Excerpt(header, rows, width - len(shown_columns))


def _header_place(records: Sequence[list[str]], layout: StoredLayout | None) -> int | None:
    return layout.layout.header_row - 1 if layout is not None else find_header(records)


def _columns(labels: list[str], wanted: dict[int, set[str]], width: int, most: int) -> list[int]:
    """The columns shown: the first ones, and those that a finding is about."""
    named = {name for names in wanted.values() for name in names if name}
    about = [at for at, label in enumerate(labels) if label in named]
    shown = about[:most]
    first = [at for at in range(width) if at not in shown]
    return sorted([*shown, *first[: most - len(shown)]])


def _is_marked(labels: list[str], at: int, names: set[str]) -> bool:
    if at < len(labels) and labels[at] in names:
        return True
    return at >= len(labels) and "" in names
