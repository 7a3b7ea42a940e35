"""Reads a data file of Explore Education Statistics: the places of the mapping's figures in it, and their rows."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.catalogue.errors import did_you_mean
from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault
from scorecard.published.mapping import Mapping, Place, PublishedFigure
from scorecard.published.recognise import COUNTRY, IDENTIFIER, LEVEL, NEW_LA, OLD_LA, REGION, TIME, plain_names
from scorecard.published.rows import GatheredRows
from scorecard.published.table import Batch, PublishedTable

BETWEEN = "\x1f"  # time_period and time_identifier, as one text
LEVELS = {"national": COUNTRY, "regional": REGION, "local authority": OLD_LA}
_OWN = {TIME, IDENTIFIER, LEVEL, OLD_LA, NEW_LA, REGION, COUNTRY, "country_name", "region_name", "la_name"}


class Placed(NamedTuple):
    """A figure of the mapping, and where it stands in this file: its indicator and filters by the file's own names."""

    number: int
    figure: PublishedFigure
    place: Place


class EesRows(NamedTuple):
    """What an EES file gives. skipped: rows by why they were left out. faults: what is wrong with its columns."""

    gathered: GatheredRows
    placed: list[Placed]
    rows: int
    skipped: Counter[str]
    faults: list[pd.DataFrame]


def read_ees(table: PublishedTable, mapping: Mapping, file_of_mapping: str) -> EesRows:
    """The rows of an EES file for the figures that the mapping knows. Raises Refused where it has none of them."""
    placed, faults = places(table.names, mapping, file_of_mapping)
    names = plain_names(table.names)
    own = {name: names[name] for name in _OWN & names.keys()}
    wanted = [*own.values()]
    for one in placed:
        wanted += [one.place.indicator, *one.place.filters]
    gathered, skipped, rows = GatheredRows(), Counter[str](), 0
    seen: dict[tuple[int, str], set[str]] = {}
    for batch in table.batches(wanted):
        rows += _take(batch, own, placed, gathered, skipped, seen)
    faults += _filters_never_met(placed, seen, mapping, file_of_mapping)
    return EesRows(gathered, placed, rows, skipped, faults)


def places(names: list[str], mapping: Mapping, file_of_mapping: str) -> tuple[list[Placed], list[pd.DataFrame]]:
    """Where each figure of the mapping stands in a file of these columns.

    Raises Refused where none does: with the nearest of the indicators that are known.
    """
    figures = [
        (number, figure, mapping.publication_of[figure.id]) for number, figure in enumerate(mapping.figures.values())
    ]
    ees = [one for one in figures if one[2].format == "ees"]
    placed = [
        Placed(number, figure, place)
        for number, figure, _ in ees
        for place in [next((one for one in figure.headers if {one.indicator, *one.filters} <= set(names)), None)]
        if place is not None
    ]
    if not placed:
        raise Refused(_feeds_nothing(names, [figure for _, figure, _ in ees]))
    publications = {mapping.publication_of[one.figure.id].id for one in placed}
    there = {one.figure.id for one in placed}
    near = [figure for _, figure, publication in ees if publication.id in publications and figure.id not in there]
    return placed, [found for figure in near for found in _filter_missing(figure, names, mapping, file_of_mapping)]


def _filter_missing(
    figure: PublishedFigure, names: list[str], mapping: Mapping, file_of_mapping: str
) -> list[pd.DataFrame]:
    """A figure whose indicator is there, without a filter that the mapping fixes."""
    for place in figure.headers:
        missing = [name for name in place.filters if name not in names]
        if place.indicator in names and missing:
            near = did_you_mean(missing[0], names) or "Add this generation's filters to its headers."
            where = f"{file_of_mapping}, line {mapping.line_of(figure.id)}, fixes '{missing[0]}' for '{figure.id}'"
            found = f"'{place.indicator}' without '{missing[0]}'"
            return [fault("published-filter-missing", found, f"{where}. {near}", row=1, column=place.indicator)]
    return []


def _feeds_nothing(names: list[str], figures: list[PublishedFigure]) -> pd.DataFrame:
    known = sorted({place.indicator for figure in figures for place in figure.headers})
    own = set(plain_names(names)) - _OWN
    hints = {did_you_mean(name, known) for name in names if name.strip().lower() in own} - {""}
    hint = f" {min(hints)}" if hints else ""
    remedy = f"Known indicators of EES files: {', '.join(known)}.{hint} Add a new figure to the mapping, if it is one."
    return fault("published-feeds-nothing", ", ".join(name for name in names if name.lower() in own)[:80], remedy)


def _take(
    batch: Batch, own: dict[str, str], placed: list[Placed], gathered: GatheredRows, skipped: Counter[str],
    seen: dict[tuple[int, str], set[str]],
) -> int:  # fmt: skip
    level = pc.utf8_lower(batch.columns[own[LEVEL]])
    counts = pc.value_counts(level).to_pylist()
    for one in counts:
        if one["values"] not in LEVELS:
            skipped[f"level '{one['values'] or 'none'}'"] += one["counts"]
    kept = pc.is_in(level, pa.array([*LEVELS]))
    area = _areas(batch, own, level)
    time = pc.binary_join_element_wise(batch.columns[own[TIME]], batch.columns[own[IDENTIFIER]], BETWEEN)
    for one in placed:
        mask = kept
        for name, choice in one.place.filters.items():
            met = pc.equal(batch.columns[name], choice)
            seen.setdefault((one.number, name), set()).update(_some(batch.columns[name]))
            mask = pc.and_(mask, met)
        where = np.flatnonzero(mask.to_numpy(zero_copy_only=False))
        rows, which = where + batch.first_row, pa.array(where)
        text = batch.columns[one.place.indicator]
        gathered.add(one.number, rows, area.take(which), time.take(which), text.take(which))
    return len(level)


def _some(column: pa.Array) -> list[str]:
    """Some of the different choices of a filter."""
    return [str(one) for one in pc.unique(column).slice(0, 200).to_pylist()]


def _areas(batch: Batch, own: dict[str, str], level: pa.Array) -> pa.Array:
    """What names each row's area: an authority's number, or else its GSS code; a region's or the country's code."""
    nothing = pa.array([""] * len(level), pa.string())

    def column(name: str) -> pa.Array:
        return batch.columns[own[name]] if name in own else nothing

    number, code = column(OLD_LA), column(NEW_LA)
    authority = pc.if_else(pc.match_substring_regex(number, r"^\d"), number, code)
    region = pc.if_else(pc.equal(level, "regional"), column(REGION), column(COUNTRY))
    return pc.if_else(pc.equal(level, "local authority"), authority, region)


def _filters_never_met(
    placed: list[Placed], seen: dict[tuple[int, str], set[str]], mapping: Mapping, file_of_mapping: str
) -> list[pd.DataFrame]:
    """Filters that are fixed to a choice which no row has."""
    found = []
    for one in placed:
        for name, choice in one.place.filters.items():
            there = seen.get((one.number, name), set())
            if there and choice not in there:
                near = did_you_mean(choice, sorted(there)) or f"It has {', '.join(sorted(there)[:5])}."
                where = f"{file_of_mapping}, line {mapping.line_of(one.figure.id)}, fixes it for '{one.figure.id}'"
                said = f"no row with {name} '{choice}'"
                found.append(fault("published-filter-missing", said, f"{where}. {near}", column=name))
    return found


def open_filters(table: PublishedTable, placed: Placed, rows: np.ndarray[Any, Any]) -> dict[str, int]:
    """The columns in which rows of one cell differ that are no indicators: filters with a choice left open."""
    own = {name for known, name in plain_names(table.names).items() if known in _OWN}
    others = [name for name in table.names if name not in own and name != placed.place.indicator]
    wanted, texts = set(rows.tolist()), {name: set[str]() for name in others}
    for batch in table.batches(others):
        for row in sorted(wanted):
            at = row - batch.first_row
            if 0 <= at < len(batch.columns[others[0]]) if others else False:
                for name in others:
                    texts[name].add(batch.columns[name][at].as_py())
    return {name: len(found) for name, found in texts.items() if len(found) > 1 and not _numbers(found)}


def _numbers(found: set[str]) -> bool:
    return all(one.replace(".", "").replace("-", "").isdigit() or one in ("c", "x", "z", "u", "low") for one in found)
