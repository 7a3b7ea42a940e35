"""A published file as batches of texts: CSV and parquet alike, with only the columns that are asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scorecard.extract.files.contents import Refused
from scorecard.extract.files.reader_pool import Done, no_progress
from scorecard.extract.findings import fault
from scorecard.published import limits

Codes = NDArray[Any]  # of whole numbers
PARQUET = b"PAR1"
_CELLS = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_NOT_UTF8 = re.compile(r"In CSV column #(\d+): .*UTF8")
_BOM = b"\xef\xbb\xbf"


class CodedColumn(NamedTuple):
    """A column of texts by number: texts[codes[i]] is what row i has. A text may have several numbers."""

    codes: Codes
    texts: list[str]

    def of(self, rows: Codes) -> CodedColumn:
        """The same column, of these rows alone."""
        return CodedColumn(self.codes[rows], self.texts)


class RowBatch:
    """Some rows as they were read. first_row: the spreadsheet's number of the first of them, the header being row 1."""

    def __init__(self, first_row: int, rows: pa.RecordBatch) -> None:
        self.first_row = first_row
        self._rows = rows
        self._coded: dict[str, CodedColumn] = {}

    def __len__(self) -> int:
        """How many rows."""
        return int(self._rows.num_rows)

    def coded(self, name: str) -> CodedColumn:
        """A column's texts without spaces around them, '' where there is nothing. Raises Refused where it has none."""
        if name not in self._coded:
            try:
                self._coded[name] = _coded(self._rows.column(name))
            except (pa.ArrowException, UnicodeDecodeError) as error:
                raise Refused(fault("published-unreadable", _said(error))) from None
        return self._coded[name]


class PublishedTable:
    """The columns of a file, and its rows in batches. Raises Refused where it can't be read.

    done: told which share of the rows has been read, batch by batch.
    """

    def __init__(self, content: bytes, done: Done = no_progress) -> None:
        if len(content) > limits.MOST_BYTES:
            most = f"{limits.MOST_BYTES / 1_000_000:,.0f} MB"
            raise Refused(fault("published-too-large", f"{len(content) / 1_000_000:,.0f} MB; {most} are read"))
        self.kind = "parquet" if content.startswith(PARQUET) else "csv"
        self._content, self._done = content, done
        self.names = _parquet_names(content) if self.kind == "parquet" else _csv_names(content)
        if len(self.names) > limits.MOST_COLUMNS:
            raise Refused(fault("published-too-large", f"{len(self.names):,} columns"))

    def batches(self, names: Sequence[str]) -> Iterator[RowBatch]:
        """The rows, in batches, with these columns alone. Raises Refused where a column's name stands twice."""
        twice = [name for name in names if self.names.count(name) > 1]
        if twice:
            raise Refused(fault("duplicate-header", twice[0], column=twice[0]))
        read = self._parquet if self.kind == "parquet" else self._csv
        row = 2
        try:
            for batch, share in read(list(dict.fromkeys(names))):
                if row + batch.num_rows > limits.MOST_ROWS + 2:
                    raise Refused(fault("published-too-large", f"more than {limits.MOST_ROWS:,} rows"))
                yield RowBatch(row, batch)
                row += batch.num_rows
                self._done(share)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, OSError, UnicodeDecodeError) as error:
            raise Refused(_unreadable(error, self.names)) from None

    def _parquet(self, names: list[str]) -> Iterator[tuple[pa.RecordBatch, float]]:
        source = pa.BufferReader(self._content)
        texts = [field.name for field in pq.read_schema(source) if pa.types.is_string(field.type)]
        source.seek(0)
        file = pq.ParquetFile(source, read_dictionary=texts)
        read = 0
        for batch in file.iter_batches(limits.BATCH, columns=names, use_threads=False):
            read += batch.num_rows
            yield batch, min(read / max(file.metadata.num_rows, 1), 1.0)

    def _csv(self, names: list[str]) -> Iterator[tuple[pa.RecordBatch, float]]:
        text = pa.dictionary(pa.int32(), pa.string())
        texts = pacsv.ConvertOptions(
            include_columns=names, column_types=dict.fromkeys(names, text), strings_can_be_null=False
        )
        reading = pacsv.ReadOptions(use_threads=False, block_size=limits.BLOCK)
        parsing = pacsv.ParseOptions(newlines_in_values=True)
        source = io.BytesIO(self._content)
        with pacsv.open_csv(source, reading, parsing, texts) as reader:
            for batch in reader:
                yield batch, source.tell() / len(self._content)


def _coded(column: pa.Array) -> CodedColumn:
    """A column of any plain type, by number: each different value is made a text once."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    values = encoded.dictionary
    if not pa.types.is_string(values.type):
        values = values.cast(pa.string())
    texts = [(text or "").strip() for text in values.to_pylist()]
    codes = encoded.indices
    if codes.null_count:
        codes = codes.fill_null(len(texts))
        texts.append("")
    return CodedColumn(codes.to_numpy(zero_copy_only=False), texts)


def _parquet_names(content: bytes) -> list[str]:
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        schema, about = file.schema_arrow, file.metadata
    except (pa.ArrowException, OSError) as error:
        raise Refused(fault("published-unreadable", _said(error))) from None
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise Refused(fault("published-unreadable", f"column '{nested[0]}' holds tables or lists", column=nested[0]))
    unpacked = sum(about.row_group(index).total_byte_size for index in range(about.num_row_groups))
    if about.num_rows > limits.MOST_ROWS:
        raise Refused(fault("published-too-large", f"{about.num_rows:,} rows"))
    if unpacked > limits.MOST_UNPACKED:
        raise Refused(fault("published-too-large", f"unpacks to {unpacked / 1_000_000:,.0f} MB"))
    return list(schema.names)


def _csv_names(content: bytes) -> list[str]:
    head = content[: limits.HEADER_BYTES].removeprefix(_BOM)
    if b"\0" in head:
        raise Refused(fault("published-unreadable", "a file that is neither CSV nor parquet"))
    if not head.strip():
        raise Refused(fault("empty-file"))
    text = head.decode("utf-8", errors="replace")
    try:
        return next(csv.reader(io.StringIO(text, newline=""), strict=True), [])
    except csv.Error as error:
        raise Refused(fault("published-unreadable", _said(error))) from None


def _unreadable(error: Exception, names: list[str]) -> pd.DataFrame:
    """What a library says of rows, in words: which row has how many cells, or which column a byte that is no text."""
    message = str(error)
    if cells := _CELLS.search(message):
        row, expected, got = (int(number) for number in cells.groups())
        return fault("published-unreadable", f"{got} cells, where the header has {expected}", row=row)
    if column := _NOT_UTF8.search(message):
        name = names[int(column[1])]
        return fault("published-unreadable", "a letter not written in UTF-8", column=name)
    return fault("published-unreadable", _said(error))


def _said(error: Exception) -> str:
    """The first line of what a library says, cut where it quotes the file."""
    return str(error).splitlines()[0].split(": Row")[0][:80] if str(error) else type(error).__name__
