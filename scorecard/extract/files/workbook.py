"""How a workbook is put together: its sheets and their parts, how it counts days, and what its styles show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml.constants import PKG_REL_NS, SHEET_MAIN_NS

from scorecard.extract import limits
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.xml_part import Part, elements
from scorecard.extract.files.zip_limits import Package, damaged
from scorecard.extract.findings import fault

_ONLY_TEXT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', re.DOTALL)  # of a format: what is printed as it stands


class NamedSheet(NamedTuple):
    """A sheet: its name, whether it can't be seen, and the part that holds it."""

    name: str
    hidden: bool
    part: str


class Book(NamedTuple):
    """A workbook's sheets that hold cells, and what its cells' values mean.

    percentages, dates, durations, without_year: numbers of the styles that show a number as a percentage, a day or
    time, a length of time, a day without its year. shared_texts: the part that holds them, if there is one.
    """

    sheets: tuple[NamedSheet, ...]
    shared_texts: str | None
    epoch: datetime
    percentages: frozenset[int]
    dates: frozenset[int]
    durations: frozenset[int]
    without_year: frozenset[int]


def open_book(package: Package) -> Book:
    """Reads how a workbook is put together. Raises Refused where it can't be known."""
    names = {name.lower(): name for name in package.parts}
    relations = _relations(package, names)
    epoch, about = WINDOWS_EPOCH, []
    for element in elements(Part(package, names["xl/workbook.xml"]), _main("workbookPr"), _main("sheet")):
        if element.tag == _main("sheet"):
            about.append(dict(element.attrib))
        elif element.get("date1904") in ("1", "true"):
            epoch = MAC_EPOCH
    formats = _formats(package, _part_of(relations, names, "styles"))
    return Book(
        sheets=tuple(_sheets(about, relations)),
        shared_texts=_part_of(relations, names, "sharedStrings"),
        epoch=epoch,
        percentages=frozenset(at for at, code in enumerate(formats) if "%" in _ONLY_TEXT.sub("", code)),
        dates=frozenset(at for at, code in enumerate(formats) if is_date_format(code)),
        durations=frozenset(at for at, code in enumerate(formats) if is_timedelta_format(code)),
        without_year=frozenset(at for at, code in enumerate(formats) if _is_day_without_year(code)),
    )


def _main(tag: str) -> str:
    return f"{{{SHEET_MAIN_NS}}}{tag}"


def _relations(package: Package, names: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The workbook's relations by their ids: of what kind, and the part ('' where there is none)."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for relation in elements(Part(package, names["xl/_rels/workbook.xml.rels"]), f"{{{PKG_REL_NS}}}Relationship"):
            target = relation.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            targets[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], names.get(path.lower(), ""))
    return targets


def _part_of(relations: dict[str, tuple[str, str]], names: dict[str, str], kind: str) -> str | None:
    """The part that the workbook names as its 'styles' or the like, else the one of the usual name, or None."""
    named = (part for relation_kind, part in relations.values() if relation_kind == kind and part)
    return next(named, names.get(f"xl/{kind}.xml".lower()))


def _sheets(about: list[dict[str, str]], relations: dict[str, tuple[str, str]]) -> Iterator[NamedSheet]:
    if len(about) > limits.MOST_SHEETS:
        raise Refused(fault("too-many-sheets", f"{len(about):,} sheets"))
    seen = set()
    for attributes in about:
        number = next((value for name, value in attributes.items() if name.endswith("}id")), "")
        kind, part = relations.get(number, ("worksheet", ""))
        if kind != "worksheet":  # a chart, or a sheet of macros
            continue
        if not part:
            raise damaged("a sheet whose part can't be found")
        if part in seen:
            raise damaged("two sheets in one part")  # each would be unpacked for itself
        seen.add(part)
        yield NamedSheet(attributes.get("name", ""), attributes.get("state", "visible") != "visible", part)


def _formats(package: Package, part: str | None) -> list[str]:
    """The number format of each style that a cell may have."""
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    if part is None:
        return []
    formats: list[Element] = []
    for element in elements(Part(package, part), _main("numFmt"), _main("cellXfs")):
        if element.tag == _main("numFmt"):
            codes[element.get("numFmtId", "").strip()] = element.get("formatCode", "")
        else:
            formats += [Element("xf", style.attrib) for style in element]
    return [codes.get(style.get("numFmtId", "0").strip(), "General") for style in formats]


def _is_day_without_year(number_format: str) -> bool:
    shown = _ONLY_TEXT.sub("", number_format.split(";")[0]).lower()
    return is_date_format(number_format) and not set(shown) & set("yhs")
