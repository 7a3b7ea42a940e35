"""What is in a file's bytes: they decide who reads them, never the file's name."""

from __future__ import annotations

import re

from scorecard.extract import limits
from scorecard.extract.files.contents import Contents, Refused
from scorecard.extract.files.csv import read_csv
from scorecard.extract.files.xlsx import read_xlsx
from scorecard.extract.findings import fault

_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "binary-content"),
    (b"\x89PNG", "a picture", "binary-content"),
    (b"\xff\xd8\xff", "a picture", "binary-content"),
    (b"GIF8", "a picture", "binary-content"),
    (b"PAR1", "a parquet file", "binary-content"),
    (b"SQLite format 3", "a database", "binary-content"),
    (b"\x1f\x8b", "a gzip archive", "not-an-extract"),
    (b"7z\xbc\xaf", "a 7z archive", "not-an-extract"),
    (b"Rar!", "a rar archive", "not-an-extract"),
    (b"{\\rtf", "a rich text document", "not-an-extract"),
    (b"ID;P", "a SYLK file", "not-an-extract"),
    (b"TABLE\r\n0,1", "a DIF file", "not-an-extract"),
    (b"TABLE\n0,1", "a DIF file", "not-an-extract"),
    (b"MIME-Version:", "a web archive", "not-an-extract"),
)
_SOMETHING = re.compile(rb"[^\x00 \t\r\n,;]")
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_MARKUP = (b"<html", b"<!--", b"<!doctype", b"<table", b"<?xml", b"<head", b"<body", b"<script", b"<svg", b"<meta")


def refuse_other_kinds(content: bytes) -> None:
    """Raises Refused where the bytes are none of an extract's kinds, and says which they are."""
    if _SOMETHING.search(content) is None:
        raise Refused(fault("binary-content" if b"\0" in content else "empty-file"))
    for start, kind, code in _KINDS:
        if content.startswith(start):
            raise Refused(fault(code, kind))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(fault("password-protected") if protected else fault("old-workbook", "an .xls workbook"))
    if _JSON.match(content):
        raise Refused(fault("not-an-extract", "JSON"))
    start = content[:400].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")  # UTF-16 too
    if start.lower().startswith(_MARKUP):
        raise Refused(fault("not-an-extract", "a web page or XML"))


def read_contents(content: bytes) -> Contents:
    """What is in a file's bytes. Raises Refused where they are none of an extract's kinds, or can't be read."""
    if len(content) > limits.MOST_BYTES:
        raise Refused(fault("file-too-large", f"{len(content) / 1_000_000:,.1f} MB"))
    refuse_other_kinds(content)
    return read_xlsx(content) if content.startswith(b"PK") else read_csv(content)
