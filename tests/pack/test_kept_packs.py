"""What a board is handed, as it was looked at: the document of two packs, and each format of a small one.

A drawing or a style sheet stands as a short hash: drawings themselves are kept in tests/charts/kept. Fonts and dates of
making are left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation

from scorecard.pack.document.build import build_cover, build_document
from scorecard.pack.document.paper import on_paper
from scorecard.pack.formats import export
from scorecard.pack.pdf.render import plain
from scorecard.pack.powerpoint.chart_xml import ChartFiles
from scorecard.pack.powerpoint.charts import native_chart
from scorecard.pack.powerpoint.text_metrics import ARIAL
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState, Snapshot
from tests.assessed import assess
from tests.kept import require_as_kept
from tests.pack import invented
from tests.pack.everything import AREAS, everything
from tests.pack.published_charts import FUNNEL, YEARS

KEPT = Path(__file__).parent / "kept"
WHEN = datetime(2022, 8, 1, 9, 30, tzinfo=UTC)
APPROVED = PackState(
    state="approved", role="Executive Director", who="A. Director", when=WHEN, edition=2, corrects="f" * 64,
    reason="A figure was wrong",
)  # fmt: skip
SUPERSEDED = PackState(
    state="superseded", role="Executive Director", who="A. Director", when=WHEN, edition=1, superseded_by="e" * 64,
    superseded_at=WHEN.replace(day=9), reason="A figure was wrong",
)  # fmt: skip


def short(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()[:8]


def in_short(value: Any) -> Any:
    """A part of a document without what is empty, its drawings as hashes."""
    if isinstance(value, dict):
        return {
            name: short(part) if name in ("svg", "icon") else in_short(part)
            for name, part in value.items()
            if part not in ("", None, [], False)
        }
    return [in_short(part) for part in value] if isinstance(value, list) else value


def document_lines(snapshot: Snapshot, state: PackState, *, paper: bool = True) -> str:
    """The document of a snapshot as it is set on paper, or whole, as the web page has it; an object a line."""
    document = build_document(snapshot, "0" * 64, state)
    parts = in_short(plain(on_paper(document) if paper else document))
    return re.sub(r"(\}, |: \[)(?=\{)", r"\1\n", json.dumps(parts, ensure_ascii=False)) + "\n"


def cover_lines(snapshot: Snapshot) -> str:
    cover = build_cover(snapshot, "0" * 64, SUPERSEDED, {"pack.pdf": "1" * 64, "pack.xlsx": "2" * 64})
    return json.dumps(in_short(plain(cover)), ensure_ascii=False, indent=0) + "\n"


def page_lines(content: bytes) -> str:
    page = re.sub(r"base64,[A-Za-z0-9+/=]+", "base64", export(content, "html").decode())
    page = re.sub(r"<(svg|style).*?</\1>", lambda part: f"<{part[1]} {short(part[0])}>", page, flags=re.DOTALL)
    return page.replace("><", ">\n<") + "\n"


def deck_lines(content: bytes) -> str:
    """Each shape of each slide: what it is, where it stands, what it says, and a hash of how it is made."""
    lines = []
    for number, slide in enumerate(Presentation(io.BytesIO(export(content, "pptx"))).slides, start=1):
        for shape in slide.shapes:
            box = [shape.left, shape.top, shape.width, shape.height]
            text = shape.text_frame.text if shape.has_text_frame else ""
            if shape.has_table:
                text = "\n".join(" | ".join(cell.text for cell in row.cells) for row in shape.table.rows)
            lines.append(f"{number} {shape.name} {box} {short(etree.tostring(shape._element))} {text}")
            if shape.has_chart:
                names = [series.name for series in shape.chart.plots[0].series]
                lines.append(f"{number} chart {short(shape.chart.part.blob)} {names}")
        lines.append(f"{number} notes {slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ''}")
    return "\n".join(lines) + "\n"


def native_charts() -> str:
    """The XML of three native charts: limits drawn anew, a range with a gap, and a target alone."""
    charts = [native_chart(measure.chart) for measure in invented.three_measures().measures]
    made = [ChartFiles(chart, 480, 300, ARIAL, WHEN).xml_bytes(None).decode() for chart in charts]
    return re.sub(r"(?=<c:(?:ser|cat|val|valAx|dateAx|legend|dPt|dLbls)>)", "\n", "\n".join(made)) + "\n"


def workbook_lines(content: bytes) -> str:
    """Each cell of each sheet with its format and look, how the sheet prints, and a hash of each chart."""
    file = export(content, "xlsx")
    return "\n".join([*_sheets(openpyxl.load_workbook(io.BytesIO(file))), *_charts(file)]) + "\n"


def _sheets(book: Any) -> Iterator[str]:
    made = book.properties
    yield f"{made.title} | {made.subject} | {made.creator} | {made.created} | {made.description}"
    for sheet in book:
        widths = {name: round(column.width, 1) for name, column in sorted(sheet.column_dimensions.items())}
        heights = {number: row.height for number, row in sheet.row_dimensions.items() if row.height not in (None, 15.0)}
        yield f"{sheet.title} {sheet.freeze_panes} {sheet.page_setup.orientation} {sheet.print_title_rows} {widths}"
        yield f"{sheet.title} heights {heights}"
        yield f"{sheet.title} prints {' '.join(map(str, _print_setup(sheet)))}"
        yield from (f"{sheet.title} table {table.name} {table.ref}" for table in sheet.tables.values())
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    look = short(f"{cell.font.b} {cell.font.color and cell.font.color.rgb} {cell.fill.fgColor.rgb}")
                    yield f"{sheet.title} {cell.coordinate} {cell.number_format} {look} {_set(cell)} {cell.value!r}"
    yield from (f"name {name} {book.defined_names[name].attr_text}" for name in sorted(book.defined_names))


def _print_setup(sheet: Any) -> tuple[Any, ...]:
    """How a sheet prints: area, columns that stand again, scale or fit, breaks, paper, margins, head and foot."""
    page, fits = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    heads = (part.text for part in (sheet.oddHeader.left, sheet.oddHeader.right, sheet.oddFooter.left))
    return (
        sheet.print_area, sheet.print_title_cols, page.scale, fits and (page.fitToWidth, page.fitToHeight),
        [page_break.id for page_break in sheet.row_breaks.brk], [page_break.id for page_break in sheet.col_breaks.brk],
        page.paperSize, sheet.page_margins.left, sheet.page_margins.right, *heads, sheet.oddFooter.right.text,
    )  # fmt: skip


def _set(cell: Any) -> str:
    """How a cell is set: size, then its side with an indent, and whether it wraps; 11 and nothing as most are."""
    at = cell.alignment
    style = (cell.font.sz, at.horizontal, int(at.indent), "wraps" if at.wrap_text else None)
    return " ".join(str(value) for value in style if value not in (11.0, None, 0))


def _charts(file: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(("xl/charts/", "xl/drawings/")):
                yield f"{name} {short(archive.read(name))}"


@pytest.fixture(scope="module")
def small() -> bytes:
    """A pack of two areas with a history, revised since the last board, beside published figures."""
    assessment = assess(invented.catalogue(), invented.history(36, invented.LAST_MONTH, revised=True))
    snapshot = invented.snapshot_of(
        assessment, as_known_at=invented.LATER, demonstration=True, extracts=invented.extracts(), areas=AREAS
    )
    compared = invented.BESIDE.model_copy(update={"years": YEARS, "funnel": FUNNEL})
    return canonical_json(snapshot.model_copy(update={"published": (compared,)}))


def require(renderer: str, content: bytes, kept_texts: dict[str, str]) -> None:
    """Texts are as kept, but for the id of the pack that they are of."""
    own_id = re.compile(snapshot_id(content)[:8] + "[0-9a-f]*")
    require_as_kept(KEPT / renderer, {name: own_id.sub("ID", text) for name, text in kept_texts.items()})


def test_documents_say_what_they_said_when_they_were_looked_at(small: bytes) -> None:
    kept_texts = {
        "the-whole-service-document.json": document_lines(invented.long_snapshot(), APPROVED),
        "working-copy-document.json": document_lines(read_snapshot(small), PackState(state="working_copy")),
        "before-history-document.json": document_lines(invented.plan_snapshot(), PackState()),
        "everything-document.json": document_lines(everything(), APPROVED, paper=False),
        "superseded-cover-sheet.json": cover_lines(invented.plan_snapshot()),
    }
    require("document", small, kept_texts)


def test_a_page_says_what_it_said_when_it_was_looked_at(small: bytes) -> None:
    require("html", small, {"two-areas.html": page_lines(small)})


def test_a_deck_says_what_it_said_when_it_was_looked_at(small: bytes) -> None:
    require("powerpoint", small, {"two-areas-deck.txt": deck_lines(small), "native-charts.xml": native_charts()})


def test_a_workbook_says_what_it_said_when_it_was_looked_at(small: bytes) -> None:
    require("excel", small, {"two-areas-workbook.txt": workbook_lines(small)})
