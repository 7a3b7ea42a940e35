"""A pack keeps to its length where much is wrong: exceptions stand closer, none of them is left out."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pypdf
import pytest
from pptx import Presentation

from scorecard.pack.document.changes import since_section
from scorecard.pack.document.exceptions import advice
from scorecard.pack.document.paper import ELSEWHERE, printed
from scorecard.pack.html.render import html
from scorecard.pack.pdf.render import pdf
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.snapshot.canonical_json import canonical_json
from scorecard.pack.snapshot.changes import Comparison, PackRef, WordChange
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from tests.conftest import WHEN
from tests.pack import invented
from tests.pack.decks import notes_of, texts_of, title_of

MANY = 16
NOT_A_FEW = 12  # that a pack of the plan's measures has room for on paper, with two years of events
REASONED = {
    "exception": True,
    "exception_reasons": ("concern",),
    "action": "Find out what changed.",
    "question": "What changed, and what is done about it?",
}


@cache
def crowded(many: int) -> Snapshot:
    """The long history with so many exceptions, the first measures that have a figure."""
    snapshot = invented.long_snapshot()
    known = [measure.id for measure in snapshot.measures if measure.judgement.value is not None][:many]
    return snapshot.model_copy(
        update={
            "service_areas": tuple(
                area.model_copy(
                    update={"measures": tuple(_as_exception(measure, measure.id in known) for measure in area.measures)}
                )
                for area in snapshot.service_areas
            )
        }
    )


def _as_exception(measure: SnapshotMeasure, wanted: bool) -> SnapshotMeasure:
    judged = (
        REASONED | {"exception_words": f"{measure.name}: the board must hear of it."}
        if wanted
        else {"exception": False}
    )
    return measure.model_copy(update={"judgement": measure.judgement.model_copy(update=judged)})


@cache
def slides() -> list[Any]:
    return list(Presentation(io.BytesIO(deck(canonical_json(crowded(MANY))))).slides)


def exceptions() -> list[SnapshotMeasure]:
    return [measure for measure in crowded(MANY).measures if measure.judgement.exception]


def test_a_deck_with_many_exceptions_has_at_most_20_slides_and_shows_each_with_its_chart() -> None:
    assert len(exceptions()) == MANY
    assert len(slides()) <= 20
    shared = [slide for slide in slides() if title_of(slide).startswith("Exceptions ")]
    assert [title_of(slide) for slide in shared] == [
        f"Exceptions {number} and {number + 1} of {MANY}" for number in range(1, MANY, 2)
    ]
    assert all(sum(shape.has_chart for shape in slide.shapes) == 2 for slide in shared)
    for measure in exceptions():
        (slide,) = [slide for slide in shared if measure.name in texts_of(slide)]
        assert f"Chart: {measure.name}" in [shape.name for shape in slide.shapes]
        assert "The board must hear of it." in " ".join(texts_of(slide))
        for label, text in advice(measure):
            assert f"{label}: {text}" in notes_of(slide)
        assert f"To ask: {measure.judgement.question}" in texts_of(slide)


def test_few_exceptions_have_a_slide_each() -> None:
    few = Presentation(io.BytesIO(deck(invented.long_bytes()))).slides
    assert not [slide for slide in few if title_of(slide).startswith("Exceptions ")]


def test_a_pdf_with_many_exceptions_has_at_most_20_pages_and_shows_each_once() -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(canonical_json(crowded(NOT_A_FEW))))).pages]
    assert len(pages) <= 20
    assert sum(page.count("What to do:") for page in pages) == NOT_A_FEW
    assert max(page.count("What to do:") for page in pages) == 4


@pytest.mark.parametrize(("changed", "left_out"), [(12, False), (40, True)])
def test_paper_has_the_first_of_many_changed_words_and_the_web_page_has_all(changed: int, left_out: bool) -> None:
    then = PackRef(id="0" * 64, board="improvement-board", reporting_month=WHEN.date(), as_known_at=WHEN)
    changes = tuple(
        WordChange(
            measure_id=f"m{number}", measure=f"Measure number {number}.", service_area="A", what="Variation",
            old="Not shown", new=f"Worse ({number})", direction="neither",
        )
        for number in range(1, changed + 1)
    )  # fmt: skip
    snapshot = invented.small_snapshot().model_copy(update={"changes": Comparison(old=then, variation=changes)})
    section = printed(since_section(snapshot))
    assert sum(change.measure in str(section) for change in changes) == min(changed, 12)
    assert (f"and {changed - 12} more, {ELSEWHERE}." in str(section)) == left_out
    page = html(canonical_json(snapshot)).decode()
    assert all(f"Worse ({number})" in page for number in range(1, changed + 1))
