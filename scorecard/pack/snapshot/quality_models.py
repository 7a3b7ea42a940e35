"""How a snapshot keeps a measure's data quality: four marks with their words, and the figures that are owed."""

from __future__ import annotations

from datetime import date

from scorecard.analysis.data_quality.completeness import MARKS
from scorecard.pack.snapshot.kept import Kept


class QualityMark(Kept):
    """One mark of a measure's data quality: whether it holds (None: it can't be judged), and why."""

    holds: bool | None
    words: str


class DataQuality(Kept):
    """A measure's data quality over the last 12 months: four marks, and the four in a few words.

    why: why those that don't hold, don't. care: why its figures are read with care. Both empty where there is nothing.
    """

    complete: QualityMark
    timely: QualityMark
    stable: QualityMark
    plausible: QualityMark
    words: str
    why: str
    care: str

    @property
    def marks(self) -> dict[str, QualityMark]:
        """The four marks by their names, in the order they are read."""
        return {name: getattr(self, name) for name in MARKS}


class OwedFigure(Kept):
    """A figure that was due and is missing: of which month, and by which day it was due, where one is agreed."""

    period_end: date
    due_on: date | None
