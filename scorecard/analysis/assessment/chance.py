"""How surely is it no chance? Each signal against stable series like its measure's own; and months that lean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.arrays import Flags, Floats, Ints, floats
from scorecard.analysis.spc.stable import (
    LEAN_BEYOND_A_CHANGE,
    UNLIKELY_BOUND,
    Alarms,
    Kind,
    alarms_like,
    autocorrelation_beyond_a_change,
    chance_of_signal_like,
    kind_of,
)
from scorecard.core.rows import Row


def signals_by_chance(
    measures: pd.DataFrame,
    series: pd.DataFrame,
    analysed: spc.Spc,
    last: pd.DataFrame,
    signalling: Flags,
    by_season: Floats,
) -> pd.DataFrame:
    """How often chance alone would make each measure's signal, and whether its months lean on each other.

    measures: measure_id, unit, decimals, accumulation. series: series.own_series. analysed: spc and its points, as
    judged. last: spc.runs.last_points, a row a measure (missing where there is none). signalling: a flag a measure.
    by_season: what the season makes of each point, which leans on nothing: it is taken away before leaning is asked.
    Returns on measures' index signal_chance (the share of stable series like the measure's own whose newest figure
    signals so by the same rule; NaN where it doesn't signal), unlikely (bool: under stable.UNLIKELY_BOUND, their lean
    drawn with them) and leaning (bool: of in-month figures, which keep their limits: autocorrelation above
    spc.AUTOCORRELATION_BOUND that no one step and no straight line explains).
    """
    rows = present_levels(measures["measure_id"], analysed.points)
    value = floats(analysed.points["value"])
    leans = _leaning(measures, analysed, [value[each] - by_season[each] for each in rows])
    chance = np.full(len(measures), np.nan)
    kinds = kinds_of(measures, series, analysed.points, np.flatnonzero(signalling))
    for measure_row, kind in kinds.items():
        width = last["upper_limit"].iloc[measure_row] - last["mean"].iloc[measure_row]
        reach = abs(value[rows[measure_row][-1]] - last["mean"].iloc[measure_row]) / width if width > 0 else 0.0
        run = int(last["run_points"].iloc[measure_row])
        causes = {str(last[name].iloc[measure_row]) for name in ("special_cause", "signal_cause")}
        chance[measure_row] = min(chance_of_signal_like(kind, cause, float(reach), run) for cause in causes)
    return pd.DataFrame(
        {"signal_chance": chance, "unlikely": chance < UNLIKELY_BOUND, "leaning": leans},
        index=measures.index,
    )


def expected_signals(measures: pd.DataFrame, series: pd.DataFrame, points: pd.DataFrame) -> float:
    """How many of these measures would signal in their newest figure if nothing changed: each one's own chance.

    measures: those whose limits are shown (measure_id, unit, decimals). series, points: of the assessment.
    """
    known = measures.reset_index(drop=True)
    kinds = kinds_of(known, series, points, np.arange(len(known)))
    return float(sum(chance_of_signal_like(kind) for kind in kinds.values()))


def present_levels(measure_ids: pd.Series, points: pd.DataFrame) -> list[Ints]:
    """The rows of points with a value in each measure's last segment that has one."""
    measure_row = pd.Index(measure_ids).get_indexer(points["measure_id"])
    known = np.flatnonzero((measure_row >= 0) & points["value"].notna().to_numpy())
    measure_index, segment = measure_row[known], points["segment"].to_numpy()[known]
    last = np.zeros(len(measure_ids), dtype=np.int64)
    np.maximum.at(last, measure_index, segment)
    present = segment == last[measure_index]
    known, measure_index = known[present], measure_index[present]
    order = np.argsort(measure_index, kind="stable")
    ends = np.cumsum(np.bincount(measure_index, minlength=len(measure_ids)))
    return np.split(known[order], ends[:-1])


def alarms_by_segment(measure: Row, series: pd.DataFrame, points: pd.DataFrame) -> dict[int, Alarms]:
    """How often stable series like each segment of a measure signal, anywhere and in their newest figure.

    measure: unit, decimals. series, points: one measure's rows, of the assessment; segments are those of points that
    have two figures or more.
    """
    known = points[points["value"].notna()]
    denominators = _denominators(series, known)
    segment, value = known["segment"].to_numpy(), floats(known["value"])
    chances = {}
    for number in np.unique(segment).tolist():
        own = segment == number
        if own.sum() > 1:
            kind = kind_of(value[own], denominators[own], measure["unit"], int(measure["decimals"]))
            chances[int(number)] = alarms_like(kind, int(own.sum()))
    return chances


def kinds_of(measures: pd.DataFrame, series: pd.DataFrame, points: pd.DataFrame, places: Ints) -> dict[int, Kind]:
    """What stable series like those of the measures at these places are drawn from, by place."""
    if not len(places):
        return {}
    rows = present_levels(measures["measure_id"], points)
    value, denominator = floats(points["value"]), _denominators(series, points)
    units, decimals = measures["unit"].to_list(), measures["decimals"].to_list()
    return {
        int(measure_row): kind_of(
            value[rows[measure_row]], denominator[rows[measure_row]], units[measure_row], int(decimals[measure_row])
        )
        for measure_row in places
        if len(rows[measure_row])
    }


def _denominators(series: pd.DataFrame, points: pd.DataFrame) -> Floats:
    """The denominator of each of the points; NaN where it has none."""
    denominator = floats(series["denominator"])
    if np.isnan(denominator).all():
        return np.full(len(points), np.nan)
    keys = [pd.MultiIndex.from_arrays([frame["measure_id"], frame["period_end"]]) for frame in (series, points)]
    return np.append(denominator, np.nan)[keys[0].get_indexer(keys[1])]


def _leaning(measures: pd.DataFrame, analysed: spc.Spc, values: Sequence[Floats]) -> Flags:
    series_row = pd.Index(analysed.series["measure_id"]).get_indexer(measures["measure_id"])
    above = np.append(floats(analysed.series["autocorrelation"]), np.nan)[series_row] > spc.AUTOCORRELATION_BOUND
    above &= ~measures["accumulation"].isin(("at_month_end", "rolling_12_months", "year_to_date")).to_numpy(dtype=bool)
    leans = np.zeros(len(measures), dtype=np.bool_)
    for measure_row in np.flatnonzero(above).tolist():
        leans[measure_row] = autocorrelation_beyond_a_change(values[measure_row]) > LEAN_BEYOND_A_CHANGE
    return leans
