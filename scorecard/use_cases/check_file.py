"""Check a file: what is wrong with it, where, and how to mend it. Nothing is stored."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scorecard.catalogue.observations import latest_known, observations_frame, plan_observations
from scorecard.extract.check import CheckedExtract, check_extract
from scorecard.store import StoreError
from scorecard.use_cases.scorecard import (
    Scorecard,
    Settings,
    UnusableScorecard,
    load_catalogue,
    now,
    open_scorecard,
    who_is_here,
)
from scorecard.use_cases.view_measures import View, view_measures

__all__ = ["CheckedExtract", "check_against_history", "check_file"]

SEVERAL_SOURCES = "Several sources"


def check_file(
    settings: Settings, file_name: str, content: bytes, *, today: date, sheet: str | None = None
) -> CheckedExtract:
    """Checks a file against the catalogue, and against the store's history where the store answers.

    Any file gets an answer: a store that can't be opened costs only the warnings that need history.
    Raises CatalogueError, and UnusableScorecard where the catalogue can't be read.
    """
    catalogue, _ = load_catalogue(settings)
    try:
        with open_scorecard(settings, who_is_here(), now()) as scorecard:
            return check_against_history(scorecard, view_measures(scorecard), file_name, content, today, sheet)[0]
    except (StoreError, UnusableScorecard):
        known = plan_observations(catalogue)
        return check_extract(content, file_name, catalogue, today=today, known=known, sheet=sheet)


def check_against_history(
    scorecard: Scorecard,
    view: View,
    file_name: str,
    content: bytes,
    today: date,
    sheet: str | None = None,
    source: str | None = None,
) -> tuple[CheckedExtract, str]:
    """Checks a file against all that the store knows. Returns the answer, and from which source the file is."""
    known = latest_known(plan_observations(scorecard.catalogue), observations_frame(scorecard.store.observations()))
    closed, limits = closed_figures(scorecard), history_limits(view)

    def check(expected: frozenset[str]) -> CheckedExtract:
        return check_extract(
            content,
            file_name,
            scorecard.catalogue,
            today=today,
            known=known,
            known_source_measures=expected,
            closed=closed,
            limits=limits,
            sheet=sheet,
            origin=scorecard.origin,
        )

    checked = check(frozenset())
    said = source or (checked.sources[0] if len(checked.sources) == 1 else source_of(scorecard, checked))
    expected = measures_of_last_extract(scorecard, said)
    if not checked.refused and expected - set(checked.observations["measure_id"]):
        checked = check(expected)  # Only a file that lacks something is read again, to say so.
    return checked, said


def source_of(scorecard: Scorecard, checked: CheckedExtract) -> str:
    """Who sends a file's measures, by the catalogue: the one source of them all, or several."""
    suppliers = {measure.id: measure.supplied_by for measure in scorecard.catalogue.measures}
    found = sorted({suppliers[measure] for measure in checked.observations["measure_id"].unique()})
    return found[0] if len(found) == 1 else SEVERAL_SOURCES


def measures_of_last_extract(scorecard: Scorecard, source: str) -> frozenset[str]:
    """The measures in the latest extract of a source that was not withdrawn."""
    extracts = scorecard.store.extracts()
    standing = extracts[extracts["withdrawn_at"].isna() & (extracts["source"] == source)]
    if standing.empty:
        return frozenset()
    changes = scorecard.store.extract_changes(int(standing["extract_id"].iloc[-1]))
    return frozenset(changes["measure_id"].unique())


def closed_figures(scorecard: Scorecard) -> pd.DataFrame | None:
    """The figures that an approved snapshot holds, by which a month is closed; None where none is approved."""
    snapshots = scorecard.store.snapshots()
    approved = snapshots[snapshots["state"] == "approved"]
    if approved.empty:
        return None
    through = pd.Timestamp(approved["period"].max()) + pd.offsets.MonthEnd(0)
    known = scorecard.store.observations(as_known_at=approved["as_known_at"].max(), to_period=through.date())
    return known[["measure_id", "area", "period_end", "months", "value", "symbol"]]


def history_limits(view: View) -> pd.DataFrame:
    """The limits of each measure's last segment, where its history allows limits to be shown."""
    shown = view.measures.loc[view.measures["no_limits"].isna() & view.measures["standing"].notna(), "measure_id"]
    points = view.assessment.spc.points
    last = points[points["measure_id"].isin(shown)].groupby(["measure_id", "area"], sort=False).tail(1)
    columns = {"lower_limit": "lower", "upper_limit": "upper"}
    return last[["measure_id", "area", *columns]].rename(columns=columns)
