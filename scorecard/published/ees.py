"""Reads a data file of Explore Education Statistics: the places of the mapping's figures in it, and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.catalogue.errors import did_you_mean
from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault
from scorecard.published.mapping import Mapping, Place, PublishedFigure
from scorecard.published.recognise import (
    COUNTRY,
    IDENTIFIER,
    LEVEL,
    NEW_LA,
    OLD_LA,
    REGION,
    TIME,
    plain,
    plain_names,
)
from scorecard.published.rows import GatheredRows
from scorecard.published.table import CodedColumn, Codes, PublishedTable, RowBatch

BETWEEN = "\x1f"  # what of two columns is read as one text: a time_period and its identifier, a number and its code
LEVELS = {"national": COUNTRY, "regional": REGION, "local authority": OLD_LA}
_ROWS_COMPARED = 20  # of one cell, to find the filter in which they differ
_NEAREST, _ALIKE = 3, 0.75  # names of columns that are told, and how alike they must be (difflib's ratio)
_CHOICES = 200  # of a filter, kept to name the near ones
_OWN = {TIME, IDENTIFIER, LEVEL, OLD_LA, NEW_LA, REGION, COUNTRY, "country_name", "region_name", "la_name"}


class LocatedFigure(NamedTuple):
    """A figure of the mapping, and where it is in this file: its indicator and filters by the file's own names."""

    number: int
    figure: PublishedFigure
    place: Place


class EesRows(NamedTuple):
    """What an EES file gives. skipped: rows by why they were left out. faults: what is wrong with its columns."""

    gathered: GatheredRows
    placed: list[LocatedFigure]
    rows: int
    skipped: Counter[str]
    faults: list[pd.DataFrame]


def read_ees(table: PublishedTable, mapping: Mapping, file_of_mapping: str) -> EesRows:
    """The rows of an EES file for the figures that the mapping knows. Raises Refused where it has none of them."""
    placed, faults = places(table.names, mapping, file_of_mapping)
    names = plain_names(table.names)
    own = {name: names[name] for name in _OWN & names.keys()}
    wanted = [*own.values()]
    for placed_figure in placed:
        wanted += [placed_figure.place.indicator, *placed_figure.place.filters]
    gathered, skipped, rows = GatheredRows(), Counter[str](), 0
    seen: dict[tuple[int, str], set[str]] = {}
    for batch in table.batches(wanted):
        rows += _take(batch, own, placed, gathered, skipped, seen)
    faults += _filters_never_met(placed, seen, mapping, file_of_mapping)
    return EesRows(gathered, placed, rows, skipped, faults)


def places(names: list[str], mapping: Mapping, file_of_mapping: str) -> tuple[list[LocatedFigure], list[pd.DataFrame]]:
    """Where each figure of the mapping stands in a file of these columns.

    Raises Refused where none does: with the nearest of the indicators that are known.
    """
    figures = [
        (number, figure, mapping.publication_of[figure.id]) for number, figure in enumerate(mapping.figures.values())
    ]
    ees = [entry for entry in figures if entry[2].format == "ees"]
    known = plain_names(names)
    placed = [
        LocatedFigure(number, figure, location)
        for number, figure, _ in ees
        for location in [next(filter(None, (_in_file(place, known) for place in figure.headers)), None)]
        if location is not None
    ]
    if not placed:
        raise Refused(_feeds_nothing(names, [figure for _, figure, _ in ees]))
    publications = {mapping.publication_of[placed_figure.figure.id].id for placed_figure in placed}
    there = {placed_figure.figure.id for placed_figure in placed}
    near = [figure for _, figure, publication in ees if publication.id in publications and figure.id not in there]
    faults = [
        fault_words for figure in near for fault_words in _filter_missing(figure, names, mapping, file_of_mapping)
    ]
    expected = {plain(name) for _, figure, _ in ees for location in figure.headers for name in _columns(location)}
    unused = [name for name in names if plain(name) not in expected | _OWN]
    faults += [
        fault_words
        for figure in near
        for fault_words in _indicator_missing(figure, known, unused, mapping, file_of_mapping)
    ]
    return placed, faults


def _columns(location: Place) -> tuple[str, ...]:
    return (location.indicator, *location.filters)


def _in_file(location: Place, known: dict[str, str]) -> Place | None:
    """A place by the file's own names of its columns; None where it lacks one. known: names by their plain names."""
    if not {plain(location.indicator), *map(plain, location.filters)} <= known.keys():
        return None
    filters = {known[plain(name)]: choice for name, choice in location.filters.items()}
    return Place(indicator=known[plain(location.indicator)], filters=filters)


def _filter_missing(
    figure: PublishedFigure, names: list[str], mapping: Mapping, file_of_mapping: str
) -> list[pd.DataFrame]:
    """A figure whose indicator is there, without a filter that the mapping fixes."""
    known = plain_names(names)
    for location in figure.headers:
        missing = [name for name in location.filters if plain(name) not in known]
        if plain(location.indicator) in known and missing:
            near = did_you_mean(missing[0], names) or "Add this generation's filters to its headers."
            where = f"{file_of_mapping}, line {mapping.line_of(figure.id)}, fixes '{missing[0]}' for '{figure.id}'"
            found = f"'{location.indicator}' without '{missing[0]}'"
            return [fault("published-filter-missing", found, f"{where}. {near}", row=1, column=location.indicator)]
    return []


def _indicator_missing(
    figure: PublishedFigure, known: dict[str, str], unused: list[str], mapping: Mapping, file_of_mapping: str
) -> list[pd.DataFrame]:
    """A figure whose indicator is there by none of its names, where a column that nothing else takes has a like one.

    Without such a column it is an indicator that this generation of the file doesn't print. unused: those columns.
    """
    indicators = list(dict.fromkeys(location.indicator for location in figure.headers))
    if any(plain(indicator) in known for indicator in indicators):
        return []
    by_plain = plain_names(unused)
    near = {indicator: get_close_matches(plain(indicator), [*by_plain], _NEAREST, _ALIKE) for indicator in indicators}
    columns = list(dict.fromkeys(by_plain[name] for names in near.values() for name in names))[:_NEAREST]
    if not columns:
        return []
    missing = next(indicator for indicator in reversed(indicators) if near[indicator])
    where = f"{file_of_mapping}, line {mapping.line_of(figure.id)}, reads '{missing}' for '{figure.id}'"
    nearest = f"Nearest in the file: {', '.join(columns)}."
    remedy = f"{where}. {nearest} If it was renamed, add the new name to the figure's headers there."
    return [fault("published-indicator-missing", f"no column '{missing}'", remedy, row=1, column=columns[0])]


def _feeds_nothing(names: list[str], figures: list[PublishedFigure]) -> pd.DataFrame:
    known = sorted({location.indicator for figure in figures for location in figure.headers})
    own = set(plain_names(names)) - _OWN
    hints = {did_you_mean(name, known) for name in names if name.strip().lower() in own} - {""}
    hint = f" {min(hints)}" if hints else ""
    remedy = f"Known indicators of EES files: {', '.join(known)}.{hint} Add a new figure to the mapping, if it is one."
    return fault("published-feeds-nothing", ", ".join(name for name in names if name.lower() in own)[:80], remedy)


def _take(
    batch: RowBatch, own: dict[str, str], placed: list[LocatedFigure], gathered: GatheredRows, skipped: Counter[str],
    seen: dict[tuple[int, str], set[str]],
) -> int:  # fmt: skip
    level = batch.coded(own[LEVEL])
    kinds = [text.lower() for text in level.texts]
    for kind, count in zip(kinds, np.bincount(level.codes, minlength=len(kinds)).tolist(), strict=True):
        if kind not in LEVELS and count:
            skipped[f"level '{kind or 'none'}'"] += count
    there = np.flatnonzero(np.array([kind in LEVELS for kind in kinds], dtype=bool)[level.codes])
    area = gathered.number("area", _areas(batch, own, CodedColumn(level.codes, kinds), there))
    time = gathered.number("time", _joined([batch.coded(own[name]).of(there) for name in (TIME, IDENTIFIER)]))
    for placed_figure in placed:
        met = np.ones(len(there), dtype=bool)
        for name, choice in placed_figure.place.filters.items():
            column = batch.coded(name)
            chosen = [_same(text, choice) for text in column.texts]
            some = [text for text, is_it in zip(column.texts, chosen, strict=True) if is_it] + column.texts[:_CHOICES]
            seen.setdefault((placed_figure.number, name), set()).update(some)
            met &= np.array(chosen, dtype=bool)[column.codes[there]]
        where = there[met]
        text = gathered.number("text", batch.coded(placed_figure.place.indicator).of(where))
        gathered.add(where + batch.first_row, np.full(len(where), placed_figure.number), area[met], time[met], text)
    return len(batch)


def _joined(columns: list[CodedColumn], join: Callable[..., str] = lambda *texts: BETWEEN.join(texts)) -> CodedColumn:
    """Several columns as one: each different combination of their texts made one text."""
    key = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        key = key * max(len(column.texts), 1) + column.codes
    different, codes = np.unique(key, return_inverse=True)
    texts = []
    for number in different.tolist():
        parts = []
        for column in reversed(columns):
            number, text_index = divmod(number, max(len(column.texts), 1))
            parts.append(column.texts[text_index])
        texts.append(join(*reversed(parts)))
    return CodedColumn(codes, texts)


def _areas(batch: RowBatch, own: dict[str, str], kinds: CodedColumn, there: Codes) -> CodedColumn:
    """What names each row's area: an authority's number and GSS code, or one of them; a region's or country's code."""
    nothing = CodedColumn(np.zeros(len(batch), dtype=np.int8), [""])
    codes = [batch.coded(own[name]) if name in own else nothing for name in (OLD_LA, NEW_LA, REGION, COUNTRY)]
    return _joined([column.of(there) for column in (kinds, *codes)], _area)


def _area(kind: str, number: str, code: str, region: str, country: str) -> str:
    if kind == "local authority":
        return BETWEEN.join(filter(None, (number, code))) if number[:1].isdigit() else code
    return region if kind == "regional" else country


def _same(text: str, choice: str) -> bool:
    """Whether a filter's choice is the mapping's: editions differ in capitals and spaces."""
    return text == choice or plain(text) == plain(choice)


def _filters_never_met(
    placed: list[LocatedFigure], seen: dict[tuple[int, str], set[str]], mapping: Mapping, file_of_mapping: str
) -> list[pd.DataFrame]:
    """Filters that are fixed to a choice which no row has."""
    findings = []
    for placed_figure in placed:
        for name, choice in placed_figure.place.filters.items():
            there = seen.get((placed_figure.number, name), set())
            if there and not any(_same(text, choice) for text in there):
                near = did_you_mean(choice, sorted(there)) or f"It has {', '.join(sorted(there)[:5])}."
                figure_id = placed_figure.figure.id
                where = f"{file_of_mapping}, line {mapping.line_of(figure_id)}, fixes it for '{figure_id}'"
                unmatched = f"no row with {name} '{choice}'"
                findings.append(fault("published-filter-missing", unmatched, f"{where}. {near}", column=name))
    return findings


def open_filters(table: PublishedTable, placed: LocatedFigure, rows: Codes) -> dict[str, int]:
    """The columns in which rows of one cell differ that are no indicators: filters with a choice left open."""
    own = {name for known, name in plain_names(table.names).items() if known in _OWN}
    others = [name for name in table.names if name not in own and name != placed.place.indicator]
    wanted, texts = sorted(rows.tolist())[:_ROWS_COMPARED], {name: set[str]() for name in others}
    for batch in table.batches(others):
        if batch.first_row > wanted[-1]:
            break
        for at in (row - batch.first_row for row in wanted):
            if 0 <= at < len(batch):
                for name in others:
                    column = batch.coded(name)
                    texts[name].add(column.texts[column.codes[at]])
    return {name: len(choices) for name, choices in texts.items() if len(choices) > 1 and not _numbers(choices)}


def _numbers(choices: set[str]) -> bool:
    return all(
        choice.replace(".", "").replace("-", "").isdigit() or choice in ("c", "x", "z", "u", "low")
        for choice in choices
    )
