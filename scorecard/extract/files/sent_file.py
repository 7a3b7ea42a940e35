"""A file's bytes as a table of texts: what is in the file decides who reads it, never its name."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property

from scorecard.extract import limits
from scorecard.extract.files.contents import Contents, Refused
from scorecard.extract.files.csv import read_csv
from scorecard.extract.files.table import Table, table_of
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
_OTHER_ENDINGS = {"xlsx": ("csv", "txt", "tsv", "xls"), "csv": ("xlsx", "xlsm", "xls", "xlsb", "ods")}
_SOMETHING = re.compile(rb"[^\x00 \t\r\n,;]")
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_MARKUP = (b"<html", b"<!--", b"<!doctype", b"<table", b"<?xml", b"<head", b"<body", b"<script", b"<svg", b"<meta")


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


class SentFile:
    """A file as it was sent: its bytes, its name, and what is in it, read once, when it is first asked for.

    content: the file's bytes. name: decides nothing and is compared with what is found.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.content, self.name = content, name
        self.sha256 = hashlib.sha256(content).hexdigest()

    @cached_property
    def contents(self) -> Contents:
        """What is in the file. Raises Refused where it can't be read."""
        return read_contents(self.content)

    def table(self, sheet: str | None = None) -> Table:
        """The table of a sheet; None: of the file, or of the sheet that a workbook is taken to mean.

        Raises Refused where there is no table to check.
        """
        table = table_of(self.contents, sheet)
        ending = self.name.rpartition(".")[2].lower() if "." in self.name else ""
        if ending in _OTHER_ENDINGS[table.kind]:
            note = fault("wrong-extension", f"'.{ending}' on {'a workbook' if table.kind == 'xlsx' else 'a CSV'}")
            table = table._replace(faults=(*table.faults, note))
        return table

    def sheet_or_none(self, sheet: str | None) -> Table | None:
        """As `table`; None where it can't be read."""
        try:
            return self.table(sheet)
        except Refused:
            return None


def read_table(content: bytes, file_name: str, sheet: str | None = None) -> Table:
    """The table in a file's bytes, for whoever looks at one only (see SentFile). Raises Refused."""
    return SentFile(content, file_name).table(sheet)
