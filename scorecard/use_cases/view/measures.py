"""View measures: what is known, what it means, in a reporting month, as known at a moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.assessment import summary
from scorecard.analysis.assessment.assess import Assessment, assess
from scorecard.analysis.assessment.chance import alarms_by_segment, expected_signals
from scorecard.analysis.assessment.exceptions import expected_exceptions
from scorecard.analysis.projection.outlook import outlook, projected_series, unprojected
from scorecard.analysis.projection.project import project
from scorecard.analysis.spc.stable import Alarms
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_could_be_read, plan_observations
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.core.known_at import known_at_words
from scorecard.core.observations import latest_known
from scorecard.core.rows import Row, rows_by_measure, rows_of
from scorecard.narrative.measure import with_words
from scorecard.narrative.outlook import no_projection_words, outlook_words, projection_words
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.stored_figures import of_present_definition, stored_figures

HORIZON = 12
Made = TypeVar("Made")


class Memoised:
    """What keeps what was made of it already: sessions share it, so whoever asks second finds it there."""

    memo: dict[Hashable, Any]

    def memoised(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes, made the first time that the key is asked for."""
        if key not in self.memo:
            self.memo[key] = make()
        return cast(Made, self.memo[key])


@dataclass(frozen=True)
class KnownFigures(Memoised):
    """What was known at a moment, whatever the reporting month: the views of all months share it.

    observations: of the authority, its region and its country. as_known_at: the moment asked for (None: now). known_at:
    the store's last change by then.
    """

    catalogue: Catalogue
    observations: pd.DataFrame
    as_known_at: datetime | None
    known_at: datetime | None
    memo: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class View(Memoised):
    """All that a page, an export or the terminal shows of the measures in a reporting month; computed once.

    known: what it rests on. demonstration: the figures are invented.
    """

    known: KnownFigures
    assessment: Assessment
    demonstration: bool
    memo: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in force at the moment."""
        return self.known.catalogue

    @property
    def observations(self) -> pd.DataFrame:
        """What was known of the authority, its region and its country."""
        return self.known.observations

    @property
    def as_known_at(self) -> datetime | None:
        """The moment asked for; None: now."""
        return self.known.as_known_at

    @property
    def known_at(self) -> datetime | None:
        """The store's last change by the moment."""
        return self.known.known_at

    @property
    def measures(self) -> pd.DataFrame:
        """One row a measure: the assessment."""
        return self.assessment.measures

    @property
    def month(self) -> pd.Timestamp:
        """The reporting month's last day."""
        return self.assessment.month

    @cached_property
    def by_service_area(self) -> pd.DataFrame:
        """How each service area stands (analysis.assessment.summary.by_service_area)."""
        return summary.by_service_area(self.measures)

    @cached_property
    def totals(self) -> dict[str, int]:
        """How the whole service stands (analysis.assessment.summary.totals)."""
        return summary.totals(self.measures)

    @cached_property
    def months(self) -> list[pd.Timestamp]:
        """The months that a view can be for, latest first: those with any figure of the authority."""
        own = self.observations.loc[self.observations["area"] == self.catalogue.authority.code, "period_end"]
        return sorted(own.unique(), reverse=True) or [self.month]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The row of each measure as a plain dict, by its id, in the plan's order."""
        return {row["measure_id"]: row for row in rows_of(self.measures)}

    def row(self, measure_id: str) -> Row:
        """One measure's row of the assessment. Raises KeyError for a measure that the view doesn't have."""
        return self.rows[measure_id]

    def in_area(self, service_area_id: str) -> list[str]:
        """The ids of a service area's measures, in the plan's order."""
        return [measure_id for measure_id, row in self.rows.items() if row["service_area_id"] == service_area_id]

    def series_of(self, measure_id: str) -> pd.DataFrame:
        """One measure's own rows of assessment.series; none where it has no figure."""
        return self._series.get(measure_id, self.assessment.series.iloc[:0])

    def series_rows_of(self, measure_id: str) -> list[Row]:
        """One measure's own rows of assessment.series, as plain rows."""
        return self._series_rows.get(measure_id, [])

    def points_rows_of(self, measure_id: str) -> list[Row]:
        """`points_of` as plain rows."""
        return self._points_rows.get(measure_id, [])

    def points_of(self, measure_id: str) -> pd.DataFrame:
        """One measure's rows of assessment.spc.points."""
        return self._points.get(measure_id, self.assessment.spc.points.iloc[:0])

    def projection_of(self, measure_id: str) -> pd.DataFrame:
        """One measure's projection, within the bounds of what its figures can be."""
        return self._projections.get(measure_id, self.projection.iloc[:0])

    def others_of(self, measure_id: str) -> pd.DataFrame | None:
        """The region's and England's own observations of a measure; None where none were sent."""
        return self._others.get(measure_id)

    def limits_rest_on(self, measure_id: str) -> int:
        """How many figures the latest limits of a measure rest on."""
        series = self.assessment.spc.series
        points = series.loc[series["measure_id"] == measure_id, "segment_points"]
        return 0 if points.empty else int(points.iloc[0])

    @cached_property
    def _series(self) -> dict[str, pd.DataFrame]:
        return by_measure(self.assessment.series)

    @cached_property
    def _points(self) -> dict[str, pd.DataFrame]:
        return by_measure(self.assessment.spc.points)

    @cached_property
    def _series_rows(self) -> dict[str, list[Row]]:
        return rows_by_measure(self.assessment.series)

    @cached_property
    def _points_rows(self) -> dict[str, list[Row]]:
        return rows_by_measure(self.assessment.spc.points)

    @cached_property
    def _projections(self) -> dict[str, pd.DataFrame]:
        return by_measure(self.projection)

    @cached_property
    def _others(self) -> dict[str, pd.DataFrame]:
        return by_measure(self.observations[self.observations["area"] != self.catalogue.authority.code])

    @cached_property
    def unprojected(self) -> pd.DataFrame:
        """Why measures are not projected (projection.outlook.unprojected)."""
        return unprojected(self.assessment)

    @cached_property
    def free_projection(self) -> pd.DataFrame:
        """Twelve months ahead for every measure that is projected, as the chances of meeting a target want it: without
        bounds, for a bounded interval has forgotten how far it reached.
        """
        return project(projected_series(self.assessment, self.unprojected), HORIZON, settings=self.measures)

    @cached_property
    def projection(self) -> pd.DataFrame:
        """`free_projection` as it is drawn: shares and counts kept to what they can be."""
        known = self.measures.set_index("measure_id")
        most = known["maximum"].fillna(100.0).where(known["unit"] == "percent")
        names = ["projected", "lower_80", "upper_80", "lower_95", "upper_95"]
        free = self.free_projection
        highest = free["measure_id"].map(most)
        return free.assign(**{name: free[name].clip(lower=0.0).clip(upper=highest) for name in names})

    @cached_property
    def outlook(self) -> dict[str, str]:
        """For each measure the chance that it meets its target, in words, or why there is none to give."""
        return outlook_words(self.measures, self.chances)

    @cached_property
    def chances(self) -> pd.DataFrame:
        """The chance that each measure meets its target by its date, or within twelve months (projection.outlook)."""
        return outlook(self.assessment, self.free_projection, self.unprojected)

    @cached_property
    def looking_ahead(self) -> Assessment:
        """The assessment with the words of what lies ahead beside it: outlook_words and projection_words."""
        projected = projection_words(self.measures, self.projection)
        ids = self.measures["measure_id"]
        outlook_columns = {"outlook_words": ids.map(self.outlook), "projection_words": ids.map(projected)}
        return self.assessment._replace(measures=self.measures.assign(**outlook_columns))

    @cached_property
    def no_projection(self) -> dict[str, str]:
        """Why a measure is not projected, by its id; those that are, are not in it."""
        return no_projection_words(self.measures, self.unprojected)

    @cached_property
    def grid(self) -> pd.DataFrame:
        """Variation × assurance, each pair counted once (analysis.assessment.summary.grid)."""
        return summary.grid(self.measures[self.measures["counted"]])

    def cell(self, variation: str, assurance: str) -> list[str]:
        """The ids of the measures in a cell of the grid, in the plan's order."""
        return list(cast(list[str], self.grid.loc[variation, assurance]))

    @cached_property
    def too_little(self) -> dict[str, list[str]]:
        """The measures that stand in no cell of the grid, each pair once, by why their change isn't shown."""
        reasons: dict[str, list[str]] = {}
        for measure_id, row in self.rows.items():
            if row["counted"] and pd.isna(row["variation"]):
                why = "no figure yet" if pd.isna(row["no_limits"]) else str(row["no_limits"])
                reasons.setdefault(why, []).append(measure_id)
        return reasons

    @cached_property
    def signals_shown(self) -> int:
        """How many measures have enough figures to tell change from chance."""
        return int(self.measures["variation"].notna().sum())

    @cached_property
    def signalling(self) -> int:
        """How many of those signal in their latest figure."""
        return int(self.measures["signal"].sum())

    @property
    def rebase_proposals(self) -> pd.DataFrame:
        """Where a shift has come to stay and limits may be shown (analysis.spc.rebase.suggest_rebase)."""
        return self.assessment.rebases

    def alarms(self, measure_id: str) -> dict[int, Alarms]:
        """How often stable series like each segment of a measure's would signal."""
        return alarms_by_segment(self.row(measure_id), self.series_of(measure_id), self.points_of(measure_id))

    @cached_property
    def expected_by_chance(self) -> float:
        """How many measures would signal this month if nothing but chance were at work: each one's own, added up."""
        shown = self.measures.loc[self.measures["variation"].notna(), ["measure_id", "unit", "decimals"]]
        return expected_signals(shown, self.assessment.series, self.assessment.spc.points)

    @cached_property
    def exceptions_by_chance(self) -> float:
        """How many missed targets would be exceptions if nothing but chance were at work."""
        return expected_exceptions(self.measures, self.assessment.series, self.assessment.spc.points)


def by_measure(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A frame's rows by measure, so that asking for one costs nothing, however long the history is."""
    return {str(measure_id): rows for measure_id, rows in frame.groupby("measure_id", sort=False)}


@needs(Permission.READ)
def known_figures(scorecard: Scorecard, as_known_at: datetime | None = None) -> KnownFigures:
    """What was known of the measures at a moment (None: now), read by the catalogue of that moment: its targets,
    definitions and rebases.
    """
    catalogue = catalogue_as_known(scorecard, as_known_at)
    stored = stored_figures(scorecard.store, catalogue, as_known_at=as_known_at, areas=areas_shown(catalogue))
    observations = latest_known(of_present_definition(plan_observations(catalogue, as_known_at), catalogue), stored)
    return KnownFigures(catalogue, observations, as_known_at, moment_of_knowledge(scorecard, as_known_at))


@needs(Permission.READ)
def view_measures(
    scorecard: Scorecard,
    month: date | None = None,
    as_known_at: datetime | None = None,
    known: KnownFigures | None = None,
) -> View:
    """Assesses every measure for a month (None: the latest with any figure), as known at a moment (None: now).

    known: of that moment, where the caller has asked for it already.
    """
    known = known or known_figures(scorecard, as_known_at)
    assessed = assess(
        known.catalogue,
        known.observations,
        None if month is None else pd.Timestamp(month),
        None if known.known_at is None else pd.Timestamp(known.known_at),
    )
    return View(known=known, assessment=with_words(assessed), demonstration=scorecard.demonstration)


@needs(Permission.READ)
def moment_of_knowledge(scorecard: Scorecard, as_known_at: datetime | None) -> datetime | None:
    """The store's last change, or the moment that is asked for where it is earlier; None in a store without any."""
    changed = scorecard.store.last_change()
    return changed if changed is None or as_known_at is None else min(changed, as_known_at)


@needs(Permission.READ)
def nothing_loaded_by(scorecard: Scorecard, as_known_at: datetime | None) -> str | None:
    """What to say where nothing had been loaded by the moment asked for; None where something had, or none is asked."""
    first = scorecard.store.first_load() if as_known_at is not None else None
    if as_known_at is None or (first is not None and first <= as_known_at):
        return None
    began = f" The first file was loaded at {known_at_words(first)}." if first is not None else ""
    plan = "the figures are the plan's own"
    if not plan_could_be_read(scorecard.catalogue, as_known_at):
        plan = f"the plan ({scorecard.catalogue.plan.edition}) was not there yet"
    return f"Nothing had been loaded by {known_at_words(as_known_at)}: {plan}.{began}"


def areas_shown(catalogue: Catalogue) -> tuple[str, str, str]:
    """The areas whose observations a view has: the authority, its region and its country."""
    authority = catalogue.authority
    return authority.code, authority.region.code, authority.country.code


@needs(Permission.READ)
def catalogue_as_known(scorecard: Scorecard, as_known_at: datetime | None) -> Catalogue:
    """The catalogue in force at a moment; before the first that was kept, and for now, the present one."""
    content = scorecard.store.catalogue_at(as_known_at) if as_known_at is not None else None
    if content == scorecard.catalogue_content:
        return scorecard.catalogue
    return read_catalogue(content, "the catalogue of that time") if content is not None else scorecard.catalogue
