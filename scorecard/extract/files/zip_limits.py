"""An .xlsx as the zip it is: looked through part by part, within limits, before anything opens it as a workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from scorecard.extract import limits
from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault

_CHUNK = 1 << 20
_END_OF_ZIP = b"PK\x05\x06"
_LARGEST_DIRECTORY = 1_000_000  # bytes of a zip's list of parts
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHERS = (
    ("xl/workbook.bin", "an .xlsb workbook", "old-workbook"),
    ("content.xml", "an OpenDocument file", "old-workbook"),
    ("word/document.xml", "a Word document", "not-an-extract"),
    ("ppt/presentation.xml", "a PowerPoint file", "not-an-extract"),
)


class Package(NamedTuple):
    """A zip that keeps to the limits: its bytes and its parts."""

    content: bytes
    parts: dict[str, zipfile.ZipInfo]


def damaged(detail: str = "") -> Refused:
    """The refusal of a workbook that can't be opened."""
    return Refused(fault("damaged-workbook", detail))


def open_package(content: bytes) -> Package:
    """The parts of a workbook, by the zip's own list. Raises Refused where it is no workbook or breaks a limit."""
    _check_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception:  # a hostile list fails in many ways, and each is the same answer
        raise damaged("a zip whose list of parts can't be read") from None
    parts = {entry.filename: entry for entry in entries}
    if len(parts) != len(entries):
        raise damaged("a part that is there twice")
    _check_kind(parts)
    _check_sizes(entries)
    return Package(content, parts)


def _check_end(content: bytes) -> None:
    """The zip ends where its last record says, with no comment: so that all readers see the same list of parts."""
    end = content[-22:]
    if len(end) < 22 or not end.startswith(_END_OF_ZIP):
        raise damaged("a zip that doesn't end as it should")
    count, size = struct.unpack("<HI", end[10:16])
    if count > limits.MOST_PARTS or size > _LARGEST_DIRECTORY:
        raise Refused(fault("zip-bomb", f"{count:,} parts"))


def _check_kind(parts: dict[str, zipfile.ZipInfo]) -> None:
    for name, kind, code in _OTHERS:
        if name in parts:
            raise Refused(fault(code, kind))
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise Refused(fault("not-an-extract", "a zip archive that is no workbook"))


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > limits.MOST_UNZIPPED:
        raise Refused(fault("zip-bomb", f"{total / 1_000_000:,.0f} MB unpacked"))
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(fault("password-protected"))
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise damaged("a part packed in a way that workbooks don't use")
        times = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > limits.SMALL_PART and times > limits.MOST_TIMES_SMALLER:
            raise Refused(fault("zip-bomb", f"a part packed {times:,.0f} times smaller"))


def unpacked(package: Package, name: str) -> Iterator[bytes]:
    """A part's bytes, in pieces, never more than its declared size. Raises Refused where it lies about it."""
    entry = package.parts[name]
    start = entry.header_offset
    header = package.content[start : start + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise damaged("a part that isn't where it should be")
    start += 30 + sum(struct.unpack("<HH", header[26:30]))
    packed = memoryview(package.content)[start : start + entry.compress_size]
    size = 0
    for piece in _inflated(packed) if entry.compress_type == _DEFLATED else _pieces(packed):
        size += len(piece)
        if size > entry.file_size:
            raise Refused(fault("zip-bomb", "a part that unpacks to more than it says"))
        yield piece
    if size != entry.file_size:
        raise damaged("a part that is cut short")


def _pieces(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK):
        yield bytes(packed[start : start + _CHUNK])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for piece in _pieces(packed):
            waiting = piece
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _CHUNK)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise damaged("a part that can't be unpacked") from None


def tags(package: Package, name: str) -> Iterator[bytes]:
    """A part's bytes in pieces that never end within a tag.

    Raises Refused where XML declares types or entities, or where a tag and its text are longer than any is.
    """
    remainder = b""
    for piece in unpacked(package, name):
        text = remainder + piece
        if b"<!" in text and _DECLARES.search(text):
            raise Refused(fault("xml-entities", name))
        end = text.rfind(b"<")
        remainder = text[end:] if end > 0 else text
        if len(remainder) > limits.LONGEST_TAG:
            raise damaged("a tag longer than any spreadsheet writes")
        if end > 0:
            yield text[:end]
    yield remainder
