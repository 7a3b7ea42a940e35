"""How well a table fits a layout: where its header is, what of it is missing or new, how many labels are known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import pandas as pd

from scorecard.core.safe_text import visible
from scorecard.extract.findings import fault
from scorecard.extract.header.periods_in_text import header_period
from scorecard.extract.header.read_header import plain
from scorecard.extract.persons.personal_columns import is_personal
from scorecard.extract.report_layout.model import BETWEEN, FIRST_ROWS, ReportLayout, plain_label

LEAST_SHARE = 0.5  # of the columns, and of the labels, for a report to be taken for one that has changed
_ROWS_TRIED = 5_000  # rows in which known labels are looked for, to tell one report from another


class FoundHeader(NamedTuple):
    """A header found in a table: its place among the records, its names, and where each name (as compared) stands."""

    place: int
    names: tuple[str, ...]
    columns: dict[str, int]
    missing: tuple[str, ...]  # of the columns that the layout needs

    def at(self, name: str | None) -> int | None:
        """The place of a column; None where there is none of that name."""
        return None if name is None else self.columns.get(plain(name))


class Fit(NamedTuple):
    """How well a table fits: exactly, or what share of the columns and labels that the layout knows it has."""

    exact: bool
    columns: float
    labels: float

    @property
    def likely(self) -> bool:
        """Whether the table is this report, perhaps changed."""
        return self.columns >= LEAST_SHARE and self.labels >= LEAST_SHARE


def find_header(records: Sequence[list[str]], layout: ReportLayout) -> FoundHeader:
    """The record that has most of the columns that the layout needs; of equals the one where the layout says."""
    needed = layout.needed()
    expected = layout.header_row - 1
    top = records[:FIRST_ROWS] or [[]]

    def present(row: int) -> int:
        names = {plain(cell) for cell in top[row]}
        return sum(plain(name) in names for name in needed)

    row = min(range(len(top)), key=lambda row: (-present(row), row != expected, row))
    names = tuple(cell.strip() for cell in top[row])
    columns: dict[str, int] = {}
    for at, name in enumerate(names):
        if name:
            columns.setdefault(plain(name), at)
    return FoundHeader(row, names, columns, tuple(name for name in needed if plain(name) not in columns))


def fit(records: Sequence[list[str]], layout: ReportLayout) -> Fit:
    """How well a table fits a layout."""
    header = find_header(records, layout)
    needed = len(layout.needed())
    columns = (needed - len(header.missing)) / needed
    if layout.side_by_side:
        share = columns
    else:
        seen = {plain_label(label) for _, label in labels_of(records[: header.place + _ROWS_TRIED], layout, header)}
        known = {plain_label(label) for label in layout.measures}
        share = len(known & seen) / len(known)
    exact = not header.missing and header.place == layout.header_row - 1 and share > 0
    return Fit(exact, columns, share)


def labels_of(records: Sequence[list[str]], layout: ReportLayout, header: FoundHeader) -> Iterator[tuple[int, str]]:
    """The place and label of each record below the header that has one.

    Of a label in several columns all but the last are taken from above where they are blank, as in merged cells.
    """
    places = [header.at(name) for name in layout.labels_in]
    above = [""] * len(places)
    for index, record in islice(enumerate(records), header.place + 1, None):
        parts = ["" if at is None or at >= len(record) else " ".join(record[at].split()) for at in places]
        for level, part in enumerate(parts[:-1]):
            if part and part != above[level]:
                above[level + 1 :] = [""] * (len(above) - level - 1)
            above[level] = part or above[level]
        if parts and parts[-1]:
            yield index, BETWEEN.join([*above[:-1], parts[-1]])


def shape_faults(layout: ReportLayout, header: FoundHeader) -> list[pd.DataFrame]:
    """What of the header has changed: moved, missing, renamed, new, twice, about persons."""
    row = header.place + 1
    known = {plain(name) for name in (*layout.header, *layout.needed())}
    new = [name for name in header.names if name and plain(name) not in known and not _a_month(layout, name)]
    parts = []
    if row != layout.header_row and len(header.missing) < len(layout.needed()):
        remedy = f"The layout expects the header in row {layout.header_row}, and it stands in row {row}. "
        remedy += "Check the rows above it. If the report has changed, show its layout again."
        parts.append(fault("layout-header-moved", f"row {row}, not row {layout.header_row}", remedy, row=row))
    now = renamed(layout, header, new)
    for name in header.missing:
        remedy = _missing_words(name, now.get(name), row)
        parts.append(fault("layout-column-missing", name, remedy, row=row, column=name))
    taken = set(now.values())
    parts += [fault("layout-column-new", name, row=row, column=name) for name in new if _is_new(name, taken)]
    used = {plain(name) for name in layout.needed()}
    persons = [name for name in header.names if is_personal(name) and plain(name) not in used]
    parts += [fault("personal-column", name, row=row, column=name) for name in persons]
    return parts + _twice(header, used)


def renamed(layout: ReportLayout, header: FoundHeader, new: list[str]) -> dict[str, str]:
    """What the columns that are missing are most likely called now: each one's name and the new name, where clear."""
    now: dict[str, str] = {}
    for name in header.missing:
        left = [column for column in new if column not in now.values()]
        near = nearest(name, left) or _in_its_place(layout, header, name, left)
        now |= {name: near} if near else {}
    return now


def _in_its_place(layout: ReportLayout, header: FoundHeader, name: str, new: list[str]) -> str | None:
    """The new column that stands where a missing one stood: between the same neighbours."""
    before = [plain(name) for name in layout.header]
    now = [column for column in header.names if column]
    at = before.index(plain(name)) if plain(name) in before else -1
    there = now[at] if 0 <= at < len(now) and len(now) == len(before) else None
    return there if there in new else None


def _is_new(name: str, renamed: set[str]) -> bool:
    return name not in renamed and not is_personal(name)


def _a_month(layout: ReportLayout, name: str) -> bool:
    return layout.month.stands_in == "headers" and header_period(name) is not None


def _missing_words(name: str, near: str | None, row: int) -> str:
    hint = f"Is it '{visible(near, 40)}' now? " if near else ""
    return (
        f"{hint}Row {row} has no column '{visible(name, 40)}'. Name it as it was, "
        "or show the report's layout again if it has changed for good."
    )


def _twice(header: FoundHeader, used: set[str]) -> list[pd.DataFrame]:
    names = [plain(name) for name in header.names]
    double = [name for name in dict.fromkeys(names) if name in used and names.count(name) > 1]
    return [
        fault("duplicate-header", header.names[names.index(name)], row=header.place + 1,
              column=header.names[names.index(name)])
        for name in double
    ]  # fmt: skip


def nearest(text: str, known: list[str]) -> str | None:
    """The known text that is most like this one; None where none is."""
    tidy = {_bare(known_text): known_text for known_text in reversed(known)}
    near = difflib.get_close_matches(_bare(text), tidy, n=1, cutoff=0.6)
    if near:
        return tidy[near[0]]
    inside = [
        known_text
        for bare, known_text in tidy.items()
        if len(bare) > 3 and (bare in _bare(text) or _bare(text) in bare)
    ]
    return inside[0] if len(inside) == 1 else None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text[:200]).casefold()
