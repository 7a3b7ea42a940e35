"""What an assessment said of a measure, as a snapshot holds it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from scorecard.narrative.assurance import never_met
from scorecard.pack.snapshot.changes import Number, SnapshotModel


class AssessmentRow(SnapshotModel):
    """What the assessment said of a measure in the reporting month: its columns, by the same names."""

    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    symbol: str | None = None
    period_end: date | None = None
    months: int | None = None
    origin: str | None = None
    extract_id: int | None = None
    provisional: bool
    previous_value: Number | None = None
    previous_end: date | None = None
    received_symbol: str | None = None
    received_end: date | None = None
    target_lower: Number | None = None
    target_upper: Number | None = None
    target_by: date | None = None
    judged_lower: Number | None = None
    judged_upper: Number | None = None
    distance: Number | None = None
    baseline_distance: Number | None = None
    status: Literal["met", "close", "missed", "no_target", "no_data"] | None = None
    gap_closed: Number | None = None
    people_needed: Number | None = None
    small_numbers: bool
    months_old: int | None = None
    overdue: bool
    change: Number | None = None
    change_from: str | None = None
    mover_size: Number | None = None
    mover_direction: str | None = None
    pair_disagrees: bool
    counted: bool
    trajectory_value: Number | None = None
    trajectory_distance: Number | None = None
    behind: bool
    pace_needed: Number | None = None
    pace_made: Number | None = None
    no_trajectory: str | None = None
    statistical_neighbour_difference: Number | None = None
    statistical_neighbour_position: str | None = None
    regional_difference: Number | None = None
    regional_position: str | None = None
    national_difference: Number | None = None
    national_position: str | None = None
    met_months: int | None = None
    met_of: int | None = None
    target_at_bound: bool
    outgrown: bool
    missed_for: int | None = None  # these three, shortfall and the words beside them: None in packs before version 3.0
    missed_since: date | None = None
    missed_always: bool | None = None
    shortfall: Number | None = None
    standing: str | None = None
    variation: str | None = None
    assurance: str | None = None
    no_assurance: str | None = None
    no_limits: str | None = None
    signal: bool
    exception: bool
    exception_reasons: tuple[str, ...]
    missed_by_chance: bool | None = None
    movement_unknown: bool
    disagreement: str | None = None
    value_words: str | None = None
    target_words: str | None = None
    distance_words: str | None = None
    gap_closed_words: str | None = None
    status_words: str | None = None
    trajectory_words: str | None = None
    movement_words: str | None = None
    people_words: str | None = None
    age_words: str | None = None
    variation_words: str | None = None
    assurance_words: str | None = None
    sentence: str | None = None
    exception_words: str | None = None
    record_words: str | None = None
    action: str | None = None
    question: str | None = None
    last_year_value: Number | None = None
    last_year_words: str | None = None
    outlook_words: str | None = None
    projection_words: str | None = None

    @property
    def last_year(self) -> float | None:
        """The figure of the same time last year, where that is another than the figure before."""
        return self.last_year_value if self.last_year_words else None

    @property
    def says_too_little(self) -> bool:
        """Whether the figure is provisional, of fewer than ten, or misses by chance: it makes nothing newly missed."""
        return self.provisional or self.small_numbers or bool(self.missed_by_chance)

    @property
    def never_met(self) -> bool:
        """Whether the level misses the target, and no figure of the last 24 months met it (narrative.measure)."""
        return never_met({"assurance": self.assurance, "met_of": self.met_of, "met_months": self.met_months})
