"""What a snapshot holds: frozen models of all that a pack shows. They go to JSON and back exactly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from scorecard.analysis.data_quality.completeness import MARKS, MENDED_FIRST
from scorecard.analysis.spc.rules import COMMON_CAUSE, rule_of
from scorecard.catalogue.models import COMPARATOR_KINDS, Comparator, Event, Measure, Plan, Target
from scorecard.catalogue.target_words import target_words
from scorecard.charts.model.models import TrendChart
from scorecard.charts.model.trend_parts import points_of, segments_of
from scorecard.core.numbers import NO_FIGURE, NOT_APPLICABLE, SYMBOL_WORDS, figure_words
from scorecard.core.types import ComparatorKind
from scorecard.core.vocabulary import level_of
from scorecard.pack.snapshot.assessment_row import AssessmentRow
from scorecard.pack.snapshot.changes import Comparison, Number, SnapshotModel
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.counts import Counts, counts_of
from scorecard.pack.snapshot.published import PublishedComparison

SNAPSHOT_FORMAT: Literal[2] = 2
Length = Literal["whole", "short"]  # of the pack: with a part for each service area, or without
PACK_VERSION = "3.4"  # raised by any change of what is drawn; a snapshot keeps the one it was taken under


class Observation(SnapshotModel):
    """One figure behind a chart: as it was sent, where it came from, and the limits that may be shown beside it."""

    area: str
    period_end: date
    months: int
    value: Number | None = None
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


class QualityMark(SnapshotModel):
    """One mark of a measure's data quality: whether it holds (None: it can't be judged), and why."""

    holds: bool | None = None
    words: str


class DataQuality(SnapshotModel):
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
    def in_doubt(self) -> bool:
        """Whether the data are mended before anything is decided on them."""
        return any(self.marks[name].holds is False for name in MENDED_FIRST)

    @property
    def marks(self) -> dict[str, QualityMark]:
        """The four marks by their names, in the order they are read."""
        return {name: getattr(self, name) for name in MARKS}


class OverdueFigure(SnapshotModel):
    """A figure that was due and is missing: of which month, and by which day it was due, where one is agreed."""

    period_end: date
    due_on: date | None = None


class SnapshotMeasure(Measure):
    """A measure of the catalogue as it was, what was sent of it, what that means, and what its chart says.

    observations: the authority's own up to the reporting month, in time order. expected_figures, figures_received: of
    the last 12 months. trend: the chart's words, axis and levels; its points and limits are the observations'.
    """

    judgement: AssessmentRow
    observations: tuple[Observation, ...]
    expected_figures: int
    figures_received: int
    quality: DataQuality | None = None  # None in snapshots of pack version 1.0, which kept none
    owed: tuple[OverdueFigure, ...] = ()
    trend: TrendChart
    commentary: Commentary | None = None  # what the service says of it, approved; printed where there is any

    @property
    def chart(self) -> TrendChart:
        """The whole trend chart: the words that were kept, and points and limits from the figures that were kept."""
        rows = [figure.model_dump() for figure in self.observations]
        limits = segments_of([row for row in rows if row["segment"] is not None], self)
        points = points_of(self, rows, rows, show_limits=True)
        return self.trend.model_copy(update={"points": points, "segments": limits})

    @property
    def stands(self) -> str:
        """What the measure counts as: its status; no_status where it is monitored or can't be judged; not_applicable.

        Where the latest that came says that nothing applied, an older figure judges nothing.
        """
        row = self.judgement
        later = row.received_end is not None and (row.period_end is None or row.received_end > row.period_end)
        return "not_applicable" if row.received_symbol == NOT_APPLICABLE and later else row.status or "no_status"

    @property
    def figures_owed(self) -> int:
        """How many figures were due in the last 12 months and are missing; of old snapshots, whether one is overdue."""
        return len(self.owed) if self.quality else int(self.judgement.overdue)

    def words_of(self, figure: Observation) -> str:
        """A figure as tables show it: '82%', '14.14', or what its symbol means where there is none."""
        if figure.value is None:
            return SYMBOL_WORDS.get(figure.symbol or ":", NO_FIGURE)
        return self.figure_words(figure.value)

    def figure_words(self, value: float | None) -> str:
        """A value in the measure's unit and decimals: '82%'; an en dash for none."""
        return figure_words(value, self.unit, self.decimals)

    def target_words(self, target: Target) -> str:
        """A target in words: 'at least 90%'."""
        return target_words(target, self)

    @property
    def notes(self) -> str:
        """What to know of the measure: where its definition broke, and its note."""
        broken = self.definition_break.why if self.definition_break else None
        return " ".join(filter(None, (broken, self.note)))

    @property
    def comparators_in_order(self) -> tuple[tuple[ComparatorKind, Comparator], ...]:
        """The comparators that the plan prints, neighbours first."""
        return tuple((kind, self.comparators[kind]) for kind in COMPARATOR_KINDS if kind in self.comparators)

    @property
    def level(self) -> str:
        """What it moves towards or away from, where no figure is better than another (core.vocabulary.level_of)."""
        is_range = self.judgement.target_lower is not None and self.judgement.target_upper is not None
        return level_of(self.kind, self.polarity, is_range)

    @property
    def signal_up(self) -> bool:
        """Whether its last signal points up."""
        causes = [figure.special_cause for figure in self.observations if figure.special_cause]
        special = [cause for cause in causes if cause != COMMON_CAUSE]
        return bool(special) and rule_of(special[-1])[1]


class SnapshotArea(SnapshotModel):
    """A service area: who is responsible, what the plan wants of it, and its measures."""

    id: str
    name: str
    responsible: tuple[str, ...]
    outcomes: tuple[str, ...]
    measures: tuple[SnapshotMeasure, ...]

    @property
    def counts(self) -> Counts:
        """How its measures stand."""
        return counts_of(self.measures)


class Signals(SnapshotModel):
    """How many measures may show limits, how many signal, and how many would by chance alone."""

    with_limits: int
    signalling: int
    expected_by_chance: Number


class SnapshotExtract(SnapshotModel):
    """An extract that the figures came from."""

    extract_id: int
    file_name: str
    sha256: str
    source: str | None = None
    who: str
    submitted_at: datetime
    rows: int


class SnapshotBoard(SnapshotModel):
    """The board that the pack is for. lacking: of its service areas, those that the catalogue has not."""

    id: str
    name: str
    title: str
    marking: str
    service_areas: tuple[str, ...] | None = None
    lacking: tuple[str, ...] | None = None
    next_meeting: date | None = None
    papers_due: date | None = None


class RetiredMeasure(SnapshotModel):
    """A measure of the pack's areas that has ended, and is no longer shown."""

    id: str
    name: str
    retired: date


class Ask(SnapshotModel):
    """What a board is asked to do: its verb, and the rest of the sentence."""

    verb: Literal["Decide", "Agree", "Note"]
    words: str


class TrailHead(SnapshotModel):
    """The last act by the moment that a snapshot is as known at, and its seal: it vouches for every act up to it."""

    act_id: int
    sha256: str


class Snapshot(SnapshotModel):
    """All that a pack shows, frozen. Its canonical JSON names it (sha256); exports are drawn from it alone."""

    format: Literal[2] = SNAPSHOT_FORMAT
    written_in: Literal[1, 2] = Field(default=SNAPSHOT_FORMAT, exclude=True)
    pack_version: str
    software_version: str
    authority: str
    authority_code: str
    plan: Plan
    board: SnapshotBoard
    reporting_month: date
    as_known_at: datetime
    catalogue_sha256: str
    demonstration: bool
    with_charts: bool
    areas_asked: tuple[str, ...] | None = None
    areas_seen: int | None = None  # how many the board sees; format 1 did not keep it
    loaded_by: tuple[str, ...]
    extracts: tuple[SnapshotExtract, ...]
    events: tuple[Event, ...]
    methods_version: str
    signals: Signals
    service_areas: tuple[SnapshotArea, ...]
    retired: tuple[RetiredMeasure, ...] = ()
    published: tuple[PublishedComparison, ...] | None = None  # None where nothing can be compared, or was before 3.1
    length: Length = "whole"
    asked: tuple[SnapshotDecision, ...] | None = None  # what the board asked and decided; None where nothing is open
    asks: tuple[Ask, ...] | None = None  # what the board is asked to do, as somebody worded it; None: by rule
    changes: Comparison | None = None
    corrects: Comparison | None = None  # what differs from the approved pack of the same board and month
    trail: TrailHead | None = None  # None before the first act, and of snapshots from before the acts were chained

    @property
    def measures(self) -> tuple[SnapshotMeasure, ...]:
        """All measures of the pack, in the plan's order."""
        return tuple(measure for area in self.service_areas for measure in area.measures)

    @property
    def totals(self) -> Counts:
        """How all measures of the pack stand."""
        return counts_of(self.measures)

    def area_of(self, measure_id: str) -> SnapshotArea:
        """The service area of a measure. Raises KeyError where the pack has no such measure."""
        for area in self.service_areas:
            if any(measure.id == measure_id for measure in area.measures):
                return area
        raise KeyError(measure_id)


class PackState(SnapshotModel):
    """Where a snapshot stands: beside the frozen content, never in it.

    role: which role approved it. who: the person, compared with those who loaded the figures. when: at what moment.
    edition: which approved pack of its board and month it is. corrects: of an approved correction, which snapshot it
    supersedes; superseded_by: of a superseded one, which snapshot corrects it, and superseded_at since when; reason:
    why, of either.
    """

    state: Literal["draft", "approved", "superseded", "working_copy"] = "draft"
    role: str | None = None
    who: str | None = None
    when: datetime | None = None
    edition: int | None = None
    corrects: str | None = None
    superseded_by: str | None = None
    superseded_at: datetime | None = None
    reason: str | None = None
