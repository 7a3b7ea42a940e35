"""Check a file: what is wrong with it, where, and how to mend it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.access.person import Person
from scorecard.analysis.assessment.signals import limits_shown
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.observations import latest_known
from scorecard.core.periods import Period
from scorecard.extract.check_extract import CheckedExtract, check_extract, check_sent, with_missing_measures
from scorecard.extract.check_report import check_report, recognise
from scorecard.extract.files.reader_pool import READERS
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.parse.rows import EarlierFigures, HistoryLookup
from scorecard.store import StoreError
from scorecard.use_cases.catalogue_changes import CatalogueChanged
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import (
    Scorecard,
    Settings,
    UnusableScorecard,
    load_catalogue,
    now,
    open_scorecard,
)
from scorecard.use_cases.progress import Progress, no_progress
from scorecard.use_cases.stored_figures import stored_figures
from scorecard.use_cases.upload.expected_measures import missing_measures
from scorecard.use_cases.upload.recognise_reports import is_report
from scorecard.use_cases.upload.report_layouts import NoSuchLayout, StoredLayout, layout_named, layouts_in_use
from scorecard.use_cases.view.measures import View, areas_shown, view_measures

__all__ = ["CheckedExtract", "FromFile", "HowToRead", "check_against_history", "check_file", "get_ready"]

SEVERAL_SOURCES = "Several sources"
CHECKING = 0.4  # the share of a preview that is done when a large file was read and looked at by itself


@dataclass(frozen=True)
class HowToRead:
    """What a person says of how a file is to be read; what isn't said is found in the file.

    sheet: which sheet of a workbook. source: who made it. layout: the report's own layout, by its name or as it is;
    with `recognise` off, a file that is no extract is not compared with the layouts that are kept. month: the month of
    a report that doesn't say it.
    """

    sheet: str | None = None
    source: str | None = None
    layout: str | StoredLayout | None = None
    recognise: bool = True
    month: date | None = None


PLAINLY = HowToRead()


@dataclass(frozen=True)
class FromFile:
    """What a check of a file gives: the answer, from which source it is, and the layout it was read by (or None)."""

    checked: CheckedExtract
    source: str
    layout: StoredLayout | None


@needs(Permission.READ)
def check_file(
    settings: Settings, file_name: str, content: bytes, *, person: Person, today: date, how: HowToRead = PLAINLY
) -> CheckedExtract:
    """Checks a file against the catalogue, and against the store's history where the store answers.

    Any file gets an answer: a store that can't be opened costs only the warnings that need history, and the layouts.
    Raises CatalogueError, NoSuchLayout, and UnusableScorecard where the catalogue can't be read.
    """
    catalogue, _ = load_catalogue(settings)
    try:
        with open_scorecard(settings, person, now()) as scorecard:
            return check_against_history(scorecard, view_measures(scorecard), file_name, content, today, how).checked
    except NoSuchLayout:
        raise
    except (CatalogueChanged, StoreError, UnusableScorecard):
        known = plan_observations(catalogue)
        return check_extract(content, file_name, catalogue, today=today, known=known, sheet=how.sheet)


@needs(Permission.READ)
def check_against_history(
    scorecard: Scorecard,
    view: View,
    file_name: str,
    content: bytes,
    today: date,
    how: HowToRead = PLAINLY,
    progress: Progress = no_progress,
) -> FromFile:
    """Checks a file against what the store knows of its areas. Raises NoSuchLayout for a layout that isn't kept.

    Only the history of the file's own areas is read, so that a month's file costs the same however many the store has.
    """
    progress(f"Reading the file ({len(content) / 1_000_000:,.1f} MB)", 0.0)
    file = SentFile(content, file_name, lambda ahead: progress(_waiting(ahead), 0.0))
    own = scorecard.catalogue.authority.code

    def history_lookup(areas: frozenset[str] | None) -> EarlierFigures:
        progress("Checking the figures beside their history", CHECKING)
        return earlier_figures(scorecard, view, None if areas is None else areas | {own})

    layout = layout_named(scorecard, how.layout) if isinstance(how.layout, str) else how.layout
    checked = _check(scorecard, file, how, layout, today, history_lookup)
    if layout is None and how.recognise and is_report(checked, layout):
        layout = _recognised(scorecard, file, how)
        checked = checked if layout is None else _check(scorecard, file, how, layout, today, history_lookup)
    source = how.source or (checked.sources[0] if len(checked.sources) == 1 else source_of(scorecard, checked))
    missing = frozenset() if checked.refused else missing_measures(scorecard, checked, source)
    return FromFile(with_missing_measures(checked, scorecard.catalogue, missing), source, layout)


def get_ready() -> None:
    """Starts what reads files, so that the next one finds it ready."""
    READERS.warm()


def _waiting(ahead: int) -> str:
    return f"Waiting: {ahead} other {'file is' if ahead == 1 else 'files are'} read first"


def _check(
    scorecard: Scorecard,
    file: SentFile,
    how: HowToRead,
    layout: StoredLayout | None,
    today: date,
    history_lookup: HistoryLookup,
) -> CheckedExtract:
    catalogue, origin, sheet = scorecard.catalogue, scorecard.origin, how.sheet
    if layout is None:
        return check_sent(file, catalogue, today, history_lookup, sheet=sheet, origin=origin)
    month, called = None if how.month is None else Period(how.month, None), layout.called
    return check_report(
        file, catalogue, layout.layout, today, history_lookup, called=called, sheet=sheet, month=month, origin=origin
    )


def _recognised(scorecard: Scorecard, file: SentFile, how: HowToRead) -> StoredLayout | None:
    """The kept layout that a report has, or most likely had before it changed."""
    layouts = layouts_in_use(scorecard)
    match = recognise(file, [layout.layout for layout in layouts], how.sheet) if layouts else None
    return None if match is None else next(layout for layout in layouts if layout.layout is match.layout)


@needs(Permission.READ)
def source_of(scorecard: Scorecard, checked: CheckedExtract) -> str:
    """Who sends a file's measures, by the catalogue: the one source of them all, or several."""
    suppliers = {measure.id: measure.supplied_by for measure in scorecard.catalogue.measures}
    sources = sorted({suppliers[measure] for measure in checked.observations["measure_id"].unique()})
    return sources[0] if len(sources) == 1 else SEVERAL_SOURCES


@needs(Permission.READ)
def earlier_figures(scorecard: Scorecard, view: View, areas: Set[str] | None) -> EarlierFigures:
    """What is known beside a file of these areas (None: of any): observations, the plan's too, and closed figures,
    and the limits that history gives.

    The store is asked only where the view hasn't all the areas.
    """
    if areas is not None and areas <= set(areas_shown(scorecard.catalogue)):
        together = view.observations[view.observations["area"].isin(areas)]
    else:
        stored = stored_figures(scorecard.store, scorecard.catalogue, areas=areas)
        together = latest_known(plan_observations(scorecard.catalogue), stored)
    return EarlierFigures(together, closed_figures(scorecard, areas), history_limits(view))


@needs(Permission.READ)
def closed_figures(scorecard: Scorecard, areas: Set[str] | None) -> pd.DataFrame | None:
    """What is closed because a board approved it: the areas' figures up to the last approved month, as known then.

    areas: their codes; None for all. Returns measure_id, area, period_end, months, value, symbol; None where no pack
    is approved.
    """
    snapshots = scorecard.store.snapshots()
    approved = snapshots[snapshots["state"] == "approved"]
    if approved.empty:
        return None
    through = pd.Timestamp(approved["period"].max()) + pd.offsets.MonthEnd(0)
    known = stored_figures(
        scorecard.store, scorecard.catalogue, as_known_at=approved["as_known_at"].max(), areas=areas,
        to_period=through.date(),
    )  # fmt: skip
    return known[["measure_id", "area", "period_end", "months", "value", "symbol"]]


def history_limits(view: View) -> pd.DataFrame:
    """The limits of each series' last segment, where limits may be shown: measure_id, area, lower, upper."""
    shown = view.measures.loc[limits_shown(view.measures), "measure_id"]
    points = view.assessment.spc.points
    last = points[points["measure_id"].isin(shown)].groupby(["measure_id", "area"], sort=False).tail(1)
    columns = {"lower_limit": "lower", "upper_limit": "upper"}
    return last[["measure_id", "area", *columns]].rename(columns=columns)
