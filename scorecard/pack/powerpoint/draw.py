"""Draws laid-out pages into a presentation: placeholders filled or removed, boxes, tables, charts, running lines."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.util import Emu

from scorecard.core.numbers import count_of
from scorecard.pack.powerpoint.chart_xml import ChartFiles
from scorecard.pack.powerpoint.drawingml import (
    BODY,
    EMU,
    LANGUAGE,
    NAMES,
    emu,
    fill_xml,
    paragraph_xml,
    plain_run_xml,
    run_xml,
    text_xml,
    title_xml,
)
from scorecard.pack.powerpoint.layout import BETWEEN, INDENT, Box, LaidChart, LaidText, Page, PlacedTable, style_size
from scorecard.pack.powerpoint.parts import Para
from scorecard.pack.powerpoint.tables import table_xml
from scorecard.pack.powerpoint.template import CONTENTS, TITLES, Template
from scorecard.pack.powerpoint.text_metrics import Typeface, cut_to, lines_of, text_width
from scorecard.pack.powerpoint.theme import safe

TITLE_SIZES = (28, 24, 20, 18, 16)
OPENING_SIZES = (40, 36, 32, 28, 24, 20)
INSETS = 16.0  # points that a template's title may keep free at its sides
RUNNING = 12
BADGE_SIDE = 8.0
NOTES_AT_MOST = 12_000  # characters: PowerPoint is slow with more


class Drawer:
    """Adds pages to a template's presentation. badges: what each slide must say above its title, the marking first."""

    def __init__(self, template: Template, badges: Sequence[str], footers: Sequence[str], created: datetime) -> None:
        self._template, self._badges, self._footers, self._created = template, badges, footers, created
        self._titles: set[str] = set()

    def add(self, page: Page) -> None:
        """Adds a slide."""
        template = self._template
        texts = [laid for laid in page.laid if isinstance(laid, LaidText)]
        layout = template.opening if page.opening else template.content if texts else template.bare
        slide = template.presentation.slides.add_slide(layout)
        self._title(slide, page)
        self._strip(slide, template.strips[layout.name])
        wanted = {PP_PLACEHOLDER.SUBTITLE} if page.opening else CONTENTS
        holder = next((shape for shape in slide.placeholders if _type(shape) in wanted), None)
        for laid in page.laid:
            match laid:
                case LaidText():
                    if laid is texts[0] and holder is not None:
                        slide.shapes._spTree.append(holder._element)  # reading order: after what is above it
                        _fill(holder, laid.box, laid)
                    else:
                        _fill(_text_box(slide, laid.box, "Text"), laid.box, laid)
                case PlacedTable():
                    _table(slide, laid)
                case LaidChart():
                    self._chart(slide, laid)
        for shape in list(slide.placeholders):
            if _type(shape) not in TITLES and not (texts and shape == holder):
                shape._element.getparent().remove(shape._element)
        self._running(slide, layout)
        _notes(slide, page.notes)

    def _title(self, slide: Any, page: Page) -> None:
        holder = next(shape for shape in slide.placeholders if _type(shape) in TITLES)
        room, height = holder.width / EMU - INSETS, holder.height / EMU
        sizes = OPENING_SIZES if page.opening else TITLE_SIZES
        face = self._template.face
        size = next((size for size in sizes if _title_height(page.title, room, size, face) <= height), sizes[-1])
        text = self._unlike(page.title, max(int(height // (size * face.line)), 1), room, size, face)
        body = holder._element.txBody
        _set_autofit(body)
        _set_paragraphs(body, title_xml(text, size))

    def _unlike(self, title: str, lines: int, room: float, size: float, face: Typeface) -> str:
        """The title in the room that there is, unlike all titles before it."""
        head, tail = title, ""
        if title.endswith(")") and " (" in title and title.rpartition(" (")[2].partition(" of ")[0].isdigit():
            head, _, count = title.rpartition(" (")
            tail = f" ({count}"
        number = 1
        while True:
            again = f"{tail} – {number}" if number > 1 else tail
            room_left = room - text_width(again, size, face, bold=True) / max(lines, 1)
            text = head + again
            if lines_of(text, room, size, face, bold=True) > lines:
                text = cut_to(head, lines, room_left, size, face, bold=True) + again
            if text not in self._titles:
                self._titles.add(text)
                return text
            number += 1

    def _strip(self, slide: Any, strip: Box) -> None:
        """Marking, DRAFT and demonstration, side by side."""
        face = self._template.face
        marking, *notices = self._badges
        widths = [text_width(notice, RUNNING, face, bold=True) + 2 * BADGE_SIDE for notice in notices]
        left = max(strip.width - sum(widths) - BADGE_SIDE * len(notices), 0.0)
        text = cut_to(marking, 1, left, RUNNING, face, bold=True)
        width = min(text_width(text, RUNNING, face, bold=True) + 2, left)
        box = Box(strip.x, strip.y, width, strip.height)
        body = _text_box(slide, box, "Marking")._element.txBody
        _set_body(body, "ctr")
        _set_paragraphs(body, paragraph_xml(run_xml(text, RUNNING, bold=True), RUNNING))
        for notice, needed in zip(notices, widths, strict=True):
            box = Box(box.x + box.width + BADGE_SIDE, strip.y, needed, strip.height)
            shape = _text_box(slide, box, "Notice")
            _paint(shape, fill="tx1")
            _set_body(shape._element.txBody, "ctr")
            run = run_xml(notice, RUNNING, bold=True, colour="bg1")
            _set_paragraphs(shape._element.txBody, paragraph_xml(run, RUNNING, align="ctr"))

    def _chart(self, slide: Any, laid: LaidChart) -> None:
        chart = laid.part.chart
        files = ChartFiles(laid.part.native, laid.box.width, laid.box.height, self._template.face, self._created)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *_emus(laid.box), files)
        _describe(frame, f"Chart: {safe(chart.name)}", safe(chart.alt))

    def _running(self, slide: Any, layout: Any) -> None:
        """Footer and slide number, from the layout's own."""
        for shape in layout.placeholders:
            if _type(shape) not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = copy.deepcopy(shape._element)
            element.nvSpPr.cNvPr.set("id", str(_next_id(slide)))
            for empty in element.spPr.findall(qn("a:xfrm")):
                element.spPr.remove(empty)
            slide.shapes._spTree.append(element)
            if _type(shape) == PP_PLACEHOLDER.FOOTER:
                room = shape.width / EMU - INSETS
                fitting = [
                    footer for footer in self._footers if text_width(footer, RUNNING, self._template.face) <= room
                ]
                footer = fitting[0] if fitting else cut_to(self._footers[-1], 1, room, RUNNING, self._template.face)
                body = plain_run_xml(footer, RUNNING)
            else:
                number = len(self._template.presentation.slides)
                body = (
                    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
                    f'<a:rPr lang="{LANGUAGE}" sz="{RUNNING * 100}"/>{text_xml(str(number))}</a:fld>'
                )
            _set_paragraphs(element.txBody, f"<a:p {NAMES}>{body}</a:p>")


def _type(shape: Any) -> Any:
    return shape.placeholder_format.type


def _title_height(text: str, room: float, size: float, face: Typeface) -> float:
    return lines_of(text, room, size, face, bold=True) * size * face.line + 4


def _emus(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    return tuple(Emu(emu(points)) for points in (box.x, box.y, box.width, box.height))  # type: ignore[return-value]


def _next_id(slide: Any) -> int:
    return int(max(int(shape_id) for shape_id in slide._element.xpath("//@id") if shape_id.isdigit())) + 1


def _text_box(slide: Any, box: Box, name: str) -> Any:
    shape = slide.shapes.add_textbox(*_emus(box))
    shape.name = f"{name} {shape.shape_id}"
    return shape


def _fill(shape: Any, box: Box, laid: LaidText) -> None:
    """Puts paragraphs into a box or placeholder, exactly where they were measured."""
    shape.left, shape.top, shape.width, shape.height = _emus(box)
    body = shape._element.txBody
    _set_body(body, "t")
    _set_paragraphs(body, "".join(_para(para, laid.size, first=not index) for index, para in enumerate(laid.paras)))


def _para(para: Para, size: float, first: bool) -> str:
    letters = style_size(para.style, size)
    runs = "".join(run_xml(run.text, letters, run.bold, run.colour) for run in para.runs)
    above = 0.0 if first else BETWEEN * size
    if para.style == "bullet":
        return paragraph_xml(runs, letters, above=above, bullet="•", indent=INDENT)
    return paragraph_xml(runs, letters, above=above)


def _set_body(body: Any, anchor: str) -> None:
    body.replace(body.bodyPr, parse_xml(BODY.format(anchor)))


def _set_autofit(body: Any) -> None:
    for child in list(body.bodyPr):
        body.bodyPr.remove(child)
    body.bodyPr.append(parse_xml(f"<a:noAutofit {NAMES}/>"))


def _set_paragraphs(body: Any, paragraphs: str) -> None:
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for new in parse_xml(f"<a:txBody {NAMES}>{paragraphs}</a:txBody>"):
        body.append(new)


def _paint(shape: Any, fill: str) -> None:
    properties = shape._element.spPr
    for old in properties.findall(qn("a:noFill")):
        properties.remove(old)
    properties.append(parse_xml(fill_xml(fill).replace("<a:solidFill", f"<a:solidFill {NAMES}", 1)))


def _describe(frame: Any, name: str, description: str) -> None:
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", name)
    properties.set("descr", description)


def _table(slide: Any, laid: PlacedTable) -> None:
    table = laid.table
    frame = slide.shapes.add_table(1, 1, *_emus(laid.box))
    data = frame._element.graphic.graphicData
    data.replace(data.tbl, parse_xml(table_xml(table)))
    part = table.part
    rows = count_of(len(part.rows), "row")
    _describe(frame, f"Table: {part.caption}", f"Table: {part.caption}. {rows}, {len(part.columns)} columns.")


def _notes(slide: Any, notes: Sequence[str]) -> None:
    """Speaker notes, in English, nothing empty beside them."""
    page = slide.notes_slide
    body = page.notes_placeholder
    box = _notes_box(page) if body is None else body._element  # a template's notes master may have no box for notes
    text, left = "", NOTES_AT_MOST
    for note in notes:
        note_text = safe(note)
        note_text = note_text if len(note_text) <= left else note_text[: max(left - 1, 0)] + "…"
        left -= len(note_text)
        if note_text.strip("…"):
            text += f"<a:p {NAMES}>{plain_run_xml(note_text)}</a:p>"
    _set_paragraphs(box.txBody, text)
    for shape in list(page.placeholders):
        if _type(shape) == PP_PLACEHOLDER.SLIDE_NUMBER:
            shape._element.getparent().remove(shape._element)


def _notes_box(page: Any) -> Any:
    """A box for notes below the picture of the slide; python-pptx has no call that adds one to a page of notes."""
    shapes = page.shapes
    place = (685_800, 4_400_000, 5_486_400, 3_600_000)
    box = CT_Shape.new_textbox_sp(shapes._next_shape_id, "Notes", *place)  # type: ignore[no-untyped-call]
    shapes._spTree.insert_element_before(box, "p:extLst")
    return box
