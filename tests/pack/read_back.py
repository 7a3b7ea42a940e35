"""What each format says, read back from its bytes as lines: each with its place, and the measures that it is about."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import lxml.html
import openpyxl
import pypdf
from pptx import Presentation

PARTS = " › "  # between a part's heading and one below it


class Line(NamedTuple):
    """What is printed at one place: of a table a cell, with its column's heading and all that its row says."""

    part: str
    column: str
    row: str
    words: str
    about: str  # the name of a measure, or empty


def squeezed(words: str) -> str:
    return " ".join(words.split())


def of_page(content: bytes, names: Iterable[str]) -> list[Line]:
    """The web page: its headings, sentences, lists and tables; drawings without their words."""
    known = set(names)
    lines: list[Line] = []
    part = about = ""
    above = ("", "")
    for found in lxml.html.fromstring(content).find("body").iter("h1", "h2", "h3", "h4", "p", "li", "table"):
        if any(one.tag == "table" for one in found.iterancestors()) or found.find(".//li") is not None:
            continue
        if found.tag == "table":
            lines += _table_of_page(found, part, about, known)
            continue
        words = squeezed(_text(found))
        if found.tag in ("h1", "h2", "h3", "h4"):
            about = words if words in known else ""
            above = (words, "") if found.tag < "h3" else (above[0], words) if found.tag == "h3" else above
            part = PARTS.join(filter(None, above))
        lines.append(Line(part, "", "", words, about or named(words, known)))
    return lines


def named(words: str, known: Iterable[str]) -> str:
    """The measure that a line begins with: 'Staff turnover: 5%, target …'."""
    return max((name for name in known if words.startswith(f"{name}: ")), key=len, default="")


def _text(found: Any) -> str:
    """The words of an element, those of drawings left out, with a space where an element begins or ends."""
    return " ".join(text for text in found.xpath(".//text()[not(ancestor::*[local-name()='svg'])]"))


def _table_of_page(table: Any, part: str, about: str, known: set[str]) -> Iterator[Line]:
    caption = squeezed(_text(table.find("caption")))
    about = named(f"{caption} ", known) if "figures behind the chart" in caption else about
    rows = [[squeezed(_text(cell)) for cell in row.iter("th", "td")] for row in table.iter("tr")]
    names = [squeezed(str(cell.text or "")) or squeezed(_text(cell)) for cell in table.iterfind("tbody/tr/th")]
    links = [squeezed(" ".join(cell.xpath("a//text()"))) for cell in table.iterfind("tbody/tr/th")]
    for row, name, link in zip(rows[1:], names, links, strict=True):
        whose = next((one for one in (*row[:2], link, name) if one in known), about)
        told = " | ".join(row)
        yield from (Line(caption, head, told, cell, whose) for head, cell in zip(rows[0], row, strict=True))


def of_deck(content: bytes, names: Iterable[str]) -> list[Line]:
    """The deck: every shape with words, and every cell of its tables."""
    known, lines = set(names), []
    for slide in Presentation(io.BytesIO(content)).slides:
        title = slide.shapes.title.text_frame.text
        about = next((one for one in known if title.endswith(f": {one}")), "")
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts = [one.text for one in shape.text_frame.paragraphs]
                place = shape.name if shape.name in ("Footer", "Slide number") else ""
                whose = "" if shape == slide.shapes.title else about
                lines += [Line(title, place, "", squeezed(one), whose or named(one, known)) for one in texts]
            elif shape.has_table:
                lines += _table_of_slide(shape.table, title, known)
    return lines


def _table_of_slide(table: Any, title: str, known: set[str]) -> Iterator[Line]:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    for row in rows[1:]:
        firsts = [one.split("\n")[0] for one in row[:2]]
        whose = next((one for one in firsts if one in known), "")
        told = squeezed(" | ".join(row))
        yield from (Line(title, head, told, squeezed(cell), whose) for head, cell in zip(rows[0], row, strict=True))


def of_workbook(content: bytes, names: Iterable[str]) -> list[Line]:
    """The workbook: every cell below the heading of a sheet's table, and the lines above it."""
    known, lines = set(names), []
    for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True):
        head: tuple[Any, ...] = ()
        for row in sheet.iter_rows(values_only=True):
            filled = [cell for cell in row if cell is not None]
            if not head and len(filled) == 1:
                lines.append(Line(sheet.title, "", "", str(filled[0]), ""))
            elif not head:
                head = row
            else:
                whose = next((cell for cell in row[:2] if cell in known), "")
                told = " | ".join(as_words(cell) for cell in filled)
                lines += [
                    Line(sheet.title, str(name), told, as_words(cell), whose)
                    for name, cell in zip(head, row, strict=False)
                    if cell is not None
                ]
    return lines


def as_words(cell: Any) -> str:
    """A cell as words; a day as 2022-06-30."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.time() != datetime.min.time() else f"{cell:%Y-%m-%d}"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def of_pdf(content: bytes) -> str:
    """What the PDF says, without white space."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)
