"""A published file's bytes → what it is, its figures and findings. The one way in, for whoever wants a file read."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pandas as pd

from scorecard.extract.files.contents import Refused
from scorecard.extract.files.reader_pool import Done, no_progress
from scorecard.extract.findings import fault
from scorecard.published import limits
from scorecard.published.authorities import Authorities
from scorecard.published.ees import EesRows, open_filters, read_ees
from scorecard.published.figures import KEY, read_figures
from scorecard.published.lait import Dictionary, read_dictionary, read_lait
from scorecard.published.mapping import Mapping
from scorecard.published.recognise import (
    LA_NUMBER,
    OLD_LA,
    TIME,
    VALUES,
    YEARS,
    Kind,
    kind_of,
    plain_names,
    refuse_other_kinds,
)
from scorecard.published.rows import no_figures
from scorecard.published.table import PublishedTable

FORMATS = {"ees": "Explore Education Statistics", "lait": "LAIT", "dictionary": "LAIT's data dictionary"}


class ReadFile(NamedTuple):
    """What a published file holds.

    kind: ees, lait or dictionary. stored_as: csv or parquet. figures: measure_id (the published figure's id), area,
    period_end, months, value, symbol, row. faults: parts of findings. rows: in the file. skipped: rows by why they were
    left out. dictionary: of a dictionary, what it calls each indicator's year.
    """

    kind: Kind
    stored_as: str
    figures: pd.DataFrame
    faults: tuple[pd.DataFrame, ...] = ()
    rows: int = 0
    skipped: dict[str, int] = {}  # noqa: RUF012 - never changed
    dictionary: Dictionary | None = None


def read_file(
    content: bytes,
    mapping: Mapping,
    authorities: Authorities,
    dictionary: Dictionary | None = None,
    file_of_mapping: str = "config/published.yaml",
    done: Done = no_progress,
) -> ReadFile:
    """What is in a published file's bytes. Raises Refused, saying what it is, where nothing can be read of it.

    done: told which share of its rows has been read.
    """
    refuse_other_kinds(content)
    table = PublishedTable(content, done)
    kind = kind_of(table.names)
    if kind == "dictionary":
        return ReadFile(kind, table.kind, no_figures(), dictionary=read_dictionary(table))
    names = plain_names(table.names)
    if kind == "lait":
        columns = (names[LA_NUMBER], names[YEARS], names[VALUES])
        lait = read_lait(table, mapping, dictionary, file_of_mapping)
        read = read_figures(lait.gathered, mapping, authorities, columns, lait=True)
        faults, rows, skipped = lait.faults + read.faults, lait.rows, lait.skipped + read.skipped
        faults += _twice(read.twice, table, None)
    else:
        ees = read_ees(table, mapping, file_of_mapping)
        columns = (names.get(OLD_LA, OLD_LA), names[TIME], "")
        read = read_figures(ees.gathered, mapping, authorities, columns, lait=False)
        faults, rows, skipped = ees.faults + read.faults, ees.rows, ees.skipped + read.skipped
        faults += _twice(read.twice, table, ees)
    figures = read.figures
    if figures["value"].isna().all() and not faults:
        faults.append(fault("published-no-figures", f"{rows:,} rows"))
    return ReadFile(kind, table.kind, figures, (*faults, *_skipped(skipped)), rows, dict(skipped))


def _skipped(skipped: Counter[str]) -> list[pd.DataFrame]:
    return [fault("published-rows-skipped", f"{count:,}: {why}") for why, count in skipped.items()]


def _twice(twice: pd.DataFrame, table: PublishedTable, ees: EesRows | None) -> list[pd.DataFrame]:
    """Cells that come several times: by a filter that is left open, where one can be found, else each by itself."""
    faults = []
    for figure_id, rows in twice.groupby("measure_id", sort=False):
        cells = rows.groupby(KEY, sort=False).agg(times=("times", "sum"), row=("row", "last")).sort_values("row")
        placed = (
            next((placed_figure for placed_figure in ees.placed if placed_figure.figure.id == figure_id), None)
            if ees
            else None
        )
        some = rows[(rows[KEY] == rows[KEY].iloc[0]).all(axis=1)]["row"].to_numpy()
        left_open = open_filters(table, placed, some) if placed else {}
        if left_open:
            name = max(left_open, key=lambda dimension: left_open[dimension])
            found = f"would take {int(cells['times'].max())} rows for one cell: say which {name}"
            where = int(rows["row"].iloc[0])
            faults.append(fault("published-filter-open", found, row=where, column=name, measure_id=str(figure_id)))
            continue
        column = placed.place.indicator if placed else plain_names(table.names)[VALUES]
        for key, times, row in cells.head(limits.MOST_LISTED).itertuples():
            repeats = f"{times} rows of area {key[1]}, {key[2]:%Y-%m}"
            faults.append(
                fault("published-cell-twice", repeats, row=int(row), column=column, measure_id=str(figure_id))
            )
    return faults


__all__ = ["FORMATS", "ReadFile", "Refused", "read_file"]
