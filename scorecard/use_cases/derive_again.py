"""Whether the stored figures are those of the files: each extract's kept table is read again, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.catalogue.errors import CatalogueError
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.core.observations import OBSERVATION_KEY
from scorecard.core.periods import Period, month_words, parse_period
from scorecard.core.rows import Row, missing, rows_of
from scorecard.extract.check_extract import read_figures_again
from scorecard.extract.check_report import check_report
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.parse.rows import EarlierFigures
from scorecard.extract.report_layout.model import LayoutError, read_layout
from scorecard.published.own_format import from_own_format
from scorecard.store import StoredExtract, stored_extracts

NUMBERS = ("value", "numerator", "denominator")
CLOSE = 1e-12  # of a figure: what is lost on the way to text and back


class DerivedAgain(NamedTuple):
    """How many extracts could be read again, and for each whose figures differ a sentence with the first of them."""

    extracts: int
    faults: tuple[str, ...]


def derive_again(url: str) -> DerivedAgain:
    """Reads what was kept of each extract again, by the catalogue and layout of its day, beside what is stored.

    An extract whose catalogue or layout this version can't read any more is left out. Nothing is changed.
    """
    count = 0
    faults: list[str] = []
    for extract in stored_extracts(url):
        figures = _derived(extract)
        if figures is not None:
            count += 1
            faults += _differs(extract, figures)
    return DerivedAgain(count, tuple(faults))


def _derived(extract: StoredExtract) -> pd.DataFrame | None:
    """The figures of what was kept; None where it can't be read as it was."""
    if extract.published:
        try:
            return from_own_format(extract.table.content)
        except ValueError:
            return None
    if extract.catalogue is None:
        return None
    try:
        catalogue = _catalogue(extract.catalogue)
    except CatalogueError:
        return None
    if extract.called is None:
        return read_figures_again(extract.table.content, extract.file_name, catalogue, extract.sent.date())
    return _by_layout(extract, catalogue)


@lru_cache(maxsize=2)
def _catalogue(content: bytes) -> Catalogue:
    """Each catalogue is in force for many extracts, one after the other."""
    return read_catalogue(content)


def _by_layout(extract: StoredExtract, catalogue: Catalogue) -> pd.DataFrame | None:
    """The figures of a report in its own layout."""
    if extract.layout is None:
        return None
    try:
        layout = read_layout(extract.layout)
    except LayoutError:
        return None
    month = None if extract.table.month is None else Period(parse_period(extract.table.month).end, None)
    nothing = EarlierFigures(observations=extract.figures.iloc[:0], closed=None, limits=None)
    file = SentFile(extract.table.content, extract.file_name)
    over = max(extract.sent.date(), extract.figures["period_end"].max().date() + timedelta(days=1))
    checked = check_report(file, catalogue, layout, over, lambda _: nothing, called=extract.called, month=month)
    return None if checked.refused else checked.observations


def _differs(extract: StoredExtract, figures: pd.DataFrame) -> Iterator[str]:
    """A sentence on the first figure that is stored otherwise than it was read; none where all agree."""
    numbers = [name for name in NUMBERS if name in figures and name in extract.figures]
    noted = [name for name in ("note",) if name in figures and name in extract.figures]
    columns = [*OBSERVATION_KEY, *numbers, "symbol", *noted]
    both = extract.figures[columns].merge(
        figures[columns], on=OBSERVATION_KEY, how="outer", suffixes=("", "_read"), indicator="found"
    )
    same = (both["found"] == "both").to_numpy(dtype=bool, copy=True)
    for name in numbers:
        stored, read = (both[column].to_numpy(dtype=np.float64) for column in (name, f"{name}_read"))
        same &= np.isclose(stored, read, rtol=CLOSE, atol=0, equal_nan=True)
    for name in ("symbol", *noted):
        stored_words, read_words = (both[column].fillna("").astype("str") for column in (name, f"{name}_read"))
        same &= (stored_words == read_words).to_numpy()
    differ = rows_of(both[~same].sort_values(OBSERVATION_KEY))
    if differ:
        first, more = differ[0], len(differ) - 1
        named = f"{first['measure_id']}, {month_words(first['period_end'].date())}, area {first['area']}"
        others = f"; {more:,} more {'differs' if more == 1 else 'differ'}" if more else ""
        yield (
            f"Extract {extract.extract_id} ({extract.file_name}): {named} is stored as {_said(first, '')}, and what "
            f"was kept of the file says {_said(first, '_read')}{others}."
        )


def _said(row: Row, when: str) -> str:
    """A figure as it stands: value, counts and symbol; 'nothing' where there is no such row."""
    if row["found"] == ("right_only" if not when else "left_only"):
        return "nothing"
    counts = [row.get(f"{name}{when}") for name in ("numerator", "denominator")]
    counted = "" if any(missing(count) for count in counts) else f" ({counts[0]:g} of {counts[1]:g})"
    value = "no value" if missing(row[f"value{when}"]) else f"{row[f'value{when}']:.12g}"
    symbol, note = row[f"symbol{when}"], row.get(f"note{when}")
    symbol_words = "" if missing(symbol) or not symbol else f" [{symbol}]"
    as_noted = str(row.get("note")) == str(row.get("note_read"))
    note_words = "" if as_noted else f", noted '{'' if missing(note) else note}'"
    return f"{value}{counted}{symbol_words}{note_words}"
