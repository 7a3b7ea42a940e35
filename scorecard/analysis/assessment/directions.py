"""Which way is good: a volume, or a measure whose target is a range, moves towards its level or away from it.

For them 'improvement' means towards the level and 'concern' away from it, by the distance to its nearer edge; within
it a signal goes neither way. So a chart's marks, its title, the grid, the exceptions and the icons agree.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.arrays import Flags, Floats, Ints, floats
from scorecard.analysis.assessment import target
from scorecard.analysis.assessment.series import rows_in_force
from scorecard.analysis.spc.rules import COMMON_CAUSE, directions, special_causes


def moves_by_level(kind: pd.Series, polarity: pd.Series, lower: pd.Series, upper: pd.Series) -> Flags:
    """Which measures are told by their distance to a level: volumes, and those whose target is a range."""
    volume_or_range = (kind == "volume") | (lower.notna() & upper.notna())
    return np.asarray(volume_or_range & (polarity != "monitor"), dtype=bool)


def typed_by_level(analysed: spc.Spc, measures: pd.DataFrame, targets: pd.DataFrame) -> spc.Spc:
    """The points of volumes and ranges typed by the level in force in their month; and so each series' variation.

    analysed: of one area. measures: measure_id, kind, polarity. targets: catalogue.frames.targets_frame. Outside the
    level: improvement where the signal goes towards its nearer edge, else concern; within it, or where there is no
    level: neutral_high or neutral_low. Other measures stay as spc.analyse typed them.
    """
    points = analysed.points
    special = (points["special_cause"] != COMMON_CAUSE).to_numpy(dtype=bool, na_value=False)
    measure_index = pd.Index(measures["measure_id"]).get_indexer(points["measure_id"])
    rows = np.flatnonzero(special & _may_move_by_level(measures, targets)[measure_index])
    if not len(rows):
        return analysed
    part = points.iloc[rows]
    in_force = rows_in_force(targets, part["measure_id"], part["period_end"])
    low, high = (_edges(targets, name, in_force) for name in ("target_lower", "target_upper"))
    kind, polarity = (measures[name].iloc[measure_index[rows]].set_axis(part.index) for name in ("kind", "polarity"))
    by_level = moves_by_level(kind, polarity, pd.Series(low, part.index), pd.Series(high, part.index))
    way_of = dict(zip(special_causes(), directions().tolist(), strict=True))
    way = np.array([way_of[cause] for cause in part["special_cause"]], dtype=np.int8)
    value = floats(part["value"])
    outside = target.distance(value, low, high) < 0
    towards = (target.edge(value, low, high) - value) * way > 0
    typed = np.select([outside & towards, outside, way > 0], ["improvement", "concern", "neutral_high"], "neutral_low")
    types = points["point_type"].to_numpy(dtype=object, copy=True)
    types[rows] = np.where(by_level, typed, types[rows])
    points = points.assign(point_type=pd.Series(types, points.index, dtype=points["point_type"].dtype))
    return analysed._replace(points=points, series=_with_variation(analysed.series, points))


def _may_move_by_level(measures: pd.DataFrame, targets: pd.DataFrame) -> Flags:
    """Which measures have a level at all, in some month: volumes, and those with a target that is a range."""
    ranges = targets["measure_id"][targets["target_lower"].notna() & targets["target_upper"].notna()]
    return np.asarray((measures["kind"] == "volume") | measures["measure_id"].isin(ranges), dtype=bool)


def _edges(targets: pd.DataFrame, name: str, rows: Ints) -> Floats:
    return np.append(targets[name].to_numpy(np.float64), np.nan)[rows]


def _with_variation(series: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Each series' variation is the type of its last point with a value."""
    last = points[points["value"].notna()].drop_duplicates(["measure_id", "area"], keep="last")
    types = last.set_index(["measure_id", "area"])["point_type"]
    keys = pd.MultiIndex.from_frame(series[["measure_id", "area"]])
    return series.assign(variation=types.reindex(keys).array)
