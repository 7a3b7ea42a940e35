"""A measure in a snapshot: as the catalogue had it, what was sent of it, and what that means."""

from __future__ import annotations

from datetime import date, datetime

from scorecard.analysis.data_quality.completeness import MARKS, MENDED_FIRST
from scorecard.analysis.spc.rules import COMMON_CAUSE, rule_of
from scorecard.catalogue.models import COMPARATOR_KINDS, Comparator, Measure, Target
from scorecard.catalogue.target_words import target_words
from scorecard.charts.model.models import TrendChart
from scorecard.charts.model.trend_parts import points_of, segments_of
from scorecard.core.numbers import NO_FIGURE, NOT_APPLICABLE, SYMBOL_WORDS, figure_words
from scorecard.core.types import ComparatorKind
from scorecard.core.vocabulary import level_of
from scorecard.pack.snapshot.assessment_row import AssessmentRow
from scorecard.pack.snapshot.changes import Number, SnapshotModel
from scorecard.pack.snapshot.commentary_and_decisions import Commentary


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
