"""The PDF as qpdf reads it, and what of PDF/UA-1 (ISO 14289-1) and its Matterhorn protocol a library can test."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from scorecard.core.periods import month_words
from scorecard.pack.document.charts import has_figure
from scorecard.pack.errors import PackError
from scorecard.pack.pdf.glyphs import in_print
from scorecard.pack.pdf.row_headers import with_row_headers
from scorecard.pack.snapshot.models import Snapshot


@pytest.fixture(scope="module")
def opened(pdf_bytes: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as file:
        yield file


@pytest.fixture(scope="module")
def elements(opened: pikepdf.Pdf) -> list[Any]:
    """All structure elements, in reading order."""
    return [*walk(opened.Root.StructTreeRoot)]


def walk(node: Any) -> Iterator[Any]:
    for kid in kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def kids(element: Any) -> list[Any]:
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def below(element: Any, kind: str) -> list[Any]:
    return [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == kind]


def scope_of(cell: Any) -> str | None:
    attributes = cell.get("/A", [])
    scopes = [
        attribute.get("/Scope")
        for attribute in attributes
        if isinstance(attribute, pikepdf.Dictionary) and attribute.O == "/Table"
    ]
    return str(scopes[0]) if scopes else None


def test_qpdf_finds_no_fault(opened: pikepdf.Pdf) -> None:
    assert opened.check_pdf_syntax() == []


def test_every_row_has_a_header_with_its_scope(elements: list[Any]) -> None:
    rows = [element for element in elements if element.S == "/TR"]
    assert len(rows) > 50
    for row in rows:
        head, *others = [kid for kid in kids(row) if isinstance(kid, pikepdf.Dictionary)]
        assert head.S == "/TH"
        if scope_of(head) == "/Row":
            assert {str(cell.S) for cell in others} <= {"/TD"}
        else:
            assert {scope_of(cell) for cell in (head, *others)} == {"/Column"}
    for table in (element for element in elements if element.S == "/Table"):
        parts = {str(kid.S) for kid in kids(table) if isinstance(kid, pikepdf.Dictionary)}
        assert parts <= {"/THead", "/TBody", "/TFoot", "/Caption"}
        assert "/THead" in parts


def test_the_pdf_is_tagged_in_british_english_with_a_title(opened: pikepdf.Pdf, snapshot: Snapshot) -> None:
    root = opened.Root
    assert root.Lang == "en-GB"
    title = f"Measures that matter: {month_words(snapshot.reporting_month)}, {snapshot.board.title}"
    assert opened.docinfo["/Title"] == title
    moment = snapshot.as_known_at
    assert str(opened.docinfo["/CreationDate"]).startswith(f"D:{moment:%Y%m%d%H%M%S}")
    metadata = root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_headings_never_skip_a_level(elements: list[Any]) -> None:
    levels = [int(str(element.S)[2:]) for element in elements if re.fullmatch(r"/H\d", str(element.S))]
    assert len(levels) > 60
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_bookmarks_name_every_service_area(opened: pikepdf.Pdf, snapshot: Snapshot) -> None:
    def titles(items: Iterable[pikepdf.OutlineItem]) -> list[str]:
        return [title for item in items for title in (str(item.title), *titles(item.children))]

    with opened.open_outline() as outline:
        assert {area.name for area in snapshot.service_areas} <= set(titles(outline.root))


def test_only_the_shipped_fonts_are_used_and_all_are_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [font for font in opened.objects if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"]
    inner = [font for font in fonts if "/FontDescriptor" in font]
    assert inner
    assert all("/FontFile3" in font.FontDescriptor for font in inner)
    assert {str(font.BaseFont).split("+")[1] for font in inner} <= {"SourceSans3-Regular", "SourceSans3-Semibold"}


def test_every_figure_and_link_is_said_in_words(opened: pikepdf.Pdf, elements: list[Any], snapshot: Snapshot) -> None:
    descriptions = [str(element.get("/Alt", "")) for element in elements if element.S == "/Figure"]
    assert all(descriptions)
    for measure in snapshot.measures:
        assert descriptions.count(in_print(measure.trend.alt)) == has_figure(measure), measure.id
    for page in opened.pages:
        links = [annotation for annotation in page.get("/Annots", []) if annotation.Subtype == "/Link"]
        assert all("/StructParent" in link for link in links)
        assert all(str(link.get("/Contents", "")) for link in links)
        assert not links or page.Tabs == "/S"


def test_all_that_is_drawn_is_in_the_tree_or_said_to_be_none_of_it(opened: pikepdf.Pdf) -> None:
    root = opened.Root
    assert root.MarkInfo.Marked
    assert "/ParentTree" in root.StructTreeRoot
    assert root.ViewerPreferences.DisplayDocTitle
    for page in opened.pages:
        assert "/StructParents" in page
        depth, marked = 0, 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += name in ("BDC", "BMC")
            depth -= name == "EMC"
            marked += name == "BDC" and str(operands[0]) != "/Artifact"
            assert depth or name not in ("Tj", "TJ", "'", '"', "Do"), "text or a picture outside of the tags"
        assert depth == 0
        assert marked


def test_list_items_stand_in_lists_and_lists_hold_nothing_else(elements: list[Any]) -> None:
    lists = [element for element in elements if element.S == "/L"]
    assert lists
    for list_element in lists:
        assert {str(item.S) for item in kids(list_element) if isinstance(item, pikepdf.Dictionary)} <= {
            "/LI",
            "/Caption",
        }
    assert all(element.P.S == "/L" for element in elements if element.S == "/LI")


def test_a_file_that_is_not_as_typst_writes_it_is_refused() -> None:
    with pytest.raises(PackError, match="not as Typst writes it"):
        with_row_headers(b"%PDF-1.7\nstartxref\n3\n%%EOF")
