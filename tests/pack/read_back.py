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


def squeezed(text: str) -> str:
    return " ".join(text.split())


def of_page(content: bytes, names: Iterable[str]) -> list[Line]:
    """The web page: its headings, sentences, lists and tables; drawings without their words."""
    known = set(names)
    lines: list[Line] = []
    part = measure_name = ""
    above = ("", "")
    for element in lxml.html.fromstring(content).find("body").iter("h1", "h2", "h3", "h4", "p", "li", "table"):
        if any(ancestor.tag == "table" for ancestor in element.iterancestors()) or element.find(".//li") is not None:
            continue
        if element.tag == "table":
            lines += _table_of_page(element, part, measure_name, known)
            continue
        text = squeezed(_text(element))
        if element.tag in ("h1", "h2", "h3", "h4"):
            measure_name = text if text in known else ""
            above = (text, "") if element.tag < "h3" else (above[0], text) if element.tag == "h3" else above
            part = PARTS.join(filter(None, above))
        lines.append(Line(part, "", "", text, measure_name or named(text, known)))
    return lines


def named(text: str, known: Iterable[str]) -> str:
    """The measure that a line begins with: 'Staff turnover: 5%, target …'."""
    return max((name for name in known if text.startswith(f"{name}: ")), key=len, default="")


def _text(element: Any) -> str:
    """The words of an element, those of drawings left out, with a space where an element begins or ends."""
    return " ".join(text for text in element.xpath(".//text()[not(ancestor::*[local-name()='svg'])]"))


def _table_of_page(table: Any, part: str, measure_name: str, known: set[str]) -> Iterator[Line]:
    caption = squeezed(_text(table.find("caption")))
    measure_name = named(f"{caption} ", known) if "figures behind the chart" in caption else measure_name
    rows = [[squeezed(_text(cell)) for cell in row.iter("th", "td")] for row in table.iter("tr")]
    names = [squeezed(str(cell.text or "")) or squeezed(_text(cell)) for cell in table.iterfind("tbody/tr/th")]
    links = [squeezed(" ".join(cell.xpath("a//text()"))) for cell in table.iterfind("tbody/tr/th")]
    for row, name, link in zip(rows[1:], names, links, strict=True):
        whose = next((text for text in (*row[:2], link, name) if text in known), measure_name)
        row_text = " | ".join(row)
        yield from (Line(caption, head, row_text, cell, whose) for head, cell in zip(rows[0], row, strict=True))


def of_deck(content: bytes, names: Iterable[str]) -> list[Line]:
    """The deck: every shape with words, and every cell of its tables."""
    known, lines = set(names), []
    for slide in Presentation(io.BytesIO(content)).slides:
        title = slide.shapes.title.text_frame.text
        measure_name = next((name for name in known if title.endswith(f": {name}")), "")
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts = [paragraph.text for paragraph in shape.text_frame.paragraphs]
                shape_name = shape.name if shape.name in ("Footer", "Slide number") else ""
                whose = "" if shape == slide.shapes.title else measure_name
                lines += [Line(title, shape_name, "", squeezed(text), whose or named(text, known)) for text in texts]
            elif shape.has_table:
                lines += _table_of_slide(shape.table, title, known)
    return lines


def _table_of_slide(table: Any, title: str, known: set[str]) -> Iterator[Line]:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    for row in rows[1:]:
        firsts = [cell.split("\n")[0] for cell in row[:2]]
        whose = next((text for text in firsts if text in known), "")
        row_text = squeezed(" | ".join(row))
        yield from (Line(title, head, row_text, squeezed(cell), whose) for head, cell in zip(rows[0], row, strict=True))


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
                row_text = " | ".join(as_words(cell) for cell in filled)
                lines += [
                    Line(sheet.title, str(name), row_text, as_words(cell), whose)
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
