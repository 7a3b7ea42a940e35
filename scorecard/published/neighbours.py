"""Statistical neighbours: the published lists, each with the day it came into force, and which holds for a period.

config/neighbours/neighbours.yaml names the editions and the rule; beside it is a CSV for each edition, with a row for
each authority: its number and those of its neighbours. An authority without a list has no row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Annotated, NamedTuple

import pandas as pd
from pydantic import Field

from scorecard.catalogue.errors import CatalogueFault, cut, did_you_mean, yaml_value
from scorecard.catalogue.faults import Faults, model_of
from scorecard.catalogue.models import Frozen, Identifier, Month, Text
from scorecard.catalogue.read_boards import Day
from scorecard.catalogue.yaml_file import Tree
from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault
from scorecard.published.authorities import Authorities
from scorecard.published.read_mapping import MappingError
from scorecard.published.recognise import plain

Lists = dict[str, tuple[str, ...]]  # the neighbours of each authority, nearest first
NO_LIST = "-"
IN_EVERY = "in every list"  # stands for an edition: the neighbours that all of them name
MOST = 10  # neighbours
FILE_COLUMNS = ("number", *(f"neighbour_{number}" for number in range(1, MOST + 1)))


class NeighboursError(MappingError):
    """The list of neighbours can't be used. `faults` has every reason; the message lists them, one a line."""

    read = "The list of neighbours"


class Edition(Frozen):
    """One published list of neighbours. before: what to say of periods before it came into force."""

    id: Identifier
    name: Text
    in_force: Day
    file: Text
    before: Text | None = None


class EditionPeriod(Frozen):
    """Which edition holds for the periods that end in a range of months; open where an end is not given."""

    edition: Identifier
    first: Annotated[Month | None, Field(alias="from")] = None
    until: Month | None = None

    def covers(self, end: date) -> bool:
        """Whether a period that ends on this day lies in the range."""
        return (self.first is None or end >= self.first.replace(day=1)) and (self.until is None or end <= self.until)


class NeighbourRule(Frozen):
    """The whole of config/neighbours/neighbours.yaml."""

    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]
    holds: Annotated[tuple[EditionPeriod, ...], Field(min_length=1)]


class Neighbours(NamedTuple):
    """The editions with their lists, and the rule of which holds when."""

    rule: NeighbourRule
    lists: dict[str, Lists]

    def edition_for(self, end: date) -> Edition | None:
        """The edition that holds for a period that ends on a day; None where none does."""
        named = next((held.edition for held in self.rule.holds if held.covers(end)), None)
        return None if named is None else self.edition(named)

    def edition(self, edition_id: str) -> Edition:
        """The edition of an id. Raises KeyError, naming those there are."""
        for known_edition in self.rule.editions:
            if known_edition.id == edition_id:
                return known_edition
        raise KeyError(
            f"no edition '{edition_id}': there are {', '.join(edition.id for edition in self.rule.editions)}"
        )

    def of(self, edition_id: str, number: str) -> tuple[str, ...]:
        """An authority's neighbours in an edition, or by IN_EVERY; none where it has no list there."""
        if edition_id != IN_EVERY:
            return self.lists[edition_id].get(number, ())
        first, *others = (self.of(edition.id, number) for edition in self.rule.editions)
        return tuple(neighbour for neighbour in first if all(neighbour in other for other in others))

    def held_in(self, ends: Iterable[pd.Timestamp], edition: str | None) -> list[tuple[pd.Timestamp, str]]:
        """Which edition holds in each period, where one does. edition: for all periods; None: by the rule."""
        if edition is not None:
            return [(pd.Timestamp(end), edition) for end in ends]
        editions = [(end, self.edition_for(end.date())) for end in map(pd.Timestamp, ends)]
        return [(end, held.id) for end, held in editions if held is not None]

    def in_periods(self, ends: Iterable[pd.Timestamp], owners: Collection[str], edition: str | None) -> pd.DataFrame:
        """The neighbours of some authorities in each period: period_end, edition, owner, neighbour.

        edition: for all periods; None: the one that holds for each.
        """
        editions = self.held_in(ends, edition)
        rows = [
            (end, holds, owner, other) for end, holds in editions for owner in owners for other in self.of(holds, owner)
        ]
        frame = pd.DataFrame(rows, columns=["period_end", "edition", "owner", "neighbour"])
        return frame.astype({"period_end": "datetime64[us]", "edition": "str", "owner": "str", "neighbour": "str"})

    def named(self, number: str) -> set[str]:
        """All that any edition names as an authority's neighbours."""
        return {neighbour for edition in self.rule.editions for neighbour in self.of(edition.id, number)}


def read_neighbours(content: bytes, listed: Callable[[str], bytes], authorities: Authorities, file: str) -> Neighbours:
    """The editions and their rule. listed: the bytes of an edition's file. Raises NeighboursError with every fault."""
    faults = Faults(file, Tree(content), "the list of neighbours")
    rule = model_of(faults, NeighbourRule) if faults.tree.value is not None else None
    if rule is not None:
        _check_held(faults, rule)
    elif not faults.found:
        faults.at((), "nothing", "It has the editions of the list, and which of them holds when.")
    if faults.found or rule is None:
        raise NeighboursError(faults.in_order())
    lists: dict[str, Lists] = {}
    in_files: list[CatalogueFault] = []
    for index, edition in enumerate(rule.editions):
        try:
            lists[edition.id] = _lists_of_file(listed(edition.file))
            in_files += [
                _fault_of_list(edition.file, row) for row in list_faults(lists[edition.id].items(), authorities)
            ]
        except (OSError, ValueError, KeyError, StopIteration) as error:
            remedy = "Put the file there, or import the list again (docs/published.md)."
            faults.at(("editions", index, "file"), str(error) or edition.file, remedy)
    if faults.found or in_files:
        raise NeighboursError((*faults.in_order(), *in_files))
    return Neighbours(rule, lists)


def _check_held(faults: Faults, rule: NeighbourRule) -> None:
    known = [edition.id for edition in rule.editions]
    for index, held in enumerate(rule.holds):
        if held.edition not in known:
            remedy = f"No edition has this id. {did_you_mean(held.edition, known)}".rstrip()
            faults.at(("holds", index, "edition"), yaml_value(held.edition), remedy)


def _fault_of_list(file: str, fault_frame: pd.DataFrame) -> CatalogueFault:
    row = fault_frame.iloc[0]
    line, found, remedy = int(row["row"]), cut(str(row["found"])), str(row["remedy"])
    return CatalogueFault(file=file, line=line, measure=None, where="the list", found=found, remedy=remedy)


def _lists_of_file(content: bytes) -> Lists:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    if tuple(next(rows)) != FILE_COLUMNS:
        raise ValueError(f"the columns are {', '.join(FILE_COLUMNS)}")
    return {row[0]: tuple(neighbour for neighbour in row[1:] if neighbour) for row in rows if row}


def file_of_lists(lists: Lists) -> bytes:
    """Lists of neighbours as an edition's file has them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FILE_COLUMNS)
    writer.writerows([number, *near, *[""] * (MOST - len(near))] for number, near in sorted(lists.items()))
    return out.getvalue().encode()


def lists_of_sheet(rows: Iterable[list[str]], authorities: Authorities) -> Lists:
    """The lists of a published sheet: a row for each authority, with LA num and SN1 to SN10; '-' is no list.

    Raises Refused with every fault: the authority among its own neighbours, one twice, an unknown number.
    """
    header: dict[str, int] = {}
    read: list[tuple[str, tuple[str, ...]]] = []
    at: list[int] = []
    for number, row in enumerate(rows, start=1):
        if not header:
            names = [plain(cell) for cell in row]
            header = {name: names.index(name) for name in names} if {"la_num", "sn1"} <= set(names) else {}
            continue
        cells = [row[header[name]].strip() if header[name] < len(row) else "" for name in _wanted(header)]
        if cells[0]:
            read.append((cells[0], tuple(neighbour for neighbour in cells[1:] if neighbour and neighbour != NO_LIST)))
            at.append(number)
    if not header or not read:
        raise Refused(fault("neighbours-unreadable"))
    if faults := list_faults(read, authorities, at):
        raise Refused(*faults)
    return {number: near for number, near in read if near}


def _wanted(header: dict[str, int]) -> list[str]:
    return ["la_num", *(name for number in range(1, MOST + 1) if (name := f"sn{number}") in header)]


def list_faults(
    lists: Iterable[tuple[str, tuple[str, ...]]], authorities: Authorities, rows: list[int] | None = None
) -> list[pd.DataFrame]:
    """What is wrong with lists of neighbours, as findings. rows: the row of each; None: its place, the header first."""
    faults, seen = [], set[str]()
    known = {area.number for area in authorities.areas if area.kind == "authority"}
    for list_index, (number, near) in enumerate(lists):
        row = rows[list_index] if rows else list_index + 2
        if number in seen or len(set(near)) < len(near):
            twice = number if number in seen else next(neighbour for neighbour in near if near.count(neighbour) > 1)
            faults.append(fault("neighbours-twice", twice, row=row))
        if number in near:
            faults.append(fault("neighbours-self", number, row=row))
        faults += [
            fault("neighbours-unknown", neighbour, did_you_mean(neighbour, sorted(known)), row=row)
            for neighbour in dict.fromkeys((number, *near))
            if neighbour not in known
        ]
        seen.add(number)
    return faults
