"""Told then, known now: what a board was told in an approved pack, beside today's figure for the same period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.numbers import NO_FIGURE
from scorecard.core.periods import month_words, parse_period, period_words
from scorecard.core.rows import rows_of
from scorecard.core.vocabulary import NOT_JUDGED, STATUS_WORDS
from scorecard.narrative.phrases import amount
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.use_cases.boards import board_names
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.measures import View

GONE = "taken back"
CSV_COLUMNS = [
    "snapshot_id", "board", "month", "service_area", "measure_id", "measure", "period_end", "months", "told",
    "status_told", "known_now", "revised_by",
]  # fmt: skip


@dataclass(frozen=True)
class ReportedFigure:
    """One figure of a pack, and today's for the same period. now: None where it was taken back since."""

    measure_id: str
    measure: str
    service_area: str
    period_end: date
    months: int
    told: float
    status: str | None
    now: float | None
    told_words: str
    now_words: str
    revised_words: str

    @property
    def revised(self) -> bool:
        """Whether today's figure is another."""
        return self.now != self.told

    @property
    def period(self) -> str:
        """'July 2020', 'year to July 2020'."""
        return period_words(self.period_end, self.months)

    @property
    def status_words(self) -> str:
        """What the board was told of the target."""
        return STATUS_WORDS.get(self.status or "", NOT_JUDGED)


@needs(Permission.READ)
def reported_packs(scorecard: Scorecard) -> dict[str, str]:
    """The packs that boards were given, latest month first: what each is called, by the snapshot's id."""
    known = scorecard.store.snapshots()
    packs = known[known["state"].isin(["approved", "superseded"])]
    names = board_names(scorecard)
    rows = rows_of(packs.sort_values(["period", "taken_at"], ascending=False, kind="stable"))
    return {
        row["snapshot_id"]: (
            f"{names.get(row['board'], row['board'])}, {month_words(parse_period(row['period']).end)}, "
            f"snapshot {row['snapshot_id'][:12]}{', superseded' if row['state'] == 'superseded' else ''}"
        )
        for row in rows
    }


@needs(Permission.READ)
def reported_figures(scorecard: Scorecard, view: View, snapshot_id: str) -> tuple[ReportedFigure, ...]:
    """Every measure's figure in a pack beside what the view knows of the same period now. Raises UnknownSnapshot."""
    snapshot = read_snapshot(scorecard.store.snapshot(snapshot_id))
    known = view.observations
    own = known[(known["area"] == snapshot.authority_code) & known["value"].notna()]
    now = {
        (row["measure_id"], row["period_end"].date(), int(row["months"])): float(row["value"]) for row in rows_of(own)
    }
    return tuple(
        comparison
        for area in snapshot.service_areas
        for measure in area.measures
        for comparison in _told(measure, area.name, now)
    )


def _told(measure: SnapshotMeasure, area: str, now: dict[tuple[str, date, int], float]) -> Iterator[ReportedFigure]:
    row = measure.judgement
    if row.value is None or row.period_end is None or row.months is None:
        return
    today = now.get((measure.id, row.period_end, row.months))
    yield ReportedFigure(
        measure_id=measure.id,
        measure=measure.name,
        service_area=area,
        period_end=row.period_end,
        months=row.months,
        told=row.value,
        status=row.status,
        now=today,
        told_words=measure.figure_words(row.value),
        now_words=GONE if today is None else measure.figure_words(today),
        revised_words=_revised(measure, row.value, today),
    )


def _revised(measure: SnapshotMeasure, value_then: float, today: float | None) -> str:
    """'2 percentage points up', '–' where nothing changed."""
    if today is None or today == value_then:
        return NO_FIGURE if today is not None else GONE
    size = amount({"unit": measure.unit, "decimals": measure.decimals}, abs(today - value_then))
    return f"{size} {'up' if today > value_then else 'down'}"


@needs(Permission.READ)
def reported_frame(scorecard: Scorecard, view: View) -> pd.DataFrame:
    """What boards were told in every approved pack, and what is known now: a row a figure, in CSV_COLUMNS."""
    known = scorecard.store.snapshots().set_index("snapshot_id")
    rows = [
        {
            "snapshot_id": snapshot_id,
            "board": known.at[snapshot_id, "board"],
            "month": known.at[snapshot_id, "period"],
            "service_area": comparison.service_area,
            "measure_id": comparison.measure_id,
            "measure": comparison.measure,
            "period_end": comparison.period_end.isoformat(),
            "months": comparison.months,
            "told": comparison.told,
            "status_told": comparison.status,
            "known_now": comparison.now,
            "revised_by": None if comparison.now is None else round(comparison.now - comparison.told, 10),
        }
        for snapshot_id in reported_packs(scorecard)
        for comparison in reported_figures(scorecard, view, snapshot_id)
    ]
    return pd.DataFrame(rows, columns=CSV_COLUMNS)
