"""Approved commentary and what the board asked stand in all four formats; where nobody said anything nothing does."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from scorecard.pack.formats import export
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.compare import compare_snapshots
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import invented

HOSTILE = "=cmd|calc </script><img src=x> +1"
SAID = Commentary(
    what_happened=("Sickness rose.", "• two teams", HOSTILE), why=("Two long absences.",), being_done=("Talks.",),
    by_whom="Service Manager", by_when=date(2020, 10, 1), approved_by="Executive Director",
    approved_on=date(2020, 9, 10),
)  # fmt: skip
ASKED = SnapshotDecision(
    number=7, kind="question", month=date(2020, 6, 30), service_area_id="x", about="The whole area",
    text="Why so many?", owner="Head of Service", due=date(2020, 9, 20), open=True, answers=("Being looked into.",),
)  # fmt: skip
TOLD = (
    "Sickness rose.", "two teams", HOSTILE, "Two long absences.", "Service Manager", "Why so many?",
    "Being looked into.",
)  # fmt: skip


def with_words(snapshot: Snapshot, comment: Commentary = SAID) -> Snapshot:
    """Every measure with commentary, exceptions and others."""
    areas = []
    for area in snapshot.service_areas:
        measures = tuple(measure.model_copy(update={"commentary": comment}) for measure in area.measures)
        areas.append(area.model_copy(update={"measures": measures}))
    return snapshot.model_copy(update={"service_areas": tuple(areas), "asked": (ASKED,)})


def words_of(content: bytes) -> dict[str, str]:
    pages = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(export(content, "pdf"))).pages)
    shapes = [shape for slide in Presentation(io.BytesIO(export(content, "pptx"))).slides for shape in slide.shapes]
    deck = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    deck += [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    book = CalamineWorkbook.from_filelike(io.BytesIO(export(content, "xlsx")))
    named = [name for name in ("Commentary", "Asked") if name in book.sheet_names]
    cells = [str(cell) for name in named for row in book.get_sheet_by_name(name).to_python() for cell in row]
    page = export(content, "html").decode().replace("&lt;", "<").replace("&gt;", ">")
    texts = {"pdf": pages, "html": page, "pptx": " ".join(deck), "xlsx": " ".join(cells)}
    return {name: invented.squeezed(text) for name, text in texts.items()}


def test_what_was_said_stands_in_every_format_as_text() -> None:
    snapshot = with_words(invented.small_snapshot())
    content = canonical_json(snapshot)
    assert read_snapshot(content) == snapshot
    assert b"<img" not in export(content, "html")
    for name, text in words_of(content).items():
        assert [phrase for phrase in TOLD if invented.squeezed(phrase) not in text] == [], name


def test_where_nobody_said_anything_nothing_is_kept_or_printed() -> None:
    content = canonical_json(invented.small_snapshot())
    assert b'"commentary"' not in content
    assert b'"asked"' not in content
    for name, text in words_of(content).items():
        assert "Whattheboardasked" not in text, name
        assert "Commentary,approved" not in text, name


def test_a_full_comment_on_every_measure_still_prints() -> None:
    line = "A sentence of many words that says what happened. " * 5
    full = SAID.model_copy(update={"what_happened": (line,) * 12, "why": (line,) * 3, "being_done": ("x" * 1_000,)})
    content = canonical_json(with_words(invented.small_snapshot(), full))
    for name in ("pdf", "pptx", "xlsx", "html"):
        assert export(content, name)


def test_a_correction_tells_that_commentary_was_approved_anew() -> None:
    plain = invented.small_snapshot()
    old, new = with_words(plain), with_words(plain, SAID.model_copy(update={"approved_on": date(2020, 9, 11)}))
    changes = {change.what: (change.old, change.new) for change in compare_snapshots(old, new).wording}
    assert changes == {
        "Commentary": tuple(f"Approved by Executive Director on {day} September 2020" for day in (10, 11))
    }
    august = old.model_copy(update={"reporting_month": date(2020, 8, 31)})
    assert compare_snapshots(plain, august).wording == ()


@pytest.mark.parametrize("name", ["pdf", "html", "pptx", "xlsx"])
def test_the_same_words_give_the_same_bytes(name: str) -> None:
    content = canonical_json(with_words(invented.small_snapshot()))
    assert export(content, name) == export(content, name)
