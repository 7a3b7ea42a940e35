"""What the process that sets a document gives: a dated PDF of the standards, its pages as pictures, or the fault."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from datetime import UTC, datetime

import pypdf
import pytest

from scorecard.pack.document.build import build_cover
from scorecard.pack.errors import PackError
from scorecard.pack.pdf.png import png
from scorecard.pack.pdf.render import cover_sheet, plain
from scorecard.pack.pdf.typesetter import main, typeset
from scorecard.pack.snapshot.models import PackState
from scorecard.pack.snapshot.take import canonical_json, snapshot_id
from tests.pack import invented
from tests.pack.invented import pages_of, squeezed

FILES = {"2020-07 board.pdf": b"of paper", "2020-07 board.xlsx": b"of figures"}
CORRECTED = PackState(
    state="superseded",
    role="Executive Director",
    who="A. Analyst",
    when=datetime(2020, 9, 3, 8, 0, tzinfo=UTC),
    superseded_by="0123456789ab",
    reason="June's audits came late",
)
MOMENT = "2020-08-10T09:30:15+00:00"


@pytest.fixture(scope="module")
def cover() -> str:
    """What pack.typ reads of a cover sheet, which is one page."""
    snapshot = invented.small_snapshot()
    content = canonical_json(snapshot)
    document = plain(build_cover(snapshot, snapshot_id(content), CORRECTED, dict.fromkeys(FILES, "0" * 64)))
    return json.dumps(document | {"as_known_at": [2020, 8, 10, 9, 30, 15]})


def test_a_pdf_is_dated_by_the_moment_and_says_which_standards_it_keeps(cover: str) -> None:
    (file,) = typeset(cover, MOMENT, None)
    read = pypdf.PdfReader(io.BytesIO(file))
    assert len(read.pages) == 1
    assert read.metadata is not None
    assert read.metadata.creation_date == datetime.fromisoformat(MOMENT)
    assert read.xmp_metadata is not None
    metadata = read.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_pictures_of_the_pages_have_the_size_of_a_landscape_a4_at_the_dots_asked_for(cover: str) -> None:
    (page,) = typeset(cover, MOMENT, 60.0)
    assert page[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", page[16:24])
    assert (width, height) == (pytest.approx(11.69 * 60, abs=1), pytest.approx(8.27 * 60, abs=1))


def test_the_process_answers_with_the_sizes_and_the_files(cover: str) -> None:
    buffer = io.BytesIO()
    asked = json.dumps({"moment": MOMENT, "dots_per_inch": 30.0})
    main(io.BytesIO(asked.encode() + b"\n" + cover.encode()), buffer)
    head, _, files = buffer.getvalue().partition(b"\n")
    assert json.loads(head) == {"sizes": [len(files)]}
    assert files == typeset(cover, MOMENT, 30.0)[0]


def test_what_can_t_be_set_is_told_as_a_fault() -> None:
    with pytest.raises(PackError, match=r"^The PDF could not be made: .+\. Mend that text, or report it\.$"):
        typeset("{}", MOMENT, None)
    buffer = io.BytesIO()
    main(io.BytesIO(json.dumps({"moment": MOMENT, "dots_per_inch": None}).encode() + b"\n{}"), buffer)
    assert list(json.loads(buffer.getvalue())) == ["fault"]


def test_a_chart_that_is_none_makes_no_picture() -> None:
    with pytest.raises(PackError, match=r"^The picture could not be made: .+\.$"):
        png("no svg at all")


def test_a_cover_sheet_names_the_kept_files_the_correction_and_why() -> None:
    content = canonical_json(invented.small_snapshot())
    text = squeezed(" ".join(pages_of(cover_sheet(content, CORRECTED, FILES))))
    for wanted in ("0123456789ab", "June's audits came late", *FILES):
        assert squeezed(wanted) in text
    for file in FILES.values():
        assert hashlib.sha256(file).hexdigest() in text.replace(" ", "")
