"""CSV as people's programs write it: encoding and separator found by looking, records numbered as rows are."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from scorecard.extract import limits
from scorecard.extract.files.contents import Contents, Refused, Sheet
from scorecard.extract.findings import fault
from scorecard.extract.header.read_header import header_score
from scorecard.extract.text.records import Records

SEPARATORS = (",", ";", "\t", "|")
_CHUNK = 1_000_000
_MOST_SEPARATORS = 1_000_000  # in one record: beyond this it is not even taken apart
_BLANK = "".join(SEPARATORS) + '" \r\n'
_LINES_LOOKED_AT = 2_000  # for the separator; the blank ones among them say nothing
_TIMES_BLANK = 4  # how many times as many rows or cells there may be when the blank ones count too
_TIMES_SPREAD = 5  # how many times as many places there may be from the first cell to the last as cells
_FEW = 8  # control characters that may stand in a text and be named one by one; more than 1 in 100 is no text
_END = "\x03\x04\x03"  # a record of ours after the last: swallowed only by a quotation mark never closed
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_END_OF_FILE = b"\x1a"  # Ctrl-Z, as old systems end a text
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # how a byte that can't be UTF-8 stands in a text read with 'surrogateescape'
_SEP_LINE = re.compile(r'"?sep=([^\w"\x00-\x08\x0a-\x1f])"?\r?\n?', re.IGNORECASE)


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def find_encoding(content: bytes) -> str:
    """How the text is encoded: UTF-8, UTF-16 or Windows-1252. Raises Refused where it is none of them, or no text."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refused(fault("unreadable-encoding"))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif looks_utf16 := _utf16_without_bom(content[:4000]):
        encodings = [looks_utf16]
    else:
        start = content[:65_536]
        if len(_CONTROL.findall(start)) > max(_FEW, len(start) // 100):
            raise Refused(fault("binary-content", "a file that is not text"))
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        if _decodes(content, encoding):
            return encoding
    raise Refused(fault("unreadable-encoding"))


def _utf16_without_bom(start: bytes) -> str | None:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half < 4:
        return None
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="") as text:
        yield from text
    yield _END


def find_separator(content: bytes, encoding: str) -> tuple[str, bool]:
    """The separator, and whether a first line 'sep=;' names it: else the one whose header reads best."""
    first = next(_lines(content, encoding))
    if named := _SEP_LINE.fullmatch(first):
        return named[1], True
    lines = islice(_lines(content, encoding), _LINES_LOOKED_AT)
    start = [line for line in lines if line.strip(_BLANK)][:60]
    scores = []
    for separator in SEPARATORS:
        try:
            records = list(csv.reader((line[:20_000] for line in start), delimiter=separator))
        except csv.Error:
            records = []
        scores.append(max((header_score(record) for record in records[: limits.HEADER_WITHIN]), default=(0, 0)))
    return SEPARATORS[scores.index(max(scores))], False


def mended_utf8(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A text of Windows-1252 or of UTF-8 with some such bytes: as UTF-8, and what those are, with their lines.

    Where nothing in it is UTF-8's own, it is Windows-1252 throughout: left as it is, and nothing is odd.
    """
    text = content.decode("utf-8", "surrogateescape")
    if _NOT_UTF8.sub("", text).isascii():
        return content, ()
    odd = dict.fromkeys(
        f"{_of_windows_1252(byte)} in line {number}"
        for number, line in enumerate(text.splitlines(), 1)
        for byte in _NOT_UTF8.finditer(line)
    )
    return _NOT_UTF8.sub(_of_windows_1252, text).encode(), tuple(islice(odd, _FEW))


def _of_windows_1252(byte: re.Match[str]) -> str:
    return byte[0].encode("utf-8", "surrogateescape").decode("cp1252")


def read_csv(content: bytes) -> Contents:
    """What is in a CSV's bytes. Raises Refused where it can't be read to its end."""
    if content.rstrip(b"\r\n").endswith(_END_OF_FILE):
        content = content.rstrip(b"\r\n" + _END_OF_FILE)
    encoding = find_encoding(content)
    odd_bytes: tuple[str, ...] = ()
    if encoding == "cp1252":
        content, odd_bytes = mended_utf8(content)
        encoding = "utf-8-sig" if odd_bytes else encoding
    separator, named = find_separator(content, encoding)
    if encoding == "utf-8-sig" and not named and (records := read_regular(content, separator)) is not None:
        return Contents("csv", (Sheet(None, records, odd_bytes=odd_bytes),), separator)
    lines = _lines(content, encoding)
    if named:
        next(lines)
    return Contents("csv", (Sheet(None, _records(lines, separator), odd_bytes=odd_bytes),), separator)


def read_regular(content: bytes, separator: str) -> Records | None:
    """A table whose rows are all of one length, read all at once; None for any other.

    Also None where a limit may be broken or a quotation mark isn't closed: the reader row by row says where.
    """
    first = content[:_CHUNK].splitlines()[0] if content else b""
    columns = first.count(separator.encode()) + 1
    lines = max(content.count(b"\n"), content.count(b"\r"))
    if columns > limits.MOST_COLUMNS or lines > limits.MOST_ROWS + limits.HEADER_WITHIN:
        return None
    quoted = b'"' in content
    if quoted:  # our own last record is swallowed where a quotation mark is never closed
        content += (b"" if content.endswith((b"\n", b"\r")) else b"\n") + (_END + separator * (columns - 1)).encode()
    names = [str(index) for index in range(columns)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(content),
            arrow_csv.ReadOptions(use_threads=False, column_names=names),
            arrow_csv.ParseOptions(delimiter=separator, quote_char='"' if quoted else False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:  # rows of several lengths, or none
        return None
    longest = max((pc.max(pc.binary_length(column)).as_py() or 0 for column in table.columns), default=0)
    if longest > csv.field_size_limit() or table.num_rows > limits.MOST_ROWS + limits.HEADER_WITHIN:
        return None
    if table.num_rows * columns > limits.MOST_CELLS:
        return None
    if quoted and table.column(0)[-1].as_py() != _END:
        return None
    return Records(table.slice(0, table.num_rows - quoted))


class _NotTooWide:
    """Lines on their way to be taken apart: none more for a record that has too many separators."""

    def __init__(self, lines: Iterator[str], separator: str) -> None:
        self.lines, self.separator, self.seen = lines, separator, 0  # since the last record

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.seen += line.count(self.separator)
            if self.seen > _MOST_SEPARATORS:
                raise _TooWide
            yield line


class _TooWide(Exception):
    """A record has too many separators to be taken apart."""


def _records(lines: Iterator[str], separator: str) -> Records:
    return Records.of_rows(_within_limits(lines, separator))


def _within_limits(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    """The records of a CSV, without blank cells at their ends. Raises Refused at the one that breaks a limit."""
    counted = _NotTooWide(lines, separator)
    row = cells = rows = separators = widest = 0
    last: list[str] | None = None  # the record before: ours, after the file's own, is not handed on
    try:
        for record in csv.reader(counted, delimiter=separator):
            if last is not None:
                yield last
            counted.seen = 0
            row += 1
            separators += len(record)
            while record and not record[-1]:
                record.pop()
            width = len(record)
            cells += width
            rows += width > 0
            widest = max(widest, width)
            last = record
            if (
                width > limits.MOST_COLUMNS
                or rows > limits.MOST_ROWS + limits.HEADER_WITHIN
                or row > _TIMES_BLANK * limits.MOST_ROWS
                or cells > limits.MOST_CELLS
                or separators > _TIMES_BLANK * limits.MOST_CELLS
                or row * widest > _TIMES_SPREAD * limits.MOST_CELLS
            ):
                raise _too_much(row, width, rows)
    except csv.Error:  # our own lines can't fail otherwise: a cell is longer than the reader's limit
        raise Refused(fault("cell-too-long", row=row + 1)) from None
    except _TooWide:
        raise Refused(fault("too-many-columns", f"more than {_MOST_SEPARATORS:,} columns", row=row + 1)) from None
    if last != [_END]:
        raise Refused(fault("unclosed-quote", row=row))


def _too_much(row: int, width: int, rows: int) -> Refused:
    """The refusal for the first limit that the record breaks."""
    if width > limits.MOST_COLUMNS:
        return Refused(fault("too-many-columns", f"{width:,} columns", row=row))
    if rows > limits.MOST_ROWS + limits.HEADER_WITHIN or row > _TIMES_BLANK * limits.MOST_ROWS:
        return Refused(fault("too-many-rows", f"more than {limits.MOST_ROWS:,} rows", row=row))
    return Refused(fault("too-many-cells", f"more than {limits.MOST_CELLS:,} cells", row=row))
