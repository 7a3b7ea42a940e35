"""The formats of a pack, each drawn from a snapshot's bytes and its state alone; and what their files are called."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scorecard.core.periods import month_code
from scorecard.pack.document.words import scope_words, short_id
from scorecard.pack.errors import PackError
from scorecard.pack.excel.render import workbook
from scorecard.pack.html.render import html
from scorecard.pack.pdf.render import cover_sheet, pdf
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.snapshot.models import PackState, Snapshot

__all__ = ["FORMATS", "Format", "archive_name", "archived", "cover_sheet", "export", "file_name", "media_type"]
DRAFT = PackState()
OPEN_XML = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, which is its files' ending too, its media type, and who draws it.

    mark: what its files are known by: how they begin, or of a zip archive a file in it.
    """

    name: str
    words: str
    media_type: str
    draw: Callable[[bytes, PackState], bytes]
    mark: bytes | str


FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("pdf", "PDF", "application/pdf", pdf, b"%PDF-"),
        Format("pptx", "PowerPoint", f"{OPEN_XML}.presentationml.presentation", deck, "ppt/presentation.xml"),
        Format("xlsx", "Excel", f"{OPEN_XML}.spreadsheetml.sheet", workbook, "xl/workbook.xml"),
        Format("html", "Web page", "text/html", html, b"<!DOCTYPE html>"),
    )
}


ARCHIVE, ARCHIVE_TYPE = "zip", "application/zip"  # what the files of a superseded pack are handed out in
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def export(content: bytes, format_name: str, state: PackState = DRAFT, deck_template: bytes | None = None) -> bytes:
    """A pack in one of FORMATS. Raises PackError.

    content: the snapshot's canonical JSON. deck_template: a council's own master for the PowerPoint deck.
    """
    if format_name not in FORMATS:
        raise PackError(f"There is no format '{format_name}'. Ask for one of: {', '.join(FORMATS)}.")
    if format_name == "pptx" and deck_template is not None:
        return deck(content, state, deck_template)
    return FORMATS[format_name].draw(content, state)


def archive_name(cover: str) -> str:
    """What an archive is called that begins with a cover sheet: '2020-07 Improvement Board superseded … .zip'."""
    return f"{cover.removesuffix('.pdf').replace(', read first', '')}.{ARCHIVE}"


def archived(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP archive, in their order; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def media_type(name: str) -> str:
    """The media type of a file that is handed out, by its name's ending."""
    ending = name.rsplit(".", 1)[1]
    return ARCHIVE_TYPE if ending == ARCHIVE else FORMATS[ending].media_type


def file_name(snapshot: Snapshot, snapshot_id: str, state: PackState, format_name: str) -> str:
    """The name that a pack is filed under: '2020-07 Improvement Board approved edition 2 1a2b3c4d5e6f.pdf'.

    A pack of some service areas says so; a working copy is for no board, and of no snapshot that is kept.
    """
    working = state.state == "working_copy"
    parts = [month_code(snapshot.reporting_month)] + ([] if working else [snapshot.board.name])
    if snapshot.areas_asked is not None:
        of_one_area = len(snapshot.service_areas) == 1
        parts.append(_fit_for_a_file(snapshot.service_areas[0].name if of_one_area else scope_words(snapshot)))
    if snapshot.demonstration:
        parts.append("demonstration")
    parts.append(state.state.replace("_", " "))
    if state.edition:
        parts.append(f"edition {state.edition}")
    return f"{' '.join([*parts, *([] if working else [short_id(snapshot_id)])])}.{format_name}"


def _fit_for_a_file(text: str) -> str:
    """A text without the characters that a file's name may not have on some system."""
    return " ".join("".join(" " if sign in '\\/:*?"<>|' or sign < " " else sign for sign in text).split())
