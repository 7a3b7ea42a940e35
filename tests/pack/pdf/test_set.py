"""What is handed to the process that sets a pack, and what becomes of its answer: no PDF is set for it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scorecard.pack.document.blocks import Cell, Column, Figure, Size, Table, Text
from scorecard.pack.document.build import build_document
from scorecard.pack.errors import PackError
from scorecard.pack.pdf import render, typesetter
from scorecard.pack.pdf.glyphs import breakable
from scorecard.pack.pdf.row_headers import with_row_headers
from scorecard.pack.snapshot.models import PackState
from tests.pack import invented

MOMENT = datetime(2020, 8, 5, 9, 30, 7, tzinfo=UTC)
LETTERS = 165  # of a line across the page


class Answering:
    """A process that answers so and ends so; what it was told is kept."""

    def __init__(self, answer: bytes, returncode: int = 0) -> None:
        self.answer, self.returncode, self.told = answer, returncode, b""

    def __enter__(self) -> Answering:
        return self

    def __exit__(self, *_: object) -> None: ...

    def communicate(self, content: bytes) -> tuple[bytes, None]:
        self.told = content
        return self.answer, None


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answering]:
    def put(answer: bytes, returncode: int = 0) -> Answering:
        process = Answering(answer, returncode)
        monkeypatch.setattr(render, "_typesetter", lambda: process)
        return process

    return put


def document() -> Any:
    return build_document(invented.three_measures(), "ab" * 32, PackState())


def test_a_document_is_told_with_its_moment_and_its_files_come_back_parted(answering: Any) -> None:
    process = answering(b'{"sizes": [3, 0, 4]}\nabcdefg')
    assert render._set(document(), MOMENT, 60) == [b"abc", b"", b"defg"]
    asked, _, pack = process.told.partition(b"\n")
    assert json.loads(asked) == {"moment": "2020-08-05T09:30:07+00:00", "dots_per_inch": 60}
    assert json.loads(pack)["as_known_at"] == [2020, 8, 5, 9, 30, 7]
    assert pack.decode() == json.dumps(json.loads(pack), ensure_ascii=False, sort_keys=True)
    answering(b'{"sizes": [7]}\nabcdefg')
    assert render._pdf(document(), MOMENT) == b"abcdefg"


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (b"", 0, "ended with code 0"),
        (b"", 9, "ended with code 9"),
        (b'{"sizes": [1]}\nx', 1, "ended with code 1"),
        (b'{"fault": "The PDF could not be made: so."}\n', 0, "The PDF could not be made: so."),
    ],
)
def test_what_ends_otherwise_is_a_fault_in_words(answering: Any, answer: bytes, code: int, message: str) -> None:
    answering(answer, code)
    with pytest.raises(PackError, match=message):
        render._set(document(), MOMENT)


def test_the_process_says_the_sizes_of_its_files_or_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[Any, ...]] = []

    def made(*asked: Any) -> list[bytes]:
        heard.append(asked)
        if asked[0] == "bad":
            raise PackError("So it is.")
        return [b"abc", b"defg"]

    monkeypatch.setattr(typesetter, "typeset", made)
    for pack, answer in (("Zażółć", b'{"sizes": [3, 4]}\nabcdefg'), ("bad", b'{"fault": "So it is."}\n')):
        buffer = io.BytesIO()
        typesetter.main(io.BytesIO(b'{"moment": "M", "dots_per_inch": null}\n' + pack.encode()), buffer)
        assert buffer.getvalue() == answer
    assert heard == [("Zażółć", "M", None), ("bad", "M", None)]


def table(*lines: int) -> Table:
    """A table of one column whose rows take so many lines."""
    return Table("Rows", (Column("Words"),), tuple((Cell("a" * (LETTERS * (many - 1) + 1)),) for many in lines))


@pytest.mark.parametrize(
    ("lines", "whole", "height"),
    [
        ([1] * 21, True, 16 + 21 * 11),
        ([1] * 22, False, 16 + 2 * 11),
        ([1] * 4 + [2] * 10, True, 250),  # as high as half a page
        ([1] * 5 + [2] * 10, False, 16 + 2 * 11),
        ([20, 20], False, 250),
        ([2, 1, *[1] * 30], False, 16 + 19 + 11),
    ],
)
def test_a_table_that_half_a_page_holds_is_kept_whole_of_a_longer_one_two_rows(
    lines: list[int], whole: bool, height: float
) -> None:
    made = render.plain(table(*lines))
    assert (made["whole"], made["kept_height"]) == (whole, height)


def test_a_cell_is_told_plainly_with_what_its_chart_says() -> None:
    cell = Cell("a" * 40, note="中", items=("b" * 40,), strong=True, link="there", pad=(1, 2, 3))
    assert render.plain(cell) == {
        "text": "\u200b".join(["a" * 12, "a" * 12, "a" * 12, "a" * 4]), "icon": "", "note": "[Chinese U+4E2D]",
        "svg": "", "alt": "", "items": ["\u200b".join(["b" * 12, "b" * 12, "b" * 12, "b" * 4])], "pad": [1, 2, 3],
        "strong": True, "link": "there",
    }  # fmt: skip
    assert render.plain(Text("a\nb", "note")) | {"kind": ""} == {"kind": "", "text": "a b", "style": "note"}


def test_a_chart_is_laid_out_anew_with_the_words_for_what_the_fonts_lack() -> None:
    chart = invented.three_measures().measures[2].chart
    plainly = render.plain(Figure(chart, Size(400, 200)))
    assert plainly["alt"] == chart.alt
    assert plainly["svg"].startswith("<svg")
    foreign = chart.model_copy(update={"title": "儿童", "alt": "儿童"})
    plain = render.plain(replace(Figure(chart, Size(400, 200)), chart=foreign))
    assert plain["alt"] == "[Chinese U+513F 7AE5]"
    assert "[Chinese U+513F 7AE5]" in plain["svg"]
    assert "儿" not in plain["svg"]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("a" * 35, False),
        ("a" * 36, True),
        ("0f" * 32, False),  # a hash, which is copied
        ("0f" * 31 + "0", True),
        ("0F" * 32, True),
        (" ".join(["word"] * 30), False),
        ("[Chinese " + "4E2D " * 9 + "]", False),
    ],
)
def test_a_word_that_no_line_would_hold_may_be_broken(text: str, broken: bool) -> None:
    made = breakable(text)
    assert ("\u200b" in made) == broken
    assert made.replace("\u200b", "") == text
    assert max(map(len, made.split("\u200b"))) <= 12 or not broken


def written_as_typst_does(*objects: bytes) -> bytes:
    head = b"%PDF-1.7\n"
    offsets, at = [], len(head)
    for body in objects:
        offsets.append(at)
        at += len(body)
    places = b"0000000000 65535 f\r\n" + b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    end = b"trailer\n<</Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return head + b"".join(objects) + b"xref\n0 %d\n" % (len(objects) + 1) + places + end


def test_the_first_cell_of_each_row_becomes_its_header_and_every_place_is_told_anew() -> None:
    row = b"1 0 obj\n<</Type/StructElem/S/TR/P 9 0 R/K[2 0 R 3 0 R]>>\nendobj\n"
    cell = b"%d 0 obj\n<</Type/StructElem/S/TD/A<</O/Table/RowSpan 1>>>>\nendobj\n"
    heading = b"4 0 obj\n<</Type/StructElem/S/TR/P 9 0 R/K[5 0 R]>>\nendobj\n"
    named = b"5 0 obj\n<</Type/StructElem/S/TH/A<</O/Table/Scope/Column>>>>\nendobj\n"
    header = b"2 0 obj\n<</Type/StructElem/S/TH/A<</O/Table/Scope/Row/RowSpan 1>>>>\nendobj\n"
    made = with_row_headers(written_as_typst_does(row, cell % 2, cell % 3, heading, named))
    assert made == written_as_typst_does(row, header, cell % 3, heading, named)
