"""The table that is meant in a file: which sheet is taken, and what is said of the others."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import NamedTuple

import pandas as pd

from scorecard.core.numbers import count_of
from scorecard.core.safe_text import visible
from scorecard.extract.codes.registry import CODES
from scorecard.extract.files.contents import Contents, Refused, Sheet
from scorecard.extract.findings import fault
from scorecard.extract.header.read_header import find_header, is_of_one_child, top_rows
from scorecard.extract.persons.personal_columns import is_count, is_personal, tells_whom_to_ask
from scorecard.extract.text.records import Records

_NAMED = 8  # cells
_FEWEST_OF_A_LIST = 3  # columns of a list of children; a sheet that explains names has fewer
_LOOKED_AT = 200  # rows of a list, for what is in its columns


class Table(NamedTuple):
    """A table of texts. `records[i]` is the spreadsheet's row i + 1; cells at the end of a record may be absent.

    sheet: which of the workbook's `sheets` it is (None and none for a CSV). faults: what doesn't keep it from being
    checked. about: the sheet itself, with what its texts don't show.
    """

    records: Records
    kind: str  # csv | xlsx
    separator: str = ","
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    faults: tuple[pd.DataFrame, ...] = ()
    about: Sheet | None = None


def table_of(contents: Contents, wanted: str | None = None) -> Table:
    """The table of a sheet; None takes the first, visible ones before hidden, that has an extract's header.

    Where none has, the workbook may be a source's own report: its visible sheet with the most numbers is taken.
    Raises Refused where there is no table to check.
    """
    sheets = [sheet for sheet in contents.sheets if sheet.name is not None]
    if not sheets:
        only = contents.sheets[0]
        odd = (fault("odd-bytes", ", ".join(only.odd_bytes)),) if only.odd_bytes else ()
        return Table(only.records, contents.kind, contents.separator, faults=odd, about=only)
    names = tuple(str(sheet.name) for sheet in sheets)
    if wanted is not None and wanted not in names:
        raise Refused(fault("no-such-sheet", wanted, _sheets_remedy(wanted, names)), sheets=names)
    candidates = _with_header(sheets)
    asked = [sheet for sheet in sheets if sheet.name == wanted]
    taken = (asked or candidates or [_with_most_numbers(sheets)])[0]
    others = [str(sheet.name) for sheet in candidates if sheet is not taken] if wanted is None else []
    faults = (*_faults(sheets, taken, others), *_carried(contents, taken))
    return Table(taken.records, contents.kind, contents.separator, taken.name, names, faults, taken)


def _with_header(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that have an extract's header; hidden ones, and lists of its columns, only where no others have."""
    for surely in (True, False):
        headed = [sheet for sheet in sheets if find_header(sheet.records, surely=surely) is not None]
        if headed:
            return [sheet for sheet in headed if not sheet.hidden] or headed
    return []


def _with_most_numbers(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet, a visible one if there is any, with the most numbers at its top: a cover or notes have few."""
    return max([sheet for sheet in sheets if not sheet.hidden] or sheets, key=lambda sheet: sheet.numbers_at_top)


def _sheets_remedy(wanted: str, names: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    hint = f"Did you mean '{visible(near[0])}'? " if near else ""
    return f"{hint}The workbook has {_quoted(names)}."


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{visible(name, 40)}'" for name in names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _faults(sheets: Sequence[Sheet], taken: Sheet, others: list[str]) -> Iterator[pd.DataFrame]:
    if others:
        remedy = f"'{visible(str(taken.name), 40)}' was read, not {_quoted(others)}. If that isn't the one you meant, "
        yield fault("several-sheets", ", ".join(others), remedy + "choose it.")
    if taken.hidden:
        yield fault("hidden-figures", f"the hidden sheet '{taken.name}'")
    if hidden := [str(sheet.name) for sheet in sheets if sheet.hidden and sheet is not taken]:
        count = count_of(len(hidden), "hidden sheet")
        yield fault("hidden-parts", f"{count}: {_quoted(hidden)}", "Not read. " + CODES["hidden-parts"].remedy)
    yield from _about_children([sheet for sheet in sheets if sheet is not taken])
    if taken.uncalculated:
        waiting = len(taken.uncalculated)
        found = f"{count_of(waiting, 'formula')} without a value: "
        row = int(taken.uncalculated[0].lstrip(ascii_uppercase))
        yield fault("formulas-not-calculated", found + ", ".join(taken.uncalculated[:_NAMED]), row=row)
    if taken.formulas:
        yield fault("formulas-read-as-values", count_of(taken.formulas, "formula"))


def _carried(contents: Contents, taken: Sheet) -> Iterator[pd.DataFrame]:
    """What the workbook carries beside its sheets, and apart what of it, and of the other sheets, says of persons."""
    others = [sheet for sheet in contents.sheets if sheet is not taken]
    carried = [(f"the sheet '{visible(str(sheet.name), 40)}'", (*sheet.holds, *_listed(sheet))) for sheet in others]
    carried += [(part.what, part.holds) for part in contents.carried]
    persons = [f"{what} ({', '.join(holds)})" for what, holds in carried if holds]
    if persons:
        yield fault("carries-persons", "; ".join(persons))
    if more := [part.what for part in contents.carried if not part.holds]:
        yield fault("carries-more", ", ".join(more))


def _listed(sheet: Sheet) -> Iterator[str]:
    """What a sheet lists, where most columns of its header tell one person from another: 'columns Name, Post code'.

    Of a list, even one such column, where something other than counts stands below it. Not of a sheet that says whom
    to ask, nor of one that lists children, which refuses the file.
    """
    rows = [] if _children_listed(sheet) else top_rows(sheet.records)
    list_begins = next((at for at, row in rows if sum(map(bool, map(str.strip, row))) >= _FEWEST_OF_A_LIST), None)
    for at, row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        personal = [cell for cell in filled if is_personal(cell)]
        most = len(personal) > 1 and 2 * len(personal) > len(filled) and not all(map(tells_whom_to_ask, personal))
        if most or (at == list_begins and any(_tells_apart(sheet, at, column) for column in range(len(row)))):
            yield "columns " + ", ".join(visible(name, 40) for name in personal[:5])
            return


def _tells_apart(sheet: Sheet, header: int, column: int) -> bool:
    """Whether a column is about persons, and no colleague, and has something other than counts."""
    name = sheet.records[header][column].strip()
    if not is_personal(name) or tells_whom_to_ask(name):
        return False
    below = (row[column] if column < len(row) else "" for row in sheet.records[header + 1 : header + 1 + _LOOKED_AT])
    return any(not is_count(text) for text in below)


def _about_children(others: Sequence[Sheet]) -> Iterator[pd.DataFrame]:
    """Other sheets, hidden ones too, whose header is that of a list of children: no such file is to be sent."""
    for sheet in others:
        if listed := _children_listed(sheet):
            row, names = listed
            remedy = (
                f"The sheet '{visible(str(sheet.name), 40)}' seems to list children. Delete it and send the file again."
            )
            yield fault("personal-column", ", ".join(names[:5]), remedy, row=row, column=names[0])


def _children_listed(sheet: Sheet) -> tuple[int, list[str]] | None:
    """The spreadsheet's row that heads a list of children, and the columns by which it does; None where none does."""
    for at, row in top_rows(sheet.records):
        filled = [cell.strip() for cell in row if cell.strip()]
        of_one_child = [cell for cell in filled if is_of_one_child(cell)]
        if of_one_child and (len(filled) >= _FEWEST_OF_A_LIST or (len(filled) > 1 and all(map(is_personal, filled)))):
            return at + 1, of_one_child
    return None
