"""A measure's first months, which no history judges: beside the baseline and the July 2020 figure of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.numbers import figure_words
from scorecard.core.observations import months_covered
from scorecard.extract.findings import faults
from scorecard.extract.parse.rows import Reading, take_flagged
from scorecard.extract.text.text_columns import places_among

TIMES = 3  # so many times over the higher, or under the lower, of the plan's two levels is asked about
FEWEST_POINTS = 10  # percentage points that a share must differ by: 2% for 0.5% is no slip of a digit
BY_CHANCE = 4  # standard deviations of a count by chance, which are the root of its level
FEWEST_APART = 3  # a count that differs by no more is too small to ask about


def far_from_the_plan(reading: Reading) -> pd.DataFrame:
    """Figures without limits and with too few earlier changes to judge by, far from both levels that the plan gives."""
    rows = reading.figures
    lower, upper = _levels(rows, reading.catalogue)
    judged = reading.changes["allowed"].reindex(rows.index).notna() | _has_limits(reading, rows)
    value = rows["result"]
    asked = value.notna() & ~judged & ~reading.unit_wrong.reindex(rows.index, fill_value=False)
    asked &= rows["area_code"] == reading.catalogue.authority.code
    nearest = lower.where(value < lower, upper)
    asked &= ((value > upper * TIMES) | (value < lower / TIMES)) & ((value - nearest).abs() > _slack(rows, nearest))
    rows = reading.rows.loc[take_flagged(rows, asked.fillna(False)).index]
    remedies = [
        f"The plan has {_words(low, high, unit, int(decimals))} for it. "
        "Look for a lost or an added digit and for another unit; if it is right, say why."
        for low, high, unit, decimals in zip(
            lower.loc[rows.index], upper.loc[rows.index], rows["unit"], rows["decimals"], strict=True
        )
    ]
    remedy = pd.Series(remedies, index=rows.index, dtype="str")
    return faults("far-from-plan", rows, reading.label("value", rows), rows["value"], remedy)


def _levels(rows: pd.DataFrame, catalogue: Catalogue) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The lower and the upper level that the plan gives for each row's measure; NaN where there is none to hold it to.

    A year to date grows with its months: its level is that of July 2020, for as many months as the row's figure covers.
    """
    known = {measure.id: levels for measure in catalogue.measures if (levels := plan_levels(measure))}
    lower = _of_measures(rows, {name: min(levels) for name, levels in known.items()})
    upper = _of_measures(rows, {name: max(levels) for name, levels in known.items()})
    so_far = {
        measure.id: months_covered(measure.accumulation, catalogue.plan.actuals, measure.year_starts)
        for measure in catalogue.measures
        if measure.accumulation == "year_to_date" and measure.unit == "number"
    }
    times = (rows["months"] / _of_measures(rows, so_far)).fillna(1.0)
    return lower * times, upper * times


def _of_measures(rows: pd.DataFrame, values: Mapping[str, float]) -> pd.Series[Any]:
    """Each row's value by its measure; NaN where there is none."""
    places = places_among(rows["measure_id"], list(values))
    return pd.Series(np.array([*values.values(), np.nan], dtype="float64")[places], index=rows.index)


def plan_levels(measure: Measure) -> tuple[float, ...]:
    """The plan's levels that a measure is held to; none across a break of definition or from an unknown start."""
    if measure.definition_break is not None or measure.year_starts == "unknown":
        return ()
    figures = [measure.july_2020] if measure.accumulation == "year_to_date" else [measure.baseline, measure.july_2020]
    return tuple(figure.value for figure in figures if figure is not None and figure.value is not None)


def _slack(rows: pd.DataFrame, level: pd.Series[Any]) -> pd.Series[Any]:
    """How far a figure may be from its level without being asked about, by its unit."""
    count = BY_CHANCE * np.sqrt(level.clip(lower=0)) + FEWEST_APART
    unit = rows["unit"]
    slack: pd.Series[Any] = count.where(unit == "number", 0.0).where(unit != "percent", float(FEWEST_POINTS))
    return slack


def _has_limits(reading: Reading, rows: pd.DataFrame) -> pd.Series[Any]:
    limits = reading.known.limits
    known = [] if limits is None else limits["measure_id"].astype("str").unique().tolist()
    return pd.Series(places_among(rows["measure_id"], known) >= 0, index=rows.index)


def _words(low: float, high: float, unit: Any, decimals: int) -> str:
    lowest, highest = (figure_words(level, unit, decimals) for level in (low, high))
    return lowest if lowest == highest else f"{lowest} to {highest}"
