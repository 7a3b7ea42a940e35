"""Where a series goes from here, and the chance that it meets its target."""

from scorecard.analysis.projection.project import (
    FEWEST_POINTS,
    FIGURES,
    HORIZON,
    chance_of_meeting,
    project,
)

__all__ = ["FEWEST_POINTS", "FIGURES", "HORIZON", "chance_of_meeting", "project"]
