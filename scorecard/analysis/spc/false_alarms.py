"""How often would chance alone make a signal? The rules' false alarms, as simulated.

Every page that lists signals says beside them how many of so many measures would signal by chance in a month.
The table is written by `python -m benchmarks.false_alarms`, which judges stable series (independent normal
points, one segment, screened limits that rest on all of them) with spc.analyse; docs/methods.md shows it in full.
"""

from typing import NamedTuple

import numpy as np


class Chance(NamedTuple):
    """Two probabilities for a stable series: a special point anywhere in it, and its last point special."""

    anywhere: float
    last_point: float


# Points in the series: (a special point anywhere, the last point special).
FALSE_ALARMS: dict[int, Chance] = {
    12: Chance(0.07106, 0.01376),
    15: Chance(0.10105, 0.01477),
    18: Chance(0.13092, 0.01589),
    20: Chance(0.14741, 0.01521),
    24: Chance(0.18493, 0.01616),
    30: Chance(0.24186, 0.01707),
    36: Chance(0.29320, 0.01664),
    48: Chance(0.38773, 0.01791),
    60: Chance(0.46570, 0.01867),
    84: Chance(0.59943, 0.01865),
    120: Chance(0.74214, 0.02049),
}


# Points in the series: how many of 1,000 stable series have a point that the rule names (the first that a point meets).
RULE_ALARMS: dict[int, dict[str, int]] = {
    12: {"limit": 52, "trend": 2, "two_of_three": 16, "shift": 12},
    15: {"limit": 66, "trend": 3, "two_of_three": 21, "shift": 28},
    18: {"limit": 76, "trend": 4, "two_of_three": 25, "shift": 47},
    20: {"limit": 81, "trend": 5, "two_of_three": 27, "shift": 59},
    24: {"limit": 94, "trend": 6, "two_of_three": 33, "shift": 87},
    30: {"limit": 114, "trend": 8, "two_of_three": 41, "shift": 128},
    36: {"limit": 131, "trend": 11, "two_of_three": 50, "shift": 165},
    48: {"limit": 164, "trend": 15, "two_of_three": 64, "shift": 244},
    60: {"limit": 196, "trend": 18, "two_of_three": 78, "shift": 310},
    84: {"limit": 256, "trend": 27, "two_of_three": 107, "shift": 433},
    120: {"limit": 338, "trend": 39, "two_of_three": 146, "shift": 579},
}


def chance_of_rule(points: int, rule: str) -> float:
    """The chance that a stable series of so many points has a point somewhere that the rule names.

    rule: limit | trend | two_of_three | shift; of one that was not simulated nothing is known, which is 0. Between
    lengths, and beyond them, as chance_of_signal has it.
    """
    lengths = list(RULE_ALARMS)
    if points < lengths[0] or rule not in RULE_ALARMS[lengths[0]]:
        return 0.0
    return float(np.interp(points, lengths, [alarms[rule] for alarms in RULE_ALARMS.values()])) / 1000


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
