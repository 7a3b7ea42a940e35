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
from pydantic import Field, ValidationError

from scorecard.catalogue.errors import CatalogueFault, Path, cut, did_you_mean, dotted, found_and_remedy, shown
from scorecard.catalogue.faults import value_at
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


class Edition(Frozen):
    """One published list of neighbours. before: what to say of periods before it came into force."""

    id: Identifier
    name: Text
    in_force: Day
    file: Text
    before: Text | None = None


class Holds(Frozen):
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
    holds: Annotated[tuple[Holds, ...], Field(min_length=1)]


class Neighbours(NamedTuple):
    """The editions with their lists, and the rule of which holds when."""

    rule: NeighbourRule
    lists: dict[str, Lists]

    def edition_for(self, end: date) -> Edition | None:
        """The edition that holds for a period that ends on a day; None where none does."""
        named = next((one.edition for one in self.rule.holds if one.covers(end)), None)
        return None if named is None else self.edition(named)

    def edition(self, edition_id: str) -> Edition:
        """The edition of an id. Raises KeyError, naming those there are."""
        for one in self.rule.editions:
            if one.id == edition_id:
                return one
        raise KeyError(f"no edition '{edition_id}': there are {', '.join(one.id for one in self.rule.editions)}")

    def of(self, edition_id: str, number: str) -> tuple[str, ...]:
        """An authority's neighbours in an edition, or by IN_EVERY; none where it has no list there."""
        if edition_id != IN_EVERY:
            return self.lists[edition_id].get(number, ())
        first, *others = (self.of(one.id, number) for one in self.rule.editions)
        return tuple(one for one in first if all(one in other for other in others))

    def held_in(self, ends: Iterable[pd.Timestamp], edition: str | None) -> list[tuple[pd.Timestamp, str]]:
        """Which edition holds in each period, where one does. edition: for all periods; None: by the rule."""
        if edition is not None:
            return [(pd.Timestamp(end), edition) for end in ends]
        editions = [(end, self.edition_for(end.date())) for end in map(pd.Timestamp, ends)]
        return [(end, one.id) for end, one in editions if one is not None]

    def in_periods(self, ends: Iterable[pd.Timestamp], owners: Collection[str], edition: str | None) -> pd.DataFrame:
        """The neighbours of some authorities in each period: period_end, edition, owner, neighbour.

        edition: for all periods; None: the one that holds for each.
        """
        editions = self.held_in(ends, edition)
        rows = [(end, holds, one, other) for end, holds in editions for one in owners for other in self.of(holds, one)]
        frame = pd.DataFrame(rows, columns=["period_end", "edition", "owner", "neighbour"])
        return frame.astype({"period_end": "datetime64[us]", "edition": "str", "owner": "str", "neighbour": "str"})

    def named(self, number: str) -> set[str]:
        """All that any edition names as an authority's neighbours."""
        return {one for edition in self.rule.editions for one in self.of(edition.id, number)}


def read_neighbours(content: bytes, listed: Callable[[str], bytes], authorities: Authorities, file: str) -> Neighbours:
    """The editions and their rule. listed: the bytes of an edition's file. Raises MappingError with every fault."""
    tree = Tree(content)
    faults = [_fault(file, flaw.line, flaw.where or dotted(flaw.path), flaw.found, flaw.remedy) for flaw in tree.flaws]
    rule = _rule(tree, file, faults)
    if rule is None or faults:
        raise MappingError(tuple(faults))
    lists: dict[str, Lists] = {}
    for index, one in enumerate(rule.editions):
        line = tree.line_of(("editions", index, "file"))
        try:
            lists[one.id] = _lists_of_file(listed(one.file))
            for fault in list_faults(lists[one.id].items(), authorities):
                row = fault.iloc[0]
                faults.append(_fault(one.file, int(row["row"]), "the list", str(row["found"]), str(row["remedy"])))
        except (OSError, ValueError, KeyError, StopIteration) as error:
            remedy = "Put the file there, or import the list again (docs/published.md)."
            faults.append(_fault(file, line, dotted(("editions", index, "file")), cut(str(error) or one.file), remedy))
    if faults:
        raise MappingError(tuple(faults))
    return Neighbours(rule, lists)


def _rule(tree: Tree, file: str, faults: list[CatalogueFault]) -> NeighbourRule | None:
    if tree.value is None:
        return None
    try:
        rule = NeighbourRule.model_validate(tree.value)
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            path: Path = tuple(part for part in error["loc"] if part != "[key]")
            value = value_at(tree.value, path)
            faults.append(_fault(file, tree.line_of(path), dotted(path), *found_and_remedy(error, value, path)))
        return None
    known = [one.id for one in rule.editions]
    for index, one in enumerate(rule.holds):
        if one.edition not in known:
            path = ("holds", index, "edition")
            remedy = f"No edition has this id. {did_you_mean(one.edition, known)}".rstrip()
            faults.append(_fault(file, tree.line_of(path), dotted(path), shown(one.edition), remedy))
    return rule


def _fault(file: str, line: int, where: str, found: str, remedy: str) -> CatalogueFault:
    return CatalogueFault(file=file, line=line, measure=None, where=cut(where), found=cut(found), remedy=remedy)


def _lists_of_file(content: bytes) -> Lists:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    if tuple(next(rows)) != FILE_COLUMNS:
        raise ValueError(f"the columns are {', '.join(FILE_COLUMNS)}")
    return {row[0]: tuple(one for one in row[1:] if one) for row in rows if row}


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
            read.append((cells[0], tuple(one for one in cells[1:] if one and one != NO_LIST)))
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
            twice = number if number in seen else next(one for one in near if near.count(one) > 1)
            faults.append(fault("neighbours-twice", twice, row=row))
        if number in near:
            faults.append(fault("neighbours-self", number, row=row))
        faults += [
            fault("neighbours-unknown", one, did_you_mean(one, sorted(known)), row=row)
            for one in dict.fromkeys((number, *near))
            if one not in known
        ]
        seen.add(number)
    return faults
