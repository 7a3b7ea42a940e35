"""How soon a real change would show, in words."""

from __future__ import annotations

import math

from scorecard.analysis.spc.detection_time import HORIZON, DetectableChange
from scorecard.core.rows import Row
from scorecard.narrative.phrases import amount, level, periods


def change_words(row: Row, change: DetectableChange) -> str:
    """'4 percentage points'; 'all the way to the target' where the change is that. Two digits that count."""
    size = amount(row, change.size, _decimals(row, change.size))
    return f"{size}: from the mean all the way to the {level(row)}" if change.to_target else size


def _decimals(row: Row, size: float) -> int:
    """Two digits that count: 12, 4.1, 0.31; and no more decimals than the measure's and one."""
    return max(0, min(int(row["decimals"]) + 1, 1 - math.floor(math.log10(size))))


def wait_words(row: Row, figures: int | None) -> str:
    """'within four months'; 'not within 36 months' beyond what was simulated."""
    if figures is None or figures > HORIZON:
        return f"not within {periods(row, HORIZON)}"
    return f"within {periods(row, figures)}"
