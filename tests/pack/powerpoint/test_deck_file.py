"""The deck as a file: the same bytes anywhere, and a council's own template."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from scorecard.charts.palette import LILAC, ORANGE, PLUM, TEAL
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.powerpoint.template import DECK_TYPE, TEMPLATE_TYPE, own_template
from scorecard.pack.powerpoint.theme import THEME_BY_COLOUR
from scorecard.pack.snapshot.models import PackState
from tests.pack.decks import (
    Made,
    charts_of,
    hostile_deck,
    long_deck,
    notes_of,
    plan_deck,
    short_content,
    short_deck,
    texts_of,
    title_of,
)
from tests.pack.invented import LATER

SCRIPT = """
import hashlib, sys
from scorecard.pack.powerpoint.render import deck
print(hashlib.sha256(deck(sys.stdin.buffer.read())).hexdigest())
"""


def test_the_deck_is_one_of_the_packs_formats() -> None:
    assert FORMATS["pptx"].draw is deck


@pytest.mark.parametrize("made", [plan_deck, long_deck])
def test_the_same_snapshot_gives_the_same_bytes_twice(made: Callable[[], Made]) -> None:
    assert deck(made().content) == made().file


def test_the_same_bytes_come_from_a_new_process_in_another_zone_with_another_hash_seed() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=long_deck().content, capture_output=True, check=True, cwd=Path(__file__).parents[3],
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "31337"},
    )  # fmt: skip
    assert asked.stdout.decode().strip() == hashlib.sha256(long_deck().file).hexdigest()


def test_no_date_in_the_file_is_the_clocks() -> None:
    known = LATER.replace(tzinfo=None)
    presentation = Presentation(io.BytesIO(long_deck().file))
    assert presentation.core_properties.created == presentation.core_properties.modified == known
    with zipfile.ZipFile(io.BytesIO(long_deck().file)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                assert len({entry.date_time for entry in book.infolist()}) == 1
                assert datetime.strftime(known, "%Y-%m-%dT%H:%M:%SZ").encode() in book.read("docProps/core.xml")


def test_another_state_is_another_file() -> None:
    content = plan_deck().content
    assert deck(content, PackState(state="working_copy")) != plan_deck().file


def test_bytes_that_are_no_snapshot_are_refused_in_words() -> None:
    with pytest.raises(PackError, match="snapshot"):
        deck(b"{}")


# ---- templates


def _saved(presentation: Any) -> bytes:
    made = io.BytesIO()
    presentation.save(made)
    return made.getvalue()


def _without(*layouts: str) -> bytes:
    """The library's own template with only some of its layouts."""
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        if layout.name not in layouts:
            presentation.slide_layouts.remove(layout)
    return _saved(presentation)


@pytest.fixture(scope="module")
def foreign() -> bytes:
    """Another template: 4:3, other layouts in another order, and a slide that shows how to use it."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "How to use this template"
    return _saved(presentation)


def test_a_councils_template_takes_the_place_of_ours(foreign: bytes) -> None:
    file = deck(short_content(), template=foreign)
    presentation = Presentation(io.BytesIO(file))
    assert presentation.slide_width == 9_144_000
    titles = [title_of(slide) for slide in presentation.slides]
    assert "How to use this template" not in titles
    assert len(set(titles)) == len(titles) > 6
    for slide in presentation.slides:
        assert "DRAFT" in texts_of(slide)
        assert "OFFICIAL-SENSITIVE" in texts_of(slide)
        assert all(shape.text_frame.text for shape in slide.placeholders)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width + 12_700
            assert shape.top + shape.height <= presentation.slide_height + 12_700


def test_a_template_whose_notes_have_no_box_for_text_gets_one() -> None:
    presentation = Presentation(io.BytesIO(own_template()))
    for placeholder in list(presentation.notes_master.placeholders):
        if placeholder.placeholder_format.type == PP_PLACEHOLDER.BODY:
            placeholder._element.getparent().remove(placeholder._element)
    content = short_content()
    made = Presentation(io.BytesIO(deck(content, PackState(), template=_saved(presentation))))
    as_usual = Presentation(io.BytesIO(deck(content, PackState())))
    assert [_notes_texts(slide) for slide in made.slides] == [[notes_of(slide)] for slide in as_usual.slides]


def _notes_texts(slide: Any) -> list[str]:
    shapes = slide.notes_slide.shapes
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame and shape.text_frame.text]


def test_the_same_template_gives_the_same_bytes(foreign: bytes) -> None:
    content = short_content()
    assert deck(content, template=foreign) == deck(content, template=foreign)


def test_our_own_template_has_the_palette_that_colours_are_named_by() -> None:
    with zipfile.ZipFile(io.BytesIO(own_template())) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
    for colour, name in THEME_BY_COLOUR.items():
        assert f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' in theme


def test_our_own_template_can_be_handed_out_and_back() -> None:
    assert deck(short_content(), template=own_template()) == short_deck().file


def test_slides_take_their_colours_from_the_template_but_for_those_that_mean_something() -> None:
    own = {TEAL[1:], PLUM[1:], ORANGE[1:], LILAC[1:]}
    colours = set()
    with zipfile.ZipFile(io.BytesIO(long_deck().file)) as archive:
        for name in archive.namelist():
            if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
                text = archive.read(name).decode()
                colours |= set(re.findall(r'srgbClr val="(\w+)"', text))
                assert not re.findall(r'schemeClr val="accent[2346]"', text), name
    assert colours == own


def test_a_potx_serves_as_a_template() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(own_template())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(DECK_TYPE, TEMPLATE_TYPE))
    assert deck(short_content(), template=made.getvalue()) == short_deck().file


def test_a_title_alone_layout_is_welcome_but_not_needed() -> None:
    file = deck(short_content(), template=_without("Title Slide", "Title and Content"))
    assert len(Presentation(io.BytesIO(file)).slides) > 6


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            _without("Title and Content", "Blank"),
            "lacks a layout with a title and a subtitle, for the first slide. Add it",
        ),
        (_without("Title Slide", "Title Only"), "lacks a layout with a title and one box for text or content, for all"),
        (_without("Blank"), "subtitle.* and .*one box"),
        (b"not a file of slides", "no PowerPoint file"),
        (b"", "no PowerPoint file"),
    ],
)
def test_a_template_that_lacks_something_is_refused_by_name(template: bytes, message: str) -> None:
    with pytest.raises(PackError, match=message):
        deck(short_content(), template=template)


def test_a_template_with_little_room_is_refused() -> None:
    presentation = Presentation()
    body = presentation.slide_layouts.get_by_name("Title and Content").placeholders[1]
    body.left, body.top, body.width, body.height = Emu(457_200), Emu(1_600_200), Emu(8_229_600), Emu(900_000)
    with pytest.raises(PackError, match="too little room"):
        deck(short_content(), template=_saved(presentation))


def test_a_template_with_macros_is_refused() -> None:
    made = io.BytesIO(own_template())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"")
    with pytest.raises(PackError, match="macros"):
        deck(short_content(), template=made.getvalue())


def test_no_workbook_holds_a_formula_or_a_link() -> None:
    for _, chart in charts_of(hostile_deck()):
        with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            assert "<f>" not in sheet
            assert "<f " not in sheet
            assert "hyperlink" not in sheet
            assert not any("externalLink" in name for name in book.namelist())


def test_hostile_texts_stay_texts() -> None:
    texts = [text for slide in hostile_deck().slides() for text in texts_of(slide)]
    assert any("=cmd|'/c calc'!A1 <b>bold</b> & ŵŷ Zażółć gęślą jaźń" in text for text in texts)
    assert not any(sign in text for text in texts for sign in "\x0b\x1f\u202e")
    with zipfile.ZipFile(io.BytesIO(hostile_deck().file)) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not any(b'TargetMode="External"' in text for text in relations)
