"""A snapshot freezes all that a pack shows, as canonical JSON whose sha256 is its id. No clock, no store: values in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.assessment.chance import expected_signals
from scorecard.analysis.assessment.signals import limits_shown
from scorecard.analysis.assessment.summary import shortfall
from scorecard.analysis.data_quality.completeness import Completeness
from scorecard.catalogue.models import Catalogue, ServiceArea
from scorecard.catalogue.read_boards import Board
from scorecard.pack.errors import PackError
from scorecard.pack.snapshot import freeze_measure
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot, snapshot_id
from scorecard.pack.snapshot.compare import compare_snapshots
from scorecard.pack.snapshot.models import (
    PACK_VERSION,
    Length,
    RetiredMeasure,
    Signals,
    Snapshot,
    SnapshotArea,
    SnapshotBoard,
    SnapshotExtract,
)
from scorecard.pack.snapshot.published import PublishedComparison

METHODS_VERSION = "3"  # raised by any change of the methods' text or of what it describes

__all__ = [
    "PACK_VERSION",
    "Snapshot",
    "build_snapshot",
    "canonical_json",
    "compare_snapshots",
    "read_snapshot",
    "snapshot_id",
]


def build_snapshot(
    assessment: Assessment,
    catalogue: Catalogue,
    *,
    received: Completeness,
    board: Board,
    as_known_at: datetime,
    catalogue_sha256: str,
    software_version: str,
    pack_version: str = PACK_VERSION,
    extracts: pd.DataFrame | None = None,
    previous: Snapshot | bytes | None = None,
    demonstration: bool = False,
    areas: Collection[str] | None = None,
    with_charts: bool = True,
    length: Length = "whole",
    loaded_by: Collection[str] = (),
    published: Sequence[PublishedComparison] = (),
) -> Snapshot:
    """Freezes what a pack for a board shows of a reporting month.

    assessment, catalogue, received: what was known at as_known_at (aware), in the month that the assessment is for;
    what came of what was due, and how good it is.
    extracts: the store's frame of extracts; of it, those that the figures rest on are kept.
    previous: the board's last approved snapshot; what changed since is frozen too. Its bytes, where there are any, name
    it more surely than its value does.
    areas: service areas wanted, by id; None is all that the board sees. length: of the pack. loaded_by: who sent the
    figures; where it is empty and extracts are given, those who sent these. published: how measures compare; of it,
    those of the areas shown are kept.
    The same arguments give the same snapshot. Raises PackError for an area that the board does not see, and ValueError
    for a moment without a time zone.
    """
    if catalogue.plan.actuals > assessment.month.date():
        assessment, catalogue = _before_the_plan(assessment, catalogue)
    visible = board.areas(catalogue)
    if not visible:
        raise PackError(
            f"{board.name} sees no service area of this catalogue, so it has no pack. The list of boards gives it "
            f"{', '.join(board.lacking(catalogue))}: name areas of the catalogue, or use the boards that go with it."
        )
    shown = _areas_shown(visible, board, areas)
    ids = [measure.id for area in shown for measure in area.measures]
    measures = assessment.measures[assessment.measures["measure_id"].isin(ids)].reset_index(drop=True)
    if measures.empty:
        raise PackError("There is no measure in the service areas asked for: ask for others.")
    seen = assessment._replace(measures=measures.assign(shortfall=shortfall(measures)))
    frozen_areas = _frozen_areas(seen, catalogue, shown, freeze_measure.what_was_received(received), demonstration)
    origins = _extracts(extracts, frozen_areas)
    snapshot = Snapshot(
        pack_version=pack_version,
        software_version=software_version,
        authority=catalogue.authority.name,
        authority_code=catalogue.authority.code,
        plan=catalogue.plan,
        board=_board_seen(board, catalogue, assessment.month.date()),
        reporting_month=assessment.month.date(),
        as_known_at=freeze_measure.in_utc(as_known_at),
        catalogue_sha256=catalogue_sha256,
        demonstration=demonstration,
        with_charts=with_charts,
        length=length,
        areas_asked=None if len(shown) == len(visible) else tuple(area.id for area in shown),
        areas_seen=len(visible),
        loaded_by=tuple(sorted(set(loaded_by) or {extract.who for extract in origins})),
        extracts=origins,
        events=catalogue.events,
        methods_version=METHODS_VERSION,
        signals=_signals(seen),
        service_areas=frozen_areas,
        retired=_retired(shown, assessment.month.date()),
        published=tuple(comparison for comparison in published if comparison.measure_id in ids) or None,
    )
    return (
        snapshot if previous is None else snapshot.model_copy(update={"changes": compare_snapshots(previous, snapshot)})
    )


def _before_the_plan(assessment: Assessment, catalogue: Catalogue) -> tuple[Assessment, Catalogue]:
    """An assessment and its catalogue without the plan's own figures: they are of a later month than the pack."""
    areas = tuple(
        area.model_copy(
            update={"measures": tuple(measure.model_copy(update={"july_2020": None}) for measure in area.measures)}
        )
        for area in catalogue.service_areas
    )
    measures = assessment.measures.assign(july_2020=np.nan)
    return assessment._replace(measures=measures), catalogue.model_copy(update={"service_areas": areas})


def _board_seen(board: Board, catalogue: Catalogue, month: date) -> SnapshotBoard:
    meeting = board.meeting_after(month)
    return SnapshotBoard(
        id=board.id,
        name=board.name,
        title=board.title,
        marking=board.marking,
        service_areas=board.service_areas,
        lacking=board.lacking(catalogue) or None,
        next_meeting=meeting.date if meeting else None,
        papers_due=meeting.papers_due if meeting else None,
    )


def _areas_shown(
    visible: tuple[ServiceArea, ...], board: Board, areas: Collection[str] | None
) -> tuple[ServiceArea, ...]:
    if areas is None:
        return visible
    unknown = sorted(set(areas) - {area.id for area in visible})
    if unknown:
        allowed = ", ".join(area.id for area in visible)
        raise PackError(f"{board.name} sees no service area '{unknown[0]}'. It sees: {allowed}.")
    return tuple(area for area in visible if area.id in set(areas))


def _retired(shown: Sequence[ServiceArea], month: date) -> tuple[RetiredMeasure, ...]:
    return tuple(
        RetiredMeasure(id=measure.id, name=measure.name, retired=measure.retired)
        for area in shown
        for measure in area.measures
        if measure.retired is not None and measure.retired < month
    )


def _frozen_areas(
    assessment: Assessment,
    catalogue: Catalogue,
    shown: Sequence[ServiceArea],
    received: Mapping[str, freeze_measure.Received],
    demonstration: bool,
) -> tuple[SnapshotArea, ...]:
    rows = {row["measure_id"]: row for row in freeze_measure.records(assessment.measures)}
    figures = freeze_measure.measure_rows(assessment)
    trends = freeze_measure.trends(assessment, catalogue, demonstration)
    return tuple(
        SnapshotArea(
            id=area.id,
            name=area.name,
            responsible=area.responsible,
            outcomes=area.outcomes,
            measures=tuple(
                freeze_measure.freeze(
                    measure, rows[measure.id], figures.get(measure.id, []), received[measure.id], trends[measure.id]
                )
                for measure in area.measures
                if measure.id in rows
            ),
        )
        for area in shown
        if any(measure.id in rows for measure in area.measures)
    )


def _signals(assessment: Assessment) -> Signals:
    measures = assessment.measures
    shown = measures[limits_shown(measures)]
    return Signals(
        with_limits=len(shown),
        signalling=int(shown["signal"].eq(True).sum()),
        expected_by_chance=round(expected_signals(shown, assessment.series, assessment.spc.points), 2),
    )


def _extracts(extracts: pd.DataFrame | None, areas: Sequence[SnapshotArea]) -> tuple[SnapshotExtract, ...]:
    if extracts is None or extracts.empty:
        return ()
    used = {
        observation.extract_id for area in areas for measure in area.measures for observation in measure.observations
    }
    rows: list[dict[str, Any]] = freeze_measure.records(extracts[list(SnapshotExtract.model_fields)])
    return tuple(SnapshotExtract(**row) for row in rows if row["extract_id"] in used)
