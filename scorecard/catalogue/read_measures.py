"""Reads measures.yaml: text in, a frozen Catalogue out, or every fault at once with its line, measure and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorecard.catalogue.errors import (
    CatalogueError,
    CatalogueFault,
    Path,
    cut,
    did_you_mean,
    yaml_value,
)
from scorecard.catalogue.faults import Faults, model_of, value_at
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.sense import area_faults, measure_faults, names_given_twice, texts_that_cannot_be_shown
from scorecard.catalogue.yaml_file import Tree

__all__ = ["CatalogueError", "CatalogueFault", "read_catalogue"]


def _listed(value: Any, key: str) -> list[Any]:
    items = value_at(value, (key,))
    return items if isinstance(items, list) else []


def _measures(value: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every measure that is at least a mapping, with its path; whatever else is wrong with the file."""
    for area_index, area in enumerate(_listed(value, "service_areas")):
        for index, measure in enumerate(_listed(area, "measures")):
            if isinstance(measure, dict):
                yield ("service_areas", area_index, "measures", index), measure


def _check_ids(faults: Faults) -> None:
    """Ids are given once; a pair names another measure, which names it back."""
    value = faults.tree.value
    areas: dict[str, Path] = {}
    for index, area in enumerate(_listed(value, "service_areas")):
        path: Path = ("service_areas", index)
        faults.given_once(areas, path, value_at(area, ("id",)), "id", "give this service area an id of its own.")
    measures: dict[str, Path] = {}
    for path, measure in _measures(value):
        faults.given_once(measures, path, measure.get("id"), "id", "give this measure an id of its own.")
    former: dict[str, Path] = {}
    for path, measure in _measures(value):
        _check_former_id(faults, measures, former, path, measure)
        if isinstance(measure.get("pair"), str):
            _check_pair(faults, measures, path, measure)


def _check_former_id(
    faults: Faults, measures: dict[str, Path], former: dict[str, Path], path: Path, measure: dict[str, Any]
) -> None:
    """The id that a measure had before is no other measure's, now or before."""
    identifier = measure.get("formerly")
    if not isinstance(identifier, str):
        return
    if identifier in measures:
        remedy = (
            f"A measure has this id now, in line {faults.tree.line_of((*measures[identifier], 'id'))}: take it out."
        )
        faults.at((*path, "formerly"), yaml_value(identifier), remedy)
    elif identifier in former:
        remedy = (
            f"Line {faults.tree.line_of((*former[identifier], 'formerly'))} has it already: one measure had this id."
        )
        faults.at((*path, "formerly"), yaml_value(identifier), remedy)
    former.setdefault(identifier, path)


def _check_pair(faults: Faults, measures: dict[str, Path], path: Path, measure: dict[str, Any]) -> None:
    pair, own = measure["pair"], measure.get("id")
    if pair not in measures:
        remedy = f"No measure has this id. {did_you_mean(pair, [name for name in measures if name != own])}".rstrip()
    elif pair == own:
        remedy = "A pair is another measure: this names itself."
    elif value_at(faults.tree.value, (*measures[pair], "pair")) != own:
        remedy = f"'{pair}' does not name this measure back: add 'pair: {cut(str(own))}' there, or take this out."
    else:
        return
    faults.at((*path, "pair"), yaml_value(pair), remedy)


def _check_sense(faults: Faults) -> None:
    """What each part allows and the parts together can't mean."""
    value = faults.tree.value
    doubtful = [*texts_that_cannot_be_shown((), value), *area_faults(value_at(value, ("authority",)))]
    for path, measure in _measures(value):
        doubtful += measure_faults(path, measure)
    for doubt in doubtful:
        faults.at(*doubt)
    areas: list[tuple[Path, Any]] = [
        (("service_areas", i), area) for i, area in enumerate(_listed(value, "service_areas"))
    ]
    for items, what in ((areas, "service area"), (list(_measures(value)), "measure")):
        for repeated, first in names_given_twice(items, what):
            faults.at(repeated.path, repeated.found, f"Line {faults.tree.line_of(first)} {repeated.remedy}")


def read_catalogue(content: bytes, file: str = "config/measures.yaml") -> Catalogue:
    """Reads and checks a catalogue.

    content: the file's bytes. file: its name, for the faults.
    Returns the frozen Catalogue. Raises CatalogueError with every fault: file, line, measure, found, remedy.
    """
    tree = Tree(content)
    faults = Faults(file, tree)
    catalogue = None
    if tree.value is not None:
        _check_ids(faults)
        _check_sense(faults)
        catalogue = model_of(faults, Catalogue)
    elif not tree.flaws:
        faults.at((), "nothing", "A catalogue has authority, plan and service_areas.")
    if faults.found or catalogue is None:
        raise CatalogueError(faults.in_order())
    return catalogue
