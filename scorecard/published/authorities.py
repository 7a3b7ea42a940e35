"""The authorities of England by the Department for Education's number, which outlives their GSS codes.

config/authorities.csv has a row for each GSS code that an area had: number, kind (authority, region, country), name,
region (the number of the area it lies in), code, from and to (the first and last day of the code; empty: since before
2009, still), predecessors and successors (numbers).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

AreaKind = Literal["authority", "region", "country"]
JOINT = " / "
COLUMNS = ("number", "kind", "name", "region", "code", "from", "to", "predecessors", "successors")


class PublishedArea(NamedTuple):
    """An area with figures: an authority, or two of one joint return; a region; the country."""

    number: str
    kind: AreaKind
    name: str
    region: str
    begins: date
    ends: date
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The numbers of the authorities that it stands for: two in a joint return, else its own."""
        return members_of(self.number)


def members_of(number: str) -> tuple[str, ...]:
    """The numbers that an area's number is made of: '314 / 318' of two."""
    return tuple(number.split(JOINT))


def tidy_number(text: str) -> str:
    """An area's number as it is kept: '852', '314 / 318'; whatever else stands there as it is, without spaces."""
    parts = [part.strip().removesuffix(".0") for part in re.split(r"\s*[/&+]\s*", text.strip())]
    return JOINT.join(sorted(parts)) if len(parts) > 1 else parts[0]


class Authorities:
    """Every area, by its number and by its codes."""

    def __init__(self, areas: Iterable[PublishedArea]) -> None:
        self._areas = {area.number: area for area in areas}
        self._of_code = {code: area.number for area in self._areas.values() for code in area.codes}

    @property
    def areas(self) -> tuple[PublishedArea, ...]:
        """Every area of the table."""
        return tuple(self._areas.values())

    def number_of(self, text: str) -> str | None:
        """The number of an area that is given by its number or a GSS code it had; joint ones too; None for none."""
        tidy = tidy_number(text)
        numbers = [part if part in self._areas else self._of_code.get(part) for part in members_of(tidy)]
        if not tidy or None in numbers or len(set(numbers)) != len(numbers):
            return None
        return JOINT.join(sorted(str(number) for number in numbers))

    def area(self, number: str) -> PublishedArea:
        """The area of a number; one of a joint return is made of its members. Raises KeyError."""
        if number in self._areas:
            return self._areas[number]
        halves = [self._areas[member] for member in members_of(number)]
        first = halves[0]
        return first._replace(
            number=number,
            name=" and ".join(half.name for half in halves),
            begins=max(half.begins for half in halves),
            ends=min(half.ends for half in halves),
            codes=tuple(code for half in halves for code in half.codes),
            predecessors=tuple(dict.fromkeys(before for half in halves for before in half.predecessors)),
            successors=tuple(dict.fromkeys(after for half in halves for after in half.successors)),
        )

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The number of every area."""
        return tuple(self._areas)

    @cached_property
    def country(self) -> str:
        """The number of the country."""
        return next(area.number for area in self._areas.values() if area.kind == "country")

    def names(self) -> dict[str, str]:
        """The name of every area, by its number."""
        return {area.number: area.name for area in self._areas.values()}


def read_authorities(content: bytes, file: str = "config/authorities.csv") -> Authorities:
    """The table of authorities. Raises ValueError with file and line where a row can't be read."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(f"{file}, line 1: the columns are {', '.join(COLUMNS)}, in this order.")
    rows_of: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        rows_of.setdefault(row["number"], []).append(row | {"line": str(rows.line_num)})
    return Authorities(_area(several, file) for several in rows_of.values())


def _area(rows: list[dict[str, str]], file: str) -> PublishedArea:
    first, last = rows[0], rows[-1]
    kind = first["kind"]
    if kind not in ("authority", "region", "country"):
        raise ValueError(f"{file}, line {first['line']}: kind is '{kind}': authority, region or country.")
    return PublishedArea(
        number=first["number"],
        kind=kind,  # type: ignore[arg-type]  # one of the three
        name=first["name"],
        region=first["region"],
        begins=_day(first, "from", date.min, file),
        ends=_day(last, "to", date.max, file),
        predecessors=tuple(first["predecessors"].split()),
        successors=tuple(first["successors"].split()),
        codes=tuple(row["code"] for row in rows),
    )


def _day(row: dict[str, str], name: str, otherwise: date, file: str) -> date:
    try:
        return date.fromisoformat(row[name]) if row[name] else otherwise
    except ValueError:
        raise ValueError(f"{file}, line {row['line']}: {name} is '{row[name]}': write a day as 2025-04-01.") from None
