"""Published figures → the figures of the catalogue's measures, by the mapping: printed ones first, then derived."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.published.mapping import Mapping, MeasureMapping, Source

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
_OWN = [*CELL, "cell", "months", "value", "symbol", "edition"]
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
    by_figure = {str(figure): rows for figure, rows in whole.groupby("measure_id", sort=False)}
    wanted = [one for one in mapping.fed if measure_ids is None or one.id in measure_ids]
    given = [
        found
        for measure in wanted
        for place, source in enumerate(measure.sources)
        if len(found := _of_source(measure, place, source, mapping, by_figure))
    ]
    if not given:
        nothing = pd.DataFrame(columns=COLUMNS).astype(TYPES)
        return MeasureFigures(nothing, nothing)
    together = pd.concat(given, ignore_index=True)
    names = together["measure_id"].to_numpy(dtype=object)
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    measure = np.array([places[name] for name in names], dtype=np.int64)
    cell, none = together["cell"].to_numpy(dtype=np.int64), together["value"].isna().to_numpy(dtype=bool)
    order = np.lexsort((together["source"].to_numpy(dtype=np.int64), none, cell, measure))
    ordered = together.iloc[order][COLUMNS].astype(TYPES).reset_index(drop=True)
    keys = np.column_stack((measure[order], cell[order]))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    return MeasureFigures(ordered[first].reset_index(drop=True), ordered)


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
    whole = known[(known["months"] >= known["measure_id"].map(counts).astype("float64")).to_numpy(dtype=bool)]
    shortest = whole.groupby("measure_id")["months"].transform("min")
    return whole[(whole["months"] == shortest).to_numpy(dtype=bool)]


def _of_source(
    measure: MeasureMapping, place: int, source: Source, mapping: Mapping, by_figure: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    if any(one not in by_figure for one in ([source.figure] if source.figure else source.figures)):
        return pd.DataFrame(columns=COLUMNS)
    figures = _printed(source, by_figure) if source.figure else _derived(source, by_figure)
    named = source.figure or source.figures[0]
    return figures.assign(
        measure_id=measure.id, source=place, publication=mapping.publication_of[named].id
    )  # fmt: skip


def _printed(source: Source, by_figure: dict[str, pd.DataFrame]) -> pd.DataFrame:
    figures = by_figure[str(source.figure)][_OWN]
    for name, figure in zip(("numerator", "denominator"), source.counts, strict=True):
        counts = _values(by_figure[figure]) if figure is not None and figure in by_figure else None
        figures = figures.assign(**{name: np.nan if counts is None else figures["cell"].map(counts)})
    return figures


def _derived(source: Source, by_figure: dict[str, pd.DataFrame]) -> pd.DataFrame:
    over, under = (by_figure[str(one)] for one in source.counts)
    both = over[_OWN].merge(under[["cell", "value", "symbol", "edition"]], on="cell", suffixes=("", "_under"))
    per = source.derived.per if source.derived else 1.0
    divisor = both["value_under"].where(both["value_under"] > 0)
    gone = both["value"].notna() & divisor.isna() & both["symbol_under"].notna()  # then the denominator's symbol is why
    why = both["symbol_under"].where(gone, both["symbol"].fillna(both["symbol_under"]))
    return both.assign(
        value=both["value"] / divisor * per,
        symbol=why,
        numerator=both["value"],
        denominator=divisor,
        edition=both[["edition", "edition_under"]].min(axis=1),
    )[[*_OWN, "numerator", "denominator"]]


def _values(figures: pd.DataFrame) -> pd.Series:
    """The values of a figure that has one, by their cell."""
    known = figures.loc[figures["value"].notna(), ["cell", "value"]].drop_duplicates("cell")
    return known.set_index("cell")["value"]


def disagreements(found: MeasureFigures) -> pd.DataFrame:
    """Where the value that stands and another source's differ by more than half of the last digit either shows.

    In DISAGREEMENT_COLUMNS.
    """
    known = found.sources[found.sources["value"].notna()]
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
