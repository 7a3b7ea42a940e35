"""Formats stand in one place; files are named to be filed."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from scorecard.catalogue.models import ServiceArea
from scorecard.charts.model.comparison import YearLine, YearPoint
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS, export, file_name
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.models import PackState
from tests.pack import invented
from tests.pack.published_charts import FUNNEL, YEARS

APPROVED = PackState(state="approved", role="Executive Director", edition=2)
ID = "ab" * 32


def test_each_format_begins_as_its_kind_of_file_does() -> None:
    content = invented.plan_bytes()
    begins = {"pdf": b"%PDF-", "xlsx": b"PK", "html": b"<!DOCTYPE html>", "pptx": b"PK"}
    assert set(begins) <= set(FORMATS)
    for name, signs in begins.items():
        assert export(content, name).startswith(signs)


def test_a_format_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(PackError, match=r"no format 'docx'\. Ask for one of: pdf"):
        export(invented.plan_bytes(), "docx")


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (APPROVED, "2020-07 Improvement Board approved edition 2 abababababab.pdf"),
        (PackState(), "2020-07 Improvement Board draft abababababab.pdf"),
        (PackState(state="superseded"), "2020-07 Improvement Board superseded abababababab.pdf"),
        (PackState(state="working_copy"), "2020-07 working copy.pdf"),
    ],
)
def test_a_file_is_named_by_month_board_and_state(state: PackState, name: str) -> None:
    assert file_name(invented.plan_snapshot(), ID, state, "pdf") == name


def test_a_demonstration_says_so_in_its_name() -> None:
    assert (
        file_name(invented.long_snapshot(), ID, APPROVED, "xlsx")
        == "2022-06 Improvement Board demonstration approved edition 2 abababababab.xlsx"
    )


def test_one_areas_pack_names_it_without_signs_that_a_file_may_not_have() -> None:
    plan = invented.plan_snapshot()
    areas: tuple[ServiceArea, ...] = tuple(area for area in plan.service_areas if area.id == "mash-edt")  # type: ignore[assignment]
    area_pack = plan.model_copy(update={"areas_asked": ("mash-edt",), "service_areas": areas})
    name = file_name(area_pack, "", PackState(state="working_copy"), "pdf")
    assert name == "2020-07 MASH EDT working copy.pdf"


def test_a_pack_of_some_areas_says_of_how_many() -> None:
    plan = invented.plan_snapshot()
    some = plan.model_copy(update={"areas_asked": ("a", "b"), "service_areas": plan.service_areas[:2]})
    assert file_name(some, ID, PackState(), "pdf") == (
        "2020-07 Improvement Board 2 of 17 service areas draft abababababab.pdf"
    )


def test_the_neighbours_stand_in_every_format_where_any_can_be_compared() -> None:
    """Each format has the gap; what draws has the years and the funnel too, and the workbook their figures."""
    points = tuple(
        YearPoint(end=date(year, 9, 30), value=value, words=f"{value:.2f}")
        for year, value in ((2018, 7.04), (2019, 15.36))
    )
    lines = (
        YearLine(whose="ours", name="Us, <as printed>", short_name="Us", points=points),
        YearLine(whose="england", name="England, as printed", short_name="England", points=points[:1]),
    )
    years = YEARS.model_copy(update={"lines": lines, "alt": "From 7 to 15"})
    funnel = FUNNEL.model_copy(update={"alt": "Far out"})
    drawn = {"funnel_words": "higher than others", "years": years, "funnel": funnel}
    row = invented.BESIDE.model_copy(update=drawn)
    small = invented.small_snapshot()
    for snapshot, compared in (
        (small, False),
        (small.model_copy(update={"published": (row,), "with_charts": True}), True),
    ):
        content = canonical_json(snapshot)
        assert read_snapshot(content) == snapshot
        pages = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(export(content, "pdf"))).pages)
        shapes = [shape for slide in Presentation(io.BytesIO(export(content, "pptx"))).slides for shape in slide.shapes]
        cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
        book = CalamineWorkbook.from_filelike(io.BytesIO(export(content, "xlsx")))
        sheet = book.get_sheet_by_name("Neighbours").to_python() if "Neighbours" in book.sheet_names else []
        texts = [
            invented.squeezed(pages),
            invented.squeezed(export(content, "html").decode()),
            invented.squeezed(" ".join(cells)),
            invented.squeezed(" ".join(str(cell) for row in sheet for cell in row)),
        ]
        assert [invented.squeezed(row.gap_words) in text for text in texts] == [compared] * 4
        assert [invented.squeezed("England, as printed") in text for text in texts[1:]] == [compared, False, False]
        drawn = [invented.squeezed(phrase) in texts[1] for phrase in ("From 7 to 15", "Far out", "Farborough")]
        assert drawn == [compared] * 3
        yearly = book.get_sheet_by_name("Neighbours by year").to_python() if compared else []
        next_cells = [
            yearly_row[yearly_row.index(us) + 1 :][:2]
            for yearly_row in yearly
            if (us := "Us, <as printed>") in yearly_row
        ]
        assert next_cells == [[date(year, 9, 30), value] for year, value in ((2018, 7.04), (2019, 15.36)) if compared]
