"""How often would chance alone make a signal? The rules' false alarms, as simulated.

Every page that lists signals says beside them how many of so many measures would signal by chance in a month.
The table is written by `python -m benchmarks.false_alarms`, which judges stable series (independent normal
points, one segment, screened limits that rest on all of them) with spc.analyse; docs/methods.md shows it in full.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class Chance(NamedTuple):
    """Two probabilities for a stable series: a special point anywhere in it, and its last point special."""

    anywhere: float
    last_point: float


# Points in the series: (a special point anywhere, the last point special).
FALSE_ALARMS: dict[int, Chance] = {
    12: Chance(0.0711, 0.0138),
    15: Chance(0.1011, 0.0148),
    18: Chance(0.1309, 0.0159),
    20: Chance(0.1474, 0.0152),
    24: Chance(0.1849, 0.0162),
    30: Chance(0.2419, 0.0171),
    36: Chance(0.2932, 0.0166),
    48: Chance(0.3877, 0.0179),
    60: Chance(0.4657, 0.0187),
    84: Chance(0.5994, 0.0186),
    120: Chance(0.7421, 0.0205),
}


def chance_of_signal(points: int) -> Chance:
    """The chance that a stable series of so many points shows a signal that isn't one.

    Between two lengths of FALSE_ALARMS it is interpolated; beyond the longest it is that of the longest (the
    last point's chance no longer changes there; 'anywhere' is then the least it can be). Under the shortest
    nothing may be shown (standing run_chart), so nothing signals: 0.
    """
    lengths = list(FALSE_ALARMS)
    if points < lengths[0]:
        return Chance(0.0, 0.0)
    anywhere, last_point = (
        float(np.interp(points, lengths, [chance[which] for chance in FALSE_ALARMS.values()])) for which in (0, 1)
    )
    return Chance(anywhere, last_point)


def expected_signals(points: Iterable[int]) -> float:
    """How many of these series, given by their numbers of points, would have a special last point by chance."""
    return sum(chance_of_signal(length).last_point for length in points)
