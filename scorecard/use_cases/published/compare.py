"""Compare measures by the published figures: those that ship, and those of the editions that were imported."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.published.authorities import members_of
from scorecard.published.measures import figures_of_measures
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.published.comparison import Comparison
from scorecard.use_cases.published.known_figures import first_figures, known_figures
from scorecard.use_cases.published.reference import Reference, load_reference


@needs(Permission.READ)
def compare_published(
    scorecard: Scorecard,
    measure_ids: Collection[str] | None = None,
    edition: str | None = None,
    as_known_at: datetime | None = None,
) -> Comparison:
    """Our published figures beside others', of some measures (None: of all that publications feed).

    edition: a neighbours' list for all periods. Raises KeyError for an edition that isn't there, MappingError,
    UnusableScorecard, StoreError.
    """
    reference = load_reference(scorecard)
    if edition is not None:
        reference.neighbours.edition(edition)
    wanted = [measure.id for measure in reference.mapping.fed if measure_ids is None or measure.id in measure_ids]
    ids = figures_behind(reference, wanted)
    known = known_figures(scorecard, ids, as_known_at)
    if known is reference.shipped_sorted(tuple(ids)):
        return of_what_ships(reference, tuple(wanted), edition)
    comparison = comparison_of(scorecard, wanted, known, edition)
    ours = {str(area) for area in comparison.figures["area"].unique() if comparison.own in members_of(str(area))}
    first = first_figures(scorecard, known, {*ours, comparison.region, comparison.country}, as_known_at)
    early = None if first.empty else figures_of_measures(reference.mapping, first, wanted).figures
    return replace(comparison, first=early)


def figures_behind(reference: Reference, measure_ids: Collection[str]) -> list[str]:
    """The published figures that some measures are made of, sorted."""
    mapped = [measure for measure in reference.mapping.fed if measure.id in measure_ids]
    return sorted({figure for measure in mapped for source in measure.sources for figure in source.figures})


@needs(Permission.READ)
def comparison_of(
    scorecard: Scorecard, measure_ids: Collection[str], known: pd.DataFrame, edition: str | None = None
) -> Comparison:
    """How measures compare by the published figures that are handed in (store.PUBLISHED_COLUMNS)."""
    return _made(load_reference(scorecard), measure_ids, known, edition, demonstration=scorecard.demonstration)


@lru_cache(maxsize=16)
def of_what_ships(reference: Reference, measure_ids: tuple[str, ...], edition: str | None) -> Comparison:
    """How measures compare where no edition was imported: the same for every store."""
    known = reference.shipped_sorted(tuple(figures_behind(reference, measure_ids)))
    return _made(reference, measure_ids, known, edition, demonstration=False)


def _made(
    reference: Reference, measure_ids: Collection[str], known: pd.DataFrame, edition: str | None, *, demonstration: bool
) -> Comparison:
    figures = figures_of_measures(reference.mapping, known, list(measure_ids))
    authority = reference.catalogue.authority
    return Comparison(
        catalogue=reference.catalogue,
        reference=reference,
        figures=figures.figures,
        found=figures,
        own=reference.own_number(reference.catalogue),
        region=reference.number_of(authority.region.code, authority.region.name),
        country=reference.number_of(authority.country.code, authority.country.name),
        edition=edition,
        demonstration=demonstration,
    )
