"""The pack as a PDF, by Typst: tagged (PDF/UA-1), kept for good (PDF/A-2a), the same bytes for the same snapshot."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any

import typst

from scorecard.pack.document.blocks import Figure
from scorecard.pack.document.build import build_document
from scorecard.pack.errors import PackError
from scorecard.pack.pdf.glyphs import FONTS, in_print
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
DRAFT = PackState()
KEPT_BY_TYPST = 10  # Typst keeps what it worked out for its next ten documents: some 50 MB a pack


def pdf(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as a PDF.

    content: the snapshot's canonical JSON. state: draft, approved by a role, superseded or a working copy.
    The same arguments give the same bytes, in any process, time zone and folder. Raises PackError where the snapshot
    can't be read or a text can't be set.
    """
    moment = read_snapshot(content).as_known_at.replace(microsecond=0)
    return _pages(_compiled(content, state, format="pdf", pdf_standards=STANDARDS, timestamp=moment))[0]


def page_pictures(content: bytes, state: PackState = DRAFT, dots_per_inch: float = 60) -> list[bytes]:
    """The pages of the PDF as PNGs, in order, to be looked at before export. Arguments and faults as of `pdf`."""
    return _pages(_compiled(content, state, format="png", ppi=dots_per_inch))


def _compiled(content: bytes, state: PackState, **kind: Any) -> Any:
    snapshot = read_snapshot(content)
    moment = snapshot.as_known_at
    document = plain(build_document(snapshot, snapshot_id(content), state)) | {
        "as_known_at": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    }
    templates = resources.files("scorecard.pack") / "templates"
    with resources.as_file(templates) as folder:
        try:
            return typst.compile(
                str(folder / "pack.typ"),
                root=str(folder),
                font_paths=shipped_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"pack": json.dumps(document, ensure_ascii=False, sort_keys=True)},
                **kind,
            )
        except typst.TypstError as fault:
            raise PackError(f"The PDF could not be made: {fault.message}. Mend that text, or report it.") from fault
        finally:
            _forget()


def _forget() -> None:
    """Let Typst drop what it keeps of this pack, by empty documents: else a server grows with each pack drawn."""
    for _ in range(KEPT_BY_TYPST + 1):
        typst.compile(b"", format="svg", font_paths=shipped_fonts(), ignore_system_fonts=True)


def _pages(made: Any) -> list[bytes]:
    """What Typst made, as a list: of a document's pages where there are several pictures, else of one."""
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


@cache
def shipped_fonts() -> typst.Fonts:
    with resources.as_file(FONTS) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def plain(value: Any) -> Any:
    """A part of the document as Typst reads it: plain values; no character that the fonts lack, in SVG neither.

    A chart's table stays behind: on paper the area's table and the workbook have those figures.
    """
    if isinstance(value, str):
        return in_print(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        names = [field.name for field in fields(value) if not (isinstance(value, Figure) and field.name == "table")]
        return {name: plain(getattr(value, name)) for name in names}
    return value
