"""Published figures → the figures of the catalogue's measures, by the mapping: printed ones first, then derived."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.published.mapping import Mapping, Source

CELL = ["area", "period_end"]
KEY = ["measure_id", *CELL]
COLUMNS = ["measure_id", "area", "period_end", "months", "value", "symbol", "numerator", "denominator", "publication",
           "edition", "source"]  # fmt: skip
TYPES = {
    "measure_id": "str", "area": "str", "period_end": "datetime64[us]", "months": "int64", "value": "float64",
    "symbol": "str", "numerator": "float64", "denominator": "float64", "publication": "str", "edition": "int64",
    "source": "int64",
}  # fmt: skip
DISAGREEMENT_COLUMNS = ["measure_id", "area", "period_end", "value", "publication", "other_value", "other_publication"]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Objects = NDArray[np.object_]
ROUNDING = 0.5  # of the last digit that a printed figure shows, on either side


class MeasureFigures(NamedTuple):
    """figures: in COLUMNS, one of each measure, area and period. sources: those of every source, in COLUMNS too."""

    figures: pd.DataFrame
    sources: pd.DataFrame


def figures_of_measures(mapping: Mapping, known: pd.DataFrame, measure_ids: list[str] | None = None) -> MeasureFigures:
    """The figures of measures, from known published figures (store.PUBLISHED_COLUMNS).

    Of one cell the first source with a value stands, in the mapping's order; where none has one, the first that says
    why. numerator, denominator: the counts behind it, where they are published. source: its place in the mapping.
    edition: the day of the edition that it is from; of a derived figure the earlier of the two.
    """
    whole = _by_cell(_whole_spans(known, mapping))
    places = whole.groupby("measure_id", sort=False).indices
    printed = {str(figure): np.asarray(rows, dtype=np.int64) for figure, rows in places.items()}
    columns = {name: whole[name].to_numpy() for name in ("cell", "value", "symbol", "edition")}
    by_source = [
        (measure.id, source_index, source, figures)
        for measure in mapping.fed
        if measure_ids is None or measure.id in measure_ids
        for source_index, source in enumerate(measure.sources)
        if (figures := _of_source(source, printed, columns)) is not None and len(figures.at)
    ]
    if not by_source:
        nothing = pd.DataFrame(columns=COLUMNS).astype(TYPES)
        return MeasureFigures(nothing, nothing)
    ordered = _ordered(by_source, whole, mapping)
    first = ~ordered.duplicated(["measure", "cell"]).to_numpy(dtype=bool)
    ordered = ordered[COLUMNS]
    return MeasureFigures(ordered[first].reset_index(drop=True), ordered)


class _Found(NamedTuple):
    """What a source gives: the places of its figures, and of each its value and what is behind it."""

    at: Ints
    value: Floats
    symbol: Objects
    edition: Ints
    numerator: Floats
    denominator: Floats


def _ordered(by_source: list[tuple[str, int, Source, _Found]], whole: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """All that sources give as COLUMNS and `measure`, `cell`: by measure and cell, the one that stands first."""
    figures = _Found(*(np.concatenate(parts) for parts in zip(*(given for *_, given in by_source), strict=True)))
    sizes = [len(given.at) for *_, given in by_source]
    names = sorted({name for name, *_ in by_source})
    measure = np.repeat([names.index(name) for name, *_ in by_source], sizes)
    source_index = np.repeat([index for _, index, *_ in by_source], sizes)
    publications = [mapping.publication_of[source.figure or source.figures[0]].id for *_, source, _ in by_source]
    cell = whole["cell"].to_numpy(dtype=np.int64)[figures.at]
    order = np.lexsort((source_index, np.isnan(figures.value), cell, measure))
    at = figures.at[order]
    return pd.DataFrame(
        {
            "measure": measure[order],
            "cell": cell[order],
            "measure_id": np.array(names, dtype=object)[measure[order]],
            **{name: whole[name].array.take(at) for name in ("area", "period_end", "months")},
            **{name: values[order] for name, values in figures._asdict().items() if name != "at"},
            "publication": np.repeat(np.array(publications, dtype=object), sizes)[order],
            "source": source_index[order],
        }
    ).astype(TYPES)


def _by_cell(known: pd.DataFrame) -> pd.DataFrame:
    """The figures with their area and period as one number, `cell`, in the order of the two."""
    area, _ = pd.factorize(known["area"], sort=True)
    ends, _ = pd.factorize(known["period_end"], sort=True)
    return known.assign(cell=area.astype(np.int64) * (len(known) + 1) + ends)


def _whole_spans(known: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """The figures of one span for each published figure: the shortest that is no part of what the mapping says.

    Quarters of a figure that counts a year, terms and months, are other figures than the year's.
    """
    counts = {figure.id: figure.months for figure in mapping.figures.values()}
    figure, names = pd.factorize(known["measure_id"])
    months = known["months"].to_numpy(dtype=np.float64)
    fewest = np.array([counts.get(str(name), math.inf) for name in names])
    whole = months >= fewest[figure]
    shortest = np.full(len(names), math.inf)
    np.minimum.at(shortest, figure[whole], months[whole])
    once: pd.DataFrame = known[whole & (months == shortest[figure])]
    return once


def _of_source(source: Source, printed: dict[str, Ints], columns: dict[str, Any]) -> _Found | None:
    """What a source gives; None where a figure that it needs is not known."""
    if any(figure not in printed for figure in ([source.figure] if source.figure else source.figures)):
        return None
    return _printed(source, printed, columns) if source.figure else _derived(source, printed, columns)


def _printed(source: Source, printed: dict[str, Ints], columns: dict[str, Any]) -> _Found:
    at = printed[str(source.figure)]
    counts = [np.full(len(at), np.nan), np.full(len(at), np.nan)]
    for count_index, figure in enumerate(source.counts):
        if figure is not None and figure in printed:
            here, there = _same_cell(at, printed[figure], columns["cell"])
            counts[count_index][here] = columns["value"][there]
    return _Found(at, *(columns[name][at] for name in ("value", "symbol", "edition")), *counts)


def _derived(source: Source, printed: dict[str, Ints], columns: dict[str, Any]) -> _Found:
    over, under = (printed[str(figure)] for figure in source.counts)
    here, there = _same_cell(over, under, columns["cell"])
    at = over[here]
    value, divisor = columns["value"][at], columns["value"][there]
    divisor = np.where(divisor > 0, divisor, np.nan)
    symbol, symbol_under = columns["symbol"][at], columns["symbol"][there]
    gone = ~np.isnan(value) & np.isnan(divisor) & ~pd.isna(symbol_under)  # then the denominator's symbol is why
    why = np.where(gone | pd.isna(symbol), symbol_under, symbol)
    edition = np.minimum(columns["edition"][at], columns["edition"][there])
    per = source.derived.per if source.derived else 1.0
    return _Found(at, value / divisor * per, why, edition, value, divisor)


def _same_cell(at: Ints, others: Ints, cell: Ints) -> tuple[Ints, Ints]:
    """Which of some figures have one of others in their cell, and where that one is."""
    order = np.argsort(cell[others], kind="stable")
    insertion = np.minimum(np.searchsorted(cell[others], cell[at], sorter=order), len(others) - 1)
    there = others[order[insertion]]
    here = np.flatnonzero(cell[there] == cell[at])
    return here, there[here]


def disagreements(figures: MeasureFigures) -> pd.DataFrame:
    """Where the value that stands and another source's differ by more than half of the last digit either shows.

    In DISAGREEMENT_COLUMNS.
    """
    known = figures.sources[figures.sources["value"].notna()]
    others = known[known.duplicated(KEY)]
    both = known.drop_duplicates(KEY).merge(others, on=KEY, suffixes=("", "_other"))
    step = np.maximum(_last_digit(both["value"]), _last_digit(both["value_other"]))
    differ = both[(both["value"] - both["value_other"]).abs().to_numpy() > ROUNDING * step + 1e-9]
    renamed = differ.rename(columns={"value_other": "other_value", "publication_other": "other_publication"})
    listed: pd.DataFrame = renamed[DISAGREEMENT_COLUMNS].reset_index(drop=True)
    return listed


def _last_digit(values: pd.Series) -> np.ndarray:
    """The size of the last digit that a value shows: 1 of 90, 0.1 of 57.3; nothing finer than a thousandth."""
    numbers = values.to_numpy(dtype=np.float64)
    step = np.full(len(numbers), 0.001)
    for size in (0.01, 0.1, 1.0):
        step = np.where(np.isclose(numbers / size, np.round(numbers / size), atol=1e-6), size, step)
    return step
