"""View measures: what is known, what it means, in a reporting month, as known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from scorecard.analysis import summary
from scorecard.analysis.assessment import Assessment, assess
from scorecard.analysis.false_alarms import expected_signals
from scorecard.analysis.projection import project
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.observations import latest_known, observations_frame, plan_observations
from scorecard.catalogue.reading import read_catalogue
from scorecard.use_cases.scorecard import Scorecard

HORIZON = 12


@dataclass(frozen=True)
class View:
    """All that a page, an export or the terminal shows of the measures; computed once.

    observations: what was known of the authority, its region and its country. as_known_at: the moment asked for (None:
    now). known_at: the store's last change by then. demonstration: the figures are invented.
    """

    catalogue: Catalogue
    assessment: Assessment
    observations: pd.DataFrame
    as_known_at: datetime | None
    known_at: datetime | None
    demonstration: bool

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
        """How each service area stands (analysis.summary.by_service_area)."""
        return summary.by_service_area(self.measures)

    @cached_property
    def totals(self) -> dict[str, int]:
        """How the whole service stands (analysis.summary.totals)."""
        return summary.totals(self.measures)

    @cached_property
    def better(self) -> pd.DataFrame:
        """What moved most for the better."""
        return summary.biggest_movers(self.measures, for_the_better=True)

    @cached_property
    def worse(self) -> pd.DataFrame:
        """What moved most for the worse."""
        return summary.biggest_movers(self.measures, for_the_better=False)

    @cached_property
    def furthest(self) -> pd.DataFrame:
        """What misses its target by most, as a share of the target."""
        return summary.furthest_from_target(self.measures)

    @cached_property
    def months(self) -> list[pd.Timestamp]:
        """The months that a view can be for, latest first: those with any figure of the authority."""
        own = self.observations.loc[self.observations["area"] == self.catalogue.authority.code, "period_end"]
        return sorted(own.unique(), reverse=True) or [self.month]

    @cached_property
    def projection(self) -> pd.DataFrame:
        """Twelve months ahead for every measure whose figures stand alone; shares and counts kept in bounds."""
        own = self.assessment.series
        known = self.measures.set_index("measure_id")
        standing = own["measure_id"].map(known["standing"])
        projected = own[standing.fillna("").ne("not_applicable").to_numpy(dtype=bool)]
        bounds = pd.DataFrame(
            {
                "measure_id": self.measures["measure_id"],
                "lower": 0.0,
                "upper": self.measures["maximum"].fillna(100.0).where(self.measures["unit"] == "percent"),
            }
        )
        return project(projected, HORIZON, bounds)

    @cached_property
    def expected_by_chance(self) -> float:
        """How many measures would signal this month if nothing but chance were at work."""
        shown = self.measures.loc[self.measures["variation"].notna(), "measure_id"]
        series = self.assessment.spc.series
        return expected_signals(series.loc[series["measure_id"].isin(shown), "segment_points"])


def view_measures(scorecard: Scorecard, month: date | None = None, as_known_at: datetime | None = None) -> View:
    """Assesses every measure for a month (None: the latest with any figure), as known at a moment (None: now).

    An earlier moment uses the catalogue of that moment: its targets, definitions and rebases.
    """
    catalogue = catalogue_as_known(scorecard, as_known_at)
    authority = catalogue.authority
    areas = [authority.code, authority.region.code, authority.country.code]
    stored = scorecard.store.observations(as_known_at=as_known_at, areas=areas)
    observations = latest_known(plan_observations(catalogue), observations_frame(stored))
    known_at = scorecard.store.last_change()
    if as_known_at is not None and known_at is not None:
        known_at = min(known_at, as_known_at)
    return View(
        catalogue=catalogue,
        assessment=assess(catalogue, observations, None if month is None else pd.Timestamp(month)),
        observations=observations,
        as_known_at=as_known_at,
        known_at=known_at,
        demonstration=scorecard.demonstration,
    )


def catalogue_as_known(scorecard: Scorecard, as_known_at: datetime | None) -> Catalogue:
    """The catalogue in force at a moment; before the first that was kept, and for now, the present one."""
    content = scorecard.store.catalogue_at(as_known_at) if as_known_at is not None else None
    return read_catalogue(content, "the catalogue of that time") if content is not None else scorecard.catalogue
