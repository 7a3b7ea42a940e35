"""Nothing runs over its box: measured on the deck as written, with names, words and sentences of any length."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn

from scorecard.pack.document.blocks import Cell, Column, Heading, Table, Text
from scorecard.pack.document.service_areas import area_table
from scorecard.pack.pdf.glyphs import FONTS
from scorecard.pack.powerpoint.from_blocks import parts_of
from scorecard.pack.powerpoint.layout import Box, LaidText, PlacedTable, pages
from scorecard.pack.powerpoint.parts import DeckCell, DeckColumn, Plan, TablePart, TextPart, para
from scorecard.pack.powerpoint.slides import SHOWN, _rows
from scorecard.pack.powerpoint.text_metrics import ARIAL, WIDER, cut_to, line_ends, lines_of, text_width, typeface
from tests.pack.decks import Made, hostile_deck, long_deck, plan_deck
from tests.pack.invented import plan_snapshot, small_snapshot

EMU = 12_700
SLACK = 1.0  # points, for rounding to whole EMU
DECKS = {"plan": plan_deck, "long": long_deck, "hostile": hostile_deck}


@pytest.fixture(params=DECKS, scope="module")
def deck(request: Any) -> Made:
    return DECKS[request.param]()


def _needed(paragraphs: Any, width: float) -> float:
    """The height of paragraphs as written, by their own sizes, indents and spaces."""
    height = 0.0
    for paragraph in paragraphs:
        runs = list(paragraph.iter(qn("a:rPr")))
        text = "".join(run.text or "" for run in paragraph.iter(qn("a:t")))
        size = max(int(run.get("sz")) for run in runs) / 100
        bold = any(run.get("b") == "1" for run in runs)
        properties = paragraph.find(qn("a:pPr"))
        indent = int(properties.get("marL") or 0) / EMU if properties is not None else 0.0
        above = paragraph.find(f"{qn('a:pPr')}/{qn('a:spcBef')}/{qn('a:spcPts')}")
        height += lines_of(text, width - indent, size, ARIAL, bold) * size * ARIAL.line
        height += int(above.get("val")) / 100 if above is not None else 0.0
    return height


def test_every_text_fits_its_box(deck: Made) -> None:
    for slide in deck.slides():
        for shape in slide.shapes:
            if shape.has_text_frame:
                paragraphs = shape._element.txBody.findall(qn("a:p"))
                assert _needed(paragraphs, shape.width / EMU + SLACK) <= shape.height / EMU + SLACK, shape.name


def test_every_row_holds_its_cells(deck: Made) -> None:
    for slide in deck.slides():
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            table = shape.table
            assert abs(sum(row.height for row in table.rows) - shape.height) <= EMU
            assert abs(sum(column.width for column in table.columns) - shape.width) <= EMU
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    width = (column.width - cell.margin_left - cell.margin_right) / EMU + SLACK
                    room = (row.height - cell.margin_top - cell.margin_bottom) / EMU + SLACK
                    if cell.text:
                        assert _needed(cell._tc.txBody.findall(qn("a:p")), width) <= room


def test_no_box_leaves_the_slide_or_lies_on_another(deck: Made) -> None:
    presentation = Presentation(io.BytesIO(deck.file))
    for slide in presentation.slides:
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        for left, top, right, bottom in boxes:
            assert left >= 0 <= top
            assert right <= presentation.slide_width + EMU
            assert bottom <= presentation.slide_height + EMU
        for index, box in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = box[2] <= other[0] + EMU or other[2] <= box[0] + EMU
                assert apart or box[3] <= other[1] + EMU or other[3] <= box[1] + EMU


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
def test_measures_are_on_the_safe_side_of_the_shipped_fonts(weight: str) -> None:
    font = ImageFont.truetype(str(FONTS / f"SourceSans3-{weight}.otf"), 100)
    for measure in plan_snapshot().measures:
        assert text_width(measure.name, 100, bold=weight == "Semibold") >= font.getlength(measure.name)


def test_measures_are_on_the_safe_side_of_arial() -> None:
    """Liberation Sans has Arial's widths, to the unit; where a machine has it."""
    font_files = sorted(Path("/usr/share/fonts").rglob("LiberationSans-*.ttf"))
    if not font_files:
        pytest.skip("Liberation Sans is not here")
    texts = [measure.name for measure in plan_snapshot().measures] + ["Zażółć gęślą jaźń ŵŷ £5 – 12%", "WWW mmm @@"]
    for file in font_files:
        if file.stem.endswith(("-Regular", "-Bold")):
            font = ImageFont.truetype(str(file), 100)
            for text in texts:
                assert text_width(text, 100, bold=file.stem.endswith("Bold")) >= font.getlength(text), text


def test_accents_take_no_room_of_their_own_and_unknown_letters_an_em() -> None:
    assert text_width("ŵŷźż", 10) == text_width("wyzz", 10)
    assert text_width("漢", 10) >= 10


def test_lines_break_at_words_and_words_only_where_they_must() -> None:
    text = "one two three"
    ends = line_ends(text, text_width("one two", 12), 12)
    assert [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)] == ["one two", "three"]
    assert lines_of("x" * 100, text_width("x" * 10, 12), 12) == 10
    assert lines_of("", 100, 12) == 1


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_text_is_cut_to_its_lines_and_says_so(lines: int) -> None:
    cut = cut_to("word " * 100, lines, 120, 12)
    assert cut.endswith("…")
    assert lines_of(cut, 120, 12) <= lines
    assert cut_to("short", lines, 120, 12) == "short"


def test_a_template_in_wider_letters_gets_more_room() -> None:
    assert typeface(["Arial", "Verdana"]) == WIDER["Verdana"]
    assert typeface(["A font of no one's"]).width > 1.1
    assert typeface(["Arial", "Calibri"]) == ARIAL


ROOM = Box(0, 0, 600, 300)


def test_letters_shrink_before_a_slide_is_added() -> None:
    short = pages(Plan("T", (TextPart((para("word"),)),), ()), ROOM)
    longer = pages(Plan("T", (TextPart(tuple(para("word " * 40) for _ in range(6))),), ()), ROOM)
    assert short[0].laid[0].size == 18  # type: ignore[union-attr]
    assert len(longer) == 1
    assert longer[0].laid[0].size < 18  # type: ignore[union-attr]


def test_what_a_slide_cant_hold_goes_on_with_nothing_lost() -> None:
    texts = [f"{number} " + "word " * 60 for number in range(40)]
    laid = pages(Plan("T", (TextPart(tuple(map(para, texts))),), ()), ROOM)
    assert len(laid) > 1
    assert [page.title for page in laid][:1] == [f"T (1 of {len(laid)})"]
    laid_texts = [paragraph.text for page in laid for part in page.laid for paragraph in part.paras]  # type: ignore[union-attr]
    assert " ".join(" ".join(laid_texts).split()) == " ".join(" ".join(texts).split())


def test_a_paragraph_longer_than_a_slide_is_parted_between_words() -> None:
    laid = pages(Plan("T", (TextPart((para("word " * 3000),)),), ()), ROOM)
    laid_texts = [paragraph.text for page in laid for part in page.laid for paragraph in part.paras]  # type: ignore[union-attr]
    assert len(laid) > 1
    assert " ".join(laid_texts).split() == ["word"] * 3000


def test_a_long_table_repeats_its_heading_on_each_slide() -> None:
    columns = (DeckColumn("Name", 3), DeckColumn("Figure", 1, right=True))
    rows = tuple((DeckCell(f"row {number}"), DeckCell(str(number))) for number in range(60))
    laid = pages(Plan("T", (TablePart("c", columns, rows),), ()), ROOM)
    shown = [row[1].text for page in laid for part in page.laid for row in part.table.part.rows]  # type: ignore[union-attr]
    assert len(laid) > 1
    assert shown == [str(number) for number in range(60)]


def test_columns_yield_in_their_order_where_room_is_short() -> None:
    columns = (DeckColumn("Name", 3), *(DeckColumn(f"Column{n}", 1, True, yields=n) for n in range(12)))
    rows = ((DeckCell("A measure"), *(DeckCell("1,234.56") for _ in range(12))),)
    (page,) = pages(Plan("T", (TablePart("c", columns, rows),), ()), ROOM)
    shown = [column.label for column in page.laid[0].table.part.columns]  # type: ignore[union-attr]
    assert shown == ["Name", *(f"Column{n}" for n in range(len(shown) - 1))]
    assert 3 < len(shown) < 13


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_the_deck_and_shows_every_slide(tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(plan_deck().file)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    asked = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "deck.pptx"),
    ]
    subprocess.run(asked, check=True, capture_output=True, timeout=600)
    pypdf = pytest.importorskip("pypdf")
    assert len(pypdf.PdfReader(tmp_path / "deck.pdf").pages) == len(plan_deck().slides())


def test_rows_are_as_long_as_their_table_however_few_columns_an_area_has() -> None:
    area = small_snapshot().service_areas[0]
    whole = area_table(small_snapshot(), area)
    narrow = replace(whole, columns=whole.columns[:3], rows=tuple(row[:3] for row in whole.rows))
    assert {len(row) for row in _rows(area, narrow, ())} == {len(SHOWN)}


@pytest.mark.parametrize("lines", range(0, 24, 2))
def test_a_heading_and_its_note_stand_on_the_slide_on_which_their_table_begins(lines: int) -> None:
    above = tuple(
        Text("A sentence that takes a line or two of a slide, and is followed by others.") for _ in range(lines)
    )
    table = Table(
        "Rows", (Column("Measure"), Column("Figure")), ((Cell("Row 1"), Cell("1")), (Cell("Row 2"), Cell("2")))
    )
    parts = parts_of((*above, Heading("Its heading", "heading"), Text("Its note.", "note"), table))
    for page in pages(Plan("Title", parts, ()), Box(0, 0, 880, 380)):
        texts = [para.text for laid in page.laid if isinstance(laid, LaidText) for para in laid.paras]
        tables = [laid for laid in page.laid if isinstance(laid, PlacedTable)]
        assert ("Its heading" in texts) == ("Its note." in texts) == bool(tables)
