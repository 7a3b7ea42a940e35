"""Is the level on the move? Where it is, limits speak of a level that the measure is leaving, not of what comes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.arrays import Flags, Ints
from scorecard.analysis.spc.slope import SLOPE_OF_A_SEGMENT, straight_line

SIGNALS, REBASE_PROPOSED, SLOPE = "last_point_signals", "rebase_proposed", "slope"
DRIFTS = ("", "rising", "falling")  # by the sign of a slope


def why_on_the_move(measure_ids: pd.Index, slope: Ints, signalling: Flags, proposals: pd.DataFrame) -> pd.Series:
    """For each measure why its level is on the move: last_point_signals, rebase_proposed or slope; else <NA>.

    slope: of `slopes`. signalling: a flag a measure: its last point is special. proposals: spc.suggest_rebase of the
    same points. slope: the last segment rises or falls as a straight line does, though no rule has seen it yet.
    """
    proposed = np.asarray(measure_ids.isin(proposals["measure_id"]), dtype=bool)
    why = np.select([signalling, proposed, slope != 0], [SIGNALS, REBASE_PROPOSED, SLOPE], "")
    return pd.Series(why, index=measure_ids, dtype="str").mask(why == "")


def slopes(measure_ids: pd.Index, points: pd.DataFrame) -> Ints:
    """Whether each measure's last segment rises (1) or falls (−1) as a straight line does, or neither (0).

    points: spc.Spc.points of one area.
    """
    rows = points[points["value"].notna()]
    slope = np.zeros(len(measure_ids), dtype=np.int64)
    if rows.empty:
        return slope
    measure, names = pd.factorize(rows["measure_id"])
    segment = rows["segment"].to_numpy()
    starts = np.flatnonzero(np.append(True, (np.diff(measure) != 0) | (np.diff(segment) != 0)))
    last = np.append(np.diff(measure[starts]) != 0, True)
    counts = np.diff(np.append(starts, len(rows)))
    line = straight_line(rows["value"].to_numpy(dtype=np.float64), starts[last], counts[last])
    t = np.nan_to_num(line.t)
    slope[measure_ids.get_indexer(names)] = np.where(np.abs(t) > SLOPE_OF_A_SEGMENT, np.sign(t), 0)
    return slope
