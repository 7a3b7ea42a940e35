"""The PDF as qpdf reads it, and what of PDF/UA-1 (ISO 14289-1) and its Matterhorn protocol a library can test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from scorecard.pack.errors import PackError
from scorecard.pack.pdf.row_headers import with_row_headers


@pytest.fixture(scope="module")
def opened(pdf_bytes: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as file:
        yield file


@pytest.fixture(scope="module")
def elements(opened: pikepdf.Pdf) -> list[Any]:
    return [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"]


def kids(element: Any) -> list[Any]:
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def below(element: Any, kind: str) -> list[Any]:
    return [one for one in kids(element) if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def scope_of(cell: Any) -> str | None:
    attributes = cell.get("/A", [])
    found = [one.get("/Scope") for one in attributes if isinstance(one, pikepdf.Dictionary) and one.O == "/Table"]
    return str(found[0]) if found else None


def test_qpdf_finds_no_fault(opened: pikepdf.Pdf) -> None:
    assert opened.check_pdf_syntax() == []


def test_every_row_has_a_header_with_its_scope(elements: list[Any]) -> None:
    rows = [one for one in elements if one.S == "/TR"]
    assert len(rows) > 50
    for row in rows:
        head, *others = [one for one in kids(row) if isinstance(one, pikepdf.Dictionary)]
        assert head.S == "/TH"
        if scope_of(head) == "/Row":
            assert {str(one.S) for one in others} <= {"/TD"}
        else:
            assert {scope_of(one) for one in (head, *others)} == {"/Column"}
    for table in (one for one in elements if one.S == "/Table"):
        parts = {str(one.S) for one in kids(table) if isinstance(one, pikepdf.Dictionary)}
        assert parts <= {"/THead", "/TBody", "/TFoot", "/Caption"}
        assert "/THead" in parts


def test_every_figure_and_link_is_said_in_words(opened: pikepdf.Pdf, elements: list[Any]) -> None:
    figures = [one for one in elements if one.S == "/Figure"]
    assert figures
    assert all(str(one.get("/Alt", "")) for one in figures)
    for page in opened.pages:
        links = [one for one in page.get("/Annots", []) if one.Subtype == "/Link"]
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
    lists = [one for one in elements if one.S == "/L"]
    assert lists
    for one in lists:
        assert {str(item.S) for item in kids(one) if isinstance(item, pikepdf.Dictionary)} <= {"/LI", "/Caption"}
    assert all(one.P.S == "/L" for one in elements if one.S == "/LI")


def test_a_file_that_is_not_as_typst_writes_it_is_refused() -> None:
    with pytest.raises(PackError, match="not as Typst writes it"):
        with_row_headers(b"%PDF-1.7\nstartxref\n3\n%%EOF")
