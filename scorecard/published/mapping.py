"""Which published figures feed which measures, as config/published.yaml says it. Frozen; validated once, on reading."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from scorecard.catalogue.models import Frozen, Identifier, Month, Text
from scorecard.core.types import ComparatorKind, Unit

Format = Literal["ees", "lait"]
Match = Literal["same", "near", "none"]
Counts = Literal["day", "year"]
MonthOfYear = Annotated[int, Field(strict=True, ge=1, le=12)]
Header = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Per = Annotated[float, Field(gt=0, allow_inf_nan=False)]
YEAR = 12  # months


class Place(Frozen):
    """Where a figure is in one generation of a file: its indicator, and the choice that each filter is fixed to."""

    indicator: Header
    filters: dict[Header, Header] = Field(default_factory=dict)


class PublishedFigure(Frozen):
    """One figure that a publication prints for every authority. headers: every generation of its place."""

    id: Identifier
    name: Text
    unit: Unit
    counts: Counts
    year_ends: MonthOfYear
    year_type: Text | None = None  # what LAIT's dictionary calls its year
    maximum: Annotated[float, Field(gt=0)] | None = None
    ships_from: Annotated[int, Field(strict=True, ge=1990)] | None = None  # the year from which figures ship
    headers: Annotated[tuple[Place, ...], Field(min_length=1)]

    @property
    def months(self) -> int:
        """How many months a figure of a whole year covers: 1 where it counts a day."""
        return 1 if self.counts == "day" else YEAR

    @property
    def most(self) -> float | None:
        """The most that it can be; None where nothing bounds it."""
        return self.maximum or (100.0 if self.unit == "percent" else None)


class Publication(Frozen):
    """A data set that is published again and again, each time as a new edition."""

    id: Identifier
    name: Text
    publisher: Text
    format: Format
    licence: Text
    address: Text
    figures: Annotated[tuple[PublishedFigure, ...], Field(min_length=1)]


class Derived(Frozen):
    """A figure that is worked out of two others of the same area and period: numerator / denominator × per."""

    numerator: Identifier
    denominator: Identifier
    per: Per


class Source(Frozen):
    """Where a measure's figures come from: a printed figure, with the counts behind it where printed, or a derived one.

    numerator and denominator are of the figure itself: the children counted, and those they are counted among.
    """

    figure: Identifier | None = None
    numerator: Identifier | None = None
    denominator: Identifier | None = None
    derived: Derived | None = None

    @property
    def counts(self) -> tuple[str | None, str | None]:
        """The figures of numerator and denominator."""
        return (
            (self.derived.numerator, self.derived.denominator) if self.derived else (self.numerator, self.denominator)
        )

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that it needs."""
        named = (self.figure, *self.counts)
        return tuple(dict.fromkeys(figure for figure in named if figure is not None))


class PlanPrinted(Frozen):
    """What one of the plan's own comparators is: of which period, and divided by how many; or why that isn't known.

    divided_by: authorities of an average, or 12 of a month's share of a year.
    """

    comparator: ComparatorKind
    period: Month | None = None
    divided_by: Annotated[int, Field(strict=True, ge=1)] | None = None
    words: Text | None = None


class MeasureMapping(Frozen):
    """How a measure stands to what is published: the same, near to it, or none; and why, in words."""

    id: Identifier
    match: Match
    words: Text
    sources: tuple[Source, ...] = ()
    printed: tuple[PlanPrinted, ...] = ()


class Mapping(Frozen):
    """The whole of config/published.yaml."""

    publications: Annotated[tuple[Publication, ...], Field(min_length=1)]
    measures: tuple[MeasureMapping, ...]
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    @cached_property
    def figures(self) -> dict[str, PublishedFigure]:
        """Every published figure, by its id."""
        return {figure.id: figure for publication in self.publications for figure in publication.figures}

    @cached_property
    def publication_of(self) -> dict[str, Publication]:
        """The publication of each figure."""
        return {figure.id: publication for publication in self.publications for figure in publication.figures}

    @cached_property
    def by_measure(self) -> dict[str, MeasureMapping]:
        """Each measure's entry, by its id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def fed(self) -> tuple[MeasureMapping, ...]:
        """The measures that published figures feed."""
        return tuple(measure for measure in self.measures if measure.sources)

    def feeds(self, figure_id: str) -> tuple[str, ...]:
        """The measures that a figure feeds."""
        return tuple(
            measure.id for measure in self.fed if any(figure_id in source.figures for source in measure.sources)
        )

    def line_of(self, figure_id: str) -> int | None:
        """The line of the mapping that a figure's headers stand on."""
        return self._lines.get(figure_id)

    def with_lines(self, lines: dict[str, int]) -> Mapping:
        """The mapping with the line of its file that each figure is on."""
        self._lines.update(lines)
        return self
