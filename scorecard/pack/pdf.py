"""The pack as a PDF, by Typst: tagged (PDF/UA-1), kept for good (PDF/A-2a), the same bytes for the same snapshot."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

import typst

from scorecard.pack.canonical import read_snapshot, snapshot_id
from scorecard.pack.document import build_document
from scorecard.pack.faults import PackError
from scorecard.pack.glyphs import FONTS, in_print
from scorecard.pack.models import PackState

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
DRAFT = PackState()


def pdf(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as a PDF.

    content: the snapshot's canonical JSON. state: draft, approved by a role, superseded or a working copy.
    The same arguments give the same bytes, in any process, time zone and folder. Raises PackError where the snapshot
    can't be read or a text can't be set.
    """
    snapshot = read_snapshot(content)
    document = asdict(build_document(snapshot, snapshot_id(content), state))
    moment = snapshot.as_known_at
    document["as_known_at"] = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    templates = resources.files("scorecard.pack") / "templates"
    with resources.as_file(templates) as folder:
        try:
            made = typst.compile(
                str(folder / "pack.typ"),
                root=str(folder),
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"pack": json.dumps(_in_print(document), ensure_ascii=False, sort_keys=True)},
                pdf_standards=STANDARDS,
                timestamp=moment.replace(microsecond=0),
            )
        except typst.TypstError as fault:
            raise PackError(f"The PDF could not be made: {fault.message}. Mend that text, or report it.") from fault
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    with resources.as_file(FONTS) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _in_print(value: Any) -> Any:
    """Every text of the document, SVG too, without characters that the fonts lack."""
    if isinstance(value, str):
        return in_print(value)
    if isinstance(value, dict):
        return {name: _in_print(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_print(item) for item in value]
    return value
