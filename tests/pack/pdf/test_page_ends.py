"""What a page's end parts, and what it doesn't, wherever on a page it comes to stand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pypdf
import pytest

from scorecard.pack.document.blocks import Block, Cell, Column, Document, Gallery, Heading, Section, Table, Text
from scorecard.pack.document.build import build_document
from scorecard.pack.document.data_quality import quality_section
from scorecard.pack.document.paper import on_paper
from scorecard.pack.pdf.render import DRAFT, _set
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import invented
from tests.pack.pdf.test_pdf import ends_at

SENTENCE = Text("A line that fills the page before it.")
LINES = 30  # of these that a page about holds


def set_(snapshot: Snapshot, *sections: Section) -> list[pypdf.PageObject]:
    """The pages of a document of some sections, below an empty cover."""
    whole: Document = build_document(snapshot, "ab" * 32, DRAFT)
    (made,) = _set(on_paper(replace(whole, cover=(), sections=sections)), snapshot.as_known_at)
    return list(pypdf.PdfReader(io.BytesIO(made)).pages)[1:]


def page_texts(pages: Sequence[pypdf.PageObject]) -> list[str]:
    return [page.extract_text() for page in pages]


def below(lines: int, *blocks: Block) -> Section:
    """A section of its own page, with so many lines above its blocks."""
    return Section("before", "Before", (*[SENTENCE] * lines, *blocks), starts="on a page")


def table(rows: int, text: str = "") -> Table:
    names = tuple((Cell(f"Row {row} {text}", strong=True), Cell("1")) for row in range(1, rows + 1))
    return Table("Rows", (Column("Measure of a row", 3), Column("Figure", 1, "number")), names, show_caption=False)


@pytest.mark.parametrize("text", ["", "of a name that goes on and on " * 8])
def test_a_table_that_half_a_page_holds_is_never_parted(text: str) -> None:
    rows = 12 if not text else 5
    for lines in range(0, LINES, 3):
        pages = page_texts(
            set_(invented.small_snapshot(), below(lines, Heading("Its name", "name"), table(rows, text)))
        )
        whole = [page for page in pages if "Row 1 " in page]
        assert len(whole) == 1, lines
        assert "Its name" in whole[0], lines
        assert all(f"Row {row} " in whole[0] for row in range(1, rows + 1)), lines


def test_of_a_longer_table_no_page_ends_with_its_heading_or_one_row() -> None:
    for lines in range(12, LINES + 4):
        pages = page_texts(set_(invented.small_snapshot(), below(lines, Heading("Its name", "name"), table(60))))
        first = next(page for page in pages if "Its name" in page)
        assert "Measure of a row" in first, lines
        assert "Row 1 " in first, lines
        assert "Row 2 " in first, lines
        assert sum("Row 60 " in page for page in pages) == 1, lines


def test_a_table_with_a_row_longer_than_a_page_begins_below_its_heading() -> None:
    names = tuple(f"Measure number {number} of a long cell" for number in range(400))
    rows = ((Cell("Row 1"), Cell("–")), (Cell("Row 2"), Cell("", items=names)))
    long = Table("Rows", (Column("Variation", 1), Column("Measures", 1)), rows, show_caption=False)
    pages = page_texts(set_(invented.small_snapshot(), below(0, Heading("Its name", "name"), long)))
    assert "Row 1" in pages[0], "a page with a heading alone"
    assert "399" in pages[-1]


def test_a_title_and_its_note_stand_on_the_page_on_which_what_they_lead_to_begins() -> None:
    exception = (Heading("Its exception", "one"), *[Text("What is said of it.")] * 12)
    for lines in range(0, LINES, 2):
        led = Section("led", "Its title", (Text("Its note.", "note"), Gallery(1, (exception,))), starts="running on")
        pages = page_texts(set_(invented.small_snapshot(), below(lines), led))
        (page,) = [page for page in pages if "Its title" in page]
        assert "Its note." in page, lines
        assert "Its exception" in page, lines


@pytest.mark.parametrize("snapshot", [invented.plan_snapshot(), invented.long_snapshot()], ids=["plan", "long"])
def test_data_quality_stands_on_one_page_wherever_it_begins_and_leaves_none_under_half_full(snapshot: Snapshot) -> None:
    shorter = 0
    for lines in range(0, LINES, 2):
        pages = set_(snapshot, below(lines), quality_section(snapshot))
        holding = [
            page for page, text in zip(pages, page_texts(pages), strict=True) if "Over the last 12 months" in text
        ]
        assert len(holding) == 1, lines
        text = holding[0].extract_text()
        assert "Who needs to send what" in text, lines
        assert "figures come from" in text or "All figures are" in text, lines
        assert len(pages) == 1 or ends_at(pages[0]) > 0.5, lines
        assert len(pages) <= 2, lines
        shorter += "To read with care (" in text
    assert shorter or snapshot is not invented.long_snapshot(), "nothing was shortened: this tested nothing"
