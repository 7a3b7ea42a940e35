"""View completeness: what came of each measure and month, who owes what for the coming board, and data quality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.data_quality import completeness as analysis
from scorecard.analysis.data_quality.completeness import (
    HOLDS,
    LATE_ALLOWED,
    MARK_RULES,
    MARKS,
    MISSING_ALLOWED,
    NOTHING_OVERDUE,
    STABLE_SHARE,
    STATES,
    WARNINGS_ALLOWED,
    WINDOW,
)
from scorecard.analysis.data_quality.revisions import FEWEST_SENT_AGAIN, UsualRevision, usual_revision
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.rows import rows_with_none
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.stored_figures import of_present_definition, under_present_ids
from scorecard.use_cases.view.measures import KnownFigures, View, known_figures, view_measures

__all__ = [
    "FEWEST_SENT_AGAIN",
    "HOLDS",
    "LATE_ALLOWED",
    "MARKS",
    "MARK_RULES",
    "MISSING_ALLOWED",
    "NOTHING_OVERDUE",
    "STABLE_SHARE",
    "STATES",
    "WARNINGS_ALLOWED",
    "WINDOW",
    "CompletenessView",
    "QualityRow",
    "completeness_of",
    "usual_revision_of",
    "view_completeness",
]


QualityRow = dict[str, Any]


@dataclass(frozen=True)
class CompletenessView:
    """The matrix, the marks and what is owed (data_quality.completeness) of a reporting month, as known at a moment."""

    catalogue: Catalogue
    month: pd.Timestamp
    completeness: analysis.Completeness

    @cached_property
    def _marks(self) -> dict[str, QualityRow]:
        return {row["measure_id"]: row for row in rows_with_none(self.completeness.marks)}

    def marks_of(self, measure_id: str) -> QualityRow:
        """A measure's marks (analysis.data_quality.completeness.MARK_COLUMNS), None where one can't be judged."""
        return self._marks[measure_id]


@needs(Permission.READ)
def view_completeness(
    scorecard: Scorecard,
    month: date | None = None,
    as_known_at: datetime | None = None,
    *,
    months: int = WINDOW,
    known: KnownFigures | None = None,
) -> CompletenessView:
    """What came and what didn't, up to a reporting month (None: the latest with any figure of the authority).

    known: of that moment, where the caller has asked for it already.
    """
    known = known or known_figures(scorecard, as_known_at)
    end = pd.Timestamp(month) if month is not None else view_measures(scorecard, None, as_known_at, known).month
    sent = known.memoised("sent", lambda: _sent(scorecard, known))
    completeness = analysis.completeness(
        known.catalogue,
        sent.versions,
        end,
        known_at=None if known.known_at is None else pd.Timestamp(known.known_at),
        first_sent=sent.first,
        accepted=sent.accepted,
        received=sent.came,
        months=months,
    )
    return CompletenessView(known.catalogue, end, completeness)


@needs(Permission.READ)
def completeness_of(scorecard: Scorecard, view: View, months: int = WINDOW) -> CompletenessView:
    """What came and what didn't of what a view shows; found once for all who share the view."""

    def find() -> CompletenessView:
        return view_completeness(scorecard, view.month.date(), view.as_known_at, months=months, known=view.known)

    return view.memoised(("completeness", months), find)


class _Sent(NamedTuple):
    """What was sent by a moment, whatever the reporting month: every version, what came of each figure, the
    warnings that were accepted, and when the first extract came.
    """

    versions: pd.DataFrame
    came: analysis.ReceivedFigures
    accepted: pd.DataFrame
    first: pd.Timestamp | None


def _sent(scorecard: Scorecard, known: KnownFigures) -> _Sent:
    extracts = scorecard.store.extracts(known.as_known_at)
    standing = extracts[extracts["withdrawn_at"].isna()]
    accepted = pd.DataFrame(
        scorecard.store.accepted(standing["extract_id"].tolist()),
        columns=["measure_id", "extract_id", "code", "found", "reason"],
    )
    accepted = accepted.merge(standing[["extract_id", "submitted_at"]], on="extract_id", how="left")
    versions = _versions_of(scorecard, known.catalogue, standing["extract_id"], known.as_known_at)
    return _Sent(
        versions,
        analysis.received_figures(versions),
        accepted.dropna(subset=["measure_id"]).rename(columns={"submitted_at": "accepted_at"}),
        None if extracts.empty else extracts["submitted_at"].min(),
    )


def _versions_of(
    scorecard: Scorecard, catalogue: Catalogue, standing: pd.Series[Any], as_known_at: datetime | None
) -> pd.DataFrame:
    """Every version of the authority's own figures, the plan's first, without those of withdrawn extracts.

    The agreed columns and recorded_to, as they stood at the moment: NaT where the version was in force then.
    """
    stored = under_present_ids(scorecard.store.versions(catalogue.authority.code), catalogue)
    stored = of_present_definition(stored, catalogue)
    stored = stored[stored["extract_id"].isin(standing)]
    if as_known_at is not None:
        moment = pd.Timestamp(as_known_at)
        stored = stored[stored["recorded_from"] <= moment]
        stored = stored.assign(recorded_to=stored["recorded_to"].where(stored["recorded_to"] <= moment))
    printed = plan_observations(catalogue, as_known_at)
    key = ["measure_id", "period_end", "months"]
    covered = pd.MultiIndex.from_frame(printed[key]).isin(pd.MultiIndex.from_frame(stored[key]))
    # The plan's own figure is in force until an extract says something of the same month.
    ended = pd.Series(pd.NaT, index=printed.index, dtype="datetime64[us, UTC]")
    ended[covered] = stored["recorded_from"].min()
    printed = printed.assign(recorded_to=ended)
    return pd.concat([printed, stored], ignore_index=True) if len(stored) else printed


def usual_revision_of(seen: CompletenessView, measure_id: str) -> UsualRevision | None:
    """How much the first figures of a measure are usually revised; None while too few were sent again to say."""
    measure, known = seen.catalogue.measure(measure_id), seen.completeness.revisions
    return usual_revision(known[known["measure_id"] == measure_id], measure.unit, measure.decimals)
