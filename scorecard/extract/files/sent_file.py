"""A file as it was sent, and the tables in it."""

from __future__ import annotations

import hashlib

from scorecard.extract.files.contents import Contents, Refused
from scorecard.extract.files.reader_pool import READERS, Waiting, no_progress
from scorecard.extract.files.table import Table, table_of
from scorecard.extract.findings import fault

_OTHER_ENDINGS = {"xlsx": ("csv", "txt", "tsv", "xls"), "csv": ("xlsx", "xlsm", "xls", "xlsb", "ods")}


class SentFile:
    """A file as it was sent: its bytes, its name, and what is in it, read once, when it is first asked for.

    content: the file's bytes. name: decides nothing and is compared with what is found. waiting: called with how many
    files are read before this one.
    """

    def __init__(self, content: bytes, name: str, waiting: Waiting = no_progress) -> None:
        self.content, self.name = content, name
        self.sha256 = hashlib.sha256(content).hexdigest()
        self._waiting = waiting
        self._read: Contents | Refused | None = None

    @property
    def contents(self) -> Contents:
        """What is in the file, as a process of its own reads it. Raises Refused where it can't be read."""
        if self._read is None:
            try:
                self._read = READERS.read(self.content, self._waiting)
            except Refused as refused:
                self._read = refused
        if isinstance(self._read, Refused):
            raise self._read
        return self._read

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
