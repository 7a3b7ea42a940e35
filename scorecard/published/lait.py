"""Reads a table of the Local Authority Interactive Tool, and the dictionary that says what its years are."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.catalogue.errors import did_you_mean
from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault
from scorecard.published.mapping import Mapping
from scorecard.published.recognise import LA_NUMBER, MEASURE_SHORT, SHORT, VALUES, YEAR_TYPE, YEARS, plain_names
from scorecard.published.rows import GatheredRows
from scorecard.published.table import PublishedTable

Dictionary = dict[str, str]  # what each indicator's year is, by its Short Desc


class LaitRows(NamedTuple):
    """What a LAIT table gives. indicators: how many it has. faults: where mapping and dictionary disagree."""

    gathered: GatheredRows
    rows: int
    indicators: int
    skipped: Counter[str]
    faults: list[pd.DataFrame]


def read_dictionary(table: PublishedTable) -> Dictionary:
    """What LAIT's dictionary calls each indicator's year."""
    names = plain_names(table.names)
    year_types: Dictionary = {}
    for batch in table.batches([names[MEASURE_SHORT], names[YEAR_TYPE]]):
        short, kind = batch.coded(names[MEASURE_SHORT]), batch.coded(names[YEAR_TYPE])
        pairs = zip(short.codes.tolist(), kind.codes.tolist(), strict=True)
        year_types |= {short.texts[indicator]: kind.texts[year] for indicator, year in pairs if short.texts[indicator]}
    return year_types


def read_lait(table: PublishedTable, mapping: Mapping, dictionary: Dictionary | None, file_of_mapping: str) -> LaitRows:
    """The rows of a LAIT table for the figures that the mapping knows. Raises Refused where it has none of them."""
    names = plain_names(table.names)
    numbers = {
        location.indicator: number
        for number, figure in enumerate(mapping.figures.values())
        if mapping.publication_of[figure.id].format == "lait"
        for location in figure.headers
    }
    gathered, rows, indicators = GatheredRows(), 0, set[str]()
    for batch in table.batches([names[name] for name in (SHORT, YEARS, VALUES, LA_NUMBER)]):
        short = batch.coded(names[SHORT])
        rows += len(batch)
        indicators.update(short.texts)
        figures = np.array([numbers.get(indicator, -1) for indicator in short.texts], dtype=np.int32)[short.codes]
        where = np.flatnonzero(figures >= 0)
        columns = [
            gathered.number(part, batch.coded(names[name]).of(where))
            for part, name in (("area", LA_NUMBER), ("time", YEARS), ("text", VALUES))
        ]
        gathered.add(where + batch.first_row, figures[where], *columns)
    if not gathered.found:
        near = sorted({did_you_mean(indicator, [*numbers]) for indicator in sorted(indicators)[:1000]} - {""})
        remedy = f"Known indicators of LAIT: {', '.join(numbers)}. {' '.join(near[:1])}".rstrip()
        raise Refused(fault("published-feeds-nothing", ", ".join(sorted(indicators))[:80], remedy))
    return LaitRows(gathered, rows, len(indicators), Counter(), _years(mapping, dictionary, file_of_mapping))


def _years(mapping: Mapping, dictionary: Dictionary | None, file_of_mapping: str) -> list[pd.DataFrame]:
    """Where the dictionary calls an indicator's year otherwise than the mapping does; and that there was none."""
    if dictionary is None:
        return [fault("published-without-dictionary")]
    periods = []
    for figure in mapping.figures.values():
        for location in figure.headers if mapping.publication_of[figure.id].format == "lait" else ():
            year_type = dictionary.get(location.indicator)
            if figure.year_type and year_type and year_type != figure.year_type:
                where = (
                    f"{file_of_mapping}, line {mapping.line_of(figure.id)}, says '{figure.year_type}' of '{figure.id}'"
                )
                disagreement = f"the dictionary says '{year_type}' of {location.indicator}"
                periods.append(
                    fault("published-year-type", disagreement, f"{where}: correct year_ends and year_type there.")
                )
    return periods
