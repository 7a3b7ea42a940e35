"""What a snapshot holds: frozen models of all that a pack shows. They go to JSON and back exactly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from scorecard.catalogue.models import Event, Plan
from scorecard.pack.snapshot.changes import Comparison, Number, SnapshotModel
from scorecard.pack.snapshot.commentary_and_decisions import SnapshotDecision
from scorecard.pack.snapshot.counts import Counts, counts_of
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.published import PublishedComparison

SNAPSHOT_FORMAT: Literal[2] = 2
Length = Literal["whole", "short"]  # of the pack: with a part for each service area, or without
PACK_VERSION = "3.5"  # raised by any change of what is drawn; a snapshot keeps the one it was taken under


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
