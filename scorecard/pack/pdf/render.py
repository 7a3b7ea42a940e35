"""The pack as a PDF, by Typst: tagged (PDF/UA-1), kept for good (PDF/A-2a), the same bytes for the same snapshot."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from scorecard.pack.document.blocks import Cell, Document, Figure, Table
from scorecard.pack.document.build import build_cover, build_document
from scorecard.pack.document.draw import figure_svg, icon_svg, small_svg
from scorecard.pack.document.paper import on_paper, table_height
from scorecard.pack.errors import PackError
from scorecard.pack.pdf.glyphs import breakable, in_print
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState

DRAFT = PackState()
KEPT_WHOLE = 250  # points of a table that no page's end parts: half a page; of a longer one its first two rows
PROJECT = Path(__file__).parents[3]
TYPESETTER = "scorecard.pack.pdf.typesetter"


def pdf(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as a PDF.

    content: the snapshot's canonical JSON. state: draft, approved by a role, superseded or a working copy.
    The same arguments give the same bytes, in any process, time zone and folder. Raises PackError where the snapshot
    can't be read or a text can't be set.
    """
    snapshot = read_snapshot(content)
    document = on_paper(build_document(snapshot, snapshot_id(content), state))
    return _pdf(document, snapshot.as_known_at.replace(microsecond=0))


def page_pictures(content: bytes, state: PackState = DRAFT, dots_per_inch: float = 60) -> list[bytes]:
    """The pages of the PDF as PNGs, in order, to be looked at before export. Arguments and faults as of `pdf`."""
    snapshot = read_snapshot(content)
    document = on_paper(build_document(snapshot, snapshot_id(content), state))
    return _set(document, snapshot.as_known_at, dots_per_inch)


def cover_sheet(content: bytes, state: PackState, files: Mapping[str, bytes]) -> bytes:
    """The page that lies before the kept files of a superseded pack: which they are, what supersedes them, and why.

    files: the kept files by name. The same arguments give the same bytes. Raises PackError.
    """
    snapshot = read_snapshot(content)
    hashes = {name: hashlib.sha256(file).hexdigest() for name, file in files.items()}
    document = build_cover(snapshot, snapshot_id(content), state, hashes)
    return _pdf(document, snapshot.as_known_at.replace(microsecond=0))


def _pdf(document: Document, moment: datetime) -> bytes:
    """A document as a PDF of the standards, dated by a moment."""
    return _set(document, moment)[0]


def _set(whole: Document, moment: datetime, dots_per_inch: float | None = None) -> list[bytes]:
    """A document as one PDF, dated by a moment; with dots_per_inch as a PNG a page. Set by a process that then ends."""
    asked = json.dumps({"moment": moment.isoformat(), "dots_per_inch": dots_per_inch}).encode()
    with _typesetter() as process:  # it starts while the charts are drawn
        document = plain(whole) | {
            "as_known_at": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
        }
        pack = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
        answer, _ = process.communicate(asked + b"\n" + pack)
    head, _, files = answer.partition(b"\n")
    if process.returncode or not head:
        raise PackError(
            f"The PDF could not be made: the process that sets it ended with code {process.returncode}. Try again; if "
            "that doesn't help, give this machine more memory, or report it."
        )
    header = json.loads(head)
    if "fault" in header:
        raise PackError(header["fault"])
    ends = list(accumulate(header["sizes"], initial=0))
    return [files[start:end] for start, end in pairwise(ends)]


def _typesetter() -> subprocess.Popen[bytes]:
    """A process that sets one document; of our settings, passwords among them, it is told none."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SCORECARD_")}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", TYPESETTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=PROJECT, env=ours,
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A part of the document as Typst reads it: plain values, charts drawn; no character that the fonts lack.

    A chart's table stays behind: on paper the area's table and the workbook have those figures.
    """
    match value:
        case str():
            return breakable(in_print(value))
        case tuple():
            return [plain(item) for item in value]
        case Figure():
            return {"kind": value.kind, "svg": _drawn(value), "alt": in_print(value.chart.alt)}
        case Cell():
            drawn = (small_svg(value.chart), value.chart.alt) if value.chart else ("", "")
            icon = icon_svg(value.icon) if value.icon else ""
            cell_parts = {"text": value.text, "icon": icon, "note": value.note, "svg": drawn[0], "alt": drawn[1]}
            plainly = {name: in_print(text) for name, text in cell_parts.items()}
            plainly |= {name: breakable(plainly[name]) for name in ("text", "note")}
            items = [breakable(in_print(item)) for item in value.items]
            return plainly | {"items": items, "pad": list(value.pad), "strong": value.strong, "link": value.link}
        case Table():
            whole = table_height(value) <= KEPT_WHOLE
            rows = len(value.rows) if whole else 2
            return _fields(value) | {"whole": whole, "kept_height": min(table_height(value, rows), KEPT_WHOLE)}
    if is_dataclass(value):
        return _fields(value)
    return value


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a part, each as Typst reads it; an anchor, which is no text, as it is."""
    values = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: part if name == "anchor" else plain(part) for name, part in values.items()}


def _drawn(figure: Figure) -> str:
    """A chart as the fonts can print it: where they lack a letter, it is laid out again with words in its place."""
    drawn = figure_svg(figure)
    if in_print(drawn) == drawn:
        return drawn
    chart = type(figure.chart).model_validate_json(in_print(figure.chart.model_dump_json()))
    return in_print(figure_svg(replace(figure, chart=chart)))
