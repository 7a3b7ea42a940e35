"""What a sheet becomes in the file: cut texts, heights of rows, heads of pages, and which lines each chart draws."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from scorecard.pack.excel.render import workbook
from scorecard.pack.snapshot.canonical_json import canonical_json
from scorecard.pack.snapshot.models import PackState
from tests.pack import invented

WHOLE, CUT = "a" * 32_000, "b" * 32_001
APPROVED = PackState(state="approved", role="Executive Director", when=datetime(2020, 9, 3, tzinfo=UTC))
THREE_LINES, TWO_LINES = (
    "one\ntwo\nthree",
    "a " * 48,
)  # of the 48 characters that a definition's column of 50 has for words


@pytest.fixture(scope="module")
def workbook_bytes() -> bytes:
    """A workbook of three measures, whose texts are long, of a board whose marking has an ampersand."""
    pack = invented.three_measures()
    (area,) = pack.service_areas
    notes = ({"plan_wording": WHOLE, "note": CUT}, {"definition": THREE_LINES}, {"definition": TWO_LINES})
    measures = tuple(measure.model_copy(update=note) for measure, note in zip(area.measures, notes, strict=True))
    board = pack.board.model_copy(update={"marking": "OFFICIAL & HELD"})
    areas = (area.model_copy(update={"measures": measures}),)
    return workbook(canonical_json(pack.model_copy(update={"service_areas": areas, "board": board})), APPROVED)


@pytest.fixture(scope="module")
def book(workbook_bytes: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes))


def column(book: openpyxl.Workbook, sheet: str, label: str) -> dict[int, object]:
    """The cells of a column by their row, those below its heading."""
    head, column_number = next(
        (cell.row, cell.column) for row in book[sheet].iter_rows() for cell in row if cell.value == label
    )
    rows = book[sheet].iter_rows(min_row=head + 1, min_col=column_number, max_col=column_number)
    return {cell.row: cell.value for (cell,) in rows}


def test_a_text_is_cut_where_excel_holds_no_more_and_shows_that_it_was(book: openpyxl.Workbook) -> None:
    assert next(iter(column(book, "Definitions", "The plan's wording").values())) == WHOLE
    assert next(iter(column(book, "Definitions", "Note (ours)").values())) == "b" * 32_000 + "…"


def test_a_row_is_as_high_as_its_longest_text_needs_and_never_over_excels_bound(book: openpyxl.Workbook) -> None:
    rows = list(column(book, "Definitions", "Definition (ours)"))
    assert [book["Definitions"].row_dimensions[row].height for row in rows] == [
        pytest.approx(409, abs=0.25),  # as whole pixels
        3 * 15,
        2 * 15,
    ]
    first = next(iter(column(book, "Targets", "Target")))
    assert book["Targets"].row_dimensions[first].height in (None, 15), "none is the usual"


def test_each_page_has_its_marking_and_state_at_its_head(book: openpyxl.Workbook) -> None:
    state = "Approved by the Executive Director on 3 September 2020, 00:00 UTC"
    for sheet in book:
        assert sheet.oddHeader.left.text == "&BOFFICIAL && HELD · Demonstration data"
        assert sheet.oddHeader.right.text == f"The Improvement Board · {state}"


def test_a_chart_draws_the_lines_that_a_measure_has_and_no_others(workbook_bytes: bytes) -> None:
    """In the catalogue's order: limits and a target to reach; a range; a target not to pass alone."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes)) as archive:
        texts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (2, 3, 4)]
    rows = [(4, 28), (29, 30), (31, 31)]  # below title, two notes and headings
    names = [re.findall(r"<c:ser>.*?<c:tx><c:v>(.*?)</c:v>", text) for text in texts]
    assert names == [
        ["Figure", "Target", "Mean", "Lower limit", "Upper limit"],
        ["Figure", "Target", "Target (upper)"],
        ["Figure", "Target"],
    ]
    drawn = [re.findall(r"<c:val><c:numRef><c:f>Observations!\$([A-Z])\$(\d+)", text) for text in texts]
    assert [[letter for letter, _ in chart_lines] for chart_lines in drawn] == [list("HOQRS"), list("HOP"), list("HP")]
    assert {int(row) for row in (chart_lines[0][1] for chart_lines in drawn)} == {first + 1 for first, _ in rows}
