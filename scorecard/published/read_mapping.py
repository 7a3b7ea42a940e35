"""Reads config/published.yaml: text in, a frozen Mapping out, or every fault at once with its line and remedy."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.catalogue.errors import (
    CatalogueError,
    Path,
    did_you_mean,
    yaml_value,
)
from scorecard.catalogue.faults import Faults, model_of
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.yaml_file import Tree
from scorecard.core.numbers import PER_UNIT, count_of
from scorecard.published.mapping import (
    Mapping,
    MeasureMapping,
    PublishedFigure,
    Source,
)

SLIP = 0.9  # how near an id is to another where it is taken for a slip of the pen: a letter or two of it


class MappingError(CatalogueError):
    """The mapping can't be used. `faults` has every reason; the message lists them, one a line."""

    read = "The mapping of published figures"


def read_mapping(content: bytes, catalogue: Catalogue, file: str = "config/published.yaml") -> Mapping:
    """Reads and checks the mapping.

    content: the file's bytes. catalogue: whose measures it may list; those of other catalogues are left out, and of
    one that it doesn't list nothing published is known. file: its name, for the faults.
    Returns the frozen Mapping. Raises MappingError with every fault: file, line, where, found, remedy.
    """
    faults = Faults(file, Tree(content), "the mapping")
    mapping = model_of(faults, Mapping) if faults.tree.value is not None else None
    if mapping is not None:
        _check_once(faults, mapping)
        _check_measures(faults, mapping, catalogue)
        _check_sources(faults, mapping, catalogue)
    elif not faults.found:
        faults.at((), "nothing", "A mapping has publications, each with its figures, and measures.")
    if faults.found or mapping is None:
        raise MappingError(faults.in_order())
    lines = {figure.id: faults.tree.line_of((*path, "headers")) for path, figure in _figures(mapping)}
    return _as_far_as_the_catalogue_allows(mapping, catalogue).with_lines(lines)


def _as_far_as_the_catalogue_allows(mapping: Mapping, catalogue: Catalogue) -> Mapping:
    """The catalogue's measures, and figures that say no maximum with that of the measures they are printed for."""
    allowed = {measure.id: measure.maximum for measure in catalogue.measures}
    measures = tuple(measure for measure in mapping.measures if measure.id in allowed)
    most = {
        source.figure: allowed[measure.id]
        for measure in measures
        for source in measure.sources
        if source.figure is not None
    }

    def bounded(figure: PublishedFigure) -> PublishedFigure:
        return figure.model_copy(update={"maximum": figure.maximum or most.get(figure.id)})

    publications = tuple(
        publication.model_copy(update={"figures": tuple(bounded(figure) for figure in publication.figures)})
        for publication in mapping.publications
    )
    return Mapping(publications=publications, measures=measures)  # made again: a copy would keep what it worked out


def _figures(mapping: Mapping) -> Iterator[tuple[Path, PublishedFigure]]:
    for first, publication in enumerate(mapping.publications):
        for second, figure in enumerate(publication.figures):
            yield ("publications", first, "figures", second), figure


def _check_once(faults: Faults, mapping: Mapping) -> None:
    """Ids are given once."""
    named: list[tuple[str, Path, str]] = [
        ("publication", ("publications", index), publication.id)
        for index, publication in enumerate(mapping.publications)
    ]
    named += [("figure", path, figure.id) for path, figure in _figures(mapping)]
    named += [("measure", ("measures", index), measure.id) for index, measure in enumerate(mapping.measures)]
    seen: dict[tuple[str, str], Path] = {}
    for what, path, identifier in named:
        if (what, identifier) in seen:
            first = faults.tree.line_of((*seen[what, identifier], "id"))
            faults.at((*path, "id"), yaml_value(identifier), f"Line {first} has it already: name each {what} once.")
        seen.setdefault((what, identifier), path)


def _check_measures(faults: Faults, mapping: Mapping, catalogue: Catalogue) -> None:
    """A measure that the catalogue hasn't got is another catalogue's, unless it is nearly one that isn't listed."""
    listed = {measure.id for measure in mapping.measures}
    known = {measure.id for measure in catalogue.measures}
    for index, mapped in enumerate(mapping.measures):
        if mapped.id not in known and (hint := did_you_mean(mapped.id, sorted(known - listed), nearness=SLIP)):
            faults.at(
                ("measures", index, "id"),
                yaml_value(mapped.id),
                f"The catalogue has no such measure. {hint}",
                mapped.id,
            )
        if (mapped.match == "none") != (not mapped.sources):
            sources_text = count_of(len(mapped.sources), "source") if mapped.sources else "no sources"
            remedy = "match: none has no sources, and same and near have at least one."
            faults.at(("measures", index, "match"), f"{mapped.match} and {sources_text}", remedy, mapped.id)


def _check_sources(faults: Faults, mapping: Mapping, catalogue: Catalogue) -> None:
    units = {measure.id: measure.unit for measure in catalogue.measures}
    for index, mapped in enumerate(mapping.measures):
        for source_index, source in enumerate(mapped.sources):
            path: Path = ("measures", index, "sources", source_index)
            if (source.figure is None) == (source.derived is None):
                faults.at(path, "figure and derived" if source.figure else "neither", "Give one of the two.", mapped.id)
                continue
            unknown = _unknown(source, mapping)
            for where, figure_id in unknown:
                hint = did_you_mean(figure_id, [*mapping.figures])
                remedy = f"No publication has a figure of this id. {hint}".rstrip()
                faults.at((*path, *where), yaml_value(figure_id), remedy, mapped.id)
            if not unknown and mapped.id in units:
                _check_unit(faults, path, mapped, source, mapping, units[mapped.id])


def _unknown(source: Source, mapping: Mapping) -> list[tuple[Path, str]]:
    named: list[tuple[Path, str | None]] = [
        (("figure",), source.figure), (("numerator",), source.numerator), (("denominator",), source.denominator)
    ]  # fmt: skip
    if source.derived:
        named += [(("derived", "numerator"), source.derived.numerator)]
        named += [(("derived", "denominator"), source.derived.denominator)]
    return [(path, figure) for path, figure in named if figure is not None and figure not in mapping.figures]


def _check_unit(
    faults: Faults, path: Path, measure: MeasureMapping, source: Source, mapping: Mapping, unit: str
) -> None:
    """A figure is given in the unit of the measure that it feeds."""
    if source.figure is not None:
        own = mapping.figures[source.figure].unit
        if own != unit:
            faults.at(
                (*path, "figure"), f"a figure in {own}", f"The measure is in {unit}: they must be one.", measure.id
            )
    elif source.derived and source.derived.per != PER_UNIT.get(unit, 1):  # type: ignore[call-overload]
        remedy = f"The measure is in {unit}: per is {PER_UNIT[unit]:g}."  # type: ignore[index]
        faults.at((*path, "derived", "per"), f"{source.derived.per:g}", remedy, measure.id)
