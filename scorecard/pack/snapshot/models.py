"""What a snapshot holds: frozen models of all that a pack shows. They go to JSON and back exactly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from scorecard.charts.model.models import Sparkline, TrendChart
from scorecard.core.types import ComparatorKind, Kind, Polarity, TargetKind, Unit
from scorecard.pack.snapshot.kept import Kept, Number
from scorecard.pack.snapshot.quality_models import DataQuality, OwedFigure

SNAPSHOT_FORMAT: Literal[1] = 1
PACK_VERSION = "1.1"  # raised by any change of what is drawn; a snapshot keeps the one it was taken under


class Observation(Kept):
    """One figure behind a chart: as it was sent, where it came from, and the limits that may be shown beside it."""

    area: str
    period_end: date
    months: int
    value: Number | None
    words: str
    numerator: Number | None = None
    denominator: Number | None = None
    symbol: str | None = None
    note: str | None = None
    origin: str
    extract_id: int | None = None
    recorded_from: datetime | None = None
    provisional: bool = False
    segment: int | None = None
    mean: Number | None = None
    lower_limit: Number | None = None
    upper_limit: Number | None = None
    special_cause: str | None = None
    point_type: str | None = None


class PrintedFigure(Kept):
    """A figure of the plan: as printed, and as read, in words of ours (an en dash where it supports no value)."""

    printed: str
    value: Number | None
    words: str


class PrintedComparator(PrintedFigure):
    """Another area's figure, as the plan prints it."""

    kind: ComparatorKind
    comparable: bool
    why: str | None = None
    year: str | None = None


class KeptTarget(Kept):
    """A target: from when, by when, agreed by whom and why."""

    printed: str
    words: str
    kind: TargetKind
    lower: Number | None
    upper: Number | None
    from_month: date | None = None
    by: date | None = None
    by_basis: str | None = None
    by_printed: str | None = None
    by_action: str | None = None
    basis: str | None = None
    why: str | None = None
    agreed_by: str | None = None


class KeptRebase(Kept):
    """From when limits are drawn anew, why, and which roles proposed and agreed it."""

    from_month: date
    why: str
    proposed_by: str | None = None
    agreed_by: str | None = None
    agreed: date | None = None


class Judgement(Kept):
    """What the assessment said of a measure in the reporting month: its columns, by the same names."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    symbol: str | None
    period_end: date | None
    months: int | None
    origin: str | None
    extract_id: int | None
    provisional: bool
    previous_value: Number | None
    previous_end: date | None
    received_symbol: str | None
    received_end: date | None
    target_lower: Number | None
    target_upper: Number | None
    target_by: date | None
    judged_lower: Number | None
    judged_upper: Number | None
    distance: Number | None
    baseline_distance: Number | None
    status: Literal["met", "close", "missed", "no_target", "no_data"] | None
    gap_closed: Number | None
    people_needed: Number | None
    small_numbers: bool
    months_old: int | None
    overdue: bool
    change: Number | None
    change_from: str | None
    mover_size: Number | None
    mover_direction: str | None
    pair_disagrees: bool
    counted: bool
    trajectory_value: Number | None
    trajectory_distance: Number | None
    behind: bool
    pace_needed: Number | None
    pace_made: Number | None
    no_trajectory: str | None
    statistical_neighbour_difference: Number | None
    statistical_neighbour_position: str | None
    regional_difference: Number | None
    regional_position: str | None
    national_difference: Number | None
    national_position: str | None
    met_months: int | None
    met_of: int | None
    target_at_bound: bool
    outgrown: bool
    standing: str | None
    variation: str | None
    assurance: str | None
    no_limits: str | None
    signal: bool
    exception: bool
    exception_reasons: tuple[str, ...]
    movement_unknown: bool
    disagreement: str | None
    value_words: str | None
    target_words: str | None
    distance_words: str | None
    gap_closed_words: str | None
    status_words: str | None
    trajectory_words: str | None
    movement_words: str | None
    people_words: str | None
    age_words: str | None
    variation_words: str | None
    assurance_words: str | None
    sentence: str | None
    exception_words: str | None


class Commentary(Kept):
    """What a role says of a measure's figures."""

    text: str
    by_role: str
    written: date


class KeptMeasure(Kept):
    """One measure: what it is, what was sent, what it means, and its charts."""

    id: str
    name: str
    plan_wording: str
    definition: str
    note: str | None
    kind: Kind
    unit: Unit
    decimals: int
    polarity: Polarity
    accumulation: str
    frequency: str
    supplied_by: str
    owner: str | None
    tolerance: Number | None
    pair: str | None
    starts: date | None
    retired: date | None
    baseline: PrintedFigure | None
    july_2020: PrintedFigure | None
    definition_break: str | None
    comparators: tuple[PrintedComparator, ...]
    comparators_printed: str | None
    targets: tuple[KeptTarget, ...]
    rebases: tuple[KeptRebase, ...]
    judgement: Judgement
    observations: tuple[Observation, ...]
    expected_figures: int
    figures_received: int
    quality: DataQuality | None = None  # None in snapshots of pack version 1.0, which kept none
    owed: tuple[OwedFigure, ...] = ()
    commentary: tuple[Commentary, ...] = ()
    trend: TrendChart | None = None
    sparkline: Sparkline | None = None


class AreaCounts(Kept):
    """How many measures of an area stand where; a number and a rate of the same thing count once."""

    measures: int
    met: int
    close: int
    missed: int
    no_target: int
    no_data: int
    no_status: int
    exceptions: int
    overdue: int


class KeptArea(Kept):
    """A service area: who is responsible, what the plan wants of it, and its measures."""

    id: str
    name: str
    responsible: tuple[str, ...]
    outcomes: tuple[str, ...]
    sentence: str
    counts: AreaCounts
    measures: tuple[KeptMeasure, ...]


class Signals(Kept):
    """How many measures may show limits, how many signal, and how many would by chance alone."""

    with_limits: int
    signalling: int
    expected_by_chance: Number


class KeptExtract(Kept):
    """An extract that the figures came from."""

    extract_id: int
    file_name: str
    sha256: str
    source: str | None
    who: str
    submitted_at: datetime
    rows: int


class KeptEvent(Kept):
    """Something that happened and may explain a change."""

    month: date
    what: str
    why: str


class BoardSeen(Kept):
    """The board that the pack is for."""

    id: str
    name: str
    title: str
    marking: str
    service_areas: tuple[str, ...] | None = None
    next_meeting: date | None = None
    papers_due: date | None = None


class PackRef(Kept):
    """Another snapshot, named: which, for which month and board, as known when."""

    id: str
    board: str
    reporting_month: date
    as_known_at: datetime


class FigureChange(Kept):
    """A figure that one snapshot has otherwise than another: new, revised (old → new) or taken back."""

    measure_id: str
    measure: str
    service_area: str
    area: str
    period_end: date
    months: int
    old: Number | None
    new: Number | None
    old_words: str
    new_words: str


class WordChange(Kept):
    """Something said of a measure that changed: its status, variation, assurance, target or wording."""

    measure_id: str
    measure: str
    service_area: str
    what: str
    old: str
    new: str
    direction: Literal["better", "worse", "neither"] = "neither"


class Comparison(Kept):
    """All that differs between two snapshots, for the measures that both have; and those that only one has."""

    old: PackRef
    new_figures: tuple[FigureChange, ...] = ()
    revised: tuple[FigureChange, ...] = ()
    taken_back: tuple[FigureChange, ...] = ()
    status: tuple[WordChange, ...] = ()
    variation: tuple[WordChange, ...] = ()
    assurance: tuple[WordChange, ...] = ()
    targets: tuple[WordChange, ...] = ()
    wording: tuple[WordChange, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing at all differs."""
        return self == Comparison(old=self.old)


class PlanSeen(Kept):
    """The improvement plan that the catalogue was read from."""

    title: str
    edition: str
    inspected: date
    actuals: date


class Snapshot(Kept):
    """All that a pack shows, frozen. Its canonical JSON names it (sha256); exports are drawn from it alone."""

    format: Literal[1] = SNAPSHOT_FORMAT
    pack_version: str
    software_version: str
    authority: str
    authority_code: str
    plan: PlanSeen
    board: BoardSeen
    reporting_month: date
    as_known_at: datetime
    catalogue_sha256: str
    demonstration: bool
    with_charts: bool
    areas_asked: tuple[str, ...] | None
    loaded_by: tuple[str, ...]
    extracts: tuple[KeptExtract, ...]
    events: tuple[KeptEvent, ...]
    methods_version: str
    totals: AreaCounts
    signals: Signals
    service_areas: tuple[KeptArea, ...]
    changes: Comparison | None = None

    @property
    def measures(self) -> tuple[KeptMeasure, ...]:
        """All measures of the pack, in the plan's order."""
        return tuple(measure for area in self.service_areas for measure in area.measures)

    def area_of(self, measure_id: str) -> KeptArea:
        """The service area of a measure. Raises KeyError where the pack has no such measure."""
        for area in self.service_areas:
            if any(measure.id == measure_id for measure in area.measures):
                return area
        raise KeyError(measure_id)


class PackState(Kept):
    """Where a snapshot stands: beside the frozen content, never in it.

    role: which role approved it. who: the person, compared with those who loaded the figures. when: at what moment.
    superseded_by and reason: of a superseded one, which snapshot corrects it, and why.
    """

    state: Literal["draft", "approved", "superseded", "working_copy"] = "draft"
    role: str | None = None
    who: str | None = None
    when: datetime | None = None
    superseded_by: str | None = None
    reason: str | None = None
