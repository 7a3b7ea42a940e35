"""A file's bytes as a table of texts: what is in the file decides who reads it, never its name."""

from __future__ import annotations

import re

from scorecard.extract import limits
from scorecard.extract.csv_tables import read_csv
from scorecard.extract.findings import fault
from scorecard.extract.tables import Refused, Table
from scorecard.extract.workbooks import read_workbook

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
)
_SOMETHING = re.compile(rb"[^\x00 \t\r\n,;]")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<body", b"<script", b"<svg", b"<meta")


def refuse_other_kinds(content: bytes) -> None:
    """Raises Refused where the bytes are none of an extract's kinds, and says which they are."""
    if _SOMETHING.search(content) is None:
        raise Refused(fault("binary-content" if b"\0" in content else "empty-file"))
    for start, words, code in _KINDS:
        if content.startswith(start):
            raise Refused(fault(code, words))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(fault("password-protected") if protected else fault("old-workbook", "an .xls workbook"))
    if content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise Refused(fault("not-an-extract", "a web page or XML"))


def read_table(content: bytes, file_name: str, sheet: str | None = None) -> Table:
    """The table in a file.

    content: the file's bytes. file_name: its name, which decides nothing and is compared with what is found.
    sheet: the sheet of a workbook to take; None lets the first with a header be taken.
    Raises Refused where there is no table to check.
    """
    if len(content) > limits.MOST_BYTES:
        raise Refused(fault("file-too-large", f"{len(content) / 1_000_000:,.1f} MB"))
    refuse_other_kinds(content)
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if content.startswith(b"PK"):
        table = read_workbook(content, sheet)
        wrong = ending in ("csv", "txt", "tsv", "xls")
    else:
        table = read_csv(content)
        wrong = ending in ("xlsx", "xlsm", "xls", "xlsb", "ods")
    if wrong:
        note = fault("wrong-extension", f"'.{ending}' on {'a workbook' if table.kind == 'xlsx' else 'a CSV'}")
        table = table._replace(faults=(*table.faults, note))
    return table
