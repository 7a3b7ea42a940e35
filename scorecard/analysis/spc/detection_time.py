"""How long would a real change take to show? By simulation, for a lasting step of a given size.

A chart that shows no change is no proof that nothing changed: a small step hides among chance for months. The table is
written by `python -m benchmarks.chance.detection`, which steps stable series (independent normal points) and asks
spc.analyse after each new figure whether the newest one is special; docs/methods.md shows it in full.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from scorecard.core.rows import Row, missing

HORIZON = 36
"""Figures after the change that were simulated; a wait beyond them is not known."""

DEVIATIONS_TO_LIMIT = 3
"""How many standard deviations of independent normal figures lie between mean and limit."""

SIZES_SHOWN = (1.0, 2.0, 3.0)


class DetectionTime(NamedTuple):
    """Figures after the change until half, and nine in ten, of the series had shown it; over HORIZON: not within it."""

    half: int
    nine_in_ten: int


# Figures before the change: {size of the change in standard deviations: how long it takes to show}.
WAITS: dict[int, dict[float, DetectionTime]] = {
    12: {
        0.5: DetectionTime(37, 37),
        1.0: DetectionTime(19, 37),
        1.5: DetectionTime(7, 37),
        2.0: DetectionTime(5, 16),
        2.5: DetectionTime(3, 8),
        3.0: DetectionTime(2, 7),
        4.0: DetectionTime(1, 3),
    },
    18: {
        0.5: DetectionTime(37, 37),
        1.0: DetectionTime(13, 37),
        1.5: DetectionTime(7, 26),
        2.0: DetectionTime(4, 10),
        2.5: DetectionTime(3, 7),
        3.0: DetectionTime(2, 5),
        4.0: DetectionTime(1, 3),
    },
    24: {
        0.5: DetectionTime(37, 37),
        1.0: DetectionTime(11, 37),
        1.5: DetectionTime(6, 18),
        2.0: DetectionTime(4, 8),
        2.5: DetectionTime(3, 7),
        3.0: DetectionTime(2, 4),
        4.0: DetectionTime(1, 2),
    },
    36: {
        0.5: DetectionTime(32, 37),
        1.0: DetectionTime(9, 37),
        1.5: DetectionTime(6, 14),
        2.0: DetectionTime(3, 7),
        2.5: DetectionTime(2, 6),
        3.0: DetectionTime(2, 4),
        4.0: DetectionTime(1, 2),
    },
    60: {
        0.5: DetectionTime(26, 37),
        1.0: DetectionTime(8, 30),
        1.5: DetectionTime(5, 11),
        2.0: DetectionTime(3, 7),
        2.5: DetectionTime(2, 5),
        3.0: DetectionTime(2, 3),
        4.0: DetectionTime(1, 2),
    },
}


class DetectableChange(NamedTuple):
    """A change of a size in the measure's unit, whether it is the way to the target, and how long it takes to show."""

    size: float
    to_target: bool
    wait: DetectionTime | None


def detection_time(size: float, deviation: float, points: int) -> DetectionTime | None:
    """How long a lasting step of a size takes to show, where the figures' own chance has this standard deviation.

    points: figures before the step. Lengths and sizes between those of the table are read as the next smaller, so that
    the wait is never said to be shorter than it is. None: smaller than any that was simulated, or no chance to hide in.
    """
    if not deviation > 0 or math.isnan(size):
        return None
    lengths = [length for length in WAITS if length <= points] or [min(WAITS)]
    by_size = WAITS[max(lengths)]
    sizes = [known for known in by_size if known <= abs(size) / deviation * (1 + 1e-9)]
    return by_size[max(sizes)] if sizes else None


def detectable_changes(row: Row, points: int) -> list[DetectableChange]:
    """How long changes of one, two and three standard deviations, and one as far as the target, would take to show.

    row: of the assessment. points: the figures that its limits rest on. Empty where no limits may be shown, or where
    the figures don't vary.
    """
    if missing(row["variation"]) or missing(row["upper_limit"]) or not row["upper_limit"] > row["mean"]:
        return []
    deviation = (row["upper_limit"] - row["mean"]) / DEVIATIONS_TO_LIMIT
    sizes = [(deviation * times, False) for times in SIZES_SHOWN]
    gap = abs(row["goal"] - row["mean"]) if row["status"] in ("missed", "close") and not missing(row["goal"]) else 0.0
    sizes += [(gap, True)] if gap > 0 else []
    return [
        DetectableChange(size, to_target, detection_time(size, deviation, points)) for size, to_target in sorted(sizes)
    ]
